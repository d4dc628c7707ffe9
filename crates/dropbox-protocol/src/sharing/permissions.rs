//! What may be done with a link, and by whom.

use super::LinkAudience;
use crate::stone::{record, union};

record! {
    pub struct LinkPermissions {
        pub can_revoke: bool,
        pub visibility_policies: Vec<VisibilityPolicy>,
        pub can_set_expiry: bool,
        pub can_remove_expiry: bool,
        pub allow_download: bool,
        pub can_allow_download: bool,
        pub can_disallow_download: bool,
        /// Deprecated, but required by clients.
        pub allow_comments: bool,
        /// Deprecated, but required by clients.
        pub team_restricts_comments: bool,
        pub resolved_visibility: Option<ResolvedVisibility> = None,
        pub requested_visibility: Option<RequestedVisibility> = None,
        pub revoke_failure_reason: Option<SharedLinkAccessFailureReason> = None,
        pub effective_audience: Option<LinkAudience> = None,
        pub link_access_level: Option<LinkAccessLevel> = None,
        pub audience_options: Option<Vec<LinkAudienceOption>> = None,
        pub can_set_password: Option<bool> = None,
        pub can_remove_password: Option<bool> = None,
        pub require_password: Option<bool> = None,
        pub can_use_extended_sharing_controls: Option<bool> = None,
        pub can_sync: Option<bool> = None,
        pub can_request_access: Option<bool> = None,
    }

    pub struct VisibilityPolicy {
        pub policy: RequestedVisibility,
        pub resolved_policy: ResolvedVisibility,
        pub allowed: bool,
        pub disallowed_reason: Option<DisallowedReason> = None,
    }

    pub struct LinkAudienceOption {
        pub audience: LinkAudience,
        pub allowed: bool,
        pub disallowed_reason: Option<DisallowedReason> = None,
    }
}

union! {
    pub closed union RequestedVisibility {
        Public = "public",
        TeamOnly = "team_only",
        Password = "password",
    }

    pub open union ResolvedVisibility {
        Public = "public",
        TeamOnly = "team_only",
        Password = "password",
        TeamAndPassword = "team_and_password",
        SharedFolderOnly = "shared_folder_only",
        NoOne = "no_one",
        OnlyYou = "only_you",
    }

    pub open union LinkAccessLevel {
        Viewer = "viewer",
        Editor = "editor",
    }

    /// Why an audience or visibility cannot be chosen.
    pub open union DisallowedReason {
        DeleteAndRecreate = "delete_and_recreate",
        RestrictedBySharedFolder = "restricted_by_shared_folder",
        RestrictedByTeam = "restricted_by_team",
        UserNotOnTeam = "user_not_on_team",
        UserAccountType = "user_account_type",
        PermissionDenied = "permission_denied",
    }

    pub open union SharedLinkAccessFailureReason {
        LoginRequired = "login_required",
        EmailVerifyRequired = "email_verify_required",
        PasswordRequired = "password_required",
        TeamOnly = "team_only",
        OwnerOnly = "owner_only",
    }
}
