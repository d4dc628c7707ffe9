//! The text of pages in the large preview: selected with the mouse, copied, found, and marked over what is drawn of the
//! pages. The worker reads it when the pointer is over the pages, or when words are looked for.

use super::DrawnPages;
use super::layout::PageLayout;
use crate::ui::preview::PreviewSlot;
use crate::ui::preview::find::{self, FindResponse, find_ui};
use crate::ui::preview::note::{NOTE_HEIGHT, note_ui};
use crate::ui::preview::text::note_reading;
use crate::ui::preview::ui_state::{PagesUiState, stage_id};
use crate::ui::preview::word::word_around;
use crate::ui::theme::UiPalette;
use coffer_model::PageArea;
use coffer_state::large_preview::LargePreview;
use coffer_state::page_texts::{PageTexts, WantedTexts};
use coffer_texts::tr;
use egui::{
    Color32, CursorIcon, Event, Key, Modifiers, Pos2, Rect, Response, StrokeKind, Ui, Vec2, pos2, vec2,
};
use std::ops::Range;

/// What was found, over paper that is white in both themes.
const MATCH: Color32 = Color32::from_rgba_unmultiplied_const(255, 196, 0, 96);
const CURRENT_MATCH: Color32 = Color32::from_rgba_unmultiplied_const(255, 132, 0, 150);

const CURRENT_EDGE: Color32 = Color32::from_rgb(180, 89, 31);
const SELECTED: Color32 = Color32::from_rgba_unmultiplied_const(27, 127, 112, 76);

/// What was found is brought at least so far into the view, in points: not behind the field.
const ROOM: Vec2 = vec2(24.0, 72.0);

/// Ctrl+F finds, Ctrl+A selects all, Ctrl+C copies; `keys`: the stage has the keyboard.
pub(super) fn handle_keys(
    ui: &Ui,
    view: &mut PagesUiState,
    texts: &PageTexts,
    page_count: usize,
    keys: bool,
) {
    find::handle_keys(ui, &mut view.find.open, keys);
    let selection = &mut view.selection;
    if keys {
        note_reading(ui.ctx(), stage_id());
        let (select_all, copies) = ui.input_mut(|input| {
            let copies = input.events.iter().any(|event| matches!(event, Event::Copy));
            (input.consume_key(Modifiers::COMMAND, Key::A), copies)
        });
        if select_all {
            selection.select_all(page_count);
        }
        selection.is_awaited |= copies && !selection.is_empty();
    }
    if let (true, Some(text)) = (selection.is_awaited, selection.text(texts)) {
        selection.is_awaited = false;
        ui.ctx().copy_text(text);
    }
}

/// Looks for words in what was read. Answers where the view has to be to show the place that was found.
pub(super) fn look(
    ui: &Ui,
    view: &mut PagesUiState,
    texts: &PageTexts,
    layout: &PageLayout<'_>,
    stage: Rect,
) -> Option<Vec2> {
    if view.find.look(texts) {
        ui.ctx().request_repaint();
    }
    let found = view.find.take_revealed()?;
    let areas = texts.text_of(found.page)?.areas_of(&found.range);
    let rect = area_rect(*areas.first()?, layout.page_rect(found.page as usize));
    let seen = Rect::from_min_size(view.offset.to_pos2(), stage.size()).shrink2(ROOM.min(stage.size() / 4.0));
    if seen.contains_rect(rect) {
        return None;
    }
    let most = (layout.size() - stage.size()).max(Vec2::ZERO);
    let is_beside = rect.min.x < seen.min.x || rect.max.x > seen.max.x;
    let x = if is_beside { rect.center().x - stage.width() / 2.0 } else { view.offset.x };
    Some(vec2(x, rect.center().y - stage.height() / 3.0).clamp(Vec2::ZERO, most))
}

/// The field in which words are looked for, and a note while something waits for the rest of the pages.
pub(super) fn field_ui(
    ui: &mut Ui,
    view: &mut PagesUiState,
    large: &LargePreview,
    slot: &PreviewSlot<'_>,
    stage: Rect,
) {
    let count = view.stack.count();
    let mut note = String::new();
    let progress = view.find.progress(&large.texts, &mut note);
    let done = view.find.open.as_mut().map(|find| find_ui(ui, find, progress, slot.id, stage));
    match done {
        Some(FindResponse::Begin(query)) => {
            view.find.begin(query, view.page, count);
            ui.ctx().request_repaint();
        }
        Some(FindResponse::Close) => {
            view.find.open = None;
            ui.memory_mut(|memory| memory.request_focus(stage_id()));
        }
        Some(FindResponse::Nothing) | None => {}
    }
    if view.selection.is_awaited {
        let strip = Rect::from_min_max(pos2(stage.min.x, stage.max.y - NOTE_HEIGHT), stage.max);
        ui.painter().rect_filled(strip, 0.0, ui.palette().surface_0);
        let note = tr!("pages-copy-waits", read = large.texts.known_count(), count = count);
        note_ui(ui, strip, &note);
    }
}

