//! The account of a member of a team: the window begins in the member’s own folder, and some folders are for looking
//! only, or closed.

use super::{Location, State, text};
use coffer_model::{ItemAccess, PathRootId, RemotePath, Sharing, Team};

impl State {
    /// The person’s own folder: in a team space the member’s, elsewhere the root.
    pub fn home(&self) -> RemotePath {
        self.session.team.as_ref().map_or_else(RemotePath::root, |team| team.home.clone())
    }

    /// What a person calls a folder; the root of a team space has the name of the team.
    pub fn folder_name<'a>(&'a self, path: &'a RemotePath) -> &'a str {
        match &self.session.team {
            Some(team) if path.is_root() => &team.name,
            _ => path.display_name(),
        }
    }

    /// The whole path of a folder as a person reads it: “Fjord Studio”, “Marketing / 2026”.
    pub fn folder_path(&self, path: &RemotePath) -> String {
        if path.is_root() { self.folder_name(path).to_owned() } else { path.display_path() }
    }

    /// Whether a folder is the root of a team space, which only administrators change.
    pub(super) fn is_team_root(&self, folder: &RemotePath) -> bool {
        self.session.team.is_some() && folder.is_root()
    }

    /// The team space from which the paths start that are seen now.
    pub(super) fn path_root(&self) -> Option<&PathRootId> {
        self.session.team.as_ref().map(|team| &team.path_root)
    }

    /// Told before anything is listed. Who has gone somewhere meanwhile stays there.
    pub(super) fn on_team(&mut self, team: Team) {
        let home = team.home.clone();
        let is_known = self.session.team.as_ref() == Some(&team);
        self.session.team = Some(team);
        self.tree.set_home(&home, &mut self.context);
        if !is_known && self.navigation.is_at_begin() {
            self.replace_visit(Location::Folder(home));
        }
    }

    /// The team has moved to another team space: what is known belongs to the one before, in which transfers go on.
    pub(super) fn on_path_root_changed(&mut self) {
        self.places.forget(self.session.key(), &self.context);
        self.open_session(self.session.choice.clone());
        self.toast_done(text::team_space_changed().to_owned(), None);
    }

    /// What is known of the sharing of a folder, from the rows and from the tree.
    pub fn folder_sharing(&self, path: &RemotePath) -> Sharing {
        if let Some(entry) = self.browser.entry_of(path) {
            return entry.sharing;
        }
        let access = match self.navigation.current() {
            Location::Folder(folder) if folder == path => self.browser.access(),
            _ => ItemAccess::Edit,
        };
        if access == ItemAccess::Edit {
            self.tree.sharing(path)
        } else {
            Sharing { access, ..Sharing::default() }
        }
    }

    /// Why nothing can be put into a folder, if that is known.
    pub fn write_refusal(&self, folder: &RemotePath) -> Option<String> {
        let name = self.folder_name(folder);
        match self.folder_sharing(folder).access {
            ItemAccess::Edit if self.is_team_root(folder) => Some(text::team_root(name)),
            access => text::access_refusal(access, name),
        }
    }

    /// Says why nothing can be put into a folder; false if it may be possible.
    pub(super) fn refuses_write(&mut self, folder: &RemotePath) -> bool {
        let refusal = self.write_refusal(folder);
        let is_refused = refusal.is_some();
        if let Some(said) = refusal {
            self.toasts.push_failed(said, None);
        }
        is_refused
    }

    /// Says that a folder can’t be opened; false if it can.
    pub(super) fn refuses_to_open(&mut self, folder: &RemotePath) -> bool {
        let is_closed = self.folder_sharing(folder).access == ItemAccess::NoAccess;
        if is_closed {
            self.toasts.push_failed(text::no_access(folder.name()), None);
        }
        is_closed
    }
}
