//! Files that are there more than once: choosing, deleting, and what stays.

use super::{Script, entry, operation, problem};
use crate::duplicates::{DuplicateAction, DuplicateSort};
use crate::{Action, Command, Location};
use coffer_model::keep_rule::KeepRule;
use coffer_model::{
    DuplicateGroup, Entry, EntryKind, ItemAccess, OperationKind, Outcome, Problem, Receipt, Recovery,
    RemotePath, Update,
};
use std::sync::Arc;

const FIND: &str = "find equal files in /";

/// A group of files with one content, each later than the one before it.
fn group(size_bytes: u64, paths: &str) -> DuplicateGroup {
    let files = paths.split_whitespace().zip(0_i64..).map(|(path, day)| {
        let path = RemotePath::new(path);
        let parent = path.parent().unwrap_or_default();
        let mut file = entry(parent.as_str(), path.name());
        if let EntryKind::File(content) = &mut file.kind {
            content.size_bytes = size_bytes;
            content.content_hash = Some(format!("content of {paths}").into());
            content.client_modified = jiff::Timestamp::from_second(day * 86_400).unwrap();
        }
        file
    });
    DuplicateGroup { files: files.collect(), size_bytes }
}

fn three_groups() -> Vec<DuplicateGroup> {
    vec![
        group(100, "/Photos/a.jpg /Copies/of/photos/a.jpg /b.jpg"),
        group(70, "/Photos/c.txt /Copies/c.txt"),
        group(10, "/d1 /d2 /d3 /d4"),
    ]
}

impl Script {
    fn with_duplicates(groups: &[DuplicateGroup]) -> Self {
        let mut script = Self::at_home("Photos/ Copies/");
        script.command(Command::ShowDuplicates).find(groups);
        script
    }

    fn find(&mut self, groups: &[DuplicateGroup]) -> &mut Self {
        self.finish(FIND, Outcome::Done(Receipt::Duplicates(Arc::new(groups.to_vec()))))
    }

    fn duplicates(&mut self, action: DuplicateAction) -> &mut Self {
        self.act(Action::Duplicates(action))
    }

    fn choose(&mut self, group: usize, file: usize) -> &mut Self {
        self.duplicates(DuplicateAction::Choose { group, file, chosen: true })
    }

    #[track_caller]
    fn check_chosen(&mut self, expected: &str) -> &mut Self {
        let list = &self.state.duplicates;
        let files = list.groups().iter().flat_map(|group| &group.group.files);
        let chosen: Vec<&str> =
            files.filter(|file| list.is_chosen(file)).map(|file| file.path.as_str()).collect();
        assert_eq!(chosen.join(" "), expected);
        assert_eq!(list.chosen_count(), chosen.len());
        self
    }
}

#[test]
fn the_groups_are_rows_with_what_they_waste() {
    let mut script = Script::with_duplicates(&three_groups());
    script.check("duplicates in /: a.jpg a.jpg b.jpg c.txt c.txt d1 d2 d3 d4");
    assert_eq!((script.state.duplicates.wasted_bytes, script.state.duplicates.copies), (300, 6));
    script.duplicates(DuplicateAction::Sort(DuplicateSort::Count));
    script.check("duplicates in /: d1 d2 d3 d4 a.jpg a.jpg b.jpg c.txt c.txt");
    script.duplicates(DuplicateAction::Sort(DuplicateSort::Size));
    script.check("duplicates in /: a.jpg a.jpg b.jpg c.txt c.txt d1 d2 d3 d4");
    script.click(3).act(Action::Open(RemotePath::new("/Photos/c.txt")));
    script.list("/Photos", "a.jpg c.txt").check("/Photos: a.jpg >*c.txt");
}

#[test]
fn each_rule_keeps_one_of_each_group() {
    let check = |rule: KeepRule, chosen: &str| {
        let mut script = Script::with_duplicates(&three_groups());
        script.choose(2, 0).duplicates(DuplicateAction::ChooseByRule(rule)).check_chosen(chosen);
    };
    check(KeepRule::Newest, "/Photos/a.jpg /Copies/of/photos/a.jpg /Photos/c.txt /d1 /d2 /d3");
    check(KeepRule::Oldest, "/Copies/of/photos/a.jpg /b.jpg /Copies/c.txt /d2 /d3 /d4");
    check(KeepRule::ShortestPath, "/Photos/a.jpg /Copies/of/photos/a.jpg /Photos/c.txt /d2 /d3 /d4");
    check(KeepRule::InFolder(RemotePath::new("/copies")), "/Photos/a.jpg /b.jpg /Photos/c.txt");
}

#[test]
fn the_last_copy_of_a_group_can_not_be_chosen() {
    let mut script = Script::with_duplicates(&three_groups());
    script.choose(1, 0).choose(1, 1).check_chosen("/Photos/c.txt");
    script.duplicates(DuplicateAction::Choose { group: 1, file: 0, chosen: false });
    script.choose(1, 1).check_chosen("/Copies/c.txt");
}

#[test]
fn what_may_not_be_deleted_is_never_chosen() {
    let mut groups = three_groups();
    groups[1].files[0].sharing.access = ItemAccess::ViewOnly;
    let mut script = Script::with_duplicates(&groups);
    script.choose(1, 0).check_chosen("");
    script.duplicates(DuplicateAction::ChooseByRule(KeepRule::Newest));
    script.check_chosen("/Photos/a.jpg /Copies/of/photos/a.jpg /d1 /d2 /d3");
}

