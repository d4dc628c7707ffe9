//! Finds out when a working copy has been changed, and tells the window. Programs save in many ways: they write into the
//! file, empty it first, or put another file in its place; so what counts is not how a file was changed, but whether its
//! content is another one once nobody writes to it any more. A copy is therefore looked at when nothing has happened in
//! its folder for a while, and its content is hashed when its size, time or inode is another one.

use super::open_files::{Usage, is_in_use, saved_beside, usage};
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
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
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
/// Where the system does not tell of changes, the copies are looked at so often.
const POLL: Duration = Duration::from_secs(2);

/// What the system tells of the folder of all copies.
enum FolderEvent {
    Changed(WorkingCopyId),
    /// Some changes were not told.
    Missed,
    /// Changes are not told any more, or not all of them: there are too many watches on this computer.
    Blind,
}

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
    let watcher = match blocking(move || start_watcher(&folder, &sender)).await {
        Ok(Ok(watcher)) => Some(watcher),
        Ok(Err(error)) => {
            tracing::info!(%error, "the system does not tell of changed files, so they are looked at");
            None
        }
        Err(_) => None,
    };
    for error in copies.open_all(&account.choice).await {
        tracing::warn!(%error, "a working copy could not be read");
    }
    let (seen, unsent, told) = Default::default();
    let (must_emit, is_blind) = (false, watcher.is_none());
    WatchedCopies { copies, account, job, seen, unsent, told, must_emit, is_blind }.run(events).await;
    drop(watcher);
}

