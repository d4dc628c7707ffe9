//! A recording or a film: its cover, and what it tells of itself. Another program plays it.

use super::WindowContext;
use super::card::words_ui;
use crate::ui::format::with_decimal_sign;
use crate::ui::textures::{Sampling, fit, paint_texture};
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::paint_kind_large;
use coffer_model::Entry;
use coffer_model::preview::RecordingPreview;
use coffer_texts::tr;
use egui::{Rect, Ui, vec2};
use std::time::Duration;

/// Fills `rect` with the cover, or the symbol of the kind, and words below it.
pub(super) fn recording_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    entry: &Entry,
    recording: &RecordingPreview,
    rect: Rect,
) {
    let title = recording.title.as_deref().unwrap_or(entry.name());
    let by = [&recording.artist, &recording.album, &recording.year];
    let by: Vec<&str> = by.into_iter().filter_map(|word| word.as_deref()).collect();
    let facts: Vec<String> =
        [length(recording), dimensions(recording), bit_rate(recording)].into_iter().flatten().collect();
    let note = if recording.is_film { tr!("video-is-not-played-here") } else { "" };
    let lines = [by.join(" · "), facts.join(" · "), note.to_owned()];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let share = if recording.cover.is_some() { 0.62 } else { 0.48 };
    let edge =
        (rect.height() * share).clamp(48.0, if recording.cover.is_some() { 320.0 } else { 144.0 }).round();
    let place = words_ui(ui, title, &lines.join("\n"), rect, edge);
    let palette = ui.palette();
    match &recording.cover {
        Some(pixels) => {
            let size = vec2(pixels.width as f32, pixels.height as f32);
            let texture = window.textures.picture(ui.ctx(), pixels, Sampling::Smooth);
            paint_texture(ui.painter(), fit(size, place, 4.0), texture, theme::CORNER, palette);
        }
        None => paint_kind_large(ui.painter(), place, entry.file_kind(), entry.name(), palette),
    }
}

/// "4:32", "1:02:03"
pub(in crate::ui) fn length(recording: &RecordingPreview) -> Option<String> {
    recording.length.map(clock_length)
}

pub(super) fn clock_length(length: Duration) -> String {
    let secs = length.as_secs_f64().round() as u64;
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{secs:02}") } else { format!("{minutes}:{secs:02}") }
}

pub(in crate::ui) fn dimensions(recording: &RecordingPreview) -> Option<String> {
    recording.size.map(|(width, height)| format!("{width} × {height}"))
}

/// "320 kbit/s", "12.4 Mbit/s"
pub(in crate::ui) fn bit_rate(recording: &RecordingPreview) -> Option<String> {
    recording.bits_per_second.map(|bits| match bits {
        0..10_000_000 => format!("{} kbit/s", (bits + 500) / 1000),
        _ => with_decimal_sign(&format!("{:.1} Mbit/s", bits as f64 / 1e6)),
    })
}

/// "44.1 kHz, stereo"
pub(in crate::ui) fn sound(recording: &RecordingPreview) -> Option<String> {
    let rate =
        recording.sample_rate.map(|rate| with_decimal_sign(&format!("{} kHz", f64::from(rate) / 1000.0)));
    let channels = recording.channels.map(|channels| match channels {
        1 => tr!("sound-mono").to_owned(),
        2 => tr!("sound-stereo").to_owned(),
        count => tr!("sound-channels", count = count),
    });
    let words: Vec<String> = [rate, channels].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::clock_length;
    use std::time::Duration;

    #[test]
    fn lengths_are_those_of_a_player() {
        let check = |millis, expected| assert_eq!(clock_length(Duration::from_millis(millis)), expected);
        check(4_400, "0:04");
        check(59_600, "1:00");
        check(272_000, "4:32");
        check(3_723_000, "1:02:03");
    }
}
