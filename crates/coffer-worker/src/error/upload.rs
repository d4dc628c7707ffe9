//! What kind of failure each error of the routes that upload is. Every match is over all members of its union.

use super::Classify;
use coffer_model::ProblemKind as Kind;
use dropbox_protocol::files::{
    InvalidPropertyGroupError, UploadError, UploadSessionAppendBatchEntryError,
    UploadSessionAppendBatchError, UploadSessionAppendError, UploadSessionFinishError,
    UploadSessionLookupError, UploadSessionStartError,
};

impl Classify for UploadError {
    fn kind(&self) -> Kind {
        match self {
            Self::Path(failed) => failed.reason.kind(),
            Self::PropertiesError(error) => error.kind(),
            Self::ContentHashMismatch => Kind::ContentMismatch,
            Self::PayloadTooLarge | Self::EncryptionNotSupported | Self::Other => Kind::Refused,
        }
    }
}

/// We attach no properties.
impl Classify for InvalidPropertyGroupError {
    fn kind(&self) -> Kind {
        Kind::Refused
    }
}

impl Classify for UploadSessionStartError {
    fn kind(&self) -> Kind {
        match self {
            Self::ContentHashMismatch => Kind::ContentMismatch,
            Self::ConcurrentSessionDataNotAllowed
            | Self::ConcurrentSessionCloseNotAllowed
            | Self::PayloadTooLarge
            | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for UploadSessionAppendError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::IncorrectOffset(_)
            | Self::Closed
            | Self::ConcurrentSessionInvalidOffset
            | Self::ConcurrentSessionInvalidDataSize => Kind::UploadOutOfStep,
            Self::ContentHashMismatch => Kind::ContentMismatch,
            Self::TooLarge | Self::PayloadTooLarge | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for UploadSessionLookupError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::IncorrectOffset(_)
            | Self::Closed
            | Self::NotClosed
            | Self::ConcurrentSessionInvalidOffset
            | Self::ConcurrentSessionInvalidDataSize => Kind::UploadOutOfStep,
            Self::TooLarge | Self::PayloadTooLarge | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for UploadSessionFinishError {
    fn kind(&self) -> Kind {
        match self {
            Self::LookupFailed(error) => error.kind(),
            Self::Path(error) => error.kind(),
            Self::PropertiesError(error) => error.kind(),
            Self::TooManyWriteOperations => Kind::TooManyWrites,
            Self::ConcurrentSessionNotClosed | Self::ConcurrentSessionMissingData => Kind::UploadOutOfStep,
            Self::ContentHashMismatch => Kind::ContentMismatch,
            Self::TooManySharedFolderTargets
            | Self::ConcurrentSessionDataNotAllowed
            | Self::PayloadTooLarge
            | Self::EncryptionNotSupported
            | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for UploadSessionAppendBatchError {
    fn kind(&self) -> Kind {
        match self {
            Self::ContentHashMismatch | Self::LengthMismatch => Kind::ContentMismatch,
            Self::PayloadTooLarge | Self::Other => Kind::Refused,
        }
    }
}

impl Classify for UploadSessionAppendBatchEntryError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::IncorrectOffset(_)
            | Self::Closed
            | Self::ConcurrentSessionInvalidOffset
            | Self::ConcurrentSessionInvalidDataSize => Kind::UploadOutOfStep,
            Self::TooLarge | Self::Other => Kind::Refused,
        }
    }
}
