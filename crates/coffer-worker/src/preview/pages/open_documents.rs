//! The files with pages that stay open for the next page that is asked for, and the bound on threads that draw pages.

use super::super::super::account::OpenAccount;
use super::document::{DocumentSource, OpenDocument};
use super::unreadable::UnreadableDocument;
use coffer_model::entry::File;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// The files that stay open take so much memory together. The latest one always does: a decoded picture takes more.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// More than are looked at. What a file that takes too long occupies is not free before it is done.
const MOST_THREADS: usize = 6;

/// For a thread to become free.
const MOST_WAITING: Duration = Duration::from_secs(10);

/// What an open file is known by.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct DocumentKey {
    account: String,
    rev: String,
}

impl DocumentKey {
    pub(super) fn new(account: &OpenAccount, file: &File) -> Self {
        Self { account: account.cache_name(), rev: file.rev.0.to_string() }
    }
}

pub(crate) struct OpenDocuments {
    /// The one that was asked last is the last.
    documents: Mutex<VecDeque<(DocumentKey, Arc<OpenDocument>)>>,
    threads: Arc<Semaphore>,
}

impl Default for OpenDocuments {
    fn default() -> Self {
        Self { documents: Mutex::default(), threads: Arc::new(Semaphore::new(MOST_THREADS)) }
    }
}

impl OpenDocuments {
    pub(super) fn get(&self, key: &DocumentKey) -> Option<Arc<OpenDocument>> {
        let mut documents = self.documents.lock();
        documents.retain(|(_, document)| !document.is_closed());
        let place = documents.iter().position(|(known, _)| known == key)?;
        let found = documents.remove(place)?;
        let document = Arc::clone(&found.1);
        documents.push_back(found);
        Some(document)
    }

    pub(super) async fn open(
        &self,
        key: DocumentKey,
        source: DocumentSource,
    ) -> Result<Arc<OpenDocument>, UnreadableDocument> {
        // Room first: those that are closed here free their threads.
        self.close_oldest(source.open_bytes);
        let permit = timeout(MOST_WAITING, Arc::clone(&self.threads).acquire_owned()).await;
        let permit = permit.ok().and_then(Result::ok).ok_or(UnreadableDocument::TooSlow)?;
        let document = Arc::new(OpenDocument::open(source, permit).await?);
        self.documents.lock().push_back((key, Arc::clone(&document)));
        Ok(document)
    }

    /// Closes what was not asked for the longest until so many more bytes are free. One that was given up stays known,
    /// so that it is not begun anew.
    fn close_oldest(&self, bytes: usize) {
        let mut documents = self.documents.lock();
        let open = |(_, document): &&(DocumentKey, Arc<OpenDocument>)| !document.is_given_up();
        let mut total: usize = documents.iter().filter(open).map(|(_, document)| document.bytes).sum();
        let mut count = documents.iter().filter(open).count();
        while total + bytes > MOST_BYTES || count + 2 > MOST_THREADS {
            let Some(oldest) = documents.iter().position(|document| open(&document)) else { break };
            if let Some((_, closed)) = documents.remove(oldest) {
                total -= closed.bytes;
                count -= 1;
            }
        }
    }
}
