//! What every call has in common: tokens, headers, content types, error shapes, faults, HTTP versions.

use super::support::{Account, JsonBody as _, Reply, TOKEN};
use coffer_server::faults::{Fault, FaultKind};
use coffer_server::store::error::StoreError;
use coffer_server::{Server, ServerConfig, StartError};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn the_account_tells_who_it_is_in_the_form_that_clients_demand() {
    let account = Account::new().await;
    let reply = account.rpc("users/get_current_account", json!(null)).await;
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(reply.header("x-dropbox-request-id").len(), 32);
    let person = reply.ok();
    assert_eq!(person["account_id"].as_str().unwrap().len(), 40);
    assert_eq!(person["root_info"][".tag"], "user");
    for body in ["null", "", " "] {
        let call =
            account.post("users/get_space_usage").header("Content-Type", "application/json").body(body);
        assert_eq!(Reply::read(call.send().await.unwrap()).await.status, 200, "{body:?}");
    }
    let bare = Reply::read(account.post("users/get_space_usage").send().await.unwrap()).await.ok();
    assert_eq!(bare["allocation"][".tag"], "individual");
    assert_eq!(account.rpc("check/user", json!({"query": "ü"})).await.ok(), json!({"result": "ü"}));
    let app =
        account.request(Method::POST, "/2/check/app").basic_auth("key", Some("secret")).json(&json!({}));
    assert_eq!(Reply::read(app.send().await.unwrap()).await.ok(), json!({"result": ""}));
}

#[tokio::test]
async fn callers_without_a_good_token_are_refused_as_documented() {
    let account = Account::new().await;
    let call = |authorization: Option<&str>| {
        let request = account.request(Method::POST, "/2/users/get_current_account").json(&json!(null));
        match authorization {
            Some(value) => request.header("Authorization", value),
            None => request,
        }
    };
    for bad in [None, Some("Bearer"), Some("Bearer "), Some("Bearer a b"), Some("Basic a2V5OnM="), Some("x")]
    {
        let reply = Reply::read(call(bad).send().await.unwrap()).await;
        assert_eq!(reply.status, 400, "{bad:?}");
        assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
    }
    let unknown = Reply::read(call(Some("Bearer unknown")).send().await.unwrap()).await;
    assert_eq!(unknown.status, 401);
    assert_eq!(unknown.header("content-type"), "application/json");
    assert_eq!(unknown.header("www-authenticate"), "Dropbox-API");
    assert_eq!(unknown.json()["error"][".tag"], "invalid_access_token");
}

