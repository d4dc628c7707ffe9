//! Playing a recording in the large preview.

use super::Script;
use super::entry;
use crate::action::{Action, DialogAction};
use crate::command::Command;
use crate::player::Player;
use coffer_model::preview::{PreviewBody, RecordingPreview};
use coffer_model::{Outcome, Preview, Receipt, Recovery, Rev, SoundProgress, Update};
use std::sync::Arc;
use std::time::Duration;

const TOGGLE: Action = Action::Dialog(DialogAction::TogglePlayer);

/// The large preview of the first of two files.
fn previewed(is_film: bool) -> Script {
    let mut script = Script::at_home("a.mp3 b.mp3");
    script.click(0).command(Command::QuickPreview);
    let length = Some(Duration::from_secs(90));
    let body = PreviewBody::Recording(RecordingPreview { length, is_film, ..RecordingPreview::default() });
    let path = entry("/", "a.mp3").path;
    let update = Update::Preview(Arc::new(Preview { path, rev: Rev("1".into()), body }));
    script.update("preview a.mp3@1", update).done("preview a.mp3@1");
    script
}

fn player(script: &mut Script) -> &Player {
    &script.state.large_preview_mut().unwrap().0.player
}

fn at(secs: u64, is_waiting: bool) -> Update {
    Update::Sound(SoundProgress { position: Duration::from_secs(secs), is_waiting })
}

#[test]
fn it_goes_on_where_it_was_paused_and_begins_anew_after_its_end() {
    let mut script = previewed(false);
    script.check_jobs("measure a.mp3").act(TOGGLE);
    assert!(player(&mut script).is_playing() && player(&mut script).is_waiting);
    script.update("play a.mp3 from 0 s", at(12, false));
    assert!(!player(&mut script).is_waiting);
    script.act(TOGGLE);
    assert_eq!(script.cancelled, ["play a.mp3 from 0 s"]);
    assert_eq!((player(&mut script).is_playing(), player(&mut script).position.as_secs()), (false, 12));
    script.act(TOGGLE).done("play a.mp3 from 12 s");
    assert_eq!((player(&mut script).is_playing(), player(&mut script).position.as_secs()), (false, 0));
}

#[test]
fn another_place_is_played_at_once_only_while_it_plays() {
    let mut script = previewed(false);
    let seek = |secs| Action::Dialog(DialogAction::Seek(Duration::from_secs(secs)));
    script.act(seek(30)).check_jobs("measure a.mp3").act(TOGGLE).act(seek(60));
    assert_eq!(script.cancelled, ["play a.mp3 from 30 s"]);
    script.check_jobs("measure a.mp3, play a.mp3 from 60 s");
}

#[test]
fn it_ends_with_the_preview_and_at_the_next_file() {
    let mut script = previewed(false);
    script.act(TOGGLE).act(Action::Dialog(DialogAction::Next));
    assert_eq!(script.cancelled, ["play a.mp3 from 0 s", "measure a.mp3"]);
    assert!(!player(&mut script).is_playing());
    let mut script = previewed(false);
    script.act(TOGGLE).act(Action::CloseDialog);
    assert_eq!(script.cancelled, ["play a.mp3 from 0 s", "measure a.mp3"]);
}

#[test]
fn a_film_is_for_another_program() {
    let mut script = previewed(true);
    script.check_jobs("").act(TOGGLE).check_jobs("");
}

#[test]
fn why_it_is_not_heard_is_told_until_it_is_tried_again() {
    let mut script = previewed(false);
    script.act(TOGGLE).fail("play a.mp3 from 0 s", super::problem("No sound server", Recovery::Retry));
    let player_now = player(&mut script);
    assert!(!player_now.is_playing() && !player_now.is_waiting);
    assert_eq!(player_now.problem.as_ref().unwrap().title, "No sound server");
    script.act(TOGGLE);
    assert!(player(&mut script).problem.is_none());
}

#[test]
fn a_recording_that_cannot_be_measured_is_played_all_the_same() {
    let mut script = previewed(false);
    script.fail("measure a.mp3", super::problem("Trouble", Recovery::Retry));
    assert!(player(&mut script).loudness.is_empty() && player(&mut script).problem.is_none());
    let mut script = previewed(false);
    script.finish("measure a.mp3", Outcome::Done(Receipt::Loudness(Arc::from([0, 255].as_slice()))));
    assert_eq!(&*player(&mut script).loudness, [0, 255]);
}
