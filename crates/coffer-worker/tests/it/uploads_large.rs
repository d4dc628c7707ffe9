//! Large files: pieces that travel side by side, and go on where they were.

use coffer_model::message::{Edit, Job, Outcome, Update};
use coffer_model::transfer::Decision;
use coffer_model::{Receipt, Recovery, TransferPhase};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, noise, plan, transferred, upload};
use std::fs;
use std::time::Duration;

const MIB: usize = 1024 * 1024;
const APPEND: &str = "files/upload_session/append_v2";
const PATIENCE: FaultKind = FaultKind::Status { status: 429, retry_after_secs: 600 };

fn is_waiting(update: &Update) -> Option<()> {
    match update {
        Update::Transfer(progress) => matches!(progress.phase, TransferPhase::Waiting { .. }).then_some(()),
        _ => None,
    }
}

/// Starts an upload of `film.bin`, and closes the program when the service asks for patience after some pieces.
fn interrupted(house: &mut House, bytes: &[u8]) -> Job {
    let path = house.local("film.bin");
    fs::write(&path, bytes).unwrap();
    let job = Job::Upload { plan: plan(house, vec![path], "/") };
    let faults = house.faults();
    faults.add(Fault::new(APPEND, FaultKind::Delay(Duration::ZERO), 2));
    faults.add(Fault::new(APPEND, PATIENCE, 20));
    house.server.request_counts().clear();
    let id = house.start(job.clone());
    house.wait_for(id, is_waiting);
    house.restart_worker();
    faults.clear();
    job
}

#[test]
fn a_large_file_goes_up_in_pieces_and_each_is_sent_once() {
    let mut house = House::new();
    let path = house.local("film.bin");
    let bytes = noise(29 * MIB + 7, 1);
    fs::write(&path, &bytes).unwrap();
    let plan = plan(&mut house, vec![path], "/");
    let counts = house.server.request_counts();
    counts.clear();
    let (report, undo) = upload(&mut house, plan, &[]);
    assert_eq!((report.files, report.bytes, report.failed.len()), (1, bytes.len() as u64, 0));
    assert_eq!(counts.calls(APPEND).count, 5);
    assert_eq!(counts.calls(APPEND).body_bytes, bytes.len() as u64);
    assert_eq!(house.read("/film.bin"), bytes);
    assert_eq!(house.transfers().count("upload_session"), 0);
    assert_eq!(house.reverse(&undo.unwrap()).failed, []);
    assert_eq!(house.tree(), [""; 0]);
}

#[test]
fn whatever_fails_on_the_way_is_made_good() {
    let kinds = [
        FaultKind::Status { status: 429, retry_after_secs: 1 },
        FaultKind::Status { status: 503, retry_after_secs: 1 },
        FaultKind::Reset,
        FaultKind::LostReply,
        FaultKind::Cut,
        FaultKind::Garbled,
    ];
    let mut house = House::new();
    let bytes = noise(13 * MIB, 2);
    let path = house.local("film.bin");
    fs::write(&path, &bytes).unwrap();
    let routes = ["files/upload_session/start", APPEND, "files/upload_session/finish"];
    for route in routes {
        for kind in &kinds {
            let target = format!("/{} {kind}", route.rsplit('/').next().unwrap());
            let plan = plan(&mut house, vec![path.clone()], &target);
            house.server.request_counts().clear();
            // Every append fails once, the one that closes the session too.
            house.faults().add(Fault::new(route, kind.clone(), if route == APPEND { 3 } else { 1 }));
            let (report, _) = upload(&mut house, plan, &[]);
            house.faults().clear();
            assert_eq!((report.files, report.failed.len()), (1, 0), "{route} {kind}");
            assert_eq!(house.read(&format!("{target}/film.bin")), bytes, "{route} {kind}");
        }
    }
    let files = house.every_path().iter().filter(|path| !path.ends_with('/')).count();
    assert_eq!(files, routes.len() * kinds.len(), "nothing is there twice");
}

#[test]
fn only_what_is_missing_is_sent_after_the_program_was_closed() {
    let mut house = House::new();
    let bytes = noise(45 * MIB, 3);
    let job = interrupted(&mut house, &bytes);
    let counts = house.server.request_counts();
    let (report, undo) = transferred(house.run(job).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.read("/film.bin"), bytes);
    assert_eq!(counts.calls("files/upload_session/start").count, 1, "the session is the same");
    let confirmed = 2 * 8 * MIB as u64;
    let refused = counts.calls(APPEND).body_bytes - bytes.len() as u64;
    assert!(refused <= 6 * 8 * MIB as u64 && confirmed > 0, "{refused} bytes were sent again");
    assert_eq!(house.reverse(&undo.unwrap()).failed, []);
}

#[test]
fn another_plan_for_the_same_file_finds_what_is_there() {
    let mut house = House::new();
    let bytes = noise(45 * MIB, 4);
    interrupted(&mut house, &bytes);
    let path = house.local("film.bin");
    let plan = plan(&mut house, vec![path], "/");
    house.faults().add(Fault::status("files/upload_session/start", 500, 100));
    let (report, _) = upload(&mut house, plan, &[]);
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.read("/film.bin"), bytes);
}

#[test]
fn a_file_that_has_changed_meanwhile_begins_anew() {
    let mut house = House::new();
    let bytes = noise(29 * MIB, 5);
    let job = interrupted(&mut house, &bytes);
    let other = noise(29 * MIB, 6);
    fs::write(house.local("film.bin"), &other).unwrap();
    let (report, _) = transferred(house.run(job).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.read("/film.bin"), other);
}

