//! `coffer serve`: the local server by itself.

use super::announce::{self, Announcement, Owner};
use super::options::ServeArgs;
use anyhow::Result;
use coffer_server::{Server, ServerConfig, TlsFiles};
use std::io::Write as _;
use std::time::Duration;

/// Serves until it is asked to end (Ctrl+C, or `kill`), then finishes what it is answering.
pub(crate) fn run(options: ServeArgs) -> Result<()> {
    let mut config = ServerConfig::new(options.dir);
    config.listen = options.listen;
    config.token = options.token;
    config.tls =
        options.tls_cert.zip(options.tls_key).map(|(certificates, key)| TlsFiles { certificates, key });
    if let Some(bytes) = options.quota {
        config.quota_bytes = bytes;
    }
    config.cursor_lifetime_secs = options.cursor_lifetime.map(i64::from);
    config.latency = Duration::from_millis(options.latency_ms);
    for fault in &options.fault {
        config.faults.add(fault.parse()?);
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let vault = config.dir.clone();
        let server = Server::start(config).await?;
        let announcement = Announcement { url: server.url(), token: server.token(), owner: Owner::Service };
        announce::write(&vault, &announcement)?;
        let mut output = std::io::stdout();
        writeln!(output, "listening on {}", server.url())?;
        output.flush()?;
        let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted?,
            _ = terminated.recv() => {}
        }
        announce::withdraw(&vault);
        server.shutdown().await;
        Ok(())
    })
}
