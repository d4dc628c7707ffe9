//! A request as it would be sent: address, headers and argument.

use base64::Engine;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use serde::Serialize;
use url::Url;

use super::DropboxClient;
use crate::options::setters;
use crate::{ApiError, Tokens};
use dropbox_protocol::{Auth, Host, RouteInfo, Style, to_header_json};

const API_ARG: HeaderName = HeaderName::from_static("dropbox-api-arg");
const USER_LOCALE: HeaderName = HeaderName::from_static("dropbox-api-user-locale");

/// How a route is called that this crate does not know.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RequestOptions {
    /// POST; GET too for downloads.
    pub method: Method,
    pub host: Host,
    pub style: Style,
}

impl Default for RequestOptions {
    fn default() -> Self {
        Self { method: Method::POST, host: Host::Api, style: Style::Rpc }
    }
}

setters! { RequestOptions:
    with_method sets method to value(Method),
    with_host sets host to value(Host),
    with_style sets style to value(Style),
}

/// The address, headers and argument of a request that has not been sent.
/// [`RestClient::prepared`](crate::RestClient::prepared) sends it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PreparedRequest {
    pub method: Method,
    pub url: Url,
    /// With the authorization, which does not print, and with the argument of uploads and downloads.
    pub headers: HeaderMap,
    /// The argument as JSON, which is the body; absent where a header has it.
    pub params: Option<String>,
}

impl DropboxClient {
    /// Builds the request for any route without sending it, for routes that have no method here and for debugging.
    ///
    /// `target` is a route such as `/files/get_metadata`, `params` its argument. Only POST is right for API v2, and
    /// GET for downloads; other methods are refused.
    ///
    /// ```no_run
    /// # async fn example(client: dropbox_client::DropboxClient) -> Result<(), dropbox_client::ApiError> {
    /// use dropbox_client::RequestOptions;
    ///
    /// let argument = serde_json::json!({"path": "/Notes", "tag_text": "later"});
    /// let request = client.request("/files/tags/add", &argument, &RequestOptions::default())?;
    /// client.rest_client().prepared(request).send().await?;
    /// # Ok(()) }
    /// ```
    pub fn request(
        &self,
        target: &str,
        params: &impl Serialize,
        options: &RequestOptions,
    ) -> Result<PreparedRequest, ApiError> {
        let download = options.style == Style::Download;
        if options.method != Method::POST && !(options.method == Method::GET && download) {
            return Err(ApiError::InvalidArgument(format!(
                "{} is not a method of API v2 here",
                options.method
            )));
        }
        let target = target.trim_start_matches('/');
        if target.is_empty()
            || !target.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_/".contains(&byte))
        {
            return Err(ApiError::InvalidArgument(format!("{target:?} is not a route")));
        }
        let mut prepared =
            self.assemble(target, options.host, options.style, params, options.method.clone())?;
        self.inner.team.add_to(&mut prepared.headers)?;
        prepared.authorize_user(&self.token_state().tokens())?;
        Ok(prepared)
    }

    /// The request for a known route, without a person's token.
    pub(super) fn prepare(
        &self,
        route: &RouteInfo,
        argument: &impl Serialize,
        method: Method,
    ) -> Result<PreparedRequest, ApiError> {
        let mut prepared = self.assemble(route.name, route.host, route.style, argument, method)?;
        if matches!(route.auth, Auth::User | Auth::AppOrUser) {
            self.inner.team.add_to(&mut prepared.headers)?;
        }
        if route.auth == Auth::App {
            let app = self.token_state().app.as_ref().ok_or_else(|| {
                ApiError::InvalidArgument(format!("{} needs the app's key and secret", route.name))
            })?;
            let secret = app.secret.as_ref().map_or("", |secret| secret.reveal());
            let credentials = base64::prelude::BASE64_STANDARD.encode(format!("{}:{secret}", app.key));
            prepared.authorize(&format!("Basic {credentials}"))?;
        }
        Ok(prepared)
    }

    fn assemble(
        &self,
        route: &str,
        host: Host,
        style: Style,
        argument: &impl Serialize,
        method: Method,
    ) -> Result<PreparedRequest, ApiError> {
        let unwritable =
            |error: serde_json::Error| ApiError::InvalidArgument(format!("the argument of {route}: {error}"));
        let mut headers = HeaderMap::new();
        let mut params = None;
        if style == Style::Rpc {
            params = Some(serde_json::to_string(argument).map_err(unwritable)?);
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        } else {
            let json = to_header_json(argument).map_err(unwritable)?;
            headers.insert(API_ARG, header_value(&json)?);
        }
        if style == Style::Upload {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        }
        if let Some(locale) = &self.inner.locale {
            headers.insert(USER_LOCALE, header_value(locale)?);
        }
        let url = self.rest_client().base_urls().route(host, route);
        Ok(PreparedRequest { method, url, headers, params })
    }
}

impl PreparedRequest {
    pub(super) fn authorize_user(&mut self, tokens: &Tokens) -> Result<(), ApiError> {
        tokens.check()?;
        self.authorize(&format!("Bearer {}", tokens.access_token.reveal()))
    }

    fn authorize(&mut self, credentials: &str) -> Result<(), ApiError> {
        let mut value = header_value(credentials)?;
        value.set_sensitive(true);
        self.headers.insert(header::AUTHORIZATION, value);
        Ok(())
    }
}

pub(super) fn header_value(text: &str) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(text)
        .map_err(|_| ApiError::InvalidArgument("a header cannot hold this text".into()))
}
