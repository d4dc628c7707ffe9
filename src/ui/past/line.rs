//! The line of time: a slider with a mark where something was changed.

use super::{act, moment_in_words};
use crate::ui::WindowContext;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::paint_text;
use coffer_model::{ChangeGroup, RemotePath};
use coffer_state::past::{PastAction, PastStep, moment_before};
use coffer_texts::tr;
use egui::{
    Align2, EventFilter, Id, Key, Modifiers, Painter, Rect, Response, Sense, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};
use jiff::{SignedDuration, Timestamp};

const HEIGHT: f32 = 60.0;
/// Below the line, for the dates.
const DATES: f32 = 22.0;
/// The width of a mark, from one to the next.
const MARK: f32 = 5.0;
const KNOB: f32 = 6.5;
/// A click so near to a mark goes to before its change.
const SNAP: f32 = 5.0;
/// So much of time is shown at least.
const LEAST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Where the line of a folder begins: it does not move while somebody moves along it.
#[derive(Default)]
pub struct TimeLineUiState {
    folder: Option<RemotePath>,
    begin: Option<Timestamp>,
}

impl TimeLineUiState {
    fn begin(&mut self, window: &LineFacts<'_>) -> Timestamp {
        if self.folder.as_ref() != window.folder {
            *self = Self { folder: window.folder.cloned(), begin: None };
        }
        let first = window.changes.first().map_or(window.at, |change| change.first.min(window.at));
        let earliest = first.min(window.now - LEAST);
        let begin = self.begin.map_or(earliest, |begin| begin.min(earliest));
        self.begin = Some(begin);
        begin
    }
}

struct LineFacts<'a> {
    folder: Option<&'a RemotePath>,
    changes: &'a [ChangeGroup],
    at: Timestamp,
    now: Timestamp,
}

/// Which moment is where.
#[derive(Clone, Copy)]
struct Scale {
    rect: Rect,
    begin: i64,
    end: i64,
}

impl Scale {
    fn x(&self, moment: Timestamp) -> f32 {
        let whole = (self.end - self.begin).max(1) as f64;
        let part = (moment.as_second() - self.begin) as f64 / whole;
        self.rect.min.x + self.rect.width() * part.clamp(0.0, 1.0) as f32
    }

    fn moment(&self, x: f32) -> Timestamp {
        let part = f64::from((x - self.rect.min.x) / self.rect.width().max(1.0)).clamp(0.0, 1.0);
        let secs = self.begin as f64 + part * (self.end - self.begin) as f64;
        Timestamp::from_second(secs.round() as i64).unwrap_or_default()
    }
}

/// Changes that fall onto the same few points.
struct Mark {
    x: f32,
    before: Timestamp,
    first: Timestamp,
    count: u64,
}

/// The changes are in their order, so one walk gathers them; there are as many marks as fit.
fn marks(changes: &[ChangeGroup], scale: &Scale) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for change in changes {
        let x = scale.rect.min.x + ((scale.x(change.first) - scale.rect.min.x) / MARK).floor() * MARK;
        match marks.last_mut() {
            Some(mark) if mark.x >= x => mark.count += change.count,
            _ => marks.push(Mark {
                x,
                before: moment_before(change),
                first: change.first,
                count: change.count,
            }),
        }
    }
    marks
}

pub(super) fn line_ui(ui: &mut Ui, window: &mut WindowContext<'_>, at: Timestamp) {
    let palette = ui.palette();
    let (_, space) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let id = Id::unique("time line");
    let response = ui.interact(space, id, Sense::click_and_drag());
    let facts = LineFacts {
        folder: window.state.navigation.current().shown_folder(),
        changes: window.state.past.changes(),
        at,
        now: window.clock.now(),
    };
    let begin = window.ui_state.time_line.begin(&facts);
    let track = space.shrink2(vec2(KNOB + 2.0, 0.0)).with_max_y(space.max.y - DATES);
    let scale = Scale { rect: track, begin: begin.as_second(), end: facts.now.as_second() };
    let marks = marks(facts.changes, &scale);

    let pointed = response.hover_pos().and_then(|pos| nearest(&marks, pos.x));
    paint_track(ui.painter(), &scale, at, palette);
    paint_marks(ui.painter(), &marks, &scale, at, pointed, palette);
    paint_dates(ui.painter(), window, &scale, palette);
    paint_knob(ui.painter(), &response, &scale, at, palette);

    let words = moment_in_words(window, at);
    response.widget_info(|| WidgetInfo::slider(true, at.as_second() as f64, tr!("past-moment")));
    ui.ctx().accesskit_node_builder(id, |node| node.set_value(words.as_str()));
    if response.clicked() || response.dragged() {
        response.request_focus();
        if let Some(pointer) = response.interact_pointer_pos() {
            let moment = nearest(&marks, pointer.x).map_or_else(|| scale.moment(pointer.x), |it| it.before);
            act(window, PastAction::Show(moment));
        }
    }
    keys_ui(ui, window, &response);
    if let Some(pos) = response.hover_pos() {
        let text = match pointed {
            Some(mark) => {
                let changes = tr!("changes", count = mark.count);
                format!("{changes}, {}", moment_in_words(window, mark.first))
            }
            None => moment_in_words(window, scale.moment(pos.x)),
        };
        response.on_hover_text_at_pointer(text);
    }
}

