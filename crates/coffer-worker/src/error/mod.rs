//! Errors of calls as the worker sees them: what kind of failure each is, and how often it was tried. The error type of
//! a route is kept up to where it is decided; after that only the kind counts. Words for a person are in `problem`.

mod call;
mod kind;
mod route;
mod upload;

pub(crate) use call::{Attempts, RetriedError, ServiceError};
pub(crate) use kind::{Classify, HasReply};
