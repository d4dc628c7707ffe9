//! `files/list_folder/longpoll`: an answer as soon as something changes (reference 3.2). Nobody needs a
//! token for it, and nothing is held while it waits.

use super::call::Call;
use super::cursor::{BadCursor, Cursor, MALFORMED};
use super::failure::CallFailure;
use crate::shutdown::{ShutdownPhase, wait_for_phase};
use crate::store::error::StoreError;
use crate::store::listing::changes;
use dropbox_protocol::files::{ListFolderLongpollArg, ListFolderLongpollError, ListFolderLongpollResult};
use std::time::Duration;

pub(super) async fn longpoll(
    call: Call,
    argument: ListFolderLongpollArg,
) -> Result<ListFolderLongpollResult, CallFailure<ListFolderLongpollError>> {
    let app = call.app;
    if !(30..=480).contains(&argument.timeout) {
        return Err(CallFailure::BadArgument("request body: timeout: must be within 30 and 480".to_owned()));
    }
    let cursor = Cursor::decode(&app, &argument.cursor).map_err(|bad| match bad {
        BadCursor::Malformed => CallFailure::BadArgument(MALFORMED.to_owned()),
        BadCursor::Reset => CallFailure::Answer(ListFolderLongpollError::Reset),
    })?;
    if cursor.media_info {
        return Err(CallFailure::BadArgument(
            "request body: cursor: cursors made with include_media_info are not supported".to_owned(),
        ));
    }
    if cursor.position().is_some() {
        return Ok(ListFolderLongpollResult { changes: true, backoff: None });
    }
    let (mut latest, mut phase) = (app.store.changes(), app.phase.clone());
    let (scope, mut seen) = (cursor.scope(), cursor.sequence);
    let wait = async {
        loop {
            // The present change is marked as seen before the store is read: a change during the read is then not missed.
            let last = *latest.borrow_and_update();
            if last > seen {
                let scope = scope.clone();
                let found = app.store.read(move |connection| changes(connection, &scope, seen, 1)).await?;
                if !found.entries.is_empty() {
                    return Ok::<_, StoreError>(true);
                }
                seen = found.sequence;
                if found.has_more {
                    continue;
                }
            }
            if latest.changed().await.is_err() {
                return Ok(false);
            }
        }
    };
    let changes = tokio::select! {
        found = tokio::time::timeout(Duration::from_secs(argument.timeout), wait) => found.unwrap_or(Ok(false))?,
        () = wait_for_phase(&mut phase, ShutdownPhase::Stopping) => false,
    };
    Ok(ListFolderLongpollResult { changes, backoff: None })
}
