//! New folders.

use super::{Done, Editor, failure, is_unsure};
use crate::context::JobError;
use crate::history::Inverse;
use crate::{convert, problem};
use coffer_model::RemotePath;
use coffer_texts::tr;
use dropbox_protocol::files::{CREATE_FOLDER, CreateFolderArg};

/// A taken name is refused.
pub(crate) async fn folder(editor: &Editor<'_>, path: &RemotePath) -> Result<Done, JobError> {
    let arg = CreateFolderArg::new(path.as_str());
    let entry = match editor.service().rpc(&CREATE_FOLDER, &arg).await {
        Ok(result) => convert::folder_entry(&result.metadata, path.parent().as_ref()),
        Err(error) => {
            let about = problem::general(tr!("could-not-create-folder", name = path.name()));
            // The answer was lost: a folder that stands there now is the one that was asked for. Taking it back is
            // harmless, because only empty folders are.
            match editor.find_entry(path).await {
                Ok(Some(entry)) if is_unsure(&error) && entry.is_folder() => entry,
                _ => return Err(failure(about, &error).into()),
            }
        }
    };
    Ok(Done { entries: vec![entry.clone()], undo: vec![Inverse::Remove(vec![entry])], ..Done::default() })
}
