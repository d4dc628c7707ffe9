//! The account of a member of a team: where paths start under each root, what the member may see and change, and what a
//! client learns when the team moves to another root.

use super::support::Account;
use coffer_server::{FolderAccess, SharedFolder, TeamSpace};
use serde_json::{Value, json};

fn home() -> Value {
    json!({".tag": "home"})
}

fn root(id: &str) -> Value {
    json!({".tag": "root", "root": id})
}

fn namespace(id: &str) -> Value {
    json!({".tag": "namespace_id", "namespace_id": id})
}

async fn team_account() -> Account {
    let account = Account::with(|config| config.team = Some(TeamSpace::example())).await;
    account.put("/notes.txt", b"mine").await;
    account.put("/Garden project/plan.txt", b"ours").await;
    let marketing = json!({"path": "ns:3/Poster.txt"});
    account.upload("files/upload", marketing, "theirs").await.ok();
    account
}

/// The paths of a listing, and its cursor.
async fn list(account: &Account, root: &Value, path: &str, recursive: bool) -> (Vec<String>, Value) {
    let argument = json!({"path": path, "recursive": recursive});
    let page = account.rpc_at(root, "files/list_folder", argument).await.ok();
    assert_eq!(page["has_more"], false);
    let paths = |entry: &Value| entry["path_display"].as_str().unwrap().to_owned();
    (page["entries"].as_array().unwrap().iter().map(paths).collect(), page["cursor"].clone())
}

#[tokio::test]
async fn the_account_says_which_team_it_is_of_and_where_its_home_is() {
    let account = team_account().await;
    let person = account.rpc("users/get_current_account", Value::Null).await.ok();
    let expected = json!({
        ".tag": "team", "root_namespace_id": "2", "home_namespace_id": "1", "home_path": "/Ada Lovelace"
    });
    assert_eq!(person["root_info"], expected);
    assert_eq!(person["account_type"][".tag"], "business");
    assert_eq!(person["team"]["name"], "Fjord Studio");
    let space = account.rpc("users/get_space_usage", Value::Null).await.ok();
    assert_eq!(space["allocation"][".tag"], "team");
}

#[tokio::test]
async fn under_each_root_the_same_item_has_the_path_that_begins_there() {
    let account = team_account().await;
    for (root, path) in [
        (home(), "/Garden project/plan.txt"),
        (root("2"), "/Ada Lovelace/Garden project/plan.txt"),
        (namespace("2"), "/Ada Lovelace/Garden project/plan.txt"),
        (namespace("1"), "/Garden project/plan.txt"),
        (namespace("8"), "/plan.txt"),
        (namespace("3"), "ns:1/Garden project/plan.txt"),
    ] {
        let found = account.rpc_at(&root, "files/get_metadata", json!({"path": path})).await.ok();
        let shown = path.strip_prefix("ns:1").is_none().then_some(path);
        assert_eq!(found["path_display"].as_str(), shown, "{root}");
        assert_eq!(found["path_lower"].as_str(), shown.map(str::to_lowercase).as_deref(), "{root}");
    }
}

#[tokio::test]
async fn without_the_header_paths_start_in_the_members_folder() {
    let account = team_account().await;
    let (paths, _) = account.list(json!({"path": "", "recursive": true})).await;
    assert_eq!(paths, ["/Garden project", "/Garden project/plan.txt", "/notes.txt"]);
    assert_eq!(list(&account, &home(), "", true).await.0, paths);
    assert_eq!(list(&account, &namespace("1"), "", true).await.0, paths);
    let found = account.rpc("files/get_metadata", json!({"path": "/Marketing"})).await;
    assert_eq!(found.conflict(), "path/not_found");
}

#[tokio::test]
async fn the_root_of_the_team_space_holds_the_members_folder_and_the_team_folders() {
    let account = team_account().await;
    let (paths, _) = list(&account, &root("2"), "", false).await;
    assert_eq!(paths, ["/Ada Lovelace", "/Clients", "/Finance", "/Handbook", "/Marketing"]);
}

#[tokio::test]
async fn folders_say_what_the_member_may_do_in_them() {
    let account = team_account().await;
    let sharing = async |path: &str| {
        let found = account.rpc_at(&root("2"), "files/get_metadata", json!({"path": path})).await.ok();
        found["sharing_info"].clone()
    };
    assert_eq!(
        sharing("/Handbook").await,
        json!({
            "read_only": true, "parent_shared_folder_id": "2", "shared_folder_id": "4",
            "traverse_only": false, "no_access": false
        })
    );
    assert_eq!(sharing("/Finance").await["no_access"], true);
    assert_eq!(sharing("/Clients").await["traverse_only"], true);
    assert_eq!(
        sharing("/Ada Lovelace/Garden project").await,
        json!({
            "read_only": false, "shared_folder_id": "8", "traverse_only": false, "no_access": false
        })
    );
    assert_eq!(sharing("/Ada Lovelace").await["shared_folder_id"], "1");
    assert_eq!(
        sharing("/Marketing/Poster.txt").await,
        json!({"read_only": false, "parent_shared_folder_id": "3"})
    );
    assert_eq!(sharing("/Ada Lovelace/notes.txt").await, Value::Null);
}

