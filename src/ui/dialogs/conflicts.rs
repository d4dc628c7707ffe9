//! What has to be known before files are sent: what happens to those whose names are taken, and which cannot be
//! sent at all. Thousands of them scroll like one.

use super::frame::{DialogFrame, content_space, footer_ui, grab_focus};
use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{
    CHOICE_HEIGHT, ChoiceOption, PushButton, choice_ui, elide_middle, paint_icon, paint_kind, paint_text,
};
use coffer_model::transfer::{Decision, PlannedFile, RefusedName, UploadPlan};
use coffer_model::{AccountChoice, FileKind, Problem};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::conflict_dialog::ConflictDialog;
use egui::{
    Align, Align2, Context, Layout, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    vec2,
};
use egui_material_icons::icons;

const CONFLICT_HEIGHT: f32 = 84.0;
const REFUSED_HEIGHT: f32 = 48.0;
const HEADING_HEIGHT: f32 = 36.0;

const DECISIONS: [Decision; 3] = [Decision::Replace, Decision::KeepBoth, Decision::Skip];
const WORDS: [&str; 3] = ["Replace", "Keep both", "Skip"];

pub(super) fn conflicts_ui(ctx: &Context, window: &mut WindowContext<'_>, questions: &ConflictDialog) {
    let plan = &questions.plan;
    let conflicts = questions.conflict_count();
    let title = title(conflicts, plan);
    let folder = plan.target.display_path();
    let subtitle = if conflicts > 0 {
        format!("In {folder}. Existing files keep their earlier versions.")
    } else {
        format!("All other files can be uploaded to {folder}.")
    };
    let frame = DialogFrame { title: &title, subtitle: &subtitle, width: 680.0, light: false };
    frame.show(ctx, window, |ui, window| {
        if conflicts > 1 {
            for_all_ui(ui, window, questions);
        }
        list_ui(ui, window, questions);
        ui.add_space(8.0);
        buttons_ui(ui, window, questions);
    });
}

fn title(conflicts: usize, plan: &UploadPlan) -> String {
    let unsent = plan.refused.len() + plan.unreadable.len();
    match (conflicts, unsent) {
        (0, 1) => "1 file can’t be uploaded".to_owned(),
        (0, _) => format!("{} can’t be uploaded", format::counted(unsent, "file")),
        (1, _) => "1 file already exists".to_owned(),
        _ => format!("{} already exist", format::counted(conflicts, "file")),
    }
}

fn parts(can_replace: bool) -> [ChoiceOption<'static>; 3] {
    [0, 1, 2].map(|index| ChoiceOption { word: WORDS[index], enabled: index > 0 || can_replace })
}

fn for_all_ui(ui: &mut Ui, window: &mut WindowContext<'_>, questions: &ConflictDialog) {
    let count = questions.conflict_count();
    let chosen = DECISIONS.iter().position(|&decision| questions.decided(decision) == count);
    ui.horizontal(|ui| {
        ui.set_height(CHOICE_HEIGHT);
        let words = format!("For all {}", format::count(count as u64));
        crate::ui::widgets::strong(ui, &words);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(12.0);
            if let Some(index) = choice_ui(ui, "all files", &parts(true), chosen) {
                window.act(Action::Dialog(DialogAction::DecideAll(DECISIONS[index])));
            }
        });
    });
}

