//! The limits of speed: one choice for uploads and one for downloads, with a number of one's own.

use crate::ui::View;
use crate::ui::format;
use crate::ui::theme::{self, UiTokens};
use crate::ui::widgets::{IconButton, Part, TextField, choice_ui, small, strong};
use coffer_state::Action;
use egui::{Key, Popup, PopupCloseBehavior, RectAlign, RichText, Ui, vec2};
use egui_material_icons::icons;

const WIDTH: f32 = 410.0;

/// Bytes a second that are offered; the first is no limit.
const OFFERED: [Limit; 4] =
    [Limit(None), Limit(Some(500_000)), Limit(Some(1_000_000)), Limit(Some(5_000_000))];

/// Bytes a second; none is all there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limit(Option<u64>);

/// The button in the head of the panel, and what it opens.
pub(super) fn button_ui(ui: &mut Ui, view: &mut View<'_>, edge: f32) {
    let settings = &view.state.settings;
    let limited = settings.upload_limit.is_some() || settings.download_limit.is_some();
    let button = IconButton::new(icons::ICON_SPEED, "Speed limits…").size(edge, 20.0).selected(limited);
    let response = ui.add(button);
    Popup::from_toggle_button_response(&response)
        .align(RectAlign::TOP_END)
        .align_alternatives(&[RectAlign::BOTTOM_END])
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .frame(theme::card_frame(ui.tokens()).inner_margin(16))
        .width(WIDTH)
        .gap(6.0)
        .accessible_name("Speed limits")
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing = vec2(10.0, 8.0);
            strong(ui, "Speed limits");
            let (upload, download) = (view.state.settings.upload_limit, view.state.settings.download_limit);
            if let Some(Limit(upload)) = limit_ui(ui, view, 0, "Uploads", upload) {
                view.act(Action::SetLimits { upload, download });
            }
            if let Some(Limit(download)) = limit_ui(ui, view, 1, "Downloads", download) {
                view.act(Action::SetLimits { upload, download });
            }
            small(ui, "Speed limits apply immediately. All uploads share one limit, all downloads another.");
        });
}

/// Answers with the limit that was chosen in this frame.
fn limit_ui(ui: &mut Ui, view: &mut View<'_>, which: usize, name: &str, limit: Option<u64>) -> Option<Limit> {
    ui.label(RichText::new(name).font(theme::medium(theme::SMALL_TEXT)).color(ui.tokens().dimmed));
    ui.horizontal(|ui| {
        let words = OFFERED.map(in_words);
        let parts = words.each_ref().map(|word| Part { word, enabled: true });
        let chosen = OFFERED.iter().position(|offered| *offered == Limit(limit));
        let mut answer = choice_ui(ui, name, &parts, chosen).map(|index| OFFERED[index]);
        if answer.is_some() {
            view.memory.transfers.limits[which] = None;
        }
        let own = own_ui(ui, view, which, name, limit.filter(|_| chosen.is_none()));
        answer = own.or(answer);
        small(ui, "KB/s");
        answer
    })
    .inner
}

/// A number of one's own, in KB a second; it holds when Enter is pressed or the field is left.
fn own_ui(ui: &mut Ui, view: &mut View<'_>, which: usize, name: &str, limit: Option<u64>) -> Option<Limit> {
    let typed = view.memory.transfers.limits[which].clone();
    let shown = limit.map(|limit| (limit / 1000).to_string()).unwrap_or_default();
    let mut text = typed.unwrap_or(shown);
    let parsed = parse(&text);
    let wrong = parsed.is_none();
    let label = format!("{name}: custom limit in KB/s");
    let response =
        TextField::new(&label, &mut text).hint("Custom").width(78.0).height(30.0).wrong(wrong).show(ui);
    if response.changed() {
        view.memory.transfers.limits[which] = Some(text);
        return None;
    }
    let enter = response.lost_focus() || ui.input(|input| input.key_pressed(Key::Enter));
    if !enter || view.memory.transfers.limits[which].is_none() {
        return None;
    }
    view.memory.transfers.limits[which] = None;
    parsed
}

fn in_words(Limit(limit): Limit) -> String {
    limit.map_or_else(|| "No limit".to_owned(), |bytes| format!("{}/s", format::size(bytes)))
}

/// "750" is 750 KB a second, nothing is no limit; `None` for what is no number.
fn parse(text: &str) -> Option<Limit> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Limit(None));
    }
    let kilobytes: u64 = text.parse().ok().filter(|number| *number > 0)?;
    Some(Limit(Some(kilobytes.checked_mul(1000)?)))
}

#[cfg(test)]
mod tests {
    use super::{Limit, parse};

    #[test]
    fn an_own_limit_is_a_number_of_kilobytes() {
        assert_eq!(parse(" 750 "), Some(Limit(Some(750_000))));
        assert_eq!(parse(""), Some(Limit(None)));
        for nonsense in ["0", "fast", "-3", "1.5", "99999999999999999999"] {
            assert_eq!(parse(nonsense), None, "{nonsense}");
        }
    }
}
