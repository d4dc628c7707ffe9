//! The guide in a dialog: one of its pages.

use super::State;
use super::context::StateContext;
use super::requests::RequestPurpose;
use coffer_model::guide::GuidePage;
use coffer_model::{Job, Load, MarkdownPreview, Outcome, Receipt, RequestId};
use std::sync::Arc;

pub struct GuideDialog {
    pub page: GuidePage,
    /// Of `page`; nothing of another page is ever here.
    pub text: Load<Arc<MarkdownPreview>>,
    request: Option<RequestId>,
}

impl GuideDialog {
    fn new(context: &mut StateContext) -> Self {
        let mut guide = Self { page: GuidePage::FirstSteps, text: Load::Idle, request: None };
        guide.show(GuidePage::FirstSteps, context);
        guide
    }

    pub(super) fn show(&mut self, page: GuidePage, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.page = page;
        self.text = Load::Pending { previous: None };
        self.request = Some(context.run(Job::ReadGuide(page), RequestPurpose::Guide));
    }

    pub(super) fn on_read(&mut self, outcome: Outcome) {
        self.request = None;
        match outcome {
            Outcome::Done(Receipt::GuideRead(text)) => self.text = Load::Ready(text),
            Outcome::Failed(problem) => self.text.fail(problem),
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
    }
}

impl State {
    pub(super) fn open_guide(&mut self) {
        let dialog = GuideDialog::new(&mut self.context);
        self.open_dialog(dialog);
    }
}