/// Conflicts first, then what is refused, then what cannot be read.
fn list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, questions: &ConflictDialog) {
    let plan = &questions.plan;
    let conflicts = questions.conflict_count();
    let unsent = plan.refused.len() + plan.unreadable.len();
    let heading = if unsent > 0 && conflicts > 0 { HEADING_HEIGHT } else { 0.0 };
    let conflicts_end = conflicts as f32 * CONFLICT_HEIGHT;
    let unsent_top = conflicts_end + heading;
    let foot = if unsent > 0 { 8.0 } else { 0.0 };
    let total = unsent_top + unsent as f32 * REFUSED_HEIGHT + foot;
    let seen = total.min(content_space(ui.ctx()).y - 210.0).clamp(90.0, 460.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), seen), Sense::hover());
    ui.painter().rect_filled(rect, theme::CORNER, ui.palette().surface_0);
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, seen| {
            ui.set_height(total);
            let origin = ui.max_rect().min;
            let width = ui.max_rect().width();
            let row =
                |top: f32, height: f32| Rect::from_min_size(origin + vec2(0.0, top), vec2(width, height));
            let (first, count) = range(seen, 0.0, CONFLICT_HEIGHT);
            let visible =
                (first..first + count).filter_map(|index| Some((index, questions.conflict(index)?)));
            for (index, file) in visible {
                let rect = row(index as f32 * CONFLICT_HEIGHT, CONFLICT_HEIGHT);
                conflict_ui(ui, window, plan, &file, index, rect);
            }
            if heading > 0.0 {
                heading_ui(ui, row(conflicts_end, heading), unsent);
            }
            let (first, count) = range(seen, unsent_top, REFUSED_HEIGHT);
            let refused = plan.refused.iter().map(refused_words);
            let unreadable = plan.unreadable.iter().map(unreadable_words);
            for (index, (name, reason)) in refused.chain(unreadable).enumerate().skip(first).take(count) {
                let rect = row(unsent_top + index as f32 * REFUSED_HEIGHT, REFUSED_HEIGHT);
                unsent_ui(ui, &name, &reason, rect);
            }
        });
    });
}

/// The first row of a height from `top` on that is in sight, and how many are.
fn range(seen: Rect, top: f32, height: f32) -> (usize, usize) {
    let first = ((seen.min.y - top) / height).floor().max(0.0) as usize;
    let end = ((seen.max.y - top) / height).ceil().max(0.0) as usize;
    (first, end.saturating_sub(first))
}

fn conflict_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    plan: &UploadPlan,
    file: &PlannedFile,
    index: usize,
    rect: Rect,
) {
    let palette = ui.palette();
    let Some(conflict) = &file.conflict else { return };
    let name = file.remote_path.name();
    let can_replace = !conflict.existing.is_folder();
    let chosen = DECISIONS.iter().position(|known| Some(*known) == file.decision);
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().max_rect(rect.shrink2(vec2(12.0, 0.0))).layout(layout).id_salt(index);
    let left_of_choice = ui
        .scope_builder(builder, |ui| {
            if let Some(chosen) = choice_ui(ui, name, &parts(can_replace), chosen) {
                let decision = DECISIONS[chosen];
                window.act(Action::Dialog(DialogAction::DecideConflict { index, decision }));
            }
            ui.min_rect().min.x
        })
        .inner;

    if index > 0 {
        ui.painter().hline(rect.x_range().shrink(12.0), rect.min.y, (1.0, palette.line));
    }
    let icon = Rect::from_center_size(rect.min + vec2(28.0, 21.0), Vec2::splat(22.0));
    paint_kind(ui.painter(), icon, FileKind::from_name(name), palette);
    let left = rect.min.x + 48.0;
    let width = left_of_choice - left - 16.0;
    let name_width = name_ui(ui, plan, file, pos2(left, rect.min.y + 21.0), width);

    let existing = conflict.existing.file();
    let (mine, theirs) = (file.modified, existing.map(|existing| existing.client_modified));
    let newer = |one: Option<jiff::Timestamp>, other: Option<jiff::Timestamp>| {
        one.zip(other).is_some_and(|(one, other)| one.as_second() > other.as_second())
    };
    let here = facts(window, Some(file.size_bytes), mine);
    let there = match existing {
        Some(existing) => facts(window, Some(existing.size_bytes), theirs),
        None => "A folder with this name".to_owned(),
    };
    let account = match window.state.session.choice {
        AccountChoice::Local => "In the account",
        AccountChoice::Dropbox { .. } | AccountChoice::CommandLine { .. } => "In Dropbox",
    };
    let lines = [("On this computer", here, newer(mine, theirs)), (account, there, newer(theirs, mine))];
    for (line, (what, facts, newer)) in lines.iter().enumerate() {
        let at = pos2(left, rect.min.y + 43.0 + line as f32 * 19.0);
        side_ui(ui, at, width, what, facts, *newer, palette);
    }
    let response = ui.interact(
        Rect::from_min_max(rect.min, pos2(left + width.max(name_width), rect.max.y)),
        ui.scope_id().with(("conflict", index)),
        Sense::hover(),
    );
    response.widget_info(|| {
        let sides: Vec<String> = lines
            .iter()
            .map(|(what, facts, newer)| format!("{what}: {facts}{}", if *newer { ", newer" } else { "" }))
            .collect();
        WidgetInfo::labeled(Role::ListItem, true, format!("{name}. {}", sides.join(". ")))
    });
}

