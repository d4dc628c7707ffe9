//! The list of deleted items: what was deleted together stands below a heading that says when, how much and from where, and
//! folders unfold.

use super::entries::{self, ContentLines};
use super::theme::{self, UiPalette};
use super::widgets::{PushButton, elide_middle, paint_icon, paint_text};
use super::{WindowContext, columns, format, unfold};
use coffer_model::{DeletedCounts, DeletedRow, Deletion, DeletionTime, Entry};
use coffer_state::Action;
use coffer_state::deleted::DeletedAction;
use coffer_state::row_filter::RowFilter;
use coffer_texts::tr;
use egui::{Align, Align2, Layout, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2};
use egui_material_icons::icons;

/// The room of the arrow that unfolds a folder, and of each level.
const LEVEL: f32 = 20.0;

/// How far a row is moved to the right.
pub fn indent(lines: &ContentLines, row: usize) -> f32 {
    place(lines, row).map_or(0.0, |place| LEVEL * f32::from(place.level.min(12) + 1))
}

fn place(lines: &ContentLines, row: usize) -> Option<DeletedRow> {
    lines.listing.deleted.as_ref()?.rows.get(row).copied()
}

/// The arrow before a folder that had something in it.
pub fn fold_ui(ui: &Ui, window: &mut WindowContext<'_>, lines: &ContentLines, index: usize, row: Rect) {
    let Some(entry) = lines.listing.entries.get(index) else { return };
    if place(lines, index).is_none_or(|place| place.contents == 0) {
        return;
    }
    let unfolded = window.state.browser.is_unfolded(&entry.path);
    let center = pos2(row.min.x + indent(lines, index) - 2.0, row.center().y);
    let square = Rect::from_center_size(center, Vec2::splat(22.0));
    let response = ui.interact(square, entries::row_id(window, &entry.path).with("fold"), Sense::CLICK);
    response.widget_info(|| unfold::triangle_info(unfolded, entry.name()));
    let palette = ui.palette();
    if response.hovered() {
        ui.painter().rect_filled(square, theme::CORNER_SMALL, palette.hover());
    }
    let icon = if unfolded { icons::ICON_EXPAND_MORE } else { icons::ICON_CHEVRON_RIGHT };
    paint_icon(ui.painter(), center, icon, 18.0, palette.dimmed);
    if response.clicked() {
        let action = DeletedAction::Unfold { folder: entry.path.clone(), unfold: !unfolded };
        window.act(Action::Deleted(action));
    }
}

/// "Today 14:02 · 30 files from Photos", and the button that restores all of it.
pub fn heading_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    lines: &ContentLines,
    heading: usize,
    row: Rect,
) {
    let Some(deleted) = &lines.listing.deleted else { return };
    let Some(deletion) = deleted.deletions.get(heading) else { return };
    let Some(first) = lines.listing.entries.get(deletion.first_row) else { return };
    let is_narrowed = window.state.browser.filter.as_ref().and_then(RowFilter::narrowed_by).is_some();
    let time = time_in_words(window, deletion.time, deleted.pending > 0);
    let what = what_in_words(window, deletion, is_narrowed);
    let size =
        deletion.bytes.filter(|bytes| *bytes > 0 && deletion.time != DeletionTime::Unknown && !is_narrowed);
    let detail = size.map_or_else(|| what.clone(), |bytes| format!("{what}, {}", format::size(bytes)));
    let id = ui.scope_id().with(("deletion", first.path.lower()));
    let response = ui.interact(row, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{time} · {detail}")));

    let palette = ui.palette();
    let middle = row.max.y - 14.0;
    let mut right = row.max.x - 8.0;
    if !is_narrowed && deletion.time != DeletionTime::Unknown {
        let builder = UiBuilder::new()
            .id_salt(id.with("button"))
            .max_rect(row.with_max_x(right).with_min_y(row.max.y - 28.0))
            .layout(Layout::right_to_left(Align::Center));
        let enabled = !window.state.session.offline;
        let is_one = deletion.items.total() == 1;
        let words = if is_one { tr!("command-undelete") } else { tr!("restore-all") };
        let button = PushButton::link(words).height(24.0).enabled(enabled);
        let response = ui.scope_builder(builder, |ui| ui.add(button)).inner;
        if response.clicked() {
            window.act(Action::Deleted(DeletedAction::RestoreAll(first.path.clone())));
        }
        right = response.rect.min.x - 8.0;
    }
    let at = pos2(row.min.x + columns::PADDING, middle);
    let font = theme::semibold(theme::BODY_TEXT);
    let drawn = paint_text(ui.painter(), Align2::LEFT_CENTER, at, right - at.x, &time, font, palette.text);
    let left = drawn.max.x + 10.0;
    let font = theme::regular(theme::SMALL_TEXT);
    // Where there is little room, it does without the size.
    let whole = ui.painter().layout_no_wrap(detail, font.clone(), palette.dimmed);
    let galley = if whole.size().x <= right - left {
        whole
    } else {
        elide_middle(ui.painter(), &what, &font, palette.dimmed, right - left)
    };
    ui.painter().galley(pos2(left, middle - galley.size().y / 2.0), galley, palette.dimmed);
}

/// "Today 14:02", "Before 12 November 08:31"
fn time_in_words(window: &WindowContext<'_>, time: DeletionTime, is_pending: bool) -> String {
    let time_of_day = |time| window.clock.time_of_day(time);
    match time {
        DeletionTime::At(time) => format!("{} {}", window.clock.day(time), time_of_day(time)),
        DeletionTime::Before(time) => match window.clock.days_ago(time) {
            0 => tr!("deleted-before-today", time = time_of_day(time)),
            1 => tr!("deleted-before-yesterday", time = time_of_day(time)),
            _ => tr!("deleted-before-day", day = window.clock.day(time), time = time_of_day(time)),
        },
        DeletionTime::Unknown if is_pending => tr!("deleted-finding").to_owned(),
        DeletionTime::Unknown => tr!("deleted-unknown").to_owned(),
    }
}

/// "30 files from Photos"
fn what_in_words(window: &WindowContext<'_>, deletion: &Deletion, is_narrowed: bool) -> String {
    if deletion.time == DeletionTime::Unknown {
        return format::items(deletion.items.total());
    }
    let folder = window.state.folder_path(&deletion.folder);
    if is_narrowed {
        return tr!("deleted-from", folder = folder);
    }
    tr!("deleted-items-from", items = counts_in_words(deletion.items), folder = folder)
}

fn counts_in_words(counts: DeletedCounts) -> String {
    match counts {
        DeletedCounts { files, folders: 0, unknown: 0 } => tr!("files", count = files),
        DeletedCounts { files: 0, folders, unknown: 0 } => tr!("folders", count = folders),
        DeletedCounts { files, folders, unknown: 0 } => {
            tr!(
                "folders-and-files",
                folders = tr!("folders", count = folders),
                files = tr!("files", count = files)
            )
        }
        _ => format::items(counts.total()),
    }
}

/// When an item of the list was deleted, where that is known.
pub fn deleted_in_words(window: &WindowContext<'_>, entry: &Entry) -> Option<String> {
    let listing = window.state.browser.listing.value()?;
    let deleted = listing.deleted.as_ref()?;
    let deletion = deleted.deletion_of(listing.row_of(&entry.path)?)?;
    match deleted.deletions.get(deletion)?.time {
        DeletionTime::At(time) => Some(window.clock.exact(time)),
        DeletionTime::Before(time) => Some(tr!("deleted-before", time = window.clock.exact(time))),
        DeletionTime::Unknown => None,
    }
}
