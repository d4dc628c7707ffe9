//! Many at once: nobody waits for ever, nothing is lost, no two get the same.

use super::support::Account;
use futures_util::future::join_all;
use serde_json::json;
use std::collections::HashSet;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_uploads_to_one_name_get_a_hundred_names() {
    let account = Account::new().await;
    let uploads = (0..100).map(|number| {
        let argument = json!({"path": "/photo.jpg", "autorename": true});
        account.upload("files/upload", argument, format!("picture {number}"))
    });
    let names: HashSet<String> = join_all(uploads)
        .await
        .into_iter()
        .map(|reply| reply.ok()["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 100);
    assert!(names.contains("photo.jpg"));
    let space = account.rpc("users/get_space_usage", json!(null)).await.ok();
    assert_eq!(space["used"], (0..100).map(|number| format!("picture {number}").len()).sum::<usize>());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_content_may_come_from_all_sides() {
    let account = Account::new().await;
    let content = vec![7; 300_000];
    let uploads = (0..20).map(|number| {
        account.upload("files/upload", json!({"path": format!("/{number}.bin")}), content.clone())
    });
    for reply in join_all(uploads).await {
        reply.ok();
    }
    for number in 0..20 {
        assert_eq!(account.get(&format!("/{number}.bin")).await, content);
    }
    let blobs = walk(&account.vault.path().join("vault/blobs"));
    assert_eq!(blobs, 1);
}

fn walk(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|item| {
            let path = item.unwrap().path();
            if path.is_dir() { walk(&path) } else { 1 }
        })
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_update_one_revision_one_succeeds() {
    let account = Account::new().await;
    let rev = account.put("/a.txt", b"start").await["rev"].clone();
    let updates = (0..30).map(|number| {
        let argument = json!({"path": "/a.txt", "mode": {".tag": "update", "update": rev}});
        account.upload("files/upload", argument, format!("update {number}"))
    });
    let replies = join_all(updates).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    assert!(replies.iter().all(|reply| matches!(reply.status, 200 | 409)));
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_goes_on_while_much_is_written() {
    let account = Account::new().await;
    let writes =
        join_all((0..60).map(|number| {
            account.upload("files/upload", json!({"path": format!("/dir/{number}.txt")}), "text")
        }));
    let reads = async {
        for _ in 0..30 {
            let (paths, _) = account.list(json!({"path": "", "recursive": true})).await;
            // Each listing is one consistent state: files come after their folder.
            assert!(paths.is_empty() || paths[0] == "/dir");
        }
    };
    let (written, ()) = tokio::join!(writes, reads);
    for reply in written {
        reply.ok();
    }
    assert_eq!(account.list(json!({"path": "/dir"})).await.0.len(), 60);
}
