//! Whose files are shown.

use serde::{Deserialize, Serialize};

/// Which account to open. Says nothing secret: tokens are in the keyring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountChoice {
    /// The vault on this computer.
    #[default]
    Embedded,

    /// An account that was signed in to by OAuth.
    Dropbox {
        account_id: String,
        email: String,
        app_key: String,
        /// One base URL for all roles when it is not the real service.
        api_url: Option<String>,
    },

    /// The server given on the command line (`--api-url`, with its token).
    CommandLine { api_url: String },
}

/// What the account says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub display_name: String,
    pub email: String,
    pub embedded: bool,
    pub used_bytes: u64,
    pub allocated_bytes: u64,
}
