//! curl, and the plainest service that it can send a whole file to.
//!
//! The account takes at most 150 MiB in one call, as Dropbox does, so one POST of a large file needs another listener.
//! It does what the account does with bytes (read, hash block by block on a second thread, write, sync before the
//! answer) and nothing else, so the difference is the price of the sessions.

use super::service::Service;
use bytes::Bytes;
use coffer_testing::http_server::serve_http;
use dropbox_protocol::ContentHasher;
use futures::StreamExt as _;
use http::Response;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Pieces that may wait for the disk.
const PIECES_AHEAD: usize = 16;

/// One POST of a whole file.
pub fn curl_upload(file: &Path, url: &str) -> Command {
    let mut command = curl();
    command.args([
        "--request",
        "POST",
        "--header",
        "Content-Type: application/octet-stream",
        "--upload-file",
    ]);
    command.arg(file).arg(url);
    command
}

/// One download to a file; nothing is verified, nothing is synced.
pub fn curl_download(service: &Service, remote_path: &str, file: &Path) -> Command {
    let mut command = curl();
    command.args(["--request", "POST", "--header", &format!("Authorization: Bearer {}", service.token)]);
    command.args(["--header", &format!("Dropbox-API-Arg: {{\"path\": \"{remote_path}\"}}")]);
    command.args(["--header", "Content-Type: application/octet-stream", "--output"]).arg(file);
    command.arg(format!("{}/2/files/download", service.url));
    command
}

fn curl() -> Command {
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--fail", "--noproxy", "*"]);
    command
}

/// Syncs a file, as a process of its own.
pub fn sync(file: &Path) -> Command {
    let mut command = Command::new("sync");
    command.arg(file);
    command
}

/// The listener in a process of its own.
pub struct Sink {
    pub url: String,
    process: Child,
}

impl Sink {
    /// Writes what it is sent to `file`.
    pub fn start(file: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["child", "sink"]).arg(file).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { url: url.trim().to_owned(), process }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        super::measured::kill(&mut self.process);
    }
}

/// What that process does.
pub fn sink(file: &Path) {
    let file = file.to_owned();
    tokio::runtime::Runtime::new().unwrap().block_on(async move {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("http://{}/file", listener.local_addr().unwrap());
        std::io::stdout().flush().unwrap();
        serve_http(listener, move |request| write_body(file.clone(), request.into_body())).await;
    });
}

async fn write_body(path: PathBuf, body: Incoming) -> Response<Full<Bytes>> {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<Bytes>(PIECES_AHEAD);
    let disk = tokio::task::spawn_blocking(move || {
        let mut file = File::create(path).unwrap();
        let mut hasher = ContentHasher::new();
        while let Some(bytes) = receiver.blocking_recv() {
            file.write_all(&bytes).unwrap();
            hasher.update(&bytes);
        }
        file.sync_all().unwrap();
        hasher.finish()
    });
    let mut body = body.into_data_stream();
    while let Some(bytes) = body.next().await {
        sender.send(bytes.unwrap()).await.unwrap();
    }
    drop(sender);
    Response::new(disk.await.unwrap().into())
}
