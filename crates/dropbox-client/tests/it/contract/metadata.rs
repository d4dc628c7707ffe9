//! The metadata of files and folders, with their contents.

use dropbox_client::{
    ApiError, ClientOptions, DropboxClient, Metadata, MetadataOptions, PutOptions, Root, Tokens,
};

use super::support::{Account, refused};

fn defaults() -> MetadataOptions {
    MetadataOptions::default()
}

#[tokio::test]
async fn a_folder_is_told_with_its_contents() {
    // Rows: metadata.path, metadata.list, metadata ->
    let account = Account::new().await;
    account.put("/Folder/b.txt", "22").await;
    account.put("/Folder/Sub/deep.txt", "1").await;
    let folder = account.client.metadata(&account.path("/folder/"), &defaults()).await.unwrap();
    assert_eq!((folder.path.as_str(), folder.is_dir), (account.path("/Folder").as_str(), true));
    assert!(folder.hash.is_some());
    let mut contents: Vec<_> = folder
        .contents
        .unwrap()
        .iter()
        .map(|item| (item.name().to_owned(), item.is_dir, item.bytes))
        .collect();
    contents.sort();
    assert_eq!(contents, [("Sub".to_owned(), true, 0), ("b.txt".to_owned(), false, 2)]);

    let alone = defaults().with_list(false);
    let folder = account.client.metadata(&account.path("/folder"), &alone).await.unwrap();
    assert!(folder.is_dir && folder.contents.is_none() && folder.hash.is_none());
}

#[tokio::test]
async fn the_root_has_metadata_too() {
    // Rows: metadata.path, global.paths
    let account = Account::with(|_| {}).await;
    account.put("/a.txt", "1").await;
    for path in ["/", "", "//"] {
        let root = account.client.metadata(path, &defaults()).await.unwrap();
        assert_eq!((root.path.as_str(), root.is_dir, root.bytes), ("/", true, 0));
        assert_eq!(root.contents.unwrap().len(), 1);
        let alone = account.client.metadata(path, &defaults().with_list(false)).await.unwrap();
        assert_eq!((alone.path.as_str(), alone.contents), ("/", None));
    }
}

#[tokio::test]
async fn a_file_has_no_contents() {
    // Row: metadata.path
    let account = Account::new().await;
    let file = account.put("/a.txt", "1").await;
    assert_eq!(account.client.metadata(&account.path("/A.txt"), &defaults()).await.unwrap(), file);
}

#[tokio::test]
async fn more_entries_than_wanted_are_an_error() {
    // Rows: metadata.file_limit, metadata ! 406
    let account = Account::new().await;
    for index in 0..5 {
        account.put(&format!("/{index}.txt"), "x").await;
    }
    let limit = |file_limit| defaults().with_file_limit(file_limit);
    let folder = account.client.metadata(&account.path(""), &limit(5)).await.unwrap();
    assert_eq!(folder.contents.unwrap().len(), 5);
    let error = account.client.metadata(&account.path(""), &limit(4)).await.unwrap_err();
    assert!(matches!(error, ApiError::TooManyEntries { file_limit: 4 }));
    assert_eq!(error.legacy_status(), Some(406));
    assert_eq!(defaults().file_limit, 25_000);
}

#[tokio::test]
async fn an_unchanged_folder_is_not_told_again() {
    // Rows: metadata.hash, metadata ! 304
    let account = Account::new().await;
    account.put("/a.txt", "1").await;
    let with = |hash: &str| defaults().with_hash(hash.to_owned());
    let path = account.path("");
    let mut hash = account.client.metadata(&path, &defaults()).await.unwrap().hash.unwrap();
    for _ in 0..2 {
        let error = account.client.metadata(&path, &with(&hash)).await.unwrap_err();
        assert_eq!(error.legacy_status(), Some(304));
        let ApiError::NotModified { hash: next } = error else { panic!("{error:?}") };
        hash = next;
    }
    account.put("/b.txt", "2").await;
    let changed = account.client.metadata(&path, &with(&hash)).await.unwrap();
    assert_eq!(changed.contents.unwrap().len(), 2);

    account.put("/sub/c.txt", "3").await;
    for foreign in
        [account.client.metadata(&account.path("/sub"), &defaults()).await.unwrap().hash.unwrap(), "x".into()]
    {
        assert!(
            account.client.metadata(&path, &with(&foreign)).await.is_ok(),
            "a hash of something else is ignored"
        );
    }
}

