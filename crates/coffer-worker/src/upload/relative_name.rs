//! The names by which single files of an upload are told.

use coffer_model::RemotePath;

/// A path as it is below `target`.
pub(crate) fn relative_name(target: &RemotePath, path: &RemotePath) -> String {
    if !target.contains(path) {
        return path.name().to_owned();
    }
    let depth = target.as_str().matches('/').count();
    path.as_str().split('/').skip(1 + depth).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::relative_name;
    use coffer_model::RemotePath;

    #[test]
    fn names_are_told_below_the_target() {
        let check = |target: &str, path: &str, expected: &str| {
            assert_eq!(relative_name(&RemotePath::new(target), &RemotePath::new(path)), expected);
        };
        check("/", "/a.txt", "a.txt");
        check("/Photos", "/photos/Trip/a.txt", "Trip/a.txt");
        check("/Photos/2026", "/Photos/2026/a.txt", "a.txt");
    }
}
