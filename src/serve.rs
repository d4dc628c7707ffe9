//! `coffer serve`: the embedded account alone.

use super::options::Serve;
use anyhow::Result;
use coffer::server::{Server, ServerConfig};
use std::io::Write as _;
use std::time::Duration;

/// Serves until it is asked to end (Ctrl+C, or `kill`), then finishes what it is answering.
pub fn run(options: Serve) -> Result<()> {
    let mut config = ServerConfig::new(options.dir);
    config.listen = options.listen;
    config.token = options.token;
    config.latency = Duration::from_millis(options.latency_ms);
    for fault in &options.fault {
        config.faults.add(fault.parse()?);
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let server = Server::start(config).await?;
        let mut output = std::io::stdout();
        writeln!(output, "listening on {}", server.url())?;
        output.flush()?;
        let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted?,
            _ = terminated.recv() => {}
        }
        server.shutdown().await;
        Ok(())
    })
}
