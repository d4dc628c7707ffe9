//! By what an order is known again: the same files in the same state to the same places of the same account.

use crate::account::account_name;
use coffer_model::{AccountChoice, Entry, EntryKind, Job};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::Path;

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
            Job::Upload { plan } => {
                key.text("upload");
                key.text(plan.target.lower());
                for file in &plan.files {
                    key.path(&file.local_path);
                    key.text(file.remote_path.lower());
                    key.part(&file.size_bytes.to_le_bytes());
                    let modified = file.modified.map_or(0, Timestamp::as_nanosecond);
                    key.part(&modified.to_le_bytes());
                    if let Some(conflict) = file.open_conflict() {
                        key.entry(&conflict.existing);
                        key.text(&format!("{:?}", file.decision));
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
        Self(hex::encode(key.0.finalize()))
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
    use coffer_model::transfer::{Conflict, Decision, PlannedFile, UploadPlan};
    use coffer_model::{AccountChoice, Entry, EntryKind, Existing, Job, RemotePath};
    use std::sync::Arc;

    const HERE: AccountChoice = AccountChoice::Local;

    fn elsewhere() -> AccountChoice {
        AccountChoice::CommandLine { api_url: "http://127.0.0.1:1".into() }
    }

    fn upload(size_bytes: u64, conflict: Option<Conflict>, decision: Option<Decision>) -> Job {
        let remote_path = RemotePath::new("/a.txt");
        let conflict = conflict.map(Box::new);
        let local_path = "/h/a.txt".into();
        let file = PlannedFile { local_path, remote_path, size_bytes, modified: None, conflict, decision };
        Job::Upload { plan: Arc::new(UploadPlan { files: vec![file], ..UploadPlan::default() }) }
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
        let fresh = upload(1, None, None);
        assert_eq!(key(&fresh), key(&upload(1, there(true), None)));
        let asked = upload(1, there(false), Some(Decision::Replace));
        let others = [
            upload(2, None, None),
            asked.clone(),
            upload(1, there(false), Some(Decision::Skip)),
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
    fn a_place_is_the_same_however_it_is_written() {
        let into = |folder: &str| {
            let entries = vec![folder_entry("Trip")];
            OrderKey::of(&HERE, &Job::Download { entries, folder: folder.into(), existing: Existing::Number })
        };
        assert_eq!(into("/home/films"), into("/home/films/"));
        assert_ne!(into("/home/films"), into("/home/film/s"));
    }
}
