//! The other side in Rust: programs as one writes them with the `dropbox-sdk` crate. Large files go up as its own
//! example does it (a concurrent session, 20 calls of two blocks at once), everything else with 20 calls at once.

use super::data::files_below;
use super::service::Service;
use bytes::Bytes;
use dropbox_sdk::Error;
use dropbox_sdk::async_client_trait::{HttpClient, HttpRequest, HttpRequestResultRaw, UserAuthClient};
use dropbox_sdk::async_routes::files::{self, Metadata, UploadSessionCursor};
use futures::{AsyncReadExt as _, StreamExt as _, TryStreamExt as _, stream};
use reqwest::RequestBuilder;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

const AT_ONCE: usize = 20;
/// Bytes of one call of a concurrent session.
const CALL_BYTES: usize = 2 * 4 * 1024 * 1024;

/// A process that does one thing with the crate: `upload`, `download`, `upload-tree` or `download-tree`.
pub fn command(service: &Service, what: &str, local_path: &Path, remote_path: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child", "sdk", what]).arg(local_path).arg(remote_path);
    service.tell(&mut command);
    command
}

/// What such a process does.
pub fn run(arguments: &[&str]) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let client = Arc::new(Client::of_environment());
    match arguments {
        ["upload", local_path, remote_path] => {
            runtime.block_on(upload(client, local_path.as_ref(), remote_path));
        }
        ["download", local_path, remote_path] => {
            runtime.block_on(download(&client, local_path.as_ref(), remote_path));
        }
        ["upload-tree", local_path, remote_path] => {
            runtime.block_on(upload_tree(client, local_path.as_ref(), remote_path));
        }
        ["download-tree", local_path, remote_path] => {
            runtime.block_on(download_tree(client, local_path.as_ref(), remote_path));
        }
        other => panic!("no such work: {other:?}"),
    }
}

/// One large file by a concurrent session, and the SHA-256 of what was read.
async fn upload(client: Arc<Client>, local_path: &Path, remote_path: &str) {
    let start =
        files::UploadSessionStartArg::default().with_session_type(files::UploadSessionType::Concurrent);
    let session = files::upload_session_start(&*client, &start, Bytes::new()).await.unwrap().session_id;
    let mut file = File::open(local_path).unwrap();
    let size = file.metadata().unwrap().len();
    let mut hash = Sha256::new();
    let turns = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut calls = tokio::task::JoinSet::new();
    let mut offset = 0;
    while offset < size {
        let turn = Arc::clone(&turns).acquire_owned().await.unwrap();
        let mut piece = vec![0; CALL_BYTES.min((size - offset) as usize)];
        file.read_exact(&mut piece).unwrap();
        hash.update(&piece);
        let cursor = UploadSessionCursor::new(session.clone(), offset);
        offset += piece.len() as u64;
        let client = Arc::clone(&client);
        let append = files::UploadSessionAppendArg::new(cursor).with_close(offset == size);
        if offset == size {
            // A closed session takes nothing more.
            while let Some(call) = calls.join_next().await {
                call.unwrap();
            }
        }
        calls.spawn(async move {
            files::upload_session_append_v2(&*client, &append, Bytes::from(piece)).await.unwrap();
            drop(turn);
        });
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap();
    }
    let commit = files::CommitInfo::new(remote_path.to_owned());
    let finish = files::UploadSessionFinishArg::new(UploadSessionCursor::new(session, size), commit);
    let made = files::upload_session_finish(&*client, &finish, Bytes::new()).await.unwrap();
    assert_eq!(made.size, size);
    println!("{}", hex::encode(hash.finalize()));
}

/// One large file by a single stream, and the SHA-256 of what came.
async fn download(client: &Client, local_path: &Path, remote_path: &str) {
    let argument = files::DownloadArg::new(remote_path.to_owned());
    let reply = files::download(client, &argument, None, None).await.unwrap();
    let mut body = reply.body.unwrap();
    let mut file = File::create(local_path).unwrap();
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let read = body.read(&mut buffer).await.unwrap();
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        file.write_all(&buffer[..read]).unwrap();
    }
    println!("{}", hex::encode(hash.finalize()));
}

