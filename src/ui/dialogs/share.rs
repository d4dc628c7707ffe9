//! The link of an item: what it is, whom it gives access to and to what, and how to take it away again.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui, problem_line_ui};
use super::link_settings::link_settings_ui;
use crate::ui::WindowContext;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{PushButton, paint_icon};
use coffer_model::link::Audience;
use coffer_model::{Load, SharedLink};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::share::ShareDialog;
use coffer_texts::tr;
use egui::{Context, Id, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

pub(super) fn share_ui(ctx: &Context, window: &mut WindowContext<'_>, share: &ShareDialog) {
    let title = tr!("share-title", name = share.entry.name());
    // What was chosen and is not so yet is not lost by a click beside the card.
    let frame = DialogFrame { title: &title, subtitle: "", width: 480.0, light: !share.is_edited() };
    frame.show(ctx, window, |ui, window| {
        let is_refused = share.creating && share.link.value().is_none() && share.link.problem().is_some();
        if share.revoked {
            revoked_ui(ui, window);
        } else if is_refused {
            offer_ui(ui, window, share);
        } else if let Load::Failed { problem, .. } = &share.link {
            problem_line_ui(ui, problem);
            ui.add_space(8.0);
            failed_buttons_ui(ui, window);
        } else if share.link.value().is_none() && !share.creating {
            offer_ui(ui, window, share);
        } else {
            link_ui(ui, window, share);
        }
    });
}

/// There is no link yet: what one would mean, and the button that makes it. If it was refused, it may be asked for
/// otherwise.
fn offer_ui(ui: &mut Ui, window: &mut WindowContext<'_>, share: &ShareDialog) {
    let is_looking = share.link.is_pending();
    if is_looking {
        fact_ui(ui, icons::ICON_LINK, tr!("share-looking"));
    } else {
        fact_ui(ui, icons::ICON_LOCK, tr!("share-no-link"));
        let (icon, words) = whom(share.settings.audience, share.entry.is_folder());
        fact_ui(ui, icon, words);
        link_settings_ui(ui, window, share, DialogAction::CreateLink);
    }
    if let Some(problem) = share.link.problem() {
        ui.add_space(8.0);
        problem_line_ui(ui, problem);
    }
    ui.add_space(12.0);
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if ui.add(PushButton::quiet(tr!("cancel"))).clicked() {
            window.act(Action::CloseDialog);
        }
        let can = !is_looking && share.can_have_settings();
        let create = PushButton::primary(tr!("share-create")).icon(icons::ICON_LINK).enabled(can);
        let create = ui.add(create.id(Id::unique("create shared link")));
        if !is_looking {
            grab_focus(window, &create);
        }
        if create.clicked() {
            window.act(Action::Dialog(DialogAction::CreateLink));
        }
    };
    footer_ui(ui, window, buttons, |_, _| {});
}

fn link_ui(ui: &mut Ui, window: &mut WindowContext<'_>, share: &ShareDialog) {
    let link = share.link.value();
    link_line_ui(ui, window, share, link);
    ui.add_space(8.0);
    match link {
        Some(link) => {
            for (icon, words) in meaning(window, share, link) {
                fact_ui(ui, icon, &words);
            }
        }
        None => {
            fact_ui(ui, icons::ICON_LINK, tr!("share-creating"));
        }
    }
    if link.is_some() {
        link_settings_ui(ui, window, share, DialogAction::ChangeLink);
        changed_ui(ui, share);
    }
    ui.add_space(12.0);
    let busy = share.revoking.is_some() || share.is_changing;
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if share.is_edited() && link.is_some() {
            let words = if share.is_changing { tr!("share-saving") } else { tr!("share-save") };
            let save = PushButton::primary(words).enabled(share.can_change());
            if ui.add(save.id(Id::unique("change shared link"))).clicked() {
                window.act(Action::Dialog(DialogAction::ChangeLink));
            }
        } else {
            let open = PushButton::quiet(tr!("share-open")).icon(icons::ICON_OPEN_IN_NEW);
            if ui.add(open.enabled(link.is_some() && !busy)).clicked() {
                window.act(Action::Dialog(DialogAction::OpenLink));
            }
        }
        if ui.add(PushButton::quiet(tr!("done"))).clicked() {
            window.act(Action::CloseDialog);
        }
    };
    let remove = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let words = if share.revoking.is_some() { tr!("share-removing") } else { tr!("share-remove") };
        let can = link.is_some_and(|link| link.can_revoke) && !busy;
        if ui.add(PushButton::danger(words).enabled(can)).clicked() {
            window.act(Action::Dialog(DialogAction::RevokeLink));
        }
    };
    footer_ui(ui, window, buttons, remove);
}

/// That the link was changed, or why not.
fn changed_ui(ui: &mut Ui, share: &ShareDialog) {
    let Some(changed) = &share.changed else { return };
    ui.add_space(8.0);
    match changed {
        Ok(()) => {
            let response = fact_ui(ui, icons::ICON_CHECK, tr!("share-saved"));
            response.widget_info(|| WidgetInfo::labeled(Role::Status, true, tr!("share-saved")));
        }
        Err(problem) => problem_line_ui(ui, problem),
    }
}

