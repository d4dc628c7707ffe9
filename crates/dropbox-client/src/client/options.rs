//! What a client may be told when it is made.

use std::fmt;

use crate::{App, RestClient, Root, TokenKeeper};

/// Everything about a client but its tokens. The default reaches Dropbox, in English, without refreshing.
#[derive(Clone, Default)]
pub struct ClientOptions {
    /// The person's language, such as `de`: changes only the messages meant for them.
    pub locale: Option<String>,
    /// The transport to use, for other addresses or to share connections.
    pub rest_client: Option<RestClient>,
    /// The app, needed to refresh tokens and for the routes that an app calls in its own name.
    pub app: Option<App>,
    /// Is told new tokens.
    pub token_keeper: Option<TokenKeeper>,
    /// What paths are relative to; told in metadata only.
    pub root: Root,
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("ClientOptions")
            .field("locale", &self.locale)
            .field("rest_client", &self.rest_client)
            .field("app", &self.app)
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}
