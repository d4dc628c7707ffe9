//! `users/*`: whose account this is, how full it is, what it can do, and who others are (reference §3.1).

use super::path_root::RootInfo;
use super::route::routes;
use super::stone::{record, union};

routes! {
    GET_CURRENT_ACCOUNT: Rpc<(), FullAccount, ()> = "users/get_current_account", Api, User, Safe, AccountInfoRead;
    GET_SPACE_USAGE: Rpc<(), SpaceUsage, ()> = "users/get_space_usage", Api, User, Safe, AccountInfoRead;
    FEATURES_GET_VALUES: Rpc<UserFeaturesGetValuesBatchArg, UserFeaturesGetValuesBatchResult, UserFeaturesGetValuesBatchError>
        = "users/features/get_values", Api, User, Safe, AccountInfoRead;
    GET_ACCOUNT: Rpc<GetAccountArg, BasicAccount, GetAccountError> = "users/get_account", Api, User, Safe, SharingRead;
    /// The result has the accounts in the order of the request.
    GET_ACCOUNT_BATCH: Rpc<GetAccountBatchArg, Vec<BasicAccount>, GetAccountBatchError>
        = "users/get_account_batch", Api, User, Safe, SharingRead;
}

record! {
    pub struct FullAccount {
        /// Always 40 characters.
        pub account_id: String,
        pub name: Name,
        pub email: String,
        pub email_verified: bool,
        pub disabled: bool,
        /// A language tag of at least two characters.
        pub locale: String,
        pub referral_link: String,
        /// Whether a personal and a work account are linked.
        pub is_paired: bool,
        pub account_type: AccountType,
        pub root_info: RootInfo,
        pub profile_photo_url: Option<String> = None,
        /// Two letters.
        pub country: Option<String> = None,
        pub team: Option<FullTeam> = None,
        pub team_member_id: Option<String> = None,
    }

    pub struct Name {
        pub given_name: String,
        pub surname: String,
        pub familiar_name: String,
        pub display_name: String,
        pub abbreviated_name: String,
    }

    /// The team of a member, without its policies.
    pub struct FullTeam {
        pub id: String,
        pub name: String,
    }

    pub struct GetAccountArg {
        pub account_id: String,
    }

    pub struct GetAccountBatchArg {
        /// 1 to 300.
        pub account_ids: Vec<String>,
    }

    /// What one person may know of another.
    pub struct BasicAccount {
        pub account_id: String,
        pub name: Name,
        pub email: String,
        pub email_verified: bool,
        pub disabled: bool,
        /// True of oneself too.
        pub is_teammate: bool,
        pub profile_photo_url: Option<String> = None,
        pub team_member_id: Option<String> = None,
    }

    pub struct UserFeaturesGetValuesBatchArg {
        pub features: Vec<UserFeature>,
    }

    pub struct UserFeaturesGetValuesBatchResult {
        pub values: Vec<UserFeatureValue>,
    }

    pub struct SpaceUsage {
        /// Bytes in use by the account.
        pub used: u64,
        pub allocation: SpaceAllocation,
    }

    pub struct IndividualSpaceAllocation {
        /// Bytes.
        pub allocated: u64,
    }

    pub struct TeamSpaceAllocation {
        /// Bytes in use by the whole team.
        pub used: u64,
        pub allocated: u64,
        /// Bytes this member may use, 0 for no limit of their own.
        pub user_within_team_space_allocated: u64,
        pub user_within_team_space_limit_type: MemberSpaceLimitType,
        pub user_within_team_space_used_cached: u64,
    }
}

union! {
    pub open union AccountType {
        Basic = "basic",
        Pro = "pro",
        Business = "business",
    }

    pub open union GetAccountError {
        NoAccount = "no_account",
    }

    pub open union GetAccountBatchError {
        /// The first id that is nobody's.
        NoAccount(nested String) = "no_account",
    }

    pub open union UserFeature {
        /// Whether Paper documents are files with the extension `.paper`.
        PaperAsFiles = "paper_as_files",
        /// Whether files can be locked against the edits of others.
        FileLocking = "file_locking",
        TeamSharedDropbox = "team_shared_dropbox",
        DistinctMemberHome = "distinct_member_home",
    }

    pub open union UserFeatureValue {
        PaperAsFiles(nested FeatureState) = "paper_as_files",
        FileLocking(nested FeatureState) = "file_locking",
        TeamSharedDropbox(nested FeatureState) = "team_shared_dropbox",
        DistinctMemberHome(nested FeatureState) = "distinct_member_home",
    }

    pub open union FeatureState {
        Enabled(nested bool) = "enabled",
    }

    pub open union UserFeaturesGetValuesBatchError {
        EmptyFeaturesList = "empty_features_list",
    }

    pub open union SpaceAllocation {
        Individual(flat IndividualSpaceAllocation) = "individual",
        Team(flat TeamSpaceAllocation) = "team",
    }

    pub open union MemberSpaceLimitType {
        Off = "off",
        AlertOnly = "alert_only",
        StopSync = "stop_sync",
    }
}
