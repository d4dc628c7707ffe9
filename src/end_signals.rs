//! How a person, a shell or the system asks the program to end.

use std::io;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlBreak, CtrlC, ctrl_break, ctrl_c};

/// What Ctrl+C sends, as a number that ends up in exit codes.
pub const INTERRUPT: i32 = 2;
/// What `kill` sends.
const TERMINATE: i32 = 15;

pub struct EndSignals {
    #[cfg(unix)]
    interrupts: Signal,
    #[cfg(windows)]
    interrupts: CtrlC,
    #[cfg(unix)]
    ends: Signal,
    #[cfg(windows)]
    ends: CtrlBreak,
}

impl EndSignals {
    /// Hears them from now on, in place of the system, which would end the program. In a runtime.
    #[cfg(unix)]
    pub fn new() -> io::Result<Self> {
        Ok(Self { interrupts: signal(SignalKind::interrupt())?, ends: signal(SignalKind::terminate())? })
    }

    #[cfg(windows)]
    pub fn new() -> io::Result<Self> {
        Ok(Self { interrupts: ctrl_c()?, ends: ctrl_break()? })
    }

    /// The number of the next one.
    pub async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.interrupts.recv() => INTERRUPT,
            _ = self.ends.recv() => TERMINATE,
        }
    }
}
