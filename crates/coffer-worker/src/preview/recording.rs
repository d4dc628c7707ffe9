//! What recordings and films tell of themselves: title, length, cover, size of the picture. Only their headers are
//! downloaded, and nothing of what can be heard or seen is decoded: `sound` does that.

use super::super::account::OpenAccount;
use super::super::blocking;
use super::super::context::JobError;
use super::super::worker_context::WorkerContext;
use super::none;
use super::picture;
use super::remote_file::{ReadByRanges, RemoteFile, read_by_ranges};
use coffer_model::entry::File;
use coffer_model::file_kind::extension;
use coffer_model::preview::{PreviewBody, RecordingPreview};
use coffer_model::{Entry, Pixels};
use coffer_texts::tr;
use std::sync::Arc;
use std::time::Duration;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::common::Limit;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::{MetadataOptions, MetadataRevision, StandardTag, StandardVisualKey, Visual};

/// Headers with covers and the lists of their parts: that of a film of three hours has some 5 MB.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// A larger cover is left out.
const MOST_COVER_BYTES: usize = 8 * 1024 * 1024;

/// The cover as it is shown, in pixels.
const COVER_SIDE: u32 = 640;

/// What a header and its parts take while they are read, about.
const READING_BYTES: u64 = 64 * 1024 * 1024;

pub(super) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
) -> Result<PreviewBody, JobError> {
    preview_within(worker, account, entry, file, MOST_BYTES).await
}

/// As far as so many bytes tell.
pub(super) async fn preview_within(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    most_bytes: u64,
) -> Result<PreviewBody, JobError> {
    let permit = worker.previews.memory.acquire(READING_BYTES).await;
    let (name, size_bytes) = (entry.name().to_owned(), file.size_bytes);
    let read =
        read_by_ranges(account, entry, file, most_bytes, move |remote| read(remote, &name, size_bytes));
    let ReadByRanges { value, has_met_bound } = read.await?;
    drop(permit);
    let Some((mut recording, cover)) = value else {
        return Ok(none(if has_met_bound {
            tr!("recording-header-too-long")
        } else {
            tr!("recording-no-preview")
        }));
    };
    if let Some(cover) = cover {
        recording.cover = decode_cover(worker, cover).await?;
    }
    Ok(PreviewBody::Recording(recording))
}

async fn decode_cover(worker: &WorkerContext, bytes: Vec<u8>) -> Result<Option<Arc<Pixels>>, JobError> {
    let body = picture::decode_picture(worker, bytes, COVER_SIDE).await?;
    Ok(blocking(move || match body {
        PreviewBody::Picture { frames, .. } => frames.first().map(|frame| Arc::clone(&frame.pixels)),
        _ => None,
    })
    .await?)
}

fn read(remote: RemoteFile, name: &str, size_bytes: u64) -> Option<(RecordingPreview, Option<Vec<u8>>)> {
    let mut format = open(remote, name)?;
    let mut recording = RecordingPreview { length: length(&*format), ..RecordingPreview::default() };
    for track in format.tracks() {
        add_track(&mut recording, track);
    }
    let secs = recording.length.map_or(0.0, |length| length.as_secs_f64());
    recording.bits_per_second = (secs > 0.5).then(|| (size_bytes as f64 * 8.0 / secs) as u64);
    let mut cover = None;
    for revision in revisions(&mut *format) {
        add_tags(&mut recording, &revision);
        let visuals = revision
            .media
            .visuals
            .iter()
            .chain(revision.per_track.iter().flat_map(|track| &track.metadata.visuals));
        for visual in visuals {
            if cover.is_none() || is_front(visual) {
                cover = Some(visual.data.to_vec());
            }
        }
    }
    Some((recording, cover))
}

/// Finds out how the file is made. `None` when it is damaged, or of a kind that the library does not know.
pub(super) fn open(remote: RemoteFile, name: &str) -> Option<Box<dyn FormatReader>> {
    let stream = MediaSourceStream::new(Box::new(remote), MediaSourceStreamOptions::default());
    let mut hint = Hint::new();
    hint.with_extension(&extension(name).to_ascii_lowercase());
    let options = MetadataOptions::default().limit_visual_bytes(Limit::Maximum(MOST_COVER_BYTES));
    symphonia::default::get_probe().probe(&hint, stream, FormatOptions::default(), options).ok()
}

/// What the file tells at its beginning, at its end and beside its tracks.
fn revisions(format: &mut dyn FormatReader) -> Vec<MetadataRevision> {
    let mut metadata = format.metadata();
    let mut revisions = Vec::new();
    while let Some(revision) = metadata.pop() {
        revisions.push(revision);
    }
    revisions.extend(metadata.current().cloned());
    revisions
}

/// As the file says, or that of its longest track.
pub(super) fn length(format: &dyn FormatReader) -> Option<Duration> {
    let info = format.media_info();
    let of_tracks = || {
        let secs =
            |track: &Track| track.time_base?.calc_duration(track.duration?).map(|time| time.as_secs_f64());
        format.tracks().iter().filter_map(secs).max_by(f64::total_cmp)
    };
    let secs = info
        .time_base
        .zip(info.duration)
        .and_then(|(base, duration)| base.calc_duration(duration))
        .map(|time| time.as_secs_f64())
        .or_else(of_tracks)?;
    Duration::try_from_secs_f64(secs).ok().filter(|length| !length.is_zero())
}

fn add_track(recording: &mut RecordingPreview, track: &Track) {
    match &track.codec_params {
        Some(CodecParameters::Audio(audio)) => {
            recording.sample_rate = recording.sample_rate.or(audio.sample_rate);
            recording.channels =
                recording.channels.or(audio.channels.as_ref().map(|channels| channels.count() as u32));
        }
        Some(CodecParameters::Video(video)) => {
            let size = video.width.zip(video.height).map(|(width, height)| (width.into(), height.into()));
            recording.size = recording.size.or(size);
            recording.is_film = true;
        }
        _ => {}
    }
}

fn add_tags(recording: &mut RecordingPreview, revision: &MetadataRevision) {
    let tags =
        revision.media.tags.iter().chain(revision.per_track.iter().flat_map(|track| &track.metadata.tags));
    for tag in tags {
        let (place, text) = match &tag.std {
            Some(StandardTag::TrackTitle(text)) => (&mut recording.title, text.to_string()),
            Some(StandardTag::Artist(text)) => (&mut recording.artist, text.to_string()),
            Some(StandardTag::Album(text)) => (&mut recording.album, text.to_string()),
            Some(StandardTag::ReleaseYear(year) | StandardTag::RecordingYear(year)) => {
                (&mut recording.year, year.to_string())
            }
            Some(StandardTag::ReleaseDate(date) | StandardTag::RecordingDate(date)) => {
                (&mut recording.year, date.chars().take(4).collect())
            }
            _ => continue,
        };
        let text = text.trim();
        if place.is_none() && !text.is_empty() {
            *place = Some(text.chars().take(MOST_TAG_CHARS).collect());
        }
    }
}

/// A longer title is cut off.
const MOST_TAG_CHARS: usize = 300;

fn is_front(visual: &Visual) -> bool {
    visual.usage == Some(StandardVisualKey::FrontCover)
}
