//! Thumbnails.

use super::Metadata;
use crate::options::setters;
use crate::{ApiError, DropboxClient, RestResponse};
use dropbox_protocol::files::{
    GET_THUMBNAIL, PathOrLink, ThumbnailFormat, ThumbnailMode, ThumbnailSize, ThumbnailV2Arg,
};
use dropbox_protocol::path;

/// What a thumbnail should be like.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ThumbnailOptions {
    /// The box that the picture fits in: 128 × 128 unless said otherwise.
    pub size: ThumbnailSize,
    pub format: ThumbnailFormat,
    pub mode: ThumbnailMode,
}

impl Default for ThumbnailOptions {
    fn default() -> Self {
        Self { size: ThumbnailSize::W128H128, format: ThumbnailFormat::Jpeg, mode: ThumbnailMode::Strict }
    }
}

setters! { ThumbnailOptions:
    with_size sets size to value(ThumbnailSize),
    with_format sets format to value(ThumbnailFormat),
    with_mode sets mode to value(ThumbnailMode),
}

/// The size that the Core API called `xs`, `s`, `m`, `l` or `xl`.
pub fn core_thumbnail_size(name: &str) -> Option<ThumbnailSize> {
    Some(match name {
        "xs" => ThumbnailSize::W32H32,
        "s" => ThumbnailSize::W64H64,
        "m" => ThumbnailSize::W128H128,
        "l" => ThumbnailSize::W640H480,
        "xl" => ThumbnailSize::W1024H768,
        _ => return None,
    })
}

impl DropboxClient {
    /// A small picture of a picture (`files/get_thumbnail_v2`). A file of the wrong kind is `unsupported_extension`
    /// (404 in the Core API), a broken one `unsupported_image` or `conversion_error` (415).
    pub async fn thumbnail(
        &self,
        from_path: &str,
        options: &ThumbnailOptions,
    ) -> Result<RestResponse, ApiError> {
        Ok(self.thumbnail_and_metadata(from_path, options).await?.0)
    }

    /// A thumbnail and the metadata of its file, from one answer (`files/get_thumbnail_v2`).
    pub async fn thumbnail_and_metadata(
        &self,
        from_path: &str,
        options: &ThumbnailOptions,
    ) -> Result<(RestResponse, Metadata), ApiError> {
        let ThumbnailOptions { size, format, mode } = options.clone();
        let resource = PathOrLink::Path(path::normalize(from_path));
        let argument = ThumbnailV2Arg { format, size, mode, ..ThumbnailV2Arg::new(resource) };
        let reply = self.download(&GET_THUMBNAIL, &argument, None).await?;
        let file = reply
            .result
            .file_metadata
            .ok_or_else(|| reply.response.malformed("the file's metadata is missing"))?;
        Ok((reply.response, Metadata::from_file(file, self.root())))
    }
}
