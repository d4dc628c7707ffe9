//! `files/*`: the routes, and their types by subject (reference §3.2 to §3.7).

mod delete;
mod download;
mod errors;
mod folder;
mod listing;
mod metadata;
mod properties;
mod relocate;
mod revision;
mod save_url;
mod search;
mod tag;
mod thumbnail;
mod upload;
mod upload_batch;
mod upload_session;

pub use delete::*;
pub use download::*;
pub use errors::*;
pub use folder::*;
pub use listing::*;
pub use metadata::*;
pub use properties::*;
pub use relocate::*;
pub use revision::*;
pub use save_url::*;
pub use search::*;
pub use tag::*;
pub use thumbnail::*;
pub use upload::*;
pub use upload_batch::*;
pub use upload_session::*;

use super::job::{PollArg, PollError};
use super::route::routes;

routes! {
    GET_METADATA: Rpc<GetMetadataArg, Metadata, GetMetadataError> = "files/get_metadata", Api, User, Safe, FilesMetadataRead;
    LIST_FOLDER: Rpc<ListFolderArg, ListFolderResult, ListFolderError> = "files/list_folder", Api, AppOrUser, Safe, FilesMetadataRead;
    LIST_FOLDER_CONTINUE: Rpc<ListFolderContinueArg, ListFolderResult, ListFolderContinueError>
        = "files/list_folder/continue", Api, AppOrUser, Safe, FilesMetadataRead;
    LIST_FOLDER_GET_LATEST_CURSOR: Rpc<ListFolderArg, ListFolderGetLatestCursorResult, ListFolderError>
        = "files/list_folder/get_latest_cursor", Api, User, Safe, FilesMetadataRead;
    /// Waits for a change: up to `timeout` and 90 more seconds.
    LIST_FOLDER_LONGPOLL: Rpc<ListFolderLongpollArg, ListFolderLongpollResult, ListFolderLongpollError>
        = "files/list_folder/longpoll", Notify, None, Safe;

    SEARCH: Rpc<SearchV2Arg, SearchV2Result, SearchError> = "files/search_v2", Api, User, Safe, FilesMetadataRead;
    SEARCH_CONTINUE: Rpc<SearchV2ContinueArg, SearchV2Result, SearchError> = "files/search/continue_v2", Api, User, Safe, FilesMetadataRead;

    CREATE_FOLDER: Rpc<CreateFolderArg, CreateFolderResult, CreateFolderError>
        = "files/create_folder_v2", Api, User, NotIdempotent, FilesContentWrite;
    /// Not idempotent: a second call finds the folders of the first in its way.
    CREATE_FOLDER_BATCH: Rpc<CreateFolderBatchArg, CreateFolderBatchLaunch, ()>
        = "files/create_folder_batch", Api, User, NotIdempotent, FilesContentWrite;
    CREATE_FOLDER_BATCH_CHECK: Rpc<PollArg, CreateFolderBatchJobStatus, PollError>
        = "files/create_folder_batch/check", Api, User, Safe, FilesContentWrite;

    DELETE: Rpc<DeleteArg, DeleteResult, DeleteError> = "files/delete_v2", Api, User, NotIdempotent, FilesContentWrite;
    DELETE_BATCH: Rpc<DeleteBatchArg, DeleteBatchLaunch, ()> = "files/delete_batch", Api, User, NotIdempotent, FilesContentWrite;
    DELETE_BATCH_CHECK: Rpc<PollArg, DeleteBatchJobStatus, PollError> = "files/delete_batch/check", Api, User, Safe, FilesContentWrite;
    /// Only for accounts of a team.
    PERMANENTLY_DELETE: Rpc<DeleteArg, (), DeleteError> = "files/permanently_delete", Api, User, NotIdempotent, FilesPermanentDelete;

    COPY: Rpc<RelocationArg, RelocationResult, RelocationError> = "files/copy_v2", Api, User, NotIdempotent, FilesContentWrite;
    COPY_BATCH: Rpc<CopyBatchArg, RelocationBatchLaunch, ()> = "files/copy_batch_v2", Api, User, NotIdempotent, FilesContentWrite;
    COPY_BATCH_CHECK: Rpc<PollArg, RelocationBatchJobStatus, PollError> = "files/copy_batch/check_v2", Api, User, Safe, FilesContentWrite;
    MOVE: Rpc<RelocationArg, RelocationResult, RelocationError> = "files/move_v2", Api, User, NotIdempotent, FilesContentWrite;
    MOVE_BATCH: Rpc<MoveBatchArg, RelocationBatchLaunch, ()> = "files/move_batch_v2", Api, User, NotIdempotent, FilesContentWrite;
    MOVE_BATCH_CHECK: Rpc<PollArg, RelocationBatchJobStatus, PollError> = "files/move_batch/check_v2", Api, User, Safe, FilesContentWrite;
    COPY_REFERENCE_GET: Rpc<GetCopyReferenceArg, GetCopyReferenceResult, GetCopyReferenceError>
        = "files/copy_reference/get", Api, User, Safe, FilesContentWrite;
    COPY_REFERENCE_SAVE: Rpc<SaveCopyReferenceArg, SaveCopyReferenceResult, SaveCopyReferenceError>
        = "files/copy_reference/save", Api, User, NotIdempotent, FilesContentWrite;

    DOWNLOAD: Download<DownloadArg, FileMetadata, DownloadError> = "files/download", Content, User, Safe, FilesContentRead;
    DOWNLOAD_ZIP: Download<DownloadZipArg, DownloadZipResult, DownloadZipError>
        = "files/download_zip", Content, User, Safe, FilesContentRead;
    EXPORT: Download<ExportArg, ExportResult, ExportError> = "files/export", Content, User, Safe, FilesContentRead;
    GET_PREVIEW: Download<PreviewArg, FileMetadata, PreviewError> = "files/get_preview", Content, User, Safe, FilesContentRead;
    GET_TEMPORARY_LINK: Rpc<GetTemporaryLinkArg, GetTemporaryLinkResult, GetTemporaryLinkError>
        = "files/get_temporary_link", Api, User, Safe, FilesContentRead;
    GET_THUMBNAIL: Download<ThumbnailV2Arg, PreviewResult, ThumbnailV2Error>
        = "files/get_thumbnail_v2", Content, AppOrUser, Safe, FilesContentRead;
    GET_THUMBNAIL_V1: Download<ThumbnailArg, FileMetadata, ThumbnailError> = "files/get_thumbnail", Content, User, Safe, FilesContentRead;
    /// A plain call, though it lives on the content host.
    GET_THUMBNAIL_BATCH: Rpc<GetThumbnailBatchArg, GetThumbnailBatchResult, GetThumbnailBatchError>
        = "files/get_thumbnail_batch", Content, User, Safe, FilesContentRead;

    /// Idempotent while `autorename` is off.
    UPLOAD: Upload<UploadArg, FileMetadata, UploadError> = "files/upload", Content, User, Idempotent, FilesContentWrite;
    /// Idempotent: a session that nobody knows becomes nothing.
    UPLOAD_SESSION_START: Upload<UploadSessionStartArg, UploadSessionStartResult, UploadSessionStartError>
        = "files/upload_session/start", Content, User, Idempotent, FilesContentWrite;
    /// Idempotent, as the argument carries the offset: a second call is refused with the true one.
    UPLOAD_SESSION_APPEND: Upload<UploadSessionAppendArg, (), UploadSessionAppendError>
        = "files/upload_session/append_v2", Content, User, Idempotent, FilesContentWrite;
    /// Not idempotent: a second call finds no session.
    UPLOAD_SESSION_FINISH: Upload<UploadSessionFinishArg, FileMetadata, UploadSessionFinishError>
        = "files/upload_session/finish", Content, User, NotIdempotent, FilesContentWrite;
    UPLOAD_SESSION_START_BATCH: Rpc<UploadSessionStartBatchArg, UploadSessionStartBatchResult, ()>
        = "files/upload_session/start_batch", Api, User, Idempotent, FilesContentWrite;
    UPLOAD_SESSION_APPEND_BATCH: Upload<UploadSessionAppendBatchArg, UploadSessionAppendBatchResult, UploadSessionAppendBatchError>
        = "files/upload_session/append_batch", Content, User, Idempotent, FilesContentWrite;
    UPLOAD_SESSION_FINISH_BATCH: Rpc<UploadSessionFinishBatchArg, UploadSessionFinishBatchResult, ()>
        = "files/upload_session/finish_batch_v2", Api, User, NotIdempotent, FilesContentWrite;
    /// The older, deprecated way, which answers with a job.
    UPLOAD_SESSION_FINISH_BATCH_V1: Rpc<UploadSessionFinishBatchArg, UploadSessionFinishBatchLaunch, ()>
        = "files/upload_session/finish_batch", Api, User, NotIdempotent, FilesContentWrite;
    UPLOAD_SESSION_FINISH_BATCH_CHECK: Rpc<PollArg, UploadSessionFinishBatchJobStatus, PollError>
        = "files/upload_session/finish_batch/check", Api, User, Safe, FilesContentWrite;
    GET_TEMPORARY_UPLOAD_LINK: Rpc<GetTemporaryUploadLinkArg, GetTemporaryUploadLinkResult, ()>
        = "files/get_temporary_upload_link", Api, User, Safe, FilesContentWrite;
    SAVE_URL: Rpc<SaveUrlArg, SaveUrlResult, SaveUrlError> = "files/save_url", Api, User, NotIdempotent, FilesContentWrite;
    SAVE_URL_CHECK: Rpc<PollArg, SaveUrlJobStatus, PollError> = "files/save_url/check_job_status", Api, User, Safe, FilesContentWrite;

    LIST_REVISIONS: Rpc<ListRevisionsArg, ListRevisionsResult, ListRevisionsError>
        = "files/list_revisions", Api, User, Safe, FilesMetadataRead;
    RESTORE: Rpc<RestoreArg, FileMetadata, RestoreError> = "files/restore", Api, User, NotIdempotent, FilesContentWrite;

    TAGS_ADD: Rpc<AddTagArg, (), AddTagError> = "files/tags/add", Api, User, NotIdempotent, FilesMetadataWrite;
    TAGS_REMOVE: Rpc<RemoveTagArg, (), RemoveTagError> = "files/tags/remove", Api, User, NotIdempotent, FilesMetadataWrite;
    TAGS_GET: Rpc<GetTagsArg, GetTagsResult, GetTagsError> = "files/tags/get", Api, User, Safe, FilesMetadataRead;
}
