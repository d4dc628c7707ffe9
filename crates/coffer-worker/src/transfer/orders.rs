//! The folder of orders: one file for what was asked for and one for the notes about it, under a name made of the
//! account and the order. Who works on an order has its notes locked, so that two programs over the same folder never
//! work on one at once. What the notes say is the business of those who move bytes. All functions block.

use super::notes_file::NotesFile;
use super::order_json::OrderJson;
use super::order_key::OrderKey;
use crate::account::account_name;
use coffer_model::transfer::Unfinished;
use coffer_model::{AccountChoice, Job};
use coffer_stdx::atomic_file;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// An order that nobody has gone on with for so long is forgotten.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// The shape of the order file. A file of another shape is left alone until it is old.
const VERSION: u32 = 1;

/// Where orders are kept.
#[derive(Clone, Debug)]
pub struct Orders {
    folder: PathBuf,
}

/// The order file.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    version: u32,
    account: AccountChoice,
    created: String,
    paused: bool,
    /// It has come to its end, only some files have failed: its notes spare the next try what arrived, but it is not
    /// told as unfinished.
    ended: bool,
    order: OrderJson,
}

/// An order that is being worked on, by us alone. Dropping it lets others have it.
#[derive(Debug)]
pub struct Claimed {
    orders: Orders,
    key: OrderKey,
    /// As the order file says.
    paused: bool,
    /// Locked. To be read once and then appended to.
    pub notes: NotesFile,
}

/// Why an order could not be claimed.
#[derive(Debug)]
pub enum NotClaimed {
    /// It is being worked on, here or in another program.
    Running,
    Io(io::Error),
}

impl From<io::Error> for NotClaimed {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Orders {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Takes an order to work on; one that is not known is written down first, as asked for at `created`. `None`: the job
    /// is no transfer.
    pub fn claim(
        &self,
        account: &AccountChoice,
        job: &Job,
        created: Timestamp,
        paused: bool,
    ) -> Result<Option<Claimed>, NotClaimed> {
        let Some(order) = OrderJson::of(job) else { return Ok(None) };
        let key = OrderKey::of(account, job);
        let _guard = self.guard()?;
        let notes = private().read(true).append(true).create(true).open(self.notes_file(&key))?;
        if !lock(&notes)? {
            return Err(NotClaimed::Running);
        }
        let earlier = self.read(&key).ok();
        if earlier.is_none() {
            // What a kill has left of an order that was about to be forgotten.
            notes.set_len(0)?;
        }
        let claimed = Claimed { orders: self.clone(), key, paused, notes: NotesFile::new(notes)? };
        let stored = Stored {
            version: VERSION,
            account: account.clone(),
            created: earlier.map_or_else(|| in_full(created), |earlier| earlier.created),
            paused,
            ended: false,
            order: order?,
        };
        self.write(&claimed.key, &stored)?;
        Ok(Some(claimed))
    }

    /// What is left to do for an account and nobody works on, oldest first. What is too old goes.
    pub fn unfinished(&self, account: &AccountChoice) -> io::Result<Vec<Unfinished>> {
        if !self.folder.try_exists()? {
            return Ok(Vec::new());
        }
        let _guard = self.guard()?;
        let mut found = Vec::new();
        for key in self.keys()? {
            // Whoever asks does not hold the lock any longer than it takes to ask; meanwhile the guard keeps others
            // from taking that for work.
            let Ok(true) = self.is_free(&key) else { continue };
            if self.is_old(&key) {
                self.remove(&key);
                continue;
            }
            match self.read(&key) {
                Ok(stored) if !stored.ended && account_name(&stored.account) == account_name(account) => {
                    found.push(stored);
                }
                Ok(_) => {}
                Err(error) => tracing::debug!(%error, %key, "could not read a transfer record"),
            }
        }
        found.sort_by(|one, other| one.created.cmp(&other.created));
        let told = found.into_iter().filter_map(|stored| {
            let job = Arc::new(stored.order.into_job().ok()?);
            Some(Unfinished { job, paused: stored.paused })
        });
        Ok(told.collect())
    }

    /// Held while locks are taken, asked for, or removed together with their files. Never held during work.
    fn guard(&self) -> io::Result<File> {
        fs::create_dir_all(&self.folder)?;
        let guard = private().append(true).create(true).open(self.folder.join("lock"))?;
        match guard.lock() {
            // Some network file systems know no locks; alone on the folder all is well without.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
            _ => Ok(guard),
        }
    }

