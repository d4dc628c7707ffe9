//! Earlier revisions, and getting them back.

use dropbox_client::{ApiError, MoveOptions, RevisionsOptions};

use super::support::{Account, refused};

#[tokio::test]
async fn revisions_come_newest_first_and_up_to_the_limit() {
    // Rows: revisions.path, revisions.rev_limit, revisions ->
    let account = Account::new().await;
    let path = account.path("/a.txt");
    let mut revs = Vec::new();
    for index in 0..105 {
        revs.insert(0, account.put("/a.txt", format!("version {index}")).await.rev.unwrap());
    }
    let all = account.client.revisions(&path, &RevisionsOptions::default()).await.unwrap();
    let found: Vec<_> = all.entries.iter().map(|entry| entry.rev.clone().unwrap()).collect();
    assert_eq!(found, revs, "over more than one page");
    assert!(!all.is_deleted && !all.has_more && all.server_deleted.is_none());
    let some =
        account.client.revisions(&path, &RevisionsOptions::default().with_rev_limit(102)).await.unwrap();
    assert_eq!((some.entries.len(), some.has_more), (102, true));
    assert_eq!(RevisionsOptions::default().rev_limit, 1000);
}

#[tokio::test]
async fn a_deleted_file_has_revisions_and_can_be_restored() {
    // Rows: restore.path, restore.rev, restore ->
    let account = Account::new().await;
    let path = account.path("/a.txt");
    let first = account.put("/a.txt", "one").await;
    account.put("/a.txt", "two").await;
    account.client.file_delete(&path).await.unwrap();
    let revisions = account.client.revisions(&path, &RevisionsOptions::default()).await.unwrap();
    assert!(revisions.is_deleted && revisions.server_deleted.is_some());
    assert_eq!(revisions.entries.len(), 2);
    let restored = account.client.restore(&path, first.rev.as_deref().unwrap()).await.unwrap();
    assert_eq!(restored.path, first.path);
    assert_ne!(restored.rev, first.rev, "a restored file is a new revision");
    assert_eq!(account.get("/a.txt").await, "one");
}

#[tokio::test]
async fn what_has_no_revisions_says_why() {
    // Rows: revisions ! 400, revisions ! 404
    let account = Account::new().await;
    account.client.file_create_folder(&account.path("/folder")).await.unwrap();
    let revisions =
        async |path: &str| account.client.revisions(&account.path(path), &RevisionsOptions::default()).await;
    refused(revisions("/folder").await, 400, "path/not_file");
    refused(revisions("/none.txt").await, 404, "path/not_found");
}

#[tokio::test]
async fn what_cannot_be_restored_says_why() {
    // Rows: restore ! 400, restore ! 404
    let account = Account::new().await;
    let file = account.put("/a.txt", "one").await;
    account.client.file_create_folder(&account.path("/folder")).await.unwrap();
    let path = account.path("/a.txt");
    let error = account.client.restore(&path, "no rev").await.unwrap_err();
    assert_eq!(error.legacy_status(), Some(400));
    let error = account.client.restore(&path, "fffffffffffff").await.unwrap_err();
    assert!(matches!(&error, ApiError::RevisionOfAnotherPath { .. }), "{error:?}");
    assert_eq!(error.legacy_status(), Some(404));
    let rev = file.rev.unwrap();
    refused(account.client.restore(&account.path("/folder"), &rev).await, 400, "path/not_file");
    refused(account.client.restore_to(&path, "fffffffffffff").await, 404, "invalid_revision");
}

#[tokio::test]
async fn a_file_is_never_restored_to_what_another_file_was() {
    // Rows: restore.path, restore ! 404
    let account = Account::new().await;
    account.put("/mine.txt", "mine").await;
    let foreign = account.put("/foreign.txt", "foreign").await.rev.unwrap();
    let mine = account.path("/mine.txt");
    let error = account.client.restore(&mine, &foreign).await.unwrap_err();
    assert!(
        matches!(&error, ApiError::RevisionOfAnotherPath { path, rev } if *path == mine && *rev == foreign)
    );
    assert_eq!(account.get("/mine.txt").await, "mine");
    refused(account.client.restore(&account.path("/never.txt"), &foreign).await, 404, "path/not_found");
    assert_eq!(account.names("").await, ["foreign.txt", "mine.txt"]);

    account.client.restore_to(&mine, &foreign).await.unwrap();
    account.client.restore_to(&account.path("/never.txt"), &foreign).await.unwrap();
    assert_eq!(account.get("/mine.txt").await, "foreign", "who says so may");
    assert_eq!(account.get("/never.txt").await, "foreign");
}

#[tokio::test]
async fn a_folder_in_the_place_of_a_file_is_a_bad_request() {
    // Row: restore ! 400
    let account = Account::new().await;
    let path = account.path("/a");
    let rev = account.put("/a", "one").await.rev.unwrap();
    account.client.file_delete(&path).await.unwrap();
    account.client.file_create_folder(&path).await.unwrap();
    let error = account.client.restore(&path, &rev).await.unwrap_err();
    assert_eq!(error.legacy_status(), Some(400), "{error}");
}

#[tokio::test]
async fn a_revision_belongs_to_the_path_where_the_file_was() {
    // Row: restore.path
    let account = Account::new().await;
    let rev = account.put("/before.txt", "one").await.rev.unwrap();
    account.put("/before.txt", "two").await;
    let (before, after) = (account.path("/before.txt"), account.path("/after.txt"));
    account.client.file_move(&before, &after, &MoveOptions::default()).await.unwrap();
    let error = account.client.restore(&after, &rev).await.unwrap_err();
    assert!(matches!(error, ApiError::RevisionOfAnotherPath { .. }), "{error:?}");
    account.client.restore(&before, &rev).await.unwrap();
    assert_eq!(account.get("/before.txt").await, "one");
    assert_eq!(account.get("/after.txt").await, "two");
}
