//! Tags, copy references, batches of sessions, saving addresses, and what is only refused.

use super::support::Account;
use dropbox_protocol::content_hash;
use serde_json::{Value, json};

async fn wait_for(account: &Account, check: &str, launch: &Value) -> Value {
    loop {
        let status = account.rpc(check, json!({"async_job_id": launch["async_job_id"]})).await.ok();
        if status[".tag"] != "in_progress" {
            return status;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn tags_are_kept_in_lower_case_and_stay_with_the_file() {
    let account = Account::new().await;
    account.put("/a.txt", b"x").await;
    let tag = |text: &str| json!({"path": "/a.txt", "tag_text": text});
    assert_eq!(account.rpc("files/tags/add", tag("Urgent")).await.text(), "null");
    account.rpc("files/tags/add", tag("urgent")).await.ok();
    account.rpc("files/move_v2", json!({"from_path": "/a.txt", "to_path": "/b.txt"})).await.ok();
    let tags = account.rpc("files/tags/get", json!({"paths": ["/b.txt"]})).await.ok();
    let expected =
        json!([{"path": "/b.txt", "tags": [{".tag": "user_generated_tag", "tag_text": "urgent"}]}]);
    assert_eq!(tags["paths_to_tags"], expected);
    for number in 1..20 {
        account.rpc("files/tags/add", json!({"path": "/b.txt", "tag_text": format!("t{number}")})).await.ok();
    }
    let full = account.rpc("files/tags/add", json!({"path": "/b.txt", "tag_text": "more"})).await;
    assert_eq!(full.conflict(), "too_many_tags");
    account.rpc("files/tags/remove", json!({"path": "/b.txt", "tag_text": "urgent"})).await.ok();
    let gone = account.rpc("files/tags/remove", json!({"path": "/b.txt", "tag_text": "urgent"})).await;
    assert_eq!(gone.conflict(), "tag_not_present");
    assert_eq!(
        account.rpc("files/tags/add", json!({"path": "/b.txt", "tag_text": "two words"})).await.status,
        400
    );
    assert_eq!(account.rpc("files/tags/get", json!({"paths": ["/no"]})).await.conflict(), "path/not_found");
}

#[tokio::test]
async fn a_copy_reference_makes_copies_even_when_the_file_is_gone() {
    let account = Account::new().await;
    account.put("/a.txt", b"text").await;
    let reference = account.rpc("files/copy_reference/get", json!({"path": "/a.txt"})).await.ok();
    assert_eq!(reference["metadata"][".tag"], "file");
    account.rpc("files/delete_v2", json!({"path": "/a.txt"})).await.ok();
    let save = |path: &str| json!({"copy_reference": reference["copy_reference"], "path": path});
    let saved = account.rpc("files/copy_reference/save", save("/b/c.txt")).await.ok();
    assert_eq!(saved["metadata"][".tag"], "file");
    assert_eq!(account.get("/b/c.txt").await, b"text");
    let taken = account.rpc("files/copy_reference/save", save("/b/c.txt")).await;
    assert_eq!(taken.conflict(), "path/conflict/file");
    // It can come again where it was, and nowhere where something else is.
    account.rpc("files/copy_reference/save", save("/a.txt")).await.ok();
    assert_eq!(account.get("/a.txt").await, b"text");
    assert_eq!(
        account.rpc("files/copy_reference/save", save("/A.txt")).await.conflict(),
        "path/conflict/file"
    );
    let made_up = json!({"copy_reference": "AAAA", "path": "/d"});
    assert_eq!(account.rpc("files/copy_reference/save", made_up).await.conflict(), "invalid_copy_reference");
}

#[tokio::test]
async fn many_sessions_are_started_filled_and_finished_at_once() {
    let account = Account::new().await;
    let sessions = account.rpc("files/upload_session/start_batch", json!({"num_sessions": 3})).await.ok();
    let sessions = sessions["session_ids"].as_array().unwrap().clone();
    let entry = |session: &Value, offset: u64, length: u64, close: bool| json!({"cursor": {"session_id": session, "offset": offset}, "length": length, "close": close});
    let append = json!({
        "entries": [
            entry(&sessions[0], 0, 3, true),
            entry(&sessions[1], 7, 2, false),
            entry(&sessions[2], 0, 4, true),
        ],
        "content_hash": content_hash(b"onexxfour"),
    });
    let appended =
        account.upload("files/upload_session/append_batch", append.clone(), "onexxfour").await.ok();
    assert_eq!(appended["entries"][0], json!({".tag": "success"}));
    assert_eq!(appended["entries"][1]["failure"], json!({".tag": "incorrect_offset", "correct_offset": 0}));
    assert_eq!(appended["entries"][2], json!({".tag": "success"}));
    let mut wrong = append;
    wrong["content_hash"] = json!(content_hash(b"short"));
    let wrong = account.upload("files/upload_session/append_batch", wrong, "short").await;
    assert_eq!(wrong.conflict(), "length_mismatch");

    let finish = |session: &Value, offset: u64, path: &str| json!({"cursor": {"session_id": session, "offset": offset}, "commit": {"path": path}});
    let finished = account
        .rpc(
            "files/upload_session/finish_batch_v2",
            json!({"entries": [
                finish(&sessions[0], 3, "/one"), finish(&sessions[1], 0, "/two"), finish(&sessions[2], 4, "/three"),
            ]}),
        )
        .await
        .ok();
    assert_eq!(finished["entries"][0][".tag"], "success");
    assert_eq!(finished["entries"][0]["name"], "one");
    assert_eq!(finished["entries"][1]["failure"]["lookup_failed"][".tag"], "not_closed");
    assert_eq!(account.get("/one").await, b"one");
    assert_eq!(account.get("/three").await, b"four");

    let close = json!({"cursor": {"session_id": sessions[1], "offset": 0}, "close": true});
    account.upload("files/upload_session/append_v2", close, "two").await.ok();
    let launch = json!({"entries": [finish(&sessions[1], 3, "/two")]});
    let launch = account.rpc("files/upload_session/finish_batch", launch).await.ok();
    let status = wait_for(&account, "files/upload_session/finish_batch/check", &launch).await;
    assert_eq!(status["entries"][0]["name"], "two");
}

#[tokio::test]
async fn addresses_are_fetched_from_named_hosts_only() {
    let other = Account::new().await;
    other.put("/source.txt", b"from elsewhere").await;
    let link =
        other.rpc("files/get_temporary_link", json!({"path": "/source.txt"})).await.ok()["link"].clone();
    let account = Account::new().await;
    for (url, expected) in [
        (link.clone(), "download_failed"),
        (json!("http://169.254.169.254/latest"), "download_failed"),
        (json!("file:///etc/passwd"), "invalid_url"),
        (json!("nonsense"), "invalid_url"),
    ] {
        let reply = account.rpc("files/save_url", json!({"path": "/saved.txt", "url": url})).await;
        assert_eq!(reply.conflict(), expected);
    }
    let account =
        Account::with(|config| config.save_url_hosts = vec![other.server.address().to_string()]).await;
    account.put("/saved.txt", b"taken").await;
    let launch = account.rpc("files/save_url", json!({"path": "/saved.txt", "url": link})).await.ok();
    let saved = wait_for(&account, "files/save_url/check_job_status", &launch).await;
    assert_eq!((&saved[".tag"], &saved["name"]), (&json!("complete"), &json!("saved (1).txt")));
    assert_eq!(account.get("/saved (1).txt").await, b"from elsewhere");
    let missing = format!("{}/temporary/nonsense/x", other.server.url());
    let launch = account.rpc("files/save_url", json!({"path": "/x", "url": missing})).await.ok();
    let failed = wait_for(&account, "files/save_url/check_job_status", &launch).await;
    assert_eq!(failed["failed"][".tag"], "not_found");
}

#[tokio::test]
async fn what_this_account_cannot_do_is_refused_with_the_documented_errors() {
    let account = Account::new().await;
    account.put("/a.docx", b"x").await;
    let export = account.download("files/export", json!({"path": "/a.docx"})).await;
    assert_eq!(export.conflict(), "non_exportable");
    let preview = account.download("files/get_preview", json!({"path": "/a.docx"})).await;
    assert_eq!(preview.conflict(), "unsupported_extension");
    let call = account
        .request(reqwest::Method::POST, "/2/auth/token/from_oauth1")
        .basic_auth("app", Some("secret"))
        .header("Content-Type", "application/json")
        .body(json!({"oauth1_token": "a", "oauth1_token_secret": "b"}).to_string());
    let reply = super::support::Reply::read(call.send().await.unwrap()).await;
    assert_eq!(reply.conflict(), "invalid_oauth1_token_info");
}
