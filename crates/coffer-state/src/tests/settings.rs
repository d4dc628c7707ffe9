//! What is remembered.

use super::Script;
use crate::{Action, Command, Focus, WindowEvent};
use coffer_model::settings::RowHeight;
use coffer_model::{FolderOrder, Job, Settings, SortColumn, ThemeChoice};

fn saved(script: &Script) -> Vec<&Settings> {
    let jobs = script.running.iter().filter_map(|(_, job)| match job {
        Job::SaveSettings(settings) => Some(settings),
        _ => None,
    });
    jobs.collect()
}

#[test]
fn a_width_that_is_dragged_is_saved_once_when_it_rests() {
    let mut script = Script::at_home("");
    for width in [230.0, 240.0, 250.0] {
        script.act(Action::SetSideBarWidth(width)).wait(0.5);
    }
    assert!(saved(&script).is_empty());
    script.wait(0.5);
    assert_eq!(saved(&script).iter().map(|settings| settings.side_bar_width).collect::<Vec<_>>(), [250.0]);
    assert_eq!(script.state.next_tick_secs(), None);
}

#[test]
fn nonsense_is_not_remembered() {
    let mut script = Script::at_home("");
    script.act(Action::SetInspectorWidth(f32::NAN)).act(Action::SetSideBarWidth(-5.0));
    script.act(Action::SetColumnWidth(SortColumn::Size, 1e9)).act(Action::SetGridPoints(1.0));
    let settings = &script.state.settings;
    assert_eq!((settings.inspector_width, settings.side_bar_width), (320.0, 160.0));
    assert_eq!((settings.column_widths.size, script.state.folder_view().grid_points), (400.0, 48.0));
    script.act(Action::SetColumnWidth(SortColumn::Size, 1.0));
    let size = script.state.settings.column_widths.size;
    assert_eq!(size.to_string(), "80", "a size keeps its unit");
}

#[test]
fn the_grid_grows_and_shrinks_in_steps() {
    let points = |script: &Script| script.state.folder_view().grid_points.to_string();
    let mut script = Script::at_home("");
    script.command(Command::ZoomIn).command(Command::ZoomIn);
    assert_eq!(points(&script), "128");
    assert_eq!(script.state.settings.row_height, RowHeight::Roomy, "in the list the rows do");
    script.command(Command::ZoomReset);
    assert_eq!(script.state.settings.row_height, RowHeight::Standard);
    script.command(Command::ZoomOut).command(Command::ZoomOut);
    assert_eq!(script.state.settings.row_height, RowHeight::Compact);
    script.command(Command::GridView).command(Command::ZoomIn);
    assert_eq!(points(&script), "160");
    script.act(Action::SetGridPoints(100.0)).command(Command::ZoomOut);
    assert_eq!(points(&script), "96");
    script.command(Command::ZoomReset);
    assert_eq!(points(&script), "128");
}

#[test]
fn the_order_is_chosen_by_commands_where_there_is_one() {
    let mut script = Script::at_home("");
    script.command(Command::SortBySize);
    assert_eq!(Command::SortBySize.is_on(&script.state), Some(true));
    assert_eq!(Command::SortByName.is_on(&script.state), Some(false));
    assert!(script.state.folder_view().sort.descending, "the largest first");
    script.command(Command::ReverseOrder);
    assert_eq!(Command::SortBySize.is_on(&script.state), Some(true));
    assert!(!script.state.folder_view().sort.descending);
    script.command(Command::ShowDeleted);
    for command in [Command::SortByName, Command::ReverseOrder, Command::FoldersFirst] {
        assert!(!command.is_enabled(&script.state), "deleted files have an order of their own");
    }
}

#[test]
fn folders_come_first_or_among_the_files_and_the_menu_says_which() {
    let mut script = Script::at_home("");
    let is_on = |script: &Script| Command::FoldersFirst.is_on(&script.state);
    let folders = |script: &Script| match script.running.last() {
        Some((_, Job::List { sort, .. })) => sort.folders,
        other => panic!("{other:?}"),
    };
    assert_eq!(is_on(&script), Some(true));
    script.command(Command::FoldersFirst);
    assert_eq!((is_on(&script), folders(&script)), (Some(false), FolderOrder::Mixed));
    script.command(Command::SortByKind);
    assert_eq!((is_on(&script), folders(&script)), (Some(false), FolderOrder::Mixed), "for all columns");
    script.command(Command::FoldersFirst).command(Command::SortBySize);
    assert_eq!((is_on(&script), folders(&script)), (Some(true), FolderOrder::First));

    let mut script = Script::at_home("");
    script.command(Command::SortBySize);
    assert_eq!(is_on(&script), Some(false), "until something is chosen, folders with a size stand by it");
}

#[test]
fn a_hidden_side_bar_does_not_keep_the_keyboard() {
    let mut script = Script::at_home("");
    script.act(Action::Focus(Focus::Tree)).command(Command::ToggleSideBar);
    assert_eq!((script.state.settings.side_bar_open, script.state.focus), (false, Focus::Content));
    script.command(Command::ToggleSideBar);
    assert!(script.state.settings.side_bar_open);
}

#[test]
fn a_window_that_keeps_its_size_saves_nothing_and_the_end_saves_what_is_left() {
    let mut script = Script::at_home("");
    let size = script.state.settings.window_size;
    script.window(WindowEvent::Resized(size));
    assert!(script.state.quit().is_empty());
    script.command(Command::ThemeDark);
    assert_eq!(Command::ThemeDark.is_on(&script.state), Some(true));
    assert_eq!(script.state.settings.theme, ThemeChoice::Dark);
    assert_eq!(script.state.quit().len(), 1);
}

#[test]
fn settings_that_cannot_be_saved_are_told() {
    let mut script = Script::at_home("");
    script.command(Command::ThemeDark).wait(1.0);
    script.fail("save settings", super::problem("The disk is full", coffer_model::Recovery::Space));
    script.check("/: toast[The disk is full | Details…]");
}

#[test]
fn settings_that_could_not_be_read_are_told_until_an_account_is_chosen_and_are_not_lost_by_another_change() {
    let unreadable = [("account".to_owned(), "dropbox_team".into())].into_iter().collect();
    let mut script = Script::with(Settings { unreadable, ..Settings::default() });
    script.state.settings.problem = Some(super::problem("no account", coffer_model::Recovery::None));
    script.command(Command::ThemeDark).wait(1.0);
    assert!(saved(&script).iter().all(|settings| settings.unreadable.contains_key("account")));
    assert!(script.state.settings.problem.is_some());
    let mut context = crate::context::StateContext::default();
    script.state.settings.set_account(&coffer_model::AccountChoice::Local, &mut context);
    assert!(script.state.settings.problem.is_none());
    assert!(script.state.settings.unreadable.is_empty());
}
