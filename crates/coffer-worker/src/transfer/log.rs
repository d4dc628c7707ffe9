//! What one transfer must know when it is run again after the program was killed: which order it is, and small notes
//! by key, such as "file 17 has arrived as revision …". Notes are appended to a file as they come. Where the files are
//! and who may work on them is the business of `orders`.

use super::orders::{Claimed, NotClaimed, Orders};
use crate::context::Stop;
use crate::{blocking, problem};
use coffer_model::{AccountChoice, Job, Recovery};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Clones share the notes.
#[derive(Clone)]
pub struct TransferLog(Arc<Inner>);

struct Inner {
    orders: Orders,
    /// When it was asked for.
    created: Timestamp,
    notes: Mutex<Notes>,
    /// Locked while something is written. Whoever needs both locks takes this one first.
    disk: Mutex<Disk>,
    /// As the person wants it.
    paused: AtomicBool,
}

#[derive(Default)]
struct Notes {
    known: HashMap<String, Value>,
    /// Lines that are not in the file yet.
    unwritten: Vec<u8>,
    /// A thread is about to write them.
    writing: bool,
    /// They could not be written, and that was told.
    stuck: bool,
}

enum Disk {
    /// Not asked for yet.
    Before,
    /// `None`: it can't be kept; it is remembered for as long as the program runs.
    Open(Option<Claimed>),
    /// Its end has come, whoever still holds a clone.
    Closed,
}

/// What becomes of an order when its transfer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The next start tells it as unfinished.
    GoOn,
    /// It is over, but if the person asks for the same again, what has arrived is known.
    Ended,
    /// It is forgotten.
    Forget,
}

impl TransferLog {
    /// A log that knows nothing yet and keeps nothing until it is [opened](Self::open).
    pub fn new(orders: Orders) -> Self {
        Self(Arc::new(Inner {
            orders,
            created: Timestamp::now(),
            notes: Mutex::default(),
            disk: Mutex::new(Disk::Before),
            paused: AtomicBool::new(false),
        }))
    }

    /// Writes the order down and reads the notes of earlier runs. Refused while the same order is being worked on,
    /// here or in another program. Where nothing can be written the transfer runs all the same; only a kill then costs
    /// what has arrived.
    pub async fn open(&self, account: &AccountChoice, order: &Job) -> Result<(), Stop> {
        let (log, account, order) = (self.clone(), account.clone(), order.clone());
        blocking(move || log.0.open(&account, &order)).await?
    }

    /// What was noted under a key, by this run or an earlier one. A note of another shape is as good as none. It tells
    /// what was so when it was noted: check what may have changed since.
    pub fn find<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        T::deserialize(self.0.notes().known.get(key)?).ok()
    }

    /// Whether something was noted under a key.
    pub fn has(&self, key: &str) -> bool {
        self.0.notes().known.contains_key(key)
    }

    /// Notes something; a newer note replaces an older one. Returns before it is on disk, in the order of the calls.
    /// What cannot be written, for want of room say, is tried again with the next note; should it never be, that costs
    /// the next run some work and nothing else.
    pub fn note<T: Serialize>(&self, key: &str, value: &T) {
        let Ok(value) = serde_json::to_value(value) else { return };
        let Ok(mut line) = serde_json::to_vec(&(key, &value)) else { return };
        line.push(b'\n');
        let mut notes = self.0.notes();
        notes.known.insert(key.to_owned(), value);
        notes.unwritten.append(&mut line);
        if notes.writing {
            return;
        }
        // Without a runtime the lines go to disk together with the next ones, or at the end.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        notes.writing = true;
        drop(notes);
        let inner = Arc::clone(&self.0);
        runtime.spawn_blocking(move || inner.write_all());
    }

    /// Waits until every note so far is on disk: a kill from then on cannot lose them. `false`: they could not be
    /// written, so what must not be lost must not be begun. Where no order can be kept at all nothing is waited for.
    #[must_use = "it may not be on disk"]
    pub async fn flush(&self) -> Result<bool, Stop> {
        let log = self.clone();
        Ok(blocking(move || log.0.write_all()).await?)
    }

    /// Keeps whether the person has stopped it for now. Returns before that is on disk.
    pub fn set_paused(&self, paused: bool) {
        self.0.paused.store(paused, Ordering::SeqCst);
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let inner = Arc::clone(&self.0);
        runtime.spawn_blocking(move || inner.write_paused(&mut inner.disk()));
    }

    /// Writes what is left to write and lets the order go. Only the first call counts; later notes are lost.
    pub async fn close(&self, fate: Fate) -> Result<(), Stop> {
        let log = self.clone();
        blocking(move || log.0.close(fate)).await?;
        Ok(())
    }
}

