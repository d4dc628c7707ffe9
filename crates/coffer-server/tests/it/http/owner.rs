//! The account belongs to its owner, although everybody on the computer can reach its port: the passcode of the sign-in
//! page, the list of what apps were allowed, the owner’s token, and the proof that a server is the owner’s.

use super::oauth::{SignInPage, copied_code, shown_code, token, tokens_of, whoami};
use super::support::{Account, JsonBody as _, Reply};
use coffer_server::proof::{PROOF_PATH, ProofKey, ProofSide};
use coffer_server::{Server, ServerConfig};
use reqwest::Method;
use serde_json::{Value, json};

const QUERY: [(&str, &str); 2] = [("response_type", "code"), ("client_id", "app")];

/// Ends the server, and starts another one over the same vault.
async fn restarted(account: Account, adjust: impl FnOnce(&mut ServerConfig)) -> Account {
    let Account { server, http, vault } = account;
    server.shutdown().await;
    let mut config = ServerConfig::new(vault.path().join("vault"));
    adjust(&mut config);
    Account { server: Server::start(config).await.unwrap(), http, vault }
}

async fn ask_owner(account: &Account, method: Method, path: &str, token: &str) -> Reply {
    Reply::read(account.request(method, path).bearer_auth(token).send().await.unwrap()).await
}

#[tokio::test]
async fn who_does_not_know_the_passcode_allows_nothing() {
    let account = Account::new().await;
    let page = SignInPage::open(&account, &QUERY).await;
    let passcode = account.server.passcode().unwrap();
    let shorter = &passcode[..passcode.len() - 1];
    for fields in [
        &[("decision", "allow")][..],
        &[("decision", "allow"), ("passcode", "")],
        &[("decision", "allow"), ("passcode", "0000-0000-0000")],
        &[("decision", "allow"), ("passcode", shorter)],
        &[("decision", "allow"), ("passcode", shorter), ("passcode", &passcode)],
    ] {
        let refused = page.submit(fields).await;
        assert_eq!(refused.status, 403, "{fields:?}");
        assert!(refused.text().contains("not the passcode") && !refused.text().contains("readonly"));
    }
    // The page can still be used, and small letters are as good.
    let typed = passcode.to_lowercase().replace('-', " ");
    shown_code(&page.submit(&[("decision", "allow"), ("passcode", &typed)]).await);
    let again = page.submit(&[("decision", "allow"), ("passcode", &passcode)]).await;
    assert_eq!(again.status, 400, "a page is good for one decision");
    let other = Account::new().await;
    assert_ne!(other.server.passcode(), Some(passcode));
}

#[tokio::test]
async fn guessing_the_passcode_is_slowed_down() {
    let account = Account::new().await;
    let page = SignInPage::open(&account, &QUERY).await;
    let mut refused = page.submit(&[("decision", "allow"), ("passcode", "1")]).await;
    for _ in 0..20 {
        if refused.status == 429 {
            break;
        }
        refused = page.submit(&[("decision", "allow"), ("passcode", "1")]).await;
    }
    assert_eq!(refused.status, 429);
    assert!((1..=6).contains(&refused.header("retry-after").parse().unwrap()));
    let passcode = account.server.passcode().unwrap();
    let other = SignInPage::open(&account, &QUERY).await;
    let right = other.submit(&[("decision", "allow"), ("passcode", &passcode)]).await;
    assert_eq!(right.status, 429, "whichever page it comes from");
}

#[tokio::test]
async fn an_account_that_lets_no_app_in_has_no_page_and_takes_no_token_of_an_app() {
    let account = Account::new().await;
    let tokens = tokens_of(&account, "app").await;
    let code = copied_code(&account, &QUERY).await;
    let account = restarted(account, |_| {}).await;
    assert_eq!(account.server.passcode(), None);
    for (method, path) in [(Method::GET, "/oauth2/authorize"), (Method::POST, "/oauth2/authorize")] {
        let call = account.request(method, path).query(&QUERY).form(&[("decision", "allow")]);
        let refused = Reply::read(call.send().await.unwrap()).await;
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("Apps can’t sign in here"), "{}", refused.text());
    }
    for form in [
        &[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("client_id", "app"),
            ("client_secret", "s"),
        ][..],
        &[("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", "app")],
    ] {
        let refused = token(&account, form).await;
        assert_eq!((refused.status, &refused.json()["error"]), (400, &json!("unauthorized_client")));
    }
    let refused = whoami(&account, &tokens["access_token"]).await;
    assert_eq!((refused.status, &refused.json()["error"][".tag"]), (401, &json!("invalid_access_token")));
    assert_eq!(whoami(&account, &json!(account.server.token())).await.status, 200);
    let account = restarted(account, |config| config.allows_sign_in = true).await;
    assert_eq!(whoami(&account, &tokens["access_token"]).await.status, 200, "a grant lasts");
}

