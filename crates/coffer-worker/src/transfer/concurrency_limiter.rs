//! Finds how many transfer calls at once are worth it, for one direction.
//!
//! One call seldom fills a fast connection, since it waits for answers between its bytes. Too many calls on a slow
//! connection only make each take long, run into time limits, and hold memory meanwhile. Nobody can say beforehand how
//! fast a connection is, so the limiter measures it from the calls themselves. A **measurement** is the bytes that all
//! calls moved in a span of time in which each of them could end once; its result is a speed. The limiter compares
//! speeds with different numbers of calls, in one of four modes:
//!
//! - `Growing`, at the start: two calls, doubled after each measurement for as long as the speed grows with them. So a
//!   fast connection is filled within a second, and a slow one keeps its two calls.
//! - `Holding`: the number stays for some measurements.
//! - `Probing`: half as many calls more, or a quarter fewer, for one measurement, because the connection may have changed.
//!   The better number stays, and `Holding` follows. Each probe that fails costs speed, so the wait until the next one
//!   doubles, up to 96 measurements.
//! - `Recovering`: the service has asked to slow down, or most calls were lost. The number was halved at once, and climbs
//!   back in steps to an eighth less than before. Climbing to the same number again would provoke the same answer.
//!
//! A measurement says nothing about the connection when some calls had nothing to do or failed for other reasons. It is
//! marked `spoiled` and thrown away: otherwise the end of each transfer would look like a slow connection.
//!
//! The limiter has no clock: the caller passes the time in, so that the tests can simulate hours on any connection.

use coffer_model::Direction;
use std::time::Duration;

const INITIAL_CALLS: usize = 2;
/// Uploads hold what they send in memory.
const MAX_UPLOADS: usize = 16;
/// Downloads write what comes, and small files wait more than they work.
const MAX_DOWNLOADS: usize = 32;
/// A connection is slow when its calls take longer than this and move fewer bytes a second than that. Two calls fill
/// it; more would only make each of them take longer.
const LONG_CALL: Duration = Duration::from_secs(2);
const SLOW_LINE_BYTES_PER_SECOND: f64 = 512.0 * 1024.0;
const MAX_CALLS_ON_SLOW_LINE: usize = 2;

/// A measurement lasts at least this long, so that one quick call decides nothing.
const MIN_MEASUREMENT: Duration = Duration::from_millis(150);
/// The same while the number still grows. A wrong doubling is soon undone, but time with too few calls is lost.
const MIN_MEASUREMENT_WHILE_GROWING: Duration = Duration::from_millis(50);
/// Twice the calls are worth it when the speed grows by this part; for a smaller step the part is smaller in
/// proportion. Without such a threshold, chance alone would make the number grow without end.
const MIN_GAIN_PER_CALL: f64 = 0.25;
/// Fewer calls are the better choice when they keep this part of the speed: they need less memory.
const MIN_SPEED_WITH_FEWER: f64 = 0.95;
/// Measurements between two probes: few after a probe that paid, one if it was for more, and twice as many after each
/// that did not pay, since a probe that fails costs speed.
const MIN_PATIENCE: u32 = 6;
const MAX_PATIENCE: u32 = 96;
/// What goes wrong within this time has one cause, so it halves the number only once.
const SLOW_DOWN_WINDOW: Duration = Duration::from_secs(1);
/// A speed limit is shared by so few calls that each still gets this many bytes a second: a slower call
/// would look dead.
const MIN_BYTES_PER_CALL: u64 = 64 * 1024;

