//! How a transfer ended.

use coffer_model::Problem;
use coffer_model::transfer::TransferReport;
use jiff::Timestamp;

pub enum TransferEnd {
    Done { at: Timestamp, report: TransferReport },
    Failed(Problem),
    Cancelled,
}
