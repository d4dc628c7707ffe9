//! What transfers cost beside other programs, and whether they survive everything: `make bench`, or
//! `cargo bench --bench transfers -- upload-large kill`.
//!
//! Each side runs in a process of its own, in turns, against `coffer serve` of the same build. The table says what was
//! measured, the limit beside it, and what was missed. `-- --help` names the sections and what can be changed.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A benchmark that cannot run has nothing to say.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod bystanders;
mod data;
mod edits;
mod faulty;
mod hostile;
mod killed;
mod large;
mod large_picture;
mod many;
mod measured;
mod ours;
mod sdk;
mod service;
mod setting;
mod singly;
mod small;
mod table;
mod thumbnails;
mod windowless;

use setting::Setting;
use table::Table;

/// A section: its name, what it shows, and its work.
type Section = (&'static str, &'static str, fn(&Setting, &mut Table));

const SECTIONS: &[Section] = &[
    ("upload-large", "one large file up: CPU, wall time, peak memory", large::upload),
    ("download-large", "the same file down", large::download),
    ("upload-small", "a tree of small files up, slow line and fast line, requests a file", small::upload),
    ("download-small", "the same tree down", small::download),
    ("download-singly", "the same tree down where archives are refused", singly::download),
    ("upload-many", "very many tiny files up: peak memory", many::upload),
    ("million", "a million files up and down: peak memory, time a file (only if named)", many::million),
    ("thumbnails", "thumbnails fetched and decoded", thumbnails::run),
    ("large-picture", "the preview of a very large picture: peak memory", large_picture::run),
    ("kill", "killed at random points of the large file, up and down", killed::run),
    ("edits", "files edited in other programs, with kills and conflicts", edits::run),
    ("faults", "one request in twenty fails, the tree up and down", faulty::run),
    ("hostile", "every kind of fault at once, by a command and by the window", hostile::run),
];

fn main() {
    // Cargo adds this to what it is told.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("child") => return child(&arguments[1..]),
        Some("--help" | "-h") => return help(),
        _ => {}
    }
    let setting = Setting::read(&arguments);
    let mut table = Table::default();
    for (name, what, run) in SECTIONS {
        if setting.wants(name) {
            eprintln!("{name}: {what}");
            run(&setting, &mut table);
        }
    }
    table.print(&setting);
}

/// One measured side.
fn child(arguments: &[String]) {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["sink", file] => bystanders::sink(file.as_ref()),
        ["sdk", rest @ ..] => sdk::run(rest),
        ["thumbnails", rest @ ..] => thumbnails::child(rest),
        ["preview", memory] => large_picture::child(memory.as_ref()),
        ["windowless", data_dir] => windowless::run(data_dir.as_ref()),
        ["decode", folder] => thumbnails::decode(folder.as_ref()),
        other => panic!("no such side: {other:?}"),
    }
}

fn help() {
    println!("cargo bench --bench transfers -- [SECTION]… [--api-url URL --token-file FILE]\n");
    println!("Sections (all by default):");
    for (name, what, _) in SECTIONS {
        println!("  {name:<16}{what}");
    }
    println!("\n{}", setting::VARIABLES);
}
