//! Requests that no client should send: each is refused in words, and nothing has changed. Those that chance makes
//! are in `fuzz`.

use super::support::{Account, Reply};
use dropbox_protocol::{Style, routes};
use reqwest::RequestBuilder;
use serde_json::{Value, json};

/// Sends bytes where a route's argument belongs.
fn with_argument(account: &Account, route: &str, style: Style, argument: &[u8]) -> RequestBuilder {
    let call = account.post(route);
    match style {
        Style::Rpc => call.header("Content-Type", "application/json").body(argument.to_vec()),
        Style::Upload | Style::Download => {
            // What cannot stand in a header never reaches the account.
            let argument: Vec<u8> = argument
                .iter()
                .map(|byte| if *byte < 0x20 || *byte == 0x7f { b' ' } else { *byte })
                .collect();
            let call = call.header("Dropbox-API-Arg", argument);
            if style == Style::Upload {
                call.header("Content-Type", "application/octet-stream")
            } else {
                call
            }
        }
    }
}

async fn tree(account: &Account) -> (Vec<String>, Value) {
    let (paths, _) = account.list(json!({"path": "", "recursive": true, "include_deleted": true})).await;
    (paths, account.rpc("users/get_space_usage", json!(null)).await.ok())
}

async fn filled() -> Account {
    let account = Account::new().await;
    account.put("/dir/a.txt", b"text").await;
    account.put("/b.txt", b"more").await;
    account.rpc("files/delete_v2", json!({"path": "/b.txt"})).await.ok();
    account
}

#[tokio::test]
async fn no_route_is_upset_by_nonsense() {
    let account = filled().await;
    let before = tree(&account).await;
    let nested = [b"{\"path\":".repeat(5_000), b"1".to_vec()].concat();
    let nonsense: [&[u8]; 16] = [
        b"",
        b"null",
        b"true",
        b"[]",
        b"{}",
        b"\"\"",
        b"{",
        b"{\"path\"",
        b"{\"path\": \"\\ud800\"}",
        b"\xff\xfe",
        b"{\"path\": null, \"entries\": null, \"cursor\": null, \"url\": null, \"commit\": null}",
        b"{\"path\": {}, \"entries\": {}, \"cursor\": [], \"url\": 1e999, \"query\": false}",
        b"{\"path\": \"/\\u0000\", \"from_path\": \"/..\", \"to_path\": \"/.\", \"rev\": \"\", \"url\": \"\"}",
        b"{\"path\": 18446744073709551616, \"limit\": -1, \"offset\": 1e300}",
        b"{\"cursor\": {\"session_id\": \"../../etc/passwd\", \"offset\": 0}, \"commit\": {\"path\": \"/x\"}}",
        &nested,
    ];
    for route in routes() {
        for argument in nonsense {
            if route.name == "auth/token/revoke" {
                continue;
            }
            let reply = with_argument(&account, route.name, route.style, argument).send().await;
            let reply = Reply::read(reply.unwrap()).await;
            assert!(reply.status < 500, "{} with {:?}: {}", route.name, argument, reply.text());
            if reply.status >= 400 {
                assert!(!reply.body.is_empty(), "{} says nothing", route.name);
            }
        }
    }
    assert_eq!(tree(&account).await, before);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_and_leaves_nothing() {
    let account = Account::new().await;
    let piece = bytes::Bytes::from(vec![0; 1 << 20]);
    let pieces = futures_util::stream::iter((0..151).map(move |_| Ok::<_, std::io::Error>(piece.clone())));
    let body = reqwest::Body::wrap_stream(pieces);
    let reply = account.upload("files/upload", json!({"path": "/big"}), body).await;
    assert_eq!(reply.conflict(), "payload_too_large");
    let incoming = account.vault.path().join("vault/incoming");
    assert_eq!(std::fs::read_dir(incoming).unwrap().count(), 0);
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let account = Account::new().await;
    let broken = futures_util::stream::iter([Ok("first piece"), Err(std::io::Error::other("gone"))]);
    let call = account
        .post("files/upload")
        .header("Dropbox-API-Arg", r#"{"path":"/broken"}"#)
        .header("Content-Type", "application/octet-stream")
        .body(reqwest::Body::wrap_stream(broken));
    assert!(call.send().await.is_err());
    let session =
        account.upload("files/upload_session/start", json!({}), "kept ").await.ok()["session_id"].clone();
    let broken = futures_util::stream::iter([Ok("lost"), Err(std::io::Error::other("gone"))]);
    let append = json!({"cursor": {"session_id": session, "offset": 5}});
    let call = account
        .post("files/upload_session/append_v2")
        .header("Dropbox-API-Arg", append.to_string())
        .header("Content-Type", "application/octet-stream")
        .body(reqwest::Body::wrap_stream(broken));
    assert!(call.send().await.is_err());
    let finish = json!({"cursor": {"session_id": session, "offset": 5}, "commit": {"path": "/f"}});
    account.upload("files/upload_session/finish", finish, "end").await.ok();
    assert_eq!(account.get("/f").await, b"kept end");
    assert_eq!(
        account.rpc("files/get_metadata", json!({"path": "/broken"})).await.conflict(),
        "path/not_found"
    );
}
