//! The sessions for small files that this run and earlier ones of an upload have started, sorted by what they may hold.
//!
//! A session is on disk before anything is sent to it, and so is which file that will be. Nothing ends a session but a
//! file that is committed from it, or seven days: so a later run uses up those that it finds. What a row says may be
//! older than what the service has, after a power cut or where the disk was full; then it is only certain that the
//! session is ours.

use crate::transfer::{AssignedFile, SessionRow, is_session_alive};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A session that waits for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UploadSession {
    pub id: String,
    pub content: SessionContent,
}

/// What a session may hold already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SessionContent {
    /// It was started just now.
    Nothing,
    /// Nothing, or what has this hash: it was sent, and the answer never came.
    Perhaps(String),
    /// By what is on disk nothing was sent to it, or something else was.
    Unknown,
}

impl UploadSession {
    pub(crate) fn new(id: String) -> Self {
        Self { id, content: SessionContent::Nothing }
    }

    /// The session of a file, while nobody knows whether the service holds the file.
    pub(crate) fn from_assigned(file: AssignedFile) -> Self {
        let content = if file.fits { SessionContent::Perhaps(file.hash) } else { SessionContent::Unknown };
        Self { id: file.session_id, content }
    }

    /// Whether it surely holds nothing but perhaps this.
    pub(crate) fn fits(&self, hash: &str) -> bool {
        match &self.content {
            SessionContent::Nothing => true,
            SessionContent::Perhaps(perhaps) => perhaps == hash,
            SessionContent::Unknown => false,
        }
    }
}

/// Files are named by their indexes in the plan.
#[derive(Debug, Default)]
pub(crate) struct KnownSessions {
    /// Files that the service holds.
    pub held: HashMap<usize, AssignedFile>,
    /// Where files were sent of which nobody knows whether the service holds them.
    pub unsure: HashMap<usize, UploadSession>,
    /// Sessions that nothing was sent to, as far as that is on disk.
    pub spare: Vec<UploadSession>,
}

impl KnownSessions {
    /// Sessions that have ended at the service are left out.
    pub(crate) fn from_rows(rows: Vec<SessionRow>) -> Self {
        let mut known = Self::default();
        for row in rows.into_iter().filter(|row| is_session_alive(row.started_secs)) {
            match row.assigned {
                Some((file, true)) => drop(known.held.insert(file.index, file)),
                Some((file, false)) => known.insert_unsure(file),
                None => {
                    let session = UploadSession { id: row.session_id, content: SessionContent::Unknown };
                    known.spare.push(session);
                }
            }
        }
        known
    }

    /// A file may have been sent twice, because its first call failed. One session is enough for it.
    fn insert_unsure(&mut self, file: AssignedFile) {
        match self.unsure.entry(file.index) {
            Entry::Vacant(entry) => drop(entry.insert(UploadSession::from_assigned(file))),
            Entry::Occupied(_) => self.spare.push(UploadSession::from_assigned(file)),
        }
    }

    /// Whether a session is known that has something to do with a file.
    pub(crate) fn contains(&self, index: usize) -> bool {
        self.held.contains_key(&index) || self.unsure.contains_key(&index)
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownSessions, SessionContent, UploadSession};
    use crate::fingerprint::Fingerprint;
    use crate::transfer::{AssignedFile, SessionRow};
    use jiff::Timestamp;

    fn row(id: &str, assigned: Option<(usize, bool)>) -> SessionRow {
        let fingerprint = Fingerprint { size_bytes: 1, modified_nanos: 2, inode: 3 };
        let file = |index| AssignedFile {
            index,
            session_id: id.to_owned(),
            hash: format!("hash {index}"),
            fingerprint,
            fits: true,
        };
        SessionRow {
            session_id: id.to_owned(),
            started_secs: Timestamp::now().as_second(),
            assigned: assigned.map(|(index, held)| (file(index), held)),
        }
    }

    #[test]
    fn a_session_is_spare_until_a_file_is_sent_to_it_and_then_holds_that_perhaps_or_surely() {
        let rows = vec![row("a", Some((0, false))), row("b", None), row("c", Some((1, true)))];
        let known = KnownSessions::from_rows(rows);
        assert_eq!(known.spare, [UploadSession { id: "b".to_owned(), content: SessionContent::Unknown }]);
        assert!(!known.spare[0].fits("hash 0"), "what was lost with the power may be in it");
        let unsure = &known.unsure[&0];
        assert!(unsure.id == "a" && unsure.fits("hash 0") && !unsure.fits("hash 1"));
        assert_eq!(known.held[&1].session_id, "c");
        assert!(known.contains(0) && known.contains(1) && !known.contains(2));
    }

    #[test]
    fn what_was_sent_to_a_session_that_may_hold_something_else_does_not_make_it_known() {
        let mut unknown = row("a", Some((1, false)));
        unknown.assigned.as_mut().unwrap().0.fits = false;
        assert!(UploadSession::new("a".to_owned()).fits("hash 1"));
        assert!(!KnownSessions::from_rows(vec![unknown]).unsure[&1].fits("hash 1"));
    }

    #[test]
    fn of_two_sessions_of_a_file_one_is_left_for_another_file() {
        let known = KnownSessions::from_rows(vec![row("a", Some((1, false))), row("b", Some((1, false)))]);
        assert_eq!((known.unsure.len(), known.spare.len()), (1, 1));
    }

    #[test]
    fn sessions_that_have_ended_are_not_known_any_more() {
        let rows = [("a", None), ("b", Some((0, true))), ("c", Some((1, false)))];
        let ended = rows.map(|(id, assigned)| SessionRow { started_secs: 0, ..row(id, assigned) });
        let known = KnownSessions::from_rows(ended.to_vec());
        assert!(known.held.is_empty() && known.unsure.is_empty() && known.spare.is_empty());
    }
}
