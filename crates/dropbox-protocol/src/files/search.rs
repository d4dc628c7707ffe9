//! Searching (reference §3.3).

use super::{LookupError, Metadata};
use crate::ReadableList;
use crate::stone::{record, union};

record! {
    pub struct SearchV2Arg {
        /// At most 1000 characters.
        pub query: String,
        pub options: Option<SearchOptions> = None,
        pub match_field_options: Option<SearchMatchFieldOptions> = None,
        /// Deprecated in favour of `match_field_options`.
        pub include_highlights: Option<bool> = None,
    }

    pub struct SearchOptions {
        /// Where to search; absent for everywhere.
        pub path: Option<String> = None,
        /// 1 to 1000.
        pub max_results: u64 = 100,
        pub order_by: Option<SearchOrderBy> = None,
        pub file_status: FileStatus = (FileStatus::Active),
        pub filename_only: bool = false,
        /// Only for active files.
        pub file_extensions: Option<Vec<String>> = None,
        /// Only for active files.
        pub file_categories: Option<Vec<FileCategory>> = None,
        pub account_id: Option<String> = None,
    }

    pub struct SearchMatchFieldOptions {
        pub include_highlights: bool = false,
    }

    pub struct SearchV2ContinueArg {
        pub cursor: String,
    }

    pub struct SearchV2Result {
        pub matches: ReadableList<SearchMatch>,
        pub has_more: bool,
        pub cursor: Option<String> = None,
    }

    pub struct SearchMatch {
        pub metadata: MetadataV2,
        pub match_type: Option<SearchMatchType> = None,
        pub highlight_spans: Option<Vec<HighlightSpan>> = None,
    }

    pub struct HighlightSpan {
        pub highlight_str: String,
        pub is_highlighted: bool,
    }
}

union! {
    /// Metadata once more wrapped, as search answers it.
    pub open union MetadataV2 {
        Metadata(nested Metadata) = "metadata",
    }

    pub open union SearchOrderBy {
        Relevance = "relevance",
        LastModifiedTime = "last_modified_time",
    }

    pub open union FileStatus {
        Active = "active",
        Deleted = "deleted",
    }

    pub open union FileCategory {
        Image = "image",
        Document = "document",
        Pdf = "pdf",
        Spreadsheet = "spreadsheet",
        Presentation = "presentation",
        Audio = "audio",
        Video = "video",
        Folder = "folder",
        Paper = "paper",
        Others = "others",
    }

    pub open union SearchMatchType {
        Filename = "filename",
        FileContent = "file_content",
        FilenameAndContent = "filename_and_content",
        ImageContent = "image_content",
        Metadata = "metadata",
    }

    pub open union SearchError {
        Path(nested LookupError) = "path",
        InvalidArgument(nullable Option<String>) = "invalid_argument",
        InternalError = "internal_error",
    }
}

impl FileCategory {
    /// The category of a file with this name, by its extension. It is never [`FileCategory::Folder`].
    ///
    /// Dropbox does not publish its table; this one has the extensions that its categories are known for.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
        match extension.as_str() {
            "jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" | "tif" | "tiff" | "ppm" | "heic" | "svg"
            | "raw" | "psd" => Self::Image,
            "doc" | "docx" | "docm" | "odt" | "rtf" | "txt" | "md" | "pages" | "tex" => Self::Document,
            "pdf" => Self::Pdf,
            "xls" | "xlsx" | "xlsm" | "ods" | "csv" | "tsv" | "numbers" => Self::Spreadsheet,
            "ppt" | "pptx" | "pptm" | "pps" | "ppsx" | "odp" | "key" => Self::Presentation,
            "mp3" | "wav" | "flac" | "ogg" | "oga" | "m4a" | "aac" | "opus" | "aiff" => Self::Audio,
            "mp4" | "m4v" | "mov" | "avi" | "mkv" | "webm" | "mpg" | "mpeg" | "ogv" | "wmv" => Self::Video,
            "paper" => Self::Paper,
            _ => Self::Others,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FileCategory;

    #[test]
    fn the_extension_tells_the_category_in_any_case() {
        for (name, expected) in [
            ("a.JPG", FileCategory::Image),
            ("a.tar.pdf", FileCategory::Pdf),
            ("notes.md", FileCategory::Document),
            ("song.Opus", FileCategory::Audio),
            ("Makefile", FileCategory::Others),
            (".csv", FileCategory::Spreadsheet),
            ("a.unknown", FileCategory::Others),
        ] {
            assert_eq!(FileCategory::from_name(name), expected, "{name}");
        }
    }
}
