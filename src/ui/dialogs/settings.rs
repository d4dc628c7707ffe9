//! All settings, in groups. Each holds as soon as it is chosen, so there is nothing to confirm.

use super::frame::{DialogFrame, paragraph_ui};
use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::{self, UiPalette};
use crate::ui::transfers::limits_ui;
use crate::ui::widgets::{
    ChoiceOption, PushButton, choice_ui, paint_icon, paint_text, progress_bar_ui, sides_ui, switch_ui,
};
use coffer_model::settings::{Accent, LanguageChoice, RowHeight};
use coffer_model::{CacheUse, ThemeChoice};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::settings_dialog::{SettingChange, SettingsDialog};
use coffer_texts::{Language, tr};
use egui::{
    Align2, Context, EventFilter, Frame, Key, Modifiers, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;

const WIDTH: f32 = 580.0;
const ROW_HEIGHT: f32 = 46.0;
const MARGIN: i8 = 16;
const DOT: f32 = 22.0;
const DOT_GAP: f32 = 12.0;

const SCALES: [(u16, &str); 6] =
    [(90, "90 %"), (100, "100 %"), (110, "110 %"), (125, "125 %"), (150, "150 %"), (200, "200 %")];

pub(super) fn settings_ui(ctx: &Context, window: &mut WindowContext<'_>, dialog: &SettingsDialog) {
    let frame = DialogFrame { title: tr!("settings-title"), subtitle: "", width: WIDTH, light: true };
    frame.show(ctx, window, |ui, window| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let settings = &window.state.settings;
        let themes = [
            (ThemeChoice::System, tr!("command-theme-system")),
            (ThemeChoice::Light, tr!("command-theme-light")),
            (ThemeChoice::Dark, tr!("command-theme-dark")),
        ];
        let languages = [
            (LanguageChoice::System, tr!("command-theme-system")),
            (LanguageChoice::English, Language::English.name()),
            (LanguageChoice::German, Language::German.name()),
        ];
        let rows = [
            (RowHeight::Compact, tr!("rows-compact")),
            (RowHeight::Standard, tr!("rows-standard")),
            (RowHeight::Roomy, tr!("rows-roomy")),
        ];
        let clicks = [(false, tr!("settings-double-click")), (true, tr!("settings-single-click"))];
        group_ui(ui, window, tr!("settings-appearance"), |ui, window| {
            choice_row_ui(ui, window, tr!("settings-theme"), &themes, settings.theme, SettingChange::Theme);
            row_ui(ui, window, tr!("settings-accent"), "", accents_ui);
            choice_row_ui(
                ui,
                window,
                tr!("settings-language"),
                &languages,
                settings.language,
                SettingChange::Language,
            );
            choice_row_ui(
                ui,
                window,
                tr!("settings-rows"),
                &rows,
                settings.row_height,
                SettingChange::RowHeight,
            );
            choice_row_ui(
                ui,
                window,
                tr!("settings-size"),
                &SCALES,
                settings.scale_percent,
                SettingChange::Scale,
            );
            let motion = (tr!("command-toggle-reduced-motion"), tr!("settings-motion-detail"));
            switch_row_ui(ui, window, motion, settings.reduced_motion, SettingChange::ReducedMotion);
        });
        group_ui(ui, window, tr!("settings-files"), |ui, window| {
            let one_click = settings.opens_with_one_click;
            choice_row_ui(
                ui,
                window,
                tr!("settings-open-with"),
                &clicks,
                one_click,
                SettingChange::OpensWithOneClick,
            );
            let notices = (tr!("command-toggle-change-notices"), tr!("settings-notices-detail"));
            switch_row_ui(ui, window, notices, settings.notify_changes, SettingChange::ChangeNotices);
        });
        group_ui(ui, window, tr!("settings-computer"), |ui, window| {
            row_ui(ui, window, tr!("settings-cache"), &cache_in_words(dialog), |ui, window| {
                cache_ui(ui, window, dialog);
            });
        });
        if let Some(problem) = dialog.cache.problem() {
            paragraph_ui(ui, &format!("{}. {}", problem.title, problem.detail), ui.palette().danger);
        }
        group_ui(ui, window, tr!("settings-limits"), |ui, window| {
            ui.add_space(12.0);
            ui.spacing_mut().item_spacing = vec2(10.0, 8.0);
            limits_ui(ui, window);
            ui.add_space(12.0);
        });
    });
}

