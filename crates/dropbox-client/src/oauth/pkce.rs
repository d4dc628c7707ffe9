//! Proof that who trades a code is who asked for it (PKCE, RFC 7636, method S256).

use base64::Engine;
use base64::prelude::{BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::{ApiError, random};
use dropbox_protocol::Secret;

/// The secret half of the proof.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verifier(Secret);

impl Verifier {
    pub(super) fn random() -> Result<Self, ApiError> {
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<32>()?).into()))
    }

    pub(super) fn from_text(text: String) -> Self {
        Self(text.into())
    }

    pub(super) fn reveal(&self) -> &str {
        self.0.reveal()
    }

    /// The half that may be seen.
    pub(super) fn challenge(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.reveal()))
    }
}

/// A token against forged redirects: 24 characters.
pub(super) fn csrf_token() -> Result<String, ApiError> {
    Ok(BASE64_URL_SAFE.encode(random::bytes::<16>()?))
}
