//! From the bytes of a picture to the bytes of a small one: decoding within limits, turning as the camera
//! was held, fitting into a box (reference 3.5), encoding.

use super::{ThumbnailProblem, ThumbnailSpec};
use coffer_stdx::scaling::{self, FilterType};
use dropbox_protocol::files::{ThumbnailFormat, ThumbnailMode};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// The largest picture that is decoded: a file of a few kilobytes can claim any size.
const MOST_DECODED_BYTES: u64 = 400 * 1024 * 1024;
const LONGEST_SIDE: u32 = 30_000;

/// Pixels of the largest thumbnail; one of `mode: original` with more is made smaller. Each takes a moment of a processor
/// and several bytes of memory to encode.
const MOST_ENCODED_PIXELS: u32 = 25_000_000;

/// Quality of JPEG thumbnails, of 100.
const JPEG_QUALITY: u8 = 85;

/// Makes a thumbnail of an encoded picture.
pub(super) fn thumbnail(source: &[u8], kind: &ThumbnailSpec) -> Result<Vec<u8>, ThumbnailProblem> {
    let (picture, orientation) = decode(source)?;
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let seen = if turned { (picture.height(), picture.width()) } else { (picture.width(), picture.height()) };
    let (width, height) = target(seen, kind.size.dimensions(), &kind.mode);
    // Scaled first and turned then: turning the large picture would copy it once more.
    let target = if turned { (height, width) } else { (width, height) };
    let mut small = scale(picture, target);
    small.apply_orientation(orientation);
    encode(small, &kind.format)
}

fn decode(source: &[u8]) -> Result<(DynamicImage, Orientation), ThumbnailProblem> {
    let mut reader = ImageReader::new(Cursor::new(source))
        .with_guessed_format()
        .map_err(|_| ThumbnailProblem::ConversionError)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| problem(&error))?;
    if decoder.total_bytes() > MOST_DECODED_BYTES {
        return Err(ThumbnailProblem::UnsupportedImage);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| problem(&error))?;
    if picture.width() == 0 || picture.height() == 0 {
        return Err(ThumbnailProblem::ConversionError);
    }
    Ok((picture, orientation))
}

fn problem(error: &ImageError) -> ThumbnailProblem {
    match error {
        ImageError::Limits(_) | ImageError::Unsupported(_) => ThumbnailProblem::UnsupportedImage,
        _ => ThumbnailProblem::ConversionError,
    }
}

/// The size that a picture of `seen` becomes for a box. Pictures are never enlarged.
fn target(seen: (u32, u32), (width, height): (u32, u32), mode: &ThumbnailMode) -> (u32, u32) {
    let ratio = |width: u32, height: u32| {
        (f64::from(width) / f64::from(seen.0), f64::from(height) / f64::from(seen.1))
    };
    let inside = |width, height| {
        let (horizontal, vertical) = ratio(width, height);
        horizontal.min(vertical)
    };
    let covering = |width, height| {
        let (horizontal, vertical) = ratio(width, height);
        horizontal.max(vertical)
    };
    let factor = match mode {
        ThumbnailMode::Strict => inside(width, height),
        ThumbnailMode::BestFit => inside(width, height).max(inside(height, width)),
        ThumbnailMode::FitOneBestFit => covering(width, height).min(covering(height, width)),
        ThumbnailMode::Original => {
            (f64::from(MOST_ENCODED_PIXELS) / (f64::from(seen.0) * f64::from(seen.1))).sqrt()
        }
    }
    .min(1.0);
    let scaled = |side: u32| ((f64::from(side) * factor).round() as u32).max(1);
    (scaled(seen.0), scaled(seen.1))
}

/// Scales with a good filter; a much larger picture is brought near first with a fast one.
fn scale(picture: DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if (picture.width(), picture.height()) == (width, height) {
        return picture;
    }
    let near = (width.saturating_mul(3), height.saturating_mul(3));
    let picture = if picture.width() > near.0 && picture.height() > near.1 {
        picture.thumbnail_exact(near.0, near.1)
    } else {
        picture
    };
    scaling::scale(&picture, width, height, FilterType::Lanczos3)
}

fn encode(picture: DynamicImage, format: &ThumbnailFormat) -> Result<Vec<u8>, ThumbnailProblem> {
    let mut encoded = Cursor::new(Vec::new());
    let written = match format {
        ThumbnailFormat::Jpeg => {
            on_white(picture).write_with_encoder(JpegEncoder::new_with_quality(&mut encoded, JPEG_QUALITY))
        }
        ThumbnailFormat::Png => eight_bit(picture).write_to(&mut encoded, ImageFormat::Png),
        ThumbnailFormat::WebP => eight_bit(picture).write_to(&mut encoded, ImageFormat::WebP),
    };
    written.map_err(|_| ThumbnailProblem::ConversionError)?;
    Ok(encoded.into_inner())
}

