//! The messages between the state and the worker. A request goes out, updates come in, and exactly one `Finished` ends it.

pub use super::desktop::{OpenWith, Pick};
pub use super::edit::Edit;
pub use super::unfinished_transfer::{EndedTransfer, UnfinishedTransfer};
pub use super::update::{Update, Waiting};

use super::comparison::ComparedFiles;
use super::guide::GuidePage;
use super::link::{LinkSettings, SharedLink};
use super::transfer::{OnExisting, TransferCommand, UploadPlan};
use super::working_copy::ConflictChoice;
use super::{
    AccountChoice, AccountPlaces, BringBack, Entry, HistoryQuery, Listing, OperationId, PagePart,
    PastDownload, PastQuery, Problem, Receipt, Relocation, RemotePath, RenameQuestion, SearchSort, Settings,
    Sort, SpacePart, TextPart, Thumbnail, UnfoldedRows, WorkingCopyId,
};
use jiff::Timestamp;
use std::collections::HashSet;
use std::ffi::OsString;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// Names one request for as long as the program runs; chosen by the state, rising.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u64);

#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "most requests run a job")]
pub enum Request {
    Run {
        id: RequestId,
        job: Job,
    },
    /// Stops a job; its `Finished` says `Cancelled` unless it had ended before. A transfer is then forgotten; one that
    /// was running when the program closed is sent as [`Update::Unfinished`] at the next start.
    Cancel(RequestId),
    /// Changes the course of a running transfer.
    Control {
        id: RequestId,
        command: TransferCommand,
    },
    /// The program ends. What was asked for before is begun, so that what is to be saved is saved.
    Close,
}

#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "few jobs are on their way at once")]
pub enum Job {
    /// Opens an account and follows it until it is cancelled: [`Update::Account`] first and whenever the quota
    /// changed, [`Update::Team`] before, [`Update::Changed`] when something was edited anywhere, [`Update::Waiting`] while the service asks
    /// us to wait. All other jobs use the account that was opened last. Ends only when cancelled, or with a problem
    /// whose kind needs a sign-in.
    Session(AccountChoice),

    /// Makes the address of the page on which access is allowed: [`Update::AuthorizePage`], then it opens it in the
    /// browser. `api_url` is the base of another service than Dropbox.
    SignInPage {
        app_key: String,
        api_url: Option<String>,
    },

    /// Trades the pasted code for tokens and keeps them in the keyring: `Receipt::SignedIn`.
    SignIn {
        code: String,
    },

    /// Revokes the token of the open account and forgets it.
    SignOut,

    /// The items of a folder: [`Update::Listing`] (first what is known, then growing), then `Finished`.
    List {
        path: RemotePath,
        sort: Sort,
    },

    /// The rows that match a query by their names and filters, in their order, without a call: `Receipt::Listed`. What is
    /// `inside` unfolded folders is among them. Without a query, those of deleted items that are in no folder but in
    /// `unfolded` ones.
    FilterRows {
        rows: Arc<Listing>,
        query: String,
        unfolded: Arc<HashSet<RemotePath>>,
        inside: Arc<UnfoldedRows>,
    },

    /// [`Update::Listing`] with what has become of each item, first as far as is known, then better with every answer.
    ListPast(PastQuery),

    /// When something changed below a folder: `Receipt::ChangeTimes`.
    ListChangeTimes(RemotePath),

    /// Everything in a folder and in all folders below it, without itself: [`Update::Listing`], growing.
    ListTree {
        path: RemotePath,
        sort: Sort,
    },

    /// What was deleted below a folder, by what was deleted together and the latest first; what was in a folder follows
    /// it: [`Update::Listing`], first what is known. The service is asked about single items only if `details`.
    ListDeleted {
        path: RemotePath,
        details: bool,
    },

    /// What [`Edit::Undelete`] would restore, in the order of the paths: `Receipt::UndeletePlanned`.
    PlanUndelete(Vec<Entry>),

    /// What [`Edit::BringBack`] or a [`PastDownload`] would do: `Receipt::BringBackPlanned`.
    PlanBringBack(Box<BringBack>),

    /// All items with links: [`Update::Listing`], each entry with its link.
    ListLinks {
        sort: Sort,
    },

    /// Search below a folder: [`Update::Listing`], best match first unless it is to be sorted. What the index finds comes
    /// at once, then what the service finds besides.
    Search {
        query: String,
        below: RemotePath,
        sort: Option<Sort>,
    },

    /// What a query finds in the index, at most so many: `Receipt::Found`.
    SearchIndex {
        query: String,
        below: RemotePath,
        sort: SearchSort,
        most: usize,
    },

    /// The items of the index that have what is typed as letters of their paths, the best match first: `Receipt::FoundPaths`.
    FindPaths {
        typed: String,
        folders_only: bool,
        most: usize,
    },

    /// What is known of a folder, its folders with their totals, without a call: `Receipt::Listed`.
    ListKnown {
        path: RemotePath,
        sort: Sort,
    },

