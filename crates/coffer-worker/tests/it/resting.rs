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
fn a_transfer_in_which_files_have_failed_is_told_as_ended_with_them_and_can_be_tried_again() {
    let mut house = House::new();
    let files = ["a.txt", "b.txt", "c.txt"].map(|name| house.local(name));
    for file in &files {
        fs::write(file, file.as_os_str().as_encoded_bytes()).unwrap();
    }
    let job = Job::Upload { plan: plan(&mut house, files.to_vec(), "/") };
    fs::remove_file(&files[1]).unwrap();
    let (report, _) = transferred(house.run(job.clone()).receipt());
    assert_eq!((report.files, report.failed.len()), (2, 1));
    house.restart_worker();
    let told = told_unfinished(&mut house);
    let ended = told.ended.as_ref().expect("it has ended");
    assert_eq!((ended.report.files, ended.report.bytes), (report.files, report.bytes));
    let [failed] = ended.report.failed.as_slice() else { panic!("{ended:?}") };
    assert_eq!((&failed.title, failed.kind), (&report.failed[0].title, report.failed[0].kind));
    assert_eq!(failed.path.as_ref().unwrap().as_str(), "/b.txt");
    assert_eq!((told.resting.as_ref(), told.from_command_line), (None, false));
    // It is told at each start until it is tried again.
    house.restart_worker();
    assert!(told_unfinished(&mut house).ended.is_some());
    fs::write(&files[1], "b again").unwrap();
    let (report, _) = transferred(house.run(told.job.as_ref().clone()).receipt());
    assert_eq!(report.failed, []);
    assert_eq!(house.read("/b.txt"), b"b again");
    assert_eq!(house.transfers().rows(), [""; 0]);
}

#[test]
fn a_transfer_that_runs_again_is_not_told_as_ended_when_it_is_interrupted() {
    let mut house = House::new();
    let (job, _) = waiting_download(&mut house);
    house.restart_worker();
    house.faults().add(Fault::status("files/download", 403, 1));
    transferred(house.run(job.clone()).receipt());
    house.restart_worker();
    assert!(told_unfinished(&mut house).ended.is_some());
    house.faults().add(Fault::new(
        "files/download",
        FaultKind::Status { status: 429, retry_after_secs: 600 },
        1,
    ));
    let id = house.start(job);
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if matches!(progress.phase, TransferPhase::Waiting { .. }) => Some(()),
        _ => None,
    });
    house.restart_worker();
    let told = told_unfinished(&mut house);
    assert_eq!((told.ended, told.resting), (None, None));
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
