//! Keys that the person has given to commands in `settings.toml`, under `[keys]`, as in `new-folder = ["Ctrl+Alt+N", "F7"]`.

use super::keys::name_of;
use coffer_model::{Problem, ProblemKind};
use coffer_state::Command;
use coffer_state::own_keys::OwnKeys;
use coffer_state::shortcuts::Shortcut;
use coffer_texts::tr;
use egui::Key;
use std::collections::{BTreeMap, HashMap};

/// Uses them from now on; answers with what could not be understood. The rest counts all the same.
pub fn apply(given: &BTreeMap<String, Vec<String>>) -> Option<Problem> {
    let (keys, faults) = read(given);
    if !keys.is_empty() {
        OwnKeys::new(keys).apply();
    }
    let title = tr!("settings-keys-not-understood");
    (!faults.is_empty()).then(|| Problem::new(ProblemKind::InvalidInput, title, faults.join("\n")))
}

fn read(given: &BTreeMap<String, Vec<String>>) -> (HashMap<Command, Vec<Shortcut>>, Vec<String>) {
    let (mut keys, mut faults) = (HashMap::new(), Vec::new());
    for (id, texts) in given {
        let Some(command) = Command::from_id(id) else {
            faults.push(tr!("settings-keys-no-command", name = id));
            continue;
        };
        let mut shortcuts = Vec::new();
        for text in texts {
            match shortcut(text) {
                Some(shortcut) => shortcuts.push(shortcut),
                None => faults.push(tr!("settings-keys-no-key", name = id, key = text)),
            }
        }
        // One that was misspelt leaves the command its usual keys.
        if !shortcuts.is_empty() || texts.is_empty() {
            keys.insert(command, shortcuts);
        }
    }
    (keys, faults)
}

/// A key as people write it: "Ctrl+Shift+N", "F7", "Ctrl++".
fn shortcut(text: &str) -> Option<Shortcut> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (modifiers, key) = match text.strip_suffix("++") {
        Some(modifiers) => (modifiers, "+"),
        None if text == "+" => ("", "+"),
        None => text.rsplit_once('+').unwrap_or(("", &text)),
    };
    let mut shortcut = Shortcut { command: false, shift: false, alt: false, key: name_of(key_of(key)?) };
    for modifier in modifiers.split('+').filter(|modifier| !modifier.is_empty()) {
        match modifier.to_lowercase().as_str() {
            "ctrl" | "control" | "strg" | "cmd" | "command" => shortcut.command = true,
            "shift" | "umschalt" => shortcut.shift = true,
            "alt" | "option" => shortcut.alt = true,
            _ => return None,
        }
    }
    // A letter alone types, and selects by name.
    let is_letter = key.chars().count() == 1 && key.chars().all(char::is_alphanumeric);
    (!is_letter || shortcut.command || shortcut.alt).then_some(shortcut)
}

fn key_of(name: &str) -> Option<Key> {
    let name = match name.to_lowercase().as_str() {
        "←" | "left" => "ArrowLeft",
        "→" | "right" => "ArrowRight",
        "↑" | "up" => "ArrowUp",
        "↓" | "down" => "ArrowDown",
        "del" => "Delete",
        "esc" => "Escape",
        "pgup" => "PageUp",
        "pgdn" => "PageDown",
        "-" => "Minus",
        _ => name,
    };
    Key::ALL.iter().copied().find(|key| {
        key.name().eq_ignore_ascii_case(name)
            || key.symbol_or_name().eq_ignore_ascii_case(name)
            || name_of(*key).eq_ignore_ascii_case(name)
    })
}

#[cfg(test)]
mod tests {
    use super::{read, shortcut};
    use crate::ui::commands::in_words;
    use coffer_state::Command;
    use std::collections::BTreeMap;

    #[test]
    fn keys_are_read_as_they_are_shown() {
        for command in Command::ALL {
            for usual in command.shortcuts() {
                let words = in_words(*usual).replace('−', "-");
                // A letter can be given with a modifier only.
                if words.chars().count() > 1 {
                    assert_eq!(shortcut(&words), Some(*usual), "{words}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in ["", "Ctrl", "Ctrl+", "Ctrl+Foo", "Hyper+N", "N", "7", "Shift+n"] {
            assert_eq!(shortcut(text), None, "{text}");
        }
        assert_eq!(shortcut("ctrl + shift + n"), shortcut("Ctrl+Shift+N"));
    }

    #[test]
    fn a_slip_costs_only_what_it_is_in_and_is_told() {
        let given =
            |id: &str, keys: &[&str]| (id.to_owned(), keys.iter().map(|key| (*key).to_owned()).collect());
        let (keys, faults) = read(&BTreeMap::from([
            given("new-folder", &["F7", "Ctrl+Foo"]),
            given("no-such", &["F8"]),
            given("refresh", &["Foo"]),
            given("rename", &[]),
        ]));
        assert_eq!(keys.len(), 2);
        assert_eq!((keys[&Command::NewFolder].len(), keys[&Command::Rename].len()), (1, 0));
        assert_eq!(faults.len(), 3, "{faults:?}");
    }
}
