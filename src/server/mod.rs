//! The embedded account: a Dropbox-compatible server over a local folder (a *vault*).
//!
//! ```text
//!   http ──► account ──► store ──► vault.sqlite, blobs/
//!    │          │
//!    │          ├─ access    tokens, scopes, the OAuth grants
//!    │          ├─ jobs      work that is polled for
//!    │          └─ faults    errors on request, for people who test their programs
//!    └─ one file a subject, one function a route, one table (`http::table`)
//! ```
//!
//! - [`store`] knows SQL and files and nothing of HTTP; `http` is the other way round.
//! - Types, routes and path rules are `protocol`'s; the law is the reference of the API.
//! - One listener serves all roles of the service (api, content, notify, www); hosts are ignored.
//! - Everything that waits does so without blocking the runtime; everything answered is on disk.

mod access;
mod account;
pub mod clock;
mod config;
mod consent;
pub mod faults;
mod http;
mod intake;
mod jobs;
mod listen;
mod paths;
mod render;
mod seal;
pub mod store;
mod thumbnails;
mod uploads;
mod zip;

pub use config::{ServerConfig, StartError};
pub use listen::Server;
