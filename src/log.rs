//! The program's log: a file a day in the state folder, the newest few are kept. `coffer serve` has no such folder and
//! logs to its standard error.

use std::io::IsTerminal as _;
use std::path::Path;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

const FILES_KEPT: usize = 7;

/// Starts logging until the guard is dropped. Without a log the program works all the same, so a failure is no error.
pub(crate) fn start(folder: &Path) -> Option<WorkerGuard> {
    std::fs::create_dir_all(folder).ok()?;
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("coffer")
        .filename_suffix("log")
        .max_log_files(FILES_KEPT)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_ansi(false)
        .with_writer(writer)
        .try_init()
        .ok()?;
    Some(guard)
}

/// Starts logging to the standard error, as a server does that others run.
pub(crate) fn start_on_stderr() {
    // Fails only if there is a log already.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}

fn filter() -> EnvFilter {
    EnvFilter::try_from_env("COFFER_LOG").unwrap_or_else(|_| {
        EnvFilter::new(
            "warn,coffer=info,coffer_server=info,coffer_worker=info,coffer_state=info,dropbox_client=info",
        )
    })
}
