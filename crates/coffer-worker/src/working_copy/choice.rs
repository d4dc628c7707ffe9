//! How a changed working copy is saved, told from what is in the account now. Sends nothing.

use super::record::CopyRecord;
use dropbox_protocol::files::FileMetadata;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SaveChoice {
    /// The account has this content already: an earlier call, whose answer was lost, has put it there, or somebody else.
    AlreadyThere,
    /// A new version of the file, which has this revision and the content that the copy was made from.
    Replace { rev: String },
    /// The file is gone from the account: it is made again where it was.
    Add,
    /// Others have changed the file: what was changed here goes beside it.
    KeepBoth,
}

/// `remote` is the file with the id of the copy, if there is one.
pub(crate) fn choose(record: &CopyRecord, remote: Option<&FileMetadata>, content_hash: &str) -> SaveChoice {
    let Some(remote) = remote else { return SaveChoice::Add };
    let has_hash = |hash: &str| remote.content_hash.as_deref() == Some(hash);
    if has_hash(content_hash) {
        SaveChoice::AlreadyThere
    } else if remote.rev == record.rev || has_hash(&record.content_hash) {
        // A move or a rename makes a new revision of the same content.
        SaveChoice::Replace { rev: remote.rev.clone() }
    } else {
        SaveChoice::KeepBoth
    }
}

#[cfg(test)]
mod tests {
    use super::{SaveChoice, choose};
    use crate::working_copy::record::CopyRecord;
    use dropbox_protocol::files::FileMetadata;

    const BASE: &str = "base";
    const MINE: &str = "mine";
    const THEIRS: &str = "theirs";

    fn remote(rev: &str, hash: Option<&str>) -> FileMetadata {
        serde_json::from_value(serde_json::json!({
            "name": "a.txt", "id": "id:1", "rev": rev, "size": 1, "content_hash": hash,
            "client_modified": "2026-01-01T00:00:00Z", "server_modified": "2026-01-01T00:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn nothing_is_replaced_that_the_person_has_not_seen() {
        let record = CopyRecord {
            account: String::new(),
            remote_path: "/a.txt".into(),
            path_root: None,
            file_id: "id:1".into(),
            rev: "000000001".into(),
            content_hash: BASE.into(),
            name: "a.txt".into(),
            opened_unix_secs: 0,
            fingerprint: None,
            conflict: None,
        };
        let check = |remote: Option<FileMetadata>, expected| {
            assert_eq!(choose(&record, remote.as_ref(), MINE), expected, "{remote:?}");
        };
        let replace = |rev: &str| SaveChoice::Replace { rev: rev.into() };
        check(None, SaveChoice::Add);
        check(Some(remote("000000001", Some(BASE))), replace("000000001"));
        check(Some(remote("000000001", None)), replace("000000001"));
        check(Some(remote("000000002", Some(BASE))), replace("000000002"));
        check(Some(remote("000000002", Some(MINE))), SaveChoice::AlreadyThere);
        check(Some(remote("000000002", Some(THEIRS))), SaveChoice::KeepBoth);
        check(Some(remote("000000002", None)), SaveChoice::KeepBoth);
    }
}
