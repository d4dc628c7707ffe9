//! What is on disk of an edit that takes several steps, from before the first step until after the last, so that the next
//! start, or the same edit again, can finish what stopped in between. What each kind keeps is in `edit_records`. Blocks.

use crate::blocking;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const SUFFIX: &str = "json";

/// A record that no other program works on as long as this is there.
pub(super) struct StoredRecord<R> {
    pub file: PathBuf,
    locked: File,
    pub record: R,
}

impl<R: Serialize + DeserializeOwned> StoredRecord<R> {
    pub(super) fn create(folder: &Path, record: R) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let file = folder.join(format!("{:016x}.{SUFFIX}", fastrand::u64(..)));
        let locked = write(&file, &serde_json::to_vec(&record)?)?;
        Ok(Self { file, locked, record })
    }

    /// Keeps another record instead. Does not block.
    pub(super) async fn replace(&mut self, record: R) -> io::Result<()> {
        let (file, content) = (self.file.clone(), serde_json::to_vec(&record)?);
        let written = blocking(move || write(&file, &content)).await;
        self.locked = written.map_err(|_| io::Error::from(io::ErrorKind::Interrupted))??;
        self.record = record;
        Ok(())
    }

    /// Those that other programs have left, or this one before.
    pub(super) fn all(folder: &Path) -> io::Result<Vec<Self>> {
        let files = match fs::read_dir(folder) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut all = Vec::new();
        for file in files {
            let file = file?.path();
            if file.extension().is_some_and(|extension| extension == SUFFIX) {
                match Self::open(file) {
                    Ok(stored) => all.extend(stored),
                    Err(error) => tracing::warn!(%error, "a record of an edit could not be read"),
                }
            }
        }
        Ok(all)
    }

    /// `None` while another program works on it.
    pub(super) fn open(file: PathBuf) -> io::Result<Option<Self>> {
        let locked = File::open(&file)?;
        if locked.try_lock().is_err() {
            return Ok(None);
        }
        let record = serde_json::from_reader(&locked)?;
        Ok(Some(Self { file, locked, record }))
    }

    pub(super) fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.file)
    }
}

/// Whoever finds the file finds it locked and whole.
fn write(file: &Path, content: &[u8]) -> io::Result<File> {
    let unfinished = file.with_extension("new");
    let mut locked = OpenOptions::new().create(true).truncate(true).write(true).open(&unfinished)?;
    locked.try_lock()?;
    locked.write_all(content)?;
    locked.sync_all()?;
    fs::rename(&unfinished, file)?;
    if let Some(folder) = file.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(locked)
}

impl<R> Drop for StoredRecord<R> {
    fn drop(&mut self) {
        // A child that is being started has the file open for a moment as well, so closing it does not do.
        let _ = self.locked.unlock();
    }
}
