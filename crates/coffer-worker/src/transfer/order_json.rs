//! The written form of an order: what was asked for, as JSON. Only shapes and their way to the model and back; where
//! it is written and when is the business of `orders`.

use coffer_model::entry::File;
use coffer_model::transfer::{Conflict, Decision, PlannedFile, RefusedName, UploadPlan};
use coffer_model::{Entry, EntryKind, Existing, Job, Problem, Recovery, RemotePath, Rev};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A job that can be gone on with in another run.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OrderJson {
    Upload { plan: PlanJson, answers: Vec<AnswerJson> },
    Download { entries: Vec<EntryJson>, folder: PathJson, existing: Existing },
    SaveAs { entry: EntryJson, local_path: PathJson, existing: Existing },
}

impl OrderJson {
    /// `None` for jobs that are no transfers. Fails when a local path cannot be written on this system.
    pub fn of(job: &Job) -> Option<io::Result<Self>> {
        Some(match job {
            Job::Upload { plan } => {
                // Without a decision a file is skipped.
                let decision = |file: &PlannedFile| file.decision.unwrap_or(Decision::Skip).into();
                let answers = plan.conflicts().map(|(file, _)| decision(file)).collect();
                PlanJson::of(plan).map(|plan| Self::Upload { plan, answers })
            }
            Job::Download { entries, folder, existing } => {
                PathJson::of(folder).map(|folder| Self::Download {
                    entries: entries.iter().map(EntryJson::of).collect(),
                    folder,
                    existing: *existing,
                })
            }
            Job::SaveAs { entry, local_path, existing } => PathJson::of(local_path).map(|local_path| {
                Self::SaveAs { entry: EntryJson::of(entry), local_path, existing: *existing }
            }),
            _ => return None,
        })
    }

