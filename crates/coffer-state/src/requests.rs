//! The requests under way and what each of them is for. News under an id that is not in the table is late: the
//! person has left, or asked for something else; it is dropped there and nowhere else.

use super::State;
use super::edits::EditRun;
use super::uploads::PlanRun;
use coffer_model::transfer::Steer;
use coffer_model::{Entry, Job, RemotePath, Request, RequestId};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Default)]
pub(super) struct Requests {
    running: HashMap<RequestId, Purpose>,
    outgoing: Vec<Request>,
    last: u64,
}

/// What a request is for: it says where its news belong. Cheap to clone.
#[derive(Clone)]
pub(super) enum Purpose {
    Session,
    List,
    Tree(RemotePath),
    Locate,
    Thumbnails,
    InspectorPreview,
    InspectorRevisions,
    VersionsRevisions,
    VersionsPreview,
    LargePreview,
    ShareLink,
    /// A link that goes straight to the clipboard; the name of its item.
    CopyLink(Arc<str>),
    Edit(Arc<EditRun>),
    /// The system's dialog for files to upload into this folder.
    PickUpload(RemotePath),
    /// The system's dialog for the folder that receives these.
    PickDownload(Arc<Vec<Entry>>),
    /// The system's dialog for the file that receives this revision.
    PickSaveAs(Arc<Entry>),
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
    SaveSettings,
}

impl Requests {
    pub(super) fn purpose(&self, id: RequestId) -> Option<Purpose> {
        self.running.get(&id).cloned()
    }

    pub(super) fn finish(&mut self, id: RequestId) -> Option<Purpose> {
        self.running.remove(&id)
    }

    pub(super) fn take(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.outgoing)
    }

    /// All that run for a purpose that `which` picks.
    pub(super) fn ids(&self, which: impl Fn(&Purpose) -> bool) -> Vec<RequestId> {
        let mut ids: Vec<RequestId> =
            self.running.iter().filter(|(_, purpose)| which(purpose)).map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }
}

impl State {
    pub(super) fn run(&mut self, job: Job, purpose: Purpose) -> RequestId {
        self.requests.last += 1;
        let id = RequestId(self.requests.last);
        self.requests.running.insert(id, purpose);
        self.requests.outgoing.push(Request::Run { id, job });
        id
    }

    /// Stops a request and forgets what it was for: whatever it still says is dropped.
    pub(super) fn cancel(&mut self, id: Option<RequestId>) {
        let Some(id) = id else { return };
        if self.requests.running.remove(&id).is_some() {
            self.requests.outgoing.push(Request::Cancel(id));
        }
    }

    /// Asks a request to stop; how it ended is still of interest.
    pub(super) fn stop(&mut self, id: RequestId) {
        if self.requests.running.contains_key(&id) {
            self.requests.outgoing.push(Request::Cancel(id));
        }
    }

    /// Changes the course of a request that runs.
    pub(super) fn steer(&mut self, id: RequestId, steer: Steer) {
        if self.requests.running.contains_key(&id) {
            self.requests.outgoing.push(Request::Steer { id, steer });
        }
    }

    /// Lets a request run to its end without listening any longer.
    pub(super) fn ignore(&mut self, id: RequestId) {
        self.requests.running.remove(&id);
    }
}
