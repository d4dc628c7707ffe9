//! Getting bytes in: single uploads, the conflict rules, upload sessions.

use super::support::{Account, TOKEN};
use coffer_server::clock::Clock;
use coffer_server::{Server, ServerConfig};
use dropbox_protocol::content_hash;
use serde_json::json;
use std::fs;

/// Another server over the same vault.
async fn restarted(http: reqwest::Client, vault: tempfile::TempDir) -> Account {
    let mut config = ServerConfig::new(vault.path().join("vault"));
    config.token = Some(TOKEN.to_owned());
    Account { server: Server::start(config).await.unwrap(), http, vault }
}

const BLOCK: usize = 4 * 1024 * 1024;

#[tokio::test]
async fn the_conflict_rules_hold_for_each_mode() {
    let account = Account::new().await;
    let current = account.put("/a.txt", b"now").await;
    account.rpc("files/create_folder_v2", json!({"path": "/folder"})).await.ok();
    let update = |rev: &serde_json::Value| json!({".tag": "update", "update": rev});
    for (path, mode, expected) in [
        ("/a.txt", json!("add"), "path/conflict/file"),
        ("/a.txt", update(&json!("0123456789")), "path/conflict/file"),
        ("/folder", json!("overwrite"), "path/conflict/folder"),
        ("/a.txt/below", json!("add"), "path/conflict/file_ancestor"),
        ("/Thumbs.db", json!("add"), "path/disallowed_name"),
    ] {
        let reply = account.upload("files/upload", json!({"path": path, "mode": mode}), "new").await;
        assert_eq!(reply.conflict(), expected, "{path} {mode}");
    }
    let same = account.upload("files/upload", json!({"path": "/a.txt"}), "now").await.ok();
    assert_eq!(same["rev"], current["rev"]);
    let strict =
        account.upload("files/upload", json!({"path": "/a.txt", "strict_conflict": true}), "now").await;
    assert_eq!(strict.conflict(), "path/conflict/file");
    let updated = account
        .upload("files/upload", json!({"path": "/A.TXT", "mode": update(&current["rev"])}), "newer")
        .await
        .ok();
    assert_eq!((&updated["id"], &updated["name"]), (&current["id"], &json!("a.txt")));
    let renamed =
        account.upload("files/upload", json!({"path": "/a.txt", "autorename": true}), "x").await.ok();
    assert_eq!(renamed["name"], "a (1).txt");
    let late = json!({"path": "/a.txt", "mode": update(&current["rev"]), "autorename": true});
    let conflicted = account.upload("files/upload", late, "late").await.ok();
    assert_eq!(conflicted["name"], "a (conflicted copy).txt");
}

#[tokio::test]
async fn a_refused_upload_keeps_its_bytes_for_a_better_path() {
    let account = Account::new().await;
    account.put("/a.txt", b"taken").await;
    let reply = account.upload("files/upload", json!({"path": "/a.txt"}), "precious").await;
    let session = reply.json()["error"]["upload_session_id"].clone();
    assert_eq!(reply.conflict(), "path/conflict/file");
    let finish = json!({"cursor": {"session_id": session, "offset": 8}, "commit": {"path": "/b.txt"}});
    account.upload("files/upload_session/finish", finish.clone(), "").await.ok();
    assert_eq!(account.get("/b.txt").await, b"precious");
    let again = account.upload("files/upload_session/finish", finish, "").await;
    assert_eq!(again.conflict(), "lookup_failed/not_found");
}

#[tokio::test]
async fn a_wrong_hash_stores_nothing() {
    let account = Account::new().await;
    let wrong = json!({"path": "/a.txt", "content_hash": content_hash(b"other")});
    assert_eq!(account.upload("files/upload", wrong, "text").await.conflict(), "content_hash_mismatch");
    let right = json!({"path": "/a.txt", "content_hash": content_hash(b"text")});
    let reply = account.upload("files/upload", right, "text").await;
    assert!(!reply.headers.contains_key("dropbox-api-result"));
    let metadata = reply.ok();
    assert_eq!(metadata["content_hash"], content_hash(b"text"));
}

#[tokio::test]
async fn a_file_that_does_not_fit_is_refused() {
    let account = Account::with(|config| config.quota_bytes = 10).await;
    account.put("/a.txt", b"12345678").await;
    let reply = account.upload("files/upload", json!({"path": "/b.txt"}), "123").await;
    assert_eq!(reply.conflict(), "path/insufficient_space");
    let copy = account.rpc("files/copy_v2", json!({"from_path": "/a.txt", "to_path": "/c.txt"})).await;
    assert_eq!(copy.conflict(), "insufficient_quota");
    account.put("/a.txt", b"1234567890").await;
}

