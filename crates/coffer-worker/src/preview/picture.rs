//! Pictures: decoded here, upright, made to fit; moving ones frame by frame within bounds. What this program cannot
//! decode is asked of the service.

use super::super::account::OpenAccount;
use super::super::context::JobError;
use super::super::error::Classify;
use super::super::worker_context::WorkerContext;
use super::super::{blocking, pixels, problem, thumbnails};
use super::inner_picture::{self, InnerPicture};
use super::memory::{MOST_FRAME_BYTES, MOST_PICTURE_BYTES};
use super::recent::PictureKey;
use super::remote_file::read_by_ranges;
use super::still::{Undecodable, body_of_still};
use super::{exif, fetch, jpeg_end, memory, none, scaled_jpeg, tiff_pages};
use crate::act::Act;
use coffer_model::entry::File;
use coffer_model::preview::{Frame, PictureFacts, PreviewBody, can_have_thumbnail};
use coffer_model::{Entry, FileType, PreviewKind, ProblemKind};
use coffer_texts::tr;
use dropbox_protocol::files::{GET_THUMBNAIL, PathOrLink, ThumbnailMode, ThumbnailSize, ThumbnailV2Arg};
use image::codecs::gif::GifDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

/// Larger files are not fetched for a preview.
pub(crate) const MOST_FILE_BYTES: u64 = 128 * 1024 * 1024;
/// Larger pictures are not decoded.
const MOST_PIXELS: u64 = 180_000_000;
const MOST_FRAMES: usize = 240;

/// Of a raw file so much is read to find the picture in it.
const MOST_INNER_BYTES: u64 = 48 * 1024 * 1024;

/// Notes of a camera are at the beginning of a JPEG.
const EXIF_WITHIN: usize = 4096;

/// Browsers show faster frames no faster either.
const SHORTEST_DELAY: Duration = Duration::from_millis(20);

pub(crate) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    max_side: u32,
) -> Result<PreviewBody, JobError> {
    let Some(file) = entry.file() else { return Ok(none(tr!("image-not-shown"))) };
    let key = PictureKey::new(account, file, max_side);
    if let Some(body) = key.as_ref().and_then(|key| worker.previews.recent.get(key)) {
        return Ok(body);
    }
    let body = fetch_and_decode(worker, account, entry, file, max_side).await?;
    if let Some(key) = key {
        worker.previews.recent.put(key, &body);
    }
    Ok(body)
}

async fn fetch_and_decode(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    max_side: u32,
) -> Result<PreviewBody, JobError> {
    match FileType::from_name(entry.name()).preview {
        PreviewKind::PictureInside => {
            let inner = picture_inside(worker, account, entry, file, max_side, MOST_INNER_BYTES);
            return match inner.await? {
                Some(body) => Ok(body),
                None => from_service(account, entry, max_side).await,
            };
        }
        PreviewKind::ServicePicture => return from_service(account, entry, max_side).await,
        _ if file.size_bytes > MOST_FILE_BYTES => return from_service(account, entry, max_side).await,
        _ => {}
    }
    let bytes = fetch::content(worker, account, entry, file, MOST_FILE_BYTES).await?;
    match decode_in_turn(worker, bytes, max_side).await? {
        Ok(body) => Ok(body),
        Err(Undecodable::Damaged) => Ok(none(tr!("image-damaged"))),
        Err(Undecodable::TooLarge | Undecodable::Unknown) => from_service(account, entry, max_side).await,
    }
}

/// A picture that the file holds for programs that can't decode it; `None` where there is none in so many bytes.
pub(super) async fn picture_inside(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    max_side: u32,
    most_bytes: u64,
) -> Result<Option<PreviewBody>, JobError> {
    let find = |mut remote| inner_picture::find(&mut remote);
    let read = read_by_ranges(account, entry, file, most_bytes, find).await?;
    let Some(InnerPicture { mut bytes, notes, is_preview }) = read.value else { return Ok(None) };
    if let Some(orientation) = Orientation::from_exif_chunk(&notes)
        && !bytes.windows(6).take(EXIF_WITHIN).any(|bytes| bytes == b"Exif\0\0")
    {
        bytes = inner_picture::with_orientation(&bytes, orientation.to_exif());
    }
    let Ok(mut body) = decode_in_turn(worker, bytes, max_side).await? else { return Ok(None) };
    if let (PreviewBody::Picture { frames, width, height, facts }, true) = (&mut body, is_preview) {
        // What is shown is all there is: its pixels are not asked for in parts.
        if let Some(frame) = frames.first() {
            (*width, *height) = (frame.pixels.width as u32, frame.pixels.height as u32);
        }
        let of_file = exif::facts(&notes);
        let is_cut = facts.is_cut;
        if of_file.camera.is_some() {
            *facts = of_file;
        }
        (facts.is_inner, facts.is_cut) = (true, is_cut);
    }
    Ok(Some(body))
}

