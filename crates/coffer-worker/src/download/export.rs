//! Downloads a document of dropbox.com (Paper and its like) in the format in which the service gives it out. What arrives
//! has a size and a hash of its own, which are known only then. It comes in one piece, and from its start when the
//! connection breaks.

use super::blocking_writer::BlockingWriter;
use super::context::{DownloadContext, DownloadPermit};
use super::download_file::DownloadFile;
use super::fetch::SmallFile;
use super::staging::Staged;
use super::verified_file::{TemporaryFile, VerifiedFile};
use coffer_model::{Problem, ProblemKind};
use coffer_texts::tr;
use dropbox_protocol::files::{EXPORT, ExportArg};

impl DownloadContext<'_> {
    /// Downloads a file as far as its name.
    pub(super) async fn fetch_export(&self, wanted: &DownloadFile) -> Result<VerifiedFile, Problem> {
        let mut permit = self.acquire_permit().await;
        let mut tries = 0;
        loop {
            if let Some((exported, staged)) = self.try_export(wanted, &mut permit).await? {
                return Ok(VerifiedFile { wanted: exported, temporary: TemporaryFile::Staged(staged) });
            }
            tries += 1;
            if self.service.pause(tries).await.is_none() {
                let detail = tr!("why-connection-keeps-failing");
                return Err(wanted.problem().because(ProblemKind::ConnectionLost, detail));
            }
        }
    }

    /// `None`: the connection broke.
    async fn try_export(
        &self,
        wanted: &DownloadFile,
        permit: &mut DownloadPermit,
    ) -> Result<Option<(DownloadFile, Staged)>, Problem> {
        let arg = ExportArg::new(wanted.path.as_str());
        let exported = self.service.download(&EXPORT, &arg, None).await;
        let (exported, mut response) = exported.map_err(|error| wanted.problem().call(&error))?;
        let told = exported.export_metadata;
        let mut writer = BlockingWriter::new(SmallFile::new(self.staging.clone()), told.size);
        let mut size_bytes = 0;
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    size_bytes += chunk.len() as u64;
                    permit.add_moved(chunk.len() as u64);
                    writer.push(&chunk).await.map_err(|error| wanted.problem().local(&error))?;
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::debug!(%error, "an export broke off");
                    return Ok(None);
                }
            }
        }
        let modified = wanted.modified();
        let closed = writer.finish(move |file| file.close(modified)).await?;
        let (staged, hash) = closed.map_err(|error| wanted.problem().local(&error))?;
        if size_bytes != told.size || told.export_hash.is_some_and(|told| told != hash) {
            return Err(wanted.damaged());
        }
        self.meter.add_bytes(size_bytes);
        let exported = DownloadFile { size_bytes, content_hash: Some(hash.into()), ..wanted.clone() };
        Ok(Some((exported, staged)))
    }
}
