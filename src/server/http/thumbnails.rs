//! `files/get_thumbnail_v2`, its older form and the batch (reference 3.5).

use super::api::Call;
use super::content::Download;
use super::download::find_file;
use super::failure::Failure;
use super::reply::with_type;
use crate::protocol::files::{
    FileMetadata, GetThumbnailBatchArg, GetThumbnailBatchError, GetThumbnailBatchResult,
    GetThumbnailBatchResultData, GetThumbnailBatchResultEntry, PathOrLink, PreviewResult,
    THUMBNAIL_BATCH_LIMIT, ThumbnailArg, ThumbnailError, ThumbnailFormat, ThumbnailV2Arg, ThumbnailV2Error,
    has_thumbnail_extension,
};
use crate::server::account::Account;
use crate::server::paths::{PathRef, READ_PATH};
use crate::server::render::version_metadata;
use crate::server::thumbnails::{Kind, ThumbnailProblem};
use axum::body::Body;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;

pub async fn get_thumbnail(
    call: Call,
    argument: ThumbnailV2Arg,
) -> Result<Download<PreviewResult>, Failure<ThumbnailV2Error>> {
    let kind = Kind { format: argument.format, size: argument.size, mode: argument.mode };
    let path = match argument.resource {
        PathOrLink::Path(path) => PathRef::parse(&path, READ_PATH)?,
        PathOrLink::Link(_) => return Err(Failure::Answer(ThumbnailV2Error::NotFound)),
        PathOrLink::Other => return Err(Failure::BadArgument("resource: unknown tag".to_owned())),
    };
    let content_type = content_type(&kind.format);
    let (metadata, bytes) =
        make(&call.account, path, kind).await.map_err(|failure| failure.map(newer_words))?;
    Ok(Download {
        result: PreviewResult { file_metadata: Some(metadata), link_metadata: None },
        reply: with_type(StatusCode::OK, content_type, Body::from(bytes)),
    })
}

pub async fn get_thumbnail_v1(
    call: Call,
    argument: ThumbnailArg,
) -> Result<Download<FileMetadata>, Failure<ThumbnailError>> {
    let kind = Kind { format: argument.format, size: argument.size, mode: argument.mode };
    let path = PathRef::parse(&argument.path, READ_PATH)?;
    let content_type = content_type(&kind.format);
    let (metadata, bytes) = make(&call.account, path, kind).await?;
    Ok(Download { result: metadata, reply: with_type(StatusCode::OK, content_type, Body::from(bytes)) })
}

pub async fn get_thumbnail_batch(
    call: Call,
    argument: GetThumbnailBatchArg,
) -> Result<GetThumbnailBatchResult, Failure<GetThumbnailBatchError>> {
    if argument.entries.len() > THUMBNAIL_BATCH_LIMIT {
        return Err(Failure::Answer(GetThumbnailBatchError::TooManyFiles));
    }
    let mut wanted = Vec::new();
    for entry in argument.entries {
        let kind = Kind { format: entry.format, size: entry.size, mode: entry.mode };
        wanted.push((PathRef::parse(&entry.path, READ_PATH)?, kind));
    }
    let made = join_all(wanted.into_iter().map(|(path, kind)| make(&call.account, path, kind))).await;
    let mut entries = Vec::with_capacity(made.len());
    for outcome in made {
        entries.push(match outcome {
            Ok((metadata, bytes)) => GetThumbnailBatchResultEntry::Success(GetThumbnailBatchResultData {
                metadata,
                thumbnail: STANDARD.encode(bytes),
            }),
            Err(Failure::Answer(error)) => GetThumbnailBatchResultEntry::Failure(error),
            Err(other) => return Err(other.map(|_| GetThumbnailBatchError::TooManyFiles)),
        });
    }
    Ok(GetThumbnailBatchResult { entries })
}

async fn make(
    account: &Account,
    path: PathRef,
    kind: Kind,
) -> Result<(FileMetadata, Vec<u8>), Failure<ThumbnailError>> {
    let found = find_file(account, path).await;
    let (entry, version) = found.map_err(|refusal| refusal.map(ThumbnailError::Path))?;
    if !has_thumbnail_extension(entry.name()) {
        return Err(Failure::Answer(ThumbnailError::UnsupportedExtension));
    }
    let bytes =
        account.thumbnails.get(version.hash, version.size, kind).await.map_err(|problem| match problem {
            ThumbnailProblem::UnsupportedImage => Failure::Answer(ThumbnailError::UnsupportedImage),
            ThumbnailProblem::ConversionError => Failure::Answer(ThumbnailError::ConversionError),
            ThumbnailProblem::Store(error) => Failure::Store(error),
        })?;
    Ok((version_metadata(&entry, &version), bytes))
}

fn newer_words(error: ThumbnailError) -> ThumbnailV2Error {
    match error {
        ThumbnailError::Path(error) => ThumbnailV2Error::Path(error),
        ThumbnailError::UnsupportedExtension => ThumbnailV2Error::UnsupportedExtension,
        ThumbnailError::UnsupportedImage => ThumbnailV2Error::UnsupportedImage,
        ThumbnailError::EncryptedContent => ThumbnailV2Error::EncryptedContent,
        ThumbnailError::ConversionError => ThumbnailV2Error::ConversionError,
    }
}

fn content_type(format: &ThumbnailFormat) -> &'static str {
    match format {
        ThumbnailFormat::Jpeg => "image/jpeg",
        ThumbnailFormat::Png => "image/png",
        ThumbnailFormat::WebP => "image/webp",
    }
}
