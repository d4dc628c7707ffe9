//! Replies as Dropbox writes them: read into types, and written back the same.

use dropbox_protocol::error::{ErrorReply, RateLimitError, RateLimitReason};
use dropbox_protocol::files::*;
use dropbox_protocol::path_root::{PathRoot, RootInfo, UserRootInfo};
use dropbox_protocol::sharing::*;
use dropbox_protocol::users::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// `json` reads as `value`, and `value` is written exactly as `json`.
#[track_caller]
pub fn same<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str, value: &T) {
    assert_eq!(&serde_json::from_str::<T>(json).unwrap(), value);
    assert_eq!(serde_json::to_string(value).unwrap(), json);
}

/// `json` reads as `value`, though we would write it differently.
#[track_caller]
pub fn reads<T: DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str, value: &T) {
    assert_eq!(&serde_json::from_str::<T>(json).unwrap(), value);
}

#[track_caller]
pub fn fails<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
    serde_json::from_str::<T>(json).unwrap_err().to_string()
}

pub const FILE_FIELDS: &str = r#""name":"a.txt","id":"id:abc","client_modified":"2011-07-20T22:04:50Z","server_modified":"2011-07-20T22:05:00Z","rev":"0123456789abc","size":77,"path_lower":"/a.txt","path_display":"/A.txt","is_downloadable":true"#;

pub fn file() -> FileMetadata {
    FileMetadata {
        path_lower: Some("/a.txt".into()),
        path_display: Some("/A.txt".into()),
        ..FileMetadata::new(
            "a.txt",
            "id:abc",
            "2011-07-20T22:04:50Z".parse::<dropbox_protocol::Timestamp>().unwrap(),
            "2011-07-20T22:05:00Z".parse::<dropbox_protocol::Timestamp>().unwrap(),
            "0123456789abc",
            77_u64,
        )
    }
}