#[test]
fn a_session_that_the_service_has_forgotten_begins_anew() {
    let mut house = House::new();
    let bytes = noise(29 * MIB, 7);
    let job = interrupted(&mut house, &bytes);
    house.clock.advance(8 * 24 * 3600);
    let (report, _) = transferred(house.run(job).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.read("/film.bin"), bytes);
    assert_eq!(house.server.request_counts().calls("files/upload_session/start").count, 2);
}

#[test]
fn pieces_that_the_service_has_and_nobody_knows_of_do_no_harm() {
    let mut house = House::new();
    let bytes = noise(29 * MIB, 10);
    let job = interrupted(&mut house, &bytes);
    assert!(house.transfers().execute("DELETE FROM upload_block") > 0);
    let (report, _) = transferred(house.run(job).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.read("/film.bin"), bytes);
    assert_eq!(house.server.request_counts().calls("files/upload_session/start").count, 1);
}

#[test]
fn pieces_that_are_noted_and_the_service_has_not_make_it_begin_anew() {
    let mut house = House::new();
    let bytes = noise(29 * MIB, 11);
    let job = interrupted(&mut house, &bytes);
    let claim =
        "WITH RECURSIVE block (position) AS (SELECT 0 UNION ALL SELECT position + 1 FROM block LIMIT 7)
                 INSERT OR REPLACE INTO upload_block (session, position, hash)
                 SELECT upload_session.id, block.position, zeroblob(32) FROM upload_session, block";
    assert_eq!(house.transfers().execute(claim), 7);
    let (report, _) = transferred(house.run(job).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(house.read("/film.bin"), bytes);
    assert_eq!(house.server.request_counts().calls("files/upload_session/start").count, 2);
    assert_eq!(house.tree(), ["/film.bin"]);
}

#[test]
fn an_account_that_is_full_takes_the_rest_when_there_is_room_again() {
    let mut house = House::with(|config| config.quota_bytes = 20 << 20, false);
    let filling = house.put("/filling.bin", noise(8 * MIB, 12));
    let films = [noise(9 * MIB, 13), noise(9 * MIB, 14)];
    let paths = ["a.bin", "b.bin"].map(|name| house.local(name));
    for (path, film) in paths.iter().zip(&films) {
        fs::write(path, film).unwrap();
    }
    let job = Job::Upload { plan: plan(&mut house, paths.to_vec(), "/") };
    let counts = house.server.request_counts();
    counts.clear();
    // There is room for each of them, but not for both.
    let (report, _) = transferred(house.run(job.clone()).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 1));
    assert_eq!(report.failed[0].recovery(), Recovery::Space);
    house.run(Job::Edit(Edit::Delete(vec![filling]))).receipt();
    let (report, _) = transferred(house.run(job).receipt());
    assert_eq!((report.files, report.failed.len()), (2, 0));
    assert_eq!(counts.calls(APPEND).body_bytes, 18 * MIB as u64, "nothing is sent again");
    assert!(house.read("/a.bin") == films[0] && house.read("/b.bin") == films[1]);
}

#[test]
fn a_large_file_for_which_the_account_has_no_room_is_not_sent() {
    let mut house = House::with(|config| config.quota_bytes = 20 << 20, false);
    let film = house.put("/film.bin", noise(8 * MIB, 15));
    let (film_path, other_path) = (house.local("film.bin"), house.local("other.bin"));
    fs::write(&film_path, noise(19 * MIB, 16)).unwrap();
    fs::write(&other_path, noise(13 * MIB, 17)).unwrap();
    let plan = plan(&mut house, vec![film_path, other_path], "/");
    house.server.request_counts().clear();
    let (report, _) = upload(&mut house, plan, &[Decision::Replace]);
    assert_eq!(house.server.request_counts().calls(APPEND).body_bytes, 19 * MIB as u64);
    assert_eq!(report.failed[0].title, "“other.bin” could not be uploaded");
    assert_eq!(report.files, 1, "what is replaced makes room: {report:?}");
    assert_ne!(house.entry("/film.bin"), film);
}

#[test]
fn a_cancelled_upload_is_forgotten() {
    let mut house = House::new();
    let path = house.local("film.bin");
    fs::write(&path, noise(29 * MIB, 8)).unwrap();
    let plan = plan(&mut house, vec![path], "/");
    house.faults().add(Fault::new(APPEND, PATIENCE, 20));
    let id = house.start(Job::Upload { plan });
    house.wait_for(id, is_waiting);
    house.cancel(id);
    assert_eq!(house.wait(id).outcome, Outcome::Cancelled);
    assert_eq!(house.transfers().count("upload_session"), 0);
    assert_eq!(house.tree(), [""; 0]);
}

#[test]
fn a_large_file_whose_name_is_taken_meanwhile_is_sent_once_and_gets_a_number() {
    let mut house = House::new();
    let path = house.local("film.bin");
    let bytes = noise(9 * MIB, 9);
    fs::write(&path, &bytes).unwrap();
    let plan = plan(&mut house, vec![path], "/");
    house.put("/film.bin", "theirs");
    house.server.request_counts().clear();
    let Receipt::Transferred { report, .. } = house.run(Job::Upload { plan }).receipt() else {
        panic!("it is a transfer");
    };
    assert_eq!(report.uploaded.iter().next().unwrap().remote_path.as_str(), "/film (1).bin");
    assert_eq!(house.server.request_counts().calls(APPEND).body_bytes, bytes.len() as u64);
    assert_eq!(house.read("/film (1).bin"), bytes);
    assert_eq!(house.read("/film.bin"), b"theirs");
}
