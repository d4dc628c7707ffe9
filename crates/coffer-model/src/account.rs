//! Whose files are shown.

use super::RemotePath;
use super::link::LinkOptions;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Which account to open. Says nothing secret: tokens are in the keyring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountChoice {
    /// The vault on this computer.
    #[default]
    #[serde(rename = "embedded")]
    Local,

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
    /// Whether it is the account on this computer.
    pub is_local: bool,
    pub used_bytes: u64,
    pub allocated_bytes: u64,
    /// What can be chosen for a new link.
    pub link_options: LinkOptions,
}

impl Account {
    /// How full it is when it has so many bytes more. `None` where that is as it was, or the account does not say how much
    /// it may hold.
    pub fn used_after(&self, growth_bytes: i64) -> Option<u64> {
        let changes = growth_bytes != 0 && self.allocated_bytes > 0;
        // Folders of others may not count in this account.
        changes.then(|| self.used_bytes.checked_add_signed(growth_bytes)).flatten()
    }

    /// How many bytes too few are free for so many more, if they do not fit.
    pub fn lacking_bytes(&self, growth_bytes: i64) -> Option<u64> {
        let used = self.used_after(growth_bytes).filter(|_| growth_bytes > 0)?;
        used.checked_sub(self.allocated_bytes).filter(|lacking| *lacking > 0)
    }
}

/// The team of an account whose paths are those of a team space. An account without one has all of its files at the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub name: String,
    /// The member’s own folder in the team space.
    pub home: RemotePath,
    /// The namespace from which the paths start.
    pub path_root: PathRootId,
}

/// The namespace of a team space. Paths that were noted under one root mean nothing under another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathRootId(pub Arc<str>);

#[cfg(test)]
mod tests {
    use super::AccountChoice;
    use crate::Settings;

    #[test]
    fn settings_name_the_local_account_as_they_always_did() {
        let settings: Settings = toml::from_str("[account]\nkind = \"embedded\"").unwrap();
        assert_eq!(settings.account, AccountChoice::Local);
        assert!(toml::to_string(&settings).unwrap().contains("kind = \"embedded\""));
    }
}
