//! A picture fitted into a place, still or moving. Zooming and panning are in `zoom`.

use super::WindowContext;
use crate::ui::textures::{Sampling, fit, paint_texture};
use crate::ui::theme::{self, UiPalette};
use coffer_model::preview::Frame;
use coffer_model::{Pixels, Preview};
use coffer_texts::tr;
use egui::{Rect, Role, Sense, Ui, WidgetInfo, vec2};
use std::sync::Arc;
use std::time::Duration;

/// Shorter delays are mistakes of old programs; browsers take them for this.
const LEAST_DELAY: Duration = Duration::from_millis(20);
const USUAL_DELAY: Duration = Duration::from_millis(100);

/// Small pictures are enlarged up to this, so that icons are not dots.
const MOST_ENLARGED: f32 = 4.0;

/// The share of a picture that may be cut off to fill a place.
const MOST_CUT_OFF: f32 = 0.08;

/// Where a picture is drawn.
pub(super) struct PicturePlace<'a> {
    /// The file's, for screen readers.
    pub name: &'a str,
    /// Of the slot.
    pub id: egui::Id,
    pub rect: Rect,
    /// One of nearly the shape of its place fills it.
    pub cover: bool,
}

pub(super) fn picture_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    preview: &Arc<Preview>,
    frames: &[Frame],
    place: &PicturePlace<'_>,
) {
    let &PicturePlace { name, id, rect, cover } = place;
    let response = ui.interact(rect, id.with("picture"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, tr!("picture-named", name = name)));
    let Some(pixels) = frame_now(ui, window, id, preview, frames) else { return };
    let size = vec2(pixels.width as f32, pixels.height as f32);
    let fitted = fit(size, rect, MOST_ENLARGED);
    let cover = cover && nearly_fills(fitted, rect);
    let place = if cover { rect } else { fitted };
    let sampling = if place.width() > 2.0 * size.x { Sampling::Sharp } else { Sampling::Smooth };
    let mut texture = window.textures.picture(ui.ctx(), &pixels, sampling);
    if cover {
        texture = texture.cut_to(place.size());
    }
    paint_texture(ui.painter(), place, texture, theme::CORNER, ui.palette());
}

/// Whether a picture fitted into `rect` leaves next to nothing of it free.
pub(super) fn nearly_fills(fitted: Rect, rect: Rect) -> bool {
    fitted.area() > rect.area() * (1.0 - MOST_CUT_OFF)
}

/// The frame to draw now; a moving picture asks to be drawn again when its next frame is due, not before.
pub(super) fn frame_now(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    id: egui::Id,
    preview: &Arc<Preview>,
    frames: &[Frame],
) -> Option<Arc<Pixels>> {
    if frames.len() < 2 || window.state.settings.reduced_motion {
        return frames.first().map(|frame| Arc::clone(&frame.pixels));
    }
    let now_secs = ui.ctx().time();
    let since_secs = window.ui_state.previews.started_secs(id, preview, now_secs);
    let age = Duration::try_from_secs_f64(now_secs - since_secs).unwrap_or_default();
    let delays: Vec<Duration> = frames.iter().map(|frame| frame.delay).collect();
    let (index, left) = frame_at(&delays, age);
    ui.ctx().request_repaint_after(left);
    frames.get(index).map(|frame| Arc::clone(&frame.pixels))
}

/// Which frame stands at an age of the animation, and for how long still. It begins anew when it has ended.
fn frame_at(delays: &[Duration], age: Duration) -> (usize, Duration) {
    let delay = |given: &Duration| if *given < LEAST_DELAY { USUAL_DELAY } else { *given };
    let total: Duration = delays.iter().map(delay).sum();
    if total.is_zero() {
        return (0, Duration::MAX);
    }
    let mut age = Duration::from_nanos((age.as_nanos() % total.as_nanos()) as u64);
    for (index, given) in delays.iter().enumerate() {
        let delay = delay(given);
        if age < delay {
            return (index, delay.saturating_sub(age));
        }
        age -= delay;
    }
    (0, USUAL_DELAY)
}

#[cfg(test)]
mod tests {
    use super::frame_at;
    use std::time::Duration;

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_frame_stands_for_its_delay_and_the_animation_begins_anew() {
        let delays = [ms(100), ms(300)];
        assert_eq!(frame_at(&delays, ms(0)), (0, ms(100)));
        assert_eq!(frame_at(&delays, ms(99)), (0, ms(1)));
        assert_eq!(frame_at(&delays, ms(150)), (1, ms(250)));
        assert_eq!(frame_at(&delays, ms(400)), (0, ms(100)));
        assert_eq!(frame_at(&delays, ms(4_100)), (1, ms(300)));
    }

    #[test]
    fn delays_of_nothing_are_taken_for_a_tenth_of_a_second() {
        assert_eq!(frame_at(&[ms(0), ms(10)], ms(130)), (1, ms(70)));
    }
}
