//! Whose files are shown: the account on this computer, or a Dropbox that is signed in to in three steps.

use super::app_key_help::app_key_help_ui;
use super::frame::{DialogFrame, footer_ui, grab_focus, problem_line_ui};
use crate::ui::WindowContext;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{PushButton, TextField, paint_icon, paint_text};
use coffer_model::AccountChoice;
use coffer_state::action::DialogAction;
use coffer_state::sign_in::SignInDialog;
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{
    Align2, Context, Id, Key, Modifiers, Rect, Response, RichText, Role, Sense, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::{MaterialIcon, icons};

pub(super) fn sign_in_ui(ctx: &Context, window: &mut WindowContext<'_>, sign_in: &SignInDialog) {
    // Whoever has begun, or was thrown out, wants the steps.
    let begun = sign_in.page_url.is_some() || sign_in.page_request.is_some() || sign_in.connecting.is_some();
    let ended = window.state.session.ended.is_some() && window.state.session.choice != AccountChoice::Local;
    let is_first = window.state.welcome.is_some();
    if begun || is_first || (ended && window.ui_state.dialogs.fresh) {
        window.ui_state.dialogs.connecting = true;
    }
    window.ui_state.dialogs.fresh = false;
    if window.ui_state.dialogs.connecting { steps_ui(ctx, window, sign_in) } else { choice_ui(ctx, window) }
}

fn choice_ui(ctx: &Context, window: &mut WindowContext<'_>) {
    let subtitle = tr!("sign-in-choose");
    let frame = DialogFrame { title: tr!("sign-in-account"), subtitle, width: 432.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let current = window.state.session.choice.clone();
        ui.spacing_mut().item_spacing.y = 8.0;
        let here = AccountCard {
            icon: icons::ICON_COMPUTER,
            name: tr!("sign-in-local"),
            detail: tr!("sign-in-local-detail"),
            in_use: current == AccountChoice::Local,
        };
        let here = here.show(ui);
        if here.clicked() {
            window.act(Action::Dialog(DialogAction::ChooseAccount(AccountChoice::Local)));
        }
        if let AccountChoice::CommandLine { api_url } = &current {
            let detail = tr!("sign-in-command-line", api_url = api_url);
            AccountCard { icon: icons::ICON_DNS, name: tr!("sign-in-server"), detail: &detail, in_use: true }
                .show(ui);
        }
        for account in window.state.settings.sign_ins.clone() {
            let AccountChoice::Dropbox { email, .. } = &account else { continue };
            let card = AccountCard {
                icon: icons::ICON_CLOUD,
                name: email,
                detail: "Dropbox",
                in_use: account == current,
            };
            if card.show(ui).clicked() {
                window.act(Action::Dialog(DialogAction::ChooseAccount(account)));
            }
        }
        let first = window.state.settings.sign_ins.is_empty();
        let dropbox = AccountCard {
            icon: if first { icons::ICON_CLOUD } else { icons::ICON_ADD },
            name: if first { "Dropbox" } else { tr!("sign-in-add") },
            detail: tr!("sign-in-dropbox-detail"),
            in_use: false,
        };
        let dropbox = dropbox.show(ui);
        grab_focus(window, if current == AccountChoice::Local { &dropbox } else { &here });
        if dropbox.clicked() {
            window.ui_state.dialogs.connecting = true;
            window.ui_state.dialogs.focus_wanted = true;
        }
        ui.add_space(8.0);
        let signed_in = matches!(current, AccountChoice::Dropbox { .. });
        let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
            if ui.add(PushButton::quiet(tr!("close"))).clicked() {
                window.act(Action::CloseDialog);
            }
        };
        footer_ui(ui, window, buttons, |ui, window| {
            if signed_in
                && ui.add(PushButton::danger(tr!("command-sign-out")).icon(icons::ICON_LOGOUT)).clicked()
            {
                window.act(Action::CloseDialog);
                window.command(Command::SignOut);
            }
        });
    });
}

/// One account to choose.
struct AccountCard<'a> {
    icon: MaterialIcon,
    name: &'a str,
    detail: &'a str,
    in_use: bool,
}

