//! Whether other programs have a working copy open, as far as the system tells, and what they have saved beside it. Blocks.

use std::fs;
use std::io;
use std::path::Path;

/// What programs do with the files of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Usage {
    /// No program has one open, or the system does not tell.
    Unused,
    Open,
    OpenForWriting,
}

/// Looks at what the person's programs have open in `folder`. Many editors read a file and close it, so a file that is
/// not open may be on the screen all the same; their lock files beside it tell.
pub(crate) fn usage(folder: &Path) -> Usage {
    let Ok(processes) = fs::read_dir("/proc") else { return Usage::Unused };
    let own = std::process::id().to_string();
    processes
        .flatten()
        .filter(|process| {
            let name = process.file_name();
            name.to_str().is_some_and(|name| name != own && name.bytes().all(|byte| byte.is_ascii_digit()))
        })
        .flat_map(|process| usages_of(&process.path(), folder))
        .max()
        .unwrap_or(Usage::Unused)
}

fn usages_of(process: &Path, folder: &Path) -> Vec<Usage> {
    // Those of other people can't be looked at.
    let Ok(files) = fs::read_dir(process.join("fd")) else { return Vec::new() };
    let is_inside =
        |file: &fs::DirEntry| fs::read_link(file.path()).is_ok_and(|path| path.starts_with(folder));
    let usage = |file: fs::DirEntry| {
        let info = fs::read_to_string(process.join("fdinfo").join(file.file_name())).unwrap_or_default();
        if is_for_writing(&info) { Usage::OpenForWriting } else { Usage::Open }
    };
    files.flatten().filter(is_inside).map(usage).collect()
}

/// `fdinfo` has the flags of `open` in octal; the lowest two bits are the access mode, 0 for reading.
fn is_for_writing(info: &str) -> bool {
    info.lines()
        .find_map(|line| line.strip_prefix("flags:"))
        .and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok())
        .is_some_and(|flags| flags & 0o3 != 0)
}

/// Whether a program edits the file `name` of a folder of its own.
pub(crate) fn is_in_use(folder: &Path, name: &str) -> bool {
    has_lock_file(folder, name) || usage(folder) != Usage::Unused
}

/// What a person has saved beside the file `name` under other names: all but the lock, backup and temporary files that
/// programs make by themselves.
pub(crate) fn saved_beside(folder: &Path, name: &str) -> io::Result<Vec<String>> {
    let mut beside = Vec::new();
    for file in fs::read_dir(folder)? {
        let other = file?.file_name().to_string_lossy().into_owned();
        if other != name && !is_programs_own(&other, name) {
            beside.push(other);
        }
    }
    beside.sort_unstable();
    Ok(beside)
}

fn is_programs_own(other: &str, name: &str) -> bool {
    let extension = coffer_model::file_kind::extension(other).to_ascii_lowercase();
    other.starts_with(['.', '~', '#'])
        || other.ends_with('~')
        // Of databases.
        || other.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
        || matches!(extension.as_str(), "bak" | "lock" | "swp" | "tmp")
}

/// Whether a program's lock file says that the file is being edited: those of office
/// suites, Vim and Emacs.
fn has_lock_file(folder: &Path, name: &str) -> bool {
    let Ok(files) = fs::read_dir(folder) else { return false };
    files.flatten().any(|file| {
        let other = file.file_name();
        other.to_str().is_some_and(|other| {
            other == format!(".~lock.{name}#")
                || other.starts_with("~$")
                || other == format!(".{name}.swp")
                || other == format!(".#{name}")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Usage, has_lock_file, is_for_writing, saved_beside, usage};
    use std::fs;
    use std::process::{Command, Stdio};

    #[test]
    fn a_program_that_has_the_file_open_is_seen_with_what_it_does() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().canonicalize().unwrap();
        let file = place.join("a.txt");
        fs::write(&file, "x").unwrap();
        assert_eq!(usage(&place), Usage::Unused);
        for (redirect, expected) in [("<", Usage::Open), (">>", Usage::OpenForWriting)] {
            // The shell says when it has opened the file, and holds it until its input ends.
            let script = format!("exec 3{redirect}\"$1\"; echo open; read end");
            let mut shell = Command::new("sh")
                .args(["-c", &script, "sh"])
                .arg(&file)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut opened = [0; 5];
            std::io::Read::read_exact(shell.stdout.as_mut().unwrap(), &mut opened).unwrap();
            assert_eq!(usage(&place), expected);
            drop(shell.stdin.take());
            shell.wait().unwrap();
            assert_eq!(usage(&place), Usage::Unused);
        }
    }

    #[test]
    fn what_a_person_saves_beside_a_file_is_told_from_what_programs_put_there() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "Letter.odt",
            "Letter 2.odt",
            "Letter.pdf",
            ".~lock.Letter.odt#",
            "~$tter.odt",
            "Letter.odt~",
            "#Letter.odt#",
            "lu1024.tmp",
            "Letter.odt-journal",
        ] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join("Pictures")).unwrap();
        let beside = saved_beside(folder.path(), "Letter.odt").unwrap();
        assert_eq!(beside, ["Letter 2.odt", "Letter.pdf", "Pictures"]);
    }

    #[test]
    fn the_access_mode_is_in_the_lowest_bits_of_the_flags() {
        assert!(!is_for_writing("pos:\t0\nflags:\t0100000\nmnt_id:\t25\n"));
        assert!(is_for_writing("pos:\t0\nflags:\t0100001\n") && is_for_writing("flags:\t0100002\n"));
        assert!(!is_for_writing(""));
    }

    #[test]
    fn the_lock_files_of_well_known_programs_are_known() {
        for (lock, expected) in [
            (".~lock.Letter.odt#", true),
            ("~$tter.odt", true),
            (".Letter.odt.swp", true),
            (".#Letter.odt", true),
            ("Letter.odt~", false),
        ] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("Letter.odt"), "x").unwrap();
            fs::write(folder.path().join(lock), "").unwrap();
            assert_eq!(has_lock_file(folder.path(), "Letter.odt"), expected, "{lock}");
        }
    }
}
