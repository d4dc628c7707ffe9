//! Files that are edited with other programs: what was changed comes home as a version, whatever way a program saves,
//! and nothing that somebody else has made is overwritten.

use coffer_model::message::{Edit, Job, Update};
use coffer_model::receipt::SavedCopy;
use coffer_model::working_copy::{ConflictChoice, SaveResult, WorkingCopy, WorkingCopyState};
use coffer_model::{AccountChoice, Entry, Receipt, RemotePath, WorkingCopyId};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, noise};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How a program saves a file.
type WriteFile = fn(&Path, &str);

pub const LETTER: &str = "/Docs/Letter.txt";

pub fn check_out(house: &mut House, entry: &Entry) -> WorkingCopy {
    match house.run(Job::CheckOut { entry: entry.clone(), open: true }).receipt() {
        Receipt::CheckedOut(copy) => copy,
        other => panic!("a check-out answers with a copy: {other:?}"),
    }
}

/// A letter in the account, and its working copy.
pub fn letter(house: &mut House) -> WorkingCopy {
    let entry = house.put(LETTER, "Dear Ida");
    check_out(house, &entry)
}

pub fn save(house: &mut House, id: &WorkingCopyId) -> SavedCopy {
    saved(house.run(Job::SaveWorkingCopy { id: id.clone() }).receipt())
}

pub fn saved(receipt: Receipt) -> SavedCopy {
    match receipt {
        Receipt::SavedCopy(saved) => saved,
        other => panic!("a save answers with what was saved: {other:?}"),
    }
}

/// Waits until the session tells of a copy in a state.
#[track_caller]
pub fn wait_until(house: &mut House, id: &WorkingCopyId, state: WorkingCopyState) -> WorkingCopy {
    house.wait_for(house.session, |update| match update {
        Update::WorkingCopies(copies) => {
            copies.iter().find(|copy| copy.id == *id && copy.state == state).cloned()
        }
        _ => None,
    })
}

/// The contents of all versions of a file, newest first.
pub fn versions(house: &mut House, path: &str) -> Vec<String> {
    let ended = house.run(Job::Revisions { path: RemotePath::new(path) });
    let revisions = ended.updates.into_iter().rev().find_map(|update| match update {
        Update::Revisions { revisions, .. } => Some(revisions),
        _ => None,
    });
    let revs = revisions.unwrap().iter().map(|entry| entry.file().unwrap().rev.clone()).collect::<Vec<_>>();
    revs.iter().map(|rev| String::from_utf8(house.read(&format!("rev:{}", rev.0))).unwrap()).collect()
}

fn in_place(file: &Path, content: &str) {
    let mut file = OpenOptions::new().write(true).open(file).unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file.set_len(content.len() as u64).unwrap();
}

pub fn truncated(file: &Path, content: &str) {
    fs::write(file, content).unwrap();
}

fn renamed_over(file: &Path, content: &str) {
    let temporary = file.with_file_name(".Letter.txt.tmp-4913");
    fs::write(&temporary, content).unwrap();
    fs::rename(temporary, file).unwrap();
}

fn renamed_with_a_backup(file: &Path, content: &str) {
    fs::rename(file, file.with_file_name("Letter.txt~")).unwrap();
    fs::write(file, content).unwrap();
}

fn deleted_and_created(file: &Path, content: &str) {
    fs::remove_file(file).unwrap();
    fs::write(file, content).unwrap();
}

fn appended(file: &Path, content: &str) {
    let before = fs::read_to_string(file).unwrap();
    let rest = content.strip_prefix(&before).expect("what is appended to is kept");
    OpenOptions::new().append(true).open(file).unwrap().write_all(rest.as_bytes()).unwrap();
}

#[test]
fn each_way_of_saving_makes_one_new_version() {
    let ways: [(&str, WriteFile); 6] = [
        ("in place", in_place),
        ("truncated", truncated),
        ("renamed over", renamed_over),
        ("renamed, with a backup", renamed_with_a_backup),
        ("deleted and created", deleted_and_created),
        ("appended", appended),
    ];
    let mut house = House::new();
    let copy = letter(&mut house);
    let mut content = "Dear Ida".to_owned();
    let mut expected = vec![content.clone()];
    for (way, write) in ways {
        content = format!("{content}, {way}");
        write(&copy.local_path, &content);
        wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
        let saved = save(&mut house, &copy.id);
        assert_eq!(
            (saved.result, saved.remote_path),
            (SaveResult::NewVersion, RemotePath::new(LETTER)),
            "{way}"
        );
        wait_until(&mut house, &copy.id, WorkingCopyState::Saved);
        expected.insert(0, content.clone());
        assert_eq!(versions(&mut house, LETTER), expected, "{way}");
    }
    assert_eq!(house.tree(), ["/Docs/", LETTER], "backups and temporary files stay here");
}

