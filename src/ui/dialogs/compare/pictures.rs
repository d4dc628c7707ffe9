//! Two pictures: beside each other, one over the other up to a line, one through the other, or only what differs. Zoom
//! and the part in sight are the same for both. A picture of another size is scaled into the middle of the larger one.

use super::columns::halves;
use crate::ui::WindowContext;
use crate::ui::preview::{
    PictureView, fit_zoom, handle_zoom_input, message_ui, original_size, still_preview_ui, tell_fit_zoom,
};
use crate::ui::textures::{ReadyTexture, Sampling, paint_texture};
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{paint_icon, paint_text};
use coffer_model::comparison::{Comparison, PictureComparison};
use coffer_model::comparison_view::PictureLayout;
use coffer_model::{Pixels, PreviewBody};
use coffer_state::compare_dialog::CompareDialog;
use coffer_texts::tr;
use egui::{
    Align2, Color32, CursorIcon, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};
use egui_material_icons::icons;
use std::sync::Arc;

pub(super) const GAP: f32 = 12.0;

/// From this on the pixels of the pictures are shown as squares.
const SQUARES_FROM: f32 = 2.0;
/// An arrow key moves the line, or changes the opacity, by so much of the whole.
const STEP: f32 = 0.05;

const HANDLE: f32 = 44.0;
const SLIDER: Vec2 = vec2(260.0, 36.0);

/// What is kept of a comparison of pictures from one frame to the next.
pub(super) struct PicturesUiState {
    comparison: Arc<Comparison>,
    /// The point of the larger picture, in its pixels, that is in the middle.
    center: Option<Pos2>,
    /// Where the line is, and how much of the second picture is seen; of 0 to 1.
    line: f32,
    opacity: f32,
}

/// Both pictures as they are drawn.
struct DrawnPictures<'a> {
    pixels: [&'a Arc<Pixels>; 2],
    sizes: [Vec2; 2],
    /// The size of the larger one.
    size: Vec2,
}

pub(super) fn pictures_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    compare: &CompareDialog,
    comparison: &Arc<Comparison>,
    pictures: &PictureComparison,
    titles: &[String; 2],
    response: &Response,
) {
    let area = response.rect;
    let layout = window.state.settings.comparison.pictures;
    let Some(drawn) = DrawnPictures::new(pictures) else {
        return unreadable_ui(ui, window, comparison, pictures, area);
    };
    let slot = &mut window.ui_state.dialogs.compare.pictures;
    if slot.as_ref().is_none_or(|state| !Arc::ptr_eq(&state.comparison, comparison)) {
        let comparison = Arc::clone(comparison);
        *slot = Some(PicturesUiState { comparison, center: None, line: 0.5, opacity: 0.5 });
    }
    let Some(mut state) = slot.take() else { return };
    let spaces = match layout {
        PictureLayout::SideBySide => halves(area, GAP),
        _ => [area; 2],
    };
    let view = moved_view(ui, window, compare, &drawn, spaces, &mut state);
    for space in spaces {
        ui.painter().rect_filled(space, theme::CORNER, ui.palette().surface_0);
    }
    match layout {
        PictureLayout::SideBySide => {
            for (side, space) in spaces.into_iter().enumerate() {
                drawn.paint(ui, window, side, view.moved_to(space), space, 1.0);
            }
        }
        PictureLayout::Swipe => {
            let x = line_ui(ui, &mut state, area, response.has_focus());
            let (left, right) = area.split_left_right_at_x(x);
            drawn.paint(ui, window, 0, view, left, 1.0);
            drawn.paint(ui, window, 1, view, right, 1.0);
            paint_line(ui, area, x);
        }
        PictureLayout::OnionSkin => {
            drawn.paint(ui, window, 0, view, area, 1.0);
            drawn.paint(ui, window, 1, view, area, state.opacity);
            slider_ui(ui, &mut state, area, titles, response.has_focus());
        }
        PictureLayout::Difference => {
            if let Some(difference) = &pictures.difference {
                let texture = window.textures.picture(ui.ctx(), &difference.pixels, Sampling::Smooth);
                paint_texture(&ui.painter_at(area), view.place(), texture, 0, ui.palette());
            }
        }
    }
    if layout == PictureLayout::Swipe {
        labels_ui(ui, area, titles);
    }
    window.ui_state.dialogs.compare.pictures = Some(state);
}