/// The name, and the folder inside the target where it goes.
fn name_ui(ui: &Ui, plan: &UploadPlan, file: &PlannedFile, at: egui::Pos2, width: f32) -> f32 {
    let palette = ui.palette();
    let font = theme::medium(theme::BODY_TEXT);
    let folder = file.remote_path.parent().filter(|folder| *folder != plan.target);
    let for_name = if folder.is_some() { width * 0.74 } else { width };
    let galley = elide_middle(ui.painter(), file.remote_path.name(), &font, palette.text, for_name);
    let size = galley.size();
    ui.painter().galley(at - vec2(0.0, size.y / 2.0), galley, palette.text);
    if let Some(folder) = folder {
        let inside = folder.as_str().strip_prefix(plan.target.as_str()).unwrap_or(folder.as_str());
        let words = format!("in {}", inside.trim_start_matches('/').replace('/', " / "));
        let font = theme::regular(theme::SMALL_TEXT);
        let at = at + vec2(size.x + 8.0, 0.5);
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, width - size.x - 8.0, &words, font, palette.dimmed);
    }
    size.x
}

fn facts(window: &WindowContext<'_>, size_bytes: Option<u64>, modified: Option<jiff::Timestamp>) -> String {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(size_bytes.map(format::size));
    facts.extend(modified.map(|modified| window.clock.moment(modified)));
    facts.join(" · ")
}

/// "On this computer" fits.
const SIDE_WIDTH: f32 = 106.0;

/// One side of a conflict: whose it is, what is known of it, and whether it is the newer one.
fn side_ui(ui: &Ui, at: egui::Pos2, width: f32, what: &str, facts: &str, newer: bool, palette: &Palette) {
    let font = theme::tabular(theme::SMALL_TEXT);
    let painter = ui.painter();
    paint_text(painter, Align2::LEFT_CENTER, at, SIDE_WIDTH - 4.0, what, font.clone(), palette.dimmed);
    let at = at + vec2(SIDE_WIDTH, 0.0);
    let drawn = paint_text(painter, Align2::LEFT_CENTER, at, width - SIDE_WIDTH, facts, font, palette.text);
    if newer {
        let font = theme::medium(11.0);
        let galley = painter.layout_no_wrap("newer".to_owned(), font, palette.accent);
        let badge =
            Rect::from_min_size(pos2(drawn.max.x + 8.0, at.y - 8.0), vec2(galley.size().x + 12.0, 16.0));
        painter.rect_filled(badge, 8.0, palette.accent.gamma_multiply(0.14));
        painter.galley(badge.center() - galley.size() / 2.0, galley, palette.accent);
    }
}

