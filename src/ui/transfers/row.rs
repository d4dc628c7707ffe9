//! One transfer in the panel: what, from where to where, how far, how fast, and its buttons.

use super::keys::pause_or_resume;
use super::words;
use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{IconButton, elide_middle, paint_icon, paint_text, progress_bar_in_color_ui};
use coffer_model::{Direction, RequestId, TransferPhase};
use coffer_state::Action;
use coffer_state::transfers::{Section, TransferEnd, TransferItem};
use coffer_texts::tr;
use egui::{
    Align, Align2, Color32, Layout, Pos2, Rect, Response, Role, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_material_icons::{MaterialIcon, icons};

/// Heights of rows of what runs and of what has ended, in points.
pub(super) const RUNNING: f64 = 66.0;
pub(super) const ENDED: f64 = 56.0;

const ICON_AT: f32 = 29.0;
const TEXT_AT: f32 = 52.0;
const BUTTON: f32 = 30.0;
/// In a panel narrower than this a row says less, and its buttons stand closer.
const ROOMY: f32 = 480.0;
const SMALL_BUTTON: f32 = 26.0;

/// What stands in a row, wherever it comes from.
struct RowContent<'a> {
    icon: MaterialIcon,
    color: Color32,
    title: &'a str,
    /// Right of the title, and its colour.
    state: (&'a str, Color32),
    /// The last line, and what stands right of it.
    below: DetailLine<'a>,
    amount: &'a str,
    bar: Option<RowProgress>,
    /// Its files can be listed, and are.
    unfolded: Option<bool>,
}

#[derive(Clone, Copy)]
enum DetailLine<'a> {
    Words(&'a str),
    /// From where to where.
    FromTo(&'a str, &'a str),
}

struct RowProgress {
    fraction: Option<f32>,
    color: Color32,
}

pub(super) fn preparing_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    at: usize,
    rect: Rect,
    response: &Response,
    is_here: bool,
) {
    let Some(preparing) = window.state.transfers.preparing.get(at) else { return };
    let palette = ui.palette();
    let title = tr!("preparing-items", items = format::items(preparing.count));
    let right = buttons_ui(ui, rect, 1, |ui| {
        if row_button(ui, icons::ICON_CLOSE, tr!("cancel"), &title, is_here, true) {
            window.act(Action::CancelTransfer(preparing.id));
        }
    });
    let below = tr!("to-folder", folder = preparing.target.display_path());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{title}, {below}")));
    let row = RowContent {
        icon: icons::ICON_UPLOAD,
        color: palette.dimmed,
        title: &title,
        state: ("", palette.dimmed),
        below: DetailLine::Words(&below),
        amount: "",
        bar: Some(RowProgress { fraction: None, color: palette.accent }),
        unfolded: None,
    };
    row.draw(ui, rect, right);
}

pub(super) fn transfer_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    id: RequestId,
    rect: Rect,
    response: &Response,
    is_here: bool,
) {
    let transfers = &window.state.transfers;
    let Some(transfer) = transfers.get(id) else { return };
    let palette = ui.palette();
    let title = transfer.title.plain();
    let unfolded = transfer.can_unfold().then_some(transfers.unfolded == Some(id));
    if let (true, Some(unfolded)) = (response.clicked(), unfolded) {
        window.act(Action::UnfoldTransfer { id, unfold: !unfolded });
    }
    let right = transfer_buttons_ui(ui, window, transfer, &title, rect, is_here);
    let (icon, color) = icon_and_color(transfer, palette);
    let roomy = rect.width() >= ROOMY;
    let (state, state_color) = words::state(transfer, window.state.now, window.clock, palette, roomy);
    let reason = words::reason(transfer);
    let origin = words::origin(transfer);
    let way = DetailLine::FromTo(&origin, &transfer.target);
    let waits_for = words::waits_for(transfer).filter(|_| !roomy);
    let (below, amount, bar) = match (&transfer.end, &reason) {
        (None, _) => {
            let bar = RowProgress { fraction: transfer.fraction(), color: bar_color(transfer, palette) };
            (waits_for.map_or(way, DetailLine::Words), words::amount(transfer), Some(bar))
        }
        (Some(_), Some(reason)) => (DetailLine::Words(reason), String::new(), None),
        (Some(_), None) => (way, words::size_at_end(transfer), None),
    };
    let below_in_words = match below {
        DetailLine::Words(words) => words.to_owned(),
        DetailLine::FromTo(..) => words::from_to(transfer),
    };
    let words = [title.as_str(), &state, &amount, &below_in_words];
    describe(ui, response, &words, unfolded, position(window, id));
    let row = RowContent {
        icon,
        color,
        title: &title,
        state: (&state, state_color),
        below,
        amount: &amount,
        bar,
        unfolded,
    };
    // A line that was cut is in full under the pointer.
    if row.draw(ui, rect, right) {
        response.clone().on_hover_text_at_pointer(below_in_words);
    }
}

