//! Shared folders that are in the member’s Dropbox, or not: what is listed, and what mounting and unmounting changes.

use super::support::Account;
use coffer_server::{FolderAccess, TeamSpace};
use serde_json::{Value, json};

const BAND: &str = "9";
const RECIPES: &str = "10";
const BOARD: &str = "11";

async fn member() -> Account {
    Account::with(|config| config.team = Some(TeamSpace::example())).await
}

/// A member whose folder “Recipes” is not mounted and has a file, put there by somebody who may edit it.
async fn member_with_recipes() -> Account {
    let account = member().await;
    let mut space = TeamSpace::example();
    for folder in space.folders.iter_mut().filter(|folder| folder.namespace_id == RECIPES) {
        folder.access = FolderAccess::Edit;
    }
    account.server.set_team(Some(space)).await.unwrap();
    mount(&account, RECIPES).await;
    account.put("/Recipes/Soup/leek.txt", b"leek").await;
    unmount(&account, RECIPES).await;
    account.server.set_team(Some(TeamSpace::example())).await.unwrap();
    account
}

async fn mount(account: &Account, id: &str) -> Value {
    account.rpc("sharing/mount_folder", json!({"shared_folder_id": id})).await.ok()
}

async fn unmount(account: &Account, id: &str) {
    let reply = account.rpc("sharing/unmount_folder", json!({"shared_folder_id": id})).await;
    assert_eq!((reply.status, &*reply.text()), (200, "null"));
}

/// Each folder with the access to it, and where it is mounted.
async fn folders(account: &Account) -> Vec<String> {
    let page = account.rpc("sharing/list_mountable_folders", json!({})).await.ok();
    assert_eq!(page["cursor"], Value::Null);
    page["entries"].as_array().unwrap().iter().map(in_words).collect()
}

fn in_words(folder: &Value) -> String {
    let (name, access) = (&folder["name"], &folder["access_type"][".tag"]);
    let path = folder["path_display"].as_str().unwrap_or("-");
    format!("{} {} {path}", name.as_str().unwrap(), access.as_str().unwrap())
}

async fn cursor_of_home(account: &Account) -> String {
    account.list(json!({"path": "", "recursive": true})).await.1
}

async fn used_bytes(account: &Account) -> u64 {
    account.rpc("users/get_space_usage", Value::Null).await.ok()["used"].as_u64().unwrap()
}

#[tokio::test]
async fn the_folders_that_can_be_mounted_are_listed_with_their_access() {
    let account = member().await;
    let expected = [
        "Band editor -",
        "Board papers no_access -",
        "Garden project editor /Garden project",
        "Recipes viewer -",
    ];
    assert_eq!(folders(&account).await, expected);
    assert!(folders(&Account::new().await).await.is_empty(), "a personal account has none");
}

#[tokio::test]
async fn the_list_comes_in_pages() {
    let account = member().await;
    let mut page = account.rpc("sharing/list_mountable_folders", json!({"limit": 3})).await.ok();
    assert_eq!(page["entries"].as_array().unwrap().len(), 3);
    let route = "sharing/list_mountable_folders/continue";
    page = account.rpc(route, json!({"cursor": page["cursor"]})).await.ok();
    assert_eq!(in_words(&page["entries"][0]), "Recipes viewer -");
    assert_eq!(page["cursor"], Value::Null);
    let invalid = account.rpc(route, json!({"cursor": "x"})).await;
    assert_eq!(invalid.conflict(), "invalid_cursor");
    for limit in [0, 1001] {
        let reply = account.rpc("sharing/list_mountable_folders", json!({"limit": limit})).await;
        assert_eq!(reply.status, 400, "{limit}");
    }
}

