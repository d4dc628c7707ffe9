//! What is on the system's clipboard: files are pasted as they are, and of a text a file is made first. It is kept until its
//! upload can’t be asked for again.

use super::context::{JobContext, JobError};
use super::old_folders::remove_old;
use super::worker_context::WorkerContext;
use super::{blocking, problem};
use arboard::Clipboard;
use coffer_model::{ProblemKind, Receipt, Update};
use jiff::Zoned;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// As long as a transfer that has failed is kept.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// What was found.
#[derive(Debug, PartialEq)]
enum Pasted {
    Files(Vec<PathBuf>),
    Made(PathBuf),
}

enum PasteError {
    Clipboard(arboard::Error),
    File(io::Error),
}

/// Reads what was copied in another program. `own_text` was copied here.
pub(crate) async fn paste_files(
    worker: &WorkerContext,
    job: &JobContext,
    own_text: String,
) -> Result<Receipt, JobError> {
    let folder = worker.config.dirs.pasted();
    match blocking(move || read_clipboard(&folder, &own_text)).await? {
        Ok(Pasted::Files(files)) => job.update(Update::Picked(files)),
        Ok(Pasted::Made(file)) => job.update(Update::Pasted(file)),
        Err(PasteError::Clipboard(error)) => {
            tracing::info!(%error, "the clipboard cannot be read");
            return Err(problem::general("The clipboard could not be read")
                .because(ProblemKind::NotSupported, "Drop the files onto the window instead.")
                .into());
        }
        Err(PasteError::File(error)) => {
            return Err(problem::general("What is on the clipboard could not be kept").local(&error).into());
        }
    }
    Ok(Receipt::Nothing)
}

fn read_clipboard(folder: &Path, own_text: &str) -> Result<Pasted, PasteError> {
    let known = |result| match result {
        Err(arboard::Error::ContentNotAvailable) => Ok(None),
        Ok(content) => Ok(Some(content)),
        Err(error) => Err(PasteError::Clipboard(error)),
    };
    let mut clipboard = Clipboard::new().map_err(PasteError::Clipboard)?;
    // What was copied here may be offered as files too: those would be downloaded only to be uploaded again.
    if !own_text.is_empty() && clipboard.get_text().is_ok_and(|text| text == own_text) {
        return Ok(Pasted::Files(Vec::new()));
    }
    if let Some(files) = known(clipboard.get().file_list())?.filter(|files| !files.is_empty()) {
        return Ok(Pasted::Files(files));
    }
    match clipboard.get_text() {
        Ok(text) => of_text(folder, &text, own_text, &Zoned::now()).map_err(PasteError::File),
        // Something that is no text.
        Err(error) => {
            tracing::info!(%error, "the clipboard has no text");
            Ok(Pasted::Files(Vec::new()))
        }
    }
}

fn of_text(folder: &Path, text: &str, own_text: &str, now: &Zoned) -> io::Result<Pasted> {
    if text.trim().is_empty() || text == own_text {
        return Ok(Pasted::Files(Vec::new()));
    }
    remove_old(folder, KEPT, SystemTime::now());
    // Other programs may have files of the same name; this one has a folder of its own.
    let own = folder.join(format!("{:016x}", fastrand::u64(..)));
    fs::create_dir_all(&own)?;
    let file = own.join(format!("Pasted text {}.txt", now.strftime("%Y-%m-%d %H.%M.%S")));
    fs::write(&file, text)?;
    Ok(Pasted::Made(file))
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Pasted, of_text, remove_old};
    use jiff::Zoned;
    use std::fs;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_text_becomes_a_file_unless_it_was_copied_here() {
        let folder = tempfile::tempdir().unwrap();
        let now: Zoned = "2026-11-30T02:19:05[UTC]".parse().unwrap();
        let paste = |text: &str, own: &str| of_text(folder.path(), text, own, &now).unwrap();
        assert_eq!(paste("/a.txt", "/a.txt"), Pasted::Files(Vec::new()));
        assert_eq!(paste(" \n", ""), Pasted::Files(Vec::new()));
        let Pasted::Made(file) = paste("Grüße\n", "/a.txt") else { panic!("a file is made") };
        assert_eq!(file.file_name().unwrap(), "Pasted text 2026-11-30 02.19.05.txt");
        assert_eq!(fs::read_to_string(&file).unwrap(), "Grüße\n");
        // One of the same second has a folder of its own.
        assert_ne!(paste("another", ""), Pasted::Made(file.clone()));

        remove_old(folder.path(), KEPT, SystemTime::now());
        assert!(file.exists());
        remove_old(folder.path(), KEPT, SystemTime::now() + KEPT + Duration::from_mins(1));
        assert!(!file.exists());
    }
}