    /// The job again; only links of entries are missing, because whoever has a link can read the item.
    pub fn into_job(self) -> io::Result<Job> {
        Ok(match self {
            Self::Upload { plan, answers } => {
                let mut plan = plan.into_plan()?;
                let open = plan.files.iter_mut().filter(|file| file.open_conflict().is_some());
                open.zip(answers).for_each(|(file, answer)| file.decide(answer.into()));
                Job::Upload { plan: Arc::new(plan) }
            }
            Self::Download { entries, folder, existing } => Job::Download {
                entries: entries.into_iter().map(EntryJson::into_entry).collect::<io::Result<_>>()?,
                folder: folder.into_path()?,
                existing,
            },
            Self::SaveAs { entry, local_path, existing } => {
                Job::SaveAs { entry: entry.into_entry()?, local_path: local_path.into_path()?, existing }
            }
        })
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanJson {
    target: String,
    files: Vec<PlannedFileJson>,
    empty_folders: Vec<String>,
    refused: Vec<RefusedNameJson>,
    unreadable: Vec<ProblemJson>,
    total_bytes: u64,
}

impl PlanJson {
    fn of(plan: &UploadPlan) -> io::Result<Self> {
        let UploadPlan { sources: _, target, files, empty_folders, refused, unreadable, total_bytes } = plan;
        Ok(Self {
            target: target.as_str().to_owned(),
            files: files.iter().map(PlannedFileJson::of).collect::<io::Result<_>>()?,
            empty_folders: empty_folders.iter().map(|path| path.as_str().to_owned()).collect(),
            refused: refused.iter().map(RefusedNameJson::of).collect::<io::Result<_>>()?,
            unreadable: unreadable.iter().map(ProblemJson::of).collect(),
            total_bytes: *total_bytes,
        })
    }

    fn into_plan(self) -> io::Result<UploadPlan> {
        let target = RemotePath::new(&self.target);
        let files: Vec<PlannedFile> =
            self.files.into_iter().map(PlannedFileJson::into_file).collect::<io::Result<_>>()?;
        Ok(UploadPlan {
            sources: sources(&target, &files),
            target,
            files,
            empty_folders: self.empty_folders.iter().map(|path| RemotePath::new(path)).collect(),
            refused: self.refused.into_iter().map(RefusedNameJson::into_name).collect::<io::Result<_>>()?,
            unreadable: self.unreadable.into_iter().map(ProblemJson::into_problem).collect(),
            total_bytes: self.total_bytes,
        })
    }
}

/// What a plan was made from: of each file the item that it came with.
fn sources(target: &RemotePath, files: &[PlannedFile]) -> Vec<PathBuf> {
    let depth = target.lineage().len();
    let source = |file: &PlannedFile| {
        let below = file.remote_path.lineage().len().checked_sub(depth + 1)?;
        file.local_path.ancestors().nth(below).map(Path::to_path_buf)
    };
    let mut sources: Vec<PathBuf> = files.iter().filter_map(source).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct PlannedFileJson {
    local_path: PathJson,
    remote_path: String,
    size_bytes: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conflict: Option<ConflictJson>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct ConflictJson {
    existing: EntryJson,
    identical: bool,
}

impl PlannedFileJson {
    fn of(file: &PlannedFile) -> io::Result<Self> {
        let PlannedFile { local_path, remote_path, size_bytes, modified, conflict, decision: _ } = file;
        Ok(Self {
            local_path: PathJson::of(local_path)?,
            remote_path: remote_path.as_str().to_owned(),
            size_bytes: *size_bytes,
            modified: modified.map(|time| time.to_string()),
            conflict: conflict.as_ref().map(|conflict| ConflictJson {
                existing: EntryJson::of(&conflict.existing),
                identical: conflict.identical,
            }),
        })
    }

    fn into_file(self) -> io::Result<PlannedFile> {
        let conflict = match self.conflict {
            Some(ConflictJson { existing, identical }) => {
                Some(Box::new(Conflict { existing: existing.into_entry()?, identical }))
            }
            None => None,
        };
        Ok(PlannedFile {
            local_path: self.local_path.into_path()?,
            remote_path: RemotePath::new(&self.remote_path),
            size_bytes: self.size_bytes,
            modified: self.modified.as_deref().map(time).transpose()?,
            conflict,
            decision: None,
        })
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct RefusedNameJson {
    local_path: PathJson,
    reason: String,
}

impl RefusedNameJson {
    fn of(name: &RefusedName) -> io::Result<Self> {
        Ok(Self { local_path: PathJson::of(&name.local_path)?, reason: name.reason.clone() })
    }

    fn into_name(self) -> io::Result<RefusedName> {
        Ok(RefusedName { local_path: self.local_path.into_path()?, reason: self.reason })
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct ProblemJson {
    title: String,
    detail: String,
    path: Option<String>,
    recovery: RecoveryJson,
    request_id: Option<String>,
}

impl ProblemJson {
    fn of(problem: &Problem) -> Self {
        let Problem { title, detail, path, recovery, request_id } = problem;
        Self {
            title: title.clone(),
            detail: detail.clone(),
            path: path.as_ref().map(|path| path.as_str().to_owned()),
            recovery: (*recovery).into(),
            request_id: request_id.clone(),
        }
    }

    fn into_problem(self) -> Problem {
        Problem {
            title: self.title,
            detail: self.detail,
            path: self.path.as_deref().map(RemotePath::new),
            recovery: self.recovery.into(),
            request_id: self.request_id,
        }
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EntryJson {
    Folder {
        path: String,
        id: String,
    },
    File {
        path: String,
        id: String,
        rev: String,
        size_bytes: u64,
        client_modified: String,
        server_modified: String,
        content_hash: Option<String>,
    },
    Deleted {
        path: String,
    },
}

impl EntryJson {
    fn of(entry: &Entry) -> Self {
        let path = entry.path.as_str().to_owned();
        match &entry.kind {
            EntryKind::Folder { id } => Self::Folder { path, id: id.to_string() },
            EntryKind::Deleted => Self::Deleted { path },
            EntryKind::File(file) => {
                let File { id, rev, size_bytes, client_modified, server_modified, content_hash } = file;
                Self::File {
                    path,
                    id: id.to_string(),
                    rev: rev.0.to_string(),
                    size_bytes: *size_bytes,
                    client_modified: client_modified.to_string(),
                    server_modified: server_modified.to_string(),
                    content_hash: content_hash.as_deref().map(str::to_owned),
                }
            }
        }
    }

    fn into_entry(self) -> io::Result<Entry> {
        let (path, kind) = match self {
            Self::Folder { path, id } => (path, EntryKind::Folder { id: id.into() }),
            Self::Deleted { path } => (path, EntryKind::Deleted),
            Self::File { path, id, rev, size_bytes, client_modified, server_modified, content_hash } => {
                let file = File {
                    id: id.into(),
                    rev: Rev(rev.into()),
                    size_bytes,
                    client_modified: time(&client_modified)?,
                    server_modified: time(&server_modified)?,
                    content_hash: content_hash.map(Into::into),
                };
                (path, EntryKind::File(file))
            }
        };
        Ok(Entry { path: RemotePath::new(&path), kind, link: None })
    }
}

/// A path on this computer; names that are no text are kept byte by byte.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PathJson {
    Text(String),
    Bytes { hex: String },
}

impl PathJson {
    fn of(local_path: &Path) -> io::Result<Self> {
        match local_path.to_str() {
            Some(text) => Ok(Self::Text(text.to_owned())),
            None if cfg!(unix) => {
                Ok(Self::Bytes { hex: hex::encode(local_path.as_os_str().as_encoded_bytes()) })
            }
            None => Err(io::Error::new(io::ErrorKind::InvalidFilename, "a name is no text")),
        }
    }

    fn into_path(self) -> io::Result<PathBuf> {
        match self {
            Self::Text(text) => Ok(text.into()),
            Self::Bytes { hex } => {
                let bytes = hex::decode(hex).map_err(io::Error::other)?;
                #[cfg(unix)]
                let name: std::ffi::OsString = std::os::unix::ffi::OsStringExt::from_vec(bytes);
                #[cfg(not(unix))]
                let name = String::from_utf8(bytes).map_err(io::Error::other)?;
                Ok(name.into())
            }
        }
    }
}

fn time(text: &str) -> io::Result<Timestamp> {
    text.parse().map_err(io::Error::other)
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerJson {
    Replace,
    KeepBoth,
    Skip,
}

impl From<Decision> for AnswerJson {
    fn from(answer: Decision) -> Self {
        match answer {
            Decision::Replace => Self::Replace,
            Decision::KeepBoth => Self::KeepBoth,
            Decision::Skip => Self::Skip,
        }
    }
}

impl From<AnswerJson> for Decision {
    fn from(answer: AnswerJson) -> Self {
        match answer {
            AnswerJson::Replace => Self::Replace,
            AnswerJson::KeepBoth => Self::KeepBoth,
            AnswerJson::Skip => Self::Skip,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RecoveryJson {
    None,
    Retry,
    Offline,
    SignIn,
    Refresh,
    Rename,
    Space,
}

impl From<Recovery> for RecoveryJson {
    fn from(recovery: Recovery) -> Self {
        match recovery {
            Recovery::None => Self::None,
            Recovery::Retry => Self::Retry,
            Recovery::Offline => Self::Offline,
            Recovery::SignIn => Self::SignIn,
            Recovery::Refresh => Self::Refresh,
            Recovery::Rename => Self::Rename,
            Recovery::Space => Self::Space,
        }
    }
}

impl From<RecoveryJson> for Recovery {
    fn from(recovery: RecoveryJson) -> Self {
        match recovery {
            RecoveryJson::None => Self::None,
            RecoveryJson::Retry => Self::Retry,
            RecoveryJson::Offline => Self::Offline,
            RecoveryJson::SignIn => Self::SignIn,
            RecoveryJson::Refresh => Self::Refresh,
            RecoveryJson::Rename => Self::Rename,
            RecoveryJson::Space => Self::Space,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OrderJson;
    use coffer_model::transfer::{Conflict, Decision, PlannedFile, RefusedName, UploadPlan};
    use coffer_model::{Entry, EntryKind, Existing, File, Job, Problem, Recovery, RemotePath, Rev};
    use std::sync::Arc;

    fn entry(path: &str) -> Entry {
        let kind = EntryKind::File(File {
            id: "id:1".into(),
            rev: Rev("abcdef123".into()),
            size_bytes: 7,
            client_modified: "2026-05-01T10:00:00.123456789Z".parse().unwrap(),
            server_modified: "2026-05-01T10:00:01Z".parse().unwrap(),
            content_hash: Some("00ff".into()),
        });
        Entry { path: RemotePath::new(path), kind, link: None }
    }

    #[track_caller]
    fn comes_back(job: &Job) {
        let text = serde_json::to_string(&OrderJson::of(job).unwrap().unwrap()).unwrap();
        let again = serde_json::from_str::<OrderJson>(&text).unwrap().into_job().unwrap();
        assert_eq!(again, *job);
    }

    #[test]
    fn an_upload_comes_back_with_its_plan_and_its_answers() {
        let conflict = Conflict { existing: entry("/Täglich/A.txt"), identical: false };
        let file = PlannedFile {
            local_path: "/home/ida/a.txt".into(),
            remote_path: RemotePath::new("/Täglich/A.txt"),
            size_bytes: 7,
            modified: Some("2026-05-01T10:00:00.5Z".parse().unwrap()),
            conflict: Some(Box::new(conflict)),
            decision: Some(Decision::KeepBoth),
        };
        let plan = UploadPlan {
            sources: vec!["/home/ida/a.txt".into()],
            target: RemotePath::new("/Täglich"),
            files: vec![file],
            empty_folders: vec![RemotePath::new("/Täglich/leer")],
            refused: vec![RefusedName { local_path: "x".into(), reason: "why".into() }],
            unreadable: vec![Problem {
                title: "t".into(),
                detail: "d".into(),
                path: Some(RemotePath::new("/p")),
                recovery: Recovery::SignIn,
                request_id: None,
            }],
            total_bytes: 7,
        };
        comes_back(&Job::Upload { plan: Arc::new(plan) });
    }

    #[test]
    fn a_download_comes_back_with_folders_and_files() {
        let kind = EntryKind::Folder { id: "id:2".into() };
        let folder = Entry { path: RemotePath::new("/Photos"), kind, link: None };
        comes_back(&Job::Download {
            entries: vec![folder, entry("/a.txt")],
            folder: "/home/ida".into(),
            existing: Existing::SkipIdentical,
        });
        comes_back(&Job::SaveAs {
            entry: entry("/a.txt"),
            local_path: "/home/ida/b.txt".into(),
            existing: Existing::Replace,
        });
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_come_back_byte_by_byte() {
        use std::os::unix::ffi::OsStrExt;
        let folder = std::ffi::OsStr::from_bytes(b"/home/\xff\xfe").into();
        comes_back(&Job::Download { entries: vec![], folder, existing: Existing::Number });
    }

    #[test]
    fn jobs_that_move_nothing_are_no_orders() {
        assert!(OrderJson::of(&Job::PasteFiles).is_none());
    }
}
