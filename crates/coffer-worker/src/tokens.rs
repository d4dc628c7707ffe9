//! Keeps sign-ins: in the system's keyring, or in a file that only the person may read when there is no keyring.
//! Where a sign-in comes from is `sign_in`'s business. Tokens leave this file as `Secret`s only.

use super::{blocking, problem, system_keyring};
use coffer_model::{Problem, ProblemKind};
use coffer_stdx::{atomic_file, private};
use coffer_texts::tr;
use dropbox_client::{TokenKeeper, Tokens};
use dropbox_protocol::{Secret, Timestamp};
use keyring_core::{CredentialStore, Entry, Error};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// Where tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretStorage {
    /// The system's keyring; the file when there is none.
    Keyring,
    /// A file that only the person may read.
    File,
}

/// The name under which the keyring shows our entries.
const SERVICE: &str = "coffer";

/// What opens an account again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredTokens {
    pub access_token: Secret,
    /// Absent for the long-lived tokens of old apps.
    #[serde(default)]
    pub refresh_token: Option<Secret>,
    /// Seconds since 1970, when it is known.
    #[serde(default)]
    pub expires_unix_secs: Option<i64>,
}

impl From<&Tokens> for StoredTokens {
    fn from(tokens: &Tokens) -> Self {
        Self {
            access_token: tokens.access_token.clone(),
            refresh_token: tokens.refresh_token.clone(),
            expires_unix_secs: tokens.expires_at.map(Timestamp::unix_secs),
        }
    }
}

/// The kind of the error of a keyring that is there and does not do what is asked, mostly because it is locked.
const REFUSED: io::ErrorKind = io::ErrorKind::ResourceBusy;

fn refused(error: &Error) -> io::Error {
    io::Error::new(REFUSED, error.to_string())
}

/// Where sign-ins are kept. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Secrets(Arc<Inner>);

struct Inner {
    place: SecretStorage,
    file: PathBuf,
    /// `None` inside when there is no keyring.
    keyring: OnceLock<Option<Arc<CredentialStore>>>,
    /// There is a keyring, but it took no sign-in: it is locked, or full.
    was_refused: AtomicBool,
    /// One writer at a time.
    writing: Mutex<()>,
}

impl Secrets {
    pub(crate) fn new(place: SecretStorage, file: PathBuf) -> Self {
        Self(Arc::new(Inner {
            place,
            file,
            keyring: OnceLock::new(),
            was_refused: AtomicBool::new(false),
            writing: Mutex::default(),
        }))
    }

    /// Where they are kept, in words. Asks the keyring, so it may wait a moment.
    pub(crate) fn describe(&self) -> String {
        match self.0.keyring() {
            Some(_) if !self.0.was_refused.load(Ordering::Relaxed) => "the system’s keyring".to_owned(),
            _ => format!("the file {}, which only you can read", self.0.file.display()),
        }
    }

    pub(crate) async fn load(&self, account_id: &str) -> Result<Option<StoredTokens>, Problem> {
        self.run(account_id, Inner::load, tr!("could-not-read-sign-in")).await
    }

    pub(crate) async fn save(&self, account_id: &str, tokens: StoredTokens) -> Result<(), Problem> {
        self.run(
            account_id,
            move |inner, account_id| inner.save(account_id, &tokens),
            tr!("could-not-keep-sign-in"),
        )
        .await
    }

    /// Keeps the tokens of an account whenever they are renewed.
    pub(crate) fn keeper(&self, account_id: &str) -> TokenKeeper {
        let (inner, account_id) = (Arc::clone(&self.0), account_id.to_owned());
        Arc::new(move |tokens| {
            let (inner, account_id, tokens) =
                (Arc::clone(&inner), account_id.clone(), StoredTokens::from(tokens));
            // The keyring may wait for the person, so not on the thread that made the call. If it fails, the old
            // refresh token still opens the account.
            tokio::task::spawn_blocking(move || {
                if let Err(error) = inner.save(&account_id, &tokens) {
                    tracing::warn!(%error, "renewed tokens cannot be kept");
                }
            });
        })
    }

    pub(crate) async fn remove(&self, account_id: &str) -> Result<(), Problem> {
        self.run(account_id, Inner::remove, tr!("could-not-remove-sign-in")).await
    }

