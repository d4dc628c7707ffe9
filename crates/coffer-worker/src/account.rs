//! The account that is open: the service behind it and what is remembered of it.

use super::account_index::handle::AccountIndex;
use super::config::TimeSource;
use super::error::ServiceError;
use super::list::Listings;
use super::past::FolderPasts;
use super::path_root::NotedRoot;
use super::service::Service;
use super::thumbnail_cache::FailedThumbnails;
use coffer_model::AccountChoice;
use dropbox_protocol::users::{GET_SPACE_USAGE, SpaceAllocation};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use std::sync::Arc;

/// Shared by all jobs of a session; ended together with it.
pub(crate) struct OpenAccount {
    pub choice: AccountChoice,
    pub service: Service,
    pub listings: Listings,
    pub failed_thumbnails: FailedThumbnails,
    pub index: AccountIndex,
    pub past: FolderPasts,
    clock: TimeSource,
}

impl OpenAccount {
    /// `indexes` is the folder in which its index is kept, if one is.
    pub(crate) fn new(
        choice: AccountChoice,
        service: Service,
        indexes: Option<&Path>,
        clock: TimeSource,
    ) -> Self {
        let failed_thumbnails = FailedThumbnails::default();
        let index = AccountIndex::new(
            indexes.map(|folder| folder.join(cache_name(&choice)).with_extension("sqlite")),
            Arc::clone(&clock),
        );
        let past = FolderPasts::new(index.neighbour("versions.sqlite"));
        Self { choice, service, listings: Listings::default(), failed_thumbnails, index, past, clock }
    }

    /// Asks the service how full the account is.
    pub(crate) async fn space(&self) -> Result<AccountSpace, ServiceError> {
        let space = self.service.rpc(&GET_SPACE_USAGE, &()).await?;
        let (used_bytes, allocated_bytes) = match space.allocation {
            SpaceAllocation::Individual(own) => (space.used, own.allocated),
            // In a team the room is shared.
            SpaceAllocation::Team(team) => (team.used, team.allocated),
            SpaceAllocation::Other => (space.used, 0),
        };
        Ok(AccountSpace { used_bytes, allocated_bytes })
    }

    /// The same account for paths that were noted under a root, which may not be the account’s any more. What is known of
    /// folders under one root says nothing under another.
    pub(crate) fn noted_under(self: &Arc<Self>, noted: NotedRoot) -> Arc<Self> {
        if noted == NotedRoot::OfAccount || noted == self.service.root().known() {
            return Arc::clone(self);
        }
        let service = self.service.noted_under(noted);
        Arc::new(Self::new(self.choice.clone(), service, None, Arc::clone(&self.clock)))
    }

    /// What the account is called in names of cached files.
    pub(crate) fn cache_name(&self) -> String {
        cache_name(&self.choice)
    }
}

fn cache_name(choice: &AccountChoice) -> String {
    let digest = Sha256::digest(account_name(choice));
    hex::encode(&digest[..8])
}

/// How full an account is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountSpace {
    pub used_bytes: u64,
    /// 0 where the service does not tell.
    pub allocated_bytes: u64,
}

impl AccountSpace {
    /// `None` where the service does not tell.
    pub(crate) fn free_bytes(&self) -> Option<u64> {
        (self.allocated_bytes > 0).then(|| self.allocated_bytes.saturating_sub(self.used_bytes))
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
