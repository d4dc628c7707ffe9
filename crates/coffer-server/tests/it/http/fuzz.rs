//! Requests that chance has spoiled, thousands of them, to every route: each gets an answer that is documented, and
//! one that is refused has changed nothing.
//!
//! `COFFER_FUZZ_ROUNDS=20` makes twenty times as many, `COFFER_FUZZ_SEED` others.

use super::support::{Account, JsonBody as _, Reply, TOKEN};
use dropbox_protocol::{Auth, RouteInfo, Style, routes};
use fastrand::Rng;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Of each route so many arguments have one value exchanged, and so many some bytes.
const EXCHANGED: usize = 24;
const DAMAGED: usize = 10;

/// Requests with something wrong around the argument.
const HEADS: usize = 500;

/// Conversations that are hardly HTTP.
const CONVERSATIONS: usize = 300;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().unwrap())
}

fn seed() -> u64 {
    number("COFFER_FUZZ_SEED", 1)
}

fn rounds(count: usize) -> usize {
    count * number("COFFER_FUZZ_ROUNDS", 1) as usize
}

/// An account with something of everything, and for every route an argument that it would take.
async fn filled() -> (Account, HashMap<&'static str, Value>) {
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
    ]);
    (account, arguments)
}

/// Puts back what an accepted request may have taken away.
async fn refill(account: &Account) {
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 4).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let png = png.into_inner();
    for (path, bytes) in [("/fuzz/a.txt", &b"text"[..]), ("/fuzz/b.txt", b"more"), ("/fuzz/p.png", &png)] {
        let argument = json!({"path": path, "mode": "overwrite"});
        account.upload("files/upload", argument, bytes.to_vec()).await;
    }
}

/// Everything of an account that a request could change.
async fn state(account: &Account, moment: &str) -> Vec<Value> {
    let changes = account.rpc("files/list_folder/continue", json!({"cursor": moment})).await.ok();
    let links = account.rpc("sharing/list_shared_links", json!({})).await.ok();
    let tags = account.rpc("files/tags/get", json!({"paths": ["/fuzz/a.txt"]})).await;
    vec![changes["entries"].clone(), links["links"].clone(), json!(tags.text())]
}

async fn moment(account: &Account) -> String {
    let argument = json!({"path": "", "recursive": true});
    let latest = account.rpc("files/list_folder/get_latest_cursor", argument).await.ok();
    latest["cursor"].as_str().unwrap().to_owned()
}

/// The moment at which the batches of `filled` are done.
async fn settled(account: &Account) -> String {
    loop {
        let before = moment(account).await;
        let copied = account.rpc("files/get_metadata", json!({"path": "/fuzz/c.txt"})).await;
        if copied.status == 200 {
            return before;
        }
    }
}

fn authorized(request: RequestBuilder, route: &RouteInfo) -> RequestBuilder {
    match route.auth {
        Auth::App => request.basic_auth("key", Some("secret")),
        Auth::None => request,
        Auth::User | Auth::AppOrUser => request.bearer_auth(TOKEN),
    }
}

/// A call whose argument is these bytes.
fn call(account: &Account, route: &RouteInfo, argument: &[u8]) -> RequestBuilder {
    let request = authorized(account.request(Method::POST, &format!("/2/{}", route.name)), route);
    if route.style == Style::Rpc {
        return request.header("Content-Type", "application/json").body(argument.to_vec());
    }
    // What cannot stand in a header never reaches the account.
    let argument: Vec<u8> =
        argument.iter().map(|byte| if *byte < 0x20 || *byte == 0x7f { b' ' } else { *byte }).collect();
    let request = request.header("Dropbox-API-Arg", argument);
    if route.style == Style::Upload {
        request.header("Content-Type", "application/octet-stream").body("abc")
    } else {
        request
    }
}