async fn upload_tree(client: Arc<Client>, local_path: &Path, remote_path: &str) {
    let calls = stream::iter(files_below(local_path)).map(|name| {
        let argument = files::UploadArg::new(format!("{remote_path}/{}", name.display()));
        let bytes = Bytes::from(fs::read(local_path.join(name)).unwrap());
        let client = Arc::clone(&client);
        tokio::spawn(async move {
            files::upload(&*client, &argument, bytes).await.unwrap();
        })
    });
    calls.buffer_unordered(AT_ONCE).try_for_each(|()| futures::future::ok(())).await.unwrap();
}

async fn download_tree(client: Arc<Client>, local_path: &Path, remote_path: &str) {
    let argument = files::ListFolderArg::new(remote_path.to_owned()).with_recursive(true);
    let mut page = files::list_folder(&*client, &argument).await.unwrap();
    let mut entries = page.entries;
    while page.has_more {
        let next = files::ListFolderContinueArg::new(page.cursor);
        page = files::list_folder_continue(&*client, &next).await.unwrap();
        entries.append(&mut page.entries);
    }
    let mut found = Vec::new();
    for entry in entries {
        match entry {
            Metadata::File(file) => found.push(file.path_display.unwrap()),
            Metadata::Folder(folder) => {
                let path = folder.path_display.unwrap();
                let below = path.strip_prefix(remote_path).unwrap().trim_start_matches('/');
                fs::create_dir_all(local_path.join(below)).unwrap();
            }
            Metadata::Deleted(_) => {}
        }
    }
    let calls = stream::iter(found).map(|path| {
        let target = local_path.join(path.strip_prefix(remote_path).unwrap().trim_start_matches('/'));
        let client = Arc::clone(&client);
        tokio::spawn(async move {
            let reply = files::download(&*client, &files::DownloadArg::new(path), None, None).await.unwrap();
            let mut bytes = Vec::new();
            reply.body.unwrap().read_to_end(&mut bytes).await.unwrap();
            fs::write(target, bytes).unwrap();
        })
    });
    calls.buffer_unordered(AT_ONCE).try_for_each(|()| futures::future::ok(())).await.unwrap();
}

/// An HTTP client for the crate that sends everything to the account under test.
struct Client {
    http: reqwest::Client,
    base: String,
    token: Arc<String>,
}

struct Request(RequestBuilder);

impl Client {
    fn of_environment() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            http: reqwest::Client::builder().no_proxy().tcp_nodelay(true).build().unwrap(),
            base: std::env::var("COFFER_API_URL").unwrap(),
            token: Arc::new(std::env::var("COFFER_TOKEN").unwrap()),
        }
    }
}

impl HttpRequest for Request {
    fn set_header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }
}

impl HttpClient for Client {
    type Request = Request;

    async fn execute(&self, request: Request, body: Bytes) -> Result<HttpRequestResultRaw, Error> {
        let reply = request.0.body(body).send().await.map_err(|error| Error::HttpClient(Box::new(error)))?;
        let header =
            |name: &str| reply.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (status, result_header) = (reply.status().as_u16(), header("Dropbox-API-Result"));
        let content_length = header("Content-Length").and_then(|length| length.parse().ok());
        let body = reply.bytes_stream().map_err(std::io::Error::other).into_async_read();
        Ok(HttpRequestResultRaw { status, result_header, content_length, body: Box::new(body) })
    }

    fn new_request(&self, url: &str) -> Request {
        let path = url.splitn(4, '/').nth(3).unwrap();
        Request(self.http.post(format!("{}/{path}", self.base)))
    }

    fn token(&self) -> Option<Arc<String>> {
        Some(Arc::clone(&self.token))
    }
}

impl UserAuthClient for Client {}
