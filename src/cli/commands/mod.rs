//! The commands, one file a subject. Each says what it did and answers with a code when not all went well.

mod account;
mod edit;
mod entries;
mod get;
mod link;
mod list;
mod put;
mod relocate;
mod sign_in;
mod summary;
mod versions;

use super::failure::{Code, Stop};
use super::options::Command;
use super::run::Ground;

/// How a command ended that has said everything itself.
type Ended = Result<Option<Code>, Stop>;

pub fn run(ground: &mut Ground, command: Command) -> Ended {
    match command {
        Command::Put(it) => put::run(ground, it),
        Command::Get(it) => get::run(ground, &it),
        Command::Ls(it) => list::ls(ground, &it),
        Command::Search(it) => list::search(ground, &it),
        Command::Mkdir(it) => edit::mkdir(ground, &it),
        Command::Rm(it) => edit::rm(ground, &it),
        Command::Mv(it) => relocate::mv(ground, &it),
        Command::Cp(it) => relocate::cp(ground, &it),
        Command::Revs(it) => versions::revs(ground, &it),
        Command::Restore(it) => versions::restore(ground, &it),
        Command::Link(it) => link::run(ground, &it),
        Command::Account(_) => account::run(ground),
        Command::Login(it) => sign_in::login(ground, &it),
        Command::Logout(it) => sign_in::logout(ground, &it),
    }
}
