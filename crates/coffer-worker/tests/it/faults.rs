//! When things go wrong: the service fails, connections break, answers are lost. Nothing is lost and nothing is done
//! twice.

use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job, Outcome, Update};
use coffer_model::transfer::{Decision, OnExisting, TransferPhase};
use coffer_model::{Receipt, Recovery, RemotePath, Sort};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, noise, plan, transferred, upload};
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const MIB: usize = 1024 * 1024;

#[test]
fn a_listing_survives_a_failing_service() {
    let mut house = House::new();
    house.put("/a.txt", "x");
    house.faults().add(Fault::status("files/list_folder", 500, 1));
    house.faults().add(Fault::new("files/list_folder", FaultKind::Cut, 1));
    assert_eq!(house.list("/").entries.len(), 1);
}

#[test]
fn a_service_that_keeps_failing_is_told_in_plain_words() {
    let mut house = House::new();
    house.faults().add(Fault::status("files/list_folder", 503, 100));
    let problem = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() }).problem();
    assert_eq!(problem.title, "Your files could not be listed");
    assert_eq!(problem.detail, "Dropbox is having problems. Try again in a moment.");
    assert_eq!(problem.recovery(), Recovery::Retry);
}

#[test]
fn an_upload_whose_answer_is_lost_is_made_once() {
    let mut house = House::new();
    let path = house.local("a.txt");
    fs::write(&path, "precious").unwrap();
    let plan = plan(&mut house, vec![path], "/");
    house.faults().add(Fault::new("files/upload", FaultKind::LostReply, 1));
    let (report, _) = upload(&mut house, plan, &[]);
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.tree(), ["/a.txt"]);
    assert_eq!(house.read("/a.txt"), b"precious");
}

#[test]
fn a_long_upload_survives_everything_in_a_row() {
    let mut house = House::new();
    let path = house.local("film.bin");
    let bytes = noise(21 * MIB + 5, 3);
    fs::write(&path, &bytes).unwrap();
    let plan = plan(&mut house, vec![path], "/");
    let faults = house.faults();
    faults.add(Fault::new("files/upload_session/start", FaultKind::Reset, 1));
    faults.add(Fault::new("files/upload_session/append_v2", FaultKind::LostReply, 2));
    faults.add(Fault::status("files/upload_session/append_v2", 500, 1));
    faults.add(Fault::status("files/upload_session/append_v2", 429, 1));
    faults.add(Fault::new("files/upload_session/finish", FaultKind::LostReply, 1));
    let ended = house.run(Job::Upload { plan });
    let waited = ended.updates.iter().any(|update| match update {
        Update::Transfer(progress) => matches!(progress.phase, TransferPhase::Waiting { .. }),
        _ => false,
    });
    assert!(waited, "the person sees that it waits");
    let Some(Update::Transfer(last)) = ended.updates.last() else { panic!("progress is told") };
    assert_eq!((last.bytes_done, last.files_done), (bytes.len() as u64, 1));
    let (report, _) = transferred(ended.receipt());
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.tree(), ["/film.bin"]);
    assert_eq!(house.read("/film.bin"), bytes);
    assert_eq!(house.transfers().count("upload_session"), 0, "nothing is left to resume");
}

#[test]
fn an_upload_that_was_interrupted_goes_on_where_it_was_at_the_next_start() {
    let mut house = House::new();
    let path = house.local("film.bin");
    let bytes = noise(17 * MIB, 4);
    fs::write(&path, &bytes).unwrap();
    let first_plan = plan(&mut house, vec![path.clone()], "/");
    // After two blocks the service asks for patience; the program is closed meanwhile.
    let faults = house.faults();
    faults.add(Fault::new("files/upload_session/append_v2", FaultKind::Delay(Duration::ZERO), 1));
    let patience = FaultKind::Status { status: 429, retry_after_secs: 600 };
    faults.add(Fault::new("files/upload_session/append_v2", patience, 1));
    let id = house.start(Job::Upload { plan: first_plan });
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if matches!(progress.phase, TransferPhase::Waiting { .. }) => Some(()),
        _ => None,
    });
    house.restart_worker();
    let second_plan = plan(&mut house, vec![path], "/");
    // Starting anew would need this.
    faults.clear();
    faults.add(Fault::status("files/upload_session/start", 500, 100));
    let (report, _) = upload(&mut house, second_plan, &[]);
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.read("/film.bin"), bytes);
}

