//! The folder of the vault for shared folders that are not in the member’s Dropbox. How they come there is in `mounts`.

pub(super) const UNMOUNTED: &str = "/.unmounted";

/// Whether a path belongs to a shared folder that is not mounted. Nobody sees it, and it takes no space.
pub fn is_unmounted(path_lower: &str) -> bool {
    path_lower.strip_prefix(UNMOUNTED).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
