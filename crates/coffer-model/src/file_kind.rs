//! What a file is, and which preview it has: by the extension of its name, or by its first bytes where the name tells
//! nothing. This is the only table of kinds outside of `dropbox-protocol`, which has those that Dropbox goes by.

use coffer_texts::tr;

use FileKind::{Archive, Audio, Code, Document, Folder, Markdown, Other, Pdf, Picture, Table, Text, Video};

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
    /// `None` where people call it by its extension: "PNG", "ZIP".
    pub name: Option<TypeName>,
    pub preview: PreviewKind,
}

/// What people call files of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeName {
    /// The same in every language: "JPEG", "Rust".
    Proper(&'static str),
    Audio,
    Database,
    Font,
    ShellScript,
    Text,
    Video,
}

impl TypeName {
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Proper(name) => name,
            Self::Audio => tr!("kinds-audio"),
            Self::Database => tr!("type-database"),
            Self::Font => tr!("type-font"),
            Self::ShellScript => tr!("type-shell-script"),
            Self::Text => tr!("type-text"),
            Self::Video => tr!("type-video"),
        }
    }
}

/// How a file is previewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewKind {
    /// A picture that this program decodes.
    Picture,
    /// A picture that this program can't decode, but for one that is in the file for this purpose.
    PictureInside,
    /// A picture of which only the service may have a smaller one.
    ServicePicture,
    /// A picture of lines and areas, drawn at the size in which it is shown.
    Svg,
    Markdown,
    Text,
    /// A text of rows and columns.
    Table,
    Pdf,
    /// A document of which the service may make a PDF, and this program shows the words.
    Office,
    /// A document of which only the service may make a PDF.
    ServiceDocument,
    /// The sheets of a workbook.
    Workbook,
    /// Cells of words, code and what it has made.
    Notebook,
    /// Tables with their first rows.
    Database,
    /// Something to hear or a film, of which the header is read.
    Recording,
    /// The letters of a font.
    Font,
    /// Files packed into one, of which the names are shown.
    Archive,
    /// The name does not tell: [`PreviewKind::from_first_bytes`] may.
    Unknown,
    None,
}

/// What files begin with, for those whose name does not tell what they are: where, which bytes, which preview. What
/// could begin a text as well is left out.
const SIGNATURES: &[(usize, &[u8], PreviewKind)] = &[
    (0, b"\x89PNG\r\n\x1a\n", PreviewKind::Picture),
    (0, b"\xff\xd8\xff", PreviewKind::Picture),
    (0, b"GIF87a", PreviewKind::Picture),
    (0, b"GIF89a", PreviewKind::Picture),
    (0, b"II*\0", PreviewKind::Picture),
    (0, b"MM\0*", PreviewKind::Picture),
    (8, b"WEBPVP8", PreviewKind::Picture),
    (0, b"%PDF-", PreviewKind::Pdf),
    (0, b"SQLite format 3\0", PreviewKind::Database),
    (0, b"PK\x03\x04", PreviewKind::Archive),
    (0, b"fLaC", PreviewKind::Recording),
    (0, b"OggS", PreviewKind::Recording),
    (0, b"ID3\x03", PreviewKind::Recording),
    (0, b"ID3\x04", PreviewKind::Recording),
    (4, b"ftyp", PreviewKind::Recording),
    (8, b"WAVEfmt ", PreviewKind::Recording),
    (0, b"\x1f\x8b\x08", PreviewKind::Archive),
];

