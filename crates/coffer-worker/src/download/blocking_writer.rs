//! Work that blocks (hashing, writing) and is fed from the network: while one batch is worked on, the next is
//! gathered, so that neither waits for the other and memory stays at two batches. No thread waits for the network.
//!
//! What comes is copied into the batch: so the buffers of the connection and the two of the batches are used over and
//! over and stay in the processor's cache, which costs less than the copy.

use crate::blocking;
use bytes::{Bytes, BytesMut};
use coffer_model::Problem;
use coffer_stdx::disk::{self, BATCH_BYTES};
use std::io;
use tokio::task::JoinHandle;

/// What takes the bytes, in their order. Blocks.
pub(crate) trait ByteSink: Send + 'static {
    fn write_chunk(&mut self, bytes: Bytes) -> io::Result<()>;
}

pub(crate) struct BlockingWriter<S> {
    /// What a batch is made for.
    room: usize,
    work: Work<S>,
    gathered: BytesMut,
    /// The buffer of the batch before, to be used for the next.
    spare: BytesMut,
}

enum Work<S> {
    Idle(S),
    Busy(JoinHandle<(S, BytesMut, io::Result<()>)>),
    /// It failed, and its error was told.
    Failed,
}

impl<S: ByteSink> BlockingWriter<S> {
    /// Some `bytes` are expected.
    pub(crate) fn new(sink: S, bytes: u64) -> Self {
        let room = usize::try_from(bytes).unwrap_or(usize::MAX).min(BATCH_BYTES);
        Self { room, work: Work::Idle(sink), gathered: BytesMut::new(), spare: BytesMut::new() }
    }

    /// Gathers a piece. Waits while the batch before the full one is still worked on; its failure is told here.
    pub(crate) async fn push(&mut self, mut piece: &[u8]) -> io::Result<()> {
        while !piece.is_empty() {
            if self.gathered.capacity() == 0 {
                self.gathered = disk::room(self.room);
            }
            let (part, rest) = piece.split_at(piece.len().min(BATCH_BYTES - self.gathered.len()));
            self.gathered.extend_from_slice(part);
            piece = rest;
            if self.gathered.len() == BATCH_BYTES {
                self.hand_over().await?;
            }
        }
        Ok(())
    }

    async fn hand_over(&mut self) -> io::Result<()> {
        let mut sink = self.idle().await?;
        let batch = std::mem::replace(&mut self.gathered, std::mem::take(&mut self.spare)).freeze();
        self.work = Work::Busy(tokio::task::spawn_blocking(move || {
            let result = sink.write_chunk(batch.clone());
            // A sink that has kept some of it keeps all.
            let mut buffer = batch.try_into_mut().unwrap_or_default();
            buffer.clear();
            (sink, buffer, result)
        }));
        Ok(())
    }

    /// Hands on what is left, and ends with `last`.
    pub(crate) async fn finish<T: Send + 'static>(
        mut self,
        last: impl FnOnce(S) -> io::Result<T> + Send + 'static,
    ) -> Result<io::Result<T>, Problem> {
        let mut sink = match self.idle().await {
            Ok(sink) => sink,
            Err(error) => return Ok(Err(error)),
        };
        let batch = self.gathered.freeze();
        blocking(move || {
            sink.write_chunk(batch)?;
            last(sink)
        })
        .await
    }

    async fn idle(&mut self) -> io::Result<S> {
        match std::mem::replace(&mut self.work, Work::Failed) {
            Work::Idle(sink) => Ok(sink),
            Work::Busy(work) => {
                let (sink, buffer, result) = work.await.map_err(io::Error::other)?;
                self.spare = buffer;
                result.map(|()| sink)
            }
            Work::Failed => Err(io::Error::other("this work has failed before")),
        }
    }
}
