//! A made-up account behind the window: it answers the window's requests at once, and can be told to wait or fail.

use super::comparisons::comparison;
use super::space::{space_of, summary_of};
use super::{contents, listings, other_contents, pdf_contents, searches};
use coffer_model::link::{Audience, LinkOptions, LinkSettings};
use coffer_model::message::Pick;
use coffer_model::transfer::TransferCommand;
use coffer_model::{
    Account, AccountChoice, ChangeGroup, DuplicateGroup, Edit, Entry, EntryKind, Event, File, History,
    ItemAccess, Job, Listing, LoggedChange, Outcome, PathRootId, Port, PreviewBody, Problem, Receipt,
    RemotePath, Request, RequestId, Rev, SharedLink, Sharing, Sort, SoundProgress, Team, Update,
};
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

pub use super::problems::{failed, network_sign_in, offline};

/// The moment at which all tests of the window happen.
pub fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

/// The other end of the window's port.
pub struct MadeUp {
    requests: Receiver<Request>,
    events: Sender<Event>,
    pub listings: Vec<(RemotePath, Arc<Listing>)>,
    /// The account is that of a member of a team.
    pub team: Option<Team>,
    /// What has changed, the latest first.
    pub changes: Vec<LoggedChange>,
    /// What was done before.
    pub history: History,
    /// Files that are there more than once.
    pub duplicates: Vec<DuplicateGroup>,
    /// The service can’t be reached: no account is opened, and lists fail.
    pub is_away: bool,
    /// Pages say nothing.
    pub is_scanned: bool,
    /// Lists, thumbnails and previews are not answered.
    pub silent: bool,
    /// Lists and comparisons fail with this.
    pub problem: Option<Problem>,
    /// What previews show, instead of what files of that kind have.
    pub preview: Option<PreviewBody>,
    /// Making a link fails with this.
    pub link_problem: Option<Problem>,
    /// All that was asked for.
    pub jobs: Vec<Job>,
    /// Under which numbers.
    ids: Vec<RequestId>,
    pub cancelled: Vec<RequestId>,
    pub steered: Vec<(RequestId, TransferCommand)>,
    /// The service finds these names whatever is searched, by what is in the files.
    pub found_inside: Vec<&'static str>,
    /// Names that an upload finds taken, three at least.
    pub taken_names: usize,
    /// Folders as they were, whatever the moment; and when something was changed in them.
    pub past: Vec<(RemotePath, Arc<Listing>)>,
    pub change_times: Vec<ChangeGroup>,
    /// Items that are moved find their names taken.
    pub move_conflicts: bool,
    /// Of so many deleted items it is still being asked when they were deleted.
    pub deleted_pending: usize,
    /// What the person picks as the file to compare with.
    pub file_to_compare: PathBuf,
}

impl MadeUp {
    pub fn new() -> (Self, Port) {
        let (request_sender, requests) = channel();
        let (events, event_receiver) = channel();
        let made_up = Self {
            requests,
            events,
            listings: listings::account(),
            team: None,
            changes: Vec::new(),
            history: History::default(),
            duplicates: Vec::new(),
            is_away: false,
            is_scanned: false,
            silent: false,
            problem: None,
            preview: None,
            link_problem: None,
            jobs: Vec::new(),
            ids: Vec::new(),
            cancelled: Vec::new(),
            steered: Vec::new(),
            found_inside: Vec::new(),
            taken_names: 3,
            past: Vec::new(),
            change_times: Vec::new(),
            move_conflicts: false,
            deleted_pending: 0,
            file_to_compare: "/home/ida/Notes.md".into(),
        };
        (made_up, Port { requests: request_sender, events: event_receiver })
    }

    /// Makes it the account of a member of a team, with a folder of each kind.
    pub fn join_team(&mut self) {
        let shared = |path: &str, access| Entry {
            sharing: Sharing { is_shared_folder: true, access },
            ..folder(path)
        };
        let viewed = |path: &str, size_bytes| Entry {
            sharing: Sharing { is_shared_folder: false, access: ItemAccess::ViewOnly },
            ..file(path, size_bytes, 60)
        };
        let home = "/Ada Lovelace";
        let at_home = |name: &str| format!("{home}/{name}");
        self.team = Some(Team {
            name: "Fjord Studio".to_owned(),
            home: RemotePath::new(home),
            path_root: PathRootId("2".into()),
        });
        self.listings = [
            (
                "/",
                vec![
                    shared(home, ItemAccess::Edit),
                    shared("/Clients", ItemAccess::TraverseOnly),
                    shared("/Finance", ItemAccess::NoAccess),
                    shared("/Handbook", ItemAccess::ViewOnly),
                    shared("/Marketing", ItemAccess::Edit),
                ],
            ),
            (
                home,
                vec![
                    folder(&at_home("Drafts")),
                    shared(&at_home("Garden project"), ItemAccess::Edit),
                    shared(&at_home("Recipes"), ItemAccess::ViewOnly),
                    file(&at_home("Notes on engines.md"), 12_000, 50),
                ],
            ),
            (
                "/Handbook",
                vec![viewed("/Handbook/Welcome.md", 2_000), viewed("/Handbook/Offices.pdf", 880_000)],
            ),
        ]
        .map(|(path, entries)| (RemotePath::new(path), Arc::new(complete(entries))))
        .to_vec();
    }

