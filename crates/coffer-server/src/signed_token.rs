//! Signed tokens: values that the server hands out signed and verifies when they come back. Cursors, copy references and
//! temporary links are such; the server stores nothing for them.

use super::app_state::AppState;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Bytes of the signature.
const SIGNATURE: usize = 12;

/// What a token is for. A token of one kind is not accepted as one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    ListCursor,
    SearchCursor,
    LinksCursor,
    CopyReference,
    TemporaryLink,
    LinkPassword,
}

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidToken {
    /// Not one of ours.
    Malformed,
    /// Ours in form, but of another account.
    Foreign,
}

#[derive(Serialize, Deserialize)]
struct Payload<T> {
    #[serde(rename = "a")]
    app: String,
    #[serde(rename = "v")]
    value: T,
}

/// Makes a token that holds `value`.
pub fn sign<T: Serialize>(app: &AppState, purpose: TokenKind, value: &T) -> String {
    let payload = Payload { app: app.id.clone(), value };
    signed(&app.secret, purpose, &serde_json::to_vec(&payload).unwrap_or_default())
}

/// The value in a token that this account signed.
pub fn verify<T: DeserializeOwned>(
    app: &AppState,
    purpose: TokenKind,
    text: &str,
) -> Result<T, InvalidToken> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidToken::Malformed)?;
    let (json, _) =
        bytes.split_at_checked(bytes.len().saturating_sub(SIGNATURE)).ok_or(InvalidToken::Malformed)?;
    let payload: Payload<T> = serde_json::from_slice(json).map_err(|_| InvalidToken::Malformed)?;
    // A text of another account has another signature, so this is looked at first.
    if payload.app != app.id {
        return Err(InvalidToken::Foreign);
    }
    if signed(&app.secret, purpose, json) == text { Ok(payload.value) } else { Err(InvalidToken::Malformed) }
}

fn signed(secret: &[u8; 32], purpose: TokenKind, bytes: &[u8]) -> String {
    // Hashed twice with the secret, so that a signature says nothing about longer texts.
    let inner =
        Sha256::new().chain_update(secret).chain_update([purpose as u8]).chain_update(bytes).finalize();
    let signature = Sha256::new().chain_update(secret).chain_update(inner).finalize();
    let mut signed = bytes.to_vec();
    signed.extend(&signature[..SIGNATURE]);
    URL_SAFE_NO_PAD.encode(signed)
}
