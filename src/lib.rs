//! Coffer: your Dropbox as it is, and as it was.

pub mod protocol;
pub mod sample;
