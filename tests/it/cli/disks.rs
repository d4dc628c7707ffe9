//! The disk that a download goes to is taken away between two runs.

use super::full::may_mount;
use super::support::{Desk, Run};
use coffer_server::faults::{Fault, FaultKind};
use std::process::Command;

/// Runs the command that follows three times: killed when the first file is on the disk `$1`, without the disk, and with
/// the disk again. What the second run has said and written is left beside it.
const TAKEN_AWAY: &str = r#"
disk=$1; shift
mkdir store && mount -t tmpfs -o size=16m none store && mount --bind store "$disk" || exit 99
"$@" --limit-down 30K >/dev/null 2>&1 & pid=$!
while [ -z "$(ls "$disk")" ]; do kill -0 $pid || exit 97; done
kill -9 $pid; wait $pid
umount "$disk" || exit 98
"$@" >/dev/null 2>second.err; echo $? >second.code
ls -A "$disk" >second.files
mount --bind store "$disk" || exit 96
"$@" >/dev/null 2>third.err; code=$?
cp -R "$disk" finally
exit $code
"#;

#[test]
fn nothing_is_written_into_the_folder_that_a_disk_has_left_behind() {
    if !may_mount() {
        // The tests of the worker show the same with a record that names another mount point.
        return;
    }
    let desk = Desk::new();
    for number in 0..8 {
        desk.house.put(&format!("/Photos/{number}.jpg"), vec![number; 20_000]);
    }
    std::fs::create_dir(desk.house.local("stick")).unwrap();
    let program = desk.command(&["get", "/Photos", "stick"]);
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", TAKEN_AWAY, "sh", "stick"]);
    command.arg(program.get_program()).args(program.get_args());
    command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(desk.folder());
    Run::from(command.output().unwrap()).ok();
    assert_eq!(desk.local("second.code"), b"1\n");
    let told = String::from_utf8(desk.local("second.err")).unwrap();
    assert!(told.contains("The disk with “stick” isn’t connected"), "{told}");
    assert_eq!(desk.local("second.files"), b"");
    assert_eq!(desk.local_files("finally").len(), 8);
    assert_eq!(desk.notes(), [""; 0]);
}

#[test]
fn a_transfer_of_a_command_is_recorded_as_such_with_the_error_it_ended_with() {
    let desk = Desk::new();
    desk.write("film.bin", vec![7; 5_000]);
    desk.house.faults().add(Fault::percent(
        "files/upload",
        FaultKind::Status { status: 401, retry_after_secs: 1 },
        100.0,
    ));
    desk.run(&["put", "film.bin", "/"]).ended(5);
    let expected =
        "UPDATE transfer SET paused = 0 WHERE from_command_line = 1 AND problem_kind = 'token_expired'";
    assert_eq!(desk.transfers().execute(expected), 1);
}
