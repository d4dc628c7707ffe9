//! The sample files of a new local account.

use coffer_model::message::{Edit, Job, Update};
use coffer_model::{AccountChoice, IndexPhase, Listing, Receipt, RemotePath, SinceThen};

use crate::past::list_past;
use coffer_testing::house::House;
use dropbox_protocol::files::{
    LIST_FOLDER, LIST_FOLDER_CONTINUE, LIST_REVISIONS, ListFolderArg, ListFolderContinueArg,
    ListRevisionsArg, Metadata,
};
use jiff::{SignedDuration, Timestamp};
use std::cell::Cell;
use std::sync::Arc;

fn progress(update: &Update) -> Option<(u64, u64)> {
    if let Update::Samples { done, total } = update { Some((*done, *total)) } else { None }
}

/// Files and deleted files in the whole account.
fn counts(house: &House) -> (usize, usize) {
    let arg = ListFolderArg { recursive: true, include_deleted: true, ..ListFolderArg::new("") };
    let mut page = house.runtime.block_on(house.client.rpc(&LIST_FOLDER, &arg)).unwrap();
    let (mut files, mut deleted) = (0, 0);
    loop {
        for item in &page.entries {
            match item {
                Metadata::File(_) => files += 1,
                Metadata::Deleted(_) => deleted += 1,
                Metadata::Folder(_) => {}
            }
        }
        if !page.has_more {
            return (files, deleted);
        }
        let arg = ListFolderContinueArg::new(page.cursor.as_str());
        page = house.runtime.block_on(house.client.rpc(&LIST_FOLDER_CONTINUE, &arg)).unwrap();
    }
}

fn revisions(house: &House, path: &str) -> usize {
    let arg = ListRevisionsArg { limit: 100, ..ListRevisionsArg::new(path) };
    house.runtime.block_on(house.client.rpc(&LIST_REVISIONS, &arg)).unwrap().entries.len()
}

#[test]
fn a_new_account_is_filled_also_when_the_program_is_closed_in_between() {
    let mut house = House::with(|_| {}, true);
    let total = coffer_sample::files_until(usize::MAX) as u64;
    let (before, told) =
        house.wait_for(house.session, |update| progress(update).filter(|(done, _)| *done > 30));
    assert_eq!(told, total);
    // Whoever looks meanwhile sees what there is.
    assert!(house.list("/").entries.iter().any(|entry| entry.path == RemotePath::new("/Read me first.md")));

    house.restart_worker();
    let (after, _) = house.wait_for(house.session, progress);
    assert!(after >= before, "{after} of {total} after {before}");
    house.wait_for(house.session, |update| progress(update).filter(|(done, total)| done == total));

    let (files, deleted) = counts(&house);
    assert_eq!(revisions(&house, "/Documents/Expedition plan.md"), 7);
    assert_eq!(revisions(&house, "/Photos/2026/Fjord at dawn.jpg"), 5);
    assert_eq!(revisions(&house, "/Projects/weather diary/2026-09-14.md"), 2);
    // Each file once, not once a version, and without those that were deleted.
    let (versions, deleted_files) = (6 + 4 + 3 + 2 + 42, 2 + 3 + 1 + 4);
    assert_eq!(files as u64, total - versions - deleted_files);

    // Another start finds nothing to do: what the person deletes now stays deleted.
    house.restart_worker();
    house.wait_for(house.session, |update| matches!(update, Update::Account(_)).then_some(()));
    assert_eq!(counts(&house), (files, deleted));
}

#[test]
fn another_session_of_the_same_start_writes_nothing_again() {
    let mut house = House::with(|_| {}, true);
    house.wait_for(house.session, |update| progress(update).filter(|(done, total)| done == total));
    let path = "/Read me first.md";
    let entry = house.entry(path);
    house.run(Job::Edit(Edit::Delete(vec![entry]))).receipt();
    house.cancel(house.session);
    house.wait(house.session);
    house.session = house.start(Job::Session(AccountChoice::Local));
    house.list("/");
    house.wait_for(house.session, |update| match update {
        Update::Samples { .. } => panic!("they were written already"),
        Update::Account(_) => Some(()),
        _ => None,
    });
    assert!(!house.exists(path));
}

