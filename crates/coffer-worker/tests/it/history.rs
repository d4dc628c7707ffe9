//! What is undone after a restart: every kind of operation, and the reasons why one is refused.

use super::working_copies::{LETTER, letter, save, truncated, wait_until};
use coffer_model::link::{Audience, LinkSettings};
use coffer_model::message::{Edit, Job, Request, RequestId, Update};
use coffer_model::transfer::Decision;
use coffer_model::{
    AccountChoice, Entry, History, HistoryQuery, Operation, OperationGroup, OperationKind, ProblemKind,
    Receipt, Relocation, RemotePath, SharedLink, Sort, UndoStep, WorkingCopyState,
};
use coffer_server::TeamSpace;
use coffer_testing::house::{House, plan, start_worker_at, upload};
use dropbox_client::PathRoot;
use jiff::Timestamp;
use std::fs;

/// Runs an edit that must go well as a whole; answers with what the history has of it.
#[track_caller]
fn edit(house: &mut House, edit: Edit) -> Operation {
    match house.run(Job::Edit(edit)).receipt() {
        Receipt::Edited { operation: Some(operation), failed, .. } if failed.is_empty() => operation,
        other => panic!("an edit answers with an operation: {other:?}"),
    }
}

fn list(house: &mut House, query: HistoryQuery) -> Vec<Operation> {
    match house.run(Job::ListHistory(query)).receipt() {
        Receipt::History(history) => history.operations.clone(),
        other => panic!("{other:?}"),
    }
}

fn path(text: &str) -> RemotePath {
    RemotePath::new(text)
}

/// What the session of the next start tells.
fn restart(house: &mut House) -> History {
    house.restart_worker();
    let session = house.session;
    let history = house.wait_for(session, |update| match update {
        Update::History(history) => Some(history.clone()),
        _ => None,
    });
    (*history).clone()
}

/// Does something, then undoes it after one restart and redoes it after another one.
#[track_caller]
fn check(house: &mut House, act: impl FnOnce(&mut House) -> Operation, kind: OperationKind, items: u64) {
    let before = contents(house);
    let operation = act(house);
    let after = contents(house);
    assert_ne!(before, after, "{kind:?} has changed nothing");
    assert_eq!((operation.kind, operation.items, operation.undone), (kind, items, None));
    for expected in [&before, &after, &before] {
        let known = restart(house).operations.into_iter().find(|it| it.id == operation.id).unwrap();
        let reversal = house.reverse(&known);
        assert_eq!(reversal.failed, [], "{kind:?}");
        assert_eq!(contents(house), *expected, "{kind:?}, {:?}", known.next_step());
        assert_eq!(reversal.operation.undone.is_some(), known.undone.is_none());
    }
}

/// All paths, files with what is in them.
fn contents(house: &House) -> Vec<String> {
    let read = |path: String| {
        if path.ends_with('/') {
            return path;
        }
        format!("{path} {}", String::from_utf8_lossy(&house.read(&path)))
    };
    house.tree().into_iter().map(read).collect()
}

#[test]
fn a_made_folder_and_a_delete_a_move_a_rename_and_a_copy_are_undone_and_redone_after_a_restart() {
    let mut house = House::new();
    house.put("/Trip/a.txt", "one");
    house.put("/Trip/deep/b.txt", "two");
    house.put("/c.txt", "three");
    edit(&mut house, Edit::CreateFolder { path: path("/Trip/empty") });
    check(
        &mut house,
        |it| edit(it, Edit::CreateFolder { path: path("/New") }),
        OperationKind::CreateFolder,
        1,
    );
    let delete = |house: &mut House| {
        let entries = vec![house.entry("/Trip"), house.entry("/c.txt")];
        edit(house, Edit::Delete(entries))
    };
    check(&mut house, delete, OperationKind::Delete, 2);
    let moved = |from: &'static str, to: &'static str| {
        move |house: &mut House| {
            let entry = house.entry(from);
            edit(house, Edit::Move(vec![(entry, path(to))]))
        }
    };
    check(&mut house, moved("/c.txt", "/Trip/c.txt"), OperationKind::Move, 1);
    check(&mut house, moved("/Trip", "/Journey"), OperationKind::Rename, 1);
    check(&mut house, moved("/c.txt", "/C.txt"), OperationKind::Rename, 1);
    let change_places = |house: &mut House| {
        let items = vec![(house.entry("/Trip"), path("/c.txt")), (house.entry("/c.txt"), path("/Trip"))];
        edit(house, Edit::Move(items))
    };
    check(&mut house, change_places, OperationKind::Rename, 2);
    let copy = |house: &mut House| {
        let items = vec![(house.entry("/Trip"), path("/Copy")), (house.entry("/c.txt"), path("/Trip/c.txt"))];
        edit(house, Edit::Copy(items))
    };
    check(&mut house, copy, OperationKind::Copy, 2);
}

