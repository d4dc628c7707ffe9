//! The symbols and words for what is shared: team folders, shared folders, and what may only be viewed.

use coffer_model::{Entry, ItemAccess, RemotePath, Sharing};
use coffer_state::State;
use coffer_texts::tr;
use egui_material_icons::{MaterialIcon, icons};

/// The mark of a shared folder, in its row.
pub fn icon(state: &State, entry: &Entry) -> Option<MaterialIcon> {
    icon_of(state, &entry.path, entry.sharing)
}

pub fn icon_of(state: &State, path: &RemotePath, sharing: Sharing) -> Option<MaterialIcon> {
    let kind = kind_of(state, path, sharing)?;
    let of_kind = if kind == tr!("team-folder") { icons::ICON_GROUPS } else { icons::ICON_GROUP };
    Some(access_icon(sharing.access).unwrap_or(of_kind))
}

/// The mark of a folder that can’t be changed.
pub fn access_icon(access: ItemAccess) -> Option<MaterialIcon> {
    match access {
        ItemAccess::NoAccess => Some(icons::ICON_LOCK),
        ItemAccess::ViewOnly => Some(icons::ICON_VISIBILITY),
        ItemAccess::Edit | ItemAccess::TraverseOnly => None,
    }
}

/// What a shared folder is called in a list.
pub fn kind(state: &State, entry: &Entry) -> Option<&'static str> {
    kind_of(state, &entry.path, entry.sharing)
}

/// A member’s own folder is shared with nobody, though it is one like the others to the service.
fn kind_of(state: &State, path: &RemotePath, sharing: Sharing) -> Option<&'static str> {
    if !sharing.is_shared_folder || *path == state.home() {
        return None;
    }
    let is_in_root = path.parent().is_some_and(|parent| parent.is_root());
    Some(if is_in_root && state.session.team.is_some() { tr!("team-folder") } else { tr!("shared-folder") })
}

/// "Team folder · view only"; nothing for items that are nobody else’s business.
pub fn words(state: &State, entry: &Entry) -> Option<String> {
    let (kind, access) = (kind(state, entry), access_words(entry.sharing.access));
    match (kind, access) {
        (Some(kind), Some(access)) => Some(format!("{kind} · {access}")),
        (Some(kind), None) => Some(kind.to_owned()),
        (None, Some(access)) => Some(sentence_case(access)),
        (None, None) => None,
    }
}

pub fn access_words(access: ItemAccess) -> Option<&'static str> {
    match access {
        ItemAccess::Edit => None,
        ItemAccess::ViewOnly => Some(tr!("access-view-only")),
        ItemAccess::TraverseOnly => Some(tr!("access-limited")),
        ItemAccess::NoAccess => Some(tr!("access-none")),
    }
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