/// The address, which can be selected, and the button that copies it.
fn link_line_ui(ui: &mut Ui, window: &mut WindowContext<'_>, share: &ShareDialog, link: Option<&SharedLink>) {
    let palette = ui.palette();
    ui.horizontal(|ui| {
        let (words, icon) = if share.copied {
            (tr!("share-copied"), icons::ICON_CHECK)
        } else {
            (tr!("command-copy-link"), icons::ICON_CONTENT_COPY)
        };
        let copy = PushButton::primary(words).icon(icon).min_width(118.0).enabled(link.is_some());
        // The button ends with the column.
        ui.spacing_mut().item_spacing.x = 8.0;
        let size = vec2(ui.available_width() - copy.width(ui) - 8.0, theme::CONTROL_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
        if let Some(link) = link {
            // The text of the field cannot be changed: every edit goes to a copy that is thrown away.
            let mut url = link.url.clone();
            let field = egui::TextEdit::singleline(&mut url)
                .id(Id::unique("shared link"))
                .frame(egui::Frame::NONE)
                .margin(egui::Margin::ZERO)
                .font(theme::regular(theme::BODY_TEXT))
                .align(egui::Align2::LEFT_CENTER)
                .min_size(vec2(0.0, rect.height()))
                .desired_width(rect.width() - 24.0);
            let inner = rect.shrink2(vec2(12.0, 0.0));
            // Not in the row: the button follows what is around the field.
            let response = ui.new_child(UiBuilder::new().max_rect(inner)).add(field);
            let response = response.accessible_name(tr!("share-link"));
            if response.has_focus() {
                let stroke = palette.focus_ring();
                ui.painter().rect_stroke(rect, theme::CORNER, stroke, egui::StrokeKind::Inside);
            }
        }
        let copy = copy.id(Id::unique("copy shared link"));
        let response = ui.add(copy);
        if link.is_some() {
            grab_focus(window, &response);
        }
        if response.clicked() {
            window.act(Action::Dialog(DialogAction::CopyLink));
        }
    });
}

/// Whom a link gives access, and to what.
fn whom(audience: Audience, is_folder: bool) -> (MaterialIcon, &'static str) {
    match (audience, is_folder) {
        (Audience::Anyone, true) => (icons::ICON_PUBLIC, tr!("share-anyone-folder")),
        (Audience::Anyone, false) => (icons::ICON_PUBLIC, tr!("share-anyone-file")),
        (Audience::Team, true) => (icons::ICON_GROUP, tr!("share-team-folder")),
        (Audience::Team, false) => (icons::ICON_GROUP, tr!("share-team-file")),
        (Audience::Password, true) => (icons::ICON_LOCK, tr!("share-password-folder")),
        (Audience::Password, false) => (icons::ICON_LOCK, tr!("share-password-file")),
        (Audience::OnlyInvited, true) => (icons::ICON_PERSON, tr!("share-invited-folder")),
        (Audience::OnlyInvited, false) => (icons::ICON_PERSON, tr!("share-invited-file")),
    }
}

/// What the link means, in whole sentences.
fn meaning(
    window: &WindowContext<'_>,
    share: &ShareDialog,
    link: &SharedLink,
) -> Vec<(MaterialIcon, String)> {
    let (icon, words) = whom(link.audience, share.entry.is_folder());
    let mut facts = vec![(icon, words.to_owned())];
    if let Some(expires) = link.expires {
        facts.push((icons::ICON_SCHEDULE, tr!("share-expires", date = window.clock.exact(expires))));
    }
    if window.state.session.account.as_ref().is_some_and(|account| account.is_local) {
        let words = tr!("share-local");
        facts.push((icons::ICON_COMPUTER, words.to_owned()));
    }
    facts
}

pub(super) fn fact_ui(ui: &mut Ui, icon: MaterialIcon, words: &str) -> Response {
    let palette = ui.palette();
    let space = ui.available_rect_before_wrap();
    let inner = Rect::from_min_max(space.min + vec2(30.0, 0.0), space.max);
    let shown = ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        paragraph_ui(ui, words, palette.dimmed);
    });
    let rect = Rect::from_min_max(space.min, pos2(space.max.x, shown.response.rect.max.y));
    paint_icon(ui.painter(), pos2(space.min.x + 10.0, space.min.y + 9.0), icon, 18.0, palette.dimmed);
    ui.allocate_rect(rect, Sense::hover())
}

fn revoked_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    fact_ui(ui, icons::ICON_LINK_OFF, tr!("share-removed-long"));
    ui.add_space(12.0);
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if ui.add(PushButton::quiet(tr!("share-create-new"))).clicked() {
            window.act(Action::Dialog(DialogAction::CreateLink));
        }
        let done = ui.add(PushButton::quiet(tr!("done")));
        grab_focus(window, &done);
        if done.clicked() {
            window.act(Action::CloseDialog);
        }
    };
    footer_ui(ui, window, buttons, |ui, _| {
        let response = ui.allocate_response(vec2(1.0, 1.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, tr!("share-removed")));
    });
}

fn failed_buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if ui.add(PushButton::quiet(tr!("done"))).clicked() {
            window.act(Action::CloseDialog);
        }
        let again = ui.add(PushButton::primary(tr!("retry")));
        grab_focus(window, &again);
        if again.clicked() {
            window.act(Action::Dialog(DialogAction::RetryLink));
        }
    };
    footer_ui(ui, window, buttons, |_, _| {});
}
