//! What has become of an item since, in words and a symbol.

use crate::ui::theme::Palette;
use coffer_model::{Entry, Listing, RemotePath, SinceCounts, SinceThen};
use coffer_state::State;
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
        SinceThen::Changed => SinceWords::new(SinceKind::Changed, icons::ICON_EDIT, "Changed"),
        SinceThen::Deleted => SinceWords::new(SinceKind::Gone, icons::ICON_DELETE, "Gone"),
        SinceThen::Moved(to) => moved(state, entry, to),
        SinceThen::Added => SinceWords {
            is_new: true,
            ..SinceWords::new(SinceKind::Quiet, icons::ICON_ADD, "New, not there then")
        },
        SinceThen::Unknown => SinceWords::new(SinceKind::Quiet, icons::ICON_HELP, "May not have been there"),
        SinceThen::VersionUnknown => SinceWords {
            has_no_version: true,
            ..SinceWords::new(SinceKind::Quiet, icons::ICON_HELP, "Contents unknown")
        },
        SinceThen::NotKept => {
            SinceWords::new(SinceKind::Gone, icons::ICON_BLOCK, "No longer kept by Dropbox")
        }
        SinceThen::Pending => SinceWords::new(SinceKind::Quiet, icons::ICON_HOURGLASS_EMPTY, "Finding out…"),
    };
    Some(words)
}

fn moved(state: &State, entry: &Entry, to: &RemotePath) -> SinceWords {
    if entry.path.parent() == to.parent() {
        let text = format!("Now “{}”", to.name());
        return SinceWords::new(SinceKind::Moved, icons::ICON_DRIVE_FILE_RENAME_OUTLINE, text);
    }
    let folder = to.parent().unwrap_or_default();
    let text = format!("Moved to {}", state.folder_name(&folder));
    SinceWords::new(SinceKind::Moved, icons::ICON_DRIVE_FILE_MOVE, text)
}

/// "4 changed below", "98 gone below", "12 differ below"
fn below_in_words(below: &SinceCounts) -> Option<SinceWords> {
    let total = below.total();
    let one_kind = |count: u64| count > 0 && count == total;
    let count = crate::ui::format::count(total);
    let (kind, icon, word) = match below {
        _ if total == 0 => return None,
        _ if one_kind(below.changed) => (SinceKind::Changed, icons::ICON_EDIT, "changed below"),
        _ if one_kind(below.deleted) => (SinceKind::Gone, icons::ICON_DELETE, "gone below"),
        _ if one_kind(below.moved) => (SinceKind::Moved, icons::ICON_DRIVE_FILE_MOVE, "moved below"),
        _ if one_kind(below.added) => (SinceKind::Quiet, icons::ICON_ADD, "new below"),
        _ if one_kind(below.unknown) => (SinceKind::Quiet, icons::ICON_HELP, "not known below"),
        _ if one_kind(below.not_kept) => (SinceKind::Gone, icons::ICON_BLOCK, "no longer kept below"),
        _ if below.pending > 0 => {
            return Some(SinceWords::new(SinceKind::Quiet, icons::ICON_HOURGLASS_EMPTY, "Finding out…"));
        }
        _ => (SinceKind::Changed, icons::ICON_EDIT, "differ below"),
    };
    Some(SinceWords::new(kind, icon, format!("{count} {word}")))
}
