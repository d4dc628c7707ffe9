//! The one place where failures become words for a person: what happened, why, what helps.
//! It goes by the parsed tags of an error, never by its text. Titles name the item; they are given by the jobs.

use super::fault::Fault;
use coffer_model::{Problem, Recovery, RemotePath};
use dropbox_client::ApiError;
use std::io;

/// What a failure is about: the sentence that opens it, and the item.
#[derive(Clone, Debug)]
pub struct Subject {
    title: String,
    path: Option<RemotePath>,
}

/// "“Budget.csv” could not be …"; `done` is the rest of that sentence.
pub fn item(path: &RemotePath, done: &str) -> Subject {
    let title = if path.is_root() {
        format!("Your files could not be {done}")
    } else {
        format!("“{}” could not be {done}", path.name())
    };
    Subject { title, path: Some(path.clone()) }
}

/// A failure of something that is no item.
pub fn general(title: impl Into<String>) -> Subject {
    Subject { title: title.into(), path: None }
}

impl Subject {
    /// The service refused, or could not be reached.
    pub fn call(self, error: &ApiError) -> Problem {
        let fault = Fault::of(error);
        let (detail, recovery) = fault.in_words();
        tracing::info!(title = %self.title, %error, "reported error");
        self.build(detail, recovery, fault.request_id)
    }

    /// One entry of a batch was refused; `error` is the entry's error union.
    pub fn entry<E: serde::Serialize>(self, error: &E) -> Problem {
        let value = serde_json::to_value(error).unwrap_or_default();
        let tags = dropbox_protocol::error::tag_path(&value);
        let (detail, recovery) = words_of_tags(&tags);
        self.build(detail, recovery, None)
    }

    /// Something on this computer failed.
    pub fn local(self, error: &io::Error) -> Problem {
        let (detail, recovery) = words_of_io(error);
        self.build(detail, recovery, None)
    }

    pub fn because(self, detail: impl Into<String>, recovery: Recovery) -> Problem {
        self.build(detail, recovery, None)
    }

    fn build(self, detail: impl Into<String>, recovery: Recovery, request_id: Option<String>) -> Problem {
        Problem { title: self.title, detail: detail.into(), path: self.path, recovery, request_id }
    }
}

/// A failure of a file on this computer.
pub fn local_file(title: impl Into<String>, error: &io::Error, path: Option<&RemotePath>) -> Problem {
    Subject { title: title.into(), path: path.cloned() }.local(error)
}

/// A mistake of ours.
pub fn internal() -> Problem {
    general("Something went wrong inside Coffer").because(
        "This is a bug in Coffer. Everything already confirmed is safe; see the log for details.",
        Recovery::Retry,
    )
}

pub fn no_account() -> Problem {
    general("No account is open").because("Choose an account first.", Recovery::SignIn)
}

/// The token has ended.
pub fn signed_out() -> Problem {
    general("You are signed out")
        .because("Your sign-in has expired. Sign in again to continue; nothing is lost.", Recovery::SignIn)
}

/// What Dropbox says with the tags of an error, outer first, in words.
pub fn words_of_tags(tags: &[String]) -> (&'static str, Recovery) {
    let has = |tag: &str| tags.iter().any(|known| known == tag);
    let outer = tags.first().map(String::as_str).unwrap_or_default();
    let target = matches!(outer, "to") || has("to");
    match () {
        () if has("insufficient_space")
            || has("insufficient_quota")
            || tags
                .iter()
                .any(|tag| tag.ends_with("insufficient_space") || tag.ends_with("insufficient_quota")) =>
        {
            ("The account is full. Delete files or get more storage.", Recovery::Space)
        }
        () if has("upload_traffic_limit_reached") => {
            ("The account has reached its upload limit. Try again tomorrow.", Recovery::Retry)
        }
        () if has("file_ancestor") => ("A file has the name of a folder that is needed.", Recovery::Rename),
        () if has("conflict") && has("folder") => {
            ("A folder with this name already exists.", Recovery::Rename)
        }
        () if has("conflict") && has("file") && !target && (outer == "path_write") => {
            ("It was changed in the meantime, so it was not touched.", Recovery::Refresh)
        }
        () if has("conflict") => ("An item with this name already exists.", Recovery::Rename),
        () if has("disallowed_name") => {
            ("This name is reserved by Dropbox. Choose another name.", Recovery::Rename)
        }
        () if has("malformed_path") => {
            ("Dropbox doesn’t accept this name. Choose another name.", Recovery::Rename)
        }
        () if has("invalid_revision") => ("Dropbox no longer has this version.", Recovery::Refresh),
        () if has("shared_link_not_found") || has("shared_link_malformed") => {
            ("The link was already removed.", Recovery::Refresh)
        }
        () if has("incorrect_offset") || has("closed") || has("not_closed") => {
            ("The upload was interrupted. Try again.", Recovery::Retry)
        }
        () if has("content_hash_mismatch") => {
            ("The upload was damaged on the way. Try again.", Recovery::Retry)
        }
        () if has("not_found") => ("It no longer exists.", Recovery::Refresh),
        () if has("not_file") => ("It is a folder, not a file.", Recovery::Refresh),
        () if has("not_folder") => ("It is a file, not a folder.", Recovery::Refresh),
        () if has("restricted_content") => ("Dropbox blocks this content for legal reasons.", Recovery::None),
        () if has("locked") => ("It is locked by someone.", Recovery::Retry),
        () if has("unsupported_file") || has("unsupported_content_type") => {
            ("This kind of file can only be opened on dropbox.com.", Recovery::None)
        }
        () if has("no_write_permission") || has("access_restricted") || has("access_denied") => {
            ("You can view this, but not edit it.", Recovery::None)
        }
        () if has("team_folder") || has("operation_suppressed") => {
            ("Your team’s settings don’t allow this.", Recovery::None)
        }
        () if has("cant_move_folder_into_itself") => {
            ("A folder can’t be moved or copied into itself.", Recovery::None)
        }
        () if has("duplicated_or_nested_paths") => ("It is already in this folder.", Recovery::Refresh),
        () if has("cant_copy_shared_folder") => ("Shared folders can’t be copied.", Recovery::None),
        () if has("cant_nest_shared_folder") || has("cant_move_shared_folder") => {
            ("A shared folder can’t be moved there.", Recovery::None)
        }
        () if has("cant_transfer_ownership")
            || has("cant_move_into_vault")
            || has("cant_move_into_family") =>
        {
            ("Dropbox doesn’t allow moving it there.", Recovery::None)
        }
        () if has("too_many_files") => {
            ("More than 10,000 items at once. Try with fewer items.", Recovery::None)
        }
        () if has("email_not_verified") => {
            ("Dropbox wants you to confirm your e-mail address first.", Recovery::None)
        }
        () if has("settings_error") => ("This account can’t create such links.", Recovery::None),
        () if has("too_many_write_operations") => {
            ("Dropbox is busy with other changes to this account. Try again in a moment.", Recovery::Retry)
        }
        () if has("unsupported_extension") || has("unsupported_image") || has("conversion_error") => {
            ("This file has no thumbnail.", Recovery::None)
        }
        () if has("internal_error") => ("Dropbox could not complete this. Try again.", Recovery::Retry),
        () if has("reset") => ("The list must be reloaded. Refresh.", Recovery::Refresh),
        () => ("Dropbox refused this for a reason that Coffer does not know.", Recovery::Retry),
    }
}

