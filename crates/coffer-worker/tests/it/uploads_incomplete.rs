//! Uploads of which not all can be done: an account that is full, folders that can't be made. What can be done is done, and
//! the rest is named.

use super::uploads_many::{check_there, tree};
use coffer_model::Recovery;
use coffer_server::faults::Fault;
use coffer_testing::house::{House, plan, upload};
use std::fs;

#[test]
fn a_full_account_takes_what_fits_and_each_file_that_does_not_is_named() {
    let mut house = House::with(|config| config.quota_bytes = 12_000, false);
    let (root, mut expected) = tree(&house, 60, 2, "");
    // Behind all others, so the account is as good as full when its turn comes.
    fs::write(root.join("zz.txt"), "z").unwrap();
    expected.insert("/Tree/zz.txt".to_owned(), "z".to_owned());
    let plan = plan(&mut house, vec![root], "/");
    let (report, _) = upload(&mut house, plan, &[]);
    assert!(report.failed.iter().all(|problem| problem.recovery() == Recovery::Space), "{report:?}");
    assert_eq!(report.files as usize + report.failed.len(), 61);
    assert!(report.files > 1, "{} files found room", report.files);
    for problem in report.failed {
        let path = problem.path.unwrap();
        assert!(expected.remove(path.as_str()).is_some(), "{path} is named once");
    }
    assert!(expected.contains_key("/Tree/zz.txt"), "the smallest finds room");
    check_there(&house, &expected);
}

#[test]
fn very_many_files_for_which_the_account_has_no_room_are_not_sent() {
    const FILES: usize = 6000;
    let mut house = House::with(|config| config.quota_bytes = 5050, false);
    let root = house.local("Tree");
    fs::create_dir(&root).unwrap();
    for number in 0..FILES {
        fs::write(root.join(format!("{number:04}")), [b'x'; 100]).unwrap();
    }
    fs::write(root.join("last"), [b'y'; 50]).unwrap();
    let plan = plan(&mut house, vec![root], "/");
    let counts = house.server.request_counts();
    counts.clear();
    let (report, _) = upload(&mut house, plan, &[]);
    assert_eq!((report.files, report.failed.len()), (51, FILES - 50));
    assert!(house.exists("/Tree/last"), "50 bytes were free");
    // Those were under way when the first was refused: at most a thousand that waited for their commit, and some calls.
    let sent = counts.calls("files/upload_session/append_batch").body_bytes;
    assert!(sent < FILES as u64 * 100 / 2, "{sent} bytes were sent");
}

#[test]
fn empty_folders_that_cannot_be_made_are_named_and_files_arrive() {
    let mut house = House::new();
    let (root, expected) = tree(&house, 20, 2, "");
    fs::create_dir_all(root.join("nothing/in here")).unwrap();
    fs::create_dir_all(root.join("nor here")).unwrap();
    let plan = plan(&mut house, vec![root], "/");
    house.faults().add(Fault::status("files/create_folder_batch", 400, 1));
    let (report, _) = upload(&mut house, plan, &[]);
    let mut missing: Vec<&str> =
        report.failed.iter().map(|problem| problem.path.as_ref().unwrap().as_str()).collect();
    missing.sort_unstable();
    assert_eq!(missing, ["/Tree/nor here", "/Tree/nothing/in here"]);
    assert_eq!(report.files, 20);
    check_there(&house, &expected);
}

#[test]
fn what_is_in_a_folder_that_cannot_be_made_is_named() {
    let mut house = House::new();
    let (root, _) = tree(&house, 20, 2, "");
    fs::create_dir_all(root.join("folder 0/nothing")).unwrap();
    let plan = plan(&mut house, vec![root], "/");
    // Somebody puts a file where the folder was to be.
    house.put("/Tree/folder 0", "a file");
    let (report, _) = upload(&mut house, plan, &[]);
    let paths = report.failed.iter().map(|problem| problem.path.as_ref().unwrap().as_str());
    let (below, others): (Vec<&str>, Vec<&str>) = paths.partition(|path| path.starts_with("/Tree/folder 0/"));
    assert_eq!((below.len(), others.len()), (11, 0), "{below:?}, {others:?}");
    assert!(below.contains(&"/Tree/folder 0/nothing") && report.files == 10, "{report:?}");
}
