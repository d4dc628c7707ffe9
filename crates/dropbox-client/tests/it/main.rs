//! The client, on the wire and against a real server.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod contract;
mod wire;
