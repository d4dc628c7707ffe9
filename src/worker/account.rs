//! The account that is open: the service behind it and what is remembered of it.

use super::list::Listings;
use super::service::Service;
use crate::model::AccountChoice;

/// Shared by all jobs of a session; ended together with it.
pub struct OpenAccount {
    pub choice: AccountChoice,
    pub service: Service,
    pub listings: Listings,
}

impl OpenAccount {
    pub fn new(choice: AccountChoice, service: Service) -> Self {
        Self { choice, service, listings: Listings::default() }
    }
}
