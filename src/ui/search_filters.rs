//! The strip above the matches of a search: where is searched, a chip for each kind of filter, and what of the text can’t be
//! understood. All of it edits the text in the search box.

use super::theme::{self, UiPalette};
use super::widgets::{CHIP_HEIGHT, IconButton, chip_ui, paint_icon, segmented_words_ui};
use super::{WindowContext, menu};
use coffer_model::FileKind;
use coffer_model::search_query::KIND_WORDS;
use coffer_state::search::{SearchField, TIME_FILTERS};
use coffer_state::{Action, Command, Location};
use egui::{Frame, Margin, Popup, RichText, Ui, vec2};
use egui_material_icons::icons;
use std::collections::HashMap;

/// What a chip offers: the words, and the value in the text.
type FilterChoice = (&'static str, &'static str);

const KINDS: [FilterChoice; 10] = [
    ("Folders", "folder"),
    ("Pictures", "picture"),
    ("Videos", "video"),
    ("Audio", "audio"),
    ("Documents", "document"),
    ("PDFs", "pdf"),
    ("Tables", "table"),
    ("Text", "text"),
    ("Code", "code"),
    ("Archives", "archive"),
];

const SIZES: [FilterChoice; 6] = [
    ("Empty", "empty"),
    ("Under 1 MB", "<1MB"),
    ("Over 1 MB", ">1MB"),
    ("Over 10 MB", ">10MB"),
    ("Over 100 MB", ">100MB"),
    ("Over 1 GB", ">1GB"),
];

const TIMES: [FilterChoice; 7] = [
    ("Today", "today"),
    ("Yesterday", "yesterday"),
    ("This week", "this-week"),
    ("Last week", "last-week"),
    ("This month", "this-month"),
    ("This year", "this-year"),
    ("Last year", "last-year"),
];

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
            choices_ui(ui, window, "Kind", &["kind"], &KINDS);
            choices_ui(ui, window, "Size", &["size"], &SIZES);
            choices_ui(ui, window, "Date", &TIME_FILTERS, &TIMES);
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
    let in_folder = format!("In “{}”", window.state.folder_name(&folder));
    let parts = [("Everywhere", "Search all files"), (in_folder.as_str(), path.as_str())];
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
    let (chip, removed) = chip_ui(ui, "Extension", set.as_deref());
    let mut chosen = None;
    Popup::menu(&chip).width(160.0).gap(6.0).accessible_name("Extension").show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let extensions = frequent_extensions(window);
        if extensions.is_empty() {
            menu::label_ui(ui, "No files are listed");
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
    match choices.iter().find(is_meant).filter(|_| !matches!(name, "before" | "after" | "since")) {
        Some((words, _)) => (*words).to_owned(),
        None if matches!(name, "before" | "after" | "since") => format!("{name} {value}"),
        None => value.to_owned(),
    }
}

/// A filter that can’t be understood, and how it is written.
fn mistake_ui(ui: &mut Ui, mistake: &str) {
    let palette = ui.palette();
    let name = mistake.split_once(':').map_or(mistake, |(name, _)| name);
    let words = format!("“{mistake}” is left out. {}", how_to_write(&name.to_ascii_lowercase()));
    ui.horizontal_top(|ui| {
        let (_, space) = ui.allocate_space(vec2(18.0, 18.0));
        paint_icon(ui.painter(), space.center(), icons::ICON_INFO, 16.0, palette.warning);
        let words = RichText::new(words).font(theme::regular(theme::SMALL_TEXT)).color(palette.text);
        ui.add(egui::Label::new(words).wrap());
    });
}

fn how_to_write(filter: &str) -> &'static str {
    match filter {
        "kind" => "Kinds are folder, picture, video, audio, document, pdf, table, text, code and archive.",
        "ext" => "Write extensions as in ext:pdf or ext:jpg,png.",
        "size" => "Write sizes as in size:>100MB or size:1MB..5MB.",
        _ => "Write dates as in modified:today, modified:this-week or before:2025-01.",
    }
}

/// What can be typed: a part of it under the pointer, all of it in the list of keys.
fn help_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let button = IconButton::new(icons::ICON_HELP, "What can be typed").size(CHIP_HEIGHT, 18.0);
    let examples = "Words in any order, “whole phrases”, -without, *.md\n\
                    kind:picture  ext:pdf,docx  size:>100MB\n\
                    modified:this-week  before:2025-01  in:/Photos";
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
    use super::{KINDS, SIZES, TIMES, how_to_write, in_words};
    use coffer_model::SearchQuery;
    use coffer_model::search_query::FILTER_NAMES;
    use jiff::Zoned;

    #[test]
    fn every_choice_is_a_filter_that_is_understood() {
        for (name, choices) in [("kind", &KINDS[..]), ("size", &SIZES[..]), ("modified", &TIMES[..])] {
            for (words, value) in choices {
                let query = SearchQuery::parse(&format!("{name}:{value}"), &Zoned::now());
                assert_eq!((query.filters.len(), query.mistakes.len()), (1, 0), "{words}");
                assert_eq!(in_words(name, value, choices), *words);
            }
        }
    }

    #[test]
    fn the_words_of_a_chip_say_what_was_typed() {
        assert_eq!(in_words("kind", "Photos", &KINDS), "Pictures");
        assert_eq!(in_words("size", ">5MB", &SIZES), ">5MB");
        assert_eq!(in_words("before", "2025-01", &TIMES), "before 2025-01");
        assert_eq!(in_words("since", "this-year", &TIMES), "since this-year");
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
