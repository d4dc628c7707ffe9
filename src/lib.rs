//! Coffer: your Dropbox as it is, and as it was.

pub mod api;
pub mod cli;
mod disk;
pub mod model;
pub mod protocol;
pub mod sample;
pub mod server;
pub mod state;
pub mod ui;
mod units;
pub mod worker;
