//! Which name goes where. A folder always goes into the target under its own name, whether the target is there or not:
//! so the same command means the same when it is run again.

use super::failure::{CommandFailure, FailureCode};
use coffer_model::RemotePath;
use std::path::{Path, PathBuf};

/// Where something goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target<P> {
    /// Into this folder, under its own name.
    Into(P),
    /// To exactly this place.
    At(P),
}

/// What is known of a command before its target is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct SourceShape {
    pub several: bool,
    pub any_folder: bool,
    /// `--exact`.
    pub exact: bool,
}

/// What stands at the target now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TargetState {
    Nothing,
    File,
    Folder,
}

/// The rule for both directions. `slash`: the target was written as a folder.
pub(super) fn resolve_target<P>(
    place: P,
    slash: bool,
    shape: SourceShape,
    state: TargetState,
) -> Result<Target<P>, CommandFailure>
where
    P: std::fmt::Display,
{
    if shape.exact {
        if shape.several {
            return Err(CommandFailure::usage(
                "--exact takes one source and its new name",
                "Several items can’t have the same name.",
            ));
        }
        return Ok(Target::At(place));
    }
    let into = slash || shape.several || shape.any_folder || state == TargetState::Folder;
    if into && state == TargetState::File {
        return Err(CommandFailure::new(
            FailureCode::Conflict,
            format!("{place} is a file"),
            "A folder is needed. Choose another name.",
        )
        .with_path(place));
    }
    Ok(if into { Target::Into(place) } else { Target::At(place) })
}

/// A path in the account as people type it: with or without the first slash, `id:` and `rev:` as they are, `.` for the
/// root.
pub(super) fn remote(text: &str) -> RemotePath {
    let text = text.strip_prefix("./").unwrap_or(text);
    if text == "." { RemotePath::root() } else { RemotePath::new(text) }
}

/// The same for an argument that need not be text.
pub(super) fn remote_of(path: &Path) -> Result<RemotePath, CommandFailure> {
    path.to_str().map(remote).ok_or_else(|| {
        CommandFailure::usage(
            format!("{} is not a Dropbox path", path.display()),
            "Names in Dropbox must be valid Unicode.",
        )
    })
}

pub(super) fn ends_in_slash(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last() == Some(&b'/')
}

/// What stands at a place of this computer, links followed.
pub(super) fn local_target_state(path: &Path) -> TargetState {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => TargetState::Folder,
        Ok(_) => TargetState::File,
        Err(_) => TargetState::Nothing,
    }
}

/// Sources and target of an argument list; `usual` is the target when there is only a source.
pub(super) fn split(mut paths: Vec<PathBuf>, usual: &str) -> (Vec<PathBuf>, PathBuf) {
    let target = if paths.len() > 1 { paths.pop() } else { None };
    (paths, target.unwrap_or_else(|| usual.into()))
}

#[cfg(test)]
mod tests {
    use super::{SourceShape, Target, TargetState, remote, resolve_target};

    fn check(slash: bool, shape: SourceShape, state: TargetState, expected: Option<&Target<&str>>) {
        assert_eq!(
            resolve_target("x", slash, shape, state).ok().as_ref(),
            expected,
            "{slash} {shape:?} {state:?}"
        );
    }

    const ONE_FILE: SourceShape = SourceShape { several: false, any_folder: false, exact: false };
    const A_FOLDER: SourceShape = SourceShape { any_folder: true, ..ONE_FILE };
    const SEVERAL: SourceShape = SourceShape { several: true, ..ONE_FILE };

    #[test]
    fn a_single_file_goes_into_a_folder_or_gets_a_name() {
        check(false, ONE_FILE, TargetState::Folder, Some(&Target::Into("x")));
        check(false, ONE_FILE, TargetState::Nothing, Some(&Target::At("x")));
        check(false, ONE_FILE, TargetState::File, Some(&Target::At("x")));
        check(true, ONE_FILE, TargetState::Nothing, Some(&Target::Into("x")));
        check(true, ONE_FILE, TargetState::File, None);
    }

    #[test]
    fn folders_go_to_the_same_place_whether_the_target_is_there_or_not() {
        check(false, A_FOLDER, TargetState::Nothing, Some(&Target::Into("x")));
        check(false, A_FOLDER, TargetState::Folder, Some(&Target::Into("x")));
        check(false, A_FOLDER, TargetState::File, None);
        check(false, SEVERAL, TargetState::Nothing, Some(&Target::Into("x")));
    }

    #[test]
    fn exact_names_the_copy_itself() {
        check(false, SourceShape { exact: true, ..A_FOLDER }, TargetState::Folder, Some(&Target::At("x")));
        check(false, SourceShape { exact: true, ..SEVERAL }, TargetState::Folder, None);
    }

    #[test]
    fn remote_paths_are_taken_as_people_write_them() {
        for (text, expected) in [
            ("Photos/x", "/Photos/x"),
            ("/Photos/x/", "/Photos/x"),
            ("./Photos", "/Photos"),
            (".", ""),
            ("/", ""),
            ("id:abc", "id:abc"),
            ("-rf", "/-rf"),
        ] {
            assert_eq!(remote(text).as_str(), expected, "{text}");
        }
    }
}
