//! Folders that others share with the person, whether they are in the person’s Dropbox or not.

use super::{ItemAccess, RemotePath};
use std::sync::Arc;

/// A shared folder that can be added to the person’s Dropbox (mounted), or that is in it and can be removed. Others keep
/// it either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountableFolder {
    /// Its namespace, which stays the same wherever it is.
    pub id: Arc<str>,

    pub name: String,

    pub access: ItemAccess,

    /// Where it is in the person’s Dropbox, or was; none if it is not there.
    pub path: Option<RemotePath>,

    /// Who owns it, as far as the service says.
    pub owners: Vec<String>,
}
