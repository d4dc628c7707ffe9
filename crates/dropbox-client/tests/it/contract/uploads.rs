//! Uploading in one request, in chunks, and what becomes of taken names.

use coffer_server::faults::{Fault, FaultKind};
use dropbox_client::{ApiError, Body, ChunkedUploader, PutOptions, UploadChunkOptions};
use dropbox_protocol::files::{UPLOAD, UploadArg, UploadSessionAppendError};
use dropbox_protocol::{Timestamp, content_hash};
use futures_util::stream;

use super::support::{Account, refused};

fn add() -> PutOptions {
    PutOptions::default()
}

fn update(rev: Option<String>) -> PutOptions {
    PutOptions::default().with_parent_rev(rev.unwrap())
}

#[tokio::test]
async fn put_file_makes_the_file_and_its_folders() {
    // Rows: put_file, put_file.full_path, put_file.file_obj, put_file ->, global.paths
    let account = Account::new().await;
    let file =
        account.client.put_file(&account.path("//New/Folder//Draft.txt"), "text", &add()).await.unwrap();
    assert_eq!(file.path, account.path("/New/Folder/Draft.txt"));
    assert_eq!((file.bytes, file.is_dir, file.is_deleted, file.is_downloadable), (4, false, false, true));
    assert_eq!(file.content_hash, Some(content_hash(b"text")));
    assert!(file.rev.is_some() && file.modified.is_some() && file.id.is_some());
    assert_eq!(account.get("/new/FOLDER/draft.TXT").await, "text", "the case of a path does not matter");
}

#[tokio::test]
async fn a_stream_is_uploaded_with_and_without_its_length() {
    // Row: put_file.file_obj
    let account = Account::new().await;
    let pieces = || stream::iter(["Hello, ", "world"].map(|piece| Ok(piece.into())));
    for (name, length) in [("/known.txt", Some(12)), ("/unknown.txt", None)] {
        let body = Body::from_stream(pieces(), length);
        account.client.put_file(&account.path(name), body, &add()).await.unwrap();
        assert_eq!(account.get(name).await, "Hello, world");
    }
    let reader = Body::from_reader(&b"from a reader, and more"[..], Some(13));
    account.client.put_file(&account.path("/reader.txt"), reader, &add()).await.unwrap();
    assert_eq!(account.get("/reader.txt").await, "from a reader");
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let account = Account::new().await;
    let file = account.client.put_file(&account.path("/empty"), "", &add()).await.unwrap();
    assert_eq!((file.bytes, account.get("/empty").await.as_str()), (0, ""));
}

#[tokio::test]
async fn without_overwrite_a_taken_name_leads_to_another() {
    // Row: put_file.overwrite
    let account = Account::new().await;
    account.put("/a.txt", "one").await;
    let second = account.client.put_file(&account.path("/a.txt"), "two", &add()).await.unwrap();
    assert_eq!(second.name(), "a (1).txt");
    assert_eq!(account.get("/a.txt").await, "one");
}

#[tokio::test]
async fn with_overwrite_the_file_is_replaced_but_never_a_folder() {
    // Row: put_file.overwrite
    let account = Account::new().await;
    let first = account.put("/a.txt", "one").await;
    let second = account.put("/a.txt", "two").await;
    assert_eq!(second.path, first.path);
    assert_ne!(second.rev, first.rev);
    account.client.file_create_folder(&account.path("/folder")).await.unwrap();
    let overwrite = add().with_overwrite(true);
    let outcome = account.client.put_file(&account.path("/folder"), "x", &overwrite).await;
    refused(outcome, 403, "path/conflict/folder");
}

#[tokio::test]
async fn a_current_parent_overwrites_and_a_stale_one_makes_a_conflicted_copy() {
    // Row: put_file.parent_rev
    let account = Account::new().await;
    let path = account.path("/a.txt");
    let first = account.put("/a.txt", "one").await;
    let second = account.client.put_file(&path, "two", &update(first.rev.clone())).await.unwrap();
    assert_eq!(second.path, first.path);
    let stale = update(first.rev).with_overwrite(true);
    let third = account.client.put_file(&path, "three", &stale).await.unwrap();
    assert!(third.name().contains("conflicted copy"), "{}", third.path);
    assert_eq!(account.get("/a.txt").await, "two", "parent_rev beats overwrite");
    for rev in ["", "short", "0123456789ABC", "01234567/"] {
        let error = account.client.put_file(&path, "x", &update(Some(rev.into()))).await.unwrap_err();
        assert!(matches!(error, ApiError::InvalidArgument(_)), "{rev}");
    }
}

#[tokio::test]
async fn equal_content_is_not_written_again() {
    // Row: put_file identical
    let account = Account::new().await;
    let first = account.put("/a.txt", "same").await;
    let again = account.client.put_file(&account.path("/a.txt"), "same", &add()).await.unwrap();
    assert_eq!((again.path, again.rev), (first.path, first.rev));
    assert_eq!(account.names("").await, ["a.txt"]);
}

