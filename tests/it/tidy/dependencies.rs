//! What the crates depend on: licences, where the packages come from, what is banned, and what must not be linked where.
//! `deny.toml` says the same to `cargo deny`; these tests need no tool, and no network.

use super::sources::root;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// Licences that ask for no more than a notice. MPL-2.0 holds for the files of its own package, which we do not change.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "OFL-1.1",
    "Ubuntu-font-1.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// TLS is rustls, and nothing is linked that would have to be installed to build.
const BANNED: &[&str] = &["native-tls", "openssl", "openssl-sys", "libgit2-sys"];

/// What a crate must not bring along, so that its tests are quick and a user of the client compiles the client only.
const FORBIDDEN: &[(&str, &str, &[&str])] = &[
    ("coffer-model", "normal,dev", &["eframe", "egui", "reqwest", "rusqlite", "tokio"]),
    ("coffer-state", "normal,dev", &["eframe", "egui", "reqwest", "rusqlite", "tokio"]),
    ("dropbox-protocol", "normal", &["egui", "reqwest", "rusqlite", "tokio"]),
    ("dropbox-client", "normal", &["egui", "image", "rusqlite", "syntect"]),
    ("coffer-server", "normal", &["eframe", "egui", "syntect"]),
    ("coffer-worker", "normal", &["eframe", "egui"]),
];

#[test]
fn every_dependency_has_a_licence_that_we_accept() {
    let is_accepted = |expression: &str| {
        let parsed = spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX).unwrap();
        parsed.evaluate(|licence| licence.license.id().is_some_and(|id| LICENCES.contains(&id.name)))
    };
    let refused: Vec<_> = packages()
        .into_iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_accepted))
        .map(|package| (package["name"].clone(), package["license"].clone()))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn dependencies_come_from_the_registry_and_none_is_banned() {
    let packages = packages();
    let elsewhere: Vec<_> = packages
        .iter()
        .filter(|package| {
            !package["source"].is_null()
                && package["source"] != "registry+https://github.com/rust-lang/crates.io-index"
        })
        .map(|package| &package["id"])
        .collect();
    assert!(elsewhere.is_empty(), "not from crates.io: {elsewhere:?}");
    let banned: Vec<_> = packages
        .iter()
        .filter_map(|package| package["name"].as_str())
        .filter(|name| BANNED.contains(name))
        .collect();
    assert!(banned.is_empty(), "{banned:?}");
}

#[test]
fn no_crate_links_what_belongs_to_another() {
    for (package, kinds, forbidden) in FORBIDDEN {
        let tree = cargo(&["tree", "-p", package, "-e", kinds, "--prefix", "none", "--format", "{lib}"]);
        let linked: BTreeSet<&str> = tree.lines().collect();
        let found: Vec<_> = forbidden.iter().filter(|name| linked.contains(*name)).collect();
        assert!(
            found.is_empty(),
            "{package} ({kinds}) links {found:?}; see `cargo tree -p {package} -i NAME`"
        );
    }
}

/// All packages of the workspace and all that they depend on, on this system.
fn packages() -> Vec<Value> {
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version=1", "--filter-platform", &target]))
            .unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// What Cargo prints.
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--locked", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
