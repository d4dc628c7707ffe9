//! The account that is open: the service behind it and what is remembered of it.

use super::list::Listings;
use super::service::Service;
use super::thumbnail_cache::FailedThumbnails;
use coffer_model::AccountChoice;
use sha2::{Digest as _, Sha256};

/// Shared by all jobs of a session; ended together with it.
pub(crate) struct OpenAccount {
    pub choice: AccountChoice,
    pub service: Service,
    pub listings: Listings,
    pub failed_thumbnails: FailedThumbnails,
}

impl OpenAccount {
    pub(crate) fn new(choice: AccountChoice, service: Service) -> Self {
        let failed_thumbnails = FailedThumbnails::default();
        Self { choice, service, listings: Listings::default(), failed_thumbnails }
    }

    /// What the account is called in names of cached files.
    pub(crate) fn cache_name(&self) -> String {
        let digest = Sha256::digest(account_name(&self.choice));
        hex::encode(&digest[..8])
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