/// Where both are looked at now, after what the person does with the pointer.
fn moved_view(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    compare: &CompareDialog,
    drawn: &DrawnPictures<'_>,
    spaces: [Rect; 2],
    state: &mut PicturesUiState,
) -> PictureView {
    tell_fit_zoom(ui, window, &compare.zoom, fit_zoom(drawn.size, spaces[0]));
    let whole = spaces[0].union(spaces[1]);
    let response = ui.interact(whole, super::area_id().with("pictures"), Sense::CLICK | Sense::DRAG);
    let name = tr!("compare-images", name = compare.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    // The pointer is over one of both; they move together.
    let is_right = response.hover_pos().is_some_and(|pointer| !spaces[0].contains(pointer));
    let space = spaces[usize::from(is_right)];
    let view = PictureView::new(drawn.size, space, compare.zoom.chosen, state.center);
    let moved = handle_zoom_input(ui, window, &response, view, compare.zoom.chosen.is_none());
    state.center = Some(moved.center);
    view.moved_to(spaces[0])
}

impl<'a> DrawnPictures<'a> {
    /// `None` if one of them can’t be shown.
    fn new(pictures: &'a PictureComparison) -> Option<Self> {
        let [first, second] = pictures.previews.each_ref().map(|preview| match &preview.body {
            PreviewBody::Picture { frames, width, height, .. } => {
                Some((&frames.first()?.pixels, original_size(*width, *height, frames)))
            }
            _ => None,
        });
        let ((first, first_size), (second, second_size)) = (first?, second?);
        let is_first_larger = first_size.x * first_size.y >= second_size.x * second_size.y;
        let size = if is_first_larger { first_size } else { second_size };
        Some(Self { pixels: [first, second], sizes: [first_size, second_size], size })
    }

    /// Draws what of a picture is inside of `space`.
    fn paint(
        &self,
        ui: &Ui,
        window: &mut WindowContext<'_>,
        side: usize,
        view: PictureView,
        space: Rect,
        opacity: f32,
    ) {
        let whole = view.place();
        let own = self.sizes[side];
        let scale = (whole.width() / own.x).min(whole.height() / own.y);
        let place = Rect::from_center_size(whole.center(), own * scale);
        let points_for_pixel = place.width() / self.pixels[side].width.max(1) as f32;
        let sampling = if points_for_pixel > SQUARES_FROM { Sampling::Sharp } else { Sampling::Smooth };
        let texture = window.textures.picture(ui.ctx(), self.pixels[side], sampling);
        // What lies below is the other picture.
        let has_alpha = texture.has_alpha && opacity >= 1.0;
        let texture = ReadyTexture { opacity, has_alpha, ..texture };
        paint_texture(&ui.painter_at(space), place, texture, 0, ui.palette());
    }
}

fn unreadable_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    comparison: &Comparison,
    pictures: &PictureComparison,
    area: Rect,
) {
    for (side, place) in halves(area, GAP).into_iter().enumerate() {
        let (preview, name) = (&pictures.previews[side], &comparison.versions[side].name);
        match &preview.body {
            PreviewBody::None { reason } => {
                ui.painter().rect_filled(place, theme::CORNER, ui.palette().surface_0);
                message_ui(ui, icons::ICON_BROKEN_IMAGE, name, reason, place);
            }
            _ => still_preview_ui(ui, window, preview, name, super::area_id().with(side), place),
        }
    }
}