/// The picture in a file of this computer.
pub(crate) async fn decode_picture(
    worker: &WorkerContext,
    bytes: Vec<u8>,
    max_side: u32,
) -> Result<PreviewBody, JobError> {
    Ok(match decode_in_turn(worker, bytes, max_side).await? {
        Ok(body) => body,
        Err(Undecodable::Damaged) => none(tr!("image-damaged")),
        Err(Undecodable::TooLarge | Undecodable::Unknown) => none(tr!("image-not-shown")),
    })
}

/// Decodes a picture as soon as there is memory for it.
async fn decode_in_turn(
    worker: &WorkerContext,
    bytes: Vec<u8>,
    max_side: u32,
) -> Result<Result<PreviewBody, Undecodable>, JobError> {
    let (bytes, decoded_bytes) = blocking(move || {
        let decoded_bytes = memory::decoded_bytes(&bytes);
        (bytes, decoded_bytes)
    })
    .await?;
    let decoded_bytes = decoded_bytes.unwrap_or(0);
    let is_large = decoded_bytes > MOST_PICTURE_BYTES;
    let permit =
        worker.previews.memory.acquire(bytes.len() as u64 + decoded_bytes.min(MOST_PICTURE_BYTES)).await;
    let decoded = blocking(move || {
        // Held to the end of the decoding, also when the person has gone on to the next picture.
        let _permit = permit;
        if is_large { scaled_jpeg::decode(&bytes, max_side) } else { decode(&bytes, max_side) }
    });
    Ok(decoded.await?)
}

/// The largest picture that the service makes.
async fn from_service(account: &OpenAccount, entry: &Entry, max_side: u32) -> Result<PreviewBody, JobError> {
    let Some(file) = entry.file() else { return Ok(none(tr!("image-not-shown"))) };
    if !can_have_thumbnail(entry.name(), file.size_bytes) {
        return Ok(none(tr!("image-not-shown")));
    }
    let arg = ThumbnailV2Arg {
        size: ThumbnailSize::W2048H1536,
        mode: ThumbnailMode::BestFit,
        format: thumbnails::format_for(entry.name()),
        ..ThumbnailV2Arg::new(PathOrLink::Path(format!("rev:{}", file.rev.0)))
    };
    let about = || problem::item(&entry.path, Act::Preview);
    let (_, mut body) = match account.service.download(&GET_THUMBNAIL, &arg, None).await {
        Ok(reply) => reply,
        Err(error) if error.kind() == ProblemKind::NoPreview => return Ok(none(tr!("image-not-shown"))),
        Err(error) => return Err(about().call(&error).into()),
    };
    let bytes = body.read(None).await.map_err(|error| about().call(&error))?;
    Ok(blocking(move || decode(&bytes, max_side)).await?.unwrap_or_else(|_| none(tr!("image-not-shown"))))
}

/// Goes by what the bytes are, not by what the name says.
fn decode(bytes: &[u8], max_side: u32) -> Result<PreviewBody, Undecodable> {
    let format = image::guess_format(bytes).map_err(|_| Undecodable::Damaged)?;
    match format {
        ImageFormat::Gif => {
            let mut decoder = GifDecoder::new(Cursor::new(bytes))?;
            check_size(&mut decoder)?;
            moving(decoder, max_side)
        }
        ImageFormat::WebP => {
            let mut decoder = WebPDecoder::new(Cursor::new(bytes))?;
            check_size(&mut decoder)?;
            if decoder.has_animation() { moving(decoder, max_side) } else { still(decoder, max_side) }
        }
        _ => {
            let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
            reader.limits(pixels::limits());
            let mut decoder = reader.into_decoder()?;
            check_size(&mut decoder)?;
            let mut body = still(decoder, max_side)?;
            if let PreviewBody::Picture { facts, .. } = &mut body {
                facts.is_cut = format == ImageFormat::Jpeg && jpeg_end::is_cut(bytes);
                facts.page_count =
                    (format == ImageFormat::Tiff).then(|| tiff_pages::count(Cursor::new(bytes))).flatten();
            }
            Ok(body)
        }
    }
}

