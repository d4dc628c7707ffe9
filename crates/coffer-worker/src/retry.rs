//! When a call is made again. This is the only place that decides it: only what is safe to repeat is repeated.
//! What an error is stands in `fault`; how long everybody waits, in `gate`.

use super::fault::{Fault, FaultKind};
use super::gate::Gate;
use super::progress::{Meter, WaitGuard};
use super::transfer::{Pace, Trouble};
use coffer_model::Phase;
use dropbox_client::ApiError;
use jiff::Timestamp;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Told to the person while the service makes us wait.
pub const BUSY: &str = "Dropbox asked Coffer to slow down";
const UNREACHABLE: &str = "Dropbox can’t be reached";
const FAILING: &str = "Dropbox is having problems";
const BROKEN: &str = "Connection lost";
const CONTENTION: &str = "Dropbox is busy with other changes to this account";

/// When a 429 names no time.
const USUAL_WAIT: Duration = Duration::from_secs(5);
/// No service waits longer at once; a larger number is a mistake.
const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// How often a call may be tried in all, by what goes wrong.
const TRIES_CONTENTION: u32 = 10;
const TRIES_QUICK: u32 = 3;
const TRIES_PATIENT: u32 = 7;

/// After so long in an outage, somebody else's answer ends the wait.
const SHORTEST_OUTAGE: Duration = Duration::from_millis(500);

/// What is known about a call before it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Made twice it has the same effect as made once.
    pub repeatable: bool,
}

/// The line to the service, as the calls of one subject see it. Clones share gate and news.
#[derive(Clone, Default)]
pub struct Line {
    pub gate: Gate,
    /// Tells whoever waits for the network that it is there.
    pub answered: Arc<Notify>,
    /// Shows waits. Nobody waits in front of these calls: they are tried longer before they are given up.
    pub meter: Option<Meter>,
    /// These calls belong to a transfer, which outlasts any time without a network.
    pub pace: Option<Pace>,
}

impl Line {
    fn patience(&self) -> Patience {
        match (&self.meter, &self.pace) {
            (_, Some(_)) => Patience::Endless,
            (Some(_), None) => Patience::Long,
            (None, None) => Patience::Short,
        }
    }

    fn show(&self, wait: Duration, reason: &str) -> Option<WaitGuard> {
        self.meter.as_ref().map(|meter| meter.waiting(waiting_phase(wait, reason)))
    }

