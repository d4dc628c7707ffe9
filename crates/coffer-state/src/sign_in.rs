//! The sign-in dialog: which account, the app key, the page on which access is allowed, the code it shows.

use super::State;
use super::dialog::{Dialog, SignIn};
use super::requests::Purpose;
use super::session::is_same_account;
use super::text;
use coffer_model::{AccountChoice, Job, Outcome, Receipt};

/// Where people make an app key of their own.
const APP_CONSOLE: &str = "https://www.dropbox.com/developers/apps";

impl State {
    pub(super) fn open_sign_in(&mut self) {
        // Whoever uses another service goes on using it.
        let api_url = match &self.session.choice {
            AccountChoice::CommandLine { api_url } => Some(api_url.clone()),
            AccountChoice::Dropbox { api_url, .. } => api_url.clone(),
            AccountChoice::Local => None,
        };
        let app_key = self.settings.app_key.clone();
        self.open_dialog(Dialog::SignIn(SignIn { app_key, api_url, ..SignIn::default() }));
    }

    /// Another account, or the embedded one.
    pub(super) fn choose_account(&mut self, choice: AccountChoice) {
        self.close_dialog();
        if is_same_account(&choice, &self.session.choice) && self.session.ended.is_none() {
            return;
        }
        self.remember_account(&choice);
        self.open_session(choice);
    }

    /// Another key or service makes the page that was opened worthless.
    pub(super) fn edit_app_key(&mut self, text: String) {
        if let Some(sign_in) = self.sign_in_mut()
            && sign_in.app_key != text
        {
            sign_in.app_key = text;
            self.forget_authorize_page();
        }
    }

    pub(super) fn edit_api_url(&mut self, text: &str) {
        let api_url = Some(text.trim().to_owned()).filter(|url| !url.is_empty());
        if let Some(sign_in) = self.sign_in_mut()
            && sign_in.api_url != api_url
        {
            sign_in.api_url = api_url;
            self.forget_authorize_page();
        }
    }

    pub(super) fn edit_code(&mut self, text: String) {
        if let Some(sign_in) = self.sign_in_mut() {
            sign_in.code = text;
            sign_in.problem = None;
        }
    }

    pub(super) fn show_how_to_get_app_key(&mut self) {
        self.run(Job::Browse { url: APP_CONSOLE.to_owned() }, Purpose::Browse);
    }

    pub(super) fn open_authorize_page(&mut self) {
        let Some(sign_in) = self.sign_in_mut().filter(|sign_in| sign_in.can_open_page()) else { return };
        let app_key = sign_in.app_key.trim().to_owned();
        let job = Job::SignInPage { app_key: app_key.clone(), api_url: sign_in.api_url.clone() };
        let old = sign_in.page_request.take();
        self.cancel(old);
        let request = self.run(job, Purpose::SignInPage);
        if let Some(sign_in) = self.sign_in_mut() {
            sign_in.page_request = Some(request);
            sign_in.problem = None;
        }
        if self.settings.app_key != app_key {
            self.settings.app_key = app_key;
            self.save_soon();
        }
    }

    pub(super) fn on_authorize_page(&mut self, url: String) {
        if let Some(sign_in) = self.sign_in_mut() {
            sign_in.page_url = Some(url);
        }
    }

    pub(super) fn on_authorize_page_ended(&mut self, outcome: Outcome) {
        if let Some(sign_in) = self.sign_in_mut() {
            sign_in.page_request = None;
            if let Outcome::Failed(problem) = outcome {
                sign_in.problem = Some(problem);
            }
        }
    }

    pub(super) fn copy_authorize_page(&mut self) {
        self.clipboard.outgoing_text = match &self.dialog {
            Some(Dialog::SignIn(sign_in)) => sign_in.page_url.clone(),
            _ => None,
        };
    }

    pub(super) fn connect(&mut self) {
        let Some(sign_in) = self.sign_in_mut().filter(|sign_in| sign_in.can_connect()) else { return };
        let code = sign_in.code.trim().to_owned();
        let request = self.run(Job::SignIn { code }, Purpose::SignIn);
        if let Some(sign_in) = self.sign_in_mut() {
            sign_in.connecting = Some(request);
            sign_in.problem = None;
        }
    }

    pub(super) fn on_signed_in(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Done(Receipt::SignedIn(choice)) => {
                self.close_dialog();
                self.remember_account(&choice);
                let said = text::signed_in(&choice);
                if is_same_account(&choice, &self.session.choice) {
                    self.reopen_session(choice);
                } else {
                    self.open_session(choice);
                }
                self.toast_done(said, None);
            }
            Outcome::Done(_) | Outcome::Cancelled => {
                if let Some(sign_in) = self.sign_in_mut() {
                    sign_in.connecting = None;
                }
            }
            Outcome::Failed(problem) => {
                if let Some(sign_in) = self.sign_in_mut() {
                    sign_in.connecting = None;
                    sign_in.problem = Some(problem);
                }
            }
        }
    }

    /// Revokes the token; what is still being transferred with it is stopped.
    pub(super) fn sign_out(&mut self) {
        for id in self.running_transfers() {
            self.cancel_transfer(id);
        }
        self.run(Job::SignOut, Purpose::SignOut);
    }

    pub(super) fn on_signed_out(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Done(_) => {
                let left = self.session.choice.clone();
                self.settings.sign_ins.retain(|account| !is_same_account(account, &left));
                self.remember_account(&AccountChoice::Local);
                self.open_session(AccountChoice::Local);
                self.toast_done(text::SIGNED_OUT.to_owned(), None);
            }
            Outcome::Failed(problem) => self.report(problem, None),
            Outcome::Cancelled => {}
        }
    }

    /// The account that opens at the next start.
    fn remember_account(&mut self, choice: &AccountChoice) {
        if matches!(choice, AccountChoice::CommandLine { .. }) {
            return;
        }
        if matches!(choice, AccountChoice::Dropbox { .. }) {
            let sign_ins = &mut self.settings.sign_ins;
            match sign_ins.iter_mut().find(|account| is_same_account(account, choice)) {
                // It may call itself otherwise now.
                Some(known) => known.clone_from(choice),
                None => sign_ins.push(choice.clone()),
            }
        }
        self.settings.account = choice.clone();
        self.save_now();
    }

    fn forget_authorize_page(&mut self) {
        if let Some(sign_in) = self.sign_in_mut() {
            sign_in.page_url = None;
            sign_in.problem = None;
            let request = sign_in.page_request.take();
            self.cancel(request);
        }
    }

    fn sign_in_mut(&mut self) -> Option<&mut SignIn> {
        match &mut self.dialog {
            Some(Dialog::SignIn(sign_in)) => Some(sign_in),
            _ => None,
        }
    }
}

impl SignIn {
    pub fn can_open_page(&self) -> bool {
        !self.app_key.trim().is_empty() && self.connecting.is_none()
    }

    /// A code is worth something only with the page that was opened here.
    pub fn can_connect(&self) -> bool {
        self.page_url.is_some() && !self.code.trim().is_empty() && self.connecting.is_none()
    }
}
