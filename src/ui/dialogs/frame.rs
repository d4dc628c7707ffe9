//! What all dialogs have in common: the card in the middle, its title, the way out, and where the keyboard is.

use crate::ui::WindowContext;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, PushButton, elide_middle, paint_icon, sides_ui};
use coffer_model::Problem;
use coffer_state::Action;
use coffer_texts::tr;
use egui::text::LayoutJob;
use egui::{
    Color32, Context, Id, Key, Modal, Modifiers, Rect, Response, RichText, Role, ScrollArea, Sense, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;

/// Between the card and the edge of the window.
const EDGE: f32 = 24.0;
const MARGIN: f32 = 24.0;

const LINE_HEIGHT: f32 = 19.0;

/// Around a control that has the keyboard.
const RING: f32 = 4.0;

/// How far the scroll bar is in the margin.
const BAR_OUTSIDE: f32 = 16.0;

/// Above the last line where other content is under it.
const FOOTER_GAP: f32 = 10.0;

pub struct DialogFrame<'a> {
    /// Shown as the title, and the dialog's name for screen readers.
    pub title: &'a str,
    /// A sentence below it.
    pub subtitle: &'a str,
    /// Of the content, in points; less where the window is small.
    pub width: f32,
    /// A click beside the card closes it: not where something was typed or chosen.
    pub light: bool,
}

impl DialogFrame<'_> {
    /// Draws the card around `content`. Esc and the button in the corner ask the state to close it.
    pub fn show(
        &self,
        ctx: &Context,
        window: &mut WindowContext<'_>,
        content: impl FnOnce(&mut Ui, &mut WindowContext<'_>),
    ) {
        let palette = theme::Palette::in_use(ctx);
        let id = Id::unique("dialog");
        let area = Modal::default_area(id).role(Role::Dialog).accessible_name(self.title);
        let width = self.width.min(content_space(ctx).x);
        let shown = Modal::new(id)
            .area(area)
            .frame(theme::dialog_frame(palette))
            .backdrop_color(palette.backdrop())
            .show(ctx, |ui| {
                ui.set_width(width);
                ui.set_max_height(content_space(ctx).y);
                self.title_ui(ui, window);
                scrolled_ui(ui, |ui| content(ui, window));
            });
        place_again(ctx, id, shown.response.rect.size());
        let escape = shown.is_top_modal
            && !shown.any_popup_open
            && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if escape || (self.light && shown.backdrop_response.clicked()) {
            window.act(Action::CloseDialog);
        }
    }

    fn title_ui(&self, ui: &mut Ui, window: &mut WindowContext<'_>) {
        let palette = ui.palette();
        let corner = ui.max_rect();
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, self.title));
        let font = theme::semibold(theme::TITLE_TEXT);
        let galley = elide_middle(ui.painter(), self.title, &font, palette.text, rect.width() - 48.0);
        ui.painter().galley(pos2(rect.min.x, rect.center().y - galley.size().y / 2.0), galley, palette.text);
        let button = Rect::from_center_size(pos2(corner.max.x - 8.0, rect.center().y), vec2(32.0, 32.0));
        let close = IconButton::new(icons::ICON_CLOSE, tr!("close")).shortcut("Esc").size(32.0, 20.0);
        if ui.new_child(UiBuilder::new().max_rect(button).id_salt("close")).add(close).clicked() {
            window.act(Action::CloseDialog);
        }
        if !self.subtitle.is_empty() {
            ui.add_space(-4.0);
            paragraph_ui(ui, self.subtitle, palette.dimmed);
        }
        ui.add_space(8.0);
    }
}

/// A dialog is put in the middle by its size in the last frame. When that has changed, the frame is drawn once more before
/// it is shown: else the dialog would move under the next click.
fn place_again(ctx: &Context, id: Id, size: egui::Vec2) {
    let last = ctx.data_mut(|data| data.get_temp_mut_or_default::<Option<egui::Vec2>>(id).replace(size));
    if last != Some(size) {
        ctx.request_discard("the dialog has another size");
        ctx.request_repaint();
    }
}

/// What does not fit into the window can be scrolled.
fn scrolled_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let scroll = ui.spacing().scroll;
    // The last line stays in sight, and would fade too. The bar is beside the content.
    ui.spacing_mut().scroll.fade.strength = 0.0;
    ui.spacing_mut().scroll.bar_outer_margin = -BAR_OUTSIDE;
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().scroll = scroll;
        ui.set_clip_rect(ui.clip_rect().expand2(vec2(0.0, RING)));
        content(ui);
        // The keyboard takes its control into sight.
        let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
        if let Some(control) = focused.filter(Response::gained_focus) {
            scroll_into_sight(ui, control.rect);
        }
    });
}

