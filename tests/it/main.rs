//! Tests across module boundaries, in one program so that they link once. Each folder is a kind of test.

// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod cli;
mod contract;
// The benchmark counts with it as well.
#[allow(dead_code)]
mod counting_proxy;
mod journeys;
mod official_sdk;
mod server;
mod tidy;
mod transfers;
mod ui;
mod wire;
mod worker;
