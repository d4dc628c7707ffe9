//! The account, and what happens to those who may not ask.

use coffer_server::faults::{Fault, FaultKind};
use dropbox_client::{
    ApiError, BaseUrls, ClientOptions, DropboxClient, MetadataOptions, PathRoot, PutOptions, RestClient,
};

use super::support::Account;

#[tokio::test]
async fn account_info_tells_whose_account_it_is_and_how_full() {
    // Rows: account_info, account_info ->
    let account = Account::new().await;
    let before = account.client.account_info().await.unwrap();
    account.put("/a.txt", "12345").await;
    let info = account.client.account_info().await.unwrap();
    assert!(!info.display_name().is_empty());
    assert_eq!(info.account.account_id.len(), 40);
    assert!(info.account.email.contains('@') && info.account.locale.len() >= 2);
    assert_eq!(info.used(), before.used() + 5);
    assert!(info.quota().unwrap() >= info.used());
}

#[tokio::test]
async fn a_wrong_token_is_told_to_sign_in() {
    // Rows: global.401, global.error
    let account = Account::with(|_| {}).await;
    let rest_client = RestClient::new(BaseUrls::all(&account.server().url()).unwrap()).unwrap();
    let stranger =
        DropboxClient::new("somebody-else", ClientOptions::default().with_rest_client(rest_client)).unwrap();
    let error = stranger.account_info().await.unwrap_err();
    assert_eq!((error.status(), error.legacy_status()), (Some(401), Some(401)));
    assert_eq!(error.tags(), ["invalid_access_token"]);
    assert!(error.needs_sign_in());
}

#[tokio::test]
async fn a_busy_service_says_how_long_to_wait() {
    // Row: global.retries
    let account = Account::with(|_| {}).await;
    let kind = FaultKind::Status { status: 429, retry_after_secs: 7 };
    account.server().faults().add(Fault::new("users/get_current_account", kind, 1));
    let error = account.client.account_info().await.unwrap_err();
    assert_eq!((error.status(), error.retry_after()), (Some(429), Some(7)));
    account.client.account_info().await.unwrap();
}

#[tokio::test]
async fn every_error_names_the_request() {
    // Row: global.error
    let account = Account::new().await;
    match account.client.metadata("/nothing", &MetadataOptions::default()).await.unwrap_err() {
        ApiError::Response(error) => {
            assert_eq!(error.call, "files/get_metadata");
            assert_eq!((error.status, error.legacy_status()), (409, 404));
            assert!(error.request_id.is_some_and(|id| !id.is_empty()));
            assert!(error.error_msg.is_some_and(|summary| summary.starts_with("path/not_found/")));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_reply_that_is_lost_or_cut_is_an_error_of_the_socket() {
    // Row: RESTSocketError
    let account = Account::with(|_| {}).await;
    account.put("/a.txt", "x".repeat(100_000)).await;
    let faults = account.server().faults();
    for kind in [FaultKind::Reset, FaultKind::LostReply] {
        faults.add(Fault::new("files/delete_v2", kind, 1));
        match account.client.file_delete("/a.txt").await.unwrap_err() {
            ApiError::Socket(error) => assert!(error.may_have_arrived && error.host == "127.0.0.1"),
            other => panic!("{other:?}"),
        }
    }
    super::support::refused(account.client.file_delete("/a.txt").await, 404, "path_lookup/not_found");
    account.put("/b.txt", "x".repeat(100_000)).await;
    faults.add(Fault::new("files/download", FaultKind::Cut, 1));
    let error = match account.client.get_file("/b.txt", None).await {
        Ok(mut response) => response.read(None).await.unwrap_err(),
        Err(error) => error,
    };
    assert!(matches!(error, ApiError::Socket(_)), "{error:?}");
}

#[tokio::test]
async fn paths_start_where_the_client_says() {
    let account = Account::with(|_| {}).await;
    account.put("/a.txt", "1").await;
    let root = account.client.account_info().await.unwrap().root_namespace_id().to_owned();
    for path_root in [PathRoot::Home, PathRoot::Root(root.clone()), PathRoot::NamespaceId(root)] {
        let client = account.client.with_path_root(path_root);
        assert_eq!(client.metadata("/a.txt", &MetadataOptions::default()).await.unwrap().bytes, 1);
        let mut response = client.get_file("/a.txt", None).await.unwrap();
        assert_eq!(response.read(None).await.unwrap(), "1");
    }
    let elsewhere = account.client.with_path_root(PathRoot::NamespaceId("no such namespace".into()));
    let error = elsewhere.metadata("/a.txt", &MetadataOptions::default()).await.unwrap_err();
    assert_eq!((error.status(), error.needs_sign_in()), (Some(422), false), "{error}");
    assert!(
        account.client.metadata("/a.txt", &MetadataOptions::default()).await.is_ok(),
        "a client of its own"
    );
}

#[tokio::test]
async fn who_is_no_team_cannot_speak_for_its_members() {
    let account = Account::with(|_| {}).await;
    for client in [account.client.with_select_user("dbmid:x"), account.client.with_select_admin("dbmid:x")] {
        let error = client.account_info().await.unwrap_err();
        assert_eq!((error.status(), error.needs_sign_in()), (Some(401), false), "{error}");
    }
}

#[tokio::test]
async fn an_error_comes_with_a_message_in_the_language_of_the_person() {
    let account = Account::with(|config| config.quota_bytes = 3).await;
    let server = account.server();
    for (locale, expected) in [
        (None, "Your account is full."),
        (Some("en_US"), "Your account is full."),
        (Some("de"), "Ihr Konto ist voll."),
        (Some("xx"), "Your account is full."),
    ] {
        let rest_client = RestClient::new(BaseUrls::all(&server.url()).unwrap()).unwrap();
        let mut options = ClientOptions::default().with_rest_client(rest_client);
        options.locale = locale.map(str::to_owned);
        let client = DropboxClient::new(server.token(), options).unwrap();
        let full = client.put_file("/a.txt", "1234".to_owned(), &PutOptions::default()).await.unwrap_err();
        let message = user_message(full).unwrap();
        assert!(message.starts_with(expected), "{message}");
        // What only a programmer can mend is not for a person.
        let missing = client.metadata("/missing", &MetadataOptions::default()).await.unwrap_err();
        assert_eq!(user_message(missing), None);
    }
}

fn user_message(error: ApiError) -> Option<String> {
    match error {
        ApiError::Response(response) => response.user_error_msg,
        other => panic!("{other}"),
    }
}
