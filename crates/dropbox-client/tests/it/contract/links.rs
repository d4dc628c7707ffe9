//! Addresses without a token, and copy references.

use dropbox_client::ShareOptions;
use dropbox_protocol::Timestamp;
use dropbox_protocol::sharing::SharedLinkMetadata;

use super::support::{Account, refused};

#[tokio::test]
async fn a_temporary_address_serves_the_bytes() {
    // Rows: media.path, media ->, media -> expires
    let account = Account::new().await;
    account.put("/film.txt", "scenes").await;
    let media = account.client.media(&account.path("/film.txt")).await.unwrap();
    let hours = (media.expires.unix_secs() - Timestamp::now().unix_secs()) as f64 / 3600.0;
    assert!((3.9..=4.0).contains(&hours), "{hours}");
    let mut response = account.client.rest_client().get(&media.url).unwrap().send().await.unwrap();
    assert_eq!(response.read(None).await.unwrap(), "scenes");
    let part = account.client.rest_client().get(&media.url).unwrap().header("Range", "bytes=1-3").unwrap();
    let mut part = part.send().await.unwrap();
    assert_eq!((part.status(), part.read(None).await.unwrap()), (206, "cen".into()));
}

#[tokio::test]
async fn only_files_have_temporary_addresses() {
    // Rows: media ! 400, media ! 404
    let account = Account::new().await;
    account.client.file_create_folder(&account.path("/folder")).await.unwrap();
    refused(account.client.media(&account.path("/folder")).await, 400, "path/not_file");
    refused(account.client.media(&account.path("/none")).await, 404, "path/not_found");
}

#[tokio::test]
async fn a_shared_link_is_made_once() {
    // Rows: share.path, share.short_url, share ->, share -> expires
    let account = Account::new().await;
    account.put("/folder/a.txt", "1").await;
    for path in ["/folder/a.txt", "/folder"] {
        let first = account.client.share(&account.path(path), &ShareOptions::default()).await.unwrap();
        assert!(first.url.contains("rlkey="), "{}", first.url);
        assert_eq!(first.expires, None);
        let long = ShareOptions::default().with_short_url(false);
        assert_eq!(
            account.client.share(&account.path(path), &long).await.unwrap(),
            first,
            "and makes no difference"
        );
    }
}

#[tokio::test]
async fn a_shared_link_tells_what_it_leads_to() {
    let account = Account::new().await;
    account.put("/folder/a.txt", "1").await;
    let path = account.path("/folder/a.txt");
    let link = account.client.shared_link(&path, None).await.unwrap();
    let SharedLinkMetadata::File(file) = &link else { panic!("{link:?}") };
    assert_eq!(file.name, "a.txt");
    assert_eq!(
        account.client.share(&path, &ShareOptions::default()).await.unwrap().url,
        file.url,
        "the one that exists"
    );
}

#[tokio::test]
async fn what_is_not_there_cannot_be_shared() {
    // Row: share ! 404
    let account = Account::new().await;
    let outcome = account.client.share(&account.path("/none"), &ShareOptions::default()).await;
    refused(outcome, 404, "path/not_found");
}

#[tokio::test]
async fn a_copy_reference_brings_the_content() {
    // Rows: create_copy_ref.from_path, create_copy_ref -> copy_ref, create_copy_ref -> expires,
    // add_copy_ref.copy_ref, add_copy_ref.to_path, add_copy_ref ->
    let account = Account::new().await;
    let original = account.put("/a.txt", "1").await;
    let reference = account.client.create_copy_ref(&account.path("/a.txt")).await.unwrap();
    assert!(reference.expires > Timestamp::now());
    let copy = account.client.add_copy_ref(&reference.copy_ref, &account.path("/b/copy.txt")).await.unwrap();
    assert_eq!((copy.path, &copy.content_hash), (account.path("/b/copy.txt"), &original.content_hash));
    assert_ne!(copy.id, original.id);
    assert_eq!(account.get("/b/copy.txt").await, "1");
    let taken = account.client.add_copy_ref(&reference.copy_ref, &account.path("/a.txt")).await;
    assert_eq!(taken.unwrap_err().legacy_status(), Some(403));
    refused(
        account.client.add_copy_ref("no-such-reference", &account.path("/c.txt")).await,
        404,
        "invalid_copy_reference",
    );
    refused(account.client.create_copy_ref(&account.path("/none")).await, 404, "path/not_found");
}
