//! Rows in groups: by kind, or by the date of their last change. The order inside a group is that of `order`.

use super::order::{Row, sort_rows};
use coffer_model::{DateGroup, Entry, GroupKey, Grouping, Listing, RowGroups, Sort, SortColumn};
use jiff::{Timestamp, ToSpan, Zoned};

/// Brings the rows of each group together, in the order in which they are, and tells where each group begins.
pub(crate) fn group_rows(rows: &mut [Row], sort: Sort, now: &Zoned) -> RowGroups {
    let spans = match sort.grouping {
        Grouping::None => return RowGroups::default(),
        Grouping::Kind => None,
        Grouping::Date => Some(DateSpans::new(now)),
    };
    let key_of = |entry: &Entry| match &spans {
        Some(spans) => GroupKey::Date(entry.modified().map_or(DateGroup::Unknown, |at| spans.group_of(at))),
        None => GroupKey::Kind(entry.file_kind()),
    };
    // By kinds in their own order and by date the latest first, or the other way round where the rows are sorted so.
    let is_reversed = match sort.grouping {
        Grouping::Kind => sort.column == SortColumn::Kind && sort.descending,
        _ => sort.column == SortColumn::Modified && !sort.descending,
    };
    // Stable, and each key is made once.
    rows.sort_by_cached_key(|row| {
        let key = key_of(&row.entry);
        let place = place_of(key);
        (key == GroupKey::Date(DateGroup::Unknown), if is_reversed { -place } else { place })
    });
    let until = spans.as_ref().map(|spans| spans.end);
    RowGroups::new(rows.iter().map(|row| key_of(&row.entry)), until)
}

/// A complete listing of these items.
pub(crate) fn sorted_listing(entries: Vec<Entry>, sort: Sort) -> Listing {
    let mut rows: Vec<Row> = entries.into_iter().map(Row::new).collect();
    sort_rows(&mut rows, sort);
    let groups = group_rows(&mut rows, sort, &Zoned::now());
    Listing::new(rows.into_iter().map(|row| row.entry).collect(), sort, true).with_groups(groups)
}

/// Where a group stands among the others.
fn place_of(key: GroupKey) -> i32 {
    match key {
        GroupKey::Kind(kind) => kind as i32,
        GroupKey::Date(date) => match date {
            // What is not known stands behind all others anyway.
            DateGroup::Today | DateGroup::Unknown => 0,
            DateGroup::Yesterday => 1,
            DateGroup::ThisWeek => 2,
            DateGroup::ThisMonth => 3,
            DateGroup::Month(month) => 20 - i32::from(month),
            DateGroup::Year(year) => 20_000 - i32::from(year),
        },
    }
}

/// The spans of time that are told apart.
struct DateSpans {
    now: Zoned,
    /// With their begin, the latest first. What is older belongs to its year.
    spans: Vec<(Timestamp, DateGroup)>,
    /// When today ends.
    end: Timestamp,
}

impl DateSpans {
    fn new(now: &Zoned) -> Self {
        let today = now.date();
        let begin_of = |date: jiff::civil::Date| {
            date.to_zoned(now.time_zone().clone()).map_or(Timestamp::MIN, |begin| begin.timestamp())
        };
        let week = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
        let mut spans = vec![
            (begin_of(today), DateGroup::Today),
            (begin_of(today.saturating_sub(1.day())), DateGroup::Yesterday),
            (begin_of(week), DateGroup::ThisWeek),
            (begin_of(today.first_of_month()), DateGroup::ThisMonth),
        ];
        let mut month = today.first_of_month();
        while month.month() > 1 {
            month = month.saturating_sub(1.month());
            spans.push((begin_of(month), DateGroup::Month(month.month())));
        }
        let end = today.tomorrow().map_or(Timestamp::MAX, begin_of);
        Self { now: now.clone(), spans, end }
    }

