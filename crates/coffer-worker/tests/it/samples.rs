//! The sample files of a new local account.

use coffer_model::message::{Edit, Job, Update};
use coffer_model::{AccountChoice, IndexPhase, RemotePath};

use coffer_testing::house::House;
use dropbox_protocol::files::{
    LIST_FOLDER, LIST_FOLDER_CONTINUE, LIST_REVISIONS, ListFolderArg, ListFolderContinueArg,
    ListRevisionsArg, Metadata,
};
use std::cell::Cell;

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
    assert_eq!(deleted, 2);
    assert_eq!(revisions(&house, "/Documents/Expedition plan.md"), 7);
    assert_eq!(revisions(&house, "/Photos/2026/Fjord at dawn.jpg"), 5);
    // Each file once, not once a version, and without those that were deleted.
    assert_eq!(files as u64, total - 6 - 4 - 2);

    // Another start finds nothing to do: what the person deletes now stays deleted.
    house.restart_worker();
    house.wait_for(house.session, |update| matches!(update, Update::Account(_)).then_some(()));
    assert_eq!(counts(&house), (files, 2));
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
    let files = counts(&house).0 as u64;
    house.wait_for(session, |update| {
        note(update);
        match update {
            Update::Index(status) if status.phase == IndexPhase::Complete => {
                (status.files == files).then_some(())
            }
            _ => None,
        }
    });
    assert_eq!(news.get(), 0);
}