impl Inner {
    fn open(&self, account: &AccountChoice, order: &Job) -> Result<(), Stop> {
        let mut disk = self.disk();
        if !matches!(*disk, Disk::Before) {
            return Err(Stop::Cancelled);
        }
        let mut claimed = match self.orders.claim(
            account,
            order,
            self.created,
            self.paused.load(Ordering::SeqCst),
        ) {
            Ok(claimed) => claimed,
            Err(NotClaimed::Running) => {
                *disk = Disk::Closed;
                return Err(already_running().into());
            }
            Err(NotClaimed::Io(error)) => {
                tracing::warn!(%error, "could not save the transfer record; it will not be resumed after a crash");
                None
            }
        };
        if let Some(claimed) = &mut claimed {
            match claimed.notes.read() {
                Ok(known) => self.notes().known = known,
                Err(error) => tracing::warn!(%error, "the notes of a transfer can't be read"),
            }
        }
        *disk = Disk::Open(claimed);
        Ok(())
    }

    /// Whether all is written, or nothing is kept.
    fn write_all(&self) -> bool {
        let mut disk = self.disk();
        loop {
            let lines = {
                let mut notes = self.notes();
                if notes.unwritten.is_empty() {
                    notes.writing = false;
                    return true;
                }
                std::mem::take(&mut notes.unwritten)
            };
            let written = disk.append(&lines);
            let mut notes = self.notes();
            if let Err(error) = written {
                notes.unwritten.splice(0..0, lines);
                notes.writing = false;
                if !std::mem::replace(&mut notes.stuck, true) {
                    tracing::warn!(%error, "the notes of a transfer can't be written for now");
                }
                return false;
            }
            notes.stuck = false;
        }
    }

    /// Of two changes that overtake each other both write the last wish.
    fn write_paused(&self, disk: &mut Disk) {
        if let Disk::Open(Some(claimed)) = disk {
            let written = claimed.set_paused(self.paused.load(Ordering::SeqCst));
            warn_of("a pause could not be noted", written);
        }
    }

    fn close(&self, fate: Fate) {
        let mut disk = self.disk();
        if fate != Fate::Forget {
            let written = disk.append(&std::mem::take(&mut self.notes().unwritten));
            warn_of("the last notes of a transfer could not be written", written);
        }
        if fate == Fate::GoOn {
            self.write_paused(&mut disk);
        }
        if let Disk::Open(Some(claimed)) = std::mem::replace(&mut *disk, Disk::Closed) {
            match fate {
                Fate::GoOn => {}
                Fate::Ended => warn_of("an end could not be noted", claimed.set_ended()),
                Fate::Forget => warn_of("a transfer could not be forgotten", claimed.remove()),
            }
        }
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inner {
    /// When the program ends before the transfer could be closed.
    fn drop(&mut self) {
        self.close(Fate::GoOn);
    }
}

impl Disk {
    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        match self {
            Self::Open(Some(claimed)) => claimed.notes.append(lines),
            Self::Before | Self::Open(None) | Self::Closed => Ok(()),
        }
    }
}

fn already_running() -> coffer_model::Problem {
    problem::general("This transfer is already running").because(
        "The same files are being transferred to the same place, here or in another window. Wait until that has finished.",
        Recovery::None,
    )
}

fn warn_of(what: &str, result: io::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "{what}");
    }
}

#[cfg(test)]
mod tests {
    use super::{Disk, Fate, Orders, TransferLog};
    use crate::context::Stop;
    use crate::transfer::notes_file::NotesFile;
    use coffer_model::{AccountChoice, Existing, Job};
    use std::fs;
    use std::io::Write;
    use std::path::PathBuf;

    const HERE: AccountChoice = AccountChoice::Local;

    fn order() -> Job {
        Job::Download { entries: vec![], folder: "/home".into(), existing: Existing::Number }
    }

    struct Place(tempfile::TempDir);

    impl Place {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn orders(&self) -> Orders {
            Orders::new(self.0.path().join("transfers"))
        }

        async fn open(&self) -> TransferLog {
            let log = TransferLog::new(self.orders());
            log.open(&HERE, &order()).await.unwrap();
            log
        }

