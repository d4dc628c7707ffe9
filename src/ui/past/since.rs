//! What has become of an item since, in words and a symbol.

use crate::ui::theme::Palette;
use coffer_model::{Entry, Listing, RemotePath, SinceCounts, SinceThen};
use coffer_state::State;
use coffer_texts::tr;
use egui::Color32;
use egui_material_icons::{MaterialIcon, icons};

/// How an item differs from now.
pub struct SinceWords {
    pub text: String,
    pub icon: MaterialIcon,
    kind: SinceKind,
    /// It was not there then.
    pub is_new: bool,
    /// Which version it had then, and so its size and date, cannot be told.
    pub has_no_version: bool,
}

#[derive(Clone, Copy)]
enum SinceKind {
    Changed,
    Gone,
    Moved,
    Quiet,
}

impl SinceWords {
    fn new(kind: SinceKind, icon: MaterialIcon, text: impl Into<String>) -> Self {
        Self { text: text.into(), icon, kind, is_new: false, has_no_version: false }
    }

    pub fn color(&self, palette: &Palette) -> Color32 {
        match self.kind {
            SinceKind::Changed => palette.warning,
            SinceKind::Gone => palette.danger,
            SinceKind::Moved => palette.past,
            SinceKind::Quiet => palette.dimmed,
        }
    }
}

/// Of a row of a folder that is shown as it was; nothing where it is the same now, and in all other lists.
pub fn since_of(state: &State, listing: &Listing, row: usize) -> Option<SinceWords> {
    let past = listing.past.as_deref()?;
    let (entry, since) = (listing.entries.get(row)?, past.since.get(row)?);
    let words = match since {
        SinceThen::Unchanged => return past.below.get(row).and_then(below_in_words),
        SinceThen::Changed => {
            SinceWords::new(SinceKind::Changed, icons::ICON_EDIT, tr!("bring-back-is-changed"))
        }
        SinceThen::Deleted => SinceWords::new(SinceKind::Gone, icons::ICON_DELETE, tr!("bring-back-is-gone")),
        SinceThen::Moved(to) => moved(state, entry, to),
        SinceThen::Added => SinceWords {
            is_new: true,
            ..SinceWords::new(SinceKind::Quiet, icons::ICON_ADD, tr!("since-new"))
        },
        SinceThen::Unknown => SinceWords::new(SinceKind::Quiet, icons::ICON_HELP, tr!("since-unknown")),
        SinceThen::VersionUnknown => SinceWords {
            has_no_version: true,
            ..SinceWords::new(SinceKind::Quiet, icons::ICON_HELP, tr!("since-version-unknown"))
        },
        SinceThen::NotKept => SinceWords::new(SinceKind::Gone, icons::ICON_BLOCK, tr!("since-not-kept")),
        SinceThen::Pending => {
            SinceWords::new(SinceKind::Quiet, icons::ICON_HOURGLASS_EMPTY, tr!("since-pending"))
        }
    };
    Some(words)
}

fn moved(state: &State, entry: &Entry, to: &RemotePath) -> SinceWords {
    if entry.path.parent() == to.parent() {
        let text = tr!("since-renamed", name = to.name());
        return SinceWords::new(SinceKind::Moved, icons::ICON_DRIVE_FILE_RENAME_OUTLINE, text);
    }
    let folder = to.parent().unwrap_or_default();
    let text = tr!("since-moved", folder = state.folder_name(&folder));
    SinceWords::new(SinceKind::Moved, icons::ICON_DRIVE_FILE_MOVE, text)
}

/// "4 changed below", "98 gone below", "12 differ below"
fn below_in_words(below: &SinceCounts) -> Option<SinceWords> {
    let count = below.total();
    let is_all = |of_kind: u64| of_kind > 0 && of_kind == count;
    let (kind, icon, text) = match below {
        _ if count == 0 => return None,
        _ if is_all(below.changed) => {
            (SinceKind::Changed, icons::ICON_EDIT, tr!("below-changed", count = count))
        }
        _ if is_all(below.deleted) => (SinceKind::Gone, icons::ICON_DELETE, tr!("below-gone", count = count)),
        _ if is_all(below.moved) => {
            (SinceKind::Moved, icons::ICON_DRIVE_FILE_MOVE, tr!("below-moved", count = count))
        }
        _ if is_all(below.added) => (SinceKind::Quiet, icons::ICON_ADD, tr!("below-new", count = count)),
        _ if is_all(below.unknown) => {
            (SinceKind::Quiet, icons::ICON_HELP, tr!("below-unknown", count = count))
        }
        _ if is_all(below.not_kept) => {
            (SinceKind::Gone, icons::ICON_BLOCK, tr!("below-not-kept", count = count))
        }
        _ if below.pending > 0 => {
            (SinceKind::Quiet, icons::ICON_HOURGLASS_EMPTY, tr!("since-pending").to_owned())
        }
        _ => (SinceKind::Changed, icons::ICON_EDIT, tr!("below-differ", count = count)),
    };
    Some(SinceWords::new(kind, icon, text))
}
