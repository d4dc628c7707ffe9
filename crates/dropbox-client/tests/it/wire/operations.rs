//! Operations of the Core API against answers that Dropbox may give, but the embedded account does not.

use bytes::Bytes;
use dropbox_client::{
    ApiError, Body, CoreSearchOptions, DeltaEntry, MetadataOptions, PutOptions, RevisionsOptions,
    ShareOptions, ThumbnailOptions, core_thumbnail_size,
};
use futures_util::stream;
use serde_json::json;

use super::double::{Answer, Double, conflict, file_json, json as json_reply, reply, text};

fn tagged(path: &str, rev: &str, id: &str) -> String {
    let file = file_json(path, rev).replace("id:aaaaaaaaaaaaaaaaaaaaaa", id);
    format!("{{\".tag\":\"file\",{}", &file[1..])
}

fn listing(entries: &[String], cursor: &str, has_more: bool) -> Answer {
    let entries = entries.join(",");
    json_reply(200, &format!(r#"{{"entries":[{entries}],"cursor":"{cursor}","has_more":{has_more}}}"#))
}

fn matches(entries: &[String], more: &str) -> Answer {
    let entries: Vec<_> = entries
        .iter()
        .map(|entry| format!(r#"{{"metadata":{{".tag":"metadata","metadata":{entry}}}}}"#))
        .collect();
    json_reply(200, &format!(r#"{{"matches":[{}],{more}}}"#, entries.join(",")))
}

const MORE: &str = r#""has_more":true,"cursor":"next""#;
const END: &str = r#""has_more":false"#;

#[tokio::test]
async fn a_search_reads_all_pages_drops_repetitions_and_keeps_the_limit() {
    // Rows: search.path, search.query, search.file_limit, search ->
    let (a, b, c) = (
        tagged("/p/a", "0123456789", "id:a"),
        tagged("/p/b", "0123456789", "id:b"),
        tagged("/p/c", "0123456789", "id:c"),
    );
    let double = Double::answering([
        matches(&[a.clone(), b.clone()], MORE),
        matches(&[], MORE),
        matches(&[b.clone(), c.clone()], END),
        matches(&[a.clone(), b.clone(), c.clone()], MORE),
    ])
    .await;
    let client = double.client();
    let found = client.search("/P/", "abc", &CoreSearchOptions::default()).await.unwrap();
    assert_eq!(found.iter().map(|item| item.path.as_str()).collect::<Vec<_>>(), ["/p/a", "/p/b", "/p/c"]);
    let two = CoreSearchOptions::default().with_file_limit(2);
    assert_eq!(client.search("/", "abc", &two).await.unwrap().len(), 2);
    let seen = double.seen();
    let options = &seen[0].json()["options"];
    assert_eq!(
        (&options["path"], &options["max_results"], &options["filename_only"]),
        (&json!("/P"), &json!(1000), &json!(true))
    );
    assert_eq!(seen[1].json(), json!({"cursor": "next"}));
    let options = &seen[3].json()["options"];
    assert_eq!((options.get("path"), &options["max_results"]), (None, &json!(2)), "the root is left out");
    assert_eq!(seen.len(), 4);
}

#[tokio::test]
async fn deleted_items_are_searched_for_separately_and_come_last() {
    // Row: search.include_deleted
    let deleted =
        r#"{".tag":"deleted","name":"gone","path_lower":"/gone","path_display":"/gone"}"#.to_owned();
    let double =
        Double::answering([matches(&[tagged("/a", "0123456789", "id:a")], END), matches(&[deleted], END)])
            .await;
    let options = CoreSearchOptions::default().with_include_deleted(true);
    let found = double.client().search("", "abc", &options).await.unwrap();
    assert_eq!(found.iter().map(|item| item.is_deleted).collect::<Vec<_>>(), [false, true]);
    let statuses: Vec<_> =
        double.seen().iter().map(|seen| seen.json()["options"]["file_status"].clone()).collect();
    assert_eq!(statuses, [json!({".tag": "active"}), json!({".tag": "deleted"})]);
}

#[tokio::test]
async fn a_search_that_cannot_be_is_a_bad_request() {
    // Row: search ! 400
    let double = Double::answering([conflict("invalid_argument"), conflict("path/malformed_path")]).await;
    for query in ["", "ab", "éé"] {
        let error = double.client().search("", query, &CoreSearchOptions::default()).await.unwrap_err();
        assert_eq!(error.legacy_status(), Some(400));
    }
    assert!(double.seen().is_empty(), "too short queries are not sent");
    for _ in 0..2 {
        let error = double.client().search("", "abc", &CoreSearchOptions::default()).await.unwrap_err();
        assert_eq!(error.legacy_status(), Some(400));
    }
}

#[tokio::test]
async fn pages_may_be_empty_though_there_is_more() {
    // Rows: delta -> has_more, metadata.file_limit
    let a = tagged("/a", "0123456789", "id:a");
    let double = Double::answering([
        listing(&[], "one", true),
        listing(std::slice::from_ref(&a), "two", false),
        listing(&[], "one", true),
        listing(&[a], "two", false),
    ])
    .await;
    let client = double.client();
    let first = client.delta(None, None).await.unwrap();
    assert!(first.entries.is_empty() && first.has_more && first.reset);
    let second = client.delta(Some(&first.cursor), None).await.unwrap();
    assert!(second.entries.len() == 1 && !second.has_more && !second.reset);
    let root = client.metadata("/", &MetadataOptions::default()).await.unwrap();
    assert_eq!(root.contents.unwrap().len(), 1);
    assert_eq!(double.seen()[2].json()["limit"], 2000);
}

#[tokio::test]
async fn a_reset_starts_the_feed_anew_at_once() {
    // Row: delta -> reset
    let double = Double::answering([
        listing(&[], "one", false),
        conflict("reset"),
        listing(&[tagged("/p/a", "0123456789", "id:a")], "two", false),
    ])
    .await;
    let client = double.client();
    let first = client.delta(None, Some("/p")).await.unwrap();
    let second = client.delta(Some(&first.cursor), Some("/p")).await.unwrap();
    assert!(second.reset && second.entries.len() == 1);
    assert_ne!(second.cursor, first.cursor);
    assert_eq!(double.seen()[2].json()["path"], "/p");
}

#[tokio::test]
async fn a_prefix_that_is_gone_is_an_entry_that_says_so() {
    // Rows: delta.path_prefix, delta -> entries
    let gone = || conflict("path/not_found");
    let latest = |cursor: &str| json_reply(200, &format!(r#"{{"cursor":"{cursor}"}}"#));
    let absent = || [gone(), gone(), latest("above"), gone()];
    let deleted = r#"{".tag":"deleted","name":"up","path_lower":"/up","path_display":"/Up"}"#.to_owned();
    let answers = [listing(&[tagged("/up/p/a", "0123456789", "id:a")], "one", false), gone()]
        .into_iter()
        .chain(absent())
        .chain([listing(&[tagged("/x", "0123456789", "id:x"), deleted], "two", false)]);
    let double = Double::answering(answers).await;
    let client = double.client();
    let first = client.delta(None, Some("/Up/P")).await.unwrap();
    let second = client.delta(Some(&first.cursor), Some("/Up/P")).await.unwrap();
    assert_eq!((second.reset, second.has_more), (false, false));
    let is_gone = |entries: &[DeltaEntry]| matches!(entries, [entry] if entry.path == "/up/p" && entry.metadata.is_none());
    assert!(is_gone(&second.entries), "{:?}", second.entries);
    let third = client.delta(Some(&second.cursor), Some("/Up/P")).await.unwrap();
    assert!(is_gone(&third.entries), "with what is above it: {:?}", third.entries);
    assert_eq!(
        double.targets()[2..],
        [
            "POST /2/files/list_folder",
            "POST /2/files/list_folder/get_latest_cursor",
            "POST /2/files/list_folder/get_latest_cursor",
            "POST /2/files/list_folder",
            "POST /2/files/list_folder/continue",
        ]
    );
    let asked: Vec<_> = double.seen()[2..6].iter().map(|seen| seen.json()["path"].clone()).collect();
    assert_eq!(asked, ["/Up/P", "/Up", "", "/Up/P"]);
    assert_eq!(double.seen()[6].json(), json!({"cursor": "above"}));
}

#[tokio::test]
async fn a_listing_that_neither_goes_on_nor_ends_is_an_error() {
    let double = Double::answering([
        listing(&[tagged("/p/a", "0123456789", "id:a")], "one", true),
        listing(&[], "one", true),
    ])
    .await;
    let error = double.client().metadata("/P", &MetadataOptions::default()).await.unwrap_err();
    assert!(
        matches!(&error, ApiError::Malformed { problem, .. } if problem.contains("nor ends")),
        "{error:?}"
    );
}

#[tokio::test]
async fn what_comes_to_be_while_the_prefix_is_looked_for_is_not_missed() {
    // Row: delta.path_prefix
    let double = Double::answering([
        conflict("path/not_found"),
        json_reply(200, r#"{"cursor":"above"}"#),
        listing(&[tagged("/p/a", "0123456789", "id:a")], "one", false),
    ])
    .await;
    let page = double.client().delta(None, Some("/p")).await.unwrap();
    assert_eq!((page.reset, page.entries.len()), (true, 1));
}

#[tokio::test]
async fn a_reset_of_a_folders_hash_lists_the_folder() {
    // Row: metadata.hash
    let double =
        Double::answering([listing(&[], "one", false), conflict("reset"), listing(&[], "two", false)]).await;
    let client = double.client();
    let hash = client.metadata("/", &MetadataOptions::default()).await.unwrap().hash.unwrap();
    let again = client.metadata("/", &MetadataOptions::default().with_hash(hash)).await.unwrap();
    assert!(again.contents.is_some());
}

#[tokio::test]
async fn revisions_of_a_service_without_pages_count_as_complete() {
    // Row: revisions.rev_limit
    let entries: Vec<_> = (0..100).map(|index| file_json("/a", &format!("{index:010x}"))).collect();
    let double = Double::answering([json_reply(
        200,
        &format!(r#"{{"is_deleted":false,"entries":[{}]}}"#, entries.join(",")),
    )])
    .await;
    let revisions = double.client().revisions("/a", &RevisionsOptions::default()).await.unwrap();
    assert_eq!((revisions.entries.len(), revisions.has_more), (100, false));
    assert_eq!(double.seen()[0].json()["limit"], 100);
}

#[tokio::test]
async fn there_are_never_more_than_a_thousand_revisions_or_matches() {
    // Rows: revisions.rev_limit, search.file_limit
    let page = |from: usize| {
        let entries: Vec<_> =
            (from..from + 100).map(|index| file_json("/a", &format!("{index:010x}"))).collect();
        json_reply(
            200,
            &format!(r#"{{"is_deleted":false,"has_more":true,"entries":[{}]}}"#, entries.join(",")),
        )
    };
    let found: Vec<_> = (0..1100).map(|index| tagged("/a", "0123456789", &format!("id:{index}"))).collect();
    let answers = (0..10).map(|index| page(index * 100)).chain([page(0), matches(&found, MORE)]);
    let double = Double::answering(answers).await;
    let client = double.client();
    let revisions = client.revisions("/a", &RevisionsOptions::default().with_rev_limit(5000)).await.unwrap();
    assert_eq!((revisions.entries.len(), revisions.has_more), (1000, true));
    let none = client.revisions("/a", &RevisionsOptions::default().with_rev_limit(0)).await.unwrap();
    assert_eq!((none.entries.len(), none.has_more), (0, true));
    let many = CoreSearchOptions::default().with_file_limit(5000);
    assert_eq!(client.search("", "abc", &many).await.unwrap().len(), 1000);
    assert_eq!(double.seen().len(), 12);
}

const LINK: &str = r#"{".tag":"file","url":"https://www.dropbox.com/scl/fi/x/a?rlkey=k&dl=0","name":"a","client_modified":"2011-07-20T22:04:50Z","server_modified":"2011-07-20T22:04:50Z","rev":"0123456789","size":1,"expires":"2030-01-01T00:00:00Z","link_permissions":{"can_revoke":true,"visibility_policies":[],"can_set_expiry":false,"can_remove_expiry":false,"allow_download":true,"can_allow_download":true,"can_disallow_download":false,"allow_comments":false,"team_restricts_comments":false}}"#;

#[tokio::test]
async fn a_link_that_exists_is_used_whether_or_not_it_is_told() {
    // Rows: share.path, share ->
    let told = format!(
        r#"{{"error_summary":"shared_link_already_exists/..","error":{{".tag":"shared_link_already_exists","shared_link_already_exists":{{".tag":"metadata","metadata":{LINK}}}}}}}"#
    );
    let double = Double::answering([
        json_reply(200, LINK),
        json_reply(409, &told),
        conflict("shared_link_already_exists"),
        json_reply(200, &format!(r#"{{"links":[{LINK}],"has_more":false}}"#)),
        conflict("shared_link_already_exists"),
        json_reply(200, r#"{"links":[],"has_more":false}"#),
    ])
    .await;
    let client = double.client();
    for _ in 0..3 {
        let share = client.share("/a", &ShareOptions::default()).await.unwrap();
        assert_eq!(share.url, "https://www.dropbox.com/scl/fi/x/a?rlkey=k&dl=0", "with its whole query");
        assert_eq!(share.expires.unwrap().to_string(), "2030-01-01T00:00:00Z");
    }
    assert_eq!(double.seen()[3].json(), json!({"path": "/a", "direct_only": true}));
    let error = client.share("/a", &ShareOptions::default()).await.unwrap_err();
    assert_eq!(error.tags(), ["shared_link_already_exists"]);
}

#[tokio::test]
async fn a_link_that_cannot_be_made_says_why() {
    // Row: share ! 400
    let double = Double::answering([
        conflict("settings_error/not_authorized"),
        conflict("email_not_verified"),
        conflict("path/not_found"),
    ])
    .await;
    for status in [400, 400, 404] {
        let error = double.client().share("/a", &ShareOptions::default()).await.unwrap_err();
        assert_eq!(error.legacy_status(), Some(status));
    }
}

#[tokio::test]
async fn a_temporary_address_that_cannot_be_had_says_why() {
    // Row: media ! 400
    let double = Double::answering([conflict("email_not_verified"), conflict("path/not_file")]).await;
    for _ in 0..2 {
        assert_eq!(double.client().media("/a").await.unwrap_err().legacy_status(), Some(400));
    }
}

#[tokio::test]
async fn the_core_apis_statuses_are_found_where_dropbox_says_409() {
    // Rows: put_file ! 400, put_file ! 503, file_copy ! 403, file_copy ! 503, file_move ! 503, thumbnail ! 415
    let double = Double::answering([
        conflict("cant_copy_shared_folder"),
        conflict("insufficient_quota"),
        conflict("to/insufficient_space"),
        conflict("unsupported_image"),
        conflict("encrypted_content"),
        text(400, "Error in call to API function"),
    ])
    .await;
    let client = double.client();
    assert_eq!(client.file_copy("/a", "/b").await.unwrap_err().legacy_status(), Some(403));
    assert_eq!(client.file_copy("/a", "/b").await.unwrap_err().legacy_status(), Some(503));
    let options = dropbox_client::MoveOptions::default();
    assert_eq!(client.file_move("/a", "/b", &options).await.unwrap_err().legacy_status(), Some(503));
    for status in [415, 415, 400] {
        let error = client.thumbnail("/a", &dropbox_client::ThumbnailOptions::default()).await.unwrap_err();
        assert_eq!(error.legacy_status(), Some(status));
    }
}

#[tokio::test]
async fn a_case_only_renaming_that_fails_half_way_is_undone() {
    // Row: file_move.to_path
    let moved =
        |path: &str| json_reply(200, &format!(r#"{{"metadata":{}}}"#, tagged(path, "0123456789", "id:a")));
    let double =
        Double::answering([moved("/renaming"), conflict("to/no_write_permission"), moved("/a")]).await;
    let options = dropbox_client::MoveOptions::default();
    let error = double.client().file_move("/a", "/A", &options).await.unwrap_err();
    assert_eq!(error.tags(), ["to", "no_write_permission"]);
    let arguments: Vec<_> = double.seen().iter().map(super::double::Seen::json).collect();
    assert_eq!((&arguments[0]["from_path"], &arguments[1]["to_path"]), (&json!("/a"), &json!("/A")));
    assert_eq!(arguments[0]["to_path"], arguments[1]["from_path"]);
    assert_eq!(
        (&arguments[2]["from_path"], &arguments[2]["to_path"]),
        (&arguments[0]["to_path"], &json!("/a"))
    );
}

#[tokio::test]
async fn a_case_only_renaming_leaves_no_temporary_name_when_a_reply_is_lost() {
    let moved =
        |path: &str| json_reply(200, &format!(r#"{{"metadata":{}}}"#, tagged(path, "0123456789", "id:a")));
    let options = dropbox_client::MoveOptions::default();
    let lost = || Answer::Bytes(Vec::new());
    // It was carried out.
    let double = Double::answering([lost(), moved("/A")]).await;
    assert_eq!(double.client().file_move("/a", "/A", &options).await.unwrap().path, "/A");
    let arguments: Vec<_> = double.seen().iter().map(super::double::Seen::json).collect();
    assert_eq!(arguments[0]["to_path"], arguments[1]["from_path"]);
    // It was not.
    let missing = || conflict("from_lookup/not_found");
    let double = Double::answering([lost(), missing(), missing()]).await;
    let error = double.client().file_move("/a", "/A", &options).await.unwrap_err();
    assert!(error.may_have_happened(), "{error}");
    // A refusal is one at once.
    let double = Double::answering([missing()]).await;
    let error = double.client().file_move("/a", "/A", &options).await.unwrap_err();
    assert_eq!((error.tags().len(), double.seen().len()), (2, 1));
}

#[tokio::test]
async fn each_letter_of_the_core_api_is_a_size_and_the_picture_fits_inside() {
    // Rows: thumbnail.size, thumbnail.format
    let result = format!(r#"{{"file_metadata":{}}}"#, file_json("/a.png", "0123456789"));
    let picture = || reply(200, &[("Dropbox-API-Result", &result)], b"");
    let double = Double::answering(vec![picture(); 6]).await;
    let client = double.client();
    client.thumbnail("/a.png", &ThumbnailOptions::default()).await.unwrap();
    let sizes =
        [("xs", "w32h32"), ("s", "w64h64"), ("m", "w128h128"), ("l", "w640h480"), ("xl", "w1024h768")];
    for (letter, _) in sizes {
        let options = ThumbnailOptions::default().with_size(core_thumbnail_size(letter).unwrap());
        client.thumbnail("/a.png", &options).await.unwrap();
    }
    let asked: Vec<_> = double.seen().iter().map(super::double::Seen::argument).collect();
    let tag = |argument: &serde_json::Value, name: &str| argument[name][".tag"].as_str().unwrap().to_owned();
    assert_eq!(["size", "format", "mode"].map(|name| tag(&asked[0], name)), ["w128h128", "jpeg", "strict"]);
    for (argument, (letter, size)) in asked[1..].iter().zip(sizes) {
        assert_eq!(tag(argument, "size"), size, "{letter}");
    }
}

#[tokio::test]
async fn no_folder_is_told_with_more_than_25000_entries() {
    // Row: metadata.file_limit
    let page = |number: usize| {
        let entries: Vec<_> =
            (0..2000).map(|index| tagged(&format!("/{number}-{index}"), "0123456789", "id:a")).collect();
        listing(&entries, "next", true)
    };
    let double = Double::answering((0..13).map(page)).await;
    let all = MetadataOptions::default().with_file_limit(1_000_000);
    let error = double.client().metadata("/", &all).await.unwrap_err();
    assert!(matches!(error, ApiError::TooManyEntries { file_limit: 25_000 }), "{error:?}");
    assert_eq!(double.seen().len(), 13);
}

#[tokio::test]
async fn what_is_too_long_for_one_request_goes_in_chunks_though_its_length_is_known() {
    // Row: put_file.file_obj
    let double = Double::answering([text(500, "")]).await;
    let zeros = Bytes::from(vec![0; 1 << 16]);
    let zeros = stream::repeat_with(move || Ok(zeros.clone()));
    let body = Body::from_stream(zeros, Some(150 * 1024 * 1024 + 1));
    double.client().put_file("/long", body, &PutOptions::default()).await.unwrap_err();
    assert_eq!(double.targets(), ["POST /2/files/upload_session/start"]);
}

#[tokio::test]
async fn other_devices_are_not_notified_of_a_muted_upload() {
    // Row: put_file.file_obj
    let file = || json_reply(200, &file_json("/a", "0123456789"));
    let started = json_reply(200, r#"{"session_id":"s"}"#);
    let double = Double::answering([file(), file(), started, file()]).await;
    let (client, muted) = (double.client(), PutOptions::default().with_mute(true));
    client.put_file("/a", "1", &muted).await.unwrap();
    client.put_file("/a", "1", &PutOptions::default()).await.unwrap();
    let mut uploader = client.get_chunked_uploader(&b"1"[..], 1);
    uploader.upload_chunked(None).await.unwrap();
    uploader.finish("/a", &muted).await.unwrap();
    let seen = double.seen();
    assert_eq!((&seen[0].argument()["mute"], &seen[1].argument()["mute"]), (&json!(true), &json!(false)));
    assert_eq!(seen[3].argument()["commit"]["mute"], true);
}

#[tokio::test]
async fn a_longpoll_whose_cursor_is_of_no_use_tells_to_ask_again() {
    // Row: longpoll_delta
    let double = Double::answering([listing(&[], "one", false), conflict("reset")]).await;
    let client = double.client();
    let cursor = client.delta(None, None).await.unwrap().cursor;
    let news = client.longpoll_delta(&cursor, 30).await.unwrap();
    assert_eq!((news.changes, news.backoff), (true, None));
    assert_eq!(double.seen()[1].json(), json!({"cursor": "one", "timeout": 30}));
}

#[test]
fn what_the_core_api_did_by_default_is_done_by_default() {
    // Rows: share.short_url, ChunkedUploader.upload_chunked.chunk_size
    assert!(ShareOptions::default().short_url);
    assert_eq!(dropbox_client::CHUNK_BYTES, 4_194_304);
    let put = PutOptions::default();
    assert!(!put.overwrite && put.parent_rev.is_none() && !put.mute);
    assert!(MetadataOptions::default().list && !MetadataOptions::default().include_deleted);
}
