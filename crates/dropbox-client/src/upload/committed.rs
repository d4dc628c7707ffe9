//! Finds the file that a `finish` has made whose reply was lost.
//!
//! The upload itself is gone by then, and with it the only sure sign. What is left is the content: a file that has the
//! content hash of the upload and the name that was asked for, or a name that the service gives instead of a taken one.

use crate::{ApiError, CallError, DropboxClient, Metadata};
use dropbox_protocol::files::{self, FileMetadata, GET_METADATA, GetMetadataArg, LIST_FOLDER, ListFolderArg};
use dropbox_protocol::path;

/// The file that `finish` made for `path`, or `None` if there is no such file.
///
/// A function and not a method of the uploader, because a future that holds on to the uploader could be sent to another
/// thread only if its source were `Sync`.
pub(super) async fn find(
    client: &DropboxClient,
    path: &str,
    autorename: bool,
    content_hash: &str,
) -> Result<Option<Metadata>, ApiError> {
    let path = path::normalize(path);
    let is_content = |file: &FileMetadata| file.content_hash.as_deref() == Some(content_hash);
    match client.rpc(&GET_METADATA, &GetMetadataArg::new(path.as_str())).await {
        Ok(files::Metadata::File(file)) if is_content(&file) => {
            return Ok(Some(Metadata::from_file(file, client.root())));
        }
        Ok(_) | Err(CallError::Route { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    if !autorename {
        return Ok(None);
    }
    let mut newest: Option<FileMetadata> = None;
    let mut page = client.rpc(&LIST_FOLDER, &ListFolderArg::new(path::parent(&path))).await?;
    loop {
        for entry in page.entries {
            if let files::Metadata::File(file) = entry
                && is_content(&file)
                && is_alternative_name(&file.name, path::name(&path))
                && newest.as_ref().is_none_or(|newest| age(newest) < age(&file))
            {
                newest = Some(file);
            }
        }
        if !page.has_more {
            return Ok(newest.map(|file| Metadata::from_file(file, client.root())));
        }
        page = client.next_page(&page.cursor).await?;
    }
}

/// Orders files by when they were made. Within a second, `a (10)` is later than `a (9)`.
fn age(file: &FileMetadata) -> impl Ord + '_ {
    (file.server_modified, file.name.len(), file.name.as_str())
}

/// Whether the service may have given `name` to a file that was to be called `wanted`: `wanted` with something in
/// brackets put in, such as `a (1).txt` or `a (Ann's conflicted copy).txt`.
fn is_alternative_name(name: &str, wanted: &str) -> bool {
    let (name, wanted) = (path::path_lower(name), path::path_lower(wanted));
    let ends = wanted.char_indices().map(|(at, _)| at).chain([wanted.len()]);
    ends.into_iter().any(|at| {
        let (stem, extension) = wanted.split_at(at);
        name.strip_prefix(stem)
            .and_then(|rest| rest.strip_suffix(extension))
            .is_some_and(|added| added.len() > 3 && added.starts_with(" (") && added.ends_with(')'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_the_service_gives_are_known() {
        for (name, wanted) in [
            ("a (1).txt", "a.txt"),
            ("A (12).TXT", "a.txt"),
            ("a (conflicted copy).txt", "a.txt"),
            ("a (Ann's conflicted copy 2026-01-01).txt", "a.txt"),
            ("archive.tar (1).gz", "archive.tar.gz"),
            ("archive (1).tar.gz", "archive.tar.gz"),
            ("none (1)", "none"),
            (".hidden (1)", ".hidden"),
            ("ä (1).b", "ä.b"),
        ] {
            assert!(is_alternative_name(name, wanted), "{name} for {wanted}");
        }
        for (name, wanted) in [
            ("a.txt", "a.txt"),
            ("a ().txt", "a.txt"),
            ("b (1).txt", "a.txt"),
            ("a 1.txt", "a.txt"),
            ("a (1).md", "a.txt"),
        ] {
            assert!(!is_alternative_name(name, wanted), "{name} for {wanted}");
        }
    }
}
