//! Which account a command works on: the one on this computer, a running one, a server that is named, or Dropbox after
//! a sign-in.

use super::support::{Desk, Running, Stopped, with_input};
use coffer_testing::counting_proxy::{Hold, Way};
use coffer_testing::house::bulk;
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

#[test]
fn without_a_word_it_is_the_account_on_this_computer_and_it_gets_no_samples() {
    let desk = Desk::new();
    assert_eq!(desk.run_plain(&["ls"]).ok().out, "");
    desk.write("a.txt", "abc");
    desk.run_plain(&["put", "a.txt", "/Notes/"]).ok();
    assert_eq!(desk.run_plain(&["ls", "-R"]).ok().lines(), ["/Notes/", "/Notes/a.txt"]);
    let told = desk.run_plain(&["account", "--json"]).ok().json();
    assert_eq!((&told["embedded"], &told["used_bytes"]), (&json!(true), &json!(3)));
    let vault = desk.house.local("data/data/vault");
    assert_eq!(told["vault"], vault.to_str().unwrap());
    assert!(!vault.join("endpoint.json").exists(), "nothing answers any more");
    assert!(!desk.house.exists("/Notes"), "the server's account is another one");
}

#[test]
fn what_coffer_keeps_is_for_its_person_alone() {
    let desk = Desk::new();
    let folders = ["config", "data", "cache", "state"].map(|name| desk.house.local(&format!("data/{name}")));
    for folder in &folders[..2] {
        fs::create_dir_all(folder).unwrap();
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    desk.write("a.txt", "abc");
    desk.run_plain(&["put", "a.txt", "/"]).ok();
    desk.run_plain(&["get", "/a.txt", "b.txt"]).ok();
    for folder in &folders {
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
    }
}

#[test]
fn a_program_that_has_the_account_open_is_asked() {
    let desk = Desk::new();
    let vault = desk.house.local("data/data/vault");
    let mut serve = desk.plain_command(&["serve", "--dir"]);
    let mut serve = serve.arg(&vault).stdout(Stdio::piped()).spawn().map(Running).unwrap();
    let mut line = String::new();
    BufReader::new(serve.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let announced = vault.join("endpoint.json");
    assert_eq!(fs::metadata(&announced).unwrap().permissions().mode() & 0o777, 0o600);
    desk.run_plain(&["mkdir", "/Made"]).ok();
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["Made/"]);
    serve.signal(rustix::process::Signal::TERM);
    assert_eq!(serve.wait(), Some(0));
    assert!(!announced.exists());
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["Made/"]);
}

#[test]
fn of_two_commands_on_the_account_of_this_computer_the_second_waits() {
    let desk = Desk::new();
    // A command that reads its standard input has opened the account before, and keeps it open.
    let mut first = desk.plain_command(&["put", "-", "/first.txt"]);
    let mut first = first.stdin(Stdio::piped()).spawn().map(Running).unwrap();
    let announced = desk.house.local("data/data/vault/endpoint.json");
    while !announced.exists() {
        assert!(first.0.try_wait().unwrap().is_none(), "the first command has ended");
        std::thread::yield_now();
    }
    let mut second = desk.plain_command(&["ls"]);
    let mut second = second.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(second.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.contains("waiting for another command"), "{line}");
    let mut input = first.0.stdin.take().unwrap();
    input.write_all(b"one").unwrap();
    drop(input);
    assert_eq!(first.wait(), Some(0));
    let listed = second.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&listed.stdout), "first.txt\n");
}

#[test]
fn links_of_the_account_on_this_computer_keep_their_address_unless_another_program_has_it() {
    let desk = Desk::new();
    desk.write("a.txt", "abc");
    desk.run_plain(&["put", "a.txt", "/"]).ok();
    let link = || desk.run_plain(&["link", "/a.txt"]).ok().lines()[0].to_owned();
    let given_away = link();
    assert_eq!(link(), given_away);
    let port: u16 = given_away.split([':', '/']).nth(4).unwrap().parse().unwrap();
    let other = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    assert_ne!(link(), given_away, "the account opens all the same");
    drop(other);
    assert_eq!(link(), given_away);
}

#[test]
fn an_upload_into_the_account_of_this_computer_goes_on_after_a_kill() {
    let desk = Desk::new();
    let content = bulk(64, 11);
    desk.write("film.bin", &content);
    let mut first = Running::start(desk.plain_command(&["put", "film.bin", "/"]));
    let sessions = desk.house.local("data/data/vault/sessions");
    while fs::read_dir(&sessions).map_or(0, Iterator::count) == 0 {
        assert!(first.0.try_wait().unwrap().is_none(), "the first command has ended");
        std::thread::yield_now();
    }
    first.0.kill().unwrap();
    first.0.wait().unwrap();
    desk.run_plain(&["put", "film.bin", "/"]).ok();
    desk.run_plain(&["get", "/film.bin", "back.bin"]).ok();
    assert!(desk.local("back.bin") == content);
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["film.bin"]);
}