#[tokio::test]
async fn an_earlier_revision_has_its_own_metadata() {
    // Row: metadata.rev
    let account = Account::new().await;
    let first = account.put("/a.txt", "1").await;
    account.put("/a.txt", "22").await;
    account.put("/b.txt", "3").await;
    let at = |rev: &str| defaults().with_rev(rev.to_owned());
    let rev = first.rev.clone().unwrap();
    let metadata = account.client.metadata(&account.path("/a.txt"), &at(&rev)).await.unwrap();
    assert_eq!((metadata.rev, metadata.bytes), (first.rev, 1));
    let error = account.client.metadata(&account.path("/b.txt"), &at(&rev)).await.unwrap_err();
    assert_eq!(error.legacy_status(), Some(404));
}

#[tokio::test]
async fn deleted_items_are_told_on_request() {
    // Row: metadata.include_deleted
    let account = Account::new().await;
    account.put("/folder/kept.txt", "1").await;
    account.put("/folder/gone.txt", "2").await;
    account.client.file_delete(&account.path("/folder/gone.txt")).await.unwrap();
    assert_eq!(account.names("/folder").await, ["kept.txt"]);
    let deleted_too = defaults().with_include_deleted(true);
    let folder = account.client.metadata(&account.path("/folder"), &deleted_too).await.unwrap();
    let gone: Vec<_> = folder.contents.unwrap().into_iter().filter(|item| item.is_deleted).collect();
    assert_eq!(gone.len(), 1);
    assert_eq!((gone[0].name(), &gone[0].rev), ("gone.txt", &None));
    let item = account.client.metadata(&account.path("/folder/gone.txt"), &deleted_too).await.unwrap();
    assert!(item.is_deleted && !item.is_dir);
}

#[tokio::test]
async fn what_is_not_there_or_cannot_be_is_an_error() {
    // Rows: metadata ! 400, metadata ! 404
    let account = Account::new().await;
    for list in [true, false] {
        let options = defaults().with_list(list);
        refused(account.client.metadata(&account.path("/none"), &options).await, 404, "path/not_found");
    }
    let error = account.client.metadata(&account.path("/x\\y"), &defaults()).await.unwrap_err();
    assert!(matches!(error.legacy_status(), Some(400 | 404)), "{error}");
    let no_rev = defaults().with_rev("nonsense");
    let error = account.client.metadata(&account.path("/none"), &no_rev).await.unwrap_err();
    assert_eq!(error.legacy_status(), Some(400));
}

#[tokio::test]
async fn a_hash_counts_only_for_what_it_was_made_for() {
    // Row: metadata.hash
    let account = Account::new().await;
    account.put("/a.txt", "1").await;
    let path = account.path("");
    let hash = account.client.metadata(&path, &defaults()).await.unwrap().hash.unwrap();
    let deleted_too = defaults().with_hash(hash).with_include_deleted(true);
    let folder = account.client.metadata(&path, &deleted_too).await.unwrap();
    assert_eq!(folder.contents.unwrap().len(), 1);
}

#[tokio::test]
async fn metadata_tells_what_paths_are_relative_to() {
    // Row: dictionary root
    let account = Account::with(|_| {}).await;
    let options = ClientOptions::default()
        .with_root(Root::AppFolder)
        .with_rest_client(account.client.rest_client().clone());
    let client = DropboxClient::new(account.client.tokens(), options).unwrap();
    let file = client.put_file("/a.txt", "1", &PutOptions::default()).await.unwrap();
    assert_eq!(file.to_dictionary()["root"], "app_folder");
    let folder = client.metadata("/", &defaults()).await.unwrap().to_dictionary();
    assert_eq!(
        (&folder["root"], &folder["contents"][0]["root"]),
        (&"app_folder".into(), &"app_folder".into())
    );
    let found = account.client.metadata("/a.txt", &defaults()).await.unwrap();
    assert_eq!(found.to_dictionary()["root"], "dropbox");
}

#[tokio::test]
async fn metadata_can_be_stored_and_read_again() {
    let account = Account::new().await;
    account.put("/a.txt", "1").await;
    let folder = account.client.metadata(&account.path("/"), &defaults()).await.unwrap();
    let stored = serde_json::to_string(&folder).unwrap();
    assert_eq!(serde_json::from_str::<Metadata>(&stored).unwrap(), folder);
    let tokens = account.client.tokens();
    let stored = serde_json::to_string(&tokens).unwrap();
    assert!(stored.contains(tokens.access_token.reveal()));
    assert_eq!(serde_json::from_str::<Tokens>(&stored).unwrap(), tokens);
}
