//! Folders, deleting, moving, copying, revisions: what stands where, and since when.

use super::support::Account;
use serde_json::{Value, json};

async fn wait_for(account: &Account, check: &str, launch: Value) -> Value {
    assert_eq!(launch[".tag"], "async_job_id");
    loop {
        let status = account.rpc(check, json!({"async_job_id": launch["async_job_id"]})).await.ok();
        if status[".tag"] != "in_progress" {
            return status;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn names_keep_their_case_and_are_found_in_any() {
    let account = Account::new().await;
    account.rpc("files/create_folder_v2", json!({"path": "/Photos"})).await.ok();
    let file = account.put("/photos/Été.JPG", b"x").await;
    assert_eq!(file["path_display"], "/Photos/Été.JPG");
    assert_eq!(file["path_lower"], "/photos/été.jpg");
    assert!(file.get(".tag").is_none());
    let again =
        account.rpc("files/get_metadata", json!({"path": "/PHOTOS/E\u{301}TE\u{301}.jpg"})).await.ok();
    assert_eq!(again["id"], file["id"]);
    assert_eq!(again[".tag"], "file");
    let conflict = account.rpc("files/create_folder_v2", json!({"path": "/PHOTOS"})).await.conflict();
    assert_eq!(conflict, "path/conflict/folder");
}

#[tokio::test]
async fn a_deleted_folder_is_gone_but_its_files_come_back_with_their_history() {
    let account = Account::new().await;
    let first = account.put("/a/b/one.txt", b"1").await;
    account.put("/a/b/one.txt", b"22").await;
    let deleted = account.rpc("files/delete_v2", json!({"path": "/A"})).await.ok();
    assert_eq!(deleted["metadata"][".tag"], "folder");
    assert_eq!(
        account.rpc("files/get_metadata", json!({"path": "/a/b/one.txt"})).await.conflict(),
        "path/not_found"
    );
    let known = account
        .rpc("files/get_metadata", json!({"path": "/a/b/one.txt", "include_deleted": true}))
        .await
        .ok();
    assert_eq!(known[".tag"], "deleted");
    let revisions = account.rpc("files/list_revisions", json!({"path": "/a/b/one.txt"})).await.ok();
    assert_eq!(revisions["is_deleted"], true);
    assert_eq!(revisions["has_more"], false);
    assert_eq!(revisions["entries"].as_array().unwrap().len(), 2);
    let restored =
        account.rpc("files/restore", json!({"path": "/a/b/one.txt", "rev": first["rev"]})).await.ok();
    assert_eq!(restored["id"], first["id"]);
    assert_ne!(restored["rev"], first["rev"]);
    assert_eq!(account.get("/a/b/one.txt").await, b"1");
}

#[tokio::test]
async fn revisions_come_in_pages_newest_first() {
    let account = Account::new().await;
    let mut revs = Vec::new();
    for number in 0..5 {
        revs.push(account.put("/a.txt", format!("{number}").as_bytes()).await["rev"].clone());
    }
    let page = account.rpc("files/list_revisions", json!({"path": "/a.txt", "limit": 2})).await.ok();
    let shown: Vec<&Value> = page["entries"].as_array().unwrap().iter().map(|entry| &entry["rev"]).collect();
    assert_eq!(shown, [&revs[4], &revs[3]]);
    assert_eq!(page["has_more"], true);
    let rest = account
        .rpc("files/list_revisions", json!({"path": "/a.txt", "limit": 10, "before_rev": revs[3]}))
        .await
        .ok();
    assert_eq!(rest["entries"].as_array().unwrap().len(), 3);
    assert_eq!(rest["has_more"], false);
    let invalid =
        account.rpc("files/list_revisions", json!({"path": "/a.txt", "before_rev": "0123456789"})).await;
    assert_eq!(invalid.conflict(), "invalid_before_rev");
}

#[tokio::test]
async fn a_moved_file_keeps_its_id_and_its_history_by_id() {
    let account = Account::new().await;
    let first = account.put("/a.txt", b"1").await;
    account.put("/a.txt", b"2").await;
    let moved =
        account.rpc("files/move_v2", json!({"from_path": "/a.txt", "to_path": "/b/c.txt"})).await.ok();
    assert_eq!(moved["metadata"]["id"], first["id"]);
    assert_eq!(moved["metadata"][".tag"], "file");
    let by_id = account.rpc("files/list_revisions", json!({"path": "/b/c.txt", "mode": "id"})).await.ok();
    assert_eq!(by_id["entries"].as_array().unwrap().len(), 2);
    let by_path = account.rpc("files/list_revisions", json!({"path": "/b/c.txt"})).await.ok();
    assert_eq!(by_path["entries"].as_array().unwrap().len(), 1);
    let old_path = account.rpc("files/list_revisions", json!({"path": "/a.txt"})).await.ok();
    assert_eq!(old_path["is_deleted"], true);
    assert_eq!(old_path["entries"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn moving_a_folder_takes_everything_along_and_the_feed_tells_both_sides() {
    let account = Account::new().await;
    account.put("/old/x/1.txt", b"1").await;
    account.put("/old/2.txt", b"2").await;
    let (_, cursor) = account.list(json!({"path": "", "recursive": true})).await;
    account.rpc("files/move_v2", json!({"from_path": "/old", "to_path": "/New/place"})).await.ok();
    let (changes, _) = account.changes(&cursor).await;
    let mut gone = changes.clone();
    gone.retain(|path| path.starts_with('-'));
    assert_eq!(gone.len(), 4);
    assert_eq!(
        changes.iter().filter(|path| !path.starts_with('-')).collect::<Vec<_>>(),
        ["/New", "/New/place", "/New/place/2.txt", "/New/place/x", "/New/place/x/1.txt"]
    );
    assert_eq!(account.get("/new/PLACE/x/1.txt").await, b"1");
}

#[tokio::test]
async fn impossible_moves_and_copies_are_refused_with_the_documented_errors() {
    let account = Account::new().await;
    account.put("/folder/inner/a.txt", b"a").await;
    account.put("/b.txt", b"b").await;
    for (route, from, to, expected) in [
        ("files/move_v2", "/nothing", "/x", "from_lookup/not_found"),
        ("files/move_v2", "/b.txt", "/b.txt", "duplicated_or_nested_paths"),
        ("files/move_v2", "/folder", "/folder/inner/x", "cant_move_folder_into_itself"),
        ("files/copy_v2", "/folder", "/folder/inner/x", "duplicated_or_nested_paths"),
        ("files/copy_v2", "/b.txt", "/folder", "to/conflict/folder"),
        ("files/move_v2", "/folder/inner/a.txt", "/b.txt", "to/conflict/file"),
        ("files/move_v2", "/folder", "/b.txt/x", "to/conflict/file_ancestor"),
        ("files/copy_v2", "/b.txt", "/desktop.ini", "to/disallowed_name"),
        ("files/copy_v2", "/b.txt", "/x\\y", "to/malformed_path"),
    ] {
        let reply = account.rpc(route, json!({"from_path": from, "to_path": to})).await;
        assert_eq!(reply.conflict(), expected, "{route} {from} -> {to}");
    }
    let renamed = account
        .rpc("files/copy_v2", json!({"from_path": "/b.txt", "to_path": "/folder", "autorename": true}))
        .await
        .ok();
    assert_eq!(renamed["metadata"]["name"], "folder (1)");
    let same_name =
        account.rpc("files/move_v2", json!({"from_path": "/b.txt", "to_path": "/B.TXT"})).await.ok();
    assert_eq!(same_name["metadata"]["name"], "b.txt");
}

/// No call could name what is there.
#[tokio::test]
async fn nothing_comes_to_lie_at_a_path_that_is_too_long() {
    let account = Account::new().await;
    // 16 folders with 250 letters each: 80 bytes are left of 4,096.
    let deep = format!("/{}", "d".repeat(250)).repeat(16);
    account.put(&format!("{deep}/taken.txt"), b"1").await;
    account.put(&format!("/short/{}.txt", "n".repeat(75)), b"2").await;
    account.put("/a.txt", b"3").await;
    let longest = format!("{deep}/{}.txt", "n".repeat(75));
    assert_eq!(longest.len(), 4096);
    account.put(&longest, b"4").await;
    let before = account.list(json!({"path": "", "recursive": true})).await.0;

    let to = |from: &str, to: &str| json!({"from_path": from, "to_path": to, "autorename": true});
    for (route, argument) in [
        ("files/move_v2", to("/short", &format!("{deep}/sub"))),
        ("files/copy_v2", to("/short", &format!("{deep}/sub"))),
        ("files/move_v2", to("/a.txt", &longest)),
        ("files/copy_v2", to("/a.txt", &longest)),
    ] {
        assert_eq!(account.rpc(route, argument).await.conflict(), "to/malformed_path", "{route}");
    }
    let upload = json!({"path": longest, "autorename": true});
    assert_eq!(account.upload("files/upload", upload, "5").await.conflict(), "path/malformed_path");
    let folder = json!({"path": longest, "autorename": true});
    assert_eq!(account.rpc("files/create_folder_v2", folder).await.conflict(), "path/malformed_path");
    assert_eq!(account.list(json!({"path": "", "recursive": true})).await.0, before);
    account.rpc("files/move_v2", to("/short", &format!("{deep}/s"))).await.conflict();
}

#[tokio::test]
async fn a_copy_has_new_ids_and_the_same_content() {
    let account = Account::new().await;
    let original = account.put("/a/file.txt", b"text").await;
    account.rpc("files/copy_v2", json!({"from_path": "/a", "to_path": "/b"})).await.ok();
    let copy = account.rpc("files/get_metadata", json!({"path": "/b/file.txt"})).await.ok();
    assert_ne!(copy["id"], original["id"]);
    assert_ne!(copy["rev"], original["rev"]);
    assert_eq!(copy["content_hash"], original["content_hash"]);
    assert_eq!(copy["client_modified"], original["client_modified"]);
    let space = account.rpc("users/get_space_usage", json!(null)).await.ok();
    assert_eq!(space["used"], 8);
}

#[tokio::test]
async fn batches_answer_each_entry_in_order() {
    let account = Account::new().await;
    let made =
        account.rpc("files/create_folder_batch", json!({"paths": ["/a", "/b", "/a", "/a/c"]})).await.ok();
    assert_eq!(made[".tag"], "complete");
    assert_eq!(made["entries"].as_array().unwrap().len(), 3);
    assert!(made["entries"][0]["metadata"].get(".tag").is_none());

    let launch = account
        .rpc("files/create_folder_batch", json!({"paths": ["/d", "/a"], "force_async": true}))
        .await
        .ok();
    let made = wait_for(&account, "files/create_folder_batch/check", launch).await;
    assert_eq!(made["entries"][0][".tag"], "success");
    assert_eq!(made["entries"][1]["failure"]["path"]["conflict"][".tag"], "folder");

    let launch = account
        .rpc(
            "files/move_batch_v2",
            json!({"entries": [{"from_path": "/a", "to_path": "/z"}, {"from_path": "/no", "to_path": "/y"}]}),
        )
        .await
        .ok();
    let moved = wait_for(&account, "files/move_batch/check_v2", launch).await;
    assert_eq!(moved["entries"][0]["success"][".tag"], "folder");
    assert_eq!(moved["entries"][1]["failure"]["relocation_error"]["from_lookup"][".tag"], "not_found");

    let launch =
        account.rpc("files/delete_batch", json!({"entries": [{"path": "/z"}, {"path": "/z"}]})).await.ok();
    let wrong_kind = account.rpc("files/copy_batch/check_v2", json!({"async_job_id": "dbjid:none"})).await;
    assert_eq!(wrong_kind.conflict(), "invalid_async_job_id");
    let deleted = wait_for(&account, "files/delete_batch/check", launch).await;
    assert_eq!(deleted["entries"][0]["metadata"][".tag"], "folder");
    assert_eq!(deleted["entries"][1]["failure"]["path_lookup"][".tag"], "not_found");
}

#[tokio::test]
async fn a_delete_guarded_by_a_revision_happens_only_while_that_is_current() {
    let account = Account::new().await;
    let old = account.put("/a.txt", b"1").await;
    let new = account.put("/a.txt", b"2").await;
    let stale = account.rpc("files/delete_v2", json!({"path": "/a.txt", "parent_rev": old["rev"]})).await;
    assert_eq!(stale.conflict(), "path_write/conflict/file");
    account.rpc("files/delete_v2", json!({"path": "/a.txt", "parent_rev": new["rev"]})).await.ok();
    let refused = account.rpc("files/permanently_delete", json!({"path": "/a.txt"})).await;
    assert_eq!(refused.status, 403);
}
