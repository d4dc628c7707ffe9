//! Thumbnails and previews.

use super::previewed::preview_up_to;
use coffer_model::message::{Job, Outcome, Update};
use coffer_model::preview::{PreviewBody, TextClass, ThumbnailKey, ThumbnailSize};
use coffer_model::{Entry, EntryKind, File, Pixels, Thumbnail};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::House;
use dropbox_protocol::files::GET_THUMBNAIL_BATCH;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use std::sync::Arc;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x % 256) as u8, (y % 256) as u8, ((x + y) % 256) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn wanted(entry: &Entry, size: ThumbnailSize) -> Thumbnail {
    let file = entry.file().unwrap();
    let key = ThumbnailKey { content_hash: file.content_hash.clone().unwrap(), size };
    Thumbnail { key, path: entry.path.clone(), rev: file.rev.clone(), size_bytes: file.size_bytes }
}

fn thumbnails(updates: &[Update]) -> Vec<(ThumbnailKey, Option<Arc<Pixels>>)> {
    updates
        .iter()
        .filter_map(|update| match update {
            Update::Thumbnail { key, pixels } => Some((key.clone(), pixels.clone())),
            _ => None,
        })
        .collect()
}

#[test]
fn thumbnails_are_made_once_and_then_come_from_the_disk() {
    let mut house = House::new();
    let entries: Vec<Entry> = (0..30_u32)
        .map(|number| house.put(&format!("/p{number}.png"), picture(300 + number, 200, ImageFormat::Png)))
        .collect();
    let job = || Job::Thumbnails(entries.iter().map(|entry| wanted(entry, ThumbnailSize::W128)).collect());
    let first = thumbnails(&house.run(job()).updates);
    assert_eq!(first.len(), 30);
    for (_, pixels) in &first {
        let pixels = pixels.as_ref().unwrap();
        assert_eq!(pixels.width.max(pixels.height), 128);
        assert_eq!(pixels.rgba.len(), pixels.width * pixels.height);
    }
    // Another start with a service that gives no thumbnails any more.
    house.restart_worker();
    house.faults().add(Fault::new(GET_THUMBNAIL_BATCH.info.name, FaultKind::Reset, 1000));
    let second = thumbnails(&house.run(job()).updates);
    let sort = |mut all: Vec<(ThumbnailKey, Option<Arc<Pixels>>)>| {
        all.sort_by(|left, right| left.0.content_hash.cmp(&right.0.content_hash));
        all
    };
    assert_eq!(sort(first), sort(second));
}

#[test]
fn a_picture_without_thumbnail_is_told_and_not_asked_for_again() {
    let mut house = House::new();
    let broken = house.put("/broken.jpg", "this is no picture");
    let text = house.put("/data.bin", "this is none either");
    let job =
        || Job::Thumbnails(vec![wanted(&broken, ThumbnailSize::W64), wanted(&text, ThumbnailSize::W64)]);
    let told: Vec<bool> =
        thumbnails(&house.run(job()).updates).iter().map(|(_, pixels)| pixels.is_some()).collect();
    assert_eq!(told, [false, false]);
    house.faults().add(Fault::new(GET_THUMBNAIL_BATCH.info.name, FaultKind::Reset, 1000));
    let again = house.run(job());
    assert!(matches!(again.outcome, Outcome::Done(_)));
    assert_eq!(thumbnails(&again.updates).len(), 2);
}

#[test]
fn a_large_picture_is_previewed_upright_and_small() {
    let mut house = House::new();
    let entry = house.put("/large.jpg", picture(1600, 1200, ImageFormat::Jpeg));
    let PreviewBody::Picture { frames, width, height, .. } = preview_up_to(&mut house, &entry, 400) else {
        panic!("it is a picture");
    };
    assert_eq!((width, height), (1600, 1200));
    assert_eq!((frames[0].pixels.width, frames[0].pixels.height), (400, 300));
}

#[test]
fn a_preview_is_kept_on_the_disk() {
    let mut house = House::new();
    let entry = house.put("/a.txt", "words");
    preview_up_to(&mut house, &entry, 400);
    house.faults().add(Fault::new("files/download", FaultKind::Reset, 1000));
    assert!(matches!(preview_up_to(&mut house, &entry, 400), PreviewBody::Text(_)));
}

/// The entry as a service tells it that lies about its content.
fn claiming(entry: &Entry, other: &Entry) -> Entry {
    let content_hash = other.file().unwrap().content_hash.clone();
    let file = entry.file().unwrap().clone();
    Entry { kind: EntryKind::File(File { content_hash, ..file }), ..entry.clone() }
}

#[test]
fn a_preview_from_the_disk_is_of_the_content_that_was_asked_for() {
    let mut house = House::new();
    let text = |house: &mut House, entry: &Entry| match preview_up_to(house, entry, 400) {
        PreviewBody::Text(text) => text.text.to_string(),
        other => panic!("it is a text: {other:?}"),
    };
    let (lie, truth) = (house.put("/lie.txt", "pay 999 to evil"), house.put("/truth.txt", "pay 111 to good"));
    // A service that gives other bytes under the hash of somebody's file spoils nobody's preview.
    text(&mut house, &claiming(&lie, &truth));
    assert_eq!(text(&mut house, &truth), "pay 111 to good");
    // Nor does a file of the cache that was changed.
    let mut folders = vec![house.local("coffer/cache/contents")];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap().flatten() {
            if item.path().is_dir() {
                folders.push(item.path());
            } else {
                std::fs::write(item.path(), "pay 999 to evil").unwrap();
            }
        }
    }
    assert_eq!(text(&mut house, &truth), "pay 111 to good");
}

