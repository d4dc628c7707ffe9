//! Who may use an account that `coffer serve` serves: what a stranger at the port can do, and what the owner sees and ends.

use super::serve::Serve;
use super::support::Desk;
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// The text behind `start`, up to the next quote.
fn after(text: &str, start: &str) -> Option<String> {
    Some(text.split_once(start)?.1.split('"').next()?.to_owned())
}

/// Opens the sign-in page as a browser does, and allows the app with this passcode; returns the code if one is shown.
fn allow(serve: &Serve, app: &str, passcode: &str) -> Option<String> {
    let address = format!("{}/oauth2/authorize", serve.url);
    serve.runtime.block_on(async {
        let query = format!("{address}?response_type=code&token_access_type=legacy&client_id={app}");
        let page = serve.http.get(query).send().await.unwrap().text().await.unwrap();
        let request = after(&page, "name=\"request\" value=\"").unwrap();
        let form = [("request", request.as_str()), ("decision", "allow"), ("passcode", passcode)];
        let answer = serve.http.post(address).form(&form).send().await.unwrap().text().await.unwrap();
        after(&answer, "readonly value=\"")
    })
}

/// The token for a code.
fn exchange(serve: &Serve, app: &str, code: &str) -> String {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", app),
        ("client_secret", "secret"),
        ("code", code),
    ];
    let request = serve.http.post(format!("{}/oauth2/token", serve.url)).form(&form);
    let reply = serve.runtime.block_on(request.send()).unwrap();
    serve.json(reply)["access_token"].as_str().unwrap().to_owned()
}

fn can_call(serve: &Serve, token: &str) -> bool {
    let request = serve.http.request(Method::POST, format!("{}/2/users/get_current_account", serve.url));
    let request = request.bearer_auth(token).header("Content-Type", "application/json").body("null");
    serve.runtime.block_on(request.send()).unwrap().status() == 200
}

fn plain_client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().unwrap()
}

#[test]
fn the_owner_lets_apps_in_with_the_passcode_sees_them_and_ends_their_access_one_by_one() {
    let desk = Desk::new();
    let serve = Serve::start(&desk, &[], plain_client());
    let passcode = desk.run_plain(&["apps", "--dir", "served", "--passcode"]).ok().out;
    assert_eq!(allow(&serve, "stranger", "0000-0000-0000"), None, "who doesn’t know it gets nothing");
    let tokens = ["one", "two"].map(|app| {
        let code = allow(&serve, app, passcode.trim()).unwrap();
        exchange(&serve, app, &code)
    });
    assert!(tokens.iter().all(|token| can_call(&serve, token)));

    let told = desk.run_plain(&["apps", "--dir", "served", "--json"]).ok().json();
    let names: Vec<&Value> = told["apps"].as_array().unwrap().iter().map(|app| &app["client_id"]).collect();
    assert_eq!(names, [&json!("one"), &json!("two")]);
    let number = told["apps"][0]["id"].to_string();
    let run = desk.run_plain(&["apps", "--dir", "served", "--revoke", &number]).ok();
    assert!(run.out.contains("two") && !run.out.contains("one"), "{run:?}");
    assert_eq!(tokens.each_ref().map(|token| can_call(&serve, token)), [false, true]);
    desk.run_plain(&["apps", "--dir", "served", "--revoke", &number]).ended(1);

    // It works as well while nobody serves the account, but then there is no page to sign in at.
    serve.stop();
    assert!(desk.run_plain(&["apps", "--dir", "served"]).ok().out.contains("two"));
    let run = desk.run_plain(&["apps", "--dir", "served", "--passcode"]).ended(1);
    assert!(run.err.contains("no “coffer serve” is running"), "{run:?}");
    desk.run_plain(&["apps", "--dir", "nowhere"]).ended(1);
    assert!(!desk.house.local("nowhere").exists());
}

#[test]
fn nobody_signs_in_to_the_account_that_a_command_or_window_serves() {
    let desk = Desk::with(|config| config.allows_sign_in = false);
    let page = format!("{}/oauth2/authorize?response_type=code&client_id=x", desk.url);
    let reply = desk.house.runtime.block_on(async { plain_client().get(page).send().await.unwrap() });
    assert_eq!(reply.status(), 403);
    // What a command serves is that very configuration: it announces no passcode.
    desk.run_plain(&["mkdir", "/Made"]).ok();
    let run = desk.run_plain(&["apps", "--passcode"]).ended(1);
    assert!(run.err.contains("no app can sign in"), "{run:?}");
}

#[test]
fn the_token_of_a_server_comes_from_a_file_and_one_on_the_command_line_is_warned_of() {
    let desk = Desk::new();
    desk.write("token", "from-a-file\n");
    let serve = Serve::start_with(&desk, &["--token-file", "token"], plain_client());
    assert!(can_call(&serve, "from-a-file") && !can_call(&serve, "another"));
    serve.stop();
    let run = desk.run_plain(&["serve", "--dir", "served", "--token", "visible", "--fault", "nonsense"]);
    assert!(run.err.contains("every user of this computer can see the token"), "{run:?}");
    let run = desk.run_plain(&["serve", "--dir", "served", "--token-file", "missing"]).ended(1);
    assert!(run.err.contains("could not be read from missing"), "{run:?}");
}
