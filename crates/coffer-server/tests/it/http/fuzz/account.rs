//! An account with something of everything, and what a request could change in it.

use crate::http::support::Account;
use serde_json::{Value, json};
use std::collections::HashMap;

/// An account with something of everything, and for every route an argument that it would take.
pub(super) async fn filled() -> (Account, HashMap<&'static str, Value>) {
    let account = Account::new().await;
    refill(&account).await;
    let file = account.put("/fuzz/a.txt", b"text").await;
    let list = account.rpc("files/list_folder", json!({"path": "", "recursive": true, "limit": 1})).await;
    let options = json!({"max_results": 1});
    let search = account.rpc("files/search_v2", json!({"query": "a", "options": options})).await.ok();
    let reference = account.rpc("files/copy_reference/get", json!({"path": "/fuzz/a.txt"})).await.ok();
    let link = account.rpc("sharing/create_shared_link_with_settings", json!({"path": "/fuzz"})).await.ok();
    account.rpc("files/tags/add", json!({"path": "/fuzz/a.txt", "tag_text": "blue"})).await.ok();
    let session = account.upload("files/upload_session/start", json!({}), "kept").await.ok();
    let relocations = json!({"entries": [{"from_path": "/fuzz/a.txt", "to_path": "/fuzz/c.txt"}]});
    let job = account.rpc("files/copy_batch_v2", relocations.clone()).await.ok();
    let job = json!({"async_job_id": job["async_job_id"]});
    let cursor = json!({"cursor": list.ok()["cursor"]});
    let commit = json!({"path": "/fuzz/new.txt", "mode": {".tag": "update", "update": file["rev"]},
        "autorename": true, "client_modified": "2020-01-02T03:04:05Z", "mute": true});
    let session = json!({"session_id": session["session_id"], "offset": 4});
    let finish = json!({"entries": [{"cursor": session, "commit": commit}]});
    let picture =
        json!({"path": "/fuzz/p.png", "format": "png", "size": {".tag": "w64h64"}, "mode": "strict"});
    let resource = json!({".tag": "path", "path": "/fuzz/p.png"});
    let path = json!({"path": "/fuzz/a.txt"});
    let shared = json!({"url": link["url"], "path": "/a.txt", "link_password": "secret"});
    let list = json!({"path": "/fuzz", "recursive": true, "include_deleted": true, "limit": 5});
    let relocation = json!({"from_path": "/fuzz", "to_path": "/other", "autorename": true});
    let settings = json!({"audience": {".tag": "public"}, "expires": "2100-01-02T03:04:05Z"});
    let revisions =
        json!({"path": "/fuzz/a.txt", "mode": {".tag": "path"}, "limit": 5, "before_rev": file["rev"]});
    let oauth1 = json!({"oauth1_token": "one", "oauth1_token_secret": "two"});
    let append = json!({"entries": [{"cursor": session, "length": 3, "close": true}]});
    let search_argument = json!({"query": "a", "options": {"path": "/fuzz", "max_results": 5,
        "file_status": "active", "file_extensions": ["txt"], "file_categories": ["image"]}});
    let arguments = HashMap::from([
        ("users/get_current_account", json!(null)),
        ("users/get_space_usage", json!(null)),
        ("users/features/get_values", json!({"features": ["paper_as_files", {".tag": "file_locking"}]})),
        ("users/get_account", json!({"account_id": "dbid:x"})),
        ("users/get_account_batch", json!({"account_ids": ["dbid:x", "dbid:y"]})),
        ("check/user", json!({"query": "hello"})),
        ("check/app", json!({"query": "hello"})),
        ("auth/token/from_oauth1", oauth1),
        ("files/get_metadata", json!({"path": "/fuzz/a.txt", "include_deleted": true})),
        ("files/list_folder", list.clone()),
        ("files/list_folder/continue", cursor.clone()),
        ("files/list_folder/get_latest_cursor", list),
        ("files/list_folder/longpoll", json!({"cursor": cursor["cursor"], "timeout": 30})),
        ("files/search_v2", search_argument),
        ("files/search/continue_v2", json!({"cursor": search["cursor"]})),
        ("files/create_folder_v2", json!({"path": "/fuzz/folder", "autorename": true})),
        ("files/create_folder_batch", json!({"paths": ["/fuzz/1", "/fuzz/2"], "force_async": false})),
        ("files/create_folder_batch/check", job.clone()),
        ("files/delete_v2", json!({"path": "/fuzz/a.txt", "parent_rev": file["rev"]})),
        ("files/delete_batch", json!({"entries": [{"path": "/fuzz/b.txt"}, {"path": file["id"]}]})),
        ("files/delete_batch/check", job.clone()),
        ("files/permanently_delete", path.clone()),
        ("files/copy_v2", relocation.clone()),
        ("files/copy_batch_v2", relocations.clone()),
        ("files/copy_batch/check_v2", job.clone()),
        ("files/move_v2", relocation),
        ("files/move_batch_v2", relocations),
        ("files/move_batch/check_v2", job.clone()),
        ("files/copy_reference/get", path.clone()),
        ("files/copy_reference/save", json!({"copy_reference": reference["copy_reference"], "path": "/r"})),
        ("files/upload", commit.clone()),
        ("files/upload_session/start", json!({"close": true, "session_type": "sequential"})),
        (
            "files/upload_session/start_batch",
            json!({"num_sessions": 2, "session_type": {".tag": "concurrent"}}),
        ),
        ("files/upload_session/append_v2", json!({"cursor": session, "close": false})),
        ("files/upload_session/append_batch", append),
        ("files/upload_session/finish", json!({"cursor": session, "commit": commit})),
        ("files/upload_session/finish_batch_v2", finish.clone()),
        ("files/upload_session/finish_batch", finish),
        ("files/upload_session/finish_batch/check", job.clone()),
        ("files/get_temporary_upload_link", json!({"commit_info": commit, "duration": 60.0})),
        ("files/save_url", json!({"path": "/fuzz/saved", "url": "http://127.0.0.1:1/"})),
        ("files/save_url/check_job_status", job),
        ("files/download", path.clone()),
        ("files/download_zip", json!({"path": "/fuzz"})),
        ("files/export", json!({"path": "/fuzz/a.txt", "export_format": "html"})),
        ("files/get_preview", path.clone()),
        ("files/get_temporary_link", path.clone()),
        ("files/get_thumbnail_v2", json!({"resource": resource, "size": "w32h32", "quality": "quality_90"})),
        ("files/get_thumbnail", picture.clone()),
        ("files/get_thumbnail_batch", json!({"entries": [picture, path]})),
        ("files/list_revisions", revisions),
        ("files/restore", json!({"path": "/fuzz/again.txt", "rev": file["rev"]})),
        ("files/tags/add", json!({"path": "/fuzz/a.txt", "tag_text": "green"})),
        ("files/tags/remove", json!({"path": "/fuzz/a.txt", "tag_text": "blue"})),
        ("files/tags/get", json!({"paths": ["/fuzz/a.txt", "/fuzz"]})),
        ("sharing/create_shared_link_with_settings", json!({"path": "/fuzz/b.txt", "settings": settings})),
        ("sharing/list_shared_links", json!({"path": "/fuzz/a.txt", "direct_only": true})),
        (
            "sharing/modify_shared_link_settings",
            json!({"url": link["url"], "settings": settings, "remove_expiration": false}),
        ),
        ("sharing/revoke_shared_link", json!({"url": link["url"]})),
        ("sharing/get_shared_link_metadata", shared.clone()),
        ("sharing/get_shared_link_file", shared),
        ("sharing/list_folder_members", json!({"shared_folder_id": "1", "actions": [], "limit": 5})),
        ("sharing/list_mountable_folders", json!({"limit": 5, "actions": []})),
        ("sharing/list_mountable_folders/continue", json!({"cursor": "abc"})),
        ("sharing/mount_folder", json!({"shared_folder_id": "8"})),
        ("sharing/unmount_folder", json!({"shared_folder_id": "8"})),
    ]);
    (account, arguments)
}

