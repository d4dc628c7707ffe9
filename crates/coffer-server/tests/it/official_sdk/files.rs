//! Metadata, listings, folders, moves, copies, revisions, search, tags.

use super::client::Account;
use bytes::Bytes;
use dropbox_sdk::Error;
use dropbox_sdk::async_routes::files::{self, Metadata};
use dropbox_sdk::types::dbx_async::PollArg;

async fn put(client: &super::client::UserClient, path: &str, bytes: &'static [u8]) -> files::FileMetadata {
    let argument = files::UploadArg::new(path.to_owned()).with_mode(files::WriteMode::Overwrite);
    files::upload(client, &argument, Bytes::from_static(bytes)).await.unwrap()
}

/// Asks for the state of a job until it is done.
macro_rules! wait {
    ($check:path, $client:expr, $job:expr, $status:ident) => {{
        let argument = PollArg::new($job);
        loop {
            match $check(&$client, &argument).await.unwrap() {
                files::$status::InProgress => tokio::task::yield_now().await,
                files::$status::Complete(done) => break done,
                #[allow(unreachable_patterns)]
                other => panic!("{other:?}"),
            }
        }
    }};
}

#[tokio::test]
async fn listings_continue_and_tell_changes() {
    let account = Account::new().await;
    let client = account.user();
    for path in ["/a/1.txt", "/a/2.txt", "/b.txt"] {
        put(&client, path, b"text").await;
    }
    let argument = files::ListFolderArg::new(String::new()).with_recursive(true).with_limit(2);
    let mut page = files::list_folder(&client, &argument).await.unwrap();
    let mut count = page.entries.len();
    while page.has_more {
        page = files::list_folder_continue(&client, &files::ListFolderContinueArg::new(page.cursor))
            .await
            .unwrap();
        count += page.entries.len();
    }
    assert_eq!(count, 4);
    let latest = files::list_folder_get_latest_cursor(&client, &files::ListFolderArg::new(String::new()))
        .await
        .unwrap();
    put(&client, "/c.txt", b"new").await;
    let poll = files::ListFolderLongpollArg::new(latest.cursor.clone());
    assert!(files::list_folder_longpoll(&account.transport(), &poll).await.unwrap().changes);
    let changes = files::list_folder_continue(&client, &files::ListFolderContinueArg::new(latest.cursor))
        .await
        .unwrap();
    assert!(matches!(&changes.entries[..], [Metadata::File(file)] if file.name == "c.txt"));
    let missing = files::list_folder(&client, &files::ListFolderArg::new("/none".to_owned())).await;
    assert!(matches!(missing, Err(Error::Api(files::ListFolderError::Path(files::LookupError::NotFound)))));
}

#[tokio::test]
async fn folders_are_made_moved_copied_and_deleted_alone_and_in_batches() {
    let account = Account::new().await;
    let client = account.user();
    let made =
        files::create_folder_v2(&client, &files::CreateFolderArg::new("/one".to_owned())).await.unwrap();
    assert_eq!(made.metadata.name, "one");
    let taken = files::create_folder_v2(&client, &files::CreateFolderArg::new("/one".to_owned())).await;
    assert!(matches!(
        taken,
        Err(Error::Api(files::CreateFolderError::Path(files::WriteError::Conflict(
            files::WriteConflictError::Folder
        ))))
    ));
    let batch = files::CreateFolderBatchArg::new(vec!["/two".to_owned(), "/one".to_owned()]);
    let files::CreateFolderBatchLaunch::Complete(made) =
        files::create_folder_batch(&client, &batch).await.unwrap()
    else {
        panic!()
    };
    assert!(matches!(made.entries[0], files::CreateFolderBatchResultEntry::Success(_)));
    assert!(matches!(made.entries[1], files::CreateFolderBatchResultEntry::Failure(_)));
    let batch = files::CreateFolderBatchArg::new(vec!["/three".to_owned()]).with_force_async(true);
    let files::CreateFolderBatchLaunch::AsyncJobId(job) =
        files::create_folder_batch(&client, &batch).await.unwrap()
    else {
        panic!()
    };
    let made = wait!(files::create_folder_batch_check, client, job, CreateFolderBatchJobStatus);
    assert_eq!(made.entries.len(), 1);

    put(&client, "/one/a.txt", b"text").await;
    let copy = files::RelocationArg::new("/one".to_owned(), "/copy".to_owned());
    assert!(matches!(files::copy_v2(&client, &copy).await.unwrap().metadata, Metadata::Folder(_)));
    let step = files::RelocationArg::new("/one/a.txt".to_owned(), "/two/b.txt".to_owned());
    assert!(
        matches!(files::move_v2(&client, &step).await.unwrap().metadata, Metadata::File(file) if file.name == "b.txt")
    );
    let again = files::move_v2(&client, &step).await;
    assert!(matches!(
        again,
        Err(Error::Api(files::RelocationError::FromLookup(files::LookupError::NotFound)))
    ));

    let pairs = vec![
        files::RelocationPath::new("/two/b.txt".to_owned(), "/x/1.txt".to_owned()),
        files::RelocationPath::new("/none".to_owned(), "/x/2.txt".to_owned()),
    ];
    let argument = files::RelocationBatchArgBase::new(pairs.clone());
    let files::RelocationBatchV2Launch::AsyncJobId(job) =
        files::copy_batch_v2(&client, &argument).await.unwrap()
    else {
        panic!()
    };
    let copied = wait!(files::copy_batch_check_v2, client, job, RelocationBatchV2JobStatus);
    assert!(matches!(&copied.entries[0], files::RelocationBatchResultEntry::Success(Metadata::File(_))));
    assert!(matches!(
        &copied.entries[1],
        files::RelocationBatchResultEntry::Failure(files::RelocationBatchErrorEntry::RelocationError(
            files::RelocationError::FromLookup(files::LookupError::NotFound)
        ))
    ));
    let argument =
        files::MoveBatchArg::new(vec![files::RelocationPath::new("/x".to_owned(), "/y".to_owned())]);
    let files::RelocationBatchV2Launch::AsyncJobId(job) =
        files::move_batch_v2(&client, &argument).await.unwrap()
    else {
        panic!()
    };
    let moved = wait!(files::move_batch_check_v2, client, job, RelocationBatchV2JobStatus);
    assert!(matches!(&moved.entries[0], files::RelocationBatchResultEntry::Success(Metadata::Folder(_))));

    let deleted = files::delete_v2(&client, &files::DeleteArg::new("/y".to_owned())).await.unwrap();
    assert!(matches!(deleted.metadata, Metadata::Folder(_)));
    let entries = vec![files::DeleteArg::new("/copy".to_owned()), files::DeleteArg::new("/none".to_owned())];
    let launch = files::delete_batch(&client, &files::DeleteBatchArg::new(entries)).await.unwrap();
    let files::DeleteBatchLaunch::AsyncJobId(job) = launch else { panic!() };
    let deleted = wait!(files::delete_batch_check, client, job, DeleteBatchJobStatus);
    assert!(matches!(&deleted.entries[0], files::DeleteBatchResultEntry::Success(_)));
    assert!(matches!(
        &deleted.entries[1],
        files::DeleteBatchResultEntry::Failure(files::DeleteError::PathLookup(files::LookupError::NotFound))
    ));
}

