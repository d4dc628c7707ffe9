//! The open account: opening, switching, its end, and what is tried again when it is back.

use super::requests::Purpose;
use super::{State, browser, inspector, navigation, thumbnails, tree, undo};
use coffer_model::message::Waiting;
use coffer_model::{
    Account, AccountChoice, Job, Outcome, Problem, ProblemKind, RemotePath, RequestId, Update,
};
use jiff::Timestamp;

#[derive(Default)]
pub struct Session {
    /// Which account it is.
    pub choice: AccountChoice,

    pub account: Option<Account>,
    pub request: Option<RequestId>,

    /// False after the service could not be reached, until it answers again.
    pub offline: bool,

    /// The service asked us to wait.
    pub waiting: Option<Waiting>,

    /// Sample files being written: done of total.
    pub samples: Option<(u64, u64)>,

    /// The session ended; the card says why and offers to sign in again.
    pub ended: Option<Problem>,
}

impl Session {
    pub(super) fn expire_waiting(&mut self, now: Timestamp) {
        if self.waiting.as_ref().is_some_and(|waiting| waiting.until <= now) {
            self.waiting = None;
        }
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
    /// Opens an account and goes to its root. All that belonged to another account is forgotten; transfers of that
    /// go on and stay in the list.
    pub(super) fn open_session(&mut self, choice: AccountChoice) {
        self.drop_requests();
        self.navigation = navigation::Navigation::default();
        self.browser = browser::Browser {
            columns: self.browser.columns,
            page_lines: self.browser.page_lines,
            changed: true,
            ..browser::Browser::default()
        };
        self.tree = tree::Tree::default();
        self.inspector = inspector::Inspector { tab: self.inspector.tab, ..inspector::Inspector::default() };
        self.thumbnails = thumbnails::Thumbnails::default();
        self.undo = undo::UndoStack::default();
        self.toasts.clear();
        self.clipboard.clear();
        self.search_text.clear();
        self.search_due_secs = None;
        self.path_text = None;
        self.locating = None;
        self.dialog = None;
        self.start_session(choice);
        self.enter(super::selection::Selection::default(), 0.0);
        self.unfold_tree_to(&RemotePath::root());
    }

    /// Signed in again to the account that is shown: everything stays, and what failed is tried again.
    pub(super) fn reopen_session(&mut self, choice: AccountChoice) {
        self.cancel(self.session.request);
        self.start_session(choice);
        self.refresh();
        self.plan_held_again();
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
            Update::Account(account) => self.session.account = Some(account),
            Update::Changed { folders } => self.on_changed(folders.as_deref()),
            Update::Waiting(waiting) => self.session.waiting = waiting,
            Update::Online(online) => self.on_online(online),
            Update::Unfinished(unfinished) => self.on_unfinished(unfinished),
            Update::Samples { done, total } => self.session.samples = (done < total).then_some((done, total)),
            _ => {}
        }
    }

    pub(super) fn on_session_ended(&mut self, outcome: Outcome) {
        self.session.request = None;
        self.session.waiting = None;
        if let Outcome::Failed(problem) = outcome {
            self.note_failure(&problem);
            self.session.ended = Some(problem);
        }
    }

    fn start_session(&mut self, choice: AccountChoice) {
        let request = self.run(Job::Session(choice.clone()), Purpose::Session);
        self.session = Session { choice, request: Some(request), ..Session::default() };
    }

    pub(super) fn on_online(&mut self, online: bool) {
        let back = online && self.session.offline;
        self.session.offline = !online;
        if !back {
            return;
        }
        self.thumbnails.forget_failures();
        let failed = |problem: Option<&Problem>| problem.is_some_and(|problem| problem.kind.is_offline());
        if failed(self.browser.listing.problem()) {
            self.list_again();
        }
        let folders: Vec<RemotePath> = self
            .tree
            .nodes
            .iter()
            .filter(|(_, node)| failed(node.children.problem()))
            .map(|(path, _)| path.clone())
            .collect();
        self.refresh_tree(Some(&folders));
        self.retry_transfers_after(ProblemKind::is_offline);
    }

    /// Gives up all requests but transfers and settings. Edits are not stopped half-way, only no longer listened to.
    fn drop_requests(&mut self) {
        let edits = self.requests.ids(|purpose| matches!(purpose, Purpose::Edit(_)));
        for id in edits {
            self.ignore(id);
        }
        let is_kept = |purpose: &Purpose| {
            matches!(purpose, Purpose::Transfer | Purpose::Notify | Purpose::SaveSettings)
        };
        let rest = self.requests.ids(|purpose| !is_kept(purpose));
        for id in rest {
            self.cancel(Some(id));
        }
        self.transfers.preparing.clear();
        self.transfers.questions.clear();
        self.transfers.held.clear();
    }
}
