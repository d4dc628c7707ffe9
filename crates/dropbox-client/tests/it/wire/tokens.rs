//! Expired tokens: refreshed by one caller, once, and told to whoever keeps them.

use std::sync::{Arc, Mutex};

use dropbox_client::{AppRegistration, Body, ClientOptions, DropboxClient, PutOptions, Tokens};
use dropbox_protocol::{Secret, Timestamp};
use futures_util::stream;

use super::double::{Answer, Double, file_json, json};

const EXPIRED: &str =
    r#"{"error_summary":"expired_access_token/..","error":{".tag":"expired_access_token"}}"#;
const USAGE: &str = r#"{"used":1,"allocation":{".tag":"individual","allocated":2}}"#;
const FRESH: &str = r#"{"access_token":"second","token_type":"bearer","expires_in":14400}"#;

fn offline() -> Tokens {
    Tokens::access("first").with_refresh_token(Secret::new("forever"))
}

fn client(double: &Double, tokens: Tokens) -> (DropboxClient, Arc<Mutex<Vec<Tokens>>>) {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeper = Arc::clone(&kept);
    let options = ClientOptions::default()
        .with_rest_client(double.rest())
        .with_app(AppRegistration::public("key"))
        .with_token_keeper(move |tokens| keeper.lock().unwrap().push(tokens.clone()));
    (DropboxClient::new(tokens, options).unwrap(), kept)
}

async fn usage(client: &DropboxClient) -> Result<(), dropbox_client::ApiError> {
    client.rpc(&dropbox_protocol::users::GET_SPACE_USAGE, &()).await?;
    Ok(())
}

#[tokio::test]
async fn an_expired_token_is_refreshed_and_the_call_repeated() {
    // Row: global.401
    let double = Double::answering([json(401, EXPIRED), json(200, FRESH), json(200, USAGE)]).await;
    let (client, kept) = client(&double, offline());
    usage(&client).await.unwrap();
    let seen = double.seen();
    assert_eq!(double.targets()[1], "POST /oauth2/token");
    let expected = [("grant_type", "refresh_token"), ("refresh_token", "forever"), ("client_id", "key")];
    assert_eq!(seen[1].form(), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(seen[2].header("authorization"), Some("Bearer second"));
    let kept = kept.lock().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].access_token, Secret::new("second"));
    assert_eq!(kept[0].refresh_token, Some(Secret::new("forever")), "which the reply does not repeat");
    assert!(kept[0].expires_at.unwrap() > Timestamp::now());
}

#[tokio::test]
async fn a_token_that_is_about_to_expire_is_refreshed_first() {
    let double = Double::answering([json(200, FRESH), json(200, USAGE)]).await;
    let (client, _) = client(&double, offline().with_expires_at(Timestamp::now()));
    usage(&client).await.unwrap();
    assert_eq!(double.targets(), ["POST /oauth2/token", "POST /2/users/get_space_usage"]);
}

