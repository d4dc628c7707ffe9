//! Opens an account and follows it: who it is, how full, what changes, whether it can be reached.
//! Sample files are written by `samples`; this file only starts them.

use super::account::{AccountSpace, OpenAccount};
use super::account_index::{self, FeedPage};
use super::config::{LocalServer, ServerEndpoint};
use super::context::{JobContext, JobError};
use super::error::{Classify, ServiceError};
use super::history_watch::tell_history;
use super::path_root::team_of;
use super::service::{Credentials, Service};
use super::worker_context::WorkerContext;
use super::{convert, edit, problem, samples, working_copy};
use coffer_model::{Account, AccountChoice, IndexPhase, Problem, ProblemKind, Receipt, RemotePath, Update};
use coffer_texts::tr;
use dropbox_protocol::files::{
    LIST_FOLDER_GET_LATEST_CURSOR, LIST_FOLDER_LONGPOLL, ListFolderArg, ListFolderLongpollArg,
    ListFolderResult,
};
use dropbox_protocol::users::{FullAccount, GET_CURRENT_ACCOUNT};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Seconds that one question for changes may stay open.
const LONGPOLL_SECS: u64 = 90;
/// A question that is still open then has lost its connection without anybody noticing, as after a computer slept.
const LONGPOLL_PATIENCE: Duration = Duration::from_secs(LONGPOLL_SECS + 100);
/// News of changes are at least so far apart.
const CHANGES_STEP: Duration = Duration::from_millis(250);
/// So are those of totals.
const TOTALS_STEP: Duration = Duration::from_secs(3);
/// The quota is asked for at most so often while things change.
const QUOTA_STEP: Duration = Duration::from_secs(3);
/// Beyond so many folders at once everything may have changed.
const MANY_FOLDERS: usize = 300;
const LONGEST_OUTAGE_STEP: Duration = Duration::from_secs(30);

pub(crate) async fn run(
    worker: &Arc<WorkerContext>,
    job: &JobContext,
    choice: AccountChoice,
) -> Result<Receipt, JobError> {
    let (service, endpoint) = open(worker, job, &choice).await?;
    if endpoint.as_ref().is_some_and(|endpoint| endpoint.address_is_taken) {
        job.update(Update::AddressTaken);
    }
    let missing_samples = samples::find_missing(worker, job, endpoint).await;
    let (indexes, clock) = (worker.config.dirs.indexes(), Arc::clone(&worker.config.clock));
    let account = Arc::new(OpenAccount::new(choice, service, Some(&indexes), clock));
    worker.open_session(job.id, Arc::clone(&account));
    let quota = Notify::new();
    let service = &account.service;
    tokio::select! {
        never = follow(worker, job, &account, &quota) => match never {},
        () = tell_history(worker, job, &account) => Err(JobError::Cancelled),
        never = keep_index(worker, job, &account) => match never {},
        never = follow_quota(job, &account, &quota) => match never {},
        () = service.gate().follow(|waiting| job.update(Update::Waiting(waiting))) => Err(JobError::Cancelled),
        () = samples::write_missing(worker, job, &account, missing_samples) => Err(JobError::Cancelled),
        never = tell_unfinished(worker, job, &account) => match never {},
        () = working_copy::watch(worker, job, &account) => Err(JobError::Cancelled),
        never = finish_edits(worker, job, &account) => match never {},
        never = tell_changed_root(job, &account) => match never {},
        () = service.ended() => Err(problem::signed_out().into()),
    }
}

/// The service behind an account, and where it answers if it is the local one.
async fn open(
    worker: &WorkerContext,
    job: &JobContext,
    choice: &AccountChoice,
) -> Result<(Service, Option<ServerEndpoint>), JobError> {
    let failed = |error| problem::general(tr!("could-not-open-account")).call(&error);
    let (api_url, credentials) = match choice {
        AccountChoice::Local => {
            let local_server = &worker.config.local_server;
            let endpoint = local_endpoint(job, local_server).await?;
            let service = Service::local(&endpoint, Arc::clone(local_server)).map_err(failed)?;
            return Ok((service, Some(endpoint)));
        }
        AccountChoice::CommandLine { api_url } => {
            let given = worker.config.command_line.as_ref().filter(|given| given.api_url == *api_url);
            let given = given.ok_or_else(problem::no_account)?;
            (Some(given.api_url.clone()), Credentials::token(given.token.clone()))
        }
        AccountChoice::Dropbox { account_id, app_key, api_url, .. } => {
            let tokens = worker.secrets.load(account_id).await?.ok_or_else(|| {
                problem::general(tr!("not-signed-in"))
                    .because(ProblemKind::SignedOut, tr!("why-sign-in-not-found"))
            })?;
            let keeper = worker.secrets.keeper(account_id);
            (api_url.clone(), Credentials::stored(app_key.clone(), tokens, keeper))
        }
    };
    Ok((Service::new(api_url.as_deref(), credentials).map_err(failed)?, None))
}

