//! The open account: opening, switching, its end, and what is tried again when it is back.

use super::clipboard::FileClipboard;
use super::context::StateContext;
use super::duplicates::DuplicateList;
use super::effect::Effect;
use super::known_links::KnownLinks;
use super::navigation::Navigation;
use super::news::FolderNews;
use super::open_files::OpenFiles;
use super::path_field::PathField;
use super::requests::RequestPurpose;
use super::search::SearchField;
use super::shared_folders::SharedFolderList;
use super::thumbnails::ThumbnailRequests;
use super::tree::Tree;
use super::undo::UndoStack;
use super::{Location, State, text};
use coffer_model::message::Waiting;
use coffer_model::{
    Account, AccountChoice, IndexPhase, IndexStatus, Job, Outcome, Problem, ProblemKind, RemotePath,
    RequestId, Team, Update,
};
use jiff::Timestamp;

#[derive(Default)]
pub struct AccountSession {
    /// Which account it is.
    pub choice: AccountChoice,

    pub account: Option<Account>,

    /// The team, if the paths of the account are those of a team space.
    pub team: Option<Team>,

    request: Option<RequestId>,

    /// False after the service could not be reached, until it answers again.
    pub offline: bool,

    /// Why the account is not open yet: another program uses it.
    pub in_use: Option<Problem>,

    /// The service asked us to wait.
    pub waiting: Option<Waiting>,

    /// Sample files being written: done of total.
    pub samples: Option<(u64, u64)>,

    /// How far the index of the account is, once that is told.
    pub index: Option<IndexStatus>,

    /// The session ended; the card says why and offers to sign in again.
    pub ended: Option<Problem>,
}

impl AccountSession {
    /// Opens an account.
    fn start(choice: AccountChoice, context: &mut StateContext) -> Self {
        let request = context.run(Job::Session(choice.clone()), RequestPurpose::Session);
        Self { choice, request: Some(request), ..Self::default() }
    }

    /// What the account is called in the settings.
    pub(super) fn key(&self) -> &str {
        key_of(&self.choice)
    }

    pub(super) fn on_ended(&mut self, outcome: Outcome) {
        self.request = None;
        self.waiting = None;
        self.in_use = None;
        if let Outcome::Failed(problem) = outcome {
            self.record_failure(&problem);
            self.ended = Some(problem);
        }
    }

    /// What any failure tells about the session.
    pub(super) fn record_failure(&mut self, problem: &Problem) {
        if problem.kind.is_offline() {
            self.offline = true;
        } else if problem.kind.needs_sign_in() && self.ended.is_none() {
            self.ended = Some(problem.clone());
        }
    }

    pub(super) fn expire_waiting(&mut self, now: Timestamp) {
        if self.waiting.as_ref().is_some_and(|waiting| waiting.until <= now) {
            self.waiting = None;
        }
    }
}

fn key_of(choice: &AccountChoice) -> &str {
    match choice {
        AccountChoice::Local => "local",
        AccountChoice::Dropbox { account_id, .. } => account_id,
        AccountChoice::CommandLine { api_url } => api_url,
    }
}

/// Whether two choices mean the same account, whatever it calls itself now.
pub(super) fn is_same_account(one: &AccountChoice, other: &AccountChoice) -> bool {
    match (one, other) {
        (
            AccountChoice::Dropbox { account_id: one, .. },
            AccountChoice::Dropbox { account_id: other, .. },
        ) => one == other,
        _ => one == other,
    }
}

