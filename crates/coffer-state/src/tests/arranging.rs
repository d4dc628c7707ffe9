//! How the rows of a folder are arranged: in which groups, and what keys mean then.

use super::{Script, listing};
use crate::input::Motion;
use crate::{Action, Command, WindowEvent};
use coffer_model::{DateGroup, FileKind, GroupKey, Grouping, Job, Listing, RowGroups, SortColumn, Update};
use jiff::Timestamp;
use std::sync::Arc;

fn grouping_asked_for(script: &Script) -> Grouping {
    match script.running.last() {
        Some((_, Job::List { sort, .. })) => sort.grouping,
        other => panic!("{other:?}"),
    }
}

/// Answers with these rows in these groups.
fn list_in_groups(script: &mut Script, rows: &str, groups: RowGroups) {
    let listing = Listing::clone(&listing("/", rows)).with_groups(groups);
    script.update("list /", Update::Listing(Arc::new(listing))).done("list /");
}

#[test]
fn rows_are_grouped_by_a_command_and_the_selection_stays() {
    let mut script = Script::at_home("a.txt b.jpg c.txt");
    script.click(2).command(Command::GroupByKind);
    assert_eq!(grouping_asked_for(&script), Grouping::Kind);
    assert_eq!(Command::GroupByKind.is_on(&script.state), Some(true));
    script.check("/: a.txt b.jpg >*c.txt …");
    let kinds = [FileKind::Picture, FileKind::Text, FileKind::Text].into_iter();
    list_in_groups(&mut script, "b.jpg a.txt c.txt", RowGroups::new(kinds.map(GroupKey::Kind), None));
    script.check("/: b.jpg a.txt >*c.txt");
    script.press(Motion::Home).check("/: >*b.jpg a.txt c.txt");
    script.command(Command::GroupByNothing);
    assert_eq!(grouping_asked_for(&script), Grouping::None);
    script.command(Command::ShowDeleted);
    assert!(!Command::GroupByKind.is_enabled(&script.state), "they have groups of their own");
}

#[test]
fn in_a_grid_of_groups_arrows_go_to_the_line_above_and_below() {
    let mut script = Script::at_home("a b c d e");
    script.command(Command::GridView).window(WindowEvent::Layout { columns: 3, page_lines: 2 });
    script.command(Command::GroupByKind);
    let kinds = [FileKind::Picture, FileKind::Picture, FileKind::Text, FileKind::Text, FileKind::Other];
    list_in_groups(&mut script, "a b c d e", RowGroups::new(kinds.into_iter().map(GroupKey::Kind), None));
    script.click(1).press(Motion::Down).check("/: a b c >*d e");
    script.press(Motion::Down).check("/: a b c d >*e");
    script.press(Motion::PageUp).check("/: >*a b c d e");
}

#[test]
fn at_midnight_the_rows_are_asked_for_again() {
    let mut script = Script::at_home("a");
    script.command(Command::GroupByDate);
    let today = || [GroupKey::Date(DateGroup::Today)].into_iter();
    let midnight = |secs| Timestamp::from_second(secs).ok();
    list_in_groups(&mut script, "a", RowGroups::new(today(), midnight(100)));
    script.wait(1.0).wait(98.0).done("save settings").check_jobs("");
    assert_eq!(script.state.next_tick_secs(), Some(1.0));
    script.wait(1.0).wait(2.0).check_jobs("list /");
    list_in_groups(&mut script, "a", RowGroups::new(today(), midnight(100_000)));
    script.wait(60.0).check_jobs("");
}

#[test]
fn columns_are_hidden_shown_again_behind_the_others_and_moved() {
    use SortColumn::{Kind, Modified, Size};
    let mut script = Script::at_home("a");
    script.command(Command::ToggleSizeColumn);
    assert_eq!(script.state.settings.columns, [Modified, Kind]);
    assert_eq!(Command::ToggleSizeColumn.is_on(&script.state), Some(false));
    script.command(Command::ToggleSizeColumn);
    assert_eq!(script.state.settings.columns, [Modified, Kind, Size]);
    script.act(Action::MoveColumn { column: Size, before: Some(Modified) });
    assert_eq!(script.state.settings.columns, [Size, Modified, Kind]);
    script.act(Action::MoveColumn { column: Size, before: None });
    assert_eq!(script.state.settings.columns, [Modified, Kind, Size]);
    script.act(Action::MoveColumn { column: Kind, before: Some(Kind) });
    assert_eq!(script.state.settings.columns, [Modified, Kind, Size]);
    script.command(Command::GridView);
    assert!(!Command::ToggleSizeColumn.is_enabled(&script.state), "a grid has none");
}