impl PreviewKind {
    /// What the first bytes of a file tell; some 16 are enough.
    pub fn from_first_bytes(bytes: &[u8]) -> Option<Self> {
        let has = |&&(start, signature, _): &&(usize, &[u8], Self)| {
            bytes.get(start..).is_some_and(|rest| rest.starts_with(signature))
        };
        SIGNATURES.iter().find(has).map(|&(_, _, preview)| preview)
    }
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
            "svg" | "svgz" => FileType { preview: PreviewKind::Svg, ..named(Picture, "SVG") },
            "psd" | "psb" => FileType { preview: PreviewKind::PictureInside, ..named(Picture, "Photoshop") },
            "ico" | "dng" | "cr2" | "cr3" | "nef" | "nrw" | "arw" | "srf" | "sr2" | "srw" | "orf" | "rw2"
            | "raf" | "pef" | "3fr" | "erf" | "raw" => {
                FileType { preview: PreviewKind::PictureInside, ..unnamed(Picture) }
            }
            "heic" | "heif" | "avif" | "tga" | "jp2" | "j2k" | "jxl" => unnamed(Picture),

            "md" | "markdown" => named(Markdown, "Markdown"),
            "txt" | "log" | "text" | "rst" | "org" | "nfo" => of_type(Text, TypeName::Text),

            "rs" => named(Code, "Rust"),
            "py" => named(Code, "Python"),
            "js" | "jsx" => named(Code, "JavaScript"),
            "ts" | "tsx" => named(Code, "TypeScript"),
            "sh" | "bash" | "zsh" | "fish" => of_type(Code, TypeName::ShellScript),
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
            "php" | "css" | "scss" | "json" | "geojson" | "toml" | "xml" | "sql" | "lua" | "pl" | "r"
            | "hs" | "ml" | "ex" | "exs" | "erl" | "zig" | "nim" | "dart" | "scala" | "clj" | "vue"
            | "ini" | "cfg" | "conf" | "tex" | "diff" | "patch" | "make" | "cmake" => unnamed(Code),

            "ipynb" => FileType { preview: PreviewKind::Notebook, ..named(Code, "Jupyter") },
            "sqlite" | "sqlite3" | "db" | "db3" => {
                FileType { preview: PreviewKind::Database, ..of_type(Table, TypeName::Database) }
            }

            "docx" | "docm" => FileType { preview: PreviewKind::Office, ..named(Document, "Word") },
            "pptx" | "pptm" => FileType { preview: PreviewKind::Office, ..named(Document, "PowerPoint") },
            "odt" | "odp" => FileType { preview: PreviewKind::Office, ..unnamed(Document) },
            "doc" => FileType { preview: PreviewKind::ServiceDocument, ..named(Document, "Word") },
            "ppt" => FileType { preview: PreviewKind::ServiceDocument, ..named(Document, "PowerPoint") },
            "rtf" => FileType { preview: PreviewKind::ServiceDocument, ..unnamed(Document) },
            "pages" | "key" => unnamed(Document),
            "epub" => FileType { preview: PreviewKind::Archive, ..unnamed(Document) },
            "xlsx" | "xlsm" => FileType { preview: PreviewKind::Workbook, ..named(Table, "Excel") },
            "xls" => named(Table, "Excel"),
            "csv" | "tsv" => FileType { preview: PreviewKind::Table, ..unnamed(Table) },
            "ods" => FileType { preview: PreviewKind::Workbook, ..unnamed(Table) },
            "numbers" => unnamed(Table),
            "pdf" => unnamed(Pdf),
            "zip" | "tar" | "gz" | "tgz" | "jar" | "apk" | "whl" | "xpi" | "cbz" => {
                FileType { preview: PreviewKind::Archive, ..unnamed(Archive) }
            }
            "bz2" | "xz" | "zst" | "7z" | "rar" | "deb" | "rpm" | "iso" => unnamed(Archive),
            "mp4" | "mov" | "mkv" | "webm" | "m4v" => {
                FileType { preview: PreviewKind::Recording, ..of_type(Video, TypeName::Video) }
            }
            "avi" | "mpg" | "mpeg" => of_type(Video, TypeName::Video),
            "mp3" | "flac" | "wav" | "ogg" | "oga" | "m4a" | "opus" | "aiff" => {
                FileType { preview: PreviewKind::Recording, ..of_type(Audio, TypeName::Audio) }
            }
            "aac" => of_type(Audio, TypeName::Audio),
            "ttf" | "otf" | "ttc" | "otc" => {
                FileType { preview: PreviewKind::Font, ..of_type(Other, TypeName::Font) }
            }
            _ => unnamed(Other),
        }
    }
}