/// Where the local account answers, as soon as no other program has it open.
async fn local_endpoint(job: &JobContext, local_server: &LocalServer) -> Result<ServerEndpoint, Problem> {
    let mut waits = false;
    loop {
        match local_server().await {
            Err(problem) if problem.kind == ProblemKind::AccountInUse => {
                if !std::mem::replace(&mut waits, true) {
                    job.update(Update::InUse(Some(problem)));
                }
            }
            result => {
                if waits {
                    job.update(Update::InUse(None));
                }
                return result;
            }
        }
    }
}

/// What is never made: these loops end with the session.
enum Never {}

/// Told once; an account without any is told nothing.
async fn finish_edits(worker: &WorkerContext, job: &JobContext, account: &Arc<OpenAccount>) -> Never {
    Box::pin(edit::finish_renames(worker, job, account)).await;
    Box::pin(edit::finish_replacements(worker, job, account)).await;
    Box::pin(edit::tell_splits(worker, job, account)).await;
    Box::pin(edit::finish_bring_backs(worker, job, account)).await;
    std::future::pending().await
}

/// Told once; the window opens the account again, and what is done until then is done where it was meant.
async fn tell_changed_root(job: &JobContext, account: &OpenAccount) -> Never {
    account.service.root().changed().await;
    tracing::info!("the paths of the account start in another team space");
    job.update(Update::PathRootChanged);
    std::future::pending().await
}

/// Commands ask for an index when they need one.
async fn keep_index(worker: &WorkerContext, job: &JobContext, account: &Arc<OpenAccount>) -> Never {
    if worker.config.follows_changes {
        let status = account.index.status().await;
        if status.phase == IndexPhase::Complete {
            job.update(Update::Index(status));
        }
        Box::pin(account_index::keep_filled(worker, job, account)).await;
    }
    std::future::pending().await
}

async fn tell_unfinished(worker: &WorkerContext, job: &JobContext, account: &OpenAccount) -> Never {
    let unfinished = worker.transfers.unfinished(&account.choice).await;
    if !unfinished.is_empty() {
        job.update(Update::Unfinished(unfinished));
    }
    std::future::pending().await
}

async fn follow(worker: &WorkerContext, job: &JobContext, account: &OpenAccount, quota: &Notify) -> Never {
    let follows_changes = worker.config.follows_changes;
    let mut follower = Follower {
        job,
        account,
        quota,
        follows_changes,
        cursor: None,
        follows_index: false,
        above: BTreeSet::new(),
        totals_told: None,
        reached_at: None,
        told: false,
        last_news: None,
        last_change: None,
        failures: 0,
        outage_told: false,
    };
    loop {
        if let Err(error) = follower.step().await {
            follower.step_back(&error).await;
        }
    }
}

struct Follower<'a> {
    job: &'a JobContext,
    account: &'a OpenAccount,
    quota: &'a Notify,
    follows_changes: bool,
    cursor: Option<String>,
    /// The cursor is that of the index, which takes in what the feed tells.
    follows_index: bool,
    /// Folders above what has changed, which have other totals; told together and less often, because each may be long.
    above: BTreeSet<RemotePath>,
    totals_told: Option<Instant>,
    /// When the service has answered last.
    reached_at: Option<Timestamp>,
    /// Whether the window knows whose account this is.
    told: bool,
    last_news: Option<Instant>,
    /// The latest change of which the window has heard.
    last_change: Option<i64>,
    /// Steps that failed in a row.
    failures: u32,
    outage_told: bool,
}