fn heading_ui(ui: &Ui, rect: Rect, unsent: usize) {
    let palette = ui.palette();
    ui.painter().hline(rect.x_range().shrink(12.0), rect.min.y, (1.0, palette.line));
    let words = format!("{} can’t be uploaded", format::counted(unsent, "other file"));
    let response = ui.interact(rect, ui.scope_id().with("unsent"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &words));
    let at = rect.left_center() + vec2(14.0, 4.0);
    let font = theme::semibold(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, rect.width(), &words, font, palette.warning);
}

fn refused_words(refused: &RefusedName) -> (String, String) {
    let name = refused.local_path.file_name().unwrap_or(refused.local_path.as_os_str());
    (name.to_string_lossy().into_owned(), refused.reason.clone())
}

fn unreadable_words(problem: &Problem) -> (String, String) {
    (problem.title.clone(), problem.detail.clone())
}

fn unsent_ui(ui: &Ui, name: &str, reason: &str, rect: Rect) {
    let palette = ui.palette();
    let response = ui.interact(rect, ui.scope_id().with((name, reason)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{name}. {reason}")));
    paint_icon(ui.painter(), rect.min + vec2(28.0, 24.0), icons::ICON_BLOCK, 20.0, palette.warning);
    let left = rect.min.x + 48.0;
    let width = rect.max.x - left - 16.0;
    let font = theme::medium(theme::BODY_TEXT);
    let galley = elide_middle(ui.painter(), name, &font, palette.text, width);
    let at = pos2(left, rect.min.y + 16.0 - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    let font = theme::regular(theme::SMALL_TEXT);
    let at = pos2(left, rect.min.y + 34.0);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, reason, font, palette.dimmed);
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, questions: &ConflictDialog) {
    let to_send = questions.files_to_send() + questions.plan.empty_folders.len();
    let replaced = questions.decided(Decision::Replace);
    let verb = verb(questions.files_to_send(), questions.plan.empty_folders.len(), replaced);
    let nothing = to_send == 0 && questions.conflict_count() == 0;
    let summary = summary(questions, replaced);
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if !nothing && ui.add(PushButton::primary(&verb)).clicked() {
            window.act(Action::Dialog(DialogAction::ConfirmUpload));
        }
        let cancel = ui.add(PushButton::quiet(if nothing { "Close" } else { "Cancel" }));
        grab_focus(window, &cancel);
        if cancel.clicked() {
            window.act(Action::CloseDialog);
        }
    };
    footer_ui(ui, window, buttons, |ui, _| {
        crate::ui::widgets::small(ui, &summary);
    });
}

/// What the button does, in words.
fn verb(files: usize, folders: usize, replaced: usize) -> String {
    match files {
        0 if folders > 0 => format!("Create {}", format::counted(folders, "folder")),
        0 => "Skip all".to_owned(),
        _ if replaced == files => format!("Replace {}", format::counted(files, "file")),
        _ => format!("Upload {}", format::counted(files, "file")),
    }
}

/// "9 new, 2 replaced, 1 skipped"
fn summary(questions: &ConflictDialog, replaced: usize) -> String {
    let (kept, skipped) = (questions.decided(Decision::KeepBoth), questions.decided(Decision::Skip));
    let new = questions.files_to_send() - replaced - kept;
    let same = questions.plan.files.len() - questions.files_to_send() - skipped;
    let parts = [
        (new, "new"),
        (replaced, "replaced"),
        (kept, "kept both"),
        (skipped, "skipped"),
        (same, "unchanged"),
    ];
    let words = parts.iter().filter(|(number, _)| *number > 0);
    words
        .map(|(number, word)| format!("{} {word}", format::count(*number as u64)))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::verb;

    #[test]
    fn the_button_says_what_it_does() {
        assert_eq!(verb(12, 0, 3), "Upload 12 files");
        assert_eq!(verb(3, 0, 3), "Replace 3 files");
        assert_eq!(verb(1, 0, 0), "Upload 1 file");
        assert_eq!(verb(0, 0, 0), "Skip all");
        assert_eq!(verb(0, 2, 0), "Create 2 folders");
    }
}
