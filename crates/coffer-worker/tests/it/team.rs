//! Accounts of members of a team: every call says from where its paths start, and nothing is written to another place
//! than the one that was seen, also when the team moves to another team space meanwhile.

use super::proxy::{Proxy, Twist};
use coffer_model::link::LinkSettings;
use coffer_model::message::{Edit, Job, Update};
use coffer_model::transfer::OnExisting;
use coffer_model::{
    AccountChoice, Entry, ItemAccess, PathRootId, ProblemKind, Receipt, RemotePath, Sharing, Sort,
};
use coffer_server::{FolderAccess, SharedFolder, TeamSpace};
use coffer_testing::house::{House, names, plan, transferred};
use dropbox_client::PathRoot;
use dropbox_protocol::files::{MOVE, RelocationArg};
use std::fs;

const ROOT: &str = r#"{".tag":"root","root":"2"}"#;
const OLD_NAMESPACE: &str = r#"{".tag":"namespace_id","namespace_id":"2"}"#;

/// A member’s account. The test itself sees the whole team space.
fn team_house() -> (House, Proxy) {
    let mut house = House::with(|config| config.team = Some(TeamSpace::example()), false);
    see_from(&mut house, "2");
    let proxy = Proxy::between(&mut house);
    (house, proxy)
}

fn see_from(house: &mut House, root: &str) {
    house.client = house.client.with_path_root(PathRoot::Root(root.to_owned()));
}

/// The team moves to another team space, in which the one before is the folder “Before”, if that can be reached at all.
fn move_team(house: &mut House, is_reachable: bool) {
    house.runtime.block_on(house.server.set_team(None)).unwrap();
    see_from(house, "1");
    house.runtime.block_on(async {
        for name in ["Marketing", "Handbook", "Ada Lovelace"] {
            let arg = RelocationArg::new(format!("/{name}"), format!("/Before/{name}"));
            house.client.rpc(&MOVE, &arg).await.unwrap();
        }
    });
    let mut space = TeamSpace { root_namespace_id: "20".to_owned(), ..TeamSpace::example() };
    space.folders = vec![SharedFolder::new("/Marketing", "30", FolderAccess::Edit)];
    if is_reachable {
        space.folders.push(SharedFolder::new("/Before", "2", FolderAccess::Edit));
    }
    house.runtime.block_on(house.server.set_team(Some(space))).unwrap();
    see_from(house, "20");
}

fn wait_for_new_root(house: &mut House) {
    house.wait_for(house.session, |update| (*update == Update::PathRootChanged).then_some(()));
}

fn create_folder(path: &str) -> Job {
    Job::Edit(Edit::CreateFolder { path: RemotePath::new(path) })
}

fn write(house: &House, name: &str, content: &str) -> std::path::PathBuf {
    let path = house.local(name);
    fs::write(&path, content).unwrap();
    path
}

/// Browses, searches, edits, uploads, downloads and looks at versions and links.
fn do_everything(house: &mut House, folder: &str) {
    let at = |name: &str| RemotePath::new(&format!("{folder}/{name}"));
    let local_path = write(house, "a.txt", "abc");
    house.run(create_folder(&format!("{folder}/New"))).receipt();
    let planned = plan(house, vec![local_path], folder);
    house.run(Job::Upload { plan: planned }).receipt();
    let listing = house.list(folder);
    let entry = listing.entries.iter().find(|entry| entry.name() == "a.txt").cloned().unwrap();
    for job in [
        Job::ListTree { path: RemotePath::new(folder), sort: Sort::default() },
        Job::ListDeleted { path: RemotePath::new(folder), details: false },
        Job::ListLinks { sort: Sort::default() },
        Job::Search { query: "a".to_owned(), below: RemotePath::new(folder), sort: None },
        Job::Locate { path: at("a.txt") },
        Job::Revisions { path: at("a.txt") },
        Job::Preview { entry: entry.clone(), max_side: 100 },
        Job::CreateLink { path: at("a.txt"), settings: LinkSettings::PLAIN },
        Job::FindLink { path: at("a.txt") },
        Job::Download {
            entries: vec![entry.clone()],
            folder: house.folder.path().to_owned(),
            existing: OnExisting::Number,
        },
        Job::Edit(Edit::Copy(vec![(entry.clone(), at("b.txt"))])),
        Job::Edit(Edit::Move(vec![(entry.clone(), at("c.txt"))])),
    ] {
        house.run(job).receipt();
    }
}

