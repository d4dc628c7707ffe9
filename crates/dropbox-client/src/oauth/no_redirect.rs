//! The flow for programs that nobody can be redirected to: the page shows a code, and the person pastes it.

use super::app::AppRegistration;
use super::flow::{Authorization, Flow, FlowOptions};
use super::pkce::Verifier;
use super::redirect::FlowError;
use crate::ApiError;

/// Sign-in by a pasted code.
///
/// ```no_run
/// # use dropbox_client::{AppRegistration, DropboxOAuth2FlowNoRedirect, FlowError, FlowOptions};
/// # async fn sign_in(pasted: &str) -> Result<(), FlowError> {
/// let mut flow = DropboxOAuth2FlowNoRedirect::new(AppRegistration::public("app key"), FlowOptions::default())?;
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
    pub fn new(app: AppRegistration, options: FlowOptions) -> Result<Self, FlowError> {
        Ok(Self { flow: Flow::new(app, options)?, verifier: None })
    }

    /// The address of the page to open. Starting again makes the code of an earlier page useless.
    pub fn start(&mut self) -> Result<String, FlowError> {
        self.verifier = self.flow.verifier()?;
        Ok(self.flow.authorize_url(self.verifier.as_ref(), None, None))
    }

    /// Trades the code that the person has copied; blanks around it do not matter. A code is good once, and for
    /// a few minutes; what is wrong with it comes as [`FlowError::Api`] with a 400 and `invalid_grant`. Of the five
    /// exceptions none can occur, as there is no redirect that could be wrong.
    pub async fn finish(&self, code: &str) -> Result<Authorization, FlowError> {
        let code = code.trim();
        if code.is_empty() {
            return Err(ApiError::InvalidArgument("the code is empty".into()).into());
        }
        Ok(self.flow.exchange(code, self.verifier.as_ref(), None).await?)
    }
}
