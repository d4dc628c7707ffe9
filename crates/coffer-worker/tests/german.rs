//! What the worker says when it speaks German. A program of its own, because the language is that of the whole program:
//! the worker has threads of its own, and other tests read English.

// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

use coffer_model::message::{Edit, Job, Update};
use coffer_model::preview::PreviewBody;
use coffer_model::transfer::OnExisting;
use coffer_model::{Entry, Problem, ProblemKind, Receipt, RemotePath, Sort};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, plan};
use std::fs;
use std::os::unix::fs::symlink;

fn house() -> House {
    coffer_texts::set_language(coffer_texts::Language::German);
    House::new()
}

#[track_caller]
fn check(problem: &Problem, title: &str, detail: &str) {
    assert_eq!((&*problem.title, &*problem.detail), (title, detail), "{problem:?}");
}

fn rename(entry: &Entry, to: &str) -> Job {
    Job::Edit(Edit::Move(vec![(entry.clone(), RemotePath::new(to))]))
}

#[test]
fn a_refused_edit_names_the_item_and_the_reason() {
    let mut house = house();
    let entry = house.put("/a.txt", "a");
    house.put("/b.txt", "b");
    check(
        &house.run(rename(&entry, "/b.txt")).problem(),
        "„a.txt“ konnte nicht umbenannt werden",
        "Ein Objekt mit diesem Namen ist schon vorhanden.",
    );
    let path = RemotePath::new("/b.txt");
    check(
        &house.run(Job::Edit(Edit::CreateFolder { path })).problem(),
        "Der Ordner „b.txt“ konnte nicht erstellt werden",
        "Ein Objekt mit diesem Namen ist schon vorhanden.",
    );
    house.delete("/a.txt");
    check(
        &house.run(rename(&entry, "/c.txt")).problem(),
        "„a.txt“ konnte nicht umbenannt werden",
        "Das gibt es nicht mehr.",
    );
}

#[test]
fn a_service_that_fails_or_is_away_is_told() {
    let mut house = house();
    let list = || Job::List { path: RemotePath::root(), sort: Sort::default() };
    house.faults().add(Fault::status("files/list_folder", 503, 100));
    check(
        &house.run(list()).problem(),
        "Ihre Dateien konnten nicht aufgelistet werden",
        "Dropbox hat gerade Probleme. Versuchen Sie es gleich noch einmal.",
    );
    house.faults().clear();
    let entry = house.put("/Trip.gpx", "x");
    house.faults().add(Fault::new("*", FaultKind::Reset, u32::MAX));
    check(
        &house.run(Job::Edit(Edit::Delete(vec![entry]))).problem(),
        "„Trip.gpx“ konnte nicht gelöscht werden",
        "Dropbox hat nicht geantwortet. Vielleicht hat es trotzdem geklappt: Laden Sie neu, bevor Sie es erneut versuchen.",
    );
}

#[test]
fn a_file_without_a_preview_says_why() {
    let mut house = house();
    let mut reason = |name: &str, bytes: &'static str| {
        let entry = house.put(name, bytes);
        let ended = house.run(Job::Preview { entry, max_side: 1024 });
        match ended.updates.as_slice() {
            [Update::Preview(preview)] => match &preview.body {
                PreviewBody::None { reason } => reason.clone(),
                other => panic!("nothing is shown of {name}: {other:?}"),
            },
            other => panic!("one preview is told: {other:?}"),
        }
    };
    assert_eq!(reason("/empty.txt", ""), "Diese Datei ist leer.");
    assert_eq!(reason("/a.pdf", "x"), "Dieses PDF ist beschädigt oder unvollständig.");
    assert_eq!(reason("/a.otf", "x"), "Diese Schrift ist beschädigt oder unvollständig.");
    assert_eq!(reason("/a.zip", "x"), "Dieses Archiv ist beschädigt oder unvollständig.");
}

#[test]
fn a_refused_undo_keeps_its_kind_and_its_words_on_disk() {
    let mut house = house();
    let entries = vec![house.put("/a.txt", "a"), house.put("/b.txt", "b")];
    let deleted = house.run(Job::Edit(Edit::Delete(entries))).receipt();
    let Receipt::Edited { operation: Some(deleted), .. } = deleted else { panic!("{deleted:?}") };
    house.put("/b.txt", "another");
    assert_eq!(house.reverse(&deleted).failed.len(), 1);
    house.restart_worker();
    let session = house.session;
    let history = house.wait_for(session, |update| match update {
        Update::History(history) => Some(history.clone()),
        _ => None,
    });
    let problem = history.operations[0].problem.as_ref().unwrap();
    check(
        problem,
        "„b.txt“ konnte nicht wiederhergestellt werden",
        "Ein anderes Objekt hat jetzt seinen Namen.",
    );
    assert_eq!(problem.kind, ProblemKind::Changed);
}

#[test]
fn a_target_that_is_not_there_and_a_broken_link_are_told_with_their_names() {
    let mut house = house();
    let entry = house.put("/Trip/a.txt", "a");
    let local_path = house.local("gone").join("a.txt");
    check(
        &house.run(Job::SaveAs { entry, local_path, existing: OnExisting::Replace }).problem(),
        "Nach „gone“ konnte nichts heruntergeladen werden",
        "Den Ordner gibt es auf diesem Computer nicht.",
    );
    let link = house.local("link");
    symlink(house.local("nowhere"), &link).unwrap();
    let walked = plan(&mut house, vec![link.clone()], "/");
    check(
        &walked.unreadable[0],
        &format!("„{}“ konnte nicht gelesen werden", link.display()),
        "Es ist eine Verknüpfung, die ins Leere führt.",
    );
    let system_file = house.local("desktop.ini");
    fs::write(&system_file, "x").unwrap();
    let refused = plan(&mut house, vec![system_file], "/");
    assert_eq!(refused.refused[0].reason, "Diesen Namen behält sich Dropbox vor");
}
