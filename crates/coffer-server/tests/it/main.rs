//! The local account as others see it: raw HTTP, and a client that was written for the real service.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod http;
mod official_sdk;
