//! Cursors of listings: everything that is needed to go on, signed so that none can be made up, and
//! opaque to whoever holds one. The account keeps nothing for a cursor.

use crate::server::account::Account;
use crate::server::clock::Seconds;
use crate::server::store::listing::{Position, Scope};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Bytes of the signature.
const SIGNATURE: usize = 12;

/// What a cursor stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    #[serde(rename = "a")]
    account: String,
    #[serde(rename = "c")]
    created: Seconds,
    #[serde(rename = "p")]
    path_lower: String,
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
    /// The shared link whose folder is listed.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Why a cursor is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadCursor {
    /// Not one of ours: the caller's mistake.
    Malformed,
    /// Too old, or of another account: start over.
    Reset,
}

/// What a 400 for a malformed cursor says.
pub const MALFORMED: &str = "request body: cursor: the cursor cannot be read";

impl Cursor {
    /// A cursor for a new listing.
    pub fn new(account: &Account, scope: &Scope, limit: usize, sequence: i64) -> Self {
        Self {
            account: account.account_id.clone(),
            created: account.config.clock.now(),
            path_lower: scope.path_lower.clone(),
            recursive: scope.recursive,
            include_deleted: scope.include_deleted,
            limit,
            sequence,
            position: None,
            media_info: false,
            link: None,
        }
    }

    pub fn scope(&self) -> Scope {
        Scope {
            path_lower: self.path_lower.clone(),
            recursive: self.recursive,
            include_deleted: self.include_deleted,
        }
    }

    /// Where the listing goes on; `None` when it is complete.
    pub fn position(&self) -> Option<Position> {
        self.position
            .as_ref()
            .map(|(among_deleted, after)| Position { among_deleted: *among_deleted, after: after.clone() })
    }

    /// The cursor for what comes after this page.
    #[must_use]
    pub fn advanced(mut self, account: &Account, position: Option<Position>, sequence: i64) -> Self {
        self.position = position.map(|position| (position.among_deleted, position.after));
        self.sequence = sequence;
        self.created = account.config.clock.now();
        self
    }

    pub fn encode(&self, account: &Account) -> String {
        sign(&account.secret, &serde_json::to_vec(self).unwrap_or_default())
    }

    pub fn decode(account: &Account, text: &str) -> Result<Self, BadCursor> {
        // A cursor of another account has another signature, so it is looked at before that is checked.
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor::Malformed)?;
        let (json, _) =
            bytes.split_at_checked(bytes.len().saturating_sub(SIGNATURE)).ok_or(BadCursor::Malformed)?;
        let cursor: Self = serde_json::from_slice(json).map_err(|_| BadCursor::Malformed)?;
        if cursor.account != account.account_id {
            return Err(BadCursor::Reset);
        }
        if sign(&account.secret, json) != text {
            return Err(BadCursor::Malformed);
        }
        match account.config.cursor_lifetime_secs {
            Some(lifetime) if account.config.clock.now() - cursor.created >= lifetime => {
                Err(BadCursor::Reset)
            }
            _ => Ok(cursor),
        }
    }
}

fn sign(secret: &[u8; 32], bytes: &[u8]) -> String {
    // The secret on both sides of fixed length keeps extensions of the message out.
    let signature = Sha256::new().chain_update(secret).chain_update(bytes).chain_update(secret).finalize();
    let mut signed = bytes.to_vec();
    signed.extend(&signature[..SIGNATURE]);
    URL_SAFE_NO_PAD.encode(signed)
}
