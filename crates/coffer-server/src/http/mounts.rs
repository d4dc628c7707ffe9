//! `sharing/list_mountable_folders`, `mount_folder` and `unmount_folder`: the shared folders of a team’s member, and whether
//! they are in the member’s Dropbox.

use super::call::Call;
use super::failure::CallFailure;
use crate::paths::parse_write_path;
use crate::signed_token::{self, TokenKind};
use crate::store::edit::EditTransaction;
use crate::store::entry::{StoredEntry, find_present};
use crate::store::error::StoreError;
use crate::store::mounts::{self, MountRecord};
use crate::store::refusal::Refusal;
use crate::team::{FolderAccess, SharedFolder, TeamSpace};
use crate::view::AccountView;
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::RelocationError;
use dropbox_protocol::path::path_lower;
use dropbox_protocol::sharing::{
    AccessLevel, AclUpdatePolicy, FolderPolicy, InsufficientQuotaAmounts, ListFoldersArgs,
    ListFoldersContinueArg, ListFoldersContinueError, ListFoldersResult, MountFolderArg, MountFolderError,
    SharedFolderAccessError, SharedFolderMetadata, SharedLinkPolicy, UnmountFolderArg, UnmountFolderError,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Folders in a page at most.
const LARGEST_PAGE: u32 = 1_000;

/// When the member was invited, which nobody has noted: 1 September 2025.
const INVITED: i64 = 1_756_684_800;

/// How a listing goes on.
#[derive(Serialize, Deserialize)]
struct FoldersCursor {
    #[serde(rename = "n")]
    limit: u32,
    /// The last folder that was told.
    #[serde(rename = "a")]
    after: (String, String),
}

pub(super) async fn list_mountable_folders(
    call: Call,
    argument: ListFoldersArgs,
) -> Result<ListFoldersResult, CallFailure<()>> {
    let limit = argument.limit;
    if !(1..=LARGEST_PAGE).contains(&limit) {
        let why = format!("request body: limit: {limit} is not within 1 and {LARGEST_PAGE}");
        return Err(CallFailure::BadArgument(why));
    }
    Ok(page(&call, &FoldersCursor { limit, after: Default::default() }))
}

pub(super) async fn list_mountable_folders_continue(
    call: Call,
    argument: ListFoldersContinueArg,
) -> Result<ListFoldersResult, CallFailure<ListFoldersContinueError>> {
    let cursor = signed_token::verify(&call.app, TokenKind::FoldersCursor, &argument.cursor)
        .map_err(|_| CallFailure::Answer(ListFoldersContinueError::InvalidCursor))?;
    Ok(page(&call, &cursor))
}

fn page(call: &Call, cursor: &FoldersCursor) -> ListFoldersResult {
    let mut folders: Vec<&SharedFolder> = call.view.team.iter().flat_map(|team| team.mountable()).collect();
    folders.sort_by_key(|folder| key(folder));
    folders.retain(|folder| key(folder) > cursor.after);
    let has_more = folders.len() > cursor.limit as usize;
    folders.truncate(cursor.limit as usize);
    let last = folders.last().filter(|_| has_more);
    let next = last.map(|folder| FoldersCursor { limit: cursor.limit, after: key(folder) });
    ListFoldersResult {
        entries: folders.into_iter().map(|folder| call.view.shared_folder_metadata(folder)).collect(),
        cursor: next.map(|next| signed_token::sign(&call.app, TokenKind::FoldersCursor, &next)),
    }
}

/// Folders are listed by name, and those with the same name by their namespace.
fn key(folder: &SharedFolder) -> (String, String) {
    (path_lower(folder.name()), folder.namespace_id.clone())
}

pub(super) async fn mount_folder(
    call: Call,
    argument: MountFolderArg,
) -> Result<SharedFolderMetadata, CallFailure<MountFolderError>> {
    let (app, id, quota_bytes) =
        (Arc::clone(&call.app), argument.shared_folder_id, call.app.config.quota_bytes);
    let folder = call
        .app
        .store
        .write(move |edit| {
            let team = current_team(app.team(), edit)?;
            let (team, folder) = find(team.as_ref(), &id)
                .ok_or(Refusal::Answer(MountFolderError::AccessError(SharedFolderAccessError::InvalidId)))?;
            mount(edit, team, folder, quota_bytes)
        })
        .await?;
    call.app.apply_mounts().await?;
    Ok(call.view.shared_folder_metadata(&folder))
}

fn mount(
    edit: &mut EditTransaction<'_>,
    team: &TeamSpace,
    folder: &SharedFolder,
    quota_bytes: u64,
) -> Result<SharedFolder, Refusal<MountFolderError>> {
    let id = folder.namespace_id.as_str();
    if !is_mountable(team, folder) {
        return Err(Refusal::Answer(MountFolderError::NotMountable));
    }
    if folder.is_mounted {
        return Err(Refusal::Answer(MountFolderError::AlreadyMounted));
    }
    if folder.access == FolderAccess::NoAccess {
        return Err(Refusal::Answer(MountFolderError::NoPermission));
    }
    let kept = find_kept(edit, &mounts::unmounted_path(id).lower)?;
    let space_needed = mounts::bytes_in(edit.connection(), &kept)?;
    let space_left = quota_bytes.saturating_sub(edit.used_bytes());
    if space_needed > space_left {
        let space_shortage = space_needed - space_left;
        let amounts = InsufficientQuotaAmounts { space_needed, space_shortage, space_left };
        return Err(Refusal::Answer(MountFolderError::InsufficientQuota(amounts)));
    }
    let path = format!("{}/{}", team.home_path, folder.name());
    let target =
        parse_write_path(&path).map_err(|_| StoreError::Inconsistent(format!("{path} is no path")))?;
    let mounted = mounts::mount(edit, &kept, id, &target)?;
    Ok(SharedFolder { path: mounted.path_display, is_mounted: true, ..folder.clone() })
}

pub(super) async fn unmount_folder(
    call: Call,
    argument: UnmountFolderArg,
) -> Result<(), CallFailure<UnmountFolderError>> {
    let (app, id) = (Arc::clone(&call.app), argument.shared_folder_id);
    call.app
        .store
        .write(move |edit| {
            let refuse = |error| Err(Refusal::Answer(error));
            let team = current_team(app.team(), edit)?;
            let Some((team, folder)) = find(team.as_ref(), &id) else {
                return refuse(UnmountFolderError::AccessError(SharedFolderAccessError::InvalidId));
            };
            if !is_mountable(team, folder) {
                return refuse(UnmountFolderError::NotUnmountable);
            }
            if !folder.is_mounted {
                return refuse(UnmountFolderError::AccessError(SharedFolderAccessError::Unmounted));
            }
            let mounted = find_kept(edit, &path_lower(&folder.path))?;
            Ok(mounts::unmount(edit, &mounted, &id)?)
        })
        .await?;
    Ok(call.app.apply_mounts().await?)
}

/// The team as it is when an edit has its turn: the edit before may have mounted something.
fn current_team(
    team: Option<Arc<TeamSpace>>,
    edit: &EditTransaction<'_>,
) -> Result<Option<TeamSpace>, StoreError> {
    let Some(mut team) = team.map(Arc::unwrap_or_clone) else { return Ok(None) };
    team.apply(&mounts::records(edit.connection())?);
    Ok(Some(team))
}

fn find<'a>(team: Option<&'a TeamSpace>, namespace_id: &str) -> Option<(&'a TeamSpace, &'a SharedFolder)> {
    let team = team?;
    let folder = team.folders.iter().find(|folder| folder.namespace_id == namespace_id)?;
    Some((team, folder))
}

