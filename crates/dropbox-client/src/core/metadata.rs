//! The metadata of one item, with the contents of a folder.

use super::Metadata;
use super::download::{check_path_of_rev, path_or_rev};
use super::envelope::{FolderHash, decode, encode};
use crate::options::setters;
use crate::{ApiError, CallError, DropboxClient};
use dropbox_protocol::files::{
    self, GET_METADATA, GetMetadataArg, LIST_FOLDER, LIST_FOLDER_CONTINUE, ListFolderArg,
    ListFolderContinueArg, ListFolderError, ListFolderResult, LookupError,
};
use dropbox_protocol::path;

/// A folder's listing never has more entries than this.
const FILE_LIMIT: usize = 25_000;

/// A page of a listing holds at most so many.
const PAGE_LIMIT: usize = 2000;

/// What to tell about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MetadataOptions {
    /// Whether to list a folder's contents.
    pub list: bool,
    /// More entries than this are an error; at most 25,000.
    pub file_limit: usize,
    /// The `hash` of an earlier listing: if nothing has changed since, the answer is [`ApiError::NotModified`]. Ignored
    /// if it belongs to another folder or another `include_deleted`.
    pub hash: Option<String>,
    /// An earlier revision of a file; `list` does not matter then.
    pub rev: Option<String>,
    /// Whether to list deleted items too. They have no rev, size or time.
    pub include_deleted: bool,
}

impl Default for MetadataOptions {
    fn default() -> Self {
        Self { list: true, file_limit: FILE_LIMIT, hash: None, rev: None, include_deleted: false }
    }
}

setters! { MetadataOptions:
    with_list sets list to value(bool),
    with_file_limit sets file_limit to value(usize),
    with_hash sets hash to some(String),
    with_rev sets rev to some(String),
    with_include_deleted sets include_deleted to value(bool),
}

impl DropboxClient {
    /// The metadata of a file or folder.
    ///
    /// Routes: `files/get_metadata`, `files/list_folder`, `files/list_folder/continue`. A folder's `hash` changes with
    /// each listing, even if the folder did not; and changes that cancel each other out still count as changes.
    pub async fn metadata(&self, path: &str, options: &MetadataOptions) -> Result<Metadata, ApiError> {
        let path = path::normalize(path);
        if let Some(rev) = &options.rev {
            return self.metadata_of_rev(&path, rev).await;
        }
        if !options.list {
            return self.own_metadata(&path, options.include_deleted).await;
        }
        self.check_hash(&path, options).await?;
        let (contents, hash) = match self.list(&path, options).await {
            // Not a folder, or not there: `get_metadata` knows.
            Err(CallError::Route {
                error: ListFolderError::Path(LookupError::NotFolder | LookupError::NotFound),
                ..
            }) if !path.is_empty() => {
                return self.own_metadata(&path, options.include_deleted).await;
            }
            listing => listing?,
        };
        let folder = self.own_metadata(&path, options.include_deleted).await?;
        Ok(Metadata { contents: Some(contents), hash: Some(hash), ..folder })
    }

    async fn metadata_of_rev(&self, path: &str, rev: &str) -> Result<Metadata, ApiError> {
        let argument = GetMetadataArg::new(path_or_rev(path, Some(rev))?);
        let metadata = self.rpc(&GET_METADATA, &argument).await?;
        if let files::Metadata::File(file) = &metadata {
            check_path_of_rev(file, path, Some(rev))?;
        }
        Ok(Metadata::from_metadata(metadata, self.root()))
    }

    async fn own_metadata(&self, path: &str, include_deleted: bool) -> Result<Metadata, ApiError> {
        if path.is_empty() {
            return Ok(Metadata::root_folder(self.root()));
        }
        let argument = GetMetadataArg { include_deleted, ..GetMetadataArg::new(path) };
        Ok(Metadata::from_metadata(self.rpc(&GET_METADATA, &argument).await?, self.root()))
    }

    /// Fails with `NotModified` if nothing has happened since the hash was made.
    async fn check_hash(&self, path: &str, options: &MetadataOptions) -> Result<(), ApiError> {
        let Some(hash) = &options.hash else { return Ok(()) };
        let Ok(hash) = decode::<FolderHash>(hash) else { return Ok(()) };
        if hash.path != path::path_lower(path) || hash.include_deleted != options.include_deleted {
            return Ok(());
        }
        match self.rpc(&LIST_FOLDER_CONTINUE, &ListFolderContinueArg::new(hash.cursor.as_str())).await {
            Ok(page) if page.entries.is_empty() && !page.has_more => {
                Err(ApiError::NotModified { hash: encode(&FolderHash { cursor: page.cursor, ..hash }) })
            }
            Ok(_) => Ok(()),
            // The cursor is of no use any more; the full listing will tell what is.
            Err(error) if error.status() == Some(409) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn list(
        &self,
        path: &str,
        options: &MetadataOptions,
    ) -> Result<(Vec<Metadata>, String), CallError<ListFolderError>> {
        let file_limit = options.file_limit.min(FILE_LIMIT);
        let argument = ListFolderArg {
            include_deleted: options.include_deleted,
            limit: Some(file_limit.clamp(1, PAGE_LIMIT) as u32),
            ..ListFolderArg::new(path)
        };
        let mut page = self.rpc(&LIST_FOLDER, &argument).await?;
        let mut contents = Vec::new();
        loop {
            contents
                .extend(page.entries.into_iter().map(|entry| Metadata::from_metadata(entry, self.root())));
            if contents.len() > file_limit {
                return Err(ApiError::TooManyEntries { file_limit }.into());
            }
            if !page.has_more {
                let hash = FolderHash {
                    cursor: page.cursor,
                    path: path::path_lower(path),
                    include_deleted: options.include_deleted,
                };
                return Ok((contents, encode(&hash)));
            }
            page = self.next_page(&page.cursor).await?;
        }
    }

    /// The next page of a listing. One that brings nothing and goes on where it was would do so for ever.
    pub(crate) async fn next_page(&self, cursor: &str) -> Result<ListFolderResult, ApiError> {
        let page = self.rpc(&LIST_FOLDER_CONTINUE, &ListFolderContinueArg::new(cursor)).await?;
        if page.has_more && page.entries.is_empty() && page.cursor == cursor {
            let call = LIST_FOLDER_CONTINUE.info.name.to_owned();
            let problem = "the list neither goes on nor ends".to_owned();
            return Err(ApiError::Malformed { call, status: 200, problem });
        }
        Ok(page)
    }
}
