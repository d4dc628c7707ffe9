//! Finding words in the text that is shown: a field over its upper right corner, marks at all places, and a way from one
//! to the next. Pure but for the field.

use crate::ui::format;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, TextField};
use egui::{
    Align, EventFilter, Id, Key, Layout, Modifiers, Rect, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};
use egui_material_icons::icons;
use std::ops::Range;

/// More places are neither counted nor marked.
const MOST_MATCHES: usize = 10_000;

const SIZE: egui::Vec2 = vec2(420.0, 44.0);
const COUNT_WIDTH: f32 = 96.0;

#[derive(Default)]
pub(super) struct TextFind {
    query: String,
    /// Bytes of the text, in order.
    pub matches: Vec<Range<usize>>,
    current: usize,
    /// The current place is to be brought into sight.
    pub reveals: bool,
    /// The field is to have the keyboard.
    wants_focus: bool,
}

impl TextFind {
    pub(super) fn new() -> Self {
        Self { wants_focus: true, ..Self::default() }
    }

    pub(super) fn focus(&mut self) {
        self.wants_focus = true;
    }

    pub(super) fn current(&self) -> Option<&Range<usize>> {
        self.matches.get(self.current)
    }

    /// Looks for other words, from the place on that is the current one.
    fn find(&mut self, text: &str, query: String) {
        let from = self.current().map_or(0, |range| range.start);
        self.matches = find_all(text, &query);
        self.query = query;
        let next = self.matches.partition_point(|range| range.start < from);
        self.current = if next < self.matches.len() { next } else { 0 };
        self.reveals = true;
    }

    /// To the next place, or the one before; behind the last one is the first.
    pub(super) fn step(&mut self, forward: bool) {
        let count = self.matches.len();
        if count > 0 {
            self.current =
                if forward { (self.current + 1) % count } else { (self.current + count - 1) % count };
            self.reveals = true;
        }
    }

    /// "3 of 12"
    fn count_in_words(&self) -> String {
        match self.matches.len() {
            0 if self.query.is_empty() => String::new(),
            0 => "Not found".to_owned(),
            MOST_MATCHES.. => format!("{} of many", format::count(self.current as u64 + 1)),
            count => format!("{} of {}", format::count(self.current as u64 + 1), format::count(count as u64)),
        }
    }
}

/// Where `query` is in `text`, whatever the case of its letters. No place is part of another.
fn find_all(text: &str, query: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = query.chars().flat_map(char::to_lowercase).collect();
    let Some(&first) = wanted.first() else { return Vec::new() };
    let mut matches: Vec<Range<usize>> = Vec::new();
    let mut free_from = 0;
    for (start, character) in text.char_indices() {
        if start < free_from || character.to_lowercase().next() != Some(first) {
            continue;
        }
        let mut left = wanted.as_slice();
        for (at, character) in text[start..].char_indices() {
            let fits = character.to_lowercase().all(|letter| match left.split_first() {
                Some((next, rest)) if *next == letter => {
                    left = rest;
                    true
                }
                _ => false,
            });
            if !fits {
                break;
            }
            if left.is_empty() {
                free_from = start + at + character.len_utf8();
                matches.push(start..free_from);
                break;
            }
        }
        if matches.len() == MOST_MATCHES {
            break;
        }
    }
    matches
}

fn field_id(id: Id) -> Id {
    id.with("find")
}

