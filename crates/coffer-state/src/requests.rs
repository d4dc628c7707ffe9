//! What each request under way is for. Events under an id that the context does not know are late: the person has
//! left, or asked for something else. They are dropped there and nowhere else.

use super::runs::{EditRun, PlanRun};
use coffer_model::{BringBack, Entry, Load, Outcome, RemotePath, WorkingCopyId};
use std::sync::Arc;

/// Says where the events of a request belong. Cheap to clone.
#[derive(Clone, strum::IntoStaticStr)]
pub(super) enum RequestPurpose {
    Session,
    List,
    /// An unfolded folder.
    ListUnfolded(RemotePath),
    FilterRows,
    ChangeTimes,
    Tree(RemotePath),
    /// The folder that items are moved into is looked for, in the tree or by its name.
    ChooserTree(RemotePath),
    ChooserSearch,
    RenamePlan,
    SelectPattern,
    SharedFolders,
    Locate,
    Thumbnails,
    InspectorPreview,
    InspectorRevisions,
    InspectorSummary,
    InspectorNow,
    VersionsRevisions,
    VersionsPreview,
    LargePreview,
    /// A file beside that of the large preview.
    NeighbourPreview,
    PagePart,
    PageTexts,
    TextSearch,
    Sound,
    Loudness,
    Comparison,
    GoTo,
    CompletePath,
    BringBackPlan,
    OperationItems,
    ShareLink,
    KnownLinks,
    /// Changes the settings of the link of an item.
    ChangeLink(RemotePath),
    /// A link that goes straight to the clipboard, and its item.
    CopyLink(RemotePath),
    Edit(Arc<EditRun>),
    /// The system's dialog for files to upload into this folder.
    PickUpload(RemotePath),
    /// The system's dialog for the folder that receives these.
    PickDownload(Arc<Vec<Entry>>),
    /// The system's dialog for the folder that receives this of the past.
    PickPastDownload(Arc<BringBack>),
    /// The system's dialog for the file that receives this revision.
    PickSaveAs(Arc<Entry>),
    /// The system's dialog for the file that this one is compared with.
    PickComparison(Arc<Entry>),
    /// Files on the system's clipboard, for this folder.
    PasteFiles(RemotePath),
    PlanUpload(Arc<PlanRun>),
    /// An upload, a download or the copy behind "Open": more is in the list of transfers.
    Transfer,
    SignInPage,
    SignIn,
    SignOut,
    Browse,
    Notify,
    /// Something is no news any more.
    See,
    CloseWorkingCopy(WorkingCopyId),
    DiscardWorkingCopy,
    ForgetTransfers,
    SaveSettings,
    SavePlaces,
    MeasureCache,
    Guide,
}

impl RequestPurpose {
    /// One of the system's dialogs for files, of which one is open at a time.
    pub(super) fn is_pick(&self) -> bool {
        matches!(
            self,
            Self::PickUpload(_)
                | Self::PickDownload(_)
                | Self::PickPastDownload(_)
                | Self::PickSaveAs(_)
                | Self::PickComparison(_)
        )
    }
}

/// Ends what a request was filling.
pub(super) fn finish_load<T>(load: &mut Load<T>, outcome: Outcome) {
    match outcome {
        Outcome::Done(_) | Outcome::Cancelled => load.end(),
        Outcome::Failed(problem) => load.fail(problem),
    }
}
