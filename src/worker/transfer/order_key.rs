//! By what an order is known again: the same files in the same state to the same places of the same account. And by
//! what one takes the place of another: the same things to the same places, whatever their state.

use crate::model::{AccountChoice, Entry, EntryKind, Job};
use crate::worker::account::account_name;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

/// Between what is brought where and the state of it.
const SEPARATOR: char = '-';

/// Names one order to one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderKey(String);

impl OrderKey {
    /// Equal for the same files in the same state to the same places. A file that arrived meanwhile stands there with
    /// the same content when the order is planned anew; it is the same order still.
    pub fn of(account: &AccountChoice, job: &Job) -> Self {
        let mut key = KeyHasher(Sha256::new());
        key.text(&account_name(account));
        match job {
            Job::Upload { plan, answers } => {
                key.text("upload");
                key.text(plan.target.lower());
                let mut answers = answers.iter();
                for file in &plan.files {
                    key.path(&file.local_path);
                    key.text(file.remote_path.lower());
                    key.part(&file.size_bytes.to_le_bytes());
                    let modified = file.modified.map_or(0, Timestamp::as_nanosecond);
                    key.part(&modified.to_le_bytes());
                    if let Some(conflict) = file.conflict.as_ref().filter(|conflict| !conflict.identical) {
                        key.entry(&conflict.existing);
                        key.text(&format!("{:?}", answers.next()));
                    }
                }
                for folder in &plan.empty_folders {
                    key.text(folder.lower());
                }
            }
            Job::Download { entries, folder, existing } => {
                key.text("download");
                key.text(&format!("{existing:?}"));
                key.path(folder);
                for entry in entries {
                    key.entry(entry);
                }
            }
            Job::SaveAs { entry, local_path, existing } => {
                key.text("save as");
                key.text(&format!("{existing:?}"));
                key.path(local_path);
                key.entry(entry);
            }
            _ => {}
        }
        Self(format!("{}{SEPARATOR}{}", subject(account, job), hex::encode(key.0.finalize())))
    }

    /// Whether both bring the same things to the same places, as they were at different times.
    pub fn is_another_state_of(&self, other: &Self) -> bool {
        let (one, other) = (self.0.split_once(SEPARATOR), other.0.split_once(SEPARATOR));
        one.zip(other).is_some_and(|(one, other)| one.0 == other.0 && one.1 != other.1)
    }

