//! Folders, copies, moves and deletions.

use dropbox_client::MoveOptions;

use super::support::{Account, refused};

#[tokio::test]
async fn a_folder_is_made_with_its_parents() {
    // Rows: file_create_folder.path, file_create_folder ->, file_create_folder ! 400, file_create_folder ! 403
    let account = Account::new().await;
    let folder = account.client.file_create_folder(&account.path("/A/B/C/")).await.unwrap();
    assert_eq!(
        (folder.path.as_str(), folder.is_dir, folder.bytes),
        (account.path("/A/B/C").as_str(), true, 0)
    );
    assert!(folder.rev.is_none() && folder.id.is_some());
    refused(account.client.file_create_folder(&account.path("/a/b")).await, 403, "path/conflict/folder");
    account.put("/file", "x").await;
    refused(account.client.file_create_folder(&account.path("/file")).await, 403, "path/conflict/file");
    refused(account.client.file_create_folder(&account.path("/a\\b")).await, 400, "path/malformed_path");
}

#[tokio::test]
async fn a_copy_is_a_second_item() {
    // Rows: file_copy.from_path, file_copy.to_path, file_copy ->
    let account = Account::new().await;
    let original = account.put("/a/one.txt", "1").await;
    let copy =
        account.client.file_copy(&account.path("/a/one.txt"), &account.path("/b/Two.txt")).await.unwrap();
    assert_eq!(copy.path, account.path("/b/Two.txt"));
    assert_eq!(copy.content_hash, original.content_hash);
    assert_ne!(copy.id, original.id);
    let folder = account.client.file_copy(&account.path("/a"), &account.path("/c")).await.unwrap();
    assert!(folder.is_dir);
    assert_eq!(account.names("/c").await, ["one.txt"]);
    assert_eq!(account.get("/a/one.txt").await, "1");
}

#[tokio::test]
async fn copies_that_cannot_be_say_why() {
    // Rows: file_copy ! 400, file_copy ! 403, file_copy ! 404
    let account = Account::new().await;
    account.put("/a/one.txt", "1").await;
    account.put("/two.txt", "2").await;
    let copy =
        async |from: &str, to: &str| account.client.file_copy(&account.path(from), &account.path(to)).await;
    refused(copy("/two.txt", "/a/one.txt").await, 403, "to/conflict/file");
    refused(copy("/two.txt", "/a").await, 403, "to/conflict/folder");
    refused(copy("/none", "/x").await, 404, "from_lookup/not_found");
    refused(copy("/two.txt", "/x\\y").await, 400, "to/malformed_path");
    assert_eq!(copy("/a", "/a/below").await.unwrap_err().legacy_status(), Some(403));
}

#[tokio::test]
async fn a_copy_beyond_the_quota_is_refused() {
    // Rows: file_copy ! 503, file_move ! 503
    let account = Account::with(|config| config.quota_bytes = 10).await;
    account.put("/a.txt", "1234567").await;
    let error = account.client.file_copy("/a.txt", "/b.txt").await.unwrap_err();
    assert_eq!(error.legacy_status(), Some(503), "{error}");
    account.client.file_move("/a.txt", "/b.txt", &MoveOptions::default()).await.unwrap();
}

#[tokio::test]
async fn a_move_keeps_the_identity() {
    // Rows: file_move.from_path, file_move ->
    let account = Account::new().await;
    let before = account.put("/a/one.txt", "1").await;
    let after = account
        .client
        .file_move(&account.path("/a/one.txt"), &account.path("/b/Two.txt"), &MoveOptions::default())
        .await
        .unwrap();
    assert_eq!((after.id, after.path), (before.id, account.path("/b/Two.txt")));
    refused(account.client.get_file(&account.path("/a/one.txt"), None).await, 404, "path/not_found");
}

#[tokio::test]
async fn a_taken_target_leads_to_another_name_unless_that_is_not_wanted() {
    // Row: file_move.to_path
    let account = Account::new().await;
    account.put("/one.txt", "1").await;
    account.put("/two.txt", "2").await;
    let (from, to) = (account.path("/one.txt"), account.path("/two.txt"));
    let strict = MoveOptions::default().with_autorename(false);
    refused(account.client.file_move(&from, &to, &strict).await, 403, "to/conflict/file");
    let moved = account.client.file_move(&from, &to, &MoveOptions::default()).await.unwrap();
    assert_eq!(moved.name(), "two (1).txt");
    assert_eq!(account.get("/two.txt").await, "2");
}

#[tokio::test]
async fn a_renaming_can_change_the_case_alone() {
    // Rows: file_move.to_path, global.case
    let account = Account::new().await;
    let before = account.put("/folder/readme.txt", "x").await;
    let renamed = account
        .client
        .file_move(
            &account.path("/folder/readme.txt"),
            &account.path("/folder/README.txt"),
            &MoveOptions::default(),
        )
        .await
        .unwrap();
    assert_eq!((renamed.name(), &renamed.id), ("README.txt", &before.id));
    account
        .client
        .file_move(
            &account.path("/folder"),
            &account.path("/Folder"),
            &MoveOptions::default().with_autorename(false),
        )
        .await
        .unwrap();
    assert_eq!(account.names("").await, ["Folder"]);
    assert_eq!(account.names("/Folder").await, ["README.txt"]);
    refused(
        account
            .client
            .file_move(&account.path("/none"), &account.path("/None"), &MoveOptions::default())
            .await,
        404,
        "from_lookup/not_found",
    );
}

#[tokio::test]
async fn moves_that_cannot_be_say_why() {
    // Rows: file_move ! 400, file_move ! 404
    let account = Account::new().await;
    account.put("/a/one.txt", "1").await;
    let relocate = async |from: &str, to: &str| {
        account.client.file_move(&account.path(from), &account.path(to), &MoveOptions::default()).await
    };
    refused(relocate("/none", "/x").await, 404, "from_lookup/not_found");
    refused(relocate("/a", "/x\\y").await, 400, "to/malformed_path");
    assert_eq!(relocate("/a", "/a/b").await.unwrap_err().legacy_status(), Some(403));
    assert_eq!(account.names("/a").await, ["one.txt"]);
}

#[tokio::test]
async fn a_deletion_tells_what_was_there() {
    // Rows: file_delete.path, file_delete ->, file_delete ! 400, file_delete ! 404
    let account = Account::new().await;
    let file = account.put("/a/one.txt", "12345").await;
    let deleted = account.client.file_delete(&account.path("/A/ONE.txt")).await.unwrap();
    assert_eq!((deleted.is_deleted, deleted.bytes, deleted.rev), (true, 5, file.rev));
    account.put("/a/b/two.txt", "2").await;
    let folder = account.client.file_delete(&account.path("/a")).await.unwrap();
    assert!(folder.is_dir && folder.is_deleted);
    refused(account.client.get_file(&account.path("/a/b/two.txt"), None).await, 404, "path/not_found");
    refused(account.client.file_delete(&account.path("/a")).await, 404, "path_lookup/not_found");
    let malformed = account.client.file_delete(&account.path("/x\\y")).await.unwrap_err();
    assert!(matches!(malformed.legacy_status(), Some(400 | 404)), "{malformed}");
}
