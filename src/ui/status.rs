//! The strip at the foot of the content: how much there is and how much is selected; beside it how far the sample
//! files and the index are. It stands below the rows and covers none of them. A lost connection and a service that
//! asks us to wait are said above it.

use super::theme::{self, UiPalette};
use super::widgets::{elide_middle, paint_ring};
use super::{WindowContext, duplicates, format, size_slider};
use coffer_model::{IndexPhase, SpacePart};
use coffer_state::Location;
use coffer_state::status::ListStatus;
use coffer_texts::tr;
use egui::{Rect, Role, Sense, Ui, WidgetInfo, accesskit, pos2, vec2};

const HEIGHT: f32 = 30.0;
const MARGIN: f32 = 20.0;
const GAP: f32 = 20.0;
/// With less room the words have it alone.
const LEAST_FOR_SLIDER: f32 = 380.0;
/// The ring before the words, with the space after it.
const RING: f32 = 20.0;

/// What the strip says. It is there for each folder, so that it does not come and go while one is being listed.
pub fn parts(window: &WindowContext<'_>) -> Option<Vec<StatusPart>> {
    let parts: Vec<_> = [counts(window), samples(window), indexing(window)].into_iter().flatten().collect();
    let is_folder = window.state.navigation.current().shown_folder().is_some();
    (is_folder || !parts.is_empty()).then_some(parts)
}

/// One part after the other, as far as there is room.
pub fn status_ui(ui: &mut Ui, window: &mut WindowContext<'_>, parts: &[StatusPart]) {
    let (_, strip) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    // Rows that are scrolled are cut there.
    ui.painter().hline(strip.x_range(), strip.min.y, (1.0, ui.palette().line));
    // The line of words is a little above the window's edge.
    let line = strip.shrink2(vec2(MARGIN, 0.0)).translate(vec2(0.0, -1.0));
    let mut line = line;
    if size_slider::is_shown(window) && line.width() >= LEAST_FOR_SLIDER {
        let place = line.with_min_x(line.max.x - size_slider::WIDTH);
        size_slider::size_slider_ui(ui, window, place);
        line.max.x = place.min.x - GAP;
    }
    let mut left = line.min.x;
    for part in parts {
        left = part_ui(ui, part, line.with_min_x(left)) + GAP;
        if left >= line.max.x {
            return;
        }
    }
}

pub struct StatusPart {
    name: &'static str,
    text: String,
    /// How much of it is done, 0 to 1: a ring.
    done: Option<f32>,
}

fn counts(window: &WindowContext<'_>) -> Option<StatusPart> {
    let browser = &window.state.browser;
    browser.listing.value().filter(|_| !duplicates::is_shown(window.state))?;
    // An empty place says so itself.
    let is_empty = browser.status.items == 0 && browser.status.complete && browser.filter.is_none();
    // A map has only what is large, so its items are not counted.
    if matches!(window.state.navigation.current(), Location::Space { part: SpacePart::Map, .. }) {
        let text = selected_in_words(&browser.status);
        return (!text.is_empty()).then_some(StatusPart { name: "status", text, done: None });
    }
    (!is_empty).then(|| StatusPart { name: "status", text: counts_in_words(&browser.status), done: None })
}

/// "14 items · 1 selected, 4.8 MB"
fn counts_in_words(status: &ListStatus) -> String {
    let mut text = match status.found {
        Some((count, bytes)) if bytes > 0 => {
            tr!("found-size", count = count, size = format::size(bytes))
        }
        Some((count, _)) => tr!("found", count = count),
        None => format::items_of(status.items, status.filtered_from),
    };
    if status.is_past {
        text = tr!("status-then", items = text);
    }
    if !status.complete {
        text = tr!("status-so-far", items = text);
    }
    let selected = selected_in_words(status);
    if !selected.is_empty() {
        text = format!("{text} · {selected}");
    }
    if status.unreadable > 0 {
        text = format!("{text} · {}", tr!("unreadable-items", count = status.unreadable));
    }
    text
}

