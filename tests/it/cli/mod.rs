//! The command line as a person or a script uses it: the real program in a process of its own, against a server, and
//! against an account in its own data folder.

mod accounts;
mod conflicts;
mod edits;
mod kills;
mod lists;
mod pages;
mod proxy;
mod support;
mod transfers;