#[test]
fn an_upload_over_files_and_new_ones_is_undone_and_redone_after_a_restart() {
    let mut house = House::new();
    house.put("/Docs/a.txt", "theirs");
    let local = house.local("Docs");
    fs::create_dir_all(&local).unwrap();
    fs::write(local.join("a.txt"), "mine").unwrap();
    let upload_of = |house: &mut House| {
        let local = house.local("Docs");
        let plan = plan(house, vec![local], "/");
        upload(house, plan, &[Decision::Replace]).1.expect("it has changed something")
    };
    check(&mut house, upload_of, OperationKind::UploadVersion, 1);
    fs::create_dir_all(local.join("deep")).unwrap();
    fs::write(local.join("deep/b.txt"), "new").unwrap();
    check(&mut house, upload_of, OperationKind::Upload, 1);
}

#[test]
fn restored_versions_and_deleted_items_are_undone_and_redone_after_a_restart() {
    let mut house = House::new();
    let old = house.put("/a.txt", "old").file().unwrap().rev.clone();
    let current = house.put("/a.txt", "current").file().unwrap().rev.clone();
    let restore = |house: &mut House| {
        edit(house, Edit::Restore { path: path("/a.txt"), rev: old, current: Some(current) })
    };
    check(&mut house, restore, OperationKind::RestoreVersion, 1);
    house.put("/Trip/deep/b.txt", "two");
    house.put("/Trip/c.txt", "three");
    house.delete("/Trip");
    let undelete = |house: &mut House| {
        let kind = coffer_model::EntryKind::Deleted(coffer_model::DeletedKind::Folder);
        edit(house, Edit::Undelete(vec![Entry::new(path("/Trip"), kind)]))
    };
    check(&mut house, undelete, OperationKind::Undelete, 1);
}

#[test]
fn shared_folders_are_added_and_removed_and_that_is_undone_after_a_restart() {
    let mut house = House::with(|config| config.team = Some(TeamSpace::example()), false);
    house.client = house.client.with_path_root(PathRoot::Root("2".to_owned()));
    let add = |house: &mut House| {
        let Receipt::SharedFolders(folders) = house.run(Job::ListSharedFolders).receipt() else { panic!() };
        let band = folders.into_iter().find(|folder| folder.name == "Band").unwrap();
        edit(house, Edit::AddSharedFolder(Box::new(band)))
    };
    check(&mut house, add, OperationKind::AddSharedFolder, 1);
    let remove = |house: &mut House| {
        let garden = house.entry("/Ada Lovelace/Garden project");
        edit(house, Edit::RemoveSharedFolder(garden))
    };
    check(&mut house, remove, OperationKind::RemoveSharedFolder, 1);
}

#[test]
fn a_kill_right_after_the_answer_loses_nothing() {
    let mut house = House::new();
    let entry = house.put("/a.txt", "x");
    let id = house.start(Job::Edit(Edit::Delete(vec![entry])));
    house.wait(id).receipt();
    // What is in the file at this moment is all that another program finds.
    let copy = house.local("copy/coffer/state");
    fs::create_dir_all(&copy).unwrap();
    fs::copy(house.local("coffer/state/history.sqlite"), copy.join("history.sqlite")).unwrap();
    house.worker = None;
    fs::copy(copy.join("history.sqlite"), house.local("coffer/state/history.sqlite")).unwrap();
    let history = restart(&mut house);
    assert_eq!(house.reverse(&history.operations[0]).failed, []);
    assert_eq!(house.read("/a.txt"), b"x");
}