#[test]
fn every_call_about_items_of_a_team_space_says_from_where_its_paths_start() {
    let (mut house, proxy) = team_house();
    do_everything(&mut house, "/Marketing");
    for call in proxy.all_calls() {
        let is_about_items = call.route.starts_with("files/") || call.route.starts_with("sharing/");
        let expected = (is_about_items && !call.route.ends_with("/longpoll")).then_some(ROOT);
        assert_eq!(call.path_root.as_deref(), expected, "{}", call.route);
    }
    assert_eq!(names(&house.list("/")), ["Ada Lovelace", "Clients", "Finance", "Handbook", "Marketing"]);
    assert!(house.exists("/Marketing/c.txt"));
}

#[test]
fn the_calls_of_a_personal_account_go_without_a_root() {
    let mut house = House::new();
    let proxy = Proxy::between(&mut house);
    house.run(create_folder("/Marketing")).receipt();
    do_everything(&mut house, "/Marketing");
    let rooted: Vec<_> = proxy.all_calls().into_iter().filter(|call| call.path_root.is_some()).collect();
    assert!(rooted.is_empty(), "{rooted:?}");
}

#[test]
fn the_session_tells_the_team_before_the_account() {
    let (mut house, _proxy) = team_house();
    let team = house.wait_for(house.session, |update| match update {
        Update::Team(team) => Some(team.clone()),
        Update::Account(_) => panic!("the account came first"),
        _ => None,
    });
    let allocated_bytes = house.wait_for(house.session, |update| match update {
        Update::Account(account) => Some(account.allocated_bytes),
        _ => None,
    });
    assert_eq!((team.name.as_str(), team.home.as_str()), ("Fjord Studio", "/Ada Lovelace"));
    assert_eq!(team.path_root, PathRootId("2".into()));
    assert_eq!(allocated_bytes, 20 << 30);
}

#[test]
fn items_say_what_their_sharing_allows() {
    let (mut house, _proxy) = team_house();
    let sharing = |entries: &[Entry], name: &str| {
        entries.iter().find(|entry| entry.name() == name).map(|entry| entry.sharing).unwrap()
    };
    let shared = |access| Sharing { is_shared_folder: true, access };
    let root = house.list("/");
    assert_eq!(sharing(&root.entries, "Marketing"), shared(ItemAccess::Edit));
    assert_eq!(sharing(&root.entries, "Handbook"), shared(ItemAccess::ViewOnly));
    assert_eq!(sharing(&root.entries, "Finance"), shared(ItemAccess::NoAccess));
    assert_eq!(sharing(&root.entries, "Clients"), shared(ItemAccess::TraverseOnly));
    let refused = house.run(create_folder("/Handbook/New")).problem();
    assert_eq!(refused.kind, ProblemKind::NoWritePermission);
    let (path, sort) = (RemotePath::new("/Finance"), Sort::default());
    for list in [Job::List { path: path.clone(), sort }, Job::ListTree { path, sort }] {
        assert_eq!(house.run(list).problem().kind, ProblemKind::NoAccess);
    }
}

#[test]
fn an_edit_under_a_root_that_has_changed_is_done_where_it_was_meant() {
    let (mut house, _proxy) = team_house();
    house.list("/Marketing");
    move_team(&mut house, true);
    house.run(create_folder("/Marketing/New")).receipt();
    wait_for_new_root(&mut house);
    assert!(house.exists("/Before/Marketing/New"));
    assert!(!house.exists("/Marketing/New"), "the same path means another folder now");
}

#[test]
fn a_call_with_a_root_that_has_changed_is_repeated_once_with_the_namespace_of_its_paths() {
    let (mut house, proxy) = team_house();
    house.list("/Marketing");
    proxy.twist(|call| {
        let invalid = r#"{"error_summary": "invalid_root/..", "error": {".tag": "invalid_root", "invalid_root": {
            ".tag": "team", "root_namespace_id": "20", "home_namespace_id": "1", "home_path": "/Ada Lovelace"}}}"#;
        let is_asked = call.route == "files/create_folder_v2" && call.number == 0;
        if is_asked { Twist::Answer(422, invalid.to_owned()) } else { Twist::Pass }
    });
    house.run(create_folder("/Marketing/New")).receipt();
    let tried: Vec<_> =
        proxy.calls("files/create_folder_v2").into_iter().map(|call| call.path_root.unwrap()).collect();
    assert_eq!(tried, [ROOT, OLD_NAMESPACE]);
    wait_for_new_root(&mut house);
}

