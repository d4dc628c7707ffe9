//! Who takes part in a shared folder. Groups are counted but not described further.

use crate::stone::{record, union};

record! {
    pub struct ListFolderMembersArg {
        pub shared_folder_id: String,
        /// What the caller would like to do to members; the reply says whether they may.
        pub actions: Option<Vec<MemberAction>> = None,
        /// At most 1000.
        pub limit: u32 = 1000,
        pub path: Option<String> = None,
    }

    pub struct SharedFolderMembers {
        pub users: Vec<UserMembershipInfo>,
        pub groups: Vec<GroupMembershipInfo>,
        pub invitees: Vec<InviteeMembershipInfo>,
        pub cursor: Option<String> = None,
    }

    pub struct UserMembershipInfo {
        pub access_type: AccessLevel,
        pub user: UserInfo,
        pub is_inherited: bool = false,
    }

    pub struct UserInfo {
        pub account_id: String,
        pub email: String,
        pub display_name: String,
        pub same_team: bool,
        pub team_member_id: Option<String> = None,
    }

    pub struct GroupMembershipInfo {
        pub access_type: AccessLevel,
        pub group: GroupInfo,
        pub is_inherited: bool = false,
    }

    pub struct GroupInfo {
        pub group_name: String,
        pub group_id: String,
        pub member_count: Option<u32> = None,
    }

    pub struct InviteeMembershipInfo {
        pub access_type: AccessLevel,
        pub invitee: InviteeInfo,
        pub is_inherited: bool = false,
        pub user: Option<UserInfo> = None,
    }
}

union! {
    pub open union MemberAction {
        LeaveACopy = "leave_a_copy",
        MakeEditor = "make_editor",
        MakeOwner = "make_owner",
        MakeViewer = "make_viewer",
        MakeViewerNoComment = "make_viewer_no_comment",
        Remove = "remove",
    }

    pub open union AccessLevel {
        Owner = "owner",
        Editor = "editor",
        Viewer = "viewer",
        ViewerNoComment = "viewer_no_comment",
        Traverse = "traverse",
        NoAccess = "no_access",
    }

    pub open union InviteeInfo {
        Email(nested String) = "email",
    }

    pub open union SharedFolderAccessError {
        InvalidId = "invalid_id",
        NotAMember = "not_a_member",
        InvalidMember = "invalid_member",
        EmailUnverified = "email_unverified",
        Unmounted = "unmounted",
    }
}
