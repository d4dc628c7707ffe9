//! By what a transfer, the session of a large file, and a partial file are known again. The keys are on disk: every part
//! of them has a stable spelling of its own, so that renaming a variant in Rust orphans nobody's transfers.

use super::entry_row::path_bytes;
use crate::account::account_name;
use coffer_model::transfer::Decision;
use coffer_model::{AccountChoice, Entry, EntryKind, Job, OnExisting, PastDownload, RemotePath};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::path::Path;

/// A SHA-256.
pub(super) type RecordKey = [u8; 32];

/// Equal for the same files in the same state to the same places of an account. A file that was committed meanwhile is
/// there with the same content when the upload is planned anew; it is the same transfer still.
pub(super) fn transfer_key(account: &AccountChoice, job: &Job) -> RecordKey {
    let mut key = KeyHasher::new(account);
    match job {
        Job::Upload { plan } => {
            key.text("upload");
            if let Some(root) = &plan.path_root {
                key.text(&root.0);
            }
            key.text(plan.target.lower());
            for file in plan.files.iter() {
                key.local_path(&file.local_path);
                key.text(file.remote_path.lower());
                key.part(&file.size_bytes.to_le_bytes());
                key.part(&file.modified.map_or(0, Timestamp::as_nanosecond).to_le_bytes());
                if let Some(conflict) = file.open_conflict() {
                    key.entry(&conflict.existing);
                    key.text(file.decision.map_or("", decision_word));
                }
            }
            for folder in &plan.empty_folders {
                key.text(folder.lower());
            }
        }
        Job::Download { entries, folder, existing } => {
            key.text("download");
            key.text(existing_word(*existing));
            key.local_path(folder);
            for entry in entries {
                key.entry(entry);
            }
        }
        Job::DownloadPast(download) => {
            let PastDownload { wanted, folder, name, existing } = &**download;
            key.text("past");
            key.text(existing_word(*existing));
            key.local_path(folder);
            key.part(path_bytes(name.as_deref().unwrap_or_default()));
            key.text(wanted.folder.lower());
            key.part(&wanted.at.as_nanosecond().to_le_bytes());
            for paths in [&wanted.items, &wanted.left_out] {
                key.part(&paths.len().to_le_bytes());
                for path in paths {
                    key.text(path.lower());
                }
            }
        }
        Job::SaveAs { entry, local_path, existing } => {
            key.text("save as");
            key.text(existing_word(*existing));
            key.local_path(local_path);
            key.entry(entry);
        }
        _ => {}
    }
    key.finish()
}

/// Equal for the same local and remote path of an account.
pub(super) fn file_key(account: &AccountChoice, local_path: &Path, remote_path: &RemotePath) -> RecordKey {
    let mut key = KeyHasher::new(account);
    key.part(path_bytes(local_path.as_os_str()));
    key.text(remote_path.lower());
    key.finish()
}

pub(super) fn decision_word(decision: Decision) -> &'static str {
    match decision {
        Decision::Replace => "replace",
        Decision::KeepBoth => "keep_both",
        Decision::Skip => "skip",
    }
}

pub(super) fn decision(word: &str) -> Option<Decision> {
    [Decision::Replace, Decision::KeepBoth, Decision::Skip]
        .into_iter()
        .find(|decision| decision_word(*decision) == word)
}

pub(super) fn existing_word(existing: OnExisting) -> &'static str {
    match existing {
        OnExisting::Number => "number",
        OnExisting::SkipIdentical => "skip_identical",
        OnExisting::Replace => "replace",
    }
}

pub(super) fn existing(word: &str) -> Option<OnExisting> {
    [OnExisting::Number, OnExisting::SkipIdentical, OnExisting::Replace]
        .into_iter()
        .find(|existing| existing_word(*existing) == word)
}

/// Hashes parts with their lengths, so that no two lists of parts are one.
struct KeyHasher(Sha256);

impl KeyHasher {
    fn new(account: &AccountChoice) -> Self {
        let mut key = Self(Sha256::new());
        key.text(&account_name(account));
        key
    }

