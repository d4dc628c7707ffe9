//! The files that are open in other programs, one row each: whether their changes are in the account, and what can be
//! done while they are not.

use crate::ui::WindowContext;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{PushButton, elide_middle, paint_kind, paint_text};
use coffer_model::working_copy::ConflictChoice;
use coffer_model::{FileKind, WorkingCopy, WorkingCopyState};
use coffer_state::Action;
use coffer_state::action::OpenFileAction;
use coffer_state::open_files::OpenFileStatus;
use coffer_texts::tr;
use egui::{
    Align, Align2, Color32, Layout, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

/// The height of a row, in points.
const ROW: f32 = 56.0;
/// The same with the buttons on a line of their own.
const TALL_ROW: f32 = 86.0;
/// In a panel narrower than this the buttons of a conflict leave no room for the name beside them.
const ROOMY: f32 = 520.0;

const ICON: f32 = 22.0;
const ICON_AT: f32 = 29.0;
const TEXT_AT: f32 = 52.0;
const BUTTON_HEIGHT: f32 = 28.0;
const BUTTON_GAP: f32 = 10.0;

type Button = (&'static str, OpenFileAction);

pub(super) fn open_files_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
    let state = window.state;
    let copies = state.transfers.open_files.copies();
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("open files").auto_shrink(false).animated(false);
        area.show(ui, |ui| {
            let size = vec2(rect.width(), height(window, rect.width()));
            let (all, _) = ui.allocate_exact_size(size, Sense::hover());
            let mut top = all.min.y;
            for copy in copies {
                let size = vec2(all.width(), row_height(window, copy, rect.width()));
                let row = Rect::from_min_size(pos2(all.min.x, top), size);
                top = row.max.y;
                if ui.is_rect_visible(row) {
                    row_ui(ui, window, copy, row);
                }
            }
        });
    });
}

/// Of all rows in a panel of this width, in points.
pub(super) fn height(window: &WindowContext<'_>, width: f32) -> f32 {
    let copies = window.state.transfers.open_files.copies();
    copies.iter().map(|copy| row_height(window, copy, width)).sum()
}

fn row_height(window: &WindowContext<'_>, copy: &WorkingCopy, width: f32) -> f32 {
    let status = window.state.transfers.open_files.status(copy);
    if status == OpenFileStatus::Conflict && width < ROOMY { TALL_ROW } else { ROW }
}

fn row_ui(ui: &mut Ui, window: &mut WindowContext<'_>, copy: &WorkingCopy, rect: Rect) {
    let open_files = &window.state.transfers.open_files;
    let status = open_files.status(copy);
    let is_confirming = open_files.is_confirming(&copy.id);
    let palette = ui.palette();
    let name = copy.remote_path.name();
    let (words, color) = if is_confirming {
        (question(open_files.why_not_closed()), palette.danger)
    } else {
        words(copy, status, palette)
    };
    let response = ui.interact(rect, ui.scope_id().with(&copy.id), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{name}, {words}")));
    let card = rect.shrink2(vec2(8.0, 1.0));
    if response.contains_pointer() {
        ui.painter().rect_filled(card, theme::CORNER, palette.hover());
    }

    // In a tall row the buttons are below the words.
    let is_tall = rect.height() > ROW;
    let words_rect = Rect::from_min_size(rect.min, vec2(rect.width(), ROW));
    let below =
        Rect::from_min_max(pos2(rect.min.x, rect.max.y - BUTTON_HEIGHT - 6.0), rect.max - vec2(0.0, 6.0));
    let place = if is_tall { below } else { words_rect };
    let buttons_left = buttons_ui(ui, window, copy, &buttons(status, is_confirming), place);
    let right = if is_tall { rect.max.x - 14.0 } else { buttons_left };
    let icon = Rect::from_center_size(pos2(rect.min.x + ICON_AT, words_rect.center().y), vec2(ICON, ICON));
    paint_kind(ui.painter(), icon, FileKind::from_name(name), palette);
    let left = rect.min.x + TEXT_AT;
    let width = right - left - 8.0;
    let title = elide_middle(ui.painter(), name, &theme::medium(theme::BODY_TEXT), palette.text, width);
    let first = rect.min.y + 19.0;
    ui.painter().galley(pos2(left, first - title.size().y / 2.0), title, palette.text);
    let folder = copy.remote_path.parent().unwrap_or_default().display_path();
    let font = theme::regular(theme::SMALL_TEXT);
    let at = pos2(left, rect.min.y + 38.0);
    let drawn = paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &words, font.clone(), color);
    let room = width - drawn.width();
    if room > 60.0 {
        let at = pos2(drawn.max.x, at.y);
        let folder = format!(" · {folder}");
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, room, &folder, font, palette.dimmed);
    }
    response.on_hover_text_at_pointer(format!("{} · {words}", copy.remote_path.display_path()));
}

