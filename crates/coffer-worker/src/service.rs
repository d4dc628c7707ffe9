//! All calls of the worker go through here: past the gate, repeated where that is safe, and watched for the end of
//! the sign-in. What is called and why is the jobs' business.

use super::account_client::AccountClient;
use super::config::{LocalServer, ServerEndpoint};
use super::context::JobContext;
use super::error::{Attempts, Classify, RetriedError, ServiceError};
use super::gate::Gate;
use super::path_root::{CallRoot, NotedRoot, has_paths};
use super::progress::Meter;
use super::retry::{self, CallContext, RetryPolicy};
use super::tokens::StoredTokens;
use super::transfer::pace::Pace;
use coffer_model::{PathRootId, ProblemKind};
use dropbox_client::{
    ApiError, AppRegistration, BaseUrls, Body, ByteRange, CallError, ClientOptions, DropboxClient,
    RestClient, RestResponse, TokenKeeper, Tokens,
};
use dropbox_protocol::files::{
    LIST_FOLDER_CONTINUE, ListFolderContinueArg, ListFolderContinueError, ListFolderResult,
};
use dropbox_protocol::job::{PollArg, PollError};
use dropbox_protocol::route::{Download, Rpc, Upload};
use dropbox_protocol::users::FullAccount;
use dropbox_protocol::{RouteInfo, Secret, Timestamp};
use futures_util::FutureExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How long a job of the service gets before it is first asked for, and how much longer at most each time after.
const FIRST_POLL: Duration = Duration::from_millis(60);
const LONGEST_POLL: Duration = Duration::from_secs(2);
/// How long polls may fail before the end of a job is unknown.
const LONGEST_SILENCE: Duration = Duration::from_mins(1);

/// The account's service. Cloning is cheap; clones share gate, tokens and connections.
#[derive(Clone)]
pub(crate) struct Service {
    client: AccountClient,
    context: CallContext,
    /// Cancelled when only signing in again helps.
    ended: CancellationToken,
    root: CallRoot,
}

/// What opens an account.
pub(crate) struct Credentials {
    tokens: Tokens,
    app: Option<AppRegistration>,
    keeper: Option<TokenKeeper>,
}

impl Credentials {
    /// A token that lasts.
    pub(crate) fn token(token: impl Into<Secret>) -> Self {
        Self { tokens: Tokens::access(token), app: None, keeper: None }
    }

    /// A stored sign-in, renewed when its access token ends; `keeper` is told the new ones.
    pub(crate) fn stored(app_key: String, stored: StoredTokens, keeper: TokenKeeper) -> Self {
        let tokens = Tokens::access(stored.access_token)
            .with_refresh_token(stored.refresh_token)
            .with_expires_at(stored.expires_unix_secs.map(Timestamp::from_unix_secs));
        Self { tokens, app: Some(AppRegistration::public(app_key)), keeper: Some(keeper) }
    }
}

/// The transport to Dropbox, or to one address for all roles.
pub(crate) fn rest_client(api_url: Option<&str>) -> Result<RestClient, ApiError> {
    RestClient::new(match api_url {
        Some(url) => BaseUrls::all(url)?,
        None => BaseUrls::dropbox(),
    })
}

impl Service {
    /// Sends nothing yet. `api_url` is the base of another service than Dropbox.
    pub(crate) fn new(api_url: Option<&str>, credentials: Credentials) -> Result<Self, ApiError> {
        let mut options = ClientOptions::default().with_rest_client(rest_client(api_url)?);
        options.app = credentials.app;
        options.token_keeper = credentials.keeper;
        Ok(Self::with_client(AccountClient::fixed(DropboxClient::new(credentials.tokens, options)?)))
    }

    /// The service of the local account, which answers at `endpoint` now.
    pub(crate) fn local(endpoint: &ServerEndpoint, open: LocalServer) -> Result<Self, ApiError> {
        Ok(Self::with_client(AccountClient::local(endpoint, open)?))
    }

    fn with_client(client: AccountClient) -> Self {
        let (context, ended, root) = (CallContext::default(), CancellationToken::new(), CallRoot::default());
        Self { client, context, ended, root }
    }

    /// The same service, for the calls of one transfer: it shows what it waits for, and is patient.
    #[must_use]
    pub(crate) fn for_transfer(&self, meter: &Meter) -> Self {
        let context = CallContext { meter: Some(meter.clone()), ..self.context.clone() };
        Self { context, ..self.clone() }
    }

    /// The same service; the bytes of its uploads and downloads keep to the limits of speed.
    #[must_use]
    pub(crate) fn paced(mut self, pace: Pace) -> Self {
        self.context.pace = Some(pace);
        self
    }

