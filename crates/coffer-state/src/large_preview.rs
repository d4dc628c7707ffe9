//! The large preview: the file of the cursor over the whole window; arrows go to the next file and take the cursor
//! along.

use super::State;
use super::browser::Browser;
use super::context::StateContext;
use super::page_parts::PageParts;
use super::page_texts::{PageTexts, WantedTexts};
use super::picture_zoom::PictureZoom;
use super::player::Player;
use super::requests::{RequestPurpose, finish_load};
use super::text_search::TextSearch;
use coffer_model::preview::PageSize;
use coffer_model::{
    Entry, FileType, Job, Load, Outcome, PagePart, Preview, PreviewBody, PreviewKind, RequestId, TextPart,
};
use std::sync::Arc;

/// An arrow key that is held shows names only until it rests.
const REST_SECS: f64 = 0.08;

/// The longest side of the picture, in pixels: what any graphics card takes as one texture.
const PREVIEW_SIDE: u32 = 4096;

/// The file of the cursor, as large as the window.
pub struct LargePreview {
    pub entry: Entry,
    pub preview: Load<Arc<Preview>>,
    pub zoom: PictureZoom,
    pub shows_table_as_text: bool,
    /// The one of a workbook that is shown, from 0.
    pub sheet: usize,
    /// Of a file with pages, or of a picture that has more pixels than its preview.
    pub parts: PageParts,
    /// Of a PDF file.
    pub texts: PageTexts,
    /// Of a long text.
    pub search: Box<TextSearch>,
    /// Of a recording.
    pub player: Player,
    request: Option<RequestId>,
    /// The files beside this one that are prepared; what comes of them stays with the worker.
    preparing: Vec<RequestId>,
    /// When the preview is asked for: not while an arrow key is held.
    due_secs: Option<f64>,
}

/// A picture that is not so large that it is downloaded for nothing.
fn is_prepared(entry: &Entry) -> bool {
    const MOST_BYTES: u64 = 32 * 1024 * 1024;
    FileType::from_name(entry.name()).preview == PreviewKind::Picture
        && entry.size_bytes().is_some_and(|bytes| bytes <= MOST_BYTES)
}

impl LargePreview {
    fn new(entry: Entry, zoom: PictureZoom, due_secs: f64) -> Self {
        let preview = Load::Pending { previous: None };
        Self {
            entry,
            preview,
            zoom,
            shows_table_as_text: false,
            sheet: 0,
            parts: PageParts::default(),
            texts: PageTexts::default(),
            search: Box::default(),
            player: Player::default(),
            request: None,
            preparing: Vec::new(),
            due_secs: Some(due_secs),
        }
    }

    fn show(&mut self, entry: Entry, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.cancel_preparing(context);
        self.parts.cancel(context);
        self.texts.cancel(context);
        self.search.cancel(context);
        self.player.cancel(context);
        let zoom = PictureZoom { chosen: None, ..self.zoom };
        let shows_table_as_text = self.shows_table_as_text;
        *self = Self { shows_table_as_text, ..Self::new(entry, zoom, context.now_secs() + REST_SECS) };
    }

    pub(super) fn due_secs(&self) -> Option<f64> {
        self.due_secs
    }

    fn preview_when_due(&mut self, context: &mut StateContext) {
        if context.is_due(self.due_secs) {
            self.due_secs = None;
            let job = Job::Preview { entry: self.entry.clone(), max_side: PREVIEW_SIDE };
            self.request = Some(context.run(job, RequestPurpose::LargePreview));
        }
    }

    pub(super) fn on_previewed(&mut self, outcome: Outcome, context: &mut StateContext) {
        self.request = None;
        finish_load(&mut self.preview, outcome);
        if let Some(preview) = self.preview.value() {
            self.player.on_previewed(&self.entry, preview, context);
        }
    }

    /// A recording is played; a film is for another program.
    pub fn is_playable(&self) -> bool {
        let body = self.preview.value().map(|preview| &preview.body);
        matches!(body, Some(PreviewBody::Recording(recording)) if !recording.is_film)
    }

    pub(super) fn toggle_player(&mut self, context: &mut StateContext) {
        if self.is_playable() {
            self.player.toggle(&self.entry, context);
        }
    }

    /// The parts of pages, or of a large picture, that are in sight, in order of need.
    pub(super) fn want_parts(&mut self, wanted: Vec<PagePart>, context: &mut StateContext) {
        match self.preview.value().map(|preview| &preview.body) {
            Some(PreviewBody::Pages(document)) => {
                self.parts.want(wanted, &document.pages, &self.entry, context);
            }
            Some(&PreviewBody::Picture { width, height, .. }) => {
                let size = PageSize { width: width as f32, height: height as f32 };
                self.parts.want(wanted, &[size], &self.entry, context);
            }
            _ => {}
        }
    }

    pub(super) fn want_texts(&mut self, wanted: WantedTexts, context: &mut StateContext) {
        if let Some(PreviewBody::Pages(document)) = self.preview.value().map(|preview| &preview.body) {
            self.texts.want(wanted, document.pages.len(), &self.entry, context);
        }
    }

