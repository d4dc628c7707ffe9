//! What a handler is given besides its argument.

use super::authorize::Caller;
use crate::app_state::AppState;
use crate::view::AccountView;
use http::HeaderMap;
use std::sync::Arc;

/// One call of a route.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub app: Arc<AppState>,
    pub caller: Caller,
    /// From where the paths of the call start, and what it may see and change.
    pub view: Arc<AccountView>,
    pub headers: HeaderMap,
    /// The route's name, for messages.
    pub route: &'static str,
}