fn check_size(decoder: &mut impl ImageDecoder) -> Result<(), Undecodable> {
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Undecodable::TooLarge);
    }
    decoder.set_limits(pixels::limits())?;
    Ok(())
}

fn still(mut decoder: impl ImageDecoder, max_side: u32) -> Result<PreviewBody, Undecodable> {
    let exif = decoder.exif_metadata().ok().flatten();
    let facts = exif.as_deref().map(exif::facts).unwrap_or_default();
    let orientation = decoder.orientation().ok();
    let picture = DynamicImage::from_decoder(decoder)?;
    let size = (picture.width(), picture.height());
    Ok(body_of_still(picture, size, orientation, facts, max_side))
}

fn moving<'a>(
    decoder: impl AnimationDecoder<'a> + ImageDecoder,
    max_side: u32,
) -> Result<PreviewBody, Undecodable> {
    let (width, height) = decoder.dimensions();
    let mut frames = Vec::new();
    let mut frame_bytes = 0;
    for frame in decoder.into_frames() {
        let frame = match frame {
            Ok(frame) => frame,
            // What came before the damage can be shown.
            Err(_) if !frames.is_empty() => break,
            Err(error) => return Err(error.into()),
        };
        let delay = Duration::from(frame.delay()).max(SHORTEST_DELAY);
        let picture = pixels::shrink(DynamicImage::ImageRgba8(frame.into_buffer()), max_side);
        frame_bytes += picture.as_raw().len();
        frames.push(Frame { pixels: Arc::new(pixels::from_rgba(picture)), delay });
        if frames.len() >= MOST_FRAMES || frame_bytes >= MOST_FRAME_BYTES {
            break;
        }
    }
    if let [only] = frames.as_mut_slice() {
        only.delay = Duration::ZERO;
    }
    if frames.is_empty() {
        return Err(Undecodable::Damaged);
    }
    Ok(PreviewBody::Picture { frames, width, height, facts: PictureFacts::default() })
}

#[cfg(test)]
mod tests {
    use super::{Undecodable, decode};
    use coffer_model::preview::PreviewBody;
    use image::codecs::gif::GifEncoder;
    use image::{Delay, DynamicImage, Frame, ImageFormat, Rgba, RgbaImage};
    use std::io::Cursor;
    use std::time::Duration;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_pixel(width, height, Rgba([9, 99, 199, 255])));
        let mut bytes = Cursor::new(Vec::new());
        picture.to_rgb8().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_made_to_fit_and_tells_its_true_size() {
        let Ok(PreviewBody::Picture { frames, width, height, .. }) =
            decode(&encoded(300, 150, ImageFormat::Jpeg), 100)
        else {
            panic!("it is a picture");
        };
        assert_eq!((width, height), (300, 150));
        assert_eq!((frames[0].pixels.width, frames[0].pixels.height), (100, 50));
        assert_eq!(frames[0].delay, Duration::ZERO);
    }

    #[test]
    fn a_moving_picture_has_frames_with_delays() {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for shade in [10, 200] {
            let picture = RgbaImage::from_pixel(8, 8, Rgba([shade, shade, shade, 255]));
            let delay = Delay::from_saturating_duration(Duration::from_millis(120));
            encoder.encode_frame(Frame::from_parts(picture, 0, 0, delay)).unwrap();
        }
        drop(encoder);
        let Ok(PreviewBody::Picture { frames, .. }) = decode(&bytes, 100) else { panic!("it is a picture") };
        let delays: Vec<Duration> = frames.iter().map(|frame| frame.delay).collect();
        assert_eq!(delays, [Duration::from_millis(120); 2]);
    }

    #[test]
    fn a_broken_picture_is_called_damaged() {
        let mut bytes = encoded(64, 64, ImageFormat::Png);
        bytes.truncate(bytes.len() / 2);
        assert!(matches!(decode(&bytes, 100), Err(Undecodable::Damaged)));
        assert!(matches!(decode(b"no picture at all", 100), Err(Undecodable::Damaged)));
    }

    #[test]
    fn a_tiny_file_that_claims_to_be_huge_is_refused() {
        // A PNG header for 100,000 by 100,000 pixels.
        let mut bytes = encoded(1, 1, ImageFormat::Png);
        bytes[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        assert!(decode(&bytes, 100).is_err());
    }
}
