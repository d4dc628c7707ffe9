//! The very first start: no account was chosen yet. The window asks which one it shall be, and until then nothing is opened,
//! written or saved.

use super::action::Action;
use super::places::SavedPlaces;
use super::{Command, State};
use coffer_model::{AccountPlaces, Settings};
use std::path::PathBuf;

/// What is asked at the very first start.
pub struct Welcome {
    /// Where the local account would be, as a person reads it.
    pub vault: String,

    /// What the program was started with meanwhile.
    starts: Vec<(Option<String>, Vec<PathBuf>)>,
}

impl State {
    /// Opens no account, and asks which one it shall be. `vault` is where the local account would be.
    #[must_use]
    pub fn asking_for_account(settings: Settings, vault: String) -> Self {
        let mut state = Self::unopened(settings);
        state.places = SavedPlaces::new(AccountPlaces::new());
        state.welcome = Some(Welcome { vault, starts: Vec::new() });
        state
    }

    /// Keeps what the program was started with until an account is open.
    pub(super) fn start_later(&mut self, path: Option<String>, local_paths: Vec<PathBuf>) {
        if let Some(welcome) = &mut self.welcome {
            welcome.starts.push((path, local_paths));
        }
    }

    /// Settings that are saved say that an account was chosen.
    pub(super) fn save_settings_when_due(&mut self) {
        if self.welcome.is_none() {
            self.settings.save_when_due(&mut self.context);
            self.places.save_when_due(&mut self.context);
        }
    }

    /// An account was chosen.
    pub(super) fn end_welcome(&mut self) {
        for (path, local_paths) in self.welcome.take().into_iter().flat_map(|welcome| welcome.starts) {
            self.start_with(path.as_deref(), local_paths);
        }
    }
}

impl Command {
    /// What can be done before an account is chosen, beside closing the window: connecting to one.
    pub(super) fn is_about_first_account(self) -> bool {
        matches!(self, Self::Account)
    }
}

impl Action {
    /// Whether it makes sense before an account is chosen.
    pub(super) fn needs_no_account(&self) -> bool {
        match self {
            Self::Command(command) => command.is_about_first_account() || *command == Command::Cancel,
            Self::Dialog(_) | Self::CloseDialog | Self::AskToQuit | Self::Start { .. } => true,
            _ => false,
        }
    }
}
