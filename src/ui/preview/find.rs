//! Finding words in the text that is shown: a field over its upper right corner, marks at all places, and a way from one
//! to the next. Pure but for the field.

use crate::ui::commands::key_names;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, TextField};
use coffer_stdx::words::find_words;
use coffer_texts::tr;
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
const NOTE_HEIGHT: f32 = 28.0;

/// What is looked for, and where it was found. A place in a text is its bytes, one in a document has its page too.
pub(super) struct Find<P> {
    query: String,
    /// In order.
    pub matches: Vec<P>,
    current: Option<usize>,
    /// Where to begin.
    from: Option<P>,
    /// The current place is to be brought into sight.
    pub reveals: bool,
    /// Of a long text.
    pub part: Option<FindPart>,
    /// A step leads out of the part that is shown: forward, or back.
    pub beyond: Option<bool>,
    /// The words were looked for in other parts already, as this one has none.
    pub has_looked_beyond: bool,
    /// The field is to have the keyboard.
    wants_focus: bool,
}

/// Where a part of a long text is among all places that were found.
#[derive(Clone, Copy, Debug)]
pub(super) struct FindPart {
    pub before: usize,
    pub total: usize,
}

/// In one text.
pub(super) type TextFind = Find<Range<usize>>;

/// A place by which others can be put in order.
pub(super) trait MatchPlace: Clone {
    /// Its page, and the byte there with which it begins.
    fn start(&self) -> (u32, usize);
}

impl MatchPlace for Range<usize> {
    fn start(&self) -> (u32, usize) {
        (0, self.start)
    }
}

impl<P: MatchPlace> Find<P> {
    pub(super) fn new() -> Self {
        Self {
            query: String::new(),
            matches: Vec::new(),
            current: None,
            from: None,
            reveals: false,
            part: None,
            beyond: None,
            has_looked_beyond: false,
            wants_focus: true,
        }
    }

    pub(super) fn focus(&mut self) {
        self.wants_focus = true;
    }

    pub(super) fn query(&self) -> &str {
        &self.query
    }

    pub(super) fn current(&self) -> Option<&P> {
        self.matches.get(self.current?)
    }

    /// Looks for other words, from the place on that is the current one.
    pub(super) fn begin(&mut self, query: String) {
        self.from = self.current().cloned().or_else(|| self.from.take());
        self.query = query;
        self.matches.clear();
        self.current = None;
        self.part = None;
        self.beyond = None;
        self.has_looked_beyond = false;
    }

    /// Takes the places in another part of the text; one of them is the current one.
    pub(super) fn show_part(&mut self, found: Vec<P>, current: Option<usize>) {
        self.matches.clear();
        (self.current, self.from, self.beyond) = (None, None, None);
        self.add(found);
        self.reveals = false;
        if let Some(current) = current {
            self.go_to(current);
        }
    }

    pub(super) fn go_to(&mut self, index: usize) {
        self.current = self.matches.len().checked_sub(1).map(|last| index.min(last));
        self.reveals = true;
    }

    /// Takes in places that follow each other, with no other between them. The first ones show where it is.
    pub(super) fn add(&mut self, mut found: Vec<P>) {
        found.truncate(MOST_MATCHES - self.matches.len().min(MOST_MATCHES));
        let Some(first) = found.first() else { return };
        let at = self.matches.partition_point(|known| known.start() < first.start());
        if let Some(current) = &mut self.current {
            *current += if *current >= at { found.len() } else { 0 };
        } else {
            let from = self.from.as_ref().map_or((0, 0), MatchPlace::start);
            let next = found.partition_point(|place| place.start() < from);
            self.current = Some(at + if next < found.len() { next } else { 0 });
            self.reveals = true;
        }
        self.matches.splice(at..at, found);
    }

    /// More places are not taken in.
    pub(super) fn is_full(&self) -> bool {
        self.matches.len() >= MOST_MATCHES
    }

    /// To the next place, or the one before; behind the last one is the first.
    pub(super) fn step(&mut self, forward: bool) {
        let count = self.matches.len();
        let is_last =
            self.current.is_none_or(|current| if forward { current + 1 == count } else { current == 0 });
        if is_last && self.part.is_some_and(|part| part.total > count) {
            self.beyond = Some(forward);
            return;
        }
        if let Some(current) = &mut self.current {
            *current = if forward { (*current + 1) % count } else { (*current + count - 1) % count };
            self.reveals = true;
        }
    }

    /// "3 of 12"
    pub(super) fn count_in_words(&self, is_searching: bool) -> String {
        let FindPart { before, total } =
            self.part.unwrap_or(FindPart { before: 0, total: self.matches.len() });
        let now = before + self.current.map_or(0, |current| current + 1);
        match total {
            0 if self.query.is_empty() => String::new(),
            0 if is_searching => tr!("searching").to_owned(),
            0 => tr!("find-nothing").to_owned(),
            MOST_MATCHES.. => tr!("find-of-many", now = now),
            count if is_searching => tr!("find-so-far", now = now, count = count),
            count => tr!("part-of", done = now, all = count),
        }
    }
}

/// Where `query` is in `text`, as far as places are counted.
pub(super) fn find_all(text: &str, query: &str) -> Vec<Range<usize>> {
    find_words(text, query, MOST_MATCHES)
}

fn field_id(id: Id) -> Id {
    id.with("find")
}

/// What was done in the field.
pub(super) enum FindResponse {
    /// Nothing, or a step to another place.
    Nothing,
    /// Other words are looked for: `Find::begin`.
    Begin(String),
    Close,
}

