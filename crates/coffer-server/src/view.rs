//! How one call sees the account: from which folder its paths start (`Dropbox-API-Path-Root`), and what a member of a
//! team may see and change. Everywhere else paths are those of the vault. What the API says of an item is in `render`.

use super::paths::{BadPath, Forms, PathRef, parse_write_path};
use super::store::edit::WritePath;
use super::store::entry::{Presence, StoredEntry};
use super::store::refusal::Refusal;
use super::team::{FolderAccess, HOME_NAMESPACE, SharedFolder, TeamSpace};
use dropbox_protocol::files::{LookupError, WriteError};
use dropbox_protocol::path_root::{PathRoot, PathRootError, RootInfo, UserRootInfo};
use rusqlite::Connection;
use std::sync::Arc;

/// The paths of an account as one call writes and reads them. That of a personal account, whose paths are those of the
/// vault, is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AccountView {
    /// The folder of the vault from which the paths start.
    base: WritePath,
    pub team: Option<Arc<TeamSpace>>,
}

/// A path of a call, and how the call sees the account.
#[derive(Clone, Debug)]
pub(crate) struct RequestPath {
    pub view: Arc<AccountView>,
    pub path: PathRef,
}

impl AccountView {
    /// The view of a call with this header. Without one the paths start in the person’s own folder.
    pub(crate) fn new(team: Option<Arc<TeamSpace>>, root: PathRoot) -> Result<Self, PathRootError> {
        let account = Self { base: WritePath::default(), team };
        let base = match root {
            PathRoot::Root(id) if id == account.root_namespace_id() => Some(WritePath::default()),
            PathRoot::Root(_) => return Err(PathRootError::InvalidRoot(account.root_info())),
            PathRoot::NamespaceId(id) => account.namespace(&id),
            PathRoot::Home | PathRoot::Other => account.namespace(HOME_NAMESPACE),
        };
        Ok(Self { base: base.ok_or(PathRootError::NoPermission)?, ..account })
    }

    /// The view whose paths start in a folder of the vault.
    pub(crate) fn below(base: WritePath, team: Option<Arc<TeamSpace>>) -> Self {
        Self { base, team }
    }

    pub(crate) fn base(&self) -> &WritePath {
        &self.base
    }

    pub(crate) fn root_info(&self) -> RootInfo {
        match &self.team {
            Some(team) => RootInfo::Team(team.root_info()),
            None => RootInfo::User(UserRootInfo::new(HOME_NAMESPACE, HOME_NAMESPACE)),
        }
    }

    fn root_namespace_id(&self) -> &str {
        self.team.as_ref().map_or(HOME_NAMESPACE, |team| &team.root_namespace_id)
    }

    /// The folder that is the root of a namespace.
    pub(crate) fn namespace(&self, namespace_id: &str) -> Option<WritePath> {
        match &self.team {
            Some(team) => parse_write_path(team.namespace_path(namespace_id)?).ok(),
            None => (namespace_id == HOME_NAMESPACE).then(WritePath::default),
        }
    }

    /// Takes a path of a call apart; what it says becomes a path of the vault.
    pub(crate) fn parse(self: &Arc<Self>, text: &str, forms: Forms) -> Result<RequestPath, BadPath> {
        let path = match PathRef::parse(text, forms)? {
            PathRef::Root => PathRef::below(&self.base, &WritePath::default()),
            PathRef::Path(path) => PathRef::below(&self.base, &path),
            PathRef::Namespace { id, below } => match self.namespace(&id) {
                Some(base) => PathRef::below(&base, &below),
                None => PathRef::Namespace { id, below },
            },
            other => other,
        };
        Ok(RequestPath { view: Arc::clone(self), path })
    }

    /// Whether an item is in the tree that the call sees. The folder from which the paths start is not.
    pub(crate) fn shows(&self, entry: &StoredEntry) -> bool {
        self.path(&entry.path_lower).is_some() && self.is_visible(entry)
    }

    /// Whether the member may see an item, wherever it is: it may be named by an id or by its namespace.
    fn is_visible(&self, entry: &StoredEntry) -> bool {
        self.team.as_ref().is_none_or(|team| team.is_visible(&entry.path_lower))
    }

    /// Whether the member may put an item there.
    pub(crate) fn check_write(&self, path_lower: &str) -> Result<(), WriteError> {
        match &self.team {
            Some(team) if !team.can_write(path_lower) => Err(WriteError::NoWritePermission),
            _ => Ok(()),
        }
    }

    /// Whether the member may move the item, or delete it.
    pub(crate) fn check_removal(&self, entry: &StoredEntry) -> Result<(), WriteError> {
        if let Some(team) = &self.team {
            let shared = team.shared_folder(&entry.path_lower);
            if team.is_home(&entry.path_lower) || shared.is_some_and(SharedFolder::is_team_folder) {
                return Err(WriteError::TeamFolder);
            }
        }
        self.check_write(&entry.path_lower)
    }