    /// The key that was made part of a file's name.
    pub fn from_file_name(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl fmt::Display for OrderKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What is brought where, without its state: the items that were named, not what is in them.
fn subject(account: &AccountChoice, job: &Job) -> String {
    let mut key = KeyHasher(Sha256::new());
    key.text(&account_name(account));
    match job {
        Job::Upload { plan, .. } => {
            key.text("upload");
            key.text(plan.target.lower());
            let depth = plan.target.lineage().len();
            let mut tops: BTreeSet<(String, PathBuf)> = BTreeSet::new();
            for file in &plan.files {
                let lineage = file.remote_path.lineage();
                let Some(top) = lineage.get(depth) else { continue };
                let above = file.local_path.ancestors().nth(lineage.len() - depth - 1);
                tops.insert((top.lower().to_string(), above.unwrap_or(&file.local_path).to_owned()));
            }
            for (remote, local_path) in tops {
                key.text(&remote);
                key.path(&local_path);
            }
        }
        Job::Download { entries, folder, .. } => {
            key.text("download");
            key.path(folder);
            for entry in entries {
                key.text(entry.path.lower());
            }
        }
        Job::SaveAs { entry, local_path, .. } => {
            key.text("save as");
            key.path(local_path);
            key.text(entry.path.lower());
        }
        _ => {}
    }
    hex::encode(&key.0.finalize()[..8])
}

struct KeyHasher(Sha256);

impl KeyHasher {
    fn part(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.part(text.as_bytes());
    }

    /// However it is written: with a slash at its end it is the same place.
    fn path(&mut self, local_path: &Path) {
        self.part(&local_path.components().count().to_le_bytes());
        for component in local_path.components() {
            self.part(component.as_os_str().as_encoded_bytes());
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.text(entry.path.lower());
        match &entry.kind {
            EntryKind::Folder { id } => self.text(id),
            EntryKind::File(file) => self.text(&file.rev.0),
            EntryKind::Deleted => self.text("deleted"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OrderKey;
    use crate::model::transfer::{Conflict, ConflictAnswer, PlannedFile, UploadPlan};
    use crate::model::{AccountChoice, Entry, EntryKind, Existing, Job, RemotePath};
    use std::sync::Arc;

    const HERE: AccountChoice = AccountChoice::Embedded;

    fn elsewhere() -> AccountChoice {
        AccountChoice::CommandLine { api_url: "http://127.0.0.1:1".into() }
    }

    fn upload(size_bytes: u64, conflict: Option<Conflict>, answers: Vec<ConflictAnswer>) -> Job {
        let remote_path = RemotePath::new("/a.txt");
        let file =
            PlannedFile { local_path: "/h/a.txt".into(), remote_path, size_bytes, modified: None, conflict };
        Job::Upload { plan: Arc::new(UploadPlan { files: vec![file], ..UploadPlan::default() }), answers }
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

    #[test]
    fn the_key_is_the_same_for_what_arrived_meanwhile_and_another_for_everything_else() {
        let key = |job: &Job| OrderKey::of(&HERE, job);
        let there = |identical| Some(Conflict { existing: folder_entry("a.txt"), identical });
        let fresh = upload(1, None, vec![]);
        assert_eq!(key(&fresh), key(&upload(1, there(true), vec![])));
        let asked = upload(1, there(false), vec![ConflictAnswer::Replace]);
        let others = [
            upload(2, None, vec![]),
            asked.clone(),
            upload(1, there(false), vec![ConflictAnswer::Skip]),
            download("a.txt"),
            download("b.txt"),
        ];
        for (place, other) in others.iter().enumerate() {
            assert_ne!(key(&fresh), key(other));
            assert_eq!(others.iter().filter(|job| key(job) == key(other)).count(), 1, "{place}");
        }
        assert_eq!(key(&asked), key(&asked.clone()));
        assert_ne!(key(&fresh), OrderKey::of(&elsewhere(), &fresh));
    }
    #[test]
    fn what_has_changed_here_or_was_added_is_another_state_of_the_same() {
        let upload = |files: &[(&str, &str, u64)]| {
            let files = files.iter().map(|(local_path, remote_path, size_bytes)| PlannedFile {
                local_path: local_path.into(),
                remote_path: RemotePath::new(remote_path),
                size_bytes: *size_bytes,
                modified: None,
                conflict: None,
            });
            let plan = UploadPlan {
                target: RemotePath::new("/In"),
                files: files.collect(),
                ..UploadPlan::default()
            };
            OrderKey::of(&HERE, &Job::Upload { plan: Arc::new(plan), answers: vec![] })
        };
        let one = upload(&[("/h/Trip/a", "/In/Trip/a", 1)]);
        let states = [
            upload(&[("/h/Trip/a", "/In/Trip/a", 2)]),
            upload(&[("/h/Trip/a", "/In/Trip/a", 1), ("/h/Trip/deep/b", "/In/Trip/deep/b", 1)]),
        ];
        let others = [
            one.clone(),
            upload(&[("/elsewhere/Trip/a", "/In/Trip/a", 1)]),
            upload(&[("/h/Trap/a", "/In/Trap/a", 1)]),
            upload(&[("/h/Trip/a", "/In/Trip/a", 1), ("/h/b", "/In/b", 1)]),
            OrderKey::of(&HERE, &download("Trip")),
        ];
        assert!(states.iter().all(|state| state.is_another_state_of(&one)));
        assert!(!others.iter().any(|other| other.is_another_state_of(&one)));
    }
}
