//! Listings in pages, cursors, the change feed, longpoll.

use super::support::{Account, JsonBody as _, Reply};
use coffer_server::clock::Clock;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_listing_comes_in_pages_and_each_entry_once() {
    let account = Account::new().await;
    for number in 0..7 {
        account.put(&format!("/f/{number}.txt"), b"").await;
    }
    account.put("/f/sub/deep.txt", b"").await;
    account.put("/fa.txt", b"").await;
    let (paths, _) = account.list(json!({"path": "/F", "limit": 3})).await;
    assert_eq!(paths.len(), 8);
    let (tree, _) = account.list(json!({"path": "/f", "recursive": true, "limit": 2})).await;
    assert_eq!(tree.len(), 10);
    assert_eq!(tree[0], "/f");
    let (root, _) = account.list(json!({"path": ""})).await;
    assert_eq!(root, ["/f", "/fa.txt"]);
    let (all, _) = account.list(json!({"path": "", "recursive": true, "limit": 1})).await;
    assert_eq!(all.len(), 11);
}

#[tokio::test]
async fn deleted_entries_are_listed_when_asked_for_but_what_moved_away_is_not() {
    let account = Account::new().await;
    for path in ["/a.txt", "/b.txt", "/c.txt"] {
        account.put(path, b"x").await;
    }
    account.rpc("files/delete_v2", json!({"path": "/b.txt"})).await.ok();
    account.rpc("files/move_v2", json!({"from_path": "/c.txt", "to_path": "/d.txt"})).await.ok();
    for limit in [1, 2, 3, 100] {
        let (paths, _) = account.list(json!({"path": "", "include_deleted": true, "limit": limit})).await;
        assert_eq!(paths, ["/a.txt", "/d.txt", "-/b.txt"], "{limit}");
        let (paths, _) = account
            .list(json!({"path": "", "include_deleted": true, "recursive": true, "limit": limit}))
            .await;
        assert_eq!(paths, ["/a.txt", "-/b.txt", "/d.txt"], "{limit}");
    }
}

#[tokio::test]
async fn a_cursor_tells_what_changed_and_nothing_twice() {
    let account = Account::new().await;
    account.put("/in/a.txt", b"1").await;
    let (_, cursor) = account.list(json!({"path": "/in"})).await;
    account.put("/out/b.txt", b"1").await;
    account.put("/in/c.txt", b"1").await;
    account.put("/in/c.txt", b"2").await;
    account.put("/in/deep/d.txt", b"1").await;
    account.rpc("files/delete_v2", json!({"path": "/in/a.txt"})).await.ok();
    let (changes, cursor) = account.changes(&cursor).await;
    assert_eq!(changes, ["/in/c.txt", "/in/deep", "-/in/a.txt"]);
    let (none, _) = account.changes(&cursor).await;
    assert!(none.is_empty());
}

#[tokio::test]
async fn the_same_content_again_is_no_change() {
    let account = Account::new().await;
    let first = account.put("/a.txt", b"same").await;
    let cursor = account.rpc("files/list_folder/get_latest_cursor", json!({"path": ""})).await.ok();
    let second = account.put("/a.txt", b"same").await;
    assert_eq!(first["rev"], second["rev"]);
    let (changes, _) = account.changes(cursor["cursor"].as_str().unwrap()).await;
    assert!(changes.is_empty());
}

#[tokio::test]
async fn cursors_that_are_no_cursors_and_cursors_that_are_too_old_are_told_apart() {
    let clock = Clock::new();
    let account = Account::with(|config| {
        config.clock = clock.clone();
        config.cursor_lifetime_secs = Some(3600);
    })
    .await;
    let cursor = account.rpc("files/list_folder", json!({"path": ""})).await.ok()["cursor"].clone();
    for bad in ["", "x", "AAAA", &format!("{}A", cursor.as_str().unwrap())] {
        let reply = account.rpc("files/list_folder/continue", json!({"cursor": bad})).await;
        assert_eq!(reply.status, 400, "{bad}");
    }
    let other = Account::new().await;
    let foreign = other.rpc("files/list_folder/continue", json!({"cursor": cursor})).await;
    assert_eq!(foreign.conflict(), "reset");
    clock.advance(3601);
    let expired = account.rpc("files/list_folder/continue", json!({"cursor": cursor})).await;
    assert_eq!(expired.conflict(), "reset");
}

#[tokio::test]
async fn longpoll_needs_no_token_and_answers_when_something_changes() {
    let account = Account::new().await;
    account.put("/watched/a.txt", b"1").await;
    let (_, cursor) = account.list(json!({"path": "/watched"})).await;
    let poll = account
        .request(reqwest::Method::POST, "/2/files/list_folder/longpoll")
        .json(&json!({"cursor": cursor, "timeout": 30}))
        .send();
    let changing = async {
        account.put("/elsewhere/b.txt", b"1").await;
        account.put("/watched/c.txt", b"1").await;
    };
    let (reply, ()) = tokio::join!(poll, changing);
    let reply = Reply::read(reply.unwrap()).await.ok();
    assert_eq!(reply, json!({"changes": true}));
    // Pending changes are told at once.
    let at_once = tokio::time::timeout(
        Duration::from_secs(20),
        account.rpc("files/list_folder/longpoll", json!({"cursor": cursor})),
    );
    assert_eq!(at_once.await.unwrap().ok()["changes"], true);
    let too_short = account.rpc("files/list_folder/longpoll", json!({"cursor": cursor, "timeout": 29})).await;
    assert_eq!(too_short.status, 400);
}

#[tokio::test]
async fn a_shutdown_ends_those_who_wait() {
    let account = Account::new().await;
    let cursor = account.rpc("files/list_folder", json!({"path": ""})).await.ok()["cursor"].clone();
    let poll = account.post("files/list_folder/longpoll").json(&json!({"cursor": cursor, "timeout": 480}));
    let waiting = tokio::spawn(async move { Reply::read(poll.send().await.unwrap()).await });
    // The call is under way once the server has answered another one on the same connections.
    account.rpc("check/user", json!({"query": "x"})).await.ok();
    tokio::time::timeout(Duration::from_secs(20), account.server.shutdown()).await.unwrap();
    if let Ok(reply) = waiting.await {
        assert_eq!(reply.ok()["changes"], false);
    }
}

#[tokio::test]
async fn repeated_slashes_in_a_path_count_as_one() {
    let account = Account::new().await;
    account.put("//dir///a.txt", b"text").await;
    assert_eq!(account.list(json!({"path": "//dir"})).await.0, ["/dir/a.txt"]);
    assert_eq!(account.get("/dir//a.txt").await, b"text");
}

#[tokio::test]
async fn wrong_paths_and_limits_are_told() {
    let account = Account::new().await;
    account.put("/file.txt", b"").await;
    for (argument, expected) in [
        (json!({"path": "/nothing"}), "path/not_found"),
        (json!({"path": "/file.txt"}), "path/not_folder"),
        (json!({"path": "/folder/"}), "path/malformed_path"),
    ] {
        assert_eq!(account.rpc("files/list_folder", argument).await.conflict(), expected);
    }
    for argument in [json!({"path": "/"}), json!({"path": "x"}), json!({"path": "", "limit": 0}), json!({})] {
        assert_eq!(account.rpc("files/list_folder", argument).await.status, 400);
    }
    // As rclone asks.
    let flags =
        json!({"path": "", "include_mounted_folders": false, "include_non_downloadable_files": false});
    assert_eq!(account.list(flags).await.0, ["/file.txt"]);
}
