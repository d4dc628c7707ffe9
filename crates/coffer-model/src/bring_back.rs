//! Bringing a folder back to what it was: what is asked for, and what that would do.

use super::{Amount, OnExisting, RemotePath, SinceThen};
use coffer_texts::tr;
use jiff::Timestamp;
use std::ffi::OsString;
use std::path::PathBuf;

/// What is brought back of a folder, and where to.
#[derive(Clone, Debug, PartialEq)]
pub struct BringBack {
    pub folder: RemotePath,
    pub at: Timestamp,
    /// Paths of then, each with everything below it; none: everything in the folder.
    pub items: Vec<RemotePath>,
    /// What is not wanted of them, each with everything below it.
    pub left_out: Vec<RemotePath>,
    pub place: BringBackPlace,
}

impl BringBack {
    /// The whole folder, where it was.
    pub fn of_folder(folder: RemotePath, at: Timestamp) -> Self {
        Self {
            folder,
            at,
            items: Vec::new(),
            left_out: Vec::new(),
            place: BringBackPlace::InPlace(NewItems::Stay),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BringBackPlace {
    /// Everything is again where it was, as it was.
    InPlace(NewItems),
    /// The items of then are in a new folder, and nothing else changes. A name that is taken gets a number.
    Beside(RemotePath),
    /// The items of then are downloaded ([`PastDownload`]), and nothing changes in the account.
    ThisComputer,
}

/// What becomes of items that were made since the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewItems {
    Stay,
    /// They are moved into this new folder. A name that is taken gets a number.
    Aside(RemotePath),
}

impl NewItems {
    /// Into a new folder beside theirs.
    pub fn aside(folder: &RemotePath, at: Timestamp) -> Self {
        let date = at.strftime("%Y-%m-%d").to_string();
        let name = tr!("folder-new-since", folder = folder.display_name(), date = date);
        Self::Aside(folder.parent().unwrap_or_default().join(&name))
    }
}

/// A download of items as they were. Each run of it works out anew which ones those are.
#[derive(Clone, Debug, PartialEq)]
pub struct PastDownload {
    /// Its place is this computer.
    pub wanted: BringBack,
    /// The local folder into which the items come; if everything is wanted, the folder with all of it.
    pub folder: PathBuf,
    /// The name that the folder with everything gets instead of its own.
    pub name: Option<OsString>,
    pub existing: OnExisting,
}

/// What bringing back would do. Of files that are moved and changed, both count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BringBackPlan {
    /// What is restored because it is deleted.
    pub deleted: Amount,
    /// What gets its version of then.
    pub changed: Amount,
    /// Files that get their old names and places, by themselves or with their folders.
    pub moved: u64,
    /// What is copied as it is now, into a new folder.
    pub copied: Amount,
    /// What is downloaded in its version of then.
    pub downloaded: Amount,
    /// Files that were made since and stay.
    pub added: u64,
    /// Files that were made since and are moved aside.
    pub aside: u64,
    /// Files of which nobody knows what they were.
    pub unknown: Vec<RemotePath>,
    /// Files of which the service does not keep the version of then.
    pub not_kept: Vec<RemotePath>,
    /// How many bytes more the account has afterwards.
    pub growth_bytes: i64,
    /// What is changed, in the order of the paths, with the size of then.
    pub items: Vec<BringBackItem>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BringBackItem {
    pub path: RemotePath,
    pub is_folder: bool,
    pub size_bytes: u64,
    pub since: SinceThen,
}

impl BringBackPlan {
    /// How many files are brought back or downloaded.
    pub fn files(&self) -> u64 {
        self.deleted.files + self.changed.files + self.moved + self.copied.files + self.downloaded.files
    }
}
