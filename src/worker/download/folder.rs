//! Downloads files and folders into a local folder.

use super::fetch::{Place, fetch};
use super::local_name::local_name;
use super::target::new_folder;
use crate::model::transfer::TransferReport;
use crate::model::{Entry, Existing, Phase, Problem, Receipt, Recovery, RemotePath};
use crate::worker::account::OpenAccount;
use crate::worker::context::{JobContext, Stop};
use crate::worker::edit::list_subtree;
use crate::worker::progress::Meter;
use crate::worker::shared::Shared;
use crate::worker::{blocking, problem};
use futures_util::{StreamExt, stream};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files of one download under way at once; the lane bounds all transfers together.
const AT_ONCE: usize = 4;

pub async fn run(
    shared: &Shared,
    job: &JobContext,
    entries: Vec<Entry>,
    folder: PathBuf,
    existing: Existing,
) -> Result<Receipt, Stop> {
    // What it asks for follows with the engine; until then every taken name gets a number.
    let _ = existing;
    let meter = Meter::new(job, entries.len() as u64, 0);
    let account = shared.account().await?;
    meter.phase(Phase::Preparing);
    let mut report = TransferReport::default();
    let files = prepare(&account, job, entries, &folder, &mut report).await?;
    let total: u64 = files.iter().filter_map(|(entry, _)| entry.file()).map(|file| file.size_bytes).sum();
    meter.totals(files.len() as u64, total);
    let service = account.service.for_transfer(&meter);
    let mut results = stream::iter(files)
        .map(|(entry, place)| {
            let (service, meter) = (&service, &meter);
            async move {
                let _permit = shared.lanes.transfer().await;
                meter.phase(Phase::Moving);
                let bytes = entry.file().map_or(0, |file| file.size_bytes);
                fetch(service, meter, &entry, place).await.map(|path| (path, bytes))
            }
        })
        .buffer_unordered(AT_ONCE);
    let mut in_target = Vec::new();
    while let Some(result) = results.next().await {
        match result {
            Ok((path, bytes)) => {
                report.files += 1;
                report.bytes += bytes;
                if path.parent() == Some(&folder) {
                    in_target.push(path);
                }
            }
            Err(problem) if ends_everything(&problem) => return Err(problem.into()),
            Err(problem) => report.failed.push(problem),
        }
    }
    drop(results);
    // A folder is one place, however much is in it.
    report.downloaded.extend(in_target);
    meter.report();
    Ok(Receipt::Transferred { report, undo: None })
}

pub fn ends_everything(problem: &Problem) -> bool {
    matches!(problem.recovery, Recovery::SignIn | Recovery::Offline | Recovery::Space)
}

/// Makes the local folders, and tells where each file goes.
async fn prepare(
    account: &OpenAccount,
    job: &JobContext,
    entries: Vec<Entry>,
    folder: &Path,
    report: &mut TransferReport,
) -> Result<Vec<(Entry, Place)>, Stop> {
    let mut files = Vec::new();
    for entry in entries {
        job.check_wanted()?;
        if !entry.is_folder() {
            let name = local_name(entry.name());
            files.push((entry, Place::In { folder: folder.to_owned(), name }));
            continue;
        }
        match folder_files(account, &entry, folder).await {
            Ok((place, more)) => {
                report.downloaded.push(place);
                files.extend(more);
            }
            Err(problem) if ends_everything(&problem) => return Err(problem.into()),
            Err(problem) => report.failed.push(problem),
        }
    }
    Ok(files)
}

/// The local folder made for `entry`, and the files in it at any depth.
async fn folder_files(
    account: &OpenAccount,
    entry: &Entry,
    parent: &Path,
) -> Result<(PathBuf, Vec<(Entry, Place)>), Problem> {
    let about = || problem::item(&entry.path, "downloaded");
    let subtree = list_subtree(&account.service, &entry.path).await.map_err(|error| about().call(&error))?;
    let root = entry.path.clone();
    let parent = parent.to_owned();
    let made = blocking(move || {
        let name = if root.is_root() { "Dropbox".to_owned() } else { local_name(root.name()) };
        let place = new_folder(&parent, &name)?;
        let mut map = LocalFolders::new(&root, place.clone());
        for folder in subtree.folders() {
            map.make(&folder)?;
        }
        let mut files = Vec::new();
        for entry in subtree.entries.into_iter().filter(|entry| entry.file().is_some()) {
            let folder = map.make(&entry.path.parent().unwrap_or_default())?;
            let name = map.free_name(&folder, entry.name());
            files.push((entry, Place::In { folder, name }));
        }
        Ok((place, files))
    })
    .await?;
    made.map_err(|error: std::io::Error| about().local(&error))
}

/// Which local folder stands for which folder of the account.
struct LocalFolders {
    root: RemotePath,
    places: HashMap<Arc<str>, PathBuf>,
    /// Names given out, by folder: two names of the account may become one here.
    taken: HashSet<PathBuf>,
}

impl LocalFolders {
    fn new(root: &RemotePath, place: PathBuf) -> Self {
        let places = HashMap::from([(Arc::clone(root.lower()), place)]);
        Self { root: root.clone(), places, taken: HashSet::new() }
    }

    fn make(&mut self, path: &RemotePath) -> std::io::Result<PathBuf> {
        if let Some(place) = self.places.get(path.lower()) {
            return Ok(place.clone());
        }
        // Everything listed lies below the root, and the root has a place.
        let above = path.parent().filter(|_| self.root.contains(path) && *path != self.root);
        let Some(above) = above else {
            return Err(std::io::Error::other("the listing has a folder from elsewhere"));
        };
        let parent = self.make(&above)?;
        let place = new_folder(&parent, &local_name(path.name()))?;
        self.taken.insert(place.clone());
        self.places.insert(Arc::clone(path.lower()), place.clone());
        Ok(place)
    }

    fn free_name(&mut self, folder: &Path, name: &str) -> String {
        let mut name = local_name(name);
        let wanted = name.clone();
        let mut number = 0;
        while self.taken.contains(&folder.join(&name)) {
            number += 1;
            name = super::local_name::numbered(&wanted, number);
        }
        self.taken.insert(folder.join(&name));
        name
    }
}
