//! The wire of the Dropbox HTTP API v2, shared by the client (`api`) and the embedded account (`server`):
//! the route table, every argument, result and error as a type, and the rules about paths, names and content that
//! both sides must agree on. Nothing here sends, receives or stores.
//!
//! Routes and types are grouped as Dropbox groups them: [`files`], [`sharing`], [`users`], [`auth`], [`check`].

pub mod auth;
pub mod check;
pub mod content_hash;
pub mod error;
pub mod files;
pub mod header_json;
pub mod job;
pub mod oauth;
pub mod path;
pub mod path_root;
pub mod readable_list;
pub mod route;
pub mod secret;
pub mod sharing;
pub mod stone;
pub mod timestamp;
pub mod users;

pub use content_hash::{ContentHasher, content_hash};
pub use header_json::to_header_json;
pub use readable_list::ReadableList;
pub use route::{Auth, Host, Idempotence, RouteInfo, Scope, Style};
pub use secret::Secret;
pub use timestamp::Timestamp;

/// Every route that Coffer knows.
pub fn routes() -> impl Iterator<Item = &'static RouteInfo> {
    [files::ROUTES, sharing::ROUTES, users::ROUTES, auth::ROUTES, check::ROUTES].into_iter().flatten()
}
