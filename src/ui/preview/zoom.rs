//! A picture that can be enlarged around the pointer and moved by dragging. How large it is, is the state's; which
//! part of it stands in the middle is remembered here.

use super::parts::picture_parts_ui;
use super::picture::frame_now;
use super::ui_state::Center;
use super::{PreviewSlot, WindowContext};
use crate::ui::format::with_decimal_sign;
use crate::ui::textures::{Sampling, paint_texture};
use crate::ui::theme::UiPalette;
use coffer_model::Preview;
use coffer_model::preview::Frame;
use coffer_state::action::DialogAction;
use coffer_state::input::ZoomStep;
use coffer_state::large_preview::LargePreview;
use coffer_state::picture_zoom::PictureZoom;
use coffer_state::{Action, WindowEvent};
use coffer_texts::tr;
use egui::{CursorIcon, Pos2, Rect, Response, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, vec2};
use std::sync::Arc;

/// Points for each pixel: less than this is a dot, more than this is a wall.
const LEAST: f32 = 0.02;
const MOST: f32 = 32.0;

/// From this on the pixels of the picture are shown as squares.
const SQUARES_FROM: f32 = 2.0;

/// A picture and where it is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureView {
    /// The picture in its own pixels.
    pub size: Vec2,
    /// Where it can be seen.
    pub space: Rect,
    /// Points for each pixel.
    pub zoom: f32,
    /// The pixel in the middle of `space`.
    pub center: Pos2,
}

impl PictureView {
    pub fn new(size: Vec2, space: Rect, zoom: Option<f32>, center: Option<Pos2>) -> Self {
        let zoom = zoom.unwrap_or_else(|| fit_zoom(size, space));
        let middle = (size / 2.0).to_pos2();
        Self { size, space, zoom, center: center.unwrap_or(middle) }.clamped()
    }

    /// The same part of the picture in another place of the same size.
    #[must_use]
    pub fn moved_to(mut self, space: Rect) -> Self {
        self.space = space;
        self
    }

    /// Keeps the picture in sight: no gap between its edge and the edge of the place unless it is smaller.
    fn clamped(mut self) -> Self {
        for axis in 0..2 {
            let half = self.space.size()[axis] / self.zoom / 2.0;
            let size = self.size[axis];
            self.center[axis] =
                if size <= 2.0 * half { size / 2.0 } else { self.center[axis].clamp(half, size - half) };
        }
        self
    }

    /// Where the whole picture is, in points.
    pub fn place(&self) -> Rect {
        let corner = self.space.center() - self.center.to_vec2() * self.zoom;
        Rect::from_min_size(corner, self.size * self.zoom)
    }

    /// The picture moved with the pointer.
    pub(super) fn dragged(mut self, by: Vec2) -> Self {
        self.center -= by / self.zoom;
        self.clamped()
    }

    /// Another zoom that leaves the pixel under `pointer` where it is.
    pub(super) fn zoomed(mut self, zoom: f32, pointer: Pos2) -> Self {
        let zoom = zoom.clamp(LEAST, MOST);
        let away = pointer - self.space.center();
        self.center += away / self.zoom - away / zoom;
        self.zoom = zoom;
        self.clamped()
    }
}

/// The zoom at which all of the picture can be seen; small ones are not enlarged.
pub fn fit_zoom(size: Vec2, space: Rect) -> f32 {
    let fitting = (space.width() / size.x.max(1.0)).min(space.height() / size.y.max(1.0));
    fitting.min(1.0).clamp(LEAST, MOST)
}

/// Fills `space` with the picture as far as it is in sight.
pub(super) fn zoom_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    slot: &PreviewSlot<'_>,
    large: &LargePreview,
    preview: &Arc<Preview>,
    picture: (&[Frame], Vec2),
    space: Rect,
) {
    let (frames, size) = picture;
    let zoom = &large.zoom;
    tell_fit_zoom(ui, window, zoom, fit_zoom(size, space));
    let remembered = window.ui_state.previews.center.as_ref();
    let center = remembered.filter(|center| Arc::ptr_eq(&center.preview, preview)).map(|center| center.at);
    let picture_view = PictureView::new(size, space, zoom.chosen, center);

    let response = ui.interact(space, slot.id.with("zoom"), Sense::click_and_drag());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Image, true, tr!("picture-named", name = slot.entry.name()))
    });
    let moved = handle_zoom_input(ui, window, &response, picture_view, zoom.chosen.is_none());
    let at = moved.center;
    window.ui_state.previews.center = Some(Center { preview: Arc::clone(preview), at });

    let Some(pixels) = frame_now(ui, window, slot.id, preview, frames) else { return };
    let place = picture_view.place();
    // Squares of the pixels that there are, which may be fewer than the original has.
    let points_for_pixel = place.width() / pixels.width.max(1) as f32;
    let sampling = if points_for_pixel > SQUARES_FROM { Sampling::Sharp } else { Sampling::Smooth };
    let texture = window.textures.picture(ui.ctx(), &pixels, sampling);
    // Nothing is drawn outside, and the bar above is drawn after this.
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(space));
    ui.shrink_clip_rect(space);
    paint_texture(ui.painter(), place, texture, 0, ui.palette());
    if frames.len() == 1 && (pixels.width as f32) < size.x {
        // As many points for each of its own pixels.
        let sampling = if picture_view.zoom > SQUARES_FROM { Sampling::Sharp } else { Sampling::Smooth };
        picture_parts_ui(ui, window, &large.parts, size, place, pixels.width, sampling);
    }
}