    fn part(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.part(text.as_bytes());
    }

    /// Component by component: with a slash at its end it is the same place.
    fn local_path(&mut self, local_path: &Path) {
        self.part(&local_path.components().count().to_le_bytes());
        for component in local_path.components() {
            self.part(path_bytes(component.as_os_str()));
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.text(entry.path.lower());
        match &entry.kind {
            EntryKind::Folder { id } => self.text(id),
            EntryKind::File(file) => self.text(&file.rev.0),
            EntryKind::Deleted(_) => self.text("deleted"),
        }
    }

    fn finish(self) -> RecordKey {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::transfer_key;
    use coffer_model::transfer::{Conflict, Decision, PlannedFile, UploadPlan};
    use coffer_model::{AccountChoice, Entry, EntryKind, Job, OnExisting, PathRootId, RemotePath};
    use std::sync::Arc;

    const HERE: AccountChoice = AccountChoice::Local;

    fn upload(size_bytes: u64, conflict: Option<Conflict>, decision: Option<Decision>) -> Job {
        let file = PlannedFile {
            local_path: "/h/a.txt".into(),
            remote_path: RemotePath::new("/a.txt"),
            size_bytes,
            modified: None,
            conflict: conflict.map(Box::new),
            decision,
        };
        let files = [file].into_iter().collect();
        Job::Upload { plan: Arc::new(UploadPlan { files, ..UploadPlan::default() }) }
    }

    fn folder_entry(name: &str) -> Entry {
        let kind = EntryKind::Folder { id: "id:1".into() };
        Entry::new(RemotePath::root().join(name), kind)
    }

    fn download(name: &str, folder: &str) -> Job {
        let entries = vec![folder_entry(name)];
        Job::Download { entries, folder: folder.into(), existing: OnExisting::Number }
    }

    #[test]
    fn the_key_is_the_same_for_what_was_committed_meanwhile_and_another_for_everything_else() {
        let key = |job: &Job| transfer_key(&HERE, job);
        let there = |identical| Some(Conflict { existing: folder_entry("a.txt"), identical });
        let fresh = upload(1, None, None);
        assert_eq!(key(&fresh), key(&upload(1, there(true), None)));
        let asked = upload(1, there(false), Some(Decision::Replace));
        let in_team_space = |root: &str| {
            let mut job = upload(1, None, None);
            if let Job::Upload { plan } = &mut job {
                Arc::make_mut(plan).path_root = Some(PathRootId(root.into()));
            }
            job
        };
        let others = [
            upload(2, None, None),
            in_team_space("2"),
            in_team_space("9"),
            asked.clone(),
            upload(1, there(false), Some(Decision::Skip)),
            download("a.txt", "/home"),
            download("b.txt", "/home"),
        ];
        for (index, other) in others.iter().enumerate() {
            assert_ne!(key(&fresh), key(other));
            assert_eq!(others.iter().filter(|job| key(job) == key(other)).count(), 1, "{index}");
        }
        assert_eq!(key(&asked), key(&asked.clone()));
        let elsewhere = AccountChoice::CommandLine { api_url: "http://127.0.0.1:1".into() };
        assert_ne!(key(&fresh), transfer_key(&elsewhere, &fresh));
    }

    #[test]
    fn a_key_never_changes_because_it_is_on_disk() {
        let asked = upload(
            1,
            Some(Conflict { existing: folder_entry("a.txt"), identical: false }),
            Some(Decision::KeepBoth),
        );
        let hex = |job: &Job| hex::encode(&transfer_key(&HERE, job)[..8]);
        assert_eq!(hex(&asked), "b29cf9f1a0a99519");
        assert_eq!(hex(&download("a", "/home")), "b4243ca428878d5c");
    }

    #[test]
    fn a_place_is_the_same_however_it_is_written() {
        let into = |folder: &str| transfer_key(&HERE, &download("Trip", folder));
        assert_eq!(into("/home/films"), into("/home/films/"));
        assert_ne!(into("/home/films"), into("/home/film/s"));
    }
}
