//! An HTTP client for the crate that sends everything to the account under test.

use bytes::Bytes;
use coffer_server::{Server, ServerConfig};
use dropbox_sdk::Error;
use dropbox_sdk::async_client_trait::{
    AppAuthClient, HttpClient, HttpRequest, HttpRequestResultRaw, NoauthClient, UserAuthClient,
};
use futures::AsyncReadExt as _;
use reqwest::{Client, RequestBuilder};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A server and the base of its addresses.
pub struct Account {
    pub server: Server,
    _vault: TempDir,
}

impl Account {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(adjust: impl FnOnce(&mut ServerConfig)) -> Self {
        let vault = tempfile::tempdir().unwrap();
        let mut config = ServerConfig::new(vault.path());
        config.allows_sign_in = true;
        adjust(&mut config);
        let server = Server::start(config).await.unwrap();
        Self { server, _vault: vault }
    }

    /// A client that shows the account's own token.
    pub fn user(&self) -> UserClient {
        UserClient::new(self.transport(), &self.server.token())
    }

    /// A client that shows an app's key.
    pub fn app(&self) -> AppClient {
        AppClient(self.transport())
    }

    pub fn transport(&self) -> Transport {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Transport { http: Client::builder().no_proxy().build().unwrap(), base: self.server.url() }
    }
}

/// Sends requests to the account instead of the hosts they are meant for.
#[derive(Clone)]
pub struct Transport {
    http: Client,
    base: String,
}

pub struct Request(RequestBuilder);

impl HttpRequest for Request {
    fn set_header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }
}

impl Transport {
    fn request(&self, url: &str) -> Request {
        let path = url.splitn(4, '/').nth(3).unwrap();
        Request(self.http.post(format!("{}/{path}", self.base)))
    }

    async fn send(&self, request: Request, body: Bytes) -> Result<HttpRequestResultRaw, Error> {
        let failed = |error: reqwest::Error| Error::HttpClient(Box::new(error));
        let reply = request.0.body(body).send().await.map_err(failed)?;
        let header =
            |name: &str| reply.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (status, result_header) = (reply.status().as_u16(), header("Dropbox-API-Result"));
        let content_length = header("Content-Length").and_then(|length| length.parse().ok());
        let body = reply.bytes().await.map_err(failed)?;
        let body = futures::io::Cursor::new(body.to_vec());
        Ok(HttpRequestResultRaw { status, result_header, content_length, body: Box::new(body) })
    }
}

/// A client with a token, which may be replaced.
pub struct UserClient {
    transport: Transport,
    token: Mutex<Arc<String>>,
    /// What the token is replaced by when it has expired.
    pub fresh_token: Mutex<Option<String>>,
}

impl UserClient {
    pub fn new(transport: Transport, token: &str) -> Self {
        Self { transport, token: Mutex::new(Arc::new(token.to_owned())), fresh_token: Mutex::default() }
    }
}

impl HttpClient for UserClient {
    type Request = Request;

    async fn execute(&self, request: Request, body: Bytes) -> Result<HttpRequestResultRaw, Error> {
        self.transport.send(request, body).await
    }

    fn new_request(&self, url: &str) -> Request {
        self.transport.request(url)
    }

    fn token(&self) -> Option<Arc<String>> {
        Some(Arc::clone(&self.token.lock().unwrap()))
    }

    async fn update_token(&self, _old_token: Arc<String>) -> Result<bool, Error> {
        let fresh = self.fresh_token.lock().unwrap().take();
        let Some(fresh) = fresh else { return Ok(false) };
        *self.token.lock().unwrap() = Arc::new(fresh);
        Ok(true)
    }
}

impl UserAuthClient for UserClient {}

/// A client of an app without a person.
pub struct AppClient(Transport);

impl HttpClient for AppClient {
    type Request = Request;

    async fn execute(&self, request: Request, body: Bytes) -> Result<HttpRequestResultRaw, Error> {
        self.0.send(Request(request.0.basic_auth("app", Some("secret"))), body).await
    }

    fn new_request(&self, url: &str) -> Request {
        self.0.request(url)
    }
}

impl AppAuthClient for AppClient {}

impl HttpClient for Transport {
    type Request = Request;

    async fn execute(&self, request: Request, body: Bytes) -> Result<HttpRequestResultRaw, Error> {
        self.send(request, body).await
    }

    fn new_request(&self, url: &str) -> Request {
        self.request(url)
    }
}

impl NoauthClient for Transport {}

/// All bytes of a download.
pub async fn read<T>(result: dropbox_sdk::async_client_trait::HttpRequestResult<T>) -> Vec<u8> {
    let mut bytes = Vec::new();
    result.body.unwrap().read_to_end(&mut bytes).await.unwrap();
    bytes
}