        fn files(&self, extension: &str) -> Vec<PathBuf> {
            let files = fs::read_dir(self.0.path().join("transfers")).unwrap();
            files
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|is| is == extension))
                .collect()
        }
    }

    #[tokio::test]
    async fn the_same_order_finds_its_notes_again_and_the_newest_of_a_key() {
        let place = Place::new();
        let log = place.open().await;
        for number in 0..5_000_u32 {
            log.note(&format!("file {number}"), &number);
        }
        log.note("file 7", &("seven\n", 7));
        assert_eq!(log.find::<u32>("file 8"), Some(8));
        log.close(Fate::GoOn).await.unwrap();
        let log = place.open().await;
        assert_eq!(log.find::<(String, u32)>("file 7"), Some(("seven\n".into(), 7)));
        assert_eq!(log.find::<u32>("file 4999"), Some(4999));
        assert_eq!(log.find::<u32>("file 7"), None);
        assert_eq!(log.find::<u32>("file 5000"), None);
        assert!(log.has("file 4999") && !log.has("file 5000"));
    }

    #[tokio::test]
    async fn a_line_torn_by_a_kill_costs_that_line_alone() {
        let place = Place::new();
        let log = place.open().await;
        log.note("whole", &1);
        log.close(Fate::GoOn).await.unwrap();
        let file = place.files("notes").remove(0);
        fs::File::options().append(true).open(&file).unwrap().write_all(b"[\"torn\",{\"of").unwrap();
        let log = place.open().await;
        assert_eq!((log.find("whole"), log.find::<u32>("torn")), (Some(1), None));
        log.note("next", &2);
        log.close(Fate::GoOn).await.unwrap();
        let log = place.open().await;
        assert_eq!((log.find("whole"), log.find("next")), (Some(1), Some(2)));
    }

    #[tokio::test]
    async fn notes_survive_without_an_orderly_end() {
        let place = Place::new();
        let log = place.open().await;
        log.note("a", &1);
        // The thread that writes holds a clone for a moment longer.
        drop(log);
        let log = loop {
            let log = TransferLog::new(place.orders());
            match log.open(&HERE, &order()).await {
                Ok(()) => break log,
                Err(_) => tokio::task::yield_now().await,
            }
        };
        assert_eq!(log.find("a"), Some(1));
    }

    #[tokio::test]
    async fn what_was_flushed_is_on_disk_while_the_transfer_goes_on() {
        let place = Place::new();
        let log = place.open().await;
        for number in 0..50_u32 {
            log.note(&format!("file {number}"), &number);
            assert!(log.flush().await.unwrap());
            let text = fs::read_to_string(place.files("notes").remove(0)).unwrap();
            assert!(text.ends_with(&format!("[\"file {number}\",{number}]\n")), "{text}");
        }
    }

    /// Has the notes of a transfer written to another file from now on; gives back the one so far.
    fn swap(log: &TransferLog, other: NotesFile) -> NotesFile {
        match &mut *log.0.disk() {
            Disk::Open(Some(claimed)) => std::mem::replace(&mut claimed.notes, other),
            _ => panic!("it is kept"),
        }
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_told_and_written_later() {
        let place = Place::new();
        let log = place.open().await;
        log.note("a", &1);
        assert!(log.flush().await.unwrap());
        let only_read = fs::File::open(place.files("notes").remove(0)).unwrap();
        let file = swap(&log, NotesFile::new(only_read).unwrap());
        log.note("b", &2);
        assert!(!log.flush().await.unwrap());
        log.note("c", &3);
        assert!(!log.flush().await.unwrap());
        assert_eq!((log.find("b"), log.find("c")), (Some(2), Some(3)));
        swap(&log, file);
        assert!(log.flush().await.unwrap());
        let text = fs::read_to_string(place.files("notes").remove(0)).unwrap();
        assert_eq!(text, "[\"a\",1]\n[\"b\",2]\n[\"c\",3]\n");
    }

    #[tokio::test]
    async fn a_second_run_of_the_same_order_is_refused_in_plain_words_and_harms_nothing() {
        let place = Place::new();
        let log = place.open().await;
        log.note("a", &1);
        let second = TransferLog::new(place.orders());
        let Err(Stop::Failed(problem)) = second.open(&HERE, &order()).await else { panic!("it is refused") };
        assert_eq!(problem.title, "This transfer is already running");
        second.close(Fate::Forget).await.unwrap();
        assert_eq!((place.files("json").len(), place.files("notes").len()), (1, 1));
        log.close(Fate::GoOn).await.unwrap();
        assert_eq!(place.open().await.find("a"), Some(1));
    }

    #[tokio::test]
    async fn what_is_removed_leaves_nothing_and_what_ended_keeps_its_notes() {
        let place = Place::new();
        let log = place.open().await;
        log.note("a", &1);
        log.close(Fate::Ended).await.unwrap();
        assert_eq!(place.orders().unfinished(&HERE).unwrap(), []);
        let log = place.open().await;
        assert_eq!(log.find("a"), Some(1));
        let clone = log.clone();
        log.close(Fate::Forget).await.unwrap();
        clone.note("b", &2);
        assert_eq!((place.files("json").len(), place.files("notes").len()), (0, 0));
        assert_eq!(place.open().await.find::<u32>("a"), None);
    }

    #[tokio::test]
    async fn one_that_was_cancelled_before_it_was_opened_is_never_written() {
        let place = Place::new();
        let log = TransferLog::new(place.orders());
        log.close(Fate::Forget).await.unwrap();
        assert!(matches!(log.open(&HERE, &order()).await, Err(Stop::Cancelled)));
        assert_eq!(place.orders().unfinished(&HERE).unwrap(), []);
    }

    #[tokio::test]
    async fn a_pause_comes_back() {
        let place = Place::new();
        let log = place.open().await;
        log.set_paused(true);
        log.set_paused(false);
        log.set_paused(true);
        log.close(Fate::GoOn).await.unwrap();
        assert!(place.orders().unfinished(&HERE).unwrap()[0].paused);
    }
}
