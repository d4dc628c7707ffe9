//! The errors that many routes of `files` share (reference §3.0).

use crate::stone::union;

union! {
    /// Why a path could not be read.
    pub open union LookupError {
        MalformedPath(nullable Option<String>) = "malformed_path",
        NotFound = "not_found",
        NotFile = "not_file",
        NotFolder = "not_folder",
        /// A legal block; asking again does not help.
        RestrictedContent = "restricted_content",
        UnsupportedContentType = "unsupported_content_type",
        Locked = "locked",
    }

    /// Why a path could not be written.
    pub open union WriteError {
        MalformedPath(nullable Option<String>) = "malformed_path",
        Conflict(nested WriteConflictError) = "conflict",
        NoWritePermission = "no_write_permission",
        InsufficientSpace = "insufficient_space",
        DisallowedName = "disallowed_name",
        TeamFolder = "team_folder",
        OperationSuppressed = "operation_suppressed",
        TooManyWriteOperations = "too_many_write_operations",
        AccessRestricted = "access_restricted",
        TeamFolderInsufficientSpace = "team_folder_insufficient_space",
        MemberFolderInsufficientSpace = "member_folder_insufficient_space",
        UploadTrafficLimitReached = "upload_traffic_limit_reached",
    }

    /// What stands in the way of a write.
    pub open union WriteConflictError {
        File = "file",
        Folder = "folder",
        /// A file where the path needs a folder.
        FileAncestor = "file_ancestor",
    }
}
