//! Thumbnails: only what is looked at.

use super::{Script, entry, problem};
use crate::{Command, WindowEvent};
use coffer_model::{Outcome, Pixels, Receipt, Recovery, Thumbnail, ThumbnailKey, ThumbnailSize, Update};
use std::sync::Arc;

fn thumbnail(name: &str) -> Thumbnail {
    let entry = entry("/", name);
    let file = entry.file().expect("a file").clone();
    let key = ThumbnailKey { content_hash: name.into(), size: ThumbnailSize::W128 };
    Thumbnail { key, path: entry.path, rev: file.rev, size_bytes: file.size_bytes }
}

fn want<'a>(script: &'a mut Script, names: &str) -> &'a mut Script {
    script.window(WindowEvent::WantedThumbnails(names.split_whitespace().map(thumbnail).collect()))
}

fn arrive(script: &mut Script, job: &str, name: &str, pixels: bool) {
    let picture = Arc::new(Pixels { width: 1, height: 1, rgba: vec![[0; 4]] });
    script.update(job, Update::Thumbnail { key: thumbnail(name).key, pixels: pixels.then_some(picture) });
}

#[test]
fn each_is_asked_for_once_and_passed_to_the_window_once() {
    let mut script = Script::at_home("");
    want(&mut script, "a b b").check_jobs("thumbnails a b");
    want(&mut script, "a b c").check_jobs("thumbnails a b, thumbnails c");
    arrive(&mut script, "thumbnails a b", "a", true);
    want(&mut script, "b c").check_jobs("thumbnails a b, thumbnails c");
    assert_eq!(script.thumbnails, [thumbnail("a").key]);
}

#[test]
fn what_scrolled_away_is_cancelled() {
    let mut script = Script::at_home("");
    want(&mut script, "a b");
    want(&mut script, "b c").check_jobs("thumbnails a b, thumbnails c");
    want(&mut script, "c d").check_jobs("thumbnails c, thumbnails d");
    assert_eq!(script.cancelled, ["thumbnails a b"]);
    want(&mut script, "a").check_jobs("thumbnails a");
}

#[test]
fn what_has_no_thumbnail_is_not_asked_for_again() {
    let mut script = Script::at_home("");
    want(&mut script, "a b");
    arrive(&mut script, "thumbnails a b", "a", false);
    script.finish("thumbnails a b", Outcome::Done(Receipt::Nothing));
    want(&mut script, "a b").check_jobs("");
    assert!(script.state.thumbnails.is_missing(&thumbnail("a").key));
}

#[test]
fn what_failed_is_asked_for_again_after_a_refresh_and_not_in_every_frame() {
    let mut script = Script::at_home("");
    want(&mut script, "a").fail("thumbnails a", problem("Offline", Recovery::Offline));
    want(&mut script, "a").check_jobs("");
    script.command(Command::Refresh).list("/", "");
    want(&mut script, "a").check_jobs("thumbnails a");
}
