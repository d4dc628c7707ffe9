//! What it costs to index a very large account: the program filling its index, beside a bare chain of pages of the same
//! account and beside the `dropbox-sdk` crate listing it; and what browsing notices of it. The server and each side run in processes of
//! their own.
//!
//! `cargo bench --bench account_index`; `COFFER_INDEX_ENTRIES` (1,000,000) makes it smaller. What a keystroke of a search and a page
//! of the feed cost is measured by `cargo bench -p coffer-index`.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A benchmark that cannot run has nothing to say.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "common/deep_vault.rs"]
mod deep_vault;
#[path = "common/sdk_client.rs"]
mod sdk_client;

use coffer_model::message::{Event, Job, Outcome, Port, Request, RequestId, Update};
use coffer_model::{AccountChoice, Receipt, RemotePath, Sort};
use coffer_worker::{CommandLineAccount, Dirs, SecretStorage, Worker, WorkerConfig};
use dropbox_client::{BaseUrls, ClientOptions, DeltaTree, DropboxClient, RestClient};
use dropbox_sdk::async_routes::files;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const TOKEN: &str = "benchmark";
const LATENCY_MS: &str = "50";

/// What a process of this program is to be, when it is not the one that was started by hand.
const PART: &str = "COFFER_INDEX_PART";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let last = arguments.last().unwrap().as_str();
    match std::env::var(PART).as_deref() {
        Ok("server") => return serve(last),
        Ok("idle") => drop(start_worker(last, false)),
        Ok("fill") => fill(last),
        Ok("chain") => chain(last),
        Ok("dropbox-sdk") => with_dropbox_sdk(last),
        Ok("browse") => browse(last, false),
        Ok("browse-filling") => browse(last, true),
        Ok("open-wide") => open_known(last, "/wide", false),
        Ok("open-narrow") => open_known(last, "/narrow", false),
        Ok("again-wide") => open_known(last, "/wide", true),
        Ok("again-narrow") => open_known(last, "/narrow", true),
        _ => return compare(),
    }
    println!("{}", cost());
}

fn compare() {
    let entries: usize = std::env::var("COFFER_INDEX_ENTRIES")
        .map_or(1_000_000, |text| text.replace('_', "").parse().unwrap());
    let vault = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(deep_vault::fill_deep_vault(vault.path(), entries));
    println!("indexing {entries} files in 20,000 folders:");
    let slow = Server::start(vault.path(), LATENCY_MS);
    let chain = slow.run("chain");
    let filled = slow.run("fill");
    println!(
        "  at {LATENCY_MS} ms: {:.1} s, the bare chain of pages {:.1} s: {:.2} x (at most 0.5)",
        filled.wall_secs,
        chain.wall_secs,
        filled.wall_secs / chain.wall_secs
    );
    let [plain, filling] = ["browse", "browse-filling"].map(|part| slow.run(part));
    let ratio = filling.milliseconds / plain.milliseconds;
    println!(
        "  a folder at {LATENCY_MS} ms while it is filled: {:.0} ms, else {:.0} ms: {ratio:.2} x (at most 1.2)",
        filling.milliseconds, plain.milliseconds
    );
    drop(slow);
    let fast = Server::start(vault.path(), "0");
    let sdk = fast.run("dropbox-sdk");
    let idle = fast.run("idle");
    let filled = fast.run("fill");
    println!(
        "  CPU: {:.1} s, the dropbox-sdk crate listing the same {:.1} s: {:.2} x (at most 1.5)",
        filled.cpu_secs,
        sdk.cpu_secs,
        filled.cpu_secs / sdk.cpu_secs
    );
    println!("  peak memory above the idle worker: {:.0} MiB (at most 120)", filled.peak_mib - idle.peak_mib);
    println!("  file: {:.0} bytes an entry (at most 200)", filled.milliseconds / entries as f64);
    drop(fast);
    let vault = tempfile::tempdir().unwrap();
    runtime.block_on(deep_vault::fill_folder(vault.path(), "/narrow", 100));
    runtime.block_on(deep_vault::fill_folder(vault.path(), "/wide", 100_000));
    let server = Server::start(vault.path(), "0");
    for (folder, count) in [("narrow", "100"), ("wide", "100,000")] {
        let [first, again] = ["open", "again"].map(|part| {
            let part = format!("{part}-{folder}");
            let mut times: Vec<f64> = (0..5).map(|_| server.run(&part).milliseconds).collect();
            times.sort_by(f64::total_cmp);
            times[2]
        });
        println!(
            "rows of a folder of {count} from the index: {first:.2} ms; of one that was listed before, which is in memory \
             in its order: {again:.2} ms (at most as long)"
        );
    }
    if std::env::var_os("DISPLAY").is_some() {
        launch(&server);
    } else {
        println!("the launch is not measured: there is no display");
    }
}

