//! How a server and a program of the same person recognise each other before a token is sent. The program has learned
//! the server's address from a file; meanwhile another process may listen there. Both hold a key that only the owner of
//! the vault can read, and show that they do without giving it away.

use super::store::edit::random;
use super::store::error::StoreError;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;

/// Where a server answers a challenge.
pub const PROOF_PATH: &str = "/coffer/proof";

/// A key that a server makes at its start, as 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProofKey(String);

/// Who proves that it has the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofSide {
    Client,
    Server,
}

impl ProofKey {
    pub(crate) fn new() -> Result<Self, StoreError> {
        Ok(Self(hex::encode(random::<32>()?)))
    }

    /// The proof of one side for a `nonce`, which the client makes anew each time. The server's address is part of it, so
    /// that a stranger can't have his challenge answered by the server itself.
    pub fn prove(&self, side: ProofSide, url: &str, nonce: &str) -> String {
        hex::encode(self.mac(side, url, nonce).finalize().into_bytes())
    }

    /// Whether the other side has the key. Takes the same time wherever the first difference is.
    pub fn verify(&self, side: ProofSide, url: &str, nonce: &str, proof: &str) -> bool {
        hex::decode(proof).is_ok_and(|proof| self.mac(side, url, nonce).verify_slice(&proof).is_ok())
    }

    fn mac(&self, side: ProofSide, url: &str, nonce: &str) -> Hmac<Sha256> {
        let key = self.0.as_bytes();
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("an HMAC takes a key of any length");
        let side: &[u8] = match side {
            ProofSide::Client => b"client",
            ProofSide::Server => b"server",
        };
        for part in [side, url.as_bytes(), nonce.as_bytes()] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

/// It is not for logs.
impl fmt::Debug for ProofKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ProofKey").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_good_for_one_side_one_address_and_one_nonce() {
        let key = ProofKey::new().unwrap();
        let proof = key.prove(ProofSide::Client, "http://127.0.0.1:1", "nonce");
        assert!(key.verify(ProofSide::Client, "http://127.0.0.1:1", "nonce", &proof));
        for (side, url, nonce) in [
            (ProofSide::Server, "http://127.0.0.1:1", "nonce"),
            (ProofSide::Client, "http://127.0.0.1:2", "nonce"),
            (ProofSide::Client, "http://127.0.0.1:1n", "once"),
        ] {
            assert!(!key.verify(side, url, nonce, &proof), "{side:?} {url} {nonce}");
        }
        assert!(!ProofKey::new().unwrap().verify(ProofSide::Client, "http://127.0.0.1:1", "nonce", &proof));
        assert!(!key.verify(ProofSide::Client, "http://127.0.0.1:1", "nonce", "no hex"));
    }
}
