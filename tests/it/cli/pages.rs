//! What the program tells about itself: help, completions, the manual, and complaints about its arguments.

use super::support::Desk;
use serde_json::json;
use std::process::{Command, Stdio};

const COMMANDS: [&str; 21] = [
    "put", "get", "ls", "mkdir", "mv", "cp", "rm", "revs", "restore", "link", "search", "find", "du",
    "dupes", "changes", "history", "undo", "index", "account", "login", "logout",
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
        let run = desk.run_plain(&args).ended(2);
        assert!(run.out.is_empty() && !run.err.is_empty(), "{run:?}");
        // For scripts it is an error like any other.
        let with_json = [args, vec!["--json"]].concat();
        let told = desk.run_plain(&with_json).ended(2);
        let error = &told.json()["error"];
        assert_eq!((&error["code"], &error["path"]), (&json!("usage"), &json!(null)));
        assert!(error["title"].as_str().unwrap().len() > 10, "{error}");
        assert_eq!(told.err, "");
    }
    desk.run_plain(&["ls", "--json", "--help"]).ok();
    assert!(!desk.house.local("data/data/vault").exists());
}

#[test]
fn a_program_that_cannot_begin_tells_it_as_json_too() {
    let desk = Desk::new();
    let file = desk.write("file", "not a folder");
    let args = ["ls", "--json", "--data-dir", file.to_str().unwrap()];
    let run = desk.run_plain(&args).ended(1);
    assert_eq!(run.json()["error"]["code"], "failed");
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
