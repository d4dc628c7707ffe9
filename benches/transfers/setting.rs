//! What is to be measured, and how much of it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub const VARIABLES: &str = "Variables, for shorter runs:
  COFFER_BENCH_ROUNDS     rounds of each side, of which the median counts (5)
  COFFER_BENCH_MIB        size of the large file in MiB (2048)
  COFFER_BENCH_FILES      files of 4 KiB in the tree (5000)
  COFFER_BENCH_MANY       files of 16 bytes of which the memory is measured (100000)
  COFFER_BENCH_MILLION    files of 16 bytes in the section `million` (1000000)
  COFFER_BENCH_PICTURES   pictures with thumbnails (2000)
  COFFER_BENCH_KILLS      kills in each direction, and of edits; as many conflicts (20)
  COFFER_BENCH_SAVES      saves of files in other programs (500)
  COFFER_BENCH_LATENCY    milliseconds that the slow line adds to every call (50)
  TMPDIR                  where the files go; three times the large file must fit

With --api-url, the sections upload-large to download-small use that account instead of an embedded one;
everything happens in a new folder of it. The others look into the account from within and are left out.";

/// Sections that need an account of their own.
const OWN_ACCOUNT_ONLY: [&str; 9] = [
    "download-singly",
    "upload-many",
    "million",
    "thumbnails",
    "large-picture",
    "kill",
    "edits",
    "faults",
    "hostile",
];

/// Sections that take too long to run without being named.
const ONLY_IF_NAMED: [&str; 1] = ["million"];

pub struct Setting {
    sections: Vec<String>,
    pub rounds: usize,
    pub large_bytes: u64,
    pub files: usize,
    /// Tiny files, for the memory.
    pub many: usize,
    /// Tiny files in the section that runs only when it is named.
    pub million: usize,
    pub pictures: usize,
    pub kills: usize,
    /// Saves of files that are edited in other programs.
    pub saves: usize,
    pub latency: Duration,
    /// Another account than an embedded one: its base URL and token.
    pub given: Option<(String, String)>,
    /// How often each name was made anew.
    made: RefCell<HashMap<String, usize>>,
    folder: tempfile::TempDir,
}

impl Setting {
    pub fn read(arguments: &[String]) -> Self {
        let value = |option: &str| {
            let place = arguments.iter().position(|argument| argument == option)?;
            Some(arguments.get(place + 1).unwrap_or_else(|| panic!("{option} needs a value")).as_str())
        };
        let given = value("--api-url").map(|url| {
            let token = match value("--token-file") {
                Some(file) => std::fs::read_to_string(file).unwrap().trim().to_owned(),
                None => std::env::var("COFFER_TOKEN").expect("--api-url needs --token-file or COFFER_TOKEN"),
            };
            (url.to_owned(), token)
        });
        let sections = arguments
            .iter()
            .enumerate()
            .filter(|(place, argument)| {
                !argument.starts_with("--") && (*place == 0 || !arguments[place - 1].starts_with("--"))
            })
            .map(|(_, argument)| argument.clone())
            .collect::<Vec<_>>();
        for section in &sections {
            let known = super::SECTIONS.iter().any(|(name, ..)| name == section);
            assert!(known, "there is no section {section}; --help names them");
        }
        Self {
            sections,
            rounds: number("COFFER_BENCH_ROUNDS", 5),
            large_bytes: number("COFFER_BENCH_MIB", 2048) as u64 * 1024 * 1024,
            files: number("COFFER_BENCH_FILES", 5000),
            many: number("COFFER_BENCH_MANY", 100_000),
            million: number("COFFER_BENCH_MILLION", 1_000_000),
            pictures: number("COFFER_BENCH_PICTURES", 2000),
            kills: number("COFFER_BENCH_KILLS", 20),
            saves: number("COFFER_BENCH_SAVES", 500),
            latency: Duration::from_millis(number("COFFER_BENCH_LATENCY", 50) as u64),
            given,
            made: RefCell::default(),
            folder: tempfile::Builder::new().prefix("coffer-bench-").tempdir().unwrap(),
        }
    }

    pub fn wants(&self, section: &str) -> bool {
        let possible = self.given.is_none() || !OWN_ACCOUNT_ONLY.contains(&section);
        let by_default = self.sections.is_empty() && !ONLY_IF_NAMED.contains(&section);
        possible && (by_default || self.sections.iter().any(|wanted| wanted == section))
    }

    /// The place of one file or folder of the benchmark.
    pub fn place(&self, name: &str) -> PathBuf {
        let made = self.made.borrow().get(name).copied().unwrap_or_default();
        let parent = self.folder.path().join(made.to_string());
        std::fs::create_dir_all(&parent).unwrap();
        parent.join(name)
    }

    /// An empty folder by this name. What it was before stays until the end, unless somebody removes it: a disk from
    /// which thousands of files were just removed is slow for whoever comes next.
    pub fn fresh(&self, name: &str) -> PathBuf {
        *self.made.borrow_mut().entry(name.to_owned()).or_default() += 1;
        let folder = self.place(name);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }
}

/// Removes a file or folder that may be there.
pub fn remove(path: &Path) {
    if path.is_dir() {
        std::fs::remove_dir_all(path).unwrap();
    } else if path.exists() {
        std::fs::remove_file(path).unwrap();
    }
}

fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable)
        .map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{variable} must be a number")))
}
