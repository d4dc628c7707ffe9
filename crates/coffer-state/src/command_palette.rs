//! All commands that can be run now, by some letters of their names. The names are the window's, so it picks the commands.

use super::{Command, State};

pub struct CommandPalette {
    /// Those that could be run when it was opened.
    pub commands: Vec<Command>,
    typed: String,
    /// The chosen one of those that the window shows.
    pub selected: usize,
}

impl CommandPalette {
    pub fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn edit(&mut self, typed: String) {
        self.typed = typed;
        self.selected = 0;
    }
}

impl State {
    pub(super) fn open_command_palette(&mut self) {
        let is_offered = |command: &Command| {
            !matches!(command, Command::CommandPalette | Command::Cancel) && command.is_enabled(self)
        };
        let commands = Command::ALL.iter().copied().filter(is_offered).collect();
        self.open_dialog(CommandPalette { commands, typed: String::new(), selected: 0 });
    }

    pub(super) fn run_from_palette(&mut self, command: Command) {
        self.close_dialog();
        // It may have become impossible meanwhile.
        if let Some(action) = command.resolve(self) {
            self.apply(action);
        }
    }
}
