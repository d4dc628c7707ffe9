//! The question before something is brought back to what it was: where to, what comes back, what is changed, what stays, and how
//! full the account is afterwards. The plan is in `bring_back_plan`, and its items, one by
//! one, in `bring_back_items`.

use super::bring_back_items::items_ui;
use super::bring_back_plan::plan_ui;
use super::frame::{DialogFrame, content_space, paragraph_ui, problem_line_ui, question_footer_ui};
use super::room::{too_much, used_afterwards};
use crate::ui::past::moment_in_words;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{PushButton, paint_icon, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::{BringBack, BringBackPlace, NewItems};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::bring_back_question::BringBackQuestion;
use coffer_texts::tr;
use egui::{Align2, Context, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2};
use egui_material_icons::{MaterialIcon, icons};

const WIDTH: f32 = 620.0;
const PLACE_HEIGHT: f32 = 60.0;
const PLANNING_HEIGHT: f32 = 96.0;
const LEAST_HEIGHT_FOR_BOTH: f32 = 700.0;

pub(super) fn bring_back_ui(ctx: &Context, window: &mut WindowContext<'_>, question: &BringBackQuestion) {
    let asked = &question.asked;
    let title = tr!("bring-back-title", what = what(asked), moment = moment_in_words(window, asked.at));
    let subtitle = match &asked.place {
        BringBackPlace::InPlace(_) => tr!("bring-back-in-place").to_owned(),
        BringBackPlace::Beside(folder) => {
            let name = folder.name();
            tr!("bring-back-beside", name = name)
        }
        BringBackPlace::ThisComputer if asked.items.is_empty() => {
            let name = question.beside.name();
            tr!("bring-back-download", name = name)
        }
        BringBackPlace::ThisComputer => tr!("bring-back-download-items").to_owned(),
    };
    let is_download = asked.place == BringBackPlace::ThisComputer;
    let frame = DialogFrame { title: &title, subtitle: &subtitle, width: WIDTH, light: true };
    frame.show(ctx, window, |ui, window| {
        places_ui(ui, window, question);
        ui.add_space(10.0);
        let plan = question.plan.value();
        match plan {
            Some(plan) => {
                ui.spacing_mut().item_spacing.y = 0.0;
                // In a low window the items take their place.
                if !question.lists_items || content_space(ctx).y >= LEAST_HEIGHT_FOR_BOTH {
                    plan_ui(ui, window, question, plan);
                }
                ui.spacing_mut().item_spacing.y = 8.0;
                ui.add_space(6.0);
                items_ui(ui, window, question);
                if !is_download {
                    room_ui(ui, window, plan.growth_bytes);
                }
            }
            // As high as a plan of two lines: the buttons stay where they are.
            None if question.plan.problem().is_none() => {
                let top = ui.cursor().min.y;
                paragraph_ui(ui, tr!("bring-back-planning"), ui.palette().dimmed);
                ui.add_space((PLANNING_HEIGHT - (ui.cursor().min.y - top)).max(0.0));
            }
            None => {}
        }
        if let Some(problem) = question.plan.problem() {
            problem_line_ui(ui, problem);
        }
        ui.add_space(4.0);
        let consequences = if is_download { tr!("bring-back-download-note") } else { tr!("bring-back-note") };
        paragraph_ui(ui, consequences, ui.palette().dimmed);
        ui.add_space(10.0);
        let aside = plan.map_or(0, |plan| plan.aside);
        let label = match question.files().filter(|count| *count > 0 || aside > 0) {
            Some(0) => tr!("bring-back-move-files", count = aside),
            Some(count) if is_download => tr!("bring-back-download-files", count = count),
            Some(count) => tr!("bring-back-files", count = count),
            // The next thing that opens asks for the folder.
            None if is_download => tr!("bring-back-download-button").to_owned(),
            None => tr!("bring-back-button").to_owned(),
        };
        let button = PushButton::primary(&label).enabled(question.is_ready());
        if question_footer_ui(ui, window, tr!("cancel"), button) {
            window.act(Action::Dialog(DialogAction::ConfirmBringBack));
        }
    });
}

/// "“Expedition”", "“Budget.csv”", "3 items"
fn what(asked: &BringBack) -> String {
    match &asked.items[..] {
        [] => tr!("quoted", name = asked.folder.display_name()),
        [item] => tr!("quoted", name = item.name()),
        items => format::items(items.len()),
    }
}

/// Where to, each choice with what it means.
fn places_ui(ui: &mut Ui, window: &mut WindowContext<'_>, question: &BringBackQuestion) {
    let gap = 8.0;
    let width = (ui.available_width() - 2.0 * gap) / 3.0;
    let beside = BringBackPlace::Beside(question.beside.clone());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let places = [
            (
                BringBackPlace::InPlace(NewItems::Stay),
                icons::ICON_RESTORE,
                tr!("bring-back-place-here"),
                tr!("bring-back-place-here-detail"),
            ),
            (
                beside,
                icons::ICON_CREATE_NEW_FOLDER,
                tr!("bring-back-place-beside"),
                tr!("bring-back-place-beside-detail"),
            ),
            (
                BringBackPlace::ThisComputer,
                icons::ICON_DOWNLOAD,
                tr!("bring-back-place-computer"),
                tr!("bring-back-place-computer-detail"),
            ),
        ];
        for (place, icon, title, detail) in places {
            let chosen = &question.asked.place;
            let is_chosen = std::mem::discriminant(chosen) == std::mem::discriminant(&place);
            if place_ui(ui, width, icon, (title, detail), is_chosen) && !is_chosen {
                window.act(Action::Dialog(DialogAction::BringBackTo(place)));
            }
        }
    });
}

