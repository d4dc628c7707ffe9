//! The one place where failures become words for a person: what happened, why, what helps. It goes by the kind of an
//! error, never by its text. Titles name the item; they are given by the jobs.

use super::error::{Classify, HasReply};
use coffer_model::{Problem, ProblemKind, RemotePath, ReplyDetails};
use std::error::Error;
use std::fmt::Debug;
use std::io;

/// Where people begin with Dropbox.
const START_PAGE: &str = "https://www.dropbox.com/";

/// What a failure is about: the sentence that opens it, and the item.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    title: String,
    path: Option<RemotePath>,
}

/// "“Budget.csv” could not be …"; `done` is the rest of that sentence.
pub(crate) fn item(path: &RemotePath, done: &str) -> Subject {
    let title = if path.is_root() {
        format!("Your files could not be {done}")
    } else {
        format!("“{}” could not be {done}", path.name())
    };
    Subject { title, path: Some(path.clone()) }
}

/// A failure of something that is no item.
pub(crate) fn general(title: impl Into<String>) -> Subject {
    Subject { title: title.into(), path: None }
}

impl Subject {
    /// The service refused, or could not be reached.
    pub(crate) fn call(self, error: &impl HasReply) -> Problem {
        let mut problem = self.because(error.kind(), words_for_kind(error.kind()));
        let request_id = error.request_id().map(str::to_owned);
        // A network answers any address with its page.
        let sign_in_page = (problem.kind == ProblemKind::NetworkSignIn)
            .then(|| error.sign_in_page().unwrap_or(START_PAGE).to_owned());
        let details = ReplyDetails { request_id, sign_in_page };
        problem.reply = (details != ReplyDetails::default()).then(|| Box::new(details));
        report(problem, error.to_string())
    }

    /// One entry of a batch was refused.
    pub(crate) fn entry(self, error: &(impl Classify + Debug)) -> Problem {
        report(self.because(error.kind(), words_for_kind(error.kind())), format!("{error:?}"))
    }

    /// Something on this computer failed.
    pub(crate) fn local(self, error: &io::Error) -> Problem {
        let kind = kind_of_io(error);
        let detail = match kind {
            ProblemKind::LocalError => format!("System error: {error}."),
            kind => words_for_kind(kind).to_owned(),
        };
        report(self.because(kind, detail), chain(error))
    }

    pub(crate) fn because(self, kind: ProblemKind, detail: impl Into<String>) -> Problem {
        Problem { path: self.path, ..Problem::new(kind, self.title, detail) }
    }
}

/// Keeps the cause of a problem and writes it to the log, with the title that the person sees.
fn report(problem: Problem, source: String) -> Problem {
    tracing::info!(title = %problem.title, kind = ?problem.kind, %source, "reported error");
    Problem { source: Some(source.into()), ..problem }
}

/// An error and its causes.
fn chain(error: &dyn Error) -> String {
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        chain = format!("{chain}: {error}");
        cause = error.source();
    }
    chain
}

/// A failure of a file on this computer.
pub(crate) fn local_file(title: impl Into<String>, error: &io::Error, path: Option<&RemotePath>) -> Problem {
    Subject { title: title.into(), path: path.cloned() }.local(error)
}

/// The name of a kind, as it is on disk.
pub(crate) fn kind_word(kind: ProblemKind) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A problem that was kept on disk.
pub(crate) fn from_columns(kind: &str, title: String, detail: String) -> Problem {
    Problem::new(serde_json::from_value(kind.into()).unwrap_or(ProblemKind::Refused), title, detail)
}

/// A mistake of ours.
pub(crate) fn internal() -> Problem {
    general("Something went wrong inside Coffer").because(
        ProblemKind::Internal,
        "This is a bug in Coffer. Everything already confirmed is safe; see the log for details.",
    )
}

pub(crate) fn no_account() -> Problem {
    general("No account is open").because(ProblemKind::NoAccount, "Choose an account first.")
}

/// The token has ended.
pub(crate) fn signed_out() -> Problem {
    general("You are signed out").because(
        ProblemKind::SignedOut,
        "Your sign-in has expired. Sign in again to continue; nothing is lost.",
    )
}

