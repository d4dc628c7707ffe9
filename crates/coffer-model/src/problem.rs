//! What went wrong: in words for a person, and as a kind that decides which button helps and how the program goes on.
//! The worker makes problems from errors; nobody else does.

use super::RemotePath;
use serde::{Deserialize, Serialize};

/// A failure as it is shown: what happened, why, and what can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub kind: ProblemKind,

    /// One plain sentence without a final period: "“Budget.csv” could not be uploaded".
    pub title: String,

    /// Why, and what to do; one or two sentences.
    pub detail: String,

    /// The item it is about.
    pub path: Option<RemotePath>,

    /// What came with the reply, where there was one.
    pub reply: Option<Box<ReplyDetails>>,

    /// The error and its causes, for the log. Never shown.
    pub source: Option<Box<str>>,
}

impl Problem {
    /// A problem of no item and without a cause to log.
    pub fn new(kind: ProblemKind, title: impl Into<String>, detail: impl Into<String>) -> Self {
        let (title, detail) = (title.into(), detail.into());
        Self { kind, title, detail, path: None, reply: None, source: None }
    }

    /// The button that helps.
    pub fn recovery(&self) -> Recovery {
        self.kind.recovery()
    }

    pub fn request_id(&self) -> Option<&str> {
        self.reply.as_ref()?.request_id.as_deref()
    }

    pub fn sign_in_page(&self) -> Option<&str> {
        self.reply.as_ref()?.sign_in_page.as_deref()
    }
}

/// What a reply that was a failure says beyond its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyDetails {
    /// `X-Dropbox-Request-Id`, to quote when asking for help.
    pub request_id: Option<String>,

    /// The page on which a network asks to sign in.
    pub sign_in_page: Option<String>,
}

/// What kind of failure it is. The names are stable: they are written to disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    // The way to the service.
    /// There is no connection; nothing was done.
    Unreachable,
    /// The network wants a person to sign in on a web page first (a captive portal), or a proxy does; nothing was done.
    NetworkSignIn,
    /// The connection broke: it is unknown whether anything was done.
    ConnectionLost,
    /// The answer came, but can't be read: it is unknown whether anything was done.
    UnreadableReply,
    /// The service failed (5xx): it is unknown whether anything was done.
    ServiceFailed,
    /// The service asked to slow down (429).
    RateLimited,
    /// Somebody else writes to the account; nothing was done.
    TooManyWrites,
    /// The service says that it could not do it this time.
    ServiceError,
    /// The service refused in a way that this version does not know.
    Refused,
    /// The service did not understand the program: a mistake of ours.
    BadRequest,
    /// The answer to a change was lost, and the change has to be looked for.
    OutcomeUnknown,

    // Who asks.
    /// The access token has expired, and could not be renewed.
    TokenExpired,
    /// Only signing in again helps.
    SignedOut,
    /// No account is open.
    NoAccount,
    /// Another program has the local account open, and it is waited for.
    AccountInUse,
    /// The app has no permission for it (scope).
    MissingScope,
    /// The account may not do it.
    Forbidden,
    /// The person sees that there is such a folder, and nothing in it.
    NoAccess,
    /// The item may be looked at, but not changed.
    NoWritePermission,
    /// The team space in which the path was noted is not the account's any more.
    PathRootGone,
    /// The team's rules are against it.
    TeamPolicy,
    /// Blocked for legal reasons.
    RestrictedContent,
    /// Somebody has locked the file.
    Locked,
    /// The e-mail address has not been confirmed.
    EmailNotVerified,
    /// The account may not make such links.
    LinkSettings,

    // What is there, and what is not.
    NotFound,
    NotAFile,
    NotAFolder,
    /// The item has changed since it was seen.
    Changed,
    /// The person has stopped it half-way.
    Incomplete,
    RevisionNotFound,
    LinkNotFound,
    /// The item has a link already.
    LinkExists,
    /// The service has forgotten where a listing stood.
    CursorReset,
    /// Two of the items are one, or one is in the other.
    DuplicatePaths,
    /// Another item has the name.
    NameTaken,
    /// A folder has the name.
    FolderExists,
    /// A file stands where a folder is needed.
    FileInTheWay,
    /// The service keeps the name for itself.
    ReservedName,
    /// The service does not accept the name.
    InvalidName,

    // What may not be done with it.
    AccountFull,
    /// The account has uploaded as much as it may for now.
    TrafficLimit,
    FolderIntoItself,
    SharedFolderCopy,
    SharedFolderMove,
    /// Not to that place, or not with its owner.
    MoveNotAllowed,
    /// The shared folder is in the person's Dropbox already.
    AlreadyMounted,
    /// The shared folder can't be added to, or removed from, the person's Dropbox by itself.
    NotMountable,
    /// A shared folder would come to be inside another one.
    NestedSharedFolder,
    TooManyItems,
    /// It can be opened on the web only.
    NotDownloadable,
    /// There is no picture of it.
    NoPreview,

    // Uploads and downloads.
    /// The service has other bytes of the upload than it should.
    UploadOutOfStep,
    /// What arrived is not what was sent.
    ContentMismatch,
    /// Another run has the transfer already.
    AlreadyRunning,

    // This computer.
    LocalNotFound,
    LocalAccessDenied,
    LocalNameTaken,
    LocalIsFolder,
    LocalNotAFolder,
    LocalInvalidName,
    /// A file could not be read, or changed while it was.
    LocalUnreadable,
    /// Another program works with the file, or has put others beside it.
    LocalInUse,
    DiskFull,
    /// The disk that a download goes to is not there.
    DiskDisconnected,
    /// The disk cannot hold a file of this size.
    FileTooLarge,
    ReadOnlyDisk,
    /// Any other failure of this computer.
    LocalError,
    /// This computer has no program, dialog or clipboard for it.
    NotSupported,

    // The program.
    /// What was asked for makes no sense: a wrong code, a bad address.
    InvalidInput,
    /// A mistake of ours.
    Internal,
}

