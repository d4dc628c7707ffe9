//! What kind of failure an error of the client is. The errors of single routes are in `route`.

use coffer_model::ProblemKind;
use dropbox_client::{ApiError, CallError, CommonError, ErrorResponse};
use dropbox_protocol::auth::{AccessError, AuthError};
use dropbox_protocol::error::RateLimitReason;
use dropbox_protocol::path_root::PathRootError;

/// An error whose kind is known.
pub(crate) trait Classify {
    fn kind(&self) -> ProblemKind;
}

/// An error that may have come as a reply of the service.
pub(crate) trait HasReply: Classify + std::fmt::Display {
    fn request_id(&self) -> Option<&str>;

    /// Where a network has sent the call instead of the service.
    fn sign_in_page(&self) -> Option<&str>;
}

impl<E: Classify> Classify for CallError<E> {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::Route { error, .. } => error.kind(),
            Self::Api(error) => error.kind(),
            _ => ProblemKind::Refused,
        }
    }
}

impl<E: Classify> HasReply for CallError<E> {
    fn request_id(&self) -> Option<&str> {
        CallError::request_id(self)
    }

    fn sign_in_page(&self) -> Option<&str> {
        self.response().and_then(sign_in_page)
    }
}

impl Classify for ApiError {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::Response(response) => kind_of_reply(response),
            Self::Socket(socket) if socket.may_have_arrived => ProblemKind::ConnectionLost,
            Self::Socket(_) => ProblemKind::Unreachable,
            Self::WebPage { .. } => ProblemKind::NetworkSignIn,
            Self::Malformed { .. } => ProblemKind::UnreadableReply,
            Self::Source(_) => ProblemKind::LocalUnreadable,
            Self::TokenDisabled => ProblemKind::SignedOut,
            Self::RevisionOfAnotherPath { .. } => ProblemKind::RevisionNotFound,
            // These are for the operations of the Core API, which the worker does not call, or for wrong arguments.
            _ => ProblemKind::BadRequest,
        }
    }
}

impl HasReply for ApiError {
    fn request_id(&self) -> Option<&str> {
        self.response()?.request_id.as_deref()
    }

    fn sign_in_page(&self) -> Option<&str> {
        self.response().and_then(sign_in_page)
    }
}

fn sign_in_page(response: &ErrorResponse) -> Option<&str> {
    let (_, page) = response.headers.iter().find(|(name, _)| name == "location")?;
    let is_web = page.starts_with("http://") || page.starts_with("https://");
    (is_web && is_network_sign_in(response)).then_some(page)
}

/// The service never redirects, and is no proxy: what answers so stands between. 511 is made for that (RFC 6585).
fn is_network_sign_in(response: &ErrorResponse) -> bool {
    matches!(response.status, 300..=399 | 407 | 511)
}

fn kind_of_reply(response: &ErrorResponse) -> ProblemKind {
    if is_network_sign_in(response) {
        return ProblemKind::NetworkSignIn;
    }
    match response.common_error() {
        CommonError::Auth(error) => match error {
            AuthError::ExpiredAccessToken => ProblemKind::TokenExpired,
            AuthError::MissingScope(_) => ProblemKind::MissingScope,
            AuthError::RouteAccessDenied | AuthError::InvalidSelectUser | AuthError::InvalidSelectAdmin => {
                ProblemKind::Forbidden
            }
            AuthError::InvalidAccessToken | AuthError::UserSuspended | AuthError::Other => {
                ProblemKind::SignedOut
            }
        },
        CommonError::InvalidGrant => ProblemKind::SignedOut,
        CommonError::Access(error) => match error {
            AccessError::InvalidAccountType(_)
            | AccessError::PaperAccessDenied(_)
            | AccessError::TeamAccessDenied
            | AccessError::NoPermission(_)
            | AccessError::Other => ProblemKind::Forbidden,
        },
        CommonError::RateLimit(RateLimitReason::TooManyWriteOperations) => ProblemKind::TooManyWrites,
        CommonError::RateLimit(RateLimitReason::TooManyRequests | RateLimitReason::Other) => {
            ProblemKind::RateLimited
        }
        CommonError::PathRoot(PathRootError::InvalidRoot(_) | PathRootError::NoPermission) => {
            ProblemKind::PathRootGone
        }
        CommonError::StorageFull => ProblemKind::DiskFull,
        CommonError::Server => ProblemKind::ServiceFailed,
        // A 409 whose error is none of the route's.
        CommonError::Unknown if response.status == 409 => ProblemKind::Refused,
        _ => ProblemKind::BadRequest,
    }
}

#[cfg(test)]
mod tests {
    use super::Classify;
    use coffer_model::ProblemKind;
    use dropbox_client::{ApiError, CallError};
    use dropbox_protocol::files::{DeleteError, LookupError};

    #[test]
    fn an_error_without_a_reply_has_a_kind_of_its_own() {
        let check = |error: ApiError, kind| {
            assert_eq!(CallError::<DeleteError>::from(error).kind(), kind);
        };
        let malformed =
            ApiError::Malformed { call: "files/delete_v2".into(), status: 200, problem: "no JSON".into() };
        check(malformed, ProblemKind::UnreadableReply);
        check(ApiError::TokenDisabled, ProblemKind::SignedOut);
        check(ApiError::InvalidArgument("a range".into()), ProblemKind::BadRequest);
        assert_eq!(DeleteError::PathLookup(LookupError::NotFound).kind(), ProblemKind::NotFound);
    }
}