#[test]
fn a_server_is_named_with_a_token_from_a_file_or_the_environment() {
    let desk = Desk::new();
    desk.house.put("/there.txt", "x");
    let token = desk.write("token", format!("{}\n", desk.house.server.token()));
    let token = token.to_str().unwrap();
    let named = ["ls", "--api-url", &desk.url, "--token-file", token];
    assert_eq!(desk.run_plain(&named).ok().lines(), ["there.txt"]);
    let before = ["--api-url", &desk.url, "--token-file", token, "ls"];
    assert_eq!(desk.run_plain(&before).ok().lines(), ["there.txt"]);
    desk.run_plain(&["ls", "--api-url", &desk.url]).ended(5);
    desk.run_plain(&["ls", "--api-url", &desk.url, "--token-file", "gone"]).ended(2);
    let wrong = desk.write("wrong", "not-the-token");
    let args = ["ls", "--json", "--api-url", &desk.url, "--token-file", wrong.to_str().unwrap()];
    assert_eq!(desk.run_plain(&args).ended(5).json()["error"]["code"], "sign_in");
    let args = ["account", "--api-url", &desk.url, "--token-file", wrong.to_str().unwrap()];
    desk.run_plain(&args).ended(5);
}

#[test]
fn a_service_that_is_away_is_told_with_its_code() {
    let mut desk = Desk::new();
    // A port that nobody listens on any more.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    desk.url = format!("http://{gone}");
    let told = desk.run(&["ls", "--json"]).ended(6).json();
    assert_eq!(told["error"]["code"], "offline");
    desk.run(&["account"]).ended(6);
}

#[test]
fn the_local_account_needs_no_certificates_of_the_system() {
    let desk = Desk::new();
    let none = desk.house.local("no certificates");
    let mut command = desk.plain_command(&["ls"]);
    let output = command.env("SSL_CERT_FILE", &none).env("SSL_CERT_DIR", &none).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Signs in to the server of the desk, as a person does who pastes the code.
pub fn sign_in(desk: &Desk) {
    sign_in_with(desk, "--no-browser");
}

fn sign_in_with(desk: &Desk, option: &str) {
    let args = ["login", option, "--app-key", "testappkey12345", "--api-url", &desk.url];
    let mut login = desk.plain_command(&args);
    if option != "--no-browser" {
        login.env("PATH", desk.folder());
    }
    login.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut login = login.spawn().map(Running).unwrap();
    let mut said = BufReader::new(login.0.stderr.take().unwrap());
    let page = loop {
        let mut line = String::new();
        assert_ne!(said.read_line(&mut line).unwrap(), 0, "the page is told");
        if let Some(page) = line.trim().strip_prefix("http") {
            break format!("http{page}");
        }
    };
    let code = allow(desk, &page);
    writeln!(login.0.stdin.take().unwrap(), " {code} ").unwrap();
    assert_eq!(login.wait(), Some(0));
}

#[test]
fn a_pasted_code_signs_in_and_logout_ends_it() {
    let desk = Desk::new();
    desk.house.put("/Mine.txt", "mine");
    sign_in(&desk);
    let file = desk.house.local("data/data/tokens.json");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // The account that was signed in to is the chosen one now.
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["Mine.txt"]);
    assert_eq!(desk.run_plain(&["ls", "--api-url", &desk.url]).ok().lines(), ["Mine.txt"]);
    desk.run_plain(&["logout", "-n"]).ok();
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["Mine.txt"]);
    desk.run_plain(&["logout"]).ok();
    assert_eq!(desk.run_plain(&["ls"]).ok().out, "");
    desk.run_plain(&["logout"]).ended(5);
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(!kept.contains("access_token"), "{kept}");
}

#[test]
fn a_sign_in_goes_on_where_no_browser_opens() {
    // Nothing in the path of the program can open a page.
    let desk = Desk::new();
    sign_in_with(&desk, "--json");
    assert_eq!(desk.run_plain(&["ls"]).ok().out, "");
}

#[test]
fn a_wrong_code_or_no_code_ends_with_its_own_code() {
    let desk = Desk::new();
    let args = ["login", "--no-browser", "--app-key", "testappkey12345", "--api-url", &desk.url];
    let run = with_input(desk.plain_command(&args), b"not-the-code\n");
    assert_eq!(run.code, Some(1), "{run:?}");
    let run = with_input(desk.plain_command(&args), b"");
    assert_eq!(run.code, Some(5), "{run:?}");
    assert!(!desk.house.local("data/data/tokens.json").exists());
}

#[test]
fn ctrl_c_while_waiting_for_an_answer_ends_at_once() {
    let mut desk = Desk::new();
    let proxy = desk.proxied();
    let never = Hold::Call { way: Way::Up, route: "files/list_folder", number: 1 };
    desk.stop_at(&proxy, &never, &["ls"], Stopped::By(rustix::process::Signal::INT));
}

fn allow(desk: &Desk, page: &str) -> String {
    desk.house.runtime.block_on(async {
        let browser = reqwest::Client::builder().no_proxy().build().unwrap();
        let shown = browser.get(page).send().await.unwrap().text().await.unwrap();
        let between = |text: &str, start: &str| -> String {
            text.split(start).nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let request = between(&shown, "name=\"request\" value=\"");
        let passcode = desk.house.server.passcode().unwrap();
        let form = [("request", request.as_str()), ("decision", "allow"), ("passcode", &passcode)];
        let address = page.split('?').next().unwrap();
        let answer = browser.post(address).form(&form).send().await.unwrap().text().await.unwrap();
        between(&answer, "readonly value=\"")
    })
}
