//! Downloading, whole, in part, and earlier revisions.

use coffer_server::faults::{Fault, FaultKind};
use dropbox_client::{ApiError, ByteRange};
use dropbox_protocol::files::{DOWNLOAD, DownloadArg};
use futures_util::TryStreamExt;

use super::support::{Account, refused};

#[tokio::test]
async fn get_file_gives_the_bytes() {
    // Rows: get_file, get_file.from_path, get_file ->
    let account = Account::new().await;
    account.put("/Größe 😀.txt", "inhalt").await;
    let mut response = account.client.get_file(&account.path("/größe 😀.TXT"), None).await.unwrap();
    assert_eq!((response.status(), response.content_length()), (200, Some(6)));
    assert_eq!(response.read(Some(3)).await.unwrap(), "inh");
    response.close();
    assert!(matches!(response.read(None).await, Err(ApiError::AlreadyClosed)));
}

#[tokio::test]
async fn metadata_comes_with_the_bytes() {
    // Rows: get_file_and_metadata.from_path, get_file_and_metadata.rev, get_file_and_metadata ->
    let account = Account::new().await;
    let first = account.put("/a.txt", "one").await;
    let second = account.put("/a.txt", "second").await;
    let (response, metadata) =
        account.client.get_file_and_metadata(&account.path("/a.txt"), None).await.unwrap();
    assert_eq!(metadata, second);
    let pieces: Vec<_> = response.into_stream().try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"second");
    let (mut response, metadata) =
        account.client.get_file_and_metadata(&account.path("/A.TXT"), first.rev.as_deref()).await.unwrap();
    assert_eq!((metadata.rev, response.read(None).await.unwrap()), (first.rev, "one".into()));
}

#[tokio::test]
async fn a_revision_belongs_to_its_path() {
    // Row: get_file.rev
    let account = Account::new().await;
    let file = account.put("/a.txt", "one").await;
    account.put("/b.txt", "two").await;
    let rev = file.rev.as_deref();
    account.client.get_file(&account.path("/a.txt"), rev).await.unwrap();
    let error = account.client.get_file(&account.path("/b.txt"), rev).await.unwrap_err();
    assert!(matches!(error, ApiError::RevisionOfAnotherPath { .. }), "{error:?}");
    assert_eq!(error.legacy_status(), Some(404));
    for rev in ["", "../a", "xyz"] {
        let error = account.client.get_file(&account.path("/a.txt"), Some(rev)).await.unwrap_err();
        assert_eq!(error.legacy_status(), Some(400));
    }
    let unknown = account.client.get_file(&account.path("/a.txt"), Some("fffffffffffff")).await;
    refused(unknown, 404, "path/not_found");
}

#[tokio::test]
async fn what_is_no_file_cannot_be_downloaded() {
    // Rows: get_file ! 400, get_file ! 404, get_file_and_metadata ! 400, get_file_and_metadata ! 404
    let account = Account::new().await;
    account.client.file_create_folder(&account.path("/folder")).await.unwrap();
    account.put("/gone.txt", "x").await;
    account.client.file_delete(&account.path("/gone.txt")).await.unwrap();
    refused(account.client.get_file(&account.path("/folder"), None).await, 400, "path/not_file");
    refused(account.client.get_file(&account.path("/none.txt"), None).await, 404, "path/not_found");
    refused(account.client.get_file(&account.path("/gone.txt"), None).await, 404, "path/not_found");
    refused(account.client.get_file_and_metadata(&account.path("/folder"), None).await, 400, "path/not_file");
    refused(account.client.get_file_and_metadata(&account.path("/none"), None).await, 404, "path/not_found");
}

#[tokio::test]
async fn a_part_of_a_file_can_be_had() {
    let account = Account::new().await;
    account.put("/a.txt", "0123456789").await;
    let argument = DownloadArg::new(account.path("/a.txt"));
    for (range, part, header) in [
        (ByteRange::from(7..), "789", "bytes 7-9/10"),
        (ByteRange::from(2..5), "234", "bytes 2-4/10"),
        (ByteRange::Last(1), "9", "bytes 9-9/10"),
    ] {
        let mut reply = account.client.download(&DOWNLOAD, &argument, Some(range)).await.unwrap();
        assert_eq!(
            (reply.response.status(), reply.result.size),
            (206, 10),
            "the metadata is that of the whole"
        );
        assert_eq!(reply.response.header("content-range"), Some(header));
        assert_eq!(reply.response.read(None).await.unwrap(), part);
    }
    let beyond =
        account.client.download(&DOWNLOAD, &argument, Some(ByteRange::from(10..))).await.unwrap_err();
    assert_eq!(beyond.status(), Some(416));
}

#[tokio::test]
async fn a_dropped_response_does_not_harm_the_next_call() {
    // Row: RESTResponse.close
    let account = Account::new().await;
    account.put("/big.bin", "x".repeat(5_000_000)).await;
    for _ in 0..3 {
        let mut response = account.client.get_file(&account.path("/big.bin"), None).await.unwrap();
        assert_eq!(response.read(Some(1)).await.unwrap(), "x");
    }
    assert_eq!(account.get("/big.bin").await.len(), 5_000_000);
}

#[tokio::test]
async fn a_part_of_an_earlier_revision_can_be_had() {
    // Rows: get_file.from_path, get_file.rev
    let account = Account::new().await;
    let rev = account.put("/a.txt", "0123456789").await.rev.unwrap();
    account.put("/a.txt", "abcdefghij").await;
    let part = async |rev: Option<&str>, range: ByteRange| {
        let mut response = account.client.get_file_range(&account.path("/a.txt"), rev, range).await.unwrap();
        (response.status(), response.read(None).await.unwrap())
    };
    assert_eq!(part(None, (2..5).into()).await, (206, "cde".into()));
    assert_eq!(part(Some(&rev), (7..).into()).await, (206, "789".into()));
}

#[tokio::test]
async fn a_download_to_a_file_is_there_whole_or_not_at_all() {
    // Rows: get_file.from_path, get_file.rev
    let account = Account::with(|_| {}).await;
    let folder = tempfile::tempdir().unwrap();
    let local_path = folder.path().join("copy.bin");
    let content: String = "0123456789".repeat(500_000);
    let rev = account.put("/a.bin", content.clone()).await.rev.unwrap();
    account.put("/a.bin", "newer").await;
    let client = &account.client;
    let metadata = client.get_file_to("/a.bin", Some(&rev), &local_path).await.unwrap();
    assert_eq!((metadata.bytes, std::fs::read_to_string(&local_path).unwrap()), (5_000_000, content));
    client.get_file_to("/a.bin", None, &local_path).await.unwrap();
    assert_eq!(std::fs::read_to_string(&local_path).unwrap(), "newer");

    account.put("/big.bin", "x".repeat(5_000_000)).await;
    account.server().faults().add(Fault::new("files/download", FaultKind::Cut, 1));
    let error = client.get_file_to("/big.bin", None, &local_path).await.unwrap_err();
    assert!(matches!(error, ApiError::Socket(_)), "{error:?}");
    let nowhere = folder.path().join("none/copy.bin");
    let error = client.get_file_to("/a.bin", None, &nowhere).await.unwrap_err();
    assert!(matches!(error, ApiError::LocalFile(_)), "{error:?}");
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["copy.bin"]);
    assert_eq!(std::fs::read_to_string(&local_path).unwrap(), "newer", "the old one is untouched");
}