    fn keys(&self) -> io::Result<Vec<OrderKey>> {
        let names = fs::read_dir(&self.folder)?.flatten().map(|entry| entry.file_name());
        let keys =
            names.filter_map(|name| Some(OrderKey::from_file_name(name.to_str()?.strip_suffix(".json")?)));
        Ok(keys.collect())
    }

    fn is_free(&self, key: &OrderKey) -> io::Result<bool> {
        match OpenOptions::new().append(true).open(self.notes_file(key)) {
            Ok(notes) => lock(&notes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(error),
        }
    }

    fn is_old(&self, key: &OrderKey) -> bool {
        let age = |file: PathBuf| {
            let changed = fs::metadata(file).and_then(|metadata| metadata.modified()).ok()?;
            SystemTime::now().duration_since(changed).ok()
        };
        let ages = [age(self.order_file(key)), age(self.notes_file(key))];
        ages.into_iter().flatten().min().is_some_and(|youngest| youngest > KEPT)
    }

    fn read(&self, key: &OrderKey) -> io::Result<Stored> {
        let stored: Stored = serde_json::from_slice(&fs::read(self.order_file(key))?)?;
        if stored.version == VERSION { Ok(stored) } else { Err(io::Error::other("it has another version")) }
    }

    fn write(&self, key: &OrderKey, stored: &Stored) -> io::Result<()> {
        atomic_file::write(&self.order_file(key), &serde_json::to_vec(stored)?)
    }

    /// The order first: notes alone are no order.
    fn remove(&self, key: &OrderKey) {
        for file in [self.order_file(key), self.notes_file(key)] {
            match fs::remove_file(&file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, file = %file.display(), "an order could not be removed");
                }
                _ => {}
            }
        }
    }

    fn order_file(&self, key: &OrderKey) -> PathBuf {
        self.folder.join(format!("{key}.json"))
    }

    fn notes_file(&self, key: &OrderKey) -> PathBuf {
        self.folder.join(format!("{key}.notes"))
    }
}

impl Claimed {
    /// Whether the person has stopped it for now.
    pub fn set_paused(&mut self, paused: bool) -> io::Result<()> {
        if self.paused == paused {
            return Ok(());
        }
        self.paused = paused;
        self.change(|stored| stored.paused = paused)
    }

    /// Lets it go; it is not told as unfinished any more, but its notes stay for another try.
    pub fn set_ended(&self) -> io::Result<()> {
        self.change(|stored| stored.ended = true)
    }

    /// Forgets the order and its notes.
    pub fn remove(self) -> io::Result<()> {
        let _guard = self.orders.guard()?;
        self.orders.remove(&self.key);
        Ok(())
    }

    fn change(&self, change: impl FnOnce(&mut Stored)) -> io::Result<()> {
        let mut stored = self.orders.read(&self.key)?;
        change(&mut stored);
        self.orders.write(&self.key, &stored)
    }
}

/// Always as many digits, so that texts are in the order of times.
fn in_full(time: Timestamp) -> String {
    format!("{time:.9}")
}