/// The answer is one that the API knows, in the form that it has.
#[track_caller]
fn check(route: &str, reply: &Reply, story: &dyn std::fmt::Display) {
    let tell = || format!("{route} with {story} (seed {}): {} {}", seed(), reply.status, reply.text());
    match reply.status {
        200 => {}
        400 => {
            assert!(reply.header("content-type").starts_with("text/plain"), "{}", tell());
            assert!(
                reply.text().starts_with(&format!("Error in call to API function \"{route}\"")),
                "{}",
                tell()
            );
        }
        403 | 409 => {
            let error: Value = serde_json::from_slice(&reply.body).unwrap_or_else(|_| panic!("{}", tell()));
            let tag = error["error"][".tag"].as_str().or(error["error"]["reason"][".tag"].as_str());
            assert!(tag.is_some_and(|tag| tag != "other"), "{}", tell());
            assert!(
                error["error_summary"].as_str().is_some_and(|summary| summary.contains('/')),
                "{}",
                tell()
            );
        }
        _ => panic!("{}", tell()),
    }
}

#[tokio::test]
async fn no_argument_upsets_a_route_and_what_is_refused_changes_nothing() {
    let (account, arguments) = filled().await;
    let mut random = Rng::with_seed(seed());
    for route in routes().filter(|route| route.name != "auth/token/revoke") {
        let valid = arguments.get(route.name).unwrap_or_else(|| panic!("no argument for {}", route.name));
        refill(&account).await;
        let mut since = moment(&account).await;
        let mut before = state(&account, &since).await;
        for round in 0..rounds(EXCHANGED + DAMAGED) {
            let argument = if round % (EXCHANGED + DAMAGED) < EXCHANGED {
                exchange(&mut random, valid.clone()).to_string().into_bytes()
            } else {
                damage(&mut random, valid.to_string().into_bytes())
            };
            let reply = Reply::read(call(&account, route, &argument).send().await.unwrap()).await;
            let story = String::from_utf8_lossy(&argument).into_owned();
            check(route.name, &reply, &story);
            if reply.status == 200 {
                since.clear();
                continue;
            }
            if since.is_empty() {
                // Something was accepted; jobs may still be at it, so this refusal proves nothing.
                since = moment(&account).await;
                before = state(&account, &since).await;
                continue;
            }
            if !writes(route) {
                continue;
            }
            let after = state(&account, &since).await;
            assert_eq!(after, before, "{} has changed something: {story} (seed {})", route.name, seed());
        }
    }
}

/// Whether a route changes what others see; batches answer before they are done.
fn writes(route: &RouteInfo) -> bool {
    let scope = route.scope.map_or("", dropbox_protocol::Scope::name);
    scope.ends_with("write") && !route.name.contains("batch")
}

/// Replaces one value somewhere in an argument by something else.
fn exchange(random: &mut Rng, argument: Value) -> Value {
    if random.u8(..5) == 0 {
        return odd_value(random);
    }
    match argument {
        Value::Object(mut fields) if !fields.is_empty() => {
            let key = fields.keys().nth(random.usize(..fields.len())).unwrap().clone();
            let value = fields.remove(&key).unwrap();
            match random.u8(..8) {
                0 => {}
                1 => drop(fields.insert(key.to_uppercase(), value)),
                _ => drop(fields.insert(key, exchange(random, value))),
            }
            Value::Object(fields)
        }
        Value::Array(mut items) if !items.is_empty() => {
            let at = random.usize(..items.len());
            let value = items.swap_remove(at);
            let value = exchange(random, value);
            let copies = random.choice([1, 1, 1, 2, 300]).unwrap();
            items.extend(std::iter::repeat_n(value, copies));
            Value::Array(items)
        }
        _ => odd_value(random),
    }
}