#[tokio::test]
async fn many_callers_share_one_refresh() {
    let mut answers = vec![json(200, FRESH)];
    answers.extend(vec![json(200, USAGE); 20]);
    let double = Double::answering(answers).await;
    let (client, kept) = client(&double, offline().with_expires_at(Timestamp::now()));
    let calls = (0..20).map(|_| usage(&client));
    for outcome in futures_util::future::join_all(calls).await {
        outcome.unwrap();
    }
    assert_eq!(double.targets().iter().filter(|target| target.ends_with("/oauth2/token")).count(), 1);
    assert_eq!(kept.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn it_is_tried_once_only() {
    let double = Double::answering([json(401, EXPIRED), json(200, FRESH), json(401, EXPIRED)]).await;
    let (client, _) = client(&double, offline());
    let error = usage(&client).await.unwrap_err();
    assert_eq!(error.tags(), ["expired_access_token"]);
    assert!(error.needs_sign_in());
    assert_eq!(double.seen().len(), 3);
}

#[tokio::test]
async fn without_a_refresh_token_the_error_is_passed_on() {
    // Row: global.401
    let double = Double::answering([json(401, EXPIRED)]).await;
    let (client, _) = client(&double, Tokens::access("first"));
    let error = usage(&client).await.unwrap_err();
    assert!(error.needs_sign_in());
    assert_eq!(error.legacy_status(), Some(401));
}

#[tokio::test]
async fn a_revoked_refresh_token_asks_for_a_new_sign_in() {
    let refused =
        json(400, r#"{"error":"invalid_grant","error_description":"refresh token is invalid or revoked"}"#);
    let double = Double::answering([json(401, EXPIRED), refused]).await;
    let (client, kept) = client(&double, offline());
    assert!(usage(&client).await.unwrap_err().needs_sign_in());
    assert!(kept.lock().unwrap().is_empty());
}

#[tokio::test]
async fn other_refusals_are_not_answered_with_a_refresh() {
    // Row: global.401
    for (tag, sign_in) in [
        ("invalid_access_token", true),
        ("user_suspended", true),
        ("missing_scope", false),
        ("invalid_select_user", false),
    ] {
        let error = format!(
            r#"{{"error_summary":"{tag}/","error":{{".tag":"{tag}","required_scope":"files.content.read"}}}}"#
        );
        let double = Double::answering([json(401, &error)]).await;
        let (client, _) = client(&double, offline());
        let error = usage(&client).await.unwrap_err();
        assert_eq!((error.tags(), error.needs_sign_in()), (&[tag.to_owned()][..], sign_in));
        assert_eq!(double.seen().len(), 1, "{tag}");
    }
}

#[tokio::test]
async fn bytes_in_memory_are_sent_again_and_a_stream_is_left_to_the_caller() {
    let file = file_json("/a", "0123456789");
    let double = Double::answering([
        json(401, EXPIRED),
        json(200, FRESH),
        json(200, &file),
        json(401, EXPIRED),
        json(200, r#"{"access_token":"third","token_type":"bearer"}"#),
        json(200, &file),
    ])
    .await;
    let (client, _) = client(&double, offline());
    client.put_file("/a", "hello", &PutOptions::default()).await.unwrap();
    assert_eq!(double.seen()[2].body, b"hello");

    let stream = || Body::from_stream(stream::iter([Ok("hello".into())]), Some(5));
    let error = client.put_file("/a", stream(), &PutOptions::default()).await.unwrap_err();
    assert_eq!(error.tags(), ["expired_access_token"]);
    client.put_file("/a", stream(), &PutOptions::default()).await.unwrap();
    assert_eq!(double.seen()[5].header("authorization"), Some("Bearer third"));
}

#[tokio::test]
async fn a_refresh_that_fails_is_reported_and_may_be_tried_again() {
    let double = Double::answering([
        json(401, EXPIRED),
        Answer::Bytes(Vec::new()),
        json(401, EXPIRED),
        json(200, "{}"),
        json(401, EXPIRED),
        json(200, FRESH),
        json(200, USAGE),
    ])
    .await;
    let (client, _) = client(&double, offline());
    assert!(matches!(usage(&client).await, Err(dropbox_client::ApiError::Socket(_))));
    assert!(matches!(usage(&client).await, Err(dropbox_client::ApiError::Malformed { .. })));
    usage(&client).await.unwrap();
}

#[tokio::test]
async fn a_disabled_token_makes_every_clone_fail_without_asking() {
    // Row: disable_access_token
    let double = Double::answering([json(200, "null")]).await;
    let (client, _) = client(&double, offline());
    let clone = client.clone();
    client.disable_access_token().await.unwrap();
    assert_eq!(double.targets(), ["POST /2/auth/token/revoke"]);
    assert_eq!(double.seen()[0].body, b"null");
    let error = clone.account_info().await.unwrap_err();
    assert_eq!((error.legacy_status(), error.needs_sign_in()), (Some(401), true));
    assert_eq!(double.seen().len(), 1);
}

#[tokio::test]
async fn an_oauth1_token_is_traded_in_the_name_of_the_app() {
    // Row: create_oauth2_access_token
    let double = Double::answering([
        json(200, r#"{"oauth2_token":"new-token"}"#),
        json(409, r#"{"error_summary":"app_id_mismatch/","error":{".tag":"app_id_mismatch"}}"#),
    ])
    .await;
    let options = ClientOptions::default()
        .with_rest_client(double.rest())
        .with_app(AppRegistration::with_secret("key", "pw"));
    let oauth1 = dropbox_client::OAuth1Token::new("one", "two");
    let client = DropboxClient::from_oauth1(oauth1, options.clone()).unwrap();
    assert_eq!(client.create_oauth2_access_token().await.unwrap().reveal(), "new-token");
    let seen = &double.seen()[0];
    assert_eq!(seen.target(), "POST /2/auth/token/from_oauth1");
    assert_eq!(seen.header("authorization"), Some("Basic a2V5OnB3"));
    assert_eq!(seen.json(), serde_json::json!({"oauth1_token": "one", "oauth1_token_secret": "two"}));
    assert_eq!(client.create_oauth2_access_token().await.unwrap_err().tags(), ["app_id_mismatch"]);
    assert!(client.account_info().await.is_err(), "it is good for nothing else");
    assert_eq!(double.seen().len(), 2);
    let plain = DropboxClient::new("token", options).unwrap();
    assert!(plain.create_oauth2_access_token().await.is_err(), "there is nothing to trade");
}

#[tokio::test]
async fn tokens_never_print() {
    let double = Double::answering([json(401, EXPIRED), json(400, r#"{"error":"invalid_grant"}"#)]).await;
    let (client, _) = client(&double, offline());
    let error = usage(&client).await.unwrap_err();
    let printed = format!("{client:?} {:?} {error} {error:?}", client.tokens());
    for secret in ["first", "forever"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