    /// The same service, for calls that are not made again when a job was cancelled while they wait. Those that are under
    /// way are waited for.
    #[must_use]
    pub(crate) fn until_cancelled(&self, job: &JobContext) -> Self {
        let (cancel, wind_up) = (job.cancel.clone(), job.wind_up.clone());
        Self { context: CallContext { cancel, wind_up, ..self.context.clone() }, ..self.clone() }
    }

    /// The same service, for calls that have some time left after a cancel of the job.
    #[must_use]
    pub(crate) fn until_wind_up(&self, job: &JobContext) -> Self {
        let (cancel, wind_up) = (job.wind_up.clone(), job.wind_up.clone());
        Self { context: CallContext { cancel, wind_up, ..self.context.clone() }, ..self.clone() }
    }

    /// The same service, for paths that were noted under a root.
    #[must_use]
    pub(crate) fn noted_under(&self, noted: NotedRoot) -> Self {
        Self { root: self.root.noted_under(noted), ..self.clone() }
    }

    /// The root of the account, as it was when the account was opened.
    pub(crate) async fn path_root(&self) -> Result<Option<PathRootId>, ServiceError> {
        let asked = || async { Ok(self.root.of_account(&self.client.current().await?).await?) };
        Ok(self.repeat::<_, (), _>(RetryPolicy::Repeat, asked).await?)
    }

    /// Whose account it is, as the account said when it was opened; `None` where it does not say.
    pub(crate) async fn owner(&self) -> Result<Option<FullAccount>, ServiceError> {
        let asked = || async { Ok(self.root.owner(&self.client.current().await?).await?.cloned()) };
        Ok(self.repeat::<_, (), _>(RetryPolicy::Repeat, asked).await?)
    }

    pub(crate) fn root(&self) -> &CallRoot {
        &self.root
    }

    /// The client for the next call of a route.
    async fn client(&self, route: &RouteInfo) -> Result<DropboxClient, ApiError> {
        // In a box, because this is part of every call.
        if has_paths(route) { Box::pin(self.rooted_client()).await } else { self.client.current().await }
    }

    async fn rooted_client(&self) -> Result<DropboxClient, ApiError> {
        let client = self.client.current().await?;
        Ok(match self.root.header(&client).await? {
            Some(root) => client.with_path_root(root),
            None => client,
        })
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.context.gate
    }

    /// Returns when only signing in again helps.
    pub(crate) async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// Returns at the next answer of the service.
    pub(crate) async fn answered(&self) {
        self.context.answered.notified().await;
    }

    /// Calls a route; repeated as its row in the route table allows.
    pub(crate) async fn rpc<A, R, E>(&self, route: &Rpc<A, R, E>, argument: &A) -> Result<R, RetriedError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned + Classify,
    {
        self.rpc_with(route.info.idempotence.into(), route, argument).await
    }

    /// Calls a route; repeated by the policy of the caller, who has to recognise in the answer to a second call what a first
    /// one, whose answer was lost, has done.
    pub(crate) async fn rpc_with<A, R, E>(
        &self,
        policy: RetryPolicy,
        route: &Rpc<A, R, E>,
        argument: &A,
    ) -> Result<R, RetriedError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned + Classify,
    {
        self.repeat(policy, || async { self.client(&route.info).await?.rpc(route, argument).await }).await
    }

    /// The next page of a listing. One that brings nothing and goes on where it was would do so for ever: it is asked for a
    /// few times, and then it is a failure.
    pub(crate) async fn continue_list(
        &self,
        cursor: &str,
    ) -> Result<ListFolderResult, RetriedError<ListFolderContinueError>> {
        let mut attempts = Attempts::new();
        loop {
            let page = self.rpc(&LIST_FOLDER_CONTINUE, &ListFolderContinueArg::new(cursor)).await?;
            if !page.has_more || !page.entries.is_empty() || page.cursor != cursor {
                return Ok(page);
            }
            attempts.count += 1;
            if self.pause(attempts.count).await.is_none() {
                let call = LIST_FOLDER_CONTINUE.info.name.to_owned();
                let problem = "the list neither goes on nor ends".to_owned();
                let error = ApiError::Malformed { call, status: 200, problem }.into();
                return Err(RetriedError { error, attempts });
            }
        }
    }

    /// Calls a route that is not idempotent, for a caller who recognises in the answer to a second call that a first
    /// one, whose answer was lost, had its effect.
    pub(crate) async fn rpc_repeated<A, R, E>(
        &self,
        route: &Rpc<A, R, E>,
        argument: &A,
    ) -> Result<R, RetriedError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned + Classify,
    {
        self.rpc_with(RetryPolicy::Repeat, route, argument).await
    }

