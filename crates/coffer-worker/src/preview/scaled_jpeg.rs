//! JPEG files that are too large to be decoded whole: to a half, a quarter or an eighth of their size, which is done
//! while they are decoded and takes as little memory as the result. Other formats can't do that.

use super::memory::{MOST_PICTURE_BYTES, is_progressive};
use super::still::{Undecodable, body_of_still};
use super::{exif, jpeg_end};
use coffer_model::preview::{PictureFacts, PreviewBody};
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};
use jpeg_decoder::{Decoder, PixelFormat};
use std::io::Cursor;

const FACTORS: [u16; 3] = [2, 4, 8];

/// [`Undecodable::TooLarge`] for what this can't make small enough.
pub(super) fn decode(bytes: &[u8], max_side: u32) -> Result<PreviewBody, Undecodable> {
    let is_jpeg = image::guess_format(bytes).is_ok_and(|format| format == ImageFormat::Jpeg);
    if !is_jpeg || is_progressive(bytes) {
        // The coefficients of a progressive one take more than its pixels, whatever becomes of them.
        return Err(Undecodable::TooLarge);
    }
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.read_info().map_err(|_| Undecodable::Damaged)?;
    let info = decoder.info().ok_or(Undecodable::Damaged)?;
    let scaled = |factor: u16| (info.width.div_ceil(factor), info.height.div_ceil(factor));
    let fits = |factor: &u16| {
        let (width, height) = scaled(*factor);
        u64::from(width) * u64::from(height) * 3 <= MOST_PICTURE_BYTES
    };
    // The largest that fits in memory; a smaller one where that is shown smaller anyway.
    let is_enough = |factor: &u16| u32::from(info.width.max(info.height).div_ceil(*factor)) >= max_side;
    let smallest = FACTORS.into_iter().rev().find(is_enough).unwrap_or(FACTORS[0]);
    let factor = FACTORS
        .into_iter()
        .find(|factor| *factor >= smallest && fits(factor))
        .ok_or(Undecodable::TooLarge)?;
    let (width, height) = scaled(factor);
    let (width, height) = decoder.scale(width, height).map_err(|_| Undecodable::Damaged)?;
    let samples = decoder.decode().map_err(|_| Undecodable::Damaged)?;
    let (width, height) = (u32::from(width), u32::from(height));
    let picture = match info.pixel_format {
        PixelFormat::RGB24 => RgbImage::from_raw(width, height, samples).map(DynamicImage::ImageRgb8),
        PixelFormat::L8 => GrayImage::from_raw(width, height, samples).map(DynamicImage::ImageLuma8),
        // Printers' colours, which the service knows better.
        PixelFormat::CMYK32 | PixelFormat::L16 => return Err(Undecodable::TooLarge),
    };
    let picture = picture.ok_or(Undecodable::Damaged)?;
    let exif = decoder.exif_data();
    let orientation = exif.and_then(Orientation::from_exif_chunk);
    let size = (u32::from(info.width), u32::from(info.height));
    let facts = PictureFacts { is_cut: jpeg_end::is_cut(bytes), ..exif.map(exif::facts).unwrap_or_default() };
    Ok(body_of_still(picture, size, orientation, facts, max_side))
}

#[cfg(test)]
mod tests {
    use super::decode;
    use coffer_model::preview::PreviewBody;
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
    use std::io::Cursor;

    #[test]
    fn a_picture_is_decoded_to_what_is_shown_of_it_and_tells_its_true_size() {
        // Red at the left, blue at the right.
        let picture =
            RgbImage::from_fn(3200, 1600, |x, _| if x < 1600 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) });
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        for max_side in [150, 400, 1600] {
            let Ok(PreviewBody::Picture { frames, width, height, .. }) = decode(bytes.get_ref(), max_side)
            else {
                panic!("it is a picture")
            };
            assert_eq!((width, height), (3200, 1600));
            let pixels = &frames[0].pixels;
            assert_eq!((pixels.width, pixels.height), (max_side as usize, max_side as usize / 2));
            let [red, _, blue, _] = pixels.rgba[pixels.width / 4];
            assert!(red > 150 && blue < 50, "{red} {blue}");
            let [red, _, blue, _] = pixels.rgba[pixels.width * 3 / 4];
            assert!(red < 50 && blue > 150, "{red} {blue}");
        }
    }
}
