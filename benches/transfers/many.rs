//! A put of very many tiny files: how much memory it takes, and that files of one size do not meet all others of that
//! size in the account.

use super::measured::run;
use super::ours;
use super::service::{Service, new_folder};
use super::setting::Setting;
use super::table::Table;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

const MIB: f64 = 1024.0 * 1024.0;
const FILES_IN_A_FOLDER: usize = 1000;
/// The most memory that a put of this kind may take.
const MOST_MIB: f64 = 120.0;

pub fn upload(setting: &Setting, table: &mut Table) {
    let service = Service::fresh(setting, Duration::ZERO);
    let tree = setting.fresh("many");
    for number in 0..setting.many {
        let folder = tree.join(format!("folder {:03}", number / FILES_IN_A_FOLDER));
        write(&folder, &format!("file {number:06}.bin"), number);
    }
    let put = run(ours::put(ours::program(setting, &service), &tree, &new_folder()));
    let what = format!("{} files of 16 bytes up: peak memory", setting.many);
    let behind = format!("in {:.1} s, {:.1} s of CPU", put.wall_secs, put.cpu_secs);
    table.number(&what, put.peak_bytes as f64 / MIB, Some(MOST_MIB), "MiB", &behind);
    same_size(setting, table);
}

/// All of one size and one time, beside as many in the account: each comes into question as a copy of each.
fn same_size(setting: &Setting, table: &mut Table) {
    let service = Service::fresh(setting, Duration::ZERO);
    let remote_path = new_folder();
    let count = setting.many * 32 / 100;
    let [there, more] = [("there", 0), ("more", count)].map(|(name, first)| {
        let folder = setting.fresh(name);
        for number in first..first + count {
            write(&folder, &format!("{name} {number:06}.bin"), number);
        }
        run(ours::put(ours::program(setting, &service), &folder, &remote_path))
    });
    let what = format!("{count} files beside {count} of their size: peak memory");
    let behind = format!("{:.1} s; the first {count} in {:.1} s", more.wall_secs, there.wall_secs);
    table.number(&what, more.peak_bytes as f64 / MIB, Some(MOST_MIB), "MiB", &behind);
}

fn write(folder: &Path, name: &str, number: usize) {
    fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, format!("{number:016}")).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_750_000_000);
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}
