//! What it costs to list a very large account: our client following the feed of changes, and the `dropbox-sdk`
//! crate doing the same, each keeping path, size, revision and content hash of every file. The server and each
//! client run in processes of their own; CPU time and peak memory are those of the client's process.
//!
//! `cargo bench --bench delta`; `COFFER_DELTA_ENTRIES` (1,000,000) and `COFFER_DELTA_ROUNDS` (5) make it smaller.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A benchmark that cannot run has nothing to say.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;
#[path = "common/sdk_client.rs"]
mod sdk_client;

use coffer_server::{Server, ServerConfig};
use dropbox_client::{BaseUrls, ClientOptions, DeltaItem, DeltaTree, DropboxClient, RestClient};
use dropbox_sdk::async_routes::files::{self, Metadata};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

const TOKEN: &str = "benchmark";

/// What a process of this program is to be, when it is not the one that was started by hand.
const PART: &str = "COFFER_DELTA_PART";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let last = arguments.last().unwrap();
    match std::env::var(PART).as_deref() {
        Ok("server") => serve(last).await,
        Ok("coffer") => with_coffer(last).await,
        Ok("dropbox-sdk") => with_dropbox_sdk(last).await,
        _ => compare().await,
    }
}

async fn compare() {
    let number = |name: &str, default: usize| {
        std::env::var(name).ok().map_or(default, |text| text.replace('_', "").parse().unwrap())
    };
    let (entries, rounds) = (number("COFFER_DELTA_ENTRIES", 1_000_000), number("COFFER_DELTA_ROUNDS", 5));
    let vault = tempfile::tempdir().unwrap();
    common::fill_vault(vault.path(), entries).await;
    let mut server = start("server", vault.path().to_str().unwrap());
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let url = url.trim();
    let (mut cpu, mut memory) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        // Whoever comes first finds a colder cache, so they take turns.
        let mut measured = [None, None];
        for turn in 0..2 {
            let at = (round + turn) % 2;
            measured[at] = Some(run(["coffer", "dropbox-sdk"][at], url));
        }
        let [Some(ours), Some(theirs)] = measured else { unreachable!() };
        assert_eq!((ours.files, ours.digest), (theirs.files, theirs.digest), "both know the same");
        assert_eq!(ours.files, entries);
        println!(
            "round {}: coffer {:.2} s and {:.1} MB, dropbox-sdk {:.2} s and {:.1} MB",
            round + 1,
            ours.cpu_secs,
            ours.peak_mb,
            theirs.cpu_secs,
            theirs.peak_mb
        );
        cpu.push(ours.cpu_secs / theirs.cpu_secs);
        memory.push(ours.peak_mb / theirs.peak_mb);
    }
    drop(server.stdin.take());
    server.wait().unwrap();
    println!("listing {entries} files through delta, against the dropbox-sdk crate (median of {rounds}):");
    println!("  CPU time {:.2} x (at most 0.5)", median(cpu));
    println!("  peak memory {:.2} x (at most 0.25)", median(memory));
}

fn median(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// What a client's process says of itself.
struct Measured {
    cpu_secs: f64,
    peak_mb: f64,
    files: usize,
    digest: u64,
}

fn start(part: &str, argument: &str) -> Child {
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new(program);
    command.env(PART, part).arg(argument).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().unwrap()
}

fn run(part: &str, url: &str) -> Measured {
    let output = start(part, url).wait_with_output().unwrap();
    assert!(output.status.success(), "{part} failed");
    let text = String::from_utf8(output.stdout).unwrap();
    let values: Vec<&str> = text.split_whitespace().collect();
    Measured {
        cpu_secs: values[0].parse().unwrap(),
        peak_mb: values[1].parse().unwrap(),
        files: values[2].parse().unwrap(),
        digest: values[3].parse().unwrap(),
    }
}

/// Serves until the other end of the input is closed.
async fn serve(vault: &str) {
    let mut config = ServerConfig::new(vault);
    config.token = Some(TOKEN.to_owned());
    let server = Server::start(config).await.unwrap();
    println!("{}", server.url());
    let end = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    end.await.unwrap().unwrap();
    server.shutdown().await;
}

async fn with_coffer(url: &str) {
    let rest_client = RestClient::new(BaseUrls::all(url).unwrap()).unwrap();
    let client = DropboxClient::new(TOKEN, ClientOptions::default().with_rest_client(rest_client)).unwrap();
    let mut tree = DeltaTree::new(None);
    while client.follow_delta(&mut tree).await.unwrap().has_more {}
    let cost = cost();
    let files = tree.iter().filter_map(|(path, item)| match item {
        DeltaItem::File(file) => Some((path, file.bytes, file.rev, hex::encode(file.content_hash.unwrap()))),
        DeltaItem::Folder => None,
    });
    report(cost, files);
}

async fn with_dropbox_sdk(url: &str) {
    let client = sdk_client::SdkClient::new(url, TOKEN);
    let argument = files::ListFolderArg::new(String::new()).with_recursive(true);
    let mut page = files::list_folder(&client, &argument).await.unwrap();
    let mut kept = Vec::new();
    loop {
        kept.extend(page.entries.into_iter().filter_map(|entry| match entry {
            Metadata::File(file) => {
                Some((file.path_lower.unwrap(), file.size, file.rev, file.content_hash.unwrap()))
            }
            _ => None,
        }));
        if !page.has_more {
            break;
        }
        let argument = files::ListFolderContinueArg::new(page.cursor);
        page = files::list_folder_continue(&client, &argument).await.unwrap();
    }
    let cost = cost();
    report(cost, kept.into_iter());
}

/// CPU time in seconds and peak memory in megabytes of this process so far.
fn cost() -> (f64, f64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak_kb: f64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    let statistics = std::fs::read_to_string("/proc/self/stat").unwrap();
    // Behind the name, which may contain anything, come the state and then numbers; two of them are hundredths
    // of seconds in the program and in the kernel.
    let numbers: Vec<&str> = statistics.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: f64 = numbers[11].parse::<f64>().unwrap() + numbers[12].parse::<f64>().unwrap();
    (ticks / 100.0, peak_kb / 1000.0)
}

/// Tells the cost, and what shows that everything was kept and is right. Order does not matter.
fn report((cpu_secs, peak_mb): (f64, f64), files: impl Iterator<Item = (String, u64, String, String)>) {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let (mut count, mut digest) = (0, 0_u64);
    for file in files {
        let mut hasher = DefaultHasher::new();
        file.hash(&mut hasher);
        digest ^= hasher.finish();
        count += 1;
    }
    println!("{cpu_secs} {peak_mb} {count} {digest}");
}
