//! Adding shared folders to the person’s Dropbox, and removing them from it. Their other members notice nothing.

use super::relocate_calls::move_one;
use super::{Done, Editor, failure, is_unsure};
use crate::act::Act;
use crate::context::JobError;
use crate::convert;
use crate::error::ServiceError;
use crate::history::Inverse;
use crate::problem::{self, Subject};
use crate::shared_folders::list_mountable;
use coffer_model::{Entry, MountableFolder, Problem, ProblemKind};
use coffer_texts::tr;
use dropbox_protocol::files::{GET_METADATA, GetMetadataArg, Metadata};
use dropbox_protocol::sharing::{MOUNT_FOLDER, MountFolderArg, UNMOUNT_FOLDER, UnmountFolderArg};

/// Dropbox chooses the place; a folder that is added again goes back to where it was.
pub(super) async fn add(editor: &Editor<'_>, folder: &MountableFolder) -> Result<Done, JobError> {
    let about = || problem::general(tr!("could-not-add-to-dropbox", name = &*folder.name));
    let mounted = match editor.service().rpc(&MOUNT_FOLDER, &MountFolderArg::new(&*folder.id)).await {
        Ok(metadata) => convert::mountable_folder(&metadata),
        // The answer was lost: if it is there now, it was added.
        Err(error) if is_unsure(&error) => match find_folder(editor, &folder.id).await {
            Ok(Some(found)) if found.path.is_some() => found,
            _ => return Err(failure(about(), &error).into()),
        },
        Err(error) => return Err(failure(about(), &error).into()),
    };
    let mut done = Done::default();
    let mut path = mounted.path.clone();
    if let (Some(from), Some(to)) = (&mounted.path, &folder.path)
        && from != to
    {
        match move_one(editor, from, to).await {
            Ok(_) => path = Some(to.clone()),
            Err(error) => done.failed.push(failure(problem::item(from, Act::MoveBack), &error)),
        }
    }
    if let Some(path) = &path {
        // It has been added, also if nothing more is said of it.
        done.entries.extend(editor.find_entry(path).await.ok().flatten());
    }
    done.undo.push(Inverse::RemoveSharedFolder(Box::new(MountableFolder { path, ..mounted })));
    Ok(done)
}

/// Removes the shared folder that was seen at a path, if it is still there.
pub(super) async fn remove(editor: &Editor<'_>, entry: &Entry) -> Result<Done, JobError> {
    let about = || not_removed(entry.name());
    let metadata = editor
        .account
        .service
        .rpc(&GET_METADATA, &GetMetadataArg::new(entry.path.as_str()))
        .await
        .map_err(|error| about().call(&error))?;
    let Metadata::Folder(folder) = &metadata else { return Err(replaced(about()).into()) };
    let shared = folder.sharing_info.as_ref().and_then(|sharing| sharing.shared_folder_id.as_deref());
    match shared {
        Some(id) if folder.id == entry.id() => {
            let folder = MountableFolder {
                id: id.into(),
                name: entry.name().to_owned(),
                access: entry.sharing.access,
                path: Some(entry.path.clone()),
                owners: Vec::new(),
            };
            remove_known(editor, &folder).await
        }
        _ => Err(replaced(about()).into()),
    }
}

/// Removes a shared folder, wherever it is by now.
pub(super) async fn remove_known(editor: &Editor<'_>, folder: &MountableFolder) -> Result<Done, JobError> {
    let about = || not_removed(&folder.name);
    let removed = editor.service().rpc(&UNMOUNT_FOLDER, &UnmountFolderArg::new(&*folder.id)).await;
    if let Err(error) = removed {
        let found =
            if is_unsure(&error) { find_folder(editor, &folder.id).await.ok().flatten() } else { None };
        if found.is_none_or(|found| found.path.is_some()) {
            return Err(failure(about(), &error).into());
        }
    }
    Ok(Done { undo: vec![Inverse::AddSharedFolder(Box::new(folder.clone()))], ..Done::default() })
}

async fn find_folder(editor: &Editor<'_>, id: &str) -> Result<Option<MountableFolder>, ServiceError> {
    let folders = list_mountable(&editor.service()).await?;
    Ok(folders.into_iter().find(|folder| &*folder.id == id))
}

fn not_removed(name: &str) -> Subject {
    problem::general(tr!("could-not-remove-from-dropbox", name = name))
}

fn replaced(about: Subject) -> Problem {
    about.because(ProblemKind::Changed, tr!("why-no-longer-shared"))
}
