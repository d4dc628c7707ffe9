//! How the paths of files are written for other programs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileFormat {
    /// `text/uri-list` (RFC 2483).
    UriList,
    /// `x-special/gnome-copied-files`: what is done with the files, and their addresses.
    CopiedFiles,
}

impl FileFormat {
    pub(super) fn encode(self, local_paths: &[PathBuf]) -> Vec<u8> {
        let uris = local_paths.iter().map(|local_path| uri(local_path));
        match self {
            Self::UriList => uris.flat_map(|uri| [uri, "\r\n".to_owned()]).collect::<String>().into_bytes(),
            Self::CopiedFiles => {
                let lines: Vec<String> = std::iter::once("copy".to_owned()).chain(uris).collect();
                lines.join("\n").into_bytes()
            }
        }
    }

    /// The next piece of a list whose files are not here yet; `padded` bytes were sent already. It means nothing by itself,
    /// and shows the other program that it does not wait in vain.
    pub(super) fn padding(self, padded: usize) -> &'static [u8] {
        match self {
            // Empty lines are passed over.
            Self::UriList => b"\r\n",
            Self::CopiedFiles => b"copy".get(padded..=padded).unwrap_or_default(),
        }
    }

    /// How long before the next piece. Qt gives up after 5 seconds, GTK after 30, and only GTK knows the second format, of
    /// which there are few pieces.
    pub(super) fn padding_interval(self) -> Duration {
        match self {
            Self::UriList => Duration::from_secs(2),
            Self::CopiedFiles => Duration::from_secs(15),
        }
    }

    /// What is left of a list when `padded` bytes were sent before it was known.
    pub(super) fn rest_after_padding(self, mut list: Vec<u8>, padded: usize) -> Vec<u8> {
        match self {
            Self::UriList => list,
            Self::CopiedFiles => list.split_off(padded.min(list.len())),
        }
    }
}

fn uri(local_path: &Path) -> String {
    let mut uri = "file://".to_owned();
    for &byte in local_path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // A text takes all that is written to it.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::FileFormat;
    use std::path::PathBuf;

    #[test]
    fn names_of_all_kinds_are_addresses() {
        let local_paths: Vec<PathBuf> = vec!["/home/ida/Trip ä/a#1%.txt".into(), "/b-_.~".into()];
        let check = |format: FileFormat, expected: &str| {
            assert_eq!(String::from_utf8(format.encode(&local_paths)).unwrap(), expected);
        };
        check(FileFormat::UriList, "file:///home/ida/Trip%20%C3%A4/a%231%25.txt\r\nfile:///b-_.~\r\n");
        check(FileFormat::CopiedFiles, "copy\nfile:///home/ida/Trip%20%C3%A4/a%231%25.txt\nfile:///b-_.~");
    }

    #[test]
    fn what_is_sent_before_the_files_are_here_changes_nothing_of_the_list() {
        for format in [FileFormat::UriList, FileFormat::CopiedFiles] {
            let list = format.encode(&["/a".into()]);
            let mut sent = Vec::new();
            for _ in 0..9 {
                sent.extend(format.padding(sent.len()));
            }
            let padded = sent.len();
            sent.extend(format.rest_after_padding(list.clone(), padded));
            let sent = String::from_utf8(sent).unwrap();
            assert_eq!(sent.trim_start().as_bytes(), list);
        }
    }
}
