//! The command line as a person or a script uses it: the real program in a process of its own, against a server, and
//! against an account in its own data folder.

pub mod support;

mod accounts;
mod apps;
mod changes;
mod conflicts;
mod diff;
mod disks;
mod du;
mod dupes;
mod edit_file;
mod edits;
mod endpoint;
mod find;
mod full;
mod history;
mod index;
mod limits;
mod lists;
mod names;
mod pages;
mod past;
mod past_killed;
mod serve;
mod settings;
mod shared;
mod team;
mod transfers;
mod unreadable;
mod waits;
