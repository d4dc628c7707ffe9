//! Pictures in another size.

pub use fast_image_resize::FilterType;
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{PixelTrait, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ImageBuffer, Pixel};

/// The picture in this size, stretched to it. Grey and opaque pictures stay so, and need no copy with opacity; what has
/// more than 8 bits a channel becomes 8 bits.
///
/// The library can choose the kind of pixel itself. That takes its code for every kind into the program, which is 10 MB.
pub fn scale(picture: &DynamicImage, width: u32, height: u32, filter: FilterType) -> DynamicImage {
    let scaled = match picture {
        DynamicImage::ImageLuma8(grey) => {
            scale_channels::<U8, _>(grey, width, height, filter).map(DynamicImage::ImageLuma8)
        }
        DynamicImage::ImageRgb8(opaque) => {
            scale_channels::<U8x3, _>(opaque, width, height, filter).map(DynamicImage::ImageRgb8)
        }
        DynamicImage::ImageRgba8(picture) => {
            scale_channels::<U8x4, _>(picture, width, height, filter).map(DynamicImage::ImageRgba8)
        }
        picture if picture.color().has_alpha() => {
            scale_channels::<U8x4, _>(&picture.to_rgba8(), width, height, filter)
                .map(DynamicImage::ImageRgba8)
        }
        picture => {
            scale_channels::<U8x3, _>(&picture.to_rgb8(), width, height, filter).map(DynamicImage::ImageRgb8)
        }
    };
    // It can refuse only pixels that do not fit the size of their picture, and those of a `DynamicImage` do.
    scaled.unwrap_or_else(|| picture.thumbnail_exact(width, height))
}

fn scale_channels<P: PixelTrait, Q: Pixel<Subpixel = u8>>(
    picture: &ImageBuffer<Q, Vec<u8>>,
    width: u32,
    height: u32,
    filter: FilterType,
) -> Option<ImageBuffer<Q, Vec<u8>>> {
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
    let source = TypedImageRef::<P>::from_buffer(picture.width(), picture.height(), picture.as_raw()).ok()?;
    let mut scaled = ImageBuffer::new(width, height);
    let mut target = TypedImage::<P>::from_buffer(width, height, &mut scaled).ok()?;
    Resizer::new().resize_typed(&source, &mut target, &options).ok()?;
    Some(scaled)
}

#[cfg(test)]
mod tests {
    use super::{FilterType, scale};
    use image::{ColorType, DynamicImage, GenericImageView as _, Rgba, RgbaImage};

    /// Left red, right blue, in every kind of picture.
    fn halves(color: ColorType) -> DynamicImage {
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_fn(40, 20, |x, _| {
            if x < 20 { Rgba([255, 0, 0, 255]) } else { Rgba([0, 0, 255, 255]) }
        }));
        match color {
            ColorType::L8 => picture.into_luma8().into(),
            ColorType::La8 => picture.into_luma_alpha8().into(),
            ColorType::Rgb8 => picture.into_rgb8().into(),
            ColorType::L16 => picture.into_luma16().into(),
            ColorType::Rgb16 => picture.into_rgb16().into(),
            ColorType::Rgba16 => picture.into_rgba16().into(),
            ColorType::Rgb32F => picture.into_rgb32f().into(),
            _ => picture,
        }
    }

    #[test]
    fn every_kind_of_picture_keeps_its_halves() {
        for (color, scaled_color) in [
            (ColorType::L8, ColorType::L8),
            (ColorType::La8, ColorType::Rgba8),
            (ColorType::Rgb8, ColorType::Rgb8),
            (ColorType::Rgba8, ColorType::Rgba8),
            (ColorType::L16, ColorType::Rgb8),
            (ColorType::Rgb16, ColorType::Rgb8),
            (ColorType::Rgba16, ColorType::Rgba8),
            (ColorType::Rgb32F, ColorType::Rgb8),
        ] {
            let picture = halves(color);
            for filter in [FilterType::CatmullRom, FilterType::Lanczos3] {
                let scaled = scale(&picture, 10, 5, filter);
                assert_eq!((scaled.dimensions(), scaled.color()), ((10, 5), scaled_color), "{color:?}");
                for (x, seen_at) in [(1, 4), (8, 36)] {
                    let (scaled, seen) = (scaled.get_pixel(x, 2).0, picture.get_pixel(seen_at, 8).0);
                    let near = scaled.iter().zip(seen).all(|(&one, other)| one.abs_diff(other) < 4);
                    assert!(near, "{color:?}: {scaled:?} where {seen:?} is");
                }
            }
        }
    }

    #[test]
    fn what_is_clear_gives_nothing_of_its_colour() {
        let picture = RgbaImage::from_fn(40, 40, |x, _| {
            if x % 2 == 0 { Rgba([0, 0, 0, 255]) } else { Rgba([255, 255, 255, 0]) }
        });
        let scaled = scale(&picture.into(), 10, 10, FilterType::CatmullRom);
        let Rgba([red, green, blue, alpha]) = scaled.get_pixel(5, 5);
        assert!(
            red < 4 && green < 4 && blue < 4 && (120..136).contains(&alpha),
            "{red} {green} {blue} {alpha}"
        );
    }
}
