//! Signing in, with and without a redirect.

use std::collections::HashMap;

use dropbox_client::{
    ApiError, AppRegistration, DropboxOAuth2Flow, DropboxOAuth2FlowNoRedirect, FlowError, FlowOptions,
    TokenAccess,
};
use dropbox_protocol::{Scope, Secret};
use url::Url;

use super::double::{Double, json};

const TOKENS: &str = r#"{"access_token":"granted","token_type":"bearer","expires_in":14400,"refresh_token":"forever","scope":"account_info.read files.content.read","uid":"12345","account_id":"dbid:x"}"#;

fn query(url: &str) -> HashMap<String, String> {
    Url::parse(url).unwrap().query_pairs().into_owned().collect()
}

fn options(double: &Double) -> FlowOptions {
    FlowOptions::default().with_rest_client(double.rest())
}

type Session = HashMap<String, String>;

fn redirect<'a>(double: &Double, session: &'a mut Session) -> DropboxOAuth2Flow<&'a mut Session> {
    DropboxOAuth2Flow::new(
        AppRegistration::with_secret("key", "secret"),
        "https://me.example/done",
        session,
        "csrf",
        options(double),
    )
    .unwrap()
}

#[tokio::test]
async fn a_pasted_code_is_traded_with_proof_of_who_asked() {
    // Rows: DropboxOAuth2FlowNoRedirect.consumer_key, DropboxOAuth2FlowNoRedirect.rest_client,
    // DropboxOAuth2FlowNoRedirect.start ->, DropboxOAuth2FlowNoRedirect.finish.code,
    // DropboxOAuth2FlowNoRedirect.finish ->
    let double = Double::answering([json(200, TOKENS)]).await;
    let mut flow =
        DropboxOAuth2FlowNoRedirect::new(AppRegistration::public("key"), options(&double)).unwrap();
    let url = flow.start().unwrap();
    assert!(url.starts_with(&format!("{}/oauth2/authorize?", double.url)), "{url}");
    let asked = query(&url);
    assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", "key"));
    assert_eq!(
        (asked["token_access_type"].as_str(), asked["code_challenge_method"].as_str()),
        ("offline", "S256")
    );
    assert!(!asked.contains_key("redirect_uri") && !asked.contains_key("state"));

    let authorization = flow.finish("  the-code\n").await.unwrap();
    assert_eq!(authorization.tokens.access_token, Secret::new("granted"));
    assert_eq!(authorization.tokens.refresh_token, Some(Secret::new("forever")));
    assert_eq!((authorization.user_id.as_str(), authorization.account_id.as_str()), ("12345", "dbid:x"));
    let form: HashMap<_, _> = double.seen()[0].form().into_iter().collect();
    assert_eq!((form["grant_type"].as_str(), form["code"].as_str()), ("authorization_code", "the-code"));
    assert!(!form.contains_key("client_secret") && !form.contains_key("redirect_uri"));
    // RFC 7636: the challenge is the hash of the verifier, which has 43 to 128 characters.
    let verifier = &form["code_verifier"];
    assert!((43..=128).contains(&verifier.len()));
    assert_eq!(challenge(verifier), asked["code_challenge"]);
}

fn challenge(verifier: &str) -> String {
    use base64::Engine;
    use sha2::Digest;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(verifier))
}

#[tokio::test]
async fn an_app_with_a_secret_shows_it_instead() {
    // Rows: DropboxOAuth2FlowNoRedirect.consumer_secret, DropboxOAuth2FlowNoRedirect.locale
    let double = Double::answering([json(200, TOKENS)]).await;
    let options = options(&double)
        .with_locale("de")
        .with_scopes(vec![Scope::FilesContentRead, Scope::AccountInfoRead])
        .with_token_access(TokenAccess::Online)
        .with_force_reapprove(true);
    let mut flow =
        DropboxOAuth2FlowNoRedirect::new(AppRegistration::with_secret("key", "secret"), options).unwrap();
    let asked = query(&flow.start().unwrap());
    assert!(!asked.contains_key("code_challenge"));
    assert_eq!((asked["locale"].as_str(), asked["token_access_type"].as_str()), ("de", "online"));
    assert_eq!(asked["scope"], "files.content.read account_info.read");
    assert_eq!(asked["force_reapprove"], "true");
    flow.finish("c").await.unwrap();
    let form: HashMap<_, _> = double.seen()[0].form().into_iter().collect();
    assert_eq!((form["client_secret"].as_str(), form["locale"].as_str()), ("secret", "de"));
    assert!(!form.contains_key("code_verifier"));
}