    /// The largest files below a folder: `Receipt::Listed`.
    ListLargest {
        below: RemotePath,
        most: usize,
    },

    /// What takes the space of a folder: [`Update::SpaceMap`] for the map, then [`Update::FolderSummary`], and
    /// [`Update::Listing`] with the items of the map, or the largest or oldest files.
    ListSpace {
        folder: RemotePath,
        part: SpacePart,
    },

    /// What is below a folder: [`Update::FolderSummary`].
    SummarizeFolder {
        folder: RemotePath,
    },

    /// Files with the same content below a folder: `Receipt::Duplicates`.
    FindDuplicates {
        below: RemotePath,
    },

    /// The latest changes below a folder: `Receipt::Changes`. Of very many of one kind in one folder only the latest.
    ListChanges {
        below: RemotePath,
        since: Option<Timestamp>,
        most: usize,
        most_of_a_kind: usize,
    },

    /// The person has looked into a folder, or (`None`) at everything that has changed: it is no news any more.
    See(Option<RemotePath>),

    /// Brings the index of the account up to date: [`Update::Index`] while it is filled, then `Receipt::Indexed`. With
    /// `rebuild` everything is listed anew; with `verify` each folder is listed and compared.
    UpdateIndex {
        rebuild: bool,
        verify: bool,
    },

    /// How far the index of the account is, without a call: `Receipt::Indexed`.
    ReadIndexStatus,

    /// What stands at a typed path: `Receipt::Located`.
    Locate {
        path: RemotePath,
    },

    /// The folder with the first parts of one that was moved or copied in part: `Receipt::Located`, or `Receipt::Nothing`
    /// where there is none.
    FindFirstParts {
        kind: Relocation,
        folder: Entry,
    },

    /// Thumbnails in order of need: one [`Update::Thumbnail`] each, as they come.
    Thumbnails(Vec<Thumbnail>),

    /// A preview of one revision, pictures at most `max_side` pixels long: [`Update::Preview`].
    Preview {
        entry: Entry,
        max_side: u32,
    },

    /// Another part of a long text in this encoding: [`Update::Preview`].
    TextPart {
        entry: Entry,
        part: TextPart,
        encoding: &'static str,
    },
    /// Where words are in the whole of such a text: [`Update::FoundInText`] (growing).
    FindInText {
        entry: Entry,
        words: String,
        encoding: &'static str,
    },

    /// A part of a page of a PDF file: [`Update::PagePart`].
    PagePart {
        entry: Entry,
        part: PagePart,
    },

    /// What these pages of a PDF file say, from 0: [`Update::PageTexts`] (growing).
    PageTexts {
        entry: Entry,
        pages: Range<u32>,
    },

    /// Plays a recording from a moment on: [`Update::Sound`] many times a second, until it has been heard.
    PlaySound {
        entry: Entry,
        from: Duration,
    },
    /// How loud a recording is from its beginning to its end, for which all of it is downloaded: `Receipt::Loudness`.
    MeasureLoudness(Entry),
    /// All revisions of a file, newest first: [`Update::Revisions`] (growing).
    Revisions {
        path: RemotePath,
    },

    Edit(Edit),

    /// The names that a rule would give to items: `Receipt::RenamePlanned`.
    PlanRename(Box<RenameQuestion>),

    /// What this program has changed in the account: `Receipt::History`.
    ListHistory(HistoryQuery),

    /// The items of an operation: `Receipt::OperationItems`.
    ListOperationItems(OperationId),

    /// Looks at local files before an upload: `Receipt::Planned`. A folder with a slash at its end stands for what is in
    /// it. Links that lead out of the folders are refused unless they are to be followed.
    PlanUpload {
        local_paths: Vec<PathBuf>,
        target: RemotePath,
        follows_links: bool,
    },

    /// The same for one file or folder that gets another name there.
    PlanUploadAs {
        local_path: PathBuf,
        remote_path: RemotePath,
        follows_links: bool,
    },

    /// Sends what was planned, as was decided for each conflict: [`Update::Transfer`], then `Receipt::Transferred`.
    /// Empty files and folders are sent as well. A conflict without a decision is skipped.
    Upload {
        plan: Arc<UploadPlan>,
    },

    /// Looks at what a download into `folder` would do, and changes nothing: `Receipt::DownloadPlanned`. A single item
    /// may have another name here.
    PlanDownload {
        entries: Vec<Entry>,
        folder: PathBuf,
        name: Option<OsString>,
        existing: OnExisting,
    },

    /// Brings files and folders into a local folder, each verified by its hash: [`Update::Transfer`] and
    /// [`Update::Files`], then `Receipt::Transferred`. The same order run again after a kill or a failure brings only
    /// what is missing, also with [`OnExisting::Number`]. Files that could not be brought are in the report's `failed`;
    /// `Finished` is a failure only where nothing more can be brought (signed out, offline, disk full, no folder).
    Download {
        entries: Vec<Entry>,
        folder: PathBuf,
        existing: OnExisting,
    },

