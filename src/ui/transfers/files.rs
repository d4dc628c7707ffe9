//! The files of an unfolded transfer, one line each, and the choice of which are listed.

use super::words;
use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{ChoiceOption, choice_ui, elide_middle, paint_icon, paint_text};
use coffer_model::RequestId;
use coffer_model::transfer::FileState;
use coffer_state::Action;
use coffer_state::transfers::{FileFilter, TransferFiles};
use coffer_texts::tr;
use egui::{Align2, Color32, Rect, Response, Role, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

/// Heights in points.
pub(super) const ROW: f64 = 28.0;
pub(super) const CHOICE: f64 = 40.0;

const ICON_AT: f32 = 60.0;
const NAME_AT: f32 = 76.0;
/// Of the column of states.
const STATE_WIDTH: f32 = 168.0;
const SIZE_WIDTH: f32 = 70.0;

const FILTERS: [FileFilter; 3] = [FileFilter::All, FileFilter::Moving, FileFilter::Failed];

pub(super) fn choice_of_files_ui(ui: &mut Ui, window: &mut WindowContext<'_>, id: RequestId, rect: Rect) {
    let Some(transfer) = window.state.transfers.get(id) else { return };
    let files = &transfer.files;
    let words = FILTERS.map(|filter| choice_in_words(files, filter));
    let parts: Vec<ChoiceOption<'_>> = FILTERS
        .iter()
        .zip(&words)
        .map(|(filter, word)| ChoiceOption {
            word,
            enabled: *filter == FileFilter::All || files.count(*filter) > 0,
        })
        .collect();
    let chosen = FILTERS.iter().position(|filter| *filter == window.state.transfers.file_filter);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(NAME_AT - 24.0);
        if let Some(index) = choice_ui(ui, tr!("files-which"), &parts, chosen) {
            window.act(Action::ShowFiles(FILTERS[index]));
        }
    });
    if files.is_empty() {
        let at = pos2(rect.max.x - 22.0, rect.center().y);
        let font = theme::regular(theme::SMALL_TEXT);
        let color = ui.palette().dimmed;
        paint_text(ui.painter(), Align2::RIGHT_CENTER, at, 200.0, tr!("files-loading"), font, color);
    }
}

fn choice_in_words(files: &TransferFiles, filter: FileFilter) -> String {
    let name = match filter {
        FileFilter::All => tr!("all"),
        FileFilter::Moving => tr!("files-moving"),
        FileFilter::Failed => tr!("transfer-state-failed"),
    };
    format!("{name} {}", format::count(files.count(filter) as u64))
}

pub(super) fn file_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    id: RequestId,
    line: usize,
    rect: Rect,
    response: &Response,
) {
    let filter = window.state.transfers.file_filter;
    let Some(transfer) = window.state.transfers.get(id) else { return };
    let Some(file) = transfer.files.row(filter, line) else { return };
    let palette = ui.palette();
    let (name, state) = (transfer.files.short_name(file), words::file_state(transfer, file));
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{name}, {state}")));
    let (at, of) = (line + 1, transfer.files.count(filter));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_level(2);
        node.set_position_in_set(at);
        node.set_size_of_set(of);
    });
    let failed = match &file.state {
        Some(FileState::Failed(problem)) => Some(problem.clone()),
        _ => None,
    };

    let middle = rect.center().y;
    let (icon, color) = icon_and_color(file.state.as_ref(), palette);
    paint_icon(ui.painter(), pos2(rect.min.x + ICON_AT, middle), icon, 16.0, color);
    let right = rect.max.x - 22.0;
    let font = theme::tabular(theme::SMALL_TEXT);
    // Why a file failed is worth more room than how large it is.
    let room = if failed.is_some() { (rect.width() * 0.42).max(STATE_WIDTH) } else { STATE_WIDTH };
    let color = if failed.is_some() { palette.danger } else { palette.dimmed };
    let at = pos2(right, middle);
    let words = paint_text(ui.painter(), Align2::RIGHT_CENTER, at, room, &state, font.clone(), color);
    let mut end = words.min.x - 12.0;
    if failed.is_none() {
        // One column for all sizes, whatever the states say.
        let wide = rect.width() > 500.0;
        let size_right = if wide { right - STATE_WIDTH } else { words.min.x - 14.0 };
        let size = format::size(file.size_bytes);
        let at = pos2(size_right, middle);
        paint_text(ui.painter(), Align2::RIGHT_CENTER, at, SIZE_WIDTH, &size, font, palette.dimmed);
        end = size_right - SIZE_WIDTH;
    }
    name_ui(ui, name, rect.min.x + NAME_AT, end, middle);
    if let Some(problem) = failed {
        if response.clicked() {
            window.act(Action::ShowProblem(problem.clone()));
        }
        let words = format!("{}. {}", problem.title, problem.detail);
        response.clone().on_hover_text_at_pointer(words);
    }
}

/// The folder pale, the name itself in full strength.
fn name_ui(ui: &Ui, name: &str, left: f32, right: f32, middle: f32) {
    let palette = ui.palette();
    // Names of many files differ by their numbers alone.
    let font = theme::tabular(12.5);
    let (folder, name) = name.rsplit_once('/').map_or(("", name), |(folder, name)| (folder, name));
    let painter = ui.painter();
    let galley = elide_middle(painter, name, &font, palette.text, right - left);
    let room = right - left - galley.size().x;
    let mut x = left;
    if !folder.is_empty() && room > 40.0 {
        let folder = format!("{folder}/");
        let folder = elide_middle(painter, &folder, &font, palette.dimmed, room);
        let size = folder.size();
        painter.galley(pos2(x, middle - size.y / 2.0), folder, palette.dimmed);
        x += size.x;
    }
    painter.galley(pos2(x, middle) - vec2(0.0, galley.size().y / 2.0), galley, palette.text);
}

fn icon_and_color(state: Option<&FileState>, palette: &Palette) -> (MaterialIcon, Color32) {
    match state {
        None => (icons::ICON_SCHEDULE, palette.dimmed.gamma_multiply(0.7)),
        Some(FileState::Moving { .. }) => (icons::ICON_SYNC, palette.accent),
        Some(FileState::Verified) => (icons::ICON_CHECK, palette.accent),
        Some(FileState::CopiedInAccount) => (icons::ICON_BOLT, palette.accent),
        Some(FileState::Skipped) => (icons::ICON_REMOVE, palette.dimmed),
        Some(FileState::Failed(_)) => (icons::ICON_ERROR, palette.danger),
    }
}
