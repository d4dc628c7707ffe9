//! Finds out when a working copy has been changed, and tells the window. Programs save in many ways: they write into the
//! file, empty it first, or put another file in its place; so what counts is not how a file was changed, but whether its
//! content is another one once nobody writes to it any more. A copy is therefore looked at when nothing has happened in
//! its folder for a while, and its content is hashed when its size, time or inode is another one.

use super::open_files::{Usage, has_lock_file, usage};
use super::record::{CopyRecord, StoredCopy, id_of, make_private};
use super::store::WorkingCopies;
use crate::account::OpenAccount;
use crate::blocking;
use crate::context::JobContext;
use crate::fingerprint::Fingerprint;
use crate::upload::{LocalFileError, local_file_hash};
use crate::worker_context::WorkerContext;
use coffer_model::{Update, WorkingCopy, WorkingCopyId, WorkingCopyState};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

/// After a change the folder must be quiet for so long.
const SETTLE: Duration = Duration::from_millis(700);
/// The same while a program has the file open for writing, or has emptied it: it has probably not finished.
const SETTLE_WRITING: Duration = Duration::from_secs(5);
/// Copies that are saved and were not opened or changed for so long are removed.
const KEPT: Duration = Duration::from_hours(7 * 24);
/// Where the system does not tell of changes, it is asked so often.
const POLL: Duration = Duration::from_secs(2);

/// Watches the copies of the account until the session ends. Does nothing where nobody looks at the account.
pub(crate) async fn watch(worker: &WorkerContext, job: &JobContext, account: &OpenAccount) {
    if !worker.config.follows_changes {
        return std::future::pending().await;
    }
    let copies = &worker.working_copies;
    // Those of this account are kept from one session to the next: somebody may just have signed in again.
    copies.release_others(&account.choice);
    let (sender, events) = unbounded_channel();
    let folder = copies.folder().to_owned();
    let _watcher = match blocking(move || start_watcher(&folder, &sender)).await {
        Ok(Ok(watcher)) => Some(watcher),
        Ok(Err(error)) => {
            tracing::warn!(%error, "edited files cannot be watched");
            None
        }
        Err(_) => None,
    };
    for error in copies.open_all(&account.choice).await {
        tracing::warn!(%error, "a working copy could not be read");
    }
    let (seen, unsent, told) = Default::default();
    WatchedCopies { copies, account, job, seen, unsent, told, must_emit: false }.run(events).await;
}

/// One watcher for all copies, also for those that are made later.
fn start_watcher(
    folder: &Path,
    sender: &UnboundedSender<WorkingCopyId>,
) -> notify::Result<Box<dyn Watcher + Send>> {
    make_private(folder)?;
    // What the system tells has no symbolic links in it.
    let folder = folder.canonicalize()?;
    let (root, sender) = (folder.clone(), sender.clone());
    let on_event = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if is_change(event.kind) {
            for id in event.paths.iter().filter_map(|path| id_of(&root, path)) {
                // The session is over: nobody is left to tell.
                let _ = sender.send(id);
            }
        }
    };
    let recommended = RecommendedWatcher::new(on_event.clone(), Config::default())
        .and_then(|mut watcher| watcher.watch(&folder, RecursiveMode::Recursive).map(|()| watcher));
    match recommended {
        Ok(watcher) => Ok(Box::new(watcher)),
        Err(error) => {
            tracing::info!(%error, "the system does not tell of changed files, so they are looked at");
            let mut watcher = PollWatcher::new(on_event, Config::default().with_poll_interval(POLL))?;
            watcher.watch(&folder, RecursiveMode::Recursive)?;
            Ok(Box::new(watcher))
        }
    }
}

/// Files are also read, by this program too, and that is none.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

struct WatchedCopies<'a> {
    copies: &'a WorkingCopies,
    account: &'a OpenAccount,
    job: &'a JobContext,
    seen: HashMap<WorkingCopyId, CopyCheck>,
    /// Those that were changed before the program started and are not saved yet.
    unsent: HashSet<WorkingCopyId>,
    told: Vec<WorkingCopy>,
    /// Also when nothing is new: the window waits for what became of a copy that it has saved.
    must_emit: bool,
}

