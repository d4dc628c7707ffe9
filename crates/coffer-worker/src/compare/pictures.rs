//! Two pictures, and where they differ when one is laid over the other.

use super::contents::count_equal;
use super::{MOST_BYTES, VersionReader};
use crate::account::OpenAccount;
use crate::context::JobError;
use crate::worker_context::WorkerContext;
use crate::{blocking, pixels};
use coffer_model::comparison::{PictureComparison, PictureDifference};
use coffer_model::{FileType, Pixels, Preview, PreviewBody, PreviewKind, Rev};
use futures_util::future::try_join;
use std::sync::Arc;

/// Channels that differ by less are the same to the eye, and by what a lossy format does to a picture.
const VISIBLE: u8 = 10;
/// More than a quarter.
const STRONG: u8 = 64;
/// Differences are drawn brighter than they are, so that small ones are seen.
const GAIN: u16 = 3;

pub(super) async fn compare(
    worker: &WorkerContext,
    account: &OpenAccount,
    versions: &[VersionReader; 2],
) -> Result<PictureComparison, JobError> {
    let [left, right] = versions;
    let (first, second) = try_join(left.picture(worker, account), right.picture(worker, account)).await?;
    let stills = [still(&first), still(&second)];
    let preview = |version: &VersionReader, body| {
        Arc::new(Preview { path: version.remote_path.clone(), rev: Rev("".into()), body })
    };
    let previews = [preview(left, first), preview(right, second)];
    let difference = match stills {
        [Some(first), Some(second)] => Some(blocking(move || find_difference(&first, &second)).await?),
        _ => None,
    };
    let equal_bytes = equal_bytes(worker, account, versions).await?;
    Ok(PictureComparison { previews, difference, equal_bytes })
}

/// The contents of pictures that this program decodes are at hand: they were read for that.
async fn equal_bytes(
    worker: &WorkerContext,
    account: &OpenAccount,
    versions: &[VersionReader; 2],
) -> Result<Option<u64>, JobError> {
    let is_read = |version: &VersionReader| {
        FileType::from_name(version.remote_path.name()).preview == PreviewKind::Picture
            && version.size_bytes <= MOST_BYTES
    };
    if !versions.iter().all(is_read) {
        return Ok(None);
    }
    let [left, right] = versions;
    let both =
        try_join(left.content(worker, account, MOST_BYTES), right.content(worker, account, MOST_BYTES));
    let (first, second) = both.await?;
    Ok(Some(blocking(move || count_equal(&first, &second)).await?))
}

/// The first frame of a picture.
fn still(body: &PreviewBody) -> Option<Arc<Pixels>> {
    match body {
        PreviewBody::Picture { frames, .. } => frames.first().map(|frame| Arc::clone(&frame.pixels)),
        _ => None,
    }
}

/// The smaller picture is scaled into the middle of the larger one.
fn find_difference(left: &Pixels, right: &Pixels) -> PictureDifference {
    let is_first_larger = left.width * left.height >= right.width * right.height;
    let (larger, smaller) = if is_first_larger { (left, right) } else { (right, left) };
    let scaled = pixels::fit_into(smaller, larger.width, larger.height);
    let (mut visible, mut strong) = (0_usize, 0_usize);
    let difference = |(one, other): (&[u8; 4], &[u8; 4])| {
        let by: [u8; 4] = std::array::from_fn(|channel| one[channel].abs_diff(other[channel]));
        let most = by.into_iter().max().unwrap_or(0);
        visible += usize::from(most >= VISIBLE);
        strong += usize::from(most >= STRONG);
        let bright = |by: u8| (u16::from(by) * GAIN).min(255) as u8;
        // What differs in nothing but its opacity is seen as well.
        let [red, green, blue] = [0, 1, 2].map(|channel| bright(by[channel].max(by[3] / 2)));
        [red, green, blue, 255]
    };
    let rgba: Vec<[u8; 4]> = larger.rgba.iter().zip(&scaled.rgba).map(difference).collect();
    let share = |count: usize| count as f32 / rgba.len().max(1) as f32;
    let (visible, strong) = (share(visible), share(strong));
    let pixels = Arc::new(Pixels { width: larger.width, height: larger.height, rgba });
    PictureDifference { pixels, visible, strong }
}

#[cfg(test)]
mod tests {
    use super::find_difference;
    use coffer_model::Pixels;

    fn plain(width: usize, height: usize, color: [u8; 4]) -> Pixels {
        Pixels { width, height, rgba: vec![color; width * height] }
    }

    #[test]
    fn the_same_picture_in_another_size_does_not_differ() {
        let found = find_difference(&plain(40, 20, [9, 99, 199, 255]), &plain(20, 10, [9, 99, 199, 255]));
        assert_eq!((found.pixels.width, found.pixels.height), (40, 20));
        assert!(found.visible < 0.001, "{}", found.visible);
    }

    #[test]
    fn what_differs_is_counted_and_bright() {
        let left = plain(10, 10, [0, 0, 0, 255]);
        let mut right = left.clone();
        right.rgba[..25].fill([200, 0, 0, 255]);
        right.rgba[25..50].fill([20, 20, 20, 255]);
        let found = find_difference(&left, &right);
        assert_eq!((found.visible, found.strong), (0.5, 0.25));
        assert_eq!(found.pixels.rgba[0], [255, 0, 0, 255]);
        assert_eq!(found.pixels.rgba[30], [60, 60, 60, 255]);
        assert_eq!(found.pixels.rgba[99], [0, 0, 0, 255]);
    }

    #[test]
    fn a_picture_of_another_shape_differs_beside_the_other() {
        let found = find_difference(&plain(40, 20, [90, 90, 90, 255]), &plain(20, 20, [90, 90, 90, 255]));
        assert!((found.visible - 0.5).abs() < 0.06, "{}", found.visible);
    }
}
