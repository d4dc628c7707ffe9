//! The flow for programs that the browser can be sent back to, with protection against forged redirects
//! (RFC 6749 §10.12).

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use super::app::AppRegistration;
use super::flow::{Authorization, Flow, FlowOptions};
use super::pkce::{Verifier, csrf_token};
use crate::ApiError;

/// Dropbox returns at most so many bytes of state.
const STATE_LIMIT_BYTES: usize = 500;

/// A stored token this short has not been made by us.
const CSRF_TOKEN_MINIMUM: usize = 20;

/// Where a person's web session is kept. A map will do.
pub trait FlowSession {
    fn get(&self, key: &str) -> Option<String>;
    fn set(&mut self, key: &str, value: String);
    fn remove(&mut self, key: &str);
}

impl<H: BuildHasher> FlowSession for HashMap<String, String, H> {
    fn get(&self, key: &str) -> Option<String> {
        HashMap::get(self, key).cloned()
    }

    fn set(&mut self, key: &str, value: String) {
        self.insert(key.to_owned(), value);
    }

    fn remove(&mut self, key: &str) {
        HashMap::remove(self, key);
    }
}

impl<S: FlowSession + ?Sized> FlowSession for &mut S {
    fn get(&self, key: &str) -> Option<String> {
        (**self).get(key)
    }

    fn set(&mut self, key: &str, value: String) {
        (**self).set(key, value);
    }

    fn remove(&mut self, key: &str) {
        (**self).remove(key);
    }
}

/// Why a redirect did not lead to tokens: the five exceptions of the Core API, and failures of the trade.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FlowError {
    /// Parameters are missing or contradict each other; answer 400.
    #[error("the redirect is not one of Dropbox: {0}")]
    BadRequest(String),
    /// The session knows nothing of a sign-in; start again.
    #[error("the session holds no sign-in that could be finished")]
    BadState,
    /// The state is not the session's: somebody else's redirect; answer 403.
    #[error("the redirect belongs to another session")]
    Csrf,
    /// The person said no.
    #[error("the person did not allow access{}", .description.as_ref().map(|text| format!(": {text}")).unwrap_or_default())]
    NotApproved { description: Option<String> },
    /// Dropbox reports something else; answer 403 and log.
    #[error("Dropbox refused: {0}")]
    Provider(String),
    /// The code could not be traded.
    #[error(transparent)]
    Api(#[from] ApiError),
}

impl FlowError {
    /// The error of the trade, if that is what went wrong.
    pub fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }
}

/// Sign-in with a redirect.
#[derive(Debug)]
pub struct DropboxOAuth2Flow<S> {
    flow: Flow,
    redirect_uri: String,
    session: S,
    csrf_token_session_key: String,
}

impl<S: FlowSession> DropboxOAuth2Flow<S> {
    /// `redirect_uri` must be registered with the app. The session must be the same person's in `start` and
    /// `finish`; the flow need not be the same object.
    pub fn new(
        app: AppRegistration,
        redirect_uri: impl Into<String>,
        session: S,
        csrf_token_session_key: impl Into<String>,
        options: FlowOptions,
    ) -> Result<Self, FlowError> {
        Ok(Self {
            flow: Flow::new(app, options)?,
            redirect_uri: redirect_uri.into(),
            session,
            csrf_token_session_key: csrf_token_session_key.into(),
        })
    }

    /// The address of the page to send the browser to. `url_state` comes back from `finish`; together with the
    /// token against forgery it may have 500 bytes.
    pub fn start(&mut self, url_state: Option<&str>) -> Result<String, FlowError> {
        let csrf = csrf_token()?;
        let state = match url_state {
            Some(url_state) => format!("{csrf}|{url_state}"),
            None => csrf.clone(),
        };
        if state.len() > STATE_LIMIT_BYTES {
            return Err(ApiError::InvalidArgument(format!(
                "the state is longer than {STATE_LIMIT_BYTES} bytes"
            ))
            .into());
        }
        let verifier = self.flow.verifier()?;
        match &verifier {
            Some(verifier) => self.session.set(&self.verifier_key(), verifier.reveal().to_owned()),
            None => self.session.remove(&self.verifier_key()),
        }
        self.session.set(&self.csrf_token_session_key, csrf);
        Ok(self.flow.authorize_url(verifier.as_ref(), Some(&self.redirect_uri), Some(&state)))
    }

    /// Checks the parameters of the redirect in the order of the Core API, and trades the code.
    pub async fn finish<K: Into<String>, V: Into<String>>(
        &mut self,
        query_params: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Authorization, FlowError> {
        let params: BTreeMap<String, String> =
            query_params.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        let param = |name: &str| params.get(name).map(String::as_str);

        let state = param("state").ok_or_else(|| FlowError::BadRequest("state is missing".into()))?;
        let (code, error) = (param("code"), param("error"));
        match (code, error) {
            (Some(_), Some(_)) => return Err(FlowError::BadRequest("code and error are both there".into())),
            (None, None) => return Err(FlowError::BadRequest("neither code nor error is there".into())),
            _ => {}
        }

        let expected = self.session.get(&self.csrf_token_session_key).ok_or(FlowError::BadState)?;
        if expected.len() <= CSRF_TOKEN_MINIMUM {
            return Err(
                ApiError::InvalidArgument("the session's token against forgery is too short".into()).into()
            );
        }
        let (given, url_state) = match state.split_once('|') {
            Some((given, url_state)) => (given, Some(url_state.to_owned())),
            None => (state, None),
        };
        if !equal_in_constant_time(given.as_bytes(), expected.as_bytes()) {
            return Err(FlowError::Csrf);
        }
        let verifier = self.session.get(&self.verifier_key()).map(Verifier::from_text);
        self.session.remove(&self.csrf_token_session_key);
        self.session.remove(&self.verifier_key());

        let description = param("error_description");
        match (code, error) {
            (_, Some("access_denied")) => {
                Err(FlowError::NotApproved { description: description.map(str::to_owned) })
            }
            (Some(code), None) => {
                let authorization =
                    self.flow.exchange(code, verifier.as_ref(), Some(&self.redirect_uri)).await?;
                Ok(Authorization { url_state, ..authorization })
            }
            (_, error) => {
                let parts: Vec<_> = error.into_iter().chain(description).collect();
                Err(FlowError::Provider(parts.join(": ")))
            }
        }
    }

    fn verifier_key(&self) -> String {
        format!("{}-verifier", self.csrf_token_session_key)
    }
}

/// Takes equally long wherever the first difference is.
fn equal_in_constant_time(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}
