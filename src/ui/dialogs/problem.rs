//! A problem in full: what happened, why, and the number to quote when asking for help.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use super::share::fact_ui;
use crate::ui::WindowContext;
use crate::ui::banner::{open_sign_in_page, open_sign_in_page_words};
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, PushButton};
use coffer_model::{Problem, Recovery};
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{Align, Align2, Context, Layout, RichText, Role, Sense, Ui, WidgetInfo, vec2};
use egui_material_icons::icons;

pub(super) fn problem_ui(ctx: &Context, window: &mut WindowContext<'_>, problem: &Problem) {
    let frame = DialogFrame { title: tr!("problem-title"), subtitle: "", width: 440.0, light: true };
    frame.show(ctx, window, |ui, window| {
        ui.label(RichText::new(&problem.title).font(theme::medium(theme::BODY_TEXT)));
        paragraph_ui(ui, &problem.detail, ui.palette().dimmed);
        if let Some(path) = &problem.path {
            ui.add_space(4.0);
            fact_ui(ui, icons::ICON_FOLDER_OPEN, &path.to_string());
        }
        if let Some(request_id) = problem.request_id() {
            ui.add_space(4.0);
            request_id_ui(ui, window, request_id);
        }
        ui.add_space(8.0);
        buttons_ui(ui, window, problem);
    });
}

/// The number under which the service keeps its side of the story.
fn request_id_ui(ui: &mut Ui, window: &mut WindowContext<'_>, request_id: &str) {
    let palette = ui.palette();
    let color = palette.dimmed;
    let words = tr!("problem-request-id");
    ui.label(RichText::new(words).font(theme::regular(theme::SMALL_TEXT)).color(color));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, request_id));
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    let font = theme::mono(theme::SMALL_TEXT);
    let at = rect.left_center() + vec2(12.0, 0.0);
    ui.painter().text(at, Align2::LEFT_CENTER, request_id, font, palette.text);
    let layout = Layout::right_to_left(Align::Center);
    let place = rect.shrink2(vec2(3.0, 0.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(place).layout(layout), |ui| {
        let (icon, name) = if window.ui_state.dialogs.copied {
            (icons::ICON_CHECK, tr!("share-copied"))
        } else {
            (icons::ICON_CONTENT_COPY, tr!("problem-copy-id"))
        };
        if ui.add(IconButton::new(icon, name).size(30.0, 18.0)).clicked() {
            ui.ctx().copy_text(request_id.to_owned());
            window.ui_state.dialogs.copied = true;
        }
    });
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, problem: &Problem) {
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let help = match problem.recovery() {
            Recovery::SignIn => Some((tr!("sign-in-again"), Command::Account)),
            Recovery::Refresh => Some((tr!("command-refresh"), Command::Refresh)),
            _ => None,
        };
        if let Some((words, command)) = help
            && ui.add(PushButton::primary(words)).clicked()
        {
            window.act(Action::CloseDialog);
            window.command(command);
        }
        if problem.recovery() == Recovery::NetworkSignIn
            && ui.add(PushButton::primary(open_sign_in_page_words())).clicked()
        {
            window.act(Action::CloseDialog);
            open_sign_in_page(window, problem);
        }
        let close = ui.add(PushButton::quiet(tr!("close")));
        grab_focus(window, &close);
        if close.clicked() {
            window.act(Action::CloseDialog);
        }
    };
    footer_ui(ui, window, buttons, |_, _| {});
}