fn is_mountable(team: &TeamSpace, folder: &SharedFolder) -> bool {
    team.mountable().any(|mountable| mountable.namespace_id == folder.namespace_id)
}

fn find_kept(edit: &EditTransaction<'_>, path_lower: &str) -> Result<StoredEntry, StoreError> {
    let found = find_present(edit.connection(), path_lower)?;
    found.ok_or_else(|| StoreError::Inconsistent(format!("the shared folder {path_lower} is missing")))
}

impl AccountView {
    /// Unmounts the shared folders that an item is or has in it; true if it is one itself.
    pub(super) fn unmount_in(
        &self,
        edit: &mut EditTransaction<'_>,
        entry: &StoredEntry,
    ) -> Result<bool, StoreError> {
        let Some(team) = &self.team else { return Ok(false) };
        for folder in team.mounted_in(&entry.path_lower) {
            let mounted = find_kept(edit, &path_lower(&folder.path))?;
            mounts::unmount(edit, &mounted, &folder.namespace_id)?;
        }
        Ok(team.shared_folder(&entry.path_lower).is_some())
    }

    /// No shared folder may be moved into another one.
    pub(super) fn check_nesting(&self, from: &StoredEntry, to_lower: &str) -> Result<(), RelocationError> {
        let Some(team) = &self.team else { return Ok(()) };
        let is_nested = team.mounted_in(&from.path_lower).next().is_some()
            && team.shared_folder_around(to_lower).is_some();
        if is_nested { Err(RelocationError::CantNestSharedFolder) } else { Ok(()) }
    }

    /// Notes where the shared folders are now that were moved, or are in a folder that was.
    pub(super) fn record_moved(
        &self,
        edit: &EditTransaction<'_>,
        from: &StoredEntry,
        moved: &StoredEntry,
    ) -> Result<(), StoreError> {
        for folder in self.team.iter().flat_map(|team| team.mounted_in(&from.path_lower)) {
            let depth = from.path_lower.matches('/').count();
            let below = folder.path.match_indices('/').nth(depth).map_or("", |(at, _)| &folder.path[at..]);
            let path = format!("{}{below}", moved.path_display);
            let namespace_id = folder.namespace_id.clone();
            mounts::record(edit, &MountRecord { namespace_id, path, is_mounted: true })?;
        }
        Ok(())
    }

    fn shared_folder_metadata(&self, folder: &SharedFolder) -> SharedFolderMetadata {
        let access = match folder.access {
            FolderAccess::Edit => AccessLevel::Editor,
            FolderAccess::ReadOnly => AccessLevel::Viewer,
            FolderAccess::TraverseOnly => AccessLevel::Traverse,
            FolderAccess::NoAccess => AccessLevel::NoAccess,
        };
        let policy = FolderPolicy::new(AclUpdatePolicy::Owner, SharedLinkPolicy::Anyone);
        let path_display = self.path(&folder.path).filter(|_| folder.is_mounted);
        SharedFolderMetadata {
            path_lower: path_display.as_deref().map(path_lower),
            path_display,
            ..SharedFolderMetadata::new(
                access,
                false,
                false,
                folder.name(),
                policy,
                "https://www.dropbox.com/home",
                folder.namespace_id.as_str(),
                Timestamp::from_unix_secs(INVITED),
            )
        }
    }
}
