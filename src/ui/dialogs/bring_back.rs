//! The question before something is brought back to what it was: where to, what comes back, what is changed, what stays, and how
//! full the account is afterwards. Its items, one by one, are in `bring_back_items`.

use super::bring_back_items::items_ui;
use super::frame::{DialogFrame, content_space, footer_ui, grab_focus, paragraph_ui, problem_line_ui};
use super::room::{too_much, used_afterwards};
use crate::ui::past::moment_in_words;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{PushButton, paint_icon, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::{Amount, BringBack, BringBackPlace, BringBackPlan, RemotePath};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::bring_back_question::BringBackQuestion;
use egui::{Align2, Color32, Context, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

const WIDTH: f32 = 620.0;
const PLACE_HEIGHT: f32 = 60.0;
const LINE_HEIGHT: f32 = 44.0;
const LEAST_HEIGHT_FOR_BOTH: f32 = 700.0;
/// From the left edge of a line to its number’s right edge, and to its words.
const NUMBER_AT: f32 = 96.0;
const WORDS_AT: f32 = 108.0;
/// More names are only counted.
const MOST_NAMES: usize = 4;

const CONSEQUENCES: &str = "It goes on after an interruption, what changed meanwhile is left alone, and one Undo takes all of it back.";
const DOWNLOAD_CONSEQUENCES: &str =
    "It goes on after an interruption, and each file is verified. The list of transfers shows how far it is.";

pub(super) fn bring_back_ui(ctx: &Context, window: &mut WindowContext<'_>, question: &BringBackQuestion) {
    let asked = &question.asked;
    let title = format!("Bring {} back to {}", what(asked), moment_in_words(window, asked.at));
    let subtitle = match &asked.place {
        BringBackPlace::InPlace => {
            "With all that is below. What is there now stays among the versions of each file.".to_owned()
        }
        BringBackPlace::Beside(folder) => {
            let name = folder.name();
            format!("Everything of then comes into “{name}”. What is there now stays as it is.")
        }
        BringBackPlace::ThisComputer if asked.items.is_empty() => {
            let name = question.beside.name();
            format!("Everything of then is downloaded as “{name}”. Your Dropbox stays as it is.")
        }
        BringBackPlace::ThisComputer => {
            "Downloaded as it was, into a folder that you choose. Your Dropbox stays as it is.".to_owned()
        }
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
                    for line in lines(plan, asked) {
                        line_ui(ui, &line);
                    }
                }
                ui.spacing_mut().item_spacing.y = 8.0;
                ui.add_space(6.0);
                items_ui(ui, window, question);
                if !is_download {
                    room_ui(ui, window, plan.growth_bytes);
                }
            }
            None if question.plan.problem().is_none() => {
                paragraph_ui(ui, "Finding out what would be done…", ui.palette().dimmed);
            }
            None => {}
        }
        if let Some(problem) = question.plan.problem() {
            problem_line_ui(ui, problem);
        }
        ui.add_space(4.0);
        let consequences = if is_download { DOWNLOAD_CONSEQUENCES } else { CONSEQUENCES };
        paragraph_ui(ui, consequences, ui.palette().dimmed);
        ui.add_space(10.0);
        let bring_back = |ui: &mut Ui, window: &mut WindowContext<'_>| {
            let verb = if is_download { "Download" } else { "Bring back" };
            // The next thing that opens asks for the folder.
            let end = if is_download { "…" } else { "" };
            let label = match question.files() {
                Some(count) if count > 0 => format!("{verb} {}{end}", files(count)),
                _ => format!("{verb}{end}"),
            };
            if ui.add(PushButton::primary(&label).enabled(question.is_ready())).clicked() {
                window.act(Action::Dialog(DialogAction::ConfirmBringBack));
            }
        };
        footer_ui(ui, window, bring_back, |ui, window| {
            let cancel = ui.add(PushButton::quiet("Cancel"));
            grab_focus(window, &cancel);
            if cancel.clicked() {
                window.act(Action::CloseDialog);
            }
        });
    });
}

