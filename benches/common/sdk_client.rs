//! The `dropbox-sdk` crate against a server of ours.

use bytes::Bytes;
use dropbox_sdk::Error;
use dropbox_sdk::async_client_trait::{HttpClient, HttpRequest, HttpRequestResultRaw, UserAuthClient};
use futures::TryStreamExt as _;
use std::sync::Arc;

/// The crate's own HTTP client speaks https to Dropbox only. This one does what that one does, elsewhere.
pub struct SdkClient {
    http: reqwest::Client,
    base: String,
    token: Arc<String>,
}

pub struct SdkRequest(reqwest::RequestBuilder);

impl SdkClient {
    pub fn new(url: &str, token: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().tcp_nodelay(true).build().unwrap();
        Self { http, base: url.to_owned(), token: Arc::new(token.to_owned()) }
    }
}

impl HttpRequest for SdkRequest {
    fn set_header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }
}

impl HttpClient for SdkClient {
    type Request = SdkRequest;

    async fn execute(&self, request: SdkRequest, body: Bytes) -> Result<HttpRequestResultRaw, Error> {
        let reply = request.0.body(body).send().await.map_err(|error| Error::HttpClient(Box::new(error)))?;
        let (status, content_length) = (reply.status().as_u16(), reply.content_length());
        let body = reply.bytes_stream().map_err(futures::io::Error::other).into_async_read();
        Ok(HttpRequestResultRaw { status, result_header: None, content_length, body: Box::new(body) })
    }

    fn new_request(&self, url: &str) -> SdkRequest {
        let path = url.splitn(4, '/').nth(3).unwrap();
        SdkRequest(self.http.post(format!("{}/{path}", self.base)))
    }

    fn token(&self) -> Option<Arc<String>> {
        Some(Arc::clone(&self.token))
    }
}

impl UserAuthClient for SdkClient {}
