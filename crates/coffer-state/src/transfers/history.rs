//! How fast bytes went in the last two minutes in which something was going on, for a small graph.

use std::collections::VecDeque;

/// Between two samples.
const STEP_SECS: f64 = 1.0;

/// Two minutes.
const LIMIT: usize = 120;

/// After so long a rest the line of the graph goes down to nothing first.
const REST_SECS: f64 = 3.0;

/// After so long a rest the graph is about other transfers: it begins anew.
const NEW_SECS: f64 = 30.0;

/// Bytes a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Speeds {
    pub up: u64,
    pub down: u64,
}

#[derive(Clone, Debug, Default)]
pub struct SpeedHistory {
    samples: VecDeque<Speeds>,
    last_secs: Option<f64>,
}

impl SpeedHistory {
    pub const LIMIT: usize = LIMIT;

    /// Oldest first, one for each second, at most [`Self::LIMIT`].
    pub fn samples(&self) -> impl ExactSizeIterator<Item = Speeds> + '_ {
        self.samples.iter().copied()
    }

    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// The highest speed of the last two minutes, up or down.
    pub fn peak(&self) -> u64 {
        self.samples.iter().map(|speeds| speeds.up.max(speeds.down)).max().unwrap_or(0)
    }

    /// Notes the present speeds when it is time for that.
    pub(crate) fn sample(&mut self, now_secs: f64, speeds: Speeds) {
        let since = self.last_secs.map_or(f64::INFINITY, |last| now_secs - last);
        if since < STEP_SECS {
            return;
        }
        if since.is_finite() && since > NEW_SECS {
            self.samples.clear();
        } else if since.is_finite() && since > REST_SECS {
            self.push(Speeds::default());
        }
        // Counted from step to step, so that a late frame does not make the samples rarer.
        let late = since.is_finite() && since < 2.0 * STEP_SECS;
        self.last_secs = Some(if late { now_secs - (since - STEP_SECS) } else { now_secs });
        // Until the first bytes are measured there is no line.
        if !self.samples.is_empty() || speeds != Speeds::default() {
            self.push(speeds);
        }
    }

    /// When the next sample is due, in program time.
    pub(crate) fn due_secs(&self) -> Option<f64> {
        self.last_secs.map(|last| last + STEP_SECS)
    }

    fn push(&mut self, speeds: Speeds) {
        if self.samples.len() == LIMIT {
            self.samples.pop_front();
        }
        self.samples.push_back(speeds);
    }
}

#[cfg(test)]
mod tests {
    use super::{SpeedHistory, Speeds};

    fn ups(history: &SpeedHistory) -> Vec<u64> {
        history.samples().map(|speeds| speeds.up).collect()
    }

    #[test]
    fn one_sample_a_second_and_a_gap_after_a_rest() {
        let mut history = SpeedHistory::default();
        for (secs, up) in [(10.0, 1), (10.4, 2), (11.2, 3), (12.0, 4), (20.0, 5)] {
            history.sample(secs, Speeds { up, down: 0 });
        }
        assert_eq!(ups(&history), [1, 3, 4, 0, 5]);
        assert_eq!(history.peak(), 5);
    }

    #[test]
    fn the_line_begins_with_the_first_bytes_and_anew_after_a_long_rest() {
        let mut history = SpeedHistory::default();
        for (secs, up) in [(1.0, 0), (2.0, 0), (3.0, 9), (4.0, 8), (90.0, 0), (91.0, 2), (92.0, 3)] {
            history.sample(secs, Speeds { up, down: 0 });
        }
        assert_eq!(ups(&history), [2, 3]);
        assert_eq!(history.peak(), 3, "the peak is of what is drawn");
    }

    #[test]
    fn two_minutes_are_kept() {
        let mut history = SpeedHistory::default();
        for second in 0..500_u32 {
            history.sample(f64::from(second), Speeds { up: u64::from(second), down: 0 });
        }
        assert_eq!(history.samples().len(), SpeedHistory::LIMIT);
        assert_eq!(ups(&history)[0], 380);
    }
}
