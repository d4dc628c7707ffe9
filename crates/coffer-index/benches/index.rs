//! What the index of a very large account costs: its file, its memory, a keystroke of a search, a page of the feed, a
//! folder. Without a server: what the service says is made up here.
//!
//! `cargo bench -p coffer-index`; `COFFER_INDEX_ENTRIES` (1,000,000) makes it smaller.

// A benchmark that cannot run has nothing to say.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use coffer_index::{FileChange, FolderChange, Index, ItemChange, OwnPaths, SearchOrder};
use coffer_model::{ContentAccess, RemotePath, SearchQuery, Sharing};
use fastrand::Rng;
use jiff::{Timestamp, Zoned};
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// Entries of every folder, but of one.
const FOLDER: usize = 50;
const LARGE_FOLDER: usize = 100_000;
/// Rows that a search gives at first.
const FIRST_ROWS: usize = 100;
/// What a map may have in the window.
const MAP_BLOCKS: usize = 1_500;
const WORDS: [&str; 24] = [
    "report",
    "invoice",
    "holiday",
    "draft",
    "final",
    "IMG",
    "DSC",
    "scan",
    "notes",
    "budget",
    "meeting",
    "letter",
    "photo",
    "backup",
    "archive",
    "music",
    "track",
    "chapter",
    "figure",
    "plan",
    "Übersicht",
    "résumé",
    "copy",
    "contract",
];
const EXTENSIONS: [&str; 8] = ["jpg", "pdf", "docx", "txt", "png", "xlsx", "mp4", "md"];

struct Item {
    path_lower: String,
    name: String,
    id: String,
    rev: String,
    hash: Option<String>,
    bytes: u64,
    modified: i64,
}

fn main() {
    let entries: usize =
        std::env::var("COFFER_INDEX_ENTRIES").map_or(1_000_000, |text| text.parse().unwrap());
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("index.sqlite");
    let (index, _) = Index::open(&file).unwrap();
    println!("an account of {entries} entries:");
    let idle = resident();
    let built = build(&index, entries);
    let building = resident() - idle;
    println!(
        "  built from pages: {:.2} µs of CPU an entry, {building:.0} MiB of memory",
        built / entries as f64 * 1e6
    );
    drop(index);
    let bytes = fs::metadata(&file).unwrap().len();
    println!("  file: {} bytes an entry (at most 200)", bytes / entries as u64);

    let (index, _) = Index::open(&file).unwrap();
    folders(&index);
    space(&index);
    let before = resident();
    let started = Instant::now();
    index.load_names().unwrap();
    println!(
        "  names in memory: {:.0} MiB (at most 60), read in {:.2} s",
        resident() - before,
        started.elapsed().as_secs_f64()
    );
    searches(&index);
    going_to_anything(&index);
    page_of_the_feed(&index);
    kept_in_memory(&index, before);
}

/// As pages of lists come in; seconds of CPU.
fn build(index: &Index, entries: usize) -> f64 {
    index.begin("cursor").unwrap();
    let mut list = index.pending_lists(1).unwrap().remove(0);
    let mut rng = Rng::with_seed(1);
    let mut page: Vec<Item> = Vec::with_capacity(2000);
    let mut cpu = 0.0;
    let large = LARGE_FOLDER.min(entries / 2);
    for number in 0..entries {
        let folder = if number < large {
            "/large folder".to_owned()
        } else {
            let folder = number / FOLDER;
            format!("/{} {}/{} {folder}", WORDS[folder % 7], folder % 90, WORDS[folder % 24])
        };
        let is_folder = number % FOLDER == 0 && number >= large;
        page.push(if is_folder { folder_item(&folder) } else { file_item(&folder, number, &mut rng) });
        if page.len() == 2000 || number + 1 == entries {
            cpu += take(&page, |changes| {
                index.apply_listed(&list, changes, Some("page"), &[]).unwrap().unwrap();
            });
            list.cursor = Some("page".to_owned());
            page.clear();
        }
    }
    let started = cpu_time();
    index.drop_pending(&list).unwrap();
    index.finish_lists().unwrap();
    cpu + (cpu_time() - started)
}

fn file_item(folder: &str, number: usize, rng: &mut Rng) -> Item {
    let name = format!(
        "{} {} {number}.{}",
        WORDS[rng.usize(..24)],
        WORDS[rng.usize(..24)],
        EXTENSIONS[rng.usize(..8)]
    );
    Item {
        path_lower: format!("{folder}/{name}").to_lowercase(),
        name,
        id: format!("id:{:022x}", rng.u128(..) >> 40),
        rev: format!("{:016x}", rng.u64(..)),
        hash: Some(format!("{:032x}{:032x}", rng.u128(..), rng.u128(..))),
        bytes: rng.u64(..5_000_000),
        modified: 1_700_000_000 + rng.i64(..50_000_000),
    }
}

fn folder_item(path: &str) -> Item {
    let name = path.rsplit('/').next().unwrap().to_owned();
    let id = format!("id:{name}");
    Item { path_lower: path.to_lowercase(), name, id, rev: String::new(), hash: None, bytes: 0, modified: 0 }
}

