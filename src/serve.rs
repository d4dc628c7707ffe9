//! `coffer serve`: the local server by itself.

use super::announce::{self, Owner};
use super::local_server::announcement;
use super::options::ServeArgs;
use super::{log, open_files};
use anyhow::{Context as _, Result};
use coffer::end_signals::EndSignals;
use coffer_server::{Server, ServerConfig, TeamSpace, TlsFiles};
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Duration;

/// Serves until it is asked to end (Ctrl+C, or `kill`), then finishes what it is answering.
pub(crate) fn run(options: ServeArgs) -> Result<()> {
    log::start_on_stderr();
    open_files::raise_limit();
    let mut config = ServerConfig::new(options.dir);
    config.listen = options.listen;
    config.allows_sign_in = true;
    config.token = match &options.token_file {
        Some(file) => Some(read_token(file)?),
        None => options.token,
    };
    if std::env::args_os()
        .any(|argument| argument.to_string_lossy().starts_with("--token=") || argument == "--token")
    {
        eprintln!(
            "coffer: every user of this computer can see the token on the command line; use --token-file"
        );
    }
    config.tls =
        options.tls_cert.zip(options.tls_key).map(|(certificates, key)| TlsFiles { certificates, key });
    if let Some(bytes) = options.quota {
        config.quota_bytes = bytes;
    }
    if options.team {
        let team = TeamSpace::example();
        team.home_path.trim_start_matches('/').clone_into(&mut config.owner_name);
        config.team = Some(team);
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
        // Who has read the address may end the server at once.
        let mut signals = EndSignals::new()?;
        announce::write(&vault, &announcement(&server, Owner::Service))?;
        print_start(&server, &vault)?;
        signals.next().await;
        announce::withdraw(&vault);
        server.shutdown().await;
        Ok(())
    })
}

fn read_token(file: &Path) -> Result<String> {
    let token = std::fs::read_to_string(file);
    let token = token.with_context(|| format!("the token could not be read from {}", file.display()))?;
    Ok(token.trim().to_owned())
}

/// The address, for programs; and on a terminal, the passcode of the sign-in page, for the person who sees it. Where the
/// output is kept in a log, others may read it.
fn print_start(server: &Server, vault: &Path) -> std::io::Result<()> {
    let mut output = std::io::stdout();
    writeln!(output, "listening on {}", server.url())?;
    output.flush()?;
    match server.passcode() {
        Some(passcode) if output.is_terminal() => {
            eprintln!(
                "The passcode for signing in apps is {passcode}. “coffer apps --dir {} --passcode” prints it again.",
                vault.display()
            );
        }
        _ => tracing::info!("“coffer apps --passcode” prints the passcode for signing in apps"),
    }
    Ok(())
}
