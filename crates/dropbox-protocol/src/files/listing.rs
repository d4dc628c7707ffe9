//! Listing folders and following changes (reference §3.2).

use super::{LookupError, Metadata, TemplateError, TemplateFilter};
use crate::stone::{record, union};
use crate::{ReadableList, Secret};

record! {
    pub struct ListFolderArg {
        /// A path, an id, or the empty text for the root.
        pub path: String,
        pub recursive: bool = false,
        /// Without effect since 2019.
        pub include_media_info: bool = false,
        pub include_deleted: bool = false,
        pub include_has_explicit_shared_members: bool = false,
        pub include_mounted_folders: bool = true,
        /// Entries in a page, 1 to 2000; only a hint.
        pub limit: Option<u32> = None,
        /// Lists what the link leads to; `path` is then relative to it.
        pub shared_link: Option<SharedLink> = None,
        pub include_property_groups: Option<TemplateFilter> = None,
        pub include_non_downloadable_files: bool = true,
        pub include_restorable_info: bool = false,
    }

    pub struct SharedLink {
        pub url: String,
        pub password: Option<Secret> = None,
    }

    pub struct ListFolderContinueArg {
        pub cursor: String,
    }

    pub struct ListFolderResult {
        pub entries: ReadableList<Metadata>,
        pub cursor: String,
        /// Whether to ask on at once. May be true though `entries` is empty.
        pub has_more: bool,
    }

    pub struct ListFolderGetLatestCursorResult {
        pub cursor: String,
    }

    pub struct ListFolderLongpollArg {
        pub cursor: String,
        /// Seconds, 30 to 480.
        pub timeout: u64 = 30,
    }

    pub struct ListFolderLongpollResult {
        pub changes: bool,
        /// Seconds to wait before the next longpoll.
        pub backoff: Option<u64> = None,
    }
}

union! {
    pub open union ListFolderError {
        Path(nested LookupError) = "path",
        TemplateError(nested TemplateError) = "template_error",
    }

    pub open union ListFolderContinueError {
        Path(nested LookupError) = "path",
        /// The cursor is no longer good; list again from the start.
        Reset = "reset",
    }

    pub open union ListFolderLongpollError {
        Reset = "reset",
    }
}
