//! What a client may be told when it is made.

use std::fmt;
use std::sync::Arc;

use crate::options::setters;
use crate::{AppRegistration, RestClient, Root, TokenKeeper, Tokens};
use dropbox_protocol::path_root::PathRoot;

/// Everything about a client but its tokens. The default reaches Dropbox, in English, without refreshing.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ClientOptions {
    /// The person's language, such as `de`: changes only the messages meant for them.
    pub locale: Option<String>,
    /// The transport to use, for other addresses or to share connections.
    pub rest_client: Option<RestClient>,
    /// The app, needed to refresh tokens and for the routes that an app calls in its own name.
    pub app: Option<AppRegistration>,
    /// Is told new tokens.
    pub token_keeper: Option<TokenKeeper>,
    /// What paths are relative to; told in metadata only.
    pub root: Root,
    /// Where paths start, in an account of a team; see [`with_path_root`](crate::DropboxClient::with_path_root).
    pub path_root: Option<PathRoot>,
    /// The member whose files are meant, with the token of a team; see
    /// [`with_select_user`](crate::DropboxClient::with_select_user).
    pub select_user: Option<String>,
    /// The administrator in whose name calls are made, with the token of a team; see
    /// [`with_select_admin`](crate::DropboxClient::with_select_admin).
    pub select_admin: Option<String>,
}

setters! { ClientOptions:
    with_locale sets locale to some(String),
    with_rest_client sets rest_client to some(RestClient),
    with_app sets app to some(AppRegistration),
    with_root sets root to value(Root),
    with_path_root sets path_root to some(PathRoot),
    with_select_user sets select_user to some(String),
    with_select_admin sets select_admin to some(String),
}

impl ClientOptions {
    /// The same options with somebody who is told new tokens.
    #[must_use]
    pub fn with_token_keeper(self, token_keeper: impl Fn(&Tokens) + Send + Sync + 'static) -> Self {
        Self { token_keeper: Some(Arc::new(token_keeper)), ..self }
    }
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("ClientOptions")
            .field("locale", &self.locale)
            .field("rest_client", &self.rest_client)
            .field("app", &self.app)
            .field("root", &self.root)
            .field("path_root", &self.path_root)
            .field("select_user", &self.select_user)
            .field("select_admin", &self.select_admin)
            .finish_non_exhaustive()
    }
}
