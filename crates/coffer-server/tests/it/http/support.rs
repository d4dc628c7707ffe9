//! A server on a new vault, and calls in the three styles with nothing but an HTTP client.

use coffer_server::{Server, ServerConfig};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;
use tempfile::TempDir;

/// The token of every test server.
pub const TOKEN: &str = "test-token";

/// A server and a client for it. The vault is gone when it is dropped.
pub struct Account {
    pub server: Server,
    pub http: Client,
    pub vault: TempDir,
}

/// The client is built without JSON of its own.
pub trait JsonBody {
    fn json(self, body: &Value) -> Self;
}

impl JsonBody for RequestBuilder {
    fn json(self, body: &Value) -> Self {
        self.header("Content-Type", "application/json").body(body.to_string())
    }
}

/// A reply that has been read.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub async fn read(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.unwrap().to_vec(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The result of a download.
    pub fn result(&self) -> Value {
        serde_json::from_str(self.header("dropbox-api-result")).unwrap()
    }

    /// The body of a 200.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }

    /// The tags of a 409, joined.
    #[track_caller]
    pub fn conflict(self) -> String {
        assert_eq!(self.status, 409, "{}", self.text());
        let summary = self.json()["error_summary"].as_str().unwrap().to_owned();
        summary.trim_end_matches('.').trim_end_matches('/').to_owned()
    }
}

pub fn client() -> Client {
    // Not needed for plain HTTP, but the client wants one to exist.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().unwrap()
}

impl Account {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(adjust: impl FnOnce(&mut ServerConfig)) -> Self {
        let vault = tempfile::tempdir().unwrap();
        let mut config = ServerConfig::new(vault.path().join("vault"));
        config.token = Some(TOKEN.to_owned());
        config.allows_sign_in = true;
        adjust(&mut config);
        let server = Server::start(config).await.unwrap();
        Self { server, http: client(), vault }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.server.url()))
    }

    pub fn post(&self, route: &str) -> RequestBuilder {
        self.request(Method::POST, &format!("/2/{route}")).bearer_auth(TOKEN)
    }

    pub async fn rpc(&self, route: &str, argument: Value) -> Reply {
        Reply::read(self.post(route).json(&argument).send().await.unwrap()).await
    }

    /// With the header `Dropbox-API-Path-Root`.
    pub async fn rpc_at(&self, root: &Value, route: &str, argument: Value) -> Reply {
        let request = self.post(route).header("Dropbox-API-Path-Root", root.to_string()).json(&argument);
        Reply::read(request.send().await.unwrap()).await
    }

    pub async fn upload(&self, route: &str, argument: Value, bytes: impl Into<reqwest::Body>) -> Reply {
        let request = self
            .post(route)
            .header("Dropbox-API-Arg", argument.to_string())
            .header("Content-Type", "application/octet-stream")
            .body(bytes);
        Reply::read(request.send().await.unwrap()).await
    }

    pub async fn download(&self, route: &str, argument: Value) -> Reply {
        Reply::read(self.post(route).header("Dropbox-API-Arg", argument.to_string()).send().await.unwrap())
            .await
    }

    /// Uploads a file and returns its metadata.
    pub async fn put(&self, path: &str, bytes: &[u8]) -> Value {
        let argument = serde_json::json!({"path": path, "mode": "overwrite"});
        self.upload("files/upload", argument, bytes.to_vec()).await.ok()
    }

    /// Downloads a file.
    pub async fn get(&self, path: &str) -> Vec<u8> {
        let reply = self.download("files/download", serde_json::json!({"path": path})).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.body
    }

    /// The paths of all entries of a listing, page by page, with `-` in front of deleted ones.
    pub async fn list(&self, argument: Value) -> (Vec<String>, String) {
        let first = self.rpc("files/list_folder", argument).await.ok();
        self.read_on(first).await
    }

    /// What happened since a cursor, in the same form.
    pub async fn changes(&self, cursor: &str) -> (Vec<String>, String) {
        let first = self.rpc("files/list_folder/continue", serde_json::json!({"cursor": cursor})).await.ok();
        self.read_on(first).await
    }

    async fn read_on(&self, first: Value) -> (Vec<String>, String) {
        let mut paths = Vec::new();
        let mut page = first;
        loop {
            for entry in page["entries"].as_array().unwrap() {
                let path = entry["path_display"].as_str().unwrap();
                paths.push(if entry[".tag"] == "deleted" { format!("-{path}") } else { path.to_owned() });
            }
            let cursor = page["cursor"].as_str().unwrap().to_owned();
            if page["has_more"] == false {
                return (paths, cursor);
            }
            page = self.rpc("files/list_folder/continue", serde_json::json!({"cursor": cursor})).await.ok();
        }
    }
}
