//! The sign-in dialog: which account, the app key, the page on which access is allowed, the code it shows.

use super::State;
use super::context::StateContext;
use super::requests::RequestPurpose;
use super::session::is_same_account;
use super::text;
use coffer_model::settings::BUILT_IN_APP_KEY;
use coffer_model::{AccountChoice, Job, Outcome, Problem, Receipt, RequestId};

/// Where people make an app key of their own.
const APP_CONSOLE: &str = "https://www.dropbox.com/developers/apps";

#[derive(Default)]
pub struct SignInDialog {
    pub app_key: String,
    /// The key is the one that this program was built with.
    pub has_built_in_key: bool,
    pub code: String,
    /// The page on which access is allowed, once it is known.
    pub page_url: Option<String>,
    pub page_request: Option<RequestId>,
    pub connecting: Option<RequestId>,
    pub problem: Option<Problem>,
    /// Another service than Dropbox (tests, people who run their own).
    pub api_url: Option<String>,
}

impl SignInDialog {
    /// Begins with the key that was used last, or with the one that the program was built with.
    fn new(last_key: &str, built_in_key: Option<&str>, api_url: Option<String>) -> Self {
        let app_key = if last_key.is_empty() { built_in_key.unwrap_or_default() } else { last_key };
        let has_built_in_key = api_url.is_none() && built_in_key == Some(app_key);
        Self { app_key: app_key.to_owned(), has_built_in_key, api_url, ..Self::default() }
    }

    pub fn can_open_page(&self) -> bool {
        !self.app_key.trim().is_empty() && self.connecting.is_none()
    }

    /// A code is worth something only with the page that was opened here.
    pub fn can_connect(&self) -> bool {
        self.page_url.is_some() && !self.code.trim().is_empty() && self.connecting.is_none()
    }

    /// Another key makes the page that was opened worthless.
    pub(super) fn edit_app_key(&mut self, text: String, context: &mut StateContext) {
        if self.app_key != text {
            self.app_key = text;
            self.forget_page(context);
        }
    }

    /// Another service makes the page that was opened worthless.
    pub(super) fn edit_api_url(&mut self, text: &str, context: &mut StateContext) {
        let api_url = Some(text.trim().to_owned()).filter(|url| !url.is_empty());
        if self.api_url != api_url {
            self.api_url = api_url;
            self.forget_page(context);
        }
    }

    pub(super) fn edit_code(&mut self, text: String) {
        self.code = text;
        self.problem = None;
    }

    /// Asks for the page; answers with the app key that it is for.
    fn open_page(&mut self, context: &mut StateContext) -> Option<String> {
        if !self.can_open_page() {
            return None;
        }
        let app_key = self.app_key.trim().to_owned();
        let job = Job::SignInPage { app_key: app_key.clone(), api_url: self.api_url.clone() };
        context.cancel(self.page_request.take());
        self.page_request = Some(context.run(job, RequestPurpose::SignInPage));
        self.problem = None;
        Some(app_key)
    }

    pub(super) fn on_page_ended(&mut self, outcome: Outcome) {
        self.page_request = None;
        if let Outcome::Failed(problem) = outcome {
            self.problem = Some(problem);
        }
    }

    pub(super) fn copy_page(&self, context: &mut StateContext) {
        if let Some(url) = &self.page_url {
            context.copy_text(url.clone());
        }
    }

    pub(super) fn connect(&mut self, context: &mut StateContext) {
        if self.can_connect() {
            let job = Job::SignIn { code: self.code.trim().to_owned() };
            self.connecting = Some(context.run(job, RequestPurpose::SignIn));
            self.problem = None;
        }
    }

    fn on_connect_ended(&mut self, problem: Option<Problem>) {
        self.connecting = None;
        self.problem = problem.or(self.problem.take());
    }

    fn forget_page(&mut self, context: &mut StateContext) {
        self.page_url = None;
        self.problem = None;
        context.cancel(self.page_request.take());
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.page_request);
        context.cancel(self.connecting);
    }
}

impl State {
    pub(super) fn open_sign_in(&mut self) {
        // Whoever uses another service goes on using it.
        let api_url = match &self.session.choice {
            AccountChoice::CommandLine { api_url } => Some(api_url.clone()),
            AccountChoice::Dropbox { api_url, .. } => api_url.clone(),
            AccountChoice::Local => None,
        };
        self.open_dialog(SignInDialog::new(&self.settings.app_key, BUILT_IN_APP_KEY, api_url));
    }

    /// Another account, or the embedded one.
    pub(super) fn choose_account(&mut self, choice: AccountChoice) {
        self.close_dialog();
        let is_open = self.welcome.is_none() && self.session.ended.is_none();
        if is_open && is_same_account(&choice, &self.session.choice) {
            return;
        }
        self.settings.set_account(&choice, &mut self.context);
        self.open_session(choice);
    }

    pub(super) fn show_how_to_get_app_key(&mut self) {
        self.context.browse(APP_CONSOLE.to_owned());
    }

    /// Opens the page on which access is allowed; the app key is remembered.
    pub(super) fn open_authorize_page(&mut self) {
        let app_key = self.sign_in_mut().and_then(|(sign_in, context)| sign_in.open_page(context));
        if let Some(app_key) = app_key {
            self.settings.set_app_key(app_key, &self.context);
        }
    }

    pub(super) fn on_signed_in(&mut self, outcome: Outcome) {
        let problem = match outcome {
            Outcome::Done(Receipt::SignedIn(choice)) => {
                self.close_dialog();
                self.settings.set_account(&choice, &mut self.context);
                let said = text::signed_in(&choice);
                if self.welcome.is_none() && is_same_account(&choice, &self.session.choice) {
                    self.reopen_session(choice);
                } else {
                    self.open_session(choice);
                }
                self.toast_done(said, None);
                return;
            }
            Outcome::Done(_) | Outcome::Cancelled => None,
            Outcome::Failed(problem) => Some(problem),
        };
        if let Some((sign_in, _)) = self.sign_in_mut() {
            sign_in.on_connect_ended(problem);
        }
    }

    /// Revokes the token; what is still being transferred with it is stopped.
    pub(super) fn sign_out(&mut self) {
        for id in self.transfers.running() {
            self.transfers.cancel(id, &mut self.context);
        }
        self.context.run(Job::SignOut, RequestPurpose::SignOut);
    }

    pub(super) fn on_signed_out(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Done(_) => {
                let left = self.session.choice.clone();
                self.places.forget(self.session.key(), &self.context);
                self.settings.remove_account(&left, &mut self.context);
                self.open_session(AccountChoice::Local);
                self.toast_done(text::signed_out().to_owned(), None);
            }
            Outcome::Failed(problem) => self.report(problem, None),
            Outcome::Cancelled => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SignInDialog;

    #[test]
    fn a_built_in_key_is_used_where_no_other_was_and_only_for_dropbox() {
        let check = |last: &str, built_in, api_url: Option<&str>, expected| {
            let dialog = SignInDialog::new(last, built_in, api_url.map(str::to_owned));
            assert_eq!((dialog.app_key.as_str(), dialog.has_built_in_key), expected);
        };
        check("", None, None, ("", false));
        check("own", None, None, ("own", false));
        check("", Some("built in"), None, ("built in", true));
        check("built in", Some("built in"), None, ("built in", true));
        check("own", Some("built in"), None, ("own", false));
        check("", Some("built in"), Some("http://127.0.0.1:1"), ("built in", false));
    }
}