/// A card with a heading. Its rows are parted by lines.
fn group_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    title: &str,
    rows: impl FnOnce(&mut Ui, &mut WindowContext<'_>),
) {
    let palette = ui.palette();
    ui.add_space(14.0);
    let (heading, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    let font = theme::semibold(theme::BODY_TEXT);
    let at = heading.left_center() + vec2(2.0, 0.0);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, heading.width(), title, font, palette.text);
    let card = Frame::new()
        .fill(if palette.dark { palette.surface_raised } else { palette.surface_1 })
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(theme::CORNER_LARGE)
        .inner_margin(egui::Margin::symmetric(MARGIN, 0));
    card.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        rows(ui, window);
    });
}

/// What is set and a few words about it, and at the right how it is set.
fn row_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    name: &str,
    detail: &str,
    control: impl FnOnce(&mut Ui, &mut WindowContext<'_>),
) {
    let palette = ui.palette();
    let space = (ROW_HEIGHT - theme::CONTROL_HEIGHT) / 2.0;
    let top = ui.cursor().min.y;
    let card = ui.max_rect().x_range().expand(f32::from(MARGIN));
    let is_first = ui.min_rect().height() < 1.0;
    if !is_first {
        ui.painter().hline(card, top, (1.0, palette.line));
    }
    ui.add_space(space);
    let words = |ui: &mut Ui, _: &mut WindowContext<'_>| {
        let rect = ui.max_rect();
        let response = ui.interact(rect, ui.scope_id().with(name), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}. {detail}")));
        let line = |y: f32, text: &str, font, color| {
            let at = rect.left_center() + vec2(0.0, y);
            paint_text(ui.painter(), Align2::LEFT_CENTER, at, rect.width(), text, font, color);
        };
        let offset = if detail.is_empty() { 0.0 } else { 8.5 };
        line(-offset, name, theme::regular(theme::BODY_TEXT), palette.text);
        line(offset, detail, theme::regular(theme::SMALL_TEXT), palette.dimmed);
    };
    sides_ui(ui, window, 12.0, words, control);
    ui.add_space(space);
}

fn change(window: &mut WindowContext<'_>, change: SettingChange) {
    window.act(Action::Dialog(DialogAction::ChangeSetting(change)));
}

/// One of a few values.
fn choice_row_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    name: &str,
    values: &[(T, &str)],
    now: T,
    as_change: impl FnOnce(T) -> SettingChange,
) {
    row_ui(ui, window, name, "", |ui, window| {
        let parts: Vec<ChoiceOption<'_>> =
            values.iter().map(|(_, word)| ChoiceOption { word, enabled: true }).collect();
        let chosen = values.iter().position(|(value, _)| *value == now);
        if let Some(index) = choice_ui(ui, name, &parts, chosen) {
            change(window, as_change(values[index].0));
        }
    });
}

fn switch_row_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    (name, detail): (&str, &str),
    is_on: bool,
    as_change: impl FnOnce(bool) -> SettingChange,
) {
    row_ui(ui, window, name, detail, |ui, window| {
        if switch_ui(ui, name, is_on) {
            change(window, as_change(!is_on));
        }
    });
}

