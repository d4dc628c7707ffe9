//! The embedded account as any HTTP client sees it: raw requests and raw JSON, written from the reference.

mod support;

mod downloads;
mod extras;
mod files;
mod links;
mod listing;
mod oauth;
mod transport;
mod uploads;
mod walks;
