//! What a batch of small files notes for a run after a kill: the sessions that were started, which file goes to which
//! of them, and what the service has confirmed. The first two are on disk before they are acted upon, so that every
//! session that holds something is known by then. Nothing ends a session but a file that is made of it, or seven days:
//! what is known is used up.

use super::journal::is_alive;
use super::source::Fingerprint;
use crate::transfer::TransferLog;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A session that waits for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    pub holds: Holds,
}

/// What a session may hold already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It was started just now.
    Nothing,
    /// Nothing, or what has this hash: it was sent, and the answer never came.
    Perhaps(String),
    /// Nothing was noted as sent to it by an earlier run, or something else was; a power cut or a full disk may have
    /// cost a note.
    Unknown,
}

impl Session {
    pub fn new(id: String) -> Self {
        Self { id, holds: Holds::Nothing }
    }

    /// Whether it surely holds nothing but perhaps this.
    pub fn fits(&self, hash: &str) -> bool {
        match &self.holds {
            Holds::Nothing => true,
            Holds::Perhaps(perhaps) => perhaps == hash,
            Holds::Unknown => false,
        }
    }
}

/// A file and the session that it goes to, as it is noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The file's place in the plan.
    pub place: usize,
    pub session_id: String,
    pub hash: String,
    pub fingerprint: Fingerprint,
    /// Nothing but this very content can be in the session.
    #[serde(default)]
    pub fits: bool,
}

impl Sent {
    /// The session, while nobody knows whether the file has come there.
    pub fn unsure(self) -> Session {
        let holds = if self.fits { Holds::Perhaps(self.hash) } else { Holds::Unknown };
        Session { id: self.session_id, holds }
    }
}

/// Started sessions, as they are noted.
#[derive(Serialize, Deserialize)]
struct Started {
    started_unix_secs: i64,
    ids: Vec<String>,
}

/// What this run and earlier ones of the order have noted, sorted out.
#[derive(Default)]
pub struct Notes {
    /// Files that the service holds, by their places in the plan.
    pub held: HashMap<usize, Sent>,
    /// Where files went of which nobody knows whether they arrived, by their places in the plan.
    pub unsure: HashMap<usize, Session>,
    /// Sessions that nothing was sent to, as far as it is noted.
    pub spare: Vec<Session>,
    times_started: usize,
    times_sent: usize,
}

impl Notes {
    /// Those of many files take a while: to be called where that may block.
    pub fn find(log: &TransferLog) -> Self {
        let mut notes = Self::default();
        let mut alive: HashMap<String, bool> = HashMap::new();
        while let Some(started) = log.find::<Started>(&started_key(notes.times_started)) {
            notes.times_started += 1;
            let is_alive = is_alive(started.started_unix_secs);
            alive.extend(started.ids.into_iter().map(|id| (id, is_alive)));
        }
        // What became of a session is told by the last note about it.
        let mut last: HashMap<String, (usize, Sent, Option<bool>)> = HashMap::new();
        while let Some(sent) = log.find::<Vec<Sent>>(&sent_key(notes.times_sent)) {
            let number = notes.times_sent;
            notes.times_sent += 1;
            let answer = log.find::<Vec<(String, String)>>(&held_key(number));
            for file in sent {
                let is_it = |(id, hash): &(String, String)| *id == file.session_id && *hash == file.hash;
                let held = answer.as_ref().map(|held| held.iter().any(is_it));
                last.insert(file.session_id.clone(), (number, file, held));
            }
        }
        let mut last: Vec<(usize, Sent, Option<bool>)> = last.into_values().collect();
        last.sort_by_key(|(number, ..)| *number);
        for (_, file, held) in last {
            if alive.remove(&file.session_id) != Some(true) {
                continue;
            }
            match held {
                Some(true) => drop(notes.held.insert(file.place, file)),
                Some(false) => {}
                None => {
                    notes.unsure.insert(file.place, file.unsure());
                }
            }
        }
        let spare = alive.into_iter().filter(|(_, is_alive)| *is_alive);
        notes.spare = spare.map(|(id, _)| Session { id, holds: Holds::Unknown }).collect();
        notes
    }

    /// Whether sessions were ever started for the order.
    pub fn any(log: &TransferLog) -> bool {
        log.has(&started_key(0))
    }

    /// Whether a session is known that has something to do with a file.
    pub fn knows(&self, place: usize) -> bool {
        self.held.contains_key(&place) || self.unsure.contains_key(&place)
    }

    /// Sessions were started just now.
    pub fn started(&mut self, log: &TransferLog, ids: &[String]) {
        let note = Started { started_unix_secs: Timestamp::now().as_second(), ids: ids.to_vec() };
        log.note(&started_key(self.times_started), &note);
        self.times_started += 1;
    }

    /// Files are about to be sent in one call; gives the number of the call.
    pub fn sent(&mut self, log: &TransferLog, files: &[&Sent]) -> usize {
        let number = self.times_sent;
        log.note(&sent_key(number), &files);
        self.times_sent += 1;
        number
    }

