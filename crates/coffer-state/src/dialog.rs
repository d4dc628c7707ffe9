//! The dialogs as data. At most one is open; what happens in them is in the file of each subject.

use super::State;
use super::uploads::PlanRun;
use coffer_model::transfer::UploadPlan;
use coffer_model::{Entry, Load, Preview, Problem, RemotePath, RequestId, SharedLink};
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
    /// Transfers run, and the window is to be closed.
    Quit,
}

/// All revisions of a file, one of them previewed.
pub struct Versions {
    pub path: RemotePath,
    /// The file was deleted: restoring brings it back.
    pub deleted: bool,
    pub revisions: Load<Arc<Vec<Entry>>>,
    /// A row of `revisions`.
    pub selected: usize,
    /// The preview of the selected one.
    pub preview: Load<Arc<Preview>>,
    pub request: Option<RequestId>,
    pub preview_request: Option<RequestId>,
    /// Set while the restore is under way.
    pub restoring: Option<RequestId>,
    pub problem: Option<Problem>,
    /// When the preview of the selected one is asked for: not while the selection moves.
    pub(super) preview_due_secs: Option<f64>,
}

pub struct Share {
    pub entry: Entry,
    pub link: Load<SharedLink>,
    pub request: Option<RequestId>,
    /// The link was put on the clipboard.
    pub copied: bool,
    pub revoked: bool,
    /// Set while it is being revoked.
    pub revoking: Option<RequestId>,
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
    /// With the decisions so far.
    pub plan: UploadPlan,
    /// The indexes of the files that need a decision, in the order of the plan.
    pub(super) conflicts: Vec<usize>,
    /// What it was planned from, for another try.
    pub(super) source: Arc<PlanRun>,
}

/// The file of the cursor, as large as the window.
pub struct LargePreview {
    pub entry: Entry,
    pub preview: Load<Arc<Preview>>,
    pub request: Option<RequestId>,
    /// Points for each pixel; `None` fits the window.
    pub zoom: Option<f32>,
    /// The zoom at which the picture fits, as the window told; zooming in starts from it.
    pub fit_zoom: f32,
    /// When the preview is asked for: not while an arrow key is held.
    pub(super) due_secs: Option<f64>,
}

impl State {
    /// Opens a dialog in place of the one that is open.
    pub(super) fn open_dialog(&mut self, dialog: Dialog) {
        self.close_dialog();
        self.dialog = Some(dialog);
    }

    /// Closes the dialog and stops what only it waited for. An edit that is under way goes on, and says by a toast
    /// how it ended.
    pub(super) fn close_dialog(&mut self) {
        if matches!(self.dialog, Some(Dialog::Quit)) {
            self.stay_open();
        }
        let requests = match self.dialog.take() {
            Some(Dialog::Versions(versions)) => [versions.request, versions.preview_request],
            Some(Dialog::Share(share)) => [share.request, None],
            Some(Dialog::SignIn(sign_in)) => [sign_in.page_request, sign_in.connecting],
            Some(Dialog::LargePreview(large)) => [large.request, None],
            Some(Dialog::UploadQuestions(_) | Dialog::Shortcuts | Dialog::Problem(_) | Dialog::Quit)
            | None => [None, None],
        };
        for request in requests {
            self.cancel(request);
        }
    }
}