    pub fn tell(&self, event: Event) {
        self.events.send(event).unwrap();
    }

    /// Answers everything asked since the last call; says whether there was anything.
    pub fn answer(&mut self) -> bool {
        let mut any = false;
        while let Ok(request) = self.requests.try_recv() {
            any = true;
            match request {
                Request::Run { id, job } => {
                    self.jobs.push(job.clone());
                    self.ids.push(id);
                    self.run(id, job);
                }
                Request::Cancel(id) => self.cancelled.push(id),
                Request::Control { id, command } => self.steered.push((id, command)),
                Request::Close => panic!("the program ends the worker, and not the window"),
            }
        }
        any
    }

    /// The number of the last job of a kind.
    pub fn id_of(&self, is_wanted: impl Fn(&Job) -> bool) -> RequestId {
        self.ids[self.jobs.iter().rposition(is_wanted).unwrap()]
    }

    pub fn update(&self, id: RequestId, update: Update) {
        self.tell(Event::Update { id, update });
    }

    fn finish_with(&self, id: RequestId, update: Update) {
        self.update(id, update);
        self.done(id, Receipt::Nothing);
    }

    pub fn done(&self, id: RequestId, receipt: Receipt) {
        self.tell(Event::Finished { id, outcome: Outcome::Done(receipt) });
    }

