//! The questions after a move or copy: items whose names were taken stay where they are until the person has decided.
//! The others have gone already, and one Undo takes all of it back.

use super::runs::EarlierPart;
use coffer_model::relocation::enclosing_folders;
use coffer_model::transfer::Decision;
use coffer_model::{Relocation, RelocationConflict, RemotePath};

pub struct RelocationDialog {
    pub kind: Relocation,
    /// With the decisions so far; each has one.
    conflicts: Vec<RelocationConflict>,
    /// For each the folder that it is in, if that could be merged.
    enclosing: Vec<Option<usize>>,
    /// The indexes of those that are asked about: what is in a folder only as long as that is to be merged.
    asked: Vec<usize>,
    /// What was moved or copied without a question.
    pub(super) earlier: Option<EarlierPart>,
}

impl RelocationDialog {
    /// The offered decisions lose nothing on either side.
    pub(super) fn new(
        kind: Relocation,
        mut conflicts: Vec<RelocationConflict>,
        earlier: Option<EarlierPart>,
    ) -> Self {
        for conflict in &mut conflicts {
            let replace = conflict.is_merge() || conflict.is_identical();
            conflict.decide(if replace { Decision::Replace } else { Decision::KeepBoth });
        }
        let enclosing = enclosing_folders(&conflicts);
        let mut dialog = Self { kind, conflicts, enclosing, asked: Vec::new(), earlier };
        dialog.update_asked();
        dialog
    }

    fn update_asked(&mut self) {
        let is_merged = |folder: usize| self.conflicts[folder].decision == Some(Decision::Replace);
        let indexes = 0..self.conflicts.len();
        self.asked = indexes.filter(|&index| self.enclosing[index].is_none_or(is_merged)).collect();
    }

    /// How many items are asked about.
    pub fn count(&self) -> usize {
        self.asked.len()
    }

    /// One of those that are asked about.
    pub fn conflict(&self, index: usize) -> Option<&RelocationConflict> {
        self.conflicts.get(*self.asked.get(index)?)
    }

    /// The folder that the item is in, if that is asked about as well.
    pub fn enclosing(&self, index: usize) -> Option<&RelocationConflict> {
        let folder = self.enclosing[*self.asked.get(index)?]?;
        self.conflicts.get(folder)
    }

    /// All that are asked about.
    pub fn asked(&self) -> impl Iterator<Item = &RelocationConflict> {
        self.asked.iter().map(|&index| &self.conflicts[index])
    }

    /// The folder that it all goes to; `None` where it goes to several.
    pub fn target(&self) -> Option<RemotePath> {
        let outer = self.conflicts.iter().zip(&self.enclosing).filter(|(_, enclosing)| enclosing.is_none());
        let mut targets = outer.filter_map(|(conflict, _)| conflict.target.parent());
        let first = targets.next()?;
        targets.all(|target| target == first).then_some(first)
    }

    pub(super) fn decide(&mut self, index: usize, decision: Decision) {
        if let Some(&index) = self.asked.get(index) {
            self.conflicts[index].decide(decision);
            self.update_asked();
        }
    }

    /// The same decision for all folders that could be merged, or for all others.
    pub(super) fn decide_all(&mut self, of_merges: bool, decision: Decision) {
        for conflict in self.conflicts.iter_mut().filter(|conflict| conflict.is_merge() == of_merges) {
            conflict.decide(decision);
        }
        self.update_asked();
    }

    /// Those about which something is to be done.
    pub(super) fn into_decided(mut self) -> Vec<RelocationConflict> {
        let asked = std::mem::take(&mut self.asked);
        let mut conflicts: Vec<Option<RelocationConflict>> = self.conflicts.into_iter().map(Some).collect();
        asked.into_iter().filter_map(|index| conflicts[index].take()).collect()
    }
}
