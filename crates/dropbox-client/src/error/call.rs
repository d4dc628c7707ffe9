//! Why the call of one route failed, with the route's own error as its type.

use std::error::Error;
use std::fmt;

use super::{ApiError, ErrorResponse};

/// Why a typed call failed. `E` is the error of the route, so that a refusal can be matched where it is decided:
///
/// ```no_run
/// # use dropbox_client::{ApiError, CallError, DropboxClient};
/// use dropbox_protocol::files::{DELETE, DeleteArg, DeleteError, LookupError};
///
/// # async fn example(client: DropboxClient) -> Result<(), ApiError> {
/// match client.rpc(&DELETE, &DeleteArg::new("/old.txt")).await {
///     Ok(_) => {}
///     // There was nothing to delete.
///     Err(CallError::Route { error: DeleteError::PathLookup(LookupError::NotFound), .. }) => {}
///     Err(error) => return Err(error.into()),
/// }
/// # Ok(()) }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<E> {
    /// The service refused in the words of the route (status 409). Nothing was done.
    Route {
        error: E,
        /// The reply as it came, with its request id and headers.
        response: Box<ErrorResponse>,
    },
    /// What may befall a call of any route.
    Api(ApiError),
}

impl<E> CallError<E> {
    /// The route's own error, if that is what came.
    pub fn route_error(&self) -> Option<&E> {
        match self {
            Self::Route { error, .. } => Some(error),
            Self::Api(_) => None,
        }
    }

    /// The reply, where there was one and it was no success.
    pub fn response(&self) -> Option<&ErrorResponse> {
        match self {
            Self::Route { response, .. } => Some(response),
            Self::Api(error) => error.response(),
        }
    }

    /// The status of the reply, where there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Route { response, .. } => Some(response.status),
            Self::Api(error) => error.status(),
        }
    }

    /// Names the request to Dropbox's support.
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.request_id.as_deref()
    }

    /// What the service wants shown to the person, in their language; rarely there.
    pub fn user_message(&self) -> Option<&str> {
        self.response()?.user_error_msg.as_deref()
    }

    /// Seconds to wait before anything is asked again, as the service says.
    pub fn retry_after(&self) -> Option<u64> {
        self.response()?.retry_after
    }

    /// Whether the request may have been carried out although the call failed.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Route { .. } => false,
            Self::Api(error) => error.may_have_happened(),
        }
    }

    /// Whether only signing in again can help: the token is wrong, revoked, or expired beyond refreshing.
    pub fn needs_sign_in(&self) -> bool {
        match self {
            Self::Route { .. } => false,
            Self::Api(error) => error.needs_sign_in(),
        }
    }
}

impl<E> From<ApiError> for CallError<E> {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl<E> From<CallError<E>> for ApiError {
    fn from(error: CallError<E>) -> Self {
        match error {
            CallError::Route { response, .. } => Self::Response(response),
            CallError::Api(error) => error,
        }
    }
}

impl<E> fmt::Display for CallError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Route { response, .. } => response.fmt(formatter),
            Self::Api(error) => error.fmt(formatter),
        }
    }
}

impl<E: fmt::Debug> Error for CallError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Route { .. } => None,
            Self::Api(error) => error.source(),
        }
    }
}
