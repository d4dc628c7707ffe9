//! Errors on request, for tests and for people who test their own programs against the account:
//! `files/upload:429:3` refuses the next three uploads, `*:reset:1%` breaks one call in a hundred. Nothing goes
//! wrong unless it was asked for.

use parking_lot::Mutex;
use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// What happens to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// This status instead of an answer; 429 with a `Retry-After` of `retry_after_secs`.
    Status { status: u16, retry_after_secs: u64 },
    /// The connection breaks before the call has any effect.
    Reset,
    /// The reply breaks off in the middle of its body.
    Cut,
    /// The call takes effect, but the connection breaks instead of the reply.
    LostReply,
    /// The call takes effect, but every byte of the reply’s body arrives changed.
    Garbled,
    /// The reply comes later.
    Delay(Duration),
}

/// How often a fault happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Often {
    /// The next calls, this many of them; then the fault is removed.
    Times(u32),
    /// This percentage of calls, at random, for ever. The percentages of several faults add up.
    Percent(f64),
}

/// One fault: which calls, what, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// A route such as `files/upload`; `*` stands for anything, as in `files/upload_session/*`.
    pub route: String,
    pub kind: FaultKind,
    pub often: Often,
}

impl Fault {
    pub fn new(route: impl Into<String>, kind: FaultKind, count: u32) -> Self {
        Self { route: route.into(), kind, often: Often::Times(count) }
    }

    /// A fault of this percentage of calls.
    pub fn percent(route: impl Into<String>, kind: FaultKind, percent: f64) -> Self {
        Self { route: route.into(), kind, often: Often::Percent(percent) }
    }

    /// A status instead of an answer; a 429 asks to wait for one second.
    pub fn status(route: impl Into<String>, status: u16, count: u32) -> Self {
        Self::new(route, FaultKind::Status { status, retry_after_secs: 1 }, count)
    }
}

/// A fault that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a valid fault; use ROUTE:WHAT[:COUNT] or ROUTE:WHAT:PERCENT%, where WHAT is a status, \
     reset, cut, lost-reply, garbled or delay-MILLISECONDS"
)]
pub struct BadFault(String);

impl FromStr for Fault {
    type Err = BadFault;

    /// Reads `ROUTE:WHAT[:COUNT]` and `ROUTE:WHAT:PERCENT%`; a 429 may name its `Retry-After` in seconds, as in
    /// `429/5`.
    fn from_str(text: &str) -> Result<Self, BadFault> {
        let bad = || BadFault(text.to_owned());
        let mut parts = text.split(':');
        let route = parts.next().filter(|route| !route.is_empty()).ok_or_else(bad)?;
        let what = parts.next().ok_or_else(bad)?;
        let often = parts.next().map_or(Some(Often::Times(1)), often).ok_or_else(bad)?;
        if parts.next().is_some() {
            return Err(bad());
        }
        let kind = match (what, what.strip_prefix("delay-")) {
            ("reset", _) => FaultKind::Reset,
            ("cut", _) => FaultKind::Cut,
            ("lost-reply", _) => FaultKind::LostReply,
            ("garbled", _) => FaultKind::Garbled,
            (_, Some(millis)) => FaultKind::Delay(Duration::from_millis(millis.parse().map_err(|_| bad())?)),
            (_, None) => {
                let (status, retry_after) = what.split_once('/').unwrap_or((what, "1"));
                let status =
                    status.parse().ok().filter(|status| (400..600).contains(status)).ok_or_else(bad)?;
                FaultKind::Status { status, retry_after_secs: retry_after.parse().map_err(|_| bad())? }
            }
        };
        Ok(Self { route: route.to_owned(), kind, often })
    }
}

/// `3`, `1%`, `0.5%`
fn often(text: &str) -> Option<Often> {
    match text.strip_suffix('%') {
        None => text.parse().ok().map(Often::Times),
        Some(percent) => {
            percent.parse().ok().filter(|percent| (0.0..=100.0).contains(percent)).map(Often::Percent)
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { status, .. } => write!(formatter, "{status}"),
            Self::Reset => formatter.write_str("reset"),
            Self::Cut => formatter.write_str("cut"),
            Self::LostReply => formatter.write_str("lost-reply"),
            Self::Garbled => formatter.write_str("garbled"),
            Self::Delay(time) => write!(formatter, "delay-{}", time.as_millis()),
        }
    }
}

