//! The flow for programs that nobody can be redirected to: the page shows a code, and the person pastes it.

use super::flow::{App, Authorization, Flow, FlowOptions};
use super::pkce::Verifier;
use crate::ApiError;

/// Sign-in by a pasted code.
///
/// ```no_run
/// # use dropbox_client::{App, DropboxOAuth2FlowNoRedirect, FlowOptions};
/// # async fn sign_in(pasted: &str) -> Result<(), dropbox_client::ApiError> {
/// let mut flow = DropboxOAuth2FlowNoRedirect::new(App::public("app key"), FlowOptions::default())?;
/// println!("Open {} and copy the code.", flow.start()?);
/// let authorization = flow.finish(pasted).await?;
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct DropboxOAuth2FlowNoRedirect {
    flow: Flow,
    verifier: Option<Verifier>,
}

impl DropboxOAuth2FlowNoRedirect {
    pub fn new(app: App, options: FlowOptions) -> Result<Self, ApiError> {
        Ok(Self { flow: Flow::new(app, options)?, verifier: None })
    }

    /// The address of the page to open. Starting again makes the code of an earlier page useless.
    pub fn start(&mut self) -> Result<String, ApiError> {
        self.verifier = self.flow.verifier()?;
        Ok(self.flow.authorize_url(self.verifier.as_ref(), None, None))
    }

    /// Trades the code that the person has copied; blanks around it do not matter. A code is good once, and for
    /// a few minutes; what is wrong with it comes as a 400 with `invalid_grant`.
    pub async fn finish(&self, code: &str) -> Result<Authorization, ApiError> {
        let code = code.trim();
        if code.is_empty() {
            return Err(ApiError::InvalidArgument("the code is empty".into()));
        }
        self.flow.exchange(code, self.verifier.as_ref(), None).await
    }
}
