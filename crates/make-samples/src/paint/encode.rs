//! Finished pictures as files.

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::{Delay, ExtendedColorType, Frame, ImageEncoder, RgbaImage};

use super::canvas::Picture;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
    WebP,
}

/// The picture as a file.
///
/// Writing to memory cannot fail, and every picture has pixels; should an encoder refuse one all the same, its
/// file is empty.
pub(crate) fn encode(picture: &Picture, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    let colour = if picture.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let (width, height, pixels) = (picture.width as u32, picture.height as u32, &picture.bytes);
    let written = match format {
        Format::Jpeg => {
            JpegEncoder::new_with_quality(&mut bytes, 75).write_image(pixels, width, height, colour)
        }
        Format::Png => PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive)
            .write_image(pixels, width, height, colour),
        Format::WebP => WebPEncoder::new_lossless(&mut bytes).write_image(pixels, width, height, colour),
    };
    if written.is_ok() { bytes } else { Vec::new() }
}

/// An animation that goes round for ever. The frames have an alpha channel; as with [`encode`], nothing can fail.
pub(crate) fn animate(frames: impl Iterator<Item = Picture>, milliseconds: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let delay = Delay::from_numer_denom_ms(milliseconds, 1);
    let frames = frames.filter_map(|picture| {
        let pixels = RgbaImage::from_raw(picture.width as u32, picture.height as u32, picture.bytes)?;
        Some(Frame::from_parts(pixels, 0, 0, delay))
    });
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 10);
    let written = encoder.set_repeat(Repeat::Infinite).and_then(|()| encoder.encode_frames(frames));
    drop(encoder);
    if written.is_ok() { bytes } else { Vec::new() }
}
