//! Looks whether files stand in the account at their paths, with their contents: a few by themselves, many by listing
//! their folder. What follows from it is the business of who asks.

use super::context::UploadContext;
use crate::act::Act;
use crate::context::JobError;
use crate::error::{Classify, ServiceError};
use crate::problem;
use coffer_model::{ProblemKind, RemotePath};
use dropbox_protocol::files::{FileMetadata, LIST_FOLDER, ListFolderArg, Metadata};
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::{BTreeMap, HashMap};

/// So few files of a folder are asked for by themselves rather than listed.
const FEW: usize = 6;
const PARALLEL_LOOKUPS: usize = 4;

/// A file that may stand in the account, and for whom it is looked for.
pub(crate) struct ExpectedFile<T> {
    pub what: T,
    pub path: RemotePath,
    pub hash: String,
}

/// What stands at the path of a file, if that is its content.
pub(crate) type ExistingFile = Result<Option<FileMetadata>, ServiceError>;

/// Looks for files; tells of each what was found, in no certain order. Fails when a folder can't be listed.
pub(crate) async fn find_existing<T: Send>(
    context: &UploadContext<'_>,
    files: Vec<ExpectedFile<T>>,
) -> Result<Vec<(T, ExistingFile)>, JobError> {
    let mut by_folder: BTreeMap<RemotePath, Vec<ExpectedFile<T>>> = BTreeMap::new();
    for file in files {
        by_folder.entry(file.path.parent().unwrap_or_default()).or_default().push(file);
    }
    let mut found = Vec::new();
    for (folder, files) in by_folder {
        if files.len() > FEW {
            let mut listed = list(context, &folder).await?;
            found.extend(files.into_iter().map(|file| {
                let there = listed.remove(&**file.path.lower());
                let same = there.filter(|there| there.content_hash.as_deref() == Some(file.hash.as_str()));
                (file.what, Ok(same))
            }));
        } else {
            let lookups = stream::iter(files).map(|file| {
                async move {
                    let same = context.find_same(file.path.as_str(), &file.hash).await;
                    (file.what, same)
                }
                .boxed()
            });
            found.extend(lookups.buffer_unordered(PARALLEL_LOOKUPS).collect::<Vec<_>>().await);
        }
    }
    Ok(found)
}

/// The files of a folder by their keys; none when there is no such folder.
async fn list(
    context: &UploadContext<'_>,
    folder: &RemotePath,
) -> Result<HashMap<String, FileMetadata>, JobError> {
    let service = context.service();
    let problem = || problem::item(folder, Act::List);
    let mut page = match service.rpc(&LIST_FOLDER, &ListFolderArg::new(folder.as_str())).await {
        Ok(page) => page,
        Err(error) if error.kind() == ProblemKind::NotFound => return Ok(HashMap::new()),
        Err(error) => return Err(problem().call(&error).into()),
    };
    let mut files = HashMap::new();
    loop {
        for item in page.entries {
            if let Metadata::File(file) = item
                && let Some(key) = file.path_lower.clone()
            {
                files.insert(key, file);
            }
        }
        if !page.has_more {
            return Ok(files);
        }
        page = service.continue_list(&page.cursor).await.map_err(|error| problem().call(&error))?;
    }
}
