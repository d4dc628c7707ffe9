//! The account over HTTP. A request arrives in `service`, `api` finds its route, `routes` is the
//! list of all routes; every other file is a subject with one function a route.

mod api;
mod argument;
mod authorize;
mod body;
mod call;
mod content;
mod cursor;
mod failure;
mod html;
mod oauth;
mod reply;
mod routes;
pub(crate) mod service;
mod user_message;

mod archive;
mod batches;
mod copy_references;
mod download;
mod folders;
mod link_pages;
mod links;
mod listing;
mod longpoll;
mod metadata;
mod mounts;
mod other_files;
mod owner;
mod relocation;
mod revisions;
mod save_url;
mod search;
mod session_batches;
mod session_bytes;
mod session_groups;
mod sessions;
mod sharing;
mod tags;
mod temporary;
mod thumbnails;
mod tokens;
mod upload;
mod users;

pub(crate) use authorize::is_token;
