//! Signing in at the account's own page, and the life of the tokens that come of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use coffer_server::clock::Clock;
use dropbox_client::{
    ApiError, AppRegistration, BaseUrls, ClientOptions, CommonError, DropboxClient, DropboxOAuth2Flow,
    DropboxOAuth2FlowNoRedirect, FlowError, FlowOptions, PutOptions, RestClient, Tokens,
};
use dropbox_protocol::Scope;
use dropbox_protocol::auth::AuthError;
use reqwest::redirect::Policy;
use url::Url;

use super::support::{Account, refused};

/// The owner in front of a browser, who decides on the page at `url`. Returns what the browser shows then: the
/// address it was sent to, and the page.
async fn decide(account: &Account, url: &str, decision: &str) -> (Option<Url>, String) {
    let browser = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
    let page = browser.get(url).send().await.unwrap().text().await.unwrap();
    let request = between(&page, r#"name="request" value=""#, "\"");
    let url = Url::parse(url).unwrap();
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("request", &request)
        .append_pair("decision", decision)
        .append_pair("passcode", &account.server().passcode().unwrap())
        .finish();
    let reply = browser
        .post(url.join("/oauth2/authorize").unwrap())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Origin", url.origin().ascii_serialization())
        .body(form)
        .send()
        .await
        .unwrap();
    let target = reply.headers().get("location").map(|url| Url::parse(url.to_str().unwrap()).unwrap());
    (target, reply.text().await.unwrap())
}

fn between(text: &str, start: &str, end: &str) -> String {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split_once(end).unwrap().0.to_owned()
}

fn rest(account: &Account) -> RestClient {
    RestClient::new(BaseUrls::all(&account.server().url()).unwrap()).unwrap()
}

fn flow_options(account: &Account, scopes: &[Scope]) -> FlowOptions {
    FlowOptions::default().with_rest_client(rest(account)).with_scopes(scopes.to_vec())
}

async fn tokens_for(account: &Account, scopes: &[Scope]) -> Tokens {
    let mut flow =
        DropboxOAuth2FlowNoRedirect::new(AppRegistration::public("app"), flow_options(account, scopes))
            .unwrap();
    let (_, page) = decide(account, &flow.start().unwrap(), "allow").await;
    flow.finish(&format!(" {}\n", between(&page, "readonly value=\"", "\""))).await.unwrap().tokens
}

fn client(account: &Account, tokens: Tokens, kept: &Arc<Mutex<Vec<Tokens>>>) -> DropboxClient {
    let kept = Arc::clone(kept);
    let options = ClientOptions::default()
        .with_rest_client(rest(account))
        .with_app(AppRegistration::public("app"))
        .with_token_keeper(move |tokens| kept.lock().unwrap().push(tokens.clone()));
    DropboxClient::new(tokens, options).unwrap()
}

#[tokio::test]
async fn a_pasted_code_lets_the_program_in() {
    // Rows: DropboxOAuth2FlowNoRedirect.start ->, DropboxOAuth2FlowNoRedirect.finish ->
    let account = Account::with(|_| {}).await;
    let tokens = tokens_for(&account, &[]).await;
    assert!(tokens.refresh_token.is_some() && tokens.expires_at.is_some());
    let client = client(&account, tokens, &Arc::default());
    client.put_file("/a.txt", "x", &PutOptions::default()).await.unwrap();
    assert_eq!(account.names("").await, ["a.txt"]);
}

#[tokio::test]
async fn a_code_is_good_once_and_for_who_asked() {
    // Row: DropboxOAuth2FlowNoRedirect.finish !
    let account = Account::with(|_| {}).await;
    let mut flow =
        DropboxOAuth2FlowNoRedirect::new(AppRegistration::public("app"), flow_options(&account, &[]))
            .unwrap();
    let (_, page) = decide(&account, &flow.start().unwrap(), "allow").await;
    let code = between(&page, "readonly value=\"", "\"");
    let mut thief =
        DropboxOAuth2FlowNoRedirect::new(AppRegistration::public("app"), flow_options(&account, &[]))
            .unwrap();
    thief.start().unwrap();
    let failure = thief.finish(&code).await.unwrap_err();
    let error = failure.api_error().unwrap();
    assert_eq!((error.status(), error.needs_sign_in()), (Some(400), true), "{error}");
    let _ = flow.finish(&code).await;
    assert!(flow.finish(&code).await.is_err());
    assert!(flow.finish("nonsense").await.is_err());
}

#[tokio::test]
async fn a_redirect_lets_the_program_in() {
    // Rows: DropboxOAuth2Flow.start ->, DropboxOAuth2Flow.finish ->
    let account = Account::with(|_| {}).await;
    let mut flow = DropboxOAuth2Flow::new(
        AppRegistration::with_secret("app", "secret"),
        "http://localhost:9/done?x=1",
        HashMap::<String, String>::new(),
        "csrf",
        flow_options(&account, &[]),
    )
    .unwrap();
    let (target, _) = decide(&account, &flow.start(Some("here")).unwrap(), "allow").await;
    let target = target.unwrap();
    assert!(target.as_str().starts_with("http://localhost:9/done?"), "{target}");
    let authorization = flow.finish(target.query_pairs()).await.unwrap();
    assert_eq!(authorization.url_state.as_deref(), Some("here"));
    assert_eq!(authorization.account_id.len(), 40);
    assert!(authorization.user_id.parse::<u64>().is_ok(), "{}", authorization.user_id);
    client(&account, authorization.tokens, &Arc::default()).account_info().await.unwrap();
}

#[tokio::test]
async fn a_person_may_say_no() {
    // Row: DropboxOAuth2Flow.finish !
    let account = Account::with(|_| {}).await;
    let mut flow = DropboxOAuth2Flow::new(
        AppRegistration::public("app"),
        "http://localhost:9/done",
        HashMap::<String, String>::new(),
        "csrf",
        flow_options(&account, &[]),
    )
    .unwrap();
    let (target, _) = decide(&account, &flow.start(None).unwrap(), "cancel").await;
    let error = flow.finish(target.unwrap().query_pairs()).await.unwrap_err();
    assert!(matches!(error, FlowError::NotApproved { description: Some(_) }), "{error:?}");
}

#[tokio::test]
async fn tokens_that_have_expired_are_renewed_unnoticed() {
    // Row: global.401
    let clock = Clock::new();
    let account = Account::with(|config| config.clock = clock.clone()).await;
    let kept = Arc::default();
    let first = tokens_for(&account, &[]).await;
    let client = client(&account, first.clone(), &kept);
    client.account_info().await.unwrap();
    assert!(kept.lock().unwrap().is_empty());
    clock.advance(100_000);
    client.account_info().await.unwrap();
    assert_eq!(kept.lock().unwrap().len(), 1, "by one of the two calls");
    assert_ne!(client.tokens().access_token, first.access_token);
    assert_eq!(client.tokens().refresh_token, first.refresh_token);
}

#[tokio::test]
async fn callers_who_are_refused_at_the_same_time_share_one_renewal() {
    // Row: global.401
    let clock = Clock::new();
    let account = Account::with(|config| config.clock = clock.clone()).await;
    let kept = Arc::default();
    let tokens = tokens_for(&account, &[]).await.with_expires_at(None);
    let client = client(&account, tokens, &kept);
    clock.advance(100_000);
    let calls = (0..20).map(|index| {
        let client = client.clone();
        async move { client.file_create_folder(&format!("/{index}")).await }
    });
    for outcome in futures_util::future::join_all(calls).await {
        outcome.unwrap();
    }
    assert_eq!(kept.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_disabled_token_ends_its_refresh_token_too() {
    // Row: disable_access_token
    let account = Account::with(|_| {}).await;
    let tokens = tokens_for(&account, &[]).await;
    let first = client(&account, tokens.clone(), &Arc::default());
    let other = client(&account, tokens, &Arc::default());
    first.disable_access_token().await.unwrap();
    assert!(first.account_info().await.unwrap_err().needs_sign_in());
    let error = other.account_info().await.unwrap_err();
    assert_eq!(error.tags(), ["invalid_access_token"]);
    assert!(error.needs_sign_in());
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    // Row: global.401
    let account = Account::with(|_| {}).await;
    let tokens = tokens_for(&account, &[Scope::AccountInfoRead]).await;
    let client = client(&account, tokens, &Arc::default());
    client.account_info().await.unwrap();
    let outcome = client.file_create_folder("/a").await;
    let Err(ApiError::Response(response)) = &outcome else { panic!("{outcome:?}") };
    assert!(matches!(
        response.common_error(),
        CommonError::Auth(AuthError::MissingScope(scope)) if scope.required_scope == "files.content.write"
    ));
    assert!(!outcome.as_ref().unwrap_err().needs_sign_in(), "signing in again would not help");
    refused(outcome, 401, "missing_scope");
}

#[tokio::test]
async fn an_oauth1_token_that_nobody_knows_is_refused() {
    // Row: create_oauth2_access_token
    let account = Account::with(|_| {}).await;
    let options = ClientOptions::default()
        .with_rest_client(rest(&account))
        .with_app(AppRegistration::with_secret("app", "secret"));
    let oauth1 = dropbox_client::OAuth1Token::new("old", "older");
    let client = DropboxClient::from_oauth1(oauth1, options).unwrap();
    refused(client.create_oauth2_access_token().await, 409, "invalid_oauth1_token_info");
}
