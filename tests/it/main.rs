//! Tests of the program, in one program so that they link once. Each folder is a kind of test.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod cli;
mod journeys;
mod tidy;
mod transfers;
mod ui;