/// What is known of the search beside what was found.
#[derive(Clone, Copy, Default)]
pub(super) struct FindProgress<'a> {
    /// More may be found.
    pub is_searching: bool,
    /// A sentence below the field.
    pub note: Option<&'a str>,
}

/// Draws the field over the upper right corner of `space`.
pub(super) fn find_ui<P: MatchPlace>(
    ui: &mut Ui,
    find: &mut Find<P>,
    progress: FindProgress<'_>,
    id: Id,
    space: Rect,
) -> FindResponse {
    let palette = ui.palette();
    let note_height = if progress.note.is_some() { NOTE_HEIGHT } else { 0.0 };
    let size = (SIZE + vec2(0.0, note_height)).min(space.size());
    let corner = pos2(space.max.x - size.x - 20.0, space.min.y + 8.0);
    let rect = Rect::from_min_size(corner, size);
    // What lies below is not meant.
    ui.interact(rect, id.with("find panel"), Sense::click_and_drag());
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    ui.painter().rect_stroke(rect, theme::CORNER, (1.0, palette.line), StrokeKind::Inside);
    let (rect, below) = rect.split_top_bottom_at_y(rect.max.y - note_height);
    if let Some(note) = progress.note {
        note_ui(ui, id, note, below);
    }
    let mut begins = None;
    let mut closes = false;
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink2(vec2(6.0, 0.0))).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut query = find.query.clone();
        let width = ui.available_width() - COUNT_WIDTH - 3.0 * 32.0;
        let field =
            TextField::new(tr!("find-in-text"), &mut query).hint(tr!("find")).id(field_id(id)).select_all();
        let has_places = !find.matches.is_empty() || find.part.is_some_and(|part| part.total > 0);
        let is_wrong = !find.query.is_empty() && !has_places && !progress.is_searching;
        let response = field.width(width).wrong(is_wrong).show(ui);
        if response.changed() {
            begins = Some(query);
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
        count_ui(ui, &find.count_in_words(progress.is_searching));
        let buttons = [
            (icons::ICON_KEYBOARD_ARROW_UP, tr!("find-previous"), "Shift+Enter", false),
            (icons::ICON_KEYBOARD_ARROW_DOWN, tr!("find-next"), "Enter", true),
        ];
        for (icon, name, key, forward) in buttons {
            let keys = key_names(key);
            let button = IconButton::new(icon, name).shortcut(&keys).enabled(has_places);
            if ui.add(button.size(28.0, 18.0)).clicked() {
                find.step(forward);
            }
        }
        closes |= ui.add(IconButton::new(icons::ICON_CLOSE, tr!("find-close")).size(28.0, 18.0)).clicked();
    });
    match begins {
        _ if closes => FindResponse::Close,
        Some(query) => FindResponse::Begin(query),
        None => FindResponse::Nothing,
    }
}

fn note_ui(ui: &Ui, id: Id, note: &str, rect: Rect) {
    let response = ui.interact(rect, id.with("find note"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, note));
    let font = theme::regular(theme::SMALL_TEXT);
    let at = rect.left_top() + vec2(14.0, rect.height() / 2.0 - 3.0);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, note, font, ui.palette().dimmed);
}

fn count_ui(ui: &mut Ui, words: &str) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(COUNT_WIDTH - 12.0, theme::CONTROL_HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, tr!("find-matches", matches = words)));
    let font = theme::tabular(theme::SMALL_TEXT);
    ui.painter().text(rect.right_center(), egui::Align2::RIGHT_CENTER, words, font, ui.palette().dimmed);
}

/// The keys of a text in the large preview, of which the stage has the keyboard: Ctrl+F finds, N and Shift+N go on.
pub(super) fn handle_keys<P: MatchPlace>(ui: &Ui, find: &mut Option<Find<P>>, has_keys: bool) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::COMMAND, Key::F) {
        find.get_or_insert_with(Find::new).focus();
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

    #[test]
    fn behind_the_last_place_is_the_first() {
        let mut find = TextFind::new();
        let look_for = |find: &mut TextFind, query: &str| {
            find.begin(query.to_owned());
            find.add(find_all("tea or tea", query));
        };
        look_for(&mut find, "tea");
        let mut starts = Vec::new();
        for forward in [true, true, false] {
            starts.push(find.current().unwrap().start);
            find.step(forward);
        }
        assert_eq!((starts, find.count_in_words(false).as_str()), (vec![0, 7, 0], "2 of 2"));
        // Other words are looked for from there on.
        look_for(&mut find, "t");
        assert_eq!(find.current(), Some(&(7..8)));
        look_for(&mut find, "x");
        assert_eq!((find.current(), find.count_in_words(false).as_str()), (None, "Not found"));
    }

    #[test]
    fn what_is_found_later_comes_in_its_order_and_leaves_the_current_place_where_it_is() {
        let mut find = TextFind::new();
        find.begin("a".to_owned());
        assert_eq!(find.count_in_words(true), "Searching…");
        find.add(vec![40..41, 50..51]);
        find.step(true);
        find.add(vec![10..11, 20..21]);
        find.add(vec![70..71, 80..81]);
        assert_eq!((find.current(), find.count_in_words(true).as_str()), (Some(&(50..51)), "4 of 6…"));
        for _ in 0..3 {
            find.step(true);
        }
        assert_eq!(find.current(), Some(&(10..11)));
    }
}
