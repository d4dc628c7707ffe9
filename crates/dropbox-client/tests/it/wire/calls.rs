//! What the client sends for each style of route, and what it makes of wrong answers.

use dropbox_client::{
    ApiError, ByteRange, ClientOptions, DropboxClient, MetadataOptions, PathRoot, RequestOptions,
    SocketErrorKind, ThumbnailOptions,
};
use dropbox_protocol::files::{
    DOWNLOAD, DownloadArg, LIST_FOLDER_LONGPOLL, ListFolderLongpollArg, UPLOAD, UploadArg,
};
use dropbox_protocol::users::GET_SPACE_USAGE;
use dropbox_protocol::{Host, Style};
use http::Method;
use serde_json::json;

use super::double::{Answer, Double, file_json, json as json_reply, reply, text};

#[tokio::test]
async fn a_plain_call_sends_json_and_the_token() {
    // Rows: DropboxClient.oauth2_access_token, DropboxClient.rest_client, DropboxClient.locale
    let usage = r#"{"used":1,"allocation":{".tag":"individual","allocated":2}}"#;
    let double = Double::answering([json_reply(200, usage), json_reply(200, usage)]).await;
    double.client().rpc(&GET_SPACE_USAGE, &()).await.unwrap();
    let german = ClientOptions::default().with_locale("de");
    double.client_with(german).rpc(&GET_SPACE_USAGE, &()).await.unwrap();
    let seen = double.seen();
    assert_eq!(seen[0].target(), "POST /2/users/get_space_usage");
    assert_eq!(seen[0].header("authorization"), Some("Bearer the-token"));
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!(seen[0].body, b"null");
    assert_eq!(seen[0].header("dropbox-api-user-locale"), None);
    assert_eq!(seen[1].header("dropbox-api-user-locale"), Some("de"));
}

#[tokio::test]
async fn a_token_that_no_header_can_hold_is_refused_before_anything_is_sent() {
    // Row: DropboxClient.oauth2_access_token
    for token in ["", "a b", "a\r\nHost: evil", "ü"] {
        let error = dropbox_client::DropboxClient::new(token, ClientOptions::default()).unwrap_err();
        assert!(matches!(error, ApiError::InvalidArgument(_)));
        assert!(token.is_empty() || !format!("{error} {error:?}").contains(token));
    }
}