/// What the last look at a copy has found.
#[derive(Clone, Copy, Debug)]
struct CopyCheck {
    fingerprint: Option<Fingerprint>,
    is_saved: bool,
    /// It is to be looked at then.
    due: Option<Instant>,
    /// Since when its folder is quiet.
    quiet_since: Instant,
}

impl WatchedCopies<'_> {
    async fn run(mut self, mut events: UnboundedReceiver<WorkingCopyId>) {
        self.check_due().await;
        self.remove_old().await;
        loop {
            let due = self.seen.values().filter_map(|seen| seen.due).min();
            tokio::select! {
                Some(id) = events.recv() => {
                    self.on_change(&id);
                    while let Ok(id) = events.try_recv() {
                        self.on_change(&id);
                    }
                }
                ids = self.copies.changed() => {
                    for (_, seen) in self.seen.iter_mut().filter(|(id, _)| ids.contains(id)) {
                        // What it was compared with before is not its base any more.
                        *seen = CopyCheck { fingerprint: None, is_saved: true, due: Some(Instant::now()), ..*seen };
                    }
                    self.must_emit = true;
                }
                () = until(due) => {}
            }
            self.check_due().await;
        }
    }

    fn on_change(&mut self, id: &WorkingCopyId) {
        let now = Instant::now();
        // One that is not known yet is looked at when the task that makes it says so.
        if let Some(seen) = self.seen.get_mut(id) {
            (seen.quiet_since, seen.due) = (now, Some(now + SETTLE));
        }
    }

    /// Looks at all copies that are due, and tells what has changed.
    async fn check_due(&mut self) {
        let now = Instant::now();
        let mut told = Vec::new();
        let mut known = HashSet::new();
        for shared in self.copies.of_account(&self.account.choice).await {
            let mut copy = shared.lock_owned().await;
            let id = copy.id.clone();
            known.insert(id.clone());
            let fresh = CopyCheck { fingerprint: None, is_saved: true, due: Some(now), quiet_since: now };
            let mut seen = self.seen.get(&id).copied().unwrap_or(fresh);
            if seen.due.is_some_and(|due| due <= now) {
                let quiet = now.saturating_duration_since(seen.quiet_since);
                let is_first = !self.seen.contains_key(&id);
                let looked = blocking(move || {
                    let found = examine(&mut copy, seen, quiet, is_first);
                    (copy, found)
                });
                let Ok((returned, found)) = looked.await else { continue };
                copy = returned;
                match found {
                    Ok(Examined::At { fingerprint, is_saved }) => {
                        if is_first && !is_saved && copy.is_from_earlier_run {
                            self.unsent.insert(id.clone());
                        } else if is_saved {
                            self.unsent.remove(&id);
                        }
                        seen = CopyCheck { fingerprint, is_saved, due: None, ..seen };
                    }
                    Ok(Examined::Later(wait)) => seen.due = Some(now + wait),
                    Err(error) => {
                        tracing::warn!(%error, "an edited file could not be read");
                        seen.due = Some(now + SETTLE_WRITING);
                    }
                }
            }
            self.seen.insert(id, seen);
            let state = self.state(&copy.id, seen.is_saved);
            told.push(copy.to_model(state));
        }
        self.seen.retain(|id, _| known.contains(id));
        if std::mem::take(&mut self.must_emit) || told != self.told {
            self.told.clone_from(&told);
            self.job.update(Update::WorkingCopies(told));
        }
    }

    fn state(&self, id: &WorkingCopyId, is_saved: bool) -> WorkingCopyState {
        if is_saved {
            WorkingCopyState::Saved
        } else if self.unsent.contains(id) {
            WorkingCopyState::Unsent
        } else {
            WorkingCopyState::Edited
        }
    }

    /// Removes copies that nobody has used for long and that hold nothing of their own.
    async fn remove_old(&self) {
        for shared in self.copies.of_account(&self.account.choice).await {
            let copy = shared.lock_owned().await;
            let is_saved = self.seen.get(&copy.id).is_some_and(|seen| seen.is_saved && seen.due.is_none());
            let is_idle = is_saved && copy.record.conflict.is_none() && is_old(&copy) && !is_in_use(&copy);
            if is_idle && let Err(error) = self.copies.remove(copy).await {
                tracing::warn!(%error, "an old working copy could not be removed");
            }
        }
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}