fn odd_value(random: &mut Rng) -> Value {
    let any: String = (0..random.usize(..20)).map(|_| random.char(..)).collect();
    let (long, parts) = ("x".repeat(random.usize(..5_000)), "y/".repeat(random.usize(..3_000)));
    let deep = (0..60).fold(json!(1), |inner, _| json!([inner]));
    random
        .choice([
            json!(null),
            json!(true),
            json!(-1),
            json!(0),
            json!(1),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(1.5),
            json!(1e300),
            json!([]),
            json!({}),
            deep,
            json!("other"),
            json!(""),
            json!({".tag": "other"}),
            json!({".tag": 1}),
            json!({".tag": "path"}),
            json!("rev:0123456789abcdef0123456789"),
            json!("rev:"),
            json!("id:"),
            json!("id:a/../b"),
            json!("ns:99999999999999999999/x"),
            json!("ns:1/fuzz/a.txt"),
            json!("/"),
            json!("//fuzz//a.txt"),
            json!("/fuzz/a.txt/below"),
            json!("/../../etc/passwd"),
            json!("/\u{0}"),
            json!("/a\\b"),
            json!("/fuzz/a.txt "),
            json!("/thumbs.db"),
            json!("http://"),
            json!("file:///etc/passwd"),
            json!("9999-99-99T99:99:99Z"),
            json!("0000-01-01T00:00:00Z"),
            json!("f".repeat(64)),
            json!(format!("/{long}")),
            json!(format!("/{parts}")),
            json!(format!("/{any}")),
            json!(any),
        ])
        .unwrap()
}

/// Cuts, overwrites, repeats or takes out some bytes.
fn damage(random: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..random.usize(1..4) {
        let at = random.usize(..bytes.len());
        let end = (at + random.usize(1..20)).min(bytes.len());
        match random.u8(..5) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = random.u8(..),
            2 => drop(bytes.splice(at..at, vec![random.u8(..); 3])),
            3 if bytes.len() > end - at => drop(bytes.drain(at..end)),
            _ => bytes[at] = *random.choice(b"{}[]\",:0ntf.\\u").unwrap(),
        }
    }
    bytes
}

#[tokio::test]
async fn no_head_upsets_a_route_and_what_is_refused_changes_nothing() {
    let (account, arguments) = filled().await;
    let mut random = Rng::with_seed(seed());
    // Batches that are accepted answer before they are done, so that nobody knows who changed what.
    let all: Vec<_> =
        routes().filter(|route| route.name != "auth/token/revoke" && !route.name.contains("batch")).collect();
    let mut since = settled(&account).await;
    for _ in 0..rounds(HEADS) {
        let route = *random.choice(&all).unwrap();
        let argument = arguments[route.name].to_string();
        let odd: Vec<u8> = (0..random.usize(..30)).map(|_| random.u8(0x80..)).collect();
        let (what, request) = match random.u8(..11) {
            0 => {
                ("another type", call(&account, route, argument.as_bytes()).header("Content-Type", &odd[..]))
            }
            1 => {
                let (method, path) =
                    (random.choice(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "X"]).unwrap(), route.name);
                let request = account.request(method.parse().unwrap(), &format!("/2/{path}"));
                ("another method", authorized(request, route).body(argument))
            }
            2 => ("no argument", authorized(account.post(route.name), route)),
            3 => (
                "a strange token",
                call(&account, route, argument.as_bytes()).header("Authorization", &odd[..]),
            ),
            4 => (
                "no token",
                account.request(Method::POST, &format!("/2/{}", route.name)).json(&arguments[route.name]),
            ),
            5 => (
                "a root",
                call(&account, route, argument.as_bytes()).header("Dropbox-API-Path-Root", &odd[..]),
            ),
            6 => {
                let (from, to) = (random.u64(..) >> random.u8(..64), random.u64(..) >> random.u8(..64));
                let range = random.choice([
                    format!("bytes={from}-{to}"),
                    format!("bytes=-{from}"),
                    format!("bytes={from}-"),
                    format!("bytes={from}{to}{from}-1,2-3"),
                    "bytes=--1".to_owned(),
                    "lines=1-2".to_owned(),
                ]);
                ("a range", call(&account, route, argument.as_bytes()).header("Range", range.unwrap()))
            }
            7 => (
                "two arguments",
                call(&account, route, argument.as_bytes()).header("Dropbox-API-Arg", &odd[..]),
            ),
            8 => {
                let query = format!("/2/{}?arg=%ff%00{argument}&authorization=Bearer%20x", route.name);
                (
                    "an argument in the address",
                    account.request(Method::POST, &query.replace(['"', ' '], "%22")),
                )
            }
            9 => {
                let place = random.choice([
                    "/oauth2/authorize",
                    "/oauth2/token",
                    "/scl/fi/",
                    "/scl/fo/x/y",
                    "/apitul/1/",
                    "/1/x",
                    "/2/",
                    "/",
                ]);
                let letters: String = (0..random.usize(..12)).map(|_| random.alphanumeric()).collect();
                let address = format!(
                    "{}{letters}?client_id={letters}&rlkey=%FF&code=%00&request={letters}",
                    place.unwrap()
                );
                let method = random.choice([Method::GET, Method::POST]).unwrap();
                (
                    "another address",
                    account.request(method, &address).header("Cookie", &odd[..]).body(odd.clone()),
                )
            }
            _ => (
                "a type of body",
                call(&account, route, argument.as_bytes()).header("Content-Encoding", "gzip"),
            ),
        };
        let reply = Reply::read(request.send().await.unwrap()).await;
        let tell =
            || format!("{} with {what} (seed {}): {} {}", route.name, seed(), reply.status, reply.text());
        assert!(
            matches!(reply.status, 200 | 206 | 400 | 401 | 403 | 404 | 405 | 409 | 416 | 422),
            "{}",
            tell()
        );
        if reply.status < 300 {
            since = moment(&account).await;
        } else {
            let changes = account.rpc("files/list_folder/continue", json!({"cursor": since})).await.ok();
            assert_eq!(changes["entries"], json!([]), "{}", tell());
        }
    }
}

