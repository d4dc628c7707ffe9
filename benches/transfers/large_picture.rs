//! A JPEG far larger than a screen, as a phone makes it: how much memory its preview takes above a program that does
//! nothing, and that the same picture costs nothing the second time.

use super::measured;
use super::service::Service;
use super::setting::Setting;
use super::table::Table;
use super::thumbnails::{ask, list, next, start_worker};
use super::{data, ours};
use coffer_model::message::{Job, Update};
use coffer_model::preview::PreviewBody;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const MOST_MIB: f64 = 300.0;

/// As large as the window asks for it.
const MAX_SIDE: u32 = 4096;

pub fn run(setting: &Setting, table: &mut Table) {
    let service = Service::fresh(setting, Duration::ZERO);
    let picture = setting.fresh("picture").join("large.jpg");
    let (width, height) = (12_000, 9_000);
    data::large_picture(&picture, width, height);
    measured::run(ours::put(ours::program(setting, &service), &picture, "/large.jpg"));
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child", "preview"]).arg(setting.fresh("memory"));
    service.tell(&mut command);
    let output = measured::run(command).output;
    let [above_mib, first_secs, second_secs] =
        std::array::from_fn(|place| output.split_whitespace().nth(place).unwrap().parse::<f64>().unwrap());
    let size = std::fs::metadata(&picture).unwrap().len() as f64 / (1024.0 * 1024.0);
    let what = format!("preview of a JPEG of {} megapixels: peak above idle", width * height / 1_000_000);
    let behind = format!("{size:.1} MiB, shown after {first_secs:.2} s, again after {second_secs:.2} s");
    table.number(&what, above_mib, Some(MOST_MIB), "MiB", &behind);
}

/// Shows the picture twice with the window's own worker. Prints how much memory that took above what the program had
/// before, in MiB, and how long each time took.
pub fn child(memory: &Path) {
    let (_worker, port) = start_worker(memory);
    let listing = list(&port, "");
    let before = measured::peak_of_this();
    let mut seconds = Vec::new();
    for id in [3, 4] {
        let started = Instant::now();
        let entry = listing.entries[0].clone();
        ask(&port, id, Job::Preview { entry, max_side: MAX_SIDE });
        loop {
            if let Update::Preview(preview) = next(&port) {
                assert!(
                    matches!(preview.body, PreviewBody::Picture { width: 12_000, .. }),
                    "{:?}",
                    preview.path
                );
                break;
            }
        }
        seconds.push(started.elapsed().as_secs_f64());
    }
    let above = (measured::peak_of_this() - before) as f64 / (1024.0 * 1024.0);
    println!("{above} {} {}", seconds[0], seconds[1]);
}
