//! Random numbers, from the source that TLS uses as well.

use rustls::crypto::ring::default_provider;

use crate::ApiError;

/// Bytes that nobody can guess.
pub(crate) fn bytes<const LENGTH: usize>() -> Result<[u8; LENGTH], ApiError> {
    let mut bytes = [0; LENGTH];
    default_provider()
        .secure_random
        .fill(&mut bytes)
        .map_err(|_| ApiError::InvalidArgument("the system gives no random numbers".into()))?;
    Ok(bytes)
}

/// A name that nobody else has taken, in 16 digits.
pub(crate) fn name() -> Result<String, ApiError> {
    Ok(format!("{:016x}", u64::from_ne_bytes(bytes()?)))
}