#[tokio::test]
async fn earlier_revisions_are_listed_and_restored() {
    let account = Account::new().await;
    let client = account.user();
    let first = put(&client, "/a.txt", b"1").await;
    put(&client, "/a.txt", b"2").await;
    let argument = files::ListRevisionsArg::new("/a.txt".to_owned()).with_limit(1);
    let revisions = files::list_revisions(&client, &argument).await.unwrap();
    assert!(!revisions.is_deleted && revisions.entries.len() == 1 && revisions.has_more);
    let restore = files::RestoreArg::new("/a.txt".to_owned(), first.rev.clone());
    let restored = files::restore(&client, &restore).await.unwrap();
    assert_eq!(restored.content_hash, first.content_hash);
    assert_ne!(restored.rev, first.rev);
    files::delete_v2(&client, &files::DeleteArg::new("/a.txt".to_owned())).await.unwrap();
    let with_deleted = files::GetMetadataArg::new("/a.txt".to_owned()).with_include_deleted(true);
    assert!(matches!(files::get_metadata(&client, &with_deleted).await.unwrap(), Metadata::Deleted(_)));
    let wrong = files::RestoreArg::new("/a.txt".to_owned(), "0123456789".to_owned());
    assert!(matches!(
        files::restore(&client, &wrong).await,
        Err(Error::Api(files::RestoreError::InvalidRevision))
    ));
}

#[tokio::test]
async fn names_are_searched_page_by_page() {
    let account = Account::new().await;
    let client = account.user();
    for path in ["/report one.txt", "/report two.txt", "/other.txt"] {
        put(&client, path, b"text").await;
    }
    let options = files::SearchOptions::default().with_max_results(1).with_filename_only(true);
    let argument = files::SearchV2Arg::new("report".to_owned()).with_options(options);
    let first = files::search_v2(&client, &argument).await.unwrap();
    assert!(first.has_more && first.matches.len() == 1);
    let more = files::SearchV2ContinueArg::new(first.cursor.unwrap());
    let second = files::search_continue_v2(&client, &more).await.unwrap();
    assert!(!second.has_more);
    assert!(matches!(&second.matches[0].metadata, files::MetadataV2::Metadata(Metadata::File(_))));
}

#[tokio::test]
async fn tags_and_copy_references() {
    let account = Account::new().await;
    let client = account.user();
    put(&client, "/a.txt", b"text").await;
    files::tags_add(&client, &files::AddTagArg::new("/a.txt".to_owned(), "Blue".to_owned())).await.unwrap();
    let tags = files::tags_get(&client, &files::GetTagsArg::new(vec!["/a.txt".to_owned()])).await.unwrap();
    assert!(
        matches!(&tags.paths_to_tags[0].tags[0], files::Tag::UserGeneratedTag(tag) if tag.tag_text == "blue")
    );
    let gone = files::RemoveTagArg::new("/a.txt".to_owned(), "blue".to_owned());
    files::tags_remove(&client, &gone).await.unwrap();
    let again = files::tags_remove(&client, &gone).await;
    assert!(matches!(again, Err(Error::Api(files::RemoveTagError::TagNotPresent))));

    let reference = files::copy_reference_get(&client, &files::GetCopyReferenceArg::new("/a.txt".to_owned()))
        .await
        .unwrap();
    let save = files::SaveCopyReferenceArg::new(reference.copy_reference, "/b.txt".to_owned());
    let saved = files::copy_reference_save(&client, &save).await.unwrap();
    assert!(matches!(saved.metadata, Metadata::File(file) if file.name == "b.txt"));
}
