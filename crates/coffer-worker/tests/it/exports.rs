//! Documents that can't be downloaded as they are: some are exported, the others are named.

use super::downloads::{downloads, order, report};
use super::proxy::{Proxy, Twist};
use coffer_model::entry::ContentAccess;
use coffer_model::file_kind::extension;
use coffer_model::message::Job;
use coffer_model::{OnExisting, ProblemKind, Receipt};
use coffer_testing::house::House;
use std::fs;

const EXPORTED: &[u8] = b"# Plan";

/// The account's `.paper` files become documents that the service exports, and its `.web` files such as it does not.
fn documents(list: &[u8]) -> Vec<u8> {
    let mut list: serde_json::Value = serde_json::from_slice(list).unwrap();
    for entry in list["entries"].as_array_mut().unwrap() {
        let name = entry["name"].as_str().unwrap().to_owned();
        if matches!(extension(&name), "paper" | "web") {
            entry["is_downloadable"] = false.into();
            entry.as_object_mut().unwrap().remove("content_hash");
        }
        if extension(&name) == "paper" {
            entry["export_info"] = serde_json::json!({ "export_as": "markdown" });
        }
    }
    serde_json::to_vec(&list).unwrap()
}

fn export() -> Twist {
    let file = r#"{"name":"Plan.paper","id":"id:a","client_modified":"2026-05-01T10:00:00Z",
        "server_modified":"2026-05-01T10:00:00Z","rev":"0123456789","size":1}"#
        .replace('\n', "");
    let hash = dropbox_protocol::content_hash(EXPORTED);
    let result = format!(
        r#"{{"export_metadata":{{"name":"Plan.md","size":{},"export_hash":"{hash}"}},"file_metadata":{file}}}"#,
        EXPORTED.len()
    );
    Twist::Content(result, EXPORTED)
}

#[test]
fn documents_of_the_web_are_exported_where_that_is_possible_and_named_elsewhere() {
    let mut house = House::new();
    for name in ["Plan.paper", "Board.web", "a.txt"] {
        house.put(&format!("/Docs/{name}"), "what nobody gets");
    }
    let folder = downloads(&house);
    let entry = house.entry("/Docs");
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "files/list_folder" => Twist::Change(|list| documents(&list)),
        "files/export" => export(),
        _ => Twist::Pass,
    });
    let entries = [entry.clone()];
    let dry_run = Job::PlanDownload {
        entries: entries.to_vec(),
        folder: folder.clone(),
        name: None,
        existing: OnExisting::SkipIdentical,
    };
    let Receipt::DownloadPlanned(plan) = house.run(dry_run).receipt() else { panic!("it is planned") };
    assert_eq!((plan.files.len(), plan.failed[0].kind), (2, ProblemKind::NotDownloadable));
    let told = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert_eq!(told.failed, plan.failed, "the dry run says what then happens");
    assert_eq!(told.failed[0].path.as_ref().unwrap().as_str(), "/Docs/Board.web");
    assert_eq!(fs::read(folder.join("Docs/Plan.paper.md")).unwrap(), EXPORTED);
    assert_eq!(fs::read_dir(folder.join("Docs")).unwrap().count(), 2);
    // Again: it is exported, found to be the same, and left.
    let again = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert_eq!(again.failed, told.failed);
    assert_eq!(fs::read_dir(folder.join("Docs")).unwrap().count(), 2);
    // What was changed here is not overwritten.
    fs::write(folder.join("Docs/Plan.paper.md"), "mine").unwrap();
    let third = report(house.run(order(&entries, &folder, OnExisting::SkipIdentical)));
    assert!(third.failed.iter().any(|problem| problem.kind == ProblemKind::LocalNameTaken), "{third:?}");
    assert_eq!(fs::read(folder.join("Docs/Plan.paper.md")).unwrap(), b"mine");
    let listed = house.list("/Docs");
    let access = |name: &str| {
        let entry = listed.entries.iter().find(|entry| entry.name() == name).unwrap();
        entry.file().unwrap().access.clone()
    };
    assert_eq!(access("Plan.paper"), ContentAccess::Export("markdown".into()));
    assert_eq!((access("Board.web"), access("a.txt")), (ContentAccess::WebOnly, ContentAccess::Download));
}
