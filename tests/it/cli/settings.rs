//! The settings file is the person’s to edit. Whatever happens to it, no command goes to another account than the chosen
//! one.

use super::support::Desk;
use std::fs;

/// A desk that is signed in to its server by `coffer login`.
fn signed_in() -> Desk {
    let desk = Desk::new();
    desk.house.put("/Mine.txt", "mine");
    super::accounts::sign_in(&desk);
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["Mine.txt"]);
    desk
}

#[test]
fn a_command_that_cannot_read_which_account_it_is_touches_none() {
    let desk = signed_in();
    let file = desk.house.local("data/config/settings.toml");
    let sound = fs::read_to_string(&file).unwrap();
    desk.write("a.txt", "abc");
    let slips = [
        String::new(),
        sound[..sound.len() / 2].to_owned(),
        sound.lines().take(3).collect::<Vec<_>>().join("\n"),
        sound.replace("kind = \"dropbox\"", "kind = \"dropbox_team\""),
        sound.replace("[account]", "[account"),
    ];
    for slip in slips {
        fs::write(&file, &slip).unwrap();
        for args in [&["put", "a.txt", "/x"][..], &["ls"], &["rm", "/Mine.txt"]] {
            let run = desk.run_plain(args).ended(2);
            assert!(run.err.contains(file.to_str().unwrap()), "{run:?}");
        }
        assert_eq!(desk.run_plain(&["ls", "--json"]).ended(2).json()["error"]["code"], "usage");
        assert!(!desk.house.local("data/data/vault").exists(), "nothing went to the local account: {slip}");
        // With an account on the command line nobody has to look.
        desk.run(&["ls"]).ok();
    }
    // Every one of them was kept.
    let kept = fs::read_dir(file.parent().unwrap()).unwrap().flatten();
    let kept = kept.filter(|item| item.file_name().to_string_lossy().contains(".broken")).count();
    assert_eq!(kept, 5);
    // A new sign-in makes the file whole again.
    super::accounts::sign_in(&desk);
    assert_eq!(desk.run_plain(&["ls"]).ok().lines(), ["Mine.txt"]);
}

#[test]
fn a_slip_elsewhere_costs_that_setting_and_is_told() {
    let desk = signed_in();
    let file = desk.house.local("data/config/settings.toml");
    let sound = fs::read_to_string(&file).unwrap();
    for slip in ["view = \"cube\"", "view = ", "view list"] {
        fs::write(&file, sound.replace("view = \"list\"", slip)).unwrap();
        let run = desk.run_plain(&["ls"]).ok();
        assert_eq!(run.lines(), ["Mine.txt"], "{slip}");
        assert!(run.err.contains("settings.toml, line "), "{run:?}");
    }
}
