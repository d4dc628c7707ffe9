//! The history: what this program has changed in accounts, and how each operation is undone, in one SQLite file of the
//! state folder. Commands and windows share it.
//!
//! - `inverse` says how an operation is taken back, `file_revisions` and `made_items` are what it keeps of very many
//!   items, `packed` is how it is on disk;
//! - `database` opens the file, `rows` reads and writes it, `new_operation` is what is written.
//!
//! **What survives.** An operation is written and synced before the window hears that it is done. Undo is guarded by what
//! the account says, so nothing here has to be believed. Where nothing can be written, edits are done all the same.

mod database;
mod file_revisions;
mod inverse;
mod made_items;
mod new_operation;
mod packed;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use file_revisions::FileRevisions;
pub(crate) use inverse::{Inverse, Rewind};
pub(crate) use made_items::{ItemState, MadeItems};
pub(crate) use new_operation::NewOperation;
pub(crate) use packed::known_file;
pub(crate) use rows::{LoadedOperation, MOST_DAYS};

use crate::account::{OpenAccount, account_name};
use crate::{blocking, problem};
use coffer_model::{
    AccountChoice, History, HistoryQuery, Operation, OperationId, OperationItems, Problem, ProblemKind,
    UndoStep,
};
use coffer_texts::tr;
use database::Database;
pub(crate) use database::HistoryError;
use jiff::Timestamp;
use parking_lot::Mutex;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Told when an account is opened; more are listed when they are looked at.
const LATEST: usize = 200;

/// Clones are the same history. The file is opened when it is first needed.
#[derive(Clone, Debug)]
pub(crate) struct HistoryStore(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    file: PathBuf,
    open: Mutex<Option<Database>>,
    /// What was read last; another number tells that another program has written since.
    seen: Mutex<i64>,
}

