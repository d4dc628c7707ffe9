//! How fast bytes go in all transfers together, measured over the last seconds. Many small files are each over before
//! they have a speed of their own; together they have one.

use super::history::Speeds;
use coffer_model::Direction;
use std::collections::VecDeque;

/// The speed is the mean over so long.
const WINDOW_SECS: f64 = 4.0;

/// Between two marks; what comes in between goes with the next.
const STEP_SECS: f64 = 0.2;

/// A shorter time says nothing yet.
const LEAST_SECS: f64 = 1.0;

/// Bytes that have passed in all, at moments of the last seconds, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Throughput {
    passed: Speeds,
    marks: VecDeque<(f64, Speeds)>,
}

impl Throughput {
    /// More bytes have gone over the network.
    pub(super) fn add(&mut self, direction: Direction, bytes: u64) {
        let passed = match direction {
            Direction::Upload => &mut self.passed.up,
            Direction::Download => &mut self.passed.down,
        };
        *passed = passed.saturating_add(bytes);
    }

    /// Time has gone on.
    pub(super) fn mark(&mut self, now_secs: f64) {
        if self.marks.back().is_some_and(|(then, _)| now_secs - then < STEP_SECS) {
            return;
        }
        self.forget_old(now_secs);
        self.marks.push_back((now_secs, self.passed));
        while self.marks.len() > 2
            && self.marks.get(1).is_some_and(|(then, _)| now_secs - then >= WINDOW_SECS)
        {
            self.marks.pop_front();
        }
    }

    /// Nothing ran for so long that what was before says nothing any more.
    pub(super) fn forget_old(&mut self, now_secs: f64) {
        if self.marks.back().is_some_and(|(then, _)| now_secs - then > WINDOW_SECS) {
            self.marks.clear();
        }
    }

    /// Nothing may run: what comes next is measured anew.
    pub(super) fn rest(&mut self) {
        self.marks.clear();
    }

    /// Bytes a second; unknown until they were measured for [`LEAST_SECS`].
    pub(super) fn speeds(&self) -> Option<Speeds> {
        let ((then, before), (now, after)) = (self.marks.front()?, self.marks.back()?);
        if now - then < LEAST_SECS {
            return None;
        }
        let speed =
            |before: u64, after: u64| (after.saturating_sub(before) as f64 / (now - then)).round() as u64;
        Some(Speeds { up: speed(before.up, after.up), down: speed(before.down, after.down) })
    }
}

#[cfg(test)]
mod tests {
    use super::Throughput;
    use crate::transfers::history::Speeds;
    use coffer_model::Direction;

    #[test]
    fn the_speed_of_all_is_what_passed_in_the_last_seconds() {
        let mut throughput = Throughput::default();
        let check =
            |throughput: &Throughput, up, down| assert_eq!(throughput.speeds(), Some(Speeds { up, down }));
        throughput.mark(0.0);
        assert_eq!(throughput.speeds(), None, "a moment says nothing yet");
        for second in 1..=10_u32 {
            throughput.add(Direction::Upload, 4_000);
            throughput.add(Direction::Download, 100);
            throughput.mark(f64::from(second));
        }
        check(&throughput, 4_000, 100);
        // Nothing more comes: what was is forgotten.
        throughput.mark(12.0);
        check(&throughput, 2_000, 50);
        throughput.mark(15.0);
        check(&throughput, 0, 0);
        // After a rest what is old counts no more.
        throughput.mark(100.0);
        throughput.add(Direction::Upload, 6_000);
        throughput.mark(101.0);
        check(&throughput, 6_000, 0);
        throughput.add(Direction::Upload, 9_000);
        throughput.forget_old(104.0);
        check(&throughput, 6_000, 0);
        throughput.forget_old(106.0);
        assert_eq!(throughput.speeds(), None);
        for second in [107.0, 108.0] {
            throughput.mark(second);
        }
        check(&throughput, 0, 0);
        throughput.rest();
        assert_eq!(throughput.speeds(), None);
    }
}
