//! Obtaining tokens: a person allows the app on a page of Dropbox, and the app trades the code from that page for
//! tokens (RFC 6749). One flow is for programs that can be redirected to, one for a code that is pasted.

mod app;
pub(super) mod exchange;
mod flow;
mod no_redirect;
mod pkce;
mod redirect;

pub use app::AppRegistration;
pub use flow::{Authorization, FlowOptions, TokenAccess};
pub use no_redirect::DropboxOAuth2FlowNoRedirect;
pub use redirect::{DropboxOAuth2Flow, FlowError, FlowSession};
