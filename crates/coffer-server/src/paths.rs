//! Paths as requests write them: `/…`, `id:…`, `rev:…`, `ns:…` (reference 2.8), and what they mean in
//! the vault. How a call sees the account is in `view`; the rules about single names are `protocol::path`'s.

use super::store::edit::WritePath;
use super::store::entry::{StoredEntry, find_by_id, find_by_rev, find_present};
use super::store::error::StoreError;
use super::store::history::find_by_id_even_deleted;
use super::store::refusal::Refusal;
use dropbox_protocol::files::{LookupError, WriteError};
use dropbox_protocol::path::{NameProblem, PATH_LIMIT_BYTES, check_name, is_rev, path_lower};
use rusqlite::Connection;

/// A path that breaks its pattern: the caller's mistake, answered with 400 and this text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadPath(pub String);

/// Which forms of a path a route takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    root: bool,
    id: bool,
    rev: bool,
    namespace: bool,
}

/// `/…`, `id:…`, `rev:…`, `ns:…`.
pub(crate) const READ_PATH: Forms = Forms { root: false, id: true, rev: true, namespace: true };
/// `/…`, `id:…`, `ns:…`.
pub(crate) const PATH_OR_ID: Forms = Forms { root: false, id: true, rev: false, namespace: true };
/// As [`PATH_OR_ID`], and `""` for the root.
pub(crate) const PATH_ROOT_OR_ID: Forms = Forms { root: true, id: true, rev: false, namespace: true };
/// `/…`, `ns:…`.
pub(crate) const WRITE_PATH: Forms = Forms { root: false, id: false, rev: false, namespace: true };
/// `/…` only.
pub(crate) const PLAIN_PATH: Forms = Forms { root: false, id: false, rev: false, namespace: false };

/// A path in a request, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathRef {
    Root,
    Path(WritePath),
    /// An id, and a path below that folder (empty, or with a slash in front).
    Id {
        id: String,
        below: WritePath,
    },
    Rev(String),
    /// A path in another namespace, which `view` makes a path of the vault if the account has the namespace.
    Namespace {
        id: String,
        below: WritePath,
    },
    /// Names that no item can have; looking there finds nothing and writing there is refused.
    Bad(NameProblem),
}

