//! Everybody on the computer can connect. Whoever has no token can neither fill the memory of the server nor keep its
//! owner out.

use super::support::{Account, JsonBody as _, Reply, TOKEN};
use dropbox_protocol::{Auth, Style, routes};
use reqwest::Method;
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// More than the server keeps of strangers at a time.
const MANY: usize = 400;

/// Sends these bytes on a new connection, and nothing more.
fn connect(account: &Account, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(account.server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(bytes).unwrap();
    stream
}

fn call_of_the_owner() -> Vec<u8> {
    format!(
        "POST /2/check/user HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n\
         Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
    )
    .into_bytes()
}

fn status_line(mut stream: &TcpStream) -> String {
    let mut start = [0; 15];
    stream.read_exact(&mut start).unwrap();
    String::from_utf8_lossy(&start).into_owned()
}

#[tokio::test]
async fn what_needs_no_token_takes_a_short_body_only() {
    let account = Account::new().await;
    let long = json!({"query": "x".repeat(100_000), "cursor": "x", "timeout": 30});
    let mut seen = 0;
    for route in routes().filter(|route| route.style == Style::Rpc) {
        let call = account.request(Method::POST, &format!("/2/{}", route.name));
        let call = match route.auth {
            Auth::None => call,
            Auth::App | Auth::AppOrUser => call.basic_auth("any", Some("app")),
            Auth::User => continue,
        };
        let refused = Reply::read(call.json(&long).send().await.unwrap()).await;
        assert_eq!(refused.status, 400, "{}", route.name);
        assert!(refused.text().contains("too long"), "{}: {}", route.name, refused.text());
        seen += 1;
    }
    assert!(seen >= 3, "{seen} routes");
    // The owner may send a list of many items, but not one item that is as long.
    let paths: Vec<_> = (0..20_000).map(|number| json!({"path": format!("/{number:0100}")})).collect();
    let many = account.rpc("files/delete_batch", json!({"entries": paths})).await;
    assert!(!many.text().contains("too long"), "{}", many.text());
    let one = account.rpc("files/get_metadata", json!({"path": format!("/{}", "x".repeat(2_000_000))})).await;
    assert!(one.text().contains("too long"), "{}", one.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_never_finish_a_request_leave_room_for_the_owner() {
    let account = Account::new().await;
    let owner = connect(&account, &call_of_the_owner());
    assert_eq!(status_line(&owner), "HTTP/1.1 200 OK");
    let starts: [&[u8]; 4] = [
        b"",
        b"POST /2/check/user HTTP/1.1\r\nHost:",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST /2/files/list_folder/longpoll HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
          Content-Length: 1000\r\n\r\n{",
    ];
    let strangers: Vec<TcpStream> =
        (0..MANY).map(|number| connect(&account, starts[number % starts.len()])).collect();
    // A new connection of the owner is served, and the old one is still open.
    assert_eq!(status_line(&connect(&account, &call_of_the_owner())), "HTTP/1.1 200 OK");
    let mut old = &owner;
    old.write_all(&call_of_the_owner()).unwrap();
    let mut reply: Vec<u8> = Vec::new();
    while !reply.windows(15).any(|bytes| bytes == b"HTTP/1.1 200 OK") {
        let mut bytes = [0; 1000];
        let length = old.read(&mut bytes).unwrap();
        assert!(length > 0, "the owner’s connection was closed");
        reply.extend(&bytes[..length]);
    }
    // The strangers that came first had to go.
    for mut stranger in strangers.iter().take(100) {
        let mut bytes = [0; 100];
        // Closed, perhaps after the first frame of HTTP/2.
        while stranger.read(&mut bytes).unwrap_or(0) > 0 {}
    }
}