/// What this computer says, in words.
pub fn words_of_io(error: &io::Error) -> (String, Recovery) {
    let plain = |text: &str, recovery| (text.to_owned(), recovery);
    match error.kind() {
        io::ErrorKind::NotFound => plain("It is no longer on this computer.", Recovery::None),
        io::ErrorKind::PermissionDenied => {
            plain("You don’t have permission on this computer.", Recovery::None)
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            plain("The disk is full. Free some space, then try again.", Recovery::Space)
        }
        io::ErrorKind::ReadOnlyFilesystem => plain("The disk is write-protected.", Recovery::None),
        io::ErrorKind::AlreadyExists => plain("An item with this name already exists.", Recovery::Rename),
        io::ErrorKind::IsADirectory => plain("It is a folder, not a file.", Recovery::None),
        io::ErrorKind::NotADirectory => {
            plain("A file has the name of a folder that is needed.", Recovery::None)
        }
        io::ErrorKind::FileTooLarge => plain("The disk can’t hold files of this size.", Recovery::Space),
        io::ErrorKind::InvalidFilename => plain("This computer doesn’t accept the name.", Recovery::Rename),
        _ => (format!("System error: {error}."), Recovery::Retry),
    }
}

#[cfg(test)]
mod tests {
    use super::{item, words_of_io, words_of_tags};
    use coffer_model::{Recovery, RemotePath};
    use std::io;

    #[test]
    fn tags_become_a_sentence_and_a_way_out() {
        let check = |tags: &str, words: &str, recovery| {
            let path: Vec<String> = tags.split('/').map(str::to_owned).collect();
            let (detail, told) = words_of_tags(&path);
            assert!(detail.contains(words), "{tags}: {detail}");
            assert_eq!(told, recovery, "{tags}");
        };
        check("path/not_found", "no longer there", Recovery::Refresh);
        check("path_lookup/not_found", "no longer there", Recovery::Refresh);
        check("from_lookup/not_found", "no longer there", Recovery::Refresh);
        check("path/conflict/folder", "folder with this name", Recovery::Rename);
        check("to/conflict/file", "already there", Recovery::Rename);
        check("relocation_error/to/conflict/folder", "folder with this name", Recovery::Rename);
        check("path/conflict/file_ancestor", "file stands where a folder", Recovery::Rename);
        check("path_write/conflict/file", "changed meanwhile", Recovery::Refresh);
        check("path/insufficient_space", "full", Recovery::Space);
        check("member_folder_insufficient_quota", "full", Recovery::Space);
        check("to/team_folder_insufficient_space", "full", Recovery::Space);
        check("path/disallowed_name", "another name", Recovery::Rename);
        check("path/malformed_path", "another name", Recovery::Rename);
        check("invalid_revision", "version", Recovery::Refresh);
        check("path/restricted_content", "legal", Recovery::None);
        check("cant_move_folder_into_itself", "itself", Recovery::None);
        check("too_many_files", "10,000", Recovery::None);
        check("shared_link_not_found", "gone", Recovery::Refresh);
        check("lookup_failed/incorrect_offset", "out of step", Recovery::Retry);
        check("something_from_the_future", "refused", Recovery::Retry);
    }

    #[test]
    fn a_full_disk_asks_for_space_and_an_odd_error_for_another_try() {
        let check = |kind: io::ErrorKind, recovery| {
            assert_eq!(words_of_io(&io::Error::from(kind)).1, recovery);
        };
        check(io::ErrorKind::StorageFull, Recovery::Space);
        check(io::ErrorKind::NotFound, Recovery::None);
        check(io::ErrorKind::BrokenPipe, Recovery::Retry);
    }

    #[test]
    fn the_title_names_the_item() {
        let problem = item(&RemotePath::new("/Money/Budget.csv"), "uploaded").because("Why.", Recovery::None);
        assert_eq!(problem.title, "“Budget.csv” could not be uploaded");
        let problem = item(&RemotePath::root(), "listed").because("Why.", Recovery::None);
        assert_eq!(problem.title, "Your files could not be listed");
    }
}
