//! Requests that chance has spoiled, thousands of them, to every route: each gets an answer that is documented, and
//! one that is refused has changed nothing.
//!
//! `COFFER_FUZZ_ROUNDS=20` makes twenty times as many, `COFFER_FUZZ_SEED` others.

mod account;
mod damage;

use super::support::{Account, JsonBody as _, Reply, TOKEN};
use account::{filled, moment, refill, settled, state};
use damage::{damage, exchange};
use dropbox_protocol::{Auth, RouteInfo, Style, routes};
use fastrand::Rng;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
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
