//! The foot of the side bar: how full the account is, whose it is, and the menu behind it.

use super::theme::{self, UiPalette};
use super::widgets::{paint_icon, paint_text, progress_bar_ui};
use super::{WindowContext, format, menu};
use coffer_model::AccountChoice;
use coffer_state::Command;
use coffer_texts::tr;
use egui::{Align2, Popup, Rect, RectAlign, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

const MARGIN: f32 = 18.0;

pub fn account_card_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let space = ui.max_rect();
    quota_ui(ui, window, space);
    let card = Rect::from_min_max(
        pos2(space.min.x + 8.0, space.max.y - 60.0),
        pos2(space.max.x - 8.0, space.max.y - 8.0),
    );
    let response = ui.interact(card, ui.scope_id().with("account"), Sense::click());
    let (name, detail) = words(window);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("account-named", name = name)));
    let palette = ui.palette();
    if response.hovered() || Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response)) {
        ui.painter().rect_filled(card, theme::CORNER, palette.hover());
    }
    if response.has_focus() {
        ui.painter().rect_stroke(card, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    }
    let middle = card.center().y;
    let offline = window.state.session.offline;
    let icon = if offline { icons::ICON_CLOUD_OFF } else { icons::ICON_ACCOUNT_CIRCLE };
    paint_icon(ui.painter(), pos2(card.min.x + 22.0, middle), icon, 26.0, palette.text.gamma_multiply(0.82));
    let left = card.min.x + 44.0;
    let width = card.max.x - left - 26.0;
    let line = |y: f32, text: &str, font, color| {
        paint_text(ui.painter(), Align2::LEFT_CENTER, pos2(left, y), width, text, font, color);
    };
    line(middle - 8.0, &name, theme::medium(theme::BODY_TEXT), palette.text);
    line(middle + 9.0, &detail, theme::regular(11.5), palette.dimmed);
    let more = pos2(card.max.x - 16.0, middle);
    paint_icon(ui.painter(), more, icons::ICON_UNFOLD_MORE, 18.0, palette.dimmed);
    menu_ui(ui, &response, window);
}

fn words(window: &WindowContext<'_>) -> (String, String) {
    let session = &window.state.session;
    let Some(account) = &session.account else {
        let name = match &window.state.session.choice {
            AccountChoice::Local => tr!("sign-in-local").to_owned(),
            AccountChoice::Dropbox { email, .. } => email.clone(),
            AccountChoice::CommandLine { api_url } => api_url.clone(),
        };
        let detail = match &session.ended {
            Some(problem) if problem.kind.needs_sign_in() => tr!("account-signed-out"),
            Some(_) => tr!("account-not-connected"),
            None if session.in_use.is_some() => tr!("account-card-in-use"),
            None if session.offline => tr!("account-not-connected"),
            None => tr!("sign-in-connecting"),
        };
        return (name, detail.to_owned());
    };
    let detail = match (session.offline, account.is_local) {
        (true, _) => tr!("account-offline").to_owned(),
        (false, true) => tr!("settings-computer").to_owned(),
        (false, false) => account.email.clone(),
    };
    // The owner of a local account is nobody in particular, and has a name of one language.
    let name = if account.is_local { tr!("sign-in-local").to_owned() } else { account.display_name.clone() };
    (name, detail)
}

fn quota_ui(ui: &mut Ui, window: &WindowContext<'_>, space: Rect) {
    let Some(account) = &window.state.session.account else { return };
    let width = space.width() - 2.0 * MARGIN;
    let (used, all) = (account.used_bytes, account.allocated_bytes);
    let fraction = if all == 0 { 0.0 } else { (used as f64 / all as f64) as f32 };
    let text = match all {
        // The account does not say how much it may hold.
        0 => tr!("account-used", used = format::size(used)),
        all => tr!("account-used-of", used = format::size(used), all = format::size(all)),
    };
    let bar = Rect::from_min_size(space.min + vec2(MARGIN, 14.0), vec2(width, 4.0));
    progress_bar_ui(&mut ui.new_child(UiBuilder::new().max_rect(bar)), &text, Some(fraction), width);
    let at = bar.left_bottom() + vec2(0.0, 15.0);
    let font = theme::tabular(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &text, font, ui.palette().dimmed);
}

fn menu_ui(ui: &Ui, response: &egui::Response, window: &mut WindowContext<'_>) {
    let mut chosen = None;
    let help = [Command::Settings, Command::CommandPalette, Command::Guide, Command::Shortcuts];
    let commands = [[Command::Account].as_slice(), &help, &[Command::SignOut]].concat();
    let width = menu::commands_width(ui, window, &commands);
    Popup::menu(response)
        .align(RectAlign::TOP_START)
        .width(width)
        .gap(6.0)
        .accessible_name(tr!("sign-in-account"))
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut group = |ui: &mut Ui, commands: &[Command]| {
                for &command in commands {
                    if menu::command_ui(ui, window, command).clicked() {
                        chosen = Some(command);
                    }
                }
            };
            group(ui, &[Command::Account]);
            menu::separator_ui(ui);
            group(ui, &help);
            if Command::SignOut.is_enabled(window.state) {
                menu::separator_ui(ui);
                if menu::command_ui(ui, window, Command::SignOut).clicked() {
                    chosen = Some(Command::SignOut);
                }
            }
            menu::keyboard_ui(ui);
        });
    if let Some(command) = chosen {
        window.command(command);
    }
}
