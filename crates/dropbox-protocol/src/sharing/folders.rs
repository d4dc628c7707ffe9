//! Shared folders: which of them there are, and whether they are in the person’s Dropbox (mounted). Permissions, which are
//! told to those alone who ask for them, and the link of a folder are left out.

use super::{AccessLevel, SharedFolderAccessError, TeamInfo};
use crate::stone::{record, union};
use crate::{ReadableList, Timestamp};

record! {
    pub struct ListFoldersArgs {
        /// 1 to 1000.
        pub limit: u32 = 1000,
    }

    pub struct ListFoldersContinueArg {
        pub cursor: String,
    }

    pub struct ListFoldersResult {
        pub entries: ReadableList<SharedFolderMetadata>,
        /// Only when there are more.
        pub cursor: Option<String> = None,
    }

    pub struct SharedFolderMetadata {
        pub access_type: AccessLevel,
        pub is_inside_team_folder: bool,
        pub is_team_folder: bool,
        pub name: String,
        pub policy: FolderPolicy,
        pub preview_url: String,
        pub shared_folder_id: String,
        pub time_invited: Timestamp,
        /// Of the owners, and of the administrators of the team if it is part of a team folder.
        pub owner_display_names: Option<Vec<String>> = None,
        pub owner_team: Option<TeamInfo> = None,
        pub parent_shared_folder_id: Option<String> = None,
        /// Absent if the folder is not mounted.
        pub path_display: Option<String> = None,
        /// Absent if the folder is not mounted.
        pub path_lower: Option<String> = None,
        pub parent_folder_name: Option<String> = None,
        pub access_inheritance: AccessInheritance = (AccessInheritance::Inherit),
        pub folder_id: Option<String> = None,
    }

    pub struct FolderPolicy {
        pub acl_update_policy: AclUpdatePolicy,
        pub shared_link_policy: SharedLinkPolicy,
        /// Both are only told of folders that a team owns.
        pub member_policy: Option<MemberPolicy> = None,
        pub resolved_member_policy: Option<MemberPolicy> = None,
        pub viewer_info_policy: Option<ViewerInfoPolicy> = None,
    }

    pub struct MountFolderArg {
        pub shared_folder_id: String,
    }

    pub struct UnmountFolderArg {
        pub shared_folder_id: String,
    }

    /// Bytes.
    pub struct InsufficientQuotaAmounts {
        pub space_needed: u64,
        pub space_shortage: u64,
        pub space_left: u64,
    }
}

union! {
    pub open union ListFoldersContinueError {
        InvalidCursor = "invalid_cursor",
    }

    pub open union MountFolderError {
        AccessError(nested SharedFolderAccessError) = "access_error",
        InsideSharedFolder = "inside_shared_folder",
        InsufficientQuota(flat InsufficientQuotaAmounts) = "insufficient_quota",
        AlreadyMounted = "already_mounted",
        NoPermission = "no_permission",
        /// As when it belongs into a team folder of the person’s Dropbox.
        NotMountable = "not_mountable",
        /// Dropbox mounts it by itself.
        MustAutomount = "must_automount",
    }

    pub open union UnmountFolderError {
        AccessError(nested SharedFolderAccessError) = "access_error",
        NoPermission = "no_permission",
        /// As when the folder that it is in is shared as well.
        NotUnmountable = "not_unmountable",
    }

    /// Who may be a member.
    pub open union MemberPolicy {
        Team = "team",
        Anyone = "anyone",
        TeamAndApproved = "team_and_approved",
    }

    /// Who may add and remove members.
    pub open union AclUpdatePolicy {
        Owner = "owner",
        Editors = "editors",
    }

    /// With whom links may be shared.
    pub open union SharedLinkPolicy {
        Anyone = "anyone",
        Team = "team",
        Members = "members",
    }

    pub open union ViewerInfoPolicy {
        Enabled = "enabled",
        Disabled = "disabled",
    }

    /// Whether a folder has the members of the one that it is in.
    pub open union AccessInheritance {
        Inherit = "inherit",
        NoInherit = "no_inherit",
    }
}
