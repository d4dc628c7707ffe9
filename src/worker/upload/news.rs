//! Tells what became of single files, a few times a second and many at once.

use crate::model::RemotePath;
use crate::model::transfer::{FileNews, FileState};
use crate::worker::transfer::Transfer;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The least time between two messages.
const INTERVAL: Duration = Duration::from_millis(150);

pub struct News {
    target: RemotePath,
    waiting: Mutex<Waiting>,
}

struct Waiting {
    news: Vec<FileNews>,
    last: Option<Instant>,
}

impl News {
    pub fn new(target: RemotePath) -> Self {
        Self { target, waiting: Mutex::new(Waiting { news: Vec::new(), last: None }) }
    }

    /// Notes what became of a file, and tells it together with what comes soon after.
    pub fn add(&self, transfer: &Transfer<'_>, path: &RemotePath, size_bytes: u64, state: FileState) {
        let news = FileNews { name: self.name(path), size_bytes, state };
        let due = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.news.push(news);
            waiting.last.is_none_or(|last| last.elapsed() >= INTERVAL)
        };
        if due {
            self.tell(transfer);
        }
    }

    /// Tells what waits.
    pub fn tell(&self, transfer: &Transfer<'_>) {
        let news = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.last = Some(Instant::now());
            std::mem::take(&mut waiting.news)
        };
        if !news.is_empty() {
            transfer.tell(news);
        }
    }

    /// The path below the target.
    fn name(&self, path: &RemotePath) -> String {
        if !self.target.contains(path) && !self.target.is_root() {
            return path.name().to_owned();
        }
        let depth = self.target.as_str().split('/').filter(|part| !part.is_empty()).count();
        path.as_str().split('/').filter(|part| !part.is_empty()).skip(depth).collect::<Vec<_>>().join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::News;
    use crate::model::RemotePath;

    #[test]
    fn names_are_told_below_the_target() {
        let check = |target: &str, path: &str, expected: &str| {
            assert_eq!(News::new(RemotePath::new(target)).name(&RemotePath::new(path)), expected);
        };
        check("/", "/a.txt", "a.txt");
        check("/Photos", "/photos/Trip/a.txt", "Trip/a.txt");
        check("/Photos", "/Photos/a.txt", "a.txt");
    }
}
