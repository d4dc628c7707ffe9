//! Shared folders as Dropbox describes them, and its refusals to mount and unmount them.

use super::results::{reads, same};
use dropbox_protocol::error::ErrorReply;
use dropbox_protocol::sharing::*;

/// With fields that this library has not: the link of the folder, and permissions that nobody asked for.
const UNMOUNTED: &str = r#"{
    "access_type": {".tag": "viewer"}, "is_inside_team_folder": false, "is_team_folder": false,
    "name": "dir", "policy": {
        "acl_update_policy": {".tag": "owner"}, "shared_link_policy": {".tag": "anyone"},
        "member_policy": {".tag": "anyone"}, "resolved_member_policy": {".tag": "team"}
    },
    "preview_url": "https://www.dropbox.com/scl/fo/fir9vjelf", "shared_folder_id": "84528192421",
    "time_invited": "2016-01-20T00:00:00Z", "access_inheritance": {".tag": "inherit"},
    "owner_display_names": ["Jane Doe"], "owner_team": {"id": "dbtid:AA", "name": "Acme, Inc."},
    "link_metadata": {"url": "", "password_protected": false, "audience_options": []}, "permissions": []
}"#;

fn unmounted() -> SharedFolderMetadata {
    let policy = FolderPolicy {
        member_policy: Some(MemberPolicy::Anyone),
        resolved_member_policy: Some(MemberPolicy::Team),
        ..FolderPolicy::new(AclUpdatePolicy::Owner, SharedLinkPolicy::Anyone)
    };
    SharedFolderMetadata {
        owner_display_names: Some(vec!["Jane Doe".to_owned()]),
        owner_team: Some(TeamInfo::new("dbtid:AA", "Acme, Inc.")),
        ..SharedFolderMetadata::new(
            AccessLevel::Viewer,
            false,
            false,
            "dir",
            policy,
            "https://www.dropbox.com/scl/fo/fir9vjelf",
            "84528192421",
            "2016-01-20T00:00:00Z".parse::<dropbox_protocol::Timestamp>().unwrap(),
        )
    }
}

#[test]
fn a_folder_that_is_not_mounted_has_no_path() {
    reads(UNMOUNTED, &unmounted());
    let mounted = UNMOUNTED.replacen('{', r#"{"path_lower": "/dir", "path_display": "/Dir","#, 1);
    let path = |path: &str| Some(path.to_owned());
    reads(
        &mounted,
        &SharedFolderMetadata { path_lower: path("/dir"), path_display: path("/Dir"), ..unmounted() },
    );
    let page = ListFoldersResult { entries: vec![unmounted()].into(), cursor: Some("next".to_owned()) };
    reads(&format!(r#"{{"entries": [{UNMOUNTED}], "cursor": "next"}}"#), &page);
}

#[test]
fn what_is_asked_for_is_written_as_dropbox_reads_it() {
    same(r#"{"limit":1000}"#, &ListFoldersArgs::new());
    same(r#"{"cursor":"next"}"#, &ListFoldersContinueArg::new("next"));
    same(r#"{"shared_folder_id":"84528192421"}"#, &MountFolderArg::new("84528192421"));
    same(r#"{"shared_folder_id":"84528192421"}"#, &UnmountFolderArg::new("84528192421"));
}

#[test]
fn refusals_to_mount_and_unmount_are_told_apart() {
    let not_a_member = MountFolderError::AccessError(SharedFolderAccessError::NotAMember);
    same(r#"{".tag":"access_error","access_error":{".tag":"not_a_member"}}"#, &not_a_member);
    let amounts = InsufficientQuotaAmounts { space_needed: 400, space_shortage: 300, space_left: 100 };
    let no_room = MountFolderError::InsufficientQuota(amounts);
    same(
        r#"{".tag":"insufficient_quota","space_needed":400,"space_shortage":300,"space_left":100}"#,
        &no_room,
    );
    for (tag, error) in [
        ("inside_shared_folder", MountFolderError::InsideSharedFolder),
        ("already_mounted", MountFolderError::AlreadyMounted),
        ("no_permission", MountFolderError::NoPermission),
        ("not_mountable", MountFolderError::NotMountable),
        ("must_automount", MountFolderError::MustAutomount),
    ] {
        same(&format!(r#"{{".tag":"{tag}"}}"#), &error);
        let reply = format!(r#"{{"error_summary":"{tag}/..","error":{{".tag":"{tag}"}}}}"#);
        reads(&reply, &ErrorReply { error_summary: format!("{tag}/.."), error, user_message: None });
    }
    let unmounted = UnmountFolderError::AccessError(SharedFolderAccessError::Unmounted);
    same(r#"{".tag":"access_error","access_error":{".tag":"unmounted"}}"#, &unmounted);
    same(r#"{".tag":"no_permission"}"#, &UnmountFolderError::NoPermission);
    same(r#"{".tag":"not_unmountable"}"#, &UnmountFolderError::NotUnmountable);
    reads(r#"{".tag":"something_new"}"#, &MountFolderError::Other);
    same(r#"{".tag":"invalid_cursor"}"#, &ListFoldersContinueError::InvalidCursor);
}