fn place_ui(
    ui: &mut Ui,
    width: f32,
    icon: MaterialIcon,
    (title, detail): (&str, &str),
    is_chosen: bool,
) -> bool {
    let palette = ui.palette();
    let (rect, response) = ui.allocate_exact_size(vec2(width, PLACE_HEIGHT), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, true, is_chosen, format!("{title}: {detail}"))
    });
    let fill = match (is_chosen, response.hovered()) {
        (true, _) => palette.selection(),
        (false, true) => theme::blend(palette.surface_2, palette.hover()),
        (false, false) => palette.surface_2,
    };
    let painter = ui.painter();
    painter.rect_filled(rect, theme::CORNER, fill);
    if is_chosen {
        painter.rect_stroke(rect, theme::CORNER, (1.5, palette.accent), StrokeKind::Inside);
    }
    if response.has_focus() {
        painter.rect_stroke(rect.expand(2.0), theme::CORNER, palette.focus_ring(), StrokeKind::Outside);
    }
    let color = if is_chosen { palette.accent } else { palette.dimmed };
    paint_icon(painter, rect.min + vec2(24.0, 22.0), icon, 20.0, color);
    let (at, room) = (rect.min + vec2(46.0, 22.0), width - 58.0);
    let font = theme::semibold(theme::BODY_TEXT);
    paint_text(painter, Align2::LEFT_CENTER, at, room, title, font, palette.text);
    let (at, font) = (at + vec2(0.0, 19.0), theme::regular(theme::SMALL_TEXT));
    paint_text(painter, Align2::LEFT_CENTER, at, room, detail, font, palette.dimmed);
    response.clicked()
}

/// How full the account is afterwards.
fn room_ui(ui: &mut Ui, window: &WindowContext<'_>, growth_bytes: i64) {
    let palette = ui.palette();
    let Some(account) = window.state.session.account.as_ref() else { return };
    if let Some(too_much) = too_much(account, growth_bytes) {
        paragraph_ui(ui, &too_much, palette.warning);
    } else if let Some(used) = used_afterwards(account, growth_bytes) {
        paragraph_ui(ui, &used, palette.text);
    }
}

#[cfg(test)]
mod tests {
    use super::what;
    use coffer_model::{BringBack, RemotePath};
    use jiff::Timestamp;

    #[test]
    fn the_title_names_one_item_and_counts_several() {
        let check = |items: &[&str], expected: &str| {
            let items = items.iter().map(|path| RemotePath::new(path)).collect();
            let whole = BringBack::of_folder(RemotePath::new("/Docs"), Timestamp::UNIX_EPOCH);
            assert_eq!(what(&BringBack { items, ..whole }), expected);
        };
        check(&[], "“Docs”");
        check(&["/Docs/a.txt"], "“a.txt”");
        check(&["/Docs/a.txt", "/Docs/b"], "2 items");
    }
}
