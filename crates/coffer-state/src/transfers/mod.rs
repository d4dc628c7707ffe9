//! The uploads and downloads of this run in three sections (running, failed, finished), their totals, and the panel
//! that shows them. What becomes of a transfer is in `start_transfer` and `commands`; how one begins is in
//! `uploads` and `downloads`.

pub mod files;
pub mod history;
pub mod list;
pub mod rows;
pub mod title;
pub mod transfer;

mod batch;
mod clock;
mod commands;
mod end;
mod focus;
mod throughput;
mod totals;

pub use end::TransferEnd;
pub use files::{FileFilter, FileRow, TransferFiles};
pub use focus::{RowFocus, Section};
pub use history::SpeedHistory;
pub use list::TransferList;
pub use rows::{PanelRow, PanelRows};
pub use title::TransferTitle;
pub use totals::TransferTotals;
pub use transfer::{PreparingUpload, TransferItem};

pub(super) use transfer::NewTransfer;
