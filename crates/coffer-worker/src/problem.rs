//! The one place where failures become words for a person: what happened, why, what helps. It goes by the kind of an
//! error, never by its text. Titles name the item; they are given by the jobs.

use super::act::Act;
use super::error::{Classify, HasReply};
use coffer_model::{Problem, ProblemKind, RemotePath, ReplyDetails};
use coffer_texts::tr;
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

/// A failure of an item.
pub(crate) fn item(path: &RemotePath, act: Act) -> Subject {
    Subject { title: act.failure_title(path), path: Some(path.clone()) }
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
            ProblemKind::LocalError => tr!("why-system-error", error = error.to_string()),
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

/// A problem that was kept on disk: its words stay in the language in which it happened.
pub(crate) fn from_columns(kind: &str, title: String, detail: String) -> Problem {
    Problem::new(serde_json::from_value(kind.into()).unwrap_or(ProblemKind::Refused), title, detail)
}

/// A mistake of ours.
pub(crate) fn internal() -> Problem {
    general(tr!("problem-inside-coffer")).because(ProblemKind::Internal, tr!("why-bug"))
}

pub(crate) fn no_account() -> Problem {
    general(tr!("problem-no-account-open")).because(ProblemKind::NoAccount, tr!("why-no-account"))
}

/// The token has ended.
pub(crate) fn signed_out() -> Problem {
    general(tr!("not-signed-in")).because(ProblemKind::SignedOut, tr!("why-sign-in-expired"))
}

/// Why, and what helps, for each kind of failure.
pub(crate) fn words_for_kind(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Unreachable => tr!("why-unreachable"),
        ProblemKind::NetworkSignIn => {
            tr!("why-network-sign-in")
        }
        ProblemKind::ConnectionLost => tr!("why-connection-lost"),
        ProblemKind::UnreadableReply => {
            tr!("why-unreadable-reply")
        }
        ProblemKind::ServiceFailed => tr!("why-service-failed"),
        ProblemKind::RateLimited => tr!("why-rate-limited"),
        ProblemKind::TooManyWrites => {
            tr!("why-too-many-writes")
        }
        ProblemKind::ServiceError => tr!("why-service-error"),
        ProblemKind::Refused | ProblemKind::LinkExists => {
            tr!("why-refused")
        }
        ProblemKind::BadRequest => {
            tr!("why-bad-request")
        }
        ProblemKind::OutcomeUnknown => {
            tr!("why-outcome-unknown")
        }
        ProblemKind::TokenExpired | ProblemKind::SignedOut => {
            tr!("why-sign-in-expired")
        }
        ProblemKind::NoAccount => tr!("why-no-account"),
        ProblemKind::AccountInUse => tr!("why-account-in-use"),
        ProblemKind::MissingScope => {
            tr!("why-missing-scope")
        }
        ProblemKind::Forbidden => tr!("why-forbidden"),
        ProblemKind::NoAccess => tr!("why-no-access"),
        ProblemKind::NoWritePermission => tr!("why-no-write-permission"),
        ProblemKind::PathRootGone => {
            tr!("why-path-root-gone")
        }
        ProblemKind::TeamPolicy => tr!("why-team-policy"),
        ProblemKind::RestrictedContent => tr!("why-restricted-content"),
        ProblemKind::Locked => tr!("why-locked"),
        ProblemKind::EmailNotVerified => tr!("why-email-not-verified"),
        ProblemKind::LinkSettings => tr!("why-link-settings"),
        ProblemKind::NotFound => tr!("why-not-found"),
        ProblemKind::NotAFile | ProblemKind::LocalIsFolder => tr!("why-not-a-file"),
        ProblemKind::NotAFolder => tr!("why-not-a-folder"),
        ProblemKind::Changed => tr!("why-changed"),
        ProblemKind::RevisionNotFound => tr!("why-version-gone"),
        ProblemKind::LinkNotFound => tr!("why-link-not-found"),
        ProblemKind::CursorReset => tr!("why-cursor-reset"),
        ProblemKind::DuplicatePaths => tr!("why-duplicate-paths"),
        ProblemKind::NameTaken | ProblemKind::LocalNameTaken => tr!("why-name-taken"),
        ProblemKind::FolderExists => tr!("why-folder-exists"),
        ProblemKind::FileInTheWay | ProblemKind::LocalNotAFolder => {
            tr!("why-file-in-the-way")
        }
        ProblemKind::ReservedName => tr!("why-reserved-name"),
        ProblemKind::InvalidName => tr!("why-invalid-name"),
        ProblemKind::AccountFull => tr!("why-account-full"),
        ProblemKind::TrafficLimit => tr!("why-traffic-limit"),
        ProblemKind::FolderIntoItself => tr!("why-folder-into-itself"),
        ProblemKind::SharedFolderCopy => tr!("why-shared-folder-copy"),
        ProblemKind::SharedFolderMove => tr!("why-shared-folder-move"),
        ProblemKind::MoveNotAllowed => tr!("why-move-not-allowed"),
        ProblemKind::AlreadyMounted => tr!("why-already-mounted"),
        ProblemKind::NotMountable => {
            tr!("why-not-mountable")
        }
        ProblemKind::NestedSharedFolder => {
            tr!("why-nested-shared-folder")
        }
        ProblemKind::Incomplete => tr!("why-incomplete"),
        ProblemKind::TooManyItems => tr!("why-too-many-items"),
        ProblemKind::NotDownloadable => tr!("why-not-downloadable"),
        ProblemKind::NoPreview => tr!("why-no-preview"),
        ProblemKind::UploadOutOfStep => tr!("why-upload-interrupted"),
        ProblemKind::ContentMismatch => tr!("why-upload-damaged"),
        ProblemKind::AlreadyRunning => tr!("why-already-running"),
        ProblemKind::LocalNotFound => tr!("why-local-not-found"),
        ProblemKind::LocalAccessDenied => tr!("why-local-access-denied"),
        ProblemKind::LocalInvalidName => tr!("why-local-invalid-name"),
        ProblemKind::LocalUnreadable => tr!("why-local-unreadable"),
        ProblemKind::LocalInUse => tr!("why-open-elsewhere"),
        ProblemKind::DiskFull => tr!("why-disk-full"),
        ProblemKind::DiskDisconnected => tr!("why-disk-disconnected"),
        ProblemKind::FileTooLarge => tr!("why-file-too-large"),
        ProblemKind::ReadOnlyDisk => tr!("why-read-only-disk"),
        ProblemKind::LocalError => tr!("why-local-error"),
        ProblemKind::NotSupported => tr!("why-not-supported"),
        ProblemKind::InvalidInput => tr!("why-invalid-input"),
        ProblemKind::Internal => tr!("why-internal"),
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
    use super::{general, item, signed_out, words_for_kind};
    use crate::act::Act;
    use coffer_model::{Problem, ProblemKind, Recovery, RemotePath};
    use coffer_texts::{Language, set_language_of_thread};
    use dropbox_protocol::files::{
        DeleteError, LookupError, RelocationError, WriteConflictError, WriteError,
    };
    use std::io;
    use strum::VariantArray as _;

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
    fn each_kind_says_why_and_what_helps_in_every_language() {
        for kind in ProblemKind::VARIANTS {
            set_language_of_thread(Language::English);
            let english = words_for_kind(*kind);
            for &language in Language::ALL {
                set_language_of_thread(language);
                let words = words_for_kind(*kind);
                let is_sentence = words.ends_with('.') && words.contains(' ');
                assert!(is_sentence, "{kind:?} in {language:?}: {words}");
                assert_eq!(words == english, language == Language::English, "{kind:?} in {language:?}");
            }
        }
    }

    #[test]
    fn a_failure_is_told_in_german_with_the_item_and_the_error_inside() {
        set_language_of_thread(Language::German);
        let check = |problem: Problem, title: &str, detail: &str| {
            assert_eq!((&*problem.title, &*problem.detail), (title, detail));
        };
        let budget = || item(&RemotePath::new("/Money/Budget.csv"), Act::Delete);
        check(
            budget().entry(&DeleteError::PathLookup(LookupError::NotFound)),
            "„Budget.csv“ konnte nicht gelöscht werden",
            "Das gibt es nicht mehr.",
        );
        check(
            budget().local(&io::Error::other("the plug was pulled")),
            "„Budget.csv“ konnte nicht gelöscht werden",
            "Systemfehler: the plug was pulled.",
        );
        check(signed_out(), "Sie sind abgemeldet", words_for_kind(ProblemKind::SignedOut));
    }
}
