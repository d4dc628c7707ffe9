//! The second line of the band: the moment as a date and a time that can be typed, and steps through time.

use super::act;
use crate::ui::WindowContext;
use crate::ui::theme;
use crate::ui::widgets::{IconButton, PushButton, TextField, sides_ui};
use coffer_state::past::{PastAction, PastStep};
use coffer_texts::tr;
use egui::{Id, Key, Ui};
use egui_material_icons::icons;
use jiff::Timestamp;

/// With its words in short, and whole.
type PastStepWords = (PastStep, &'static str, &'static str);

/// From the past to the present.
fn all_steps() -> [PastStepWords; 4] {
    [
        (PastStep::WeekBack, tr!("past-week-back"), tr!("past-week-earlier")),
        (PastStep::DayBack, tr!("past-day-back"), tr!("past-day-earlier")),
        (PastStep::HourBack, tr!("past-hour-back"), tr!("past-hour-earlier")),
        (PastStep::HourOn, tr!("past-hour-on"), tr!("past-hour-later")),
    ]
}

/// The day first.
const BY_USE: [usize; 4] = [1, 0, 2, 3];

const DATE_WIDTH: f32 = 136.0;
const TIME_WIDTH: f32 = 92.0;
/// Both fields, the steps, and the words of the steps to changes.
const ROOM_FOR_WORDS: f32 = 830.0;

pub(super) fn fields_ui(ui: &mut Ui, window: &mut WindowContext<'_>, at: Timestamp) {
    let has_words = ui.available_width() >= ROOM_FOR_WORDS;
    let steps = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        moment_ui(ui, window, at);
        ui.add_space(6.0);
        for (step, text, name) in steps_that_fit(ui) {
            let enabled = window.state.moment_of(step).is_some();
            if ui.add(PushButton::quiet(text).enabled(enabled).tooltip(name)).clicked() {
                act(window, PastAction::Step(step));
            }
        }
    };
    let changes = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let previous = (PastStep::PreviousChange, tr!("past-before-last-change"), icons::ICON_CHEVRON_LEFT);
        let next = (PastStep::NextChange, tr!("past-next-change"), icons::ICON_CHEVRON_RIGHT);
        for (step, text, icon) in [previous, next] {
            let enabled = window.state.moment_of(step).is_some();
            let clicked = if has_words {
                ui.add(PushButton::quiet(text).icon(icon).enabled(enabled)).clicked()
            } else {
                ui.add(IconButton::new(icon, text).filled(true).enabled(enabled)).clicked()
            };
            if clicked {
                act(window, PastAction::Step(step));
            }
        }
    };
    sides_ui(ui, window, 6.0, steps, changes);
}

/// In a narrow window the less useful steps are left out; any moment can be typed.
fn steps_that_fit(ui: &Ui) -> Vec<PastStepWords> {
    let steps = all_steps();
    let mut room = ui.available_width();
    let mut fits = [false; BY_USE.len()];
    for index in BY_USE {
        room -= PushButton::quiet(steps[index].1).width(ui);
        if room < 0.0 {
            break;
        }
        fits[index] = true;
        room -= ui.spacing().item_spacing.x;
    }
    steps.into_iter().zip(fits).filter_map(|(step, fits)| fits.then_some(step)).collect()
}

/// What is being typed in the two fields, as long as one of them has the keyboard.
#[derive(Clone, Default)]
struct TypedMoment {
    date: String,
    time: String,
    is_wrong: bool,
}

fn moment_ui(ui: &mut Ui, window: &mut WindowContext<'_>, at: Timestamp) {
    let (date_id, time_id) = (Id::unique("moment date"), Id::unique("moment time"));
    let typed_id = Id::unique("typed moment");
    let has_keys = ui.memory(|memory| memory.has_focus(date_id) || memory.has_focus(time_id));
    let (date, time) = window.clock.date_and_time(at);
    let shown = TypedMoment { date, time, is_wrong: false };
    let mut typed =
        ui.data(|data| data.get_temp::<TypedMoment>(typed_id)).filter(|_| has_keys).unwrap_or(shown);
    let tabular = theme::tabular(theme::BODY_TEXT);
    let date_field = TextField::new(tr!("column-date"), &mut typed.date)
        .hint("2026-11-12")
        .icon(icons::ICON_CALENDAR_TODAY)
        .id(date_id)
        .font(tabular.clone())
        .wrong(typed.is_wrong)
        .select_all()
        .width(DATE_WIDTH)
        .show(ui);
    let time_field = TextField::new(tr!("past-time"), &mut typed.time)
        .hint("08:30")
        .icon(icons::ICON_SCHEDULE)
        .id(time_id)
        .font(tabular)
        .wrong(typed.is_wrong)
        .select_all()
        .width(TIME_WIDTH)
        .show(ui);
    let moment = window.clock.parse_moment(&typed.date, &typed.time).filter(|it| *it <= window.clock.now());
    typed.is_wrong = moment.is_none();
    let left = date_field.lost_focus() || time_field.lost_focus();
    if left && ui.input(|input| input.key_pressed(Key::Enter)) {
        match moment {
            Some(moment) => act(window, PastAction::Show(moment)),
            // What was typed stays, to be mended.
            None if time_field.lost_focus() => time_field.request_focus(),
            None => date_field.request_focus(),
        }
    }
    ui.data_mut(|data| data.insert_temp(typed_id, typed));
}
