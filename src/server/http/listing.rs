//! `files/list_folder`, its continuation and its latest cursor (reference 3.2).

use super::api::Call;
use super::cursor::{BadCursor, Cursor, MALFORMED};
use super::failure::Failure;
use crate::protocol::files::{
    ListFolderArg, ListFolderContinueArg, ListFolderContinueError, ListFolderError,
    ListFolderGetLatestCursorResult, ListFolderResult, LookupError,
};
use crate::server::account::Account;
use crate::server::paths::{PATH_ROOT_OR_ID, PathRef};
use crate::server::render::metadata;
use crate::server::store::entry::{Entry, Presence};
use crate::server::store::error::StoreError;
use crate::server::store::listing::{Position, Scope, changes, current_sequence, page};
use crate::server::store::refusal::Refusal;
use rusqlite::Connection;
use std::sync::Arc;

/// Entries in a page, unless fewer are wanted.
const PAGE: u32 = 2_000;

pub async fn list_folder(
    call: Call,
    argument: ListFolderArg,
) -> Result<ListFolderResult, Failure<ListFolderError>> {
    let account = call.account;
    let cursor = begin(&account, argument).await?;
    Ok(list(account, cursor, Some(Position::default())).await?)
}

pub async fn get_latest_cursor(
    call: Call,
    argument: ListFolderArg,
) -> Result<ListFolderGetLatestCursorResult, Failure<ListFolderError>> {
    let cursor = begin(&call.account, argument).await?;
    Ok(ListFolderGetLatestCursorResult { cursor: cursor.encode(&call.account) })
}

pub async fn list_folder_continue(
    call: Call,
    argument: ListFolderContinueArg,
) -> Result<ListFolderResult, Failure<ListFolderContinueError>> {
    let cursor = Cursor::decode(&call.account, &argument.cursor).map_err(|bad| match bad {
        BadCursor::Malformed => Failure::BadArgument(MALFORMED.to_owned()),
        BadCursor::Reset => Failure::Answer(ListFolderContinueError::Reset),
    })?;
    let position = cursor.position();
    Ok(list(call.account, cursor, position).await?)
}

/// Checks what is to be listed and notes the present moment.
async fn begin(account: &Arc<Account>, argument: ListFolderArg) -> Result<Cursor, Failure<ListFolderError>> {
    let limit = argument.limit.unwrap_or(PAGE);
    if !(1..=PAGE).contains(&limit) {
        return Err(Failure::BadArgument(format!("request body: limit: {limit} is not within 1 and {PAGE}")));
    }
    let path = PathRef::parse(&argument.path, PATH_ROOT_OR_ID)?;
    let (recursive, include_deleted) = (argument.recursive, argument.include_deleted);
    let found = account
        .store
        .read(move |connection| {
            let path_lower = folder(connection, &path, include_deleted)?;
            Ok((Scope { path_lower, recursive, include_deleted }, current_sequence(connection)?))
        })
        .await;
    let (scope, sequence) =
        found.map_err(|refusal: Refusal<LookupError>| refusal.map(ListFolderError::Path))?;
    let mut cursor = Cursor::new(account, &scope, limit as usize, sequence);
    cursor.media_info = argument.include_media_info;
    Ok(cursor)
}

/// The path of the folder to list. Where deleted items are wanted, it may be deleted itself.
fn folder(
    connection: &Connection,
    path: &PathRef,
    include_deleted: bool,
) -> Result<String, Refusal<LookupError>> {
    if *path == PathRef::Root {
        return Ok(String::new());
    }
    let entry = if include_deleted { path.find_even_deleted(connection)? } else { path.find(connection)? };
    if !is_listable(&entry) {
        return Err(Refusal::Answer(LookupError::NotFound));
    }
    if entry.is_folder() { Ok(entry.path_lower) } else { Err(Refusal::Answer(LookupError::NotFolder)) }
}

fn is_listable(entry: &Entry) -> bool {
    entry.presence != Presence::MovedAway
}

/// One page of the listing, or of the changes after it.
async fn list(
    account: Arc<Account>,
    cursor: Cursor,
    position: Option<Position>,
) -> Result<ListFolderResult, StoreError> {
    let scope = cursor.scope();
    let (limit, sequence) = (cursor.limit, cursor.sequence);
    let (entries, next, sequence, has_more) = account
        .store
        .read(move |connection| {
            Ok::<_, StoreError>(match position {
                Some(position) => {
                    let page = page(connection, &scope, &position, limit)?;
                    let has_more = page.next.is_some();
                    (page.entries, page.next, sequence, has_more)
                }
                None => {
                    let changes = changes(connection, &scope, sequence, limit)?;
                    (changes.entries, None, changes.sequence, changes.has_more)
                }
            })
        })
        .await?;
    let cursor = cursor.advanced(&account, next, sequence).encode(&account);
    Ok(ListFolderResult { entries: entries.iter().map(metadata).collect(), cursor, has_more })
}