fn nearest(marks: &[Mark], x: f32) -> Option<&Mark> {
    let distance = |mark: &Mark| (mark.x + MARK / 2.0 - x).abs();
    marks.iter().filter(|mark| distance(mark) <= SNAP).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// Left and right go from change to change.
fn keys_ui(ui: &Ui, window: &mut WindowContext<'_>, response: &Response) {
    if !response.has_focus() {
        return;
    }
    let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: false, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keys));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, step) in [(Key::ArrowLeft, PastStep::PreviousChange), (Key::ArrowRight, PastStep::NextChange)] {
        if pressed(key) {
            act(window, PastAction::Step(step));
        }
    }
}

fn paint_track(painter: &Painter, scale: &Scale, at: Timestamp, palette: &Palette) {
    let track = scale.rect;
    let later = track.with_min_x(scale.x(at));
    painter.rect_filled(later, 0, palette.surface_2.gamma_multiply(0.55));
    painter.hline(track.x_range(), track.max.y, (1.0, palette.past.gamma_multiply(0.45)));
}

fn paint_marks(
    painter: &Painter,
    marks: &[Mark],
    scale: &Scale,
    at: Timestamp,
    pointed: Option<&Mark>,
    palette: &Palette,
) {
    let most = marks.iter().map(|mark| mark.count).max().unwrap_or(1);
    let room = scale.rect.height() - 6.0;
    for mark in marks {
        // A thousand changes must not hide the days with one.
        let share = ((mark.count + 1) as f32).ln() / ((most + 1) as f32).ln();
        let corner = pos2(mark.x, scale.rect.max.y - 4.0 - (room - 4.0) * share);
        let bar = Rect::from_min_max(corner, pos2(mark.x + MARK - 1.0, scale.rect.max.y));
        let is_pointed = pointed.is_some_and(|pointed| pointed.first == mark.first);
        let color = match (is_pointed, mark.first > at) {
            (true, _) => palette.warning,
            (false, true) => palette.past.gamma_multiply(0.45),
            (false, false) => palette.past,
        };
        painter.rect_filled(bar, 1.0, color);
    }
}

/// Some days below the line, and where it ends.
fn paint_dates(painter: &Painter, window: &WindowContext<'_>, scale: &Scale, palette: &Palette) {
    let font = theme::tabular(11.0);
    let y = scale.rect.max.y + 7.0;
    let end = pos2(scale.rect.max.x, y);
    let now = paint_text(
        painter,
        Align2::RIGHT_TOP,
        end,
        80.0,
        tr!("details-now"),
        theme::medium(11.0),
        palette.text,
    );
    let count = ((scale.rect.width() / 150.0) as usize).clamp(2, 8);
    for index in 0..count {
        let x = scale.rect.min.x + scale.rect.width() * index as f32 / count as f32;
        let text = window.clock.short_day(scale.moment(x));
        let anchor = if index == 0 { Align2::LEFT_TOP } else { Align2::CENTER_TOP };
        if x < now.min.x - 50.0 {
            painter.vline(
                x,
                (scale.rect.max.y - 3.0)..=scale.rect.max.y,
                (1.0, palette.past.gamma_multiply(0.45)),
            );
            paint_text(painter, anchor, pos2(x, y), 100.0, &text, font.clone(), palette.dimmed);
        }
    }
}

fn paint_knob(painter: &Painter, response: &Response, scale: &Scale, at: Timestamp, palette: &Palette) {
    let x = scale.x(at);
    painter.vline(x, scale.rect.y_range(), (2.0, palette.accent));
    let center = pos2(x, scale.rect.max.y);
    painter.circle_filled(center, KNOB, palette.accent);
    painter.circle_filled(center, KNOB - 4.0, palette.past_tint);
    if response.has_focus() {
        let ring = response.rect.expand(1.0);
        painter.rect_stroke(ring, theme::CORNER, palette.focus_ring(), StrokeKind::Outside);
    }
}
