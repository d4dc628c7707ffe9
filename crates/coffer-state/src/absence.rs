//! An account that is not there: nothing new can be made in it, and whatever would is disabled and says why.

use super::{State, text};
use coffer_model::RemotePath;

impl State {
    /// Why nothing can be done in the account now, if that is known. While what was seen of it before can be looked at,
    /// whatever is done is tried.
    fn absence(&self) -> Option<String> {
        let session = &self.session;
        if session.ended.as_ref().is_some_and(|problem| problem.kind.needs_sign_in()) {
            return Some(text::not_signed_in().to_owned());
        }
        if session.account.is_none() && session.in_use.is_some() {
            return Some(text::in_use().to_owned());
        }
        let listing = &self.browser.listing;
        let is_unknown =
            session.account.is_none() || (listing.value().is_none() && listing.problem().is_some());
        let is_away = session.offline || session.ended.is_some();
        (is_unknown && is_away).then(|| text::unreachable(&session.choice))
    }

    /// Why nothing new can be made in a folder now: the account is not there, or the folder is for looking only. What is
    /// dropped on a folder meanwhile waits for the account.
    pub fn add_refusal(&self, folder: &RemotePath) -> Option<String> {
        self.absence().or_else(|| self.write_refusal(folder))
    }
}
