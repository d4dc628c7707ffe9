//! The command line: `coffer put`, `get`, `ls` and the rest, on the same worker as the window.
//!
//! ```text
//!   options ──► run ──► commands ──► context ──► worker ──► the worker's threads
//!                │          ├─ target     which name an item gets
//!                │          ├─ conflicts  what to do with names that are taken
//!                │          ├─ progress   a bar, or lines
//!                └──────────┴─ output     text and JSON; failure: the reason, and the exit code
//!   usage: errors before a command runs
//! ```
//!
//! Only `options` knows clap, only `output` writes, only `worker` sends jobs. The local account is given from outside.

mod account;
mod commands;
mod conflicts;
mod context;
mod failure;
mod format;
mod options;
mod output;
mod progress;
mod run;
mod target;
mod usage;
mod wait_notice;
mod worker;

pub use failure::EXIT_CODES;
pub use options::{AccountOptions, FileCommand};
pub use run::{Environment, run};
pub use usage::{not_started, not_understood, wants_json};
