//! Uploads and downloads of this run, running ones first.

use crate::model::transfer::{Direction, Progress, TransferReport};
use crate::model::{Job, Problem, RequestId};
use jiff::Timestamp;

#[derive(Default)]
pub struct Transfers {
    pub list: Vec<Transfer>,
    pub panel_open: bool,
}

pub struct Transfer {
    pub id: RequestId,
    pub direction: Direction,
    /// "Crossing the glacier.mp4", "Expedition 2026 (412 files)".
    pub title: String,
    /// Where it goes, in words.
    pub target: String,
    pub progress: Option<Progress>,
    pub end: Option<End>,
    /// What to send again for a retry.
    pub job: Job,
}

pub enum End {
    Done { at: Timestamp, report: TransferReport },
    Failed(Problem),
    Cancelled,
}