    /// What is to come, by the clock of another computer, is of today.
    fn group_of(&self, at: Timestamp) -> DateGroup {
        let span = self.spans.iter().find(|(begin, _)| at >= *begin);
        span.map_or_else(
            || DateGroup::Year(at.to_zoned(self.now.time_zone().clone()).year()),
            |(_, group)| *group,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, group_rows, sort_rows};
    use coffer_model::{
        Entry, EntryKind, File, FolderTotals, GroupKey, Grouping, RemotePath, Rev, Sort, SortColumn,
    };
    use jiff::{Timestamp, Zoned};
    use std::sync::Arc;

    fn now() -> Zoned {
        // A Thursday.
        "2026-11-26T10:00:00+01:00[Europe/Berlin]".parse().unwrap()
    }

    fn file(name: &str, modified: &str) -> Entry {
        let modified: Timestamp = modified.parse().unwrap();
        let kind = EntryKind::File(File {
            id: name.into(),
            rev: Rev("123456789".into()),
            size_bytes: 1,
            client_modified: modified,
            server_modified: modified,
            content_hash: None,
            access: coffer_model::entry::ContentAccess::Download,
        });
        Entry::new(RemotePath::root().join(name), kind)
    }

    fn folder(name: &str, newest: Option<&str>) -> Entry {
        let newest = newest.map(|newest| newest.parse().unwrap());
        let totals = newest
            .map(|newest| Arc::new(FolderTotals { bytes: 1, newest: Some(newest), files: 1, folders: 0 }));
        let kind = EntryKind::Folder { id: name.into() };
        Entry { totals, ..Entry::new(RemotePath::root().join(name), kind) }
    }

    /// The rows in groups: "Today: a b, Yesterday: c".
    fn grouped(entries: &[Entry], sort: Sort, now: &Zoned) -> String {
        let mut rows: Vec<Row> = entries.iter().cloned().map(Row::new).collect();
        sort_rows(&mut rows, sort);
        let groups = group_rows(&mut rows, sort, now);
        let words = groups.list.iter().map(|group| {
            let names = rows[group.first_row..][..group.rows].iter().map(|row| row.entry.name());
            let key = match group.key {
                GroupKey::Kind(kind) => format!("{kind:?}"),
                GroupKey::Date(date) => format!("{date:?}"),
            };
            format!("{key}: {}", names.collect::<Vec<_>>().join(" "))
        });
        words.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn dates_are_days_then_this_week_this_month_months_and_years_in_the_zone_of_the_person() {
        let entries = [
            file("a", "2026-11-25T23:30:00Z"),
            file("b", "2026-11-25T22:30:00Z"),
            file("monday", "2026-11-22T23:30:00Z"),
            file("sunday", "2026-11-22T22:30:00Z"),
            file("october", "2026-10-31T22:30:00Z"),
            file("january", "2026-01-01T00:00:00Z"),
            file("past", "2025-12-31T22:59:00Z"),
            file("old", "2019-06-01T00:00:00Z"),
            file("ahead", "2026-11-27T09:00:00Z"),
            folder("f", Some("2026-11-25T08:00:00Z")),
            folder("g", None),
        ];
        let by_date = Sort { grouping: Grouping::Date, ..Sort::default() };
        assert_eq!(
            grouped(&entries, by_date, &now()),
            "Today: a ahead, Yesterday: f b, ThisWeek: monday, ThisMonth: sunday, Month(10): october, \
             Month(1): january, Year(2025): past, Year(2019): old, Unknown: g"
        );
        let oldest_first = Sort { grouping: Grouping::Date, ..Sort::by(SortColumn::Modified, false) };
        let reversed = grouped(&entries, oldest_first, &now());
        assert!(reversed.starts_with("Year(2019): old, Year(2025): past, Month(1)"), "{reversed}");
        assert!(reversed.ends_with("Today: a ahead, Unknown: g"), "{reversed}");
    }

    #[test]
    fn on_the_first_of_a_year_and_on_a_monday_nothing_is_in_two_groups() {
        let by_date = Sort { grouping: Grouping::Date, ..Sort::default() };
        let entries = [
            file("today", "2029-01-01T09:00:00Z"),
            file("sunday", "2028-12-31T09:00:00Z"),
            file("saturday", "2028-12-30T09:00:00Z"),
        ];
        let monday: Zoned = "2029-01-01T12:00:00+00:00[UTC]".parse().unwrap();
        assert_eq!(
            grouped(&entries, by_date, &monday),
            "Today: today, Yesterday: sunday, Year(2028): saturday"
        );
        let tuesday: Zoned = "2029-01-02T12:00:00+00:00[UTC]".parse().unwrap();
        assert_eq!(grouped(&entries, by_date, &tuesday), "Yesterday: today, Year(2028): saturday sunday");
    }

    #[test]
    fn kinds_stand_in_their_own_order_and_their_rows_in_that_of_the_column() {
        let entries = [
            file("b.txt", "2026-01-01T00:00:00Z"),
            file("a.txt", "2026-01-02T00:00:00Z"),
            file("c.jpg", "2026-01-03T00:00:00Z"),
            folder("d", None),
        ];
        let by_kind = |sort: Sort| Sort { grouping: Grouping::Kind, ..sort };
        let check = |sort, expected| assert_eq!(grouped(&entries, by_kind(sort), &now()), expected);
        check(Sort::default(), "Folder: d, Picture: c.jpg, Text: a.txt b.txt");
        check(Sort::by(SortColumn::Modified, false), "Folder: d, Picture: c.jpg, Text: b.txt a.txt");
        check(Sort::by(SortColumn::Kind, true), "Text: a.txt b.txt, Picture: c.jpg, Folder: d");
        assert_eq!(grouped(&entries, Sort::default(), &now()), "");
    }
}