    /// The service has answered a call: it holds these of its files, and the sessions of the others are of no use. The
    /// note says itself what is held where: that of another call with this number, whose own note was lost, proves
    /// nothing.
    pub fn answered(log: &TransferLog, number: usize, held: &[&Sent]) {
        let held: Vec<(&str, &str)> =
            held.iter().map(|sent| (sent.session_id.as_str(), sent.hash.as_str())).collect();
        log.note(&held_key(number), &held);
    }
}

fn started_key(number: usize) -> String {
    format!("sessions {number}")
}

fn sent_key(number: usize) -> String {
    format!("sent {number}")
}

fn held_key(number: usize) -> String {
    format!("held {number}")
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::{Holds, Notes, Sent, Session, Started, started_key};
    use crate::transfer::{Orders, TransferLog};
    use std::io::Write as _;

    fn log() -> (tempfile::TempDir, TransferLog) {
        let folder = tempfile::tempdir().unwrap();
        let log = TransferLog::new(Orders::new(folder.path().join("transfers")));
        (folder, log)
    }

    fn sent(place: usize, session: &str) -> Sent {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        write!(file, "{place}").unwrap();
        let fingerprint = Source::open(file.path()).unwrap().fingerprint;
        Sent { place, session_id: session.to_owned(), hash: format!("hash {place}"), fingerprint, fits: true }
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_was_started_is_spare_until_something_is_sent_to_it() {
        let (_folder, log) = log();
        assert!(!Notes::any(&log));
        let mut notes = Notes::find(&log);
        notes.started(&log, &ids(&["a", "b"]));
        assert!(Notes::any(&log));
        notes.sent(&log, &[&sent(0, "a")]);
        let notes = Notes::find(&log);
        assert_eq!(notes.spare, [Session { id: "b".to_owned(), holds: Holds::Unknown }]);
        let unsure = &notes.unsure[&0];
        assert!(unsure.id == "a" && unsure.fits("hash 0") && !unsure.fits("hash 1"));
        assert!(notes.knows(0) && !notes.knows(1) && notes.held.is_empty());
    }

    #[test]
    fn what_was_sent_to_a_session_that_may_hold_something_else_does_not_make_it_known() {
        let (_folder, log) = log();
        let mut notes = Notes::find(&log);
        notes.started(&log, &ids(&["a"]));
        assert!(Session::new("a".to_owned()).fits("hash 1"));
        assert!(!Notes::find(&log).spare[0].fits("hash 1"));
        notes.sent(&log, &[&Sent { fits: false, ..sent(1, "a") }]);
        assert!(!Notes::find(&log).unsure[&1].fits("hash 1"));
    }

    #[test]
    fn an_answer_tells_what_is_held_and_that_the_rest_is_of_no_use() {
        let (_folder, log) = log();
        let mut notes = Notes::find(&log);
        notes.started(&log, &ids(&["a", "b", "c"]));
        let number = notes.sent(&log, &[&sent(7, "a"), &sent(8, "b")]);
        Notes::answered(&log, number, &[&sent(8, "b")]);
        // The first of them was sent anew, to another session.
        let number = Notes::find(&log).sent(&log, &[&sent(7, "c")]);
        Notes::answered(&log, number, &[&sent(7, "c")]);
        let notes = Notes::find(&log);
        assert_eq!((notes.held[&7].session_id.as_str(), notes.held[&8].session_id.as_str()), ("c", "b"));
        assert!(notes.unsure.is_empty() && notes.spare.is_empty());
    }

    #[test]
    fn an_answer_to_another_call_of_the_same_number_does_not_tell_that_it_is_held() {
        let (_folder, log) = log();
        let mut notes = Notes::find(&log);
        notes.started(&log, &ids(&["a"]));
        Notes::answered(&log, 0, &[&sent(1, "a")]);
        notes.sent(&log, &[&sent(2, "a")]);
        assert!(Notes::find(&log).held.is_empty());
    }

    #[test]
    fn later_starts_do_not_hide_earlier_ones() {
        let (_folder, log) = log();
        Notes::find(&log).started(&log, &ids(&["a"]));
        Notes::find(&log).started(&log, &ids(&["b"]));
        assert_eq!(Notes::find(&log).spare.len(), 2);
    }

    #[test]
    fn sessions_that_have_ended_are_not_known_any_more() {
        let (_folder, log) = log();
        log.note(&started_key(0), &Started { started_unix_secs: 0, ids: ids(&["a", "b"]) });
        let mut notes = Notes::find(&log);
        let number = notes.sent(&log, &[&sent(0, "a")]);
        Notes::answered(&log, number, &[&sent(0, "a")]);
        let notes = Notes::find(&log);
        assert!(notes.held.is_empty() && notes.spare.is_empty() && !notes.knows(0));
    }
}