impl AccountCard<'_> {
    fn show(&self, ui: &mut Ui) -> Response {
        let palette = ui.palette();
        let width = ui.available_width() - 108.0;
        let font = theme::regular(theme::SMALL_TEXT);
        let detail = ui.painter().layout(self.detail.to_owned(), font, palette.dimmed, width);
        let height = 50.0 + detail.size().y;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, self.in_use, self.name));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(self.detail));
        let painter = ui.painter();
        let fill = if self.in_use { palette.selection() } else { palette.surface_2 };
        painter.rect_filled(rect, theme::CORNER, fill);
        if response.hovered() {
            painter.rect_filled(rect, theme::CORNER, palette.hover());
        }
        if response.has_focus() {
            let stroke = palette.focus_ring();
            painter.rect_stroke(rect.expand(1.5), theme::CORNER, stroke, StrokeKind::Outside);
        }
        let middle = rect.center().y;
        paint_icon(painter, pos2(rect.min.x + 30.0, middle), self.icon, 26.0, palette.text);
        let left = rect.min.x + 60.0;
        let mark = if self.in_use { icons::ICON_CHECK_CIRCLE } else { icons::ICON_CHEVRON_RIGHT };
        let color = if self.in_use { palette.accent } else { palette.dimmed };
        paint_icon(painter, pos2(rect.max.x - 26.0, middle), mark, 22.0, color);
        let (at, font) = (pos2(left, rect.min.y + 24.0), theme::semibold(theme::BODY_TEXT));
        paint_text(painter, Align2::LEFT_CENTER, at, width, self.name, font, palette.text);
        painter.galley(pos2(left, rect.min.y + 36.0), detail, palette.dimmed);
        response
    }
}

fn steps_ui(ctx: &Context, window: &mut WindowContext<'_>, sign_in: &SignInDialog) {
    let subtitle = tr!("sign-in-subtitle");
    let frame = DialogFrame { title: tr!("sign-in-title"), subtitle, width: 520.0, light: false };
    frame.show(ctx, window, |ui, window| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let has_key = !sign_in.app_key.trim().is_empty();
        let has_page = sign_in.page_url.is_some();
        if has_page && !window.ui_state.dialogs.page_seen {
            window.ui_state.dialogs.page_seen = true;
            window.ui_state.dialogs.focus_wanted = true;
        }
        // A program that brings its key needs no step for it.
        let first = usize::from(!sign_in.has_built_in_key || window.ui_state.dialogs.own_app_key);
        let step = if has_page {
            first + 2
        } else if has_key {
            first + 1
        } else {
            1
        };
        if first == 1 {
            step_ui(ui, 1, step, tr!("sign-in-app-key"), |ui| app_key_ui(ui, window, sign_in, step == 1));
        }
        let (page, code) = (first + 1, first + 2);
        step_ui(ui, page, step, tr!("sign-in-allow"), |ui| {
            page_ui(ui, window, sign_in, step == page);
            if first == 0 && ui.add(PushButton::link(tr!("sign-in-own-key")).height(22.0)).clicked() {
                window.ui_state.dialogs.own_app_key = true;
            }
        });
        step_ui(ui, code, step, tr!("sign-in-paste"), |ui| code_ui(ui, window, sign_in, step == code));
        if let Some(problem) = &sign_in.problem {
            problem_line_ui(ui, problem);
        }
        ui.add_space(6.0);
        steps_buttons_ui(ui, window, sign_in);
    });
}

/// A numbered step: done, now, or later.
fn step_ui(ui: &mut Ui, number: usize, now: usize, title: &str, content: impl FnOnce(&mut Ui)) {
    let palette = ui.palette();
    let space = ui.available_rect_before_wrap();
    let inner = Rect::from_min_max(space.min + vec2(40.0, 0.0), space.max);
    paint_number(ui, pos2(space.min.x + 13.0, space.min.y + 13.0), number, now, palette);
    let shown = ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt(("step", number)), |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.add_space(3.0);
        ui.label(RichText::new(title).font(theme::semibold(theme::BODY_TEXT)));
        content(ui);
    });
    let rect = Rect::from_min_max(space.min, pos2(space.max.x, shown.response.rect.max.y + 12.0));
    ui.allocate_rect(rect, Sense::hover());
}

fn paint_number(ui: &Ui, center: egui::Pos2, number: usize, now: usize, palette: &Palette) {
    let reached = number <= now;
    let fill = if reached { palette.accent } else { palette.surface_2 };
    let color = if reached { palette.on_accent } else { palette.dimmed };
    ui.painter().circle_filled(center, 13.0, fill);
    if number < now {
        paint_icon(ui.painter(), center, icons::ICON_CHECK, 16.0, color);
    } else {
        let font = theme::semibold(theme::BODY_TEXT);
        ui.painter().text(center, Align2::CENTER_CENTER, number, font, color);
    }
}

