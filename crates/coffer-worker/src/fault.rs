//! What kind of failure an error of the client is: for `retry`, which decides about another try, and for `problem`,
//! which puts it into words.

use super::problem::words_of_tags;
use coffer_model::Recovery;
use dropbox_client::ApiError;
use std::time::Duration;

/// An error, taken apart.
#[derive(Clone, Debug)]
pub struct Fault {
    pub kind: FaultKind,
    /// The parsed tags, outermost first.
    pub tags: Vec<String>,
    pub request_id: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// 429: everybody of this account is to wait.
    TooManyRequests { retry_after: Option<Duration> },
    /// Somebody else writes to the account; nothing was done.
    TooManyWrites { retry_after: Option<Duration> },
    /// 5xx: it is unknown whether anything was done.
    Server,
    /// There was no connection, so nothing was done.
    Unreachable,
    /// The connection broke, or the answer was unusable: it is unknown whether anything was done.
    Lost,
    /// The access token has ended, and may have been renewed by now.
    Expired,
    /// Only signing in again helps.
    SignIn,
    /// The app or the person may not do this.
    Forbidden,
    /// The local source of an upload could not be read.
    Source,
    /// The service said no, with tags.
    Refused,
    /// A mistake of ours: another try would end the same.
    Mistake,
}

impl Fault {
    pub fn of(error: &ApiError) -> Self {
        let request_id = match error {
            ApiError::Response(response) => response.request_id.clone(),
            _ => None,
        };
        Self { kind: kind(error), tags: error.tags().to_vec(), request_id }
    }

    /// Whether one of the tags is `tag`.
    pub fn has(&self, tag: &str) -> bool {
        self.tags.iter().any(|known| known == tag)
    }

    /// Why, and what helps.
    pub fn in_words(&self) -> (&'static str, Recovery) {
        match self.kind {
            FaultKind::TooManyRequests { .. } => {
                ("Dropbox asked Coffer to slow down. Try again in a moment.", Recovery::Retry)
            }
            FaultKind::TooManyWrites { .. } => (
                "Dropbox is busy with other changes to this account. Try again in a moment.",
                Recovery::Retry,
            ),
            FaultKind::Server => ("Dropbox is having problems. Try again in a moment.", Recovery::Retry),
            FaultKind::Unreachable => ("Dropbox can’t be reached. Check your connection.", Recovery::Offline),
            FaultKind::Lost => ("The connection was lost before Dropbox answered.", Recovery::Offline),
            FaultKind::SignIn | FaultKind::Expired => {
                ("Your sign-in has expired. Sign in again to continue; nothing is lost.", Recovery::SignIn)
            }
            FaultKind::Forbidden if self.has("missing_scope") => (
                "Your app key lacks a permission. Allow it in the app’s settings on dropbox.com, then sign in again.",
                Recovery::SignIn,
            ),
            FaultKind::Forbidden => ("This account is not allowed to do that.", Recovery::None),
            FaultKind::Source => ("The file on this computer could not be read.", Recovery::Retry),
            FaultKind::Refused => words_of_tags(&self.tags),
            FaultKind::Mistake => (
                "Dropbox rejected Coffer’s request. This is a bug in Coffer; see the log for details.",
                Recovery::None,
            ),
        }
    }
}

fn kind(error: &ApiError) -> FaultKind {
    let retry_after = error.retry_after().map(Duration::from_secs);
    let contention = error.tags().iter().any(|tag| tag == "too_many_write_operations");
    match error {
        _ if error.has_tags(&["expired_access_token"]) => FaultKind::Expired,
        _ if error.needs_sign_in() => FaultKind::SignIn,
        _ if contention => FaultKind::TooManyWrites { retry_after },
        ApiError::Response(response) => match response.status {
            429 => FaultKind::TooManyRequests { retry_after },
            500.. => FaultKind::Server,
            401 | 403 => FaultKind::Forbidden,
            409 => FaultKind::Refused,
            _ => FaultKind::Mistake,
        },
        ApiError::Socket(socket) if socket.may_have_arrived => FaultKind::Lost,
        ApiError::Socket(_) => FaultKind::Unreachable,
        ApiError::Malformed { .. } => FaultKind::Lost,
        ApiError::Source(_) => FaultKind::Source,
        _ => FaultKind::Mistake,
    }
}
