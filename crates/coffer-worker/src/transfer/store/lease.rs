//! The right to work on one row. Within this program it is an entry in a set, between programs a row that names a living
//! program: so two tasks of one program are kept apart as well, and a kill frees everything.

use super::key::RecordKey;
use super::program::{self, Program};
use super::{StoreError, TransferStore};
use std::path::PathBuf;

/// What can be leased.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum LeaseKey {
    Transfer(RecordKey),
    UploadSession(RecordKey),
    PartialFile(i64),
}

/// Dropping it lets others of this program have the row. Those of other programs may have it once the row says so.
#[derive(Debug)]
pub(crate) struct Lease {
    store: TransferStore,
    key: LeaseKey,
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.store.0.leased.lock().remove(&self.key);
    }
}

/// How rows are marked as ours, and whether those of others may be taken. For use inside a transaction.
#[derive(Clone, Debug)]
pub(super) struct Leasing {
    pub program: String,
    folder: PathBuf,
}

impl Leasing {
    /// Whether nobody else works on a row that names `program`. One of this program is free as far as the row goes:
    /// whether another task has it is known by the set.
    pub(super) fn is_free(&self, program: Option<&str>) -> bool {
        program.is_none_or(|program| program == self.program || !program::is_alive(&self.folder, program))
    }
}

impl TransferStore {
    /// Takes a lease within this program; `None`: another task has it.
    pub(super) fn lease(&self, key: LeaseKey) -> Option<Lease> {
        let is_new = self.0.leased.lock().insert(key.clone());
        is_new.then(|| Lease { store: self.clone(), key })
    }

    /// Whether a task of this program works on it.
    pub(super) fn is_leased(&self, key: &LeaseKey) -> bool {
        self.0.leased.lock().contains(key)
    }

    /// This program, as rows name it. Blocks.
    pub(super) fn leasing(&self) -> Result<Leasing, StoreError> {
        let mut program = self.0.program.lock();
        let folder = self.leases_folder();
        if program.is_none() {
            *program = Some(Program::start(&folder)?);
        }
        let program = program.as_ref().map(|program| program.name().to_owned()).unwrap_or_default();
        Ok(Leasing { program, folder })
    }
}