impl PathRef {
    /// Takes a path apart.
    pub(crate) fn parse(text: &str, forms: Forms) -> Result<Self, BadPath> {
        if text.is_empty() {
            return if forms.root { Ok(Self::Root) } else { Err(mismatch(text)) };
        }
        if let Some(rev) = text.strip_prefix("rev:") {
            return if forms.rev && is_rev(rev) {
                Ok(Self::Rev(rev.to_owned()))
            } else {
                Err(mismatch(text))
            };
        }
        if let Some(rest) = text.strip_prefix("id:") {
            let (id, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !forms.id || id.is_empty() {
                return Err(mismatch(text));
            }
            return Ok(parse_write_path(below)
                .map_or_else(Self::Bad, |below| Self::Id { id: format!("id:{id}"), below }));
        }
        if let Some(rest) = text.strip_prefix("ns:") {
            let (namespace, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !forms.namespace
                || namespace.is_empty()
                || !namespace.bytes().all(|byte| byte.is_ascii_digit())
            {
                return Err(mismatch(text));
            }
            return Ok(parse_write_path(path)
                .map_or_else(Self::Bad, |below| Self::Namespace { id: namespace.to_owned(), below }));
        }
        if !text.starts_with('/') {
            return Err(mismatch(text));
        }
        if text.bytes().all(|byte| byte == b'/') {
            return Err(BadPath(
                "path: Specify the root folder as an empty string rather than as \"/\".".to_owned(),
            ));
        }
        Ok(Self::from_path(text))
    }

    /// A path below a folder of the vault.
    pub(crate) fn below(base: &WritePath, path: &WritePath) -> Self {
        let lower = format!("{}{}", base.lower, path.lower);
        if lower.is_empty() {
            return Self::Root;
        }
        Self::Path(WritePath { lower, display: format!("{}{}", base.display, path.display) })
    }

    fn from_path(path: &str) -> Self {
        match parse_write_path(path) {
            Ok(target) if target.lower.is_empty() => Self::Root,
            Ok(target) => Self::Path(target),
            Err(problem) => Self::Bad(problem),
        }
    }

    /// What is there now. The root, which has no metadata of its own, is not found.
    pub(crate) fn find(&self, connection: &Connection) -> Result<StoredEntry, Refusal<LookupError>> {
        let found = match self {
            Self::Root | Self::Namespace { .. } => None,
            Self::Path(target) => find_present(connection, &target.lower)?,
            Self::Id { id, below } => match find_by_id(connection, id)? {
                Some(entry) if below.lower.is_empty() => Some(entry),
                Some(entry) => find_present(connection, &(entry.path_lower + &below.lower))?,
                None => None,
            },
            Self::Rev(rev) => find_rev(connection, rev)?,
            Self::Bad(problem) => return Err(Refusal::Answer(lookup_problem(*problem))),
        };
        found.ok_or(Refusal::Answer(LookupError::NotFound))
    }

    /// What is or was there: also an item that has been deleted or moved away.
    pub(crate) fn find_even_deleted(
        &self,
        connection: &Connection,
    ) -> Result<StoredEntry, Refusal<LookupError>> {
        let found = match self {
            Self::Path(target) => super::store::entry::find(connection, &target.lower)?,
            Self::Id { id, below } if below.lower.is_empty() => find_by_id_even_deleted(connection, id)?,
            _ => return self.find(connection),
        };
        found.ok_or(Refusal::Answer(LookupError::NotFound))
    }

    /// The path to write to.
    pub(crate) fn write_path(&self, connection: &Connection) -> Result<WritePath, Refusal<WriteError>> {
        match self {
            Self::Path(target) => Ok(target.clone()),
            Self::Id { id, below } => {
                let entry =
                    find_by_id(connection, id)?.ok_or(Refusal::Answer(WriteError::MalformedPath(None)))?;
                Ok(WritePath {
                    lower: entry.path_lower + &below.lower,
                    display: entry.path_display + &below.display,
                })
            }
            Self::Bad(problem) if problem.is_disallowed_name() => {
                Err(Refusal::Answer(WriteError::DisallowedName))
            }
            Self::Bad(problem) => Err(Refusal::Answer(WriteError::MalformedPath(Some(problem.to_string())))),
            Self::Namespace { .. } => Err(Refusal::Answer(WriteError::NoWritePermission)),
            Self::Root | Self::Rev(_) => Err(Refusal::Answer(WriteError::MalformedPath(None))),
        }
    }
}

fn mismatch(text: &str) -> BadPath {
    let shown: String = text.chars().take(100).collect();
    BadPath(format!("path: '{shown}' did not match pattern"))
}

fn lookup_problem(problem: NameProblem) -> LookupError {
    if problem.is_disallowed_name() {
        LookupError::NotFound
    } else {
        LookupError::MalformedPath(Some(problem.to_string()))
    }
}

/// Both spellings of a path. Repeated slashes count as one (rclone writes them, reference 2.8), a slash
/// at the end does not.
pub(crate) fn parse_write_path(path: &str) -> Result<WritePath, NameProblem> {
    use unicode_normalization::UnicodeNormalization as _;
    if path.len() > PATH_LIMIT_BYTES {
        return Err(NameProblem::TooLong);
    }
    let mut display = String::with_capacity(path.len());
    let composed: String = path.nfc().collect();
    let mut parts = composed.split('/').peekable();
    while let Some(part) = parts.next() {
        if part.is_empty() {
            // An empty last part is a trailing slash, unless there is nothing at all.
            if parts.peek().is_none() && !display.is_empty() {
                return Err(NameProblem::Empty);
            }
            continue;
        }
        check_name(part)?;
        display.push('/');
        display.push_str(part);
    }
    Ok(WritePath { lower: path_lower(&display), display })
}

/// A revision as the wire writes it.
pub(crate) fn rev_text(rev: i64) -> String {
    format!("{rev:09x}")
}

/// The number of a revision; `None` for one that cannot be ours.
pub(crate) fn rev_number(text: &str) -> Option<i64> {
    let rev = i64::from_str_radix(text, 16).ok()?;
    (rev_text(rev) == text).then_some(rev)
}

/// The revision with this text.
pub(crate) fn find_rev(connection: &Connection, rev: &str) -> Result<Option<StoredEntry>, StoreError> {
    rev_number(rev).map(|rev| find_by_rev(connection, rev)).transpose().map(Option::flatten)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, forms: Forms) -> Result<String, ()> {
        match PathRef::parse(text, forms) {
            Ok(PathRef::Root) => Ok("root".into()),
            Ok(PathRef::Path(target)) => Ok(format!("{} {}", target.lower, target.display)),
            Ok(PathRef::Id { id, below }) => Ok(format!("{id} {}", below.lower)),
            Ok(PathRef::Rev(rev)) => Ok(format!("rev {rev}")),
            Ok(PathRef::Namespace { id, below }) => Ok(format!("namespace {id} {}", below.lower)),
            Ok(PathRef::Bad(problem)) => Ok(format!("bad: {problem}")),
            Err(BadPath(_)) => Err(()),
        }
    }

    #[test]
    fn each_form_is_told_apart() {
        for (text, expected) in [
            ("/A/b.txt", "/a/b.txt /A/b.txt"),
            ("//A//b", "/a/b /A/b"),
            ("/E\u{301}", "/\u{e9} /\u{c9}"),
            ("id:abc", "id:abc "),
            ("id:abc/X", "id:abc /x"),
            ("rev:123456789abc", "rev 123456789abc"),
            ("ns:1/A", "namespace 1 /a"),
            ("ns:1", "namespace 1 "),
            ("/a/", "bad: the name is empty"),
            ("/a ", "bad: the name ends in a blank"),
        ] {
            assert_eq!(parsed(text, READ_PATH).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_matches_no_form_is_the_callers_mistake() {
        for text in ["", "/", "//", "a", "rev:12", "rev:123456789XYZ", "id:", "ns:", "ns:x/a"] {
            assert_eq!(parsed(text, READ_PATH), Err(()), "{text}");
        }
        assert_eq!(parsed("", PATH_ROOT_OR_ID).as_deref(), Ok("root"));
        assert_eq!(parsed("id:abc", WRITE_PATH), Err(()));
        assert_eq!(parsed("ns:1/a", PLAIN_PATH), Err(()));
    }

    #[test]
    fn a_revision_has_one_spelling() {
        let rev = 0x12_3456_789a_i64;
        assert_eq!(rev_number(&rev_text(rev)), Some(rev));
        assert_eq!(rev_number("0000123456789a"), None);
        assert_eq!(rev_number("ffffffffffffffffff"), None);
    }
}
