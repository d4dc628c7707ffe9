//! What is known of one item, line by line. Texts can be selected; the content hash can be copied.

use crate::ui::preview::{picture_facts, recording};
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, PushButton, elide_middle};
use crate::ui::{WindowContext, deleted, format, sharing};
use coffer_model::preview::PreviewBody;
use coffer_model::{Entry, File, FileType, PreviewKind};
use coffer_state::{Action, Location};
use coffer_texts::tr;
use egui::{Align, Color32, Id, Label, Layout, Rect, RichText, Ui, UiBuilder, vec2};
use egui_material_icons::icons;

const NAME_WIDTH: f32 = 92.0;
/// Left and right of the words of a link.
const LINK_MARGINS: f32 = 8.0;

pub(super) fn details_ui(ui: &mut Ui, window: &mut WindowContext<'_>, entry: &Entry) {
    ui.spacing_mut().item_spacing.y = 8.0;
    folder_ui(ui, window, entry);
    if let Some(words) = sharing::words(window.state, entry) {
        line_ui(ui, tr!("details-sharing"), &words);
    }
    if let Some(deleted) = deleted::deleted_in_words(window, entry) {
        line_ui(ui, tr!("version-deleted"), &deleted);
    }
    if let Some(file) = entry.last_version() {
        picture_ui(ui, window, entry);
        if let Some(now) = window.state.inspector.now.as_ref().and_then(Entry::file) {
            then_and_now_ui(ui, window, file, now);
        } else {
            line_ui(ui, tr!("column-size"), &format::exact_size(file.size_bytes));
            dates_ui(ui, window, file);
        }
        if let Some(link) = &entry.link {
            line_ui(ui, tr!("share-link"), &link.url);
        }
        if more_ui(ui) {
            line_ui(ui, tr!("details-revision"), &file.rev.0);
            if let Some(hash) = &file.content_hash {
                hash_ui(ui, hash);
            }
        }
    } else if let Some(link) = &entry.link {
        line_ui(ui, tr!("share-link"), &link.url);
    }
}

/// What hardly anybody asks for is folded away; answers whether it is shown.
fn more_ui(ui: &mut Ui) -> bool {
    let id = Id::unique("more details");
    let is_open = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let (icon, words) = if is_open {
        (icons::ICON_EXPAND_LESS, tr!("details-less"))
    } else {
        (icons::ICON_EXPAND_MORE, tr!("details-more"))
    };
    if ui.add(PushButton::link(words).trailing_icon(icon).height(22.0)).clicked() {
        ui.data_mut(|data| data.insert_temp(id, !is_open));
    }
    is_open
}

/// Where it is; a click goes there.
fn folder_ui(ui: &mut Ui, window: &mut WindowContext<'_>, entry: &Entry) {
    let Some(folder) = entry.path.parent() else { return };
    let is_here = window.state.navigation.current().shown_folder() == Some(&folder);
    let words = window.state.folder_path(&folder);
    if is_here {
        return line_ui(ui, tr!("details-location"), &words);
    }
    with_name_ui(ui, tr!("details-location"), |ui| {
        // A long path would push the pane aside.
        let font = theme::medium(theme::BODY_TEXT);
        let width = ui.available_width() - LINK_MARGINS;
        let fitting = elide_middle(ui.painter(), &words, &font, Color32::PLACEHOLDER, width);
        let button = PushButton::link(fitting.text()).height(20.0).tooltip(&words);
        // Its words are in line with the other values.
        let place = ui.max_rect();
        let place = place.with_min_x(place.min.x - LINK_MARGINS / 2.0);
        ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            if ui.add(button).clicked() {
                window.act(Action::Go(Location::Folder(folder)));
            }
        });
    });
}

/// What only the preview knows.
fn picture_ui(ui: &mut Ui, window: &WindowContext<'_>, entry: &Entry) {
    let preview = window.state.inspector.preview.value().filter(|preview| preview.path == entry.path);
    match preview.map(|preview| &preview.body) {
        Some(PreviewBody::Picture { width, height, facts, .. }) => {
            // Of the picture itself they are not known where only its preview is.
            if !facts.is_inner {
                line_ui(ui, tr!("details-dimensions"), &format!("{width} × {height}"));
            }
            if let Some(taken) = facts.taken {
                line_ui(ui, tr!("details-taken"), &window.clock.exact(taken));
            }
            let lines = [
                (tr!("details-camera"), facts.camera.clone()),
                (tr!("details-lens"), facts.lens.clone()),
                (tr!("details-exposure"), picture_facts::exposure(facts)),
                (tr!("details-place"), picture_facts::place(facts)),
                (tr!("details-pages"), picture_facts::pages(facts)),
            ];
            lines_ui(ui, lines);
        }
        Some(PreviewBody::Pages(document)) if !document.has_paper => {
            let size = document.pages[0];
            line_ui(ui, tr!("details-dimensions"), &format!("{:.0} × {:.0}", size.width, size.height));
        }
        // The page of a font is made here.
        Some(PreviewBody::Pages(document))
            if FileType::from_name(entry.name()).preview != PreviewKind::Font =>
        {
            line_ui(ui, tr!("details-length"), &tr!("pages", count = document.pages.len()));
        }
        Some(PreviewBody::Table(table)) if table.sheets[0].cells.holds_paths() => {
            if let Some(note) = &table.sheets[0].note {
                line_ui(ui, tr!("details-contents"), note);
            }
        }
        Some(PreviewBody::Table(table)) if table.truncated_from_bytes.is_none() => {
            let cells = &table.sheets[0].cells;
            let rows = cells.row_count() - usize::from(cells.has_header);
            let (rows, columns) =
                (tr!("rows", count = rows), tr!("table-columns", count = cells.columns.len()));
            line_ui(ui, tr!("details-table"), &format!("{rows}, {columns}"));
        }
        Some(PreviewBody::Recording(found)) => {
            let lines = [
                (tr!("details-title"), found.title.clone()),
                (tr!("details-artist"), found.artist.clone()),
                (tr!("details-album"), found.album.clone()),
                (tr!("details-length"), recording::length(found)),
                (tr!("details-dimensions"), recording::dimensions(found)),
                (tr!("details-bit-rate"), recording::bit_rate(found)),
                (tr!("details-sound"), recording::sound(found)),
            ];
            lines_ui(ui, lines);
        }
        Some(PreviewBody::Text(text)) if text.encoding != "UTF-8" => {
            line_ui(ui, tr!("details-encoding"), text.encoding);
        }
        _ => {}
    }
}

