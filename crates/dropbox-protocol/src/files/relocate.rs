//! Copying and moving, one or many, and copy references (reference §3.4).

use super::{LookupError, Metadata, WriteError};
use crate::Timestamp;
use crate::stone::{record, union};

record! {
    pub struct RelocationArg {
        pub from_path: String,
        pub to_path: String,
        /// Without effect, as Dropbox says.
        pub allow_shared_folder: bool = false,
        pub autorename: bool = false,
        /// Only for moves.
        pub allow_ownership_transfer: bool = false,
    }

    pub struct RelocationResult {
        pub metadata: Metadata,
    }

    pub struct RelocationPath {
        pub from_path: String,
        pub to_path: String,
    }

    pub struct CopyBatchArg {
        /// 1 to 1000.
        pub entries: Vec<RelocationPath>,
        pub autorename: bool = false,
    }

    pub struct MoveBatchArg {
        /// 1 to 1000.
        pub entries: Vec<RelocationPath>,
        pub autorename: bool = false,
        pub allow_ownership_transfer: bool = false,
    }

    pub struct RelocationBatchResult {
        /// In the order of the request.
        pub entries: Vec<RelocationBatchResultEntry>,
    }

    pub struct GetCopyReferenceArg {
        pub path: String,
    }

    pub struct GetCopyReferenceResult {
        pub metadata: Metadata,
        pub copy_reference: String,
        pub expires: Timestamp,
    }

    pub struct SaveCopyReferenceArg {
        pub copy_reference: String,
        pub path: String,
    }

    pub struct SaveCopyReferenceResult {
        pub metadata: Metadata,
    }
}

union! {
    pub open union RelocationError {
        FromLookup(nested LookupError) = "from_lookup",
        FromWrite(nested WriteError) = "from_write",
        To(nested WriteError) = "to",
        CantCopySharedFolder = "cant_copy_shared_folder",
        CantNestSharedFolder = "cant_nest_shared_folder",
        CantMoveFolderIntoItself = "cant_move_folder_into_itself",
        /// More than 10,000 items.
        TooManyFiles = "too_many_files",
        DuplicatedOrNestedPaths = "duplicated_or_nested_paths",
        CantTransferOwnership = "cant_transfer_ownership",
        InsufficientQuota = "insufficient_quota",
        InternalError = "internal_error",
        CantMoveSharedFolder = "cant_move_shared_folder",
        CantMoveIntoVault(nested MoveIntoVaultError) = "cant_move_into_vault",
        CantMoveIntoFamily(nested MoveIntoFamilyError) = "cant_move_into_family",
        TeamFolderInsufficientQuota = "team_folder_insufficient_quota",
        MemberFolderInsufficientQuota = "member_folder_insufficient_quota",
    }

    pub open union MoveIntoVaultError {
        IsSharedFolder = "is_shared_folder",
    }

    pub open union MoveIntoFamilyError {
        IsSharedFolder = "is_shared_folder",
    }

    pub closed union RelocationBatchLaunch {
        AsyncJobId(nested String) = "async_job_id",
        Complete(flat RelocationBatchResult) = "complete",
    }

    pub closed union RelocationBatchJobStatus {
        InProgress = "in_progress",
        Complete(flat RelocationBatchResult) = "complete",
    }

    pub open union RelocationBatchResultEntry {
        Success(nested Metadata) = "success",
        Failure(nested RelocationBatchErrorEntry) = "failure",
    }

    pub open union RelocationBatchErrorEntry {
        RelocationError(nested RelocationError) = "relocation_error",
        InternalError = "internal_error",
        TooManyWriteOperations = "too_many_write_operations",
    }

    pub open union GetCopyReferenceError {
        Path(nested LookupError) = "path",
    }

    pub open union SaveCopyReferenceError {
        Path(nested WriteError) = "path",
        InvalidCopyReference = "invalid_copy_reference",
        NoPermission = "no_permission",
        NotFound = "not_found",
        TooManyFiles = "too_many_files",
    }
}