#[tokio::test]
async fn what_the_member_may_not_see_is_not_there() {
    let account = team_account().await;
    let open = |id: &str, path: &str| SharedFolder::new(path, id, FolderAccess::Edit);
    let mut space = TeamSpace::example();
    space.folders = vec![open("5", "/Finance"), open("6", "/Clients"), open("7", "/Clients/Harbour")];
    account.server.set_team(Some(space)).await.unwrap();
    for path in ["ns:5/salaries.txt", "ns:6/list.txt", "ns:7/offer.txt"] {
        account.upload("files/upload", json!({"path": path}), "secret").await.ok();
    }
    account.server.set_team(Some(TeamSpace::example())).await.unwrap();
    let (paths, _) = list(&account, &root("2"), "", true).await;
    let hidden: Vec<&String> =
        paths.iter().filter(|path| path.starts_with("/Finance") || path.starts_with("/Clients")).collect();
    assert_eq!(hidden, ["/Clients", "/Clients/Harbour", "/Clients/Harbour/offer.txt", "/Finance"]);
    for (route, argument) in [
        ("files/list_folder", json!({"path": "/Finance"})),
        ("files/get_metadata", json!({"path": "/Finance/salaries.txt"})),
        ("files/get_metadata", json!({"path": "/Clients/list.txt"})),
        ("files/list_revisions", json!({"path": "/Finance/salaries.txt"})),
    ] {
        let reply = account.rpc_at(&root("2"), route, argument.clone()).await;
        assert_eq!(reply.conflict(), "path/not_found", "{route} {argument}");
    }
    let query = json!({"query": "txt"});
    let found = account.rpc_at(&root("2"), "files/search_v2", query).await.ok().to_string();
    assert!(found.contains("offer.txt") && !found.contains("salaries.txt"), "{found}");
}

#[tokio::test]
async fn nothing_is_written_where_the_member_may_only_read() {
    let account = team_account().await;
    let mut space = TeamSpace::example();
    space.folders = vec![SharedFolder::new("/Handbook", "4", FolderAccess::Edit)];
    account.server.set_team(Some(space)).await.unwrap();
    account.upload("files/upload", json!({"path": "ns:4/Welcome.txt"}), "hello").await.ok();
    account.server.set_team(Some(TeamSpace::example())).await.unwrap();
    let (_, cursor) = list(&account, &root("2"), "", true).await;
    let at = root("2");
    let welcome = "/Handbook/Welcome.txt";
    for (route, argument, expected) in [
        ("files/create_folder_v2", json!({"path": "/Handbook/New"}), "path/no_write_permission"),
        ("files/create_folder_v2", json!({"path": "/New"}), "path/no_write_permission"),
        ("files/create_folder_v2", json!({"path": "/New/Deep"}), "path/no_write_permission"),
        ("files/delete_v2", json!({"path": welcome}), "path_write/no_write_permission"),
        ("files/delete_v2", json!({"path": "/Marketing"}), "path_write/team_folder"),
        ("files/delete_v2", json!({"path": "/Ada Lovelace"}), "path_write/team_folder"),
        (
            "files/move_v2",
            json!({"from_path": welcome, "to_path": "/Marketing/Welcome.txt"}),
            "from_write/no_write_permission",
        ),
        (
            "files/move_v2",
            json!({"from_path": "/Marketing/Poster.txt", "to_path": "/Handbook/Poster.txt"}),
            "to/no_write_permission",
        ),
        (
            "files/copy_v2",
            json!({"from_path": "/Marketing/Poster.txt", "to_path": "/Clients/Poster.txt"}),
            "to/no_write_permission",
        ),
    ] {
        let reply = account.rpc_at(&at, route, argument.clone()).await;
        assert_eq!(reply.conflict(), expected, "{route} {argument}");
    }
    let refused = account.upload("files/upload", json!({"path": "ns:4/New.txt"}), "new").await;
    assert_eq!(refused.conflict(), "path/no_write_permission");
    let (changes, _) = account.changes(cursor.as_str().unwrap()).await;
    assert_eq!(changes, [""; 0], "nothing has changed");
    let to = json!({"from_path": welcome, "to_path": "/Marketing/Welcome.txt"});
    account.rpc_at(&at, "files/copy_v2", to).await.ok();
}