/// Tells screen readers what stands in the row, whether it unfolds, and where in the list it is.
fn describe(ui: &Ui, response: &Response, words: &[&str], unfolded: Option<bool>, (at, of): (usize, usize)) {
    response.widget_info(|| {
        let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
        WidgetInfo::labeled(Role::ListItem, true, words.join(", "))
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_position_in_set(at + 1);
        node.set_size_of_set(of);
        if let Some(unfolded) = unfolded {
            node.set_expanded(unfolded);
        }
    });
}

fn position(window: &WindowContext<'_>, id: RequestId) -> (usize, usize) {
    let ids = window.state.transfers.ids(window.state.transfers.section());
    (ids.iter().position(|known| *known == id).unwrap_or(0), ids.len())
}

impl RowContent<'_> {
    /// Answers whether the last line had to be cut.
    fn draw(&self, ui: &mut Ui, rect: Rect, right: f32) -> bool {
        let palette = ui.palette();
        let left = rect.min.x + TEXT_AT;
        let (first, last) = if self.bar.is_some() { (18.0, 49.0) } else { (19.0, 38.0) };
        let (first, last) = (rect.min.y + first, rect.min.y + last);
        let icon_y = if self.bar.is_some() { first + 1.0 } else { rect.center().y };
        paint_icon(ui.painter(), pos2(rect.min.x + ICON_AT, icon_y), self.icon, 20.0, self.color);

        let font = theme::tabular(theme::SMALL_TEXT);
        let most = (right - left) * 0.62;
        let (state, color) = self.state;
        let at = pos2(right, first);
        let state = paint_text(ui.painter(), Align2::RIGHT_CENTER, at, most, state, font.clone(), color);
        let font_of_title = theme::medium(theme::BODY_TEXT);
        let chevron = if self.unfolded.is_some() { 20.0 } else { 0.0 };
        let width = state.min.x - left - 12.0 - chevron;
        let title = elide_middle(ui.painter(), self.title, &font_of_title, palette.text, width);
        let title_end = left + title.size().x;
        ui.painter().galley(pos2(left, first - title.size().y / 2.0), title, palette.text);
        if let Some(unfolded) = self.unfolded {
            let icon = if unfolded { icons::ICON_EXPAND_LESS } else { icons::ICON_EXPAND_MORE };
            let at = pos2(title_end + 11.0, first + 0.5);
            paint_icon(ui.painter(), at, icon, 18.0, palette.dimmed);
        }

        if let Some(bar) = &self.bar {
            let place = Rect::from_min_size(pos2(left, rect.min.y + 31.0), vec2(right - left, 4.0));
            ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
                progress_bar_in_color_ui(ui, self.title, bar.fraction, place.width(), bar.color);
            });
        }
        let at = pos2(right, last);
        let amount =
            paint_text(ui.painter(), Align2::RIGHT_CENTER, at, most, self.amount, font, palette.dimmed);
        let gap = if self.amount.is_empty() { 0.0 } else { 12.0 };
        let room = amount.min.x - left - gap;
        match self.below {
            DetailLine::Words(words) => words_ui(ui, words, pos2(left, last), room),
            DetailLine::FromTo(origin, target) => from_to_ui(ui, origin, target, pos2(left, last), room),
        }
    }
}

/// One line, cut at its end; answers whether it was.
fn words_ui(ui: &Ui, words: &str, at: Pos2, room: f32) -> bool {
    let color = ui.palette().dimmed;
    let font = theme::regular(theme::SMALL_TEXT);
    let wanted = ui.painter().layout_no_wrap(words.to_owned(), font.clone(), color).size().x;
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, room, words, font, color);
    wanted > room
}

/// From where to where, each end cut by itself, so that both can be recognised; where it is too narrow for both, only
/// the target is drawn.
fn from_to_ui(ui: &Ui, origin: &str, target: &str, at: Pos2, room: f32) -> bool {
    const LEAST_ORIGIN: f32 = 70.0;
    let color = ui.palette().dimmed;
    let font = theme::regular(theme::SMALL_TEXT);
    let painter = ui.painter();
    let layout = |text: &str, room: f32| elide_middle(painter, text, &font, color, room);
    let arrow = layout(" → ", f32::INFINITY);
    let (from, to) = (layout(origin, f32::INFINITY), layout(target, f32::INFINITY));
    let (from_width, to_width) = (from.size().x, to.size().x);
    let fits = from_width + arrow.size().x + to_width <= room;
    let parts = if fits {
        vec![from, arrow, to]
    } else {
        let room = room - arrow.size().x;
        let for_origin = (room - to_width).max(room * 0.45).min(from_width);
        if for_origin >= LEAST_ORIGIN.min(from_width) {
            vec![layout(origin, for_origin), arrow, layout(target, room - for_origin)]
        } else {
            vec![layout("→ ", f32::INFINITY), layout(target, room)]
        }
    };
    let mut x = at.x;
    for part in parts {
        let size = part.size();
        painter.galley(pos2(x, at.y - size.y / 2.0), part, color);
        x += size.x;
    }
    !fits
}

