//! Shared folders that are not in the person’s Dropbox: listed, added, removed, brought back, and refused in plain words.

use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job};
use coffer_model::{
    Entry, ItemAccess, MountableFolder, Operation, ProblemKind, Receipt, RemotePath, Sharing,
};
use coffer_server::TeamSpace;
use coffer_testing::house::House;
use dropbox_client::PathRoot;

/// A member’s account. The test itself sees the whole team space.
fn member() -> House {
    let mut house = House::with(|config| config.team = Some(TeamSpace::example()), false);
    house.client = house.client.with_path_root(PathRoot::Root("2".to_owned()));
    house
}

fn folders(house: &mut House) -> Vec<MountableFolder> {
    match house.run(Job::ListSharedFolders).receipt() {
        Receipt::SharedFolders(folders) => folders,
        other => panic!("{other:?}"),
    }
}

fn folder(house: &mut House, name: &str) -> MountableFolder {
    folders(house).into_iter().find(|folder| folder.name == name).unwrap()
}

fn edited(house: &mut House, edit: Edit) -> (Vec<Entry>, Operation) {
    match house.run(Job::Edit(edit)).receipt() {
        Receipt::Edited { entries, operation: Some(operation), failed, .. } if failed.is_empty() => {
            (entries, operation)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_shared_folders_are_told_with_their_access_and_where_they_are() {
    let mut house = member();
    let told: Vec<_> = folders(&mut house)
        .into_iter()
        .map(|folder| (folder.name, folder.access, folder.path.map(|path| path.to_string())))
        .collect();
    let garden = Some("/Ada Lovelace/Garden project".to_owned());
    assert_eq!(
        told,
        [
            ("Band".to_owned(), ItemAccess::Edit, None),
            ("Board papers".to_owned(), ItemAccess::NoAccess, None),
            ("Garden project".to_owned(), ItemAccess::Edit, garden),
            ("Recipes".to_owned(), ItemAccess::ViewOnly, None),
        ]
    );
    assert!(folders(&mut House::new()).is_empty());
}

#[test]
fn a_folder_that_is_added_is_an_item_like_others_and_undo_removes_it() {
    let mut house = member();
    let recipes = folder(&mut house, "Recipes");
    let (entries, undo) = edited(&mut house, Edit::AddSharedFolder(Box::new(recipes)));
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(entry.path.as_str(), "/Ada Lovelace/Recipes");
    assert_eq!(entry.sharing, Sharing { is_shared_folder: true, access: ItemAccess::ViewOnly });
    assert!(house.exists("/Ada Lovelace/Recipes"));
    let undone = house.reverse(&undo);
    assert!(undone.entries.is_empty() && !house.exists("/Ada Lovelace/Recipes"));
    assert_eq!(house.reverse(&undone.operation).failed, []);
    assert!(house.exists("/Ada Lovelace/Recipes"));
}

#[test]
fn a_folder_that_is_removed_is_brought_back_to_where_it_was_with_all_that_is_in_it() {
    let mut house = member();
    house.put("/Ada Lovelace/Garden project/plan.txt", "plan");
    let garden = house.entry("/Ada Lovelace/Garden project");
    let moved = RemotePath::new("/Ada Lovelace/Work/Garden");
    edited(&mut house, Edit::CreateFolder { path: RemotePath::new("/Ada Lovelace/Work") });
    edited(&mut house, Edit::Move(vec![(garden, moved.clone())]));
    let garden = house.entry(moved.as_str());
    let (entries, undo) = edited(&mut house, Edit::RemoveSharedFolder(garden));
    assert!(entries.is_empty() && !house.exists(moved.as_str()));
    assert_eq!(folder(&mut house, "Garden").path, None);
    assert_eq!(house.reverse(&undo).entries[0].path, moved);
    assert_eq!(house.read("/Ada Lovelace/Work/Garden/plan.txt"), b"plan");
}

#[test]
fn what_was_replaced_since_it_was_seen_is_not_removed() {
    let mut house = member();
    let path = "/Ada Lovelace/Garden project";
    let garden = house.entry(path);
    edited(&mut house, Edit::Move(vec![(garden.clone(), RemotePath::new("/Ada Lovelace/Garden"))]));
    edited(&mut house, Edit::CreateFolder { path: RemotePath::new(path) });
    let problem = house.run(Job::Edit(Edit::RemoveSharedFolder(garden))).problem();
    assert_eq!(problem.kind, ProblemKind::Changed);
    assert!(house.exists("/Ada Lovelace/Garden") && house.exists(path));
}

#[test]
fn each_refusal_to_add_a_folder_has_words_of_its_own() {
    let mut house = member();
    let proxy = Proxy::between(&mut house);
    let band = folder(&mut house, "Band");
    for (error, kind, words) in [
        (r#"{".tag": "no_permission"}"#, ProblemKind::NoAccess, "You don’t have access to it."),
        (
            r#"{".tag": "access_error", "access_error": {".tag": "not_a_member"}}"#,
            ProblemKind::NoAccess,
            "You don’t have access to it.",
        ),
        (r#"{".tag": "already_mounted"}"#, ProblemKind::AlreadyMounted, "It is in your Dropbox already."),
        (
            r#"{".tag": "insufficient_quota", "space_needed": 9, "space_shortage": 5, "space_left": 4}"#,
            ProblemKind::AccountFull,
            "The account has no room for it.",
        ),
        (r#"{".tag": "not_mountable"}"#, ProblemKind::NotMountable, "It belongs to a team folder"),
        (r#"{".tag": "must_automount"}"#, ProblemKind::NotMountable, "It belongs to a team folder"),
        (
            r#"{".tag": "inside_shared_folder"}"#,
            ProblemKind::NestedSharedFolder,
            "It would be inside another shared folder",
        ),
    ] {
        let reply = format!(r#"{{"error_summary": "refused/..", "error": {error}}}"#);
        proxy.twist(move |call| match call.route.as_str() {
            "sharing/mount_folder" => Twist::Answer(409, reply.clone()),
            _ => Twist::Pass,
        });
        let problem = house.run(Job::Edit(Edit::AddSharedFolder(Box::new(band.clone())))).problem();
        assert_eq!(problem.title, "“Band” could not be added to your Dropbox");
        assert_eq!(problem.kind, kind, "{error}");
        assert!(problem.detail.starts_with(words), "{error}: {}", problem.detail);
    }
}

#[test]
fn a_folder_of_the_team_is_not_removed() {
    let mut house = member();
    let marketing = house.entry("/Marketing");
    let problem = house.run(Job::Edit(Edit::RemoveSharedFolder(marketing))).problem();
    assert_eq!(problem.title, "“Marketing” could not be removed from your Dropbox");
    assert_eq!(problem.kind, ProblemKind::NotMountable);
}

#[test]
fn an_answer_that_is_lost_is_looked_for_in_the_list() {
    let mut house = member();
    let proxy = Proxy::between(&mut house);
    let band = folder(&mut house, "Band");
    proxy.twist(|call| match call.route.as_str() {
        "sharing/mount_folder" | "sharing/unmount_folder" => Twist::CutAfter(0),
        _ => Twist::Pass,
    });
    let (entries, undo) = edited(&mut house, Edit::AddSharedFolder(Box::new(band)));
    assert_eq!(entries[0].path.as_str(), "/Ada Lovelace/Band");
    assert_eq!(house.reverse(&undo).failed, []);
    assert!(!house.exists("/Ada Lovelace/Band"));
    for route in ["sharing/mount_folder", "sharing/unmount_folder"] {
        assert_eq!(proxy.calls(route).len(), 1, "{route} is not repeated");
    }
}

#[test]
fn a_list_without_end_ends() {
    let mut house = member();
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "sharing/list_mountable_folders" | "sharing/list_mountable_folders/continue" => {
            Twist::Answer(200, r#"{"entries": [], "cursor": "here"}"#.to_owned())
        }
        _ => Twist::Pass,
    });
    assert!(folders(&mut house).is_empty());
    assert!(proxy.calls("sharing/list_mountable_folders/continue").is_empty());
}
