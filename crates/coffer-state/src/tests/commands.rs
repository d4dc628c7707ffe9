//! Commands: what is enabled where, and which keys they have.

use super::Script;
use crate::shortcuts::Platform;
use crate::{Action, Command};

/// The same place in many moods.
fn moods() -> Vec<(&'static str, Script)> {
    let mut moods = Vec::new();
    moods.push(("starting", Script::start()));
    moods.push(("nothing selected", Script::at_home("Docs/ a.txt")));
    for (name, row) in [("a folder selected", 0), ("a file selected", 1)] {
        let mut script = Script::at_home("Docs/ a.txt");
        script.click(row);
        moods.push((name, script));
    }
    let mut all = Script::at_home("Docs/ a.txt");
    all.command(Command::SelectAll).command(Command::GridView);
    moods.push(("all selected, in the grid", all));
    let mut below = Script::at_home("Docs/");
    below.go("/Docs").list("/Docs", "x").go("/").command(Command::Back);
    moods.push(("in a folder", below));
    for (name, command, job) in
        [("deleted", Command::ShowDeleted, "list deleted"), ("links", Command::ShowLinks, "list links")]
    {
        let mut script = Script::at_home("");
        script.command(command).answer_list(job, "/", if name == "deleted" { "x†" } else { "x" }).click(0);
        moods.push((name, script));
    }
    let mut search = Script::at_home("");
    search
        .act(Action::EditSearch("x".into()))
        .act(Action::SubmitSearch)
        .answer_list("search x", "/", "x")
        .click(0);
    moods.push(("search", search));
    let mut large = Script::at_home("a.png");
    large.click(0).command(Command::QuickPreview);
    moods.push(("large preview", large));
    moods
}

#[test]
fn no_key_means_two_things_anywhere() {
    for platform in [Platform::Common, Platform::Mac] {
        for (mood, script) in moods() {
            let mut keys = std::collections::HashMap::new();
            for &command in Command::ALL.iter().filter(|command| command.is_enabled(&script.state)) {
                for shortcut in command.shortcuts_on(platform) {
                    let other = keys.insert(*shortcut, command);
                    assert!(other.is_none(), "{shortcut:?} means {command:?} and {other:?} with {mood}");
                }
            }
        }
    }
}

#[test]
fn a_key_finds_its_command_only_where_it_is_enabled() {
    let mut script = Script::at_home("a.txt");
    let key = Command::Delete.shortcuts()[0];
    assert_eq!(Command::from_shortcut(key, &script.state), None);
    script.click(0);
    assert_eq!(Command::from_shortcut(key, &script.state), Some(Command::Delete));
}

#[test]
fn each_command_is_enabled_where_it_makes_sense() {
    let enabled = |script: &Script, commands: &[Command]| -> Vec<bool> {
        commands.iter().map(|command| command.is_enabled(&script.state)).collect()
    };
    let file_commands = [Command::Delete, Command::Cut, Command::Share, Command::Versions, Command::Undelete];
    let check = |mood: &str, expected: [bool; 5]| {
        let (_, script) = moods().into_iter().find(|(name, _)| *name == mood).expect("a mood");
        assert_eq!(enabled(&script, &file_commands), expected, "{mood}");
    };
    check("nothing selected", [false, false, false, false, false]);
    check("a folder selected", [true, true, true, false, false]);
    check("a file selected", [true, true, true, true, false]);
    check("all selected, in the grid", [true, true, false, false, false]);
    check("deleted", [false, false, false, true, true]);
    check("large preview", [false, false, true, true, false]);
}

#[test]
fn what_is_not_enabled_does_nothing() {
    for (mood, mut script) in moods() {
        for command in Command::ALL
            .iter()
            .copied()
            .filter(|command| command.resolve(&script.state).is_none())
            .collect::<Vec<_>>()
        {
            let before = (super::picture(&script.state), script.jobs());
            script.command(command);
            assert_eq!((super::picture(&script.state), script.jobs()), before, "{command:?} with {mood}");
        }
    }
}

#[test]
fn every_command_can_be_given_in_every_mood() {
    for &command in Command::ALL {
        for (_, mut script) in moods() {
            script.command(command).wait(2.0).command(Command::Cancel).wait(20.0);
        }
    }
}

#[test]
fn the_menu_key_asks_the_window_for_a_menu_once() {
    let mut script = Script::at_home("a");
    script.click(0).command(Command::ContextMenu);
    assert_eq!(script.menus_opened, 1);
    assert_eq!(script.click(0).menus_opened, 1);
}
