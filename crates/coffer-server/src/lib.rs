//! The local server: the Dropbox API served from a local folder (a *vault*).
//!
//! ```text
//!   http ──► app_state ─► store ──► vault.sqlite, blobs/
//!    │          │
//!    │          ├─ access    tokens, scopes, the OAuth grants
//!    │          ├─ jobs      work that is polled for
//!    │          └─ faults    injected errors, for testing clients
//!    └─ one file a subject, one function a route, one table (`http::routes`)
//! ```
//!
//! A vault is a folder: `vault.sqlite` (names, revisions, links, grants), `copies/` of it, `blobs/` (contents by their
//! hash), `sessions/` (uploads under way), `incoming/` and `thumbnails/` (may be deleted at any time), `lock`. Only its
//! owner can read what is in it.
//!
//! ```no_run
//! # async fn start() -> Result<(), coffer_server::StartError> {
//! use coffer_server::{Server, ServerConfig};
//!
//! let server = Server::start(ServerConfig::new("/tmp/vault")).await?;
//! println!("{} with the token {}", server.url(), server.token());
//! server.faults().add("files/upload:429:3".parse().expect("a fault"));
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! - [`store`] has SQL and files but no HTTP; `http` has HTTP but neither SQL nor files.
//! - Types, routes and path rules are `protocol`'s; the law is the reference of the API.
//! - One listener serves all roles of the service (api, content, notify, www); hosts are ignored.
//! - A deletion never destroys: every revision of every file stays, and a moved file keeps its id.
//! - One request moves, copies or deletes at most 10,000 items, as the service does.
//! - With a [`TeamSpace`] the vault is the space of a team: `view` gives each call the part that it sees.
//! - What the service does and this does not: content search, document previews, administration of teams, sharing
//!   of folders (those of a team’s member can be mounted and unmounted), file locks, property templates, and the routes of
//!   `files` that the service itself has replaced.
//! - Everything that waits does so without blocking the runtime; everything answered is on disk.

mod access;
mod app_state;
mod authorization;
mod body_reader;
pub mod clock;
mod config;
mod connections;
mod copy_keeper;
pub mod faults;
mod guess_limiter;
mod http;
mod jobs;
mod listen;
mod passcode;
mod paths;
pub mod proof;
mod render;
pub mod request_counts;
mod shutdown;
mod signed_token;
pub mod store;
mod team;
mod thumbnails;
mod tls;
mod tunnel;
mod uploads;
mod view;
mod zip;

pub use config::{ServerConfig, StartError};
pub use listen::Server;
pub use team::{FolderAccess, SharedFolder, TeamSpace};
pub use tls::{TlsError, TlsFiles};
