//! `files/get_thumbnail_v2`, its older form and the batch (reference 3.5).

use super::authorize::Caller;
use super::body;
use super::call::Call;
use super::content::ContentReply;
use super::download::find_file;
use super::failure::CallFailure;
use super::links::{LinkAddress, Visitor, link_failure, open};
use super::reply::with_type;
use crate::app_state::AppState;
use crate::paths::{READ_PATH, rev_text};
use crate::store::entry::{StoredEntry, Version};
use crate::thumbnails::{ThumbnailProblem, ThumbnailSpec};
use crate::view::RequestPath;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dropbox_protocol::files::{
    FileMetadata, GetThumbnailBatchArg, GetThumbnailBatchError, GetThumbnailBatchResult,
    GetThumbnailBatchResultData, GetThumbnailBatchResultEntry, LookupError, MinimalFileLinkMetadata,
    PathOrLink, PreviewResult, SharedLinkFileInfo, THUMBNAIL_BATCH_LIMIT, ThumbnailArg, ThumbnailError,
    ThumbnailFormat, ThumbnailV2Arg, ThumbnailV2Error, has_thumbnail_extension,
};
use futures_util::future::join_all;
use http::StatusCode;
use std::sync::Arc;

pub(super) async fn get_thumbnail(
    call: Call,
    argument: ThumbnailV2Arg,
) -> Result<ContentReply<PreviewResult>, CallFailure<ThumbnailV2Error>> {
    let kind = ThumbnailSpec { format: argument.format, size: argument.size, mode: argument.mode };
    let content_type = content_type(&kind.format);
    let (result, bytes) = match argument.resource {
        PathOrLink::Path(_) if matches!(call.caller, Caller::App) => {
            return Err(CallFailure::BadArgument(
                "resource: must be a link with app authentication".to_owned(),
            ));
        }
        PathOrLink::Path(path) => {
            let path = call.view.parse(&path, READ_PATH)?;
            let (metadata, bytes) =
                make(&call.app, path, kind).await.map_err(|failure| failure.map(newer_words))?;
            (PreviewResult { file_metadata: Some(metadata), link_metadata: None }, bytes)
        }
        PathOrLink::Link(link) => of_link(&call, link, kind).await?,
        PathOrLink::Other => return Err(CallFailure::BadArgument("resource: unknown tag".to_owned())),
    };
    Ok(ContentReply { result, reply: with_type(StatusCode::OK, content_type, body::full(bytes)) })
}

/// The thumbnail of what a shared link leads to.
async fn of_link(
    call: &Call,
    info: SharedLinkFileInfo,
    kind: ThumbnailSpec,
) -> Result<(PreviewResult, Vec<u8>), CallFailure<ThumbnailV2Error>> {
    let address = LinkAddress::parse(&info.url).ok_or(CallFailure::Answer(ThumbnailV2Error::NotFound))?;
    let visitor = Visitor {
        password: info.password.map(|password| password.reveal().to_owned()),
        is_known: false,
        is_owner: matches!(call.caller, Caller::Person { .. }),
    };
    let opened = open(&call.app, address, info.path.as_deref().unwrap_or_default(), visitor).await.map_err(
        |refusal| {
            link_failure(refusal, |is_found| {
                if is_found { ThumbnailV2Error::AccessDenied } else { ThumbnailV2Error::NotFound }
            })
        },
    )?;
    let Some(version) = &opened.entry.version else {
        return Err(CallFailure::Answer(ThumbnailV2Error::Path(LookupError::NotFile)));
    };
    let bytes =
        make_of(&call.app, &opened.entry, version, kind).await.map_err(|failure| failure.map(newer_words))?;
    let link_metadata = MinimalFileLinkMetadata {
        id: Some(opened.entry.id.clone()),
        ..MinimalFileLinkMetadata::new(opened.url(&call.app), rev_text(version.rev))
    };
    Ok((PreviewResult { file_metadata: None, link_metadata: Some(link_metadata) }, bytes))
}

pub(super) async fn get_thumbnail_v1(
    call: Call,
    argument: ThumbnailArg,
) -> Result<ContentReply<FileMetadata>, CallFailure<ThumbnailError>> {
    let kind = ThumbnailSpec { format: argument.format, size: argument.size, mode: argument.mode };
    let path = call.view.parse(&argument.path, READ_PATH)?;
    let content_type = content_type(&kind.format);
    let (metadata, bytes) = make(&call.app, path, kind).await?;
    Ok(ContentReply { result: metadata, reply: with_type(StatusCode::OK, content_type, body::full(bytes)) })
}

pub(super) async fn get_thumbnail_batch(
    call: Call,
    argument: GetThumbnailBatchArg,
) -> Result<GetThumbnailBatchResult, CallFailure<GetThumbnailBatchError>> {
    if argument.entries.len() > THUMBNAIL_BATCH_LIMIT {
        return Err(CallFailure::Answer(GetThumbnailBatchError::TooManyFiles));
    }
    let mut wanted = Vec::new();
    for entry in argument.entries {
        let kind = ThumbnailSpec { format: entry.format, size: entry.size, mode: entry.mode };
        wanted.push((call.view.parse(&entry.path, READ_PATH)?, kind));
    }
    let made = join_all(wanted.into_iter().map(|(path, kind)| make(&call.app, path, kind))).await;
    let mut entries = Vec::with_capacity(made.len());
    for outcome in made {
        entries.push(match outcome {
            Ok((metadata, bytes)) => GetThumbnailBatchResultEntry::Success(GetThumbnailBatchResultData {
                metadata,
                thumbnail: STANDARD.encode(bytes),
            }),
            Err(CallFailure::Answer(error)) => GetThumbnailBatchResultEntry::Failure(error),
            Err(other) => return Err(other.map(|_| GetThumbnailBatchError::TooManyFiles)),
        });
    }
    Ok(GetThumbnailBatchResult { entries })
}

async fn make(
    app: &AppState,
    path: RequestPath,
    kind: ThumbnailSpec,
) -> Result<(FileMetadata, Vec<u8>), CallFailure<ThumbnailError>> {
    let view = Arc::clone(&path.view);
    let found = find_file(app, path).await;
    let (entry, version) = found.map_err(|refusal| refusal.map(ThumbnailError::Path))?;
    let bytes = make_of(app, &entry, &version, kind).await?;
    Ok((view.version_metadata(&entry, &version), bytes))
}

/// The thumbnail of one version of a file, encoded.
pub(super) async fn make_of(
    app: &AppState,
    entry: &StoredEntry,
    version: &Version,
    kind: ThumbnailSpec,
) -> Result<Vec<u8>, CallFailure<ThumbnailError>> {
    if !has_thumbnail_extension(entry.name()) {
        return Err(CallFailure::Answer(ThumbnailError::UnsupportedExtension));
    }
    app.thumbnails.get(version.hash, version.size, kind).await.map_err(|problem| match problem {
        ThumbnailProblem::UnsupportedImage => CallFailure::Answer(ThumbnailError::UnsupportedImage),
        ThumbnailProblem::ConversionError => CallFailure::Answer(ThumbnailError::ConversionError),
        ThumbnailProblem::Store(error) => CallFailure::Store(error),
    })
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