#[test]
fn a_file_that_changed_meanwhile_is_not_replaced() {
    let mut house = House::new();
    house.put("/a.txt", "first");
    let path = house.local("a.txt");
    fs::write(&path, "mine").unwrap();
    let plan = plan(&mut house, vec![path], "/");
    house.put("/a.txt", "theirs, newer");
    let (report, _) = upload(&mut house, plan, &[Decision::Replace]);
    assert_eq!(report.files, 0);
    assert!(report.failed[0].detail.contains("was changed after you were asked"));
    assert_eq!(house.read("/a.txt"), b"theirs, newer");
}

#[test]
fn a_name_that_was_taken_meanwhile_gets_a_number() {
    let mut house = House::new();
    let path = house.local("a.txt");
    fs::write(&path, "mine").unwrap();
    let plan = plan(&mut house, vec![path], "/");
    house.put("/a.txt", "theirs");
    let (report, _) = upload(&mut house, plan, &[]);
    assert_eq!(report.uploaded.iter().next().unwrap().remote_path, RemotePath::new("/a (1).txt"));
    assert_eq!(house.tree(), ["/a (1).txt", "/a.txt"]);
}

#[test]
fn a_file_for_which_the_account_has_no_room_is_named() {
    let mut house = House::with(|config| config.quota_bytes = 1000, false);
    let path = house.local("a.bin");
    fs::write(&path, noise(5000, 5)).unwrap();
    let plan = plan(&mut house, vec![path], "/");
    let (report, _) = upload(&mut house, plan, &[]);
    let [problem] = report.failed.as_slice() else { panic!("it has no room: {report:?}") };
    assert_eq!(problem.recovery(), Recovery::Space);
    assert_eq!(problem.title, "“a.bin” could not be uploaded");
    assert_eq!(house.tree(), [""; 0]);
}

#[test]
fn a_download_that_is_cut_goes_on_and_is_right() {
    let mut house = House::new();
    let bytes = noise(9 * MIB, 6);
    let entry = house.put("/film.bin", bytes.clone());
    let folder = house.local("downloads");
    fs::create_dir(&folder).unwrap();
    house.faults().add(Fault::new("files/download", FaultKind::Cut, 2));
    let job = Job::Download { entries: vec![entry], folder: folder.clone(), existing: OnExisting::Number };
    let (report, _) = transferred(house.run(job).receipt());
    assert_eq!(report.downloaded, [folder.join("film.bin")]);
    assert_eq!(fs::read(folder.join("film.bin")).unwrap(), bytes);
}

#[test]
fn a_download_that_is_cancelled_leaves_nothing_behind() {
    let mut house = House::new();
    let entry = house.put("/film.bin", noise(9 * MIB, 7));
    let folder = house.local("downloads");
    fs::create_dir(&folder).unwrap();
    house.faults().add(Fault::new("files/download", FaultKind::Cut, 1));
    house.faults().add(Fault::new("files/download", FaultKind::Delay(std::time::Duration::from_secs(30)), 1));
    let id = house.start(Job::Download {
        entries: vec![entry],
        folder: folder.clone(),
        existing: OnExisting::Number,
    });
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if progress.bytes_done > 0 => Some(()),
        _ => None,
    });
    house.cancel(id);
    assert_eq!(house.wait(id).outcome, Outcome::Cancelled);
    // The thread that writes ends a moment later.
    house.worker = None;
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn an_edit_whose_answer_is_lost_is_looked_at_instead_of_made_twice() {
    let mut house = House::new();
    let file = house.put("/a.txt", "x");
    house.faults().add(Fault::new("files/move_v2", FaultKind::LostReply, 1));
    let job = Job::Edit(Edit::Move(vec![(file, RemotePath::new("/b.txt"))]));
    let Receipt::Edited { entries, .. } = house.run(job).receipt() else { panic!("it is an edit") };
    house.faults().add(Fault::new("files/delete_v2", FaultKind::LostReply, 1));
    house.run(Job::Edit(Edit::Delete(entries))).receipt();
    house.faults().add(Fault::new("files/create_folder_v2", FaultKind::LostReply, 1));
    house.run(Job::Edit(Edit::CreateFolder { path: RemotePath::new("/New") })).receipt();
    assert_eq!(house.tree(), ["/New/"]);
}