#[test]
fn a_copy_has_the_files_name_in_the_state_folder_and_can_be_written_to() {
    let mut house = House::new();
    let copy = letter(&mut house);
    assert_eq!(copy.local_path.file_name().unwrap(), "Letter.txt");
    assert!(copy.local_path.starts_with(house.local("coffer/state/working-copies")));
    assert!(!fs::metadata(&copy.local_path).unwrap().permissions().readonly());
    let folder = copy.local_path.parent().unwrap();
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700, "nobody else looks in");
    assert_eq!(*house.desktop.opened.lock().unwrap(), std::slice::from_ref(&copy.local_path));
    let entry = house.entry(LETTER);
    assert_eq!(check_out(&mut house, &entry), copy, "it is opened again");
}

#[test]
fn what_was_not_changed_is_not_uploaded() {
    let mut house = House::new();
    let copy = letter(&mut house);
    // Saved without a change, as editors do on a habit: other time, other inode, same content.
    renamed_over(&copy.local_path, "Dear Ida");
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Unchanged);
    let old = SystemTime::now() - Duration::from_hours(1);
    File::options().write(true).open(&copy.local_path).unwrap().set_modified(old).unwrap();
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Unchanged);
    assert_eq!(versions(&mut house, LETTER), ["Dear Ida"]);
    fs::write(&copy.local_path, "Dear Ada").unwrap();
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
}

#[test]
fn a_file_is_followed_when_it_is_moved_or_renamed() {
    let mut house = House::new();
    let copy = letter(&mut house);
    let entry = house.entry(LETTER);
    let moved = RemotePath::new("/Archive/To Ida.txt");
    house.run(Job::Edit(Edit::Move(vec![(entry, moved.clone())]))).receipt();
    fs::write(&copy.local_path, "Dear Ida, bye").unwrap();
    let saved = save(&mut house, &copy.id);
    assert_eq!((saved.result, saved.remote_path), (SaveResult::NewVersion, moved.clone()));
    assert!(!house.exists(LETTER));
    assert_eq!(versions(&mut house, moved.as_str()), ["Dear Ida, bye", "Dear Ida"]);
    // The window is told where it is now.
    house.wait_for(house.session, |update| match update {
        Update::WorkingCopies(copies) => copies.iter().find(|copy| copy.remote_path == moved).map(drop),
        _ => None,
    });
}

#[test]
fn a_file_that_was_deleted_is_made_again() {
    let mut house = House::new();
    let copy = letter(&mut house);
    let entry = house.entry(LETTER);
    house.run(Job::Edit(Edit::Delete(vec![entry]))).receipt();
    fs::write(&copy.local_path, "Dear Ida, again").unwrap();
    let again = save(&mut house, &copy.id);
    assert_eq!((again.result, again.remote_path.as_str()), (SaveResult::NewFile, LETTER));
    fs::write(&copy.local_path, "Dear Ida, and again").unwrap();
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
    assert_eq!(house.read(LETTER), b"Dear Ida, and again");
}

#[test]
fn undo_brings_the_version_before_back() {
    let mut house = House::new();
    let copy = letter(&mut house);
    fs::write(&copy.local_path, "Dear Eve").unwrap();
    let saved = save(&mut house, &copy.id).operation.expect("a new version can be taken back");
    assert_eq!(house.reverse(&saved).failed, []);
    assert_eq!(house.read(LETTER), b"Dear Ida");
}

/// The letter was changed here and there, and the change here was saved.
pub fn conflict(house: &mut House) -> (WorkingCopy, RemotePath) {
    let copy = letter(house);
    house.put(LETTER, "Dear Ida, from the office");
    fs::write(&copy.local_path, "Dear Ida, from home").unwrap();
    let saved = save(house, &copy.id);
    assert_eq!(saved.result, SaveResult::Conflict);
    assert_eq!(house.read(LETTER), b"Dear Ida, from the office");
    assert_eq!(house.read(saved.remote_path.as_str()), b"Dear Ida, from home");
    assert!(saved.remote_path.name().starts_with("Letter (conflicted copy"), "{}", saved.remote_path);
    (copy, saved.remote_path)
}

