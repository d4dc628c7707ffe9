//! Cursors of listings: everything that is needed to go on.

use crate::app_state::AppState;
use crate::clock::Seconds;
use crate::signed_token::{InvalidToken, TokenKind, sign, verify};
use crate::store::edit::WritePath;
use crate::store::listing::{ListingCoverage, Position};
use serde::{Deserialize, Serialize};

/// The content of a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    #[serde(rename = "c")]
    created: Seconds,
    #[serde(rename = "p")]
    path_lower: String,
    /// The folder from which the paths of the listing start.
    #[serde(rename = "b", default, skip_serializing_if = "WritePath::is_root")]
    pub base: WritePath,
    #[serde(rename = "r")]
    recursive: bool,
    #[serde(rename = "d")]
    include_deleted: bool,
    /// Entries in a page.
    #[serde(rename = "n")]
    pub limit: usize,
    /// Everything up to this change is, or will be, part of the listing.
    #[serde(rename = "s")]
    pub sequence: i64,
    /// Where the listing goes on; absent when it is complete and changes follow.
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    position: Option<(bool, String)>,
    /// Made with `include_media_info`, which longpoll refuses.
    #[serde(rename = "m", default, skip_serializing_if = "std::ops::Not::not")]
    pub media_info: bool,
    /// Id and key of the shared link through which a folder is listed.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub link: Option<(String, String)>,
    /// Of the link: the mark of the password that was shown for it.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub shown_password: Option<String>,
    /// The history of the account to which `sequence` belongs.
    #[serde(rename = "e", default, skip_serializing_if = "String::is_empty")]
    epoch: String,
}

/// Why a cursor is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadCursor {
    /// Not one of ours: the caller's mistake.
    Malformed,
    /// Too old, or of another account: start over.
    Reset,
}

/// What a 400 for a malformed cursor says.
pub(super) const MALFORMED: &str = "request body: cursor: the cursor cannot be read";

impl Cursor {
    /// A cursor for a new listing.
    pub(super) fn new(app: &AppState, scope: &ListingCoverage, limit: usize, sequence: i64) -> Self {
        Self {
            created: app.config.clock.now(),
            path_lower: scope.path_lower.clone(),
            base: WritePath::default(),
            recursive: scope.recursive,
            include_deleted: scope.include_deleted,
            limit,
            sequence,
            position: None,
            media_info: false,
            link: None,
            shown_password: None,
            epoch: app.epoch.clone(),
        }
    }

    pub(super) fn scope(&self) -> ListingCoverage {
        ListingCoverage {
            path_lower: self.path_lower.clone(),
            recursive: self.recursive,
            include_deleted: self.include_deleted,
        }
    }

    /// Where the listing goes on; `None` when it is complete.
    pub(super) fn position(&self) -> Option<Position> {
        self.position
            .as_ref()
            .map(|(among_deleted, after)| Position { among_deleted: *among_deleted, after: after.clone() })
    }

    /// The cursor for what comes after this page.
    #[must_use]
    pub(super) fn advanced(mut self, app: &AppState, position: Option<Position>, sequence: i64) -> Self {
        self.position = position.map(|position| (position.among_deleted, position.after));
        self.sequence = sequence;
        self.created = app.config.clock.now();
        self
    }

    pub(super) fn encode(&self, app: &AppState) -> String {
        sign(app, TokenKind::ListCursor, self)
    }

    pub(super) fn decode(app: &AppState, text: &str) -> Result<Self, BadCursor> {
        let cursor: Self = verify(app, TokenKind::ListCursor, text).map_err(|broken| match broken {
            InvalidToken::Malformed => BadCursor::Malformed,
            InvalidToken::Foreign => BadCursor::Reset,
        })?;
        if cursor.epoch != app.epoch {
            return Err(BadCursor::Reset);
        }
        match app.config.cursor_lifetime_secs {
            Some(lifetime) if app.config.clock.now() - cursor.created >= lifetime => Err(BadCursor::Reset),
            _ => Ok(cursor),
        }
    }
}
