//! The person's desktop: the browser, programs for files, the file manager, file dialogs, files on the clipboard.
//! All of it may wait, so it runs beside the jobs.

use super::context::{JobContext, JobError};
use super::worker_context::WorkerContext;
use super::{blocking, problem};
use coffer_model::message::Pick;
use coffer_model::{ProblemKind, Receipt, Update};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zbus::blocking::Connection;

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
        return Err(problem::general("The page could not be opened")
            .because(ProblemKind::InvalidInput, "This is not a web address.")
            .into());
    }
    blocking(move || desktop.browse(&url)).await?.map_err(|_| {
        problem::general("The browser could not be opened")
            .because(ProblemKind::NotSupported, "Copy the address and open it in a browser.")
    })?;
    Ok(Receipt::Nothing)
}

pub(crate) async fn open_file(worker: &WorkerContext, local_path: PathBuf) -> Result<Receipt, JobError> {
    let desktop = Arc::clone(&worker.config.desktop);
    let opened = local_path.clone();
    blocking(move || desktop.open_file(&opened)).await?.map_err(|_| {
        problem::general(format!("“{}” could not be opened", file_name(&local_path)))
            .because(ProblemKind::NotSupported, "No program is installed that opens this kind of file.")
    })?;
    Ok(Receipt::LocalCopy(local_path))
}

pub(crate) async fn show_file(worker: &WorkerContext, local_path: PathBuf) -> Result<Receipt, JobError> {
    let desktop = Arc::clone(&worker.config.desktop);
    let shown = local_path.clone();
    blocking(move || desktop.show_file(&shown)).await?.map_err(|_| {
        problem::general(format!("“{}” could not be shown", file_name(&local_path)))
            .because(ProblemKind::NotSupported, "No file manager is installed.")
    })?;
    Ok(Receipt::LocalCopy(local_path))
}

fn file_name(local_path: &Path) -> String {
    local_path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Shows the system's dialog and waits for the person.
pub(crate) async fn pick(job: &JobContext, pick: Pick) -> Result<Receipt, JobError> {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    // A thread of its own: a dialog may stand for hours, and must not use up those of the worker.
    std::thread::Builder::new()
        .name("coffer-dialog".into())
        .spawn(move || {
            let picked = if has_file_dialogs() { Some(show_dialog(&pick)) } else { None };
            // The job was cancelled: nobody waits for the answer.
            let _ = sender.send(picked);
        })
        .map_err(|error| problem::general("The file dialog could not be opened").local(&error))?;
    match receiver.await {
        Ok(Some(picked)) => {
            job.update(Update::Picked(picked));
            Ok(Receipt::Nothing)
        }
        Ok(None) => Err(problem::general("This system has no file dialog")
            .because(
                ProblemKind::NotSupported,
                "Install zenity or a desktop portal (xdg-desktop-portal-gtk). Until then, drop files onto the window \
                 or paste them with Ctrl+V.",
            )
            .into()),
        Err(_) => Err(problem::internal().into()),
    }
}

fn show_dialog(pick: &Pick) -> Vec<PathBuf> {
    let dialog = rfd::FileDialog::new();
    match pick {
        Pick::Files => dialog.set_title("Upload files").pick_files().unwrap_or_default(),
        Pick::FileToCompare => dialog.set_title("Choose a file to compare").pick_file().into_iter().collect(),
        Pick::Folder => dialog.set_title("Choose a folder").pick_folder().into_iter().collect(),
        Pick::SaveAs { suggested_name } => {
            dialog.set_title("Save as").set_file_name(suggested_name).save_file().into_iter().collect()
        }
    }
}

/// Without this question a missing dialog would look as if the person had cancelled it.
fn has_file_dialogs() -> bool {
    has_program("zenity") || has_portal().unwrap_or(false)
}

fn has_program(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

fn has_portal() -> zbus::Result<bool> {
    const PORTAL: &str = "org.freedesktop.portal.Desktop";
    let bus = Connection::session()?;
    let knows = |method: &str| -> zbus::Result<bool> {
        let reply = bus.call_method(
            Some("org.freedesktop.DBus"),
            "/org/freedesktop/DBus",
            Some("org.freedesktop.DBus"),
            method,
            &(),
        )?;
        let names: Vec<String> = reply.body().deserialize()?;
        Ok(names.iter().any(|name| name == PORTAL))
    };
    Ok(knows("ListNames")? || knows("ListActivatableNames")?)
}

/// Reads the files that were copied in a file manager.
pub(crate) async fn paste_files(job: &JobContext) -> Result<Receipt, JobError> {
    let files =
        blocking(|| arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get().file_list())).await?;
    match files {
        Ok(files) => job.update(Update::Picked(files)),
        Err(arboard::Error::ContentNotAvailable) => job.update(Update::Picked(Vec::new())),
        Err(error) => {
            tracing::info!(%error, "the clipboard cannot be read");
            return Err(problem::general("The clipboard could not be read")
                .because(ProblemKind::NotSupported, "Drop the files onto the window instead.")
                .into());
        }
    }
    Ok(Receipt::Nothing)
}
