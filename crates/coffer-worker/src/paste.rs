//! What is on the system's clipboard: files are pasted as they are, and of a text or a picture a file is made first. It is
//! kept until its upload can’t be asked for again.

use super::context::{JobContext, JobError};
use super::old_folders::remove_old;
use super::worker_context::WorkerContext;
use super::{blocking, problem};
use arboard::{Clipboard, ImageData};
use coffer_model::{ProblemKind, Receipt, Update};
use coffer_texts::tr;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use jiff::Zoned;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
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
            return Err(problem::general(tr!("could-not-read-clipboard"))
                .because(ProblemKind::NotSupported, tr!("why-clipboard-unreadable"))
                .into());
        }
        Err(PasteError::File(error)) => {
            return Err(problem::general(tr!("could-not-keep-clipboard")).local(&error).into());
        }
    }
    Ok(Receipt::Nothing)
}

fn read_clipboard(folder: &Path, own_text: &str) -> Result<Pasted, PasteError> {
    let mut clipboard = Clipboard::new().map_err(PasteError::Clipboard)?;
    // What was copied here may be offered as files too: those would be downloaded only to be uploaded again.
    if !own_text.is_empty() && clipboard.get_text().is_ok_and(|text| text == own_text) {
        return Ok(Pasted::Files(Vec::new()));
    }
    match clipboard.get().file_list() {
        Ok(files) if !files.is_empty() => return Ok(Pasted::Files(files)),
        Ok(_) | Err(arboard::Error::ContentNotAvailable) => {}
        Err(error) => return Err(PasteError::Clipboard(error)),
    }
    let now = Zoned::now();
    // Programs that copy cells or paragraphs offer a picture of them too.
    let made = match clipboard.get_text() {
        Ok(text) if !text.trim().is_empty() => Some(of_text(folder, &text, &now)),
        _ => match clipboard.get_image() {
            Ok(picture) => Some(of_picture(folder, &picture, &now)),
            Err(error) => {
                tracing::info!(%error, "the clipboard has neither text nor picture");
                None
            }
        },
    };
    match made.transpose().map_err(PasteError::File)? {
        Some(file) => Ok(Pasted::Made(file)),
        None => Ok(Pasted::Files(Vec::new())),
    }
}

fn of_text(folder: &Path, text: &str, now: &Zoned) -> io::Result<PathBuf> {
    let file = new_file(folder, tr!("pasted-text"), "txt", now)?;
    fs::write(&file, text)?;
    Ok(file)
}

fn of_picture(folder: &Path, picture: &ImageData<'_>, now: &Zoned) -> io::Result<PathBuf> {
    let file = new_file(folder, tr!("pasted-picture"), "png", now)?;
    let mut writer = BufWriter::new(File::create(&file)?);
    let (width, height) = (picture.width as u32, picture.height as u32);
    PngEncoder::new(&mut writer)
        .write_image(&picture.bytes, width, height, ExtendedColorType::Rgba8)
        .map_err(io::Error::other)?;
    writer.flush()?;
    Ok(file)
}

/// Where a file is made of what was pasted. What was made long ago is removed.
fn new_file(folder: &Path, what: &str, extension: &str, now: &Zoned) -> io::Result<PathBuf> {
    remove_old(folder, KEPT, SystemTime::now());
    // Other programs may have files of the same name; this one has a folder of its own.
    let own = folder.join(format!("{:016x}", fastrand::u64(..)));
    fs::create_dir_all(&own)?;
    Ok(own.join(format!("{what} {}.{extension}", now.strftime("%Y-%m-%d %H.%M.%S"))))
}

#[cfg(test)]
mod tests {
    use super::{KEPT, of_picture, of_text, remove_old};
    use arboard::ImageData;
    use jiff::Zoned;
    use std::fs;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_text_becomes_a_file_that_is_removed_when_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let now: Zoned = "2026-11-30T02:19:05[UTC]".parse().unwrap();
        let file = of_text(folder.path(), "Grüße\n", &now).unwrap();
        assert_eq!(file.file_name().unwrap(), "Pasted text 2026-11-30 02.19.05.txt");
        assert_eq!(fs::read_to_string(&file).unwrap(), "Grüße\n");
        // One of the same second has a folder of its own.
        assert_ne!(of_text(folder.path(), "another", &now).unwrap(), file);

        remove_old(folder.path(), KEPT, SystemTime::now());
        assert!(file.exists());
        remove_old(folder.path(), KEPT, SystemTime::now() + KEPT + Duration::from_mins(1));
        assert!(!file.exists());
    }

    #[test]
    fn a_picture_becomes_a_png_with_the_same_pixels() {
        let folder = tempfile::tempdir().unwrap();
        let now: Zoned = "2026-11-30T09:12:05[UTC]".parse().unwrap();
        let pixels = [255, 0, 0, 255, 0, 255, 0, 128];
        let picture = ImageData { width: 2, height: 1, bytes: pixels[..].into() };
        let file = of_picture(folder.path(), &picture, &now).unwrap();
        assert_eq!(file.file_name().unwrap(), "Pasted picture 2026-11-30 09.12.05.png");
        let read = image::open(&file).unwrap().into_rgba8();
        assert_eq!((read.dimensions(), read.as_raw().as_slice()), ((2, 1), &pixels[..]));
    }
}