#[tokio::test]
async fn the_time_of_the_content_is_kept_to_the_second() {
    // Row: global.dates
    let account = Account::new().await;
    let time: Timestamp = "2011-07-20T22:04:50.75Z".parse().unwrap();
    let options = add().with_client_mtime(time).with_mute(true);
    let file = account.client.put_file(&account.path("/old.txt"), "x", &options).await.unwrap();
    assert_eq!(file.client_mtime.unwrap().to_rfc2822(), "Wed, 20 Jul 2011 22:04:50 +0000");
}

#[tokio::test]
async fn names_that_dropbox_refuses_are_refused() {
    // Row: put_file ! 400
    let account = Account::new().await;
    for (path, tags) in [
        ("/a\\b", "path/malformed_path"),
        ("/Desktop.ini", "path/disallowed_name"),
        ("/trailing ", "path/malformed_path"),
    ] {
        refused(account.client.put_file(&account.path(path), "x", &add()).await, 400, tags);
    }
    account.put("/file", "x").await;
    let below = account.client.put_file(&account.path("/file/below"), "x", &add()).await;
    refused(below, 403, "path/conflict/file_ancestor");
}

#[tokio::test]
async fn a_full_account_takes_nothing_more() {
    // Row: put_file ! 503
    let account = Account::with(|config| config.quota_bytes = 10).await;
    account.put("/a.txt", "12345678").await;
    refused(account.client.put_file("/b.txt", "12345678", &add()).await, 503, "path/insufficient_space");
    assert_eq!(account.names("").await, ["a.txt"]);
}

#[tokio::test]
async fn chunks_are_sent_one_by_one() {
    // Rows: upload_chunk, upload_chunk.file_obj, upload_chunk.length, upload_chunk.offset, upload_chunk.upload_id,
    // upload_chunk ->
    let account = Account::new().await;
    let first = account.client.upload_chunk("0123", &UploadChunkOptions::default()).await.unwrap();
    assert_eq!(first.offset, 4);
    let in_six_days = Timestamp::from_unix_secs(Timestamp::now().unix_secs() + 6 * 86_400);
    assert!(first.expires.unwrap() > in_six_days);
    let place =
        |offset| UploadChunkOptions::default().with_offset(offset).with_upload_id(first.upload_id.clone());
    let second = account.client.upload_chunk("4567", &place(4)).await.unwrap();
    assert_eq!((second.offset, &second.upload_id, second.expires), (8, &first.upload_id, None));
    let wrong = account.client.upload_chunk("x", &place(5)).await.unwrap_err();
    assert_eq!(wrong.legacy_status(), Some(400));
    let ApiError::Response(response) = wrong else { panic!("{wrong:?}") };
    assert!(matches!(
        response.parse_error(),
        Some(UploadSessionAppendError::IncorrectOffset(offset)) if offset.correct_offset == 8
    ));
    let nobody = UploadChunkOptions::default().with_offset(0).with_upload_id("no-such-session");
    refused(account.client.upload_chunk("x", &nobody).await, 404, "not_found");
}

#[tokio::test]
async fn a_long_file_goes_up_in_chunks_and_comes_back_equal() {
    // Rows: get_chunked_uploader, ChunkedUploader.upload_chunked.chunk_size, ChunkedUploader.finish
    let account = Account::new().await;
    let content: Vec<u8> = (0..10_000_000_u32).map(|index| (index % 251) as u8).collect();
    let mut uploader = account.client.get_chunked_uploader(content.as_slice(), content.len() as u64);
    uploader.upload_chunked(4 * 1024 * 1024).await.unwrap();
    let file = uploader.finish(&account.path("/long.bin"), &add()).await.unwrap();
    assert_eq!((file.bytes, file.content_hash.unwrap()), (10_000_000, content_hash(&content)));
    let mut response = account.client.get_file(&account.path("/long.bin"), None).await.unwrap();
    assert_eq!(response.read(None).await.unwrap(), content);
}

#[tokio::test]
async fn an_upload_survives_lost_replies_at_every_step() {
    // Rows: upload_chunked !, ChunkedUploader.finish
    let account = Account::with(|_| {}).await;
    let content = "0123456789".repeat(10);
    let mut uploader = account.client.get_chunked_uploader(content.as_bytes(), 100);
    for route in ["files/upload_session/start", "files/upload_session/append_v2"] {
        for kind in
            [FaultKind::LostReply, FaultKind::Reset, FaultKind::Status { status: 503, retry_after_secs: 0 }]
        {
            account.server().faults().add(Fault::new(route, kind, 1));
        }
    }
    let mut failures = 0;
    while uploader.upload_chunked(30).await.is_err() {
        failures += 1;
    }
    assert_eq!((failures, uploader.offset()), (6, 100));
    account.server().faults().add(Fault::new("files/upload_session/finish", FaultKind::LostReply, 1));
    uploader.finish("/a.txt", &add()).await.unwrap_err();
    let file = uploader.finish("/a.txt", &add()).await.unwrap();
    assert_eq!((file.bytes, account.get("/a.txt").await), (100, content));
    assert_eq!(account.names("").await, ["a.txt"], "and it is there once");
}