#[test]
fn sample_files_are_no_news() {
    let mut house = House::with(|_| {}, true);
    let session = house.session;
    let news = Cell::new(0);
    let note = |update: &Update| {
        if let Update::News(told) = update {
            news.set(news.get().max(told.folders.len()));
        }
    };
    house.wait_for(session, |update| {
        note(update);
        progress(update).filter(|(done, total)| done == total)
    });
    // Whoever hears of another change has heard of all of them.
    let files = counts(&house).0 as u64;
    house.put("/One more.txt", "more");
    house.wait_for(session, |update| {
        note(update);
        match update {
            Update::Index(status) if status.phase == IndexPhase::Complete => {
                (status.files == files + 1).then_some(())
            }
            _ => None,
        }
    });
    assert_eq!(news.get(), 0);
}

fn names(listing: &Listing) -> Vec<&str> {
    let there = |since: &SinceThen| *since != SinceThen::Added;
    let past = listing.past.as_ref().unwrap();
    listing
        .entries
        .iter()
        .zip(&past.since)
        .filter(|(_, since)| there(since))
        .map(|(entry, _)| entry.name())
        .collect()
}

#[test]
fn the_sample_files_have_a_past_that_can_be_looked_into() {
    let mut house = House::with(|_| {}, true);
    house.wait_for(house.session, |update| progress(update).filter(|(done, total)| done == total));
    let now = Timestamp::from_second(house.clock.now()).unwrap();
    let ago = |hours| now - SignedDuration::from_hours(hours);

    // The accident stands out, and the folder is whole before it.
    let diary = RemotePath::new("/Projects/weather diary");
    let groups = match house.run(Job::ListChangeTimes(diary.clone())).receipt() {
        Receipt::ChangeTimes(groups) => groups,
        other => panic!("{other:?}"),
    };
    // Each note came on a day of its own, although none of these versions has been asked for.
    assert!(groups.len() >= 42, "{groups:?}");
    let accident = groups.iter().max_by_key(|group| group.count).unwrap();
    assert!(accident.count >= 43, "{groups:?}");
    assert!((ago(27)..ago(25)).contains(&accident.first) && (ago(27)..ago(25)).contains(&accident.last));
    let before = list_past(&mut house, &diary, accident.first - SignedDuration::from_secs(1));
    let past = before.past.as_ref().unwrap();
    assert!(past.is_observed);
    assert_eq!(names(&before).len(), 43);
    assert_eq!(past.since.iter().filter(|since| matches!(since, SinceThen::Changed)).count(), 42);
    // What is left of the rows still says what has become of each.
    let (rows, query) = (Arc::clone(&before), "sketches".to_owned());
    let narrowed = Job::FilterRows { rows, query, unfolded: Arc::default(), inside: Arc::default() };
    match house.run(narrowed).receipt() {
        Receipt::Listed(rows) => {
            assert_eq!(names(&rows), ["sketches"]);
            let past = rows.past.as_ref().unwrap();
            assert_eq!((&*past.since, past.below[0].deleted), (&[SinceThen::Deleted][..], 4));
        }
        other => panic!("{other:?}"),
    }
    let sketches = list_past(&mut house, &diary.join("sketches"), ago(27));
    assert_eq!(sketches.entries.len(), 4);

    // A folder that was renamed and tidied.
    let documents = RemotePath::new("/Documents");
    let (then, later) =
        (list_past(&mut house, &documents, ago(18 * 24)), list_past(&mut house, &documents, ago(16 * 24)));
    assert!(names(&then).contains(&"Scans") && !names(&then).contains(&"Invoices"), "{:?}", names(&then));
    assert!(!names(&later).contains(&"Scans") && names(&later).contains(&"Invoices"), "{:?}", names(&later));
    assert!(then.past.as_ref().unwrap().is_observed);
    let scans = list_past(&mut house, &documents.join("Scans"), ago(18 * 24));
    assert_eq!(names(&scans)[0], "scan 0001.pdf");
    assert_eq!(names(&scans).len(), 7);

    // Deletions lie weeks apart.
    let deleted_then = |listing: &Listing| names(listing).iter().any(|name| name.starts_with("Old route"));
    assert!(deleted_then(&list_past(&mut house, &documents, ago(48 * 24))));
    assert!(!deleted_then(&then));
    assert!(names(&list_past(&mut house, &documents, ago(6 * 24))).contains(&"Drafts"));
    assert!(!names(&list_past(&mut house, &documents, ago(4 * 24))).contains(&"Drafts"));
}
