//! The error of a call that was given up: with the type of its route, and without.

use super::{Classify, HasReply};
use coffer_model::ProblemKind;
use dropbox_client::CallError;
use std::fmt;
use std::time::Instant;

/// How often something was tried, and since when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempts {
    pub count: u32,
    began: Instant,
}

impl Attempts {
    pub(crate) fn new() -> Self {
        Self { count: 0, began: Instant::now() }
    }
}

impl fmt::Display for Attempts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "after {} tries in {:.1} s", self.count, self.began.elapsed().as_secs_f64())
    }
}

/// Why a call failed in the end. `E` is the error of its route.
#[derive(Debug)]
pub(crate) struct RetriedError<E> {
    pub error: CallError<E>,
    pub attempts: Attempts,
}

impl<E> RetriedError<E> {
    /// The route's own error, if that is what came.
    pub(crate) fn route_error(&self) -> Option<&E> {
        self.error.route_error()
    }
}

impl<E: Classify> Classify for RetriedError<E> {
    fn kind(&self) -> ProblemKind {
        self.error.kind()
    }
}

impl<E: Classify> HasReply for RetriedError<E> {
    fn request_id(&self) -> Option<&str> {
        self.error.request_id()
    }

    fn sign_in_page(&self) -> Option<&str> {
        self.error.sign_in_page()
    }
}

impl<E> fmt::Display for RetriedError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.error)?;
        if self.attempts.count > 1 {
            write!(formatter, ", {}", self.attempts)?;
        }
        Ok(())
    }
}

/// Why a call failed in the end, whatever its route: what is left where several routes are called for one purpose.
#[derive(Clone, Debug)]
pub(crate) struct ServiceError {
    kind: ProblemKind,
    request_id: Option<String>,
    sign_in_page: Option<String>,
    message: String,
}

impl<E: Classify> From<RetriedError<E>> for ServiceError {
    fn from(error: RetriedError<E>) -> Self {
        Self {
            kind: error.kind(),
            request_id: error.request_id().map(str::to_owned),
            sign_in_page: error.sign_in_page().map(str::to_owned),
            message: error.to_string(),
        }
    }
}

impl ServiceError {
    /// What was asked for may have been done all the same.
    #[must_use]
    pub(crate) fn with_unknown_outcome(self) -> Self {
        Self { kind: ProblemKind::OutcomeUnknown, ..self }
    }
}

impl Classify for ServiceError {
    fn kind(&self) -> ProblemKind {
        self.kind
    }
}

impl HasReply for ServiceError {
    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    fn sign_in_page(&self) -> Option<&str> {
        self.sign_in_page.as_deref()
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}
