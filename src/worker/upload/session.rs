//! Sends a long file in steps of 4 MiB, and goes on where an earlier try has stopped. Making a file of what was sent
//! is `send`'s business.

use super::journal::{Key, Note};
use super::send::{Sender, about, changed, source_problem};
use super::source::{Source, SourceReader};
use crate::api::{ApiError, ChunkedUploader};
use crate::model::transfer::PlannedFile;
use crate::model::{Problem, Recovery};
use crate::protocol::files::{UploadSessionAppendError, UploadSessionLookupError};
use crate::worker::blocking;
use crate::worker::progress::Part;
use jiff::Timestamp;

/// How often an upload may begin anew because the service knows another state of it.
const BEGINNINGS: u32 = 3;

/// All bytes of a file, at the service but not yet a file.
pub struct Held {
    pub session_id: String,
    pub size_bytes: u64,
    /// Of what was read.
    pub hash: String,
    pub key: Key,
    /// What the meter has counted for it.
    pub part: Part,
}

/// Sends everything, from where the journal says.
pub async fn send_all(sender: &Sender<'_>, file: &PlannedFile, source: Source) -> Result<Held, Problem> {
    let key = sender.journal.key(&file.local_path, source.fingerprint, &file.remote_path);
    let (journal, known) = (sender.journal.clone(), key.clone());
    let size_bytes = source.fingerprint.size_bytes;
    let mut note = blocking(move || journal.find(&known)).await?.filter(|note| note.offset <= size_bytes);
    let part = Part::new(sender.meter);
    let mut source = Some(source);
    for _ in 0..BEGINNINGS {
        let from = note.as_ref().map_or(0, |note| note.offset);
        let mut opened = match source.take() {
            Some(source) => source,
            None => sender.open(file).await?,
        };
        let skipped = blocking(move || opened.skip_to(from).map(|()| opened)).await?;
        let reader = skipped
            .and_then(|source| Ok(source.into_reader()?))
            .map_err(|error| source_problem(file, error))?;
        part.settle(from);
        let mut upload = Upload { sender, file, key: &key, part: &part, note: note.take(), size_bytes };
        match upload.run(reader).await {
            Ok(Run::Complete { session_id, hash }) => {
                return Ok(Held { session_id, size_bytes, hash, key, part });
            }
            Ok(Run::Elsewhere(place)) => note = place,
            Err(problem) => {
                part.settle(0);
                return Err(problem);
            }
        }
    }
    part.settle(0);
    Err(about(file).because("The upload got out of step. Try again.", Recovery::Retry))
}

enum Run {
    Complete {
        session_id: String,
        hash: String,
    },
    /// The service holds another part than we think: go on there, or from the start.
    Elsewhere(Option<Note>),
}

struct Upload<'a> {
    sender: &'a Sender<'a>,
    file: &'a PlannedFile,
    key: &'a Key,
    part: &'a Part,
    note: Option<Note>,
    size_bytes: u64,
}

impl Upload<'_> {
    async fn run(&mut self, reader: SourceReader) -> Result<Run, Problem> {
        let client = self.sender.service.client().clone();
        let length = Some(self.size_bytes);
        let uploader = match &self.note {
            Some(note) => {
                ChunkedUploader::resume(client, reader, length, note.session_id.clone(), note.offset)
            }
            None => ChunkedUploader::new(client, reader, length),
        };
        let mut uploader = uploader.watched(self.part.watcher());
        let mut tries = 0;
        loop {
            self.sender.service.pass().await;
            match uploader.upload_next(ChunkedUploader::<SourceReader>::CHUNK_BYTES).await {
                Ok(true) => {
                    tries = 0;
                    self.confirm(uploader.upload_id(), uploader.offset()).await?;
                }
                Ok(false) => break,
                Err(error) => {
                    self.part.settle(uploader.offset());
                    if let Some(elsewhere) = self.elsewhere(&error) {
                        return Ok(elsewhere);
                    }
                    tries += 1;
                    if !self.sender.service.worth_repeating(&error, tries).await {
                        return Err(self.problem(&error));
                    }
                }
            }
            if !uploader.reader().is_unchanged() {
                return Err(changed(about(self.file)));
            }
        }
        let Some(session_id) = uploader.upload_id().map(str::to_owned) else {
            return Ok(Run::Elsewhere(None));
        };
        Ok(Run::Complete { session_id, hash: uploader.reader().hash() })
    }

    /// Notes how far the service has it.
    async fn confirm(&mut self, session_id: Option<&str>, offset: u64) -> Result<(), Problem> {
        self.part.settle(offset);
        let Some(session_id) = session_id else { return Ok(()) };
        let started_unix_secs =
            self.note.as_ref().map_or_else(|| Timestamp::now().as_second(), |note| note.started_unix_secs);
        let note = Note {
            session_id: session_id.to_owned(),
            offset,
            started_unix_secs,
            local_path: self.file.local_path.display().to_string(),
            remote_path: self.file.remote_path.to_string(),
        };
        self.note = Some(note.clone());
        let (journal, key) = (self.sender.journal.clone(), self.key.clone());
        blocking(move || journal.save(&key, &note)).await
    }

    /// Where to go on, if the error says that the service knows another state of the upload.
    fn elsewhere(&self, error: &ApiError) -> Option<Run> {
        let correct = match error.route_error::<UploadSessionAppendError>()? {
            UploadSessionAppendError::IncorrectOffset(offset) => Some(offset.correct_offset),
            UploadSessionAppendError::NotFound | UploadSessionAppendError::Closed => None,
            _ => return None,
        };
        let note = self.note.clone().zip(correct).filter(|(_, offset)| *offset <= self.size_bytes);
        Some(Run::Elsewhere(note.map(|(note, offset)| Note { offset, ..note })))
    }

    fn problem(&self, error: &ApiError) -> Problem {
        match error {
            ApiError::Source(source) if source.kind() == std::io::ErrorKind::UnexpectedEof => {
                changed(about(self.file))
            }
            ApiError::Source(source) => about(self.file).local(source),
            error => about(self.file).call(error),
        }
    }
}

/// Whether an error of `finish` says that the session is not, or no longer, what we think.
pub fn is_session_gone(error: &UploadSessionLookupError) -> bool {
    matches!(error, UploadSessionLookupError::NotFound | UploadSessionLookupError::IncorrectOffset(_))
}