/// Draws the field over the upper right corner of `space`. Answers whether it is to be closed.
pub(super) fn find_ui(ui: &mut Ui, find: &mut TextFind, text: &str, id: Id, space: Rect) -> bool {
    let palette = ui.palette();
    let size = SIZE.min(space.size());
    let corner = pos2(space.max.x - size.x - 20.0, space.min.y + 8.0);
    let rect = Rect::from_min_size(corner, size);
    // What lies below is not meant.
    ui.interact(rect, id.with("find panel"), Sense::click_and_drag());
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    ui.painter().rect_stroke(rect, theme::CORNER, (1.0, palette.line), StrokeKind::Inside);
    let mut closes = false;
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink2(vec2(6.0, 0.0))).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut query = find.query.clone();
        let width = ui.available_width() - COUNT_WIDTH - 3.0 * 32.0;
        let field = TextField::new("Find in text", &mut query).hint("Find").id(field_id(id)).select_all();
        let response = field.width(width).wrong(!find.query.is_empty() && find.matches.is_empty()).show(ui);
        if response.changed() {
            find.find(text, query);
        }
        if std::mem::take(&mut find.wants_focus) {
            response.request_focus();
        }
        if response.has_focus() {
            // Without this Escape takes the keyboard away before it is known whose it was, and closes the preview.
            let filter = EventFilter { escape: true, horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            closes |= ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        }
        let (enter, shift) = ui.input(|input| (input.key_pressed(Key::Enter), input.modifiers.shift));
        if response.lost_focus() && enter {
            find.step(!shift);
            response.request_focus();
        }
        count_ui(ui, find);
        let buttons = [
            (icons::ICON_KEYBOARD_ARROW_UP, "Previous match", "Shift+Enter", false),
            (icons::ICON_KEYBOARD_ARROW_DOWN, "Next match", "Enter", true),
        ];
        for (icon, name, key, forward) in buttons {
            let button = IconButton::new(icon, name).shortcut(key).enabled(!find.matches.is_empty());
            if ui.add(button.size(28.0, 18.0)).clicked() {
                find.step(forward);
            }
        }
        closes |= ui.add(IconButton::new(icons::ICON_CLOSE, "Close find").size(28.0, 18.0)).clicked();
    });
    closes
}

fn count_ui(ui: &mut Ui, find: &TextFind) {
    let words = find.count_in_words();
    let (rect, response) =
        ui.allocate_exact_size(vec2(COUNT_WIDTH - 12.0, theme::CONTROL_HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, format!("Matches: {words}")));
    let font = theme::tabular(theme::SMALL_TEXT);
    ui.painter().text(rect.right_center(), egui::Align2::RIGHT_CENTER, words, font, ui.palette().dimmed);
}

/// The keys of a text in the large preview, of which the stage has the keyboard: Ctrl+F finds, N and Shift+N go on.
pub(super) fn handle_keys(ui: &Ui, find: &mut Option<TextFind>, has_keys: bool) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::COMMAND, Key::F) {
        find.get_or_insert_with(TextFind::new).focus();
    }
    let Some(find) = find else { return };
    if pressed(Modifiers::SHIFT, Key::F3) || has_keys && pressed(Modifiers::SHIFT, Key::N) {
        find.step(false);
    } else if pressed(Modifiers::NONE, Key::F3) || has_keys && pressed(Modifiers::NONE, Key::N) {
        find.step(true);
    }
}

#[cfg(test)]
mod tests {
    use super::{TextFind, find_all};

    fn places(text: &str, query: &str) -> Vec<String> {
        find_all(text, query).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn words_are_found_whatever_their_case() {
        assert_eq!(places("Tea, tea and TEA", "tEa"), ["Tea", "tea", "TEA"]);
        assert_eq!(places("GRÖSSE größe", "größe"), ["größe"]);
        assert_eq!(places("İstanbul", "i"), Vec::<String>::new());
        assert_eq!(places("日本の日", "日"), ["日", "日"]);
    }

    #[test]
    fn places_do_not_overlap_and_may_go_over_lines() {
        assert_eq!(find_all("aaaa", "aa"), [0..2, 2..4]);
        assert_eq!(places("one\ntwo", "e\nt"), ["e\nt"]);
        assert!(
            find_all("aaa", "").is_empty()
                && find_all("", "a").is_empty()
                && find_all("ab", "abc").is_empty()
        );
        assert_eq!(find_all(&"a".repeat(50_000), "a").len(), super::MOST_MATCHES);
    }

    #[test]
    fn behind_the_last_place_is_the_first() {
        let mut find = TextFind::new();
        find.find("tea or tea", "tea".to_owned());
        let mut starts = Vec::new();
        for forward in [true, true, false] {
            starts.push(find.current().unwrap().start);
            find.step(forward);
        }
        assert_eq!((starts, find.count_in_words().as_str()), (vec![0, 7, 0], "2 of 2"));
        // Other words are looked for from there on.
        find.find("tea or tea", "t".to_owned());
        assert_eq!(find.current(), Some(&(7..8)));
        find.find("tea or tea", "x".to_owned());
        assert_eq!((find.current(), find.count_in_words().as_str()), (None, "Not found"));
    }
}
