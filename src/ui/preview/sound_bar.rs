//! Plays a recording: a button, the picture of its loudness in which a place is chosen, and how far it is.

use super::WindowContext;
use super::recording::clock_length;
use super::ui_state::large_preview_id;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::IconButton;
use coffer_model::preview::RecordingPreview;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::large_preview::LargePreview;
use coffer_state::player::Player;
use coffer_texts::tr;
use egui::text::LayoutJob;
use egui::{
    Align2, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;
use std::time::Duration;

/// With the line below it.
pub(super) const HEIGHT: f32 = 84.0;

const WIDEST: f32 = 640.0;
const BUTTON: f32 = 40.0;
const TIME_WIDTH: f32 = 52.0;
const PICTURE_HEIGHT: f32 = 44.0;
const BAR: f32 = 2.0;
const BAR_GAP: f32 = 1.0;

/// An arrow key goes so far.
const STEP: Duration = Duration::from_secs(5);

/// What is not heard after so many seconds is said to be on its way.
const LOADING_AFTER: f32 = 0.6;

fn place_id() -> Id {
    large_preview_id().with("sound place")
}

/// Whether arrow keys are for the place in the recording.
pub(super) fn has_keys(ui: &egui::Context) -> bool {
    ui.memory(|memory| memory.has_focus(place_id()))
}

pub(super) fn sound_bar_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    large: &LargePreview,
    recording: &RecordingPreview,
    space: Rect,
) {
    let row = Rect::from_center_size(
        pos2(space.center().x, space.min.y + PICTURE_HEIGHT / 2.0),
        vec2(space.width().min(WIDEST), PICTURE_HEIGHT),
    );
    let player = &large.player;
    let button = Rect::from_center_size(row.left_center() + vec2(BUTTON / 2.0, 0.0), Vec2::splat(BUTTON));
    ui.scope_builder(UiBuilder::new().max_rect(button), |ui| {
        let (icon, name) = if player.is_playing() {
            (icons::ICON_PAUSE, tr!("pause"))
        } else {
            (icons::ICON_PLAY_ARROW, tr!("play"))
        };
        let button = IconButton::new(icon, name).shortcut("P").size(BUTTON, 28.0);
        if ui.add(button.id(large_preview_id().with("play"))).clicked() {
            window.act(Action::Dialog(DialogAction::TogglePlayer));
        }
    });
    let length = recording.length;
    let mut place = row;
    place.min.x += BUTTON + TIME_WIDTH;
    place.max.x -= TIME_WIDTH;
    let response = ui.interact(place, place_id(), Sense::click_and_drag());
    let pointed = length
        .zip(response.interact_pointer_pos())
        .map(|(length, pointer)| length.mul_f32(((pointer.x - place.min.x) / place.width()).clamp(0.0, 1.0)));
    let shown = pointed.unwrap_or(player.position);
    if let Some(to) = pointed.filter(|_| response.clicked() || response.drag_stopped()) {
        window.act(Action::Dialog(DialogAction::Seek(to)));
    }
    place_keys(ui, window, &response, player.position, length);
    let text = match length {
        Some(length) => tr!("part-of", done = clock_length(shown), all = clock_length(length)),
        None => clock_length(shown),
    };
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Slider, true, tr!("sound-place"));
        info.current_text_value = Some(text.clone());
        info
    });
    paint_place(ui, player, place, length.map_or(0.0, |length| shown.div_duration_f32(length)));
    if response.has_focus() {
        ui.painter().rect_stroke(
            place.expand2(vec2(2.0, 0.0)),
            theme::CORNER,
            ui.palette().focus_ring(),
            StrokeKind::Outside,
        );
    }
    let palette = ui.palette();
    let time = |at: egui::Pos2, align: Align2, time: Duration| {
        let font = theme::tabular(theme::SMALL_TEXT);
        ui.painter().text(at, align, clock_length(time), font, palette.dimmed);
    };
    time(pos2(place.min.x - 8.0, row.center().y), Align2::RIGHT_CENTER, shown);
    if let Some(length) = length {
        time(pos2(place.max.x + 8.0, row.center().y), Align2::LEFT_CENTER, length);
    }
    let below = Rect::from_min_max(pos2(row.min.x, row.max.y + 4.0), pos2(row.max.x, space.max.y));
    note_ui(ui, player, below);
}

fn place_keys(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    response: &Response,
    position: Duration,
    length: Option<Duration>,
) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let to = if pressed(Key::ArrowLeft) {
        position.saturating_sub(STEP)
    } else if pressed(Key::ArrowRight) {
        (position + STEP).min(length.unwrap_or(Duration::MAX))
    } else {
        return;
    };
    window.act(Action::Dialog(DialogAction::Seek(to)));
}

/// The loudness from the left to the right, or a plain line; `share` of it has been played.
fn paint_place(ui: &Ui, player: &Player, place: Rect, share: f32) {
    let palette = ui.palette();
    let now = place.min.x + place.width() * share.clamp(0.0, 1.0);
    let unplayed = palette.dimmed.gamma_multiply(0.5);
    let color = |x: f32| if x < now { palette.accent } else { unplayed };
    let parts = &player.loudness;
    if parts.is_empty() {
        let line = |from: f32, to: f32, color| {
            let rect = Rect::from_x_y_ranges(from..=to, place.center().y - 2.0..=place.center().y + 2.0);
            ui.painter().rect_filled(rect, 2.0, color);
        };
        line(place.min.x, place.max.x, unplayed);
        line(place.min.x, now, palette.accent);
        let knob = pos2(now, place.center().y);
        ui.painter().circle_filled(knob, 6.0, palette.accent);
        return;
    }
    let count = ((place.width() / (BAR + BAR_GAP)) as usize).clamp(1, parts.len());
    for bar in 0..count {
        let covered = bar * parts.len() / count..((bar + 1) * parts.len()).div_ceil(count);
        let loudest = parts[covered].iter().max().copied().unwrap_or_default();
        let height = (f32::from(loudest) / 255.0 * place.height()).max(BAR);
        let x = place.min.x + place.width() * bar as f32 / count as f32;
        let rect = Rect::from_center_size(pos2(x + BAR / 2.0, place.center().y), vec2(BAR, height));
        ui.painter().rect_filled(rect, BAR / 2.0, color(x));
    }
}

/// Why nothing is heard.
fn note_ui(ui: &mut Ui, player: &Player, place: Rect) {
    let palette = ui.palette();
    let loading =
        ui.ctx().animate_bool_with_time(place_id().with("loading"), player.is_waiting, LOADING_AFTER);
    let (text, color) = match &player.problem {
        Some(problem) => (problem.detail.as_str(), palette.danger),
        None if player.is_waiting && loading >= 1.0 => (tr!("sound-waiting"), palette.dimmed),
        None => return,
    };
    let response = ui.interact(place, place_id().with("note"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let font = theme::regular(theme::SMALL_TEXT);
    let mut job = LayoutJob::simple(text.to_owned(), font, color, place.width());
    job.halign = egui::Align::Center;
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(place.center_top(), galley, color);
}
