//! A list that the program asks the account for by itself: when the account is open, and when it may have changed.

use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::{Job, Outcome, Problem, Receipt, RequestId};

#[derive(Default)]
pub(super) struct BackgroundList {
    request: Option<RequestId>,

    /// The account has sent it once.
    is_known: bool,
}

impl BackgroundList {
    pub(super) fn ask(&mut self, context: &mut StateContext, job: Job, purpose: RequestPurpose) {
        context.cancel(self.request);
        self.request = Some(context.run(job, purpose));
    }

    /// Whether it is to be asked for, now that the account is open or can be reached again.
    pub(super) fn is_missing(&self) -> bool {
        !self.is_known && self.request.is_none()
    }

    /// What the account has sent. The person has not asked for the list, so of failures only those of the connection matter.
    pub(super) fn answer(&mut self, outcome: Outcome, on_offline: impl FnOnce(&Problem)) -> Option<Receipt> {
        self.request = None;
        match outcome {
            Outcome::Done(receipt) => {
                self.is_known = true;
                Some(receipt)
            }
            Outcome::Failed(problem) => {
                if problem.kind.is_offline() {
                    on_offline(&problem);
                }
                None
            }
            Outcome::Cancelled => None,
        }
    }
}