    async fn run<T: Send + 'static>(
        &self,
        account_id: &str,
        work: impl FnOnce(&Inner, &str) -> io::Result<T> + Send + 'static,
        title: &str,
    ) -> Result<T, Problem> {
        let (inner, account_id) = (Arc::clone(&self.0), account_id.to_owned());
        blocking(move || work(&inner, &account_id)).await?.map_err(|error| {
            tracing::warn!(%error, title, "a sign-in cannot be stored or found");
            if error.kind() == io::ErrorKind::InvalidData {
                return problem::general(tr!("sign-ins-unreadable")).because(
                    ProblemKind::SignedOut,
                    tr!("why-sign-ins-damaged", file = self.0.file.display().to_string()),
                );
            }
            let detail = match error.kind() {
                REFUSED => tr!("why-keyring-locked"),
                _ => tr!("why-no-keyring"),
            };
            problem::general(title).because(ProblemKind::LocalError, detail)
        })
    }
}

impl Inner {
    fn keyring(&self) -> Option<&Arc<CredentialStore>> {
        self.keyring
            .get_or_init(|| match self.place {
                SecretStorage::File => None,
                SecretStorage::Keyring => system_keyring::open()
                    .inspect_err(|error| {
                        tracing::warn!(
                            %error,
                            file = %self.file.display(),
                            "there is no keyring; sign-ins are kept in a file that only you can read"
                        );
                    })
                    .ok(),
            })
            .as_ref()
    }

    fn entry(&self, account_id: &str) -> Option<Entry> {
        self.keyring()?.build(SERVICE, account_id, None).ok()
    }

    fn load(&self, account_id: &str) -> io::Result<Option<StoredTokens>> {
        let in_file = read_file(&self.file).map(|mut all| all.remove(account_id));
        let Some(entry) = self.entry(account_id) else { return in_file };
        // What is in the file came there when the keyring did not take it, so it is newer.
        if let Ok(Some(tokens)) = in_file {
            if let Err(error) = self.save(account_id, &tokens) {
                tracing::warn!(%error, "a sign-in stays in the file");
            }
            return Ok(Some(tokens));
        }
        match entry.get_password() {
            Ok(text) => Ok(serde_json::from_str(&text).ok()),
            Err(Error::NoEntry) => in_file,
            // It may be locked, and nobody is signed out for that.
            Err(error) => in_file.and(Err(refused(&error))),
        }
    }

    fn save(&self, account_id: &str, tokens: &StoredTokens) -> io::Result<()> {
        let _writing = self.writing.lock();
        if let Some(entry) = self.entry(account_id) {
            match entry.set_password(&serde_json::to_string(tokens)?) {
                // Nothing may be left behind in the file of an earlier time without a keyring.
                Ok(()) => {
                    self.was_refused.store(false, Ordering::Relaxed);
                    return self.remove_from_file(account_id);
                }
                Err(error) => {
                    tracing::warn!(%error, "the keyring cannot be written; the file is used");
                    self.was_refused.store(true, Ordering::Relaxed);
                }
            }
        }
        let mut all = match read_file(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                keep_aside(&self.file)?;
                BTreeMap::new()
            }
            all => all?,
        };
        all.insert(account_id.to_owned(), tokens.clone());
        write_file(&self.file, &all)
    }

    fn remove(&self, account_id: &str) -> io::Result<()> {
        let _writing = self.writing.lock();
        if let Some(entry) = self.entry(account_id) {
            match entry.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => {}
                Err(error) => return Err(refused(&error)),
            }
        }
        self.remove_from_file(account_id)
    }

    fn remove_from_file(&self, account_id: &str) -> io::Result<()> {
        let mut all = read_file(&self.file)?;
        match all.remove(account_id) {
            Some(_) => write_file(&self.file, &all),
            None => Ok(()),
        }
    }
}

