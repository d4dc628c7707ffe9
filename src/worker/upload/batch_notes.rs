//! What a batch of small files notes for a run after a kill: the sessions that were started, and the files that the
//! service holds in them.

use super::journal::is_alive;
use super::source::Fingerprint;
use crate::worker::transfer::TransferLog;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A session that waits for a file.
#[derive(Clone)]
pub struct Session {
    pub id: String,
    /// Nothing can have been sent to it.
    pub fresh: bool,
}

/// A file that the service holds in a session, as it is noted.
#[derive(Serialize, Deserialize)]
pub struct Appended {
    pub place: usize,
    pub session_id: String,
    pub hash: String,
    pub fingerprint: Fingerprint,
}

/// Started sessions, as they are noted.
#[derive(Serialize, Deserialize)]
pub struct Started {
    pub started_unix_secs: i64,
    pub ids: Vec<String>,
}

/// What runs of the order have noted.
#[derive(Default)]
pub struct Notes {
    pub appended: HashMap<usize, Appended>,
    pub spare: Vec<Session>,
    pub times_started: usize,
    pub times_appended: usize,
}

impl Notes {
    pub fn find(log: &TransferLog) -> Self {
        let mut notes = Self::default();
        let mut spare: HashMap<String, i64> = HashMap::new();
        while let Some(started) = log.find::<Started>(&started_key(notes.times_started)) {
            notes.times_started += 1;
            spare.extend(started.ids.into_iter().map(|id| (id, started.started_unix_secs)));
        }
        while let Some(appended) = log.find::<Vec<Appended>>(&appended_key(notes.times_appended)) {
            notes.times_appended += 1;
            for file in appended {
                if spare.remove(&file.session_id).is_some_and(is_alive) {
                    notes.appended.insert(file.place, file);
                }
            }
        }
        let alive = spare.into_iter().filter(|(_, started)| is_alive(*started));
        notes.spare = alive.map(|(id, _)| Session { id, fresh: false }).collect();
        notes
    }
}

pub fn started_key(number: usize) -> String {
    format!("sessions {number}")
}

pub fn appended_key(number: usize) -> String {
    format!("appended {number}")
}
