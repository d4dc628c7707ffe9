//! What a link is asked to be.

use super::RequestedVisibility;
use crate::stone::{record, union};
use crate::{Secret, Timestamp};

record! {
    pub struct SharedLinkSettings {
        pub require_password: Option<bool> = None,
        pub link_password: Option<Secret> = None,
        /// Not for basic accounts.
        pub expires: Option<Timestamp> = None,
        pub audience: Option<LinkAudience> = None,
        pub access: Option<RequestedLinkAccessLevel> = None,
        /// Deprecated in favour of `audience`.
        pub requested_visibility: Option<RequestedVisibility> = None,
        pub allow_download: Option<bool> = None,
    }
}

union! {
    pub open union LinkAudience {
        Public = "public",
        Team = "team",
        NoOne = "no_one",
        Password = "password",
        Members = "members",
        PublicLoggedInOnly = "public_logged_in_only",
    }

    pub open union RequestedLinkAccessLevel {
        Viewer = "viewer",
        Editor = "editor",
        Max = "max",
        Default = "default",
    }

    pub closed union SharedLinkSettingsError {
        InvalidSettings = "invalid_settings",
        /// The account may not ask for this.
        NotAuthorized = "not_authorized",
    }
}
