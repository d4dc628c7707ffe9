//! Test support that more than one crate needs. Never part of a release.

// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

pub mod counting_proxy;
pub mod house;
pub mod http_server;
mod noted_desktop;
pub mod transfer_file;