    /// Runs an operation of the client that makes several calls and may be repeated as a whole.
    pub(crate) async fn run_repeated<T, E, F>(
        &self,
        operation: impl Fn(DropboxClient) -> F,
    ) -> Result<T, RetriedError<E>>
    where
        E: Classify,
        F: Future<Output = Result<T, CallError<E>>>,
    {
        self.repeat(RetryPolicy::Repeat, || async { operation(self.rooted_client().await?).await }).await
    }

    /// `body` makes the body anew for each try.
    pub(crate) async fn upload<A, R, E>(
        &self,
        route: &Upload<A, R, E>,
        argument: &A,
        body: impl Fn() -> Body,
    ) -> Result<R, RetriedError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned + Classify,
    {
        self.upload_with(route.info.idempotence.into(), route, argument, body).await
    }

    /// As [`rpc_repeated`](Self::rpc_repeated).
    pub(crate) async fn upload_repeated<A, R, E>(
        &self,
        route: &Upload<A, R, E>,
        argument: &A,
        body: impl Fn() -> Body,
    ) -> Result<R, RetriedError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned + Classify,
    {
        self.upload_with(RetryPolicy::Repeat, route, argument, body).await
    }

    async fn upload_with<A, R, E>(
        &self,
        policy: RetryPolicy,
        route: &Upload<A, R, E>,
        argument: &A,
        body: impl Fn() -> Body,
    ) -> Result<R, RetriedError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned + Classify,
    {
        let body = || match &self.context.pace {
            Some(pace) => body().paced(pace.limit()),
            None => body(),
        };
        self.repeat(policy, || async {
            self.client(&route.info).await?.upload(route, argument, body()).await
        })
        .await
    }

    /// The bytes are still to be read; if they break off, it is for the caller to ask for the rest.
    pub(crate) async fn download<A, R, E>(
        &self,
        route: &Download<A, R, E>,
        argument: &A,
        range: Option<ByteRange>,
    ) -> Result<(R, RestResponse), RetriedError<E>>
    where
        A: Serialize,
        R: DeserializeOwned,
        E: DeserializeOwned + Classify,
    {
        let policy = route.info.idempotence.into();
        let download = || async { self.client(&route.info).await?.download(route, argument, range).await };
        let reply = self.repeat(policy, download).await?;
        let response = match &self.context.pace {
            Some(pace) => reply.response.paced(pace.limit()),
            None => reply.response,
        };
        Ok((reply.result, response))
    }

    /// Asks for the state of a job that the service does in the background until `ended` finds it ended. The job goes on
    /// without a connection, so a short outage is waited for, and after a cancel, so its end is waited for some time. After
    /// an error it is unknown how the job ended.
    pub(crate) async fn finish_job<S, T>(
        &self,
        check: &Rpc<PollArg, S, PollError>,
        job_id: String,
        ended: impl Fn(S) -> Option<T>,
    ) -> Result<T, RetriedError<PollError>>
    where
        S: DeserializeOwned,
    {
        let context = CallContext { cancel: self.context.wind_up.clone(), ..self.context.clone() };
        let service = Self { context, ..self.clone() };
        let job = PollArg::new(job_id);
        let (mut wait, mut failing_since) = (FIRST_POLL, None);
        loop {
            if service.context.cancel.is_cancelled() {
                return Err(RetriedError { error: retry::never_sent(), attempts: Attempts::new() });
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 3 / 2).min(LONGEST_POLL);
            match service.rpc(check, &job).await {
                Ok(status) => {
                    failing_since = None;
                    if let Some(result) = ended(status) {
                        return Ok(result);
                    }
                }
                Err(error)
                    if retry::is_outage(error.kind())
                        && failing_since.get_or_insert_with(Instant::now).elapsed() < LONGEST_SILENCE => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Waits as after a broken call, before the caller goes on where it was; `None` when it was often enough.
    pub(crate) async fn pause(&self, tries: u32) -> Option<()> {
        retry::pause(&self.context, tries).await
    }

    async fn repeat<T, E, F>(
        &self,
        policy: RetryPolicy,
        mut call: impl FnMut() -> F,
    ) -> Result<T, RetriedError<E>>
    where
        E: Classify,
        F: Future<Output = Result<T, CallError<E>>>,
    {
        let watched = || call().map(|result| result.inspect_err(|error| self.root.compare_error(error)));
        let result = retry::repeat(policy, &self.context, watched).await;
        match &result {
            Ok(_) => self.context.answered.notify_waiters(),
            // The end of the sign-in is for the session to tell, whichever call has met it. An expired token that
            // could not be renewed is at its end as well.
            Err(error) => match error.kind() {
                ProblemKind::SignedOut | ProblemKind::TokenExpired => self.ended.cancel(),
                _ => {}
            },
        }
        result
    }
}