impl Follower<'_> {
    async fn step(&mut self) -> Result<(), ServiceError> {
        let service = &self.account.service;
        if !self.told {
            let owner = self.account.service.owner().await?;
            Box::pin(tell_account(self.job, self.account, owner)).await?;
            self.told = true;
            self.reached();
        }
        if !self.follows_changes {
            std::future::pending::<()>().await;
        }
        let cursor = if let Some(cursor) = &self.cursor {
            cursor.clone()
        } else if let Some((_, cursor)) = account_index::followed(self.account).await {
            self.follows_index = true;
            self.cursor = Some(cursor);
            // What has changed since the program was last here.
            self.tell_changes().await?;
            self.reached();
            self.tell_index().await;
            self.tell_news().await;
            return Ok(());
        } else {
            self.follows_index = false;
            let arg = ListFolderArg { recursive: true, ..ListFolderArg::new("") };
            let cursor = service.rpc(&LIST_FOLDER_GET_LATEST_CURSOR, &arg).await?.cursor;
            // The feed does not tell what was changed between the account and this cursor.
            self.quota.notify_one();
            self.cursor.insert(cursor).clone()
        };
        if self.failures > 0 {
            // What was missed meanwhile; and it tells sooner than a longpoll that the service is back.
            self.tell_changes().await?;
            self.reached();
            return Ok(());
        }
        let arg = ListFolderLongpollArg { timeout: LONGPOLL_SECS, ..ListFolderLongpollArg::new(cursor) };
        let asked = tokio::time::timeout(LONGPOLL_PATIENCE, service.rpc(&LIST_FOLDER_LONGPOLL, &arg));
        let answer = tokio::select! {
            answer = asked => answer,
            () = self.totals_due() => {
                self.totals_told = Some(Instant::now());
                let folders = Some(std::mem::take(&mut self.above).into_iter().collect());
                self.job.update(Update::Changed { folders });
                return Ok(());
            }
            () = self.account.index.filled.notified() => {
                // From now on the feed goes on from the cursor of the index, which may be later.
                self.cursor = None;
                self.quota.notify_one();
                return Ok(());
            }
        };
        let Ok(answer) = answer else { return Ok(()) };
        let answer = answer?;
        self.reached_at = Some(self.account.index.now());
        if answer.changes {
            if let Some(last) = self.last_news {
                tokio::time::sleep_until(last + CHANGES_STEP).await;
            }
            self.tell_changes().await?;
        }
        if let Some(seconds) = answer.backoff {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
        }
        Ok(())
    }

    fn reached(&mut self) {
        self.failures = 0;
        self.reached_at = Some(self.account.index.now());
        if std::mem::take(&mut self.outage_told) {
            self.job.update(Update::Outage(None));
        }
    }

    /// After a failure: tells what it means, and waits.
    async fn step_back(&mut self, error: &ServiceError) {
        tracing::debug!(%error, failures = self.failures, "could not follow changes of the account");
        if error.kind() == ProblemKind::CursorReset {
            if let Some(cursor) = self.cursor.take()
                && std::mem::take(&mut self.follows_index)
            {
                account_index::expire(self.account, &cursor).await;
            }
            self.job.update(Update::Changed { folders: None });
        }
        let away = error.kind().is_away();
        let is_outage = away || error.kind() == ProblemKind::UnreadableReply;
        if is_outage && !std::mem::replace(&mut self.outage_told, true) {
            if let Some(reached_at) = self.reached_at.filter(|_| self.follows_index) {
                self.account.index.confirm(reached_at).await;
                self.tell_index().await;
            }
            self.job.update(Update::Outage(Some(problem::general(tr!("account-unreachable")).call(error))));
        }
        self.failures += 1;
        let pause = Duration::from_millis(500 * u64::from(1_u32 << self.failures.min(8)));
        tokio::select! {
            () = tokio::time::sleep(pause.min(LONGEST_OUTAGE_STEP)) => {}
            // Somebody else got through: no need to wait any longer.
            () = self.account.service.answered(), if away => {}
        }
    }

    async fn tell_changes(&mut self) -> Result<(), ServiceError> {
        let mut folders = BTreeSet::new();
        // Where the index is, when another job or program has brought it further: what came until then is still to be told.
        let mut ahead: Option<String> = None;
        while let Some(cursor) = self.cursor.clone() {
            let page = self.account.service.continue_list(&cursor).await?;
            let is_behind = ahead.is_some();
            let page = if is_behind {
                self.cursor = Some(page.cursor.clone());
                page
            } else {
                let (taken, page) = self.take_in(cursor, page).await;
                ahead = taken;
                page
            };
            if folders.len() <= MANY_FOLDERS {
                folders.extend(page.entries.iter().map(|item| {
                    let path = convert::entry(item, None).path;
                    path.parent().unwrap_or_else(RemotePath::root)
                }));
            }
            if page.has_more {
                continue;
            }
            if is_behind {
                self.cursor = ahead.take();
            } else if ahead.is_none() {
                break;
            }
        }
        self.last_news = Some(Instant::now());
        if !folders.is_empty() {
            if self.follows_index {
                account_index::learn_names(self.account).await;
            }
            self.above.extend(folders.iter().flat_map(RemotePath::lineage));
            if self.are_totals_due() {
                folders.append(&mut self.above);
                self.totals_told = Some(Instant::now());
            }
            let folders = (folders.len() <= MANY_FOLDERS).then(|| folders.into_iter().collect());
            self.job.update(Update::Changed { folders });
            self.quota.notify_one();
            self.tell_index().await;
            self.tell_news().await;
        }
        Ok(())
    }

    /// Nothing where nothing was changed elsewhere since.
    async fn tell_news(&mut self) {
        if !self.follows_index {
            return;
        }
        let before = self.last_change;
        if let Some((news, last)) = account_index::news(self.account, before).await {
            self.last_change = Some(last);
            if before.is_none() || !news.changes.is_empty() {
                self.job.update(Update::News(Arc::new(news)));
            }
        }
    }

    fn are_totals_due(&self) -> bool {
        self.totals_told.is_none_or(|told| told.elapsed() >= TOTALS_STEP)
    }

    /// Returns when the totals of folders above what has changed are to be told.
    async fn totals_due(&self) {
        match self.totals_told {
            Some(told) if !self.above.is_empty() => tokio::time::sleep_until(told + TOTALS_STEP).await,
            _ => std::future::pending().await,
        }
    }

    /// Takes a page of the feed into the index, if that is complete. Where the index is if it knows the page already.
    async fn take_in(&mut self, from: String, page: ListFolderResult) -> (Option<String>, ListFolderResult) {
        self.cursor = Some(page.cursor.clone());
        if !self.follows_index {
            return (None, page);
        }
        let Some(index) = self.account.index.get().await else { return (None, page) };
        let (taken, page) = account_index::apply_page(self.account, &index, from, page).await;
        match taken {
            FeedPage::Applied => (None, page),
            FeedPage::Elsewhere(cursor) => (Some(cursor), page),
            FeedPage::Lost => {
                self.follows_index = false;
                // If another program lists everything anew, it may end before that is done.
                self.account.index.expired.notify_one();
                (None, page)
            }
        }
    }

    async fn tell_index(&self) {
        if self.follows_index {
            self.job.update(Update::Index(self.account.index.status().await));
        }
    }
}

