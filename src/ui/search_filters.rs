//! The strip above the matches of a search: where is searched, a chip for each kind of filter, and what of the text can’t be
//! understood. All of it edits the text in the search box.

use super::theme::{self, UiPalette};
use super::widgets::{CHIP_HEIGHT, IconButton, chip_ui, paint_icon, segmented_words_ui};
use super::{WindowContext, menu};
use coffer_model::FileKind;
use coffer_model::search_query::KIND_WORDS;
use coffer_state::search::{SearchField, TIME_FILTERS};
use coffer_state::{Action, Command, Location};
use coffer_texts::tr;
use egui::{Frame, Margin, Popup, RichText, Ui, vec2};
use egui_material_icons::icons;
use std::collections::HashMap;

/// What a chip offers: the words, and the value in the text.
type FilterChoice = (&'static str, &'static str);

fn kinds() -> [FilterChoice; 10] {
    [
        (tr!("kinds-folders"), "folder"),
        (tr!("kinds-pictures"), "picture"),
        (tr!("kinds-videos"), "video"),
        (tr!("kinds-audio"), "audio"),
        (tr!("kinds-documents"), "document"),
        (tr!("filter-pdfs"), "pdf"),
        (tr!("kinds-tables"), "table"),
        (tr!("filter-text"), "text"),
        (tr!("filter-code"), "code"),
        (tr!("kinds-archives"), "archive"),
    ]
}

fn sizes() -> [FilterChoice; 6] {
    [
        (tr!("filter-empty"), "empty"),
        (tr!("filter-under-1-mb"), "<1MB"),
        (tr!("filter-over-1-mb"), ">1MB"),
        (tr!("filter-over-10-mb"), ">10MB"),
        (tr!("filter-over-100-mb"), ">100MB"),
        (tr!("filter-over-1-gb"), ">1GB"),
    ]
}

fn times() -> [FilterChoice; 7] {
    [
        (tr!("today"), "today"),
        (tr!("yesterday"), "yesterday"),
        (tr!("filter-this-week"), "this-week"),
        (tr!("filter-last-week"), "last-week"),
        (tr!("filter-this-month"), "this-month"),
        (tr!("filter-this-year"), "this-year"),
        (tr!("filter-last-year"), "last-year"),
    ]
}

/// Extensions of so many rows are counted, and so many are offered.
const COUNTED_ROWS: usize = 1000;
const MOST_EXTENSIONS: usize = 8;

pub fn search_filters_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    if !matches!(window.state.navigation.current(), Location::Search { .. }) {
        return;
    }
    let margin = Margin { left: 12, right: 12, top: 2, bottom: 4 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        ui.horizontal_wrapped(|ui| {
            scope_ui(ui, window);
            choices_ui(ui, window, tr!("column-kind"), &["kind"], &kinds());
            choices_ui(ui, window, tr!("column-size"), &["size"], &sizes());
            choices_ui(ui, window, tr!("column-date"), &TIME_FILTERS, &times());
            extensions_ui(ui, window);
            help_ui(ui, window);
        });
        for mistake in window.state.search.mistakes() {
            mistake_ui(ui, mistake);
        }
    });
}

/// One folder or everything.
fn scope_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let Some(folder) = window.state.search_folder() else { return };
    let path = window.state.folder_path(&folder);
    let limited = window.state.search.below().is_some();
    let in_folder = tr!("filter-in-folder", folder = window.state.folder_name(&folder));
    let parts = [(tr!("filter-everywhere"), tr!("search-all")), (in_folder.as_str(), path.as_str())];
    let chosen = segmented_words_ui(ui, &parts, CHIP_HEIGHT, usize::from(limited));
    if let Some(index) = chosen.filter(|index| *index != usize::from(limited)) {
        let value = (index == 1).then(|| folder.to_string());
        window.act(Action::SetFilter { name: "in", value });
    }
}

/// A chip with a menu. The first of the names is the filter that it sets, the others it takes the place of.
fn choices_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    title: &str,
    names: &[&'static str],
    choices: &[FilterChoice],
) {
    let set = names.iter().find_map(|name| Some((*name, window.state.search.filter(name)?)));
    let words = set.as_ref().map(|(name, value)| in_words(name, value, choices));
    let (chip, removed) = chip_ui(ui, title, words.as_deref());
    let mut chosen = None;
    Popup::menu(&chip).width(200.0).gap(6.0).accessible_name(title.to_owned()).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (text, value) in choices {
            let on = words.as_deref() == Some(text);
            if choice_ui(ui, text, on) {
                chosen = Some((!on).then(|| (*value).to_owned()));
            }
        }
        menu::keyboard_ui(ui);
    });
    if let Some(value) = chosen.or_else(|| removed.then_some(None)) {
        window.act(Action::SetFilter { name: names[0], value });
    }
}

/// The extensions of what is listed, the most frequent first.
fn extensions_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let set = window.state.search.filter("ext");
    let (chip, removed) = chip_ui(ui, tr!("filter-extension"), set.as_deref());
    let mut chosen = None;
    Popup::menu(&chip).width(160.0).gap(6.0).accessible_name(tr!("filter-extension")).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let extensions = frequent_extensions(window);
        if extensions.is_empty() {
            menu::label_ui(ui, tr!("filter-no-files"));
        }
        for extension in extensions {
            let on = set.as_ref() == Some(&extension);
            if choice_ui(ui, &extension, on) {
                chosen = Some((!on).then_some(extension));
            }
        }
        menu::keyboard_ui(ui);
    });
    if let Some(value) = chosen.or_else(|| removed.then_some(None)) {
        window.act(Action::SetFilter { name: "ext", value });
    }
}

