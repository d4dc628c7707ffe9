//! Signing in by a pasted code, staying signed in, and signing out.

use coffer_model::message::{Job, Outcome, Update};
use coffer_model::{AccountChoice, Problem, Receipt, Recovery, RemotePath, Sort};
use coffer_testing::house::House;
use reqwest::redirect::Policy;
use std::fs;
use url::Url;

/// Asks for the page, and allows access there as a person would; gives the code that the page shows.
fn code(house: &mut House) -> String {
    let job = Job::SignInPage { app_key: " appkey1 ".into(), api_url: Some(house.server.url()) };
    let ended = house.run(job);
    assert_eq!(ended.outcome, Outcome::Done(Receipt::Nothing));
    let [Update::AuthorizePage { url }] = ended.updates.as_slice() else { panic!("the page is told") };
    assert_eq!(house.desktop.browsed.lock().unwrap().last(), Some(url));
    allow(house, url)
}

fn allow(house: &House, url: &str) -> String {
    let page = house.runtime.block_on(async {
        let browser = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        let page = browser.get(url).send().await.unwrap().text().await.unwrap();
        let request = between(&page, r#"name="request" value=""#, "\"");
        let url = Url::parse(url).unwrap();
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("request", &request)
            .append_pair("decision", "allow")
            .append_pair("passcode", &house.server.passcode().unwrap())
            .finish();
        let reply = browser
            .post(url.join("/oauth2/authorize").unwrap())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", url.origin().ascii_serialization())
            .body(form)
            .send();
        reply.await.unwrap().text().await.unwrap()
    });
    between(&page, "readonly value=\"", "\"")
}

fn between(text: &str, start: &str, end: &str) -> String {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split_once(end).unwrap().0.to_owned()
}

#[track_caller]
pub fn sign_in(house: &mut House) -> AccountChoice {
    let code = code(house);
    match house.run(Job::SignIn { code: format!("  {code}\n") }).receipt() {
        Receipt::SignedIn(choice) => choice,
        other => panic!("a sign-in answers with the account: {other:?}"),
    }
}

fn list_problem(house: &mut House) -> Option<Problem> {
    match house.run(Job::List { path: RemotePath::root(), sort: Sort::default() }).outcome {
        Outcome::Failed(problem) => Some(problem),
        _ => None,
    }
}

#[test]
fn a_pasted_code_opens_the_account_and_the_next_start_needs_none() {
    let mut house = House::closed(|_| {}, false);
    house.put("/a.txt", "x");
    let choice = sign_in(&mut house);
    let AccountChoice::Dropbox { app_key, api_url, .. } = &choice else { panic!("it is a Dropbox account") };
    assert_eq!((app_key.as_str(), api_url), ("appkey1", &Some(house.server.url())));
    house.restart_worker_with(choice);
    assert_eq!(house.list("/").entries.len(), 1);
}

#[test]
fn a_token_that_expires_is_renewed_without_a_word() {
    let mut house = House::closed(|_| {}, false);
    let choice = sign_in(&mut house);
    house.session = house.start(Job::Session(choice));
    assert_eq!(list_problem(&mut house), None);
    house.clock.advance(14_400 + 60);
    house.put("/b.txt", "x");
    assert_eq!(house.list("/").entries.len(), 1);
}

#[test]
fn a_code_that_is_wrong_used_or_too_old_is_explained_and_another_can_be_pasted() {
    let mut house = House::closed(|_| {}, false);
    let right = code(&mut house);
    let refused = |house: &mut House, code: &str| {
        let problem = house.run(Job::SignIn { code: code.into() }).problem();
        assert_eq!(problem.title, "Could not sign in");
        problem.detail
    };
    assert!(refused(&mut house, "not-a-code").contains("mistyped"));
    assert!(refused(&mut house, "  ").contains("Paste the code"));
    house.run(Job::SignIn { code: right.clone() }).receipt();
    assert!(refused(&mut house, &right).contains("Open the Dropbox page"), "the page is used up");
    let old = code(&mut house);
    house.clock.advance(11 * 60);
    assert!(refused(&mut house, &old).contains("expired"));
}

#[test]
fn a_key_or_an_address_that_cannot_be_right_is_told_before_anything_is_opened() {
    let mut house = House::closed(|_| {}, false);
    let mut refused = |app_key: &str, api_url: Option<&str>| {
        let job = Job::SignInPage { app_key: app_key.into(), api_url: api_url.map(str::to_owned) };
        house.run(job).problem().title
    };
    assert_eq!(refused("", None), "Invalid app key");
    assert_eq!(refused("a b", None), "Invalid app key");
    assert_eq!(refused("abc", Some("http://example.com")), "Invalid server address");
    assert!(house.desktop.browsed.lock().unwrap().is_empty());
}

#[test]
fn signing_out_revokes_the_tokens_and_forgets_them() {
    let mut house = House::closed(|_| {}, false);
    let choice = sign_in(&mut house);
    let kept = house.local("coffer/data/tokens.json");
    assert!(fs::read_to_string(&kept).unwrap().contains("refresh_token"));
    house.session = house.start(Job::Session(choice.clone()));
    house.run(Job::SignOut).receipt();
    assert!(!fs::read_to_string(&kept).unwrap().contains("refresh_token"));
    assert_eq!(list_problem(&mut house).map(|problem| problem.recovery()), Some(Recovery::SignIn));
    let session = house.session;
    assert_eq!(house.wait(session).problem().recovery(), Recovery::SignIn);
    // The account itself is still there for whoever signs in again, but not with what was kept.
    let again = house.start(Job::Session(choice));
    assert_eq!(house.wait(again).problem().recovery(), Recovery::SignIn);
}
