//! Texts that are too long to be shown whole: their end and middle, and words in all of them.

use coffer_model::message::{Job, Outcome, Update};
use coffer_model::preview::{PreviewBody, TextPreview};
use coffer_model::{Entry, TextPart};
use coffer_testing::house::House;
use std::fmt::Write;

/// A log of many lines, of which each thousandth tells of an error.
fn log() -> String {
    let mut log = String::new();
    for line in 0..60_000 {
        let kind = if line % 1_000 == 999 { "Error" } else { "info" };
        writeln!(log, "{line:06} {kind}: größer than what a preview shows, and words after it").unwrap();
    }
    log
}

fn part(house: &mut House, entry: &Entry, part: TextPart) -> TextPreview {
    let ended = house.run(Job::TextPart { entry: entry.clone(), part, encoding: "UTF-8" });
    assert!(matches!(ended.outcome, Outcome::Done(_)), "{:?}", ended.outcome);
    match &ended.updates[..] {
        [Update::Preview(preview)] => match &preview.body {
            PreviewBody::Text(text) => text.clone(),
            other => panic!("it is a text: {other:?}"),
        },
        other => panic!("a preview is told: {other:?}"),
    }
}

#[test]
fn the_end_and_the_middle_of_a_long_text_are_shown_in_whole_lines() {
    let mut house = House::new();
    let log = log();
    let entry = house.put("/server.log", log.clone().into_bytes());
    for (wanted, byte) in [
        (TextPart::End, log.len() as u64 - 1),
        (TextPart::Around(2_000_000), 2_000_000),
        (TextPart::Beginning, 0),
    ] {
        let text = part(&mut house, &entry, wanted);
        let shown = text.shown.start as usize..text.shown.end as usize;
        assert!(text.shown.contains(&byte), "{:?}", text.shown);
        assert_eq!(&*text.text, &log[shown], "{wanted:?}");
        assert!(text.text.ends_with('\n') && text.text.split(' ').next().is_some_and(|line| line.len() == 6));
        assert_eq!(text.truncated_from_bytes, Some(log.len() as u64));
    }
}

#[test]
fn words_are_found_in_all_of_a_long_text() {
    let mut house = House::new();
    let log = log();
    let entry = house.put("/server.log", log.clone().into_bytes());
    let job = Job::FindInText { entry, words: "ERROR: GRÖßER".to_owned(), encoding: "UTF-8" };
    let ended = house.run(job);
    assert!(matches!(ended.outcome, Outcome::Done(_)), "{:?}", ended.outcome);
    let mut places = Vec::new();
    let mut searched = Vec::new();
    for update in ended.updates {
        match update {
            Update::FoundInText(found) => {
                places.extend(found.places);
                searched.push(found.searched_bytes);
            }
            other => panic!("places are told: {other:?}"),
        }
    }
    let expected: Vec<u64> = log.match_indices("Error: größer").map(|(at, _)| at as u64).collect();
    assert_eq!((places.len(), places), (60, expected));
    // It is told piece by piece, so that its progress is seen.
    assert!(searched.len() > 1 && searched.is_sorted() && searched.last() == Some(&(log.len() as u64)));
}