#[test]
fn a_thumbnail_from_the_disk_is_of_its_own_account() {
    let mut house = House::new();
    let lie = house.put("/lie.png", picture(300, 200, ImageFormat::Png));
    let truth = house.put("/truth.png", picture(200, 300, ImageFormat::Png));
    let tall = |house: &mut House, entry: &Entry| {
        let told = thumbnails(&house.run(Job::Thumbnails(vec![wanted(entry, ThumbnailSize::W64)])).updates);
        let pixels = told[0].1.clone().unwrap();
        pixels.height > pixels.width
    };
    assert!(!tall(&mut house, &claiming(&lie, &truth)));
    let other = super::sign_in::sign_in(&mut house);
    house.restart_worker_with(other);
    assert!(tall(&mut house, &truth));
}

#[test]
fn a_broken_picture_has_a_reason_instead_of_a_preview() {
    let mut house = House::new();
    let entry = house.put("/broken.png", "this is no picture");
    assert_eq!(
        preview_up_to(&mut house, &entry, 400),
        PreviewBody::None { reason: "The image is damaged.".into() }
    );
}

#[test]
fn of_a_huge_text_only_the_beginning_is_fetched() {
    let mut house = House::new();
    let line = "All work and no play makes a long text.\n";
    let huge = line.repeat(200 * 1024 * 1024 / line.len());
    let entry = house.put("/huge.log", huge.clone());
    let PreviewBody::Text(text) = preview_up_to(&mut house, &entry, 400) else { panic!("it is a text") };
    assert_eq!(text.truncated_from_bytes, Some(huge.len() as u64));
    assert!(text.text.len() <= 512 * 1024);
    assert!(huge.starts_with(&*text.text));
    assert!(text.line_starts.len() > 10_000);
}

#[test]
fn sources_are_coloured_and_other_encodings_are_read() {
    let mut house = House::new();
    let source = house.put("/main.rs", "fn main() {} // done");
    let PreviewBody::Text(text) = preview_up_to(&mut house, &source, 400) else { panic!("it is a text") };
    assert!(text.spans.contains(&(13..20, TextClass::Comment)), "{:?}", text.spans);
    let latin = house.put("/latin.txt", b"Caf\xe9 cr\xe8me br\xfbl\xe9e".to_vec());
    let PreviewBody::Text(text) = preview_up_to(&mut house, &latin, 400) else { panic!("it is a text") };
    assert_eq!((&*text.text, text.encoding), ("Café crème brûlée", "windows-1252"));
}

#[test]
fn other_files_say_why_there_is_nothing() {
    let mut house = House::new();
    for (name, bytes) in [("/a.7z", "7z"), ("/program", "\x7fELF\0\0\0\0\0")] {
        let entry = house.put(name, bytes);
        let body = preview_up_to(&mut house, &entry, 400);
        assert_eq!(body, PreviewBody::None { reason: "No preview for this kind of file.".into() }, "{name}");
    }
}

#[test]
fn an_empty_file_of_any_kind_is_said_to_be_empty() {
    let mut house = House::new();
    for name in ["/a.txt", "/a.png", "/a.md", "/a.csv", "/a.pdf", "/a.zip", "/a"] {
        let entry = house.put(name, "");
        let body = preview_up_to(&mut house, &entry, 400);
        assert_eq!(body, PreviewBody::None { reason: "This file is empty.".into() }, "{name}");
    }
}

#[test]
fn a_picture_whose_name_does_not_say_so_is_known_by_its_first_bytes() {
    let mut house = House::new();
    // Small enough to be fetched as a text would be, and larger.
    for (name, side) in [("/small", 60), ("/large.unknown", 1200)] {
        let entry = house.put(name, picture(side, side, ImageFormat::Png));
        let PreviewBody::Picture { width, .. } = preview_up_to(&mut house, &entry, 400) else {
            panic!("{name} is a picture");
        };
        assert_eq!(width, side);
    }
}

/// The thumbnail of a new file.
fn made(house: &mut House, name: &str, bytes: Vec<u8>) -> Option<Arc<Pixels>> {
    let entry = house.put(name, bytes);
    let told = thumbnails(&house.run(Job::Thumbnails(vec![wanted(&entry, ThumbnailSize::W256)])).updates);
    assert_eq!(told.len(), 1, "{name}");
    told.into_iter().next().and_then(|(_, pixels)| pixels)
}

#[test]
fn documents_have_a_small_page_where_they_have_words() {
    let mut house = House::new();
    let text = "One line of many, as logs have them.\n".repeat(200_000).into_bytes();
    let page = made(&mut house, "/long.log", text).expect("a page");
    assert_eq!((page.width, page.height), (192, 256));
    assert!(made(&mut house, "/notes.md", b"# Title\n\nWords.\n".to_vec()).is_some());
    assert!(made(&mut house, "/map.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>".to_vec()).is_some());
    assert!(made(&mut house, "/noise.txt", vec![7; 500]).is_none(), "no text");
    assert!(made(&mut house, "/broken.pdf", b"%PDF-1.4 and no more".to_vec()).is_none());
    assert!(made(&mut house, "/empty.txt", Vec::new()).is_none());
}

#[test]
fn a_page_that_was_made_comes_from_the_disk_after_a_restart() {
    let mut house = House::new();
    let entry = house.put("/notes.txt", "Words.");
    let job = || Job::Thumbnails(vec![wanted(&entry, ThumbnailSize::W256)]);
    let first = thumbnails(&house.run(job()).updates);
    house.restart_worker();
    house.faults().add(Fault::new(dropbox_protocol::files::DOWNLOAD.info.name, FaultKind::Reset, 1000));
    assert_eq!(thumbnails(&house.run(job()).updates), first);
    assert!(first[0].1.is_some());
}
