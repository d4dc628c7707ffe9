//! What previews keep from one frame to the next: rows of texts, parsed Markdown, how far a picture was moved, which
//! page of a document is in sight.

use super::find::TextFind;
use super::fold::FoldedLines;
use super::markdown::DocumentUiState;
use super::pages::{PageFind, PageSelection, PageStack};
use super::rows::{TextRow, rows_of, widest_row};
use super::table_find::TableFind;
use coffer_model::preview::{PagesPreview, TextPreview};
use coffer_model::{MarkdownPreview, Preview};
use egui::{Id, Pos2, Vec2};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// One entry for each slot: the inspector, the versions, the large preview.
#[derive(Default)]
pub struct PreviewUiState {
    texts: HashMap<Id, TextUiState>,
    documents: HashMap<Id, (Arc<Preview>, DocumentUiState)>,
    animations: HashMap<Id, Animation>,

    /// The large preview has the keyboard, so that its keys scroll whatever text it shows.
    pub(super) page_keys: bool,

    /// Long lines of texts are not wrapped.
    pub(super) keeps_lines: bool,

    /// The point of the large picture, in its pixels, that stands in the middle of the window.
    pub(super) center: Option<Center>,

    /// The document in the large preview.
    pub(super) pages: Option<PagesUiState>,

    /// The search in the table there.
    pub(super) table_find: TableFind,
}

/// Of the slot over the whole window.
pub(super) fn large_preview_id() -> Id {
    Id::unique("large preview")
}

/// What has the keyboard in it.
pub(super) fn stage_id() -> Id {
    large_preview_id().with("stage")
}

pub(super) struct PagesUiState {
    preview: Arc<Preview>,
    pub stack: Arc<PageStack>,
    /// Of the last frame, in which `offset` is the top left corner of the view.
    pub zoom: Option<f32>,
    pub offset: Vec2,
    /// The page in sight, from 0.
    pub page: usize,
    pub find: PageFind,
    pub selection: PageSelection,
}

pub(super) struct TextUiState {
    preview: Arc<Preview>,
    columns: usize,
    pub rows: Vec<TextRow>,
    /// Of the longest row, in cells.
    pub widest: usize,
    pub folded: FoldedLines,
    pub find: Option<TextFind>,
    /// Of a long text: the byte of the file that is to be the current place in the part that was asked for.
    pub wanted: Option<u64>,
    /// This part is shown for the first time, and from its end on.
    pub is_new: bool,
    pub begins_at_end: bool,
    /// Where the selection began and where it ends, in bytes.
    pub anchor: usize,
    pub head: usize,
    pub view_height: f32,
}

impl TextUiState {
    pub(super) fn selected_bytes(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// Cuts the text into rows anew, without those that are folded.
    fn cut_rows(&mut self, text: &TextPreview) {
        self.rows = rows_of(&text.text, &text.line_starts, self.columns);
        if self.folded.is_any() {
            self.folded.hide(&mut self.rows, &text.folds);
        }
    }

    pub(super) fn toggle_fold(&mut self, text: &TextPreview, first_line: usize) {
        self.folded.toggle(first_line);
        self.cut_rows(text);
    }

    /// Unfolds the lines around the place that was found and is to be seen.
    pub(super) fn unfold_match(&mut self, text: &TextPreview) {
        let Some(find) = self.find.as_ref().filter(|find| find.reveals && self.folded.is_any()) else {
            return;
        };
        let Some(range) = find.current() else { return };
        let line = text.line_starts.partition_point(|start| *start <= range.start);
        if self.folded.reveal(line, &text.folds) {
            self.cut_rows(text);
        }
    }
}

struct Animation {
    preview: Arc<Preview>,
    since_secs: f64,
}

#[derive(Clone)]
pub(super) struct Center {
    pub preview: Arc<Preview>,
    pub at: Pos2,
}

impl PreviewUiState {
    pub(super) fn text(
        &mut self,
        id: Id,
        preview: &Arc<Preview>,
        text: &TextPreview,
        columns: usize,
    ) -> &mut TextUiState {
        let rows = || rows_of(&text.text, &text.line_starts, columns);
        let new = || TextUiState {
            preview: Arc::clone(preview),
            columns,
            rows: rows(),
            widest: 0,
            folded: FoldedLines::default(),
            find: None,
            wanted: None,
            is_new: true,
            begins_at_end: text.shown.start > 0 && Some(text.shown.end) == text.truncated_from_bytes,
            anchor: 0,
            head: 0,
            view_height: 0.0,
        };
        let state = self.texts.entry(id).or_insert_with(new);
        if !Arc::ptr_eq(&state.preview, preview) {
            let is_same = state.preview.path == preview.path && state.preview.rev == preview.rev;
            let kept = is_same.then(|| (state.find.take(), state.wanted.take()));
            *state = new();
            if let Some((find, wanted)) = kept {
                state.begins_at_end &= wanted.is_none();
                (state.find, state.wanted) = (find, wanted);
            }
        } else if state.columns != columns {
            state.columns = columns;
            state.cut_rows(text);
            state.widest = 0;
        }
        if state.widest == 0 {
            state.widest = widest_row(&text.text, &state.rows);
        }
        state
    }