/// "1 selected, 4.8 MB"; nothing where nothing is.
fn selected_in_words(status: &ListStatus) -> String {
    if status.selected == 0 {
        return String::new();
    }
    let mut text = tr!("selected", count = status.selected);
    if status.selected_amount.bytes > 0 {
        text = format!("{text}, {}", format::size(status.selected_amount.bytes));
    }
    text
}

/// Why the rows are still growing.
fn samples(window: &WindowContext<'_>) -> Option<StatusPart> {
    let (done, total) = window.state.session.samples.filter(|(done, total)| done < total)?;
    let text = tr!("status-samples", done = done, total = total);
    Some(StatusPart { name: "samples", text, done: Some(done as f32 / total.max(1) as f32) })
}

/// Why searches and totals do not know everything yet.
fn indexing(window: &WindowContext<'_>) -> Option<StatusPart> {
    let status = window.state.session.index.as_ref()?;
    let (text, percent) = match status.phase {
        IndexPhase::Building { percent: Some(percent) } => {
            (tr!("status-indexing", percent = percent), Some(percent))
        }
        IndexPhase::Building { percent: None } => {
            (tr!("status-indexing-items", items = format::items(status.files as usize)), None)
        }
        IndexPhase::Metered => (tr!("status-metered").to_owned(), None),
        IndexPhase::Complete | IndexPhase::Unavailable => return None,
    };
    Some(StatusPart { name: "index", text, done: percent.map(|percent| f32::from(percent) / 100.0) })
}

/// Answers where it ends.
fn part_ui(ui: &mut Ui, part: &StatusPart, space: Rect) -> f32 {
    let palette = ui.palette();
    let ring = if part.done.is_some() { RING } else { 0.0 };
    let font = theme::tabular(theme::SMALL_TEXT + 0.5);
    let galley =
        elide_middle(ui.painter(), &part.text, &font, palette.dimmed, (space.width() - ring).max(0.0));
    let rect = space.with_max_x((space.min.x + ring + galley.size().x).min(space.max.x));
    let response = ui.interact(rect, ui.scope_id().with(part.name), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &part.text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Polite));
    let middle = rect.center().y;
    if let Some(done) = part.done {
        paint_ring(ui.painter(), pos2(rect.min.x + 6.5, middle), 6.0, done, palette);
    }
    let at = pos2(rect.min.x + ring, middle - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.dimmed);
    rect.max.x
}

#[cfg(test)]
mod tests {
    use super::counts_in_words;
    use coffer_model::Amount;
    use coffer_state::status::ListStatus;

    #[test]
    fn the_strip_counts_what_is_there_and_what_is_selected() {
        let status = ListStatus { items: 14, complete: true, ..ListStatus::default() };
        assert_eq!(counts_in_words(&status), "14 items");
        let status = ListStatus {
            selected: 2,
            selected_amount: Amount { bytes: 23_000_000, ..Amount::default() },
            ..status
        };
        assert_eq!(counts_in_words(&status), "14 items · 2 selected, 23 MB");
        let status =
            ListStatus { items: 12, filtered_from: Some(340), complete: true, ..ListStatus::default() };
        assert_eq!(counts_in_words(&status), "12 of 340 items");
        let status = ListStatus { items: 10, is_past: true, complete: true, ..ListStatus::default() };
        assert_eq!(counts_in_words(&status), "10 items then");
        let status = ListStatus { items: 5_000, ..ListStatus::default() };
        assert_eq!(counts_in_words(&status), "5,000 items so far");
        let status =
            ListStatus { found: Some((1_204, 3_200_000_000)), complete: true, ..ListStatus::default() };
        assert_eq!(counts_in_words(&status), "1,204 found, 3.2 GB");
        let status = ListStatus { items: 3, unreadable: 1, complete: true, ..ListStatus::default() };
        assert_eq!(counts_in_words(&status), "3 items · 1 item could not be read");
    }
}