impl ProblemKind {
    /// The service cannot be reached; it is tried again by itself.
    pub fn is_offline(self) -> bool {
        matches!(self, Self::Unreachable | Self::NetworkSignIn | Self::ConnectionLost)
    }

    /// The service does not answer, or says that it can't.
    pub fn is_away(self) -> bool {
        self.is_offline() || self == Self::ServiceFailed
    }

    pub fn needs_sign_in(self) -> bool {
        matches!(self, Self::TokenExpired | Self::SignedOut | Self::NoAccount | Self::MissingScope)
    }

    /// The account or the disk is full.
    pub fn is_full(self) -> bool {
        matches!(self, Self::AccountFull | Self::DiskFull | Self::FileTooLarge)
    }

    /// Every other file of a transfer would end the same. Where there is no room for one file there may be some for
    /// others.
    pub fn ends_transfer(self) -> bool {
        self.is_offline() || self.needs_sign_in() || self == Self::PathRootGone
    }

    /// The same again may go well, now or when the cause has gone. What is unfinished is kept for it.
    pub fn may_succeed_later(self) -> bool {
        self.is_offline() || self.needs_sign_in() || self.is_full() || self.may_succeed_at_once()
    }

    /// What was seen of the account is not as it is now.
    pub fn is_outdated(self) -> bool {
        matches!(
            self,
            Self::OutcomeUnknown
                | Self::NotFound
                | Self::NotAFile
                | Self::NotAFolder
                | Self::PathRootGone
                | Self::Changed
                | Self::RevisionNotFound
                | Self::LinkNotFound
                | Self::CursorReset
                | Self::AlreadyMounted
                | Self::DuplicatePaths
        )
    }

    /// It is unknown whether what was asked for was done.
    pub fn is_unsure(self) -> bool {
        matches!(
            self,
            Self::OutcomeUnknown | Self::ConnectionLost | Self::UnreadableReply | Self::ServiceFailed
        )
    }

    /// Another item has the name that was wanted.
    pub fn is_name_conflict(self) -> bool {
        matches!(self, Self::NameTaken | Self::FolderExists | Self::LocalNameTaken)
    }

    /// Another try may help, and nothing has to be done before.
    pub fn may_succeed_at_once(self) -> bool {
        matches!(
            self,
            Self::UnreadableReply
                | Self::ServiceFailed
                | Self::RateLimited
                | Self::TooManyWrites
                | Self::ServiceError
                | Self::Refused
                | Self::Locked
                | Self::LinkExists
                | Self::TrafficLimit
                | Self::UploadOutOfStep
                | Self::ContentMismatch
                | Self::LocalUnreadable
                | Self::LocalError
                | Self::DiskDisconnected
                | Self::Internal
        )
    }

