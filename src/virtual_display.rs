//! A display in memory for `--screenshot` on machines that have none: Xvfb, started and ended by us.

use anyhow::{Context as _, Result, bail};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};

/// Set in the second process, so that a display that does not work cannot start a third.
const MARK: &str = "COFFER_VIRTUAL_DISPLAY";

/// Whether this process has to be started again on a virtual display.
pub(crate) fn is_needed() -> bool {
    is_display_missing() && is_unset(MARK)
}

/// Whether no window can be shown. Only Linux has computers without a display.
pub(crate) fn is_display_missing() -> bool {
    cfg!(target_os = "linux") && is_unset("DISPLAY") && is_unset("WAYLAND_DISPLAY")
}

fn is_unset(name: &str) -> bool {
    std::env::var_os(name).is_none_or(|value| value.is_empty())
}

/// Runs this program again with the same arguments on a virtual display and answers with its exit code.
pub(crate) fn run_again() -> Result<ExitCode> {
    let (mut display, name) = start_xvfb()?;
    let status = std::env::current_exe().map_err(Into::into).and_then(|program| {
        Command::new(program)
            .args(std::env::args_os().skip(1))
            .env("DISPLAY", name)
            .env(MARK, "1")
            .status()
            .context("Coffer could not be started on the virtual display")
    });
    end(&mut display);
    Ok(ExitCode::from(status?.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// Ended by a signal that it can handle, Xvfb removes its lock file; killed, it would leave it.
fn end(display: &mut Child) {
    #[cfg(unix)]
    let is_asked = {
        use rustix::process::{Pid, Signal, kill_process};
        kill_process(Pid::from_child(display), Signal::TERM).is_ok()
    };
    #[cfg(windows)]
    let is_asked = false;
    if !is_asked {
        let _ = display.kill();
    }
    let _ = display.wait();
}

fn start_xvfb() -> Result<(Child, String)> {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "2560x1600x24", "+extension", "GLX", "-nolisten", "tcp"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context(
            "No display was found, and Xvfb (a virtual display) is not installed. \
             Install it (on Debian: apt-get install xvfb) and try again",
        )?;
    let mut number = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut number)?;
    }
    let number = number.trim();
    if number.is_empty() {
        let _ = child.wait();
        bail!("Xvfb was started but opened no display");
    }
    let name = format!(":{number}");
    Ok((child, name))
}
