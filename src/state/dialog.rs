//! The dialogs. At most one is open.

use crate::model::transfer::{ConflictAnswer, UploadPlan};
use crate::model::{Entry, Load, Preview, Problem, RemotePath, RequestId, SharedLink};
use std::sync::Arc;

pub enum Dialog {
    Versions(Versions),
    Share(Share),
    SignIn(SignIn),
    UploadQuestions(UploadQuestions),
    LargePreview(LargePreview),
    /// The list of keys.
    Shortcuts,
    /// A problem in full, with its request id to copy.
    Problem(Problem),
}

/// All revisions of a file, one of them previewed.
pub struct Versions {
    pub path: RemotePath,
    /// The file was deleted: restoring brings it back.
    pub deleted: bool,
    pub revisions: Load<Arc<Vec<Entry>>>,
    pub selected: usize,
    pub preview: Load<Arc<Preview>>,
    pub request: Option<RequestId>,
    pub preview_request: Option<RequestId>,
    /// Set while the restore is under way.
    pub restoring: Option<RequestId>,
    pub problem: Option<Problem>,
}

pub struct Share {
    pub entry: Entry,
    pub link: Load<SharedLink>,
    pub request: Option<RequestId>,
    /// The link was put on the clipboard.
    pub copied: bool,
    pub revoked: bool,
}

#[derive(Default)]
pub struct SignIn {
    pub app_key: String,
    pub code: String,
    /// The page on which access is allowed, once it is known.
    pub page_url: Option<String>,
    pub page_request: Option<RequestId>,
    pub connecting: Option<RequestId>,
    pub problem: Option<Problem>,
    /// Another service than Dropbox (tests, people who run their own).
    pub api_url: Option<String>,
}

/// Names that are taken, refused or unreadable, asked about before anything is sent.
pub struct UploadQuestions {
    pub plan: Arc<UploadPlan>,
    /// One for each conflict that is not identical, in the order of the plan.
    pub answers: Vec<ConflictAnswer>,
}

/// The file of the cursor, as large as the window.
pub struct LargePreview {
    pub entry: Entry,
    pub preview: Load<Arc<Preview>>,
    pub request: Option<RequestId>,
    /// Points for each pixel; `None` fits the window.
    pub zoom: Option<f32>,
}