#[test]
fn when_both_were_changed_both_are_kept_and_the_window_is_told() {
    let mut house = House::new();
    let (copy, mine) = conflict(&mut house);
    let told = house.wait_for(house.session, |update| match update {
        Update::WorkingCopies(copies) => copies.iter().find_map(|copy| copy.conflict.clone()),
        _ => None,
    });
    assert_eq!((told.theirs.as_str(), &told.mine), (LETTER, &mine));
    // From then on the copy belongs to the file with its changes.
    fs::write(&copy.local_path, "Dear Ida, from home, later").unwrap();
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
    assert_eq!(house.read(mine.as_str()), b"Dear Ida, from home, later");
    assert_eq!(house.read(LETTER), b"Dear Ida, from the office");
}

#[test]
fn mine_becomes_a_version_over_theirs_and_that_can_be_undone() {
    let mut house = House::new();
    let (copy, mine) = conflict(&mut house);
    let keep = ConflictChoice::Mine;
    let resolved = saved(house.run(Job::ResolveEditConflict { id: copy.id.clone(), keep }).receipt());
    assert_eq!(resolved.remote_path.as_str(), LETTER);
    assert_eq!(
        versions(&mut house, LETTER),
        ["Dear Ida, from home", "Dear Ida, from the office", "Dear Ida"]
    );
    assert!(!house.exists(mine.as_str()));
    assert_eq!(house.reverse(&resolved.operation.unwrap()).failed, []);
    assert_eq!(house.read(LETTER), b"Dear Ida, from the office");
    assert_eq!(house.read(mine.as_str()), b"Dear Ida, from home");
}

#[test]
fn theirs_comes_into_the_copy_and_mine_can_be_brought_back() {
    let mut house = House::new();
    let (copy, mine) = conflict(&mut house);
    // A last change, which is not saved yet, is not lost either.
    fs::write(&copy.local_path, "Dear Ida, from home, last").unwrap();
    let keep = ConflictChoice::Theirs;
    let resolved = saved(house.run(Job::ResolveEditConflict { id: copy.id.clone(), keep }).receipt());
    assert_eq!(fs::read(&copy.local_path).unwrap(), b"Dear Ida, from the office");
    assert!(!house.exists(mine.as_str()));
    assert_eq!(house.reverse(&resolved.operation.unwrap()).failed, []);
    assert_eq!(house.read(mine.as_str()), b"Dear Ida, from home, last");
    fs::write(&copy.local_path, "Dear Ida, from the office, and home").unwrap();
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
    assert_eq!(house.read(LETTER), b"Dear Ida, from the office, and home");
}

#[test]
fn a_save_whose_reply_is_lost_makes_one_version() {
    let mut house = House::new();
    let copy = letter(&mut house);
    for (number, fault) in
        [FaultKind::LostReply, FaultKind::Cut, FaultKind::Garbled, FaultKind::Reset].into_iter().enumerate()
    {
        house.faults().add(Fault::new("files/upload", fault, 1));
        fs::write(&copy.local_path, format!("Dear Ida {number}")).unwrap();
        save(&mut house, &copy.id);
        assert_eq!(versions(&mut house, LETTER).len(), number + 2);
    }
    assert_eq!(house.tree(), ["/Docs/", LETTER], "nothing is in conflict with itself");
}

#[test]
fn a_large_file_comes_home_too() {
    let mut house = House::new();
    let entry = house.put("/film.bin", noise(100, 1));
    let copy = check_out(&mut house, &entry);
    let bytes = noise(20 << 20, 2);
    fs::write(&copy.local_path, &bytes).unwrap();
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
    assert!(house.read("/film.bin") == bytes);
}

#[test]
fn what_was_changed_while_the_program_was_away_waits_for_the_person() {
    let mut house = House::new();
    let copy = letter(&mut house);
    let untouched = house.put("/Other.txt", "other");
    let other = check_out(&mut house, &untouched);
    house.worker = None;
    fs::write(&copy.local_path, "Dear Ida, at night").unwrap();
    house.restart_worker();
    let told = house.wait_for(house.session, |update| match update {
        Update::WorkingCopies(copies) => Some(copies.clone()),
        _ => None,
    });
    let state = |id: &WorkingCopyId| told.iter().find(|copy| copy.id == *id).map(|copy| copy.state);
    assert_eq!(state(&copy.id), Some(WorkingCopyState::Unsent));
    assert_eq!(state(&other.id), Some(WorkingCopyState::Saved));
    assert_eq!(house.read(LETTER), b"Dear Ida", "nothing goes by itself");
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
    assert_eq!(house.read(LETTER), b"Dear Ida, at night");
    // Once it is saved, it is as any other.
    wait_until(&mut house, &copy.id, WorkingCopyState::Saved);
    fs::write(&copy.local_path, "Dear Ida, in the morning").unwrap();
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
}