#[tokio::test]
async fn a_session_grows_piece_by_piece_and_says_where_it_is() {
    let account = Account::new().await;
    let content: Vec<u8> = (0..BLOCK * 2 + 5).map(|index| (index % 251) as u8).collect();
    let started =
        account.upload("files/upload_session/start", json!({}), content[..BLOCK].to_vec()).await.ok();
    let session = &started["session_id"];
    let append = |offset: usize| json!({"cursor": {"session_id": session, "offset": offset}});
    let piece = content[BLOCK..BLOCK * 2].to_vec();
    let reply = account.upload("files/upload_session/append_v2", append(BLOCK), piece.clone()).await;
    assert_eq!((reply.status, reply.text().as_str()), (200, "null"));
    let repeated = account.upload("files/upload_session/append_v2", append(BLOCK), piece).await;
    assert_eq!(repeated.json()["error"]["correct_offset"], BLOCK * 2);
    assert_eq!(repeated.conflict(), "incorrect_offset");
    let mut broken = append(BLOCK * 2);
    broken["content_hash"] = json!(content_hash(b"something else"));
    let refused = account.upload("files/upload_session/append_v2", broken, "spoiled").await;
    assert_eq!(refused.conflict(), "content_hash_mismatch");
    let finish = json!({
        "cursor": {"session_id": session, "offset": BLOCK * 2},
        "commit": {"path": "/big.bin"},
        "content_hash": content_hash(&content[BLOCK * 2..]),
    });
    let file =
        account.upload("files/upload_session/finish", finish, content[BLOCK * 2..].to_vec()).await.ok();
    assert_eq!(file["content_hash"], content_hash(&content));
    assert_eq!(account.get("/big.bin").await, content);
}

#[tokio::test]
async fn empty_sessions_and_empty_closing_pieces_are_fine() {
    let account = Account::new().await;
    let session =
        account.upload("files/upload_session/start", json!({}), "").await.ok()["session_id"].clone();
    account
        .upload(
            "files/upload_session/append_v2",
            json!({"cursor": {"session_id": session, "offset": 0}}),
            "abc",
        )
        .await
        .ok();
    let close = json!({"cursor": {"session_id": session, "offset": 3}, "close": true});
    account.upload("files/upload_session/append_v2", close.clone(), "").await.ok();
    assert_eq!(account.upload("files/upload_session/append_v2", close, "x").await.conflict(), "closed");
    let finish = json!({"cursor": {"session_id": session, "offset": 3}, "commit": {"path": "/abc"}});
    account.upload("files/upload_session/finish", finish, "").await.ok();
    assert_eq!(account.get("/abc").await, b"abc");
    assert_eq!(account.put("/empty", b"").await["size"], 0);
}

#[tokio::test]
async fn a_refused_finish_keeps_the_session_and_it_can_even_grow() {
    let account = Account::new().await;
    account.put("/taken", b"x").await;
    let session =
        account.upload("files/upload_session/start", json!({}), "one ").await.ok()["session_id"].clone();
    let finish = |offset: u64, path: &str| json!({"cursor": {"session_id": session, "offset": offset}, "commit": {"path": path}});
    let refused = account.upload("files/upload_session/finish", finish(4, "/taken"), "two ").await;
    assert_eq!(refused.conflict(), "path/conflict/file");
    let file = account.upload("files/upload_session/finish", finish(8, "/free"), "three").await.ok();
    assert_eq!(file["content_hash"], content_hash(b"one two three"));
    assert_eq!(account.get("/free").await, b"one two three");
}

#[tokio::test]
async fn a_concurrent_session_takes_blocks_in_any_order() {
    let account = Account::new().await;
    let content: Vec<u8> = (0..BLOCK * 3 + 7).map(|index| (index % 241) as u8).collect();
    let start = json!({"session_type": {".tag": "concurrent"}});
    let session = account.upload("files/upload_session/start", start, "").await.ok()["session_id"].clone();
    let append = |offset: usize, close: bool| json!({"cursor": {"session_id": session, "offset": offset}, "close": close});
    let finish = |offset: usize| json!({"cursor": {"session_id": session, "offset": offset}, "commit": {"path": "/c.bin"}});
    let route = "files/upload_session/append_v2";
    account.upload(route, append(BLOCK * 2, false), content[BLOCK * 2..BLOCK * 3].to_vec()).await.ok();
    let uneven = account.upload(route, append(1000, false), "x").await;
    assert_eq!(uneven.conflict(), "concurrent_session_invalid_offset");
    let short = account.upload(route, append(0, false), "x").await;
    assert_eq!(short.conflict(), "concurrent_session_invalid_data_size");
    let open = account.upload("files/upload_session/finish", finish(content.len()), "").await;
    assert_eq!(open.conflict(), "concurrent_session_not_closed");
    account.upload(route, append(BLOCK * 3, true), content[BLOCK * 3..].to_vec()).await.ok();
    let gap = account.upload("files/upload_session/finish", finish(content.len()), "").await;
    assert_eq!(gap.conflict(), "concurrent_session_missing_data");

    let start = json!({"session_type": "concurrent"});
    let session = account.upload("files/upload_session/start", start, "").await.ok()["session_id"].clone();
    let append = |offset: usize, close: bool| json!({"cursor": {"session_id": session, "offset": offset}, "close": close});
    account.upload(route, append(BLOCK * 2, false), content[BLOCK * 2..BLOCK * 3].to_vec()).await.ok();
    account.upload(route, append(0, false), content[..BLOCK * 2].to_vec()).await.ok();
    account.upload(route, append(0, false), content[..BLOCK * 2].to_vec()).await.ok();
    account.upload(route, append(BLOCK * 3, true), content[BLOCK * 3..].to_vec()).await.ok();
    let commit =
        json!({"cursor": {"session_id": session, "offset": content.len()}, "commit": {"path": "/c.bin"}});
    let file = account.upload("files/upload_session/finish", commit, "").await.ok();
    assert_eq!(file["content_hash"], content_hash(&content));
    assert_eq!(account.get("/c.bin").await, content);
}

