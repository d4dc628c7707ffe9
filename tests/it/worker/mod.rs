//! The background worker against a real server over real HTTP: jobs, cancellation, faults.

mod support;

mod edits;
mod lists;
mod session;
mod transfers;