#[test]
fn a_kill_between_the_upload_and_its_record_makes_no_second_version() {
    let mut house = House::new();
    let copy = letter(&mut house);
    let record = copy.local_path.parent().unwrap().with_file_name("record.json");
    let before = fs::read(&record).unwrap();
    fs::write(&copy.local_path, "Dear Ida, killed").unwrap();
    save(&mut house, &copy.id);
    house.worker = None;
    fs::write(&record, before).unwrap();
    house.restart_worker();
    wait_until(&mut house, &copy.id, WorkingCopyState::Unsent);
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Unchanged);
    assert_eq!(versions(&mut house, LETTER), ["Dear Ida, killed", "Dear Ida"]);
    wait_until(&mut house, &copy.id, WorkingCopyState::Saved);
}

#[test]
fn a_damaged_record_costs_nothing_but_the_way_home_and_the_file_stays() {
    let mut house = House::new();
    let copy = letter(&mut house);
    house.worker = None;
    fs::write(&copy.local_path, "Dear Ida, damaged").unwrap();
    fs::write(copy.local_path.parent().unwrap().with_file_name("record.json"), "{").unwrap();
    house.restart_worker();
    let entry = house.entry(LETTER);
    let fresh = check_out(&mut house, &entry);
    assert_ne!(fresh.id, copy.id);
    assert_eq!(fs::read(&copy.local_path).unwrap(), b"Dear Ida, damaged");
}

#[test]
fn opening_again_shows_what_others_have_made_unless_it_was_changed_here() {
    let mut house = House::new();
    let copy = letter(&mut house);
    let newer = house.put(LETTER, "Dear Ida, newer");
    check_out(&mut house, &newer);
    assert_eq!(fs::read(&copy.local_path).unwrap(), b"Dear Ida, newer");
    fs::write(&copy.local_path, "Dear Ida, mine").unwrap();
    let newest = house.put(LETTER, "Dear Ida, newest");
    check_out(&mut house, &newest);
    assert_eq!(fs::read(&copy.local_path).unwrap(), b"Dear Ida, mine");
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::Conflict);
}

#[test]
fn a_copy_is_discarded_only_when_that_is_asked_for() {
    let mut house = House::new();
    let copy = letter(&mut house);
    fs::write(&copy.local_path, "Dear Ida, never mind").unwrap();
    house.run(Job::DiscardWorkingCopy { id: copy.id.clone() }).receipt();
    assert!(!copy.local_path.exists());
    assert_eq!(house.read(LETTER), b"Dear Ida");
    assert_eq!(
        house.run(Job::SaveWorkingCopy { id: copy.id }).problem().title,
        "The edited file could not be found"
    );
}

#[test]
fn old_copies_go_when_they_hold_nothing_of_their_own_and_no_program_edits_them() {
    let mut house = House::new();
    let names = ["saved.txt", "changed.txt", "open.txt", "recent.txt"];
    let copies = names.map(|name| {
        let entry = house.put(&format!("/{name}"), "x");
        check_out(&mut house, &entry)
    });
    house.worker = None;
    fs::write(&copies[1].local_path, "y").unwrap();
    fs::write(copies[2].local_path.with_file_name(".~lock.open.txt#"), "").unwrap();
    let month = Duration::from_hours(30 * 24);
    for copy in &copies[..3] {
        let folder = copy.local_path.parent().unwrap();
        let path = folder.with_file_name("record.json");
        let mut record: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        record["opened_unix_secs"] = 1_000_000_000.into();
        fs::write(path, record.to_string()).unwrap();
        File::open(folder).unwrap().set_modified(SystemTime::now() - month).unwrap();
    }
    house.restart_worker();
    let told = house.wait_for(house.session, |update| match update {
        Update::WorkingCopies(copies) if copies.len() < names.len() => Some(copies.clone()),
        _ => None,
    });
    let mut left: Vec<&str> = told.iter().map(|copy| copy.remote_path.name()).collect();
    left.sort_unstable();
    assert_eq!(left, ["changed.txt", "open.txt", "recent.txt"]);
    assert!(!copies[0].local_path.exists() && copies[1].local_path.exists());
}

#[test]
fn what_is_edited_while_the_account_is_opened_again_is_still_watched() {
    let mut house = House::new();
    let copy = letter(&mut house);
    wait_until(&mut house, &copy.id, WorkingCopyState::Saved);
    // Signed in again: the old session ends while the new one begins.
    house.cancel(house.session);
    house.session = house.start(Job::Session(AccountChoice::Local));
    wait_until(&mut house, &copy.id, WorkingCopyState::Saved);
    fs::write(&copy.local_path, "Dear Ida, signed in again").unwrap();
    wait_until(&mut house, &copy.id, WorkingCopyState::Edited);
    assert_eq!(save(&mut house, &copy.id).result, SaveResult::NewVersion);
}
