//! Keys that the person has given to commands, in the file of the settings. They are read once, when the program starts: all
//! that shows or takes keys asks [`Command::shortcuts`].

use super::Command;
use super::shortcuts::{Shortcut, set_own};
use std::collections::{HashMap, HashSet};

/// The commands whose keys are others than usual.
#[derive(Debug, Default)]
pub struct OwnKeys(HashMap<Command, Vec<Shortcut>>);

impl OwnKeys {
    /// These commands have these keys alone, none perhaps. A key that another command has as usual is taken from that.
    pub fn new(given: HashMap<Command, Vec<Shortcut>>) -> Self {
        let taken: HashSet<Shortcut> = given.values().flatten().copied().collect();
        let mut keys = given;
        for command in Command::ALL.iter().copied() {
            let usual = command.usual_shortcuts();
            if !keys.contains_key(&command) && usual.iter().any(|shortcut| taken.contains(shortcut)) {
                let left = usual.iter().copied().filter(|shortcut| !taken.contains(shortcut)).collect();
                keys.insert(command, left);
            }
        }
        Self(keys)
    }

    /// From now on, and until the program ends. Only the first ones count.
    pub fn apply(self) {
        set_own(self.0);
    }
}

impl Command {
    /// By which the settings name it: "new-folder".
    pub fn id(self) -> String {
        let mut id = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !id.is_empty() {
                id.push('-');
            }
            id.push(letter.to_ascii_lowercase());
        }
        id
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, OwnKeys, Shortcut};
    use std::collections::{HashMap, HashSet};

    fn shortcut(key: &'static str) -> Shortcut {
        Shortcut { command: false, shift: false, alt: false, key }
    }

    #[test]
    fn every_command_has_a_name_of_its_own() {
        let ids: HashSet<String> = Command::ALL.iter().map(|command| command.id()).collect();
        assert_eq!(ids.len(), Command::ALL.len());
        assert_eq!(Command::from_id("new-folder"), Some(Command::NewFolder));
        assert_eq!(Command::from_id("new-folders"), None);
    }

    #[test]
    fn a_command_has_the_keys_that_it_was_given_and_no_other_command_has_them() {
        let own = OwnKeys::new(HashMap::from([
            (Command::NewFolder, vec![shortcut("F5")]),
            (Command::Rename, vec![]),
        ]));
        assert_eq!(own.0[&Command::NewFolder], [shortcut("F5")]);
        assert!(own.0[&Command::Rename].is_empty());
        let refresh = &own.0[&Command::Refresh];
        assert!(!refresh.contains(&shortcut("F5")));
        assert_eq!(refresh.len(), Command::Refresh.usual_shortcuts().len() - 1);
        assert!(!own.0.contains_key(&Command::Back));
    }
}