/// One watcher for all copies, also for those that are made later.
fn start_watcher(folder: &Path, sender: &UnboundedSender<FolderEvent>) -> notify::Result<RecommendedWatcher> {
    make_private(folder)?;
    // What the system tells has no symbolic links in it.
    let folder = folder.canonicalize()?;
    let (root, sender) = (folder.clone(), sender.clone());
    let on_event = move |event: notify::Result<notify::Event>| {
        for event in read_event(&root, event) {
            // The session is over: nobody is left to tell.
            let _ = sender.send(event);
        }
    };
    let mut watcher = RecommendedWatcher::new(on_event, Config::default())?;
    watcher.watch(&folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// A folder that is made gets a watch of its own, which may fail long after the first one.
fn read_event(root: &Path, event: notify::Result<notify::Event>) -> Vec<FolderEvent> {
    match event {
        Ok(event) if event.need_rescan() => vec![FolderEvent::Missed],
        Ok(event) if is_change(event.kind) => {
            event.paths.iter().filter_map(|path| id_of(root, path)).map(FolderEvent::Changed).collect()
        }
        Ok(_) => Vec::new(),
        Err(error) => {
            tracing::info!(%error, "not all changes of edited files are told, so they are looked at");
            vec![FolderEvent::Blind]
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
    /// The system does not tell of all changes.
    is_blind: bool,
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
    /// The next look comes of no event.
    is_polled: bool,
}

impl WatchedCopies<'_> {
    async fn run(mut self, mut events: UnboundedReceiver<FolderEvent>) {
        self.check_due().await;
        self.remove_old().await;
        let mut next_look = Instant::now() + POLL;
        loop {
            let due = self.seen.values().filter_map(|seen| seen.due).min();
            let look = self.is_blind.then_some(next_look);
            tokio::select! {
                Some(event) = events.recv() => {
                    self.on_event(event);
                    while let Ok(event) = events.try_recv() {
                        self.on_event(event);
                    }
                }
                () = until(look) => {
                    self.look_at_all();
                    next_look = Instant::now() + POLL;
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

    fn on_event(&mut self, event: FolderEvent) {
        match event {
            FolderEvent::Changed(id) => self.on_change(&id),
            FolderEvent::Missed => self.look_at_all(),
            FolderEvent::Blind => {
                self.is_blind = true;
                self.look_at_all();
            }
        }
    }

    /// For changes that nobody tells.
    fn look_at_all(&mut self) {
        let now = Instant::now();
        for seen in self.seen.values_mut().filter(|seen| seen.due.is_none()) {
            (seen.is_polled, seen.due) = (true, Some(now));
        }
    }

    fn on_change(&mut self, id: &WorkingCopyId) {
        let now = Instant::now();
        // One that is not known yet is looked at when the task that makes it says so.
        if let Some(seen) = self.seen.get_mut(id) {
            (seen.quiet_since, seen.due) = (now, Some(now + SETTLE));
            seen.is_polled = false;
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
            let fresh = CopyCheck {
                fingerprint: None,
                is_saved: true,
                due: Some(now),
                quiet_since: now,
                is_polled: false,
            };
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
                        seen = CopyCheck { fingerprint, is_saved, due: None, is_polled: false, ..seen };
                    }
                    Ok(Examined::Changing(fingerprint)) => {
                        seen.fingerprint = Some(fingerprint);
                        (seen.quiet_since, seen.due) = (now, Some(now + SETTLE));
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
            let is_idle = is_saved && copy.record.conflict.is_none() && is_old(&copy) && is_left_alone(&copy);
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
    /// It is not what it was at the last look, and nobody tells since when.
    Changing(Fingerprint),
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
    if seen.is_polled && !is_first && seen.fingerprint != Some(fingerprint) {
        return Ok(Examined::Changing(fingerprint));
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

/// No program works with it, and nobody has saved something else beside it.
fn is_left_alone(copy: &StoredCopy) -> bool {
    let (folder, name) = (copy.content_folder(), &copy.record.name);
    !is_in_use(&folder, name) && saved_beside(&folder, name).is_ok_and(|beside| beside.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{
        CopyCheck, CopyRecord, Examined, FolderEvent, SETTLE, SETTLE_WRITING, StoredCopy, examine, is_change,
        read_event,
    };
    use notify::event::{AccessKind, AccessMode, CreateKind, Flag, ModifyKind, RemoveKind};
    use notify::{Event, EventKind};
    use std::fs;
    use std::path::Path;
    use tokio::time::Instant;

    #[test]
    fn a_change_that_was_not_told_and_a_watch_that_failed_are_events_too() {
        let read = |event| read_event(Path::new("/copies"), event);
        let changed =
            Event::new(EventKind::Create(CreateKind::File)).add_path("/copies/7f/file/a.txt".into());
        assert!(matches!(&read(Ok(changed))[..], [FolderEvent::Changed(id)] if &*id.0 == "7f"));
        let missed = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matches!(read(Ok(missed))[..], [FolderEvent::Missed]));
        let failed = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        assert!(matches!(read(Err(failed))[..], [FolderEvent::Blind]));
    }

    /// Nobody has told since when it is another one, so a program may be in the middle of writing it.
    #[test]
    fn a_change_that_a_poll_finds_is_examined_when_the_file_is_quiet() {
        let copies = tempfile::tempdir().unwrap();
        let record = CopyRecord {
            account: "local".into(),
            remote_path: "/a.txt".into(),
            path_root: None,
            file_id: "id:a".into(),
            rev: "1".into(),
            content_hash: String::new(),
            name: "a.txt".into(),
            opened_unix_secs: 0,
            fingerprint: None,
            conflict: None,
        };
        let mut copy = StoredCopy::create(copies.path(), record).unwrap();
        let now = Instant::now();
        let polled = CopyCheck {
            fingerprint: None,
            is_saved: true,
            due: Some(now),
            quiet_since: now,
            is_polled: true,
        };
        let long = SETTLE_WRITING * 2;
        let file = copy.local_path();
        fs::write(&file, "half of").unwrap();
        let Ok(Examined::Changing(first)) = examine(&mut copy, polled, long, false) else { panic!() };
        fs::write(&file, "half of it all").unwrap();
        let seen = CopyCheck { fingerprint: Some(first), ..polled };
        let Ok(Examined::Changing(second)) = examine(&mut copy, seen, SETTLE, false) else { panic!() };
        let seen = CopyCheck { fingerprint: Some(second), ..polled };
        assert!(matches!(examine(&mut copy, seen, SETTLE, false), Ok(Examined::At { is_saved: false, .. })));
    }

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