#[test]
fn the_subtypes_of_metadata_stand_beside_their_tag() {
    same(&format!("{{\".tag\":\"file\",{FILE_FIELDS}}}"), &Metadata::File(file()));
    same(r#"{".tag":"folder","name":"f","id":"id:f"}"#, &Metadata::Folder(FolderMetadata::new("f", "id:f")));
    same(r#"{".tag":"deleted","name":"gone"}"#, &Metadata::Deleted(DeletedMetadata::new("gone")));
}

#[test]
fn a_leaf_has_no_tag_and_a_surplus_one_is_harmless() {
    same(&format!("{{{FILE_FIELDS}}}"), &file());
    reads(&format!("{{\".tag\":\"file\",{FILE_FIELDS}}}"), &file());
}

#[test]
fn the_order_of_fields_and_unknown_fields_do_not_matter() {
    reads(&format!("{{{FILE_FIELDS},\"new\":{{\"x\":[1]}},\".tag\":\"file\"}}"), &Metadata::File(file()));
    reads(
        r#"{"path":{"not_found":null,".tag":"not_found"},"more":1,".tag":"path"}"#,
        &GetMetadataError::Path(LookupError::NotFound),
    );
}

#[test]
fn what_may_be_missing_may_also_be_null() {
    reads(
        r#"{".tag":"deleted","name":"gone","path_lower":null,"is_restorable":null}"#,
        &Metadata::Deleted(DeletedMetadata::new("gone")),
    );
    reads(r#"{".tag":"malformed_path","malformed_path":null}"#, &LookupError::MalformedPath(None));
    same(r#"{".tag":"malformed_path"}"#, &LookupError::MalformedPath(None));
    same(
        r#"{".tag":"malformed_path","malformed_path":"why"}"#,
        &LookupError::MalformedPath(Some("why".into())),
    );
}

#[test]
fn a_closed_union_refuses_what_an_open_one_reads_as_other() {
    reads(r#"{".tag":"brand_new","brand_new":{"a":1}}"#, &LookupError::Other);
    reads(r#"{".tag":"other"}"#, &LookupError::Other);
    assert!(fails::<Metadata>(r#"{".tag":"brand_new","name":"x"}"#).contains("brand_new"));
    assert!(serde_json::to_string(&LookupError::Other).is_err(), "the catch-all is never written");
}

#[test]
fn malformed_replies_are_errors_and_say_where() {
    for json in [
        "{}",
        "[]",
        "5",
        "null",
        r#"{".tag":5}"#,
        r#"{"name":"x"}"#,
        r#"{".tag":"file"}"#,
        r#"{".tag":"folder","name":"f"}"#,
        r#"{".tag":"folder","name":1,"id":"x"}"#,
        r#"{".tag":"folder","name":"f","id":"x""#,
    ] {
        fails::<Metadata>(json);
    }
    assert!(fails::<Metadata>(r#"{".tag":"folder","name":"f"}"#).contains("missing field `id`"));
    assert!(fails::<GetMetadataError>(r#"{".tag":"path"}"#).contains("missing field `path`"));
    assert!(fails::<FileMetadata>(&format!("{{{FILE_FIELDS},\"size\":1.0}}")).contains("floating point"));
}

#[test]
fn media_info_nests_its_subtypes() {
    same(
        r#"{".tag":"metadata","metadata":{".tag":"photo","dimensions":{"height":3,"width":4},"location":{"latitude":1.5,"longitude":-2.0}}}"#,
        &MediaInfo::Metadata(MediaMetadata::Photo(PhotoMetadata {
            dimensions: Some(Dimensions::new(3_u64, 4_u64)),
            location: Some(GpsCoordinates::new(1.5, -2.0)),
            ..PhotoMetadata::new()
        })),
    );
    same(r#"{".tag":"pending"}"#, &MediaInfo::Pending);
}

#[test]
fn a_listing_has_entries_a_cursor_and_more() {
    same(
        r#"{"entries":[{".tag":"folder","name":"f","id":"id:f"}],"cursor":"c","has_more":false}"#,
        &ListFolderResult::new(vec![Metadata::Folder(FolderMetadata::new("f", "id:f"))], "c", false),
    );
    same(r#"{"changes":true}"#, &ListFolderLongpollResult::new(true));
    reads(
        r#"{"changes":false,"backoff":60}"#,
        &ListFolderLongpollResult { changes: false, backoff: Some(60) },
    );
}

#[test]
fn a_search_match_wraps_metadata_twice() {
    same(
        r#"{"metadata":{".tag":"metadata","metadata":{".tag":"folder","name":"f","id":"id:f"}},"match_type":{".tag":"filename"}}"#,
        &SearchMatch {
            match_type: Some(SearchMatchType::Filename),
            ..SearchMatch::new(MetadataV2::Metadata(Metadata::Folder(FolderMetadata::new("f", "id:f"))))
        },
    );
}

#[test]
fn revisions_of_older_services_lack_has_more() {
    reads(r#"{"is_deleted":false,"entries":[]}"#, &ListRevisionsResult::new(false, vec![]));
    same(r#"{"is_deleted":false,"entries":[],"has_more":false}"#, &ListRevisionsResult::new(false, vec![]));
}

#[test]
fn an_account_has_all_that_clients_demand() {
    let json = r#"{"account_id":"dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc","name":{"given_name":"Franz","surname":"Ferdinand","familiar_name":"Franz","display_name":"Franz Ferdinand","abbreviated_name":"FF"},"email":"franz@example.com","email_verified":true,"disabled":false,"locale":"en","referral_link":"https://db.tt/ZITNuhtI","is_paired":false,"account_type":{".tag":"basic"},"root_info":{".tag":"user","root_namespace_id":"7","home_namespace_id":"7"},"country":"US"}"#;
    let account: FullAccount = serde_json::from_str(json).unwrap();
    assert_eq!(account.root_info, RootInfo::User(UserRootInfo::new("7", "7")));
    same(json, &account);
    same(
        r#"{"used":5,"allocation":{".tag":"individual","allocated":10}}"#,
        &SpaceUsage::new(5_u64, SpaceAllocation::Individual(IndividualSpaceAllocation::new(10_u64))),
    );
}

#[test]
fn a_shared_link_always_has_its_tag() {
    let json = r#"{".tag":"folder","url":"https://www.dropbox.com/scl/fo/x?rlkey=k&dl=0","name":"f","link_permissions":{"can_revoke":true,"visibility_policies":[{"policy":{".tag":"public"},"resolved_policy":{".tag":"public"},"allowed":true}],"can_set_expiry":false,"can_remove_expiry":false,"allow_download":true,"can_allow_download":true,"can_disallow_download":false,"allow_comments":false,"team_restricts_comments":false,"effective_audience":{".tag":"public"}}}"#;
    let link: SharedLinkMetadata = serde_json::from_str(json).unwrap();
    assert_eq!(link.url(), Some("https://www.dropbox.com/scl/fo/x?rlkey=k&dl=0"));
    same(json, &link);
    let exists = format!(
        r#"{{".tag":"shared_link_already_exists","shared_link_already_exists":{{".tag":"metadata","metadata":{json}}}}}"#
    );
    same(
        &exists,
        &CreateSharedLinkWithSettingsError::SharedLinkAlreadyExists(Some(
            SharedLinkAlreadyExistsMetadata::Metadata(link),
        )),
    );
    same(
        r#"{".tag":"shared_link_already_exists"}"#,
        &CreateSharedLinkWithSettingsError::SharedLinkAlreadyExists(None),
    );
}

#[test]
fn an_error_travels_in_its_envelope_with_a_summary() {
    let reply = ErrorReply::new(RelocationError::To(WriteError::Conflict(WriteConflictError::Folder)));
    assert_eq!(
        serde_json::to_string(&reply).unwrap(),
        r#"{"error_summary":"to/conflict/folder/..","error":{".tag":"to","to":{".tag":"conflict","conflict":{".tag":"folder"}}}}"#
    );
    reads(
        r#"{"error_summary":"too_many_requests/..","error":{"reason":{".tag":"too_many_requests"},"retry_after":15}}"#,
        &ErrorReply {
            error_summary: "too_many_requests/..".into(),
            error: RateLimitError { reason: RateLimitReason::TooManyRequests, retry_after: 15 },
            user_message: None,
        },
    );
}

#[test]
fn the_path_root_header_is_a_union() {
    same(r#"{".tag":"home"}"#, &PathRoot::Home);
    same(r#"{".tag":"root","root":"7"}"#, &PathRoot::Root("7".into()));
    same(r#"{".tag":"namespace_id","namespace_id":"7"}"#, &PathRoot::NamespaceId("7".into()));
}

#[test]
fn other_accounts_have_names_and_one_that_is_unknown_is_named() {
    let name = r#"{"given_name":"Ada","surname":"Lovelace","familiar_name":"Ada","display_name":"Ada Lovelace","abbreviated_name":"AL"}"#;
    let account = format!(
        r#"{{"account_id":"dbid:AAH4","name":{name},"email":"ada@example.org","email_verified":true,"disabled":false,"is_teammate":false}}"#
    );
    let ada = Name::new("Ada", "Lovelace", "Ada", "Ada Lovelace", "AL");
    let ada = BasicAccount::new("dbid:AAH4", ada, "ada@example.org", true, false, false);
    same(&format!("[{account}]"), &vec![ada]);
    same(r#"{"account_ids":["dbid:AAH4"]}"#, &GetAccountBatchArg::new(vec!["dbid:AAH4".to_owned()]));
    let unknown = GetAccountBatchError::NoAccount("dbid:AAH4".to_owned());
    same(r#"{".tag":"no_account","no_account":"dbid:AAH4"}"#, &unknown);
}