/// A dot for each accent. All are one stop for the Tab key, the chosen one; arrows go to the others.
fn accents_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let palette = ui.palette();
    let now = window.state.settings.accent as usize;
    let count = Accent::ALL.len();
    let size = vec2(DOT * count as f32 + DOT_GAP * (count - 1) as f32, DOT);
    let (group, response) = ui.allocate_exact_size(size, Sense::hover());
    let (mut chosen, mut by_key) = (None, None);
    for (index, (accent, color)) in Accent::ALL.into_iter().zip(palette.accent_colors()).enumerate() {
        let is_chosen = index == now;
        let left = group.min.x + (DOT + DOT_GAP) * index as f32;
        let rect = Rect::from_min_size(pos2(left, group.min.y), vec2(DOT, DOT));
        let sense = if is_chosen { Sense::click() } else { Sense::CLICK };
        let dot = ui.interact(rect, response.id.with(index), sense);
        dot.widget_info(|| {
            let label = tr!("settings-accent-named", color = accent_name(accent));
            WidgetInfo::selected(Role::RadioButton, true, is_chosen, label)
        });
        ui.painter().circle_filled(rect.center(), DOT * 0.4, color);
        if is_chosen {
            paint_icon(ui.painter(), rect.center(), icons::ICON_CHECK, 13.0, palette.on_accent);
            ui.painter().circle_stroke(rect.center(), DOT / 2.0, (1.5, color));
        } else if dot.hovered() {
            ui.painter().circle_stroke(rect.center(), DOT / 2.0, (1.0, palette.line));
        }
        if dot.has_focus() {
            let ring = palette.focus_ring();
            ui.painter().rect_stroke(rect.expand(3.0), theme::CORNER, ring, StrokeKind::Outside);
            let [right, left] = ui.input_mut(|input| {
                [Key::ArrowRight, Key::ArrowLeft].map(|key| input.consume_key(Modifiers::NONE, key))
            });
            let next = index.saturating_add_signed(isize::from(right) - isize::from(left));
            by_key = Some(next).filter(|next| *next != index && *next < count);
        }
        if dot.clicked() {
            chosen = Some(index);
        }
        dot.on_hover_text(accent_name(accent));
    }
    let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: false, escape: false };
    ui.memory_mut(|memory| {
        // After all are drawn: those that are no stop yet would give the keyboard away again.
        if let Some(next) = by_key {
            memory.request_focus(response.id.with(next));
        }
        for index in 0..count {
            memory.set_focus_lock_filter(response.id.with(index), keys);
        }
    });
    if let Some(index) = by_key.or(chosen) {
        change(window, SettingChange::Accent(Accent::ALL[index]));
    }
}

fn accent_name(accent: Accent) -> &'static str {
    match accent {
        Accent::Teal => tr!("settings-teal"),
        Accent::Blue => tr!("settings-blue"),
        Accent::Purple => tr!("settings-purple"),
        Accent::Pink => tr!("settings-pink"),
        Accent::Orange => tr!("settings-orange"),
        Accent::Olive => tr!("settings-olive"),
        Accent::Slate => tr!("settings-slate"),
    }
}

fn cache_in_words(dialog: &SettingsDialog) -> String {
    match dialog.cache.value() {
        Some(CacheUse { bytes, most_bytes }) => {
            tr!("settings-cache-use", used = format::size(*bytes), most = format::size(*most_bytes))
        }
        None => tr!("settings-counting").to_owned(),
    }
}

fn cache_ui(ui: &mut Ui, window: &mut WindowContext<'_>, dialog: &SettingsDialog) {
    let cache = dialog.cache.value().copied().unwrap_or_default();
    let used = (cache.bytes as f64 / cache.most_bytes.max(1) as f64) as f32;
    progress_bar_ui(ui, tr!("settings-used"), Some(used.min(1.0)), 100.0);
    let can_clear = cache.bytes > 0 && !dialog.cache.is_pending();
    if ui.add(PushButton::quiet(tr!("settings-clear")).enabled(can_clear)).clicked() {
        window.act(Action::Dialog(DialogAction::ClearCache));
    }
}