/// "“Expedition”", "“Budget.csv”", "3 items"
fn what(asked: &BringBack) -> String {
    match &asked.items[..] {
        [] => format!("“{}”", asked.folder.display_name()),
        [item] => format!("“{}”", item.name()),
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
            (BringBackPlace::InPlace, icons::ICON_RESTORE, "In place", "Where it was"),
            (beside, icons::ICON_CREATE_NEW_FOLDER, "Beside", "In a new folder"),
            (
                BringBackPlace::ThisComputer,
                icons::ICON_DOWNLOAD,
                "To this computer",
                "In a folder you choose",
            ),
        ];
        for (place, icon, title, detail) in places {
            if place_ui(ui, width, icon, (title, detail), question.asked.place == place) {
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

/// What happens to how many files.
struct PlanLine {
    icon: MaterialIcon,
    color: fn(&Palette) -> Color32,
    count: u64,
    words: &'static str,
    detail: String,
    bytes: Option<u64>,
}

fn lines(plan: &BringBackPlan, asked: &BringBack) -> Vec<PlanLine> {
    let refused = if asked.place == BringBackPlace::ThisComputer {
        ("file can’t be downloaded", "files can’t be downloaded")
    } else {
        ("file can’t be brought back", "files can’t be brought back")
    };
    let line =
        |icon, color, count, (one, more): (&'static str, &'static str), detail: &str, bytes| PlanLine {
            icon,
            color,
            count,
            words: if count == 1 { one } else { more },
            detail: detail.to_owned(),
            bytes,
        };
    let of = |icon, color, amount: Amount, words, detail| {
        line(icon, color, amount.files, words, detail, Some(amount.bytes))
    };
    let all = [
        of(
            icons::ICON_RESTORE_FROM_TRASH,
            |palette| palette.accent,
            plan.deleted,
            ("file comes back", "files come back"),
            "Deleted since then",
        ),
        of(
            icons::ICON_HISTORY,
            |palette| palette.warning,
            plan.changed,
            ("file has its version of then", "files have their versions of then"),
            "The version of now can be restored later",
        ),
        of(
            icons::ICON_CONTENT_COPY,
            |palette| palette.past,
            plan.copied,
            ("file is copied", "files are copied"),
            "The same as then",
        ),
        of(
            icons::ICON_DOWNLOAD,
            |palette| palette.accent,
            plan.downloaded,
            ("file is downloaded", "files are downloaded"),
            "In the version of then, also what is gone today",
        ),
        line(
            icons::ICON_DRIVE_FILE_RENAME_OUTLINE,
            |palette| palette.past,
            plan.moved,
            ("file gets its old name and place again", "files get their old names and places again"),
            "Renamed or moved since then",
            None,
        ),
        line(
            icons::ICON_ADD,
            |palette| palette.dimmed,
            plan.added,
            ("new file stays", "new files stay"),
            "Made since then",
            None,
        ),
        line(
            icons::ICON_HELP,
            |palette| palette.dimmed,
            plan.unknown.len() as u64,
            refused,
            &format!("Nobody knows what was there then: {}", names(&plan.unknown)),
            None,
        ),
        line(
            icons::ICON_BLOCK,
            |palette| palette.danger,
            plan.not_kept.len() as u64,
            refused,
            &format!("No longer kept by Dropbox: {}", names(&plan.not_kept)),
            None,
        ),
        line(
            icons::ICON_CHECK_BOX_OUTLINE_BLANK,
            |palette| palette.dimmed,
            asked.left_out.len() as u64,
            ("item is left out", "items are left out"),
            &names(&asked.left_out),
            None,
        ),
    ];
    all.into_iter().filter(|line| line.count > 0).collect()
}

/// "Wind.csv, IMG 2207.jpg and 3 more"
fn names(paths: &[RemotePath]) -> String {
    let named: Vec<&str> = paths.iter().take(MOST_NAMES).map(RemotePath::name).collect();
    let more = paths.len() - named.len();
    let named = named.join(", ");
    if more > 0 { format!("{named} and {} more", format::count(more as u64)) } else { named }
}

fn line_ui(ui: &mut Ui, line: &PlanLine) {
    let palette = ui.palette();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE_HEIGHT), Sense::hover());
    let count = format::count(line.count);
    let bytes = line.bytes.map(format::size);
    response.widget_info(|| {
        let bytes = bytes.as_ref().map(|bytes| format!(", {bytes}")).unwrap_or_default();
        WidgetInfo::labeled(Role::Label, true, format!("{count} {}{bytes}. {}", line.words, line.detail))
    });
    let (painter, middle) = (ui.painter(), rect.center().y);
    let color = (line.color)(palette);
    let tile = Rect::from_center_size(pos2(rect.min.x + 18.0, middle), vec2(32.0, 32.0));
    painter.rect_filled(tile, theme::CORNER, color.gamma_multiply(0.14));
    paint_icon(painter, tile.center(), line.icon, 18.0, color);
    let at = pos2(rect.min.x + NUMBER_AT, middle);
    painter.text(at, Align2::RIGHT_CENTER, &count, theme::tabular(17.0), palette.text);
    let mut right = rect.max.x;
    if let Some(bytes) = &bytes {
        let at = pos2(right, middle);
        let font = theme::tabular(theme::SMALL_TEXT);
        right = painter.text(at, Align2::RIGHT_CENTER, bytes, font, palette.dimmed).min.x - 12.0;
    }
    let room = right - rect.min.x - WORDS_AT;
    let at = pos2(rect.min.x + WORDS_AT, middle - 9.0);
    let font = theme::medium(theme::BODY_TEXT);
    paint_text(painter, Align2::LEFT_CENTER, at, room, line.words, font, palette.text);
    let (at, font) = (at + vec2(0.0, 18.0), theme::regular(theme::SMALL_TEXT));
    paint_text(painter, Align2::LEFT_CENTER, at, room, &line.detail, font, palette.dimmed);
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

fn files(count: u64) -> String {
    format::counted(count as usize, "file")
}

#[cfg(test)]
mod tests {
    use super::{lines, names, what};
    use coffer_model::{Amount, BringBack, BringBackPlan, RemotePath};
    use jiff::Timestamp;

    #[test]
    fn the_question_says_what_happens_to_how_many_files() {
        let files = |files, bytes| Amount { files, bytes, is_partial: false };
        let plan = BringBackPlan {
            deleted: files(214, 612_000_000),
            changed: files(1, 44_000),
            moved: 9,
            added: 12,
            not_kept: vec![RemotePath::new("/a/Wind.csv"), RemotePath::new("/a/b.jpg")],
            ..BringBackPlan::default()
        };
        let asked = BringBack::of_folder(RemotePath::new("/a"), Timestamp::UNIX_EPOCH);
        let said: Vec<String> =
            lines(&plan, &asked).iter().map(|line| format!("{} {}", line.count, line.words)).collect();
        assert_eq!(
            said,
            [
                "214 files come back",
                "1 file has its version of then",
                "9 files get their old names and places again",
                "12 new files stay",
                "2 files can’t be brought back",
            ]
        );
        assert_eq!(lines(&plan, &asked)[4].detail, "No longer kept by Dropbox: Wind.csv, b.jpg");
    }

    #[test]
    fn very_many_names_are_counted() {
        let paths: Vec<RemotePath> = (0..9).map(|number| RemotePath::new(&format!("/{number}"))).collect();
        assert_eq!(names(&paths), "0, 1, 2, 3 and 5 more");
    }

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
