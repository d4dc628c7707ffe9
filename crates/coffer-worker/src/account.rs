//! The account that is open: the service behind it and what is remembered of it.

use super::list::Listings;
use super::service::Service;
use coffer_model::AccountChoice;

/// Shared by all jobs of a session; ended together with it.
pub(crate) struct OpenAccount {
    pub choice: AccountChoice,
    pub service: Service,
    pub listings: Listings,
}

impl OpenAccount {
    pub(crate) fn new(choice: AccountChoice, service: Service) -> Self {
        Self { choice, service, listings: Listings::default() }
    }
}

/// What an account is called in notes on disk, so that those of one never serve another. Its e-mail address may
/// change.
pub(crate) fn account_name(account: &AccountChoice) -> String {
    match account {
        AccountChoice::Local => "embedded".to_owned(),
        AccountChoice::Dropbox { account_id, api_url, .. } => {
            format!("{account_id} {}", api_url.as_deref().unwrap_or_default())
        }
        AccountChoice::CommandLine { api_url } => format!("at {api_url}"),
    }
}
