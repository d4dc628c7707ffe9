//! Signing in: the page, the code, the tokens, their ends. Who may sign in, and what the owner does about it, is in `owner`.

use super::support::{Account, JsonBody as _, Reply};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use coffer_server::clock::Clock;
use dropbox_protocol::{Auth, Scope, Style, routes};
use reqwest::{Client, Method, redirect};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The page's hidden name of the request.
fn request_name(page: &str) -> String {
    page.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The owner, who opens the page, types the passcode and presses a button; no redirect is followed.
async fn person(account: &Account, query: &[(&str, &str)], decision: &str) -> Reply {
    let passcode = account.server.passcode().unwrap();
    let page = SignInPage::open(account, query).await;
    page.submit(&[("decision", decision), ("passcode", &passcode)]).await
}

/// The page of one request for access.
pub struct SignInPage {
    browser: Client,
    address: String,
    name: String,
    pub text: String,
}

impl SignInPage {
    pub async fn open(account: &Account, query: &[(&str, &str)]) -> Self {
        let browser = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
        let address = format!("{}/oauth2/authorize", account.server.url());
        let page = Reply::read(browser.get(&address).query(query).send().await.unwrap()).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.header("x-frame-options"), "DENY");
        Self { browser, address, name: request_name(&page.text()), text: page.text() }
    }

    /// The form, with these fields filled in.
    pub async fn submit(&self, fields: &[(&str, &str)]) -> Reply {
        self.submit_from(None, fields).await
    }

    /// The form as a page of `origin` sends it.
    pub async fn submit_from(&self, origin: Option<&str>, fields: &[(&str, &str)]) -> Reply {
        let form = [&[("request", self.name.as_str())], fields].concat();
        let mut call = self.browser.post(&self.address).form(&form);
        if let Some(origin) = origin {
            call = call.header("Origin", origin);
        }
        Reply::read(call.send().await.unwrap()).await
    }
}

/// The code that the page shows after access was allowed.
pub fn shown_code(page: &Reply) -> String {
    assert_eq!(page.status, 200);
    page.text().split("readonly value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

pub async fn copied_code(account: &Account, query: &[(&str, &str)]) -> String {
    shown_code(&person(account, query, "allow").await)
}

/// The tokens of an app that was allowed everything.
pub async fn tokens_of(account: &Account, app: &str) -> Value {
    let query = [("response_type", "code"), ("client_id", app), ("token_access_type", "legacy")];
    let code = copied_code(account, &query).await;
    let form =
        [("grant_type", "authorization_code"), ("code", &code), ("client_id", app), ("client_secret", "s")];
    token(account, &form).await.ok()
}

pub async fn token(account: &Account, form: &[(&str, &str)]) -> Reply {
    let call = account.request(Method::POST, "/oauth2/token").form(form);
    Reply::read(call.send().await.unwrap()).await
}

pub async fn whoami(account: &Account, token: &Value) -> Reply {
    let call = account
        .request(Method::POST, "/2/users/get_current_account")
        .bearer_auth(token.as_str().unwrap())
        .json(&json!(null));
    Reply::read(call.send().await.unwrap()).await
}

#[tokio::test]
async fn a_pasted_code_becomes_tokens_that_end_and_are_renewed() {
    let clock = Clock::new();
    let account = Account::with(|config| {
        config.clock = clock.clone();
        config.access_token_lifetime_secs = 100;
    })
    .await;
    let verifier = "a-verifier-of-at-least-forty-three-characters-long";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let query = [
        ("response_type", "code"),
        ("client_id", "app"),
        ("token_access_type", "offline"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let code = copied_code(&account, &query).await;
    let exchange = |verifier: &'static str| {
        let code = code.clone();
        let account = &account;
        async move {
            let form = [
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("client_id", "app"),
                ("code_verifier", verifier),
                // The Rust SDK sends it twice.
                ("code_verifier", verifier),
            ];
            token(account, &form).await
        }
    };
    let wrong = exchange("not-the-verifier").await;
    assert_eq!((wrong.status, wrong.json()["error"].clone()), (400, json!("invalid_grant")));
    let tokens = exchange(verifier).await.ok();
    assert_eq!(tokens["token_type"], "bearer");
    assert_eq!(tokens["expires_in"], 100);
    assert_eq!(tokens["account_id"].as_str().unwrap().len(), 40);
    assert!(tokens["uid"].as_str().unwrap().parse::<u64>().is_ok());
    let again = exchange(verifier).await;
    assert_eq!(again.json()["error_description"], "code doesn't exist or has expired");

    assert_eq!(whoami(&account, &tokens["access_token"]).await.status, 200);
    clock.advance(100);
    let expired = whoami(&account, &tokens["access_token"]).await;
    assert_eq!(
        (expired.status, expired.json()["error"][".tag"].clone()),
        (401, json!("expired_access_token"))
    );

    let refresh = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ("client_id", "app"),
    ];
    let renewed = token(&account, &refresh).await.ok();
    assert!(renewed.get("refresh_token").is_none());
    assert_eq!(whoami(&account, &renewed["access_token"]).await.status, 200);

    let revoke = account
        .request(Method::POST, "/2/auth/token/revoke")
        .bearer_auth(renewed["access_token"].as_str().unwrap());
    assert_eq!(Reply::read(revoke.send().await.unwrap()).await.text(), "null");
    let revoked = whoami(&account, &renewed["access_token"]).await;
    assert_eq!(revoked.json()["error"][".tag"], "invalid_access_token");
    let refused = token(&account, &refresh).await;
    assert_eq!((refused.status, refused.json()["error"].clone()), (400, json!("invalid_grant")));
}

#[tokio::test]
async fn a_grant_that_ends_while_its_token_is_renewed_leaves_no_token_that_works() {
    let account = Account::new().await;
    let query = [("response_type", "code"), ("client_id", "app"), ("token_access_type", "offline")];
    for _ in 0..20 {
        let code = copied_code(&account, &query).await;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &*code),
            ("client_id", "app"),
            ("client_secret", "s"),
        ];
        let tokens = token(&account, &form).await.ok();
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        let (access, refresh) = (text("access_token"), text("refresh_token"));
        let renewal = [
            ("grant_type", "refresh_token"),
            ("refresh_token", &*refresh),
            ("client_id", "app"),
            ("client_secret", "s"),
        ];
        let revoke = account.request(Method::POST, "/2/auth/token/revoke").bearer_auth(access).send();
        let (renewed, revoked) = tokio::join!(token(&account, &renewal), revoke);
        assert_eq!(revoked.unwrap().status(), 200);
        match renewed.status {
            200 => {
                let renewed = whoami(&account, &renewed.json()["access_token"]).await;
                assert_eq!(renewed.status, 401);
            }
            400 => assert_eq!(renewed.json()["error"], "invalid_grant"),
            status => panic!("{status}: {}", renewed.text()),
        }
    }
}