#[test]
fn a_choice_outlives_a_new_search_unless_the_file_has_changed_or_nothing_would_stay() {
    let mut script = Script::with_duplicates(&three_groups());
    script.choose(0, 0).choose(0, 2).choose(1, 0).choose(2, 1);
    let mut groups = three_groups();
    groups[0].files.remove(1);
    if let EntryKind::File(file) = &mut groups[1].files[0].kind {
        file.rev = coffer_model::Rev("2".into());
    }
    script.command(Command::Refresh).list("/", "Photos/ Copies/").find(&groups);
    script.check_chosen("/Photos/a.jpg /d2");
    assert_eq!(script.state.duplicates.chosen_bytes, 110);
}

#[test]
fn chosen_copies_are_deleted_after_a_question_and_can_be_restored() {
    let mut script = Script::with_duplicates(&three_groups());
    script
        .duplicates(DuplicateAction::AskToDelete)
        .check("duplicates in /: a.jpg a.jpg b.jpg c.txt c.txt d1 d2 d3 d4");
    script.choose(0, 1).choose(0, 2).choose(1, 1).duplicates(DuplicateAction::AskToDelete);
    script.check(
        "duplicates in /: a.jpg a.jpg b.jpg c.txt c.txt d1 d2 d3 d4 dialog[delete a.jpg b.jpg c.txt of 2 groups, 270 bytes?]",
    );
    script.act(Action::Dialog(crate::action::DialogAction::ConfirmDeleteDuplicates));
    script.check("duplicates in /: a.jpg a.jpg~ b.jpg~ c.txt c.txt~ d1 d2 d3 d4");
    let done = operation(1, OperationKind::Delete, "/a.jpg", None);
    script.edited("delete a.jpg b.jpg of a.jpg, c.txt of c.txt", &[], Some(done));
    script
        .check("duplicates in /: d1 d2 d3 d4 … toast[Moved 3 items to Deleted files | Undo]")
        .check_chosen("");
    // The index has not heard of it yet.
    script.find(&three_groups());
    script.check("duplicates in /: d1 d2 d3 d4 toast[Moved 3 items to Deleted files | Undo]");
}

#[test]
fn copies_whose_group_was_refused_stay_in_the_list() {
    let mut script = Script::with_duplicates(&three_groups());
    script.choose(0, 1).choose(0, 2).choose(1, 1).duplicates(DuplicateAction::AskToDelete);
    script.act(Action::Dialog(crate::action::DialogAction::ConfirmDeleteDuplicates));
    let refused = |path: &str| Problem {
        path: Some(RemotePath::new(path)),
        ..problem("Its other copy was changed", Recovery::Refresh)
    };
    let failed = vec![refused("/Copies/of/photos/a.jpg"), refused("/b.jpg")];
    let operation = Some(operation(1, OperationKind::Delete, "/c.txt", None));
    let receipt = Receipt::Edited { entries: Vec::new(), operation, failed, conflicts: Vec::new() };
    script.finish("delete a.jpg b.jpg of a.jpg, c.txt of c.txt", Outcome::Done(receipt));
    script.check(
        "duplicates in /: a.jpg a.jpg~ b.jpg~ d1 d2 d3 d4 … toast[Delete 3 items: 2 items failed | Details…]",
    );
}

#[test]
fn copies_are_not_deleted_without_a_connection() {
    let mut script = Script::with_duplicates(&three_groups());
    let session = script.jobs_list().into_iter().find(|job| job.starts_with("session")).unwrap();
    script.update(&session, Update::Outage(Some(problem("Away", Recovery::Offline))));
    script.choose(0, 1).duplicates(DuplicateAction::AskToDelete);
    assert!(script.state.dialog.is_none());
}

#[test]
fn copies_are_looked_for_in_the_selected_folder_or_in_the_one_that_is_shown() {
    let mut script = Script::at_home("Photos/ a.txt");
    script.click(0).command(Command::FindDuplicates).check_jobs("find equal files in /Photos");
    script.command(Command::Back).list("/", "Photos/ a.txt").click(1);
    assert!(!Command::FindDuplicates.is_enabled(&script.state));
    script.act(Action::ClickEmpty).command(Command::FindDuplicates);
    assert_eq!(*script.state.navigation.current(), Location::Duplicates(RemotePath::root()));
}

#[test]
fn the_keyboard_unfolds_the_group_that_it_comes_to() {
    let mut script = Script::with_duplicates(&three_groups());
    script.duplicates(DuplicateAction::UnfoldAll(false)).click(2);
    let unfolded =
        |script: &Script| script.state.duplicates.groups().iter().map(|it| it.unfolded).collect::<Vec<_>>();
    assert_eq!(unfolded(&script), [false, false, false]);
    script.press(crate::input::Motion::Down);
    assert_eq!(unfolded(&script), [false, true, false]);
    script.command(Command::Refresh).list("/", "Photos/ Copies/").find(&three_groups());
    assert_eq!(unfolded(&script), [false, true, false], "as it was before");
}

#[test]
fn names_are_in_the_order_of_the_alphabet_whatever_their_case() {
    let names = |entries: Vec<Entry>| entries.iter().map(|it| it.name().to_owned()).collect::<Vec<_>>();
    let mut script = Script::with_duplicates(&[group(9, "/x/Zoo /y/Zoo"), group(8, "/x/ant /y/ant")]);
    script.duplicates(DuplicateAction::Sort(DuplicateSort::Name));
    assert_eq!(names(script.state.duplicates.entries()), ["ant", "ant", "Zoo", "Zoo"]);
}