/// What a look at a copy has found.
enum Examined {
    At {
        fingerprint: Option<Fingerprint>,
        is_saved: bool,
    },
    /// A program has not finished with it.
    Later(Duration),
}

/// Compares a copy with its base; its content only if it may be another one. Blocks.
fn examine(copy: &mut StoredCopy, seen: CopyCheck, quiet: Duration, is_first: bool) -> io::Result<Examined> {
    let local_path = copy.local_path();
    let metadata = match fs::metadata(&local_path) {
        Ok(metadata) => metadata,
        // A program that puts another file in its place is between two steps; and what was removed holds nothing.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Examined::At { fingerprint: None, is_saved: true });
        }
        Err(error) => return Err(error),
    };
    let fingerprint = Fingerprint::from_metadata(&metadata);
    if copy.record.fingerprint == Some(fingerprint) {
        return Ok(Examined::At { fingerprint: Some(fingerprint), is_saved: true });
    }
    let may_be_unfinished =
        fingerprint.size_bytes == 0 || usage(&copy.content_folder()) == Usage::OpenForWriting;
    let left = SETTLE_WRITING.saturating_sub(quiet);
    if !is_first && !left.is_zero() && may_be_unfinished {
        return Ok(Examined::Later(left));
    }
    if !seen.is_saved && seen.fingerprint == Some(fingerprint) {
        return Ok(Examined::At { fingerprint: Some(fingerprint), is_saved: false });
    }
    let hash = match local_file_hash(&local_path) {
        Ok(hash) => hash,
        Err(LocalFileError::Changed) => return Ok(Examined::Later(SETTLE)),
        Err(LocalFileError::Unreadable(error)) => return Err(error),
    };
    let is_saved = hash == copy.record.content_hash;
    if is_saved {
        copy.record.fingerprint = Some(fingerprint);
        copy.write()?;
    }
    Ok(Examined::At { fingerprint: Some(fingerprint), is_saved })
}

/// Whether the content of a copy is that of its base. Blocks.
pub(super) fn is_saved(local_path: &Path, record: &CopyRecord) -> io::Result<bool> {
    if record.fingerprint == Some(read_fingerprint(local_path)?) {
        return Ok(true);
    }
    match local_file_hash(local_path) {
        Ok(hash) => Ok(hash == record.content_hash),
        Err(LocalFileError::Changed) => Ok(false),
        Err(LocalFileError::Unreadable(error)) => Err(error),
    }
}

/// Blocks.
pub(super) fn read_fingerprint(local_path: &Path) -> io::Result<Fingerprint> {
    Ok(Fingerprint::from_metadata(&fs::metadata(local_path)?))
}

fn is_old(copy: &StoredCopy) -> bool {
    let used = fs::metadata(copy.content_folder()).and_then(|metadata| metadata.modified());
    let opened = UNIX_EPOCH + Duration::from_secs(copy.record.opened_unix_secs.max(0).cast_unsigned());
    let last = used.map_or(opened, |used| used.max(opened));
    SystemTime::now().duration_since(last).is_ok_and(|age| age > KEPT)
}

fn is_in_use(copy: &StoredCopy) -> bool {
    let folder = copy.content_folder();
    has_lock_file(&folder, &copy.record.name) || usage(&folder) != Usage::Unused
}

#[cfg(test)]
mod tests {
    use super::is_change;
    use notify::EventKind;
    use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};

    #[test]
    fn reading_a_file_is_no_change_of_it() {
        let close = |mode| EventKind::Access(AccessKind::Close(mode));
        assert!(!is_change(EventKind::Access(AccessKind::Open(AccessMode::Any))));
        assert!(!is_change(EventKind::Access(AccessKind::Read)) && !is_change(close(AccessMode::Read)));
        assert!(is_change(close(AccessMode::Write)) && is_change(EventKind::Modify(ModifyKind::Any)));
        assert!(
            is_change(EventKind::Create(CreateKind::File)) && is_change(EventKind::Remove(RemoveKind::File))
        );
    }
}