    /// The button that helps.
    pub fn recovery(self) -> Recovery {
        match self {
            Self::Unreachable | Self::ConnectionLost => Recovery::Offline,
            Self::NetworkSignIn => Recovery::NetworkSignIn,
            Self::TokenExpired | Self::SignedOut | Self::NoAccount | Self::MissingScope => Recovery::SignIn,
            Self::UnreadableReply
            | Self::ServiceFailed
            | Self::RateLimited
            | Self::TooManyWrites
            | Self::ServiceError
            | Self::Refused
            | Self::Incomplete
            | Self::Locked
            | Self::LinkExists
            | Self::TrafficLimit
            | Self::UploadOutOfStep
            | Self::ContentMismatch
            | Self::LocalUnreadable
            | Self::LocalError
            | Self::DiskDisconnected
            | Self::Internal => Recovery::Retry,
            Self::OutcomeUnknown
            | Self::NotFound
            | Self::NotAFile
            | Self::NotAFolder
            | Self::PathRootGone
            | Self::Changed
            | Self::RevisionNotFound
            | Self::LinkNotFound
            | Self::CursorReset
            | Self::AlreadyMounted
            | Self::DuplicatePaths => Recovery::Refresh,
            Self::NameTaken
            | Self::FolderExists
            | Self::FileInTheWay
            | Self::ReservedName
            | Self::InvalidName
            | Self::LocalNameTaken
            | Self::LocalInvalidName => Recovery::Rename,
            Self::AccountFull | Self::DiskFull | Self::FileTooLarge => Recovery::Space,
            Self::BadRequest
            | Self::Forbidden
            | Self::NoAccess
            | Self::NoWritePermission
            | Self::TeamPolicy
            | Self::RestrictedContent
            | Self::EmailNotVerified
            | Self::LinkSettings
            | Self::FolderIntoItself
            | Self::SharedFolderCopy
            | Self::SharedFolderMove
            | Self::MoveNotAllowed
            | Self::NotMountable
            | Self::NestedSharedFolder
            | Self::TooManyItems
            | Self::NotDownloadable
            | Self::NoPreview
            | Self::AccountInUse
            | Self::LocalInUse
            | Self::AlreadyRunning
            | Self::LocalNotFound
            | Self::LocalAccessDenied
            | Self::LocalIsFolder
            | Self::LocalNotAFolder
            | Self::ReadOnlyDisk
            | Self::NotSupported
            | Self::InvalidInput => Recovery::None,
        }
    }
}

/// The one button that helps. It follows from the kind; the program decides by the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing to press: the text says all.
    None,
    /// Trying again may help: "Retry".
    Retry,
    /// The service cannot be reached: "Retry", and it is tried again by itself.
    Offline,
    /// The network asks for a sign-in: "Open sign-in page", and it is tried again by itself.
    NetworkSignIn,
    /// The sign-in ended: "Sign in again…".
    SignIn,
    /// The item changed or went away meanwhile: "Refresh".
    Refresh,
    /// Another name helps: "Rename…".
    Rename,
    /// The account or the disk is full: nothing to press.
    Space,
}

#[cfg(test)]
mod tests {
    use super::{ProblemKind, Recovery};

    #[test]
    fn what_is_kept_for_another_try_has_a_button_or_a_cause_that_goes_away() {
        let check = |kind: ProblemKind, recovery, later, ends| {
            assert_eq!(
                (kind.recovery(), kind.may_succeed_later(), kind.ends_transfer()),
                (recovery, later, ends)
            );
        };
        check(ProblemKind::Unreachable, Recovery::Offline, true, true);
        check(ProblemKind::SignedOut, Recovery::SignIn, true, true);
        check(ProblemKind::AccountFull, Recovery::Space, true, false);
        check(ProblemKind::DiskFull, Recovery::Space, true, false);
        check(ProblemKind::FileTooLarge, Recovery::Space, true, false);
        check(ProblemKind::ServiceFailed, Recovery::Retry, true, false);
        check(ProblemKind::Changed, Recovery::Refresh, false, false);
        check(ProblemKind::PathRootGone, Recovery::Refresh, false, true);
        check(ProblemKind::NameTaken, Recovery::Rename, false, false);
        check(ProblemKind::Forbidden, Recovery::None, false, false);
    }
}
