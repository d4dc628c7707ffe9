//! Why a command did not do what it was asked for: in words, as a code for programs, and as the program's exit code.

use coffer_model::{Problem, ProblemKind};
use serde::Serialize;
use std::fmt;
use std::io::{self, ErrorKind};

/// What kind of end it is. The words of the codes and their numbers are a promise to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    Failed,
    Usage,
    Conflict,
    NotFound,
    SignIn,
    Offline,
    Partial,
    Full,
    Interrupted,
    /// Nothing failed: two files that were compared are not the same.
    Different,
}

/// For `--help` and the manual: each exit code and what it means.
pub const EXIT_CODES: &str = "\
Exit codes:
  0    success
  1    other failure; what `diff` compares is not the same
  2    invalid command line, or settings that don’t say which account to use
  3    conflict: the name is taken, or the item has changed
  4    no such file or folder
  5    not signed in
  6    service unreachable
  7    partly done
  8    account or disk full
  130  interrupted (Ctrl+C); run the command again to resume
  143  terminated (SIGTERM); run the command again to resume";

impl FailureCode {
    pub fn exit(self) -> u8 {
        match self {
            Self::Failed | Self::Different => 1,
            Self::Usage => 2,
            Self::Conflict => 3,
            Self::NotFound => 4,
            Self::SignIn => 5,
            Self::Offline => 6,
            Self::Partial => 7,
            Self::Full => 8,
            Self::Interrupted => 130,
        }
    }
}

/// One thing that did not work. `title` says what, `detail` why and what helps.
#[derive(Clone, Debug, Serialize)]
pub struct CommandFailure {
    pub title: String,
    pub detail: String,
    /// In the account, or on this computer.
    pub path: Option<String>,
    pub code: FailureCode,
}

impl CommandFailure {
    pub fn new(code: FailureCode, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { title: title.into(), detail: detail.into(), path: None, code }
    }

    pub fn usage(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(FailureCode::Usage, title, detail)
    }

    /// This computer has refused something.
    pub fn from_io(title: impl Into<String>, error: &io::Error) -> Self {
        let code = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => FailureCode::Full,
            _ => FailureCode::Failed,
        };
        Self::new(code, title, format!("System error: {error}."))
    }

    #[must_use]
    pub fn with_path(mut self, path: impl fmt::Display) -> Self {
        self.path = Some(format!("{path}"));
        self
    }
}

impl fmt::Display for CommandFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. {}", self.title, self.detail)
    }
}

/// Another item has the name, or the item is not what was seen: both are in the way of what was wanted, a conflict.
fn code_of_kind(kind: ProblemKind) -> FailureCode {
    match kind {
        ProblemKind::Unreachable | ProblemKind::NetworkSignIn | ProblemKind::ConnectionLost => {
            FailureCode::Offline
        }
        ProblemKind::TokenExpired
        | ProblemKind::SignedOut
        | ProblemKind::NoAccount
        | ProblemKind::MissingScope => FailureCode::SignIn,
        ProblemKind::AccountFull | ProblemKind::DiskFull | ProblemKind::FileTooLarge => FailureCode::Full,
        ProblemKind::NotFound => FailureCode::NotFound,
        ProblemKind::OutcomeUnknown
        | ProblemKind::NotAFile
        | ProblemKind::NotAFolder
        | ProblemKind::Changed
        | ProblemKind::PathRootGone
        | ProblemKind::RevisionNotFound
        | ProblemKind::LinkNotFound
        | ProblemKind::CursorReset
        | ProblemKind::DuplicatePaths
        | ProblemKind::AlreadyMounted
        | ProblemKind::NameTaken
        | ProblemKind::FolderExists
        | ProblemKind::FileInTheWay
        | ProblemKind::ReservedName
        | ProblemKind::InvalidName
        | ProblemKind::LocalNameTaken
        | ProblemKind::LocalInvalidName => FailureCode::Conflict,
        ProblemKind::UnreadableReply
        | ProblemKind::ServiceFailed
        | ProblemKind::RateLimited
        | ProblemKind::TooManyWrites
        | ProblemKind::ServiceError
        | ProblemKind::Refused
        | ProblemKind::Incomplete
        | ProblemKind::BadRequest
        | ProblemKind::Forbidden
        | ProblemKind::NoAccess
        | ProblemKind::NoWritePermission
        | ProblemKind::TeamPolicy
        | ProblemKind::RestrictedContent
        | ProblemKind::Locked
        | ProblemKind::EmailNotVerified
        | ProblemKind::LinkSettings
        | ProblemKind::LinkExists
        | ProblemKind::TrafficLimit
        | ProblemKind::FolderIntoItself
        | ProblemKind::SharedFolderCopy
        | ProblemKind::SharedFolderMove
        | ProblemKind::MoveNotAllowed
        | ProblemKind::NotMountable
        | ProblemKind::NestedSharedFolder
        | ProblemKind::TooManyItems
        | ProblemKind::NotDownloadable
        | ProblemKind::NoPreview
        | ProblemKind::UploadOutOfStep
        | ProblemKind::ContentMismatch
        | ProblemKind::AccountInUse
        | ProblemKind::AlreadyRunning
        | ProblemKind::LocalNotFound
        | ProblemKind::LocalAccessDenied
        | ProblemKind::LocalIsFolder
        | ProblemKind::LocalNotAFolder
        | ProblemKind::LocalUnreadable
        | ProblemKind::LocalInUse
        | ProblemKind::ReadOnlyDisk
        | ProblemKind::LocalError
        | ProblemKind::DiskDisconnected
        | ProblemKind::NotSupported
        | ProblemKind::InvalidInput
        | ProblemKind::Internal => FailureCode::Failed,
    }
}

impl From<Problem> for CommandFailure {
    fn from(problem: Problem) -> Self {
        let code = code_of_kind(problem.kind);
        let path = problem.path.map(|path| path.to_string());
        Self { title: problem.title, detail: problem.detail, path, code }
    }
}

/// Why a command stops.
#[derive(Debug)]
pub(super) enum CommandError {
    Failed(CommandFailure),
    /// By a signal of this number.
    Interrupted(i32),
}

impl From<CommandFailure> for CommandError {
    fn from(failure: CommandFailure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Problem> for CommandError {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem.into())
    }
}

/// The code of several things of which some failed: nothing at all was done, or the rest was.
pub(super) fn combined_code(failed: &[CommandFailure], anything_done: bool) -> Option<FailureCode> {
    match failed {
        [] => None,
        _ if anything_done => Some(FailureCode::Partial),
        [first, rest @ ..] if rest.iter().all(|failure| failure.code == first.code) => Some(first.code),
        _ => Some(FailureCode::Failed),
    }
}