    /// The same for items of a folder as they were at a moment, each in its version of then.
    DownloadPast(Box<PastDownload>),

    /// What that would do: `Receipt::DownloadPlanned`.
    PlanPastDownload(Box<PastDownload>),

    /// Saves one revision to a local file, or a folder as a local folder, whose name is free to differ from the
    /// entry's: as `Download`. That a file can't be saved is a failure of the job.
    SaveAs {
        entry: Entry,
        local_path: PathBuf,
        existing: OnExisting,
    },

    /// Downloads what another program takes that the window has promised it, into a new folder of the program's own:
    /// [`Update::Transfer`], then `Receipt::Transferred`. Refused when it is more than other programs are given at once.
    /// No later run resumes it.
    FetchPromised {
        entries: Vec<Entry>,
        folder: PathBuf,
    },

    /// Makes a working copy of a file, or finds the one there is, and opens it in the system's program if `open`:
    /// [`Update::Transfer`], then `Receipt::CheckedOut`. Its changes are told by the session as
    /// [`Update::WorkingCopies`]. Where `open` is false the copy is not watched while this program works on it.
    CheckOut {
        entry: Entry,
        open: bool,
    },

    /// Uploads what was changed in a working copy as a new version of its file, wherever that is now:
    /// [`Update::Transfer`], then `Receipt::SavedCopy`. Nothing is overwritten: if the file was changed in the account
    /// meanwhile, both versions are kept. Asked for again after a lost reply or a kill, it does nothing twice.
    SaveWorkingCopy {
        id: WorkingCopyId,
    },

    /// Ends the conflict of a working copy, whose changes are saved first: `Receipt::SavedCopy`.
    ResolveEditConflict {
        id: WorkingCopyId,
        keep: ConflictChoice,
    },

    /// How two files differ, in more than white space or at all: [`Update::Comparison`].
    Compare {
        files: ComparedFiles,
        ignores_space: bool,
    },

    /// Removes a working copy whose content is in the account, and that no program works with. Refused otherwise.
    CloseWorkingCopy {
        id: WorkingCopyId,
    },

    /// Throws a working copy away, with the changes that are not in the account.
    DiscardWorkingCopy {
        id: WorkingCopyId,
    },

    /// Brings a copy into the cache and opens it with the system's program, or shows it in the file manager:
    /// [`Update::Transfer`], then `Receipt::LocalCopy`.
    Open {
        entry: Entry,
        with: OpenWith,
    },

    /// Every item that has a link: `Receipt::Links`.
    FindAllLinks,

    /// The link of an item that this account has made: `Receipt::Link`, or `Receipt::Nothing`. Makes none.
    FindLink {
        path: RemotePath,
    },

    /// The link of an item, made when there is none, and one that is there changed where that is asked for:
    /// `Receipt::Link`.
    CreateLink {
        path: RemotePath,
        settings: LinkSettings,
    },

    /// Lets a link be for others, or end at another time: `Receipt::Link`.
    ChangeLink {
        path: RemotePath,
        link: SharedLink,
        settings: LinkSettings,
    },

    /// Opens a file of this computer with the system's program: `Receipt::LocalCopy`.
    OpenLocalFile {
        local_path: PathBuf,
    },

    /// The shared folders that can be added to the person’s Dropbox, and those that are in it: `Receipt::SharedFolders`.
    ListSharedFolders,

    /// Shows an address in the browser.
    Browse {
        url: String,
    },

    /// Shows what lies on this computer in the file manager: a folder as it is, a file selected in its folder.
    ShowFile {
        local_path: PathBuf,
    },

    /// Asks the system's dialog for files or folders: [`Update::Picked`].
    Pick(Pick),

    /// Reads the files on the clipboard: [`Update::Picked`]; of a picture or a text, unless it is this, it makes one:
    /// [`Update::Pasted`].
    PasteFiles(String),

    /// Forgets transfers that have failed, so that no later start tells them as [`Update::Unfinished`].
    ForgetTransfers(Vec<Job>),

    /// A message on the desktop, for when the window is not looked at.
    Notify {
        title: String,
        body: String,
    },

    /// Keeps the settings; limits of speed hold at once.
    SaveSettings(Settings),

    /// Keeps where the person is in each account.
    SavePlaces(AccountPlaces),

    /// What pictures and previews take on this computer, or what is left of that: `Receipt::CacheMeasured`.
    MeasureCache,
    ClearCache,

    /// A page of the guide: `Receipt::GuideRead`.
    ReadGuide(GuidePage),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Update { id: RequestId, update: Update },
    Finished { id: RequestId, outcome: Outcome },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Done(Receipt),
    Cancelled,
    Failed(Problem),
}

/// The window's end of both channels.
pub struct Port {
    pub requests: mpsc::Sender<Request>,
    pub events: mpsc::Receiver<Event>,
}
