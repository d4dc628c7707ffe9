//! Very many tiny files: how much memory they take, that files of one size do not meet all others of that size in the
//! account, and that a file of a million takes as long as one of ten thousand.

use super::large::settle;
use super::measured::{Measured, Runs, run};
use super::ours;
use super::service::{Service, new_folder};
use super::setting::Setting;
use super::table::Table;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const MIB: f64 = 1024.0 * 1024.0;
const FILES_IN_A_FOLDER: usize = 1000;
/// The most memory that a put of this kind may take.
const MOST_MIB: f64 = 120.0;

/// The most memory that a put or get of a million files may take, and how much longer a file of them may take than one
/// of `FEWER`.
const MOST_MIB_OF_A_MILLION: f64 = 250.0;
const MOST_TIMES: f64 = 1.3;
const FEWER: usize = 10_000;

/// A put and a get of a million files, and of fewer: those are done often, because what takes two seconds varies.
pub fn million(setting: &Setting, table: &mut Table) {
    let few_files = FEWER.min(setting.million);
    let (mut few_up, mut few_down) = (Runs::default(), Runs::default());
    for _ in 0..setting.rounds {
        let (up, down) = there_and_back(setting, few_files);
        few_up.0.push(up);
        few_down.0.push(down);
    }
    let (up, down) = there_and_back(setting, setting.million);
    for (direction, few, many) in [("up", few_up, up), ("down", few_down, down)] {
        let what = format!("{} files of 16 bytes {direction}: peak memory", setting.million);
        let behind = format!("in {:.1} s, {:.1} s of CPU", many.wall_secs, many.cpu_secs);
        table.number(&what, many.peak_bytes as f64 / MIB, Some(MOST_MIB_OF_A_MILLION), "MiB", &behind);
        let times = (many.wall_secs / setting.million as f64) / (few.wall() / few_files as f64);
        let what = format!("the same: time a file against {few_files} files");
        table.number(&what, times, Some(MOST_TIMES), "×", &format!("{few_files} in {:.1} s", few.wall()));
    }
}

/// Files that go up into an account of their own, and come back.
fn there_and_back(setting: &Setting, files: usize) -> (Measured, Measured) {
    let service = Service::fresh(setting, Duration::ZERO);
    let (tree, back) = (write_tree(setting, files), setting.fresh("back").join("tree"));
    let remote_path = new_folder();
    settle();
    let put = run(ours::put(ours::program(setting, &service), &tree, &remote_path));
    settle();
    let get = run(ours::get(ours::program(setting, &service), &remote_path, &back));
    let arrived =
        fs::read_dir(&back).unwrap().map(|folder| fs::read_dir(folder.unwrap().path()).unwrap().count());
    assert_eq!(arrived.sum::<usize>(), files);
    for folder in [tree, back] {
        fs::remove_dir_all(folder).unwrap();
    }
    settle();
    (put, get)
}

/// A tree of files, a thousand in each folder.
fn write_tree(setting: &Setting, files: usize) -> PathBuf {
    let tree = setting.fresh("many");
    for number in 0..files {
        let folder = tree.join(format!("folder {:03}", number / FILES_IN_A_FOLDER));
        write(&folder, &format!("file {number:06}.bin"), number);
    }
    tree
}

pub fn upload(setting: &Setting, table: &mut Table) {
    let service = Service::fresh(setting, Duration::ZERO);
    let tree = write_tree(setting, setting.many);
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