#[tokio::test]
async fn unknown_functions_and_wrong_shapes_are_told_in_plain_text() {
    let account = Account::new().await;
    let unknown = account.rpc("files/nonsense", json!({})).await;
    assert_eq!(
        (unknown.status, unknown.text()),
        (400, "Unknown API function: \"files/nonsense\"".to_owned())
    );
    let v1 = Reply::read(account.request(Method::GET, "/1/account/info").send().await.unwrap()).await;
    assert_eq!((v1.status, v1.json()), (400, json!({"error": "v1_retired"})));
    let wrong_type = account.post("files/get_metadata").header("Content-Type", "text/xml").body("{}");
    assert_eq!(Reply::read(wrong_type.send().await.unwrap()).await.status, 400);
    let no_type = account.post("files/upload").header("Dropbox-API-Arg", r#"{"path":"/a"}"#);
    assert_eq!(Reply::read(no_type.send().await.unwrap()).await.status, 400);
    let no_argument = account.post("files/upload").header("Content-Type", "application/octet-stream");
    let no_argument = Reply::read(no_argument.send().await.unwrap()).await;
    assert!(no_argument.text().contains("Must provide HTTP header \"Dropbox-API-Arg\""));
    let with_body = account.post("files/download").header("Dropbox-API-Arg", r#"{"path":"/a"}"#).body("x");
    assert_eq!(Reply::read(with_body.send().await.unwrap()).await.status, 400);
    let get = account.request(Method::GET, "/2/users/get_current_account").bearer_auth(TOKEN);
    assert_eq!(Reply::read(get.send().await.unwrap()).await.status, 400);
}

#[tokio::test]
async fn browsers_may_put_everything_into_the_address() {
    let account = Account::new().await;
    account.put("/ü.txt", b"text").await;
    let mut address = url::Url::parse(&format!("{}//2//files/download", account.server.url())).unwrap();
    address
        .query_pairs_mut()
        .append_pair("arg", r#"{"path":"/ü.txt"}"#)
        .append_pair("authorization", &format!("Bearer {TOKEN}"))
        .append_pair("reject_cors_preflight", "true");
    let reply = Reply::read(account.http.get(address).send().await.unwrap()).await;
    assert_eq!(reply.body, b"text");
}

#[tokio::test]
async fn arguments_may_be_raw_utf8_and_very_long() {
    let account = Account::new().await;
    let raw = account
        .post("files/upload")
        .header("Dropbox-API-Arg", "{\"path\":\"/é😀.txt\"}".as_bytes())
        .header("Content-Type", "application/octet-stream")
        .body("x");
    assert_eq!(Reply::read(raw.send().await.unwrap()).await.ok()["name"], "é😀.txt");
    let long = json!({"path": "/é😀.txt", "ignored": "x".repeat(200_000)});
    let reply = account.download("files/download", long).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn the_root_header_accepts_only_the_accounts_own_namespace() {
    let account = Account::new().await;
    for (root, status) in [
        (json!({".tag": "home"}), 200),
        (json!({".tag": "root", "root": "1"}), 200),
        (json!({".tag": "namespace_id", "namespace_id": "1"}), 200),
        (json!({".tag": "root", "root": "77"}), 422),
        (json!({".tag": "namespace_id", "namespace_id": "77"}), 422),
        (json!("nonsense"), 400),
    ] {
        let call = account
            .post("files/list_folder")
            .header("Dropbox-API-Path-Root", root.to_string())
            .json(&json!({"path": ""}));
        assert_eq!(Reply::read(call.send().await.unwrap()).await.status, status, "{root}");
    }
}

#[tokio::test]
async fn both_versions_of_http_work_on_one_port_with_long_headers_and_bodies_of_unknown_length() {
    let account = Account::new().await;
    let http1 = reqwest::Client::builder().no_proxy().http1_only().build().unwrap();
    let http2 = reqwest::Client::builder().no_proxy().http2_prior_knowledge().build().unwrap();
    for (client, version) in [(http1, reqwest::Version::HTTP_11), (http2, reqwest::Version::HTTP_2)] {
        for length in [20_000, 150_000] {
            let path = format!("/{version:?} {length}");
            let pieces = ["in ", "pieces"].map(Ok::<_, std::io::Error>);
            let reply = client
                .post(format!("{}/2/files/upload", account.server.url()))
                .bearer_auth(TOKEN)
                .header("Dropbox-API-Arg", json!({"path": path, "ignored": "x".repeat(length)}).to_string())
                .header("Content-Type", "application/octet-stream")
                .body(reqwest::Body::wrap_stream(futures_util::stream::iter(pieces)))
                .send()
                .await
                .unwrap();
            assert_eq!((reply.version(), reply.status().as_u16()), (version, 200), "{length}");
            assert_eq!(account.get(&path).await, b"in pieces");
        }
    }
}

#[tokio::test]
async fn faults_happen_as_often_as_asked_for() {
    let account = Account::new().await;
    let faults = account.server.faults();
    faults.add("files/upload:429/7:1".parse().unwrap());
    let limited = account.upload("files/upload", json!({"path": "/a"}), "x").await;
    assert_eq!((limited.status, limited.header("retry-after")), (429, "7"));
    assert_eq!(limited.json()["error"]["reason"][".tag"], "too_many_requests");
    account.put("/a", b"some text").await;

    faults.add(Fault::new("files/*", FaultKind::Reset, 1));
    let broken = account.post("files/list_folder").json(&json!({"path": ""})).send().await;
    assert!(broken.is_err());

    faults.add(Fault::new("files/download", FaultKind::Cut, 1));
    let request = account.post("files/download").header("Dropbox-API-Arg", r#"{"path":"/a"}"#);
    assert!(request.send().await.unwrap().bytes().await.is_err());

    faults.add(Fault::new("files/download", FaultKind::Garbled, 1));
    let request = account.post("files/download").header("Dropbox-API-Arg", r#"{"path":"/a"}"#);
    let other_bytes: Vec<u8> = b"some text".iter().map(|byte| !byte).collect();
    assert_eq!(request.send().await.unwrap().bytes().await.unwrap(), other_bytes);

    faults.add(Fault::new("files/create_folder_v2", FaultKind::LostReply, 1));
    let lost = account.post("files/create_folder_v2").json(&json!({"path": "/f"})).send().await;
    assert!(lost.is_err());
    assert_eq!(account.rpc("files/get_metadata", json!({"path": "/f"})).await.ok()[".tag"], "folder");
}

#[tokio::test]
async fn a_vault_is_opened_by_one_server_at_a_time_and_keeps_everything() {
    let account = Account::new().await;
    let file = account.put("/a.txt", b"text").await;
    let config = || {
        let mut config = ServerConfig::new(account.vault.path().join("vault"));
        config.token = Some(TOKEN.to_owned());
        config
    };
    let second = Server::start(config()).await;
    assert!(matches!(second, Err(StartError::Store(StoreError::InUse(_)))));
    let (config, Account { server, http, vault }) = (config(), account);
    server.shutdown().await;
    let account = Account { server: Server::start(config).await.unwrap(), http, vault };
    let again = account.rpc("files/get_metadata", json!({"path": "/a.txt"})).await.ok();
    assert_eq!((&again["rev"], &again["id"]), (&file["rev"], &file["id"]));
    assert_eq!(account.get("/a.txt").await, b"text");
}

#[tokio::test]
async fn only_addresses_of_this_machine_are_listened_on() {
    let vault = tempfile::tempdir().unwrap();
    let mut config = ServerConfig::new(vault.path());
    config.listen = "0.0.0.0:0".parse().unwrap();
    assert!(matches!(Server::start(config.clone()).await, Err(StartError::NotLoopback(_))));
    config.listen = "127.0.0.1:0".parse().unwrap();
    config.token = Some("not a token\r\n".to_owned());
    assert!(matches!(Server::start(config).await, Err(StartError::BadToken)));
}
