//! Rows that belong together, each group below a heading.

use super::FileKind;
use jiff::Timestamp;

/// The groups of a listing; none where its rows are not grouped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowGroups {
    /// In the order of the rows. A group is never empty.
    pub list: Vec<RowGroup>,

    /// The next midnight, when today becomes yesterday. `None`: the groups do not depend on the time.
    pub until: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowGroup {
    pub first_row: usize,
    /// Without those in unfolded folders.
    pub rows: usize,
    pub key: GroupKey,
}

/// What the rows of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKey {
    Kind(FileKind),
    Date(DateGroup),
}

/// When the rows of a group were changed last. What a span includes of a shorter one before it belongs to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateGroup {
    Today,
    Yesterday,
    ThisWeek,
    ThisMonth,
    /// A month of this year, from 1.
    Month(i8),
    Year(i16),
    /// Folders of which it is not known.
    Unknown,
}

impl RowGroups {
    /// Takes rows in their order with the group of each.
    pub fn new(keys: impl Iterator<Item = GroupKey>, until: Option<Timestamp>) -> Self {
        let mut groups: Vec<RowGroup> = Vec::new();
        for (first_row, key) in keys.enumerate() {
            match groups.last_mut() {
                Some(group) if group.key == key => group.rows += 1,
                _ => groups.push(RowGroup { first_row, rows: 1, key }),
            }
        }
        Self { list: groups, until }
    }

    /// The group that a row belongs to.
    pub fn group_of(&self, row: usize) -> Option<&RowGroup> {
        let next = self.list.partition_point(|group| group.first_row <= row);
        self.list.get(next.checked_sub(1)?)
    }

    /// Of these rows alone, rising.
    #[must_use]
    pub fn of_rows(&self, rows: impl Iterator<Item = usize>) -> Self {
        Self::new(rows.filter_map(|row| self.group_of(row)).map(|group| group.key), self.until)
    }

    /// Whether they still say of each row what is so now.
    pub fn hold_at(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::{GroupKey, RowGroup, RowGroups};
    use crate::FileKind::{Folder, Picture, Text};

    #[test]
    fn groups_follow_from_the_rows_and_from_some_of_them() {
        let kinds = [Folder, Folder, Picture, Text, Text, Text];
        let groups = RowGroups::new(kinds.into_iter().map(GroupKey::Kind), None);
        let first_rows = |groups: &RowGroups| -> Vec<usize> {
            groups.list.iter().map(|group: &RowGroup| group.first_row).collect()
        };
        assert_eq!(first_rows(&groups), [0, 2, 3]);
        assert_eq!(groups.list.iter().map(|group| group.rows).collect::<Vec<_>>(), [2, 1, 3]);
        assert_eq!(groups.group_of(4).map(|group| group.key), Some(GroupKey::Kind(Text)));
        let narrowed = groups.of_rows([1, 4, 5].into_iter());
        assert_eq!(first_rows(&narrowed), [0, 1]);
        assert_eq!(narrowed.list[1].key, GroupKey::Kind(Text));
        assert!(RowGroups::default().of_rows(0..3).list.is_empty());
    }
}
