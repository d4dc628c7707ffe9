//! The team of an account: its team space, the member's place in it, and what the member may do in each folder. What a
//! call may see and change because of it is in `view`.

use super::store::mounts::MountRecord;
use super::store::unmounted::is_unmounted;
use dropbox_protocol::path::{name, path_lower};
use dropbox_protocol::path_root::TeamRootInfo;

/// The namespace of a member's own folder: the one that a personal account has.
pub(crate) const HOME_NAMESPACE: &str = "1";

/// A team as one of its members sees it. The paths are those of the team space, which is all of the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamSpace {
    /// The name of the team.
    pub team_name: String,
    /// Changes when the team’s folders move to another team space.
    pub root_namespace_id: String,
    /// The member’s folder in the team space.
    pub home_path: String,
    /// Team folders and other shared folders. Nobody but administrators puts anything beside them into the root.
    pub folders: Vec<SharedFolder>,
}

/// A folder with a namespace of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedFolder {
    pub path: String,
    pub namespace_id: String,
    pub access: FolderAccess,
    /// Whether it is in the member’s Dropbox; if not, `path` is where it would be or was.
    pub is_mounted: bool,
}

/// What the member may do in a shared folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderAccess {
    Edit,
    ReadOnly,
    /// The member sees nothing in it but the way to folders below it that are shared with them.
    TraverseOnly,
    /// The member sees the folder, and nothing in it.
    NoAccess,
}

impl SharedFolder {
    pub fn new(path: impl Into<String>, namespace_id: impl Into<String>, access: FolderAccess) -> Self {
        Self { path: path.into(), namespace_id: namespace_id.into(), access, is_mounted: true }
    }

    /// The same folder, shared with the member and not added to their Dropbox.
    #[must_use]
    pub fn unmounted(self) -> Self {
        Self { is_mounted: false, ..self }
    }

    pub(crate) fn name(&self) -> &str {
        name(&self.path)
    }

    /// Whether it is in the root of the team space, where only administrators make folders.
    pub(crate) fn is_team_folder(&self) -> bool {
        self.path.matches('/').count() == 1
    }
}

impl TeamSpace {
    /// What `coffer serve --team` begins with: each kind of folder once.
    pub fn example() -> Self {
        use FolderAccess::{Edit, NoAccess, ReadOnly, TraverseOnly};
        let folder = SharedFolder::new;
        Self {
            team_name: "Fjord Studio".to_owned(),
            root_namespace_id: "2".to_owned(),
            home_path: "/Ada Lovelace".to_owned(),
            folders: vec![
                folder("/Marketing", "3", Edit),
                folder("/Handbook", "4", ReadOnly),
                folder("/Finance", "5", NoAccess),
                folder("/Clients", "6", TraverseOnly),
                folder("/Clients/Harbour", "7", Edit),
                folder("/Ada Lovelace/Garden project", "8", Edit),
                folder("/Ada Lovelace/Band", "9", Edit).unmounted(),
                folder("/Ada Lovelace/Recipes", "10", ReadOnly).unmounted(),
                folder("/Ada Lovelace/Board papers", "11", NoAccess).unmounted(),
            ],
        }
    }

    pub(crate) fn root_info(&self) -> TeamRootInfo {
        TeamRootInfo::new(self.root_namespace_id.as_str(), HOME_NAMESPACE, self.home_path.as_str())
    }

    /// The folder that is the root of a namespace; `None` for namespaces that the member has no access to.
    pub(crate) fn namespace_path(&self, namespace_id: &str) -> Option<&str> {
        if namespace_id == self.root_namespace_id {
            return Some("");
        }
        if namespace_id == HOME_NAMESPACE {
            return Some(&self.home_path);
        }
        let folder = self.mounted().find(|folder| folder.namespace_id == namespace_id)?;
        (folder.access != FolderAccess::NoAccess).then_some(&*folder.path)
    }

    fn mounted(&self) -> impl Iterator<Item = &SharedFolder> {
        self.folders.iter().filter(|folder| folder.is_mounted)
    }

