//! From encoded pictures to pixels that can be drawn. Where the bytes come from is not its business. All functions
//! block for as long as decoding takes.

use coffer_model::Pixels;
use coffer_stdx::scaling::{self, FilterType};
use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgb, RgbImage, RgbaImage};
use std::io::Cursor;

/// No picture may be longer on a side, in pixels.
const MAX_SIDE: u32 = 40_000;
/// No picture may take more memory while it is decoded, in bytes.
const MAX_DECODED_BYTES: u64 = 768 * 1024 * 1024;

/// What a decoder may use, so that a small file cannot fill the memory.
pub(crate) fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    limits
}

/// A thumbnail as the service made it; `None` when it is no picture.
pub(crate) fn decode_thumbnail(bytes: &[u8]) -> Option<Pixels> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.limits(limits());
    reader.decode().ok().map(|picture| match picture {
        // Most are photographs, which have no opacity and need no second copy.
        DynamicImage::ImageRgb8(picture) => from_rgb(&picture),
        picture => from_rgba(picture.into_rgba8()),
    })
}

fn from_rgb(picture: &RgbImage) -> Pixels {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let rgba = picture.pixels().map(|&Rgb([red, green, blue])| [red, green, blue, 255]).collect();
    Pixels { width, height, rgba }
}

/// Premultiplies, which is how pixels are drawn.
pub(crate) fn from_rgba(picture: RgbaImage) -> Pixels {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let rgba = picture.into_raw().chunks_exact(4).map(premultiply).collect();
    Pixels { width, height, rgba }
}

fn premultiply(pixel: &[u8]) -> [u8; 4] {
    let &[red, green, blue, alpha] = pixel else { return [0; 4] };
    if alpha == 255 {
        return [red, green, blue, 255];
    }
    let times_alpha = |part: u8| ((u16::from(part) * u16::from(alpha) + 127) / 255) as u8;
    [times_alpha(red), times_alpha(green), times_alpha(blue), alpha]
}

/// Makes a picture smaller so that its longer side is `max_side`; never larger.
pub(crate) fn shrink(picture: DynamicImage, max_side: u32) -> RgbaImage {
    let (width, height) = (picture.width(), picture.height());
    let longer = width.max(height);
    if longer <= max_side || max_side == 0 {
        return picture.into_rgba8();
    }
    let scale = |side: u32| ((u64::from(side) * u64::from(max_side) / u64::from(longer)).max(1)) as u32;
    let (new_width, new_height) = (scale(width), scale(height));
    resize(&picture, new_width, new_height)
}

pub(crate) fn resize(source: &DynamicImage, width: u32, height: u32) -> RgbaImage {
    if (source.width(), source.height()) == (width, height) {
        return source.to_rgba8();
    }
    scaling::scale(source, width, height, FilterType::CatmullRom).into_rgba8()
}

/// Makes pixels smaller so that their longer side is `side`; never larger.
pub(crate) fn shrink_pixels(source: &Pixels, side: usize) -> Pixels {
    let longer = source.width.max(source.height).max(1);
    if longer <= side {
        return source.clone();
    }
    let scaled = |length: usize| (length * side / longer).max(1);
    fit_into(source, scaled(source.width), scaled(source.height))
}

/// A PNG file of these pixels.
pub(crate) fn to_png(pixels: &Pixels) -> Option<Vec<u8>> {
    let divided = |part: u8, alpha: u8| (u16::from(part) * 255 / u16::from(alpha.max(1))).min(255) as u8;
    let plain = pixels.rgba.iter().flat_map(|&[red, green, blue, alpha]| {
        [divided(red, alpha), divided(green, alpha), divided(blue, alpha), alpha]
    });
    let picture = RgbaImage::from_raw(pixels.width as u32, pixels.height as u32, plain.collect())?;
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}