fn icon_and_color(transfer: &TransferItem, palette: &Palette) -> (MaterialIcon, Color32) {
    match &transfer.end {
        Some(_) if transfer.has_failed() => (icons::ICON_ERROR, palette.danger),
        Some(TransferEnd::Cancelled) => (icons::ICON_DO_NOT_DISTURB_ON, palette.dimmed),
        Some(_) => (icons::ICON_CHECK_CIRCLE, palette.accent),
        None => {
            let color = if transfer.is_paused() { palette.dimmed } else { palette.text };
            let up = transfer.direction == Direction::Upload;
            (if up { icons::ICON_UPLOAD } else { icons::ICON_DOWNLOAD }, color)
        }
    }
}

/// What does not go on has another colour than what does.
fn bar_color(transfer: &TransferItem, palette: &Palette) -> Color32 {
    match transfer.phase() {
        _ if transfer.is_paused() || transfer.cancelling => palette.dimmed,
        Some(TransferPhase::Waiting { .. }) => palette.warning,
        _ if transfer.direction == Direction::Download => palette.incoming,
        _ => palette.accent,
    }
}

/// Room for `count` buttons at the right end of a row; answers where they begin. They stand from left to right, so that
/// the Tab key goes that way.
fn buttons_ui(ui: &mut Ui, rect: Rect, count: usize, buttons: impl FnOnce(&mut Ui)) -> f32 {
    let width = count as f32 * button_width(rect);
    let right = rect.max.x - 14.0;
    let place = Rect::from_center_size(pos2(right - width / 2.0, rect.center().y), vec2(width, BUTTON));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = button_width(rect) - BUTTON;
        buttons(ui);
    });
    if count == 0 { rect.max.x - 22.0 } else { place.min.x - 10.0 }
}

fn button_width(row: Rect) -> f32 {
    if row.width() >= ROOMY { BUTTON } else { SMALL_BUTTON }
}

fn row_button(ui: &mut Ui, icon: MaterialIcon, name: &str, item: &str, is_here: bool, enabled: bool) -> bool {
    let button =
        IconButton::new(icon, name).for_item(item).size(BUTTON, 18.0).tab_stop(is_here).enabled(enabled);
    let keys = key_of(name);
    let button = if keys.is_empty() { button } else { button.shortcut(keys) };
    ui.add(button).clicked()
}

/// The key that does the same on the line of the cursor.
fn key_of(name: &str) -> &'static str {
    match name {
        name if name == tr!("transfer-pause") || name == tr!("transfer-resume") => tr!("key-space"),
        name if name == tr!("transfer-prioritize") => tr!("key-ctrl-up"),
        name if name == tr!("cancel") => tr!("key-delete"),
        name if name == tr!("retry") => "R",
        _ => "",
    }
}

fn transfer_buttons_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    transfer: &TransferItem,
    title: &str,
    rect: Rect,
    is_here: bool,
) -> f32 {
    let id = transfer.id;
    let mut buttons: Vec<(MaterialIcon, &str, bool, Action)> = Vec::new();
    if transfer.is_running() {
        let going = !transfer.cancelling;
        let (icon, name) = if transfer.is_paused() {
            (icons::ICON_PLAY_ARROW, tr!("transfer-resume"))
        } else {
            (icons::ICON_PAUSE, tr!("transfer-pause"))
        };
        buttons.push((icon, name, going, pause_or_resume(transfer)));
        let queue = window.state.transfers.ids(Section::Running);
        if queue.len() > 1 {
            let front = queue.front() == Some(&id);
            let action = Action::PrioritizeTransfer(id);
            buttons.push((
                icons::ICON_VERTICAL_ALIGN_TOP,
                tr!("transfer-prioritize"),
                going && !front,
                action,
            ));
        }
        buttons.push((icons::ICON_CLOSE, tr!("cancel"), going, Action::CancelTransfer(id)));
    } else {
        if transfer.can_show() {
            buttons.push((icons::ICON_FOLDER_OPEN, tr!("transfer-show"), true, Action::ShowTransferred(id)));
        }
        if let Some(problem) = transfer.problem() {
            buttons.push((icons::ICON_INFO, tr!("transfer-details"), true, Action::ShowProblem(problem)));
        }
        if transfer.can_retry() {
            buttons.push((icons::ICON_REFRESH, tr!("retry"), true, Action::RetryTransfer(id)));
        }
    }
    buttons_ui(ui, rect, buttons.len(), |ui| {
        for (icon, name, enabled, action) in buttons {
            if row_button(ui, icon, name, title, is_here, enabled) {
                window.act(action);
            }
        }
    })
}