#[test]
fn what_has_changed_since_is_refused_with_the_reason_which_is_kept_until_it_works() {
    let mut house = House::new();
    let old = house.put("/a.txt", "old");
    let deleted = edit(&mut house, Edit::Delete(vec![old]));
    house.put("/a.txt", "new");
    let refused = house.reverse(&deleted);
    assert_eq!(refused.failed[0].title, "“a.txt” could not be restored");
    assert_eq!(refused.failed[0].detail, "Another item has its name now.");
    assert_eq!((refused.operation.undone, house.read("/a.txt")), (None, b"new".to_vec()));
    let told = restart(&mut house).operations.remove(0);
    let problem = told.problem.as_ref().expect("it is told why");
    assert_eq!((&*problem.title, problem.kind), ("“a.txt” could not be restored", ProblemKind::Changed));
    // Whoever has moved it out of the way tries again.
    let entry = house.entry("/a.txt");
    edit(&mut house, Edit::Move(vec![(entry, path("/b.txt"))]));
    let undone = house.reverse(&told);
    assert_eq!((undone.failed, undone.operation.problem), (vec![], None));
    assert_eq!(house.read("/a.txt"), b"old");
}

#[test]
fn what_is_refused_in_part_says_so_and_the_rest_is_redone() {
    let mut house = House::new();
    let entries = vec![house.put("/a.txt", "a"), house.put("/b.txt", "b")];
    let deleted = edit(&mut house, Edit::Delete(entries));
    house.put("/b.txt", "another");
    let undone = house.reverse(&deleted);
    assert_eq!(undone.failed.len(), 1);
    let operations = restart(&mut house).operations;
    let [rest, told] = &operations[..] else { panic!("{operations:?}") };
    assert!(rest.undone.is_none() && rest.can_reverse);
    assert_eq!(rest.problem.as_ref().unwrap().title, "“b.txt” could not be restored");
    assert!(told.undone.is_some() && told.can_reverse);
    assert_eq!(house.reverse(told).failed, []);
    assert_eq!(contents(&house), ["/b.txt another"]);
}

#[test]
fn what_is_decided_after_a_question_is_one_operation_with_what_was_done_before() {
    let mut house = House::new();
    for name in ["/a.txt", "/c.txt"] {
        house.put(name, "mine");
    }
    house.put("/Docs/a.txt", "theirs");
    let before = contents(&house);
    let items = ["/a.txt", "/c.txt"].map(|name| (house.entry(name), path(&format!("/Docs{name}"))));
    let asked = house.run(Job::Edit(Edit::Move(items.to_vec()))).receipt();
    let Receipt::Edited { operation: Some(first), mut conflicts, .. } = asked else { panic!("{asked:?}") };
    conflicts[0].decide(Decision::Replace);
    let relocate = |conflicts| Edit::Relocate { kind: Relocation::Move, conflicts, earlier: Some(first.id) };
    let both = edit(&mut house, relocate(conflicts.clone()));
    assert_eq!((both.id, both.items), (first.id, 2));
    assert_eq!(house.reverse(&both).failed, []);
    assert_eq!(contents(&house), before);
    // What was undone meanwhile is an operation of its own.
    conflicts[0].decide(Decision::KeepBoth);
    let alone = edit(&mut house, relocate(conflicts));
    assert!(alone.id > both.id);
}

#[test]
fn an_operation_that_was_undone_already_is_not_undone_twice() {
    let mut house = House::new();
    let made = edit(&mut house, Edit::CreateFolder { path: path("/New") });
    house.reverse(&made);
    let again = Edit::Undo { operation: made.id, step: UndoStep::Undo };
    let problem = house.run(Job::Edit(again)).problem();
    assert_eq!(problem.detail, "It was undone already.");
}

#[test]
fn an_undo_that_can_not_reach_the_account_leaves_the_operation_as_it_is() {
    let mut house = House::new();
    let made = edit(&mut house, Edit::CreateFolder { path: path("/New") });
    let proxy = super::proxy::Proxy::between(&mut house);
    proxy.twist(|_| super::proxy::Twist::CutAfter(0));
    let problem = house.run(Job::Edit(Edit::reverse(&made))).problem();
    assert!(problem.kind.may_succeed_later(), "{problem:?}");
    proxy.reset();
    assert_eq!(house.reverse(&made).failed, []);
    assert!(!house.exists("/New"));
}

