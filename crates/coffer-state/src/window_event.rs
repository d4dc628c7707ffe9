//! What the window tells of itself: what it measured while it drew, and what the desktop did to it. Nothing here is
//! something that the person asked for; that is an [`super::Action`]. None of it needs another frame.

use super::dialog::Dialog;
use super::page_texts::WantedTexts;
use super::{Effect, State};
use coffer_model::{PagePart, Thumbnail};

#[derive(Clone, Debug, PartialEq)]
pub enum WindowEvent {
    /// How many cells there are in a line of the content, and how many lines in a page.
    Layout { columns: usize, page_lines: usize },

    /// The content was scrolled, by the person or because `reveal` or `restore_scroll` asked for it: both are done.
    Scrolled { top: f32 },

    /// Everything that would be drawn now and has no texture, in order of need; sent whenever that changes. Requests
    /// for what is no longer in the list are cancelled.
    WantedThumbnails(Vec<Thumbnail>),

    /// The pointer is on this toast; sent in every frame in which it is. The toast stays.
    PointerOnToast(u64),

    /// The zoom at which the picture of the large preview, or both of a comparison, fit.
    FitZoom(f32),

    /// The parts of pages in the large preview that are in sight, and then those around them, in order of need; sent in
    /// each frame. What is no longer in the list is not drawn any more.
    PartsInSight(Vec<PagePart>),

    /// The pages in the large preview whose text is wanted; sent in each frame that draws pages with a text.
    WantedTexts(WantedTexts),

    /// In points; not sent while the window is maximized.
    Resized([f32; 2]),

    /// The window got the keyboard of the desktop, or lost it.
    Focused(bool),

    /// Whether there is room for the inspector beside the content; sent when that changes.
    InspectorRoom(bool),

    /// Measured while the other pane was drawn.
    InOtherPane(Box<WindowEvent>),
}

impl State {
    /// Takes over what the window tells of itself.
    #[must_use]
    pub fn on_window_event(&mut self, event: WindowEvent) -> Vec<Effect> {
        self.take_window_event(event);
        self.context.take_effects()
    }

    pub(super) fn take_window_event(&mut self, event: WindowEvent) {
        match event {
            WindowEvent::Layout { columns, page_lines } => self.browser.set_layout(columns, page_lines),
            WindowEvent::Scrolled { top } => {
                self.browser.on_scrolled(top);
                self.activity.reveal = false;
            }
            WindowEvent::WantedThumbnails(wanted) => self.thumbnails.want(&wanted, &mut self.context),
            WindowEvent::PointerOnToast(id) => self.toasts.set_under_pointer(id),
            WindowEvent::FitZoom(zoom) => match &mut self.dialog {
                Some(Dialog::LargePreview(large)) => large.zoom.set_fit(zoom),
                Some(Dialog::Compare(compare)) => compare.zoom.set_fit(zoom),
                _ => {}
            },
            WindowEvent::PartsInSight(wanted) => {
                if let Some((large, context)) = self.large_preview_mut() {
                    large.want_parts(wanted, context);
                }
            }
            WindowEvent::WantedTexts(wanted) => {
                if let Some((large, context)) = self.large_preview_mut() {
                    large.want_texts(wanted, context);
                }
            }
            WindowEvent::Resized(points) => self.settings.set_window_size(points, &self.context),
            WindowEvent::Focused(focused) => self.on_focused(focused),
            WindowEvent::InspectorRoom(has_room) => self.set_inspector_room(has_room),
            WindowEvent::InOtherPane(event) => {
                self.with_other_pane(|state| state.take_window_event(*event));
            }
        }
    }
}
