//! Shared folders that are not in the person’s Dropbox: they are listed, added, removed and brought back, and what can’t
//! be done is refused before anything is asked for.

use super::{Script, account, entry, operation, problem, reversed};
use crate::action::DialogAction;
use crate::{Action, Command, State};
use coffer_model::{
    AccountChoice, Entry, ItemAccess, Listing, MountableFolder, OperationKind, Outcome, PathRootId, Receipt,
    Recovery, RemotePath, Settings, Sharing, Team, Update,
};
use std::sync::Arc;

const LIST: &str = "list shared folders";

/// A shared folder that is not in the person’s Dropbox; its name is its id.
pub(super) fn folder(name: &str, access: ItemAccess) -> MountableFolder {
    MountableFolder { id: name.into(), name: name.to_owned(), access, path: None, owners: Vec::new() }
}

fn mounted(name: &str, path: &str) -> MountableFolder {
    MountableFolder { path: Some(RemotePath::new(path)), ..folder(name, ItemAccess::Edit) }
}

fn told(folders: &[MountableFolder]) -> Outcome {
    Outcome::Done(Receipt::SharedFolders(folders.to_vec()))
}

/// A member of a team at home, with one shared folder that is mounted and three that are not.
fn at_home() -> Script {
    let mut script = Script::start();
    let team = Team {
        name: "Fjord Studio".to_owned(),
        home: RemotePath::new("/Ada"),
        path_root: PathRootId("2".into()),
    };
    script.update("session Local", Update::Team(team)).update("session Local", Update::Account(account()));
    script.finish(
        LIST,
        told(&[
            folder("Band", ItemAccess::Edit),
            folder("Board", ItemAccess::NoAccess),
            mounted("Garden", "/Ada/Garden"),
            folder("Recipes", ItemAccess::ViewOnly),
        ]),
    );
    list_root(&mut script);
    list_home(&mut script, &["Garden/"]);
    script.check_jobs("");
    script
}

/// The person’s own folder: shared folders, and a file.
fn list_home(script: &mut Script, shared: &[&str]) {
    list(script, "/Ada", shared, &["notes.txt"]);
}

/// The team space.
fn list_root(script: &mut Script) {
    list(script, "/", &["Ada/", "Marketing/"], &[]);
}

fn list(script: &mut Script, folder: &str, shared: &[&str], others: &[&str]) {
    let sharing = Sharing { is_shared_folder: true, access: ItemAccess::Edit };
    let shared = shared.iter().map(|name| Entry { sharing, ..entry(folder, name) });
    let rows: Vec<Entry> = shared.chain(others.iter().map(|name| entry(folder, name))).collect();
    let rows = Arc::new(Listing::new(rows, Settings::default().sort, true));
    let job = format!("list {folder}");
    while script.jobs_list().contains(&job) {
        script.update(&job, Update::Listing(Arc::clone(&rows))).done(&job);
    }
}

fn listed(state: &State) -> Vec<&str> {
    state.shared_folders.folders().iter().map(|folder| folder.name.as_str()).collect()
}

#[test]
fn those_that_are_not_in_the_persons_dropbox_are_listed_when_the_account_is_open() {
    let script = at_home();
    assert_eq!(listed(&script.state), ["Band", "Board", "Recipes"]);
    let mut local = Script::at_home("");
    local.update("session Local", Update::Account(account())).check_jobs("");
}

#[test]
fn a_folder_is_added_and_is_a_row_then_and_that_is_undone() {
    let mut script = at_home();
    script.act(Action::AddSharedFolder("Band".into())).check_jobs("add Band");
    assert!(script.state.shared_folders.is_adding(&folder("Band", ItemAccess::Edit)));
    script.act(Action::AddSharedFolder("Band".into())).check_jobs("add Band");
    let added = operation(1, OperationKind::AddSharedFolder, "/Ada/Band", None);
    script.edited("add Band", &[entry("/Ada", "Band/")], Some(added.clone()));
    assert_eq!(listed(&script.state), ["Board", "Recipes"], "it is gone before it is asked for again");
    list_home(&mut script, &["Band/", "Garden/"]);
    script.check("/Ada: >*Band/ Garden/ notes.txt toast[Added “Band” to your Dropbox | Undo]");
    script.finish(
        LIST,
        told(&[folder("Board", ItemAccess::NoAccess), folder("Recipes", ItemAccess::ViewOnly)]),
    );
    script.command(Command::Undo).check_jobs("undo 1");
    script.reversed("undo 1", &[], reversed(&added, 2));
    list_home(&mut script, &["Garden/"]);
    script.finish(LIST, told(&[folder("Band", ItemAccess::Edit)]));
    assert_eq!(listed(&script.state), ["Band"]);
}

