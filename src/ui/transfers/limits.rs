//! The limits of speed: one choice for uploads and one for downloads, with a number of one's own.

use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{ChoiceOption, IconButton, TextField, choice_ui, small, strong};
use coffer_state::Action;
use coffer_texts::tr;
use egui::{Key, Popup, PopupCloseBehavior, RectAlign, RichText, Ui, vec2};
use egui_material_icons::icons;

const WIDTH: f32 = 410.0;

/// Bytes a second that are offered; the first is no limit.
const OFFERED: [LimitChoice; 4] = [
    LimitChoice(None),
    LimitChoice(Some(500_000)),
    LimitChoice(Some(1_000_000)),
    LimitChoice(Some(5_000_000)),
];

/// Bytes a second; none is all there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LimitChoice(Option<u64>);

/// The button in the head of the panel, and what it opens.
pub(super) fn button_ui(ui: &mut Ui, window: &mut WindowContext<'_>, edge: f32) {
    let settings = &window.state.settings;
    let limited = settings.upload_limit.is_some() || settings.download_limit.is_some();
    let button = IconButton::new(icons::ICON_SPEED, tr!("limits-button")).size(edge, 20.0).selected(limited);
    let response = ui.add(button);
    Popup::from_toggle_button_response(&response)
        .align(RectAlign::TOP_END)
        .align_alternatives(&[RectAlign::BOTTOM_END])
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .frame(theme::card_frame(ui.palette()).inner_margin(16))
        .width(WIDTH)
        .gap(6.0)
        .accessible_name(tr!("settings-limits"))
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing = vec2(10.0, 8.0);
            strong(ui, tr!("settings-limits"));
            limits_ui(ui, window);
        });
}

/// Both limits, each with its name above.
pub fn limits_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let (upload, download) = (window.state.settings.upload_limit, window.state.settings.download_limit);
    if let Some(LimitChoice(upload)) = limit_ui(ui, window, 0, tr!("limits-uploads"), upload) {
        window.act(Action::SetLimits { upload, download });
    }
    if let Some(LimitChoice(download)) = limit_ui(ui, window, 1, tr!("limits-downloads"), download) {
        window.act(Action::SetLimits { upload, download });
    }
    small(ui, tr!("limits-note"));
}

/// Answers with the limit that was chosen in this frame.
fn limit_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    which: usize,
    name: &str,
    limit: Option<u64>,
) -> Option<LimitChoice> {
    ui.label(RichText::new(name).font(theme::medium(theme::SMALL_TEXT)).color(ui.palette().dimmed));
    ui.horizontal(|ui| {
        let words = OFFERED.map(in_words);
        let parts = words.each_ref().map(|word| ChoiceOption { word, enabled: true });
        let chosen = OFFERED.iter().position(|offered| *offered == LimitChoice(limit));
        let mut answer = choice_ui(ui, name, &parts, chosen).map(|index| OFFERED[index]);
        if answer.is_some() {
            window.ui_state.transfers.limits[which] = None;
        }
        let custom = custom_limit_ui(ui, window, which, name, limit.filter(|_| chosen.is_none()));
        answer = custom.or(answer);
        small(ui, "KB/s");
        answer
    })
    .inner
}

/// A number of one's own, in KB a second; it holds when Enter is pressed or the field is left.
fn custom_limit_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    which: usize,
    name: &str,
    limit: Option<u64>,
) -> Option<LimitChoice> {
    let typed = window.ui_state.transfers.limits[which].clone();
    let shown = limit.map(|limit| (limit / 1000).to_string()).unwrap_or_default();
    let mut text = typed.unwrap_or(shown);
    let parsed = parse(&text);
    let wrong = parsed.is_none();
    let label = tr!("limits-custom-named", name = name);
    let response = TextField::new(&label, &mut text)
        .hint(tr!("limits-custom"))
        .width(78.0)
        .height(30.0)
        .wrong(wrong)
        .show(ui);
    if response.changed() {
        window.ui_state.transfers.limits[which] = Some(text);
        return None;
    }
    let enter = response.lost_focus() || ui.input(|input| input.key_pressed(Key::Enter));
    if !enter || window.ui_state.transfers.limits[which].is_none() {
        return None;
    }
    window.ui_state.transfers.limits[which] = None;
    parsed
}

fn in_words(LimitChoice(limit): LimitChoice) -> String {
    limit.map_or_else(|| tr!("limits-none").to_owned(), |bytes| format!("{}/s", format::size(bytes)))
}

/// "750" is 750 KB a second, nothing is no limit; `None` for what is no number.
fn parse(text: &str) -> Option<LimitChoice> {
    let text = text.trim();
    if text.is_empty() {
        return Some(LimitChoice(None));
    }
    let kilobytes: u64 = text.parse().ok().filter(|number| *number > 0)?;
    Some(LimitChoice(Some(kilobytes.checked_mul(1000)?)))
}

#[cfg(test)]
mod tests {
    use super::{LimitChoice, parse};

    #[test]
    fn an_own_limit_is_a_number_of_kilobytes() {
        assert_eq!(parse(" 750 "), Some(LimitChoice(Some(750_000))));
        assert_eq!(parse(""), Some(LimitChoice(None)));
        for nonsense in ["0", "fast", "-3", "1.5", "99999999999999999999"] {
            assert_eq!(parse(nonsense), None, "{nonsense}");
        }
    }
}