/// Puts back what an accepted request may have taken away.
pub(super) async fn refill(account: &Account) {
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 4).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let png = png.into_inner();
    for (path, bytes) in [("/fuzz/a.txt", &b"text"[..]), ("/fuzz/b.txt", b"more"), ("/fuzz/p.png", &png)] {
        let argument = json!({"path": path, "mode": "overwrite"});
        account.upload("files/upload", argument, bytes.to_vec()).await;
    }
}

/// Everything of an account that a request could change.
pub(super) async fn state(account: &Account, moment: &str) -> Vec<Value> {
    let changes = account.rpc("files/list_folder/continue", json!({"cursor": moment})).await.ok();
    let links = account.rpc("sharing/list_shared_links", json!({})).await.ok();
    let tags = account.rpc("files/tags/get", json!({"paths": ["/fuzz/a.txt"]})).await;
    vec![changes["entries"].clone(), links["links"].clone(), json!(tags.text())]
}

pub(super) async fn moment(account: &Account) -> String {
    let argument = json!({"path": "", "recursive": true});
    let latest = account.rpc("files/list_folder/get_latest_cursor", argument).await.ok();
    latest["cursor"].as_str().unwrap().to_owned()
}

/// The moment at which the batches of `filled` are done.
pub(super) async fn settled(account: &Account) -> String {
    loop {
        let before = moment(account).await;
        let copied = account.rpc("files/get_metadata", json!({"path": "/fuzz/c.txt"})).await;
        if copied.status == 200 {
            return before;
        }
    }
}