/// The program from its start until the folder of 100,000 is at rest in its window, with the index there.
fn launch(server: &Server) {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, TOKEN).unwrap();
    let program = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coffer"));
        command.arg("--data-dir").arg(folder.path().join("data")).args(["--api-url", &server.url]);
        command.arg("--token-file").arg(&token).args(arguments).stdout(Stdio::null());
        command
    };
    assert!(program(&["index"]).status().unwrap().success());
    let picture = folder.path().join("picture.png");
    let arguments = ["--folder", "/wide", "--screenshot", picture.to_str().unwrap()];
    let mut costs: Vec<(f64, f64)> = (0..5).map(|_| watch(program(&arguments).spawn().unwrap())).collect();
    costs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (cpu_secs, peak_mib) = costs[2];
    println!(
        "launch to a folder of 100,000 at rest: {cpu_secs:.2} s of CPU, {peak_mib:.0} MiB (at most 0.85 s, 150 MiB)"
    );
}

/// What a program has cost when it ends.
fn watch(mut process: Child) -> (f64, f64) {
    let mut cost = (0.0, 0.0);
    loop {
        // It is gone from there once it has ended.
        let [status, statistics] = ["status", "stat"].map(|file| {
            std::fs::read_to_string(format!("/proc/{}/{file}", process.id())).unwrap_or_default()
        });
        if let (Some(peak), Some(cpu)) = (peak_mib(&status), cpu_secs(&statistics)) {
            cost = (cpu, peak);
        }
        if let Some(status) = process.try_wait().unwrap() {
            assert!(status.success());
            return cost;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// What a process says of itself.
#[derive(Debug)]
struct Measured {
    wall_secs: f64,
    cpu_secs: f64,
    peak_mib: f64,
    /// Of what it measured itself; of the index, the bytes of its file.
    milliseconds: f64,
}

struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(vault: &Path, latency_ms: &str) -> Self {
        let mut process = part("server", &format!("{} {latency_ms}", vault.display()));
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { process, url: url.trim().to_owned() }
    }

    fn run(&self, name: &str) -> Measured {
        let started = Instant::now();
        let output = part(name, &self.url).wait_with_output().unwrap();
        let wall_secs = started.elapsed().as_secs_f64();
        assert!(output.status.success(), "{name} failed");
        let text = String::from_utf8(output.stdout).unwrap();
        let values: Vec<f64> = text.split_whitespace().map(|value| value.parse().unwrap()).collect();
        let [.., cpu_secs, peak_mib] = values[..] else { panic!("{name} said {text}") };
        let milliseconds = if values.len() > 2 { values[0] } else { 0.0 };
        Measured { wall_secs, cpu_secs, peak_mib, milliseconds }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn part(name: &str, argument: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(PART, name).arg(argument).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().unwrap()
}

/// Serves until the other end of the input is closed.
fn serve(argument: &str) {
    let (vault, latency_ms) = argument.rsplit_once(' ').unwrap();
    let mut config = coffer_server::ServerConfig::new(vault);
    config.token = Some(TOKEN.to_owned());
    config.latency = Duration::from_millis(latency_ms.parse().unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let server = coffer_server::Server::start(config).await.unwrap();
        println!("{}", server.url());
        let end = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
        end.await.unwrap().unwrap();
        server.shutdown().await;
    });
}

struct RunningWorker {
    _worker: Worker,
    port: Port,
    folder: tempfile::TempDir,
}

/// A worker with the account open. Only one that follows changes fills an index by itself.
fn start_worker(url: &str, follows_changes: bool) -> RunningWorker {
    let folder = tempfile::tempdir().unwrap();
    let dirs = Dirs::new(Some(folder.path().to_owned())).unwrap();
    let local_server = Arc::new(|| -> futures_util::future::BoxFuture<'static, _> { unreachable!() });
    let mut config = WorkerConfig::new(dirs, Arc::new(|_| {}), local_server);
    config.command_line = Some(CommandLineAccount { api_url: url.to_owned(), token: TOKEN.to_owned() });
    config.secrets = SecretStorage::File;
    config.follows_changes = follows_changes;
    let (worker, port) = Worker::start(config).unwrap();
    let running = RunningWorker { _worker: worker, port, folder };
    running.start(1, Job::Session(AccountChoice::CommandLine { api_url: url.to_owned() }));
    loop {
        if let Event::Update { update: Update::Account(_), .. } = running.port.events.recv().unwrap() {
            return running;
        }
    }
}

impl RunningWorker {
    fn start(&self, id: u64, job: Job) {
        self.port.requests.send(Request::Run { id: RequestId(id), job }).unwrap();
    }

    fn run(&self, id: u64, job: Job) -> Receipt {
        self.start(id, job);
        loop {
            match self.port.events.recv().unwrap() {
                Event::Finished { id: RequestId(ended), outcome } if ended == id => match outcome {
                    Outcome::Done(receipt) => return receipt,
                    other => panic!("{other:?}"),
                },
                _ => {}
            }
        }
    }
}

/// Fills an index. Prints the bytes of its file.
fn fill(url: &str) {
    let worker = start_worker(url, false);
    worker.run(2, Job::UpdateIndex { rebuild: false, verify: false });
    let folder = std::fs::read_dir(worker.folder.path().join("cache/index")).unwrap();
    let bytes: u64 = folder.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    println!("{bytes}");
}

/// Opens folders that were never opened, one after the other. Prints the median of their times in milliseconds.
fn browse(url: &str, fills: bool) {
    let worker = start_worker(url, fills);
    let mut random = fastrand::Rng::with_seed(3);
    let mut times: Vec<f64> = (2..32)
        .map(|id| {
            let [area, group, set] = [20, 25, 40].map(|most| random.usize(..most));
            let path = RemotePath::new(&format!("/area {area}/group {group}/set {set}"));
            let started = Instant::now();
            worker.run(id, Job::List { path, sort: Sort::default() });
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{}", times[times.len() / 2]);
}

/// Opens a folder that was never opened, but is in the index, or one that was opened before. Prints the milliseconds to its rows.
/// `again`: what is asked for a second time is listed, and is in memory the third time.
fn open_known(url: &str, folder: &str, again: bool) {
    let worker = start_worker(url, true);
    worker.run(2, Job::UpdateIndex { rebuild: false, verify: false });
    let time = |id: u64| {
        let started = Instant::now();
        worker.start(id, Job::List { path: RemotePath::new(folder), sort: Sort::default() });
        let mut rows = None;
        loop {
            match worker.port.events.recv().unwrap() {
                Event::Update { id: RequestId(told), update: Update::Listing(_) } if told == id => {
                    rows.get_or_insert(started.elapsed().as_secs_f64());
                }
                Event::Finished { id: RequestId(ended), .. } if ended == id => return rows.unwrap(),
                _ => {}
            }
        }
    };
    let first = time(3);
    println!("{}", 1e3 * if again { (time(4), time(5)).1 } else { first });
}

fn chain(url: &str) {
    let rest_client = RestClient::new(BaseUrls::all(url).unwrap()).unwrap();
    let client = DropboxClient::new(TOKEN, ClientOptions::default().with_rest_client(rest_client)).unwrap();
    let mut tree = DeltaTree::new(None);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { while client.follow_delta(&mut tree).await.unwrap().has_more {} });
}

fn with_dropbox_sdk(url: &str) {
    let client = sdk_client::SdkClient::new(url, TOKEN);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let argument = files::ListFolderArg::new(String::new()).with_recursive(true);
        let mut page = files::list_folder(&client, &argument).await.unwrap();
        let mut kept = page.entries;
        while page.has_more {
            page = files::list_folder_continue(&client, &files::ListFolderContinueArg::new(page.cursor))
                .await
                .unwrap();
            kept.append(&mut page.entries);
        }
        assert!(!kept.is_empty());
    });
}

/// Seconds of CPU and MiB at most of this process so far.
fn cost() -> String {
    let [status, statistics] =
        ["status", "stat"].map(|file| std::fs::read_to_string(format!("/proc/self/{file}")).unwrap());
    format!("{} {}", cpu_secs(&statistics).unwrap(), peak_mib(&status).unwrap())
}

fn peak_mib(status: &str) -> Option<f64> {
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = peak.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib / 1024.0)
}

fn cpu_secs(statistics: &str) -> Option<f64> {
    // Behind the name, which may contain anything, come the state and then numbers; two of them are hundredths
    // of seconds in the program and in the kernel.
    let numbers: Vec<&str> = statistics.rsplit(')').next()?.split_whitespace().collect();
    let ticks: f64 = numbers.get(11)?.parse::<f64>().ok()? + numbers.get(12)?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}
