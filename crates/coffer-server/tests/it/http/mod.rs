//! The local server as any HTTP client sees it: raw requests and raw JSON, written from the reference.

mod support;

mod downloads;
mod extras;
mod files;
mod fuzz;
mod link_changes;
mod links;
mod listing;
mod malformed;
mod mounts;
mod oauth;
mod owner;
mod search;
mod strangers;
mod team;
mod together;
mod transport;
mod uploads;
mod vault;
mod walks;
