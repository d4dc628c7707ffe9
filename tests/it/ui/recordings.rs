//! Recordings in the preview, and playing them.

use super::Window;
use super::previews::{opened, says};
use coffer_model::Job;
use coffer_state::Command;
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

#[test]
fn a_recording_tells_its_title_and_length_and_can_be_opened() {
    let mut window = opened("Interview.mp3");
    let card = "The keeper of the lighthouse. Ida Holm · Voices of the coast · 2025\n19:05 · 160 kbit/s";
    for label in [card, "44.1 kHz, stereo", "19:05"] {
        assert!(says(&window, label), "{label}");
    }
    window.command(Command::QuickPreview);
    window.wait(0.3);
    assert!(window.harness.get_all_by_role_and_label(Role::Button, "Open").count() >= 1);
}

#[test]
fn a_recording_is_played_and_a_place_in_it_is_chosen() {
    let mut window = opened("Interview.mp3");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    let played = |window: &Window| {
        let jobs = window.account.jobs.iter();
        let from = |job: &Job| match job {
            Job::PlaySound { from, .. } => Some(from.as_secs()),
            _ => None,
        };
        jobs.filter_map(from).collect::<Vec<_>>()
    };
    let place = |window: &Window| {
        let node = window.harness.get_by_role_and_label(Role::Slider, "Place in the recording");
        node.accesskit_node().value().unwrap_or_default()
    };
    assert_eq!(place(&window), "0:00 of 19:05");
    window.click("Play");
    assert_eq!((played(&window), place(&window).as_str()), (vec![0], "7:10 of 19:05"));
    window.press(Key::P);
    assert!(window.harness.query_by_label("Play").is_some(), "it is paused");

    window.click("Place in the recording");
    assert_eq!(place(&window), "9:33 of 19:05");
    assert_eq!(played(&window), [0], "what is paused stays paused");
    window.harness.get_by_role_and_label(Role::Slider, "Place in the recording").focus();
    window.settle();
    window.press(Key::ArrowRight);
    assert_eq!(place(&window), "9:38 of 19:05");
    window.press(Key::P);
    assert_eq!(played(&window), [0, 577]);
}
