//! Thumbnails (reference §3.5), and which files can have one.

use super::{FileMetadata, LookupError};
use crate::Secret;
use crate::stone::{record, union};

/// Pictures above this size in bytes get no thumbnail.
pub const THUMBNAIL_SOURCE_LIMIT_BYTES: u64 = 20 * 1024 * 1024;

/// At most so many entries in a thumbnail batch.
pub const THUMBNAIL_BATCH_LIMIT: usize = 25;

const THUMBNAIL_EXTENSIONS: [&str; 9] = ["jpg", "jpeg", "png", "tiff", "tif", "gif", "webp", "ppm", "bmp"];

/// Whether a file of this name is of a kind that Dropbox makes thumbnails of.
pub fn has_thumbnail_extension(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        THUMBNAIL_EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
    })
}

record! {
    pub struct ThumbnailV2Arg {
        pub resource: PathOrLink,
        pub format: ThumbnailFormat = (ThumbnailFormat::Jpeg),
        pub size: ThumbnailSize = (ThumbnailSize::W64H64),
        pub mode: ThumbnailMode = (ThumbnailMode::Strict),
        pub exclude_media_info: Option<bool> = None,
    }

    pub struct SharedLinkFileInfo {
        pub url: String,
        /// Relative to the link, if that leads to a folder.
        pub path: Option<String> = None,
        pub password: Option<Secret> = None,
    }

    pub struct PreviewResult {
        /// Present for a path, absent for a link.
        pub file_metadata: Option<FileMetadata> = None,
        pub link_metadata: Option<MinimalFileLinkMetadata> = None,
    }

    pub struct MinimalFileLinkMetadata {
        pub url: String,
        pub rev: String,
        pub id: Option<String> = None,
        pub path: Option<String> = None,
    }

    pub struct ThumbnailArg {
        pub path: String,
        pub format: ThumbnailFormat = (ThumbnailFormat::Jpeg),
        pub size: ThumbnailSize = (ThumbnailSize::W64H64),
        pub mode: ThumbnailMode = (ThumbnailMode::Strict),
        pub exclude_media_info: Option<bool> = None,
    }

    pub struct GetThumbnailBatchArg {
        /// At most 25.
        pub entries: Vec<ThumbnailArg>,
    }

    pub struct GetThumbnailBatchResult {
        /// In the order of the request.
        pub entries: Vec<GetThumbnailBatchResultEntry>,
    }

    pub struct GetThumbnailBatchResultData {
        pub metadata: FileMetadata,
        /// The picture in base64.
        pub thumbnail: String,
    }
}

union! {
    pub open union PathOrLink {
        Path(nested String) = "path",
        Link(flat SharedLinkFileInfo) = "link",
    }

    pub closed union ThumbnailFormat {
        Jpeg = "jpeg",
        Png = "png",
        WebP = "webp",
    }

    /// Width and height of the box in pixels.
    pub closed union ThumbnailSize {
        W32H32 = "w32h32",
        W64H64 = "w64h64",
        W128H128 = "w128h128",
        W256H256 = "w256h256",
        W480H320 = "w480h320",
        W640H480 = "w640h480",
        W960H640 = "w960h640",
        W1024H768 = "w1024h768",
        W2048H1536 = "w2048h1536",
    }

    pub closed union ThumbnailMode {
        /// Fits inside the box.
        Strict = "strict",
        /// Fits inside the box or the box turned by a quarter.
        BestFit = "bestfit",
        /// Covers the box or the box turned by a quarter.
        FitOneBestFit = "fitone_bestfit",
        Original = "original",
    }

    pub closed union ThumbnailError {
        Path(nested LookupError) = "path",
        UnsupportedExtension = "unsupported_extension",
        UnsupportedImage = "unsupported_image",
        EncryptedContent = "encrypted_content",
        ConversionError = "conversion_error",
    }

    pub open union ThumbnailV2Error {
        Path(nested LookupError) = "path",
        UnsupportedExtension = "unsupported_extension",
        UnsupportedImage = "unsupported_image",
        EncryptedContent = "encrypted_content",
        ConversionError = "conversion_error",
        AccessDenied = "access_denied",
        /// The shared link leads nowhere.
        NotFound = "not_found",
        UnsupportedOutputFormat = "unsupported_output_format",
    }

    pub open union GetThumbnailBatchResultEntry {
        Success(flat GetThumbnailBatchResultData) = "success",
        Failure(nested ThumbnailError) = "failure",
    }

    pub open union GetThumbnailBatchError {
        TooManyFiles = "too_many_files",
    }
}

impl ThumbnailSize {
    /// Width and height in pixels.
    pub const fn dimensions(&self) -> (u32, u32) {
        match self {
            Self::W32H32 => (32, 32),
            Self::W64H64 => (64, 64),
            Self::W128H128 => (128, 128),
            Self::W256H256 => (256, 256),
            Self::W480H320 => (480, 320),
            Self::W640H480 => (640, 480),
            Self::W960H640 => (960, 640),
            Self::W1024H768 => (1024, 768),
            Self::W2048H1536 => (2048, 1536),
        }
    }
}
