//! The settings dialog, and running a command by its name.

use super::Script;
use crate::action::DialogAction;
use crate::settings_dialog::SettingChange;
use crate::{Action, Command};
use coffer_model::settings::Accent;
use coffer_model::{CacheUse, Outcome, Receipt, ThemeChoice};

#[test]
fn the_cache_is_measured_when_it_opens_and_what_is_left_is_told_after_clearing() {
    let mut script = Script::at_home("");
    let use_of = |bytes| Outcome::Done(Receipt::CacheMeasured(CacheUse { bytes, most_bytes: 100 }));
    script.command(Command::Settings);
    script.finish("measure the cache", use_of(40));
    let known = |script: &Script| {
        let settings = script.state.dialog.as_ref().unwrap().try_as_settings_ref().unwrap();
        settings.cache.value().map(|cache| cache.bytes)
    };
    assert_eq!(known(&script), Some(40));
    script.act(Action::Dialog(DialogAction::ClearCache));
    assert_eq!(known(&script), Some(40), "it stays until the next is known");
    script.finish("clear the cache", use_of(0));
    assert_eq!(known(&script), Some(0));
}

#[test]
fn a_change_holds_at_once_and_no_size_makes_the_window_useless() {
    let mut script = Script::at_home("");
    let mut change = |change| {
        script.act(Action::Dialog(DialogAction::ChangeSetting(change)));
        (script.state.settings.accent, script.state.settings.scale_percent)
    };
    assert_eq!(change(SettingChange::Accent(Accent::Pink)), (Accent::Pink, 100));
    assert_eq!(change(SettingChange::Scale(0)).1, 75);
    assert_eq!(change(SettingChange::Scale(60_000)).1, 300);
}

#[test]
fn a_command_runs_after_the_palette_has_closed() {
    let mut script = Script::at_home("");
    script.command(Command::CommandPalette);
    let palette = script.state.dialog.as_ref().unwrap().try_as_command_palette_ref().unwrap();
    assert!(palette.commands.contains(&Command::ThemeDark));
    assert!(!palette.commands.contains(&Command::Rename), "nothing is selected");
    script.act(Action::Dialog(DialogAction::RunCommand(Command::ThemeDark)));
    assert!(script.state.dialog.is_none());
    assert_eq!(script.state.settings.theme, ThemeChoice::Dark);
}