#[test]
fn where_the_old_team_space_is_out_of_reach_nothing_is_done_and_the_new_one_is_opened() {
    let (mut house, _proxy) = team_house();
    house.list("/Marketing");
    move_team(&mut house, false);
    let problem = house.run(create_folder("/Marketing/New")).problem();
    assert_eq!(problem.kind, ProblemKind::PathRootGone);
    assert!(problem.detail.starts_with("Your team’s folders have moved"), "{problem:?}");
    assert!(!house.exists("/Marketing/New"));
    wait_for_new_root(&mut house);
    house.session = house.start(Job::Session(AccountChoice::Local));
    house.run(create_folder("/Marketing/New")).receipt();
    assert!(house.exists("/Marketing/New"));
}

#[test]
fn a_root_that_changes_is_noticed_by_a_list_too() {
    let (mut house, _proxy) = team_house();
    house.put("/Marketing/a.txt", "a");
    house.list("/");
    move_team(&mut house, true);
    assert_eq!(names(&house.list("/Marketing")), ["a.txt"], "what was meant is still seen");
    wait_for_new_root(&mut house);
    house.session = house.start(Job::Session(AccountChoice::Local));
    assert_eq!(names(&house.list("/Marketing")), [""; 0]);
    assert_eq!(names(&house.list("/Before/Marketing")), ["a.txt"]);
}

#[test]
fn what_was_asked_for_before_the_account_was_opened_again_is_not_done_in_the_other_team_space() {
    let (mut house, _proxy) = team_house();
    house.list("/");
    for number in 0..20 {
        move_team(&mut house, false);
        let edit = house.start(create_folder(&format!("/Marketing/New {number}")));
        house.session = house.start(Job::Session(AccountChoice::Local));
        house.wait(edit);
        assert!(!house.exists(&format!("/Marketing/New {number}")));
        house.run(create_folder("/Marketing/Ready")).receipt();
        // Back to where it began.
        house.runtime.block_on(house.server.set_team(None)).unwrap();
        see_from(&mut house, "1");
        house.runtime.block_on(async {
            use dropbox_protocol::files::{DELETE, DeleteArg};
            for name in ["Marketing", "Ada Lovelace"] {
                house.client.rpc(&DELETE, &DeleteArg::new(format!("/{name}"))).await.unwrap();
            }
            for name in ["Marketing", "Handbook", "Ada Lovelace"] {
                let arg = RelocationArg::new(format!("/Before/{name}"), format!("/{name}"));
                house.client.rpc(&MOVE, &arg).await.unwrap();
            }
        });
        house.runtime.block_on(house.server.set_team(Some(TeamSpace::example()))).unwrap();
        see_from(&mut house, "2");
        house.session = house.start(Job::Session(AccountChoice::Local));
        house.list("/");
    }
}

#[test]
fn an_upload_goes_where_it_was_planned_also_when_the_team_has_moved_meanwhile() {
    let (mut house, _proxy) = team_house();
    let local_path = write(&house, "a.txt", "abc");
    let planned = plan(&mut house, vec![local_path], "/Marketing");
    assert_eq!(planned.path_root, Some(PathRootId("2".into())));
    move_team(&mut house, true);
    house.run(Job::Upload { plan: planned }).receipt();
    assert!(house.exists("/Before/Marketing/a.txt"));
    assert!(!house.exists("/Marketing/a.txt"));
}

#[test]
fn an_upload_into_a_team_space_that_is_out_of_reach_writes_nothing_and_is_not_tried_for_ever() {
    let (mut house, _proxy) = team_house();
    let local_path = write(&house, "a.txt", "abc");
    let planned = plan(&mut house, vec![local_path], "/Marketing");
    move_team(&mut house, false);
    let problem = house.run(Job::Upload { plan: planned }).problem();
    assert_eq!(problem.kind, ProblemKind::PathRootGone);
    assert!(!house.exists("/Marketing/a.txt"));
    house.restart_worker();
    house.list("/");
    assert_eq!(house.transfers().count("transfer"), 0);
}

