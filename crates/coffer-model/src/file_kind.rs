//! What a file is, by the extension of its name. This is the only table of extensions outside of `dropbox-protocol`,
//! which has those that Dropbox goes by.

use FileKind::{Archive, Audio, Code, Document, Markdown, Other, Pdf, Picture, Table, Text, Video};

/// What a file is to a person: it chooses the icon, its colour and the word in the "Kind" column.
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

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileType {
    pub kind: FileKind,
    /// "JPEG", "Rust"; `None` where people call it by its extension: "PNG", "ZIP".
    pub name: Option<&'static str>,
    /// The program decodes such pictures itself.
    pub is_decoded: bool,
}

impl FileKind {
    pub fn from_name(name: &str) -> Self {
        FileType::from_name(name).kind
    }
}

impl FileType {
    /// By the extension in `name`, whatever its case.
    pub fn from_name(name: &str) -> Self {
        match extension(name).to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => decoded(Some("JPEG")),
            "tif" | "tiff" => decoded(Some("TIFF")),
            "webp" => decoded(Some("WebP")),
            "png" | "gif" | "bmp" | "ppm" => decoded(None),
            "heic" | "heif" | "avif" | "svg" | "ico" | "raw" | "cr2" | "nef" | "dng" | "psd" => {
                unnamed(Picture)
            }

            "md" | "markdown" => named(Markdown, "Markdown"),
            "txt" | "log" | "text" | "rst" | "org" | "nfo" => named(Text, "Text"),

            "rs" => named(Code, "Rust"),
            "py" => named(Code, "Python"),
            "js" | "jsx" => named(Code, "JavaScript"),
            "ts" | "tsx" => named(Code, "TypeScript"),
            "sh" | "bash" | "zsh" | "fish" => named(Code, "Shell script"),
            "c" | "h" => named(Code, "C"),
            "cpp" | "cc" | "hpp" => named(Code, "C++"),
            "cs" => named(Code, "C#"),
            "java" => named(Code, "Java"),
            "go" => named(Code, "Go"),
            "rb" => named(Code, "Ruby"),
            "kt" => named(Code, "Kotlin"),
            "swift" => named(Code, "Swift"),
            "yaml" | "yml" => named(Code, "YAML"),
            "htm" | "html" => named(Code, "HTML"),
            "php" | "css" | "scss" | "json" | "toml" | "xml" | "sql" | "lua" | "pl" | "r" | "hs" | "ml"
            | "ex" | "exs" | "erl" | "zig" | "nim" | "dart" | "scala" | "clj" | "vue" | "ini" | "cfg"
            | "conf" | "tex" | "diff" | "patch" | "make" | "cmake" => unnamed(Code),

            "doc" | "docx" => named(Document, "Word"),
            "ppt" | "pptx" => named(Document, "PowerPoint"),
            "odt" | "rtf" | "pages" | "epub" | "odp" | "key" => unnamed(Document),
            "xls" | "xlsx" => named(Table, "Excel"),
            "csv" | "tsv" | "ods" | "numbers" => unnamed(Table),
            "pdf" => unnamed(Pdf),
            "zip" | "tar" | "gz" | "tgz" | "bz2" | "xz" | "zst" | "7z" | "rar" | "jar" | "deb" | "rpm"
            | "iso" => unnamed(Archive),
            "mp4" | "mov" | "mkv" | "avi" | "webm" | "m4v" | "mpg" | "mpeg" => named(Video, "Video"),
            "mp3" | "flac" | "wav" | "ogg" | "m4a" | "opus" | "aac" | "aiff" => named(Audio, "Audio"),
            _ => unnamed(Other),
        }
    }
}

const fn decoded(name: Option<&'static str>) -> FileType {
    FileType { kind: Picture, name, is_decoded: true }
}

const fn named(kind: FileKind, name: &'static str) -> FileType {
    FileType { kind, name: Some(name), is_decoded: false }
}

const fn unnamed(kind: FileKind) -> FileType {
    FileType { kind, name: None, is_decoded: false }
}

/// Whether a desktop may run a file, or a program in it, instead of showing it. A script is shown by most, but not by all.
pub fn may_run(name: &str) -> bool {
    matches!(
        extension(name).to_ascii_lowercase().as_str(),
        // Starters, programs and packages that install some.
        "desktop" | "run" | "appimage" | "jar" | "deb" | "rpm" | "flatpak" | "flatpakref" | "snap" | "exe" | "msi" | "scr"
            // Scripts.
            | "sh" | "bash" | "zsh" | "fish" | "bat" | "cmd" | "ps1" | "vbs"
            // A page of a local file may read others.
            | "htm" | "html" | "xhtml" | "mhtml"
    )
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
    use super::{FileKind, FileType, extension, may_run};

    #[test]
    fn what_may_run_is_told_from_what_is_shown() {
        for name in ["a.desktop", "A.JAR", "page.html", "install.sh", "tool.AppImage", "invoice.pdf.exe"] {
            assert!(may_run(name), "{name}");
        }
        for name in ["a.txt", "photo.jpg", "report.pdf", "main.py", "sh", ".desktop", "html.txt"] {
            assert!(!may_run(name), "{name}");
        }
    }

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
    fn the_kind_follows_from_the_extension_whatever_its_case() {
        assert_eq!(FileKind::from_name("Fjord.JPEG"), FileKind::Picture);
        assert_eq!(FileKind::from_name("notes.md"), FileKind::Markdown);
        assert_eq!(FileKind::from_name("unknown.xyz"), FileKind::Other);
    }

    #[test]
    fn only_pictures_are_decoded() {
        let is_decoded = |name| FileType::from_name(name).is_decoded;
        assert!(is_decoded("Fjord.JPG") && is_decoded("a.tiff") && is_decoded("a.png"));
        assert!(!is_decoded("raw.dng") && !is_decoded("notes.txt") && !is_decoded("png"));
    }
}