#[tokio::test]
async fn sessions_survive_a_restart_of_the_server() {
    let Account { server, http, vault } = Account::new().await;
    let account = Account { server, http, vault };
    let session =
        account.upload("files/upload_session/start", json!({}), "before ").await.ok()["session_id"].clone();
    let Account { server, http, vault } = account;
    server.shutdown().await;
    let account = restarted(http, vault).await;
    let finish = json!({"cursor": {"session_id": session, "offset": 7}, "commit": {"path": "/f"}});
    account.upload("files/upload_session/finish", finish, "after").await.ok();
    assert_eq!(account.get("/f").await, b"before after");
}

/// The file of a session becomes a content in one step, and its commit is another one. The server may be killed before
/// the first, or between both.
#[tokio::test]
async fn a_session_whose_finish_was_killed_is_finished_by_the_next_call() {
    let account = Account::new().await;
    account.put("/taken", b"x").await;
    let content = |number: usize| format!("content {number}").into_bytes();
    let mut sessions = Vec::new();
    for number in 0..4 {
        let close = number % 2 == 0;
        let start =
            account.upload("files/upload_session/start", json!({"close": close}), content(number)).await.ok();
        let session = start["session_id"].as_str().unwrap().to_owned();
        let cursor = json!({"session_id": session, "offset": content(number).len()});
        if !close {
            // The end of this one has begun, and was refused.
            let finish = json!({"cursor": cursor, "commit": {"path": "/taken"}});
            let refused = account.upload("files/upload_session/finish", finish, "").await;
            assert_eq!(refused.conflict(), "path/conflict/file");
        }
        sessions.push((session, cursor));
    }
    let Account { server, http, vault } = account;
    server.shutdown().await;
    for (number, (session, _)) in sessions.iter().enumerate() {
        let hash = content_hash(&content(number));
        let blob = vault.path().join("vault/blobs").join(&hash[..2]).join(&hash[2..]);
        let file = vault.path().join("vault/sessions").join(session);
        match number {
            0 => assert!(file.exists() && !blob.exists(), "nothing was moved yet"),
            1 => fs::rename(&blob, &file).unwrap(),
            _ if file.exists() => {
                fs::create_dir_all(blob.parent().unwrap()).unwrap();
                fs::rename(&file, &blob).unwrap();
            }
            _ => assert!(blob.exists()),
        }
    }
    let account = restarted(http, vault).await;
    for (number, (_, cursor)) in sessions.iter().enumerate() {
        let path = format!("/{number}");
        let finish = json!({"cursor": cursor, "commit": {"path": path}});
        // One that is not closed may still grow.
        let more = if number == 1 { " and more" } else { "" };
        account.upload("files/upload_session/finish", finish, more).await.ok();
        assert_eq!(account.get(&path).await, [&content(number), more.as_bytes()].concat(), "{number}");
    }
}

/// A week later they are nobody’s.
#[tokio::test]
async fn the_bytes_of_refused_uploads_go_with_their_sessions_unless_a_file_has_them() {
    let clock = Clock::new();
    let account = Account::with(|config| config.clock = clock.clone()).await;
    account.put("/taken", b"taken").await;
    account.put("/other", b"wanted elsewhere").await;
    let refuse = async |text: &'static str| {
        assert_eq!(account.upload("files/upload", json!({"path": "/taken"}), text).await.status, 409);
    };
    refuse("wanted nowhere").await;
    refuse("wanted elsewhere").await;
    refuse("wanted again").await;
    clock.advance(7 * 24 * 60 * 60);
    refuse("wanted again").await;
    let Account { server, http, vault } = account;
    let has = |text: &str| {
        let hash = content_hash(text.as_bytes());
        vault.path().join("vault/blobs").join(&hash[..2]).join(&hash[2..]).exists()
    };
    assert!(has("wanted nowhere"));
    server.shutdown().await;
    let mut config = ServerConfig::new(vault.path().join("vault"));
    config.clock = clock;
    let server = Server::start(config).await.unwrap();
    assert!(!has("wanted nowhere"));
    assert!(has("wanted elsewhere") && has("wanted again") && has("taken"));
    server.shutdown().await;
    drop(http);
}

#[tokio::test]
async fn properties_need_templates_and_there_are_none() {
    let account = Account::new().await;
    let argument = json!({"path": "/a", "property_groups": [{"template_id": "ptid:x", "fields": []}]});
    let reply = account.upload("files/upload", argument, "x").await;
    assert_eq!(reply.conflict(), "properties_error/template_not_found");
    let empty = json!({"path": "/a", "property_groups": []});
    account.upload("files/upload", empty, "x").await.ok();
}
