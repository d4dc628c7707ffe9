//! Opaque strings handed to the caller that wrap a cursor of API v2 with what it was made for.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::ApiError;

/// The cursor of `delta`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct DeltaCursor {
    #[serde(rename = "delta")]
    pub cursor: String,
    /// The prefix as a key; empty for everything.
    pub prefix: String,
    /// Whether more is listed than the prefix, and entries outside of it must be dropped.
    pub filter: bool,
}

/// The hash of a folder's listing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FolderHash {
    #[serde(rename = "folder")]
    pub cursor: String,
    /// The folder as a key.
    pub path: String,
    pub include_deleted: bool,
}

pub(super) fn encode(envelope: &impl Serialize) -> String {
    // Plain strings and flags can always be written.
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(envelope).unwrap_or_default())
}

pub(super) fn decode<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(|| {
        ApiError::InvalidArgument("the cursor or hash is not one that this client has given out".into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_decoded_and_nothing_else_is() {
        let cursor = DeltaCursor { cursor: "AAF\"é".into(), prefix: "/a".into(), filter: false };
        assert_eq!(decode::<DeltaCursor>(&encode(&cursor)).unwrap(), cursor);
        assert!(decode::<FolderHash>(&encode(&cursor)).is_err(), "the two kinds are not confused");
        for text in ["", "AAF", "!!", "{}"] {
            assert_eq!(decode::<DeltaCursor>(text).unwrap_err().legacy_status(), Some(400), "{text}");
        }
    }
}