/// The faults that are still to come. Clones share them, so they can be added while the server runs.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    waiting: Arc<Mutex<VecDeque<Fault>>>,
}

impl Faults {
    /// Adds a fault behind those that wait.
    pub fn add(&self, fault: Fault) {
        self.waiting.lock().push_back(fault);
    }

    /// Forgets all faults.
    pub fn clear(&self) {
        self.waiting.lock().clear();
    }

    /// Takes the fault that hits a call of `route`, if there is one.
    pub fn next_for_route(&self, route: &str) -> Option<FaultKind> {
        let mut waiting = self.waiting.lock();
        waiting.retain(|fault| fault.often != Often::Times(0));
        let mut matching = waiting.iter_mut().filter(|fault| matches(&fault.route, route));
        // One draw for all shares: what one fault leaves out, the next one may take.
        let mut drawn = fastrand::f64() * 100.0;
        matching.find_map(|fault| {
            let hits = match &mut fault.often {
                Often::Times(left) => {
                    *left -= 1;
                    true
                }
                Often::Percent(percent) => {
                    drawn -= *percent;
                    drawn < 0.0
                }
            };
            hits.then(|| fault.kind.clone())
        })
    }
}

fn matches(pattern: &str, route: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == route,
        Some((start, rest)) => route.strip_prefix(start).is_some_and(|tail| {
            (0..=tail.len()).filter(|at| tail.is_char_boundary(*at)).any(|at| matches(rest, &tail[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_from_short_texts() {
        for (text, expected) in [
            ("files/upload:429:3", Some(Fault::status("files/upload", 429, 3))),
            ("*:reset", Some(Fault::new("*", FaultKind::Reset, 1))),
            ("*:garbled:2", Some(Fault::new("*", FaultKind::Garbled, 2))),
            ("files/download:cut:2", Some(Fault::new("files/download", FaultKind::Cut, 2))),
            (
                "files/*:delay-250",
                Some(Fault::new("files/*", FaultKind::Delay(Duration::from_millis(250)), 1)),
            ),
            ("a:429/7", Some(Fault::new("a", FaultKind::Status { status: 429, retry_after_secs: 7 }, 1))),
            ("*:503:2.5%", Some(Fault::percent("*", Fault::status("", 503, 1).kind, 2.5))),
            ("*:503:101%", None),
            ("*:503:-1%", None),
            ("files/upload", None),
            ("files/upload:200", None),
            ("files/upload:reset:many", None),
            (":reset", None),
            ("a:reset:1:1", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text}");
        }
    }

    #[test]
    fn a_fault_hits_matching_calls_as_often_as_it_says() {
        let faults = Faults::default();
        faults.add(Fault::status("files/upload_session/*", 500, 2));
        assert_eq!(faults.next_for_route("files/upload"), None);
        assert!(faults.next_for_route("files/upload_session/start").is_some());
        assert!(faults.next_for_route("files/upload_session/finish").is_some());
        assert_eq!(faults.next_for_route("files/upload_session/finish"), None);
    }

    #[test]
    fn shares_add_up_and_last() {
        let faults = Faults::default();
        faults.add(Fault::percent("files/*", FaultKind::Reset, 30.0));
        faults.add(Fault::percent("*", FaultKind::Cut, 70.0));
        let taken: Vec<_> = (0..1000).map(|_| faults.next_for_route("files/upload")).collect();
        let count = |kind: &FaultKind| taken.iter().filter(|taken| taken.as_ref() == Some(kind)).count();
        // Beyond this chance does not go once in 10^20 runs.
        assert!((150..450).contains(&count(&FaultKind::Reset)));
        assert_eq!(count(&FaultKind::Reset) + count(&FaultKind::Cut), 1000);
    }

    #[test]
    fn faults_that_are_counted_go_by_their_place_among_the_shares() {
        let faults = Faults::default();
        faults.add(Fault::percent("*", FaultKind::Reset, 0.0));
        faults.add(Fault::new("*", FaultKind::Cut, 1));
        assert_eq!(faults.next_for_route("files/upload"), Some(FaultKind::Cut));
        assert_eq!(faults.next_for_route("files/upload"), None);
    }
}
