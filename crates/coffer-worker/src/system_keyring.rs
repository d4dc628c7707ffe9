//! The keyring of the system: the secret service on Linux, the keychain on macOS, the credential manager on Windows. What is
//! kept there is the business of `tokens`.

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
use keyring_core::CredentialStore;
use std::sync::Arc;
#[cfg(windows)]
use windows_native_keyring_store::Store;
#[cfg(target_os = "linux")]
use zbus_secret_service_keyring_store::Store;

/// Fails where there is none. It may ask the person to unlock it.
pub(crate) fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(Store::new()?)
}
