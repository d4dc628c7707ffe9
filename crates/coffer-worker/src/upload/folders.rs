//! Makes the folders that an upload needs, many in one call, before any file is committed: so it is known which were
//! made here and can be taken back. Folders that are there already are all the better.

use super::batch::whole;
use super::sender::Sender;
use crate::context::Stop;
use crate::problem;
use coffer_model::RemotePath;
use dropbox_client::ApiError;
use dropbox_protocol::files::{
    BATCH_LIMIT, CREATE_FOLDER_BATCH, CREATE_FOLDER_BATCH_CHECK, CreateFolderBatchArg,
    CreateFolderBatchJobStatus, CreateFolderBatchLaunch, CreateFolderBatchResultEntry,
    CreateFolderEntryError, WriteConflictError, WriteError,
};
use dropbox_protocol::job::PollArg;
use std::collections::HashSet;
use std::time::Duration;

const FIRST_LOOK: Duration = Duration::from_millis(60);
const LONGEST_LOOK: Duration = Duration::from_secs(2);
/// How often folders that met contention are made again.
const ROUNDS: u32 = 6;

/// Makes `folders`, parents first. Only those of `wanted` are told when they could not be made; the files of the others
/// tell it by themselves.
pub async fn make(sender: &Sender<'_>, folders: &[RemotePath], wanted: &[RemotePath]) -> Result<(), Stop> {
    let missing: Vec<&RemotePath> = folders.iter().filter(|folder| !is_listed(sender, folder)).collect();
    for chunk in missing.chunks(BATCH_LIMIT) {
        make_some(sender, chunk, &wanted.iter().collect()).await?;
    }
    sender.folders_made.send_replace(true);
    Ok(())
}

/// Whether a listing shows the folder.
fn is_listed(sender: &Sender<'_>, folder: &RemotePath) -> bool {
    let listed = folder.parent().map(|parent| sender.account().listings.folder(&parent));
    listed.and_then(|parent| parent.entry(folder)).is_some_and(|entry| entry.is_folder())
}

async fn make_some(
    sender: &Sender<'_>,
    folders: &[&RemotePath],
    wanted: &HashSet<&RemotePath>,
) -> Result<(), Stop> {
    let mut pending = folders.to_vec();
    let mut round = 0;
    loop {
        let results = call(sender, &pending).await?;
        let mut made = Vec::new();
        let mut contended = Vec::new();
        for (folder, result) in pending.iter().zip(results) {
            match result {
                CreateFolderBatchResultEntry::Success(result) => made.push(result.metadata),
                CreateFolderBatchResultEntry::Failure(CreateFolderEntryError::Path(
                    WriteError::Conflict(WriteConflictError::Folder),
                )) => {}
                CreateFolderBatchResultEntry::Failure(CreateFolderEntryError::Path(
                    WriteError::TooManyWriteOperations,
                )) if round < ROUNDS => contended.push(*folder),
                CreateFolderBatchResultEntry::Failure(error) => {
                    if wanted.contains(folder) {
                        let title = format!("The folder “{}” could not be created", folder.name());
                        let problem = problem::general(title).entry(&error);
                        sender.outcome().failed(problem);
                    }
                }
            }
        }
        sender.outcome().made_folders(&sender.transfer.handle, &made);
        if contended.is_empty() {
            return Ok(());
        }
        pending = contended;
        round += 1;
        let longest = 300_u64 << round;
        let wait = Duration::from_millis(fastrand::u64(longest / 2..=longest));
        sender.wanted(tokio::time::sleep(wait)).await?;
    }
}

async fn call(
    sender: &Sender<'_>,
    folders: &[&RemotePath],
) -> Result<Vec<CreateFolderBatchResultEntry>, Stop> {
    let paths: Vec<String> = folders.iter().map(|folder| folder.as_str().to_owned()).collect();
    let arg = CreateFolderBatchArg::new(paths);
    let mut tries = 0;
    loop {
        sender.job.check_wanted()?;
        let error = {
            let _turn = sender.turn().await?;
            match sender.ended(launch(sender, &arg)).await? {
                Ok(results) => return Ok(results),
                Err(error) => error,
            }
        };
        tries += 1;
        // A folder that was made by a call whose answer was lost is found to be there.
        if !error.may_have_happened()
            || !sender.wanted(sender.service().worth_repeating(&error, tries)).await?
        {
            return Err(whole("begun").call(&error).into());
        }
    }
}

async fn launch(
    sender: &Sender<'_>,
    arg: &CreateFolderBatchArg,
) -> Result<Vec<CreateFolderBatchResultEntry>, ApiError> {
    let service = sender.service();
    let job = match service.rpc(&CREATE_FOLDER_BATCH, arg).await? {
        CreateFolderBatchLaunch::Complete(result) => return Ok(result.entries),
        CreateFolderBatchLaunch::AsyncJobId(job) => PollArg::new(job),
        CreateFolderBatchLaunch::Other => return Ok(Vec::new()),
    };
    let mut look = FIRST_LOOK;
    loop {
        tokio::time::sleep(look).await;
        look = (look * 3 / 2).min(LONGEST_LOOK);
        match service.rpc(&CREATE_FOLDER_BATCH_CHECK, &job).await? {
            CreateFolderBatchJobStatus::InProgress => {}
            CreateFolderBatchJobStatus::Complete(result) => return Ok(result.entries),
            // The files make their folders by themselves.
            CreateFolderBatchJobStatus::Failed(_) | CreateFolderBatchJobStatus::Other => {
                return Ok(Vec::new());
            }
        }
    }
}
