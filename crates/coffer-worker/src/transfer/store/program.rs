//! Which programs are alive: each that holds a lease has a locked file of its own, and the system unlocks it however
//! the program ends. A lease is a row that names such a program, so it ends with the program, also by a kill.

use coffer_stdx::private;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// This program, for as long as it is held.
#[derive(Debug)]
pub(super) struct Program {
    name: String,
    path: PathBuf,
    _lock: File,
}

impl Program {
    /// Makes a locked file in `folder`.
    pub(super) fn start(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let name = format!("{:016x}", fastrand::u64(..));
        // Locked before it has its name: whoever sweeps up finds no program that is not locked and alive.
        let unnamed = folder.join(format!("{name}.new"));
        let lock = appending().create_new(true).open(&unnamed)?;
        match lock.try_lock() {
            // Some network file systems know no locks; alone on the folder all is well without.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            result => result?,
        }
        let path = folder.join(&name);
        fs::rename(&unnamed, &path)?;
        Ok(Self { name, path, _lock: lock })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // What stays is swept up by the next program.
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether a program with this name is alive. Asking does not disturb others who ask.
pub(super) fn is_alive(folder: &Path, name: &str) -> bool {
    match File::open(folder.join(name)) {
        Ok(file) => matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)),
        Err(_) => false,
    }
}

/// Removes the files of programs that were killed.
pub(super) fn sweep(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let name = file.file_name();
        let Some(name) = name.to_str() else { continue };
        if !name.contains('.') && !is_alive(folder, name) {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Holds back other programs that open the store or import into it, until it is dropped.
pub(super) fn guard(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let guard = appending().create(true).open(folder.join("open.lock"))?;
    match guard.lock() {
        Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
        _ => Ok(guard),
    }
}

/// Files that only the person may read.
fn appending() -> OpenOptions {
    let mut options = private::options();
    options.append(true);
    options
}

#[cfg(test)]
mod tests {
    use super::{Program, is_alive, sweep};
    use std::fs;

    #[test]
    fn a_program_is_alive_until_it_ends_and_what_a_kill_leaves_is_swept_up() {
        let folder = tempfile::tempdir().unwrap();
        let program = Program::start(folder.path()).unwrap();
        let name = program.name().to_owned();
        // As a killed one leaves it.
        fs::write(folder.path().join("dead"), "").unwrap();
        assert!(is_alive(folder.path(), &name) && !is_alive(folder.path(), "dead"));
        sweep(folder.path());
        assert!(is_alive(folder.path(), &name) && !folder.path().join("dead").exists());
        drop(program);
        assert!(!is_alive(folder.path(), &name));
    }
}
