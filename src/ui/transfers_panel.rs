//! The panel that slides up when files are on their way: each transfer with its bar and words, and all in one line.

use super::View;
use super::format;
use super::status::FOOT;
use super::theme::{self, Tokens, UiTokens};
use super::transfer_words::{end_in_words, progress_in_words, summary_in_words, title_in_list};
use super::widgets::{IconButton, PushButton, elide_middle, paint_icon, paint_text, progress_bar_ui};
use crate::model::{Direction, Phase};
use crate::state::transfers::{End, Preparing, Transfer};
use crate::state::{Action, Command};
use egui::{
    Align, Align2, Area, Context, Id, Layout, Order, Rect, Role, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::{MaterialIcon, icons};
use std::time::Duration;

const WIDTH: f32 = 432.0;
const HEADER_HEIGHT: f32 = 44.0;
const FOOTER_HEIGHT: f32 = 36.0;
const ROW_HEIGHT: f32 = 50.0;
const MARGIN: f32 = 20.0;

/// Draws the panel at the lower right of `content` while it is open, above the pill there and above `toasts`.
pub fn transfers_panel_ui(ctx: &Context, view: &mut View<'_>, content: Rect, toasts: Option<Rect>) {
    let transfers = &view.state.transfers;
    let id = Id::unique("transfers");
    let up = ctx.animate_bool(id.with("open"), transfers.panel_open);
    if up <= 0.0 {
        return;
    }
    let foot = toasts.map_or(FOOT, |toasts| FOOT.max(content.max.y - toasts.min.y + 12.0));
    let rows = transfers.list.len() + transfers.preparing.len();
    let has_ended = transfers.list.iter().any(|transfer| !transfer.is_running());
    let footer = if has_ended { FOOTER_HEIGHT } else { 10.0 };
    let most = (content.height() - foot - 90.0).clamp(ROW_HEIGHT, 7.0 * ROW_HEIGHT);
    let rows_height = (rows.max(1) as f32 * ROW_HEIGHT).min(most);
    let size = vec2(WIDTH.min(content.width() - 2.0 * MARGIN), HEADER_HEIGHT + rows_height + footer);
    let corner = pos2(content.max.x - MARGIN - size.x, content.max.y - foot - size.y);
    let rect = Rect::from_min_size(corner.round(), size);
    let slid = rect.translate(vec2(0.0, (1.0 - up) * 24.0));
    let area = Area::new(id)
        .order(Order::Middle)
        .fixed_pos(slid.min)
        .interactable(transfers.panel_open)
        .fade_in(false)
        .role(Role::Region)
        .accessible_name("Transfers");
    area.show(ctx, |ui| {
        ui.multiply_opacity(up);
        ui.allocate_rect(slid, Sense::CLICK);
        let tokens = ui.tokens();
        ui.painter().add(tokens.shadow().as_shape(slid, theme::CORNER_LARGE));
        ui.painter().rect_filled(slid, theme::CORNER_LARGE, tokens.surface_raised);
        header_ui(ui, view, slid);
        let top = slid.min.y + HEADER_HEIGHT;
        let list = Rect::from_min_size(pos2(slid.min.x, top), vec2(slid.width(), rows_height));
        rows_ui(ui, view, list);
        if has_ended {
            let foot = Rect::from_min_max(pos2(slid.min.x, list.max.y), slid.max);
            footer_ui(ui, view, foot);
        }
    });
}

fn header_ui(ui: &mut Ui, view: &mut View<'_>, panel: Rect) {
    let tokens = ui.tokens();
    let line = Rect::from_min_size(panel.min, vec2(panel.width(), HEADER_HEIGHT));
    let words = summary_in_words(&view.state.transfers.summary());
    let response = ui.interact(line, ui.scope_id().with("summary"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
    let at = pos2(line.min.x + 18.0, line.center().y);
    let font = theme::semibold(theme::BODY_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, line.width() - 70.0, &words, font, tokens.text);
    let button = Rect::from_center_size(pos2(line.max.x - 28.0, line.center().y), vec2(30.0, 30.0));
    let close = IconButton::new(icons::ICON_KEYBOARD_ARROW_DOWN, "Hide transfers").size(30.0, 20.0);
    if ui.scope_builder(UiBuilder::new().max_rect(button), |ui| ui.add(close)).inner.clicked() {
        view.command(Command::ToggleTransfers);
    }
}

fn rows_ui(ui: &mut Ui, view: &mut View<'_>, list: Rect) {
    let transfers = &view.state.transfers;
    let preparing = transfers.preparing.len();
    let rows = preparing + transfers.list.len();
    if rows == 0 {
        let color = ui.tokens().dimmed;
        let words = "Nothing is being transferred.";
        let font = theme::regular(theme::BODY_TEXT);
        let at = pos2(list.min.x + 18.0, list.center().y - 4.0);
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, list.width(), words, font, color);
        return;
    }
    ui.scope_builder(UiBuilder::new().max_rect(list), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_HEIGHT, rows, |ui, visible| {
            for index in visible {
                let (rect, _) =
                    ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
                ui.push_id(index, |ui| match index.checked_sub(preparing) {
                    None => preparing_ui(ui, view, &transfers.preparing[index], rect),
                    Some(index) => transfer_ui(ui, view, &transfers.list[index], rect),
                });
            }
        });
    });
}