fn question(why_not_closed: Option<&str>) -> String {
    match why_not_closed {
        Some(why) => format!("{why} {}", tr!("open-file-close-question")),
        None => tr!("open-file-discard-question").to_owned(),
    }
}

fn words(copy: &WorkingCopy, status: OpenFileStatus, palette: &Palette) -> (String, Color32) {
    let (words, color) = match status {
        OpenFileStatus::Saved => (tr!("open-file-saved"), palette.dimmed),
        OpenFileStatus::Saving => (tr!("open-file-saving"), palette.accent),
        OpenFileStatus::Unsaved if copy.state == WorkingCopyState::Unsent => {
            (tr!("open-file-unsent"), palette.warning)
        }
        OpenFileStatus::Unsaved => (tr!("open-file-unsaved"), palette.warning),
        OpenFileStatus::Conflict => (tr!("open-file-conflict"), palette.warning),
    };
    (words.to_owned(), color)
}

/// From left to right.
fn buttons(status: OpenFileStatus, is_confirming: bool) -> Vec<Button> {
    let open = (tr!("command-open"), OpenFileAction::Reopen);
    match status {
        _ if is_confirming => vec![
            (tr!("open-file-keep"), OpenFileAction::KeepChanges),
            (tr!("open-file-discard"), OpenFileAction::Discard),
        ],
        OpenFileStatus::Saved => vec![open, (tr!("done"), OpenFileAction::Close)],
        OpenFileStatus::Saving => Vec::new(),
        OpenFileStatus::Unsaved => vec![
            (tr!("open-file-save"), OpenFileAction::Save),
            open,
            (tr!("open-file-discard-ask"), OpenFileAction::Discard),
        ],
        OpenFileStatus::Conflict => vec![
            (tr!("compare"), OpenFileAction::Compare),
            (tr!("open-file-mine"), OpenFileAction::Resolve(ConflictChoice::Mine)),
            (tr!("open-file-theirs"), OpenFileAction::Resolve(ConflictChoice::Theirs)),
        ],
    }
}

/// At the right end of the row; answers where they begin. From left to right, so that the Tab key goes that way.
fn buttons_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    copy: &WorkingCopy,
    buttons: &[Button],
    rect: Rect,
) -> f32 {
    let push = |text: &'static str, action: OpenFileAction| {
        let button = match (text, action) {
            (text, _) if text == tr!("open-file-discard") => PushButton::danger(text),
            _ => PushButton::link(text),
        };
        button.height(BUTTON_HEIGHT).id(egui::Id::unique("open file").with((&copy.id, text)))
    };
    let widths = buttons.iter().map(|(text, action)| push(text, *action).width(ui));
    let width = widths.sum::<f32>() + BUTTON_GAP * buttons.len().saturating_sub(1) as f32;
    let right = rect.max.x - 22.0;
    let place = Rect::from_min_max(
        pos2(right - width, rect.center().y - BUTTON_HEIGHT / 2.0),
        pos2(right, rect.center().y + BUTTON_HEIGHT / 2.0),
    );
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = BUTTON_GAP;
        for (text, action) in buttons {
            if ui.add(push(text, *action)).clicked() {
                window.act(Action::OpenFile { id: copy.id.clone(), action: *action });
            }
        }
    });
    place.min.x
}
