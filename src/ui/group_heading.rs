//! The heading above rows that belong together.

use super::entries::ContentLines;
use super::theme::{self, UiPalette};
use super::widgets::paint_text;
use super::{columns, format};
use coffer_model::{DateGroup, GroupKey};
use coffer_texts::tr;
use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2};

/// The heading of a group of the listing, with the number of its rows.
pub fn group_heading_ui(ui: &Ui, lines: &ContentLines, group: usize, space: Rect) {
    let Some(group) = lines.listing.groups.list.get(group) else { return };
    heading_ui(ui, &name_of(group.key), &format::count(group.rows as u64), space);
}

/// A heading, and how much stands below it.
pub fn heading_ui(ui: &Ui, text: &str, count: &str, space: Rect) {
    let palette = ui.palette();
    let response = ui.interact(space, ui.scope_id().with(("heading", text)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    let middle = space.max.y - 16.0;
    let at = pos2(space.min.x + columns::PADDING, middle);
    let font = theme::semibold(theme::BODY_TEXT);
    let words = paint_text(ui.painter(), Align2::LEFT_CENTER, at, space.width(), text, font, palette.text);
    let at = pos2(words.max.x + 8.0, middle);
    let font = theme::tabular(13.0);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, space.width(), count, font, palette.dimmed);
}

fn name_of(key: GroupKey) -> String {
    match key {
        GroupKey::Kind(kind) => format::kinds_name(kind).to_owned(),
        GroupKey::Date(DateGroup::Today) => tr!("today").to_owned(),
        GroupKey::Date(DateGroup::Yesterday) => tr!("yesterday").to_owned(),
        GroupKey::Date(DateGroup::ThisWeek) => tr!("earlier-this-week").to_owned(),
        GroupKey::Date(DateGroup::ThisMonth) => tr!("earlier-this-month").to_owned(),
        GroupKey::Date(DateGroup::Month(month)) => format::month(month).to_owned(),
        GroupKey::Date(DateGroup::Year(year)) => year.to_string(),
        GroupKey::Date(DateGroup::Unknown) => tr!("no-date").to_owned(),
    }
}
