//! The question before something of a folder is brought back: what, where to, and what that would do.

use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::{
    BringBack, BringBackItem, BringBackPlace, BringBackPlan, Job, Load, NewItems, Outcome, Receipt,
    RemotePath, RequestId,
};
use std::sync::Arc;

pub struct BringBackQuestion {
    pub asked: BringBack,
    /// The new folder in which the items come if they are not to come in their places.
    pub beside: RemotePath,
    /// That of the last choice stays until the next one is there.
    pub plan: Load<Arc<BringBackPlan>>,
    /// Everything that would be brought back if nothing was left out.
    pub items: Arc<BringBackPlan>,
    /// The items are listed one by one.
    pub lists_items: bool,
    request: Option<RequestId>,
}

impl BringBackQuestion {
    pub(super) fn new(asked: BringBack, beside: RemotePath, context: &mut StateContext) -> Self {
        let (plan, items) = (Load::Idle, Arc::default());
        let mut question = Self { asked, beside, plan, items, lists_items: false, request: None };
        question.load(context);
        question
    }

    fn load(&mut self, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.plan.begin();
        let job = Job::PlanBringBack(Box::new(self.asked.clone()));
        self.request = Some(context.run(job, RequestPurpose::BringBackPlan));
    }

    pub(super) fn on_planned(&mut self, outcome: Outcome) {
        self.request = None;
        match outcome {
            Outcome::Done(Receipt::BringBackPlanned(plan)) => {
                if self.asked.left_out.is_empty() {
                    self.items = Arc::clone(&plan);
                }
                self.plan = Load::Ready(plan);
            }
            Outcome::Failed(problem) => self.plan.fail(problem),
            Outcome::Done(_) | Outcome::Cancelled => self.plan.end(),
        }
    }

    /// Everything is wanted again.
    pub(super) fn choose_place(&mut self, place: BringBackPlace, context: &mut StateContext) {
        if place != self.asked.place {
            self.asked.place = place;
            self.asked.left_out.clear();
            self.load(context);
        }
    }

    /// Leaves an item with everything below it out, or takes it in again.
    pub(super) fn toggle(&mut self, path: &RemotePath, context: &mut StateContext) {
        let left_out = &mut self.asked.left_out;
        if left_out.iter().any(|left_out| left_out.contains(path)) {
            left_out.retain(|left_out| !left_out.contains(path));
        } else {
            left_out.retain(|left_out| !path.contains(left_out));
            left_out.push(path.clone());
        }
        self.load(context);
    }

    pub fn is_wanted(&self, item: &BringBackItem) -> bool {
        !self.asked.left_out.iter().any(|left_out| left_out.contains(&item.path))
    }

    /// What becomes of what was made since, if that is moved aside.
    pub fn aside(&self) -> NewItems {
        NewItems::aside(&self.asked.folder, self.asked.at)
    }

    /// How many files would be brought back or downloaded, once that is known.
    pub fn files(&self) -> Option<u64> {
        self.plan.value().map(|plan| plan.files())
    }

    /// The plan is that of what is asked for, and something would be done.
    pub fn is_ready(&self) -> bool {
        matches!(&self.plan, Load::Ready(plan) if !plan.items.is_empty())
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
    }
}
