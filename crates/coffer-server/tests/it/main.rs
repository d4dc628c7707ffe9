//! The local account as others see it: raw HTTP, and a client that was written for the real service.

// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod http;
mod official_sdk;
