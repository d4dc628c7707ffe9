//! How much memory a picture takes while it is decoded, told from its header, and how much all of them may take together.
//! A file of half a megabyte can hold a picture of half a gigabyte, and somebody who walks through a folder has many
//! pictures decoded at once.

use crate::pixels;
use image::{ColorType, ImageDecoder, ImageFormat, ImageReader};
use std::io::Cursor;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const MIB: u64 = 1024 * 1024;

/// One picture may take so much. Larger ones are decoded to a smaller size, or asked of the service.
pub(crate) const MOST_PICTURE_BYTES: u64 = 256 * MIB;

/// All pictures that are being decoded may take so much together.
const MOST_BYTES: u64 = 288 * MIB;

/// The frames of a moving picture, as they are kept.
pub(crate) const MOST_FRAME_BYTES: usize = 160 * 1024 * 1024;

/// Shared by all previews.
#[derive(Clone)]
pub(crate) struct DecodingMemory(Arc<Semaphore>);

impl Default for DecodingMemory {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(in_mebibytes(MOST_BYTES) as usize)))
    }
}

impl DecodingMemory {
    /// Waits until so much is free. To be held until the picture has been decoded, also when nobody wants it any more.
    pub(crate) async fn acquire(&self, bytes: u64) -> Option<OwnedSemaphorePermit> {
        let wanted = in_mebibytes(bytes.min(MOST_BYTES));
        Arc::clone(&self.0).acquire_many_owned(wanted).await.ok()
    }
}

fn in_mebibytes(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(MIB)).unwrap_or(u32::MAX)
}

/// What decoding a whole picture takes, beside its file; `None` where the header can't be read.
pub(crate) fn decoded_bytes(bytes: &[u8]) -> Option<u64> {
    let format = image::guess_format(bytes).ok()?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(pixels::limits());
    let decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    let is_plain =
        matches!(decoder.color_type(), ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8);
    let whole = decoder.total_bytes();
    Some(match format {
        // A canvas and the next frame, beside those that are kept.
        ImageFormat::Gif | ImageFormat::WebP => MOST_FRAME_BYTES as u64 + 8 * pixels,
        // The coefficients of a progressive one are kept until its end.
        ImageFormat::Jpeg if is_progressive(bytes) => 3 * whole,
        _ if is_plain => whole,
        // Others are turned into plain ones before they are made small.
        _ => whole + 4 * pixels,
    })
}

/// Whether a JPEG has the marker of progressive frames (SOF2) before its first scan.
pub(crate) fn is_progressive(bytes: &[u8]) -> bool {
    const PROGRESSIVE: u8 = 0xc2;
    const SCAN: u8 = 0xda;
    let mut at = 2;
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            PROGRESSIVE => return true,
            SCAN => return false,
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{DecodingMemory, MIB, MOST_PICTURE_BYTES, decoded_bytes, is_progressive};
    use futures_util::FutureExt;
    use image::{DynamicImage, ImageFormat};
    use std::io::Cursor;

    #[test]
    fn a_small_file_with_a_huge_picture_is_known_by_its_header() {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(13_000, 9_000).write_to(&mut bytes, ImageFormat::Png).unwrap();
        let bytes = bytes.into_inner();
        assert!((bytes.len() as u64) < 2 * MIB);
        assert_eq!(decoded_bytes(&bytes), Some(3 * 13_000 * 9_000));
        assert!(decoded_bytes(&bytes).unwrap() > MOST_PICTURE_BYTES);
        assert_eq!(decoded_bytes(b"no picture"), None);
    }

    #[test]
    fn a_progressive_jpeg_is_told_from_others() {
        let frame = |marker: u8| {
            [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, marker, 0, 4, 0, 0][..], &[0xff, 0xda, 0, 2]]
                .concat()
        };
        assert!(is_progressive(&frame(0xc2)) && !is_progressive(&frame(0xc0)));
        assert!(!is_progressive(&[0xff, 0xd8]) && !is_progressive(&[]));
    }

    #[tokio::test]
    async fn pictures_that_are_too_much_together_are_decoded_one_after_the_other() {
        let memory = DecodingMemory::default();
        let first = memory.acquire(200 * MIB).await;
        let small = memory.acquire(10 * MIB).await;
        let mut second = Box::pin(memory.acquire(200 * MIB));
        assert!((&mut second).now_or_never().is_none());
        drop((first, small));
        assert!((&mut second).now_or_never().is_some());
        // One that is larger than all there is still gets its turn, by itself.
        assert!(memory.acquire(u64::MAX).await.is_some());
    }
}
