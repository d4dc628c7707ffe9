//! `files/list_folder`, its continuation and its latest cursor (reference 3.2).

use super::authorize::Caller;
use super::call::Call;
use super::cursor::{BadCursor, Cursor, MALFORMED};
use super::failure::CallFailure;
use super::links::{LinkAddress, Visitor, open};
use crate::app_state::AppState;
use crate::paths::PATH_ROOT_OR_ID;
use crate::render::metadata_without_path;
use crate::store::entry::find_by_id;
use crate::store::error::StoreError;
use crate::store::links;
use crate::store::listing::{ListingCoverage, Position, changes, current_sequence, page};
use crate::store::refusal::Refusal;
use dropbox_protocol::files::{
    ListFolderArg, ListFolderContinueArg, ListFolderContinueError, ListFolderError,
    ListFolderGetLatestCursorResult, ListFolderResult, LookupError, SharedLink,
};
use rusqlite::Connection;
use std::sync::Arc;

/// Entries in a page, unless fewer are wanted.
const PAGE: u32 = 2_000;

pub(super) async fn list_folder(
    call: Call,
    argument: ListFolderArg,
) -> Result<ListFolderResult, CallFailure<ListFolderError>> {
    let cursor = begin(&call, argument).await?;
    Ok(list(call.app, cursor, Some(Position::default())).await?)
}

pub(super) async fn get_latest_cursor(
    call: Call,
    argument: ListFolderArg,
) -> Result<ListFolderGetLatestCursorResult, CallFailure<ListFolderError>> {
    let cursor = begin(&call, argument).await?;
    Ok(ListFolderGetLatestCursorResult { cursor: cursor.encode(&call.app) })
}

pub(super) async fn list_folder_continue(
    call: Call,
    argument: ListFolderContinueArg,
) -> Result<ListFolderResult, CallFailure<ListFolderContinueError>> {
    let cursor = Cursor::decode(&call.app, &argument.cursor).map_err(|bad| match bad {
        BadCursor::Malformed => CallFailure::BadArgument(MALFORMED.to_owned()),
        BadCursor::Reset => CallFailure::Answer(ListFolderContinueError::Reset),
    })?;
    if cursor.link.is_none() {
        only_people(&call)?;
    } else if !is_open_still(&call, &cursor).await? {
        return Err(CallFailure::Answer(ListFolderContinueError::Path(LookupError::NotFound)));
    }
    let position = cursor.position();
    Ok(list(call.app, cursor, position).await?)
}

/// Checks what is to be listed, and reads the present sequence number.
async fn begin(call: &Call, argument: ListFolderArg) -> Result<Cursor, CallFailure<ListFolderError>> {
    let app = &call.app;
    let limit = argument.limit.unwrap_or(PAGE);
    if !(1..=PAGE).contains(&limit) {
        return Err(CallFailure::BadArgument(format!(
            "request body: limit: {limit} is not within 1 and {PAGE}"
        )));
    }
    if let Some(link) = &argument.shared_link {
        return begin_at_link(call, &argument, link, limit as usize).await;
    }
    only_people(call)?;
    let path = call.view.parse(&argument.path, PATH_ROOT_OR_ID)?;
    let (recursive, include_deleted) = (argument.recursive, argument.include_deleted);
    let found = app
        .store
        .read(move |connection| {
            let path_lower = path.find_folder(connection, include_deleted)?;
            Ok((ListingCoverage { path_lower, recursive, include_deleted }, current_sequence(connection)?))
        })
        .await;
    let (scope, sequence) =
        found.map_err(|refusal: Refusal<LookupError>| refusal.map(ListFolderError::Path))?;
    let mut cursor = Cursor::new(app, &scope, limit as usize, sequence);
    cursor.base = call.view.base().clone();
    cursor.media_info = argument.include_media_info;
    Ok(cursor)
}

