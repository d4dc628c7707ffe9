//! The client against a real server over HTTP: every operation, with what it promises.
//!
//! By default each test has a local account of its own. With `COFFER_CONTRACT_URL` and `COFFER_CONTRACT_TOKEN`
//! set, those tests that need nothing special run against that account instead, each in a new folder.

mod account;
mod delta;
mod downloads;
mod edits;
mod links;
mod metadata;
mod revisions;
mod rows;
mod search;
mod sign_in;
mod support;
mod thumbnails;
mod tls;
mod uploads;
