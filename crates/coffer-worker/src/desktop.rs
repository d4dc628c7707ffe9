//! The person's desktop: the browser, programs for files, the file manager, file dialogs, files on the clipboard.
//! All of it may wait, so it runs beside the jobs.

use super::context::{JobContext, JobError};
use super::system_desktop::has_file_dialogs;
use super::worker_context::WorkerContext;
use super::{blocking, problem};
use coffer_model::file_kind::extension;
use coffer_model::message::Pick;
use coffer_model::{ProblemKind, Receipt, Update};
use coffer_texts::tr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Shows a message on the desktop. One without a place for messages shows none, and nothing is lost.
pub(crate) async fn notify(worker: &WorkerContext, title: String, body: String) -> Result<Receipt, JobError> {
    let desktop = Arc::clone(&worker.config.desktop);
    if let Err(error) = blocking(move || desktop.notify(&title, &body)).await? {
        tracing::debug!(%error, "the desktop shows no messages");
    }
    Ok(Receipt::Nothing)
}

pub(crate) async fn browse(worker: &WorkerContext, url: String) -> Result<Receipt, JobError> {
    let desktop = Arc::clone(&worker.config.desktop);
    // Nothing but pages: the address may come from outside.
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err(problem::general(tr!("could-not-open-page"))
            .because(ProblemKind::InvalidInput, tr!("why-no-web-address"))
            .into());
    }
    blocking(move || desktop.browse(&url)).await?.map_err(|_| {
        problem::general(tr!("could-not-open-browser"))
            .because(ProblemKind::NotSupported, tr!("why-no-browser"))
    })?;
    Ok(Receipt::Nothing)
}

pub(crate) async fn open_file(worker: &WorkerContext, local_path: PathBuf) -> Result<Receipt, JobError> {
    let desktop = Arc::clone(&worker.config.desktop);
    let opened = local_path.clone();
    blocking(move || desktop.open_file(&opened)).await?.map_err(|_| {
        problem::general(tr!("could-not-open", name = file_name(&local_path)))
            .because(ProblemKind::NotSupported, tr!("why-no-program"))
    })?;
    Ok(Receipt::LocalCopy(local_path))
}

pub(crate) async fn show_file(worker: &WorkerContext, local_path: PathBuf) -> Result<Receipt, JobError> {
    let desktop = Arc::clone(&worker.config.desktop);
    let shown = local_path.clone();
    blocking(move || desktop.show_file(&shown)).await?.map_err(|_| {
        problem::general(tr!("could-not-show-file", name = file_name(&local_path)))
            .because(ProblemKind::NotSupported, tr!("why-no-file-manager"))
    })?;
    Ok(Receipt::LocalCopy(local_path))
}

