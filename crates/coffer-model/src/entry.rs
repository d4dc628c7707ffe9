//! One item of the account: a folder, a file, or a file that was deleted.

use super::{RemotePath, SharedLink};
use jiff::Timestamp;
use std::sync::Arc;

/// A revision of a file as the account names it (lower-case hex, at least nine digits).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rev(pub Arc<str>);

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub path: RemotePath,

    pub kind: EntryKind,

    /// The link to it that this account made, when it is known.
    pub link: Option<Arc<SharedLink>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum EntryKind {
    Folder {
        /// Stays the same when the folder is renamed or moved.
        id: Arc<str>,
    },
    File(File),

    /// What stood here was deleted; `list_revisions` tells whether it was a file.
    Deleted,
}

/// What is known of a file without its content.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Stays the same when the file is renamed, moved or overwritten.
    pub id: Arc<str>,
    pub rev: Rev,
    pub size_bytes: u64,

    /// When the person last changed it, as the program that uploaded it said.
    pub client_modified: Timestamp,

    /// When the account received it.
    pub server_modified: Timestamp,

    /// The account's hash of the content (64 hex digits): the key of all caches of content.
    pub content_hash: Option<Arc<str>>,
}

impl Entry {
    pub fn name(&self) -> &str {
        self.path.name()
    }

    pub fn is_folder(&self) -> bool {
        matches!(self.kind, EntryKind::Folder { .. })
    }

    pub fn is_deleted(&self) -> bool {
        matches!(self.kind, EntryKind::Deleted)
    }

    pub fn file(&self) -> Option<&File> {
        match &self.kind {
            EntryKind::File(file) => Some(file),
            _ => None,
        }
    }

    pub fn file_kind(&self) -> FileKind {
        if self.is_folder() { FileKind::Folder } else { FileKind::from_name(self.name()) }
    }
}

/// What a file is to a person, told from its name: it chooses the icon, its tint and the word in the "Kind" column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    Folder,
    Picture,
    Document,
    Markdown,
    Text,
    Code,
    Table,
    Pdf,
    Archive,
    Video,
    Audio,
    Other,
}

impl FileKind {
    pub fn from_name(name: &str) -> Self {
        match extension(name).to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" | "tif" | "tiff" | "ppm" | "heic" | "heif"
            | "avif" | "svg" | "ico" | "raw" | "cr2" | "nef" | "dng" | "psd" => Self::Picture,
            "md" | "markdown" => Self::Markdown,
            "txt" | "log" | "text" | "rst" | "org" | "nfo" => Self::Text,
            "rs" | "py" | "js" | "ts" | "tsx" | "jsx" | "c" | "h" | "cpp" | "cc" | "hpp" | "java" | "kt"
            | "go" | "rb" | "php" | "swift" | "sh" | "bash" | "zsh" | "fish" | "html" | "htm" | "css"
            | "scss" | "json" | "toml" | "yaml" | "yml" | "xml" | "sql" | "lua" | "pl" | "r" | "hs"
            | "ml" | "ex" | "exs" | "erl" | "zig" | "nim" | "dart" | "scala" | "clj" | "cs" | "vue"
            | "ini" | "cfg" | "conf" | "tex" | "diff" | "patch" | "make" | "cmake" => Self::Code,
            "doc" | "docx" | "odt" | "rtf" | "pages" | "epub" | "ppt" | "pptx" | "odp" | "key" => {
                Self::Document
            }
            "csv" | "tsv" | "xls" | "xlsx" | "ods" | "numbers" => Self::Table,
            "pdf" => Self::Pdf,
            "zip" | "tar" | "gz" | "tgz" | "bz2" | "xz" | "zst" | "7z" | "rar" | "jar" | "deb" | "rpm"
            | "iso" => Self::Archive,
            "mp4" | "mov" | "mkv" | "avi" | "webm" | "m4v" | "mpg" | "mpeg" => Self::Video,
            "mp3" | "flac" | "wav" | "ogg" | "m4a" | "opus" | "aac" | "aiff" => Self::Audio,
            _ => Self::Other,
        }
    }
}

/// The part after the last dot, without it; empty for `name`, `.name` and `name.`.
pub fn extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{FileKind, extension};

    #[test]
    fn the_extension_is_what_follows_the_last_dot_of_a_stem() {
        let check = |name, expected| assert_eq!(extension(name), expected, "{name}");
        check("photo.JPG", "JPG");
        check("archive.tar.gz", "gz");
        check(".bashrc", "");
        check("README", "");
        check("dot.", "");
    }

    #[test]
    fn the_kind_is_told_from_the_name_whatever_its_case() {
        assert_eq!(FileKind::from_name("Fjord.JPEG"), FileKind::Picture);
        assert_eq!(FileKind::from_name("notes.md"), FileKind::Markdown);
        assert_eq!(FileKind::from_name("unknown.xyz"), FileKind::Other);
    }
}