#[test]
fn what_cannot_be_known_is_said_honestly() {
    let mut house = House::new();
    let file = house.put("/a.txt", "x");
    house.faults().add(Fault::new("files/copy_v2", FaultKind::LostReply, 1));
    let job = Job::Edit(Edit::Copy(vec![(file, RemotePath::new("/b.txt"))]));
    let problem = house.run(job).problem();
    assert!(problem.detail.contains("may or may not have worked"), "{}", problem.detail);
    assert_eq!(house.tree(), ["/a.txt", "/b.txt"]);
}

/// Nobody would know of them otherwise, and nothing take them back.
#[test]
fn what_a_batch_has_copied_is_known_also_when_the_end_of_its_second_try_is_not_heard() {
    let mut house = House::new();
    let items = ["a", "b", "c"].map(|name| {
        let entry = house.put(&format!("/{name}.txt"), "x");
        (entry, RemotePath::new(&format!("/Copies/{name}.txt")))
    });
    let proxy = Proxy::between(&mut house);
    let launched = AtomicUsize::new(0);
    proxy.twist(move |call| match call.route.as_str() {
        "files/copy_batch_v2" => {
            launched.fetch_add(1, Ordering::SeqCst);
            Twist::Pass
        }
        "files/copy_batch/check_v2" if launched.load(Ordering::SeqCst) == 1 => {
            Twist::Change(with_contention_at_the_end)
        }
        "files/copy_batch/check_v2" => {
            Twist::Answer(409, r#"{"error_summary": "other/", "error": {".tag": "other"}}"#.into())
        }
        _ => Twist::Pass,
    });
    let receipt = house.run(Job::Edit(Edit::Copy(items.to_vec()))).receipt();
    let Receipt::Edited { operation: Some(operation), failed, .. } = receipt else { panic!("{receipt:?}") };
    assert_eq!((operation.items, failed.len()), (2, 1), "{failed:?}");
    assert_eq!(house.reverse(&operation).failed, []);
    assert!(!house.exists("/Copies/a.txt") && !house.exists("/Copies/b.txt"));
}

/// The last entry of a batch that has ended has not been copied.
fn with_contention_at_the_end(reply: Vec<u8>) -> Vec<u8> {
    let mut status: serde_json::Value = serde_json::from_reader(std::io::Cursor::new(reply)).unwrap();
    if let Some(last) = status["entries"].as_array_mut().and_then(|entries| entries.last_mut()) {
        *last = serde_json::json!({".tag": "failure", "failure": {".tag": "too_many_write_operations"}});
    }
    status.to_string().into_bytes()
}

/// A job of the service runs on without a connection, so it is asked for again and again.
#[test]
fn the_end_of_a_batch_is_heard_after_a_short_outage() {
    let mut house = House::new();
    let entries = ["/a.txt", "/b.txt", "/c.txt"].map(|path| house.put(path, "x"));
    house.faults().add(Fault::status("files/delete_batch/check", 503, 8));
    let receipt = house.run(Job::Edit(Edit::Delete(entries.to_vec()))).receipt();
    let Receipt::Edited { operation: Some(operation), failed, .. } = receipt else { panic!("{receipt:?}") };
    assert_eq!((operation.items, failed), (3, vec![]));
    assert_eq!(house.tree(), [""; 0]);
}
