//! Which thumbnail an entry is drawn with, and that it is asked for: of pictures everywhere, of documents where a page of
//! them can be seen.

use super::WindowContext;
use super::entries::ContentLines;
use super::textures::ReadyTexture;
use coffer_model::entry::ContentAccess;
use coffer_model::preview::{ThumbnailKind, thumbnail_kind};
use coffer_model::{Entry, Thumbnail, ThumbnailKey, ThumbnailSize};
use coffer_state::State;
use egui::Context;
use std::ops::Range;
use std::sync::Arc;

/// Smaller pages of documents tell less than the symbol of their kind.
const LEAST_PAGE_PIXELS: f32 = 96.0;

/// The thumbnail of a picture for a place of so many pixels.
pub fn thumbnail_of(state: &State, entry: &Entry, pixels: f32) -> Option<Thumbnail> {
    let kind = entry_thumbnail_kind(entry)?;
    (kind != ThumbnailKind::Page).then(|| thumbnail_in_size(state, entry, pixels)).flatten()
}

/// The thumbnail of a picture, or the page of a document where it can be seen.
pub fn thumbnail_or_page_of(state: &State, entry: &Entry, pixels: f32) -> Option<Thumbnail> {
    let kind = entry_thumbnail_kind(entry)?;
    (kind != ThumbnailKind::Page || pixels >= LEAST_PAGE_PIXELS)
        .then(|| thumbnail_in_size(state, entry, pixels))
        .flatten()
}

fn entry_thumbnail_kind(entry: &Entry) -> Option<ThumbnailKind> {
    let file = entry.last_version().filter(|file| file.access == ContentAccess::Download)?;
    thumbnail_kind(entry.name(), file.size_bytes)
}

fn thumbnail_in_size(state: &State, entry: &Entry, pixels: f32) -> Option<Thumbnail> {
    let file = entry.last_version()?;
    let content_hash = Arc::clone(file.content_hash.as_ref()?);
    let size = match pixels {
        ..=64.0 => ThumbnailSize::W64,
        ..=128.0 => ThumbnailSize::W128,
        ..=256.0 => ThumbnailSize::W256,
        _ => ThumbnailSize::W640,
    };
    let key = ThumbnailKey { content_hash, size };
    if state.thumbnails.is_missing(&key) {
        return None;
    }
    Some(Thumbnail { key, path: entry.path.clone(), rev: file.rev.clone(), size_bytes: file.size_bytes })
}

/// The thumbnail to draw; a missing one is requested.
pub fn ready_thumbnail(
    window: &mut WindowContext<'_>,
    ctx: &Context,
    entry: &Entry,
    pixels: f32,
) -> Option<ReadyTexture> {
    let thumbnail = thumbnail_of(window.state, entry, pixels)?;
    window.textures.thumbnail(ctx, &thumbnail)
}

/// The same, with pages of documents.
pub fn ready_thumbnail_or_page(
    window: &mut WindowContext<'_>,
    ctx: &Context,
    entry: &Entry,
    pixels: f32,
) -> Option<ReadyTexture> {
    let thumbnail = thumbnail_or_page_of(window.state, entry, pixels)?;
    window.textures.thumbnail(ctx, &thumbnail)
}

/// Requests the thumbnails of lines that are about to come into view.
pub fn want_ahead(window: &mut WindowContext<'_>, lines: &ContentLines, ahead: Range<usize>, pixels: f32) {
    for line in ahead {
        if let Some(thumbnail) =
            lines.entry(line).and_then(|entry| thumbnail_or_page_of(window.state, entry, pixels))
        {
            window.textures.want(&thumbnail);
        }
    }
}
