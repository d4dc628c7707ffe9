//! The embedded account as any HTTP client sees it: raw requests and raw JSON, written from the reference.

mod support;

mod downloads;
mod files;
mod listing;
mod transport;
mod uploads;
