//! A download onto a disk that is too small. The test starts itself again in surroundings in which that is so: on a
//! small disk of its own where the system allows that, otherwise with a limit on the size of files.

use coffer_model::message::{Event, Job, Outcome, Request, RequestId};
use coffer_model::{AccountChoice, OnExisting, Recovery, RemotePath};
use coffer_testing::house::{House, noise, start_worker_at, transferred};
use std::fs;
use std::path::Path;
use std::process::Command;

const NAME: &str = "worker::disk::a_full_disk_is_told_and_nothing_half_is_left";
const URL: &str = "COFFER_TEST_URL";
const TOKEN: &str = "COFFER_TEST_TOKEN";
const DISK: &str = "COFFER_TEST_DISK";

/// Makes the folder `$0` a small disk, or limits files, and goes on with the rest.
const SMALLER: &str = r#"
mount -t tmpfs -o size=1m none "$0" 2>/dev/null || { trap '' XFSZ; ulimit -f 1024; }
exec "$@"
"#;

#[test]
fn a_full_disk_is_told_and_nothing_half_is_left() {
    if let (Ok(url), Ok(token), Ok(disk)) = (std::env::var(URL), std::env::var(TOKEN), std::env::var(DISK)) {
        return download_to(Path::new(&disk), &url, &token);
    }
    let house = House::new();
    house.put("/film.bin", noise(6 * 1024 * 1024, 8));
    let disk = house.local("disk");
    fs::create_dir(&disk).unwrap();
    let may_mount =
        Command::new("unshare").args(["-rm", "true"]).status().is_ok_and(|status| status.success());
    let mut command = if may_mount {
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    let status = command
        .args(["-c", SMALLER])
        .arg(&disk)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", NAME, "--nocapture"])
        .env(URL, house.server.url())
        .env(TOKEN, house.server.token())
        .env(DISK, &disk)
        .status()
        .unwrap();
    assert!(status.success());
}

fn download_to(disk: &Path, url: &str, token: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (worker, port) = start_worker_at(folder.path(), url, token);
    let run = |id, job| port.requests.send(Request::Run { id: RequestId(id), job }).unwrap();
    let end_of = |wanted| loop {
        match port.events.recv_timeout(coffer_testing::house::PATIENCE).unwrap() {
            Event::Finished { id: RequestId(id), outcome } if id == wanted => return outcome,
            _ => {}
        }
    };
    run(1, Job::Session(AccountChoice::Local));
    run(2, Job::Locate { path: RemotePath::new("/film.bin") });
    let Outcome::Done(coffer_model::Receipt::Located(entry)) = end_of(2) else { panic!("it is there") };
    run(3, Job::Download { entries: vec![entry], folder: disk.to_owned(), existing: OnExisting::Number });
    let Outcome::Done(receipt) = end_of(3) else { panic!("what has no room is told in the report") };
    let (report, _) = transferred(receipt);
    let [problem] = report.failed.as_slice() else { panic!("the disk is too small: {report:?}") };
    assert_eq!(problem.title, "“film.bin” could not be downloaded");
    assert_eq!(problem.recovery(), Recovery::Space);
    drop(worker);
    assert_eq!(fs::read_dir(disk).unwrap().count(), 0, "the half of it was removed");
}
