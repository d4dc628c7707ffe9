//! Our program is killed at random points of the large file and run again. What was sent before is not sent again,
//! no wrong file ever stands under the final name, and nothing is left behind, here or at the service.

use super::measured::{self, kill};
use super::service::Service;
use super::setting::{Setting, remove};
use super::table::Table;
use super::{data, ours};
use coffer_testing::counting_proxy::{Call, CountingProxy, Way};
use dropbox_protocol::ContentHasher;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A body longer than this is no chunk: what came of it before a kill must count.
const LONGEST_CHUNK: u64 = 32 * 1024 * 1024;

/// What went wrong, over all kills of one direction.
#[derive(Default)]
struct Tally {
    /// The worst of all kills, as parts of what may be sent again.
    worst: f64,
    /// In words, of that kill.
    behind: String,
    wrong_files: u64,
    leftovers: u64,
    /// Kills that came after the end.
    late: usize,
}

pub fn run(setting: &Setting, table: &mut Table) {
    let file = setting.place("large.bin");
    data::large(&file, setting.large_bytes);
    let tally = up(setting, &file);
    let kills = format!("{} kills, {} of them too late to matter", setting.kills, tally.late);
    table.number("killed on the way up: sent again", tally.worst, Some(1.0), "x allowed", &tally.behind);
    table.number("killed on the way up: wrong files", tally.wrong_files as f64, Some(0.0), "files", &kills);
    table.number(
        "killed on the way up: orphan sessions",
        tally.leftovers as f64,
        Some(0.0),
        "sessions",
        &kills,
    );
    let tally = down(setting, &file);
    let kills = format!("{} kills, {} of them too late to matter", setting.kills, tally.late);
    table.number("killed on the way down: sent again", tally.worst, Some(1.0), "x allowed", &tally.behind);
    table.number("killed on the way down: wrong files", tally.wrong_files as f64, Some(0.0), "files", &kills);
    table.number("killed on the way down: leftovers", tally.leftovers as f64, Some(0.0), "files", &kills);
}

fn up(setting: &Setting, file: &Path) -> Tally {
    let hash = content_hash(file);
    let mut tally = Tally::default();
    for number in 0..setting.kills {
        let service = Service::fresh(setting, Duration::ZERO);
        let proxy = CountingProxy::start(service.address());
        let command = ours::put(ours::program(setting, &service), file, "/killed/large.bin");
        let streams = run_and_kill(command, &proxy, Way::Up, setting.large_bytes);
        tally.late += usize::from(streams.is_none());
        tally.wrong_files += service.files().values().filter(|found| **found != hash).count() as u64;
        let mut again = ours::put(ours::program_again(setting, &service), file, "/killed/large.bin");
        again.env("COFFER_API_URL", proxy.url());
        measured::run(again);
        proxy.wait_until_quiet();
        tally.compare(number, streams.unwrap_or(1), &proxy, Way::Up, setting.large_bytes);
        // One file, the right one, made once, and no session that waits for more.
        let is_right = service.files().into_values().eq([hash.clone()]);
        tally.wrong_files += u64::from(!is_right || service.count("SELECT count(*) FROM revisions") != 1);
        tally.leftovers += service.count("SELECT count(*) FROM upload_sessions");
        drop(service);
        remove(&setting.place("vault"));
    }
    tally
}

fn down(setting: &Setting, file: &Path) -> Tally {
    let service = Service::fresh(setting, Duration::ZERO);
    measured::run(super::sdk::command(&service, "upload", file, "/killed/large.bin"));
    let mut tally = Tally::default();
    for number in 0..setting.kills {
        let proxy = CountingProxy::start(service.address());
        let folder = setting.fresh("received");
        let received = folder.join("large.bin");
        let command = ours::get(ours::program(setting, &service), "/killed/large.bin", &received);
        let streams = run_and_kill(command, &proxy, Way::Down, setting.large_bytes);
        tally.late += usize::from(streams.is_none());
        tally.wrong_files += u64::from(received.exists() && !data::same_files(file, &received));
        let mut again = ours::get(ours::program_again(setting, &service), "/killed/large.bin", &received);
        again.env("COFFER_API_URL", proxy.url());
        measured::run(again);
        proxy.wait_until_quiet();
        tally.compare(number, streams.unwrap_or(1), &proxy, Way::Down, setting.large_bytes);
        tally.wrong_files += u64::from(!data::same_files(file, &received));
        tally.leftovers += data::files_below(&folder).len() as u64 - 1;
        remove(&folder);
    }
    drop(service);
    remove(&setting.place("vault"));
    tally
}

/// Runs until a random byte of the file has passed, then kills. Tells how many streams there were, or `None` when the
/// program had ended before.
fn run_and_kill(mut command: Command, proxy: &CountingProxy, way: Way, size: u64) -> Option<usize> {
    command.env("COFFER_API_URL", proxy.url());
    let point = fastrand::u64(..size);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut has_ended = || child.try_wait().unwrap().is_some();
    let caught = proxy.wait_for(way, point, &mut has_ended) && !has_ended();
    kill(&mut child);
    // What the system had taken from the program still arrives.
    proxy.wait_until_quiet();
    let streams = proxy.calls().iter().filter(|call| moves(call)).map(|call| call.alongside).max();
    caught.then_some(streams.unwrap_or(1))
}

/// Whether a call carries the file's bytes.
fn moves(call: &Call) -> bool {
    (call.route.starts_with("files/upload") && call.up_length > 0) || call.route.starts_with("files/download")
}

impl Tally {
    fn compare(&mut self, number: usize, streams: usize, proxy: &CountingProxy, way: Way, size: u64) {
        let calls = proxy.calls();
        let moving = calls.iter().filter(|call| moves(call));
        let (passed, longest) = match way {
            Way::Up => (
                moving.clone().map(|call| call.up_bytes).sum::<u64>(),
                moving.map(|call| call.up_length).max(),
            ),
            Way::Down => (
                moving.clone().map(|call| call.down_bytes).sum::<u64>(),
                moving.map(|call| call.down_length).max(),
            ),
        };
        let chunk = longest.unwrap_or(0).min(LONGEST_CHUNK);
        let again = passed.saturating_sub(size);
        let allowed = chunk * streams as u64;
        let part = again as f64 / allowed.max(1) as f64;
        let mib = |bytes: u64| bytes as f64 / (1024.0 * 1024.0);
        let words = format!("{:.1} MiB, allowed {} streams of {:.0} MiB", mib(again), streams, mib(chunk));
        eprintln!("  kill {}: sent again {words}", number + 1);
        if part >= self.worst {
            self.worst = part;
            self.behind = format!("worst: {words}");
        }
    }
}

fn content_hash(path: &Path) -> String {
    let mut file = File::open(path).unwrap();
    let mut hasher = ContentHasher::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer).unwrap() {
            0 => return hasher.finish(),
            read => hasher.update(&buffer[..read]),
        }
    }
}
