//! Requests that no client should send: each is refused in words, and nothing has changed.

use super::support::{Account, Reply};
use coffer::protocol::{Style, routes};
use fastrand::Rng;
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
async fn arguments_with_something_wrong_somewhere_change_nothing() {
    let account = filled().await;
    let before = tree(&account).await;
    let mut random = Rng::with_seed(7);
    let valid = [
        ("files/get_metadata", json!({"path": "/dir/a.txt", "include_deleted": true})),
        ("files/list_folder", json!({"path": "/dir", "recursive": true, "limit": 5})),
        ("files/list_revisions", json!({"path": "/dir/a.txt", "mode": {".tag": "path"}, "limit": 5})),
        ("files/search_v2", json!({"query": "a", "options": {"max_results": 5, "file_status": "active"}})),
        ("files/download", json!({"path": "/dir/a.txt"})),
        (
            "files/get_thumbnail_v2",
            json!({"resource": {".tag": "path", "path": "/dir/a.txt"}, "size": "w64h64"}),
        ),
        ("files/get_thumbnail_batch", json!({"entries": [{"path": "/dir/a.txt"}]})),
        ("files/get_temporary_link", json!({"path": "/dir/a.txt"})),
        ("files/tags/get", json!({"paths": ["/dir/a.txt"]})),
        ("sharing/list_shared_links", json!({"path": "/dir/a.txt", "direct_only": true})),
        (
            "files/upload_session/finish_batch_v2",
            json!({"entries": [
            {"cursor": {"session_id": "none", "offset": 0}, "commit": {"path": "/x", "mode": "add"}}]}),
        ),
    ];
    let styles: std::collections::HashMap<&str, Style> =
        routes().map(|route| (route.name, route.style)).collect();
    for (route, argument) in &valid {
        for _ in 0..60 {
            let spoiled = spoil(&mut random, argument.clone());
            let call = with_argument(&account, route, styles[route], spoiled.to_string().as_bytes());
            let reply = Reply::read(call.send().await.unwrap()).await;
            assert!(reply.status < 500, "{route} with {spoiled}: {}", reply.text());
        }
        let text = argument.to_string();
        for _ in 0..60 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(..bytes.len());
                bytes[at] = random.u8(..);
            }
            let reply = with_argument(&account, route, styles[route], &bytes).send().await;
            assert!(Reply::read(reply.unwrap()).await.status < 500, "{route} with {bytes:?}");
        }
    }
    assert_eq!(tree(&account).await, before);
}

/// Replaces one value somewhere in an argument by something else.
fn spoil(random: &mut Rng, argument: Value) -> Value {
    if random.u8(..4) == 0 {
        return odd_value(random);
    }
    match argument {
        Value::Object(mut fields) if !fields.is_empty() => {
            let key = fields.keys().nth(random.usize(..fields.len())).unwrap().clone();
            let value = fields.remove(&key).unwrap();
            fields.insert(key, spoil(random, value));
            Value::Object(fields)
        }
        Value::Array(mut items) if !items.is_empty() => {
            let at = random.usize(..items.len());
            let value = items.swap_remove(at);
            items.push(spoil(random, value));
            Value::Array(items)
        }
        _ => odd_value(random),
    }
}

fn odd_value(random: &mut Rng) -> Value {
    let long = "x".repeat(random.usize(..5_000));
    let any: String = (0..random.usize(..20)).map(|_| random.char(..)).collect();
    random
        .choice([
            json!(null),
            json!(-1),
            json!(u64::MAX),
            json!(1.5),
            json!([]),
            json!({}),
            json!([[[[]]]]),
            json!("other"),
            json!({".tag": "other"}),
            json!({".tag": 1}),
            json!("rev:0123456789abcdef0123456789"),
            json!("id:"),
            json!("ns:99999999999999999999/x"),
            json!("/\u{0}"),
            json!("/a\\b"),
            json!(format!("/{long}")),
            json!(format!("/{any}")),
            json!(any),
        ])
        .unwrap()
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