/// Why, and what helps, for each kind of failure.
pub(crate) fn words_for_kind(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Unreachable => "Dropbox can’t be reached. Check your connection.",
        ProblemKind::NetworkSignIn => {
            "This network asks you to sign in first. Open its sign-in page in your browser, then try again."
        }
        ProblemKind::ConnectionLost => "The connection was lost before Dropbox answered.",
        ProblemKind::UnreadableReply => {
            "Dropbox answered in a way that Coffer can’t read. The log says more."
        }
        ProblemKind::ServiceFailed => "Dropbox is having problems. Try again in a moment.",
        ProblemKind::RateLimited => "Dropbox asked Coffer to slow down. Try again in a moment.",
        ProblemKind::TooManyWrites => {
            "Dropbox is busy with other changes to this account. Try again in a moment."
        }
        ProblemKind::ServiceError => "Dropbox could not complete this. Try again.",
        ProblemKind::Refused | ProblemKind::LinkExists => {
            "Dropbox refused this for a reason that Coffer does not know."
        }
        ProblemKind::BadRequest => {
            "Dropbox rejected Coffer’s request. This is a bug in Coffer; see the log for details."
        }
        ProblemKind::OutcomeUnknown => {
            "Dropbox did not answer, so this may or may not have worked. Refresh before you try again."
        }
        ProblemKind::TokenExpired | ProblemKind::SignedOut => {
            "Your sign-in has expired. Sign in again to continue; nothing is lost."
        }
        ProblemKind::NoAccount => "Choose an account first.",
        ProblemKind::AccountInUse => "Another program is using the account.",
        ProblemKind::MissingScope => {
            "Your app key lacks a permission. Allow it in the app’s settings on dropbox.com, then sign in again."
        }
        ProblemKind::Forbidden => "This account is not allowed to do that.",
        ProblemKind::NoAccess => "You don’t have access to it. Ask its owner for it.",
        ProblemKind::NoWritePermission => "You can view this, but not edit it.",
        ProblemKind::PathRootGone => {
            "Your team’s folders have moved since this was begun, so nothing was changed. Refresh, and begin again."
        }
        ProblemKind::TeamPolicy => "Your team’s settings don’t allow this.",
        ProblemKind::RestrictedContent => "Dropbox blocks this content for legal reasons.",
        ProblemKind::Locked => "It is locked by someone.",
        ProblemKind::EmailNotVerified => "Dropbox wants you to confirm your e-mail address first.",
        ProblemKind::LinkSettings => "This account can’t create such links.",
        ProblemKind::NotFound => "It no longer exists.",
        ProblemKind::NotAFile | ProblemKind::LocalIsFolder => "It is a folder, not a file.",
        ProblemKind::NotAFolder => "It is a file, not a folder.",
        ProblemKind::Changed => "It was changed in the meantime, so it was not touched.",
        ProblemKind::RevisionNotFound => "Dropbox no longer has this version.",
        ProblemKind::LinkNotFound => "The link was already removed.",
        ProblemKind::CursorReset => "The list must be reloaded. Refresh.",
        ProblemKind::DuplicatePaths => "It is already in this folder.",
        ProblemKind::NameTaken | ProblemKind::LocalNameTaken => "An item with this name already exists.",
        ProblemKind::FolderExists => "A folder with this name already exists.",
        ProblemKind::FileInTheWay | ProblemKind::LocalNotAFolder => {
            "A file has the name of a folder that is needed."
        }
        ProblemKind::ReservedName => "This name is reserved by Dropbox. Choose another name.",
        ProblemKind::InvalidName => "Dropbox doesn’t accept this name. Choose another name.",
        ProblemKind::AccountFull => "The account has no room for it. Delete files or get more storage.",
        ProblemKind::TrafficLimit => "The account has reached its upload limit. Try again tomorrow.",
        ProblemKind::FolderIntoItself => "A folder can’t be moved or copied into itself.",
        ProblemKind::SharedFolderCopy => "Shared folders can’t be copied.",
        ProblemKind::SharedFolderMove => "A shared folder can’t be moved there.",
        ProblemKind::MoveNotAllowed => "Dropbox doesn’t allow moving it there.",
        ProblemKind::AlreadyMounted => "It is in your Dropbox already. Refresh to see it.",
        ProblemKind::NotMountable => {
            "It belongs to a team folder or to another shared folder, and can’t be added or removed by itself."
        }
        ProblemKind::NestedSharedFolder => {
            "It would be inside another shared folder, which Dropbox doesn’t allow."
        }
        ProblemKind::Incomplete => "It was stopped half-way.",
        ProblemKind::TooManyItems => "More than 10,000 items at once. Try with fewer items.",
        ProblemKind::NotDownloadable => "This kind of file can only be opened on dropbox.com.",
        ProblemKind::NoPreview => "This file has no thumbnail.",
        ProblemKind::UploadOutOfStep => "The upload was interrupted. Try again.",
        ProblemKind::ContentMismatch => "The upload was damaged on the way. Try again.",
        ProblemKind::AlreadyRunning => "It is under way already.",
        ProblemKind::LocalNotFound => "It is no longer on this computer.",
        ProblemKind::LocalAccessDenied => "You don’t have permission on this computer.",
        ProblemKind::LocalInvalidName => "This computer doesn’t accept the name.",
        ProblemKind::LocalUnreadable => "The file on this computer could not be read.",
        ProblemKind::DiskFull => "The disk is full. Free some space, then try again.",
        ProblemKind::DiskDisconnected => "Connect it, then try again.",
        ProblemKind::FileTooLarge => "The disk can’t hold files of this size.",
        ProblemKind::ReadOnlyDisk => "The disk is write-protected.",
        ProblemKind::LocalError => "This computer could not do it.",
        ProblemKind::NotSupported => "This computer has no program for it.",
        ProblemKind::InvalidInput => "It was not understood.",
        ProblemKind::Internal => "Something went wrong inside Coffer. The log has the details.",
    }
}