/// What has to be read now.
pub(super) fn wanted_texts(ui: &Ui, view: &PagesUiState, in_sight: &Range<usize>) -> WantedTexts {
    let finds = view.find.open.is_some();
    let reads = finds || !view.selection.is_empty() || ui.rect_contains_pointer(ui.clip_rect());
    let in_sight = if reads { in_sight.start as u32..in_sight.end as u32 } else { 0..0 };
    WantedTexts { in_sight, all: finds || view.selection.is_awaited }
}

impl DrawnPages<'_> {
    /// Marks what is found and selected of a page.
    pub(super) fn marks_ui(&self, ui: &Ui, view: &PagesUiState, page: usize) {
        let Some(text) = self.large.texts.text_of(page as u32) else { return };
        let page_rect = self.rect_of(ui, page);
        let seen = |area: &PageArea| area_rect(*area, page_rect).intersects(ui.clip_rect());
        for (found, is_current) in view.find.on_page(page as u32) {
            let color = if is_current { CURRENT_MATCH } else { MATCH };
            for area in text.areas_of(&found.range).iter().filter(|area| seen(area)) {
                let rect = area_rect(*area, page_rect).expand(1.0);
                ui.painter().rect_filled(rect, 2.0, color);
                if is_current {
                    ui.painter().rect_stroke(rect, 2.0, (1.0, CURRENT_EDGE), StrokeKind::Outside);
                }
            }
        }
        let selected = view.selection.on_page(page as u32);
        if !selected.is_empty() {
            for area in text.areas_of(&selected).iter().filter(|area| seen(area)) {
                ui.painter().rect_filled(area_rect(*area, page_rect), 0.0, SELECTED);
            }
        }
    }

    /// Press and drag select; a double click selects the word.
    pub(super) fn handle_pointer(
        &self,
        ui: &Ui,
        view: &mut PagesUiState,
        response: &Response,
        in_sight: &Range<usize>,
    ) {
        if response.hover_pos().is_some_and(|at| self.is_text_at(ui, at)) {
            ui.set_cursor_icon(CursorIcon::Text);
        }
        if response.is_pointer_button_down_on() || response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(stage_id()));
        }
        let Some(pointer) = response.interact_pointer_pos() else { return };
        let Some((page, byte)) = self.place_at(ui, pointer, in_sight) else { return };
        let selection = &mut view.selection;
        let (pressed, shift) = ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
        if response.double_clicked() {
            let word = self.large.texts.text_of(page).map(|text| word_around(&text.text, byte));
            let word = word.unwrap_or(byte..byte);
            (selection.anchor, selection.head) = ((page, word.start), (page, word.end));
        } else if pressed {
            selection.head = (page, byte);
            if !shift {
                selection.anchor = selection.head;
            }
        } else if response.dragged() {
            selection.head = (page, byte);
            let space = ui.clip_rect();
            let beyond = (space.min.y - pointer.y).max(0.0) - (pointer.y - space.max.y).max(0.0);
            if beyond != 0.0 {
                ui.scroll_with_delta(vec2(0.0, beyond * 0.4));
                ui.ctx().request_repaint();
            }
        }
    }

    /// Where a point of the screen is on its page, in parts of one.
    fn share_of(&self, ui: &Ui, page: usize, at: Pos2) -> Vec2 {
        let rect = self.rect_of(ui, page);
        (at - rect.min) / rect.size()
    }

    fn is_text_at(&self, ui: &Ui, at: Pos2) -> bool {
        let page = self.layout.page_at(at.y - self.origin.y);
        let share = self.share_of(ui, page, at);
        self.large.texts.text_of(page as u32).is_some_and(|text| text.is_at(share.x, share.y))
    }

    /// The place in the text that is nearest.
    fn place_at(&self, ui: &Ui, at: Pos2, in_sight: &Range<usize>) -> Option<(u32, usize)> {
        let page = self.layout.page_at(at.y - self.origin.y).clamp(in_sight.start, in_sight.end.max(1) - 1);
        let share = self.share_of(ui, page, at);
        let proportion = self.size_of(page).width / self.size_of(page).height;
        let byte = self.large.texts.text_of(page as u32)?.byte_at(share.x, share.y, proportion);
        Some((page as u32, byte.unwrap_or(0)))
    }
}

/// Where a part of a page is that is drawn here.
fn area_rect(area: PageArea, page: Rect) -> Rect {
    let [left, top, right, bottom] = area.shares();
    let at = |x: f32, y: f32| page.min + vec2(x, y) * page.size();
    Rect::from_min_max(at(left, top), at(right, bottom))
}
