//! The open account.

use crate::model::message::Waiting;
use crate::model::{Account, Problem, RequestId};

#[derive(Default)]
pub struct Session {
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