/// Seconds of CPU.
fn take(page: &[Item], apply: impl FnOnce(&[ItemChange<'_>])) -> f64 {
    let changes: Vec<ItemChange<'_>> = page.iter().map(change).collect();
    let started = cpu_time();
    apply(&changes);
    cpu_time() - started
}

fn change(item: &Item) -> ItemChange<'_> {
    let Item { path_lower, name, id, .. } = item;
    if item.rev.is_empty() {
        return ItemChange::Folder(FolderChange { path_lower, name, id, sharing: Sharing::default() });
    }
    ItemChange::File(FileChange {
        path_lower,
        name,
        id,
        rev: &item.rev,
        size_bytes: item.bytes,
        client_modified: item.modified,
        server_modified: item.modified,
        content_hash: item.hash.as_deref(),
        is_view_only: false,
        access: ContentAccess::Download,
        modified_by: None,
    })
}

fn folders(index: &Index) {
    for path in ["/report 0/report 0", "/report 19/report 3619", "/large folder"] {
        let started = Instant::now();
        let Some(folder) = black_box(index.folder(&RemotePath::new(path)).unwrap()) else { continue };
        println!("  {path}: {} entries in {:.2} ms", folder.len(), milliseconds(started.elapsed()));
    }
}

/// What a view of the space asks for, of the whole account and of the folder with most files.
fn space(index: &Index) {
    for path in ["", "/large folder"] {
        let path = RemotePath::new(path);
        let started = Instant::now();
        let Some(map) = black_box(index.space_map(&path, MAP_BLOCKS).unwrap()) else { continue };
        let mapped = milliseconds(started.elapsed());
        let started = Instant::now();
        black_box(index.summary(&path, FIRST_ROWS, || true).unwrap());
        let summed = milliseconds(started.elapsed());
        println!(
            "  {path:?}: a map of {} items in {mapped:.1} ms (at most 100), its kinds and largest files in {summed:.0} ms",
            map.items().len()
        );
    }
}

/// Queries as they are typed, letter by letter, and some with filters.
fn searches(index: &Index) {
    let now = Zoned::now();
    let mut queries: Vec<String> = Vec::new();
    for text in
        ["holiday IMG", "budget final", "ubersicht", "resume 12345", "invoice 99", "a", "e", "zzzz", "1", "."]
    {
        queries.extend(text.char_indices().map(|(end, letter)| text[..end + letter.len_utf8()].to_owned()));
    }
    queries.extend(
        ["kind:picture", "ext:pdf size:>4MB", "*.md", "report modified:2024", "plan -draft"]
            .map(str::to_owned),
    );
    let mut times: Vec<(f64, String)> = queries
        .into_iter()
        .map(|text| {
            let query = SearchQuery::parse(&text, &now);
            let started = Instant::now();
            let answer = black_box(index.search(&query, SearchOrder::Match, FIRST_ROWS).unwrap());
            (milliseconds(started.elapsed()), format!("{text:?} ({} matches)", answer.count))
        })
        .collect();
    times.sort_by(|left, right| left.0.total_cmp(&right.0));
    let at = |part: f64| &times[((times.len() - 1) as f64 * part) as usize];
    println!("  a keystroke to {FIRST_ROWS} rows and the exact count, of {} queries:", times.len());
    for (name, part) in [("median", 0.5), ("95th percentile (at most 16; 50)", 0.95), ("worst", 1.0)] {
        println!("    {name}: {:.1} ms, {}", at(part).0, at(part).1);
    }
}

/// Letters of paths, as they are typed.
fn going_to_anything(index: &Index) {
    let mut times: Vec<(f64, String)> = Vec::new();
    for text in ["holimg12", "budfin", "repholiday", "e", "invoice99pdf", "report 19/plan", "zzzz"] {
        for (end, letter) in text.char_indices() {
            let typed = &text[..end + letter.len_utf8()];
            let started = Instant::now();
            let found = black_box(index.fuzzy(typed, false, 50).unwrap());
            times.push((milliseconds(started.elapsed()), format!("{typed:?} ({} shown)", found.len())));
        }
    }
    times.sort_by(|left, right| left.0.total_cmp(&right.0));
    let at = |part: f64| &times[((times.len() - 1) as f64 * part) as usize];
    println!("  going to anything, of {} inputs:", times.len());
    for (name, part) in [("median", 0.5), ("95th percentile", 0.95), ("worst", 1.0)] {
        println!("    {name}: {:.1} ms, {}", at(part).0, at(part).1);
    }
}

fn page_of_the_feed(index: &Index) {
    let mut rng = Rng::with_seed(2);
    let page: Vec<Item> = (0..1000)
        .map(|number| file_item(&format!("/report {}/new {}", number % 9, number % 70), number, &mut rng))
        .collect();
    let cpu = take(&page, |changes| {
        index
            .apply_feed(changes, OwnPaths::default(), "cursor", "cursor", Timestamp::UNIX_EPOCH)
            .unwrap()
            .unwrap();
    });
    println!(
        "  1,000 entries of the feed, with the names in memory: {:.1} ms of CPU (at most 50)",
        cpu * 1e3
    );
}

fn kept_in_memory(index: &Index, before: f64) {
    black_box(index.state().unwrap());
    println!("  memory afterwards: {:.0} MiB", resident() - before);
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// MiB of memory of this process.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().trim().parse::<f64>().unwrap() / 1024.0
}

/// Seconds of CPU that this process has taken.
fn cpu_time() -> f64 {
    let stat = fs::read_to_string(Path::new("/proc/self/schedstat")).unwrap();
    stat.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}