/// Zooming by keys and buttons starts from the zoom at which the picture fits.
pub fn tell_fit_zoom(ui: &Ui, window: &mut WindowContext<'_>, zoom: &PictureZoom, fit: f32) {
    if (fit - zoom.fit).abs() > 1e-4 {
        window.emit(WindowEvent::FitZoom(fit));
        ui.ctx().request_repaint();
    }
}

/// Wheel and pinch zoom around the pointer, dragging moves, a double click goes to actual size and back.
pub fn handle_zoom_input(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    response: &Response,
    picture_view: PictureView,
    fitted: bool,
) -> PictureView {
    let zoom_to = |window: &mut WindowContext<'_>, step| window.act(Action::Dialog(DialogAction::Zoom(step)));
    let pointer = response.hover_pos().unwrap_or(picture_view.space.center());
    if response.double_clicked() {
        if fitted {
            zoom_to(window, ZoomStep::To(1.0));
            return picture_view.zoomed(1.0, pointer);
        }
        zoom_to(window, ZoomStep::Fit);
        return PictureView { center: (picture_view.size / 2.0).to_pos2(), ..picture_view };
    }
    let factor = ui.input(|input| {
        let wheel = if response.contains_pointer() { input.smooth_scroll_delta().y } else { 0.0 };
        input.zoom_delta() * (wheel / 240.0).exp()
    });
    if (factor - 1.0).abs() > 1e-4 {
        let zoomed = picture_view.zoomed(picture_view.zoom * factor, pointer);
        zoom_to(window, ZoomStep::To(zoomed.zoom));
        return zoomed;
    }
    let larger = picture_view.place().width() > picture_view.space.width() + 1.0
        || picture_view.place().height() > picture_view.space.height() + 1.0;
    if larger {
        let clamped = response.is_pointer_button_down_on();
        let icon = if clamped { CursorIcon::Grabbing } else { CursorIcon::Grab };
        response.clone().on_hover_and_drag_cursor(icon);
    }
    if response.dragged() { picture_view.dragged(response.drag_delta()) } else { picture_view }
}

/// "100 %": the zoom for the person.
pub fn percent(zoom: f32) -> String {
    let percent = zoom * 100.0;
    with_decimal_sign(&if percent < 10.0 { format!("{percent:.1} %") } else { format!("{percent:.0} %") })
}

/// The size of the original; of the frames when that is not known.
pub fn original_size(width: u32, height: u32, frames: &[Frame]) -> Vec2 {
    match frames.first() {
        Some(frame) if width == 0 || height == 0 => {
            vec2(frame.pixels.width as f32, frame.pixels.height as f32)
        }
        _ => vec2(width.max(1) as f32, height.max(1) as f32),
    }
}

#[cfg(test)]
mod tests {
    use super::{PictureView, fit_zoom};
    use egui::{Pos2, Rect, pos2, vec2};

    fn space() -> Rect {
        Rect::from_min_size(pos2(100.0, 50.0), vec2(400.0, 200.0))
    }

    fn pixel_at(picture_view: &PictureView, point: Pos2) -> Pos2 {
        ((point - picture_view.place().min) / picture_view.zoom).to_pos2()
    }

    #[test]
    fn large_pictures_fit_and_small_ones_keep_their_size() {
        assert!((fit_zoom(vec2(4000.0, 1000.0), space()) - 0.1).abs() < 1e-6);
        assert!((fit_zoom(vec2(20.0, 20.0), space()) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_fitted_picture_stands_in_the_middle() {
        let picture_view = PictureView::new(vec2(4000.0, 1000.0), space(), None, None);
        assert_eq!(picture_view.place().center(), space().center());
        assert!((picture_view.place().width() - 400.0).abs() < 1e-3);
    }

    #[test]
    fn the_pixel_under_the_pointer_stays_under_it_when_zooming() {
        let picture_view = PictureView::new(vec2(4000.0, 3000.0), space(), Some(1.0), None);
        let pointer = pos2(420.0, 90.0);
        let zoomed = picture_view.zoomed(3.0, pointer);
        assert!((pixel_at(&picture_view, pointer) - pixel_at(&zoomed, pointer)).length() < 0.01);
    }

    #[test]
    fn a_picture_cannot_be_dragged_out_of_sight() {
        let picture_view = PictureView::new(vec2(4000.0, 3000.0), space(), Some(1.0), None);
        let dragged = picture_view.dragged(vec2(1e6, -1e6));
        assert!((dragged.place().min.x - space().min.x).abs() < 0.5);
        assert!((dragged.place().max.y - space().max.y).abs() < 0.5);
    }
}
