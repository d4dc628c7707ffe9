//! `sharing/*`: the routes, and their types by subject (reference §3.8).

mod link;
mod members;
mod permissions;
mod settings;

pub use link::*;
pub use members::*;
pub use permissions::*;
pub use settings::*;

use super::route::routes;

routes! {
    /// Idempotent: the refusal of a second call carries the link.
    CREATE_SHARED_LINK_WITH_SETTINGS:
        Rpc<CreateSharedLinkWithSettingsArg, SharedLinkMetadata, CreateSharedLinkWithSettingsError>
        = "sharing/create_shared_link_with_settings", Api, User, Idempotent, SharingWrite;
    LIST_SHARED_LINKS: Rpc<ListSharedLinksArg, ListSharedLinksResult, ListSharedLinksError>
        = "sharing/list_shared_links", Api, User, Safe, SharingRead;
    MODIFY_SHARED_LINK_SETTINGS: Rpc<ModifySharedLinkSettingsArg, SharedLinkMetadata, ModifySharedLinkSettingsError>
        = "sharing/modify_shared_link_settings", Api, User, Idempotent, SharingWrite;
    REVOKE_SHARED_LINK: Rpc<RevokeSharedLinkArg, (), RevokeSharedLinkError>
        = "sharing/revoke_shared_link", Api, User, NotIdempotent, SharingWrite;
    GET_SHARED_LINK_METADATA: Rpc<GetSharedLinkMetadataArg, SharedLinkMetadata, SharedLinkError>
        = "sharing/get_shared_link_metadata", Api, AppOrUser, Safe, SharingRead;
    GET_SHARED_LINK_FILE: Download<GetSharedLinkMetadataArg, SharedLinkMetadata, GetSharedLinkFileError>
        = "sharing/get_shared_link_file", Content, AppOrUser, Safe, SharingRead;
    LIST_FOLDER_MEMBERS: Rpc<ListFolderMembersArg, SharedFolderMembers, SharedFolderAccessError>
        = "sharing/list_folder_members", Api, User, Safe, SharingRead;
}
