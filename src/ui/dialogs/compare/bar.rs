//! The top of a comparison: the way back, what is compared, the step to other differences, and how both are looked at.

use super::lines::table_delimiter;
use super::{area_id, blocks, is_text, line_layouts, picture_layouts};
use crate::ui::WindowContext;
use crate::ui::commands::key_names;
use crate::ui::preview::percent;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, elide_middle, paint_kind, paint_text, segmented_words_ui, sides_ui};
use coffer_model::FileKind;
use coffer_model::comparison::{Comparison, Difference, LineComparison};
use coffer_model::comparison_view::ComparisonView;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::compare_dialog::{CompareDialog, ComparisonOrigin};
use coffer_state::input::ZoomStep;
use coffer_texts::tr;
use egui::{Align2, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

/// Without so much room the name is left out: it is that of the dialog too.
const LEAST_NAME: f32 = 34.0;
/// At least.
const STEPPER_WIDTH: f32 = 196.0;
/// Of the button at each side of it.
const STEP_WIDTH: f32 = 36.0;

pub(super) fn bar_ui(ui: &mut Ui, window: &mut WindowContext<'_>, compare: &CompareDialog, title: &str) {
    sides_ui(
        ui,
        window,
        10.0,
        |ui, window| name_ui(ui, window, compare, title),
        |ui, window| {
            views_ui(ui, window, compare);
            if ui.add(IconButton::new(icons::ICON_CLOSE, tr!("close")).shortcut("Esc")).clicked() {
                window.act(Action::CloseDialog);
            }
        },
    );
}

fn name_ui(ui: &mut Ui, window: &mut WindowContext<'_>, compare: &CompareDialog, title: &str) {
    let back = match &compare.origin {
        Some(ComparisonOrigin::Versions(..)) => {
            Some((tr!("compare-back-to-list"), DialogAction::BackToVersions))
        }
        _ => None,
    };
    if let Some((name, action)) = back
        && ui.add(IconButton::new(icons::ICON_ARROW_BACK, name)).clicked()
    {
        window.act(Action::Dialog(action));
    }
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    if rect.width() < LEAST_NAME {
        return;
    }
    let palette = ui.palette();
    let left = rect.min.x + if back_is_shown(compare) { 0.0 } else { 4.0 };
    let icon = Rect::from_center_size(pos2(left + 10.0, rect.center().y), Vec2::splat(20.0));
    paint_kind(ui.painter(), icon, FileKind::from_name(&compare.name), palette);
    let font = theme::semibold(16.0);
    let at = pos2(left + 30.0, rect.center().y);
    let galley = elide_middle(ui.painter(), &compare.name, &font, palette.text, rect.max.x - at.x);
    ui.painter().galley(at - vec2(0.0, galley.size().y / 2.0), galley, palette.text);
}

fn back_is_shown(compare: &CompareDialog) -> bool {
    matches!(compare.origin, Some(ComparisonOrigin::Versions(..)))
}

/// How both are looked at.
fn views_ui(ui: &mut Ui, window: &mut WindowContext<'_>, compare: &CompareDialog) {
    let Some(comparison) = compare.comparison.value() else { return };
    let view = window.state.settings.comparison;
    let chosen = match &comparison.difference {
        Difference::Lines(lines) if is_text(comparison) => {
            stepper_ui(ui, window, compare);
            let layouts = line_layouts();
            let now = layouts.iter().position(|(layout, ..)| *layout == view.lines).unwrap_or(0);
            let parts = layouts.map(|(_, word, name)| (word, name));
            let chosen = segmented_words_ui(ui, &parts, theme::CONTROL_HEIGHT, now);
            let rendered = rendered_ui(ui, comparison, lines, view);
            let spaces = spaces_ui(ui, view);
            let chosen = chosen.map(|index| ComparisonView { lines: layouts[index].0, ..view });
            chosen.or(rendered).or(spaces)
        }
        // Nothing but white space differs, and that is ignored.
        Difference::Lines(_) if view.ignores_space => spaces_ui(ui, view),
        Difference::Pictures(_) => {
            let layouts = picture_layouts();
            let now = layouts.iter().position(|(layout, ..)| *layout == view.pictures).unwrap_or(0);
            let parts = layouts.map(|(_, word, name)| (word, name));
            let chosen = segmented_words_ui(ui, &parts, theme::CONTROL_HEIGHT, now);
            zoom_ui(ui, window, compare);
            chosen.map(|index| ComparisonView { pictures: layouts[index].0, ..view })
        }
        _ => None,
    };
    if let Some(view) = chosen {
        window.act(Action::Dialog(DialogAction::ViewComparison(view)));
    }
}

/// Whether a table is shown as cells, or Markdown as blocks.
fn rendered_ui(
    ui: &mut Ui,
    comparison: &Comparison,
    lines: &LineComparison,
    view: ComparisonView,
) -> Option<ComparisonView> {
    let rendered = match table_delimiter(comparison, lines) {
        Some(_) => (tr!("compare-cells"), tr!("compare-cells-tip")),
        None if blocks::can_show(comparison, lines) => (tr!("compare-blocks"), tr!("compare-blocks-tip")),
        None => return None,
    };
    let parts = [(tr!("filter-text"), tr!("compare-lines-tip")), rendered];
    let chosen = segmented_words_ui(ui, &parts, theme::CONTROL_HEIGHT, usize::from(view.is_rendered))?;
    Some(ComparisonView { is_rendered: chosen == 1, ..view })
}

/// Whether lines that differ in white space alone are the same.
fn spaces_ui(ui: &mut Ui, view: ComparisonView) -> Option<ComparisonView> {
    let button = IconButton::new(icons::ICON_SPACE_BAR, tr!("compare-ignore-space")).shortcut("W");
    let is_clicked = ui.add(button.selected(view.ignores_space)).clicked();
    is_clicked.then_some(ComparisonView { ignores_space: !view.ignores_space, ..view })
}

/// Which difference it is of how many, between the buttons that go to others.
fn stepper_ui(ui: &mut Ui, window: &mut WindowContext<'_>, compare: &CompareDialog) {
    let count = compare.differences().len();
    let words = tr!("compare-change-of", now = compare.current + 1, count = count);
    let palette = ui.palette();
    let font = theme::tabular(theme::BODY_TEXT);
    // As wide as the last of them, so that nothing moves from one to the next.
    let longest = tr!("compare-change-of", now = count, count = count);
    let longest = ui.painter().layout_no_wrap(longest, font.clone(), palette.text).size().x;
    let width = (longest + 2.0 * STEP_WIDTH + 4.0).max(STEPPER_WIDTH);
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::CONTROL_HEIGHT), Sense::hover());
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    let label = ui.interact(rect.shrink2(vec2(STEP_WIDTH, 0.0)), area_id().with("step"), Sense::hover());
    label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
    let width = label.rect.width();
    paint_text(ui.painter(), Align2::CENTER_CENTER, rect.center(), width, &words, font, palette.text);
    for (icon, name, key, action, place) in [
        (
            icons::ICON_KEYBOARD_ARROW_UP,
            tr!("compare-previous"),
            "P",
            DialogAction::Previous,
            rect.left_center() + vec2(18.0, 0.0),
        ),
        (
            icons::ICON_KEYBOARD_ARROW_DOWN,
            tr!("compare-next"),
            "N",
            DialogAction::Next,
            rect.right_center() - vec2(18.0, 0.0),
        ),
    ] {
        let place = Rect::from_center_size(place, Vec2::splat(30.0));
        let button = IconButton::new(icon, name).shortcut(key).enabled(count > 1).size(30.0, 20.0);
        if ui.new_child(UiBuilder::new().max_rect(place).id_salt(name)).add(button).clicked() {
            window.act(Action::Dialog(action));
        }
    }
}