    /// The shared folders that are mounted and unmounted one by one: those of the member’s own folder. Team folders, and
    /// what is in them, are in the team space whoever sees it.
    pub(crate) fn mountable(&self) -> impl Iterator<Item = &SharedFolder> {
        let home = path_lower(&self.home_path);
        self.folders.iter().filter(move |folder| is_below(&path_lower(&folder.path), &home))
    }

    /// The mounted folders that an item is or has in it.
    pub(crate) fn mounted_in(&self, item_lower: &str) -> impl Iterator<Item = &SharedFolder> {
        self.mounted().filter(move |folder| {
            let lower = path_lower(&folder.path);
            lower == item_lower || is_below(&lower, item_lower)
        })
    }

    /// The shared folder that an item is, if it is one.
    pub(crate) fn shared_folder(&self, item_lower: &str) -> Option<&SharedFolder> {
        self.mounted().find(|folder| path_lower(&folder.path) == item_lower)
    }

    /// Takes in where folders are that have been mounted, unmounted or moved.
    pub(crate) fn apply(&mut self, records: &[MountRecord]) {
        for folder in &mut self.folders {
            if let Some(record) = records.iter().find(|record| record.namespace_id == folder.namespace_id) {
                folder.path.clone_from(&record.path);
                folder.is_mounted = record.is_mounted;
            }
        }
    }

    /// The innermost shared folder that an item is in.
    pub(crate) fn shared_folder_around(&self, item_lower: &str) -> Option<&SharedFolder> {
        let around = self.mounted().filter(|folder| is_below(item_lower, &path_lower(&folder.path)));
        around.max_by_key(|folder| folder.path.len())
    }

    pub(crate) fn is_home(&self, item_lower: &str) -> bool {
        path_lower(&self.home_path) == item_lower
    }

    /// Whether the member sees that there is such an item.
    pub(crate) fn is_visible(&self, item_lower: &str) -> bool {
        if is_unmounted(item_lower) {
            return false;
        }
        match self.shared_folder_around(item_lower).map(|folder| folder.access) {
            None | Some(FolderAccess::Edit | FolderAccess::ReadOnly) => true,
            Some(FolderAccess::NoAccess) => self.shared_folder(item_lower).is_some(),
            Some(FolderAccess::TraverseOnly) => self.mounted().any(|folder| {
                let shared = path_lower(&folder.path);
                shared == item_lower || is_below(&shared, item_lower)
            }),
        }
    }

    /// Whether the member may put an item there, or change the one that is there.
    pub(crate) fn can_write(&self, item_lower: &str) -> bool {
        match self.shared_folder_around(item_lower) {
            Some(folder) => folder.access == FolderAccess::Edit,
            None => is_below(item_lower, &path_lower(&self.home_path)),
        }
    }
}

fn is_below(item_lower: &str, folder_lower: &str) -> bool {
    item_lower.strip_prefix(folder_lower).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::TeamSpace;

    #[test]
    fn each_kind_of_folder_says_what_can_be_seen_and_changed_in_it() {
        let space = TeamSpace::example();
        for (path, is_visible, can_write) in [
            ("/ada lovelace", true, false),
            ("/ada lovelace/notes.txt", true, true),
            ("/ada lovelace/garden project/plan.txt", true, true),
            ("/marketing", true, false),
            ("/marketing/poster.png", true, true),
            ("/handbook/welcome.md", true, false),
            ("/finance", true, false),
            ("/finance/salaries.xlsx", false, false),
            ("/clients/harbour", true, false),
            ("/clients/harbour/offer.pdf", true, true),
            ("/clients/other", false, false),
            ("/ada lovelace/band/songs.txt", true, true),
            ("/.unmounted/9/songs.txt", false, false),
            ("/new folder", true, false),
            ("/new folder/file.txt", true, false),
        ] {
            assert_eq!((space.is_visible(path), space.can_write(path)), (is_visible, can_write), "{path}");
        }
    }
}
