//! When a call is made again, and how long to wait before. This is the only place that decides it: only what is safe to
//! repeat is repeated. What kind an error is is in `error`; how long everybody waits, in `gate`.

use super::error::{Attempts, Classify, RetriedError};
use super::gate::{Gate, RefusalScope};
use super::progress::{Meter, WaitGuard};
use super::transfer::pace::Pace;
use super::transfer::transfer_permits::CongestionSignal;
use coffer_model::{ProblemKind, TransferPhase};
use coffer_texts::tr;
use dropbox_client::{CallError, RestSocketError};
use dropbox_protocol::Idempotence;
use jiff::Timestamp;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// When a 429 names no time.
const USUAL_WAIT: Duration = Duration::from_secs(5);
/// No service waits longer at once; a larger number is a mistake.
const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// How often something may be tried in all, by what goes wrong.
pub(crate) const TRIES_CONTENTION: u32 = 8;
const TRIES_QUICK: u32 = 3;
const TRIES_PATIENT: u32 = 7;
/// Bytes that arrive damaged more often than this are not damaged by chance.
pub(crate) const TRIES_DAMAGED: u32 = 4;

/// After so long in an outage, somebody else's answer ends the wait.
const SHORTEST_OUTAGE: Duration = Duration::from_millis(500);

/// Whether a call may be made again when it is unknown whether the last one had an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryPolicy {
    /// It may.
    Repeat,
    /// It may not. What surely had no effect is repeated all the same.
    Once,
}

impl From<Idempotence> for RetryPolicy {
    fn from(idempotence: Idempotence) -> Self {
        if idempotence.may_repeat() { Self::Repeat } else { Self::Once }
    }
}

/// What the calls of one subject share. Clones share gate and news.
#[derive(Clone, Default)]
pub(crate) struct CallContext {
    pub gate: Gate,
    /// Wakes whoever waits for the network when there was an answer.
    pub answered: Arc<Notify>,
    /// Shows waits. Nobody waits in front of these calls: they are tried longer before they are given up.
    pub meter: Option<Meter>,
    /// These calls belong to a transfer, which outlasts any time without a network.
    pub pace: Option<Pace>,
    /// When it is cancelled, nobody wants these calls any more: they are not made again.
    pub cancel: CancellationToken,
    /// The same, for calls that ask how something has ended.
    pub wind_up: CancellationToken,
}

impl CallContext {
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

    /// The limiter of transfer calls has to know how the connection is.
    fn report(&self, kind: ProblemKind, refusal: Option<RefusalScope>) {
        let signal = match kind {
            ProblemKind::RateLimited if refusal == Some(RefusalScope::OfOneCall) => return,
            ProblemKind::RateLimited => CongestionSignal::TooFast,
            ProblemKind::ConnectionLost => CongestionSignal::Lost,
            ProblemKind::Unreachable
            | ProblemKind::NetworkSignIn
            | ProblemKind::ServiceFailed
            | ProblemKind::TooManyWrites => CongestionSignal::Away,
            _ => return,
        };
        if let Some(pace) = &self.pace {
            pace.signal(signal);
        }
    }

    /// Waits while the gate is closed, and lets the person see it. False if the call was cancelled meanwhile.
    async fn wait_at_gate(&self) -> bool {
        while let Some(waiting) = self.gate.waiting() {
            let phase = TransferPhase::Waiting { until: waiting.until, reason: waiting.reason };
            let _shown = self.meter.as_ref().map(|meter| meter.waiting(phase));
            if !self.wait_for(self.gate.wait()).await {
                return false;
            }
        }
        true
    }

