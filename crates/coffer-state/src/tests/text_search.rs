//! Long texts in the large preview: another part is shown, and words are found in all of it.

use super::{Script, entry, problem};
use crate::action::{Action, DialogAction};
use crate::command::Command;
use coffer_model::preview::{PreviewBody, TextPreview};
use coffer_model::{FoundInText, Preview, Recovery, Rev, TextPart, Update};
use std::ops::Range;
use std::sync::Arc;

fn text(words: &str, shown: Range<u64>, truncated_from_bytes: Option<u64>) -> Update {
    let text = TextPreview {
        text: words.into(),
        spans: Vec::new(),
        line_starts: vec![0],
        folds: Vec::new(),
        encoding: "UTF-8",
        truncated_from_bytes,
        shown,
    };
    let path = entry("/", "a.log").path;
    Update::Preview(Arc::new(Preview { path, rev: Rev("1".into()), body: PreviewBody::Text(text) }))
}

/// The large preview of a text of which only the beginning is shown, or all of it.
fn log(size_bytes: Option<u64>) -> Script {
    let mut script = Script::at_home("a.log b.txt");
    script.click(0).command(Command::QuickPreview);
    script.update("preview a.log@1", text("beginning", 0..9, size_bytes)).done("preview a.log@1");
    script
}

fn find(words: &str) -> Action {
    Action::Dialog(DialogAction::FindInText(words.to_owned()))
}

fn shown(script: &mut Script) -> String {
    let (large, _) = script.state.large_preview_mut().unwrap();
    match large.preview.value().map(|preview| &preview.body) {
        Some(PreviewBody::Text(text)) => text.text.to_string(),
        other => panic!("it is a text: {other:?}"),
    }
}

#[test]
fn another_part_comes_in_the_place_of_the_one_before() {
    let mut script = log(Some(5_000));
    script.act(Action::Dialog(DialogAction::ShowTextPart(TextPart::End)));
    script.check_jobs("End of a.log in UTF-8");
    assert_eq!(shown(&mut script), "beginning");
    script.update("End of a.log in UTF-8", text("end", 4_990..5_000, Some(5_000)));
    script.done("End of a.log in UTF-8").check_jobs("");
    assert_eq!(shown(&mut script), "end");
}

#[test]
fn a_part_that_cannot_be_shown_leaves_the_one_before() {
    let mut script = log(Some(5_000));
    script.act(Action::Dialog(DialogAction::ShowTextPart(TextPart::End)));
    script.fail("End of a.log in UTF-8", problem("Trouble", Recovery::Offline));
    assert_eq!(shown(&mut script), "beginning");
}

#[test]
fn words_are_found_in_all_of_a_long_text_until_others_are_looked_for() {
    let mut script = log(Some(5_000));
    script.act(find("tea")).check_jobs("find “tea” in a.log in UTF-8");
    let found = |places: &[u64], searched_bytes| {
        Update::FoundInText(FoundInText { places: places.to_vec(), searched_bytes })
    };
    script.update("find “tea” in a.log in UTF-8", found(&[3, 9], 1_000));
    script.update("find “tea” in a.log in UTF-8", found(&[1_002], 2_000));
    let (large, _) = script.state.large_preview_mut().unwrap();
    assert_eq!((large.search.places(), large.search.searched_bytes()), (&[3, 9, 1_002][..], 2_000));
    assert!(large.search.is_searching());
    script.act(find("cup"));
    assert_eq!(script.cancelled, ["find “tea” in a.log in UTF-8"]);
    script.done("find “cup” in a.log in UTF-8").check_jobs("");
    let (large, _) = script.state.large_preview_mut().unwrap();
    assert!(large.search.places().is_empty() && !large.search.is_searching());
    script.act(find("")).check_jobs("");
}

#[test]
fn very_many_places_end_the_search() {
    let mut script = log(Some(5_000_000));
    script.act(find("e"));
    let places = (0..12_000).collect();
    let found = Update::FoundInText(FoundInText { places, searched_bytes: 2_000_000 });
    script.update("find “e” in a.log in UTF-8", found);
    assert_eq!(script.cancelled, ["find “e” in a.log in UTF-8"]);
    let (large, _) = script.state.large_preview_mut().unwrap();
    assert!(large.search.is_full() && large.search.places().len() == 10_000);
}

#[test]
fn a_text_that_is_shown_whole_is_searched_by_the_window() {
    log(None).act(find("tea")).check_jobs("");
}
