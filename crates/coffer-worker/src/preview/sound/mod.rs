//! The sound of recordings: played by the sound server of the desktop, and measured for its picture. What is needed next
//! is downloaded in ranges and decoded on a thread of its own, some seconds ahead of what is heard.

mod decoder;
mod loudness;
#[cfg_attr(not(target_os = "linux"), path = "no_output.rs")]
mod output;

use super::super::context::{JobContext, JobError};
use super::super::problem::{self, Subject};
use super::super::worker_context::WorkerContext;
use super::remote_file::{RemoteFile, read_through};
use coffer_model::entry::File;
use coffer_model::{Entry, Problem, ProblemKind, Receipt, SoundProgress, Update};
use coffer_texts::tr;
use decoder::{Decoder, SoundFormat};
use output::SoundOutput;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// What was downloaded last is kept: a container of several tracks goes back and forth in it.
const KEPT_BYTES: u64 = 8 * 1024 * 1024;

/// Decoded pieces that wait for the sound server: some 6 seconds of an MP3.
const PIECES_AHEAD: usize = 256;

/// Samples between -1 and 1, of one channel after the other.
type Samples = Vec<f32>;

/// Why nothing is heard. Without a sound server that is known, there is one reason.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "see `no_output`"))]
enum OutputFailure {
    NoServer,
    /// In the words of the server.
    Refused(String),
    Internal(Problem),
}

/// How much was heard.
struct Played {
    time: Duration,
    /// For want of samples nothing is heard.
    is_waiting: bool,
}

struct OpenedSound {
    format: SoundFormat,
    /// Where it begins: near the moment that was asked for.
    from: Duration,
}

/// Plays a recording from a moment on.
pub(crate) async fn play(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
    from: Duration,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let about = || problem::general(tr!("sound-not-played", name = entry.name()));
    let file = content_of(&entry, about)?;
    let (sender, samples) = mpsc::channel(PIECES_AHEAD);
    let (opened, on_opened) = oneshot::channel();
    let name = entry.name().to_owned();
    let decode = read_through(&account, &entry, file, KEPT_BYTES, move |remote| {
        decode_all(remote, &name, from, opened, &sender);
    });
    let play = async {
        // The thread that decodes is gone without a word only when the download has failed, which ends the job as well.
        let Ok(opened) = on_opened.await else { return Ok(()) };
        let Some(OpenedSound { format, from }) = opened else { return Err(not_playable(about)) };
        let failed = |failure| not_heard(about(), failure);
        let server = worker.config.sound_server.clone();
        let mut output = SoundOutput::open(server, format, samples).await.map_err(failed)?;
        while let Some(played) = output.next().await.map_err(failed)? {
            let progress = SoundProgress { position: from + played.time, is_waiting: played.is_waiting };
            job.update(Update::Sound(progress));
        }
        Ok(())
    };
    tokio::try_join!(decode, play)?;
    Ok(Receipt::Nothing)
}

/// How loud a recording is from its beginning to its end.
pub(crate) async fn measure_loudness(
    worker: &WorkerContext,
    job: &JobContext,
    entry: Entry,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let about = || problem::general(tr!("sound-not-played", name = entry.name()));
    let file = content_of(&entry, about)?;
    let name = entry.name().to_owned();
    let measured = read_through(&account, &entry, file, KEPT_BYTES, move |remote| {
        let mut decoder = Decoder::open(remote, &name, Duration::ZERO)?;
        loudness::measure(&mut decoder)
    });
    let loudness = measured.await?.ok_or_else(|| not_playable(about))?;
    Ok(Receipt::Loudness(Arc::from(loudness)))
}

fn decode_all(
    remote: RemoteFile,
    name: &str,
    from: Duration,
    opened: oneshot::Sender<Option<OpenedSound>>,
    samples: &mpsc::Sender<Samples>,
) {
    let Some(mut decoder) = Decoder::open(remote, name, from) else {
        // Nobody waits for it when the job was cancelled.
        let _ = opened.send(None);
        return;
    };
    if opened.send(Some(OpenedSound { format: decoder.format, from: decoder.from })).is_err() {
        return;
    }
    while let Some(piece) = decoder.next_piece() {
        if samples.blocking_send(piece).is_err() {
            return;
        }
    }
}

fn content_of(entry: &Entry, about: impl Fn() -> Subject) -> Result<&File, JobError> {
    entry.file().ok_or_else(|| not_playable(about))
}

fn not_playable(about: impl Fn() -> Subject) -> JobError {
    about().because(ProblemKind::NoPreview, tr!("sound-unknown-kind")).into()
}

fn not_heard(about: Subject, failure: OutputFailure) -> JobError {
    let detail = match failure {
        OutputFailure::NoServer => tr!("sound-no-server"),
        OutputFailure::Internal(problem) => return problem.into(),
        OutputFailure::Refused(error) => {
            tracing::info!(%error, "the sound server");
            tr!("sound-server-failed")
        }
    };
    about.because(ProblemKind::LocalError, detail).into()
}
