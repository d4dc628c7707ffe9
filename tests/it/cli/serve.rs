//! `coffer serve` with its options, against the real program.

use super::support::{Desk, Running};
use reqwest::{Client, Response, Version};
use rustix::process::Signal;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use tokio::runtime::Runtime;

/// A running `coffer serve`.
pub struct Serve {
    process: Running,
    pub url: String,
    pub http: Client,
    pub runtime: Runtime,
}

impl Serve {
    pub fn start(desk: &Desk, options: &[&str], http: Client) -> Self {
        desk.write("secret-token", "secret");
        Self::start_with(desk, &[&["--token-file", "secret-token"], options].concat(), http)
    }

    pub fn start_with(desk: &Desk, options: &[&str], http: Client) -> Self {
        let mut command = desk.plain_command(&["serve", "--dir", "served"]);
        command.args(options).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map(Running).unwrap();
        let mut line = String::new();
        BufReader::new(process.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { process, url, http, runtime: Runtime::new().unwrap() }
    }

    fn call(&self, route: &str, argument: &Value) -> Response {
        let request = self.http.post(format!("{}/2/{route}", self.url)).bearer_auth("secret");
        let request = request.header("Content-Type", "application/json").body(argument.to_string());
        self.runtime.block_on(request.send()).unwrap()
    }

    fn upload(&self, path: &str, content: &str) -> Response {
        let request = self.http.post(format!("{}/2/files/upload", self.url)).bearer_auth("secret");
        let request = request
            .header("Dropbox-API-Arg", json!({"path": path}).to_string())
            .header("Content-Type", "application/octet-stream");
        self.runtime.block_on(request.body(content.to_owned()).send()).unwrap()
    }

    pub fn json(&self, response: Response) -> Value {
        serde_json::from_slice(&self.runtime.block_on(response.bytes()).unwrap()).unwrap()
    }

    pub fn stop(self) {
        self.process.signal(Signal::TERM);
        assert_eq!(self.process.wait(), Some(0));
    }
}

fn plain_client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().unwrap()
}

#[test]
fn with_a_certificate_it_speaks_tls_and_clients_choose_the_version_of_http() {
    let desk = Desk::new();
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    desk.write("cert.pem", made.cert.pem());
    desk.write("key.pem", made.signing_key.serialize_pem());
    let _ = rustls::crypto::ring::default_provider().install_default();
    let trusting = || {
        let root = reqwest::Certificate::from_der(made.cert.der()).unwrap();
        Client::builder().no_proxy().tls_certs_only([root])
    };
    let options = ["--tls-cert", "cert.pem", "--tls-key", "key.pem"];
    let mut serve = Serve::start(&desk, &options, trusting().build().unwrap());
    assert!(serve.url.starts_with("https://127.0.0.1:"), "{}", serve.url);
    let reply = serve.call("users/get_current_account", &Value::Null);
    assert_eq!((reply.status().as_u16(), reply.version()), (200, Version::HTTP_2));
    serve.http = trusting().http1_only().build().unwrap();
    let reply = serve.upload("/a.txt", "abc");
    assert_eq!((reply.status().as_u16(), reply.version()), (200, Version::HTTP_11));
    let distrusting = Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    assert!(serve.runtime.block_on(distrusting.get(&serve.url).send()).is_err());
    let in_plain = serve.url.replace("https:", "http:");
    let refused = serve.runtime.block_on(plain_client().get(in_plain).send()).unwrap();
    assert_eq!(refused.status(), 400, "what is not encrypted is refused");
    serve.stop();
}