    /// Whether something is folded in the text of a slot.
    pub(super) fn has_folded(&self, id: Id) -> bool {
        self.texts.get(&id).is_some_and(|state| state.folded.is_any())
    }

    /// Folds all that can be folded in the text of a slot, or unfolds all.
    pub(super) fn fold_all(&mut self, id: Id, text: &TextPreview, folds: bool) {
        let Some(state) = self.texts.get_mut(&id) else { return };
        if folds {
            state.folded.fold_all(&text.folds);
        } else {
            state.folded.unfold_all();
        }
        state.cut_rows(text);
    }

    /// Opens the field to find words in the text of a slot.
    pub(super) fn open_find(&mut self, id: Id) {
        if let Some(text) = self.texts.get_mut(&id) {
            text.find.get_or_insert_with(TextFind::new).focus();
        }
    }

    /// The same in the document in the large preview.
    pub(super) fn open_find_in_pages(&mut self) {
        if let Some(pages) = &mut self.pages {
            pages.find.show_field();
        }
    }

    /// The text in a slot, to be put back after it was drawn.
    pub(super) fn take_document(
        &mut self,
        id: Id,
        preview: &Arc<Preview>,
        text: &MarkdownPreview,
    ) -> DocumentUiState {
        let kept = self.documents.remove(&id).filter(|(kept, _)| Arc::ptr_eq(kept, preview));
        kept.map_or_else(|| DocumentUiState::new(text), |(_, document)| document)
    }

    pub(super) fn put_document(&mut self, id: Id, preview: &Arc<Preview>, document: DocumentUiState) {
        self.documents.insert(id, (Arc::clone(preview), document));
    }

    /// The document in the large preview, to be put back after it was drawn.
    pub(super) fn take_pages(&mut self, preview: &Arc<Preview>, document: &PagesPreview) -> PagesUiState {
        let kept = self.pages.take().filter(|kept| Arc::ptr_eq(&kept.preview, preview));
        kept.unwrap_or_else(|| PagesUiState {
            preview: Arc::clone(preview),
            stack: PageStack::new(&document.pages).into(),
            zoom: None,
            offset: Vec2::ZERO,
            page: 0,
            find: PageFind::default(),
            selection: PageSelection::default(),
        })
    }

    /// When the animation in this slot began.
    pub(super) fn started_secs(&mut self, id: Id, preview: &Arc<Preview>, now_secs: f64) -> f64 {
        let new = || Animation { preview: Arc::clone(preview), since_secs: now_secs };
        let animation = self.animations.entry(id).or_insert_with(new);
        if !Arc::ptr_eq(&animation.preview, preview) {
            *animation = new();
        }
        animation.since_secs
    }
}