    fn run(&self, id: RequestId, job: Job) {
        match job {
            Job::Session(_) if self.is_away => self.update(id, Update::Outage(Some(offline()))),
            Job::List { .. } if self.is_away => {
                self.tell(Event::Finished { id, outcome: Outcome::Failed(offline()) });
            }
            Job::Session(_) => {
                let account = Account {
                    display_name: "Local account".to_owned(),
                    email: String::new(),
                    is_local: true,
                    used_bytes: 7_600_000_000,
                    allocated_bytes: 20_000_000_000,
                    link_options: link_options(),
                };
                let account = match &self.team {
                    Some(team) => {
                        self.update(id, Update::Team(team.clone()));
                        let (display_name, email) = ("Ada Lovelace".to_owned(), "ada@example.org".to_owned());
                        Account { display_name, email, is_local: false, ..account }
                    }
                    None => account,
                };
                self.update(id, Update::Account(account));
                self.update(id, Update::History(Arc::new(self.history.clone())));
            }
            Job::List { .. }
            | Job::Search { .. }
            | Job::ListDeleted { .. }
            | Job::ListLinks { .. }
            | Job::Preview { .. }
            | Job::Thumbnails(_)
                if self.silent => {}
            Job::List { path, sort } => {
                if let Some(problem) = &self.problem {
                    self.tell(Event::Finished { id, outcome: Outcome::Failed(problem.clone()) });
                    return;
                }
                let known = self.listings.iter().find(|(known, _)| *known == path);
                let listing = known.map(|(_, listing)| super::arranging::arranged(listing, sort));
                self.finish_with(
                    id,
                    Update::Listing(listing.unwrap_or_else(|| Arc::new(complete(Vec::new())))),
                );
            }
            Job::Locate { path } => {
                let entry = self.listings.iter().find_map(|(_, listing)| listing.entry_of(&path));
                if let Some(entry) = entry {
                    self.done(id, Receipt::Located(entry.clone()));
                }
            }
            Job::ListPast(query) => super::past::answer(self, id, &query),
            Job::MeasureCache => self.done(id, Receipt::CacheMeasured(contents::cache(314_000_000))),
            Job::ClearCache => self.done(id, Receipt::CacheMeasured(contents::cache(0))),
            Job::ReadGuide(page) => self.done(id, Receipt::GuideRead(Arc::new(super::guide::page(page)))),
            Job::PlanBringBack(asked) => self.done(id, super::past::plan(&asked)),
            Job::ListChangeTimes(_) => {
                self.done(id, Receipt::ChangeTimes(Arc::new(self.change_times.clone())));
            }
            Job::ListSpace { folder, part } => {
                for update in space_of(&folder, part) {
                    self.update(id, update);
                }
                self.done(id, Receipt::Nothing);
            }
            Job::SummarizeFolder { folder } => {
                self.finish_with(id, summary_of(&folder));
            }
            Job::Search { query, sort, .. } => {
                self.finish_with(id, Update::Listing(Arc::new(searches::found(self, &query, sort))));
            }
            Job::FilterRows { rows, query, unfolded, inside } => {
                let rows = if inside.is_empty() { rows } else { Arc::new(rows.with_unfolded(&inside)) };
                self.done(id, searches::narrowed(&rows, &query, &unfolded));
            }
            Job::FindPaths { typed, folders_only, .. } => {
                let found = searches::found_paths(self, &typed, folders_only);
                self.done(id, Receipt::FoundPaths(Arc::new(found)));
            }
            Job::PlanRename(question) => self.done(id, super::renaming_many::plan(&question)),
            Job::ListDeleted { .. } => {
                let listing = super::deleted::deleted_files(self.deleted_pending);
                self.finish_with(id, Update::Listing(Arc::new(listing)));
            }
            Job::ListLinks { .. } => {
                let entries = self.listings.iter().flat_map(|(_, listing)| &listing.entries);
                let linked = entries.filter(|entry| entry.link.is_some()).cloned().collect();
                self.finish_with(id, Update::Listing(Arc::new(complete(linked))));
            }
            Job::ListChanges { .. } => self.done(id, Receipt::Changes(Arc::new(self.changes.clone()))),
            Job::ListHistory(_) => self.done(id, Receipt::History(Arc::new(self.history.clone()))),
            Job::ListOperationItems(_) => self.done(id, Receipt::OperationItems(contents::operation_items())),
            Job::FindDuplicates { .. } => {
                self.done(id, Receipt::Duplicates(Arc::new(self.duplicates.clone())));
            }
            Job::Thumbnails(wanted) => {
                for thumbnail in wanted {
                    let pixels = contents::thumbnail(&thumbnail);
                    self.update(id, Update::Thumbnail { key: thumbnail.key, pixels: pixels.map(Arc::new) });
                }
                self.done(id, Receipt::Nothing);
            }
            Job::Preview { entry, max_side } => {
                let mut preview = contents::preview(&entry, max_side);
                preview.body = self.preview.clone().unwrap_or(preview.body);
                self.finish_with(id, Update::Preview(Arc::new(preview)));
            }
            Job::PagePart { entry, part } => {
                let pixels = contents::part_of(&entry, part).map(Arc::new);
                self.finish_with(id, Update::PagePart { part, pixels });
            }
            Job::PageTexts { pages, .. } => {
                let texts = pages.clone().map(|page| {
                    if self.is_scanned { Arc::default() } else { Arc::new(pdf_contents::page_text(page)) }
                });
                let texts = texts.collect();
                self.finish_with(id, Update::PageTexts { first_page: pages.start, texts });
            }
            // It is played until somebody pauses it.
            Job::PlaySound { from, .. } => {
                let position = from + Duration::from_secs(430);
                self.update(id, Update::Sound(SoundProgress { position, is_waiting: false }));
            }
            Job::MeasureLoudness(_) => self.done(id, Receipt::Loudness(other_contents::loudness())),
            Job::Compare { files, .. } => {
                if let Some(problem) = &self.problem {
                    self.tell(Event::Finished { id, outcome: Outcome::Failed(problem.clone()) });
                    return;
                }
                self.finish_with(id, Update::Comparison(Arc::new(comparison(&files))));
            }
            Job::Revisions { path } => {
                let revisions = Arc::new(contents::revisions(&path, 5));
                let makers = contents::makers(&revisions);
                self.finish_with(id, Update::Revisions { revisions, makers, complete: true });
            }
            Job::FindLink { .. } => match &self.link_problem {
                Some(problem) => {
                    self.tell(Event::Finished { id, outcome: Outcome::Failed(problem.clone()) });
                }
                None => self.done(id, Receipt::Nothing),
            },
            Job::CreateLink { path, settings } | Job::ChangeLink { path, settings, .. } => {
                let LinkSettings { audience, expires, .. } = settings;
                let link = SharedLink { audience, expires, ..link(&path) };
                match &self.link_problem {
                    Some(problem) => {
                        self.tell(Event::Finished { id, outcome: Outcome::Failed(problem.clone()) });
                    }
                    None => self.done(id, Receipt::Link { link, operation: None }),
                }
            }
            Job::ListSharedFolders => self.done(id, Receipt::SharedFolders(contents::shared_folders())),
            Job::SignInPage { .. } => {
                let url = "https://www.dropbox.com/oauth2/authorize?client_id=x7f2k9q0m4tz31a".to_owned();
                self.finish_with(id, Update::AuthorizePage { url });
            }
            Job::SignIn { code } if code == RIGHT_CODE => {
                let choice = AccountChoice::Dropbox {
                    account_id: "dbid:1".to_owned(),
                    email: "ida@example.org".to_owned(),
                    app_key: "x7f2k9q0m4tz31a".to_owned(),
                    api_url: None,
                };
                self.done(id, Receipt::SignedIn(choice));
            }
            Job::SignIn { .. } => {
                self.tell(Event::Finished { id, outcome: Outcome::Failed(super::problems::wrong_code()) });
            }
            Job::PlanUpload { target, .. } => {
                self.done(id, Receipt::Planned(Arc::new(contents::plan(&target, self.taken_names))));
            }
            Job::Pick(Pick::FileToCompare) => {
                self.finish_with(id, Update::Picked(vec![self.file_to_compare.clone()]));
            }
            Job::Pick(Pick::Folder | Pick::DownloadFolder) => {
                self.finish_with(id, Update::Picked(vec!["/home/ida/Downloads".into()]));
            }
            Job::Edit(edit) => {
                let conflicts = match &edit {
                    Edit::Move(items) if self.move_conflicts => contents::relocation_conflicts(items),
                    _ => Vec::new(),
                };
                let operation = contents::operation_of(&edit).filter(|_| conflicts.is_empty());
                let made = match &edit {
                    Edit::CreateFolder { path } => Some(folder(path.as_str())),
                    _ => None,
                };
                let (entries, failed) = (made.into_iter().collect(), Vec::new());
                self.done(id, Receipt::Edited { entries, failed, operation, conflicts });
            }
            // Tests tell how far they are.
            Job::Upload { .. } | Job::Download { .. } | Job::DownloadPast(_) => {}
            _ => self.done(id, Receipt::Nothing),
        }
    }
}