fn preparing_ui(ui: &mut Ui, view: &mut View<'_>, preparing: &Preparing, rect: Rect) {
    let tokens = ui.tokens();
    let title = format!("Looking at {}", format::items(preparing.count));
    let target = format!("for {}", format::folder(&preparing.target));
    let row =
        Row { icon: icons::ICON_UPLOAD, color: tokens.dimmed, title: &title, words: &target, problem: false };
    let right = buttons_ui(ui, rect, |ui| {
        if ui.add(IconButton::new(icons::ICON_CLOSE, "Cancel").size(30.0, 18.0)).clicked() {
            view.act(Action::CancelTransfer(preparing.id));
        }
    });
    row.draw(ui, rect, right, Below::Bar(None));
}

/// The second line of a row.
#[derive(Clone, Copy)]
enum Below<'a> {
    /// How much is done, when that is known.
    Bar(Option<f32>),
    Words(&'a str),
}

struct Row<'a> {
    icon: MaterialIcon,
    color: egui::Color32,
    title: &'a str,
    /// Right of the title.
    words: &'a str,
    problem: bool,
}

impl Row<'_> {
    fn draw(&self, ui: &mut Ui, rect: Rect, right: f32, below: Below<'_>) {
        let tokens = ui.tokens();
        let response = ui.interact(rect, ui.scope_id().with("row"), Sense::hover());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::ListItem, true, format!("{}, {}", self.title, self.words))
        });
        paint_icon(ui.painter(), pos2(rect.min.x + 28.0, rect.center().y), self.icon, 20.0, self.color);
        let left = rect.min.x + 50.0;
        let first = rect.min.y + 17.0;
        let font = theme::tabular(theme::SMALL_TEXT);
        let color = if self.problem { tokens.danger } else { tokens.dimmed };
        let most = (right - left) * 0.6;
        let at = pos2(right, first);
        let words = paint_text(ui.painter(), Align2::RIGHT_CENTER, at, most, self.words, font, color);
        let font = theme::medium(theme::BODY_TEXT);
        let width = words.min.x - left - 12.0;
        let title = elide_middle(ui.painter(), self.title, &font, tokens.text, width);
        ui.painter().galley(pos2(left, first - title.size().y / 2.0), title, tokens.text);
        let second = rect.min.y + 35.0;
        match below {
            Below::Bar(fraction) => {
                let bar = Rect::from_min_size(pos2(left, second - 2.0), vec2(right - left, 4.0));
                ui.scope_builder(UiBuilder::new().max_rect(bar), |ui| {
                    progress_bar_ui(ui, self.title, fraction, bar.width());
                });
            }
            Below::Words(words) => {
                let at = pos2(left, second);
                let font = theme::regular(theme::SMALL_TEXT);
                paint_text(ui.painter(), Align2::LEFT_CENTER, at, right - left, words, font, tokens.dimmed);
            }
        }
    }
}

/// Buttons at the right end of a row; answers where they begin.
fn buttons_ui(ui: &mut Ui, rect: Rect, buttons: impl FnOnce(&mut Ui)) -> f32 {
    let place = Rect::from_min_max(rect.min, rect.max - vec2(14.0, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let shown = ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        buttons(ui);
    });
    shown.response.rect.min.x - 8.0
}

