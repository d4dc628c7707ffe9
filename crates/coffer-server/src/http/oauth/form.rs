//! Parameters of forms and addresses, as tolerant as real clients need (reference 4.2): a key may come
//! twice, and the address may carry what the body should.

use crate::http::body::{self, Body};
use http::{HeaderMap, Uri, header};

/// The longest form.
const FORM_LIMIT: usize = 256 * 1024;

/// Parameters in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// The parameters of an address.
    pub(crate) fn from_uri(uri: &Uri) -> Self {
        Self::parse(uri.query().unwrap_or_default().as_bytes())
    }

    /// The parameters of a body, then those of the address.
    pub(crate) async fn from_request(headers: &HeaderMap, uri: &Uri, body: Body) -> Self {
        let bytes = body::read_all(body, FORM_LIMIT).await.unwrap_or_default();
        let is_json = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/json"));
        let mut form = if is_json { Self::default() } else { Self::parse(&bytes) };
        form.0.extend(Self::from_uri(uri).0);
        form
    }

    fn parse(bytes: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value of a parameter that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }
}
