//! Tells a person that the command waits because the service asked for it.

use super::format;
use super::output::Output;
use coffer_model::message::Waiting;
use jiff::Timestamp;
use std::time::{Duration, Instant};

/// A wait for the same reason is printed again after so long.
const TELL_AGAIN: Duration = Duration::from_mins(1);

/// A line on the standard error for each wait; with `--json` none.
pub(super) struct WaitNotice {
    output: Output,
    /// The reason that was printed last, and when.
    printed: Option<(String, Instant)>,
}

impl WaitNotice {
    pub(super) fn new(output: Output) -> Self {
        Self { output, printed: None }
    }

    pub(super) fn print(&mut self, waiting: &Waiting) {
        let printed = self.printed.as_ref();
        let is_news =
            printed.is_none_or(|(reason, when)| *reason != waiting.reason || when.elapsed() > TELL_AGAIN);
        if is_news && !self.output.json {
            self.printed = Some((waiting.reason.clone(), Instant::now()));
            self.output.status(&in_words(waiting.until, &waiting.reason));
        }
    }
}

/// "Waiting 12 s: Dropbox asked Coffer to slow down"
pub(super) fn in_words(until: Timestamp, reason: &str) -> String {
    let left = until.as_second().saturating_sub(Timestamp::now().as_second()).max(1);
    format!("Waiting {}: {reason}", format::duration(left as f64))
}
