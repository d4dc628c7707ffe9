//! How fast bytes go in all transfers together. Many small files are each over before they have a speed of their own;
//! together they have one.

use super::history::Speeds;
use coffer_model::Direction;
use coffer_stdx::speed::SpeedMeter;

#[derive(Clone, Debug, Default)]
pub(super) struct Throughput {
    /// Bytes that have gone over the network so far.
    passed: Speeds,
    up: SpeedMeter,
    down: SpeedMeter,
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
        self.up.mark(now_secs, self.passed.up);
        self.down.mark(now_secs, self.passed.down);
    }

    pub(super) fn forget_old(&mut self, now_secs: f64) {
        self.up.forget_old(now_secs);
        self.down.forget_old(now_secs);
    }

    /// Nothing may run: what comes next is measured anew.
    pub(super) fn clear(&mut self) {
        self.up.clear();
        self.down.clear();
    }

    /// Unknown until they were measured for a moment.
    pub(super) fn speeds(&self) -> Option<Speeds> {
        let (up, down) = (self.up.per_second()?, self.down.per_second()?);
        Some(Speeds { up: up.round() as u64, down: down.round() as u64 })
    }
}

#[cfg(test)]
mod tests {
    use super::Throughput;
    use crate::transfers::history::Speeds;
    use coffer_model::Direction;

    #[test]
    fn each_direction_has_its_speed() {
        let mut throughput = Throughput::default();
        throughput.mark(0.0);
        for second in 1..=3_u32 {
            throughput.add(Direction::Upload, 4_000);
            throughput.add(Direction::Download, 100);
            throughput.mark(f64::from(second));
        }
        assert_eq!(throughput.speeds(), Some(Speeds { up: 4_000, down: 100 }));
        throughput.clear();
        assert_eq!(throughput.speeds(), None);
    }
}
