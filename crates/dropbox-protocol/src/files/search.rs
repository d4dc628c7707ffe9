//! Searching (reference §3.3).

use super::{LookupError, Metadata};
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
        pub matches: Vec<SearchMatch>,
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