async fn follow_quota(job: &JobContext, account: &OpenAccount, quota: &Notify) -> Never {
    loop {
        quota.notified().await;
        if let Err(error) = Box::pin(tell_account(job, account, None)).await {
            tracing::debug!(%error, "the quota is not known for now");
        }
        tokio::time::sleep(QUOTA_STEP).await;
    }
}

/// Asks the account for its owner, unless that is known.
async fn tell_account(
    job: &JobContext,
    account: &OpenAccount,
    owner: Option<FullAccount>,
) -> Result<(), ServiceError> {
    let person = match owner {
        Some(owner) => {
            if let Some(team) = team_of(&owner) {
                job.update(Update::Team(team));
            }
            owner
        }
        None => account.service.rpc(&GET_CURRENT_ACCOUNT, &()).await?,
    };
    account.service.root().compare(&person);
    let AccountSpace { used_bytes, allocated_bytes } = account.space().await?;
    account.index.used_bytes.store(used_bytes, Ordering::Relaxed);
    let link_options = convert::new_link_options(&person);
    job.update(Update::Account(Account {
        display_name: person.name.display_name,
        email: person.email,
        is_local: account.choice == AccountChoice::Local,
        used_bytes,
        allocated_bytes,
        link_options,
    }));
    Ok(())
}