/// JPEG has no transparency; transparent pixels become white.
fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let transparent = picture.into_rgba8();
    let flat = RgbImage::from_fn(transparent.width(), transparent.height(), |x, y| {
        let [red, green, blue, alpha] = transparent.get_pixel(x, y).0;
        let over = |value: u8| {
            let alpha = u32::from(alpha);
            ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        image::Rgb([over(red), over(green), over(blue)])
    });
    DynamicImage::ImageRgb8(flat)
}

fn eight_bit(picture: DynamicImage) -> DynamicImage {
    if picture.color().has_alpha() {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dropbox_protocol::files::ThumbnailSize;
    use image::RgbaImage;

    fn kind(mode: ThumbnailMode, format: ThumbnailFormat) -> ThumbnailSpec {
        ThumbnailSpec { format, size: ThumbnailSize::W128H128, mode }
    }

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 128]));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn size_of(thumbnail: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory(thumbnail).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn each_mode_has_its_own_idea_of_the_box() {
        for (seen, boxed, mode, expected) in [
            ((1000, 500), (100, 100), ThumbnailMode::Strict, (100, 50)),
            ((500, 1000), (480, 320), ThumbnailMode::Strict, (160, 320)),
            ((500, 1000), (480, 320), ThumbnailMode::BestFit, (240, 480)),
            ((1000, 500), (480, 320), ThumbnailMode::FitOneBestFit, (640, 320)),
            ((500, 1000), (480, 320), ThumbnailMode::FitOneBestFit, (320, 640)),
            ((1000, 500), (100, 100), ThumbnailMode::Original, (1000, 500)),
            ((20_000, 5_000), (100, 100), ThumbnailMode::Original, (10_000, 2_500)),
            ((40, 20), (100, 100), ThumbnailMode::Strict, (40, 20)),
            ((30_000, 1), (32, 32), ThumbnailMode::Strict, (32, 1)),
        ] {
            assert_eq!(target(seen, boxed, &mode), expected, "{seen:?} into {boxed:?} {mode:?}");
        }
    }

    #[test]
    fn every_source_format_becomes_every_thumbnail_format() {
        for source in [
            ImageFormat::Jpeg,
            ImageFormat::Png,
            ImageFormat::Gif,
            ImageFormat::Bmp,
            ImageFormat::WebP,
            ImageFormat::Tiff,
            ImageFormat::Pnm,
        ] {
            let bytes = picture(300, 200, source);
            for format in [ThumbnailFormat::Jpeg, ThumbnailFormat::Png, ThumbnailFormat::WebP] {
                let made = thumbnail(&bytes, &kind(ThumbnailMode::Strict, format)).unwrap();
                assert_eq!(size_of(&made), (128, 85), "{source:?}");
            }
        }
    }

    #[test]
    fn a_picture_taken_upright_stands_upright() {
        // An EXIF block that says "turned by 90 degrees", put behind the JPEG's start marker.
        let plain = picture(300, 200, ImageFormat::Jpeg);
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        let mut turned = plain[..2].to_vec();
        turned.extend([0xff, 0xe1]);
        turned.extend((exif.len() as u16 + 2).to_be_bytes());
        turned.append(&mut exif);
        turned.extend(&plain[2..]);
        let made = thumbnail(&turned, &kind(ThumbnailMode::Strict, ThumbnailFormat::Jpeg)).unwrap();
        assert_eq!(size_of(&made), (85, 128));
    }

    #[test]
    fn damaged_and_monstrous_pictures_are_refused() {
        let strict = || kind(ThumbnailMode::Strict, ThumbnailFormat::Jpeg);
        let mut cut = picture(300, 200, ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        assert!(matches!(thumbnail(&cut, &strict()), Err(ThumbnailProblem::ConversionError)));
        assert!(matches!(thumbnail(b"not a picture", &strict()), Err(ThumbnailProblem::UnsupportedImage)));
        // A PNG header that claims 60,000 by 60,000 pixels.
        let mut bomb = picture(1, 1, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert!(thumbnail(&bomb, &strict()).is_err());
    }

    #[test]
    fn transparency_becomes_white_in_a_jpeg() {
        let clear = RgbaImage::from_pixel(10, 10, image::Rgba([0, 0, 0, 0]));
        let flat = on_white(DynamicImage::ImageRgba8(clear));
        assert_eq!(flat.to_rgb8().get_pixel(5, 5).0, [255, 255, 255]);
    }
}
