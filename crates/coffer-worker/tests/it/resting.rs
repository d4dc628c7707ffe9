//! Transfers that have ended with an error, or whose disk is away, rest until they are asked for.

use coffer_model::message::{Job, UnfinishedTransfer, Update};
use coffer_model::{OnExisting, ProblemKind, Recovery, TransferPhase};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, plan, transferred};
use std::fs;
use std::path::{Path, PathBuf};

#[track_caller]
fn told_unfinished(house: &mut House) -> UnfinishedTransfer {
    let session = house.session;
    let mut told = house.wait_for(session, |update| match update {
        Update::Unfinished(unfinished) => Some(unfinished.clone()),
        _ => None,
    });
    assert_eq!(told.len(), 1, "{told:?}");
    told.remove(0)
}

/// A download into a folder of its own that waits for the service.
fn waiting_download(house: &mut House) -> (Job, PathBuf) {
    let entries = vec![house.put("/a.txt", "a"), house.put("/b.txt", "b")];
    let folder = house.local("stick");
    fs::create_dir(&folder).unwrap();
    let job = Job::Download { entries, folder: folder.clone(), existing: OnExisting::Number };
    house.faults().add(Fault::new(
        "files/download",
        FaultKind::Status { status: 429, retry_after_secs: 600 },
        1,
    ));
    let id = house.start(job.clone());
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if matches!(progress.phase, TransferPhase::Waiting { .. }) => Some(()),
        _ => None,
    });
    (job, folder)
}

/// As the store has it: where the disk of the one download is mounted.
fn set_mount_point(house: &House, mount_point: &Path) {
    let sql = format!("UPDATE transfer SET mount_point = CAST('{}' AS BLOB)", mount_point.display());
    assert_eq!(house.transfers().execute(&sql), 1);
}

/// An upload of one file during which the sign-in ends.
fn upload_without_sign_in(house: &mut House) -> Job {
    let path = house.local("film.bin");
    fs::write(&path, vec![8; 5_000]).unwrap();
    let job = Job::Upload { plan: plan(house, vec![path], "/") };
    house.faults().add(Fault::status("files/upload", 401, 10));
    job
}

#[test]
fn an_upload_that_ended_with_an_error_is_told_with_it_and_goes_on_when_asked() {
    let mut house = House::new();
    let job = upload_without_sign_in(&mut house);
    let problem = house.run(job).problem();
    assert_eq!(problem.recovery(), Recovery::SignIn);
    house.faults().clear();
    house.restart_worker();
    let told = told_unfinished(&mut house);
    let resting = told.resting.clone().expect("it has failed");
    assert_eq!(
        (resting.kind, &resting.title, &resting.detail),
        (problem.kind, &problem.title, &problem.detail)
    );
    assert!(!told.from_command_line);
    transferred(house.run(told.job.as_ref().clone()).receipt());
    assert_eq!(house.read("/film.bin"), vec![8; 5_000]);
    assert_eq!(house.transfers().count("transfer"), 0);
}

#[test]
fn a_failed_transfer_that_is_forgotten_is_not_told() {
    let mut house = House::new();
    let job = upload_without_sign_in(&mut house);
    house.run(job.clone()).problem();
    assert_eq!(house.transfers().count("transfer"), 1);
    house.faults().clear();
    house.restart_worker();
    house.run(Job::ForgetTransfers(vec![job])).receipt();
    assert_eq!(house.transfers().rows(), [""; 0]);
}

#[test]
fn a_download_whose_disk_is_not_connected_rests_and_writes_nothing_where_it_was_mounted() {
    let mut house = House::new();
    let (job, folder) = waiting_download(&mut house);
    // An ordinary folder, as a mount point is when nothing is mounted there.
    set_mount_point(&house, &folder);
    house.restart_worker();
    let told = told_unfinished(&mut house);
    let problem = told.resting.expect("its disk is away");
    assert_eq!(problem.kind, ProblemKind::DiskDisconnected);
    assert_eq!(problem.title, "The disk with “stick” isn’t connected");
    assert_eq!(problem.recovery(), Recovery::Retry);
    let before = files_in(&folder);
    assert_eq!(house.run(job.clone()).problem(), problem, "asked for while it is still away");
    assert_eq!(files_in(&folder), before);
    set_mount_point(&house, &mounted_at(&folder));
    transferred(house.run(job).receipt());
    assert_eq!(files_in(&folder), ["a.txt", "b.txt"]);
}

/// Where the disk of a folder is mounted, found out in another way than the program does.
fn mounted_at(folder: &Path) -> PathBuf {
    let output = std::process::Command::new("stat").args(["--format", "%m"]).arg(folder).output().unwrap();
    PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

#[test]
fn a_download_whose_folder_is_gone_rests_and_fills_another_one_when_asked() {
    let mut house = House::new();
    let entries = vec![house.put("/a.txt", "a"), house.put("/b.txt", "b")];
    let folder = house.local("stick");
    fs::create_dir(&folder).unwrap();
    let job = Job::Download { entries, folder: folder.clone(), existing: OnExisting::Number };
    // One has arrived when the program ends.
    house.faults().add(Fault::status("files/download", 403, 1));
    transferred(house.run(job.clone()).receipt());
    assert_eq!(files_in(&folder).len(), 1);
    house.transfers().execute("UPDATE transfer SET ended = 0");
    fs::remove_dir_all(&folder).unwrap();
    house.restart_worker();
    let problem = told_unfinished(&mut house).resting.expect("its folder is gone");
    assert_eq!(problem.title, "The folder “stick” is no longer there");
    fs::create_dir(&folder).unwrap();
    transferred(house.run(job).receipt());
    assert_eq!(files_in(&folder), ["a.txt", "b.txt"]);
}

#[test]
fn a_download_on_a_disk_that_is_there_goes_on_by_itself() {
    let mut house = House::new();
    let (_, folder) = waiting_download(&mut house);
    let kept = format!("mount_point = CAST('{}' AS BLOB)", mounted_at(&folder).display());
    let sql = format!("UPDATE transfer SET paused = 0 WHERE {kept}");
    assert_eq!(house.transfers().execute(&sql), 1, "the mount point is recorded");
    house.restart_worker();
    assert_eq!(told_unfinished(&mut house).resting, None);
}
