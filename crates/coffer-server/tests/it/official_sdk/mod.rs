//! The `dropbox-sdk` crate, which others wrote for the real service, against the local server: every
//! route that it has for accounts, files, links and tokens and that is not retired.

// The service calls some of its own routes deprecated; they are served all the same.
#![allow(deprecated)]

mod accounts;
mod client;
mod files;
mod links;
mod routes;
mod transfers;