#[test]
fn an_upload_that_was_killed_is_resumed_in_the_team_space_where_it_began() {
    let (mut house, proxy) = team_house();
    let local_paths: Vec<_> =
        (0..8).map(|number| write(&house, &format!("{number}.txt"), &"x".repeat(number + 1))).collect();
    let planned = plan(&mut house, local_paths, "/Marketing");
    proxy.twist(|call| {
        if call.route.starts_with("files/upload_session/finish") { Twist::Never } else { Twist::Pass }
    });
    house.start(Job::Upload { plan: planned });
    let end = std::time::Instant::now() + coffer_testing::house::PATIENCE;
    while proxy.calls("files/upload_session/finish_batch_v2").is_empty() {
        assert!(std::time::Instant::now() < end, "nothing was sent");
        std::thread::yield_now();
    }
    move_team(&mut house, true);
    proxy.reset();
    proxy.restart_worker(&mut house);
    let unfinished = house.wait_for(house.session, |update| match update {
        Update::Unfinished(unfinished) => Some(unfinished.clone()),
        _ => None,
    });
    assert_eq!(unfinished.len(), 1);
    house.run((*unfinished[0].job).clone()).receipt();
    for number in 0..8 {
        assert!(house.exists(&format!("/Before/Marketing/{number}.txt")), "{number}");
        assert!(!house.exists(&format!("/Marketing/{number}.txt")), "{number}");
    }
}

#[test]
fn a_download_that_was_killed_is_resumed_from_the_team_space_where_it_began() {
    let (mut house, proxy) = team_house();
    for number in 0..3 {
        house.put(&format!("/Marketing/Posters/{number}.txt"), format!("poster {number}"));
    }
    let listing = house.list("/Marketing");
    let target = house.local("downloads");
    fs::create_dir(&target).unwrap();
    proxy.twist(|call| {
        let moves_bytes = call.route == "files/download" || call.route == "files/download_zip";
        if moves_bytes { Twist::Never } else { Twist::Pass }
    });
    let job = Job::Download {
        entries: listing.entries.clone(),
        folder: target.clone(),
        existing: OnExisting::Number,
    };
    house.start(job);
    let end = std::time::Instant::now() + coffer_testing::house::PATIENCE;
    while proxy.calls("files/download").is_empty() && proxy.calls("files/download_zip").is_empty() {
        assert!(std::time::Instant::now() < end, "nothing was asked for");
        std::thread::yield_now();
    }
    move_team(&mut house, true);
    house.put("/Marketing/Posters/other.txt", "of another folder");
    proxy.reset();
    proxy.restart_worker(&mut house);
    let unfinished = house.wait_for(house.session, |update| match update {
        Update::Unfinished(unfinished) => Some(unfinished.clone()),
        _ => None,
    });
    let (report, _) = transferred(house.run((*unfinished[0].job).clone()).receipt());
    assert_eq!((report.files, report.failed.len()), (3, 0));
    for number in 0..3 {
        let path = target.join(format!("Posters/{number}.txt"));
        assert_eq!(fs::read_to_string(path).unwrap(), format!("poster {number}"));
    }
    assert!(!target.join("Posters/other.txt").exists());
}

#[test]
fn an_edited_file_is_saved_where_it_was_opened() {
    let (mut house, proxy) = team_house();
    house.put("/Marketing/Letter.txt", "Dear Ida");
    let entry = house.list("/Marketing").entries[0].clone();
    let copy = match house.run(Job::CheckOut { entry, open: false }).receipt() {
        Receipt::CheckedOut(copy) => copy,
        other => panic!("{other:?}"),
    };
    fs::write(&copy.local_path, "Dear Ida, dear Emil").unwrap();
    move_team(&mut house, true);
    house.put("/Marketing/Letter.txt", "Another letter");
    proxy.restart_worker(&mut house);
    house.wait_for(house.session, |update| matches!(update, Update::WorkingCopies(_)).then_some(()));
    house.run(Job::SaveWorkingCopy { id: copy.id }).receipt();
    assert_eq!(house.read("/Before/Marketing/Letter.txt"), b"Dear Ida, dear Emil");
    assert_eq!(house.read("/Marketing/Letter.txt"), b"Another letter");
}

#[test]
fn what_a_personal_account_has_begun_goes_on_in_the_members_folder() {
    let mut house = House::new();
    house.put("/Docs/a.txt", "a");
    let local_path = write(&house, "b.txt", "b");
    let planned = plan(&mut house, vec![local_path], "/Docs");
    house.runtime.block_on(async {
        let arg = RelocationArg::new("/Docs", "/Ada Lovelace/Docs");
        house.client.rpc(&MOVE, &arg).await.unwrap();
        house.server.set_team(Some(TeamSpace::example())).await.unwrap();
    });
    assert_eq!(names(&house.list("/Docs")), ["a.txt"]);
    house.run(Job::Upload { plan: planned }).receipt();
    see_from(&mut house, "2");
    assert!(house.exists("/Ada Lovelace/Docs/b.txt"));
    assert!(!house.exists("/Docs"));
}
