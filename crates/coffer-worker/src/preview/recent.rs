//! Pictures that were decoded lately, so that one that is looked at again is there at once: by somebody who goes back and
//! forth between two, or closes the large preview and opens it again.

use crate::account::OpenAccount;
use coffer_model::entry::File;
use coffer_model::preview::PreviewBody;
use parking_lot::Mutex;
use std::collections::VecDeque;

/// A photograph as large as the large preview shows it (45 MB) and those before and after it.
const MOST_BYTES: usize = 144 * 1024 * 1024;

/// What a decoded picture is known by. The account is part of it: the hash is what its service claims.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct PictureKey {
    account: String,
    content_hash: String,
    max_side: u32,
}

impl PictureKey {
    /// `None` for a file whose content hash the service does not tell.
    pub(super) fn new(account: &OpenAccount, file: &File, max_side: u32) -> Option<Self> {
        let content_hash = file.content_hash.as_ref()?.to_string();
        Some(Self { account: account.cache_name(), content_hash, max_side })
    }
}

/// The one that was looked at last is the last.
#[derive(Default)]
pub(crate) struct RecentPictures(Mutex<VecDeque<(PictureKey, PreviewBody)>>);

impl RecentPictures {
    pub(super) fn get(&self, key: &PictureKey) -> Option<PreviewBody> {
        let mut pictures = self.0.lock();
        let place = pictures.iter().position(|(known, _)| known == key)?;
        let found = pictures.remove(place)?;
        let body = found.1.clone();
        pictures.push_back(found);
        Some(body)
    }

    /// Keeps a picture; what is no picture, or is larger than all that may be kept, is left out.
    pub(super) fn put(&self, key: PictureKey, body: &PreviewBody) {
        if !(1..=MOST_BYTES).contains(&bytes_of(body)) {
            return;
        }
        let mut pictures = self.0.lock();
        pictures.retain(|(known, _)| *known != key);
        pictures.push_back((key, body.clone()));
        let mut total: usize = pictures.iter().map(|(_, body)| bytes_of(body)).sum();
        while total > MOST_BYTES {
            let Some((_, oldest)) = pictures.pop_front() else { break };
            total -= bytes_of(&oldest);
        }
    }
}

fn bytes_of(body: &PreviewBody) -> usize {
    match body {
        PreviewBody::Picture { frames, .. } => frames.iter().map(|frame| frame.pixels.rgba.len() * 4).sum(),
        PreviewBody::Text(_)
        | PreviewBody::Markdown(_)
        | PreviewBody::Words { .. }
        | PreviewBody::Recording(_)
        | PreviewBody::Pages(_)
        | PreviewBody::Table(_)
        | PreviewBody::None { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, PictureKey, RecentPictures};
    use coffer_model::Pixels;
    use coffer_model::preview::{Frame, PictureFacts, PreviewBody};
    use std::sync::Arc;
    use std::time::Duration;

    fn key(content_hash: &str) -> PictureKey {
        PictureKey { account: "local".to_owned(), content_hash: content_hash.to_owned(), max_side: 1024 }
    }

    /// A picture that takes this part of all that may be kept.
    fn picture(parts: usize) -> PreviewBody {
        let width = MOST_BYTES / parts / 4;
        let pixels = Arc::new(Pixels { width, height: 1, rgba: vec![[0; 4]; width] });
        let frames = vec![Frame { pixels, delay: Duration::ZERO }];
        PreviewBody::Picture { frames, width: 1, height: 1, facts: PictureFacts::default() }
    }

    #[test]
    fn the_pictures_that_were_looked_at_last_stay() {
        let recent = RecentPictures::default();
        for name in ["first", "second"] {
            recent.put(key(name), &picture(2));
        }
        assert!(recent.get(&key("first")).is_some(), "both fit");
        recent.put(key("third"), &picture(2));
        let stay = ["first", "second", "third"].map(|name| recent.get(&key(name)).is_some());
        assert_eq!(stay, [true, false, true]);
    }

    #[test]
    fn another_account_size_or_content_is_another_picture() {
        let recent = RecentPictures::default();
        recent.put(key("same"), &picture(4));
        let others = [
            PictureKey { account: "other".to_owned(), ..key("same") },
            PictureKey { max_side: 4096, ..key("same") },
            key("other"),
        ];
        assert!(others.iter().all(|other| recent.get(other).is_none()));
        assert!(recent.get(&key("same")).is_some());
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_not_kept() {
        let recent = RecentPictures::default();
        recent.put(key("none"), &PreviewBody::None { reason: "No preview.".to_owned() });
        assert!(recent.get(&key("none")).is_none());
        recent.put(key("kept"), &picture(4));
        let mut large = picture(1);
        if let PreviewBody::Picture { frames, .. } = &mut large {
            let more = frames[0].clone();
            frames.push(more);
        }
        recent.put(key("large"), &large);
        assert!(recent.get(&key("large")).is_none() && recent.get(&key("kept")).is_some());
    }
}
