//! The command line: `coffer put`, `get`, `ls` and the rest, on the same worker as the window.
//!
//! ```text
//!   options ──► run ──► commands ──► client ──► the worker
//!                │          ├─ target     which name goes where
//!                │          ├─ conflicts  what to do with names that are taken
//!                │          ├─ progress   a bar, or lines
//!                └──────────┴─ output     what is said, for people and as JSON; failure: why, and the exit code
//!   usage: what is said when it does not come to a run
//! ```
//!
//! Only `options` knows the parser of arguments, only `output` writes, only `client` talks to the worker. The embedded
//! account is given from outside.

mod account;
mod client;
mod commands;
mod conflicts;
mod failure;
mod options;
mod output;
mod progress;
mod run;
mod target;
mod usage;
mod words;

pub use failure::EXIT_CODES;
pub use options::{AccountOptions, Command};
pub use run::{Surroundings, run};
pub use usage::{not_started, not_understood, wants_json};