fn file_name(local_path: &Path) -> String {
    local_path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Shows the system's dialog and waits for the person.
pub(crate) async fn pick(job: &JobContext, pick: Pick) -> Result<Receipt, JobError> {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let saves = matches!(pick, Pick::DownloadFolder | Pick::SaveAs { .. });
    // A thread of its own: a dialog may stand for hours, and must not use up those of the worker.
    std::thread::Builder::new()
        .name("coffer-dialog".into())
        .spawn(move || {
            let picked = if has_file_dialogs() {
                Some(show_dialog(&pick))
            } else {
                without_dialog(&pick, directories::UserDirs::new().as_ref().and_then(downloads))
            };
            // The job was cancelled: nobody waits for the answer.
            let _ = sender.send(picked);
        })
        .map_err(|error| problem::general(tr!("could-not-open-file-dialog")).local(&error))?;
    match receiver.await {
        Ok(Some(picked)) => {
            job.update(Update::Picked(picked));
            Ok(Receipt::Nothing)
        }
        Ok(None) => {
            let why = if saves { tr!("why-no-file-dialog-download") } else { tr!("why-no-file-dialog") };
            Err(problem::general(tr!("no-file-dialog")).because(ProblemKind::NotSupported, why).into())
        }
        Err(_) => Err(problem::internal().into()),
    }
}

/// The person's folder for downloads. Where the desktop names none it is `Downloads` in their home, as for browsers.
fn downloads(dirs: &directories::UserDirs) -> Option<PathBuf> {
    make_downloads(dirs.download_dir(), dirs.home_dir())
}

fn make_downloads(named: Option<&Path>, home: &Path) -> Option<PathBuf> {
    let folder = named.map_or_else(|| home.join("Downloads"), Path::to_owned);
    match std::fs::create_dir_all(&folder) {
        Ok(()) => Some(folder),
        Err(error) => {
            tracing::warn!(%error, "the folder for downloads could not be made");
            None
        }
    }
}

/// Where something is saved if nobody can be asked: under a name that is free, as nothing is to be overwritten unseen.
fn without_dialog(pick: &Pick, downloads: Option<PathBuf>) -> Option<Vec<PathBuf>> {
    let downloads = downloads?;
    match pick {
        Pick::DownloadFolder => Some(vec![downloads]),
        Pick::SaveAs { suggested_name } => {
            let (stem, extension) = match extension(suggested_name) {
                "" => (suggested_name.as_str(), String::new()),
                known => (&suggested_name[..suggested_name.len() - known.len() - 1], format!(".{known}")),
            };
            let numbered = (2..10_000).map(|number| format!("{stem} ({number}){extension}"));
            let mut names = std::iter::once(suggested_name.clone()).chain(numbered);
            let free = names.find_map(|name| Some(downloads.join(name)).filter(|path| !path.exists()))?;
            Some(vec![free])
        }
        Pick::Files | Pick::FileToCompare | Pick::Folder => None,
    }
}

fn show_dialog(pick: &Pick) -> Vec<PathBuf> {
    let dialog = rfd::FileDialog::new();
    match pick {
        Pick::Files => dialog.set_title(tr!("dialog-upload-files")).pick_files().unwrap_or_default(),
        Pick::FileToCompare => {
            dialog.set_title(tr!("dialog-file-to-compare")).pick_file().into_iter().collect()
        }
        Pick::Folder | Pick::DownloadFolder => {
            dialog.set_title(tr!("dialog-choose-folder")).pick_folder().into_iter().collect()
        }
        Pick::SaveAs { suggested_name } => dialog
            .set_title(tr!("dialog-save-as"))
            .set_file_name(suggested_name)
            .save_file()
            .into_iter()
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{make_downloads, without_dialog};
    use coffer_model::message::Pick;

    #[test]
    fn where_the_desktop_names_no_folder_for_downloads_it_is_made_in_the_home() {
        let home = tempfile::tempdir().unwrap();
        let made = make_downloads(None, home.path()).unwrap();
        assert!(made == home.path().join("Downloads") && made.is_dir());
        let named = home.path().join("Mine");
        assert_eq!(make_downloads(Some(&named), home.path()), Some(named));
        std::fs::write(home.path().join("file"), "").unwrap();
        assert_eq!(make_downloads(Some(&home.path().join("file/In")), home.path()), None);
    }

    #[test]
    fn without_a_dialog_downloads_go_to_the_folder_for_them_and_overwrite_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let downloads = || Some(folder.path().to_owned());
        let save = |name: &str| {
            let pick = Pick::SaveAs { suggested_name: name.to_owned() };
            let picked = without_dialog(&pick, downloads()).unwrap().remove(0);
            picked.file_name().unwrap().to_string_lossy().into_owned()
        };
        assert_eq!(without_dialog(&Pick::DownloadFolder, downloads()).unwrap(), [folder.path()]);
        assert_eq!(save("a.jpg"), "a.jpg");
        std::fs::write(folder.path().join("a.jpg"), "").unwrap();
        std::fs::write(folder.path().join("a (2).jpg"), "").unwrap();
        std::fs::write(folder.path().join("b"), "").unwrap();
        assert_eq!(save("a.jpg"), "a (3).jpg");
        assert_eq!(save("b"), "b (2)");
        assert_eq!(without_dialog(&Pick::Folder, downloads()), None);
        assert_eq!(without_dialog(&Pick::DownloadFolder, None), None);
    }
}
