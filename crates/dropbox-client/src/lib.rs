//! The client: the operations of Dropbox's Core API, over today's HTTP API v2.
//!
//! [`DropboxClient`] has the operations; [`ChunkedUploader`] sends large files piece by piece; [`DeltaTree`] keeps what
//! the feed of changes adds up to; the two flows ([`DropboxOAuth2Flow`], [`DropboxOAuth2FlowNoRedirect`]) obtain tokens;
//! [`RestClient`] and [`RestResponse`] are the plain HTTP below them. The operations fail with [`ApiError`]; the typed
//! calls ([`rpc`](DropboxClient::rpc), [`upload`](DropboxClient::upload), [`download`](DropboxClient::download)) with
//! [`CallError`], which keeps the error of the route and becomes an [`ApiError`] with `?`. Who knows the
//! Python library finds each of its operations in [`migration`].
//!
//! ```no_run
//! # async fn example(access_token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! use dropbox_client::{ClientOptions, DropboxClient, MetadataOptions, PutOptions};
//!
//! let client = DropboxClient::new(access_token, ClientOptions::default())?;
//! let written = client.put_file("/Notes/today.txt", "Bread, milk", &PutOptions::default()).await?;
//! println!("{} is at revision {:?}", written.path, written.rev);
//!
//! let folder = client.metadata("/Notes", &MetadataOptions::default()).await?;
//! for item in folder.contents.unwrap_or_default() {
//!     println!("{}: {}", item.name(), item.size());
//! }
//!
//! let mut response = client.get_file("/Notes/today.txt", None).await?;
//! while let Some(piece) = response.chunk().await? {
//!     println!("{} bytes more", piece.len());
//! }
//! # Ok(()) }
//! ```
//!
//! The calls need a Tokio runtime, and their futures may run on any of its threads. Dropping a future ends its call;
//! whether the service has carried it out by then is open, as it is when
//! [`may_have_happened`](ApiError::may_have_happened) says so.
//!
//! # When a call fails
//!
//! ```no_run
//! # use dropbox_client::{ApiError, DropboxClient};
//! # async fn example(client: DropboxClient) -> Result<(), ApiError> {
//! match client.file_delete("/old.txt").await {
//!     Ok(_) => {}
//!     // What was asked for does not exist: 409 today, 404 in the Core API.
//!     Err(error) if error.has_tags(&["path_lookup", "not_found"]) => {}
//!     Err(error) if error.needs_sign_in() => println!("sign in again"),
//!     Err(error) => match error.retry_after() {
//!         Some(seconds) => println!("ask again in {seconds} seconds"),
//!         None => return Err(error),
//!     },
//! }
//! # Ok(()) }
//! ```
//!
//! # Elsewhere than at Dropbox
//!
//! [`BaseUrls`] leads all calls to another service of the same kind, such as an embedded account
//! (module `server`), and [`RestClient::with_http`] takes a `reqwest` client with proxies and
//! certificates of your own:
//!
//! ```no_run
//! # fn example(url: &str, token: &str) -> Result<(), dropbox_client::ApiError> {
//! use dropbox_client::{BaseUrls, ClientOptions, DropboxClient, RestClient};
//!
//! let rest_client = Some(RestClient::new(BaseUrls::all(url)?)?);
//! let client = DropboxClient::new(token, ClientOptions { rest_client, ..ClientOptions::default() })?;
//! # Ok(()) }
//! ```
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
pub use error::{
    ApiError, CallError, CommonError, ErrorBody, ErrorResponse, RestSocketError, SocketErrorKind,
};
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
