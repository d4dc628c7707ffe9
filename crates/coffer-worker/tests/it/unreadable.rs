//! Replies that can't be read, or not wholly: they cost the smallest thing, and are told as what they are.

use super::proxy::{Proxy, Twist};
use coffer_model::message::{Job, Update};
use coffer_model::{ProblemKind, Recovery, RemotePath, Sort};
use coffer_testing::house::{House, names};
use std::fs;

/// The replies of a route are changed so.
fn answering(route: &'static str, change: fn(Vec<u8>) -> Vec<u8>) -> House {
    let mut house = House::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        house.put(&format!("/Trip/{name}"), name);
    }
    let proxy = Proxy::between(&mut house);
    proxy.twist(move |call| if call.route == route { Twist::Change(change) } else { Twist::Pass });
    proxy.restart_worker(&mut house);
    house
}

fn replaced(reply: Vec<u8>, text: &str, by: &str) -> Vec<u8> {
    let reply = String::from_utf8(reply).unwrap();
    assert!(reply.contains(text), "{text} in {reply}");
    reply.replacen(text, by, 1).into()
}

#[test]
fn one_entry_of_a_folder_that_cannot_be_read_costs_no_other() {
    let check = |change, expected: &[&str]| {
        let mut house = answering("files/list_folder", change);
        let listing = house.list("/Trip");
        assert_eq!((names(&listing).as_slice(), listing.unreadable), (expected, 3 - expected.len()));
    };
    let others = &["b.txt", "c.txt"];
    check(|page| replaced(page, r#"{".tag":"file""#, r#"{".tag":"wormhole""#), others);
    check(|page| replaced(page, r#""size":5"#, r#""size":-1"#), others);
    check(|page| replaced(page, r#""id":"#, r#""no_id":"#), others);
    check(
        |page| replaced(page, r#""content_hash":"#, r#""content_hash":7,"no_hash":"#),
        &["a.txt", "b.txt", "c.txt"],
    );
    let no_date = |page: Vec<u8>| {
        let field = r#""client_modified":""#;
        let text = String::from_utf8(page.clone()).unwrap();
        let begin = text.find(field).unwrap() + field.len();
        replaced(page, &text[begin..begin + 20], "9999-12-31T23:59:59Z")
    };
    check(no_date, &["a.txt", "b.txt", "c.txt"]);
}

#[test]
fn an_item_that_can_be_read_again_no_longer_counts() {
    let mut house =
        answering("files/list_folder", |page| replaced(page, r#"{".tag":"file""#, r#"{".tag":"wormhole""#));
    assert_eq!(house.list("/Trip").unreadable, 1);
    // What has changed since comes by another route, and can be read.
    house.put("/Trip/a.txt", "a new version");
    let listing = house.list("/Trip");
    assert_eq!((names(&listing), listing.unreadable), (vec!["a.txt", "b.txt", "c.txt"], 0));
}

#[test]
fn a_search_hit_of_an_unknown_kind_costs_no_other() {
    let mut house = House::closed(|_| {}, false);
    // Where no index can be kept, only the service answers.
    let indexes = house.local("coffer/cache/index");
    fs::create_dir_all(indexes.parent().unwrap()).unwrap();
    fs::write(&indexes, "in the way").unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        house.put(&format!("/Trip/{name}"), name);
    }
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "files/search_v2" => {
            Twist::Change(|page| replaced(page, r#"{".tag":"file""#, r#"{".tag":"wormhole""#))
        }
        _ => Twist::Pass,
    });
    let ended = house.run(Job::Search { query: "txt".into(), below: RemotePath::root(), sort: None });
    let listing = ended.listings().last().unwrap().clone();
    assert_eq!((listing.entries.len(), listing.unreadable), (2, 1));
}

#[test]
fn a_page_that_cannot_be_read_is_no_outage() {
    for page in ["{}", "[]", r#"{"entries": 7, "cursor": "c", "has_more": false}"#, "nonsense"] {
        let mut house = House::new();
        let proxy = Proxy::between(&mut house);
        proxy.twist(move |call| match call.route.as_str() {
            "files/list_folder" => Twist::Answer(200, page.into()),
            _ => Twist::Pass,
        });
        let problem = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() }).problem();
        assert_eq!((problem.kind, problem.recovery()), (ProblemKind::UnreadableReply, Recovery::Retry));
        assert_eq!(problem.detail, "Dropbox answered in a way that Coffer can’t read. The log says more.");
        assert!(problem.source.unwrap().contains("files/list_folder"));
    }
}

#[test]
fn an_account_of_an_unknown_type_is_opened() {
    let mut house = answering("users/get_current_account", |account| {
        replaced(account, r#""account_type":{".tag":""#, r#""account_type":{".tag":"very_"#)
    });
    let session = house.session;
    house.wait_for(session, |update| matches!(update, Update::Account(_)).then_some(()));
    let mut house = answering("users/get_space_usage", |space| replaced(space, "individual", "endless"));
    let session = house.session;
    let account = house.wait_for(session, |update| match update {
        Update::Account(account) => Some(account.clone()),
        _ => None,
    });
    assert_eq!(account.allocated_bytes, 0);
}

#[test]
fn an_account_that_cannot_be_read_is_told() {
    let mut house = answering("users/get_current_account", |_| b"{}".to_vec());
    let session = house.session;
    let problem = house.wait_for(session, |update| match update {
        Update::Outage(problem) => problem.clone(),
        _ => None,
    });
    assert_eq!(problem.kind, ProblemKind::UnreadableReply);
}
