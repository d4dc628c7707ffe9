//! The lines of the panel: transfers of one section, and below one of them its files. The cursor goes from line to
//! line.

use super::files::FileFilter;
use super::focus::{RowFocus, Section};
use super::list::TransferList;
use crate::input::Motion;
use coffer_model::RequestId;

/// A page of lines for the keys; the panel is never much higher.
const PAGE: usize = 6;

/// One line of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelRow {
    /// Files being looked at, by their place in `preparing`.
    Preparing(usize),
    Transfer(RequestId),
    /// The choice of files that are listed.
    Choice(RequestId),
    /// A line of the files that are listed.
    File(RequestId, usize),
}

/// What is listed now; asking costs nothing but the search for the unfolded transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelRows {
    section: Section,
    preparing: usize,
    transfers: usize,
    /// The unfolded transfer, its place among the transfers, and how many of its files are listed.
    unfolded: Option<(RequestId, usize, usize)>,
}

impl PanelRows {
    pub fn len(&self) -> usize {
        let files = self.unfolded.map_or(0, |(_, _, files)| files + 1);
        self.preparing + self.transfers + files
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lines of the choice and of the files, which are lower than others.
    pub fn low(&self) -> std::ops::Range<usize> {
        self.unfolded.map_or(0..0, |(_, at, files)| {
            let first = self.preparing + at + 1;
            first..first + files + 1
        })
    }

    pub fn get(&self, transfers: &TransferList, line: usize) -> Option<PanelRow> {
        if line < self.preparing {
            return Some(PanelRow::Preparing(line));
        }
        let low = self.low();
        if let Some((id, ..)) = self.unfolded.filter(|_| low.contains(&line)) {
            return Some(match line - low.start {
                0 => PanelRow::Choice(id),
                file => PanelRow::File(id, file - 1),
            });
        }
        let above = if line >= low.end { low.len() } else { 0 };
        let id = transfers.ids(self.section).get(line - self.preparing - above)?;
        Some(PanelRow::Transfer(*id))
    }

    /// The line of the cursor, if it is there.
    pub fn position(&self, transfers: &TransferList, cursor: RowFocus) -> Option<usize> {
        if let (Some(file), Some((id, _, files))) = (cursor.file, self.unfolded)
            && id == cursor.id
            && file < files
        {
            return Some(self.low().start + 1 + file);
        }
        if let Some(at) = transfers.preparing.iter().position(|it| it.id == cursor.id) {
            return (self.preparing > 0).then_some(at);
        }
        let at = transfers.ids(self.section).iter().position(|id| *id == cursor.id)?;
        let below = self.unfolded.map_or(0, |(_, unfolded, files)| if at > unfolded { files + 1 } else { 0 });
        Some(self.preparing + at + below)
    }
}

impl TransferList {
    pub fn lines(&self) -> PanelRows {
        let section = self.section();
        let ids = self.ids(section);
        let unfolded = self.unfolded.and_then(|id| {
            let at = ids.iter().position(|known| *known == id)?;
            Some((id, at, self.get(id)?.files.count(self.file_filter)))
        });
        let preparing = if section == Section::Running { self.preparing.len() } else { 0 };
        PanelRows { section, preparing, transfers: ids.len(), unfolded }
    }

    pub(crate) fn choose_section(&mut self, section: Section) {
        self.chosen = Some(section);
        self.cursor = None;
    }

    pub(crate) fn show_files(&mut self, shown: FileFilter) {
        self.file_filter = shown;
        if let Some(cursor) = &mut self.cursor {
            cursor.file = None;
        }
    }

    pub(crate) fn move_cursor(&mut self, motion: Motion) {
        let lines = self.lines();
        let at = self.cursor.and_then(|cursor| lines.position(self, cursor));
        let Some(last) = lines.len().checked_sub(1) else { return };
        let Some(at) = at else {
            let first = if matches!(motion, Motion::Up | Motion::End | Motion::PageUp) { last } else { 0 };
            self.cursor = self.cursor_on(lines, first, motion);
            return;
        };
        let to = match motion {
            Motion::Up => at.saturating_sub(1),
            Motion::Down => at + 1,
            Motion::PageUp => at.saturating_sub(PAGE),
            Motion::PageDown => at + PAGE,
            Motion::Home => 0,
            Motion::End => last,
            Motion::Right => return self.unfold_at_cursor(true),
            Motion::Left => return self.unfold_at_cursor(false),
        };
        self.cursor = self.cursor_on(lines, to.min(last), motion).or(self.cursor);
    }

    /// The cursor for a line. The choice of files has buttons of its own and is passed over.
    fn cursor_on(&self, lines: PanelRows, line: usize, motion: Motion) -> Option<RowFocus> {
        match lines.get(self, line)? {
            PanelRow::Preparing(at) => Some(RowFocus { id: self.preparing.get(at)?.id, file: None }),
            PanelRow::Transfer(id) => Some(RowFocus { id, file: None }),
            PanelRow::File(id, file) => Some(RowFocus { id, file: Some(file) }),
            PanelRow::Choice(id) => {
                let back = matches!(motion, Motion::Up | Motion::PageUp);
                let beyond = if back { line.checked_sub(1) } else { Some(line + 1) };
                match beyond.and_then(|line| lines.get(self, line)) {
                    Some(PanelRow::File(id, file)) => Some(RowFocus { id, file: Some(file) }),
                    Some(PanelRow::Transfer(id)) => Some(RowFocus { id, file: None }),
                    _ => Some(RowFocus { id, file: None }),
                }
            }
        }
    }

    fn unfold_at_cursor(&mut self, unfold: bool) {
        match self.cursor {
            Some(RowFocus { id, file: None }) => self.unfold(id, unfold),
            Some(cursor) if !unfold => self.cursor = Some(RowFocus { file: None, ..cursor }),
            _ => {}
        }
    }
}
