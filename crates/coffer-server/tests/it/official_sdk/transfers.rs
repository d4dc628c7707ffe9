//! Bytes in and out: uploads, sessions, downloads, archives, thumbnails, temporary links.

use super::client::{Account, read};
use bytes::Bytes;
use dropbox_protocol::content_hash;
use dropbox_sdk::Error;
use dropbox_sdk::async_routes::files::{self, UploadSessionCursor};
use dropbox_sdk::types::dbx_async::PollArg;

fn commit(path: &str) -> files::CommitInfo {
    files::CommitInfo::new(path.to_owned())
}

#[tokio::test]
async fn what_is_uploaded_comes_back_whole_and_in_parts() {
    let account = Account::new().await;
    let client = account.user();
    let content: Vec<u8> = (0..300_000).map(|index| (index % 251) as u8).collect();
    let argument = files::UploadArg::new("/ü.bin".to_owned())
        .with_content_hash(content_hash(&content))
        .with_client_modified("2020-02-03T04:05:06Z".to_owned());
    let uploaded = files::upload(&client, &argument, Bytes::from(content.clone())).await.unwrap();
    assert_eq!(uploaded.client_modified, "2020-02-03T04:05:06Z");
    let argument = files::DownloadArg::new("/ü.bin".to_owned());
    let whole = files::download(&client, &argument, None, None).await.unwrap();
    assert_eq!(whole.result, uploaded);
    assert_eq!(whole.content_length, Some(300_000));
    assert_eq!(read(whole).await, content);
    let part = files::download(&client, &argument, Some(10), Some(19)).await.unwrap();
    assert_eq!(read(part).await, content[10..20]);
    let taken =
        files::upload(&client, &files::UploadArg::new("/ü.bin".to_owned()), Bytes::from_static(b"x")).await;
    assert!(matches!(
        taken,
        Err(Error::Api(files::UploadError::Path(files::UploadWriteFailed {
            reason: files::WriteError::Conflict(files::WriteConflictError::File),
            ..
        })))
    ));
    let missing = files::download(&client, &files::DownloadArg::new("/none".to_owned()), None, None).await;
    assert!(matches!(missing, Err(Error::Api(files::DownloadError::Path(files::LookupError::NotFound)))));
}

#[tokio::test]
async fn sessions_are_filled_and_finished_alone_and_in_batches() {
    let account = Account::new().await;
    let client = account.user();
    let start = files::UploadSessionStartArg::default();
    let session =
        files::upload_session_start(&client, &start, Bytes::from_static(b"one ")).await.unwrap().session_id;
    let append = files::UploadSessionAppendArg::new(UploadSessionCursor::new(session.clone(), 4));
    files::upload_session_append_v2(&client, &append, Bytes::from_static(b"two ")).await.unwrap();
    let late = files::upload_session_append_v2(&client, &append, Bytes::from_static(b"two ")).await;
    assert!(matches!(
        late,
        Err(Error::Api(files::UploadSessionAppendError::IncorrectOffset(offset))) if offset.correct_offset == 8
    ));
    let finish = files::UploadSessionFinishArg::new(UploadSessionCursor::new(session, 8), commit("/a.txt"));
    let file = files::upload_session_finish(&client, &finish, Bytes::from_static(b"three")).await.unwrap();
    assert_eq!(file.content_hash, Some(content_hash(b"one two three")));

    let sessions = files::upload_session_start_batch(&client, &files::UploadSessionStartBatchArg::new(2))
        .await
        .unwrap()
        .session_ids;
    let entry = |session: &String, length| {
        files::UploadSessionAppendBatchArgEntry::new(UploadSessionCursor::new(session.clone(), 0), length)
            .with_close(true)
    };
    let append =
        files::UploadSessionAppendBatchArg::new(vec![entry(&sessions[0], 3), entry(&sessions[1], 2)]);
    let appended =
        files::upload_session_append_batch(&client, &append, Bytes::from_static(b"abcde")).await.unwrap();
    assert!(
        appended.entries.iter().all(|entry| *entry == files::UploadSessionAppendBatchResultEntry::Success)
    );
    let finish = |session: &String, offset, path| {
        files::UploadSessionFinishArg::new(UploadSessionCursor::new(session.clone(), offset), commit(path))
    };
    let batch = files::UploadSessionFinishBatchArg::new(vec![
        finish(&sessions[0], 3, "/abc.txt"),
        finish(&sessions[0], 3, "/again.txt"),
    ]);
    let done = files::upload_session_finish_batch_v2(&client, &batch).await.unwrap();
    assert!(
        matches!(&done.entries[0], files::UploadSessionFinishBatchResultEntry::Success(file) if file.name == "abc.txt")
    );
    assert!(matches!(
        &done.entries[1],
        files::UploadSessionFinishBatchResultEntry::Failure(files::UploadSessionFinishError::LookupFailed(
            files::UploadSessionLookupError::NotFound
        ))
    ));
    let batch = files::UploadSessionFinishBatchArg::new(vec![finish(&sessions[1], 2, "/de.txt")]);
    let launch = files::upload_session_finish_batch(&client, &batch).await.unwrap();
    let files::UploadSessionFinishBatchLaunch::AsyncJobId(job) = launch else { panic!() };
    let poll = PollArg::new(job);
    let done = loop {
        match files::upload_session_finish_batch_check(&client, &poll).await.unwrap() {
            files::UploadSessionFinishBatchJobStatus::InProgress => tokio::task::yield_now().await,
            files::UploadSessionFinishBatchJobStatus::Complete(done) => break done,
        }
    };
    assert!(matches!(&done.entries[0], files::UploadSessionFinishBatchResultEntry::Success(_)));
}