/// The code that the page shows.
pub const RIGHT_CODE: &str = "aB3dE5fG7hJ9";

pub fn link(path: &RemotePath) -> SharedLink {
    SharedLink {
        url: format!(
            "https://www.dropbox.com/scl/fi/k2q9x7/{}?rlkey=8f3k1z&dl=0",
            path.name().replace(' ', "-")
        ),
        audience: Audience::Anyone,
        expires: None,
        can_revoke: true,
        options: link_options(),
    }
}

/// Of an account that is paid for.
pub fn link_options() -> LinkOptions {
    LinkOptions { audiences: vec![Audience::Anyone, Audience::Password, Audience::OnlyInvited], expiry: true }
}

pub fn complete(entries: Vec<Entry>) -> Listing {
    Listing::new(entries, Sort::default(), true)
}

pub fn folder(path: &str) -> Entry {
    Entry::new(RemotePath::new(path), EntryKind::Folder { id: path.into() })
}

/// A file changed so many minutes before [`now`].
pub fn file(path: &str, size_bytes: u64, minutes_ago: i64) -> Entry {
    let modified = now() - SignedDuration::from_mins(minutes_ago);
    let file = File {
        id: path.into(),
        rev: Rev("015f2a9c3".into()),
        size_bytes,
        client_modified: modified,
        server_modified: modified,
        content_hash: Some(content_hash(path).into()),
        access: coffer_model::entry::ContentAccess::Download,
    };
    Entry::new(RemotePath::new(path), EntryKind::File(file))
}

/// 64 hexadecimal digits that are different for every path.
pub fn content_hash(path: &str) -> String {
    let hash = |seed: u64| {
        path.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    let [a, b, c, d] = [1, 2, 3, 4].map(|seed| hash(u64::wrapping_mul(seed, 0x9e37_79b9_7f4a_7c15)));
    format!("{a:016x}{b:016x}{c:016x}{d:016x}")
}

pub fn linked(mut entry: Entry) -> Entry {
    let url = "http://127.0.0.1/s/abc".to_owned();
    entry.link = Some(Arc::new(SharedLink { url, ..link(&entry.path) }));
    entry
}

/// A folder of `count` small files.
pub fn many(parent: &str, count: usize) -> Vec<Entry> {
    (0..count)
        .map(|index| file(&format!("{parent}/Measurement {index:06}.csv"), 900 + index as u64, 60 * 24 * 40))
        .collect()
}