#[tokio::test]
async fn a_cursor_goes_on_in_the_root_where_its_listing_began() {
    let account = team_account().await;
    let (_, of_home) = list(&account, &home(), "", true).await;
    let (_, of_team) = list(&account, &root("2"), "", true).await;
    account.put("/later.txt", b"later").await;
    account.upload("files/upload", json!({"path": "ns:3/later.txt"}), "later").await.ok();
    let (mine, _) = account.changes(of_home.as_str().unwrap()).await;
    assert_eq!(mine, ["/later.txt"]);
    let (all, _) = account.changes(of_team.as_str().unwrap()).await;
    assert_eq!(all, ["/Ada Lovelace/later.txt", "/Marketing/later.txt"]);
}

#[tokio::test]
async fn a_root_that_is_no_longer_the_accounts_is_answered_with_the_new_one() {
    let account = team_account().await;
    list(&account, &root("2"), "", false).await;
    let moved = TeamSpace { root_namespace_id: "20".to_owned(), ..TeamSpace::example() };
    account.server.set_team(Some(moved)).await.unwrap();
    for (route, argument) in [
        ("files/list_folder", json!({"path": ""})),
        ("files/delete_v2", json!({"path": "/Marketing/Poster.txt"})),
        ("users/get_space_usage", Value::Null),
    ] {
        let reply = account.rpc_at(&root("2"), route, argument).await;
        assert_eq!(reply.status, 422, "{route}");
        let error = &reply.json()["error"];
        assert_eq!(error[".tag"], "invalid_root", "{route}");
        assert_eq!(error["invalid_root"]["root_namespace_id"], "20", "{route}");
    }
    let reply = account.rpc_at(&namespace("2"), "files/list_folder", json!({"path": ""})).await;
    assert_eq!((reply.status, &*reply.json()["error"][".tag"].to_string()), (422, "\"no_permission\""));
    let (paths, _) = list(&account, &root("20"), "/Marketing", false).await;
    assert_eq!(paths, ["/Marketing/Poster.txt"]);
}

#[tokio::test]
async fn a_namespace_without_access_is_refused() {
    let account = team_account().await;
    for id in ["5", "99"] {
        let reply = account.rpc_at(&namespace(id), "files/list_folder", json!({"path": ""})).await;
        assert_eq!(reply.status, 422);
        assert_eq!(reply.json()["error"][".tag"], "no_permission", "{id}");
    }
}

#[tokio::test]
async fn a_personal_account_that_joins_a_team_space_keeps_its_namespace_as_home() {
    let account = Account::new().await;
    for path in ["/Docs/a.txt", "/Ada Lovelace/Docs/a.txt"] {
        account.put(path, path.as_bytes()).await;
    }
    account.server.set_team(Some(TeamSpace::example())).await.unwrap();
    let reply = account.rpc_at(&root("1"), "files/get_metadata", json!({"path": "/Docs/a.txt"})).await;
    assert_eq!(reply.json()["error"]["invalid_root"]["home_path"], "/Ada Lovelace");
    for path in ["/Docs/a.txt", "ns:1/Docs/a.txt"] {
        assert_eq!(account.get(path).await, b"/Ada Lovelace/Docs/a.txt");
    }
    assert_eq!(account.get("ns:2/Docs/a.txt").await, b"/Docs/a.txt");
}

#[tokio::test]
async fn an_upload_link_writes_where_it_was_made_for() {
    let account = team_account().await;
    let commit = json!({"commit_info": {"path": "/from a link.txt"}});
    let link = account.rpc("files/get_temporary_upload_link", commit).await.ok();
    let request = account.http.post(link["link"].as_str().unwrap());
    let reply =
        request.header("Content-Type", "application/octet-stream").body("bytes").send().await.unwrap();
    assert_eq!(reply.status(), 200);
    assert_eq!(account.get("/from a link.txt").await, b"bytes");
}

#[tokio::test]
async fn links_and_archives_name_and_hold_what_their_caller_sees() {
    let account = team_account().await;
    let path = json!({"path": "/Garden project/plan.txt"});
    let link = account.rpc("sharing/create_shared_link_with_settings", path).await.ok();
    assert_eq!(link["path_lower"], "/garden project/plan.txt");
    let all = account.rpc_at(&root("2"), "sharing/list_shared_links", json!({})).await.ok();
    assert_eq!(all["links"][0]["path_lower"], "/ada lovelace/garden project/plan.txt");
    let archive = account.download("files/download_zip", json!({"path": "/Garden project"})).await;
    assert_eq!(archive.result()["metadata"]["path_display"], "/Garden project");
}