#[tokio::test]
async fn conversations_that_are_hardly_http_end_and_others_go_on() {
    let account = Account::new().await;
    account.put("/a.txt", b"text").await;
    let mut random = Rng::with_seed(seed());
    let body = r#"{"path": "/from a strange request"}"#;
    let request = format!(
        "POST /2/files/get_metadata HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    for _ in 0..rounds(CONVERSATIONS) {
        let bytes = match random.u8(..6) {
            0 => (0..random.usize(..2_000)).map(|_| random.u8(..)).collect(),
            1 => {
                let frames = (0..random.usize(..500)).map(|_| random.u8(..));
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".iter().copied().chain(frames).collect()
            }
            2 => format!("GET /{} HTTP/1.1\r\n", "x".repeat(random.usize(..3_000_000))).into_bytes(),
            3 => {
                let lengths = ["-1", "99999999999999999999", "1e3", "0x10", "3, 4"];
                let chunks = [
                    "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
                    "Transfer-Encoding: x\r\n\r\n",
                ];
                let length = format!("Content-Length: {}\r\n\r\nabc", random.choice(lengths).unwrap());
                let rest = *random.choice(&[length.as_str(), chunks[0], chunks[1]]).unwrap();
                format!("POST /2/files/list_folder HTTP/1.1\r\nHost: x\r\n{rest}").into_bytes()
            }
            _ => damage(&mut random, request.clone().into_bytes()),
        };
        let talk = async {
            let mut stream = TcpStream::connect(account.server.address()).await.unwrap();
            // The other side may have had enough already.
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer).await;
            answer
        };
        let answer = tokio::time::timeout(Duration::from_mins(1), talk).await;
        let shown = String::from_utf8_lossy(&bytes).chars().take(300).collect::<String>();
        let answer = answer.unwrap_or_else(|_| panic!("no end to {shown} (seed {})", seed()));
        assert!(!answer.starts_with(b"HTTP/1.1 5"), "{shown}: {}", String::from_utf8_lossy(&answer));
    }
    assert_eq!(account.list(json!({"path": "", "recursive": true})).await.0, ["/a.txt"]);
    assert_eq!(account.get("/a.txt").await, b"text");
}
