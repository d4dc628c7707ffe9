//! Arguments as real clients write them, which is not always how we would.

use dropbox_protocol::files::*;
use dropbox_protocol::sharing::{ListSharedLinksArg, SharedLinkSettings};

use super::results::{fails, reads, same};

#[test]
fn an_argument_may_be_as_short_as_its_required_fields() {
    reads(r#"{"path":""}"#, &ListFolderArg::new(""));
    reads(r#"{"path":"/a"}"#, &UploadArg::new("/a"));
    reads("{}", &ListSharedLinksArg::new());
    assert!(fails::<ListFolderArg>("{}").contains("missing field `path`"));
}

#[test]
fn defaults_are_those_of_the_reference() {
    let list = ListFolderArg::new("");
    assert!(list.include_mounted_folders && list.include_non_downloadable_files && !list.recursive);
    assert_eq!(ListFolderLongpollArg::new("c").timeout, 30);
    let options = SearchOptions::new();
    assert_eq!(
        (options.max_results, options.file_status, options.filename_only),
        (100, FileStatus::Active, false)
    );
    assert_eq!(ListRevisionsArg::new("/a").limit, 10);
    let thumbnail = ThumbnailV2Arg::new(PathOrLink::Path("/a".into()));
    assert_eq!(
        (thumbnail.format.tag(), thumbnail.size.tag(), thumbnail.mode.tag()),
        ("jpeg", "w64h64", "strict")
    );
    reads(
        r#"{"commit_info":{"path":"/a"},"duration":14400}"#,
        &GetTemporaryUploadLinkArg::new(CommitInfo::new("/a")),
    );
}

#[test]
fn a_default_must_not_be_null_but_a_nullable_may() {
    fails::<ListFolderArg>(r#"{"path":"","recursive":null}"#);
    reads(r#"{"path":"","limit":null}"#, &ListFolderArg::new(""));
}

#[test]
fn bare_strings_stand_for_members_without_a_value_at_every_depth() {
    let commit = CommitInfo { mode: WriteMode::Overwrite, ..CommitInfo::new("/a") };
    reads(r#"{"path":"/a","mode":"overwrite"}"#, &commit);
    let finish = UploadSessionFinishArg::new(UploadSessionCursor::new("s", 5_u64), commit);
    reads(
        r#"{"entries":[{"cursor":{"session_id":"s","offset":5},"commit":{"mode":"overwrite","path":"/a"}}]}"#,
        &UploadSessionFinishBatchArg::new(vec![finish]),
    );
    reads(
        r#"{"entries":[{"path":"/a","size":"w128h128","format":"png"}]}"#,
        &GetThumbnailBatchArg::new(vec![ThumbnailArg {
            size: ThumbnailSize::W128H128,
            format: ThumbnailFormat::Png,
            ..ThumbnailArg::new("/a")
        }]),
    );
    reads(
        r#"{"audience":"public","access":"viewer","requested_visibility":"public"}"#,
        &serde_json::from_str::<SharedLinkSettings>(
            r#"{"audience":{".tag":"public"},"access":{".tag":"viewer"},"requested_visibility":{".tag":"public"}}"#,
        )
        .unwrap(),
    );
    assert!(fails::<WriteMode>(r#""update""#).contains("missing field `update`"));
    fails::<WriteMode>(r#""nonsense""#);
}

#[test]
fn unions_are_written_as_objects() {
    let upload = UploadArg { mode: WriteMode::Update("0123456789a".into()), ..UploadArg::new("/a") };
    same(
        r#"{"path":"/a","mode":{".tag":"update","update":"0123456789a"},"autorename":false,"mute":false,"strict_conflict":false}"#,
        &upload,
    );
}

#[test]
fn unknown_fields_are_ignored_as_new_clients_send_them() {
    reads(
        r#"{"resource":{".tag":"path","path":"/a"},"preserve_transparency":false}"#,
        &ThumbnailV2Arg::new(PathOrLink::Path("/a".into())),
    );
}

#[test]
fn a_link_as_thumbnail_source_is_flat() {
    same(
        r#"{".tag":"link","url":"https://x/","path":"/p"}"#,
        &PathOrLink::Link(SharedLinkFileInfo {
            path: Some("/p".into()),
            ..SharedLinkFileInfo::new("https://x/")
        }),
    );
}

#[test]
fn passwords_travel_but_do_not_print() {
    let settings = SharedLinkSettings { link_password: Some("hunter2".into()), ..SharedLinkSettings::new() };
    same(r#"{"link_password":"hunter2"}"#, &settings);
    assert!(!format!("{settings:?}").contains("hunter2"));
}
