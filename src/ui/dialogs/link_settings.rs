//! For whom a link is, its password and its last day: before there is one, and later. What an account may not choose is not
//! there.

use crate::ui::WindowContext;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{ChoiceOption, TextField, choice_within_ui, paint_text, sides_ui, switch_ui};
use coffer_model::link::{Audience, LinkSettings};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::share::ShareDialog;
use coffer_texts::tr;
use egui::{Align2, Id, Key, Label, Response, RichText, Ui};
use egui_material_icons::icons;
use jiff::{Timestamp, ToSpan as _};

const DATE_WIDTH: f32 = 150.0;
/// The last minute of the day that is chosen.
const LAST_MINUTE: &str = "23:59";
/// Until then, when the switch is turned on.
const USUAL_DAYS: i32 = 30;

/// `confirm` is what Enter in one of the fields does.
pub(super) fn link_settings_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    share: &ShareDialog,
    confirm: DialogAction,
) {
    let options = share.options();
    if !options.has_choice() {
        return;
    }
    ui.add_space(12.0);
    let mut settings = share.settings.clone();
    let mut is_confirmed = false;
    ui.add_enabled_ui(!share.is_changing, |ui| {
        if options.audiences.len() > 1 {
            audience_ui(ui, &options.audiences, &mut settings);
            if settings.audience == Audience::Password {
                is_confirmed |= password_ui(ui, share, &mut settings);
            }
        }
        if options.expiry {
            ui.add_space(4.0);
            is_confirmed |= expiry_ui(ui, window, &mut settings);
        }
    });
    if settings != share.settings {
        window.act(Action::Dialog(DialogAction::EditLink(settings)));
    }
    if is_confirmed {
        window.act(Action::Dialog(confirm));
    }
}

fn audience_ui(ui: &mut Ui, audiences: &[Audience], settings: &mut LinkSettings) {
    caption_ui(ui, tr!("share-who"));
    let words: Vec<ChoiceOption<'_>> =
        audiences.iter().map(|audience| ChoiceOption { word: word(*audience), enabled: true }).collect();
    let chosen = audiences.iter().position(|audience| *audience == settings.audience);
    let room = ui.available_width();
    if let Some(index) = choice_within_ui(ui, tr!("share-who"), &words, chosen, room) {
        settings.audience = audiences[index];
        settings.password = None;
        // Who goes through the choice by keys stays in it.
        if settings.audience == Audience::Password && ui.input(|input| input.pointer.any_click()) {
            ui.memory_mut(|memory| memory.request_focus(password_id()));
        }
    }
}

fn word(audience: Audience) -> &'static str {
    match audience {
        Audience::Anyone => tr!("share-audience-anyone"),
        Audience::Password => tr!("share-audience-password"),
        Audience::Team => tr!("share-audience-team"),
        Audience::OnlyInvited => tr!("share-audience-invited"),
    }
}

fn password_id() -> Id {
    Id::unique("password of the link")
}

/// In sight while it is typed: it has to be told to others, and the service never tells it again. Answers whether Enter
/// was pressed in it.
fn password_ui(ui: &mut Ui, share: &ShareDialog, settings: &mut LinkSettings) -> bool {
    let has_one = share.link.value().is_some_and(|link| link.audience == Audience::Password);
    let hint = if has_one { tr!("share-password-kept") } else { tr!("share-password") };
    let mut typed = settings.password.as_ref().map_or_else(String::new, |it| it.reveal().to_owned());
    let field =
        TextField::new(tr!("share-password"), &mut typed).hint(hint).icon(icons::ICON_LOCK).id(password_id());
    ui.add_space(4.0);
    let response = field.show(ui);
    if response.changed() {
        settings.password = (!typed.is_empty()).then(|| typed.into());
    }
    is_entered(ui, &response)
}

fn is_entered(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Answers whether Enter was pressed in the field of a day that can be.
fn expiry_ui(ui: &mut Ui, window: &mut WindowContext<'_>, settings: &mut LinkSettings) -> bool {
    let expires = settings.expires;
    let name = |ui: &mut Ui, _: &mut WindowContext<'_>| {
        // For the eye: the switch has the name.
        let (place, font) = (ui.max_rect(), theme::regular(theme::BODY_TEXT));
        let color = ui.palette().text;
        let at = place.left_center();
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, place.width(), tr!("share-ends"), font, color);
    };
    let control = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let typed = expires.map(|expires| date_ui(ui, window, expires));
        let switched = switch_ui(ui, tr!("share-ends"), expires.is_some());
        (typed, switched)
    };
    let ((), (typed, switched)) = sides_ui(ui, window, 12.0, name, control);
    let (end, is_entered) = typed.unwrap_or_default();
    if end.is_some() {
        settings.expires = end;
    }
    if switched {
        settings.expires = if expires.is_some() { None } else { usual_end(window) };
    }
    end.is_some() && is_entered
}

fn usual_end(window: &WindowContext<'_>) -> Option<Timestamp> {
    let day = window.clock.date(window.clock.now()).checked_add(USUAL_DAYS.days()).ok()?;
    window.clock.parse_moment(&day.to_string(), LAST_MINUTE)
}

/// The day as a field. Answers its end, the given one until another day is typed, and whether Enter was pressed.
fn date_ui(ui: &mut Ui, window: &WindowContext<'_>, expires: Timestamp) -> (Option<Timestamp>, bool) {
    let id = Id::unique("last day of the link");
    let typed_id = id.with("typed");
    let shown = window.clock.date_and_time(expires).0;
    let is_edited = ui.memory(|memory| memory.has_focus(id));
    let mut typed = ui.data(|data| data.get_temp::<String>(typed_id)).filter(|_| is_edited).unwrap_or(shown);
    let end_of = |typed: &str| match window.clock.parse_moment(typed, LAST_MINUTE) {
        // Links may end at any moment of their last day.
        Some(end) if window.clock.date(end) == window.clock.date(expires) => Some(expires),
        end => end.filter(|end| *end > window.clock.now()),
    };
    let is_wrong = is_edited && end_of(&typed).is_none();
    let response = TextField::new(tr!("share-end-date"), &mut typed)
        .hint("2026-12-31")
        .icon(icons::ICON_CALENDAR_TODAY)
        .id(id)
        .font(theme::tabular(theme::BODY_TEXT))
        .wrong(is_wrong)
        .select_all()
        .width(DATE_WIDTH)
        .show(ui);
    let end = if response.changed() || is_edited { end_of(&typed) } else { Some(expires) };
    let is_entered = is_entered(ui, &response);
    ui.data_mut(|data| data.insert_temp(typed_id, typed));
    (end, is_entered)
}

fn caption_ui(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).font(theme::regular(theme::SMALL_TEXT)).color(ui.palette().dimmed);
    ui.add(Label::new(words).selectable(false));
}