#[tokio::test]
async fn a_wrong_code_is_an_error_response() {
    // Row: DropboxOAuth2FlowNoRedirect.finish !
    let refused =
        json(400, r#"{"error":"invalid_grant","error_description":"code doesn't exist or has expired"}"#);
    let double =
        Double::answering([refused, json(200, r#"{"access_token":"x","token_type":"bearer"}"#)]).await;
    let mut flow =
        DropboxOAuth2FlowNoRedirect::new(AppRegistration::public("key"), options(&double)).unwrap();
    flow.start().unwrap();
    match flow.finish("wrong").await.unwrap_err() {
        FlowError::Api(ApiError::Response(error)) => {
            assert_eq!((error.status, error.oauth_error()), (400, Some("invalid_grant")));
            assert_eq!(error.error_msg.as_deref(), Some("code doesn't exist or has expired"));
        }
        other => panic!("{other:?}"),
    }
    assert!(
        matches!(flow.finish("x").await.unwrap_err(), FlowError::Api(ApiError::Malformed { .. })),
        "no uid"
    );
    assert!(matches!(flow.finish(" \n").await.unwrap_err(), FlowError::Api(ApiError::InvalidArgument(_))));
    assert_eq!(double.seen().len(), 2);
}

#[tokio::test]
async fn a_redirect_brings_the_code_and_the_state_back() {
    // Rows: DropboxOAuth2Flow.consumer_key, DropboxOAuth2Flow.consumer_secret, DropboxOAuth2Flow.redirect_uri,
    // DropboxOAuth2Flow.session, DropboxOAuth2Flow.csrf_token_session_key, DropboxOAuth2Flow.rest_client,
    // DropboxOAuth2Flow.start.url_state, DropboxOAuth2Flow.start ->, DropboxOAuth2Flow.finish.query_params,
    // DropboxOAuth2Flow.finish ->
    let double = Double::answering([json(200, TOKENS)]).await;
    let mut session = Session::new();
    let asked = query(&redirect(&double, &mut session).start(Some("a|b&c")).unwrap());
    assert_eq!(asked["redirect_uri"], "https://me.example/done");
    let csrf = session["csrf"].clone();
    assert_eq!((csrf.len(), asked["state"].as_str()), (24, format!("{csrf}|a|b&c").as_str()));

    let params = [("code", "c".to_owned()), ("state", asked["state"].clone())];
    let authorization = redirect(&double, &mut session).finish(params).await.unwrap();
    assert_eq!(authorization.url_state.as_deref(), Some("a|b&c"));
    assert_eq!(authorization.user_id, "12345");
    let form: HashMap<_, _> = double.seen()[0].form().into_iter().collect();
    assert_eq!(form["redirect_uri"], "https://me.example/done");
    assert_eq!((form["client_id"].as_str(), form["client_secret"].as_str()), ("key", "secret"));
    assert!(session.is_empty(), "what protects against forgery is good once");
}

#[tokio::test]
async fn without_url_state_there_is_none_in_the_end() {
    // Row: DropboxOAuth2Flow.locale
    let double = Double::answering([json(200, TOKENS)]).await;
    let mut session = Session::new();
    let french = options(&double).with_locale("fr");
    let mut flow = DropboxOAuth2Flow::new(
        AppRegistration::public("key"),
        "http://localhost:1/",
        &mut session,
        "csrf",
        french,
    )
    .unwrap();
    let asked = query(&flow.start(None).unwrap());
    assert_eq!(asked["locale"], "fr");
    let params = [("code", "c".to_owned()), ("state", asked["state"].clone())];
    assert_eq!(flow.finish(params).await.unwrap().url_state, None);
    let form: HashMap<_, _> = double.seen()[0].form().into_iter().collect();
    assert_eq!(
        challenge(&form["code_verifier"]),
        asked["code_challenge"],
        "the verifier was kept in the session"
    );
    assert!(session.is_empty());
}

#[tokio::test]
async fn a_state_that_dropbox_would_not_return_is_refused() {
    let double = Double::answering([]).await;
    let mut session = Session::new();
    assert!(redirect(&double, &mut session).start(Some(&"x".repeat(476))).is_err());
    assert!(redirect(&double, &mut session).start(Some(&"x".repeat(475))).is_ok());
}

#[tokio::test]
async fn the_five_exceptions_come_in_their_order() {
    // Row: DropboxOAuth2Flow.finish !
    let double = Double::answering([json(400, r#"{"error":"invalid_grant"}"#)]).await;
    let fail = async |session: &mut Session, params: &[(&str, &str)]| {
        redirect(&double, session).finish(params.iter().copied()).await.unwrap_err()
    };
    let csrf = "0123456789012345678901==";
    let session = || Session::from([("csrf".to_owned(), csrf.to_owned())]);
    let foreign = "9123456789012345678901==";

    for params in [
        &[("code", "c")][..],
        &[("state", csrf)],
        &[("state", csrf), ("code", "c"), ("error", "access_denied")],
        &[],
    ] {
        let mut session = session();
        let error = fail(&mut session, params).await;
        assert!(matches!(error, FlowError::BadRequest(_)), "{params:?}: {error:?}");
        assert_eq!(session.len(), 1, "the session is untouched");
    }

    let error = fail(&mut Session::new(), &[("state", foreign), ("error", "access_denied")]).await;
    assert!(matches!(error, FlowError::BadState), "the session is looked at before the state");

    let short = &mut Session::from([("csrf".to_owned(), "short".to_owned())]);
    assert!(matches!(fail(short, &[("state", "short"), ("code", "c")]).await, FlowError::Api(_)));

    for state in [foreign, "", "|", &csrf[..23], &format!("{csrf}x|y")] {
        let mut session = session();
        let error = fail(&mut session, &[("state", state), ("error", "access_denied")]).await;
        assert!(matches!(error, FlowError::Csrf), "{state}: {error:?}");
        assert_eq!(session.len(), 1);
    }

    let denied = [("state", csrf), ("error", "access_denied"), ("error_description", "no, thanks")];
    let mut used = session();
    match fail(&mut used, &denied).await {
        FlowError::NotApproved { description } => assert_eq!(description.as_deref(), Some("no, thanks")),
        other => panic!("{other:?}"),
    }
    assert!(matches!(fail(&mut used, &denied).await, FlowError::BadState), "it cannot be used twice");

    let refused = [("state", csrf), ("error", "server_error"), ("error_description", "sorry")];
    match fail(&mut session(), &refused).await {
        FlowError::Provider(message) => assert_eq!(message, "server_error: sorry"),
        other => panic!("{other:?}"),
    }

    let error = fail(&mut session(), &[("state", csrf), ("code", "c")]).await;
    assert!(matches!(error, FlowError::Api(ApiError::Response(_))), "{error:?}");
}

#[tokio::test]
async fn an_app_with_a_secret_does_not_show_the_proof_of_an_earlier_start_without_one() {
    // Row: DropboxOAuth2Flow.finish ->
    let double = Double::answering([json(200, TOKENS)]).await;
    let mut session = Session::new();
    let public = AppRegistration::public("key");
    let mut flow =
        DropboxOAuth2Flow::new(public, "https://me.example/done", &mut session, "csrf", options(&double))
            .unwrap();
    flow.start(None).unwrap();
    assert_eq!(session.len(), 2);
    let asked = query(&redirect(&double, &mut session).start(Some("")).unwrap());
    assert_eq!(session.len(), 1, "the verifier is gone");
    let params = [("code", "c".to_owned()), ("state", asked["state"].clone())];
    let authorization = redirect(&double, &mut session).finish(params).await.unwrap();
    assert_eq!(authorization.url_state.as_deref(), Some(""), "an empty state is one");
    assert!(!double.seen()[0].form().iter().any(|(name, _)| name == "code_verifier"));
}