impl State {
    /// Opens an account and goes to where the person was in it, or to its root. All that belonged to another account is
    /// forgotten; transfers of that go on and stay in the list.
    pub(super) fn open_session(&mut self, choice: AccountChoice) {
        self.context.drop_requests();
        self.transfers.forget_plans();
        let places = self.places.take_of(key_of(&choice));
        let locations = places.tabs.into_iter().map(Location::from).collect();
        self.navigation = Navigation::restored_tabs(locations, places.shown);
        self.browser = self.browser.emptied();
        self.other_pane = None;
        self.changes = self.changes.emptied();
        self.news = FolderNews::default();
        self.change_notice.clear();
        self.duplicates = DuplicateList::default();
        self.tree = Tree::default();
        self.tree.unfold_when_listed(places.unfolded);
        self.shared_folders = SharedFolderList::default();
        self.known_links = KnownLinks::default();
        self.inspector = self.inspector.emptied();
        self.space = self.space.emptied();
        self.past = super::past::PastView::default();
        self.thumbnails = ThumbnailRequests::default();
        self.undo = UndoStack::default();
        self.activity = self.activity.emptied();
        self.toasts.clear();
        self.transfers.open_files = OpenFiles::default();
        self.clipboard = FileClipboard::default();
        self.latest_targets = places.targets;
        self.pasted = None;
        self.search = SearchField::default();
        self.search_name = None;
        self.opened_bookmark = None;
        self.path_field = PathField::default();
        self.dialog = None;
        self.waiting_questions.clear();
        self.session = AccountSession::start(choice, &mut self.context);
        self.context.emit(Effect::WithdrawItems);
        self.context.emit(Effect::ForgetThumbnails);
        self.finish_navigation();
        self.restore_other_pane(places.other_pane);
        self.restore_finished_transfers(places.finished);
        self.tree.unfold_to(&RemotePath::root(), &mut self.context);
        self.end_welcome();
    }

    /// Signed in again to the account that is shown: everything stays, and what failed is tried again.
    pub(super) fn reopen_session(&mut self, choice: AccountChoice) {
        self.context.cancel(self.session.request);
        let team = self.session.team.take();
        self.session = AccountSession { team, ..AccountSession::start(choice, &mut self.context) };
        self.refresh();
        self.prepare_waiting_plans();
        self.retry_transfers_after(ProblemKind::needs_sign_in);
    }

    /// F5, which also opens a session again that ended for a reason that may have passed.
    pub(super) fn refresh_or_reopen(&mut self) {
        let ended = self.session.ended.as_ref().map(|problem| problem.kind);
        if ended.is_some_and(|kind| !kind.needs_sign_in()) {
            self.reopen_session(self.session.choice.clone());
        } else {
            self.refresh();
        }
    }

    pub(super) fn on_session_update(&mut self, update: Update) {
        match update {
            Update::Team(team) => self.on_team(team),
            Update::PathRootChanged => self.on_path_root_changed(),
            Update::Account(account) => {
                self.session.account = Some(account);
                self.list_unknown_shared_folders();
                self.list_unknown_links();
            }
            Update::Changed { folders } => self.on_changed(folders.as_deref()),
            Update::Waiting(waiting) => self.session.waiting = waiting,
            Update::Index(status) => self.on_index_status(status),
            Update::News(news) => self.on_news(&news),
            Update::AddressTaken => self.toasts.push_failed(text::address_taken().to_owned(), None),
            Update::InUse(problem) => self.session.in_use = problem,
            // Where a reply came, whatever it says, the service is there.
            Update::Outage(problem) => self.on_online(!problem.is_some_and(|it| it.kind.is_away())),
            Update::Unfinished(unfinished) => self.on_unfinished(unfinished),
            Update::History(history) => self.on_history(&history),
            Update::WorkingCopies(copies) => self.on_working_copies(copies),
            Update::LeftInPart(problem) => self.report(problem, None),
            Update::BroughtBack { folder, failed } => self.on_brought_back(&folder, &failed),
            Update::Samples { done, total } => self.on_samples(done, total),
            update => super::events::on_misplaced("the session", &update),
        }
    }

    /// What is made from the index grows with it.
    fn on_index_status(&mut self, status: IndexStatus) {
        let before = self.session.index.as_ref().map(|index| index.phase);
        let has_grown = before != Some(status.phase) || status.phase != IndexPhase::Complete;
        self.session.index = Some(status);
        if has_grown && self.navigation.current().makes_rows() {
            self.browser.list_soon(self.context.now_secs());
        }
    }

    pub(super) fn on_online(&mut self, online: bool) {
        let back = online && self.session.offline;
        self.session.offline = !online;
        if !back {
            return;
        }
        self.thumbnails.forget_failures();
        self.retry_inspector();
        let was_offline = |problem: &Problem| problem.kind.is_offline();
        self.in_each_pane(|state| {
            if state.browser.listing.problem().is_some_and(was_offline) {
                state.list_again();
            }
        });
        let folders = self.tree.failed(was_offline);
        self.tree.refresh(Some(&folders), &mut self.context);
        self.list_unknown_shared_folders();
        self.list_unknown_links();
        self.retry_transfers_after(ProblemKind::is_offline);
    }
}
