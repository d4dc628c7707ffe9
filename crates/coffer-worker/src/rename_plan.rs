//! What a rule would do to the names of many items: which change, and which can’t have the name that it gives them. Nothing is
//! asked of the account.

use crate::context::{JobContext, JobError};
use coffer_model::{
    Entry, Listing, PlannedName, Receipt, RemotePath, RenameIssue, RenamePlan, RenameQuestion, name,
};
use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub(crate) async fn run(job: &JobContext, question: RenameQuestion) -> Result<Receipt, JobError> {
    job.check_wanted()?;
    let plan = crate::blocking(move || plan(&question, &TimeZone::system())).await;
    Ok(Receipt::RenamePlanned(Arc::new(plan?)))
}

fn plan(question: &RenameQuestion, zone: &TimeZone) -> RenamePlan {
    let RenameQuestion { entries, rows, rule } = question;
    let names: Vec<String> =
        entries.iter().enumerate().map(|(index, entry)| rule.new_name(entry, index, zone)).collect();
    let invalid: Vec<Option<String>> = names.iter().map(|name| name::invalid_reason(name)).collect();
    // An item with an invalid name stays where it is.
    let targets: Vec<RemotePath> = entries
        .iter()
        .zip(names.iter().zip(&invalid))
        .map(|(entry, (name, invalid))| match invalid {
            Some(_) => entry.path.clone(),
            None => entry.path.parent().unwrap_or_default().join(name),
        })
        .collect();
    let moves = entries.iter().zip(&targets).filter(|(entry, to)| entry.path.as_str() != to.as_str());
    let leaving: HashSet<&RemotePath> = moves.map(|(entry, _)| &entry.path).collect();
    let mut wanted: HashMap<&RemotePath, usize> = HashMap::new();
    for target in &targets {
        *wanted.entry(target).or_default() += 1;
    }
    let issues = Issues { rows: rows.as_deref(), leaving: &leaving, wanted: &wanted };
    let mut plan = RenamePlan::default();
    for (((entry, target), name), invalid) in entries.iter().zip(&targets).zip(names).zip(invalid) {
        let issue = match invalid {
            Some(reason) => Some(RenameIssue::Invalid(reason)),
            None if entry.name() == name => None,
            None => issues.of(entry, target),
        };
        plan.changed += usize::from(entry.name() != name);
        plan.refused += usize::from(issue.is_some());
        plan.names.push(PlannedName { name, issue });
    }
    plan
}

struct Issues<'a> {
    rows: Option<&'a Listing>,
    /// The items that give up their names.
    leaving: &'a HashSet<&'a RemotePath>,
    /// How many items are to have each path.
    wanted: &'a HashMap<&'a RemotePath, usize>,
}

impl Issues<'_> {
    fn of(&self, entry: &Entry, target: &RemotePath) -> Option<RenameIssue> {
        let above = std::iter::successors(entry.path.parent(), RemotePath::parent);
        if let Some(folder) = above.into_iter().find(|folder| self.leaving.contains(folder)) {
            return Some(RenameIssue::Inside(folder.name().to_owned()));
        }
        if self.wanted.get(target).is_some_and(|count| *count > 1) {
            return Some(RenameIssue::Twice);
        }
        let is_there = self.rows.is_some_and(|rows| rows.row_of(target).is_some());
        (is_there && !self.leaving.contains(target)).then_some(RenameIssue::Taken)
    }
}

#[cfg(test)]
mod tests {
    use super::plan;
    use coffer_model::{
        Entry, EntryKind, Listing, NumberPlace, RemotePath, RenameQuestion, RenameRule, Sort,
    };
    use jiff::tz::TimeZone;
    use std::sync::Arc;

    fn entry(path: &str) -> Entry {
        Entry::new(RemotePath::new(path), EntryKind::Folder { id: path.into() })
    }

    /// "a→b Issue" for each of the items, which are among the rows.
    fn check(items: &[&str], others: &[&str], rule: RenameRule, expected: &[&str]) {
        let entries: Vec<Entry> = items.iter().map(|path| entry(path)).collect();
        let rows = entries.iter().cloned().chain(others.iter().map(|path| entry(path))).collect();
        let rows = Some(Arc::new(Listing::new(rows, Sort::default(), true)));
        let plan = plan(&RenameQuestion { entries: Arc::new(entries), rows, rule }, &TimeZone::UTC);
        let names: Vec<String> = plan
            .names
            .iter()
            .map(|planned| match &planned.issue {
                Some(issue) => format!("{} {issue:?}", planned.name),
                None => planned.name.clone(),
            })
            .collect();
        assert_eq!(names, expected);
        assert_eq!(plan.refused, plan.names.iter().filter(|planned| planned.issue.is_some()).count());
    }

    fn replacing(find: &str, replace: &str) -> RenameRule {
        RenameRule { find: find.to_owned(), replace: replace.to_owned(), ..RenameRule::default() }
    }

    #[test]
    fn names_of_others_are_taken_and_those_that_items_give_up_are_free() {
        check(&["/a1", "/a2"], &["/b1"], replacing("a", "b"), &["b1 Taken", "b2"]);
        check(
            &["/1", "/2"],
            &[],
            RenameRule {
                first_number: "2".to_owned(),
                number: NumberPlace::After,
                name: "x".to_owned(),
                ..RenameRule::default()
            },
            &["x 2", "x 3"],
        );
        // The first gets the name of the second, which gets another one.
        check(
            &["/x 1", "/x 2"],
            &[],
            RenameRule {
                name: "x".to_owned(),
                first_number: "2".to_owned(),
                number: NumberPlace::After,
                ..RenameRule::default()
            },
            &["x 2", "x 3"],
        );
        // In other letters an item is in nobody’s way.
        check(&["/a"], &[], replacing("a", "A"), &["A"]);
        check(&["/a", "/b"], &[], replacing("a", "B"), &["B Twice", "b"]);
    }

    #[test]
    fn names_that_the_account_does_not_take_and_items_in_each_other_are_refused() {
        check(&["/a", "/b"], &[], replacing("a", "x/y"), &["x/y Invalid(\"Names can’t contain “/”\")", "b"]);
        check(&["/a", "/b"], &[], replacing("a", ""), &[" Invalid(\"Enter a name\")", "b"]);
        check(&["/a", "/a/a1"], &[], replacing("a", "b"), &["b", "b1 Inside(\"a\")"]);
    }
}
