//! What kind of failure an error of the client is. The errors of single routes are in `route`.

use coffer_model::ProblemKind;
use dropbox_client::{ApiError, CallError, CommonError, ErrorResponse};
use dropbox_protocol::auth::{AccessError, AuthError};
use dropbox_protocol::error::RateLimitReason;

/// An error whose kind is known.
pub(crate) trait Classify {
    fn kind(&self) -> ProblemKind;
}

/// An error that may have come as a reply of the service.
pub(crate) trait HasReply: Classify + std::fmt::Display {
    fn request_id(&self) -> Option<&str>;
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
}

impl Classify for ApiError {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::Response(response) => kind_of_reply(response),
            Self::Socket(socket) if socket.may_have_arrived => ProblemKind::ConnectionLost,
            Self::Socket(_) => ProblemKind::Unreachable,
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
}

fn kind_of_reply(response: &ErrorResponse) -> ProblemKind {
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
