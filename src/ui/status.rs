//! The pill at the foot of the content: how much there is and how much is selected; beside it how far the sample
//! files are. A lost connection and a service that asks us to wait are shown above the rows.

use super::theme::{self, Palette};
use super::widgets::paint_ring;
use super::{WindowContext, duplicates, format, past};
use coffer_model::IndexPhase;
use coffer_model::SpacePart;
use coffer_state::Location;
use coffer_state::status::ListStatus;
use egui::{
    Area, Color32, Context, Galley, Id, Order, Rect, Role, Sense, Ui, WidgetInfo, accesskit, pos2, vec2,
};
use std::sync::Arc;

const HEIGHT: f32 = 32.0;
const MARGIN: f32 = 20.0;

/// From the lower edge of the content to the upper edge of the pill, with a gap.
pub const FOOT: f32 = MARGIN + HEIGHT + 8.0;

/// Draws the pills at the lower right of `content`, unless they would cover what is in `taken`.
pub fn status_ui(ctx: &Context, window: &WindowContext<'_>, content: Rect, taken: Option<Rect>) {
    let mut right = content.max.x - MARGIN;
    for pill in [counts(window), samples(window), indexing(window)].into_iter().flatten() {
        let galley = layout(ctx, &pill.text);
        let width = galley.size().x + 28.0 + if pill.done.is_some() { 24.0 } else { 0.0 };
        let corner = pos2((right - width).round(), content.max.y - MARGIN - HEIGHT);
        let rect = Rect::from_min_size(corner, vec2(width, HEIGHT));
        let covered = taken.is_some_and(|taken| taken.intersects(rect.expand(4.0)));
        if rect.min.x < content.min.x + 8.0 || covered {
            return;
        }
        pill_ui(ctx, &pill, rect, galley, past::palette(ctx, window.state));
        right = rect.min.x - 8.0;
    }
}

struct Pill {
    name: &'static str,
    text: String,
    /// How much of it is done, 0 to 1: a ring.
    done: Option<f32>,
}

fn counts(window: &WindowContext<'_>) -> Option<Pill> {
    let browser = &window.state.browser;
    browser.listing.value().filter(|_| !duplicates::is_shown(window.state))?;
    // An empty place says so itself.
    let is_empty = browser.status.items == 0 && browser.status.complete && browser.filter.is_none();
    // A map has only what is large, so its items are not counted.
    if matches!(window.state.navigation.current(), Location::Space { part: SpacePart::Map, .. }) {
        let text = selected_in_words(&browser.status);
        return (!text.is_empty()).then_some(Pill { name: "status", text, done: None });
    }
    (!is_empty).then(|| Pill { name: "status", text: counts_in_words(&browser.status), done: None })
}

/// "14 items · 1 selected, 4.8 MB"
fn counts_in_words(status: &ListStatus) -> String {
    let mut text = match status.found {
        Some((count, bytes)) if bytes > 0 => {
            format!("{} found, {}", format::count(count), format::size(bytes))
        }
        Some((count, _)) => format!("{} found", format::count(count)),
        None => format::items_of(status.items, status.filtered_from),
    };
    if status.is_past {
        text.push_str(" then");
    }
    if !status.complete {
        text.push_str(" so far");
    }
    let selected = selected_in_words(status);
    if !selected.is_empty() {
        text = format!("{text} · {selected}");
    }
    if status.unreadable > 0 {
        text = format!("{text} · {} could not be read", format::items(status.unreadable));
    }
    text
}

/// "1 selected, 4.8 MB"; nothing where nothing is.
fn selected_in_words(status: &ListStatus) -> String {
    if status.selected == 0 {
        return String::new();
    }
    let mut text = format!("{} selected", format::count(status.selected as u64));
    if status.selected_amount.bytes > 0 {
        text = format!("{text}, {}", format::size(status.selected_amount.bytes));
    }
    text
}

/// Why the rows are still growing.
fn samples(window: &WindowContext<'_>) -> Option<Pill> {
    let (done, total) = window.state.session.samples.filter(|(done, total)| done < total)?;
    let text = format!("Adding sample files, {done} of {total}");
    Some(Pill { name: "samples", text, done: Some(done as f32 / total.max(1) as f32) })
}

/// Why searches and totals do not know everything yet.
fn indexing(window: &WindowContext<'_>) -> Option<Pill> {
    let status = window.state.session.index.as_ref()?;
    let (text, percent) = match status.phase {
        IndexPhase::Building { percent: Some(percent) } => (format!("Indexing, {percent} %"), Some(percent)),
        IndexPhase::Building { percent: None } => {
            (format!("Indexing, {} so far", format::items(status.files as usize)), None)
        }
        IndexPhase::Metered => ("Indexing waits: the network is metered".to_owned(), None),
        IndexPhase::Complete | IndexPhase::Unavailable => return None,
    };
    Some(Pill { name: "index", text, done: percent.map(|percent| f32::from(percent) / 100.0) })
}

fn layout(ctx: &Context, text: &str) -> Arc<Galley> {
    let font = theme::tabular(theme::SMALL_TEXT + 0.5);
    ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER))
}

fn pill_ui(ctx: &Context, pill: &Pill, rect: Rect, galley: Arc<Galley>, palette: &Palette) {
    let area = Area::new(Id::unique("pill").with(pill.name));
    let area = area.order(Order::Middle).fixed_pos(rect.min).interactable(false).fade_in(false);
    area.show(ctx, |ui: &mut Ui| {
        let response = ui.allocate_rect(rect, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &pill.text));
        ctx.accesskit_node_builder(response.id, |node| node.set_live(accesskit::Live::Polite));
        let painter = ui.painter();
        painter.add(palette.pill_shadow().as_shape(rect, HEIGHT / 2.0));
        painter.rect_filled(rect, HEIGHT / 2.0, palette.surface_2);
        let mut left = rect.min.x + 14.0;
        let middle = rect.center().y;
        if let Some(done) = pill.done {
            paint_ring(painter, pos2(left + 7.0, middle), 6.5, done, palette);
            left += 24.0;
        }
        let color = if pill.done.is_some() { palette.text } else { palette.dimmed };
        painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, color);
    });
}

#[cfg(test)]
mod tests {
    use super::counts_in_words;
    use coffer_model::Amount;
    use coffer_state::status::ListStatus;

    #[test]
    fn the_pill_counts_what_is_there_and_what_is_selected() {
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