#[test]
fn what_a_command_does_meanwhile_is_told_to_the_window_and_can_be_undone_there() {
    let mut house = House::new();
    let entry = house.put("/a.txt", "x");
    // Opens the history of the window.
    edit(&mut house, Edit::CreateFolder { path: path("/New") });
    let (_worker, port) = start_worker_at(house.folder.path(), &house.server.url(), &house.server.token());
    let session = Job::Session(AccountChoice::Local);
    for (id, job) in [(1, session), (2, Job::Edit(Edit::Delete(vec![entry])))] {
        port.requests.send(Request::Run { id: RequestId(id), job }).unwrap();
    }
    let window = house.session;
    let deleted = house.wait_for(window, |update| match update {
        Update::History(history) => {
            history.operations.iter().find(|it| it.kind == OperationKind::Delete).cloned()
        }
        _ => None,
    });
    assert_eq!(house.reverse(&deleted).failed, []);
    assert_eq!(house.read("/a.txt"), b"x");
}

#[test]
fn a_save_of_another_program_is_undone_after_a_restart() {
    let mut house = House::new();
    let copy = letter(&mut house);
    truncated(&copy.local_path, "Dear Ida, one");
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    let saved = save(&mut house, &copy.id).operation.expect("it was uploaded");
    let known = restart(&mut house).operations.remove(0);
    assert_eq!((known.id, known.kind), (saved.id, OperationKind::UploadVersion));
    assert_eq!(house.reverse(&known).failed, []);
    assert_eq!(house.read(LETTER), b"Dear Ida");
}

#[test]
fn each_account_has_its_own_operations() {
    let mut house = House::new();
    edit(&mut house, Edit::CreateFolder { path: path("/New") });
    let api_url = house.server.url();
    house.restart_worker_with(AccountChoice::CommandLine { api_url });
    // It can’t be opened here, and nothing of the other account is told of it.
    house.restart_worker();
    assert_eq!(list(&mut house, HistoryQuery::default()).len(), 1);
}

