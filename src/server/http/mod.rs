//! The account over HTTP. `service` is where a request arrives, `api` the way to a route, `table` the
//! list of all routes; every other file is a subject with one function a route.

mod api;
mod argument;
mod authorize;
mod content;
mod cursor;
mod failure;
mod reply;
pub mod service;
mod table;

mod batches;
mod download;
mod folders;
mod listing;
mod longpoll;
mod metadata;
mod relocation;
mod revisions;
mod session_bytes;
mod sessions;
mod thumbnails;
mod upload;
mod users;

pub use authorize::is_token;
