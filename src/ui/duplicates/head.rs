//! What stands above the groups: how much could be had back, in what order they are, and the rules.

use super::super::menu::{self, MenuEntry};
use super::super::theme::{self, UiPalette};
use super::super::widgets::{ChoiceOption, IconButton, PushButton, choice_ui, paint_icon};
use super::super::{WindowContext, format};
use super::{SIDE, incomplete};
use coffer_model::keep_rule::KeepRule;
use coffer_state::duplicates::{DuplicateAction, DuplicateSort};
use coffer_state::{Action, Location};
use coffer_texts::tr;
use egui::{Align, Layout, Popup, RichText, Ui, UiBuilder, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

const LINE: f32 = 40.0;

pub(super) fn head_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    line_ui(ui, |ui| totals_ui(ui, window));
    line_ui(ui, |ui| controls_ui(ui, window));
    if let Some(words) = incomplete(window.state) {
        line_ui(ui, |ui| {
            let palette = ui.palette();
            let at = pos2(ui.max_rect().min.x + 9.0, ui.max_rect().center().y);
            paint_icon(ui.painter(), at, icons::ICON_HOURGLASS_TOP, 18.0, palette.warning);
            ui.add_space(26.0);
            ui.add(egui::Label::new(RichText::new(words).color(palette.dimmed)).truncate());
        });
    }
}

fn line_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), LINE));
    let builder =
        UiBuilder::new().max_rect(line.shrink2(vec2(SIDE, 0.0))).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, content);
}

/// "3.2 GB wasted" and of how many.
fn totals_ui(ui: &mut Ui, window: &WindowContext<'_>) {
    let list = &window.state.duplicates;
    let color = ui.palette().dimmed;
    let wasted = tr!("duplicates-wasted", size = format::size(list.wasted_bytes));
    ui.label(RichText::new(wasted).font(theme::semibold(16.0)));
    ui.add_space(10.0);
    let groups = tr!("duplicates-groups", count = list.groups().len());
    let mut words = tr!("duplicates-could-go", count = list.copies, groups = groups);
    if let Location::Duplicates(below) = window.state.navigation.current()
        && !below.is_root()
    {
        words = tr!("duplicates-below", words = words, folder = window.state.folder_path(below));
    }
    ui.add(egui::Label::new(RichText::new(words).color(color)).truncate());
}

fn controls_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    ui.spacing_mut().item_spacing.x = 8.0;
    let list = &window.state.duplicates;
    let (sort, has_folded) = (list.sort, list.folded > 0);
    let sorts = [
        (tr!("duplicates-by-wasted"), DuplicateSort::Wasted),
        (tr!("column-size"), DuplicateSort::Size),
        (tr!("duplicates-by-copies"), DuplicateSort::Count),
        (tr!("column-name"), DuplicateSort::Name),
    ];
    let words = sorts.map(|(word, _)| ChoiceOption { word, enabled: true });
    let chosen = sorts.iter().position(|(_, known)| *known == sort);
    if let Some(index) = choice_ui(ui, tr!("duplicates-order"), &words, chosen) {
        window.act(Action::Duplicates(DuplicateAction::Sort(sorts[index].1)));
    }
    let (words, unfold) =
        if has_folded { (tr!("duplicates-unfold-all"), true) } else { (tr!("duplicates-fold-all"), false) };
    let fold = PushButton::quiet(words);
    let fold_space = fold.width(ui) + ui.spacing().item_spacing.x;
    let space = ui.available_width() - rules_button().width(ui);
    // They end at the right edge, where there is room for both.
    let has_fold = space > fold_space;
    ui.add_space(if has_fold { space - fold_space } else { space.max(0.0) });
    if has_fold && ui.add(fold).clicked() {
        window.act(Action::Duplicates(DuplicateAction::UnfoldAll(unfold)));
    }
    rules_ui(ui, window, space >= 0.0);
}

fn rules_button() -> PushButton<'static> {
    PushButton::quiet(tr!("duplicates-choose-by-rule")).trailing_icon(icons::ICON_EXPAND_MORE)
}

/// The menu of rules. Whatever is chosen there, one copy of each group stays.
fn rules_ui(ui: &mut Ui, window: &mut WindowContext<'_>, has_words: bool) {
    let button = if has_words {
        ui.add(rules_button())
    } else {
        ui.add(IconButton::new(icons::ICON_RULE, tr!("duplicates-choose-by-rule")).filled(true))
    };
    let mut chosen = None;
    Popup::menu(&button).width(300.0).gap(6.0).accessible_name(tr!("duplicates-choose-by-rule")).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        menu::label_ui(ui, tr!("duplicates-one-of-each-stays-heading"));
        for (words, icon, rule) in [
            (tr!("duplicates-keep-newest"), icons::ICON_SCHEDULE, KeepRule::Newest),
            (tr!("duplicates-keep-oldest"), icons::ICON_HISTORY, KeepRule::Oldest),
            (tr!("duplicates-keep-shortest"), icons::ICON_SHORT_TEXT, KeepRule::ShortestPath),
        ] {
            if rule_ui(ui, words, icon) {
                chosen = Some(DuplicateAction::ChooseByRule(rule));
            }
        }
        let folders = folders(window);
        if !folders.is_empty() {
            menu::separator_ui(ui);
            menu::label_ui(ui, tr!("duplicates-keep-in"));
        }
        for folder in folders {
            if rule_ui(ui, &window.state.folder_path(&folder), icons::ICON_FOLDER) {
                chosen = Some(DuplicateAction::ChooseByRule(KeepRule::InFolder(folder)));
            }
        }
        menu::separator_ui(ui);
        if rule_ui(ui, tr!("duplicates-choose-none"), icons::ICON_DESELECT) {
            chosen = Some(DuplicateAction::ChooseNone);
        }
        menu::keyboard_ui(ui);
    });
    if let Some(action) = chosen {
        window.act(Action::Duplicates(action));
    }
}

/// The folder of the selected file first, then those with most groups.
fn folders(window: &WindowContext<'_>) -> Vec<coffer_model::RemotePath> {
    let selected = window.state.browser.only_selected().and_then(|file| file.path.parent());
    let mut folders: Vec<_> = selected.into_iter().filter(|folder| !folder.is_root()).collect();
    for folder in &window.state.duplicates.folders {
        if !folders.contains(folder) {
            folders.push(folder.clone());
        }
    }
    folders
}

fn rule_ui(ui: &mut Ui, text: &str, icon: MaterialIcon) -> bool {
    let entry = MenuEntry { icon: Some(icon), text, keys: "", enabled: true, on: None, danger: false };
    menu::entry_ui(ui, &entry).clicked()
}
