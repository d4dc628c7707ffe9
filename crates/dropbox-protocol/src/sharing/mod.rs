//! `sharing/*`: the routes, and their types by subject (reference §3.8).

mod folders;
mod link;
mod members;
mod permissions;
mod settings;

pub use folders::*;
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
    LIST_MOUNTABLE_FOLDERS: Rpc<ListFoldersArgs, ListFoldersResult, ()>
        = "sharing/list_mountable_folders", Api, User, Safe, SharingRead;
    LIST_MOUNTABLE_FOLDERS_CONTINUE: Rpc<ListFoldersContinueArg, ListFoldersResult, ListFoldersContinueError>
        = "sharing/list_mountable_folders/continue", Api, User, Safe, SharingRead;
    /// The refusal of a second call says that the folder is mounted, not by whom.
    MOUNT_FOLDER: Rpc<MountFolderArg, SharedFolderMetadata, MountFolderError>
        = "sharing/mount_folder", Api, User, NotIdempotent, SharingWrite;
    UNMOUNT_FOLDER: Rpc<UnmountFolderArg, (), UnmountFolderError>
        = "sharing/unmount_folder", Api, User, NotIdempotent, SharingWrite;
}
