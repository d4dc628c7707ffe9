//! `files/get_thumbnail_v2`, its older form and the batch (reference 3.5).

use super::authorize::Caller;
use super::body;
use super::call::Call;
use super::content::Download;
use super::download::find_file;
use super::failure::Failure;
use super::links::{LinkAddress, LinkProblem, Visitor, open};
use super::reply::with_type;
use crate::account::Account;
use crate::paths::{PathRef, READ_PATH, rev_text};
use crate::render::version_metadata;
use crate::store::entry::{Entry, Version};
use crate::thumbnails::{Kind, ThumbnailProblem};
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

pub async fn get_thumbnail(
    call: Call,
    argument: ThumbnailV2Arg,
) -> Result<Download<PreviewResult>, Failure<ThumbnailV2Error>> {
    let kind = Kind { format: argument.format, size: argument.size, mode: argument.mode };
    let content_type = content_type(&kind.format);
    let (result, bytes) = match argument.resource {
        PathOrLink::Path(_) if matches!(call.caller, Caller::App) => {
            return Err(Failure::BadArgument("resource: must be a link with app authentication".to_owned()));
        }
        PathOrLink::Path(path) => {
            let path = PathRef::parse(&path, READ_PATH)?;
            let (metadata, bytes) =
                make(&call.account, path, kind).await.map_err(|failure| failure.map(newer_words))?;
            (PreviewResult { file_metadata: Some(metadata), link_metadata: None }, bytes)
        }
        PathOrLink::Link(link) => of_link(&call, link, kind).await?,
        PathOrLink::Other => return Err(Failure::BadArgument("resource: unknown tag".to_owned())),
    };
    Ok(Download { result, reply: with_type(StatusCode::OK, content_type, body::full(bytes)) })
}

/// The thumbnail of what a shared link leads to.
async fn of_link(
    call: &Call,
    info: SharedLinkFileInfo,
    kind: Kind,
) -> Result<(PreviewResult, Vec<u8>), Failure<ThumbnailV2Error>> {
    let address = LinkAddress::parse(&info.url).ok_or(Failure::Answer(ThumbnailV2Error::NotFound))?;
    let visitor = Visitor {
        password: info.password.map(|password| password.reveal().to_owned()),
        is_known: false,
        is_owner: matches!(call.caller, Caller::Person { .. }),
    };
    let opened = open(&call.account, address, info.path.as_deref().unwrap_or_default(), visitor)
        .await
        .map_err(|refusal| {
            refusal.map(|problem| match problem {
                LinkProblem::Malformed | LinkProblem::NotFound => ThumbnailV2Error::NotFound,
                LinkProblem::PasswordNeeded | LinkProblem::OwnerOnly => ThumbnailV2Error::AccessDenied,
            })
        })?;
    let Some(version) = &opened.entry.version else {
        return Err(Failure::Answer(ThumbnailV2Error::Path(LookupError::NotFile)));
    };
    let bytes = make_of(&call.account, &opened.entry, version, kind)
        .await
        .map_err(|failure| failure.map(newer_words))?;
    let link_metadata = MinimalFileLinkMetadata {
        id: Some(opened.entry.id.clone()),
        ..MinimalFileLinkMetadata::new(opened.url(&call.account), rev_text(version.rev))
    };
    Ok((PreviewResult { file_metadata: None, link_metadata: Some(link_metadata) }, bytes))
}

pub async fn get_thumbnail_v1(
    call: Call,
    argument: ThumbnailArg,
) -> Result<Download<FileMetadata>, Failure<ThumbnailError>> {
    let kind = Kind { format: argument.format, size: argument.size, mode: argument.mode };
    let path = PathRef::parse(&argument.path, READ_PATH)?;
    let content_type = content_type(&kind.format);
    let (metadata, bytes) = make(&call.account, path, kind).await?;
    Ok(Download { result: metadata, reply: with_type(StatusCode::OK, content_type, body::full(bytes)) })
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
    let bytes = make_of(account, &entry, &version, kind).await?;
    Ok((version_metadata(&entry, &version), bytes))
}

async fn make_of(
    account: &Account,
    entry: &Entry,
    version: &Version,
    kind: Kind,
) -> Result<Vec<u8>, Failure<ThumbnailError>> {
    if !has_thumbnail_extension(entry.name()) {
        return Err(Failure::Answer(ThumbnailError::UnsupportedExtension));
    }
    account.thumbnails.get(version.hash, version.size, kind).await.map_err(|problem| match problem {
        ThumbnailProblem::UnsupportedImage => Failure::Answer(ThumbnailError::UnsupportedImage),
        ThumbnailProblem::ConversionError => Failure::Answer(ThumbnailError::ConversionError),
        ThumbnailProblem::Store(error) => Failure::Store(error),
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