#[tokio::test]
async fn a_mounted_folder_is_in_the_members_folder_with_all_that_is_in_it_and_changes_tell_it() {
    let account = member_with_recipes().await;
    let cursor = cursor_of_home(&account).await;
    let mounted = mount(&account, RECIPES).await;
    assert_eq!((&mounted["name"], &mounted["path_lower"]), (&json!("Recipes"), &json!("/recipes")));
    let (changes, cursor) = account.changes(&cursor).await;
    assert_eq!(changes, ["/Recipes", "/Recipes/Soup", "/Recipes/Soup/leek.txt"]);
    assert_eq!(account.get("/Recipes/Soup/leek.txt").await, b"leek");
    let folder = account.rpc("files/get_metadata", json!({"path": "/Recipes"})).await.ok();
    assert_eq!(folder["sharing_info"]["shared_folder_id"], RECIPES);
    assert_eq!(folder["sharing_info"]["read_only"], true);
    unmount(&account, RECIPES).await;
    let (changes, _) = account.changes(&cursor).await;
    assert_eq!(changes, ["-/Recipes", "-/Recipes/Soup", "-/Recipes/Soup/leek.txt"]);
}

#[tokio::test]
async fn whoever_waits_for_changes_learns_of_a_folder_that_is_mounted() {
    let account = member_with_recipes().await;
    let cursor = cursor_of_home(&account).await;
    let wait = account.rpc("files/list_folder/longpoll", json!({"cursor": cursor, "timeout": 30}));
    let (waited, _) = tokio::join!(wait, mount(&account, RECIPES));
    assert_eq!(waited.ok()["changes"], true);
}

#[tokio::test]
async fn a_folder_that_is_not_mounted_takes_no_space_and_nobody_finds_what_is_in_it() {
    let account = member_with_recipes().await;
    account.put("/notes.txt", b"mine").await;
    assert_eq!(used_bytes(&account).await, 4);
    let root = json!({".tag": "root", "root": "2"});
    let everything = json!({"path": "", "recursive": true, "include_deleted": false});
    let listed = account.rpc_at(&root, "files/list_folder", everything).await.ok().to_string();
    assert!(
        listed.contains("notes.txt") && !listed.contains("leek") && !listed.contains("unmounted"),
        "{listed}"
    );
    let found = account.rpc_at(&root, "files/search_v2", json!({"query": "leek"})).await.ok();
    assert_eq!(found["matches"], json!([]));
    let missing = account.rpc("files/get_metadata", json!({"path": "ns:10/Soup"})).await;
    assert_eq!(missing.conflict(), "path/not_found");
    let namespace = json!({".tag": "namespace_id", "namespace_id": RECIPES});
    let refused = account.rpc_at(&namespace, "files/list_folder", json!({"path": ""})).await;
    assert_eq!((refused.status, refused.json()["error"][".tag"].clone()), (422, json!("no_permission")));
    mount(&account, RECIPES).await;
    assert_eq!(used_bytes(&account).await, 8);
    unmount(&account, RECIPES).await;
    assert_eq!(used_bytes(&account).await, 4);
}

#[tokio::test]
async fn a_mounted_folder_that_may_only_be_viewed_refuses_what_would_change_it() {
    let account = member_with_recipes().await;
    mount(&account, RECIPES).await;
    let leek = "/Recipes/Soup/leek.txt";
    for (route, argument, expected) in [
        ("files/create_folder_v2", json!({"path": "/Recipes/New"}), "path/no_write_permission"),
        ("files/delete_v2", json!({"path": leek}), "path_write/no_write_permission"),
        (
            "files/move_v2",
            json!({"from_path": leek, "to_path": "/leek.txt"}),
            "from_write/no_write_permission",
        ),
    ] {
        let reply = account.rpc(route, argument.clone()).await;
        assert_eq!(reply.conflict(), expected, "{route} {argument}");
    }
    let refused = account.upload("files/upload", json!({"path": "/Recipes/new.txt"}), "new").await;
    assert_eq!(refused.conflict(), "path/no_write_permission");
}

#[tokio::test]
async fn what_cannot_be_mounted_or_unmounted_is_refused_with_the_reason() {
    let account = member().await;
    for (id, expected) in [
        ("8", "already_mounted"),
        (BOARD, "no_permission"),
        ("3", "not_mountable"),
        ("7", "not_mountable"),
        ("99", "access_error/invalid_id"),
    ] {
        let reply = account.rpc("sharing/mount_folder", json!({"shared_folder_id": id})).await;
        assert_eq!(reply.conflict(), expected, "{id}");
    }
    for (id, expected) in [
        (BAND, "access_error/unmounted"),
        ("3", "not_unmountable"),
        ("7", "not_unmountable"),
        ("99", "access_error/invalid_id"),
    ] {
        let reply = account.rpc("sharing/unmount_folder", json!({"shared_folder_id": id})).await;
        assert_eq!(reply.conflict(), expected, "{id}");
    }
}

