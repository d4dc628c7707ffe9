//! How fast a count rises: the mean of the last seconds. All speeds that people see are measured by this.

use std::collections::VecDeque;

/// The speed is the mean over so long.
const WINDOW_SECS: f64 = 4.0;

/// Between two marks; what comes in between goes with the next.
const STEP_SECS: f64 = 0.2;

/// A shorter time says nothing yet.
const LEAST_SECS: f64 = 1.0;

/// Measures the speed of a count that only rises.
#[derive(Clone, Debug, Default)]
pub struct SpeedMeter {
    /// The count at moments of the last seconds, oldest first.
    marks: VecDeque<(f64, u64)>,
}

impl SpeedMeter {
    /// The count at this time, in seconds since any fixed moment. Cheap enough to be called for every change.
    pub fn mark(&mut self, now_secs: f64, count: u64) {
        if self.marks.back().is_some_and(|(then, _)| now_secs - then < STEP_SECS) {
            return;
        }
        self.forget_old(now_secs);
        self.marks.push_back((now_secs, count));
        while self.marks.len() > 2
            && self.marks.get(1).is_some_and(|(then, _)| now_secs - then >= WINDOW_SECS)
        {
            self.marks.pop_front();
        }
    }

    /// Forgets everything if there was no mark for so long that the last one says nothing any more.
    pub fn forget_old(&mut self, now_secs: f64) {
        if self.marks.back().is_some_and(|(then, _)| now_secs - then > WINDOW_SECS) {
            self.clear();
        }
    }

    /// What comes next is measured anew.
    pub fn clear(&mut self) {
        self.marks.clear();
    }

    /// `None` until it was measured for a second.
    pub fn per_second(&self) -> Option<f64> {
        let ((then, before), (now, after)) = (self.marks.front()?, self.marks.back()?);
        (now - then >= LEAST_SECS).then(|| after.saturating_sub(*before) as f64 / (now - then))
    }
}

/// How long this many still take. Unknown while nothing moves, and once all are on their way: what is still done with
/// them does not go by their number.
pub fn seconds_left(left: u64, per_second: f64) -> Option<f64> {
    (left > 0 && per_second > 0.0).then(|| left as f64 / per_second)
}

#[cfg(test)]
mod tests {
    use super::SpeedMeter;

    #[test]
    fn the_speed_is_the_mean_of_the_last_seconds() {
        let mut meter = SpeedMeter::default();
        let check = |meter: &SpeedMeter, expected| assert_eq!(meter.per_second(), Some(expected));
        meter.mark(0.0, 0);
        assert_eq!(meter.per_second(), None, "a moment says nothing yet");
        for second in 1..=10_u32 {
            meter.mark(f64::from(second), u64::from(second) * 4_000);
        }
        check(&meter, 4_000.0);
        // Nothing more comes: what was is forgotten.
        meter.mark(12.0, 40_000);
        check(&meter, 2_000.0);
        meter.mark(15.0, 40_000);
        check(&meter, 0.0);
    }

    #[test]
    fn after_a_rest_it_is_measured_anew() {
        let mut meter = SpeedMeter::default();
        let check = |meter: &SpeedMeter, expected| assert_eq!(meter.per_second(), Some(expected));
        for (secs, count) in [(0.0, 0), (1.0, 9_000), (100.0, 40_000), (101.0, 46_000)] {
            meter.mark(secs, count);
        }
        check(&meter, 6_000.0);
        meter.forget_old(104.0);
        check(&meter, 6_000.0);
        meter.forget_old(106.0);
        assert_eq!(meter.per_second(), None);
        for secs in [107.0, 108.0] {
            meter.mark(secs, 50_000);
        }
        check(&meter, 0.0);
        meter.clear();
        assert_eq!(meter.per_second(), None);
    }
}
