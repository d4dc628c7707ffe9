//! Uploads what was changed in a working copy, and throws copies away. Nothing is overwritten that the copy was not made
//! from, and a save that is repeated finds what an earlier one has done.

use super::choice::{SaveChoice, choose};
use super::open_files::{is_in_use, saved_beside};
use super::record::{ConflictRecord, CopyRecord, StoredCopy};
use super::watch::{is_saved, read_fingerprint};
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::error::Classify;
use crate::fingerprint::Fingerprint;
use crate::history::NewOperation;
use crate::problem::Subject;
use crate::upload::{LocalFileError, SingleUpload, local_file_hash, upload_file};
use crate::worker_context::WorkerContext;
use crate::{blocking, convert, problem};
use coffer_model::receipt::SavedCopy;
use coffer_model::working_copy::SaveResult;
use coffer_model::{ProblemKind, Receipt, RemotePath, Rev, WorkingCopyId};
use coffer_texts::tr;
use dropbox_protocol::files::{FileMetadata, GET_METADATA, GetMetadataArg, Metadata};
use std::io;
use std::path::Path;

/// How often it is tried again when others change the file while it is saved, or a program the copy.
const ATTEMPTS: u32 = 4;

pub(crate) async fn save(
    worker: &WorkerContext,
    job: &JobContext,
    id: &WorkingCopyId,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let mut copy = worker.working_copies.lock(id).await?;
    let account = account.noted_under(copy.path_root().into());
    let saved = save_copy(worker, job, &account, &mut copy).await;
    drop(copy);
    worker.working_copies.notify_changed(id);
    Ok(Receipt::SavedCopy(saved?.record(worker, &account, id).await))
}

/// What became of the changes in a copy, before that is in the history.
pub(super) struct SavedVersion {
    /// The file that has the content now.
    pub remote_path: RemotePath,
    pub result: SaveResult,
    /// None where nothing was changed in the account.
    pub operation: Option<NewOperation>,
}

impl SavedVersion {
    pub(super) async fn record(
        self,
        worker: &WorkerContext,
        account: &OpenAccount,
        id: &WorkingCopyId,
    ) -> SavedCopy {
        let Self { remote_path, result, operation } = self;
        let operation = match operation {
            Some(new) => worker.history.record(account, new).await,
            None => None,
        };
        SavedCopy { id: id.clone(), remote_path, result, operation }
    }
}

/// Removes a copy that the account has, and that nobody works with any more. Otherwise it stays, and why is told.
pub(crate) async fn close(worker: &WorkerContext, id: &WorkingCopyId) -> Result<Receipt, JobError> {
    let copy = worker.working_copies.lock(id).await?;
    let about = || problem::item(&copy.remote_path(), Act::Close);
    let (folder, local_path, record) = (copy.content_folder(), copy.local_path(), copy.record.clone());
    let reason = blocking(move || reason_to_stay(&folder, &local_path, &record)).await?;
    if let Some((kind, detail)) = reason.map_err(|error| about().local(&error))? {
        let refusal = about().because(kind, detail);
        drop(copy);
        // What was changed is found, and saved.
        worker.working_copies.notify_changed(id);
        return Err(refusal.into());
    }
    let about = about();
    worker.working_copies.remove(copy).await.map_err(|error| about.local(&error))?;
    Ok(Receipt::Nothing)
}

/// Blocks.
fn reason_to_stay(
    folder: &Path,
    local_path: &Path,
    record: &CopyRecord,
) -> io::Result<Option<(ProblemKind, String)>> {
    let is_gone = !local_path.exists();
    if !is_gone && !is_saved(local_path, record)? {
        return Ok(Some((ProblemKind::Changed, tr!("why-changed-just-now").to_owned())));
    }
    if is_in_use(folder, &record.name) {
        return Ok(Some((ProblemKind::LocalInUse, tr!("why-open-elsewhere").to_owned())));
    }
    let beside = match saved_beside(folder, &record.name) {
        // Another program has removed the folder.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        beside => beside?,
    };
    let Some(first) = beside.first() else { return Ok(None) };
    let folder = folder.display().to_string();
    let detail = tr!("why-saved-beside", name = first, count = beside.len(), folder = folder);
    Ok(Some((ProblemKind::LocalInUse, detail)))
}

