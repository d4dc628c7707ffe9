//! Where no sound server is known that could be asked without a library of the system: recordings are not heard there, and
//! the person is told. It stands in the place of `output`.

use super::decoder::SoundFormat;
use super::{OutputFailure, Played, Samples};
pub(super) use NoSoundOutput as SoundOutput;
use std::path::PathBuf;
use tokio::sync::mpsc::Receiver;

/// There is never one.
pub(super) enum NoSoundOutput {}

impl NoSoundOutput {
    #[expect(clippy::unused_async, reason = "as in `output`")]
    pub(super) async fn open(
        _server: Option<PathBuf>,
        _format: SoundFormat,
        _samples: Receiver<Samples>,
    ) -> Result<Self, OutputFailure> {
        Err(OutputFailure::NoServer)
    }

    #[expect(clippy::unused_async, reason = "as in `output`")]
    pub(super) async fn next(&mut self) -> Result<Option<Played>, OutputFailure> {
        match *self {}
    }
}
