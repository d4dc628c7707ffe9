//! The chunked uploader when things go wrong on the way.

use dropbox_client::{ApiError, ChunkedUploader, DropboxClient, PutOptions};
use dropbox_protocol::content_hash;

use super::double::{Answer, Double, conflict, file_json, json, text};

const STARTED: &str = r#"{"session_id":"session"}"#;

fn offset_is(offset: u64) -> Answer {
    json(
        409,
        &format!(
            r#"{{"error_summary":"incorrect_offset/..","error":{{".tag":"incorrect_offset","correct_offset":{offset}}}}}"#
        ),
    )
}

fn lost() -> Answer {
    Answer::Bytes(Vec::new())
}

fn uploader(client: &DropboxClient, content: &'static str) -> ChunkedUploader<&'static [u8]> {
    client.get_chunked_uploader(content.as_bytes(), content.len() as u64)
}

#[tokio::test]
async fn chunks_are_started_appended_and_finished() {
    // Rows: get_chunked_uploader, get_chunked_uploader.file_obj, get_chunked_uploader.length,
    // ChunkedUploader.upload_chunked.chunk_size, uploader.offset, ChunkedUploader.finish, finish.path
    let done = json(200, &file_json("/a.txt", "0123456789"));
    let double = Double::answering([json(200, STARTED), json(200, "null"), json(200, "null"), done]).await;
    let mut uploader = uploader(&double.client(), "0123456789");
    assert_eq!((uploader.offset(), uploader.upload_id(), uploader.target_length()), (0, None, Some(10)));
    uploader.upload_chunked(4).await.unwrap();
    assert_eq!(
        (uploader.offset(), uploader.upload_id(), uploader.is_complete()),
        (10, Some("session"), true)
    );
    assert!(uploader.expires().is_some());
    assert_eq!(uploader.finish("a.txt", &PutOptions::default()).await.unwrap().path, "/a.txt");

    let seen = double.seen();
    let sent: Vec<_> =
        seen.iter().map(|seen| (seen.target(), String::from_utf8(seen.body.clone()).unwrap())).collect();
    let expected = [
        ("POST /2/files/upload_session/start", "0123"),
        ("POST /2/files/upload_session/append_v2", "4567"),
        ("POST /2/files/upload_session/append_v2", "89"),
        ("POST /2/files/upload_session/finish", ""),
    ];
    assert_eq!(sent, expected.map(|(target, body)| (target.to_owned(), body.to_owned())));
    assert_eq!(seen[2].argument()["cursor"], serde_json::json!({"session_id": "session", "offset": 8}));
    let commit = &seen[3].argument()["commit"];
    assert_eq!(
        (&commit["path"], &commit["mode"][".tag"], &commit["autorename"]),
        (&"/a.txt".into(), &"add".into(), &true.into())
    );
    assert_eq!(seen[3].argument()["cursor"]["offset"], 10);
}

#[tokio::test]
async fn the_mode_of_finish_is_that_of_put_file() {
    // Rows: finish.overwrite, finish.parent_rev
    let done = || json(200, &file_json("/a", "0123456789"));
    let double = Double::answering([json(200, STARTED), done(), done()]).await;
    let mut uploader = uploader(&double.client(), "x");
    uploader.upload_chunked(4).await.unwrap();
    let overwrite = PutOptions::default().with_overwrite(true);
    uploader.finish("/a", &overwrite).await.unwrap();
    uploader.finish("/a", &overwrite.with_parent_rev("0123456789")).await.unwrap();
    let modes: Vec<_> =
        double.seen()[1..].iter().map(|seen| seen.argument()["commit"]["mode"].clone()).collect();
    assert_eq!(modes[0], serde_json::json!({".tag": "overwrite"}));
    assert_eq!(modes[1], serde_json::json!({".tag": "update", "update": "0123456789"}));
}

#[tokio::test]
async fn after_an_error_the_same_chunk_is_sent_again() {
    // Row: upload_chunked !
    let double = Double::answering([
        json(200, STARTED),
        text(500, "oops"),
        text(503, ""),
        json(200, "null"),
        json(200, "null"),
    ])
    .await;
    let mut uploader = uploader(&double.client(), "0123456789");
    for _ in 0..2 {
        uploader.upload_chunked(4).await.unwrap_err();
        assert_eq!(uploader.offset(), 4);
    }
    uploader.upload_chunked(4).await.unwrap();
    let bodies: Vec<_> =
        double.seen().into_iter().map(|seen| String::from_utf8(seen.body).unwrap()).collect();
    assert_eq!(bodies, ["0123", "4567", "4567", "4567", "89"]);
}

#[tokio::test]
async fn a_chunk_that_had_arrived_is_not_sent_twice() {
    let double = Double::answering([json(200, STARTED), lost(), offset_is(8), json(200, "null")]).await;
    let mut uploader = uploader(&double.client(), "0123456789");
    assert!(matches!(uploader.upload_chunked(4).await, Err(ApiError::Socket(_))));
    uploader.upload_chunked(4).await.unwrap();
    let seen = double.seen();
    assert_eq!((seen[3].body.as_slice(), &seen[3].argument()["cursor"]["offset"]), (&b"89"[..], &8.into()));
}

#[tokio::test]
async fn of_a_chunk_that_had_arrived_in_part_the_rest_is_sent() {
    let double =
        Double::answering([json(200, STARTED), offset_is(6), json(200, "null"), json(200, "null")]).await;
    let mut uploader = uploader(&double.client(), "0123456789");
    uploader.upload_chunked(4).await.unwrap();
    let bodies: Vec<_> =
        double.seen().into_iter().map(|seen| String::from_utf8(seen.body).unwrap()).collect();
    assert_eq!(bodies, ["0123", "4567", "67", "89"]);
}

#[tokio::test]
async fn an_offset_that_cannot_be_is_an_error() {
    for offset in [0, 3, 4, 9, u64::MAX] {
        let double = Double::answering([json(200, STARTED), offset_is(offset)]).await;
        let mut uploader = uploader(&double.client(), "0123456789");
        let error = uploader.upload_chunked(4).await.unwrap_err();
        assert_eq!(error.tags(), ["incorrect_offset"], "{offset}");
        assert_eq!(uploader.offset(), 4);
    }
}

#[tokio::test]
async fn another_program_run_can_go_on() {
    let double = Double::answering([json(200, "null"), json(200, &file_json("/a", "0123456789"))]).await;
    let mut uploader = ChunkedUploader::resume(double.client(), &b"6789"[..], Some(10), "session", 6);
    uploader.upload_chunked(1 << 20).await.unwrap();
    uploader.finish("/a", &PutOptions::default()).await.unwrap();
    let seen = double.seen();
    assert_eq!((seen[0].body.as_slice(), &seen[0].argument()["cursor"]["offset"]), (&b"6789"[..], &6.into()));
    assert_eq!(seen[1].argument()["cursor"]["offset"], 10);
}

#[tokio::test]
async fn an_unfinished_upload_cannot_be_finished() {
    let double = Double::answering([json(200, STARTED)]).await;
    let mut uploader = uploader(&double.client(), "0123456789");
    uploader.upload_next(4).await.unwrap();
    let error = uploader.finish("/a", &PutOptions::default()).await.unwrap_err();
    assert!(matches!(&error, ApiError::InvalidArgument(message) if message.contains("4 of 10")), "{error}");
    assert_eq!(double.seen().len(), 1);
}

#[tokio::test]
async fn an_empty_file_opens_an_empty_session() {
    let double = Double::answering([json(200, STARTED), json(200, &file_json("/a", "0123456789"))]).await;
    let mut uploader = uploader(&double.client(), "");
    uploader.upload_chunked(4).await.unwrap();
    uploader.finish("/a", &PutOptions::default()).await.unwrap();
    assert_eq!(double.seen()[1].argument()["cursor"]["offset"], 0);
}

#[tokio::test]
async fn a_source_of_unknown_length_is_sent_to_its_end_and_a_short_one_is_an_error() {
    let double = Double::answering([json(200, STARTED), json(200, "null"), json(200, STARTED)]).await;
    let mut unknown = double.client().get_chunked_uploader(&b"0123456"[..], None);
    assert!(!unknown.is_complete());
    unknown.upload_chunked(4).await.unwrap();
    assert_eq!((unknown.offset(), unknown.is_complete()), (7, true));

    let mut short = double.client().get_chunked_uploader(&b"01234"[..], 10);
    assert!(short.upload_next(4).await.unwrap());
    for _ in 0..2 {
        let error = short.upload_next(4).await.unwrap_err();
        assert!(
            matches!(&error, ApiError::Source(source) if source.to_string().contains("5 bytes early")),
            "{error}"
        );
    }
    assert_eq!(double.seen().len(), 3, "half a chunk is not sent");
}

#[tokio::test]
async fn a_finish_whose_answer_was_lost_is_recognised_by_the_content() {
    let hash = content_hash(b"hello");
    let same =
        file_json("/a", "0123456789").replace("\"size\"", &format!("\"content_hash\":\"{hash}\",\"size\""));
    let same = format!("{{\".tag\":\"file\",{}", &same[1..]);
    let double = Double::answering([
        json(200, STARTED),
        lost(),
        conflict("lookup_failed/not_found"),
        json(200, &same),
        conflict("lookup_failed/not_found"),
        json(200, &same.replace(&hash, &content_hash(b"other"))),
        json(200, r#"{"entries":[],"cursor":"c","has_more":false}"#),
    ])
    .await;
    let mut uploader = uploader(&double.client(), "hello");
    uploader.upload_chunked(1 << 20).await.unwrap();
    assert!(matches!(uploader.finish("/a", &PutOptions::default()).await, Err(ApiError::Socket(_))));
    assert_eq!(uploader.finish("/a", &PutOptions::default()).await.unwrap().path, "/a");
    assert_eq!(double.targets()[3], "POST /2/files/get_metadata");
    let error = uploader.finish("/a", &PutOptions::default()).await.unwrap_err();
    assert_eq!(error.tags(), ["lookup_failed", "not_found"], "another content is another file");
}

#[tokio::test]
async fn a_session_that_never_was_is_no_success() {
    let double = Double::answering([json(200, STARTED), conflict("lookup_failed/not_found")]).await;
    let mut uploader = uploader(&double.client(), "hello");
    uploader.upload_chunked(1 << 20).await.unwrap();
    let error = uploader.finish("/a", &PutOptions::default()).await.unwrap_err();
    assert_eq!((error.legacy_status(), double.seen().len()), (Some(404), 2));
}

#[tokio::test]
async fn a_chunk_has_four_mebibytes_unless_said_otherwise() {
    // Row: ChunkedUploader.upload_chunked.chunk_size
    let double = Double::answering([json(200, STARTED), json(200, "null")]).await;
    let content = vec![7; 4_194_305];
    let mut uploader = double.client().get_chunked_uploader(content.as_slice(), content.len() as u64);
    uploader.upload_chunked(None).await.unwrap();
    let lengths: Vec<_> = double.seen().iter().map(|seen| seen.body.len()).collect();
    assert_eq!(lengths, [4_194_304, 1]);
}