#[tokio::test]
async fn the_page_says_where_the_code_goes_and_takes_no_form_of_another_site() {
    let account = Account::new().await;
    let page = SignInPage::open(&account, &QUERY).await;
    assert!(page.text.contains("a code is shown"), "{}", page.text);
    let passcode = account.server.passcode().unwrap();
    let allow = [("decision", "allow"), ("passcode", passcode.as_str())];
    let elsewhere = format!("http://127.0.0.1:{}", account.server.address().port() ^ 1);
    for origin in ["http://evil.example", "null", &elsewhere] {
        assert_eq!(page.submit_from(Some(origin), &allow).await.status, 403, "{origin}");
    }
    let own = account.server.url();
    shown_code(&page.submit_from(Some(&own), &allow).await);
    let target = [&QUERY[..], &[("redirect_uri", "https://app.example/back")]].concat();
    let page = SignInPage::open(&account, &target).await;
    assert!(page.text.contains("return to <b>app.example</b>"), "{}", page.text);
}

#[tokio::test]
async fn grants_are_listed_and_end_one_by_one() {
    let account = Account::with(|config| config.token = None).await;
    let own = account.server.token();
    let (one, two) = (tokens_of(&account, "one").await, tokens_of(&account, "two").await);
    let grants = ask_owner(&account, Method::GET, "/coffer/grants", &own).await.ok();
    let names: Vec<&str> =
        grants.as_array().unwrap().iter().map(|grant| grant["client_id"].as_str().unwrap()).collect();
    assert_eq!(names, ["one", "two"]);
    assert_eq!((&grants[0]["expires"], &grants[0]["scopes"]), (&Value::Null, &one["scope"]));

    let path = format!("/coffer/grants/{}", grants[0]["id"]);
    let app_token = two["access_token"].as_str().unwrap();
    for (method, path) in
        [(Method::GET, "/coffer/grants"), (Method::GET, "/coffer/passcode"), (Method::DELETE, path.as_str())]
    {
        assert_eq!(ask_owner(&account, method, path, app_token).await.status, 401, "{path} is the owner’s");
    }
    assert_eq!(ask_owner(&account, Method::DELETE, &path, &own).await.status, 200);
    assert_eq!(ask_owner(&account, Method::DELETE, &path, &own).await.status, 404, "it is gone");
    assert_eq!(whoami(&account, &one["access_token"]).await.status, 401);
    assert_eq!(whoami(&account, &two["access_token"]).await.status, 200);

    // The end of the owner's token ends no grant.
    let revoke = account.request(Method::POST, "/2/auth/token/revoke").bearer_auth(&own).json(&json!(null));
    assert_eq!(Reply::read(revoke.send().await.unwrap()).await.status, 200);
    assert_eq!(whoami(&account, &json!(own)).await.status, 401);
    assert_eq!(whoami(&account, &two["access_token"]).await.status, 200);
    let passcode = ask_owner(&account, Method::GET, "/coffer/passcode", &account.server.token()).await.ok();
    assert_eq!(passcode["passcode"], account.server.passcode().unwrap());
}

#[tokio::test]
async fn a_start_ends_the_owners_old_token_and_no_other() {
    let account = Account::with(|config| config.token = None).await;
    let (old, tokens) = (json!(account.server.token()), tokens_of(&account, "app").await);
    assert_eq!(whoami(&account, &old).await.status, 200);
    let account = restarted(account, |config| config.allows_sign_in = true).await;
    assert_eq!(whoami(&account, &old).await.status, 401);
    assert_eq!(whoami(&account, &json!(account.server.token())).await.status, 200);
    assert_eq!(whoami(&account, &tokens["access_token"]).await.status, 200);
}

#[tokio::test]
async fn a_server_proves_whose_it_is_to_its_owner_alone_and_for_as_long_as_it_is_there() {
    let account = Account::new().await;
    let (key, url) = (account.server.proof_key(), account.server.url());
    let nonce = "0123456789abcdef0123456789abcdef";
    let ask = |nonce: &str, proof: String| {
        account.request(Method::GET, PROOF_PATH).query(&[("nonce", nonce), ("proof", &proof)]).send()
    };
    let other: ProofKey = serde_json::from_value(json!("00".repeat(32))).unwrap();
    for (nonce, proof) in [
        (nonce, String::new()),
        (nonce, other.prove(ProofSide::Client, &url, nonce)),
        (nonce, key.prove(ProofSide::Server, &url, nonce)),
        (nonce, key.prove(ProofSide::Client, "http://127.0.0.1:1", nonce)),
        ("short", key.prove(ProofSide::Client, &url, "short")),
    ] {
        assert_eq!(ask(nonce, proof).await.unwrap().status(), 403, "{nonce}");
    }
    let mut reply = ask(nonce, key.prove(ProofSide::Client, &url, nonce)).await.unwrap();
    let shown = reply.chunk().await.unwrap().unwrap();
    let shown = std::str::from_utf8(&shown).unwrap();
    assert!(key.verify(ProofSide::Server, &url, nonce, shown));
    account.server.shutdown().await;
    assert_eq!(reply.chunk().await.unwrap(), None, "the reply ends with the server");
}
