//! Dropbox for Rust: the operations of the Core API, and every route of API v2 as a typed call.
//!
#![doc = include_str!("../README.md")]
//!
//! # Where things are
//!
//! [`DropboxClient`] has the operations; [`ChunkedUploader`] sends large files chunk by chunk; [`DeltaTree`] keeps what
//! the feed of changes adds up to; the two flows ([`DropboxOAuth2Flow`], [`DropboxOAuth2FlowNoRedirect`]) obtain tokens;
//! [`RestClient`] and [`RestResponse`] are the plain HTTP below them. The operations fail with [`ApiError`], typed calls
//! with [`CallError`], sign-ins with [`FlowError`].
//!
//! | Operation | Routes |
//! |---|---|
//! | [`account_info`](DropboxClient::account_info) | `users/get_current_account`, `users/get_space_usage` |
//! | [`disable_access_token`](DropboxClient::disable_access_token) | `auth/token/revoke` |
//! | [`create_oauth2_access_token`](DropboxClient::create_oauth2_access_token) | `auth/token/from_oauth1` |
//! | [`put_file`](DropboxClient::put_file) | `files/upload`, `files/upload_session/*` |
//! | [`get_chunked_uploader`](DropboxClient::get_chunked_uploader) | `files/upload_session/*` |
//! | [`upload_chunk`](DropboxClient::upload_chunk) | `files/upload_session/start`, `files/upload_session/append_v2` |
//! | [`get_file`](DropboxClient::get_file) | `files/download` |
//! | [`get_file_range`](DropboxClient::get_file_range) | `files/download` |
//! | [`get_file_and_metadata`](DropboxClient::get_file_and_metadata) | `files/download` |
//! | [`get_file_to`](DropboxClient::get_file_to) | `files/download` |
//! | [`thumbnail`](DropboxClient::thumbnail) | `files/get_thumbnail_v2` |
//! | [`thumbnail_and_metadata`](DropboxClient::thumbnail_and_metadata) | `files/get_thumbnail_v2` |
//! | [`delta`](DropboxClient::delta) | `files/list_folder`, `files/list_folder/continue` |
//! | [`follow_delta`](DropboxClient::follow_delta) | `files/list_folder`, `files/list_folder/continue` |
//! | [`longpoll_delta`](DropboxClient::longpoll_delta) | `files/list_folder/longpoll` |
//! | [`create_copy_ref`](DropboxClient::create_copy_ref) | `files/copy_reference/get` |
//! | [`add_copy_ref`](DropboxClient::add_copy_ref) | `files/copy_reference/save` |
//! | [`file_copy`](DropboxClient::file_copy) | `files/copy_v2` |
//! | [`file_create_folder`](DropboxClient::file_create_folder) | `files/create_folder_v2` |
//! | [`file_delete`](DropboxClient::file_delete) | `files/delete_v2` |
//! | [`file_move`](DropboxClient::file_move) | `files/move_v2` |
//! | [`metadata`](DropboxClient::metadata) | `files/get_metadata`, `files/list_folder` |
//! | [`search`](DropboxClient::search) | `files/search_v2`, `files/search/continue_v2` |
//! | [`revisions`](DropboxClient::revisions) | `files/list_revisions` |
//! | [`restore`](DropboxClient::restore) | `files/restore` |
//! | [`restore_to`](DropboxClient::restore_to) | `files/restore` |
//! | [`media`](DropboxClient::media) | `files/get_temporary_link` |
//! | [`share`](DropboxClient::share) | `sharing/create_shared_link_with_settings`, `sharing/list_shared_links` |
//! | [`shared_link`](DropboxClient::shared_link) | `sharing/create_shared_link_with_settings`, `sharing/list_shared_links` |
//! | [`request`](DropboxClient::request) | any, prepared and not sent |
//!
//! Options are taken by reference, by clients and flows by value. All of them have a [`Default`], public fields, and a
//! `with_…` method for each field. [`protocol`] has the routes and their types; its [`Metadata`](protocol::files::Metadata)
//! is what travels, and [`Metadata`] the Core API's view of it.
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
//! [`BaseUrls`] leads all calls to another service of the same kind, such as a local account for
//! tests, and [`RestClient::with_http`] takes an HTTP client with proxies and certificates of your own:
//!
//! ```no_run
//! # fn example(url: &str, token: &str) -> Result<(), dropbox_client::ApiError> {
//! use dropbox_client::{BaseUrls, ClientOptions, DropboxClient, RestClient};
//!
//! let rest_client = RestClient::new(BaseUrls::all(url)?)?;
//! let client = DropboxClient::new(token, ClientOptions::default().with_rest_client(rest_client))?;
//! # Ok(()) }
//! ```
//!

mod body;
mod client;
mod core;
mod error;
pub mod migration;
mod oauth;
mod options;
mod pacer;
mod random;
mod rest;
mod token_state;
mod tokens;
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
    AppRegistration, Authorization, DropboxOAuth2Flow, DropboxOAuth2FlowNoRedirect, FlowError, FlowOptions,
    FlowSession, TokenAccess,
};
pub use pacer::Pacer;
pub use rest::{RestClient, RestRequest, RestResponse};
pub use token_state::TokenKeeper;
pub use tokens::{OAuth1Token, Tokens};
pub use tree::{DeltaFile, DeltaItem, DeltaItems, DeltaTree};
pub use upload::{CHUNK_BYTES, ChunkedUploader};
pub use urls::BaseUrls;

/// The routes and types of API v2, for the typed calls.
pub use dropbox_protocol as protocol;
pub use dropbox_protocol::files::{ThumbnailFormat, ThumbnailMode, ThumbnailSize};
pub use dropbox_protocol::path_root::PathRoot;
pub use dropbox_protocol::{ContentHasher, Host, Scope, Secret, Style, Timestamp, content_hash};

// Crates whose types are in signatures here, in the versions that fit.
pub use {bytes, http, reqwest, serde_json, url};
