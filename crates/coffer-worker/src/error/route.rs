//! What kind of failure each error of a route is. Every match is over all members of its union, so that one that is
//! added to the wire has to be judged here as well.

use super::Classify;
use coffer_model::ProblemKind as Kind;
use dropbox_protocol::files::{
    CreateFolderEntryError, CreateFolderError, DeleteError, DownloadError, DownloadZipError, ExportError,
    GetMetadataError, GetThumbnailBatchError, ListFolderContinueError, ListFolderError,
    ListFolderLongpollError, ListRevisionsError, LookupError, PreviewError, RelocationBatchErrorEntry,
    RelocationError, RestoreError, SearchError, ThumbnailV2Error, WriteConflictError, WriteError,
};
use dropbox_protocol::job::PollError;
use dropbox_protocol::sharing::{
    CreateSharedLinkWithSettingsError, ListFoldersContinueError, ListSharedLinksError,
    ModifySharedLinkSettingsError, MountFolderError, RevokeSharedLinkError, SharedFolderAccessError,
    UnmountFolderError,
};
use dropbox_protocol::users::GetAccountBatchError;

/// Of routes that refuse nothing in words of their own.
impl Classify for () {
    fn kind(&self) -> Kind {
        Kind::Refused
    }
}

impl Classify for LookupError {
    fn kind(&self) -> Kind {
        match self {
            Self::MalformedPath(_) => Kind::InvalidName,
            Self::NotFound => Kind::NotFound,
            Self::NotFile => Kind::NotAFile,
            Self::NotFolder => Kind::NotAFolder,
            Self::RestrictedContent => Kind::RestrictedContent,
            Self::UnsupportedContentType => Kind::NotDownloadable,
            Self::Locked => Kind::Locked,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for WriteError {
    fn kind(&self) -> Kind {
        match self {
            Self::MalformedPath(_) => Kind::InvalidName,
            Self::Conflict(conflict) => conflict.kind(),
            Self::NoWritePermission | Self::AccessRestricted => Kind::NoWritePermission,
            Self::InsufficientSpace
            | Self::TeamFolderInsufficientSpace
            | Self::MemberFolderInsufficientSpace => Kind::AccountFull,
            Self::DisallowedName => Kind::ReservedName,
            Self::TeamFolder | Self::OperationSuppressed => Kind::TeamPolicy,
            Self::TooManyWriteOperations => Kind::TooManyWrites,
            Self::UploadTrafficLimitReached => Kind::TrafficLimit,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for WriteConflictError {
    fn kind(&self) -> Kind {
        match self {
            Self::Folder => Kind::FolderExists,
            Self::FileAncestor => Kind::FileInTheWay,
            Self::File | Self::Other => Kind::NameTaken,
        }
    }
}

/// A write to an item that was seen: a file in conflict with it is the item itself, changed since.
fn kind_of_write_to(error: &WriteError) -> Kind {
    match error {
        WriteError::Conflict(WriteConflictError::File) => Kind::Changed,
        error => error.kind(),
    }
}

impl Classify for GetMetadataError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
        }
    }
}

impl Classify for ListFolderError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::TemplateError(_) | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for ListFolderContinueError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::Reset => Kind::CursorReset,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for ListFolderLongpollError {
    fn kind(&self) -> Kind {
        match self {
            Self::Reset => Kind::CursorReset,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for SearchError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::InternalError => Kind::ServiceError,
            Self::InvalidArgument(_) | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for ListRevisionsError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::InvalidBeforeRev | Self::BeforeRevNotSupported | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for RestoreError {
    fn kind(&self) -> Kind {
        match self {
            Self::PathLookup(error) => error.kind(),
            Self::PathWrite(error) => kind_of_write_to(error),
            Self::InvalidRevision => Kind::RevisionNotFound,
            Self::InProgress => Kind::ServiceError,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for CreateFolderError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
        }
    }
}

impl Classify for CreateFolderEntryError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for DeleteError {
    fn kind(&self) -> Kind {
        match self {
            Self::PathLookup(error) => error.kind(),
            Self::PathWrite(error) => kind_of_write_to(error),
            Self::TooManyWriteOperations => Kind::TooManyWrites,
            Self::TooManyFiles => Kind::TooManyItems,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for RelocationError {
    fn kind(&self) -> Kind {
        match self {
            Self::FromLookup(error) => error.kind(),
            Self::FromWrite(error) | Self::To(error) => error.kind(),
            Self::CantCopySharedFolder => Kind::SharedFolderCopy,
            Self::CantNestSharedFolder | Self::CantMoveSharedFolder => Kind::SharedFolderMove,
            Self::CantMoveFolderIntoItself => Kind::FolderIntoItself,
            Self::TooManyFiles => Kind::TooManyItems,
            Self::DuplicatedOrNestedPaths => Kind::DuplicatePaths,
            Self::CantTransferOwnership | Self::CantMoveIntoVault(_) | Self::CantMoveIntoFamily(_) => {
                Kind::MoveNotAllowed
            }
            Self::InsufficientQuota
            | Self::TeamFolderInsufficientQuota
            | Self::MemberFolderInsufficientQuota => Kind::AccountFull,
            Self::InternalError => Kind::ServiceError,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for RelocationBatchErrorEntry {
    fn kind(&self) -> Kind {
        match self {
            Self::RelocationError(error) => error.kind(),
            Self::InternalError => Kind::ServiceError,
            Self::TooManyWriteOperations => Kind::TooManyWrites,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for PollError {
    fn kind(&self) -> Kind {
        match self {
            Self::InternalError => Kind::ServiceError,
            Self::InvalidAsyncJobId | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for DownloadError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::UnsupportedFile => Kind::NotDownloadable,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for ExportError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::NonExportable | Self::InvalidExportFormat => Kind::NotDownloadable,
            Self::RetryError => Kind::ServiceError,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for DownloadZipError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::TooLarge | Self::TooManyFiles => Kind::TooManyItems,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for PreviewError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::InProgress | Self::UnsupportedExtension | Self::UnsupportedContent => Kind::NoPreview,
        }
    }
}

impl Classify for ThumbnailV2Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::UnsupportedExtension
            | Self::UnsupportedImage
            | Self::EncryptedContent
            | Self::ConversionError
            | Self::UnsupportedOutputFormat => Kind::NoPreview,
            Self::AccessDenied => Kind::Forbidden,
            Self::NotFound => Kind::NotFound,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for GetThumbnailBatchError {
    fn kind(&self) -> Kind {
        match self {
            Self::TooManyFiles => Kind::TooManyItems,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for CreateSharedLinkWithSettingsError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::EmailNotVerified => Kind::EmailNotVerified,
            Self::SharedLinkAlreadyExists(_) => Kind::LinkExists,
            Self::SettingsError(_) => Kind::LinkSettings,
            Self::AccessDenied => Kind::NoWritePermission,
            Self::BannedMember => Kind::Forbidden,
            Self::TooManySharedFolders => Kind::TooManyItems,
        }
    }
}

impl Classify for ModifySharedLinkSettingsError {
    fn kind(&self) -> Kind {
        match self {
            Self::SharedLinkNotFound => Kind::LinkNotFound,
            Self::SharedLinkAccessDenied => Kind::Forbidden,
            Self::SettingsError(_) => Kind::LinkSettings,
            Self::EmailNotVerified => Kind::EmailNotVerified,
            Self::UnsupportedLinkType | Self::UnsupportedParameterField | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for ListSharedLinksError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(error) => error.kind(),
            Self::Reset => Kind::CursorReset,
            Self::PermissionDenied => Kind::Forbidden,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for GetAccountBatchError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoAccount(_) => Kind::NotFound,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for ListFoldersContinueError {
    fn kind(&self) -> Kind {
        match self {
            Self::InvalidCursor => Kind::CursorReset,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for SharedFolderAccessError {
    fn kind(&self) -> Kind {
        match self {
            Self::InvalidId => Kind::NotFound,
            Self::NotAMember | Self::InvalidMember => Kind::NoAccess,
            Self::EmailUnverified => Kind::EmailNotVerified,
            Self::Unmounted => Kind::Changed,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for MountFolderError {
    fn kind(&self) -> Kind {
        match self {
            Self::AccessError(error) => error.kind(),
            Self::InsideSharedFolder => Kind::NestedSharedFolder,
            Self::InsufficientQuota(_) => Kind::AccountFull,
            Self::AlreadyMounted => Kind::AlreadyMounted,
            Self::NoPermission => Kind::NoAccess,
            Self::NotMountable | Self::MustAutomount => Kind::NotMountable,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for UnmountFolderError {
    fn kind(&self) -> Kind {
        match self {
            Self::AccessError(error) => error.kind(),
            Self::NoPermission => Kind::Forbidden,
            Self::NotUnmountable => Kind::NotMountable,
            Self::Other => Kind::Refused,
        }
    }
}

impl Classify for RevokeSharedLinkError {
    fn kind(&self) -> Kind {
        match self {
            Self::SharedLinkNotFound | Self::SharedLinkMalformed => Kind::LinkNotFound,
            Self::SharedLinkAccessDenied => Kind::NoWritePermission,
            Self::UnsupportedLinkType | Self::UnsupportedParameterField | Self::Other => Kind::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Classify;
    use coffer_model::ProblemKind as Kind;
    use dropbox_protocol::files::{
        DeleteError, RelocationError, RestoreError, WriteConflictError, WriteError,
    };

    #[test]
    fn a_file_in_conflict_is_a_changed_one_where_it_was_to_be_deleted_and_another_one_elsewhere() {
        let conflict = || WriteError::Conflict(WriteConflictError::File);
        assert_eq!(conflict().kind(), Kind::NameTaken);
        assert_eq!(RelocationError::To(conflict()).kind(), Kind::NameTaken);
        assert_eq!(DeleteError::PathWrite(conflict()).kind(), Kind::Changed);
        assert_eq!(RestoreError::PathWrite(conflict()).kind(), Kind::Changed);
        let folder = WriteError::Conflict(WriteConflictError::Folder);
        assert_eq!(RestoreError::PathWrite(folder).kind(), Kind::FolderExists);
    }

    #[test]
    fn the_account_is_full_wherever_the_service_says_so() {
        for error in [
            WriteError::InsufficientSpace,
            WriteError::TeamFolderInsufficientSpace,
            WriteError::MemberFolderInsufficientSpace,
        ] {
            assert_eq!(error.kind(), Kind::AccountFull);
        }
        assert_eq!(RelocationError::MemberFolderInsufficientQuota.kind(), Kind::AccountFull);
    }
}
