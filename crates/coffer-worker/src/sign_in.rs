//! Signing in to Dropbox by a pasted code, and out again. Where tokens are kept is `tokens`' business.

use super::context::{JobContext, JobError};
use super::error::Classify;
use super::pending_sign_in::PendingSignIn;
use super::service::{Credentials, Service, rest_client};
use super::tokens::StoredTokens;
use super::worker_context::WorkerContext;
use super::{desktop, problem};
use coffer_model::{AccountChoice, Problem, ProblemKind, Receipt, Update};
use coffer_texts::tr;
use dropbox_client::{
    ApiError, AppRegistration, DropboxOAuth2FlowNoRedirect, ErrorResponse, FlowError, FlowOptions,
};
use dropbox_protocol::auth::TOKEN_REVOKE;
use dropbox_protocol::users::GET_CURRENT_ACCOUNT;

/// Tells the address of the page, and opens it in the browser. If there is no browser, the address is still told.
pub(crate) async fn page(
    worker: &WorkerContext,
    job: &JobContext,
    app_key: String,
    api_url: Option<String>,
) -> Result<Receipt, JobError> {
    let app_key = app_key.trim().to_owned();
    if app_key.is_empty()
        || !app_key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
    {
        return Err(problem::general(tr!("invalid-app-key"))
            .because(ProblemKind::InvalidInput, tr!("why-invalid-app-key"))
            .into());
    }
    let address = |error: &ApiError| match error {
        ApiError::InvalidArgument(_) => problem::general(tr!("invalid-server-address"))
            .because(ProblemKind::InvalidInput, tr!("why-invalid-server-address")),
        error => problem::general(tr!("could-not-sign-in")).call(error),
    };
    let rest = rest_client(api_url.as_deref()).map_err(|error| address(&error))?;
    let options = FlowOptions::default().with_rest_client(rest);
    let mut flow = DropboxOAuth2FlowNoRedirect::new(AppRegistration::public(app_key.clone()), options)
        .map_err(|error| address(&api_error(error)))?;
    let url = flow.start().map_err(|error| address(&api_error(error)))?;
    *worker.sign_in.lock() = Some(PendingSignIn { flow, app_key, api_url });
    job.update(Update::AuthorizePage { url: url.clone() });
    desktop::browse(worker, url).await
}

/// Trades the code for tokens, and keeps them. A wrong code leaves the page valid for another try.
pub(crate) async fn finish(worker: &WorkerContext, code: &str) -> Result<Receipt, JobError> {
    let pending = worker.sign_in.lock().take();
    let Some(pending) = pending else {
        return Err(problem::general(tr!("could-not-sign-in"))
            .because(ProblemKind::InvalidInput, tr!("why-no-page-opened"))
            .into());
    };
    match trade(worker, &pending, code).await {
        Ok(choice) => Ok(Receipt::SignedIn(choice)),
        Err(problem) => {
            let mut slot = worker.sign_in.lock();
            if slot.is_none() {
                *slot = Some(pending);
            }
            Err(problem.into())
        }
    }
}

async fn trade(
    worker: &WorkerContext,
    pending: &PendingSignIn,
    code: &str,
) -> Result<AccountChoice, Problem> {
    let authorization = pending.flow.finish(code).await.map_err(|error| words_for_code(&api_error(error)))?;
    let tokens = StoredTokens::from(&authorization.tokens);
    let about = || problem::general(tr!("could-not-sign-in"));
    let keeper = worker.secrets.keeper(&authorization.account_id);
    let credentials = Credentials::stored(pending.app_key.clone(), tokens.clone(), keeper);
    let service =
        Service::new(pending.api_url.as_deref(), credentials).map_err(|error| about().call(&error))?;
    let person = service.rpc(&GET_CURRENT_ACCOUNT, &()).await.map_err(|error| about().call(&error))?;
    worker.secrets.save(&authorization.account_id, tokens).await?;
    Ok(AccountChoice::Dropbox {
        account_id: authorization.account_id,
        email: person.email,
        app_key: pending.app_key.clone(),
        api_url: pending.api_url.clone(),
    })
}

/// Without a redirect, nothing goes wrong with a sign-in but its calls.
fn api_error(error: FlowError) -> ApiError {
    match error {
        FlowError::Api(error) => error,
        error => ApiError::InvalidArgument(error.to_string()),
    }
}

/// What the token endpoint says, in words.
fn words_for_code(error: &ApiError) -> Problem {
    let about = || problem::general(tr!("could-not-sign-in"));
    let refusal = match error {
        ApiError::Response(response) => ErrorResponse::oauth_error(response),
        ApiError::InvalidArgument(_) => {
            let detail = tr!("why-no-code");
            return about().because(ProblemKind::InvalidInput, detail);
        }
        _ => None,
    };
    match refusal {
        Some("invalid_grant") => about().because(ProblemKind::InvalidInput, tr!("why-code-rejected")),
        Some("invalid_client" | "unauthorized_client") => {
            about().because(ProblemKind::InvalidInput, tr!("why-unknown-app-key"))
        }
        _ => about().call(error),
    }
}

/// Ends the sign-in of the open account everywhere, and forgets it here, also when Dropbox can't be asked.
pub(crate) async fn sign_out(worker: &WorkerContext, job: &JobContext) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let AccountChoice::Dropbox { account_id, .. } = &account.choice else {
        return Err(problem::general(tr!("was-not-signed-in"))
            .because(ProblemKind::InvalidInput, tr!("why-needs-no-sign-in"))
            .into());
    };
    let revoked = account.service.rpc(&TOKEN_REVOKE, &()).await;
    worker.secrets.remove(account_id).await?;
    if let Err(error) = revoked
        && error.kind() != ProblemKind::SignedOut
    {
        tracing::warn!(%error, "the sign-in was forgotten here, but could not be ended at Dropbox");
    }
    Ok(Receipt::Nothing)
}