/// The line between both pictures, as the person drags it; answers where it is.
fn line_ui(ui: &Ui, state: &mut PicturesUiState, area: Rect, has_keys: bool) -> f32 {
    let x = area.min.x + area.width() * state.line;
    let handle = Rect::from_center_size(pos2(x, area.center().y), vec2(HANDLE, area.height()));
    let response = ui.interact(handle, super::area_id().with("line"), Sense::DRAG);
    let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        state.line = (pointer.x - area.min.x) / area.width();
    }
    state.line = (state.line + key_steps(ui, has_keys)).clamp(0.0, 1.0);
    response.widget_info(|| WidgetInfo::slider(true, f64::from(state.line), tr!("compare-line")));
    area.min.x + area.width() * state.line
}

fn paint_line(ui: &Ui, area: Rect, x: f32) {
    let painter = ui.painter();
    let accent = ui.palette().accent;
    painter.vline(x, area.y_range(), (3.0, Color32::from_black_alpha(70)));
    painter.vline(x, area.y_range(), (1.5, Color32::WHITE));
    let center = pos2(x, area.center().y);
    painter.circle(center, HANDLE / 2.0 - 2.0, Color32::WHITE, (3.0, accent));
    paint_icon(painter, center, icons::ICON_CODE, 22.0, Color32::from_gray(30));
}

/// The opacity of the second picture, between the names of both.
fn slider_ui(ui: &Ui, state: &mut PicturesUiState, area: Rect, titles: &[String; 2], has_keys: bool) {
    let card = Rect::from_center_size(pos2(area.center().x, area.max.y - 32.0), SLIDER + vec2(220.0, 0.0));
    let track = Rect::from_center_size(card.center(), SLIDER);
    let response =
        ui.interact(track.expand(4.0), super::area_id().with("opacity"), Sense::CLICK | Sense::DRAG);
    let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) {
        state.opacity = (pointer.x - track.min.x) / track.width();
    }
    state.opacity = (state.opacity + key_steps(ui, has_keys)).clamp(0.0, 1.0);
    response.widget_info(|| WidgetInfo::slider(true, f64::from(state.opacity), tr!("compare-opacity")));
    let painter = ui.painter();
    painter.rect_filled(card, theme::CORNER_LARGE, Color32::from_black_alpha(170));
    let line = track.center().y;
    let x = track.min.x + track.width() * state.opacity;
    painter.hline(track.x_range(), line, (4.0, Color32::from_white_alpha(70)));
    painter.hline(track.min.x..=x, line, (4.0, ui.palette().accent));
    painter.circle_filled(pos2(x, line), 9.0, Color32::WHITE);
    let font = theme::medium(theme::SMALL_TEXT);
    let width = (card.width() - track.width()) / 2.0 - 20.0;
    let (left, right) = (card.left_center() + vec2(12.0, 0.0), card.right_center() - vec2(12.0, 0.0));
    paint_text(painter, Align2::LEFT_CENTER, left, width, &titles[0], font.clone(), Color32::WHITE);
    paint_text(painter, Align2::RIGHT_CENTER, right, width, &titles[1], font, Color32::WHITE);
}

/// How far the arrow keys move what is dragged.
fn key_steps(ui: &Ui, has_keys: bool) -> f32 {
    if !has_keys {
        return 0.0;
    }
    let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key) as f32);
    (pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)) * STEP
}

/// Which picture is on which side of the line.
fn labels_ui(ui: &Ui, area: Rect, titles: &[String; 2]) {
    let font = theme::medium(theme::SMALL_TEXT);
    for (side, title) in titles.iter().enumerate() {
        let color = Color32::WHITE;
        let galley =
            crate::ui::widgets::elide_middle(ui.painter(), title, &font, color, area.width() / 2.0 - 60.0);
        let size = galley.size() + vec2(20.0, 10.0);
        let corner = area.min + vec2(12.0, 12.0);
        let left = if side == 0 { corner.x } else { area.max.x - 12.0 - size.x };
        let pill = Rect::from_min_size(pos2(left, corner.y), size);
        ui.painter().rect_filled(pill, theme::CORNER_SMALL, Color32::from_black_alpha(150));
        ui.painter().galley(pill.center() - galley.size() / 2.0, galley, color);
    }
}