#[tokio::test]
async fn archives_and_temporary_links() {
    let account = Account::new().await;
    let client = account.user();
    let argument = files::UploadArg::new("/dir/a.txt".to_owned());
    files::upload(&client, &argument, Bytes::from_static(b"text")).await.unwrap();
    let archive = files::download_zip(&client, &files::DownloadZipArg::new("/dir".to_owned()), None, None)
        .await
        .unwrap();
    assert_eq!(archive.result.metadata.name, "dir");
    assert!(read(archive).await.starts_with(b"PK"));
    let link = files::get_temporary_link(&client, &files::GetTemporaryLinkArg::new("/dir/a.txt".to_owned()))
        .await
        .unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(http.get(link.link).send().await.unwrap().text().await.unwrap(), "text");
    let upload = files::GetTemporaryUploadLinkArg::new(commit("/by link.txt"));
    let link = files::get_temporary_upload_link(&client, &upload).await.unwrap().link;
    let call = http.post(link).header("Content-Type", "application/octet-stream").body("sent");
    assert_eq!(call.send().await.unwrap().status(), 200);
    let export = files::export(&client, &files::ExportArg::new("/dir/a.txt".to_owned()), None, None).await;
    assert!(matches!(export, Err(Error::Api(files::ExportError::NonExportable))));
    let preview =
        files::get_preview(&client, &files::PreviewArg::new("/dir/a.txt".to_owned()), None, None).await;
    assert!(matches!(preview, Err(Error::Api(files::PreviewError::UnsupportedExtension))));
    let save = files::SaveUrlArg::new("/x".to_owned(), "http://127.0.0.1:1/x".to_owned());
    assert!(matches!(
        files::save_url(&client, &save).await,
        Err(Error::Api(files::SaveUrlError::DownloadFailed))
    ));
    let poll = PollArg::new("none".to_owned());
    assert!(files::save_url_check_job_status(&client, &poll).await.is_err());
}

#[tokio::test]
async fn thumbnails_alone_and_in_batches() {
    let account = Account::new().await;
    let client = account.user();
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(200, 100).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let argument = files::UploadArg::new("/p.png".to_owned());
    files::upload(&client, &argument, Bytes::from(png.into_inner())).await.unwrap();
    let newer = files::ThumbnailV2Arg::new(files::PathOrLink::Path("/p.png".to_owned()))
        .with_size(files::ThumbnailSize::W128h128)
        .with_format(files::ThumbnailFormat::Png);
    let made = files::get_thumbnail_v2(&client, &newer, None, None).await.unwrap();
    assert!(made.result.file_metadata.is_some());
    assert_eq!(image::load_from_memory(&read(made).await).unwrap().width(), 128);
    let older = files::ThumbnailArg::new("/p.png".to_owned());
    let made = files::get_thumbnail(&client, &older, None, None).await.unwrap();
    assert_eq!(made.result.name, "p.png");
    let batch =
        files::GetThumbnailBatchArg::new(vec![older, files::ThumbnailArg::new("/none.png".to_owned())]);
    let made = files::get_thumbnail_batch(&client, &batch).await.unwrap();
    assert!(matches!(&made.entries[0], files::GetThumbnailBatchResultEntry::Success(_)));
    assert!(matches!(
        &made.entries[1],
        files::GetThumbnailBatchResultEntry::Failure(files::ThumbnailError::Path(
            files::LookupError::NotFound
        ))
    ));
}
