//! The commands, one file a subject. Each says what it did and answers with a code when not all went well.

mod account;
mod amounts;
mod changes;
mod delete_copies;
mod diff;
mod download_task;
mod du;
mod dupes;
mod edit;
mod edit_file;
mod entries;
mod find;
mod get;
mod get_past;
mod history;
mod index;
mod known;
mod link;
mod list;
mod past;
mod put;
mod relocate;
mod shared;
mod sign_in;
mod summary;
mod versions;

use super::context::CommandContext;
use super::failure::{CommandError, FailureCode};
use super::options::FileCommand;

/// How a command ended that has said everything itself.
type CommandResult = Result<Option<FailureCode>, CommandError>;

pub(super) fn run(context: &mut CommandContext, command: FileCommand) -> CommandResult {
    match command {
        FileCommand::Put(it) => put::run(context, it),
        FileCommand::Get(it) => get::run(context, &it),
        FileCommand::Ls(it) => match &it.at {
            Some(at) => past::ls(context, &it, at),
            None => list::ls(context, &it),
        },
        FileCommand::Search(it) => list::search(context, &it),
        FileCommand::Find(it) => find::run(context, &it),
        FileCommand::Du(it) => du::run(context, &it),
        FileCommand::Dupes(it) => dupes::run(context, &it),
        FileCommand::Changes(it) => changes::run(context, &it),
        FileCommand::History(it) => history::run(context, &it),
        FileCommand::Undo(it) => history::undo(context, &it),
        FileCommand::Index(it) => index::run(context, &it),
        FileCommand::Mkdir(it) => edit::mkdir(context, &it),
        FileCommand::Rm(it) => edit::rm(context, &it),
        FileCommand::Mv(it) => relocate::mv(context, &it),
        FileCommand::Cp(it) => relocate::cp(context, &it),
        FileCommand::Revs(it) => versions::revs(context, &it),
        FileCommand::Diff(it) => diff::run(context, &it),
        FileCommand::Restore(it) => match &it.at {
            Some(at) => past::restore(context, &it, at),
            None => versions::restore(context, &it),
        },
        FileCommand::Edit(it) => edit_file::run(context, &it),
        FileCommand::Link(it) => link::run(context, &it),
        FileCommand::Shared(it) => shared::run(context, &it),
        FileCommand::Account(_) => account::run(context),
        FileCommand::Login(it) => sign_in::login(context, &it),
        FileCommand::Logout(it) => sign_in::logout(context, &it),
    }
}
