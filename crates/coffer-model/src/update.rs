//! What the worker tells while a job runs. The jobs are in `message.rs`.

use super::comparison::Comparison;
use super::transfer::{FileUpdate, Progress};
use super::unfinished_transfer::UnfinishedTransfer;
use super::{
    Account, Entry, FolderSummary, FoundInText, History, IndexStatus, Listing, News, PagePart, PageText,
    Pixels, Preview, Problem, RemotePath, Rev, SoundProgress, SpaceMap, Team, ThumbnailKey, VersionMaker,
    WorkingCopy,
};
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    /// Told before [`Update::Account`], and before any listing, if the paths of the account are those of a team space.
    Team(Team),
    /// The team’s folders have moved to another team space: paths that are known mean other items, or none, when the
    /// account is opened again. Until then jobs work on the items that were meant.
    PathRootChanged,
    Account(Account),
    /// Folders whose items changed. `None`: anything may have changed.
    Changed {
        folders: Option<Vec<RemotePath>>,
    },
    /// The service asked us to wait until then; `None` when that is over.
    Waiting(Option<Waiting>),
    /// Why the account can’t be followed for now; `None` when that is over.
    Outage(Option<Problem>),
    /// Another program has the account open, so this one waits, and all other jobs with it; `None` when that is over.
    InUse(Option<Problem>),
    /// Links of the local account lead nowhere in this run: another program has their address.
    AddressTaken,
    /// How far the index of the account is; told by the session whenever that changes.
    Index(IndexStatus),
    /// What was changed elsewhere; told by the session whenever it has heard of something.
    News(Arc<News>),
    /// Sample files are being written: so many of so many; equal when done.
    Samples {
        done: u64,
        total: u64,
    },
    AuthorizePage {
        url: String,
    },
    Listing(Arc<Listing>),
    SpaceMap(Arc<SpaceMap>),
    FolderSummary(Arc<FolderSummary>),
    /// `None` when the content has none (broken, too large): the icon stays.
    Thumbnail {
        key: ThumbnailKey,
        pixels: Option<Arc<Pixels>>,
    },
    Preview(Arc<Preview>),
    /// `None` when it can’t be drawn.
    PagePart {
        part: PagePart,
        pixels: Option<Arc<Pixels>>,
    },
    /// What pages say that follow each other; empty where nothing can be read.
    PageTexts {
        /// From 0.
        first_page: u32,
        texts: Vec<Arc<PageText>>,
    },
    /// What was found behind what was told before.
    FoundInText(FoundInText),
    Sound(SoundProgress),
    Comparison(Arc<Comparison>),
    Revisions {
        revisions: Arc<Vec<Entry>>,
        /// Who made which of them, where the service tells: of files that are shared.
        makers: Arc<HashMap<Rev, VersionMaker>>,
        complete: bool,
    },
    Transfer(Progress),
    /// News of single files of a transfer, together with its progress.
    Files(Vec<FileUpdate>),
    /// Told by the session when the account is open: transfers of earlier runs that had not ended, or in which files have
    /// failed, and that no other program works on, oldest first; not told when there are none. Run again, each goes on where
    /// it was. One that was paused runs like any other unless it is paused by [`super::transfer::TransferCommand::Pause`] right
    /// behind its `Run`; then it moves nothing.
    Unfinished(Vec<UnfinishedTransfer>),
    /// The latest operations of the account: told by the session when the account is open, and when another program has
    /// changed it.
    History(Arc<History>),
    /// A folder is back that an earlier run had begun to bring back, but for what has failed, or what it was too late for.
    BroughtBack {
        folder: RemotePath,
        failed: Vec<Problem>,
    },
    /// A folder that an earlier run has moved or copied in part, and what is where.
    LeftInPart(Problem),
    /// All working copies of the account that this program watches, whenever one of them has changed; oldest first.
    WorkingCopies(Vec<WorkingCopy>),
    /// Empty when the person cancelled.
    Picked(Vec<PathBuf>),
    Pasted(PathBuf),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub until: Timestamp,
    pub reason: String,
}
