//! Commands that only look: `ls`, `search`, `account`.

use super::support::{Desk, Run};
use coffer_server::faults::Fault;
use coffer_testing::http_server::serve_http;
use serde_json::json;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.house.put("/Photos/2026/fjord.jpg", "fjord");
    desk.house.put("/Photos/boat.jpg", "boat");
    desk.house.put("/note.txt", "a note");
    desk
}

#[test]
fn a_folder_is_listed_by_any_spelling_of_its_path() {
    let desk = desk();
    assert_eq!(desk.run(&["ls"]).ok().lines(), ["Photos/", "note.txt"]);
    assert_eq!(desk.run(&["ls", "/"]).ok().lines(), ["Photos/", "note.txt"]);
    for path in ["Photos", "/Photos", "/photos/", "./Photos"] {
        assert_eq!(desk.run(&["ls", path]).ok().lines(), ["2026/", "boat.jpg"], "{path}");
    }
    assert_eq!(desk.run(&["ls", "note.txt"]).ok().lines(), ["/note.txt"]);
    let gone = desk.run(&["ls", "/gone"]).ended(4);
    assert!(gone.err.contains("/gone does not exist"), "{gone:?}");
    desk.run(&["ls", "/gone", "/Photos"]).ended(7);
    desk.run(&["ls", "/gone", "/gone too"]).ended(4);
}

#[test]
fn everything_below_is_listed_with_whole_paths() {
    let desk = desk();
    assert_eq!(
        desk.run(&["ls", "-R", "Photos"]).ok().lines(),
        ["/Photos/2026/", "/Photos/2026/fjord.jpg", "/Photos/boat.jpg"]
    );
    assert_eq!(desk.run(&["ls", "-R"]).ok().lines().len(), 5);
    desk.run(&["ls", "-R", "/gone"]).ended(4);
}

#[test]
fn what_was_deleted_is_listed_until_it_is_back() {
    let desk = desk();
    desk.run(&["rm", "-r", "Photos/2026", "note.txt"]).ok();
    assert_eq!(desk.run(&["ls", "--deleted"]).ok().lines(), ["/note.txt"]);
    assert_eq!(desk.run(&["ls", "--deleted", "Photos"]).ok().lines(), ["/Photos/2026/"]);
    assert_eq!(
        desk.run(&["ls", "--deleted", "-R"]).ok().lines(),
        ["/note.txt", "/Photos/2026/", "/Photos/2026/fjord.jpg"]
    );
    desk.run(&["restore", "note.txt"]).ok();
    assert_eq!(desk.run(&["ls", "--deleted"]).ok().out, "");
}

#[test]
fn a_network_that_wants_a_sign_in_is_told() {
    let desk = desk();
    desk.house.faults().add(Fault::status("*", 511, 1000));
    for args in [vec!["ls"], vec!["account"], vec!["mkdir", "/New"]] {
        let run = desk.run(&args).ended(6);
        assert!(run.err.contains("This network asks you to sign in first."), "{run:?}");
    }
}

#[test]
fn the_fields_of_an_item_are_these() {
    let desk = desk();
    let told = desk.run(&["ls", "--json"]).ok().json();
    assert_eq!(told["failed"], json!([]));
    let entries = told["entries"].as_array().unwrap();
    let note = desk.house.entry("/note.txt");
    let file = note.file().unwrap();
    assert_eq!(
        entries[1],
        json!({
            "type": "file",
            "path": "/note.txt",
            "name": "note.txt",
            "id": &*file.id,
            "rev": &*file.rev.0,
            "bytes": 6,
            "modified": file.client_modified.to_string(),
            "server_modified": file.server_modified.to_string(),
            "content_hash": file.content_hash.as_deref(),
            "is_downloadable": true,
            "export_as": null,
        })
    );
    assert_eq!(entries[0]["type"], "folder");
    assert_eq!(entries[0]["bytes"], json!(null));
    let told = desk.run(&["ls", "--json", "/gone"]).ended(4).json();
    let error = told["error"].as_object().unwrap();
    assert_eq!(error.keys().collect::<Vec<_>>(), ["code", "detail", "path", "title"]);
}

#[test]
fn a_search_finds_names() {
    let desk = desk();
    assert_eq!(desk.run(&["search", "fjord"]).ok().lines(), ["/Photos/2026/fjord.jpg"]);
    assert_eq!(desk.run(&["search", "fjord", "--in", "/Photos/2026"]).ok().lines().len(), 1);
    assert_eq!(desk.run(&["search", "nothing-like-it"]).ok().out, "");
    desk.run(&["search", "fjord", "--in", "/gone"]).ended(4);
    let told = desk.run(&["search", "--json", "boat"]).ok().json();
    assert_eq!(told["entries"][0]["path"], "/Photos/boat.jpg");
}

#[test]
fn the_account_tells_who_and_how_full() {
    let desk = desk();
    let told = desk.run(&["account", "--json"]).ok().json();
    assert_eq!(told["embedded"], false);
    assert_eq!(told["used_bytes"], 15);
    assert!(told["allocated_bytes"].as_u64().unwrap() > 1_000_000);
    assert!(told["email"].as_str().unwrap().contains('@'));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let desk = Desk::new();
    for number in 0..40 {
        desk.house.put(&format!("/{}{number}", "a long name ".repeat(15)), "x");
    }
    let mut child =
        desk.command(&["ls", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn items_that_cannot_be_read_are_counted_beside_the_list() {
    let desk = Desk::new();
    let listener = desk.house.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // A service of the future, which has a kind of items that this program does not know.
    let page = r#"{"entries": [{".tag": "wormhole", "name": "w", "path_lower": "/w"},
        {".tag": "folder", "name": "Docs", "id": "id:d", "path_lower": "/docs", "path_display": "/Docs"}],
        "cursor": "c", "has_more": false}"#;
    desk.house.runtime.spawn(serve_http(listener, move |_| async move {
        http::Response::builder()
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(http_body_util::Full::new(bytes::Bytes::from_static(page.as_bytes())))
            .unwrap()
    }));
    let run =
        |args: &[&str]| Run::from(desk.command(args).env("COFFER_API_URL", &url).output().unwrap()).ok();
    let listed = run(&["ls"]);
    assert_eq!((listed.lines(), listed.err.as_str()), (vec!["Docs/"], "coffer: 1 item could not be read\n"));
    assert_eq!(run(&["ls", "--json"]).json()["unreadable"], 1);
    assert_eq!(desk.run(&["ls", "--json"]).ok().json()["unreadable"], 0);
}
