//! Which namespace a path starts from: the header `Dropbox-API-Path-Root` and the account's root (reference §2.4).

use super::stone::{record, union};

union! {
    /// The value of the header `Dropbox-API-Path-Root`.
    pub open union PathRoot {
        Home = "home",
        Root(nested String) = "root",
        NamespaceId(nested String) = "namespace_id",
    }

    /// Where an account's paths start.
    pub open union RootInfo {
        Team(flat TeamRootInfo) = "team",
        User(flat UserRootInfo) = "user",
    }

    /// Why a 422 came.
    pub open union PathRootError {
        InvalidRoot(nested RootInfo) = "invalid_root",
        NoPermission = "no_permission",
    }
}

record! {
    pub struct UserRootInfo {
        pub root_namespace_id: String,
        pub home_namespace_id: String,
        pub home_path: Option<String> = None,
    }

    pub struct TeamRootInfo {
        pub root_namespace_id: String,
        pub home_namespace_id: String,
        pub home_path: String,
    }
}