/// Whether nobody else has it locked.
fn lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Files that only the person may read: they tell the names of files.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::{Claimed, KEPT, NotClaimed, Orders};
    use coffer_model::transfer::Unfinished;
    use coffer_model::{AccountChoice, Entry, EntryKind, Existing, Job, RemotePath};
    use jiff::Timestamp;
    use std::fs;
    use std::sync::Arc;
    use std::time::SystemTime;

    fn orders() -> (tempfile::TempDir, Orders) {
        let folder = tempfile::tempdir().unwrap();
        let orders = Orders::new(folder.path().join("transfers"));
        (folder, orders)
    }

    fn claim(orders: &Orders, job: &Job) -> Result<Option<Claimed>, NotClaimed> {
        orders.claim(&HERE, job, Timestamp::now(), false)
    }

    fn download(name: &str) -> Job {
        Job::Download {
            entries: vec![folder_entry(name)],
            folder: "/home".into(),
            existing: Existing::Number,
        }
    }

    fn folder_entry(name: &str) -> Entry {
        let kind = EntryKind::Folder { id: "id:1".into() };
        Entry { path: RemotePath::root().join(name), kind, link: None }
    }

    const HERE: AccountChoice = AccountChoice::Local;

    fn elsewhere() -> AccountChoice {
        AccountChoice::CommandLine { api_url: "http://127.0.0.1:1".into() }
    }

    #[test]
    fn an_order_is_told_as_unfinished_when_nobody_works_on_it() {
        let (_folder, orders) = orders();
        assert_eq!(orders.unfinished(&HERE).unwrap(), []);
        let job = download("Photos");
        let mut claimed = claim(&orders, &job).unwrap().unwrap();
        assert_eq!(orders.unfinished(&HERE).unwrap(), []);
        claimed.set_paused(true).unwrap();
        drop(claimed);
        let told = Unfinished { job: Arc::new(job.clone()), paused: true };
        assert_eq!(orders.unfinished(&HERE).unwrap(), [told]);
        assert_eq!(orders.unfinished(&elsewhere()).unwrap(), []);
        claim(&orders, &job).unwrap().unwrap().remove().unwrap();
        assert_eq!(orders.unfinished(&HERE).unwrap(), []);
    }

    #[test]
    fn one_that_ended_is_not_told_until_it_is_begun_again() {
        let (_folder, orders) = orders();
        claim(&orders, &download("A")).unwrap().unwrap().set_ended().unwrap();
        assert_eq!(orders.unfinished(&HERE).unwrap(), []);
        drop(claim(&orders, &download("A")).unwrap());
        assert_eq!(orders.unfinished(&HERE).unwrap().len(), 1);
    }

    #[test]
    fn two_never_work_on_one_order() {
        let (_folder, orders) = orders();
        let claimed = claim(&orders, &download("A")).unwrap();
        assert!(matches!(claim(&orders, &download("A")), Err(NotClaimed::Running)));
        let other = claim(&orders, &download("B")).unwrap();
        drop(claimed);
        assert!(claim(&orders, &download("A")).is_ok());
        drop(other);
    }

    #[test]
    fn notes_of_which_the_order_is_gone_are_not_those_of_the_next() {
        let (_folder, orders) = orders();
        let mut claimed = claim(&orders, &download("A")).unwrap().unwrap();
        claimed.notes.append(b"[\"a\",1]\n").unwrap();
        let (order, notes) = (orders.order_file(&claimed.key), orders.notes_file(&claimed.key));
        drop(claimed);
        drop(claim(&orders, &download("A")).unwrap());
        assert!(fs::metadata(&notes).unwrap().len() > 0, "the order is known");
        // A kill between the two leaves this.
        fs::remove_file(order).unwrap();
        let mut claimed = claim(&orders, &download("A")).unwrap().unwrap();
        assert!(claimed.notes.read().unwrap().is_empty());
    }

    #[test]
    fn they_are_told_in_the_order_of_their_age_and_forgotten_after_a_month() {
        let (_folder, orders) = orders();
        let old = claim(&orders, &download("Old")).unwrap().unwrap();
        let past = SystemTime::now() - 2 * KEPT;
        for file in [orders.order_file(&old.key), orders.notes_file(&old.key)] {
            fs::File::options().append(true).open(file).unwrap().set_modified(past).unwrap();
        }
        let key = old.key.clone();
        orders.unfinished(&HERE).unwrap();
        assert!(orders.order_file(&key).exists(), "it is worked on");
        drop(old);
        let at = |second| Timestamp::from_second(second).unwrap();
        let names = ["C", "A", "B"];
        for (second, name) in names.iter().enumerate() {
            let second = 1_800_000_000 + second as i64;
            drop(orders.claim(&HERE, &download(name), at(second), false).unwrap());
        }
        let told = orders.unfinished(&HERE).unwrap();
        assert_eq!(told.iter().map(|told| (*told.job).clone()).collect::<Vec<_>>(), names.map(download));
        assert!(!orders.order_file(&key).exists() && !orders.notes_file(&key).exists());
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_passed_over() {
        let (_folder, orders) = orders();
        drop(claim(&orders, &download("A")).unwrap());
        fs::write(orders.folder.join("00.json"), "{\"version\": 1").unwrap();
        fs::write(orders.folder.join("01.json"), "{\"version\": 9}").unwrap();
        assert_eq!(orders.unfinished(&HERE).unwrap().len(), 1);
    }
}
