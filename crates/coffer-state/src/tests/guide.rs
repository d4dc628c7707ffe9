//! The guide.

use super::Script;
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::guide::GuidePage;
use coffer_model::{Outcome, Receipt};
use std::sync::Arc;

#[test]
fn each_page_is_read_when_it_is_chosen_and_the_one_before_is_not_shown_under_its_name() {
    let mut script = Script::at_home("");
    let text = |source: &str| Outcome::Done(Receipt::GuideRead(Arc::new(source.into())));
    let shown = |script: &Script| {
        let guide = script.state.dialog.as_ref().unwrap().try_as_guide_ref().unwrap();
        (guide.page, guide.text.value().map(|text| text.source.to_string()))
    };
    script.command(Command::Guide);
    assert_eq!(shown(&script), (GuidePage::FirstSteps, None));
    script.finish("guide first-steps.md", text("# First steps"));
    assert_eq!(shown(&script), (GuidePage::FirstSteps, Some("# First steps".to_owned())));
    script.act(Action::Dialog(DialogAction::ShowGuidePage(GuidePage::Sharing)));
    assert_eq!(shown(&script), (GuidePage::Sharing, None));
    script.finish("guide sharing.md", text("# Sharing"));
    assert_eq!(shown(&script), (GuidePage::Sharing, Some("# Sharing".to_owned())));
    script.act(Action::CloseDialog);
    assert!(script.state.dialog.is_none());
}