const fn decoded(name: Option<&'static str>) -> FileType {
    let unnamed = FileType { preview: PreviewKind::Picture, ..unnamed(Picture) };
    match name {
        Some(name) => FileType { name: Some(TypeName::Proper(name)), ..unnamed },
        None => unnamed,
    }
}

const fn named(kind: FileKind, name: &'static str) -> FileType {
    of_type(kind, TypeName::Proper(name))
}

const fn of_type(kind: FileKind, name: TypeName) -> FileType {
    FileType { name: Some(name), ..unnamed(kind) }
}

const fn unnamed(kind: FileKind) -> FileType {
    let preview = match kind {
        Picture => PreviewKind::ServicePicture,
        Markdown => PreviewKind::Markdown,
        Text | Code => PreviewKind::Text,
        Pdf => PreviewKind::Pdf,
        Other => PreviewKind::Unknown,
        Folder | Document | Table | Archive | Video | Audio => PreviewKind::None,
    };
    FileType { kind, name: None, preview }
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
    use super::{FileKind, FileType, PreviewKind, TypeName, extension, may_run};
    use coffer_texts::{Language, set_language_of_thread};

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
    fn the_preview_follows_from_the_name() {
        let check = |name, expected| assert_eq!(FileType::from_name(name).preview, expected, "{name}");
        check("Fjord.JPG", PreviewKind::Picture);
        check("raw.dng", PreviewKind::PictureInside);
        check("Poster.PSD", PreviewKind::PictureInside);
        check("IMG_1.HEIC", PreviewKind::ServicePicture);
        check("Logo.SVG", PreviewKind::Svg);
        check("notes.txt", PreviewKind::Text);
        check("main.rs", PreviewKind::Text);
        check("Budget.csv", PreviewKind::Table);
        check("Budget.ods", PreviewKind::Workbook);
        check("Budget.xls", PreviewKind::None);
        check("analysis.ipynb", PreviewKind::Notebook);
        check("log.SQLite", PreviewKind::Database);
        check("Letter.docx", PreviewKind::Office);
        check("Letter.doc", PreviewKind::ServiceDocument);
        check("Inter.otf", PreviewKind::Font);
        check("notes.md", PreviewKind::Markdown);
        check("Report.PDF", PreviewKind::Pdf);
        check("png", PreviewKind::Unknown);
        check("song.mp3", PreviewKind::Recording);
        check("film.avi", PreviewKind::None);
        check("Backup.tar.gz", PreviewKind::Archive);
        check("Backup.7z", PreviewKind::None);
    }

    #[test]
    fn types_with_a_name_of_their_own_keep_it_and_all_others_are_called_by_a_word() {
        let check = |name, expected: Option<&str>| {
            assert_eq!(FileType::from_name(name).name.map(TypeName::in_words), expected, "{name}");
        };
        check("a.jpg", Some("JPEG"));
        check("a.sh", Some("Shell script"));
        check("a.png", None);
        set_language_of_thread(Language::German);
        check("a.jpg", Some("JPEG"));
        check("a.sh", Some("Shell-Skript"));
        check("a.otf", Some("Schrift"));
    }

    #[test]
    fn the_first_bytes_tell_what_the_name_does_not() {
        let check = |bytes: &[u8], expected| assert_eq!(PreviewKind::from_first_bytes(bytes), expected);
        check(b"\x89PNG\r\n\x1a\n and more", Some(PreviewKind::Picture));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some(PreviewKind::Picture));
        check(b"%PDF-1.7\n", Some(PreviewKind::Pdf));
        check(b"\x89PN", None);
        check(b"GIF is a format", None);
        check(b"", None);
    }
}