fn kind_of_io(error: &io::Error) -> ProblemKind {
    match error.kind() {
        io::ErrorKind::NotFound => ProblemKind::LocalNotFound,
        io::ErrorKind::PermissionDenied => ProblemKind::LocalAccessDenied,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ProblemKind::DiskFull,
        io::ErrorKind::ReadOnlyFilesystem => ProblemKind::ReadOnlyDisk,
        io::ErrorKind::AlreadyExists => ProblemKind::LocalNameTaken,
        io::ErrorKind::IsADirectory => ProblemKind::LocalIsFolder,
        io::ErrorKind::NotADirectory => ProblemKind::LocalNotAFolder,
        io::ErrorKind::FileTooLarge => ProblemKind::FileTooLarge,
        io::ErrorKind::InvalidFilename => ProblemKind::LocalInvalidName,
        _ => ProblemKind::LocalError,
    }
}

#[cfg(test)]
mod tests {
    use super::{general, item};
    use coffer_model::{ProblemKind, Recovery, RemotePath};
    use dropbox_protocol::files::{
        DeleteError, LookupError, RelocationError, WriteConflictError, WriteError,
    };
    use std::io;

    #[test]
    fn a_refusal_becomes_a_sentence_and_a_way_out_and_keeps_its_cause() {
        let lost = general("No").entry(&DeleteError::PathLookup(LookupError::NotFound));
        assert_eq!((lost.kind, lost.recovery()), (ProblemKind::NotFound, Recovery::Refresh));
        assert_eq!(lost.detail, "It no longer exists.");
        assert_eq!(lost.source.as_deref(), Some("PathLookup(NotFound)"));
        let taken = RelocationError::To(WriteError::Conflict(WriteConflictError::Folder));
        assert_eq!(general("No").entry(&taken).recovery(), Recovery::Rename);
    }

    #[test]
    fn a_full_disk_asks_for_space_and_an_odd_error_for_another_try() {
        let check = |kind: io::ErrorKind, recovery, words: &str| {
            let problem = general("No").local(&io::Error::from(kind));
            assert_eq!(problem.recovery(), recovery);
            assert!(problem.detail.contains(words), "{}", problem.detail);
        };
        check(io::ErrorKind::StorageFull, Recovery::Space, "full");
        check(io::ErrorKind::NotFound, Recovery::None, "no longer on this computer");
        check(io::ErrorKind::BrokenPipe, Recovery::Retry, "broken pipe");
    }

    #[test]
    fn the_title_names_the_item() {
        let title = |path: &RemotePath, done| item(path, done).because(ProblemKind::Internal, "Why.").title;
        assert_eq!(
            title(&RemotePath::new("/Money/Budget.csv"), "uploaded"),
            "“Budget.csv” could not be uploaded"
        );
        assert_eq!(title(&RemotePath::root(), "listed"), "Your files could not be listed");
    }
}
