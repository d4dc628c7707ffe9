//! What all files of one download share while their bytes move: the service, the right to move bytes, the places
//! for what is half done, and what is told.

use super::cancel_policy::CancelPolicy;
use super::download_file::DownloadFile;
use super::staging::Staging;
use crate::error::{Classify, RetriedError};
use crate::lanes::InteractivePermit;
use crate::lanes::Lanes;
use crate::progress::Meter;
use crate::service::Service;
use crate::transfer::{RunningTransfer, TransferPermit, TransferStore};
use coffer_model::transfer::FileState;
use coffer_model::{AccountChoice, Problem, ProblemKind, TransferPhase};
use coffer_texts::tr;
use dropbox_client::{ByteRange, RestResponse};
use dropbox_protocol::files::{DOWNLOAD, DownloadArg, DownloadError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// From here on it is told how far a file is.
const LONG_BYTES: u64 = 1 << 20;

pub(crate) struct DownloadContext<'a> {
    pub service: &'a Service,
    pub meter: &'a Meter,
    pub account: &'a AccountChoice,
    pub store: TransferStore,
    pub staging: Staging,
    pub cancel_policy: CancelPolicy,
    pub permits: PermitSource<'a>,
    /// A file has found no room, so the others look for it before they are downloaded.
    pub disk_is_full: Arc<AtomicBool>,
}

/// Whom the right to move bytes comes from.
pub(crate) enum PermitSource<'a> {
    /// The queue of transfers.
    Queue(&'a RunningTransfer<'a>),
    /// Somebody looks at it and waits.
    Interactive(&'a Lanes),
}

/// The right to move bytes now; dropping it hands it on.
pub(crate) enum DownloadPermit {
    Queue(TransferPermit),
    Permit { _permit: Option<InteractivePermit> },
}

impl DownloadPermit {
    pub(crate) fn add_moved(&mut self, bytes: u64) {
        if let Self::Queue(permit) = self {
            permit.add_moved(bytes);
        }
    }
}

/// Why bytes came to an end before their time.
pub(crate) enum StreamError {
    /// The connection; the rest can be asked for.
    Interrupted,
    /// Nothing more is to be asked for.
    Failed(Problem),
}

impl From<Problem> for StreamError {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

impl DownloadContext<'_> {
    pub(crate) async fn acquire_permit(&self) -> DownloadPermit {
        match &self.permits {
            PermitSource::Queue(transfer) => DownloadPermit::Queue(transfer.acquire_permit().await),
            PermitSource::Interactive(lanes) => {
                let permit = lanes.interactive().await;
                self.meter.phase(TransferPhase::Moving);
                DownloadPermit::Permit { _permit: permit }
            }
        }
    }

    /// Whether the person has stopped the transfer for now.
    pub(crate) fn is_paused(&self) -> bool {
        matches!(&self.permits, PermitSource::Queue(transfer) if transfer.is_paused())
    }

    /// Tells what becomes of a file.
    pub(crate) fn emit(&self, wanted: &DownloadFile, state: FileState) {
        if let PermitSource::Queue(transfer) = &self.permits {
            transfer.emit_file_updates(vec![wanted.update(state)]);
        }
    }

    /// A file is on its way; of short ones only the end is told.
    pub(crate) fn moving(&self, wanted: &DownloadFile, bytes_done: u64) {
        if wanted.size_bytes >= LONG_BYTES {
            self.emit(wanted, FileState::Moving { bytes_done });
        }
    }

    /// Asks for the bytes of a file from one place up to and without another. The revision is pinned, so they belong
    /// to what has come before.
    pub(crate) async fn open(
        &self,
        wanted: &DownloadFile,
        from: u64,
        to: u64,
    ) -> Result<RestResponse, StreamError> {
        let arg = DownloadArg::new(format!("rev:{}", wanted.rev.0));
        let whole = from == 0 && to == wanted.size_bytes;
        let range = (!whole).then_some(ByteRange::Between(from, to));
        let answer = self.service.download(&DOWNLOAD, &arg, range).await;
        let (_, response) = answer.map_err(|error| refused(wanted, &error))?;
        if whole || starts_at(&response, from) {
            return Ok(response);
        }
        tracing::debug!(from, to, "the answer has another part of the file than was asked for");
        Err(StreamError::Interrupted)
    }
}

fn refused(wanted: &DownloadFile, error: &RetriedError<DownloadError>) -> Problem {
    if error.kind() == ProblemKind::NotFound {
        let detail = tr!("why-version-gone");
        return wanted.problem().because(ProblemKind::RevisionNotFound, detail);
    }
    wanted.problem().call(error)
}

fn starts_at(response: &RestResponse, from: u64) -> bool {
    if response.status() != 206 {
        return from == 0;
    }
    let range = response.header("content-range").and_then(|range| range.strip_prefix("bytes "));
    range.and_then(|range| range.split_once('-')).is_none_or(|(start, _)| start.parse() == Ok(from))
}

/// The bytes of one file that the meter has counted. Taken back when the file does not arrive.
pub(crate) struct CountedBytes<'a> {
    meter: &'a Meter,
    bytes: AtomicU64,
}

impl<'a> CountedBytes<'a> {
    pub(crate) fn new(meter: &'a Meter) -> Self {
        Self { meter, bytes: AtomicU64::new(0) }
    }

    pub(crate) fn add(&self, bytes: u64) -> u64 {
        self.meter.add_bytes(bytes);
        self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes
    }

    /// These were downloaded by an earlier run.
    pub(crate) fn already(&self, bytes: u64) {
        self.meter.add_known(bytes);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The file is there: they stay counted.
    pub(crate) fn keep(&self) {
        self.bytes.store(0, Ordering::Relaxed);
    }
}

impl Drop for CountedBytes<'_> {
    fn drop(&mut self) {
        self.meter.subtract_bytes(self.bytes.load(Ordering::Relaxed));
    }
}
