//! What the program tells about itself: help, completions, the manual, and complaints about its arguments.

use super::support::Desk;
use std::process::{Command, Stdio};

const COMMANDS: [&str; 14] = [
    "put", "get", "ls", "mkdir", "mv", "cp", "rm", "revs", "restore", "link", "search", "account", "login",
    "logout",
];

#[test]
fn every_command_has_help_and_the_codes_are_in_it() {
    let desk = Desk::new();
    let help = desk.run_plain(&["--help"]).ok().out;
    for command in COMMANDS {
        assert!(help.contains(&format!("  {command} ")), "{command} in {help}");
        let own = desk.run_plain(&[command, "--help"]).ok().out;
        assert!(own.contains("Usage: coffer") && own.contains("--json"), "{own}");
    }
    for code in ["3 ", "4 ", "5 ", "6 ", "7 ", "130 "] {
        assert!(help.contains(&format!("\n  {code}")), "{code} in {help}");
    }
}

#[test]
fn a_mistyped_command_line_ends_with_2_and_touches_nothing() {
    let desk = Desk::new();
    for args in [
        vec!["ls", "--no-such-option"],
        vec!["put"],
        vec!["mv", "/one"],
        vec!["put", "--limit-up", "fast", "a", "/"],
        vec!["put", "--on-conflict", "guess", "a", "/"],
        vec!["--theme", "dark", "ls"],
        vec!["--token", "secret", "ls"],
        vec!["ls", "--token-file", "token"],
    ] {
        desk.run_plain(&args).ended(2);
    }
    assert!(!desk.house.local("data/data/vault").exists());
}

#[test]
fn completions_are_made_for_each_shell() {
    let desk = Desk::new();
    for (shell, check) in [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish")] {
        let script = desk.run_plain(&["completions", shell]).ok().out;
        for command in COMMANDS {
            assert!(script.contains(command), "{command} for {shell}");
        }
        // A shell that is here reads it without complaint.
        let file = desk.write(&format!("completion.{shell}"), script);
        if let Ok(read) = Command::new(check).arg("-n").arg(&file).stderr(Stdio::piped()).output() {
            assert!(read.status.success(), "{shell}: {}", String::from_utf8_lossy(&read.stderr));
        }
    }
    desk.run_plain(&["completions", "abacus"]).ended(2);
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let desk = Desk::new();
    let page = desk.run_plain(&["man"]).ok().out;
    assert!(page.contains(".TH") && page.contains("Exit codes"), "{page}");
    desk.run_plain(&["man", "pages"]).ok();
    for command in COMMANDS {
        assert!(desk.house.local(&format!("pages/coffer-{command}.1")).exists(), "{command}");
    }
}