    /// False if the call was cancelled meanwhile.
    async fn wait_for(&self, end: impl Future<Output = ()>) -> bool {
        self.cancel.run_until_cancelled(end).await.is_some()
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
pub(crate) async fn repeat<T, E, F>(
    policy: RetryPolicy,
    context: &CallContext,
    mut call: impl FnMut() -> F,
) -> Result<T, RetriedError<E>>
where
    E: Classify,
    F: Future<Output = Result<T, CallError<E>>>,
{
    let mut attempts = Attempts::new();
    // After an outage tries are counted anew: what failed before tells nothing any more.
    let (mut tries, mut outages) = (0, 0);
    let mut last = None;
    loop {
        if !context.wait_at_gate().await {
            let error = last.unwrap_or_else(never_sent);
            return Err(RetriedError { error, attempts });
        }
        let error = match call().await {
            Ok(value) => {
                context.gate.answered();
                return Ok(value);
            }
            Err(error) => error,
        };
        attempts.count += 1;
        let kind = error.kind();
        let refusal = is_refusal(kind).then(|| context.gate.refused());
        context.report(kind, refusal);
        let is_outage = context.patience() == Patience::Endless && is_network_away(kind);
        (tries, outages) = if is_outage { (0, outages + 1) } else { (tries + 1, 0) };
        let retry_after = error.retry_after().map(Duration::from_secs);
        let failed = FailedTry { kind, retry_after, tries: tries + outages };
        let step = match (next_step(&failed, policy, context.patience(), fastrand::f64()), refusal) {
            (Step::CloseGate(wait), Some(RefusalScope::OfOneCall)) => Step::Wait(wait, tr!("waiting-busy")),
            (step, _) => step,
        };
        tracing::debug!(%error, ?step, %attempts, "a call failed");
        if !take_step(step, context).await {
            return Err(RetriedError { error, attempts });
        }
        last = Some(error);
    }
}

/// The error of a call that was cancelled before it was made.
pub(crate) fn never_sent<E>() -> CallError<E> {
    CallError::Api(RestSocketError::unreachable("", "cancelled").into())
}

/// Waits as long as a step says; false if it says to give up, or the call was cancelled meanwhile.
async fn take_step(step: Step, context: &CallContext) -> bool {
    match step {
        Step::GiveUp => return false,
        Step::AtOnce => {}
        Step::CloseGate(wait) => context.gate.close_for(wait, tr!("waiting-busy")),
        Step::Wait(wait, reason) => {
            let _shown = context.show(wait, reason);
            let _lent = context.pace.as_ref().and_then(Pace::lend_permit);
            return context.wait_for(tokio::time::sleep(wait)).await;
        }
        Step::WaitForNetwork(wait) => {
            let _shown = context.show(wait, tr!("dropbox-unreachable"));
            let shortest = wait.min(SHORTEST_OUTAGE);
            let network = async {
                tokio::time::sleep(shortest).await;
                tokio::select! {
                    () = tokio::time::sleep(wait.saturating_sub(shortest)) => {}
                    () = context.answered.notified() => {}
                }
            };
            return context.wait_for(network).await;
        }
    }
    true
}

/// Waits before a download whose connection broke goes on where it was; `None` when that was often enough.
pub(crate) async fn pause(context: &CallContext, tries: u32) -> Option<()> {
    context.report(ProblemKind::ConnectionLost, None);
    if tries >= tries_allowed(context.patience()) {
        return None;
    }
    let wait = back_off(tries);
    let _shown = context.show(wait, tr!("waiting-broken"));
    let _lent = context.pace.as_ref().and_then(Pace::lend_permit);
    tokio::time::sleep(wait).await;
    Some(())
}

/// How long to wait after so many tries in a row that failed: doubles from 0.4 s up to 20 s, and is spread at random
/// between half of that and all of it, so that those who failed together do not come back together.
pub(crate) fn back_off(tries: u32) -> Duration {
    spread_back_off(tries, fastrand::f64())
}

/// `chance` is between 0 and 1.
fn spread_back_off(tries: u32, chance: f64) -> Duration {
    let full = (0.4 * f64::from(1_u32 << tries.saturating_sub(1).min(8))).min(20.0);
    Duration::from_secs_f64(full * (0.5 + chance / 2.0))
}

fn waiting_phase(wait: Duration, reason: &str) -> TransferPhase {
    let until = Timestamp::now().checked_add(wait).unwrap_or(Timestamp::MAX);
    TransferPhase::Waiting { until, reason: reason.to_owned() }
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

/// So many tries were made, and the last one failed so.
struct FailedTry {
    kind: ProblemKind,
    retry_after: Option<Duration>,
    tries: u32,
}

/// `chance` is between 0 and 1 and spreads the waits.
fn next_step(failed: &FailedTry, policy: RetryPolicy, patience: Patience, chance: f64) -> Step {
    let FailedTry { kind, retry_after, tries } = *failed;
    let tries_allowed = tries_allowed(patience);
    let wait = spread_back_off(tries, chance);
    match kind {
        ProblemKind::RateLimited => Step::CloseGate(asked_wait(retry_after.unwrap_or(USUAL_WAIT), wait)),
        ProblemKind::TooManyWrites if tries < TRIES_CONTENTION => match retry_after {
            Some(asked) => Step::CloseGate(asked_wait(asked, wait)),
            None => Step::Wait(wait, tr!("waiting-contention")),
        },
        // The client has renewed the token, but could not send the stream again by itself; and the next call names the
        // root of its paths in another way.
        ProblemKind::TokenExpired | ProblemKind::PathRootGone if tries == 1 => Step::AtOnce,
        // The service has kept none of the damaged bytes, and sending them again may go well.
        ProblemKind::ContentMismatch if tries < TRIES_DAMAGED => Step::AtOnce,
        kind if patience == Patience::Endless && is_network_away(kind) => Step::WaitForNetwork(wait),
        // It never left this computer, so it can't have had an effect.
        ProblemKind::Unreachable if tries < tries_allowed => Step::Wait(wait, tr!("dropbox-unreachable")),
        kind if is_lost(kind) && policy == RetryPolicy::Repeat && tries < tries_allowed => {
            Step::Wait(wait, tr!("waiting-failing"))
        }
        _ => Step::GiveUp,
    }
}

/// The service did nothing, and asks to come back later.
fn is_refusal(kind: ProblemKind) -> bool {
    matches!(kind, ProblemKind::RateLimited | ProblemKind::TooManyWrites)
}

/// The service was not asked at all.
fn is_network_away(kind: ProblemKind) -> bool {
    matches!(kind, ProblemKind::Unreachable | ProblemKind::NetworkSignIn)
}

/// There was no answer that says what the service did.
fn is_lost(kind: ProblemKind) -> bool {
    matches!(kind, ProblemKind::ServiceFailed | ProblemKind::ConnectionLost | ProblemKind::UnreadableReply)
}

/// The service can’t be asked, or can’t answer, for now.
pub(crate) fn is_outage(kind: ProblemKind) -> bool {
    is_network_away(kind) || is_lost(kind)
}

/// How long to wait when the service has asked for it. One that asks for no time at all, again and again, must not be
/// called without a pause.
fn asked_wait(asked: Duration, back_off: Duration) -> Duration {
    asked.max(back_off).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::{FailedTry, Patience, RetryPolicy, Step, next_step, spread_back_off};
    use coffer_model::ProblemKind;
    use std::time::Duration;

    fn step(kind: ProblemKind, policy: RetryPolicy, patience: Patience, tries: u32) -> Step {
        next_step(&FailedTry { kind, retry_after: None, tries }, policy, patience, 1.0)
    }

    #[test]
    fn a_failing_service_is_asked_again_only_for_what_is_safe_to_repeat() {
        use RetryPolicy::{Once, Repeat};
        let short = |kind, policy, tries| step(kind, policy, Patience::Short, tries);
        assert!(matches!(short(ProblemKind::ServiceFailed, Repeat, 1), Step::Wait(..)));
        assert!(matches!(short(ProblemKind::ConnectionLost, Repeat, 1), Step::Wait(..)));
        assert_eq!(short(ProblemKind::ServiceFailed, Once, 1), Step::GiveUp);
        assert_eq!(short(ProblemKind::ConnectionLost, Once, 1), Step::GiveUp);
        assert!(matches!(short(ProblemKind::Unreachable, Once, 1), Step::Wait(..)));
        assert_eq!(short(ProblemKind::ServiceFailed, Repeat, 3), Step::GiveUp);
        assert_eq!(short(ProblemKind::Refused, Repeat, 1), Step::GiveUp);
    }

    #[test]
    fn a_request_to_slow_down_is_honoured_by_everybody_however_often_it_comes() {
        let asked = |retry_after, tries| {
            let failed = FailedTry { kind: ProblemKind::RateLimited, retry_after, tries };
            next_step(&failed, RetryPolicy::Once, Patience::Short, 0.5)
        };
        let seven = Duration::from_secs(7);
        assert_eq!(asked(Some(seven), 3), Step::CloseGate(seven));
        assert_eq!(asked(None, 1), Step::CloseGate(Duration::from_secs(5)));
    }

    #[test]
    fn a_service_that_asks_for_no_wait_is_called_less_and_less_often() {
        for kind in [ProblemKind::RateLimited, ProblemKind::TooManyWrites] {
            let waits: Vec<Duration> = (1..8)
                .map(|tries| {
                    let failed = FailedTry { kind, retry_after: Some(Duration::ZERO), tries };
                    match next_step(&failed, RetryPolicy::Once, Patience::Short, 0.0) {
                        Step::CloseGate(wait) => wait,
                        other => panic!("{kind:?}: {other:?}"),
                    }
                })
                .collect();
            assert!(waits[0] >= Duration::from_millis(200), "{waits:?}");
            assert!(waits.is_sorted() && waits[6] >= Duration::from_secs(10), "{waits:?}");
        }
    }

    #[test]
    fn a_transfer_waits_for_the_network_for_as_long_as_it_takes_but_not_for_a_service_that_fails() {
        let endless = |kind| step(kind, RetryPolicy::Repeat, Patience::Endless, 10_000);
        assert_eq!(endless(ProblemKind::Unreachable), Step::WaitForNetwork(Duration::from_secs(20)));
        assert_eq!(endless(ProblemKind::ServiceFailed), Step::GiveUp);
        assert_eq!(step(ProblemKind::Unreachable, RetryPolicy::Repeat, Patience::Long, 7), Step::GiveUp);
    }

    #[test]
    fn damaged_bytes_are_sent_again_at_once_but_not_for_ever() {
        let damaged = |tries| step(ProblemKind::ContentMismatch, RetryPolicy::Once, Patience::Short, tries);
        assert_eq!(damaged(3), Step::AtOnce);
        assert_eq!(damaged(4), Step::GiveUp);
    }

    #[test]
    fn waits_grow_and_differ_but_stay_bounded() {
        assert_eq!(spread_back_off(1, 1.0), Duration::from_millis(400));
        assert_eq!(spread_back_off(1, 0.0), Duration::from_millis(200));
        assert_eq!(spread_back_off(3, 1.0), Duration::from_millis(1600));
        assert_eq!(spread_back_off(40, 1.0), Duration::from_secs(20));
    }
}