/// Lists the folder that a shared link leads to, or one below it. Anybody with the link may, apps included.
async fn begin_at_link(
    call: &Call,
    argument: &ListFolderArg,
    link: &SharedLink,
    limit: usize,
) -> Result<Cursor, CallFailure<ListFolderError>> {
    if argument.recursive || argument.include_deleted {
        let why = "request body: shared_link: cannot be listed recursively or with what was deleted";
        return Err(CallFailure::BadArgument(why.to_owned()));
    }
    let not_found = || CallFailure::Answer(ListFolderError::Path(LookupError::NotFound));
    let address = LinkAddress::parse(&link.url).ok_or_else(not_found)?;
    let visitor = Visitor {
        password: link.password.as_ref().map(|password| password.reveal().to_owned()),
        is_known: false,
        is_owner: is_owner(call),
    };
    let key = (address.id.clone(), address.rlkey.clone());
    let opened = open(&call.app, address, &argument.path, visitor)
        .await
        .map_err(|refusal| refusal.map(|_| ListFolderError::Path(LookupError::NotFound)))?;
    if !opened.entry.is_folder() {
        return Err(CallFailure::Answer(ListFolderError::Path(LookupError::NotFolder)));
    }
    let scope =
        ListingCoverage { path_lower: opened.entry.path_lower, recursive: false, include_deleted: false };
    let sequence = call.app.store.read(current_sequence).await?;
    let mut cursor = Cursor::new(&call.app, &scope, limit, sequence);
    cursor.link = Some(key);
    cursor.shown_password = opened.link.password.filter(|_| !is_owner(call)).map(|password| password.mark());
    Ok(cursor)
}

/// Whether the link of a cursor still opens the folder that is listed. Since the cursor was made, it may have been removed
/// or restricted, and its item moved away from where something else is now.
async fn is_open_still(call: &Call, cursor: &Cursor) -> Result<bool, StoreError> {
    let Some((id, rlkey)) = cursor.link.clone() else { return Ok(false) };
    let (folder, shown_password) = (cursor.scope().path_lower, cursor.shown_password.clone());
    let (now, is_owner) = (call.app.config.clock.now(), is_owner(call));
    let is_open = move |connection: &Connection| -> Result<bool, StoreError> {
        let Some(link) = links::find(connection, &id, &rlkey)? else { return Ok(false) };
        let Some(shared) = find_by_id(connection, &link.item)? else { return Ok(false) };
        let is_over = link.expires.is_some_and(|expires| expires <= now);
        let may_visit = is_owner
            || (!link.only_owner
                && link.password.is_none_or(|password| shown_password == Some(password.mark())));
        let is_inside = folder
            .strip_prefix(&shared.path_lower)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        Ok(!is_over && may_visit && is_inside)
    };
    call.app.store.read(is_open).await
}

fn is_owner(call: &Call) -> bool {
    matches!(call.caller, Caller::Person { .. })
}

/// An app without a person has no folders; only shared links are open to it.
fn only_people<E>(call: &Call) -> Result<(), CallFailure<E>> {
    if matches!(call.caller, Caller::App) {
        return Err(CallFailure::BadArgument(
            "request body: shared_link: must be given with app authentication".to_owned(),
        ));
    }
    Ok(())
}

/// One page of the listing, or of the changes after it.
async fn list(
    app: Arc<AppState>,
    cursor: Cursor,
    position: Option<Position>,
) -> Result<ListFolderResult, StoreError> {
    let scope = cursor.scope();
    let (limit, sequence) = (cursor.limit, cursor.sequence);
    let (entries, next, sequence, has_more) = app
        .store
        .read(move |connection| {
            let Some(position) = position else {
                let changes = changes(connection, &scope, sequence, limit)?;
                return Ok::<_, StoreError>((changes.entries, None, changes.sequence, changes.has_more));
            };
            let page = page(connection, &scope, &position, limit)?;
            let has_more = page.next.is_some();
            Ok((page.entries, page.next, sequence, has_more))
        })
        .await?;
    let entries = if cursor.link.is_some() {
        entries.iter().map(metadata_without_path).collect()
    } else {
        // A cursor stays in the folder where its listing began, whatever root a later call names.
        let view = app.view_below(cursor.base.clone());
        entries.iter().filter(|entry| view.shows(entry)).map(|entry| view.metadata(entry)).collect()
    };
    let cursor = cursor.advanced(&app, next, sequence).encode(&app);
    Ok(ListFolderResult { entries, cursor, has_more })
}
