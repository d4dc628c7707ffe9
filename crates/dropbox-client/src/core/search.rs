//! Searching for names (reference §1.8).

use std::collections::HashSet;

use super::Metadata;
use crate::options::setters;
use crate::{ApiError, DropboxClient};
use dropbox_protocol::files::{
    self, FileStatus, MetadataV2, SEARCH, SEARCH_CONTINUE, SearchV2Arg, SearchV2ContinueArg,
};
use dropbox_protocol::path;

/// A query must be at least so long, as the Core API had it.
const QUERY_MINIMUM: usize = 3;

/// The Core API never gave more matches than this, and a page of API v2 holds no more.
const FILE_LIMIT: usize = 1000;

/// How to search.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoreSearchOptions {
    /// At most so many matches; above 1,000, which is the default, it counts as 1,000.
    pub file_limit: usize,
    /// Whether to search among deleted items too; they come last.
    pub include_deleted: bool,
}

impl Default for CoreSearchOptions {
    fn default() -> Self {
        Self { file_limit: FILE_LIMIT, include_deleted: false }
    }
}

setters! { CoreSearchOptions:
    with_file_limit sets file_limit to value(usize),
    with_include_deleted sets include_deleted to value(bool),
}

impl DropboxClient {
    /// Items in `path` and below whose names match `query`, which needs three characters
    /// (`files/search_v2`, `files/search/continue_v2`).
    ///
    /// API v2 decides what matches and in which order, and may be some seconds behind. Deleted items take a second
    /// search. There are never more than 1,000 matches, as in the Core API; who needs more calls the routes.
    pub async fn search(
        &self,
        path: &str,
        query: &str,
        options: &CoreSearchOptions,
    ) -> Result<Vec<Metadata>, ApiError> {
        if query.chars().count() < QUERY_MINIMUM {
            return Err(ApiError::InvalidArgument(format!("a query needs {QUERY_MINIMUM} characters")));
        }
        let mut found = SearchMatches {
            items: Vec::new(),
            seen: HashSet::new(),
            limit: options.file_limit.min(FILE_LIMIT),
        };
        self.search_among(FileStatus::Active, path, query, &mut found).await?;
        if options.include_deleted {
            self.search_among(FileStatus::Deleted, path, query, &mut found).await?;
        }
        Ok(found.items.into_iter().map(|item| Metadata::from_metadata(item, self.root())).collect())
    }

    async fn search_among(
        &self,
        file_status: FileStatus,
        path: &str,
        query: &str,
        found: &mut SearchMatches,
    ) -> Result<(), ApiError> {
        if found.is_full() {
            return Ok(());
        }
        let options = files::SearchOptions {
            path: Some(path::normalize(path)).filter(|path| !path.is_empty()),
            max_results: found.limit.clamp(1, FILE_LIMIT) as u64,
            filename_only: true,
            file_status,
            ..files::SearchOptions::new()
        };
        let argument = SearchV2Arg { options: Some(options), ..SearchV2Arg::new(query) };
        let mut page = self.rpc(&SEARCH, &argument).await?;
        let mut empty_pages = 0;
        loop {
            empty_pages = if page.matches.is_empty() { empty_pages + 1 } else { 0 };
            for found_match in page.matches {
                if let MetadataV2::Metadata(item) = found_match.metadata {
                    found.add(item);
                }
            }
            let goes_on = page.has_more && !found.is_full() && empty_pages < MAX_EMPTY_PAGES;
            match page.cursor.filter(|_| goes_on) {
                Some(cursor) => page = self.rpc(&SEARCH_CONTINUE, &SearchV2ContinueArg::new(cursor)).await?,
                None => return Ok(()),
            }
        }
    }
}

/// A page may have nothing although there is more; after so many in a row nothing more will come.
const MAX_EMPTY_PAGES: u32 = 20;

/// What has been found so far, without repetitions.
struct SearchMatches {
    items: Vec<files::Metadata>,
    seen: HashSet<String>,
    limit: usize,
}

impl SearchMatches {
    fn is_full(&self) -> bool {
        self.items.len() >= self.limit
    }

    fn add(&mut self, item: files::Metadata) {
        let key = match &item {
            files::Metadata::File(file) => &file.id,
            files::Metadata::Folder(folder) => &folder.id,
            files::Metadata::Deleted(deleted) => deleted.path_lower.as_ref().unwrap_or(&deleted.name),
        };
        if !self.is_full() && self.seen.insert(key.clone()) {
            self.items.push(item);
        }
    }
}