    /// A path of the vault, in either spelling, as the call writes it.
    fn relative<'a>(&self, path: &'a str) -> Option<&'a str> {
        // Spellings may differ in length, so what is above is counted.
        let depth = self.base.lower.matches('/').count();
        let rest = path.match_indices('/').nth(depth).map_or("", |(at, _)| &path[at..]);
        let (above, base) = (&path[..path.len() - rest.len()], &self.base);
        (above == base.lower || dropbox_protocol::path::path_lower(above) == base.lower).then_some(rest)
    }

    /// What the API says of an item’s path: nothing where it is outside.
    pub(crate) fn path(&self, path: &str) -> Option<String> {
        self.relative(path).filter(|path| !path.is_empty()).map(str::to_owned)
    }
}

impl RequestPath {
    /// What is there now, if the call may see it.
    pub(crate) fn find(&self, connection: &Connection) -> Result<StoredEntry, Refusal<LookupError>> {
        self.if_visible(self.path.find(connection)?)
    }

    /// What is or was there, if the call may see it.
    pub(crate) fn find_even_deleted(
        &self,
        connection: &Connection,
    ) -> Result<StoredEntry, Refusal<LookupError>> {
        self.if_visible(self.path.find_even_deleted(connection)?)
    }

    /// The path to write to, if the call may write there.
    pub(crate) fn write_path(&self, connection: &Connection) -> Result<WritePath, Refusal<WriteError>> {
        let target = self.path.write_path(connection)?;
        self.view.check_write(&target.lower).map_err(Refusal::Answer)?;
        Ok(target)
    }

    /// The path of the folder to list or to search; `deleted_too`: it may be deleted itself.
    pub(crate) fn find_folder(
        &self,
        connection: &Connection,
        deleted_too: bool,
    ) -> Result<String, Refusal<LookupError>> {
        if let PathRef::Path(target) = &self.path
            && target.lower == self.view.base.lower
        {
            return Ok(target.lower.clone());
        }
        if self.path == PathRef::Root {
            return Ok(String::new());
        }
        let entry = if deleted_too { self.find_even_deleted(connection)? } else { self.find(connection)? };
        if entry.presence == Presence::MovedAway {
            return Err(Refusal::Answer(LookupError::NotFound));
        }
        let is_closed = self.view.team.as_ref().is_some_and(|team| {
            team.shared_folder(&entry.path_lower).is_some_and(|it| it.access == FolderAccess::NoAccess)
        });
        match entry.is_folder() {
            true if is_closed => Err(Refusal::Answer(LookupError::NotFound)),
            true => Ok(entry.path_lower),
            false => Err(Refusal::Answer(LookupError::NotFolder)),
        }
    }

    fn if_visible(&self, entry: StoredEntry) -> Result<StoredEntry, Refusal<LookupError>> {
        if self.view.is_visible(&entry) { Ok(entry) } else { Err(Refusal::Answer(LookupError::NotFound)) }
    }
}

#[cfg(test)]
mod tests {
    use super::AccountView;
    use crate::team::TeamSpace;
    use dropbox_protocol::path_root::{PathRoot, PathRootError};
    use std::sync::Arc;

    fn view(team: Option<TeamSpace>, root: PathRoot) -> Result<String, &'static str> {
        match AccountView::new(team.map(Arc::new), root) {
            Ok(view) => Ok(view.base.display),
            Err(PathRootError::InvalidRoot(_)) => Err("invalid root"),
            Err(_) => Err("no permission"),
        }
    }

    #[test]
    fn each_root_of_a_team_account_is_a_folder_of_the_team_space() {
        let id = |id: &str| PathRoot::NamespaceId(id.to_owned());
        for (root, expected) in [
            (PathRoot::Home, Ok("/Ada Lovelace")),
            (PathRoot::Root("2".to_owned()), Ok("")),
            (PathRoot::Root("1".to_owned()), Err("invalid root")),
            (id("2"), Ok("")),
            (id("1"), Ok("/Ada Lovelace")),
            (id("3"), Ok("/Marketing")),
            (id("5"), Err("no permission")),
            (id("99"), Err("no permission")),
        ] {
            let found = view(Some(TeamSpace::example()), root.clone());
            assert_eq!(found.as_deref().map_err(|error| *error), expected, "{root:?}");
        }
    }

    #[test]
    fn a_personal_account_has_one_namespace() {
        for (root, expected) in [
            (PathRoot::Home, Ok("")),
            (PathRoot::Root("1".to_owned()), Ok("")),
            (PathRoot::NamespaceId("1".to_owned()), Ok("")),
            (PathRoot::Root("2".to_owned()), Err("invalid root")),
            (PathRoot::NamespaceId("2".to_owned()), Err("no permission")),
        ] {
            let found = view(None, root.clone());
            assert_eq!(found.as_deref().map_err(|error| *error), expected, "{root:?}");
        }
    }

    #[test]
    fn paths_outside_of_the_root_have_no_name_in_it() {
        let home = AccountView::new(Some(Arc::new(TeamSpace::example())), PathRoot::Home).unwrap();
        for (path, expected) in [
            ("/ada lovelace/notes.txt", Some("/notes.txt")),
            ("/Ada Lovelace/Notes.txt", Some("/Notes.txt")),
            ("/ada lovelace", None),
            ("/marketing/a", None),
            ("/ada lovelace 2/a", None),
        ] {
            assert_eq!(home.path(path).as_deref(), expected, "{path}");
        }
    }
}