#[test]
fn a_folder_without_access_is_not_asked_for() {
    let mut script = at_home();
    script.act(Action::AddSharedFolder("Board".into())).check_jobs("");
    script.check("/Ada: Garden/ notes.txt toast[You don’t have access to “Board”. Ask its owner for it]");
}

#[test]
fn a_refusal_is_told_and_the_list_asked_for_again() {
    let mut script = at_home();
    script.act(Action::AddSharedFolder("Band".into()));
    script.fail("add Band", problem("“Band” could not be added to your Dropbox", Recovery::Space));
    script.check_jobs(LIST);
    assert!(!script.state.shared_folders.is_adding(&folder("Band", ItemAccess::Edit)));
    script.check("/Ada: Garden/ notes.txt toast[“Band” could not be added to your Dropbox | Details…]");
}

#[test]
fn a_mounted_folder_is_removed_after_a_question_and_brought_back_by_undo() {
    let mut script = at_home();
    script.click(0).command(Command::RemoveFromDropbox);
    script.check("/Ada: >*Garden/ notes.txt dialog[remove? Garden]").check_jobs("");
    script.act(Action::CloseDialog).check_jobs("");
    script.command(Command::Delete).check("/Ada: >*Garden/ notes.txt dialog[remove? Garden]");
    script.act(Action::Dialog(DialogAction::ConfirmRemoveFromDropbox)).check_jobs("remove /Ada/Garden");
    script.edited(
        "remove /Ada/Garden",
        &[],
        Some(operation(1, OperationKind::RemoveSharedFolder, "/Ada/Garden", None)),
    );
    list_home(&mut script, &[]);
    script.finish(LIST, told(&[folder("Garden", ItemAccess::Edit)]));
    script.check("/Ada: >notes.txt toast[Removed “Garden” from your Dropbox | Undo]");
    assert_eq!(listed(&script.state), ["Garden"]);
    script.command(Command::Undo).check_jobs("undo 1");
}

#[test]
fn only_a_shared_folder_of_the_persons_own_can_be_removed() {
    let mut script = at_home();
    script.click(1);
    assert!(!Command::RemoveFromDropbox.is_enabled(&script.state), "a file is not shared by itself");
    script.go("/Ada/Garden");
    list(&mut script, "/Ada/Garden", &["Beds/"], &[]);
    script.click(0);
    assert!(!Command::RemoveFromDropbox.is_enabled(&script.state), "one inside another stays with that");
    script.go("/");
    list_root(&mut script);
    script.click(1);
    assert!(!Command::RemoveFromDropbox.is_enabled(&script.state), "a team folder is always there");
}

#[test]
fn a_shared_folder_among_others_is_not_deleted_with_them() {
    let mut script = at_home();
    script.command(Command::SelectAll).command(Command::Delete).check_jobs("");
    script.check(
        "/Ada: *Garden/ *notes.txt toast[Nothing was deleted: “Garden” is a shared folder. \
         Remove it from your Dropbox by itself]",
    );
}

#[test]
fn nothing_is_put_into_the_root_of_a_team_space_and_nothing_in_it_renamed() {
    let mut script = at_home();
    script.go("/");
    list_root(&mut script);
    script.click(1);
    for command in
        [Command::NewFolder, Command::Upload, Command::Paste, Command::Rename, Command::Cut, Command::Delete]
    {
        assert!(!command.is_enabled(&script.state), "{command:?}");
    }
    assert!(Command::Copy.is_enabled(&script.state));
    let root = RemotePath::root();
    let refusal = "Only admins can change what is in “Fjord Studio”. You can change what is in its folders";
    assert_eq!(script.state.write_refusal(&root).as_deref(), Some(refusal));
    script.act(Action::DropFiles { local_paths: vec!["/home/a.txt".into()], target: Some(root) });
    script.check(&format!("/: Ada/ >*Marketing/ toast[{refusal}]")).check_jobs("");
}

#[test]
fn a_list_that_failed_without_a_connection_is_asked_for_when_it_is_back() {
    let choice = AccountChoice::CommandLine { api_url: "http://here".to_owned() };
    let mut script = Script::with(Settings { account: choice, inspector_open: false, ..Settings::default() });
    let session = script.jobs_list().into_iter().find(|job| job.starts_with("session")).unwrap();
    script.list("/", "notes.txt").update(&session, Update::Account(account()));
    script.fail(LIST, problem("No connection", Recovery::Offline)).check_jobs("");
    script.update(&session, Update::Outage(None));
    script.finish(LIST, told(&[folder("Band", ItemAccess::Edit)]));
    assert_eq!(listed(&script.state), ["Band"]);
    script.check("/: notes.txt");
}
