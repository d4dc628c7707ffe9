//! What bringing back would do, in lines: what happens to how many files, and what becomes of those that were made since.

use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{elide_middle, paint_icon, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::{Amount, BringBack, BringBackPlace, BringBackPlan, NewItems, RemotePath};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::bring_back_question::BringBackQuestion;
use coffer_texts::tr;
use egui::{Align2, Color32, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

const LINE_HEIGHT: f32 = 44.0;
const CHOICE_HEIGHT: f32 = 26.0;
/// From the left edge of a line to its number’s right edge, and to its words.
const NUMBER_AT: f32 = 96.0;
const WORDS_AT: f32 = 108.0;
/// More names are only counted.
const MOST_NAMES: usize = 4;

pub(super) fn plan_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    question: &BringBackQuestion,
    plan: &BringBackPlan,
) {
    for line in lines(plan, &question.asked) {
        line_ui(ui, &line);
        if line.is_of_new {
            new_items_ui(ui, window, question);
        }
    }
}

/// Whether what was made since is moved aside.
fn new_items_ui(ui: &mut Ui, window: &mut WindowContext<'_>, question: &BringBackQuestion) {
    let BringBackPlace::InPlace(chosen) = &question.asked.place else { return };
    let (aside, is_aside) = (question.aside(), *chosen != NewItems::Stay);
    let NewItems::Aside(folder) = &aside else { return };
    let words = tr!("bring-back-move-aside", folder = folder.name());
    let palette = ui.palette();
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), CHOICE_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_aside, &words));
    let row = Rect::from_min_max(pos2(line.min.x + WORDS_AT - 8.0, line.min.y), line.max);
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(row, theme::CORNER_SMALL, palette.hover());
    }
    if response.has_focus() {
        painter.rect_stroke(row, theme::CORNER_SMALL, palette.focus_ring(), StrokeKind::Inside);
    }
    let (icon, color) = if is_aside {
        (icons::ICON_CHECK_BOX, palette.accent)
    } else {
        (icons::ICON_CHECK_BOX_OUTLINE_BLANK, palette.dimmed)
    };
    let middle = line.center().y;
    paint_icon(painter, pos2(row.min.x + 17.0, middle), icon, 18.0, color);
    let font = theme::regular(theme::BODY_TEXT);
    let name = elide_middle(painter, &words, &font, palette.text, row.width() - 40.0);
    painter.galley(pos2(row.min.x + 34.0, middle - name.size().y / 2.0), name, palette.text);
    if response.clicked() {
        let new_items = if is_aside { NewItems::Stay } else { aside };
        window.act(Action::Dialog(DialogAction::BringBackTo(BringBackPlace::InPlace(new_items))));
    }
}

/// What happens to how many files.
struct PlanLine {
    icon: MaterialIcon,
    color: fn(&Palette) -> Color32,
    count: u64,
    words: String,
    detail: String,
    bytes: Option<u64>,
    /// It tells of what was made since.
    is_of_new: bool,
}

fn lines(plan: &BringBackPlan, asked: &BringBack) -> Vec<PlanLine> {
    let refused = |paths: &[RemotePath]| match asked.place {
        BringBackPlace::ThisComputer => tr!("plan-not-downloaded", count = paths.len()),
        _ => tr!("plan-not-brought-back", count = paths.len()),
    };
    let aside = match &asked.place {
        BringBackPlace::InPlace(NewItems::Aside(folder)) => Some(folder),
        _ => None,
    };
    let line = |icon, color, count, words, detail: &str, bytes| PlanLine {
        icon,
        color,
        count,
        words,
        detail: detail.to_owned(),
        bytes,
        is_of_new: false,
    };
    let of = |icon, color, amount: Amount, words, detail| {
        line(icon, color, amount.files, words, detail, Some(amount.bytes))
    };
    let all = [
        of(
            icons::ICON_RESTORE_FROM_TRASH,
            |palette| palette.accent,
            plan.deleted,
            tr!("plan-deleted", count = plan.deleted.files),
            tr!("plan-deleted-detail"),
        ),
        of(
            icons::ICON_HISTORY,
            |palette| palette.warning,
            plan.changed,
            tr!("plan-changed", count = plan.changed.files),
            tr!("plan-changed-detail"),
        ),
        of(
            icons::ICON_CONTENT_COPY,
            |palette| palette.past,
            plan.copied,
            tr!("plan-copied", count = plan.copied.files),
            tr!("plan-copied-detail"),
        ),
        of(
            icons::ICON_DOWNLOAD,
            |palette| palette.accent,
            plan.downloaded,
            tr!("plan-downloaded", count = plan.downloaded.files),
            tr!("plan-downloaded-detail"),
        ),
        line(
            icons::ICON_DRIVE_FILE_RENAME_OUTLINE,
            |palette| palette.past,
            plan.moved,
            tr!("plan-moved", count = plan.moved),
            tr!("plan-moved-detail"),
            None,
        ),
        PlanLine {
            is_of_new: true,
            ..line(
                icons::ICON_ADD,
                |palette| palette.dimmed,
                plan.added,
                tr!("plan-added", count = plan.added),
                tr!("plan-added-detail"),
                None,
            )
        },
        PlanLine {
            is_of_new: true,
            ..line(
                icons::ICON_DRIVE_FILE_MOVE,
                |palette| palette.past,
                plan.aside,
                tr!("plan-aside", count = plan.aside),
                &aside.map(|folder| tr!("plan-aside-detail", folder = folder.name())).unwrap_or_default(),
                None,
            )
        },
        line(
            icons::ICON_HELP,
            |palette| palette.dimmed,
            plan.unknown.len() as u64,
            refused(&plan.unknown),
            &tr!("plan-unknown-detail", names = names(&plan.unknown)),
            None,
        ),
        line(
            icons::ICON_BLOCK,
            |palette| palette.danger,
            plan.not_kept.len() as u64,
            refused(&plan.not_kept),
            &tr!("plan-not-kept-detail", names = names(&plan.not_kept)),
            None,
        ),
        line(
            icons::ICON_CHECK_BOX_OUTLINE_BLANK,
            |palette| palette.dimmed,
            asked.left_out.len() as u64,
            tr!("plan-left-out", count = asked.left_out.len()),
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
    if more > 0 { tr!("names-and-more", names = named, count = more) } else { named }
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
    paint_text(painter, Align2::LEFT_CENTER, at, room, &line.words, font, palette.text);
    let (at, font) = (at + vec2(0.0, 18.0), theme::regular(theme::SMALL_TEXT));
    paint_text(painter, Align2::LEFT_CENTER, at, room, &line.detail, font, palette.dimmed);
}

#[cfg(test)]
mod tests {
    use super::{lines, names};
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
}
