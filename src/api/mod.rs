//! The client: the operations of Dropbox's Core API, over today's HTTP API v2.
//!
//! [`DropboxClient`] has the operations; [`ChunkedUploader`] sends large files piece by piece; the two flows
//! ([`DropboxOAuth2Flow`], [`DropboxOAuth2FlowNoRedirect`]) obtain tokens; [`RestClient`] and [`RestResponse`] are
//! the plain HTTP below them. Everything fails with [`ApiError`].
//!
//! What is not here: retries (only an expired token is refreshed once), waiting, caching, anything about windows.

mod body;
mod client;
mod core;
mod error;
pub mod migration;
mod oauth;
mod pacer;
mod rest;
mod session;
mod transport;
mod tree;
mod upload;
mod urls;

pub use body::{Body, BodyWatcher};
pub use client::{ByteRange, ClientOptions, DownloadReply, DropboxClient, PreparedRequest, RequestOptions};
pub use core::*;
pub use error::{ApiError, ErrorBody, ErrorResponse, RestSocketError, SocketErrorKind};
pub use oauth::{
    App, Authorization, DropboxOAuth2Flow, DropboxOAuth2FlowNoRedirect, FlowError, FlowOptions, FlowSession,
    TokenAccess,
};
pub use pacer::Pacer;
pub use rest::{RestClient, RestRequest, RestResponse};
pub use session::{OAuth1Token, TokenKeeper, Tokens};
pub use tree::{DeltaFile, DeltaItem, DeltaItems, DeltaTree};
pub use upload::ChunkedUploader;
pub use urls::BaseUrls;
