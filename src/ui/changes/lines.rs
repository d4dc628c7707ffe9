//! The lines of the feed: days, groups of changes of one kind in one folder, single changes. Made once for each change of
//! the feed, and when another day begins.

use super::super::format::DateFormat;
use coffer_model::{ChangeKind, LoggedChange, RemotePath};
use coffer_state::changes::{ChangeFeed, ChangeSpan};
use std::collections::HashMap;

/// Several changes of one day that have all but their item in common.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FolderChanges {
    pub kind: ChangeKind,
    pub is_folder: bool,
    pub folder: RemotePath,
    pub modified_by: Option<String>,
    /// The latest first; two at least.
    pub numbers: Vec<i64>,
    /// How many more there are that are not listed.
    pub further: u64,
    pub unfolded: bool,
}

impl FolderChanges {
    pub(super) fn count(&self) -> u64 {
        self.numbers.len() as u64 + self.further
    }

    /// Whether one button restores all of it.
    pub(super) fn is_restorable(&self) -> bool {
        self.kind == ChangeKind::Deleted && self.further == 0
    }

    /// By which the state knows it: later changes do not change that.
    pub(super) fn key(&self) -> i64 {
        self.numbers.last().copied().unwrap_or_default()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum ChangeLine {
    Day(String),
    Group(FolderChanges),
    /// The change with this number; below its group if it has one.
    Change {
        number: i64,
        in_group: bool,
    },
    /// How many more the group above has.
    Further(FolderChanges),
}

/// What stays the same of a line when others come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKey {
    Group(i64),
    Change(i64),
}

impl ChangeLine {
    /// `None` for what keys pass over.
    pub(super) fn key(&self) -> Option<LineKey> {
        match self {
            Self::Day(_) | Self::Further(_) => None,
            Self::Group(group) => Some(LineKey::Group(group.key())),
            Self::Change { number, .. } => Some(LineKey::Change(*number)),
        }
    }
}

#[derive(Default)]
pub struct ChangeLines {
    /// With the present day in words, which are others in another language.
    version: Option<(u64, String)>,
    lines: Vec<ChangeLine>,
    /// The line that keys act on.
    pub(super) cursor: Option<LineKey>,
}

impl ChangeLines {
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn get(&self, index: usize) -> &ChangeLine {
        &self.lines[index]
    }

    /// Puts the cursor on the first line that can have it, unless it is somewhere.
    pub fn show_cursor(&mut self) {
        if self.cursor_index().is_none() {
            self.move_cursor_to(0, true);
        }
    }

    /// Where the cursor is.
    pub(super) fn cursor_index(&self) -> Option<usize> {
        self.cursor?;
        self.lines.iter().position(|line| line.key() == self.cursor)
    }

    /// Moves the cursor to the line nearest to an index that has a key, looking on in the same direction first.
    pub(super) fn move_cursor_to(&mut self, index: usize, down: bool) {
        let has_key = |index: &usize| self.lines[*index].key().is_some();
        let index = index.min(self.lines.len().saturating_sub(1));
        let (mut below, mut above) = (index..self.lines.len(), (0..=index).rev());
        let found = if down {
            below.find(has_key).or(above.find(has_key))
        } else {
            above.find(has_key).or(below.find(has_key))
        };
        self.cursor = found.and_then(|index| self.lines[index].key());
    }

    /// Brings them up to date.
    pub(super) fn follow(&mut self, feed: &ChangeFeed, clock: &DateFormat) {
        let version = Some((feed.version, clock.weekday(clock.now())));
        if self.version != version {
            self.version = version;
            self.lines = lines(feed, clock);
        }
    }
}

fn lines(feed: &ChangeFeed, clock: &DateFormat) -> Vec<ChangeLine> {
    let shown = feed.changes.iter().filter(|change| match feed.span {
        ChangeSpan::All => true,
        ChangeSpan::SinceYesterday => clock.days_ago(change.seen) <= 1,
        ChangeSpan::SinceLooked => feed.looked.is_none_or(|looked| change.seen > looked),
    });
    let shown: Vec<&LoggedChange> = shown.collect();
    let mut lines = Vec::new();
    for day in shown.chunk_by(|left, right| clock.date(left.seen) == clock.date(right.seen)) {
        lines.push(ChangeLine::Day(clock.day(day[0].seen)));
        for group in groups(day) {
            match group.numbers[..] {
                [number] => lines.push(ChangeLine::Change { number, in_group: false }),
                _ => push_group(&mut lines, group, feed),
            }
        }
    }
    lines
}

fn push_group(lines: &mut Vec<ChangeLine>, group: FolderChanges, feed: &ChangeFeed) {
    let unfolded = feed.is_unfolded(group.key());
    let group = FolderChanges { unfolded, ..group };
    lines.push(ChangeLine::Group(group.clone()));
    if unfolded {
        lines.extend(
            group.numbers.iter().map(|number| ChangeLine::Change { number: *number, in_group: true }),
        );
        if group.further > 0 {
            lines.push(ChangeLine::Further(group));
        }
    }
}

/// In the order of their latest changes.
fn groups(day: &[&LoggedChange]) -> Vec<FolderChanges> {
    let mut places = HashMap::new();
    let mut groups: Vec<FolderChanges> = Vec::new();
    for change in day {
        let folder = change.path.parent().unwrap_or_default();
        let by = change.modified_by.clone();
        let key = (folder.clone(), change.kind, change.is_folder, by.clone());
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(FolderChanges {
                kind: change.kind,
                is_folder: change.is_folder,
                folder,
                modified_by: by,
                numbers: Vec::new(),
                further: 0,
                unfolded: false,
            });
            groups.len() - 1
        });
        groups[place].numbers.push(change.number);
        groups[place].further += change.further;
    }
    groups
}