impl HistoryStore {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self(Arc::new(Inner { file, open: Mutex::default(), seen: Mutex::default() }))
    }

    /// The number of an operation that is going to be done. `None` where nothing can be kept.
    pub(crate) async fn reserve(&self) -> Option<OperationId> {
        let reserved = self.call(|connection| Ok(OperationId(rows::next(connection)?))).await;
        reserved.inspect_err(|error| tracing::warn!(%error, "the history can’t be written")).ok()
    }

    /// Keeps an operation that was done in an account just now. `None` where it could not be kept.
    pub(crate) async fn record(&self, account: &OpenAccount, new: NewOperation) -> Option<Operation> {
        let (name, noted) = (account_name(&account.choice), account.service.root().noted());
        let recorded = self.call(move |connection| rows::insert(connection, &name, &noted, &new)).await;
        recorded.inspect_err(|error| tracing::warn!(%error, "an operation could not be kept")).ok()
    }

    /// The same for what was done together with an earlier operation, after a question: both are one from now on, unless
    /// the earlier one was undone meanwhile.
    pub(crate) async fn record_with(
        &self,
        account: &OpenAccount,
        earlier: OperationId,
        new: NewOperation,
    ) -> Option<Operation> {
        let (name, noted) = (account_name(&account.choice), account.service.root().noted());
        let recorded = self.call(move |connection| match rows::extend(connection, &name, earlier, &new)? {
            Some(operation) => Ok(operation),
            None => rows::insert(connection, &name, &noted, &new),
        });
        recorded.await.inspect_err(|error| tracing::warn!(%error, "an operation could not be kept")).ok()
    }

    /// The operation that is to be undone or redone. Refused where that has been done, or is not possible any more.
    pub(crate) async fn load(
        &self,
        account: &AccountChoice,
        id: OperationId,
        step: UndoStep,
    ) -> Result<(LoadedOperation, Inverse), Problem> {
        let name = account_name(account);
        let about = || {
            problem::general(match step {
                UndoStep::Undo => tr!("could-not-undo"),
                UndoStep::Redo => tr!("could-not-redo"),
            })
        };
        let loaded =
            self.call(move |connection| rows::load(connection, &name, id)).await.map_err(|error| {
                tracing::warn!(%error, "an operation could not be read");
                about().because(ProblemKind::LocalError, tr!("why-history-unreadable"))
            })?;
        let gone = || about().because(ProblemKind::NotFound, tr!("why-inverse-gone"));
        let mut loaded = loaded.ok_or_else(gone)?;
        if loaded.operation.next_step() != step {
            let detail = match step {
                UndoStep::Undo => tr!("why-undone-already"),
                UndoStep::Redo => tr!("why-redone-already"),
            };
            return Err(about().because(ProblemKind::Changed, detail));
        }
        let inverse = loaded.inverse.take().ok_or_else(gone)?;
        Ok((loaded, inverse))
    }

    /// Keeps that an operation was undone or redone: wholly, or but for what `problem` says.
    pub(crate) async fn record_reversal(
        &self,
        account: &AccountChoice,
        loaded: &Operation,
        inverse: Option<Inverse>,
        problem: Option<Problem>,
    ) -> Operation {
        let undone = loaded.undone.is_none().then(Timestamp::now);
        let now = Operation {
            undone,
            can_reverse: false,
            problem: problem.clone().map(Box::new),
            ..loaded.clone()
        };
        let (name, loaded) = (account_name(account), loaded.clone());
        let recorded = self
            .call(move |connection| {
                rows::reverse(connection, &name, &loaded, undone, inverse.as_ref(), problem.as_ref())
            })
            .await;
        or_as_is(recorded, now)
    }

    /// Keeps why an undo or redo was refused.
    pub(crate) async fn record_refusal(
        &self,
        account: &AccountChoice,
        loaded: &Operation,
        problem: Problem,
    ) -> Operation {
        let now = Operation { problem: Some(Box::new(problem.clone())), ..loaded.clone() };
        let (name, loaded) = (account_name(account), loaded.clone());
        let recorded = self.call(move |connection| rows::refuse(connection, &name, &loaded, &problem)).await;
        or_as_is(recorded, now)
    }

    /// The operations of an account that a query asks for.
    pub(crate) async fn list(
        &self,
        account: &AccountChoice,
        query: HistoryQuery,
    ) -> Result<History, HistoryError> {
        let name = account_name(account);
        let operations = self.call(move |connection| rows::list(connection, &name, &query)).await?;
        let problem = self.0.open.lock().as_ref().and_then(|open| open.problem.clone());
        Ok(History { operations, problem })
    }

    pub(crate) fn file(&self) -> &Path {
        &self.0.file
    }

    /// The latest operations of an account, if another program has written any since this or [`Self::latest`] was asked.
    pub(crate) async fn news(&self, account: &AccountChoice) -> Option<History> {
        let version = self.version().await?;
        if *self.0.seen.lock() == version {
            return None;
        }
        self.latest(account).await
    }

    /// The latest operations of an account.
    pub(crate) async fn latest(&self, account: &AccountChoice) -> Option<History> {
        // Before they are read: what is written in between is read twice.
        let version = self.version().await?;
        *self.0.seen.lock() = version;
        let query = HistoryQuery { most: Some(LATEST), ..HistoryQuery::default() };
        let listed = self.list(account, query).await;
        listed.inspect_err(|error| tracing::warn!(%error, "the history could not be read")).ok()
    }

    async fn version(&self) -> Option<i64> {
        let store = self.clone();
        blocking(move || store.with_open(|open| open.data_version())).await.ok()
    }

    /// The items of an operation, as far as they are kept.
    pub(crate) async fn items(
        &self,
        account: &AccountChoice,
        id: OperationId,
    ) -> Result<OperationItems, HistoryError> {
        let name = account_name(account);
        let items = self.call(move |connection| rows::read_items(connection, &name, id)).await?;
        Ok(items.unwrap_or_default())
    }

    fn with_open<T>(&self, work: impl FnOnce(&mut Database) -> T) -> T {
        let mut open = self.0.open.lock();
        work(open.get_or_insert_with(|| Database::open(&self.0.file)))
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnMut(&Connection) -> Result<T, HistoryError> + Send + 'static,
    ) -> Result<T, HistoryError> {
        let store = self.clone();
        let done = tokio::task::spawn_blocking(move || store.with_open(|open| open.write(work))).await;
        done.unwrap_or_else(|error| Err(std::io::Error::other(error).into()))
    }
}

/// What was written, or what should have been.
fn or_as_is(recorded: Result<Option<Operation>, HistoryError>, now: Operation) -> Operation {
    match recorded {
        Ok(Some(operation)) => operation,
        Ok(None) => now,
        Err(error) => {
            tracing::warn!(%error, "an undo could not be kept");
            now
        }
    }
}
