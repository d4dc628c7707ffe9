//! Finished pictures as files.

use std::io::Cursor;

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{Delay, ExtendedColorType, Frame, ImageEncoder, ImageResult, RgbaImage};

use super::canvas::Picture;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    WebP,
}

/// # Errors
/// Only when a picture has no pixels.
pub fn encode(picture: &Picture, format: Format) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    let colour = if picture.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let (width, height) = (picture.width as u32, picture.height as u32);
    match format {
        Format::Jpeg => {
            JpegEncoder::new_with_quality(&mut bytes, 91).write_image(&picture.bytes, width, height, colour)
        }
        Format::Png => PngEncoder::new(&mut bytes).write_image(&picture.bytes, width, height, colour),
        Format::WebP => {
            WebPEncoder::new_lossless(&mut bytes).write_image(&picture.bytes, width, height, colour)
        }
    }?;
    Ok(bytes)
}

/// An animation that goes round for ever. The frames have an alpha channel.
pub fn animate(frames: impl Iterator<Item = Picture>, milliseconds: u32) -> ImageResult<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    {
        let mut encoder = GifEncoder::new_with_speed(&mut bytes, 10);
        encoder.set_repeat(Repeat::Infinite)?;
        for picture in frames {
            let Some(frame) = RgbaImage::from_raw(picture.width as u32, picture.height as u32, picture.bytes)
            else {
                continue;
            };
            let delay = Delay::from_numer_denom_ms(milliseconds, 1);
            encoder.encode_frame(Frame::from_parts(frame, 0, 0, delay))?;
        }
    }
    Ok(bytes.into_inner())
}