/// The buttons cover the end of what is scrolled.
fn scroll_into_sight(ui: &Ui, rect: egui::Rect) {
    ui.scroll_to_rect(rect.expand2(vec2(0.0, theme::CONTROL_HEIGHT + FOOTER_GAP)), None);
}

/// The most that a dialog's content can take, in points.
pub fn content_space(ctx: &Context) -> egui::Vec2 {
    ctx.content_rect().size() - egui::Vec2::splat(2.0 * (EDGE + MARGIN))
}

/// A sentence or two that may take several lines.
pub fn paragraph_ui(ui: &mut Ui, words: &str, color: Color32) -> Response {
    ui.label(RichText::new(words).line_height(Some(LINE_HEIGHT)).color(color))
}

/// Gives the keyboard to the control that a dialog opens with, once.
pub fn grab_focus(window: &mut WindowContext<'_>, response: &Response) {
    if !window.ui_state.dialogs.focus_wanted {
        return;
    }
    if response.has_focus() {
        window.ui_state.dialogs.focus_wanted = false;
    } else {
        response.request_focus();
    }
}

/// The last line of a dialog: `left` from the left, buttons at the right. It stays in sight while the rest is scrolled.
pub fn footer_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    buttons: impl FnOnce(&mut Ui, &mut WindowContext<'_>),
    left: impl FnOnce(&mut Ui, &mut WindowContext<'_>),
) {
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CONTROL_HEIGHT), Sense::hover());
    let bottom = ui.clip_rect().max.y - RING;
    let hidden = (line.max.y - bottom).max(0.0);
    let line = line.translate(vec2(0.0, -hidden));
    if hidden > 0.0 {
        let palette = ui.palette();
        let ground =
            line.with_min_y(line.min.y - FOOTER_GAP).expand2(vec2(MARGIN, 0.0)).with_max_y(bottom + MARGIN);
        ui.painter().rect_filled(ground, 0.0, palette.surface_1);
        ui.painter().hline(line.x_range(), ground.min.y, (1.0, palette.line));
    }
    ui.scope_builder(UiBuilder::new().max_rect(line), |ui| sides_ui(ui, window, 10.0, left, buttons));
}

/// The last line of a question: at the right end what is done, and beside it the way out, which has the keyboard. Answers
/// whether it is to be done.
pub fn question_footer_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    leave: &str,
    button: PushButton<'_>,
) -> bool {
    let mut is_confirmed = false;
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let leave = ui.add(PushButton::quiet(leave));
        grab_focus(window, &leave);
        if leave.clicked() {
            window.act(Action::CloseDialog);
        }
        is_confirmed = ui.add(button).clicked();
    };
    footer_ui(ui, window, buttons, |_, _| {});
    is_confirmed
}

/// What went wrong, inside a dialog: a symbol, what, and why.
pub fn problem_line_ui(ui: &mut Ui, problem: &Problem) {
    let palette = ui.palette();
    let width = ui.available_width();
    let layout = |text: &str, font, color| {
        let mut job = LayoutJob::simple(text.to_owned(), font, color, width - 52.0);
        for section in &mut job.sections {
            section.format.line_height = Some(LINE_HEIGHT);
        }
        ui.painter().layout_job(job)
    };
    let title = layout(&problem.title, theme::medium(theme::BODY_TEXT), palette.danger);
    let detail = layout(&problem.detail, theme::regular(theme::BODY_TEXT), palette.text);
    let detail_height = if problem.detail.is_empty() { 0.0 } else { detail.size().y };
    let size = vec2(width, title.size().y + detail_height + 20.0);
    let id = ui.scope_id().with(("problem", &problem.title));
    let is_new = ui.ctx().read_response(id).is_none();
    let (_, card) = ui.allocate_space(size);
    let response = ui.interact(card, id, Sense::hover());
    if is_new {
        scroll_into_sight(ui, card);
    }
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Alert, true, format!("{}. {}", problem.title, problem.detail))
    });
    let painter = ui.painter();
    painter.rect_filled(card, theme::CORNER, palette.danger.gamma_multiply(0.10));
    paint_icon(painter, card.min + vec2(22.0, 19.0), icons::ICON_ERROR, 20.0, palette.danger);
    let at = card.min + vec2(40.0, 10.0);
    let below = at + vec2(0.0, title.size().y);
    painter.galley(at, title, palette.danger);
    painter.galley(below, detail, palette.text);
}