fn app_key_ui(ui: &mut Ui, window: &mut WindowContext<'_>, sign_in: &SignInDialog, now: bool) {
    let mut app_key = sign_in.app_key.clone();
    let field = TextField::new(tr!("sign-in-app-key"), &mut app_key)
        .hint(tr!("sign-in-key-example"))
        .id(Id::unique("app key"))
        .height(36.0);
    let response = field.show(ui);
    if now {
        grab_focus(window, &response);
    }
    if response.changed() {
        window.act(Action::Dialog(DialogAction::EditAppKey(app_key)));
    }
    // Stays when the field is filled, so that nothing moves under the pointer, until the person is in the browser.
    if sign_in.page_url.is_none() {
        small(ui, tr!("sign-in-key-why"));
        app_key_help_ui(ui);
    }
    ui.horizontal(|ui| {
        // The words of links stand in line with the field.
        ui.add_space(-4.0);
        let link =
            PushButton::link(tr!("sign-in-key-get")).trailing_icon(icons::ICON_ARROW_OUTWARD).height(22.0);
        if ui.add(link).clicked() {
            window.act(Action::Dialog(DialogAction::HowToGetAppKey));
        }
        let open = window.ui_state.dialogs.other_service || sign_in.api_url.is_some();
        if !open && ui.add(PushButton::link(tr!("sign-in-other-server")).height(22.0)).clicked() {
            window.ui_state.dialogs.other_service = true;
        }
    });
    if window.ui_state.dialogs.other_service || sign_in.api_url.is_some() {
        let mut url = sign_in.api_url.clone().unwrap_or_default();
        let field = TextField::new(tr!("sign-in-server-address"), &mut url)
            .hint(tr!("sign-in-server-hint"))
            .id(Id::unique("other service"));
        if field.show(ui).changed() {
            window.ui_state.dialogs.other_service = true;
            window.act(Action::Dialog(DialogAction::EditApiUrl(url)));
        }
    }
}

fn page_ui(ui: &mut Ui, window: &mut WindowContext<'_>, sign_in: &SignInDialog, now: bool) {
    let opening = sign_in.page_request.is_some();
    ui.horizontal(|ui| {
        let words = match (opening, sign_in.api_url.is_some()) {
            (true, _) => tr!("sign-in-opening"),
            (false, true) => tr!("sign-in-open-page"),
            (false, false) => tr!("sign-in-open-dropbox"),
        };
        let button = PushButton::quiet(words)
            .trailing_icon(icons::ICON_ARROW_OUTWARD)
            .enabled(sign_in.can_open_page() && !opening)
            .id(Id::unique("open the page"));
        let response = ui.add(button);
        if now && sign_in.can_open_page() {
            grab_focus(window, &response);
        }
        if response.clicked() {
            window.act(Action::Dialog(DialogAction::OpenAuthorizePage));
        }
        if sign_in.page_url.is_some() && ui.add(PushButton::link(tr!("sign-in-copy-page"))).clicked() {
            window.act(Action::Dialog(DialogAction::CopyAuthorizePage));
        }
    });
}

fn code_ui(ui: &mut Ui, window: &mut WindowContext<'_>, sign_in: &SignInDialog, now: bool) {
    let mut code = sign_in.code.clone();
    let field = TextField::new(tr!("sign-in-code"), &mut code)
        .id(Id::unique("code"))
        .height(36.0)
        .wrong(sign_in.problem.is_some() && !sign_in.code.is_empty());
    let response = field.show(ui);
    if now {
        grab_focus(window, &response);
    }
    if response.changed() {
        window.act(Action::Dialog(DialogAction::EditCode(code)));
    }
    let had_keys = response.has_focus() || response.lost_focus();
    let enter = had_keys && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    if enter && sign_in.can_connect() {
        window.act(Action::Dialog(DialogAction::Connect));
    }
}

fn steps_buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, sign_in: &SignInDialog) {
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if ui.add(PushButton::quiet(tr!("cancel"))).clicked() {
            window.act(Action::CloseDialog);
        }
        let words =
            if sign_in.connecting.is_some() { tr!("sign-in-connecting") } else { tr!("sign-in-connect") };
        if ui.add(PushButton::primary(words).enabled(sign_in.can_connect())).clicked() {
            window.act(Action::Dialog(DialogAction::Connect));
        }
    };
    footer_ui(ui, window, buttons, |_, _| {});
}

fn small(ui: &mut Ui, words: &str) {
    let color = ui.palette().dimmed;
    let words = RichText::new(words).font(theme::regular(theme::SMALL_TEXT)).color(color);
    ui.label(words.line_height(Some(17.0)));
}
