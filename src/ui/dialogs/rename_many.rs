//! Renaming many items by a rule: the rule above, and below it the old and the new name of each, while it is typed.

use super::conflict_row::range;
use super::frame::{DialogFrame, content_space, footer_ui, grab_focus};
use crate::ui::WindowContext;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{
    CHOICE_HEIGHT, ChoiceOption, PushButton, TextField, check_ui, choice_ui, elide_middle, paint_icon,
    paint_kind, paint_text, small,
};
use coffer_model::{Entry, LetterCase, NumberPlace, PlannedName, RenameIssue, RenameRule};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::rename_many::RenameManyDialog;
use coffer_texts::tr;
use egui::{
    Align, Align2, Context, Key, Layout, Modifiers, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;

const WIDTH: f32 = 700.0;
const ROW: f32 = 28.0;
const LIST_HEIGHT: f32 = 308.0;
/// Title, rule and buttons.
const OTHER_HEIGHT: f32 = 274.0;
const LABEL: f32 = 64.0;

fn letters() -> [(LetterCase, &'static str); 4] {
    [
        (LetterCase::Keep, tr!("rename-many-as-they-are")),
        (LetterCase::Lower, tr!("rename-many-lower")),
        (LetterCase::Upper, tr!("rename-many-upper")),
        (LetterCase::Title, tr!("rename-many-title-case")),
    ]
}

fn numbers() -> [(NumberPlace, &'static str); 3] {
    [
        (NumberPlace::None, tr!("rename-many-no-number")),
        (NumberPlace::Before, tr!("rename-many-number-before")),
        (NumberPlace::After, tr!("rename-many-number-after")),
    ]
}

pub(super) fn rename_many_ui(ctx: &Context, window: &mut WindowContext<'_>, dialog: &RenameManyDialog) {
    let title = tr!("rename-many-title", count = dialog.entries.len());
    let frame = DialogFrame { title: &title, subtitle: "", width: WIDTH, light: false };
    frame.show(ctx, window, |ui, window| {
        if ctx.text_edit_focused() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            window.act(Action::Dialog(DialogAction::ConfirmRenameMany));
        }
        let mut rule = dialog.rule.clone();
        rule_ui(ui, window, &mut rule);
        if rule != dialog.rule {
            window.act(Action::Dialog(DialogAction::EditRenameRule(Box::new(rule))));
        }
        ui.add_space(8.0);
        list_ui(ui, window, dialog);
        ui.add_space(12.0);
        buttons_ui(ui, window, dialog);
    });
}

fn rule_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rule: &mut RenameRule) {
    ui.spacing_mut().item_spacing = Vec2::splat(8.0);
    let width = ui.available_width();
    ui.horizontal(|ui| {
        let half = (width - 8.0) / 2.0;
        let find = field(ui, tr!("rename-many-find"), tr!("rename-many-find"), &mut rule.find, half);
        grab_focus(window, &find);
        field(ui, tr!("rename-many-replace"), tr!("rename-many-replace"), &mut rule.replace, half);
    });
    ui.horizontal(|ui| {
        let third = (width - 16.0) / 3.0;
        field(ui, tr!("rename-many-before"), tr!("rename-many-before"), &mut rule.before, third);
        field(ui, tr!("rename-many-name"), tr!("rename-many-as-it-is"), &mut rule.name, third);
        field(ui, tr!("rename-many-after"), tr!("rename-many-after"), &mut rule.after, third);
    });
    line_ui(ui, tr!("rename-many-letters"), |ui| {
        if let Some(chosen) = choice(
            ui,
            tr!("rename-many-letters"),
            &letters().map(|(case, word)| (case == rule.letters, word)),
        ) {
            rule.letters = letters()[chosen].0;
        }
        if check_ui(ui, tr!("rename-many-extensions"), rule.with_extension) {
            rule.with_extension = !rule.with_extension;
        }
    });
    line_ui(ui, tr!("rename-many-number"), |ui| {
        if let Some(chosen) = choice(
            ui,
            tr!("rename-many-number"),
            &numbers().map(|(place, word)| (place == rule.number, word)),
        ) {
            rule.number = numbers()[chosen].0;
        }
        if rule.number != NumberPlace::None {
            field(ui, tr!("rename-many-first-number"), "1", &mut rule.first_number, 72.0);
            rule.first_number.retain(|letter| letter.is_ascii_digit());
        }
        if check_ui(ui, tr!("rename-many-date"), rule.has_date) {
            rule.has_date = !rule.has_date;
        }
    });
}

fn line_ui(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), theme::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_height(theme::CONTROL_HEIGHT);
        let (font, color) = (theme::regular(theme::BODY_TEXT), ui.palette().dimmed);
        // What follows begins at the same place in both lines.
        let width = [tr!("rename-many-letters"), tr!("rename-many-number")]
            .map(|words| ui.painter().layout_no_wrap(words.to_owned(), font.clone(), color).size().x)
            .into_iter()
            .fold(LABEL - 8.0, f32::max);
        let (place, _) = ui.allocate_exact_size(vec2(width, CHOICE_HEIGHT), Sense::hover());
        let at = pos2(place.min.x + 2.0, place.center().y);
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, width + 8.0, label, font, color);
        content(ui);
    });
}

fn field(ui: &mut Ui, label: &str, hint: &str, text: &mut String, width: f32) -> egui::Response {
    TextField::new(label, text).hint(hint).width(width).show(ui)
}

fn choice(ui: &mut Ui, name: &str, words: &[(bool, &str)]) -> Option<usize> {
    let options: Vec<ChoiceOption<'_>> =
        words.iter().map(|(_, word)| ChoiceOption { word, enabled: true }).collect();
    let chosen = words.iter().position(|(is_chosen, _)| *is_chosen);
    choice_ui(ui, name, &options, chosen)
}