    /// Words are looked for in the text, in all of it where only a part is shown.
    pub(super) fn find_in_text(&mut self, words: String, context: &mut StateContext) {
        let Some(preview) = self.preview.value() else { return };
        if let PreviewBody::Text(text) = &preview.body {
            self.search.begin(words, &self.entry, text, context);
        }
    }

    /// Another part of a long text is shown as soon as it is there.
    pub(super) fn show_text_part(&mut self, part: TextPart, context: &mut StateContext) {
        let Some(PreviewBody::Text(text)) = self.preview.value().map(|preview| &preview.body) else { return };
        let job = Job::TextPart { entry: self.entry.clone(), part, encoding: text.encoding };
        context.cancel(self.request.take());
        self.preview.begin();
        self.request = Some(context.run(job, RequestPurpose::LargePreview));
    }

    /// Has pictures decoded before somebody turns to them.
    fn prepare(&mut self, neighbours: Vec<Entry>, context: &mut StateContext) {
        for entry in neighbours {
            let job = Job::Preview { entry, max_side: PREVIEW_SIDE };
            self.preparing.push(context.run(job, RequestPurpose::NeighbourPreview));
        }
    }

    pub(super) fn on_prepared(&mut self, id: RequestId) {
        self.preparing.retain(|preparing| *preparing != id);
    }

    fn cancel_preparing(&mut self, context: &mut StateContext) {
        for id in self.preparing.drain(..) {
            context.cancel(Some(id));
        }
    }

    pub(super) fn cancel(mut self, context: &mut StateContext) {
        context.cancel(self.request);
        self.cancel_preparing(context);
        self.parts.cancel(context);
        self.texts.cancel(context);
        self.search.cancel(context);
        self.player.cancel(context);
    }
}

impl Browser {
    /// The file before or after this one; the first one there is when this one is gone from the list.
    fn file_beside(&self, entry: &Entry, forward: bool) -> Option<usize> {
        let listing = self.listing.value()?;
        let count = listing.entries.len();
        let is_file = |row: &usize| listing.entries[*row].last_version().is_some();
        match (listing.row_of(&entry.path), forward) {
            (Some(row), true) => (row + 1..count).find(is_file),
            (Some(row), false) => (0..row).rev().find(is_file),
            (None, _) => (0..count).find(is_file),
        }
    }

    /// Selects one row and brings it into view.
    fn show_row(&mut self, row: usize) -> Option<Entry> {
        let entry = self.listing.value()?.entries.get(row)?.as_last_version()?;
        self.selection.select_only(&entry.path);
        self.reveal = Some(row);
        self.changed = true;
        Some(entry)
    }
}

impl State {
    pub(super) fn open_large_preview(&mut self) {
        let Some(entry) = self.browser.subject().and_then(Entry::as_last_version) else { return };
        // What is shown is what the buttons of the preview are about.
        if self.browser.selection.paths.is_empty()
            && let Some(row) = self.browser.listing.value().and_then(|listing| listing.row_of(&entry.path))
        {
            self.browser.show_row(row);
        }
        self.preview_large(entry);
    }

    pub(super) fn preview_large(&mut self, entry: Entry) {
        let now_secs = self.context.now_secs();
        self.open_dialog(LargePreview::new(entry, PictureZoom::default(), now_secs));
        self.preview_large_when_due();
    }

    pub(super) fn step_large_preview(&mut self, forward: bool) {
        let Some(entry) = self.large_preview_mut().map(|(large, _)| large.entry.clone()) else { return };
        let row = self.browser.file_beside(&entry, forward);
        let Some(entry) = row.and_then(|row| self.browser.show_row(row)) else { return };
        if let Some((large, context)) = self.large_preview_mut() {
            large.show(entry, context);
        }
    }

    pub(super) fn show_row_in_large_preview(&mut self, row: usize) {
        if !self.has_large_preview() {
            return;
        }
        let Some(entry) = self.browser.show_row(row) else { return };
        if let Some((large, context)) = self.large_preview_mut() {
            large.show(entry, context);
        }
    }

    pub(super) fn on_large_previewed(&mut self, outcome: Outcome) {
        let Some((large, context)) = self.large_preview_mut() else { return };
        large.on_previewed(outcome, context);
        let is_picture = |preview: &Arc<Preview>| matches!(preview.body, PreviewBody::Picture { .. });
        if !large.preview.value().is_some_and(is_picture) {
            return;
        }
        let entry = large.entry.clone();
        let neighbours = [true, false]
            .into_iter()
            .filter_map(|forward| {
                let row = self.browser.file_beside(&entry, forward)?;
                self.browser.listing.value()?.entries.get(row)?.as_last_version()
            })
            .filter(is_prepared)
            .collect();
        if let Some((large, context)) = self.large_preview_mut() {
            large.prepare(neighbours, context);
        }
    }

    pub(super) fn preview_large_when_due(&mut self) {
        if let Some((large, context)) = self.large_preview_mut() {
            large.preview_when_due(context);
        }
    }
}
