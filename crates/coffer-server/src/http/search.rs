//! `files/search_v2` and its continuation (reference 3.3). Names are searched, not contents.

use super::call::Call;
use super::failure::CallFailure;
use crate::paths::PATH_ROOT_OR_ID;
use crate::signed_token::{self, TokenKind};
use crate::store::entry::StoredEntry;
use crate::store::error::StoreError;
use crate::store::listing::ListingCoverage;
use crate::store::search::{NameSearch, highlights, search};
use dropbox_protocol::files::{
    FileCategory, FileStatus, HighlightSpan, MetadataV2, SearchError, SearchMatch, SearchMatchType,
    SearchOptions, SearchOrderBy, SearchV2Arg, SearchV2ContinueArg, SearchV2Result,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The longest query, in characters.
const LONGEST_QUERY: usize = 1_000;

/// Results in a page at most.
const MOST_RESULTS: u64 = 1_000;

/// What the continuation of a search needs: the query, and how many results were returned before.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SearchCursor {
    query: String,
    path_lower: String,
    deleted: bool,
    filename_only: bool,
    newest_first: bool,
    extensions: Vec<String>,
    categories: Vec<FileCategory>,
    highlights: bool,
    page: usize,
    told: usize,
}

pub(super) async fn search_v2(
    call: Call,
    argument: SearchV2Arg,
) -> Result<SearchV2Result, CallFailure<SearchError>> {
    if argument.query.chars().count() > LONGEST_QUERY {
        return Err(CallFailure::BadArgument(format!(
            "request body: query: must have at most {LONGEST_QUERY} characters"
        )));
    }
    if argument.query.trim().is_empty() {
        return Err(CallFailure::Answer(SearchError::InvalidArgument(Some("the query is empty".to_owned()))));
    }
    let options = argument.options.unwrap_or_else(SearchOptions::new);
    if !(1..=MOST_RESULTS).contains(&options.max_results) {
        return Err(CallFailure::BadArgument(format!(
            "request body: options: max_results: must be within 1 and {MOST_RESULTS}"
        )));
    }
    let path_lower = folder(&call, options.path.as_deref().unwrap_or_default()).await?;
    let highlights = argument
        .match_field_options
        .map_or(argument.include_highlights.unwrap_or(false), |wanted| wanted.include_highlights);
    let cursor = SearchCursor {
        query: argument.query,
        path_lower,
        deleted: options.file_status == FileStatus::Deleted,
        filename_only: options.filename_only,
        newest_first: options.order_by == Some(SearchOrderBy::LastModifiedTime),
        extensions: options
            .file_extensions
            .unwrap_or_default()
            .iter()
            .map(|extension| extension.trim_start_matches('.').to_lowercase())
            .collect(),
        categories: options
            .file_categories
            .unwrap_or_default()
            .into_iter()
            // A category of the future limits nothing.
            .filter(|category| *category != FileCategory::Other)
            .collect(),
        highlights,
        page: options.max_results as usize,
        told: 0,
    };
    Ok(next_page(&call, cursor).await?)
}

pub(super) async fn search_continue(
    call: Call,
    argument: SearchV2ContinueArg,
) -> Result<SearchV2Result, CallFailure<SearchError>> {
    let cursor =
        signed_token::verify(&call.app, TokenKind::SearchCursor, &argument.cursor).map_err(|_| {
            CallFailure::Answer(SearchError::InvalidArgument(Some("the cursor cannot be read".to_owned())))
        })?;
    Ok(next_page(&call, cursor).await?)
}

async fn folder(call: &Call, path: &str) -> Result<String, CallFailure<SearchError>> {
    let path = call.view.parse(path, PATH_ROOT_OR_ID)?;
    let found = call.app.store.read(move |connection| path.find_folder(connection, false)).await;
    Ok(found.map_err(|refusal| refusal.map(SearchError::Path))?)
}

/// Searches again and returns the results after those that were returned before. What changed in between may be missing or
/// come twice, as the service says of itself.
async fn next_page(call: &Call, mut cursor: SearchCursor) -> Result<SearchV2Result, StoreError> {
    let app = &call.app;
    let (wanted, view) = (cursor.clone(), Arc::clone(&call.view));
    let found = app
        .store
        .read(move |connection| {
            let scope = ListingCoverage {
                path_lower: wanted.path_lower.clone(),
                recursive: true,
                include_deleted: wanted.deleted,
            };
            let query = NameSearch {
                query: wanted.query.clone(),
                scope,
                deleted: wanted.deleted,
                filename_only: wanted.filename_only,
            };
            let mut found =
                search(connection, &query, |entry| view.shows(entry) && is_wanted(entry, &wanted))?;
            if wanted.newest_first {
                found.sort_by_key(|entry| {
                    std::cmp::Reverse(
                        entry.version.as_ref().map_or(entry.changed, |version| version.server_modified),
                    )
                });
            }
            Ok::<_, StoreError>(found)
        })
        .await?;
    let has_more = found.len() > cursor.told + cursor.page;
    let matches = found
        .iter()
        .skip(cursor.told)
        .take(cursor.page)
        .map(|entry| SearchMatch {
            metadata: MetadataV2::Metadata(call.view.metadata(entry)),
            match_type: Some(SearchMatchType::Filename),
            highlight_spans: cursor.highlights.then(|| spans(entry.name(), &cursor.query)),
        })
        .collect();
    cursor.told += cursor.page;
    let cursor = has_more.then(|| signed_token::sign(app, TokenKind::SearchCursor, &cursor));
    Ok(SearchV2Result { matches, has_more, cursor })
}

fn spans(name: &str, query: &str) -> Vec<HighlightSpan> {
    highlights(name, query)
        .into_iter()
        .map(|(text, is_highlighted)| HighlightSpan::new(text, is_highlighted))
        .collect()
}

/// Extensions and categories count for present items only (reference 3.3).
fn is_wanted(entry: &StoredEntry, wanted: &SearchCursor) -> bool {
    if wanted.deleted {
        return true;
    }
    let name = entry.name().to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let extension_fits = wanted.extensions.is_empty()
        || (!entry.is_folder() && wanted.extensions.iter().any(|one| one == extension));
    let category_fits = wanted.categories.is_empty() || wanted.categories.contains(&category_of(entry));
    extension_fits && category_fits
}

fn category_of(entry: &StoredEntry) -> FileCategory {
    if entry.is_folder() { FileCategory::Folder } else { FileCategory::from_name(entry.name()) }
}
