//! How long a page of a PDF file may be read. The library can't be interrupted, but for what it is given to draw on.

use std::panic::resume_unwind;
use std::time::{Duration, Instant};

/// Reading the drawing commands of a page may take this long. The slowest of a thousand trial files took 2 seconds.
const MOST_READING: Duration = Duration::from_secs(5);

/// How much of a page may still be read.
pub(super) struct ReadingBudget {
    deadline: Instant,
    steps: u32,
}

impl ReadingBudget {
    pub(super) fn new() -> Self {
        Self { deadline: Instant::now() + MOST_READING, steps: 0 }
    }

    /// Counts what is drawn. It panics when the time is over.
    pub(super) fn step(&mut self) {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(64) && Instant::now() > self.deadline {
            // No fault of this program: nothing is written to the log.
            resume_unwind(Box::new("the page takes too long"));
        }
    }
}