#[tokio::test]
async fn codes_expire_and_unknown_ones_are_refused() {
    let clock = Clock::new();
    let account = Account::with(|config| config.clock = clock.clone()).await;
    let code = copied_code(&account, &[("response_type", "code"), ("client_id", "app")]).await;
    clock.advance(601);
    for code in [code.as_str(), "made-up"] {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", "app"),
            ("client_secret", "s"),
        ];
        let refused = token(&account, &form).await;
        assert_eq!((refused.status, refused.json()["error"].clone()), (400, json!("invalid_grant")));
    }
    for (form, error) in [
        (vec![], "invalid_request"),
        (vec![("grant_type", "password")], "unsupported_grant_type"),
        (vec![("grant_type", "authorization_code"), ("client_id", "app")], "invalid_request"),
    ] {
        let refused = token(&account, &form).await;
        assert_eq!((refused.status, refused.json()["error"].clone()), (400, json!(error)));
    }
}

#[tokio::test]
async fn an_app_with_an_address_is_told_there() {
    let account = Account::new().await;
    let query = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("redirect_uri", "http://localhost:9/back?x=1"),
        ("state", "csrf|and more"),
    ];
    let allowed = person(&account, &query, "allow").await;
    assert_eq!(allowed.status, 302);
    let target = url::Url::parse(allowed.header("location")).unwrap();
    let parameters: std::collections::HashMap<String, String> = target.query_pairs().into_owned().collect();
    assert_eq!((parameters["x"].as_str(), parameters["state"].as_str()), ("1", "csrf|and more"));
    let code = parameters["code"].as_str();

    let refused = person(&account, &query, "cancel").await;
    assert!(refused.header("location").contains("error=access_denied"));
    assert!(refused.header("location").contains("state=csrf%7Cand+more"));

    // By Basic and in the address, without a body, as some clients do.
    let address = format!("/1/oauth2/token?grant_type=authorization_code&code={code}&redirect_uri=");
    let call = |redirect_uri: &str| {
        account
            .request(Method::POST, &format!("{address}{redirect_uri}"))
            .basic_auth("web", Some("secret"))
            .header("Content-Type", "application/json")
    };
    let wrong = Reply::read(call("http://localhost:9/other").send().await.unwrap()).await;
    assert_eq!(wrong.json()["error"], "invalid_grant");
    let right = call("http://localhost:9/back?x=1").send().await.unwrap();
    let tokens = Reply::read(right).await.ok();
    assert!(tokens.get("refresh_token").is_none());
    assert_eq!(whoami(&account, &tokens["access_token"]).await.status, 200);
}

