//! Where each group is: a heading, its files unless it is folded, and a gap. Found out once for each change of the
//! groups, so that drawing costs what is seen.

use coffer_state::duplicates::{DuplicateList, ShownGroup};
use std::ops::Range;

pub(super) const HEADING_HEIGHT: f32 = 54.0;
pub(super) const FILE_HEIGHT: f32 = 34.0;
const CARD_END: f64 = 8.0;
const GAP: f64 = 8.0;
/// Kept free around a file that is brought into view.
const MARGIN: f64 = 8.0;

/// Of a card, with its files where they are shown.
pub(super) fn card_height(group: &ShownGroup) -> f64 {
    let files = if group.unfolded { group.group.files.len() } else { 0 };
    f64::from(HEADING_HEIGHT) + f64::from(FILE_HEIGHT) * files as f64 + if files > 0 { CARD_END } else { 0.0 }
}

#[derive(Default)]
pub struct GroupLayout {
    /// Of which version of the groups it is.
    version: u64,
    /// Where each group begins; at the end, where one more would.
    tops: Vec<f64>,
}

impl GroupLayout {
    /// Brings it up to date.
    pub(super) fn follow(&mut self, list: &DuplicateList) {
        if self.version == list.version && self.tops.len() == list.groups().len() + 1 {
            return;
        }
        self.version = list.version;
        self.tops.clear();
        let mut top = GAP;
        for group in list.groups() {
            self.tops.push(top);
            top += card_height(group) + GAP;
        }
        self.tops.push(top);
    }

    pub(super) fn height(&self) -> f64 {
        self.tops.last().copied().unwrap_or_default()
    }

    pub(super) fn top(&self, index: usize) -> f64 {
        self.tops.get(index).copied().unwrap_or_default()
    }

    /// The groups of which something is seen.
    pub(super) fn seen(&self, offset: f64, height: f64) -> Range<usize> {
        let count = self.tops.len().saturating_sub(1);
        let first = self.tops.partition_point(|top| *top <= offset).saturating_sub(1);
        let end = self.tops.partition_point(|top| *top < offset + height);
        first.min(count)..end.min(count)
    }

    /// Where a file is, by its row; the heading of its group too if it is the first one.
    pub(super) fn range_of_row(&self, list: &DuplicateList, row: usize) -> Option<Range<f64>> {
        let index = list.group_of_row(row)?;
        let group = list.groups().get(index)?;
        let place = row - group.first_row;
        let top = self.top(index);
        let begin = top + f64::from(HEADING_HEIGHT) + f64::from(FILE_HEIGHT) * place as f64;
        let end = begin + f64::from(FILE_HEIGHT) + MARGIN;
        Some(if place == 0 { top..end } else { begin..end })
    }
}

/// The files of a card that are seen.
pub(super) fn seen_files(first_top: f32, count: usize, seen: egui::Rangef) -> Range<usize> {
    let first = ((seen.min - first_top) / FILE_HEIGHT).floor().max(0.0) as usize;
    let end = ((seen.max - first_top) / FILE_HEIGHT).ceil().max(0.0) as usize;
    first.min(count)..end.min(count)
}

#[cfg(test)]
mod tests {
    use super::{FILE_HEIGHT, GroupLayout, seen_files};
    use egui::Rangef;

    #[test]
    fn only_groups_that_are_seen_are_drawn() {
        let layout = GroupLayout { version: 1, tops: vec![8.0, 108.0, 208.0, 308.0] };
        assert_eq!(layout.seen(0.0, 50.0), 0..1);
        assert_eq!(layout.seen(107.0, 50.0), 0..2);
        assert_eq!(layout.seen(108.0, 100.0), 1..2);
        assert_eq!(layout.seen(250.0, 1000.0), 2..3);
        assert_eq!(GroupLayout::default().seen(0.0, 100.0), 0..0);
    }

    #[test]
    fn only_files_that_are_seen_are_drawn_however_many_a_group_has() {
        let check =
            |top: f32, expected| assert_eq!(seen_files(top, 1_000_000, Rangef::new(0.0, 340.0)), expected);
        check(0.0, 0..10);
        check(-FILE_HEIGHT * 500.0, 500..510);
        check(400.0, 0..0);
        assert_eq!(seen_files(0.0, 3, Rangef::new(0.0, 340.0)), 0..3);
    }
}
