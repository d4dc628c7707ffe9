//! A decoded still picture as the preview that it becomes, and why a picture could not be decoded.

use crate::pixels;
use coffer_model::preview::{Frame, PictureFacts, PreviewBody};
use image::metadata::Orientation;
use image::{DynamicImage, ImageError};
use std::sync::Arc;
use std::time::Duration;

pub(super) enum Undecodable {
    TooLarge,
    Damaged,
    Unknown,
}

impl From<ImageError> for Undecodable {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooLarge,
            ImageError::Unsupported(_) => Self::Unknown,
            _ => Self::Damaged,
        }
    }
}

/// `size` is that of the picture in its file, in pixels; `picture` may have been decoded to a smaller one.
pub(super) fn body_of_still(
    picture: DynamicImage,
    size: (u32, u32),
    orientation: Option<Orientation>,
    facts: PictureFacts,
    max_side: u32,
) -> PreviewBody {
    // Turned after it was made small: that is less to turn.
    let mut picture = DynamicImage::ImageRgba8(pixels::shrink(picture, max_side));
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    let picture = picture.into_rgba8();
    let (original_width, original_height) = size;
    let turned = (original_width > original_height) != (picture.width() > picture.height())
        && original_width != original_height;
    let (width, height) =
        if turned { (original_height, original_width) } else { (original_width, original_height) };
    let frame = Frame { pixels: Arc::new(pixels::from_rgba(picture)), delay: Duration::ZERO };
    PreviewBody::Picture { frames: vec![frame], width, height, facts }
}
