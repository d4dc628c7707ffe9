//! Signed tokens: values that the server hands out signed and verifies when they come back. Cursors, copy references and
//! temporary links are such; the server stores nothing for them.

use super::app_state::AppState;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Bytes of the signature: half of the HMAC, the least that RFC 2104 §5 allows. Cursors travel in every call.
const SIGNATURE_BYTES: usize = 16;

/// What a token is for. A token of one kind is not accepted as one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    // The numbers are part of the signatures, so they stay.
    ListCursor = 0,
    SearchCursor = 1,
    LinksCursor = 2,
    CopyReference = 3,
    TemporaryLink = 4,
    LinkPassword = 5,
    FoldersCursor = 6,
}

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InvalidToken {
    /// Not one of ours.
    Malformed,
    /// Ours in form, but of another account.
    Foreign,
}

#[derive(Serialize, Deserialize)]
struct Payload<T> {
    #[serde(rename = "a")]
    account: String,
    #[serde(rename = "v")]
    value: T,
}

/// Makes a token that holds `value`.
pub(crate) fn sign<T: Serialize>(app: &AppState, kind: TokenKind, value: &T) -> String {
    let payload = Payload { account: app.id.clone(), value };
    let mut bytes = serde_json::to_vec(&payload).unwrap_or_default();
    let signature = mac(&app.secret, kind, &bytes).finalize().into_bytes();
    bytes.extend(&signature[..SIGNATURE_BYTES]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The value in a token that this account signed.
pub(crate) fn verify<T: DeserializeOwned>(
    app: &AppState,
    kind: TokenKind,
    token: &str,
) -> Result<T, InvalidToken> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| InvalidToken::Malformed)?;
    let (json, signature) = bytes.split_last_chunk::<SIGNATURE_BYTES>().ok_or(InvalidToken::Malformed)?;
    let payload: Payload<T> = serde_json::from_slice(json).map_err(|_| InvalidToken::Malformed)?;
    // The secret of another account gives another signature, so its tokens are recognised before that is compared.
    if payload.account != app.id {
        return Err(InvalidToken::Foreign);
    }
    // Takes the same time wherever the first difference is.
    mac(&app.secret, kind, json).verify_truncated_left(signature).map_err(|_| InvalidToken::Malformed)?;
    Ok(payload.value)
}

/// The HMAC of a token. The kind is part of it, so a token of one kind is none of another.
fn mac(secret: &[u8; 32], kind: TokenKind, json: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("an HMAC takes a key of any length");
    mac.update(&[kind as u8]);
    mac.update(json);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_hmac_of_kind_and_content() {
        let tag = |kind, json| mac(&[7; 32], kind, json).finalize().into_bytes();
        assert_eq!(tag(TokenKind::ListCursor, b"{}"), tag(TokenKind::ListCursor, b"{}"));
        assert_ne!(tag(TokenKind::ListCursor, b"{}"), tag(TokenKind::SearchCursor, b"{}"));
        assert_ne!(tag(TokenKind::ListCursor, b"{}"), tag(TokenKind::ListCursor, b"[]"));
        let whole = tag(TokenKind::TemporaryLink, b"x");
        let verify =
            |signature: &[u8]| mac(&[7; 32], TokenKind::TemporaryLink, b"x").verify_truncated_left(signature);
        assert!(verify(&whole[..SIGNATURE_BYTES]).is_ok());
        let mut changed = whole;
        changed[SIGNATURE_BYTES - 1] ^= 1;
        assert!(verify(&changed[..SIGNATURE_BYTES]).is_err());
    }
}