#[tokio::test]
async fn a_folder_for_which_there_is_no_room_is_not_mounted() {
    let account = Account::with(|config| {
        config.team = Some(TeamSpace::example());
        config.quota_bytes = 10;
    })
    .await;
    mount(&account, BAND).await;
    account.put("/Band/song.txt", b"la la la").await;
    unmount(&account, BAND).await;
    account.put("/notes.txt", b"mine").await;
    let reply = account.rpc("sharing/mount_folder", json!({"shared_folder_id": BAND})).await;
    let expected =
        json!({".tag": "insufficient_quota", "space_needed": 8, "space_shortage": 2, "space_left": 6});
    assert_eq!((reply.status, &reply.json()["error"]), (409, &expected));
    account.put("/notes.txt", b"me").await;
    mount(&account, BAND).await;
}

#[tokio::test]
async fn a_folder_is_mounted_beside_what_has_its_name() {
    let account = member().await;
    account.put("/Band/mine.txt", b"mine").await;
    assert_eq!(mount(&account, BAND).await["path_display"], "/Band (1)");
    assert_eq!(account.get("/Band/mine.txt").await, b"mine");
}

#[tokio::test]
async fn a_shared_folder_that_is_moved_stays_shared_and_is_unmounted_from_where_it_is() {
    let account = member().await;
    account.put("/Garden project/plan.txt", b"plan").await;
    let to = json!({"from_path": "/Garden project", "to_path": "/Projects/Garden"});
    account.rpc("files/move_v2", to).await.ok();
    let to = json!({"from_path": "/Projects", "to_path": "/Work"});
    account.rpc("files/move_v2", to).await.ok();
    assert!(folders(&account).await.contains(&"Garden editor /Work/Garden".to_owned()));
    let nested = json!({"from_path": "/Work", "to_path": "ns:3/Work"});
    assert_eq!(account.rpc("files/move_v2", nested).await.conflict(), "cant_nest_shared_folder");
    unmount(&account, "8").await;
    assert_eq!(account.list(json!({"path": "", "recursive": true})).await.0, ["/Work"]);
    mount(&account, "8").await;
    assert_eq!(account.get("/Garden/plan.txt").await, b"plan");
}

#[tokio::test]
async fn who_deletes_a_shared_folder_or_one_around_it_only_unmounts_it() {
    let account = member().await;
    account.put("/Garden project/plan.txt", b"plan").await;
    account.rpc("files/delete_v2", json!({"path": "/Garden project"})).await.ok();
    assert!(folders(&account).await.contains(&"Garden project editor -".to_owned()));
    mount(&account, "8").await;
    assert_eq!(account.get("/Garden project/plan.txt").await, b"plan");
    let to = json!({"from_path": "/Garden project", "to_path": "/Work/Garden"});
    account.rpc("files/move_v2", to).await.ok();
    account.rpc("files/delete_v2", json!({"path": "/Work"})).await.ok();
    mount(&account, "8").await;
    assert_eq!(account.get("/Garden/plan.txt").await, b"plan");
}

#[tokio::test]
async fn what_is_mounted_is_so_after_the_server_was_started_again() {
    let account = member_with_recipes().await;
    mount(&account, BAND).await;
    unmount(&account, "8").await;
    let before = folders(&account).await;
    let Account { server, vault, .. } = account;
    server.shutdown().await;
    let mut config = coffer_server::ServerConfig::new(vault.path().join("vault"));
    config.token = Some(super::support::TOKEN.to_owned());
    config.team = Some(TeamSpace::example());
    let server = coffer_server::Server::start(config).await.unwrap();
    let account = Account { server, vault, http: super::support::client() };
    assert_eq!(folders(&account).await, before);
    assert_eq!(account.list(json!({"path": ""})).await.0, ["/Band"]);
}