#[tokio::test]
async fn a_token_can_do_what_was_asked_for_and_no_more() {
    let account = Account::new().await;
    let query =
        [("response_type", "code"), ("client_id", "app"), ("scope", "files.metadata.read account_info.read")];
    let code = copied_code(&account, &query).await;
    let form =
        [("grant_type", "authorization_code"), ("code", &code), ("client_id", "app"), ("client_secret", "s")];
    let tokens = token(&account, &form).await.ok();
    assert_eq!(tokens["scope"], "files.metadata.read account_info.read");
    assert_eq!(whoami(&account, &tokens["access_token"]).await.status, 200);
    let call = account
        .request(Method::POST, "/2/files/delete_v2")
        .bearer_auth(tokens["access_token"].as_str().unwrap())
        .json(&json!({"path": "/a"}));
    let refused = Reply::read(call.send().await.unwrap()).await;
    assert_eq!(refused.status, 401);
    assert_eq!(
        refused.json()["error"],
        json!({".tag": "missing_scope", "required_scope": "files.content.write"})
    );
}

#[tokio::test]
async fn every_route_asks_for_its_own_scope_and_no_other() {
    let account = Account::new().await;
    for scope in Scope::ALL {
        let query = [("response_type", "code"), ("client_id", "app"), ("scope", scope.name())];
        let code = copied_code(&account, &query).await;
        let form = [("grant_type", "authorization_code"), ("code", &code), ("client_id", "app")];
        let tokens = token(&account, &[&form[..], &[("client_secret", "s")]].concat()).await.ok();
        let bearer = tokens["access_token"].as_str().unwrap();
        for route in routes().filter(|route| matches!(route.auth, Auth::User | Auth::AppOrUser)) {
            // The one route that would end the token.
            if route.name == "auth/token/revoke" {
                continue;
            }
            let call = account.request(Method::POST, &format!("/2/{}", route.name)).bearer_auth(bearer);
            let call = match route.style {
                Style::Rpc => call.json(&json!({"nothing": "of use"})),
                Style::Upload => call
                    .header("Dropbox-API-Arg", "{\"nothing\":\"of use\"}")
                    .header("Content-Type", "application/octet-stream"),
                Style::Download => call.header("Dropbox-API-Arg", "{\"nothing\":\"of use\"}"),
            };
            let reply = Reply::read(call.send().await.unwrap()).await;
            let wanted = route.scope.map(Scope::name);
            if wanted == Some(scope.name()) {
                assert_ne!(reply.status, 401, "{} with {scope}: {}", route.name, reply.text());
            } else {
                let error = json!({".tag": "missing_scope", "required_scope": wanted});
                assert_eq!(
                    (reply.status, &reply.json()["error"]),
                    (401, &error),
                    "{} with {scope}",
                    route.name
                );
            }
        }
    }
}

#[tokio::test]
async fn requests_that_cannot_be_right_are_shown_as_such() {
    let account = Account::new().await;
    let browser = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
    let address = format!("{}/oauth2/authorize", account.server.url());
    for (query, status) in [
        (vec![("response_type", "code")], 400),
        (vec![("response_type", "code"), ("client_id", "a"), ("redirect_uri", "http://example.org/")], 400),
        (vec![("response_type", "code"), ("client_id", "a"), ("redirect_uri", "javascript:alert(1)")], 400),
        (vec![("response_type", "token"), ("client_id", "a"), ("redirect_uri", "https://example.org/")], 302),
        (vec![("response_type", "code"), ("client_id", "a"), ("scope", "everything")], 400),
    ] {
        let reply = Reply::read(browser.get(&address).query(&query).send().await.unwrap()).await;
        assert_eq!(reply.status, status, "{query:?}");
    }
    let evil = [("response_type", "code"), ("client_id", "<script>alert(1)</script>")];
    let page = Reply::read(browser.get(&address).query(&evil).send().await.unwrap()).await;
    assert!(page.text().contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.text().contains("<script>alert"));
    let rebound = browser.get(&address).query(&evil).header("Host", "evil.example:80");
    assert_eq!(Reply::read(rebound.send().await.unwrap()).await.status, 403);
    let stale = browser.post(&address).form(&[("request", "unknown"), ("decision", "allow")]);
    assert_eq!(Reply::read(stale.send().await.unwrap()).await.status, 400);
}
