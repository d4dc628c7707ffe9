//! A folder of files that can be made again: named by content, bounded, the longest unused go first.
//! What is in them is the business of their owners. All functions block.

use coffer_model::CacheUse;
use coffer_stdx::atomic_file;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::SystemTime;

pub(crate) struct DiskCache {
    folder: PathBuf,
    max_bytes: u64,
    /// Bytes written since the folder was last measured.
    written: AtomicU64,
    measured: AtomicBool,
}

impl DiskCache {
    pub(crate) fn new(folder: PathBuf, max_bytes: u64) -> Self {
        Self { folder, max_bytes, written: AtomicU64::new(0), measured: AtomicBool::new(false) }
    }

    /// The content kept under `key`, which then counts as just used. A file that cannot be read is as good as none.
    pub(crate) fn get(&self, key: &str) -> Option<Vec<u8>> {
        let file = self.place(key);
        let bytes = fs::read(&file).ok()?;
        // Only the order of pruning depends on it.
        let _ =
            File::options().append(true).open(&file).and_then(|file| file.set_modified(SystemTime::now()));
        Some(bytes)
    }

    /// Keeps a content. A failure (a full disk) costs only the cache.
    pub(crate) fn put(&self, key: &str, bytes: &[u8]) {
        if let Err(error) = atomic_file::write_quickly(&self.place(key), bytes) {
            tracing::debug!(%error, "the cache cannot be written");
            return;
        }
        let written = self.written.fetch_add(bytes.len() as u64, Ordering::Relaxed) + bytes.len() as u64;
        // Measured at the first write of a start, and then each time that a tenth of the bound has been added.
        if !self.measured.swap(true, Ordering::Relaxed) || written > self.max_bytes / 10 {
            self.written.store(0, Ordering::Relaxed);
            if let Err(error) = self.prune() {
                tracing::debug!(%error, "the cache cannot be pruned");
            }
        }
    }

    /// Forgets one content, because it turned out to be useless.
    pub(crate) fn remove(&self, key: &str) {
        let _ = fs::remove_file(self.place(key));
    }

    pub(crate) fn measure(&self) -> io::Result<CacheUse> {
        let mut files = Vec::new();
        collect(&self.folder, &mut files)?;
        Ok(CacheUse { bytes: files.iter().map(|file| file.bytes).sum(), most_bytes: self.max_bytes })
    }

    /// Deletes everything. What is needed again is made or fetched again.
    pub(crate) fn clear(&self) -> io::Result<()> {
        let mut files = Vec::new();
        collect(&self.folder, &mut files)?;
        files.iter().try_for_each(|file| match fs::remove_file(&file.path) {
            // It was pruned meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        })
    }

    /// Keys are hashes and words of ours; the first two characters spread them over folders.
    fn place(&self, key: &str) -> PathBuf {
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
        let file_name: String = key.chars().map(safe).collect();
        let first_letters = file_name.get(..2).unwrap_or("00").to_owned();
        self.folder.join(first_letters).join(file_name)
    }

    fn prune(&self) -> io::Result<()> {
        let mut files = Vec::new();
        collect(&self.folder, &mut files)?;
        let mut total: u64 = files.iter().map(|file| file.bytes).sum();
        if total <= self.max_bytes {
            return Ok(());
        }
        files.sort_unstable_by_key(|file| file.used);
        let goal = self.max_bytes / 5 * 4;
        for file in files {
            if total <= goal {
                break;
            }
            if fs::remove_file(&file.path).is_ok() {
                total -= file.bytes;
            }
        }
        Ok(())
    }
}

struct CachedFile {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

fn collect(folder: &Path, files: &mut Vec<CachedFile>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        // Nothing was kept yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            files.push(CachedFile { path: entry.path(), bytes: metadata.len(), used });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::DiskCache;
    use std::fs::File;
    use std::time::{Duration, SystemTime};

    #[test]
    fn what_was_put_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = DiskCache::new(folder.path().join("cache"), 1000);
        assert_eq!(cache.get("abcd-w64"), None);
        cache.put("abcd-w64", b"picture");
        assert_eq!(cache.get("abcd-w64").as_deref(), Some(&b"picture"[..]));
        cache.remove("abcd-w64");
        assert_eq!(cache.get("abcd-w64"), None);
    }

    #[test]
    fn beyond_the_bound_the_longest_unused_go() {
        let folder = tempfile::tempdir().unwrap();
        let cache = DiskCache::new(folder.path().to_owned(), 1_000_000);
        for (age, key) in ["aa1", "bb2", "cc3", "dd4"].into_iter().enumerate() {
            cache.put(key, &[0; 300]);
            let used = SystemTime::now() - Duration::from_secs(1000 - age as u64);
            File::options().append(true).open(cache.place(key)).unwrap().set_modified(used).unwrap();
        }
        // Reading makes it young again.
        assert!(cache.get("aa1").is_some());
        let cache = DiskCache::new(folder.path().to_owned(), 1000);
        cache.prune().unwrap();
        let left: Vec<bool> =
            ["aa1", "bb2", "cc3", "dd4"].iter().map(|key| cache.place(key).exists()).collect();
        assert_eq!(left, [true, false, false, true]);
    }
}