/// Both pictures have the same zoom.
fn zoom_ui(ui: &mut Ui, window: &mut WindowContext<'_>, compare: &CompareDialog) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let mut button = |ui: &mut Ui, icon, name, key, step| {
            let keys = key_names(key);
            if ui.add(IconButton::new(icon, name).shortcut(&keys).size(30.0, 20.0)).clicked() {
                window.act(Action::Dialog(DialogAction::Zoom(step)));
            }
        };
        button(ui, icons::ICON_REMOVE, tr!("command-zoom-out"), "Ctrl+−", ZoomStep::Out);
        let zoom = percent(compare.zoom.now());
        let (rect, response) = ui.allocate_exact_size(vec2(52.0, theme::CONTROL_HEIGHT), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, tr!("zoom-now", percent = zoom)));
        let font = theme::tabular(theme::BODY_TEXT);
        let color = ui.palette().text;
        paint_text(ui.painter(), Align2::CENTER_CENTER, rect.center(), rect.width(), &zoom, font, color);
        button(ui, icons::ICON_ADD, tr!("command-zoom-in"), "Ctrl++", ZoomStep::In);
        button(ui, icons::ICON_FIT_SCREEN, tr!("preview-fit-window"), "Ctrl+0", ZoomStep::Fit);
    });
}