/// Those lines that there are words for.
fn lines_ui<const N: usize>(ui: &mut Ui, lines: [(&str, Option<String>); N]) {
    for (name, words) in lines {
        if let Some(words) = words {
            line_ui(ui, name, &words);
        }
    }
}

/// What a file was beside what it is now.
fn then_and_now_ui(ui: &mut Ui, window: &WindowContext<'_>, then: &File, now: &File) {
    let size = |file: &File| format::size(file.size_bytes);
    let modified = |file: &File| {
        let day = window.clock.short_day(file.client_modified);
        tr!("day-and-time", day = day, time = window.clock.time_of_day(file.client_modified))
    };
    for (name, [then, now]) in [
        ("", [tr!("details-then").to_owned(), tr!("details-now").to_owned()]),
        (tr!("column-size"), [size(then), size(now)]),
        (tr!("column-modified"), [modified(then), modified(now)]),
    ] {
        with_name_ui(ui, name, |ui| {
            let palette = ui.palette();
            let color = if name.is_empty() { palette.past } else { palette.text };
            ui.columns_const(|sides: &mut [Ui; 2]| {
                for (side, (words, color)) in sides.iter_mut().zip([(then, color), (now, palette.dimmed)]) {
                    // A column by itself stretches the lines of a text to its width.
                    side.with_layout(Layout::top_down(Align::Min), |ui| {
                        ui.add(Label::new(RichText::new(words).color(color)).selectable(true).wrap());
                    });
                }
            });
        });
    }
}

/// Both dates, unless they say the same.
fn dates_ui(ui: &mut Ui, window: &WindowContext<'_>, file: &File) {
    let apart = file.client_modified.duration_since(file.server_modified).as_secs().abs();
    line_ui(ui, tr!("column-modified"), &window.clock.exact(file.client_modified));
    if apart >= 60 {
        line_ui(ui, tr!("details-uploaded"), &window.clock.exact(file.server_modified));
    }
}

fn hash_ui(ui: &mut Ui, hash: &str) {
    with_name_ui(ui, tr!("details-hash"), |ui| {
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 20.0), layout, |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let text = RichText::new(shortened(hash)).font(theme::mono(theme::SMALL_TEXT));
            ui.add(Label::new(text).selectable(false)).on_hover_text(hash);
            // The check mark stays until something else is selected.
            let copied = Id::unique("copied hash");
            let is_copied = ui.data(|data| data.get_temp::<String>(copied)).as_deref() == Some(hash);
            let (icon, name) = if is_copied {
                (icons::ICON_CHECK, tr!("share-copied"))
            } else {
                (icons::ICON_CONTENT_COPY, tr!("details-copy-hash"))
            };
            if ui.add(IconButton::new(icon, name).size(20.0, 15.0)).clicked() {
                ui.ctx().copy_text(hash.to_owned());
                ui.data_mut(|data| data.insert_temp(copied, hash.to_owned()));
            }
        });
    });
}

/// "e3b0c442…7852b855"
fn shortened(hash: &str) -> String {
    match (hash.get(..8), hash.len().checked_sub(8).and_then(|from| hash.get(from..))) {
        (Some(head), Some(tail)) if hash.len() > 20 => format!("{head}…{tail}"),
        _ => hash.to_owned(),
    }
}

/// A name and what it says, which may take several lines.
pub(super) fn line_ui(ui: &mut Ui, name: &str, value: &str) {
    with_name_ui(ui, name, |ui| {
        ui.add(Label::new(RichText::new(value).color(ui.palette().text)).selectable(true).wrap());
    });
}

fn with_name_ui(ui: &mut Ui, name: &str, value: impl FnOnce(&mut Ui)) {
    let space = ui.available_rect_before_wrap();
    let left = Rect::from_min_max(space.min, egui::pos2(space.min.x + NAME_WIDTH, space.max.y));
    let right = Rect::from_min_max(egui::pos2(left.max.x + 8.0, space.min.y), space.max);
    let color = ui.palette().dimmed;
    let named = ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
        ui.label(RichText::new(name).color(color));
    });
    let valued = ui.scope_builder(UiBuilder::new().max_rect(right).id_salt(name), value);
    let bottom = named.response.rect.max.y.max(valued.response.rect.max.y);
    let rect = Rect::from_min_max(space.min, egui::pos2(space.max.x, bottom));
    ui.allocate_rect(rect, egui::Sense::hover());
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_hash_is_shown_by_its_ends() {
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(shortened(hash), "e3b0c442…7852b855");
        assert_eq!(shortened("short"), "short");
    }
}