#[tokio::test]
async fn an_upload_has_its_argument_in_an_ascii_header() {
    let double = Double::answering([json_reply(200, &file_json("/ü.txt", "0123456789"))]).await;
    double.client().upload(&UPLOAD, &UploadArg::new("/ü😀\u{7f}.txt"), "bytes").await.unwrap();
    let seen = &double.seen()[0];
    assert!(seen.header("dropbox-api-arg").unwrap().contains(r#""/\u00fc\ud83d\ude00\u007f.txt""#));
    assert_eq!(seen.header("content-type"), Some("application/octet-stream"));
    assert_eq!((seen.header("content-length"), seen.body.as_slice()), (Some("5"), &b"bytes"[..]));
}

#[tokio::test]
async fn a_download_has_an_empty_body_and_perhaps_a_range() {
    let result = file_json("/a.txt", "0123456789");
    let ok = || reply(200, &[("Dropbox-API-Result", &result)], b"hello");
    let double = Double::answering([ok(), ok(), ok(), ok()]).await;
    let client = double.client();
    let argument = DownloadArg::new("/a.txt");
    let mut reply = client.download(&DOWNLOAD, &argument, None).await.unwrap();
    assert_eq!(reply.result.size, 5);
    assert_eq!(reply.response.read(None).await.unwrap(), "hello");
    for range in [ByteRange::from(5..), ByteRange::from(2..4), ByteRange::Last(3)] {
        client.download(&DOWNLOAD, &argument, Some(range)).await.unwrap();
    }
    #[allow(clippy::reversed_empty_ranges)]
    for range in [ByteRange::from(4..4), ByteRange::from(4..2), ByteRange::Last(0)] {
        assert!(client.download(&DOWNLOAD, &argument, Some(range)).await.is_err());
    }
    let seen = double.seen();
    assert_eq!(seen[0].body, b"");
    assert_eq!(seen[0].header("content-type"), None);
    let ranges: Vec<_> = seen.iter().map(|seen| seen.header("range")).collect();
    assert_eq!(ranges, [None, Some("bytes=5-"), Some("bytes=2-3"), Some("bytes=-3")]);
}

#[tokio::test]
async fn a_longpoll_shows_no_token() {
    let double = Double::answering([json_reply(200, r#"{"changes":true}"#)]).await;
    double.client().rpc(&LIST_FOLDER_LONGPOLL, &ListFolderLongpollArg::new("c")).await.unwrap();
    assert_eq!(double.seen()[0].header("authorization"), None);
}

#[tokio::test]
async fn a_download_without_a_usable_result_is_malformed() {
    // Rows: get_file ! 200, get_file_and_metadata ! 200, thumbnail_and_metadata ! 200
    let double = Double::answering([
        reply(200, &[], b"bytes"),
        reply(200, &[("Dropbox-API-Result", "{}")], b"bytes"),
        reply(200, &[("Dropbox-API-Result", "<html>")], b"bytes"),
        reply(200, &[("Dropbox-API-Result", "{}")], b"a thumbnail of we do not know what"),
    ])
    .await;
    for _ in 0..3 {
        let error = double.client().get_file("/a", None).await.unwrap_err();
        assert!(matches!(error, ApiError::Malformed { status: 200, .. }), "{error:?}");
        assert_eq!(error.legacy_status(), Some(200));
    }
    let error =
        double.client().thumbnail_and_metadata("/a.png", &ThumbnailOptions::default()).await.unwrap_err();
    assert!(matches!(error, ApiError::Malformed { status: 200, .. }), "{error:?}");
}

#[tokio::test]
async fn wrong_answers_to_plain_calls_are_malformed_and_never_panic() {
    // Row: global.error
    let wrong = [
        "",
        "null",
        "[]",
        "<html>oops</html>",
        "{\"used\":",
        r#"{"used":"1","allocation":{".tag":"individual","allocated":2}}"#,
        r#"{"used":1.5,"allocation":{".tag":"individual","allocated":2}}"#,
        r#"{"used":1,"allocation":{"allocated":2}}"#,
        r#"{"used":1,"allocation":{".tag":"individual"}}"#,
        "\u{feff}{}",
        &"[".repeat(100_000),
        "\0\0\0",
    ];
    let double = Double::answering(wrong.map(|body| json_reply(200, body))).await;
    for body in wrong {
        let error = ApiError::from(double.client().rpc(&GET_SPACE_USAGE, &()).await.unwrap_err());
        assert!(matches!(error, ApiError::Malformed { status: 200, .. }), "{body:.40}: {error:?}");
        assert!(error.may_have_happened());
    }
}

#[tokio::test]
async fn wrong_errors_are_still_errors_and_never_panic() {
    let bodies =
        ["", "null", "[]", "{}", r#"{"error":5}"#, r#"{"error":{".tag":{}}}"#, r#"{"error":[1]}"#, "\u{0}"];
    let double = Double::answering(bodies.map(|body| json_reply(409, body))).await;
    for body in bodies {
        let error = double.client().metadata("/a", &MetadataOptions::default()).await.unwrap_err();
        assert_eq!((error.status(), error.legacy_status()), (Some(409), Some(409)), "{body}");
        assert!(error.tags().is_empty());
    }
}

#[tokio::test]
async fn nothing_is_repeated_on_its_own() {
    // Row: global.retries
    let double = Double::answering([text(500, "oops"), text(429, "slow"), Answer::Bytes(Vec::new())]).await;
    let client = double.client();
    assert_eq!(client.file_delete("/a").await.unwrap_err().status(), Some(500));
    assert_eq!(client.file_delete("/a").await.unwrap_err().status(), Some(429));
    let error = client.file_delete("/a").await.unwrap_err();
    assert!(matches!(&error, ApiError::Socket(error) if error.kind == SocketErrorKind::Request), "{error:?}");
    assert_eq!(double.seen().len(), 3);
}

#[tokio::test]
async fn a_request_can_be_prepared_without_being_sent() {
    // Rows: request, request.target, request.params, request.method, request.content_server, request ->
    let double = Double::answering([]).await;
    let client = double.client();
    let plain =
        client.request("/files/get_metadata", &json!({"path": "/ä"}), &RequestOptions::default()).unwrap();
    assert_eq!((plain.method.as_str(), plain.url.path()), ("POST", "/2/files/get_metadata"));
    assert_eq!(plain.params.as_deref(), Some(r#"{"path":"/ä"}"#));
    assert_eq!(plain.headers["authorization"], "Bearer the-token");
    assert!(!format!("{plain:?}").contains("the-token"));

    let download = RequestOptions::default()
        .with_method(Method::GET)
        .with_host(Host::Content)
        .with_style(Style::Download);
    let prepared = client.request("files/download", &json!({"path": "/ä"}), &download).unwrap();
    assert_eq!(prepared.headers["dropbox-api-arg"], r#"{"path":"/\u00e4"}"#);
    assert_eq!((prepared.method.as_str(), prepared.params), ("GET", None));

    for method in [Method::PUT, Method::DELETE, Method::GET] {
        let options = RequestOptions::default().with_method(method);
        assert!(client.request("files/x", &(), &options).is_err());
    }
    for target in ["", "/", "files/../x", "files/x?y", "//evil.example/x\n"] {
        assert!(client.request(target, &(), &RequestOptions::default()).is_err(), "{target:?}");
    }
    assert!(double.seen().is_empty());
}

#[tokio::test]
async fn the_role_of_the_host_decides_the_address() {
    // Row: request.content_server
    let dropbox = dropbox_client::DropboxClient::new("t", ClientOptions::default()).unwrap();
    for (host, address) in [
        (Host::Api, "https://api.dropboxapi.com/2/files/x"),
        (Host::Content, "https://content.dropboxapi.com/2/files/x"),
        (Host::Notify, "https://notify.dropboxapi.com/2/files/x"),
    ] {
        let options = RequestOptions::default().with_host(host);
        assert_eq!(dropbox.request("files/x", &(), &options).unwrap().url.as_str(), address);
    }
}

#[tokio::test]
async fn the_headers_of_a_team_are_sent_with_calls_in_a_persons_name() {
    let usage = r#"{"used":1,"allocation":{".tag":"individual","allocated":2}}"#;
    let double = Double::answering(vec![json_reply(200, usage); 4].into_iter().chain([
        json_reply(200, r#"{"changes":true}"#),
        reply(200, &[("Dropbox-API-Result", &file_json("/a", "0123456789"))], b"hello"),
    ]))
    .await;
    let options = ClientOptions::default()
        .with_path_root(PathRoot::NamespaceId("äö1".into()))
        .with_select_user("dbmid:one");
    let client = double.client_with(options);
    let call = async |client: &DropboxClient| client.rpc(&GET_SPACE_USAGE, &()).await.unwrap();
    call(&client).await;
    call(&client.with_path_root(PathRoot::Home)).await;
    call(&client.with_select_admin("dbmid:boss")).await;
    call(&double.client()).await;
    client.rpc(&LIST_FOLDER_LONGPOLL, &ListFolderLongpollArg::new("c")).await.unwrap();
    client.with_path_root(PathRoot::Root("7".into())).get_file("/a", None).await.unwrap();
    let seen = double.seen();
    let headers: Vec<_> = seen
        .iter()
        .map(|seen| {
            ["path-root", "select-user", "select-admin"]
                .map(|name| seen.header(&format!("dropbox-api-{name}")))
        })
        .collect();
    let namespace = r#"{".tag":"namespace_id","namespace_id":"\u00e4\u00f61"}"#;
    assert_eq!(
        headers,
        [
            [Some(namespace), Some("dbmid:one"), None],
            [Some(r#"{".tag":"home"}"#), Some("dbmid:one"), None],
            [Some(namespace), None, Some("dbmid:boss")],
            [None, None, None],
            [None, None, None],
            [Some(r#"{".tag":"root","root":"7"}"#), Some("dbmid:one"), None],
        ]
    );
    let prepared = client.request("files/x", &(), &RequestOptions::default()).unwrap();
    assert_eq!(prepared.headers["dropbox-api-select-user"], "dbmid:one");
    let smuggled = client.with_select_user("a\r\nEvil: 1").account_info().await.unwrap_err();
    assert!(matches!(smuggled, ApiError::InvalidArgument(_)), "{smuggled:?}");
}

#[tokio::test]
async fn a_prepared_request_can_be_sent() {
    // Rows: request, request ->
    let double = Double::answering([json_reply(200, "{}"), json_reply(200, "{}")]).await;
    let client = double.client();
    let rpc = client.request("files/x", &json!({"a": 1}), &RequestOptions::default()).unwrap();
    client.rest_client().prepared(rpc).json().await.unwrap();
    let options = RequestOptions::default().with_host(Host::Content).with_style(Style::Upload);
    let upload = client.request("files/y", &json!({"b": 2}), &options).unwrap();
    client.rest_client().prepared(upload).body("bytes").send().await.unwrap();
    let seen = double.seen();
    assert_eq!((seen[0].target().as_str(), seen[0].json()), ("POST /2/files/x", json!({"a": 1})));
    assert_eq!(seen[0].header("authorization"), Some("Bearer the-token"));
    assert_eq!((seen[1].argument(), seen[1].body.as_slice()), (json!({"b": 2}), &b"bytes"[..]));
}
