//! Items that were promised to other programs, by dragging them out of the window or copying them: they are downloaded when a
//! program takes them. What is offered to whom is the window's part.

use super::effect::Effect;
use super::{State, text};
use coffer_model::{Direction, Entry, Job, Outcome, Receipt};
use std::path::PathBuf;

impl State {
    pub(super) fn fetch_promised(&mut self, entries: Vec<Entry>, folder: PathBuf) {
        self.start_download(Job::FetchPromised { entries, folder });
    }

    /// The program gets all of what it takes, or nothing; the person hears why.
    pub(super) fn on_promised_fetched(&mut self, folder: PathBuf, outcome: Outcome) {
        let local_paths = match outcome {
            Outcome::Done(Receipt::Transferred { report, .. }) if !report.failed.is_empty() => {
                self.report_all(text::transfer_failed(Direction::Download, &report), &report.failed);
                None
            }
            Outcome::Done(Receipt::Transferred { report, .. }) if !report.cancelled => {
                Some(report.downloaded)
            }
            Outcome::Failed(problem) => {
                self.report(problem, None);
                None
            }
            Outcome::Done(_) | Outcome::Cancelled => None,
        };
        self.context.emit(Effect::FulfillPromise { folder, local_paths });
    }
}
