//! What is told when a file is previewed.

use coffer_model::Entry;
use coffer_model::message::{Job, Outcome, Update};
use coffer_model::preview::PreviewBody;
use coffer_testing::house::House;

/// The longest side that the details pane asks for, in pixels.
pub(crate) const SMALL: u32 = 1024;

#[track_caller]
pub(crate) fn preview_up_to(house: &mut House, entry: &Entry, max_side: u32) -> PreviewBody {
    let ended = house.run(Job::Preview { entry: entry.clone(), max_side });
    assert!(matches!(ended.outcome, Outcome::Done(_)), "{:?}", ended.outcome);
    match ended.updates.as_slice() {
        [Update::Preview(preview)] => preview.body.clone(),
        other => panic!("one preview is told: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn preview(house: &mut House, entry: &Entry) -> PreviewBody {
    preview_up_to(house, entry, SMALL)
}

/// Why nothing is shown of a file.
#[track_caller]
pub(crate) fn reason(house: &mut House, name: &str, bytes: Vec<u8>) -> String {
    let entry = house.put(name, bytes);
    match preview(house, &entry) {
        PreviewBody::None { reason } => reason,
        other => panic!("nothing is shown of {name}: {other:?}"),
    }
}
