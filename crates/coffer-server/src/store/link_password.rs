//! The password of a shared link as it is stored: a hash that is slow to compute, with its salt and its scheme.

use super::edit::random;
use super::error::StoreError;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A stored password. New ones are PHC strings, `$argon2id$v=19$…`. Version 0.1 wrote 16 bytes of salt and 32 of a hash
/// without a scheme; those are still verified, and replaced when the password is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkPassword(Vec<u8>);

impl LinkPassword {
    /// Hashes a password. Takes some 20 MiB and some 20 ms, which is its purpose.
    pub fn new(password: &str) -> Result<Self, StoreError> {
        let hash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &random::<16>()?)
            .map_err(|error| StoreError::Inconsistent(format!("a password cannot be hashed: {error}")))?;
        Ok(Self(hash.to_string().into_bytes()))
    }

    /// Whether this is the password.
    pub fn is(&self, password: &str) -> bool {
        match self.without_scheme() {
            Some((salt, hash)) => stretched(salt, password) == *hash,
            None => std::str::from_utf8(&self.0)
                .is_ok_and(|stored| Argon2::default().verify_password(password.as_bytes(), stored).is_ok()),
        }
    }

    /// By which it is recognised later, and which tells nothing of it. Storing the same password again makes another one.
    pub fn mark(&self) -> String {
        hex::encode(&Sha256::digest(&self.0)[..16])
    }

    /// Whether it was stored by an older version.
    pub fn is_outdated(&self) -> bool {
        self.without_scheme().is_some()
    }

    /// Salt and hash of a password that version 0.1 stored. A PHC string is longer.
    fn without_scheme(&self) -> Option<(&[u8], &[u8; 32])> {
        let (salt, hash) = self.0.split_last_chunk()?;
        (salt.len() == 16).then_some((salt, hash))
    }
}

impl ToSql for LinkPassword {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for LinkPassword {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Vec::column_result(value).map(Self)
    }
}

/// The hash of version 0.1.
fn stretched(salt: &[u8], password: &str) -> [u8; 32] {
    let mut hash: [u8; 32] = Sha256::new().chain_update(salt).chain_update(password).finalize().into();
    for _ in 0..20_000 {
        hash = Sha256::new().chain_update(hash).chain_update(salt).finalize().into();
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_verified_and_stored_with_its_scheme() {
        let stored = LinkPassword::new("open sesame").unwrap();
        assert!(stored.0.starts_with(b"$argon2id$v=19$"), "{:?}", String::from_utf8_lossy(&stored.0));
        assert!(stored.is("open sesame") && !stored.is("open") && !stored.is(""));
        assert!(!stored.is_outdated());
        assert_ne!(stored, LinkPassword::new("open sesame").unwrap(), "each has its own salt");
    }

    #[test]
    fn a_password_that_version_0_1_stored_is_still_verified() {
        let salt = hex::decode("000102030405060708090a0b0c0d0e0f").unwrap();
        let hash = hex::decode("36e92d8f32a7b4db67d93ac51f80ae0bedfc7735eb61a819b11d5f1a0894efcb").unwrap();
        let stored = LinkPassword([salt, hash].concat());
        assert!(stored.is("open sesame") && !stored.is("open"));
        assert!(stored.is_outdated());
    }

    #[test]
    fn damaged_passwords_open_nothing() {
        for damaged in [&b""[..], b"$argon2id$", &[0; 47], &[0xff; 60]] {
            assert!(!LinkPassword(damaged.to_vec()).is(""), "{damaged:?}");
        }
    }
}
