//! Thumbnails of many pictures, fetched over a slow line and decoded, beside decoding alone.

use super::measured::{self, median};
use super::service::Service;
use super::setting::Setting;
use super::table::Table;
use super::{data, sdk};
use coffer_model::message::{Event, Job, Port, Request, RequestId, Update};
use coffer_model::{
    AccountChoice, EntryKind, Listing, RemotePath, Sort, Thumbnail, ThumbnailKey, ThumbnailSize,
};
use coffer_worker::{Dirs, LocalServer, SecretStorage, ServerEndpoint, Worker, WorkerConfig};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A normal cell of the grid.
const SIZE: ThumbnailSize = ThumbnailSize::W256;

/// Less than this cannot be told from "at once".
const SHORT_ENOUGH_SECS: f64 = 1.0;

pub fn run(setting: &Setting, table: &mut Table) {
    let pictures = setting.place("pictures");
    data::pictures(&pictures, setting.pictures);
    {
        let service = Service::fresh(setting, Duration::ZERO);
        measured::run(sdk::command(&service, "upload-tree", &pictures, "/pictures"));
        // The service makes each thumbnail once; that is its work and not ours.
        measured::run(fetching(setting, &service));
    }
    let service = Service::open(setting, setting.latency, &[]);
    let (mut fetched, mut decoded) = (Vec::new(), Vec::new());
    for round in 0..setting.rounds {
        eprintln!("  round {}", round + 1);
        fetched.push(seconds(&measured::run(fetching(setting, &service)).output));
        decoded.push(seconds(&measured::run(decoding(&service.vault().join("thumbnails"))).output));
    }
    let (fetched, decoded) = (median(fetched), median(decoded));
    let limit = SHORT_ENOUGH_SECS.max(0.8 * decoded + 4.0 * setting.latency.as_secs_f64());
    let behind = format!("decoding alone on one thread {decoded:.2} s");
    table.number("thumbnails fetched and decoded", fetched, Some(limit), "s", &behind);
}

fn fetching(setting: &Setting, service: &Service) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child", "thumbnails"]).arg(setting.fresh("memory")).arg(setting.pictures.to_string());
    service.tell(&mut command);
    command
}

fn decoding(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child", "decode"]).arg(folder);
    command
}

fn seconds(output: &str) -> f64 {
    output.trim().parse().unwrap()
}

/// Fetches all thumbnails of `/pictures` with the window's own worker, and prints how long that took.
pub fn child(arguments: &[&str]) {
    let [memory, count] = arguments else { panic!("a folder and a count are needed") };
    let count: usize = count.parse().unwrap();
    let (_worker, port) = start_worker(memory.as_ref());
    let listing = list(&port, "/pictures");
    let wanted: Vec<Thumbnail> = listing
        .entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::File(file) => Some(Thumbnail {
                key: ThumbnailKey { content_hash: file.content_hash.clone()?, size: SIZE },
                path: entry.path.clone(),
                rev: file.rev.clone(),
                size_bytes: file.size_bytes,
            }),
            _ => None,
        })
        .collect();
    assert_eq!(wanted.len(), count);
    let started = Instant::now();
    ask(&port, 3, Job::Thumbnails(wanted));
    let mut came = 0;
    while came < count {
        if let Update::Thumbnail { pixels, .. } = next(&port) {
            assert!(pixels.is_some(), "a picture has no thumbnail");
            came += 1;
        }
    }
    println!("{}", started.elapsed().as_secs_f64());
}

/// The window's own worker, on the account of the environment.
pub fn start_worker(memory: &Path) -> (Worker, Port) {
    let url = std::env::var("COFFER_API_URL").unwrap();
    let token = std::env::var("COFFER_TOKEN").unwrap();
    let endpoint = ServerEndpoint::new(url, token);
    let server: LocalServer = Arc::new(move || {
        let endpoint = endpoint.clone();
        Box::pin(async move { Ok(endpoint) })
    });
    let dirs = Dirs::new(Some(memory.into())).unwrap();
    let mut config = WorkerConfig::new(dirs, Arc::new(|_| {}), server);
    config.secrets = SecretStorage::File;
    Worker::start(config).unwrap()
}

/// Opens the account, and lists a folder of it.
pub fn list(port: &Port, folder: &str) -> Arc<Listing> {
    ask(port, 1, Job::Session(AccountChoice::Local));
    ask(port, 2, Job::List { path: RemotePath::new(folder), sort: Sort::default() });
    loop {
        if let Update::Listing(listing) = next(port)
            && listing.complete
        {
            return listing;
        }
    }
}

pub fn ask(port: &Port, id: u64, job: Job) {
    port.requests.send(Request::Run { id: RequestId(id), job }).unwrap();
}

/// The next update, whatever it is about.
pub fn next(port: &Port) -> Update {
    loop {
        match port.events.recv_timeout(Duration::from_mins(1)).expect("the worker answers") {
            Event::Update { update, .. } => return update,
            Event::Finished { outcome: coffer_model::Outcome::Failed(problem), .. } => panic!("{problem:?}"),
            Event::Finished { .. } => {}
        }
    }
}

/// Decodes all pictures in a folder one after the other, and prints how long that took. Reading is not counted.
pub fn decode(folder: &Path) {
    let pictures: Vec<Vec<u8>> =
        data::files_below(folder).iter().map(|name| std::fs::read(folder.join(name)).unwrap()).collect();
    let started = Instant::now();
    let mut pixels = 0;
    for picture in &pictures {
        pixels += image::load_from_memory(picture).unwrap().into_rgba8().pixels().len();
    }
    let took = started.elapsed();
    assert!(pixels > 0);
    println!("{}", took.as_secs_f64());
}
