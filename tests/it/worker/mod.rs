//! The background worker against a real server over real HTTP: jobs, cancellation, faults.

pub mod support;

mod desktop;
mod disk;
mod edits;
mod faults;
mod lists;
mod pictures;
mod samples;
mod session;
mod sign_in;
mod transfers;