/// Throws a copy away, whatever is in it.
pub(crate) async fn discard(worker: &WorkerContext, id: &WorkingCopyId) -> Result<Receipt, JobError> {
    let copy = worker.working_copies.lock(id).await?;
    let about = problem::item(&copy.remote_path(), Act::Discard);
    worker.working_copies.remove(copy).await.map_err(|error| about.local(&error))?;
    Ok(Receipt::Nothing)
}

/// Makes the content of the copy a version in the account, if it is none yet.
pub(super) async fn save_copy(
    worker: &WorkerContext,
    job: &JobContext,
    account: &OpenAccount,
    copy: &mut StoredCopy,
) -> Result<SavedVersion, JobError> {
    let mut retries = 1..ATTEMPTS;
    loop {
        match try_save(worker, job, account, copy).await {
            Err(JobError::Failed(problem))
                if matches!(problem.kind, ProblemKind::Changed | ProblemKind::LocalUnreadable)
                    && retries.next().is_some() =>
            {
                tracing::debug!(title = %problem.title, "saving again what has changed meanwhile");
            }
            result => return result,
        }
    }
}

async fn try_save(
    worker: &WorkerContext,
    job: &JobContext,
    account: &OpenAccount,
    copy: &mut StoredCopy,
) -> Result<SavedVersion, JobError> {
    let (fingerprint, hash) = read(copy).await?;
    let saved = |copy: &StoredCopy, result, operation| SavedVersion {
        remote_path: copy.remote_path(),
        result,
        operation,
    };
    if hash == copy.record.content_hash {
        copy.record.fingerprint = Some(fingerprint);
        write(copy)?;
        return Ok(saved(copy, SaveResult::Unchanged, None));
    }
    let remote = find_by_id(account, copy).await?;
    if let Some(file) = &remote {
        follow(copy, file);
    }
    let path = copy.remote_path();
    let (result, uploaded) = match choose(&copy.record, remote.as_ref(), &hash) {
        SaveChoice::AlreadyThere => {
            if let Some(file) = remote {
                set_base(copy, &file, Some(fingerprint), &hash)?;
            }
            return Ok(saved(copy, SaveResult::Unchanged, None));
        }
        SaveChoice::Replace { rev } => {
            (SaveResult::NewVersion, upload(worker, job, copy, &path, Some(rev)).await?)
        }
        SaveChoice::Add => (SaveResult::NewFile, upload(worker, job, copy, &path, None).await?),
        SaveChoice::KeepBoth => {
            let beside = conflicted_name(&path);
            let uploaded = upload(worker, job, copy, &beside, None).await?;
            // Theirs is where the file was first, however often both were changed.
            if copy.record.conflict.is_none() {
                copy.record.conflict = Some(ConflictRecord {
                    file_id: copy.record.file_id.clone(),
                    remote_path: copy.record.remote_path.clone(),
                    content_hash: remote.and_then(|file| file.content_hash),
                });
            }
            (SaveResult::Conflict, uploaded)
        }
    };
    let file = version(account, copy, &uploaded.rev).await?;
    follow(copy, &file);
    set_base(copy, &file, Some(fingerprint), &hash)?;
    Ok(saved(copy, result, uploaded.operation))
}

/// The content of the copy, and by what it is recognised as unchanged.
pub(super) async fn read(copy: &StoredCopy) -> Result<(Fingerprint, String), JobError> {
    let local_path = copy.local_path();
    let read = blocking(move || {
        let fingerprint = read_fingerprint(&local_path)?;
        let hash = local_file_hash(&local_path)?;
        Ok((fingerprint, hash))
    });
    read.await?.map_err(|error: LocalFileError| match error {
        LocalFileError::Changed => {
            about(copy).because(ProblemKind::LocalUnreadable, tr!("why-still-written")).into()
        }
        LocalFileError::Unreadable(error) => about(copy).local(&error).into(),
    })
}

/// The file with the id of the copy, wherever it is; `None` when it is gone.
async fn find_by_id(account: &OpenAccount, copy: &StoredCopy) -> Result<Option<FileMetadata>, JobError> {
    find_file(account, &copy.record.file_id, || about(copy)).await
}

