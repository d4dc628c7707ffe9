//! What takes the space of a folder: the way in and out, the parts of the view, and what can be done with its items.

use super::{Script, listing};
use crate::input::Motion;
use crate::{Action, Command, Location};
use coffer_model::{
    BlockContent, FolderSummary, FolderTotals, Outcome, Receipt, RemotePath, SpaceBlock, SpaceMap, SpacePart,
    Update,
};
use std::sync::Arc;

/// A map with these items in the folder itself.
pub(super) fn map(folder: &str, rows: &str) -> SpaceMap {
    let block = |entry: &coffer_model::Entry| SpaceBlock {
        content: BlockContent::Item(entry.clone()),
        bytes: 10,
        newest: None,
        blocks: Vec::new(),
    };
    let blocks = listing(folder, rows).entries.iter().map(block).collect();
    SpaceMap { folder: RemotePath::new(folder), totals: FolderTotals::default(), blocks }
}

impl Script {
    fn map(&mut self, folder: &str, rows: &str) -> &mut Self {
        let job = format!("space Map of {folder}");
        let map = map(folder, rows);
        self.update(&job, Update::Listing(listing(folder, rows)));
        self.update(&job, Update::SpaceMap(Arc::new(map)));
        let folder = RemotePath::new(folder);
        self.update(
            &job,
            Update::FolderSummary(Arc::new(FolderSummary { folder, ..FolderSummary::default() })),
        );
        self.done(&job)
    }

    fn is_mapped(&self, folder: &str) -> bool {
        let folder = RemotePath::new(folder);
        self.state.space.map_of(&folder).is_some() && self.state.space.summary_of(&folder).is_some()
    }
}

#[test]
fn a_folder_opens_inside_the_map_and_back_and_up_lead_out_again() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.command(Command::ShowSpace).check_jobs("space Map of /").map("/", "Docs/ a.txt");
    assert!(script.is_mapped("/") && !script.is_mapped("/Docs"));
    script.click(0).command(Command::Open).map("/Docs", "x/ y").check("Map of /Docs: x/ y");
    assert!(script.is_mapped("/Docs") && !script.is_mapped("/"));
    script.command(Command::Back).check("Map of /: >*Docs/ a.txt …").map("/", "Docs/ a.txt");
    script.command(Command::Forward).map("/Docs", "x/ y");
    script.command(Command::Up).map("/", "a.txt Docs/").check("Map of /: a.txt >*Docs/");
    script.command(Command::Up).check("/: Docs/ a.txt …");
}

#[test]
fn arrows_walk_through_the_items_and_to_the_side_go_in_and_out() {
    let mut script = Script::at_home("Docs/");
    script.command(Command::ShowSpace).map("/", "Docs/ a.txt");
    script.press(Motion::Down).press(Motion::Down).check("Map of /: Docs/ >*a.txt");
    // A file has nothing inside.
    script.press(Motion::Right).check("Map of /: Docs/ >*a.txt");
    script.press(Motion::Up).press(Motion::Right).map("/Docs", "x").check("Map of /Docs: x");
    script.press(Motion::Left).map("/", "Docs/ a.txt").check("Map of /: >*Docs/ a.txt");
}

#[test]
fn the_space_of_the_selected_folder_is_shown_or_else_of_the_one_around_it() {
    let mut script = Script::at_home("Docs/ Photos/ a.txt");
    let shown = |script: &Script| Command::ShowSpaceUsed.resolve(&script.state);
    let of = |path: &str| Some(Action::Go(Location::space(RemotePath::new(path))));
    assert_eq!(shown(&script), of(""));
    assert_eq!(shown(script.click(1)), of("/Photos"));
    assert_eq!(shown(script.click(2)), None);
    assert_eq!(shown(script.click(0).ctrl_click(1)), None);
}

#[test]
fn another_part_is_no_step_to_go_back() {
    let mut script = Script::at_home("Docs/");
    script.act(Action::Go(Location::space(RemotePath::new("/Docs")))).map("/Docs", "x y");
    script.act(Action::ShowSpacePart(SpacePart::LargestFiles)).check_jobs("space LargestFiles of /Docs");
    script.answer_list("space LargestFiles of /Docs", "/Docs", "y x").check("LargestFiles of /Docs: y x");
    script.act(Action::ShowSpacePart(SpacePart::OldestFiles)).check_jobs("space OldestFiles of /Docs");
    assert_eq!(script.cancelled.len(), 0);
    script.command(Command::Back).check("/: Docs/ …");
}

#[test]
fn items_of_the_map_can_be_deleted_and_it_is_made_again() {
    let mut script = Script::at_home("Docs/");
    script.command(Command::ShowSpace).map("/", "Docs/ a.txt").click(1).command(Command::Delete);
    script.check("Map of /: Docs/ >*a.txt~");
    let receipt =
        Receipt::Edited { entries: Vec::new(), operation: None, failed: Vec::new(), conflicts: Vec::new() };
    script.finish("delete a.txt", Outcome::Done(receipt)).map("/", "Docs/");
    assert!(script.state.browser.entry_of(&RemotePath::new("/a.txt")).is_none());
}

#[test]
fn a_change_anywhere_makes_it_again_soon() {
    let mut script = Script::at_home("Docs/");
    script.command(Command::ShowSpace).map("/", "Docs/");
    let session =
        script.running.iter().find(|(_, job)| matches!(job, coffer_model::Job::Session(_))).unwrap().0;
    script.event(coffer_model::Event::Update {
        id: session,
        update: Update::Changed { folders: Some(Vec::new()) },
    });
    script.check_jobs("").wait(3.0).check_jobs("space Map of /");
}
