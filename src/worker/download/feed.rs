//! Work that blocks (hashing, writing) and is fed from the network: while one batch is worked on, the next is
//! gathered, so that neither waits for the other and memory stays at two batches. No thread waits for the network.

use crate::model::Problem;
use crate::worker::blocking;
use bytes::Bytes;
use std::io;
use tokio::task::JoinHandle;

/// A batch: large enough that the change of threads costs nothing beside hashing it.
pub const BATCH_BYTES: usize = 1 << 20;

/// What takes the pieces, in their order. Blocks.
pub trait Sink: Send + 'static {
    fn take(&mut self, pieces: Vec<Bytes>) -> io::Result<()>;
}

pub struct Feed<S> {
    work: Work<S>,
    gathered: Vec<Bytes>,
    gathered_bytes: usize,
}

enum Work<S> {
    Idle(S),
    Busy(JoinHandle<(S, io::Result<()>)>),
    /// It failed, and its error was told.
    Failed,
}

impl<S: Sink> Feed<S> {
    pub fn new(sink: S) -> Self {
        Self { work: Work::Idle(sink), gathered: Vec::new(), gathered_bytes: 0 }
    }

    /// Gathers a piece. Waits while the batch before the full one is still worked on; its failure is told here.
    pub async fn push(&mut self, piece: Bytes) -> io::Result<()> {
        self.gathered_bytes += piece.len();
        self.gathered.push(piece);
        if self.gathered_bytes < BATCH_BYTES {
            return Ok(());
        }
        let mut sink = self.idle().await?;
        let pieces = self.gathered();
        self.work = Work::Busy(tokio::task::spawn_blocking(move || {
            let result = sink.take(pieces);
            (sink, result)
        }));
        Ok(())
    }

    /// Hands on what is left, and ends with `last`.
    pub async fn finish<T: Send + 'static>(
        mut self,
        last: impl FnOnce(S) -> io::Result<T> + Send + 'static,
    ) -> Result<io::Result<T>, Problem> {
        let mut sink = match self.idle().await {
            Ok(sink) => sink,
            Err(error) => return Ok(Err(error)),
        };
        let pieces = self.gathered();
        blocking(move || {
            sink.take(pieces)?;
            last(sink)
        })
        .await
    }

    fn gathered(&mut self) -> Vec<Bytes> {
        self.gathered_bytes = 0;
        std::mem::take(&mut self.gathered)
    }

    async fn idle(&mut self) -> io::Result<S> {
        match std::mem::replace(&mut self.work, Work::Failed) {
            Work::Idle(sink) => Ok(sink),
            Work::Busy(work) => {
                let (sink, result) = work.await.map_err(io::Error::other)?;
                result.map(|()| sink)
            }
            Work::Failed => Err(io::Error::other("this work has failed before")),
        }
    }
}
