//! `users/*`: whose account this is and how full it is (reference §3.1).

use super::path_root::RootInfo;
use super::route::routes;
use super::stone::{record, union};

routes! {
    GET_CURRENT_ACCOUNT: Rpc<(), FullAccount, ()> = "users/get_current_account", Api, User, AccountInfoRead;
    GET_SPACE_USAGE: Rpc<(), SpaceUsage, ()> = "users/get_space_usage", Api, User, AccountInfoRead;
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
    pub closed union AccountType {
        Basic = "basic",
        Pro = "pro",
        Business = "business",
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