/// The pixels scaled into the middle of a place of this size, transparent around it. The shape stays.
pub(crate) fn fit_into(source: &Pixels, width: usize, height: usize) -> Pixels {
    if (source.width, source.height) == (width, height) {
        return source.clone();
    }
    let scale = (width as f64 / source.width.max(1) as f64).min(height as f64 / source.height.max(1) as f64);
    let scaled = |side: usize, most: usize| ((side as f64 * scale).round() as usize).clamp(1, most.max(1));
    let (inner_width, inner_height) = (scaled(source.width, width), scaled(source.height, height));
    let raw = source.rgba.as_flattened().to_vec();
    let picture = RgbaImage::from_raw(source.width as u32, source.height as u32, raw).unwrap_or_default();
    let inner = resize(&DynamicImage::ImageRgba8(picture), inner_width as u32, inner_height as u32);
    let (left, top) = ((width - inner_width) / 2, (height - inner_height) / 2);
    let mut rgba = vec![[0; 4]; width * height];
    for (row, line) in inner.as_raw().chunks_exact(inner_width * 4).enumerate() {
        let start = (top + row) * width + left;
        for (target, pixel) in rgba[start..start + inner_width].iter_mut().zip(line.chunks_exact(4)) {
            target.copy_from_slice(pixel);
        }
    }
    Pixels { width, height, rgba }
}

#[cfg(test)]
mod tests {
    use super::{decode_thumbnail, from_rgba, shrink, shrink_pixels, to_png};
    use coffer_model::Pixels;
    use image::{DynamicImage, Rgb, RgbImage, Rgba, RgbaImage};

    #[test]
    fn colours_are_multiplied_by_their_opacity() {
        let mut picture = RgbaImage::new(3, 1);
        picture.put_pixel(0, 0, Rgba([200, 100, 50, 255]));
        picture.put_pixel(1, 0, Rgba([200, 100, 50, 128]));
        picture.put_pixel(2, 0, Rgba([200, 100, 50, 0]));
        let pixels = from_rgba(picture);
        assert_eq!(pixels.rgba, [[200, 100, 50, 255], [100, 50, 25, 128], [0, 0, 0, 0]]);
    }

    #[test]
    fn a_large_picture_is_made_to_fit_and_a_small_one_is_left() {
        let check = |width, height, max_side, expected| {
            let picture = DynamicImage::ImageRgba8(RgbaImage::new(width, height));
            assert_eq!(shrink(picture, max_side).dimensions(), expected);
        };
        check(400, 200, 100, (100, 50));
        check(200, 400, 100, (50, 100));
        check(90, 20, 100, (90, 20));
        check(1000, 1, 100, (100, 1));
    }

    #[test]
    fn a_picture_without_opacity_is_opaque() {
        let picture = RgbImage::from_fn(2, 1, |x, _| Rgb([x as u8, 100, 50]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Bmp).unwrap();
        let pixels = decode_thumbnail(&bytes.into_inner()).unwrap();
        assert_eq!((pixels.width, pixels.height), (2, 1));
        assert_eq!(pixels.rgba, [[0, 100, 50, 255], [1, 100, 50, 255]]);
    }

    #[test]
    fn pixels_that_were_kept_are_the_same_again() {
        let rgba = vec![[200, 100, 50, 255], [100, 50, 25, 128], [0, 0, 0, 0], [9, 9, 9, 255]];
        let pixels = Pixels { width: 2, height: 2, rgba };
        let again = decode_thumbnail(&to_png(&pixels).unwrap()).unwrap();
        for (before, after) in pixels.rgba.iter().flatten().zip(again.rgba.iter().flatten()) {
            assert!(before.abs_diff(*after) <= 1, "{again:?}");
        }
        assert_eq!(shrink_pixels(&pixels, 1).rgba.len(), 1);
        assert_eq!(shrink_pixels(&pixels, 9), pixels);
    }

    #[test]
    fn what_is_no_picture_has_no_pixels() {
        assert_eq!(decode_thumbnail(b"certainly not a picture"), None);
    }
}
