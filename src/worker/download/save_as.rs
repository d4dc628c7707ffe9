//! Saves one revision to a local file that the person chose, in place of what is there: the dialog has asked.

use super::fetch::{Place, fetch};
use crate::model::transfer::TransferReport;
use crate::model::{Entry, Existing, Phase, Receipt};
use crate::worker::context::{JobContext, Stop};
use crate::worker::progress::Meter;
use crate::worker::shared::Shared;
use std::path::PathBuf;

pub async fn save_as(
    shared: &Shared,
    job: &JobContext,
    entry: Entry,
    local_path: PathBuf,
    existing: Existing,
) -> Result<Receipt, Stop> {
    // What it asks for follows with the engine; until then what is there is replaced.
    let _ = existing;
    let bytes = entry.file().map_or(0, |file| file.size_bytes);
    let meter = Meter::new(job, 1, bytes);
    let account = shared.account().await?;
    let service = account.service.for_transfer(&meter);
    let _permit = shared.lanes.transfer().await;
    meter.phase(Phase::Moving);
    let place = fetch(&service, &meter, &entry, Place::At(local_path)).await?;
    meter.report();
    let report = TransferReport { files: 1, bytes, downloaded: vec![place], ..TransferReport::default() };
    Ok(Receipt::Transferred { report, undo: None })
}