#[test]
fn a_client_that_only_knows_dropbox_reaches_it_as_its_proxy() {
    let desk = Desk::new();
    let made = rcgen::generate_simple_self_signed(["api.dropboxapi.com".to_owned()]).unwrap();
    desk.write("cert.pem", made.cert.pem());
    desk.write("key.pem", made.signing_key.serialize_pem());
    let options = ["--tls-cert", "cert.pem", "--tls-key", "key.pem"];
    let mut serve = Serve::start(&desk, &options, plain_client());
    let proxy = reqwest::Proxy::https(serve.url.replace("https:", "http:")).unwrap();
    let root = reqwest::Certificate::from_der(made.cert.der()).unwrap();
    serve.http = Client::builder().proxy(proxy).tls_certs_only([root]).build().unwrap();
    serve.url = "https://api.dropboxapi.com".to_owned();
    let reply = serve.call("users/get_current_account", &Value::Null);
    assert_eq!((reply.status().as_u16(), reply.version()), (200, Version::HTTP_2));
    serve.stop();
}

#[test]
fn a_certificate_that_cannot_be_read_is_named() {
    let desk = Desk::new();
    desk.write("key.pem", "no key");
    let run = desk.run_plain(&["serve", "--dir", "served", "--tls-cert", "cert.pem", "--tls-key", "key.pem"]);
    assert_ne!(run.code, Some(0));
    assert!(run.err.contains("cannot read cert.pem"), "{run:?}");
    let run = desk.run_plain(&["serve", "--dir", "served", "--tls-cert", "cert.pem"]);
    assert_eq!(run.code, Some(2), "the key is missing");
    assert!(run.err.contains("--tls-key"), "{run:?}");
}

#[test]
fn the_quota_limits_what_the_account_holds() {
    let desk = Desk::new();
    let serve = Serve::start(&desk, &["--quota", "10"], plain_client());
    assert_eq!(serve.upload("/six.txt", "123456").status(), 200);
    let refused = serve.upload("/five.txt", "12345");
    assert_eq!(refused.status(), 409);
    let summary = serve.json(refused)["error_summary"].to_string();
    assert!(summary.contains("insufficient_space"), "{summary}");
    let usage = serve.call("users/get_space_usage", &Value::Null);
    assert_eq!(serve.json(usage)["allocation"]["allocated"], 10);
    serve.stop();
}

#[test]
fn a_cursor_that_has_expired_is_reset() {
    let desk = Desk::new();
    for (options, expected) in [(&["--cursor-lifetime", "0"][..], 409), (&["--cursor-lifetime", "3600"], 200)]
    {
        let serve = Serve::start(&desk, options, plain_client());
        let page = serve.call("files/list_folder", &json!({"path": ""}));
        let cursor = serve.json(page)["cursor"].clone();
        let next = serve.call("files/list_folder/continue", &json!({"cursor": cursor}));
        assert_eq!(next.status().as_u16(), expected, "{options:?}");
        if expected == 409 {
            let summary = serve.json(next)["error_summary"].to_string();
            assert!(summary.contains("reset"), "{summary}");
        }
        serve.stop();
    }
}

#[test]
fn a_lost_database_ends_commands_and_is_repaired() {
    let desk = Desk::new();
    desk.write("a.txt", "abc");
    desk.run_plain(&["put", "a.txt", "/"]).ok();
    // The next run copies what this one has written.
    let copies = desk.house.local("data/data/vault/copies");
    while !std::fs::read_dir(&copies).is_ok_and(|copies| copies.count() == 1) {
        desk.run_plain(&["ls"]).ok();
    }
    desk.write("data/data/vault/vault.sqlite", "");
    let again = desk.write("b.txt", "def");
    let put = ["put", again.to_str().unwrap(), "/"];
    let run = desk.run_plain(&put).ended(1);
    assert!(run.err.contains("missing or empty") && run.err.contains("coffer repair"), "{run:?}");
    let run = desk.run_plain(&["repair"]).ok();
    assert!(run.out.contains("The account is as it was on"), "{run:?}");
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["a.txt"]);
    desk.run_plain(&["repair"]).ended(1);
    desk.run_plain(&put).ok();
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["a.txt", "b.txt"]);
}
