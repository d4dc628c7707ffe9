//! Sealed texts: values that are handed out, opaque to whoever holds them, and that nobody but this account
//! can make. Cursors, copy references and temporary links are such; the account keeps nothing for them.

use super::account::Account;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Bytes of the signature.
const SIGNATURE: usize = 12;

/// What a sealed text is for: one kind is not accepted in place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    ListCursor,
    SearchCursor,
    LinksCursor,
    CopyReference,
    TemporaryLink,
    LinkPassword,
}

/// Why a sealed text is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// Not one of ours.
    Malformed,
    /// Ours in form, but of another account.
    Foreign,
}

#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    #[serde(rename = "a")]
    account: String,
    #[serde(rename = "v")]
    value: T,
}

/// Seals a value.
pub fn seal<T: Serialize>(account: &Account, purpose: Purpose, value: &T) -> String {
    let envelope = Envelope { account: account.id.clone(), value };
    sign(&account.secret, purpose, &serde_json::to_vec(&envelope).unwrap_or_default())
}

/// Opens a sealed text.
pub fn open<T: DeserializeOwned>(account: &Account, purpose: Purpose, text: &str) -> Result<T, Broken> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Broken::Malformed)?;
    let (json, _) = bytes.split_at_checked(bytes.len().saturating_sub(SIGNATURE)).ok_or(Broken::Malformed)?;
    let envelope: Envelope<T> = serde_json::from_slice(json).map_err(|_| Broken::Malformed)?;
    // A text of another account has another signature, so this is looked at first.
    if envelope.account != account.id {
        return Err(Broken::Foreign);
    }
    if sign(&account.secret, purpose, json) == text { Ok(envelope.value) } else { Err(Broken::Malformed) }
}

fn sign(secret: &[u8; 32], purpose: Purpose, bytes: &[u8]) -> String {
    // Hashed twice with the secret, so that a signature says nothing about longer texts.
    let inner =
        Sha256::new().chain_update(secret).chain_update([purpose as u8]).chain_update(bytes).finalize();
    let signature = Sha256::new().chain_update(secret).chain_update(inner).finalize();
    let mut signed = bytes.to_vec();
    signed.extend(&signature[..SIGNATURE]);
    URL_SAFE_NO_PAD.encode(signed)
}
