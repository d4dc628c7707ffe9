//! Batch entries and jobs, as the official serializer writes them (reference §3.0).

use dropbox_protocol::files::*;

use super::results::{FILE_FIELDS, file, same};

fn folder() -> FolderMetadata {
    FolderMetadata::new("f", "id:f")
}

#[test]
fn a_finished_upload_is_flat() {
    same(
        &format!("{{\".tag\":\"success\",{FILE_FIELDS}}}"),
        &UploadSessionFinishBatchResultEntry::Success(file()),
    );
    same(
        r#"{".tag":"failure","failure":{".tag":"lookup_failed","lookup_failed":{".tag":"incorrect_offset","correct_offset":5}}}"#,
        &UploadSessionFinishBatchResultEntry::Failure(UploadSessionFinishError::LookupFailed(
            UploadSessionLookupError::IncorrectOffset(UploadSessionOffsetError::new(5_u64)),
        )),
    );
}

#[test]
fn a_relocation_is_nested() {
    same(
        r#"{".tag":"success","success":{".tag":"folder","name":"f","id":"id:f"}}"#,
        &RelocationBatchResultEntry::Success(Metadata::Folder(folder())),
    );
    same(
        r#"{".tag":"failure","failure":{".tag":"relocation_error","relocation_error":{".tag":"from_lookup","from_lookup":{".tag":"not_found"}}}}"#,
        &RelocationBatchResultEntry::Failure(RelocationBatchErrorEntry::RelocationError(
            RelocationError::FromLookup(LookupError::NotFound),
        )),
    );
}

#[test]
fn a_deletion_has_tagged_metadata_and_a_new_folder_untagged() {
    same(
        r#"{".tag":"success","metadata":{".tag":"folder","name":"f","id":"id:f"}}"#,
        &DeleteBatchResultEntry::Success(DeleteResult::new(Metadata::Folder(folder()))),
    );
    same(
        r#"{".tag":"failure","failure":{".tag":"path_lookup","path_lookup":{".tag":"not_found"}}}"#,
        &DeleteBatchResultEntry::Failure(DeleteError::PathLookup(LookupError::NotFound)),
    );
    same(
        r#"{".tag":"success","metadata":{"name":"f","id":"id:f"}}"#,
        &CreateFolderBatchResultEntry::Success(CreateFolderResult::new(folder())),
    );
}

#[test]
fn a_thumbnail_has_metadata_and_base64() {
    same(
        &format!("{{\".tag\":\"success\",\"metadata\":{{{FILE_FIELDS}}},\"thumbnail\":\"aGk=\"}}"),
        &GetThumbnailBatchResultEntry::Success(GetThumbnailBatchResultData::new(file(), "aGk=")),
    );
}

#[test]
fn a_launch_is_a_job_or_done() {
    same(r#"{".tag":"async_job_id","async_job_id":"j"}"#, &DeleteBatchLaunch::AsyncJobId("j".into()));
    same(
        r#"{".tag":"complete","entries":[]}"#,
        &RelocationBatchLaunch::Complete(RelocationBatchResult::new(vec![])),
    );
    same(&format!("{{\".tag\":\"complete\",{FILE_FIELDS}}}"), &SaveUrlResult::Complete(file()));
}

#[test]
fn a_job_is_in_progress_complete_or_failed() {
    same(r#"{".tag":"in_progress"}"#, &DeleteBatchJobStatus::InProgress);
    same(
        r#"{".tag":"failed","failed":{".tag":"too_many_files"}}"#,
        &CreateFolderBatchJobStatus::Failed(CreateFolderBatchError::TooManyFiles),
    );
    same(
        r#"{".tag":"complete","entries":[]}"#,
        &DeleteBatchJobStatus::Complete(DeleteBatchResult::new(vec![])),
    );
}

#[test]
fn a_failed_upload_keeps_its_reason_beside_the_session() {
    same(
        r#"{".tag":"path","reason":{".tag":"conflict","conflict":{".tag":"file"}},"upload_session_id":"s"}"#,
        &UploadError::Path(UploadWriteFailed::new(WriteError::Conflict(WriteConflictError::File), "s")),
    );
}

#[test]
fn every_route_is_listed_once_and_versioned_at_its_end() {
    let mut names: Vec<_> = dropbox_protocol::routes().map(|route| route.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    for name in
        ["files/copy_batch/check_v2", "files/search/continue_v2", "files/upload_session/finish_batch_v2"]
    {
        assert!(names.contains(&name), "{name}");
    }
}
