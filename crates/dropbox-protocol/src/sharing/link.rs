//! Shared links: making, listing, reading and ending them.

use super::{LinkPermissions, SharedLinkSettings, SharedLinkSettingsError};
use crate::files::LookupError;
use crate::stone::{record, union};
use crate::{ReadableList, Secret, Timestamp};

union! {
    /// A link to a file or to a folder.
    pub open union SharedLinkMetadata {
        File(flat FileLinkMetadata) = "file",
        Folder(flat FolderLinkMetadata) = "folder",
    }
}

impl SharedLinkMetadata {
    /// The address; its whole query belongs to it, since `rlkey` grants access.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::File(file) => Some(&file.url),
            Self::Folder(folder) => Some(&folder.url),
            Self::Other => None,
        }
    }

    pub fn expires(&self) -> Option<Timestamp> {
        match self {
            Self::File(file) => file.expires,
            Self::Folder(folder) => folder.expires,
            Self::Other => None,
        }
    }
}

record! {
    pub struct FileLinkMetadata {
        pub url: String,
        pub name: String,
        pub link_permissions: LinkPermissions,
        pub client_modified: Timestamp,
        pub server_modified: Timestamp,
        pub rev: String,
        /// Bytes.
        pub size: u64,
        pub id: Option<String> = None,
        pub expires: Option<Timestamp> = None,
        /// Only for the owner.
        pub path_lower: Option<String> = None,
        pub team_member_info: Option<TeamMemberInfo> = None,
        pub content_owner_team_info: Option<TeamInfo> = None,
    }

    pub struct FolderLinkMetadata {
        pub url: String,
        pub name: String,
        pub link_permissions: LinkPermissions,
        pub id: Option<String> = None,
        pub expires: Option<Timestamp> = None,
        /// Only for the owner.
        pub path_lower: Option<String> = None,
        pub team_member_info: Option<TeamMemberInfo> = None,
        pub content_owner_team_info: Option<TeamInfo> = None,
    }

    pub struct TeamMemberInfo {
        pub team_info: TeamInfo,
        pub display_name: String,
        pub member_id: Option<String> = None,
    }

    pub struct TeamInfo {
        pub id: String,
        pub name: String,
    }

    pub struct CreateSharedLinkWithSettingsArg {
        pub path: String,
        pub settings: Option<SharedLinkSettings> = None,
    }

    pub struct ListSharedLinksArg {
        pub path: Option<String> = None,
        pub cursor: Option<String> = None,
        /// Leaves out the links of parent folders.
        pub direct_only: Option<bool> = None,
    }

    pub struct ListSharedLinksResult {
        pub links: ReadableList<SharedLinkMetadata>,
        pub has_more: bool,
        /// Only when no path was given.
        pub cursor: Option<String> = None,
    }

    pub struct ModifySharedLinkSettingsArg {
        pub url: String,
        pub settings: SharedLinkSettings,
        pub remove_expiration: bool = false,
    }

    pub struct RevokeSharedLinkArg {
        pub url: String,
    }

    pub struct GetSharedLinkMetadataArg {
        pub url: String,
        /// Relative to the link, if that leads to a folder.
        pub path: Option<String> = None,
        pub link_password: Option<Secret> = None,
    }
}

union! {
    pub closed union CreateSharedLinkWithSettingsError {
        Path(nested LookupError) = "path",
        EmailNotVerified = "email_not_verified",
        SharedLinkAlreadyExists(nullable Option<SharedLinkAlreadyExistsMetadata>) = "shared_link_already_exists",
        SettingsError(nested SharedLinkSettingsError) = "settings_error",
        AccessDenied = "access_denied",
        BannedMember = "banned_member",
        TooManySharedFolders = "too_many_shared_folders",
    }

    pub open union SharedLinkAlreadyExistsMetadata {
        Metadata(nested SharedLinkMetadata) = "metadata",
    }

    pub open union ListSharedLinksError {
        Path(nested LookupError) = "path",
        Reset = "reset",
        PermissionDenied = "permission_denied",
    }

    pub open union SharedLinkError {
        SharedLinkNotFound = "shared_link_not_found",
        SharedLinkAccessDenied = "shared_link_access_denied",
        UnsupportedLinkType = "unsupported_link_type",
        UnsupportedParameterField = "unsupported_parameter_field",
    }

    pub open union ModifySharedLinkSettingsError {
        SharedLinkNotFound = "shared_link_not_found",
        SharedLinkAccessDenied = "shared_link_access_denied",
        UnsupportedLinkType = "unsupported_link_type",
        UnsupportedParameterField = "unsupported_parameter_field",
        SettingsError(nested SharedLinkSettingsError) = "settings_error",
        EmailNotVerified = "email_not_verified",
    }

    pub open union RevokeSharedLinkError {
        SharedLinkNotFound = "shared_link_not_found",
        SharedLinkAccessDenied = "shared_link_access_denied",
        UnsupportedLinkType = "unsupported_link_type",
        UnsupportedParameterField = "unsupported_parameter_field",
        SharedLinkMalformed = "shared_link_malformed",
    }

    pub open union GetSharedLinkFileError {
        SharedLinkNotFound = "shared_link_not_found",
        SharedLinkAccessDenied = "shared_link_access_denied",
        UnsupportedLinkType = "unsupported_link_type",
        UnsupportedParameterField = "unsupported_parameter_field",
        SharedLinkIsDirectory = "shared_link_is_directory",
    }
}