fn list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, dialog: &RenameManyDialog) {
    let palette = ui.palette();
    let height = (content_space(ui.ctx()).y - OTHER_HEIGHT).clamp(104.0, LIST_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, tr!("rename-many-new-names")));
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_0);
    if let Some(problem) = &dialog.problem {
        let words = format!("{}. {}", problem.title, problem.detail);
        let font = theme::regular(theme::BODY_TEXT);
        let width = rect.width() - 32.0;
        paint_text(ui.painter(), Align2::CENTER_CENTER, rect.center(), width, &words, font, palette.danger);
        return;
    }
    let rows = dialog.plan.names.len().min(dialog.entries.len());
    let wanted = window.ui_state.dialogs.rename_row_wanted.take();
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink2(vec2(0.0, 4.0))), |ui| {
        ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, seen| {
            ui.set_height(rows as f32 * ROW);
            let space = ui.max_rect();
            let at = |index: usize| {
                let corner = space.min + vec2(0.0, index as f32 * ROW);
                Rect::from_min_size(corner, vec2(space.width(), ROW)).shrink2(vec2(12.0, 0.0))
            };
            let (first, count) = range(seen, 0.0, ROW);
            for index in first..(first + count).min(rows) {
                row_ui(ui, at(index), &dialog.entries[index], &dialog.plan.names[index]);
            }
            if let Some(index) = wanted {
                ui.scroll_to_rect_animation(
                    at(index),
                    Some(Align::Center),
                    egui::style::ScrollAnimation::none(),
                );
            }
        });
    });
}

fn row_ui(ui: &Ui, row: Rect, entry: &Entry, planned: &PlannedName) {
    let palette = ui.palette();
    let old = entry.name();
    let is_changed = old != planned.name;
    let issue = planned.issue.as_ref().map(issue_words);
    let response = ui.interact(row, ui.scope_id().with(("name", entry.path.lower())), Sense::hover());
    response.widget_info(|| {
        let words = match (&issue, is_changed) {
            (Some(issue), _) => tr!("rename-many-issue", old = old, new = planned.name, issue = issue),
            (None, true) => tr!("rename-many-to", old = old, new = planned.name),
            (None, false) => tr!("rename-many-stays", old = old),
        };
        WidgetInfo::labeled(Role::ListItem, true, words)
    });
    let (painter, middle) = (ui.painter(), row.center().y);
    let icon = Rect::from_center_size(pos2(row.min.x + 8.0, middle), Vec2::splat(16.0));
    paint_kind(painter, icon, entry.file_kind(), palette);
    let half = (row.width() - 24.0) / 2.0;
    let font = theme::regular(13.0);
    let text = |left: f32, width: f32, words: &str, color| {
        let galley = elide_middle(painter, words, &font, color, width);
        let end = left + galley.size().x;
        painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, color);
        end
    };
    text(row.min.x + 24.0, half - 40.0, old, palette.dimmed);
    if !is_changed {
        return;
    }
    let color = if issue.is_some() { palette.danger } else { palette.text };
    paint_icon(painter, pos2(row.min.x + half, middle), icons::ICON_ARROW_FORWARD, 15.0, palette.dimmed);
    let left = row.min.x + half + 20.0;
    let room = row.max.x - left;
    let end = text(left, if issue.is_some() { room * 0.5 } else { room }, &planned.name, color);
    if let Some(issue) = &issue {
        let at = pos2(end + 10.0, middle);
        let font = theme::regular(theme::SMALL_TEXT);
        paint_text(painter, Align2::LEFT_CENTER, at, row.max.x - at.x, issue, font, color);
    }
}

fn issue_words(issue: &RenameIssue) -> String {
    match issue {
        RenameIssue::Invalid(reason) => reason.clone(),
        RenameIssue::Taken => tr!("rename-many-taken").to_owned(),
        RenameIssue::Twice => tr!("rename-many-twice").to_owned(),
        RenameIssue::Inside(folder) => tr!("rename-many-inside", folder = folder),
    }
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, dialog: &RenameManyDialog) {
    let plan = &dialog.plan;
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if ui.add(PushButton::quiet(tr!("cancel"))).clicked() {
            window.act(Action::CloseDialog);
        }
        let words = tr!("rename-many-title", count = plan.changed);
        if ui.add(PushButton::primary(&words).enabled(dialog.can_rename())).clicked() {
            window.act(Action::Dialog(DialogAction::ConfirmRenameMany));
        }
    };
    footer_ui(ui, window, buttons, |ui, window| {
        if plan.refused == 0 {
            small(ui, &kept_words(plan.names.len() - plan.changed.min(plan.names.len())));
            return;
        }
        let words = tr!("rename-many-refused", count = plan.refused);
        refused_ui(ui, &words, ui.palette());
        if ui.add(PushButton::quiet(tr!("rename-many-show-next"))).clicked() {
            let shown = window.ui_state.dialogs.rename_row_shown;
            let is_refused = |index: &usize| plan.names[*index].issue.is_some();
            let later = (shown.map_or(0, |shown| shown + 1)..plan.names.len()).find(is_refused);
            let next = later.or_else(|| (0..plan.names.len()).find(is_refused));
            window.ui_state.dialogs.rename_row_shown = next;
            window.ui_state.dialogs.rename_row_wanted = next;
        }
    });
}

fn refused_ui(ui: &mut Ui, words: &str, palette: &Palette) {
    let response = ui.colored_label(palette.danger, words);
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, words));
}

fn kept_words(kept: usize) -> String {
    match kept {
        0 => String::new(),
        _ => tr!("rename-many-kept", count = kept),
    }
}
