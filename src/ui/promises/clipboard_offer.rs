//! Items that were copied in the window, on the clipboard of the desktop: programs that paste them get files, and a text
//! field their paths.

use super::display::XDisplay;
use super::offer::Offer;
use coffer_model::Entry;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use x11rb::protocol::xproto::{ConnectionExt as _, Window};

/// Programs that keep what is copied ask for all of it at once. No person pastes so soon, so nothing is downloaded for them.
const TOO_SOON: Duration = Duration::from_millis(500);

pub(super) struct ClipboardOffer {
    /// Owns the clipboard.
    pub(super) window: Window,
    pub(super) offer: Offer,
    pub(super) text: String,
    since: Instant,
}

impl ClipboardOffer {
    /// Offers items in place of what is on the clipboard.
    pub(super) fn offer(x: &XDisplay, entries: Arc<Vec<Entry>>, text: String, all: &Path) -> Option<Self> {
        let window = x.create_owner().ok()?;
        let owns = x.connection.set_selection_owner(window, x.atoms.CLIPBOARD, x11rb::CURRENT_TIME);
        owns.ok()?.check().ok()?;
        Some(Self { window, offer: Offer::new(entries, all), text, since: Instant::now() })
    }

    /// Whether files are asked for by a program, and not by a person.
    pub(super) fn is_too_soon(&self) -> bool {
        self.since.elapsed() < TOO_SOON
    }

    /// The clipboard is empty if it still had these.
    pub(super) fn withdraw(self, x: &XDisplay) {
        x.destroy(self.window);
    }
}