fn transfer_ui(ui: &mut Ui, view: &mut View<'_>, transfer: &Transfer, rect: Rect) {
    let tokens = ui.tokens();
    let right = buttons_ui(ui, rect, |ui| row_buttons_ui(ui, view, transfer));
    let (icon, color) = sign(transfer, tokens);
    let title = &title_in_list(&transfer.title);
    match &transfer.end {
        None => {
            let words = progress_in_words(transfer, view.state.now);
            let row = Row { icon, color, title, words: &words, problem: false };
            row.draw(ui, rect, right, Below::Bar(fraction(transfer)));
            let waits =
                transfer.progress.as_ref().is_some_and(|it| matches!(it.phase, Phase::Waiting { .. }));
            if waits {
                // The seconds that are left change without any news.
                ui.ctx().request_repaint_after(Duration::from_secs(1));
            }
        }
        Some(end) => {
            let words = end_in_words(end);
            let below = below_in_words(view, transfer, end);
            let problem = transfer.has_failed();
            let row = Row { icon, color, title, words: &words, problem };
            row.draw(ui, rect, right, Below::Words(&below));
        }
    }
}

fn fraction(transfer: &Transfer) -> Option<f32> {
    let progress = transfer.progress.as_ref()?;
    let (done, total) = match progress.bytes_total {
        0 => (progress.files_done, progress.files_total),
        total => (progress.bytes_done, total),
    };
    (total > 0).then(|| (done as f64 / total as f64) as f32)
}

fn sign(transfer: &Transfer, tokens: &Tokens) -> (MaterialIcon, egui::Color32) {
    match &transfer.end {
        Some(_) if transfer.has_failed() => (icons::ICON_ERROR, tokens.danger),
        Some(End::Cancelled) => (icons::ICON_DO_NOT_DISTURB_ON, tokens.dimmed),
        Some(_) => (icons::ICON_CHECK_CIRCLE, tokens.accent),
        None if transfer.direction == Direction::Upload => (icons::ICON_UPLOAD, tokens.text),
        None => (icons::ICON_DOWNLOAD, tokens.text),
    }
}

/// Why it did not arrive, or where it is and since when.
fn below_in_words(view: &View<'_>, transfer: &Transfer, end: &End) -> String {
    match (transfer.problems().first(), end) {
        (Some(problem), End::Failed(_)) => problem.detail.clone(),
        (Some(problem), _) => problem.title.clone(),
        (None, End::Done { at, .. }) => format!("{} · {}", transfer.target, view.clock.relative(*at)),
        (None, _) => transfer.target.clone(),
    }
}

/// From right to left.
fn row_buttons_ui(ui: &mut Ui, view: &mut View<'_>, transfer: &Transfer) {
    let id = transfer.id;
    let button = |ui: &mut Ui, icon, name: &str, enabled| {
        ui.add(IconButton::new(icon, name).size(30.0, 18.0).enabled(enabled)).clicked()
    };
    if transfer.is_running() {
        if button(ui, icons::ICON_CLOSE, "Cancel", !transfer.cancelling) {
            view.act(Action::CancelTransfer(id));
        }
        return;
    }
    if transfer.can_retry() && button(ui, icons::ICON_REFRESH, "Try again", true) {
        view.act(Action::RetryTransfer(id));
    }
    let arrived = matches!(&transfer.end, Some(End::Done { report, .. }) if report.files > 0);
    if arrived && button(ui, icons::ICON_FOLDER_OPEN, "Show", true) {
        view.act(Action::ShowTransferred(id));
    }
    if let Some(problem) = transfer.problems().first()
        && button(ui, icons::ICON_INFO, "What went wrong", true)
    {
        view.act(Action::ShowProblem(problem.clone()));
    }
}

fn footer_ui(ui: &mut Ui, view: &mut View<'_>, foot: Rect) {
    let place = Rect::from_center_size(foot.center(), vec2(foot.width() - 28.0, 28.0));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        if ui.add(PushButton::link("Clear finished").height(28.0)).clicked() {
            view.act(Action::ClearTransfers);
        }
    });
}
