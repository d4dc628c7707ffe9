//! One large file, up and down: beside the crate for CPU time, beside curl for wall time, and the peak of memory.

use super::measured::{Runs, run};
use super::service::{Service, new_folder};
use super::setting::{Setting, remove};
use super::table::Table;
use super::{bystanders, data, ours, sdk};
use std::time::Duration;

/// Peaks of memory in MiB.
const UPLOAD_MIB: f64 = 160.0;
const DOWNLOAD_MIB: f64 = 64.0;

pub fn upload(setting: &Setting, table: &mut Table) {
    let file = setting.place("large.bin");
    data::large(&file, setting.large_bytes);
    let (mut our_runs, mut crate_runs, mut curl_runs) = (Runs::default(), Runs::default(), Runs::default());
    for round in 0..setting.rounds {
        eprintln!("  round {}", round + 1);
        for side in turns(round) {
            match side {
                Side::Ours => {
                    let service = Service::fresh(setting, Duration::ZERO);
                    let target = format!("{}/large.bin", new_folder());
                    our_runs.0.push(run(ours::put(ours::program(setting, &service), &file, &target)));
                }
                Side::Crate => {
                    let service = Service::fresh(setting, Duration::ZERO);
                    let target = format!("{}/large.bin", new_folder());
                    crate_runs.0.push(run(sdk::command(&service, "upload", &file, &target)));
                }
                Side::Curl => {
                    let received = setting.place("received.bin");
                    let sink = bystanders::Sink::start(&received);
                    curl_runs.0.push(run(bystanders::curl_upload(&file, &sink.url)));
                    drop(sink);
                    assert!(data::same_files(&file, &received), "the sink has other bytes");
                    remove(&received);
                }
            }
            remove(&setting.place("vault"));
            settle();
        }
    }
    let crate_cpu = ("the crate's concurrent upload with SHA-256", crate_runs.cpu());
    table.ratio("large file up: CPU", our_runs.cpu(), crate_cpu, Some(1.0));
    table.ratio("large file up: wall", our_runs.wall(), ("curl's one POST", curl_runs.wall()), Some(1.1));
    table.number("large file up: peak memory", our_runs.peak_mib(), Some(UPLOAD_MIB), "MiB", "");
    table.ratio("large file up: wall", our_runs.wall(), ("the crate", crate_runs.wall()), None);
    table.number("large file up: peak memory of the crate", crate_runs.peak_mib(), None, "MiB", "");
}

pub fn download(setting: &Setting, table: &mut Table) {
    let file = setting.place("large.bin");
    data::large(&file, setting.large_bytes);
    let service = Service::fresh(setting, Duration::ZERO);
    let remote_path = format!("{}/large.bin", new_folder());
    run(sdk::command(&service, "upload", &file, &remote_path));
    settle();
    let received = setting.place("received.bin");
    let mut our_runs = Runs::default();
    let mut crate_runs = Runs::default();
    let mut curl_runs = Runs::default();
    // How long the disk needs for what curl has left to it; our own downloads are synced when they end.
    let mut sync_runs = Runs::default();
    for round in 0..setting.rounds {
        eprintln!("  round {}", round + 1);
        for side in turns(round) {
            match side {
                Side::Ours => {
                    let program = ours::program(setting, &service);
                    our_runs.0.push(run(ours::get(program, &remote_path, &received)));
                }
                Side::Crate => {
                    crate_runs.0.push(run(sdk::command(&service, "download", &received, &remote_path)));
                }
                Side::Curl => {
                    curl_runs.0.push(run(bystanders::curl_download(&service, &remote_path, &received)));
                    sync_runs.0.push(run(bystanders::sync(&received)));
                }
            }
            assert!(data::same_files(&file, &received), "other bytes came");
            remove(&received);
            settle();
        }
    }
    drop(service);
    remove(&setting.place("vault"));
    let crate_cpu = ("the crate's single stream with SHA-256", crate_runs.cpu());
    table.ratio("large file down: CPU", our_runs.cpu(), crate_cpu, Some(1.0));
    table.ratio("large file down: wall", our_runs.wall(), ("curl to a file", curl_runs.wall()), Some(1.15));
    table.number("large file down: peak memory", our_runs.peak_mib(), Some(DOWNLOAD_MIB), "MiB", "");
    let synced = ("curl to a file that is then synced", curl_runs.wall() + sync_runs.wall());
    table.ratio("large file down: wall", our_runs.wall(), synced, None);
    table.ratio("large file down: wall", our_runs.wall(), ("the crate", crate_runs.wall()), None);
}

#[derive(Clone, Copy)]
enum Side {
    Ours,
    Crate,
    Curl,
}

/// Who runs after whom changes: what one leaves to the disk and the memory, the next one finds.
fn turns(round: usize) -> [Side; 3] {
    let mut sides = [Side::Ours, Side::Crate, Side::Curl];
    sides.rotate_left(round % 3);
    sides
}

/// Lets the disk write what the last run left to it, so that the next one does not pay for it.
pub fn settle() {
    run(std::process::Command::new("sync"));
}