/// The file that `path` means; `None` when there is none.
pub(super) async fn find_file(
    account: &OpenAccount,
    path: &str,
    about: impl FnOnce() -> Subject,
) -> Result<Option<FileMetadata>, JobError> {
    match account.service.rpc(&GET_METADATA, &GetMetadataArg::new(path)).await {
        Ok(Metadata::File(file)) => Ok(Some(file)),
        Ok(_) => Ok(None),
        Err(error) if error.kind() == ProblemKind::NotFound => Ok(None),
        Err(error) => Err(about().call(&error).into()),
    }
}

/// What was uploaded, as the account has it. Not by its path: somebody may have changed the file since.
pub(super) async fn version(
    account: &OpenAccount,
    copy: &StoredCopy,
    rev: &Rev,
) -> Result<FileMetadata, JobError> {
    let file = find_file(account, &format!("rev:{}", rev.0), || about(copy)).await?;
    let gone = || {
        let detail = tr!("why-removed-at-once");
        about(copy).because(ProblemKind::Changed, detail).into()
    };
    file.ok_or_else(gone)
}

/// Uploads the copy to a path; with a revision, as a new version of what has this revision.
pub(super) async fn upload(
    worker: &WorkerContext,
    job: &JobContext,
    copy: &StoredCopy,
    path: &RemotePath,
    replaces: Option<String>,
) -> Result<SingleUpload, JobError> {
    let replaces = replaces.map(|rev| Rev(rev.into()));
    upload_file(worker, job, copy.local_path(), path.clone(), copy.path_root(), replaces).await
}

/// The file was moved or renamed: the copy belongs to it all the same.
fn follow(copy: &mut StoredCopy, file: &FileMetadata) {
    let folder = copy.remote_path().parent();
    let path = convert::file_entry(file, folder.as_ref()).path;
    path.as_str().clone_into(&mut copy.record.remote_path);
}

/// The copy was made from this version from now on. If the account has other content than was read, a program has
/// changed the copy meanwhile, and it counts as edited again.
pub(super) fn set_base(
    copy: &mut StoredCopy,
    file: &FileMetadata,
    fingerprint: Option<Fingerprint>,
    hash: &str,
) -> Result<(), JobError> {
    let account_hash = file.content_hash.clone().unwrap_or_else(|| hash.to_owned());
    copy.record.fingerprint = fingerprint.filter(|_| account_hash == hash);
    copy.record.content_hash = account_hash;
    copy.record.file_id.clone_from(&file.id);
    copy.record.rev.clone_from(&file.rev);
    write(copy)
}

pub(super) fn write(copy: &StoredCopy) -> Result<(), JobError> {
    copy.write().map_err(|error: io::Error| about(copy).local(&error).into())
}

pub(super) fn about(copy: &StoredCopy) -> Subject {
    problem::item(&copy.remote_path(), Act::Save)
}

/// As Dropbox calls what it finds in conflict.
fn conflicted_name(path: &RemotePath) -> RemotePath {
    let name = path.name();
    let extension = coffer_model::file_kind::extension(name);
    let stem = name.strip_suffix(extension).and_then(|stem| stem.strip_suffix('.')).unwrap_or(name);
    let (stem, extension) =
        if extension.is_empty() { (name, String::new()) } else { (stem, format!(".{extension}")) };
    let day = jiff::Zoned::now().date();
    let copy = tr!("conflicted-copy", name = stem, day = day.to_string());
    path.parent().unwrap_or_default().join(&format!("{copy}{extension}"))
}

#[cfg(test)]
mod tests {
    use super::conflicted_name;
    use coffer_model::RemotePath;

    #[test]
    fn the_copy_in_conflict_keeps_folder_and_extension() {
        let day = jiff::Zoned::now().date();
        for (path, expected) in [
            ("/Docs/Letter.odt", format!("/Docs/Letter (conflicted copy {day}).odt")),
            ("/Makefile", format!("/Makefile (conflicted copy {day})")),
            ("/.profile", format!("/.profile (conflicted copy {day})")),
            ("/a.tar.gz", format!("/a.tar (conflicted copy {day}).gz")),
        ] {
            assert_eq!(conflicted_name(&RemotePath::new(path)).as_str(), expected);
        }
    }
}
