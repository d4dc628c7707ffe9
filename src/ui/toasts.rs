//! Short messages at the foot of the content: at most two, each with at most one button. They stay as long as the
//! pointer is on them; how long they stay otherwise is decided by the state.

use super::WindowContext;
use super::theme::{self, UiPalette};
use super::widgets::{elide_middle, paint_icon};
use coffer_state::toast::{Toast, ToastKind};
use coffer_state::{Action, WindowEvent};
use coffer_texts::tr;
use egui::{
    Area, Color32, Context, FontId, Galley, Id, Order, Painter, Rect, Response, Role, Sense, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, accesskit, pos2, vec2,
};
use egui_material_icons::icons;
use std::sync::Arc;

const HEIGHT: f32 = 44.0;
const GAP: f32 = 8.0;
/// Below the lowest.
const FOOT: f32 = 12.0;

/// Draws the toasts over the lower middle of `content`.
pub fn toasts_ui(ctx: &Context, window: &mut WindowContext<'_>, content: Rect) {
    let state = window.state;
    // The newest stands lowest.
    for (index, toast) in state.toasts.list().iter().rev().enumerate() {
        let bottom = content.max.y - FOOT - index as f32 * (HEIGHT + GAP);
        toast_ui(ctx, window, toast, content, bottom);
    }
}

fn toast_ui(ctx: &Context, window: &mut WindowContext<'_>, toast: &Toast, content: Rect, bottom: f32) {
    let id = Id::unique("toast").with(toast.id);
    let width = width(ctx, toast).min(content.width() - 32.0);
    let corner = pos2((content.center().x - width / 2.0).round(), bottom - HEIGHT);
    let rect = Rect::from_min_size(corner, vec2(width, HEIGHT));
    let area =
        Area::new(id).order(Order::Middle).fixed_pos(corner).interactable(true).fade_in(!still(window));
    area.show(ctx, |ui| card_ui(ui, window, toast, rect));
}

fn still(window: &WindowContext<'_>) -> bool {
    window.state.settings.reduced_motion
}

/// How wide the text, the button and the cross are together.
fn width(ctx: &Context, toast: &Toast) -> f32 {
    let measure = |text: &str, font| {
        ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, egui::Color32::WHITE).size().x)
    };
    let text = measure(&toast.text, theme::regular(theme::BODY_TEXT));
    let button = toast
        .action
        .as_ref()
        .map_or(0.0, |action| measure(action.label(), theme::semibold(theme::BODY_TEXT)) + 28.0);
    let icon = if toast.kind == ToastKind::Failed { 26.0 } else { 0.0 };
    (16.0 + icon + text + button + 44.0).ceil()
}

fn card_ui(ui: &mut Ui, window: &mut WindowContext<'_>, toast: &Toast, rect: Rect) {
    let palette = ui.palette();
    let response = ui.allocate_rect(rect, Sense::hover());
    let failed = toast.kind == ToastKind::Failed;
    response.widget_info(|| {
        WidgetInfo::labeled(if failed { Role::Alert } else { Role::Status }, true, &toast.text)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(if failed { accesskit::Live::Assertive } else { accesskit::Live::Polite });
    });
    let painter = ui.painter();
    painter.add(palette.shadow().as_shape(rect, theme::CORNER + 2));
    painter.rect_filled(rect, theme::CORNER + 2, palette.inverse);
    let middle = rect.center().y;
    let mut left = rect.min.x + 16.0;
    if failed {
        paint_icon(painter, pos2(left + 8.0, middle), icons::ICON_ERROR, 20.0, palette.danger_on_inverse);
        left += 26.0;
    }

    let close = Rect::from_center_size(pos2(rect.max.x - 22.0, middle), Vec2::splat(28.0));
    let mut right = close.min.x - 4.0;
    let closed = close_ui(ui, close, response.id);
    if let Some(action) = &toast.action {
        let button = action_ui(ui, action.label(), right, middle, response.id);
        right = button.rect.min.x - 8.0;
        if button.clicked() {
            window.act(Action::ToastAction(toast.id));
        }
        hold(window, toast, &button);
    }
    if closed.clicked() {
        window.act(Action::DismissToast(toast.id));
    }
    let font = theme::regular(theme::BODY_TEXT);
    let words = words_within(ui.painter(), &toast.text, &font, palette.on_inverse, right - left);
    ui.painter().galley(pos2(left, middle - words.size().y / 2.0), words, palette.on_inverse);
    hold(window, toast, &closed);
    hold(window, toast, &response);
    let cut = width(ui.ctx(), toast) > rect.width() + 1.0;
    if cut {
        response.on_hover_text(&toast.text);
    }
}

/// A long name is cut in itself: the words around it say what has happened.
fn words_within(painter: &Painter, text: &str, font: &FontId, color: Color32, width: f32) -> Arc<Galley> {
    const LEAST_NAME: f32 = 60.0;
    let name = text
        .split_once(['“', '„'])
        .and_then(|(before, rest)| Some((before.len(), rest.split_once(['”', '“'])?.0)))
        .map(|(before, name)| before + '“'.len_utf8()..before + '“'.len_utf8() + name.len());
    let Some(name) = name else { return elide_middle(painter, text, font, color, width) };
    let (before, after) = (&text[..name.start], &text[name.end..]);
    let around = painter.layout_no_wrap(format!("{before}{after}"), font.clone(), color).size().x;
    let cut = elide_middle(painter, &text[name], font, color, (width - around).max(LEAST_NAME));
    elide_middle(painter, &format!("{before}{}{after}", cut.text()), font, color, width)
}

/// Tells the state that the toast is looked at, once: it knows for how long that counts.
fn hold(window: &mut WindowContext<'_>, toast: &Toast, response: &Response) {
    let event = WindowEvent::PointerOnToast(toast.id);
    let looked_at = response.contains_pointer() || response.has_focus();
    if looked_at && !toast.under_pointer && window.events.last() != Some(&event) {
        window.emit(event);
    }
}

fn close_ui(ui: &mut Ui, rect: Rect, id: Id) -> Response {
    let palette = ui.palette();
    let response = ui.interact(rect, id.with("close"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("toast-close")));
    let lit = if response.hovered() { 1.0 } else { 0.65 };
    ring_ui(ui, &response);
    paint_icon(ui.painter(), rect.center(), icons::ICON_CLOSE, 16.0, palette.on_inverse.gamma_multiply(lit));
    response
}

fn action_ui(ui: &mut Ui, words: &str, right: f32, middle: f32, id: Id) -> Response {
    let palette = ui.palette();
    let font = theme::semibold(theme::BODY_TEXT);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), font, palette.accent_on_inverse);
    let size = vec2(galley.size().x + 16.0, 30.0);
    let rect = Rect::from_min_size(pos2(right - size.x, middle - size.y / 2.0), size);
    let builder = UiBuilder::new().max_rect(rect);
    ui.scope_builder(builder, |ui| {
        let response = ui.interact(rect, id.with("action"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
        if response.hovered() {
            let fill = palette.accent_on_inverse.gamma_multiply(0.14);
            ui.painter().rect_filled(rect, theme::CORNER - 2, fill);
        }
        ring_ui(ui, &response);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, palette.accent_on_inverse);
        response
    })
    .inner
}

fn ring_ui(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.5, ui.palette().accent_on_inverse);
        ui.painter().rect_stroke(response.rect, theme::CORNER - 2, stroke, StrokeKind::Inside);
    }
}
