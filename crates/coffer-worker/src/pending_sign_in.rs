//! A sign-in between the page that was shown and the code that is awaited.

use dropbox_client::DropboxOAuth2FlowNoRedirect;

/// A page was shown; its code is awaited.
#[derive(Debug)]
pub(crate) struct PendingSignIn {
    pub flow: DropboxOAuth2FlowNoRedirect,
    pub app_key: String,
    pub api_url: Option<String>,
}