    /// Those who hand out slots have to know how the line is.
    fn report(&self, fault: &FaultKind) {
        let trouble = match fault {
            FaultKind::TooManyRequests { .. } => Trouble::TooFast,
            FaultKind::Lost => Trouble::Lost,
            FaultKind::Unreachable | FaultKind::Server | FaultKind::TooManyWrites { .. } => Trouble::Away,
            _ => return,
        };
        if let Some(pace) = &self.pace {
            pace.trouble(trouble);
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Patience {
    Short,
    Long,
    /// As long as there is no network. A service that fails is given up as with `Long`.
    Endless,
}

/// Makes a call until it works, fails for good, or has been tried often enough.
pub async fn repeat<T, F>(policy: Policy, line: &Line, mut call: impl FnMut() -> F) -> Result<T, ApiError>
where
    F: Future<Output = Result<T, ApiError>>,
{
    // After an outage tries are counted anew: what failed before tells nothing any more.
    let (mut tries, mut outages) = (0, 0);
    loop {
        pass(line).await;
        let error = match call().await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let outage = line.patience() == Patience::Endless && Fault::of(&error).kind == FaultKind::Unreachable;
        (tries, outages) = if outage { (0, outages + 1) } else { (tries + 1, 0) };
        if !worth_repeating(policy, line, &error, tries + outages).await {
            return Err(error);
        }
    }
}

/// After `tries` calls of which the last failed with `error`: waits as long as is right and tells whether to call
/// again.
pub async fn worth_repeating(policy: Policy, line: &Line, error: &ApiError, tries: u32) -> bool {
    let fault = Fault::of(error).kind;
    line.report(&fault);
    match next_step(&fault, policy, line.patience(), tries, fastrand::f64()) {
        Step::GiveUp => return false,
        Step::AtOnce => {}
        Step::CloseGate(wait) => line.gate.close_for(wait, BUSY),
        Step::Wait(wait, reason) => {
            tracing::debug!(%error, ?wait, tries, "trying again");
            let _shown = line.show(wait, reason);
            tokio::time::sleep(wait).await;
        }
        Step::WaitForNetwork(wait) => {
            tracing::debug!(%error, ?wait, tries, "waiting for the network");
            let _shown = line.show(wait, UNREACHABLE);
            let shortest = wait.min(SHORTEST_OUTAGE);
            tokio::time::sleep(shortest).await;
            tokio::select! {
                () = tokio::time::sleep(wait.saturating_sub(shortest)) => {}
                () = line.answered.notified() => {}
            }
        }
    }
    true
}

/// Waits while the gate is closed, and lets the person see it.
pub async fn pass(line: &Line) {
    while let Some(waiting) = line.gate.waiting() {
        let phase = Phase::Waiting { until: waiting.until, reason: waiting.reason };
        let _shown = line.meter.as_ref().map(|meter| meter.waiting(phase));
        line.gate.wait().await;
    }
}

/// Waits before a transfer whose connection broke goes on where it was; `None` when that was often enough.
pub async fn pause(line: &Line, tries: u32) -> Option<()> {
    line.report(&FaultKind::Lost);
    if tries >= tries_allowed(line.patience()) {
        return None;
    }
    let wait = back_off(tries, fastrand::f64());
    let _shown = line.show(wait, BROKEN);
    tokio::time::sleep(wait).await;
    Some(())
}

fn waiting_phase(wait: Duration, reason: &str) -> Phase {
    let until = Timestamp::now().checked_add(wait).unwrap_or(Timestamp::MAX);
    Phase::Waiting { until, reason: reason.to_owned() }
}

fn tries_allowed(patience: Patience) -> u32 {
    if patience == Patience::Short { TRIES_QUICK } else { TRIES_PATIENT }
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    GiveUp,
    AtOnce,
    /// Everybody waits.
    CloseGate(Duration),
    /// This call waits.
    Wait(Duration, &'static str),
    /// This call waits, at most so long, for the network to be back.
    WaitForNetwork(Duration),
}

/// `tries` were made and the last one failed so. `chance` is between 0 and 1 and spreads the waits.
fn next_step(fault: &FaultKind, policy: Policy, patience: Patience, tries: u32, chance: f64) -> Step {
    let tries_allowed = tries_allowed(patience);
    match fault {
        FaultKind::TooManyRequests { retry_after } => {
            Step::CloseGate(retry_after.unwrap_or(USUAL_WAIT).min(LONGEST_WAIT))
        }
        FaultKind::TooManyWrites { retry_after } if tries < TRIES_CONTENTION => match retry_after {
            Some(wait) => Step::CloseGate((*wait).min(LONGEST_WAIT)),
            None => Step::Wait(back_off(tries, chance), CONTENTION),
        },
        // The client has renewed it, but could not send the stream again by itself.
        FaultKind::Expired if tries == 1 => Step::AtOnce,
        FaultKind::Unreachable if patience == Patience::Endless => {
            Step::WaitForNetwork(back_off(tries, chance))
        }
        // It never left this computer, so it can't have had an effect.
        FaultKind::Unreachable if tries < tries_allowed => Step::Wait(back_off(tries, chance), UNREACHABLE),
        FaultKind::Server | FaultKind::Lost if policy.repeatable && tries < tries_allowed => {
            Step::Wait(back_off(tries, chance), FAILING)
        }
        _ => Step::GiveUp,
    }
}

/// Doubles from 0.4 s up to 20 s, between half and all of it.
fn back_off(tries: u32, chance: f64) -> Duration {
    let full = (0.4 * f64::from(1_u32 << tries.saturating_sub(1).min(8))).min(20.0);
    Duration::from_secs_f64(full * (0.5 + chance / 2.0))
}

#[cfg(test)]
mod tests {
    use super::{Patience, Policy, Step, back_off, next_step};
    use crate::fault::FaultKind;
    use std::time::Duration;

    const READ: Policy = Policy { repeatable: true };
    const EDIT: Policy = Policy { repeatable: false };

    #[test]
    fn a_failing_service_is_asked_again_only_for_what_is_safe_to_repeat() {
        assert!(matches!(next_step(&FaultKind::Server, READ, Patience::Short, 1, 0.5), Step::Wait(..)));
        assert!(matches!(next_step(&FaultKind::Lost, READ, Patience::Short, 1, 0.5), Step::Wait(..)));
        assert_eq!(next_step(&FaultKind::Server, EDIT, Patience::Short, 1, 0.5), Step::GiveUp);
        assert_eq!(next_step(&FaultKind::Lost, EDIT, Patience::Short, 1, 0.5), Step::GiveUp);
        assert!(matches!(next_step(&FaultKind::Unreachable, EDIT, Patience::Short, 1, 0.5), Step::Wait(..)));
        assert_eq!(next_step(&FaultKind::Server, READ, Patience::Short, 3, 0.5), Step::GiveUp);
        assert_eq!(next_step(&FaultKind::Refused, READ, Patience::Short, 1, 0.5), Step::GiveUp);
    }

    #[test]
    fn a_request_to_slow_down_is_honoured_by_everybody_however_often_it_comes() {
        let asked = FaultKind::TooManyRequests { retry_after: Some(Duration::from_secs(7)) };
        assert_eq!(
            next_step(&asked, EDIT, Patience::Short, 100, 0.5),
            Step::CloseGate(Duration::from_secs(7))
        );
        let unclear = FaultKind::TooManyRequests { retry_after: None };
        assert_eq!(
            next_step(&unclear, READ, Patience::Short, 1, 0.5),
            Step::CloseGate(Duration::from_secs(5))
        );
    }

    #[test]
    fn a_transfer_waits_for_the_network_for_as_long_as_it_takes_but_not_for_a_service_that_fails() {
        let step = |fault, tries| next_step(&fault, READ, Patience::Endless, tries, 1.0);
        let longest = Duration::from_secs(20);
        assert_eq!(step(FaultKind::Unreachable, 10_000), Step::WaitForNetwork(longest));
        assert_eq!(step(FaultKind::Server, 10_000), Step::GiveUp);
        assert_eq!(next_step(&FaultKind::Unreachable, READ, Patience::Long, 7, 1.0), Step::GiveUp);
    }

    #[test]
    fn waits_grow_and_differ_but_stay_bounded() {
        assert_eq!(back_off(1, 1.0), Duration::from_millis(400));
        assert_eq!(back_off(1, 0.0), Duration::from_millis(200));
        assert_eq!(back_off(3, 1.0), Duration::from_millis(1600));
        assert_eq!(back_off(40, 1.0), Duration::from_secs(20));
    }
}