#[tokio::test]
async fn a_finish_whose_reply_was_lost_is_found_under_the_free_name_that_it_was_given() {
    // Row: ChunkedUploader.finish
    let account = Account::with(|_| {}).await;
    let first = account.put("/a.txt", "taken").await;
    let lose_reply =
        || account.server().faults().add(Fault::new("files/upload_session/finish", FaultKind::LostReply, 1));
    for (options, name) in [(add(), "a (1).txt"), (update(first.rev), "a (conflicted copy).txt")] {
        account.put("/a.txt", format!("so that {name} is needed")).await;
        let content = format!("the content of {name}");
        let mut uploader = account.client.get_chunked_uploader(content.as_bytes(), content.len() as u64);
        uploader.upload_chunked(8).await.unwrap();
        lose_reply();
        uploader.finish("/a.txt", &options).await.unwrap_err();
        assert_eq!(uploader.finish("/a.txt", &options).await.unwrap().name(), name);
    }
    assert_eq!(account.names("").await, ["a (1).txt", "a (conflicted copy).txt", "a.txt"]);
}

#[tokio::test]
async fn a_resumed_upload_recognises_a_finish_of_this_run_and_of_the_one_before() {
    // Row: ChunkedUploader.finish
    let account = Account::with(|_| {}).await;
    let content = b"0123456789";
    let lose_reply =
        || account.server().faults().add(Fault::new("files/upload_session/finish", FaultKind::LostReply, 1));
    let started = async |path: &str| {
        let mut uploader = account.client.get_chunked_uploader(&content[..], 10);
        uploader.upload_next(4).await.unwrap();
        let upload_id = uploader.upload_id().unwrap().to_owned();
        if path.is_empty() {
            return upload_id;
        }
        uploader.upload_chunked(4).await.unwrap();
        lose_reply();
        uploader.finish(path, &add()).await.unwrap_err();
        upload_id
    };
    let resume = async |upload_id: String, offset| {
        ChunkedUploader::resume_from_start(account.client.clone(), &content[..], Some(10), upload_id, offset)
            .await
    };

    let mut uploader = resume(started("").await, 4).await.unwrap();
    uploader.upload_chunked(4).await.unwrap();
    lose_reply();
    uploader.finish("/this run", &add()).await.unwrap_err();
    assert_eq!(uploader.finish("/this run", &add()).await.unwrap().path, "/this run");

    let mut uploader = resume(started("/before").await, 10).await.unwrap();
    assert_eq!(uploader.finish("/before", &add()).await.unwrap().path, "/before");

    let at_the_end = |upload_id| {
        ChunkedUploader::resume(account.client.clone(), tokio::io::empty(), Some(10), upload_id, 10)
    };
    let upload_id = started("/told").await;
    refused(at_the_end(upload_id.clone()).finish("/told", &add()).await, 404, "lookup_failed/not_found");
    let mut told = at_the_end(upload_id).with_content_hash(content_hash(content));
    assert_eq!(told.finish("/told", &add()).await.unwrap().path, "/told");
    assert_eq!(account.names("").await, ["before", "this run", "told"]);
    assert!(resume("no-such-session".into(), 11).await.is_err(), "the source has only 10 bytes");
}

#[tokio::test]
async fn finish_treats_taken_names_as_put_file_does() {
    // Rows: finish.path, finish.overwrite, finish.parent_rev
    let account = Account::new().await;
    let path = account.path("/a.txt");
    let first = account.put("/a.txt", "one").await;
    let finish = async |content: &'static str, options: &PutOptions| {
        let mut uploader = account.client.get_chunked_uploader(content.as_bytes(), content.len() as u64);
        uploader.upload_chunked(2).await.unwrap();
        uploader.finish(&path, options).await.unwrap()
    };
    assert_eq!(finish("two", &add()).await.name(), "a (1).txt");
    assert_eq!(finish("three", &update(first.rev.clone())).await.name(), "a.txt");
    assert!(finish("four", &update(first.rev)).await.name().contains("conflicted copy"));
    assert_eq!(finish("five", &add().with_overwrite(true)).await.name(), "a.txt");
    assert_eq!(account.get("/a.txt").await, "five");
}

#[tokio::test]
async fn a_body_that_does_not_match_its_hash_is_not_stored() {
    let account = Account::new().await;
    let argument =
        UploadArg { content_hash: Some(content_hash(b"other")), ..UploadArg::new(account.path("/a.txt")) };
    refused(account.client.upload(&UPLOAD, &argument, "this").await, 409, "content_hash_mismatch");
    refused(account.client.get_file(&account.path("/a.txt"), None).await, 404, "path/not_found");
}
