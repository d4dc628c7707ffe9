//! What becomes of single files, told in batches: a window that is told of each of 5,000 files by itself would do
//! nothing else.

use super::wanted::Wanted;
use crate::model::transfer::{FileNews, FileState};
use crate::worker::transfer::Transfer;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The least time between two batches.
const INTERVAL: Duration = Duration::from_millis(100);
/// Of smaller files only the end is told.
const LONG_BYTES: u64 = 1 << 20;

/// Gathers news of one transfer.
#[derive(Default)]
pub struct News {
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    news: Vec<FileNews>,
    /// Where the newest news of a file stands.
    places: HashMap<Arc<str>, usize>,
    told: Option<Instant>,
}

impl News {
    /// Newer news of a file replace older ones that were not told yet.
    pub fn add(&self, wanted: &Wanted, state: FileState) {
        let mut waiting = self.lock();
        let news = wanted.news(state);
        if let Some(place) = waiting.places.get(&wanted.label).copied() {
            waiting.news[place] = news;
        } else {
            let place = waiting.news.len();
            waiting.places.insert(Arc::clone(&wanted.label), place);
            waiting.news.push(news);
        }
    }

    /// A long file is on its way.
    pub fn moving(&self, wanted: &Wanted, bytes_done: u64) {
        if wanted.size() >= LONG_BYTES {
            self.add(wanted, FileState::Moving { bytes_done });
        }
    }

    /// Tells what waits, when it is time or `at_once`.
    pub fn tell(&self, transfer: &Transfer<'_>, at_once: bool) {
        let mut waiting = self.lock();
        let due = at_once || waiting.told.is_none_or(|told| told.elapsed() >= INTERVAL);
        if due && !waiting.news.is_empty() {
            waiting.told = Some(Instant::now());
            waiting.places.clear();
            let news = std::mem::take(&mut waiting.news);
            drop(waiting);
            transfer.tell(news);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
