//! Every dialog.

use super::{LARGE, LEAST, SMALL, compare, compare_window};
use crate::ui::acts::{YEAR, full};
use crate::ui::{Window, dark, light};
use coffer_model::Settings;
use coffer_model::settings::Accent;
use coffer_model::transfer::Decision;
use coffer_model::{LetterCase, NumberPlace, RemotePath, RenameRule};
use coffer_state::action::DialogAction;
use coffer_state::folder_chooser::ChooserAction;
use coffer_state::{Action, Command, Location};
use eframe::egui::Key;

#[test]
fn the_versions_of_a_file() {
    compare("versions-light", SMALL, light(), |window| {
        window.select("Fjord at dawn.jpg");
        window.command(Command::Versions);
        window.dialog(DialogAction::SelectRevision(1));
    });
}

#[test]
fn the_versions_of_a_deleted_file_of_which_one_is_marked() {
    compare("versions-deleted-dark", LARGE, dark(), |window| {
        window.act(Action::Command(Command::ShowDeleted));
        window.settle();
        window.select("Tent.jpg");
        window.command(Command::Versions);
        window.dialog(DialogAction::MarkRevision(3));
        window.dialog(DialogAction::SelectRevision(2));
    });
}

#[test]
fn a_file_that_is_not_shared_yet_and_its_link() {
    compare("share-none-light", SMALL, light(), |window| {
        window.select("Fjord at dawn.jpg");
        window.command(Command::Share);
    });
    compare("share-light", SMALL, light(), |window| {
        window.select("Fjord at dawn.jpg");
        window.command(Command::Share);
        window.click("Create link");
        window.wait(0.3);
    });
}

#[test]
fn the_settings() {
    compare("settings-light", SMALL, light(), |window| window.command(Command::Settings));
    compare("settings-blue-dark", LARGE, Settings { accent: Accent::Blue, ..dark() }, |window| {
        window.command(Command::Settings);
    });
}

#[test]
fn running_a_command_by_its_name() {
    compare("command-palette-dark", SMALL, dark(), |window| {
        window.command(Command::CommandPalette);
        window.dialog(DialogAction::EditCommand("so".to_owned()));
    });
}

#[test]
fn the_accounts() {
    compare("accounts-dark", SMALL, dark(), |window| window.command(Command::Account));
}

#[test]
fn signing_in_with_a_wrong_code() {
    compare("sign-in-light", SMALL, light(), |window| {
        window.command(Command::Account);
        window.click("Dropbox");
        window.dialog(DialogAction::EditAppKey("x7f2k9q0m4tz31a".to_owned()));
        window.dialog(DialogAction::OpenAuthorizePage);
        window.dialog(DialogAction::EditCode("wrong".to_owned()));
        window.dialog(DialogAction::Connect);
    });
}

#[test]
fn names_that_are_in_the_account_already() {
    compare("conflicts-light", SMALL, light(), Window::drop_folder);
}

#[test]
fn moved_items_whose_names_are_taken() {
    compare("relocation-light", SMALL, light(), Window::move_onto_taken_names);
    compare("relocation-dark", SMALL, dark(), |window| {
        window.move_onto_taken_names();
        window.dialog(DialogAction::DecideAll(Decision::Replace));
    });
}

#[test]
fn choosing_the_folder_that_items_are_moved_into() {
    compare("move-to-light", SMALL, light(), |window| {
        for folder in ["/Photos/Albums", "/Documents", YEAR] {
            window.act(Action::Go(Location::Folder(RemotePath::new(folder))));
        }
        window.select("Fjord at dawn.jpg");
        window.command(Command::MoveTo);
    });
    compare("copy-to-dark", SMALL, dark(), |window| {
        window.select("Expedition 2026");
        window.command(Command::CopyTo);
        window.dialog(DialogAction::Chooser(ChooserAction::Edit("pho".to_owned())));
        for _ in 0..2 {
            window.press(Key::ArrowDown);
        }
    });
    compare("move-to-new-folder-light", SMALL, light(), |window| {
        window.select("Fjord at dawn.jpg");
        window.command(Command::MoveTo);
        window.dialog(DialogAction::Chooser(ChooserAction::BeginNewFolder));
        window.dialog(DialogAction::Chooser(ChooserAction::NameNewFolder("Fjord/best of".to_owned())));
    });
}

#[test]
fn renaming_many_items() {
    let rename = |window: &mut Window, rule: RenameRule| {
        window.rename_pictures();
        window.dialog(DialogAction::EditRenameRule(Box::new(rule)));
    };
    let numbered = RenameRule {
        name: "Expedition".to_owned(),
        number: NumberPlace::After,
        first_number: "01".to_owned(),
        has_date: true,
        ..RenameRule::default()
    };
    compare("rename-many-light", SMALL, light(), |window| rename(window, numbered.clone()));
    let clashing = RenameRule {
        find: " of Ida".to_owned(),
        replace: "/Ida".to_owned(),
        letters: LetterCase::Upper,
        ..RenameRule::default()
    };
    compare("rename-many-refused-dark", SMALL, dark(), |window| rename(window, clashing.clone()));
}

#[test]
fn a_large_copy_and_one_for_which_there_is_no_room() {
    compare("large-copy-light", SMALL, light(), |window| window.copy_large_folder(8_100_000_000));
    compare("large-copy-too-much-dark", SMALL, dark(), |window| window.copy_large_folder(15_600_000_000));
}

#[test]
fn the_keyboard_shortcuts() {
    compare("shortcuts-dark", SMALL, dark(), |window| window.command(Command::Shortcuts));
}

#[test]
fn the_guide() {
    compare("guide-light", SMALL, light(), |window| window.command(Command::Guide));
    compare("guide-least-dark", LEAST, dark(), |window| window.command(Command::Guide));
}

#[test]
fn a_problem_in_full() {
    compare("problem-dark", SMALL, dark(), |window| {
        window.act(Action::ShowProblem(full()));
        window.wait(0.2);
    });
}

#[test]
fn a_file_that_may_run_a_program() {
    compare("open-question-light", SMALL, light(), Window::open_program);
}

#[test]
fn quitting_over_running_transfers() {
    compare("quit-light", SMALL, light(), |window| {
        window.start_transfers(4, 10);
        window.act(Action::AskToQuit);
        window.wait(0.3);
    });
}

#[test]
fn a_shared_folder_that_is_to_be_removed() {
    compare_window("remove-shared-folder-light", &mut Window::of_member(SMALL, light()), |window| {
        window.select("Recipes");
        window.command(Command::RemoveFromDropbox);
        window.wait(0.3);
    });
}

#[test]
fn the_very_first_start() {
    for (name, size, settings) in [
        ("first-start-light", [1280.0, 800.0], light()),
        ("first-start-dark", SMALL, dark()),
        ("first-start-least-light", LEAST, light()),
        ("first-start-least-dark", [640.0, 400.0], dark()),
    ] {
        compare_window(name, &mut Window::first(size, settings), |_| {});
    }
}

#[test]
fn how_one_gets_an_app_key() {
    compare_window("sign-in-key-dark", &mut Window::first(SMALL, dark()), |window| {
        window.command(Command::Account);
    });
    compare_window("sign-in-key-least-light", &mut Window::first(LEAST, light()), |window| {
        window.command(Command::Account);
    });
}