#[test]
fn operations_are_found_by_names_of_their_items_and_folders_and_by_what_they_did() {
    let mut house = House::new();
    let cafe = house.put("/Été/Café.txt", "x");
    let other = house.put("/Été/other.txt", "x");
    edit(&mut house, Edit::Move(vec![(cafe.clone(), path("/Winter/Café.txt"))]));
    edit(&mut house, Edit::Delete(vec![other]));
    let mut kinds = |text: &str, group| {
        let query = HistoryQuery { text: text.to_owned(), group, most: None };
        list(&mut house, query).iter().map(|it| it.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("", None), [OperationKind::Delete, OperationKind::Move], "the latest first");
    assert_eq!(kinds("cafe winter", None), [OperationKind::Move]);
    assert_eq!(kinds("", Some(OperationGroup::Deleted)), [OperationKind::Delete]);
    assert_eq!(kinds("cafe", Some(OperationGroup::Deleted)), []);
}

#[test]
fn the_items_of_an_operation_are_told_as_far_as_they_are_kept() {
    let mut house = House::new();
    let entries: Vec<Entry> = (0..203).map(|number| house.put(&format!("/{number:03}.txt"), "x")).collect();
    let deleted = edit(&mut house, Edit::Delete(entries));
    let Receipt::OperationItems(items) = house.run(Job::ListOperationItems(deleted.id)).receipt() else {
        panic!()
    };
    assert_eq!((items.items.len(), items.more, deleted.items), (200, 3, 203));
    assert_eq!((&*items.items[7].path, items.items[7].bytes), ("/007.txt", Some(1)));
}

fn link(house: &mut House) -> (SharedLink, Option<Operation>) {
    match house.run(Job::CreateLink { path: path("/a.txt"), settings: LinkSettings::PLAIN }).receipt() {
        Receipt::Link { link, operation } => (link, operation),
        other => panic!("{other:?}"),
    }
}

fn links(house: &mut House) -> usize {
    let ended = house.run(Job::ListLinks { sort: Sort::default() });
    ended.listings().last().map_or(0, |listing| listing.entries.len())
}

#[test]
fn a_link_that_was_made_is_taken_away_after_a_restart_and_never_comes_back() {
    let mut house = House::new();
    house.put("/a.txt", "x");
    let made = link(&mut house).1.expect("it was made");
    assert_eq!(link(&mut house).1, None, "one that was there already was not made");
    let known = restart(&mut house).operations.remove(0);
    assert_eq!((known.id, known.kind), (made.id, OperationKind::CreateLink));
    let undone = house.reverse(&known);
    assert_eq!((undone.failed, undone.operation.can_reverse), (vec![], false));
    assert_eq!(links(&mut house), 0);
    let problem = house.run(Job::Edit(Edit::reverse(&undone.operation))).problem();
    assert_eq!(problem.kind, ProblemKind::NotFound);
}

#[test]
fn only_the_link_that_was_made_is_taken_away() {
    let mut house = House::new();
    house.put("/a.txt", "x");
    let (first, made) = link(&mut house);
    edit(&mut house, Edit::RevokeLink { path: path("/a.txt"), link: first });
    link(&mut house);
    let refused = house.reverse(&made.unwrap());
    assert_eq!(refused.failed[0].title, "The link to “a.txt” could not be removed");
    assert_eq!((refused.operation.undone, links(&mut house)), (None, 1));
}

#[test]
fn a_link_that_was_removed_is_kept_in_mind_but_can_not_come_back() {
    let mut house = House::new();
    house.put("/a.txt", "x");
    let (link, _) = link(&mut house);
    let removed = edit(&mut house, Edit::RevokeLink { path: path("/a.txt"), link });
    assert_eq!((removed.kind, removed.can_reverse), (OperationKind::RevokeLink, false));
    let problem = house.run(Job::Edit(Edit::reverse(&removed))).problem();
    assert_eq!(problem.kind, ProblemKind::NotFound);
}

#[test]
fn a_change_of_a_link_is_kept_in_mind_and_a_change_that_was_refused_is_not() {
    let mut house = House::new();
    house.put("/a.txt", "x");
    let (made, _) = link(&mut house);
    let settings = LinkSettings { audience: Audience::OnlyInvited, ..LinkSettings::PLAIN };
    let mut change = |settings| {
        let job = Job::ChangeLink { path: path("/a.txt"), link: made.clone(), settings };
        house.run(job)
    };
    let Receipt::Link { operation: Some(changed), .. } = change(settings.clone()).receipt() else { panic!() };
    assert_eq!(
        (changed.kind, changed.item.as_str(), changed.can_reverse),
        (OperationKind::ChangeLink, "/a.txt", false)
    );
    change(LinkSettings { expires: Timestamp::from_second(1).ok(), ..settings }).problem();
    let kinds: Vec<_> = list(&mut house, HistoryQuery::default()).iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [OperationKind::ChangeLink, OperationKind::CreateLink]);
}

#[test]
fn a_damaged_history_begins_anew_and_says_so() {
    let mut house = House::new();
    edit(&mut house, Edit::CreateFolder { path: path("/New") });
    house.worker = None;
    let file = house.local("coffer/state/history.sqlite");
    let mut bytes = fs::read(&file).unwrap();
    bytes[..4096].fill(0x5a);
    fs::write(&file, bytes).unwrap();
    house.restart_worker();
    edit(&mut house, Edit::CreateFolder { path: path("/Another") });
    let Receipt::History(history) = house.run(Job::ListHistory(HistoryQuery::default())).receipt() else {
        panic!()
    };
    assert_eq!(history.operations.len(), 1);
    assert_eq!(history.problem.as_ref().unwrap().title, "The history was damaged, and has begun anew");
    assert!(house.local("coffer/state/history.damaged.sqlite").exists());
}

#[test]
fn where_nothing_can_be_written_undo_works_until_the_end_of_the_program() {
    let mut house = House::new();
    house.worker = None;
    let file = house.local("coffer/state/history.sqlite");
    let _ = fs::remove_file(&file);
    fs::create_dir_all(&file).unwrap();
    house.restart_worker();
    let made = edit(&mut house, Edit::CreateFolder { path: path("/New") });
    let Receipt::History(history) = house.run(Job::ListHistory(HistoryQuery::default())).receipt() else {
        panic!()
    };
    assert_eq!(
        history.problem.as_ref().unwrap().title,
        "What you do now can be undone only until Coffer is closed"
    );
    assert_eq!(house.reverse(&made).failed, []);
    assert!(!house.exists("/New"));
}