/// The limiter of one direction.
#[derive(Debug)]
pub(crate) struct ConcurrencyLimiter {
    limit: usize,
    /// What there is memory for.
    most: usize,
    /// What the speed limit leaves room for.
    max_calls: usize,
    mode: LimiterMode,
    measurement: Measurement,
    /// When the number was halved last.
    slowed: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum LimiterMode {
    /// The number is doubled with each measurement for as long as that pays. `slower` is the speed with half as many
    /// calls, in bytes a second.
    Growing { slower: Option<f64> },
    /// The service has asked to slow down: the number climbs back to `goal` in steps.
    Recovering { goal: usize },
    /// The number is right, as far as is known. `speed` is smoothed, in bytes a second; after `rounds_left`
    /// measurements comes the probe `next`. `patience` is how many measurements there were between the last two probes.
    Holding { speed: f64, rounds_left: u32, patience: u32, next: Probe },
    /// More or fewer calls for one measurement, to be compared with the `speed` that `from` calls had.
    Probing { probe: Probe, from: usize, speed: f64, patience: u32 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Probe {
    More,
    Fewer,
}

/// What the calls have done since a moment. It is evaluated when every call had time to end once.
#[derive(Debug, Default)]
struct Measurement {
    began: Duration,
    calls: usize,
    lost: usize,
    bytes: u64,
    /// The time that all calls have taken together.
    held: Duration,
    /// Some calls had nothing to do, or failed for another reason: this measurement says nothing about the connection.
    spoiled: bool,
}

impl ConcurrencyLimiter {
    pub(crate) fn new(direction: Direction) -> Self {
        let most = match direction {
            Direction::Upload => MAX_UPLOADS,
            Direction::Download => MAX_DOWNLOADS,
        };
        Self {
            limit: INITIAL_CALLS,
            most,
            max_calls: most,
            mode: LimiterMode::Growing { slower: None },
            measurement: Measurement::default(),
            slowed: None,
        }
    }

    /// How many calls may run at once now.
    pub(crate) fn concurrency(&self) -> usize {
        self.limit.min(self.max_calls)
    }

    /// Allows only as many calls as a speed limit leaves room for.
    pub(crate) fn set_speed_limit(&mut self, bytes_per_second: Option<u64>) {
        let calls = bytes_per_second.map_or(self.most as u64, |limit| limit / MIN_BYTES_PER_CALL);
        self.max_calls = usize::try_from(calls).unwrap_or(self.most).clamp(1, self.most);
    }

    /// Fewer calls run than may, since there is not enough to do. What is measured now would make the connection look
    /// slower than it is, so it is not evaluated.
    pub(crate) fn idle(&mut self) {
        self.measurement.spoiled = true;
    }

    /// A call has ended, and has moved so many bytes in the time that it `held` its permit. A call that
    /// failed counts as one that moved nothing.
    pub(crate) fn ended(&mut self, now: Duration, bytes: u64, held: Duration) {
        let enough = self.concurrency().max(2);
        let measurement = &mut self.measurement;
        measurement.calls += 1;
        measurement.bytes += bytes;
        measurement.held += held;
        let length = now.saturating_sub(measurement.began);
        let shortest = if matches!(self.mode, LimiterMode::Growing { .. }) {
            MIN_MEASUREMENT_WHILE_GROWING
        } else {
            MIN_MEASUREMENT
        };
        if measurement.calls < enough || length < shortest {
            return;
        }
        let measurement = std::mem::take(measurement);
        self.begin_measurement(now);
        if !measurement.spoiled {
            self.evaluate(&measurement, measurement.bytes as f64 / length.as_secs_f64());
        }
    }

    /// The service has asked to slow down: halves the number.
    pub(crate) fn slow_down(&mut self, now: Duration) {
        self.begin_measurement(now);
        // All calls that ran together get the same answer; only the first one counts.
        if self.slowed.is_some_and(|slowed| now.saturating_sub(slowed) < SLOW_DOWN_WINDOW) {
            return;
        }
        self.slowed = Some(now);
        let before = self.concurrency();
        self.limit = (before / 2).max(1);
        self.mode = LimiterMode::Recovering { goal: (before - before / 8).max(1) };
    }

    /// A call got no answer. That happens now and then on any connection. When it happens to more than half of the
    /// calls of one measurement, there are too many of them.
    pub(crate) fn lost(&mut self, now: Duration) {
        self.measurement.spoiled = true;
        self.measurement.lost += 1;
        if self.measurement.lost > (self.concurrency() / 2).max(1) {
            self.slow_down(now);
        }
    }

    fn begin_measurement(&mut self, now: Duration) {
        self.measurement = Measurement { began: now, ..Measurement::default() };
    }

    /// Chooses the next number from the `speed` of a measurement, in bytes a second.
    fn evaluate(&mut self, measured: &Measurement, speed: f64) {
        let limit = self.concurrency();
        let slow = speed < SLOW_LINE_BYTES_PER_SECOND && measured.held / measured.calls as u32 > LONG_CALL;
        let most = if slow { MAX_CALLS_ON_SLOW_LINE } else { self.max_calls };
        match self.mode {
            LimiterMode::Growing { slower } => {
                let paid = slower.is_none_or(|slower| is_worth(slower, speed, 2.0));
                if paid && limit < most {
                    self.mode = LimiterMode::Growing { slower: Some(speed) };
                    self.limit = (limit * 2).min(most);
                } else {
                    self.limit = if paid { limit.min(most) } else { (limit / 2).max(1) };
                    self.keep_for(speed, MIN_PATIENCE, if slow { Probe::Fewer } else { Probe::More });
                }
            }
            LimiterMode::Recovering { goal } => {
                self.limit = (limit + limit.div_ceil(2)).min(goal).min(most);
                if self.limit >= goal.min(most) {
                    self.keep_for(speed, MIN_PATIENCE, Probe::More);
                }
            }
            LimiterMode::Holding { speed: known, rounds_left, patience, next } => {
                if limit > most {
                    self.limit = most;
                    return self.keep_for(speed, MIN_PATIENCE, Probe::Fewer);
                }
                if speed < known / 2.0 {
                    // Half the speed is no chance: the connection has changed, and may now be slow. Fewer calls are
                    // tried at once, since too many do more harm than too few.
                    return self.probe(Probe::Fewer, limit / 2, speed, MIN_PATIENCE);
                }
                let known = known * 0.8 + speed * 0.2;
                if rounds_left > 0 {
                    self.mode =
                        LimiterMode::Holding { speed: known, rounds_left: rounds_left - 1, patience, next };
                    return;
                }
                match next {
                    Probe::More if limit < most => {
                        self.probe(Probe::More, (limit + limit.div_ceil(2)).min(most), known, patience);
                    }
                    _ if limit > 1 => self.probe(Probe::Fewer, limit - limit.div_ceil(4), known, patience),
                    _ => self.keep_for(known, patience, Probe::More),
                }
            }
            LimiterMode::Probing { probe, from, speed: known, patience } => {
                let good = match probe {
                    Probe::More => is_worth(known, speed, limit as f64 / from as f64),
                    Probe::Fewer => speed >= known * MIN_SPEED_WITH_FEWER,
                };
                let other = if probe == Probe::More { Probe::Fewer } else { Probe::More };
                if good {
                    // More that paid may pay again: after a refusal the number climbs in few seconds.
                    let patience = if probe == Probe::More { 1 } else { MIN_PATIENCE };
                    self.keep_for(speed, patience, probe);
                } else {
                    self.limit = from;
                    self.keep_for(known, (patience * 2).min(MAX_PATIENCE), other);
                }
            }
        }
    }

    /// Keeps the number for `patience` measurements, then tries `next`.
    fn keep_for(&mut self, speed: f64, patience: u32, next: Probe) {
        self.mode = LimiterMode::Holding { speed, rounds_left: patience, patience, next };
    }

    /// Tries another number for one measurement.
    fn probe(&mut self, probe: Probe, limit: usize, speed: f64, patience: u32) {
        self.mode = LimiterMode::Probing { probe, from: self.concurrency(), speed, patience };
        self.limit = limit.max(1);
    }
}

/// Whether `times` as many calls are worth it, by the speeds before and after.
fn is_worth(before: f64, after: f64, times: f64) -> bool {
    after >= before * (1.0 + MIN_GAIN_PER_CALL * (times - 1.0))
}

#[cfg(test)]
mod tests {
    use super::{ConcurrencyLimiter, MAX_UPLOADS};
    use coffer_model::Direction;
    use std::time::Duration;

    /// A connection that shares its capacity among its calls.
    struct Line {
        bytes_per_second: f64,
        latency: f64,
        /// What one call gets at most.
        most_per_call: f64,
    }

    struct Call {
        began: f64,
        /// Seconds of latency, then bytes, that are left.
        latency: f64,
        bytes: f64,
    }

    #[derive(Debug)]
    struct Seen {
        mean_limit: f64,
        highest: usize,
        share_of_capacity: f64,
    }

    /// Runs calls of `piece` bytes for so many seconds, in small steps; what is seen is of the second half.
    fn run(limiter: &mut ConcurrencyLimiter, line: &Line, piece: f64, from: f64, seconds: f64) -> Seen {
        let step = (line.latency / 10.0).clamp(0.0005, 0.02);
        let mut calls: Vec<Call> = Vec::new();
        let (mut now, mut moved, mut limits, mut steps) = (from, 0.0, 0.0, 0.0);
        let mut highest = 0;
        while now < from + seconds {
            while calls.len() < limiter.concurrency() {
                calls.push(Call { began: now, latency: line.latency, bytes: piece });
            }
            now += step;
            let moving = calls.iter().filter(|call| call.latency <= 0.0).count().max(1);
            let share = (line.bytes_per_second / moving as f64).min(line.most_per_call) * step;
            let half = now > from + seconds / 2.0;
            for call in &mut calls {
                if call.latency > 0.0 {
                    call.latency -= step;
                } else {
                    moved += if half { share.min(call.bytes) } else { 0.0 };
                    call.bytes -= share;
                }
            }
            let (ended, rest): (Vec<Call>, Vec<Call>) = calls.into_iter().partition(|call| call.bytes <= 0.0);
            calls = rest;
            for call in ended {
                let held = Duration::from_secs_f64(now - call.began);
                limiter.ended(Duration::from_secs_f64(now), piece as u64, held);
            }
            if half {
                limits += limiter.concurrency() as f64;
                steps += 1.0;
                highest = highest.max(limiter.concurrency());
            }
        }
        Seen {
            mean_limit: limits / steps,
            highest,
            share_of_capacity: moved / (line.bytes_per_second * seconds / 2.0),
        }
    }

    const MIB: f64 = 1024.0 * 1024.0;

    #[test]
    fn a_slow_line_is_not_flooded() {
        let line = Line { bytes_per_second: 250_000.0, latency: 0.08, most_per_call: f64::MAX };
        let mut limiter = ConcurrencyLimiter::new(Direction::Upload);
        let seen = run(&mut limiter, &line, 4.0 * MIB, 0.0, 3600.0);
        assert!(seen.highest <= 2, "{seen:?}");
        assert!(seen.share_of_capacity > 0.95, "{seen:?}");
    }

    #[test]
    fn a_fast_long_line_is_filled_within_seconds() {
        let line = Line { bytes_per_second: 4e9, latency: 0.05, most_per_call: f64::MAX };
        let mut limiter = ConcurrencyLimiter::new(Direction::Upload);
        run(&mut limiter, &line, 4.0 * MIB, 0.0, 3.0);
        assert!(limiter.concurrency() >= MAX_UPLOADS - 2, "{limiter:?}");
        let seen = run(&mut limiter, &line, 4.0 * MIB, 3.0, 60.0);
        assert!(seen.mean_limit > 12.0, "{seen:?}");
    }

    #[test]
    fn calls_that_get_little_each_get_company() {
        let line = Line { bytes_per_second: 40e6, latency: 0.05, most_per_call: 4e6 };
        let seen = run(&mut ConcurrencyLimiter::new(Direction::Upload), &line, 4.0 * MIB, 0.0, 120.0);
        assert!(seen.share_of_capacity > 0.85, "{seen:?}");
    }

    #[test]
    fn without_latency_few_calls_are_enough() {
        let line = Line { bytes_per_second: 1e9, latency: 0.0005, most_per_call: 5e8 };
        let seen = run(&mut ConcurrencyLimiter::new(Direction::Upload), &line, 4.0 * MIB, 0.0, 20.0);
        assert!(seen.mean_limit < 5.0, "{seen:?}");
        assert!(seen.share_of_capacity > 0.85, "{seen:?}");
    }

    #[test]
    fn a_line_that_becomes_slow_is_noticed() {
        let fast = Line { bytes_per_second: 100e6, latency: 0.2, most_per_call: f64::MAX };
        let slow = Line { bytes_per_second: 250_000.0, latency: 0.08, most_per_call: f64::MAX };
        let mut limiter = ConcurrencyLimiter::new(Direction::Upload);
        run(&mut limiter, &fast, 4.0 * MIB, 0.0, 60.0);
        assert!(limiter.concurrency() > 3, "{limiter:?}");
        let seen = run(&mut limiter, &slow, 4.0 * MIB, 60.0, 3600.0);
        assert!(seen.highest <= 2, "{seen:?}");
    }

    #[test]
    fn a_service_that_asks_to_slow_down_gets_half_and_is_tried_again_in_steps() {
        let line = Line { bytes_per_second: 4e9, latency: 0.05, most_per_call: f64::MAX };
        let mut limiter = ConcurrencyLimiter::new(Direction::Upload);
        run(&mut limiter, &line, 4.0 * MIB, 0.0, 3.0);
        let before = limiter.concurrency();
        limiter.slow_down(Duration::from_secs(3));
        assert_eq!(limiter.concurrency(), before / 2);
        let seen = run(&mut limiter, &line, 4.0 * MIB, 3.0, 10.0);
        assert!(seen.highest > before / 2, "{seen:?}");
    }

    #[test]
    fn one_lost_call_changes_nothing_and_many_in_a_row_do() {
        let line = Line { bytes_per_second: 4e9, latency: 0.05, most_per_call: f64::MAX };
        let mut limiter = ConcurrencyLimiter::new(Direction::Upload);
        run(&mut limiter, &line, 4.0 * MIB, 0.0, 3.0);
        let before = limiter.concurrency();
        limiter.lost(Duration::from_secs(3));
        assert_eq!(limiter.concurrency(), before);
        for _ in 0..before {
            limiter.lost(Duration::from_secs(3));
        }
        assert!(limiter.concurrency() < before);
    }

    #[test]
    fn what_is_not_asked_for_is_not_measured() {
        let mut limiter = ConcurrencyLimiter::new(Direction::Upload);
        for second in 1..100 {
            limiter.idle();
            limiter.ended(Duration::from_secs(second), 4 << 20, Duration::from_millis(10));
        }
        assert_eq!(limiter.concurrency(), ConcurrencyLimiter::new(Direction::Upload).concurrency());
    }

    #[test]
    fn a_limit_of_speed_leaves_room_for_few_calls() {
        let mut limiter = ConcurrencyLimiter::new(Direction::Upload);
        limiter.set_speed_limit(Some(1000));
        assert_eq!(limiter.concurrency(), 1);
        limiter.set_speed_limit(None);
        assert_eq!(limiter.concurrency(), 2);
    }
}
