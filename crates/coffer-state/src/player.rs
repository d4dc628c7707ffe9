//! The player of the large preview: plays a recording, and knows how loud each part of it is.

use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::preview::PreviewBody;
use coffer_model::{Entry, Job, Outcome, Preview, Problem, Receipt, RequestId, SoundProgress};
use std::sync::Arc;
use std::time::Duration;

/// To measure how loud it is, the whole of a recording is downloaded: not of a larger one.
const MOST_MEASURED_BYTES: u64 = 24 * 1024 * 1024;

#[derive(Default)]
pub struct Player {
    /// Where it is, or where it begins when it is played.
    pub position: Duration,
    /// It is played, but nothing is heard yet.
    pub is_waiting: bool,
    /// Why it could not be played.
    pub problem: Option<Problem>,
    /// How loud parts of equal length are, as [`Receipt::Loudness`]; empty while that is unknown.
    pub loudness: Arc<[u8]>,
    playing: Option<RequestId>,
    measuring: Option<RequestId>,
}

impl Player {
    pub fn is_playing(&self) -> bool {
        self.playing.is_some()
    }

    /// The preview of the recording is there.
    pub(super) fn on_previewed(&mut self, entry: &Entry, preview: &Preview, context: &mut StateContext) {
        let PreviewBody::Recording(recording) = &preview.body else { return };
        let is_small = entry.file().is_some_and(|file| file.size_bytes <= MOST_MEASURED_BYTES);
        if !recording.is_film && recording.length.is_some() && is_small && self.measuring.is_none() {
            let job = Job::MeasureLoudness(entry.clone());
            self.measuring = Some(context.run(job, RequestPurpose::Loudness));
        }
    }

    pub(super) fn toggle(&mut self, entry: &Entry, context: &mut StateContext) {
        match self.playing.take() {
            Some(playing) => {
                context.cancel(Some(playing));
                self.is_waiting = false;
            }
            None => self.play(entry, context),
        }
    }

    /// To another place, where it goes on if it is played.
    pub(super) fn seek(&mut self, to: Duration, entry: &Entry, context: &mut StateContext) {
        self.position = to;
        if let Some(playing) = self.playing.take() {
            context.cancel(Some(playing));
            self.play(entry, context);
        }
    }

    fn play(&mut self, entry: &Entry, context: &mut StateContext) {
        self.problem = None;
        self.is_waiting = true;
        let job = Job::PlaySound { entry: entry.clone(), from: self.position };
        self.playing = Some(context.run(job, RequestPurpose::Sound));
    }

    pub(super) fn on_progress(&mut self, progress: SoundProgress) {
        self.position = progress.position;
        self.is_waiting = progress.is_waiting;
    }

    pub(super) fn on_ended(&mut self, outcome: Outcome) {
        self.playing = None;
        self.is_waiting = false;
        match outcome {
            Outcome::Done(_) => self.position = Duration::ZERO,
            Outcome::Failed(problem) => self.problem = Some(problem),
            Outcome::Cancelled => {}
        }
    }

    /// A recording without this picture is played all the same.
    pub(super) fn on_measured(&mut self, outcome: Outcome) {
        if let Outcome::Done(Receipt::Loudness(loudness)) = outcome {
            self.loudness = loudness;
        }
    }

    pub(super) fn cancel(&mut self, context: &mut StateContext) {
        context.cancel(self.playing.take());
        context.cancel(self.measuring.take());
    }
}
