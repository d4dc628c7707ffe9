//! The names of those who have changed something in shared folders.

use super::proxy::{Proxy, Twist};
use coffer_model::message::Job;
use coffer_model::{Receipt, RemotePath, Update};
use coffer_testing::house::House;
use serde_json::{Value, json};
use std::io::Cursor;

const ADA: &str = "dbid:ada";
const NOBODY: &str = "dbid:nobody";

/// The names of the files that have changed, each with who made the change.
fn makers(house: &mut House) -> Vec<(String, Option<String>)> {
    let job = Job::ListChanges { below: RemotePath::root(), since: None, most: 10, most_of_a_kind: 10 };
    let Receipt::Changes(changes) = house.run(job).receipt() else { panic!("it lists changes") };
    let mut makers: Vec<_> = changes
        .iter()
        .map(|change| (change.path.name().to_owned(), change.modified_by_name.clone()))
        .collect();
    makers.sort();
    makers
}

/// As if the account were full of shared folders: what is called after Ada is hers, all else of somebody who is gone.
fn in_shared_folder(page: Vec<u8>) -> Vec<u8> {
    let mut page: Value = serde_json::from_reader(Cursor::new(page)).unwrap();
    for entry in page["entries"].as_array_mut().unwrap() {
        let is_hers = entry["name"].as_str().unwrap().starts_with("ada");
        let modified_by = if is_hers { ADA } else { NOBODY };
        entry["sharing_info"] =
            json!({ "read_only": false, "parent_shared_folder_id": "1", "modified_by": modified_by });
    }
    serde_json::to_vec(&page).unwrap()
}

fn ada() -> Value {
    let name = json!({ "given_name": "Ada", "surname": "Lovelace", "familiar_name": "Ada",
        "display_name": "Ada Lovelace", "abbreviated_name": "AL" });
    json!({ "account_id": ADA, "name": name, "email": "ada@example.org", "email_verified": true,
        "disabled": false, "is_teammate": false })
}

#[test]
fn names_are_asked_for_once_and_one_that_is_unknown_does_not_hide_the_others() {
    let mut house = House::new();
    house.put("/before.txt", "1");
    let proxy = Proxy::between(&mut house);
    house.wait_for_files(1);
    proxy.twist(|call| match (call.route.as_str(), call.number) {
        ("files/list_folder/continue", _) => Twist::Change(in_shared_folder),
        ("users/get_account_batch", 0) => {
            let error = json!({ ".tag": "no_account", "no_account": NOBODY });
            Twist::Answer(409, json!({ "error_summary": "no_account/..", "error": error }).to_string())
        }
        ("users/get_account_batch", _) => Twist::Answer(200, json!([ada()]).to_string()),
        _ => Twist::Pass,
    });
    house.put("/other.txt", "1");
    house.put("/ada 1.txt", "1");
    house.wait_for_files(3);
    house.put("/ada 2.txt", "1");
    house.wait_for_files(4);
    let name = |name: &str| name.to_owned();
    let hers = Some(name("Ada Lovelace"));
    assert_eq!(
        makers(&mut house),
        [(name("ada 1.txt"), hers.clone()), (name("ada 2.txt"), hers), (name("other.txt"), None)]
    );
    assert_eq!(proxy.calls("users/get_account_batch").len(), 2);
}

#[test]
fn changes_are_told_also_where_no_name_can_be_had() {
    let mut house = House::new();
    house.put("/before.txt", "1");
    let proxy = Proxy::between(&mut house);
    house.wait_for_files(1);
    proxy.twist(|call| match call.route.as_str() {
        "files/list_folder/continue" => Twist::Change(in_shared_folder),
        "users/get_account_batch" => Twist::Answer(403, "{}".to_owned()),
        _ => Twist::Pass,
    });
    house.put("/ada.txt", "1");
    house.wait_for_files(2);
    assert_eq!(makers(&mut house), [("ada.txt".to_owned(), None)]);
}

#[test]
fn the_versions_of_a_shared_file_say_who_made_them_and_are_told_before_the_names_are_known() {
    let mut house = House::new();
    house.put("/ada.txt", "1");
    house.put("/ada.txt", "2");
    house.put("/own.txt", "1");
    let proxy = Proxy::between(&mut house);
    house.wait_for_files(2);
    proxy.twist(|call| match call.route.as_str() {
        "files/list_revisions" if call.number > 0 => Twist::Change(in_shared_folder),
        "users/get_account_batch" => Twist::Answer(200, json!([ada()]).to_string()),
        _ => Twist::Pass,
    });
    let mut makers = |path: &str| {
        let ended = house.run(Job::Revisions { path: RemotePath::new(path) });
        let told = ended.updates.iter().filter_map(|update| match update {
            Update::Revisions { revisions, makers, .. } => Some(
                revisions
                    .iter()
                    .map(|entry| makers.get(&entry.file()?.rev).map(|maker| maker.name.clone()))
                    .collect::<Vec<_>>(),
            ),
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(makers("/own.txt"), [[None]], "nobody else has to do with it");
    let hers = Some(Some("Ada Lovelace".to_owned()));
    assert_eq!(makers("/ada.txt"), [vec![Some(None), Some(None)], vec![hers.clone(), hers.clone()]]);
    assert_eq!(makers("/ada.txt")[1], [hers.clone(), hers], "the name is kept");
    assert_eq!(proxy.calls("users/get_account_batch").len(), 1);
}