fn choice_ui(ui: &mut Ui, text: &str, on: bool) -> bool {
    let entry = menu::MenuEntry { icon: None, text, keys: "", enabled: true, on: Some(on), danger: false };
    menu::entry_ui(ui, &entry).clicked()
}

fn frequent_extensions(window: &WindowContext<'_>) -> Vec<String> {
    let Some(listing) = window.state.browser.listing.value() else { return Vec::new() };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for entry in listing.entries.iter().take(COUNTED_ROWS).filter(|entry| entry.file().is_some()) {
        if let Some((stem, extension)) = entry.name().rsplit_once('.')
            && !stem.is_empty()
            && (1..=8).contains(&extension.len())
            && !extension.contains(char::is_whitespace)
        {
            *counts.entry(extension.to_lowercase()).or_default() += 1;
        }
    }
    let mut extensions: Vec<(String, usize)> = counts.into_iter().collect();
    extensions.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    extensions.into_iter().take(MOST_EXTENSIONS).map(|(extension, _)| extension).collect()
}

/// What a chip says of a filter, whoever wrote it.
fn in_words(name: &str, value: &str, choices: &[FilterChoice]) -> String {
    let kind_of = |word: &str| -> Option<FileKind> {
        KIND_WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, kind)| *kind)
    };
    let is_meant = |choice: &&FilterChoice| {
        let same_kind = name == "kind" && kind_of(value).is_some() && kind_of(value) == kind_of(choice.1);
        choice.1.eq_ignore_ascii_case(value) || same_kind
    };
    match name {
        "before" => tr!("filter-before", value = value),
        "after" => tr!("filter-after", value = value),
        "since" => tr!("filter-since", value = value),
        _ => choices.iter().find(is_meant).map_or(value, |(words, _)| words).to_owned(),
    }
}

/// A filter that can’t be understood, and how it is written.
fn mistake_ui(ui: &mut Ui, mistake: &str) {
    let palette = ui.palette();
    let name = mistake.split_once(':').map_or(mistake, |(name, _)| name);
    let words = tr!("filter-left-out", mistake = mistake, how = how_to_write(&name.to_ascii_lowercase()));
    ui.horizontal_top(|ui| {
        let (_, space) = ui.allocate_space(vec2(18.0, 18.0));
        paint_icon(ui.painter(), space.center(), icons::ICON_INFO, 16.0, palette.warning);
        let words = RichText::new(words).font(theme::regular(theme::SMALL_TEXT)).color(palette.text);
        ui.add(egui::Label::new(words).wrap());
    });
}

fn how_to_write(filter: &str) -> &'static str {
    match filter {
        "kind" => tr!("filter-write-kinds"),
        "ext" => tr!("filter-write-extensions"),
        "size" => tr!("filter-write-sizes"),
        _ => tr!("filter-write-dates"),
    }
}

/// What can be typed: a part of it under the pointer, all of it in the list of keys.
fn help_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let button = IconButton::new(icons::ICON_HELP, tr!("filter-help")).size(CHIP_HEIGHT, 18.0);
    let examples = format!(
        "{}\n\
         kind:picture  ext:pdf,docx  size:>100MB\n\
         modified:this-week  before:2025-01  in:/Photos",
        tr!("filter-examples")
    );
    if ui.add(button).on_hover_text(examples).clicked() {
        window.command(Command::Shortcuts);
    }
}

/// What the text limits the search by besides words.
pub fn has_filters(search: &SearchField) -> bool {
    ["kind", "size", "ext"].iter().chain(&TIME_FILTERS).any(|name| search.filter(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::{how_to_write, in_words, kinds, sizes, times};
    use coffer_model::SearchQuery;
    use coffer_model::search_query::FILTER_NAMES;
    use jiff::Zoned;

    #[test]
    fn every_choice_is_a_filter_that_is_understood() {
        for (name, choices) in [("kind", &kinds()[..]), ("size", &sizes()[..]), ("modified", &times()[..])] {
            for (words, value) in choices {
                let query = SearchQuery::parse(&format!("{name}:{value}"), &Zoned::now());
                assert_eq!((query.filters.len(), query.mistakes.len()), (1, 0), "{words}");
                assert_eq!(in_words(name, value, choices), *words);
            }
        }
    }

    #[test]
    fn the_words_of_a_chip_say_what_was_typed() {
        assert_eq!(in_words("kind", "Photos", &kinds()), "Pictures");
        assert_eq!(in_words("size", ">5MB", &sizes()), ">5MB");
        assert_eq!(in_words("before", "2025-01", &times()), "before 2025-01");
        assert_eq!(in_words("since", "this-year", &times()), "since this-year");
    }

    #[test]
    fn what_is_written_as_an_example_is_understood() {
        for name in FILTER_NAMES {
            let examples = how_to_write(name).split_whitespace().filter(|word| word.contains(':'));
            for example in examples.map(|word| word.trim_end_matches(['.', ','])) {
                let query = SearchQuery::parse(example, &Zoned::now());
                assert_eq!((query.filters.len(), query.mistakes.len()), (1, 0), "{example}");
            }
        }
    }
}
