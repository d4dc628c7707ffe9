//! The client, on the wire and against a real server.

// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod contract;
mod wire;
