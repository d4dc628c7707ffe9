//! The requests of version 0.1.0: what was to be uploaded or downloaded, as its order files have it.

use coffer_model::transfer::{Conflict, Decision, PlannedFile, PlannedFiles, UploadPlan};
use coffer_model::{
    AccountChoice, DeletedKind, Entry, EntryKind, File as FileItem, Job, OnExisting, RemotePath, Rev,
};
use coffer_stdx::system;
use jiff::Timestamp;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Order {
    pub(super) version: u32,
    pub(super) account: AccountChoice,
    pub(super) created: String,
    pub(super) paused: bool,
    pub(super) ended: bool,
    #[serde(rename = "order")]
    job: OrderJob,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum OrderJob {
    Upload { plan: OrderPlan, answers: Vec<String> },
    Download { entries: Vec<OrderEntry>, folder: OrderPath, existing: OnExisting },
    SaveAs { entry: OrderEntry, local_path: OrderPath, existing: OnExisting },
}

#[derive(Deserialize)]
struct OrderPlan {
    target: String,
    files: Vec<OrderFile>,
    empty_folders: Vec<String>,
    total_bytes: u64,
}

#[derive(Deserialize)]
struct OrderFile {
    local_path: OrderPath,
    remote_path: String,
    size_bytes: u64,
    modified: Option<OldTime>,
    conflict: Option<OrderConflict>,
}

#[derive(Deserialize)]
struct OrderConflict {
    existing: OrderEntry,
    identical: bool,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum OrderEntry {
    Folder {
        path: String,
        id: String,
    },
    File {
        path: String,
        id: String,
        rev: String,
        size_bytes: u64,
        client_modified: OldTime,
        server_modified: OldTime,
        content_hash: Option<String>,
    },
    Deleted {
        path: String,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OrderPath {
    Text(String),
    Bytes { hex: String },
}

/// A time as text.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct OldTime(Timestamp);

impl TryFrom<String> for OldTime {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

impl Order {
    /// The job that was asked for, as it is today.
    pub(super) fn into_job(self) -> Job {
        self.job.into_job()
    }
}

impl OrderJob {
    fn into_job(self) -> Job {
        match self {
            Self::Upload { plan, answers } => Job::Upload { plan: Arc::new(plan.into_plan(&answers)) },
            Self::Download { entries, folder, existing } => Job::Download {
                entries: entries.into_iter().map(OrderEntry::into_entry).collect(),
                folder: folder.into_path(),
                existing,
            },
            Self::SaveAs { entry, local_path, existing } => {
                Job::SaveAs { entry: entry.into_entry(), local_path: local_path.into_path(), existing }
            }
        }
    }
}

impl OrderPlan {
    /// There was one answer for each conflict that is not identical, in order.
    fn into_plan(self, answers: &[String]) -> UploadPlan {
        let target = RemotePath::new(&self.target);
        let mut files: PlannedFiles = self.files.into_iter().map(OrderFile::into_file).collect();
        let open: Vec<usize> = files.open_conflicts().map(|(index, _)| index).collect();
        for (index, answer) in open.into_iter().zip(answers) {
            let decision = match answer.as_str() {
                "replace" => Decision::Replace,
                "keep_both" => Decision::KeepBoth,
                _ => Decision::Skip,
            };
            files.decide(index, decision);
        }
        UploadPlan {
            sources: sources(&target, &files),
            target,
            files,
            empty_folders: self.empty_folders.iter().map(|path| RemotePath::new(path)).collect(),
            total_bytes: self.total_bytes,
            ..UploadPlan::default()
        }
    }
}

/// What a plan was made from: of each file the item that it came with.
fn sources(target: &RemotePath, files: &PlannedFiles) -> Vec<PathBuf> {
    let depth = target.lineage().len();
    let source = |file: PlannedFile| {
        let below = file.remote_path.lineage().len().checked_sub(depth + 1)?;
        file.local_path.ancestors().nth(below).map(Path::to_path_buf)
    };
    let mut sources: Vec<PathBuf> = files.iter().filter_map(source).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

impl OrderFile {
    fn into_file(self) -> PlannedFile {
        let conflict = self.conflict.map(|conflict| {
            Box::new(Conflict { existing: conflict.existing.into_entry(), identical: conflict.identical })
        });
        PlannedFile {
            local_path: self.local_path.into_path(),
            remote_path: RemotePath::new(&self.remote_path),
            size_bytes: self.size_bytes,
            modified: self.modified.map(|time| time.0),
            conflict,
            decision: None,
        }
    }
}

impl OrderEntry {
    fn into_entry(self) -> Entry {
        let (path, kind) = match self {
            Self::Folder { path, id } => (path, EntryKind::Folder { id: id.into() }),
            Self::Deleted { path } => (path, EntryKind::Deleted(DeletedKind::Unknown)),
            Self::File { path, id, rev, size_bytes, client_modified, server_modified, content_hash } => {
                let file = FileItem {
                    id: id.into(),
                    rev: Rev(rev.into()),
                    size_bytes,
                    client_modified: client_modified.0,
                    server_modified: server_modified.0,
                    content_hash: content_hash.map(Into::into),
                    access: coffer_model::entry::ContentAccess::Download,
                };
                (path, EntryKind::File(file))
            }
        };
        Entry::new(RemotePath::new(&path), kind)
    }
}

impl OrderPath {
    fn into_path(self) -> PathBuf {
        match self {
            Self::Text(text) => text.into(),
            Self::Bytes { hex } => system::path_from_bytes(hex::decode(hex).unwrap_or_default()),
        }
    }
}
