//! How much a dry run would touch, and how full the account is afterwards: as far as the index of the account knows what is
//! below the folders.

use super::known;
use crate::cli::context::CommandContext;
use crate::cli::failure::CommandError;
use crate::cli::format;
use coffer_model::{Account, Amount, Entry, IndexPhase};
use serde::Serialize;

/// What a dry run says of all items together.
#[derive(Default, Serialize)]
pub(super) struct PlannedAmount {
    /// `None` where that is not known.
    files: Option<u64>,
    bytes: Option<u64>,
    /// How many bytes of the account are used afterwards, where that changes and the account says how much it may hold.
    used_afterwards: Option<u64>,
    #[serde(skip)]
    lacking_bytes: Option<u64>,
    #[serde(skip)]
    allocated_bytes: u64,
}

/// What becomes of the room in the account.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RoomChange {
    More,
    Less,
    AsItWas,
}

impl PlannedAmount {
    pub(super) fn of(
        context: &mut CommandContext,
        entries: &[Entry],
        change: RoomChange,
    ) -> Result<Self, CommandError> {
        let amount = Amount::of(with_totals(context, entries)?.iter());
        if amount.is_partial {
            return Ok(Self::default());
        }
        let growth_bytes = match change {
            RoomChange::More => amount.bytes as i64,
            RoomChange::Less => -(amount.bytes as i64),
            RoomChange::AsItWas => 0,
        };
        Ok(Self::new(context, amount, growth_bytes))
    }

    pub(super) fn new(context: &mut CommandContext, amount: Amount, growth_bytes: i64) -> Self {
        // What can't be asked is not said.
        let account =
            (growth_bytes != 0).then(|| context.worker.account().ok()).flatten().map(|(account, _)| account);
        let account = account.as_ref();
        Self {
            files: Some(amount.files),
            bytes: Some(amount.bytes),
            used_afterwards: account.and_then(|account| account.used_after(growth_bytes)),
            lacking_bytes: account.and_then(|account| account.lacking_bytes(growth_bytes)),
            allocated_bytes: account.map_or(0, |account: &Account| account.allocated_bytes),
        }
    }

    /// "12,400 files, 8.1 GB; 15.7 GB of 20 GB used afterwards; nothing was copied (dry run)"
    pub(super) fn in_words(&self, done: &str) -> String {
        let amount = self.files.zip(self.bytes);
        let amount =
            amount.map(|(files, bytes)| format!("{}, {}", format::files(files), format::size(bytes)));
        let used = self.used_afterwards.map(|used| {
            format!("{} of {} used afterwards", format::size(used), format::size(self.allocated_bytes))
        });
        let lacking = self.lacking_bytes.map(|bytes| format!("{} more than is free", format::size(bytes)));
        let nothing = format!("nothing was {done} (dry run)");
        amount.into_iter().chain(used).chain(lacking).chain([nothing]).collect::<Vec<_>>().join("; ")
    }
}

/// The same entries, the folders with what the index of the account knows to be below them. It is brought up to date, but
/// not filled: a dry run does not list the whole account.
fn with_totals(context: &mut CommandContext, entries: &[Entry]) -> Result<Vec<Entry>, CommandError> {
    let mut entries = entries.to_vec();
    let mut folders = entries.iter_mut().filter(|entry| entry.is_folder()).peekable();
    if folders.peek().is_none() || known::read_status(context)?.status.phase != IndexPhase::Complete {
        return Ok(entries);
    }
    known::update(context, false, false)?;
    for folder in folders {
        match known::require_entry(context, &folder.path) {
            Ok(known) => folder.totals = known.totals,
            Err(CommandError::Failed(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(entries)
}