fn read_file(file: &Path) -> io::Result<BTreeMap<String, StoredTokens>> {
    match std::fs::read(file) {
        Ok(bytes) => {
            // Others may have been let in by whoever copied the file here.
            private::close(file)?;
            serde_json::from_slice(&bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

/// Moves a damaged file to the first free name: it may hold what a person can still read.
fn keep_aside(file: &Path) -> io::Result<()> {
    let mut names = (1..u32::MAX).map(|number| file.with_extension(format!("json.broken-{number}")));
    let aside = names.find(|aside| !aside.exists()).expect("there are more numbers than files");
    tracing::warn!(file = %aside.display(), "the damaged file of sign-ins is kept");
    std::fs::rename(file, aside)
}

/// Temporary files are made with 0600, and the rename keeps that.
fn write_file(file: &Path, all: &BTreeMap<String, StoredTokens>) -> io::Result<()> {
    atomic_file::write(file, &serde_json::to_vec_pretty(all)?)
}

#[cfg(test)]
mod tests {
    use super::{SERVICE, SecretStorage, Secrets, StoredTokens};
    use keyring_core::api::CredentialStoreApi as _;
    use keyring_core::{Error, mock};
    use std::os::unix::fs::PermissionsExt;

    fn tokens(access: &str) -> StoredTokens {
        StoredTokens {
            access_token: access.into(),
            refresh_token: Some("refresh".into()),
            expires_unix_secs: Some(7),
        }
    }

    #[tokio::test]
    async fn the_file_keeps_each_account_and_is_for_the_person_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data/tokens.json");
        let secrets = Secrets::new(SecretStorage::File, file.clone());
        secrets.save("dbid:a", tokens("one")).await.unwrap();
        secrets.save("dbid:b", tokens("two")).await.unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(secrets.load("dbid:a").await.unwrap(), Some(tokens("one")));
        secrets.remove("dbid:a").await.unwrap();
        assert_eq!(secrets.load("dbid:a").await.unwrap(), None);
        assert_eq!(secrets.load("dbid:b").await.unwrap(), Some(tokens("two")));
        assert!(secrets.describe().contains("only you can read"));
    }

    #[tokio::test]
    async fn a_locked_keyring_signs_nobody_out_and_what_it_does_not_take_is_said_to_be_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Secrets::new(SecretStorage::Keyring, folder.path().join("tokens.json"));
        let keyring = mock::Store::new().unwrap();
        let entry = keyring.build(SERVICE, "dbid:a", None).unwrap();
        assert!(secrets.0.keyring.set(Some(keyring)).is_ok());
        let lock = || {
            let credential: &mock::Cred = entry.as_any().downcast_ref().unwrap();
            credential.set_error(Error::NoStorageAccess("locked".into()));
        };
        secrets.save("dbid:a", tokens("one")).await.unwrap();
        assert!(secrets.describe().contains("keyring"));
        lock();
        let problem = secrets.load("dbid:a").await.unwrap_err();
        assert!(!problem.kind.needs_sign_in() && problem.detail.contains("locked"), "{problem:?}");
        assert_eq!(secrets.load("dbid:a").await.unwrap(), Some(tokens("one")));
        lock();
        assert!(secrets.remove("dbid:a").await.unwrap_err().detail.contains("locked"));
        lock();
        secrets.save("dbid:a", tokens("two")).await.unwrap();
        assert!(secrets.describe().contains("tokens.json"), "{}", secrets.describe());
        lock();
        assert_eq!(secrets.load("dbid:a").await.unwrap(), Some(tokens("two")));

        // Unlocked, it gets what it did not take. What it has is older.
        assert_eq!(secrets.load("dbid:a").await.unwrap(), Some(tokens("two")));
        assert!(entry.get_password().unwrap().contains("two"));
        assert_eq!(std::fs::read_to_string(folder.path().join("tokens.json")).unwrap(), "{}");
        assert!(!secrets.describe().contains("tokens.json"), "{}", secrets.describe());
        assert_eq!(secrets.load("dbid:a").await.unwrap(), Some(tokens("two")));
    }

    #[tokio::test]
    async fn a_damaged_file_is_told_kept_and_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tokens.json");
        std::fs::write(&file, "{\"dbid:a\": {\"access_tok").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let secrets = Secrets::new(SecretStorage::File, file.clone());
        let problem = secrets.load("dbid:a").await.unwrap_err();
        assert!(problem.kind.needs_sign_in() && problem.detail.contains("damaged"), "{problem:?}");
        secrets.save("dbid:b", tokens("two")).await.unwrap();
        assert_eq!(secrets.load("dbid:b").await.unwrap(), Some(tokens("two")));
        let kept = folder.path().join("tokens.json.broken-1");
        assert!(std::fs::read_to_string(&kept).unwrap().contains("dbid:a"));
        for file in [file, kept] {
            assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o077, 0);
        }
    }
}
