//! Where things are kept on this computer.

use coffer_stdx::private;
use directories::ProjectDirs;
use std::io;
use std::path::{Path, PathBuf};

/// What one of the folders is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderPurpose {
    Settings,
    /// The local account, and sign-ins where there is no keyring.
    Account,
    /// What can be had again.
    Cache,
    /// Unfinished transfers, the history of what was done, the log.
    State,
}

/// The four folders of the program, by the system's custom or all under one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dirs {
    config: PathBuf,
    data: PathBuf,
    cache: PathBuf,
    state: PathBuf,
}

impl Dirs {
    /// Everything under `data_dir`, or where the system keeps such things. Fails only when the system knows no home
    /// folder and none was given.
    pub fn new(data_dir: Option<PathBuf>) -> io::Result<Self> {
        if let Some(root) = data_dir {
            return Ok(Self {
                config: root.join("config"),
                data: root.join("data"),
                cache: root.join("cache"),
                state: root.join("state"),
            });
        }
        let project = ProjectDirs::from("", "", "coffer").ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                "no home folder was found; choose a folder with --data-dir",
            )
        })?;
        let state =
            project.state_dir().map_or_else(|| project.data_local_dir().join("state"), Path::to_owned);
        Ok(Self {
            config: project.config_dir().to_owned(),
            data: project.data_dir().to_owned(),
            cache: project.cache_dir().to_owned(),
            state,
        })
    }

    /// Makes the folders, for the person alone: what is in them names their files, and the logs too. Those that are there
    /// are closed to others.
    pub fn create(&self) -> io::Result<()> {
        [&self.config, &self.data, &self.cache, &self.state]
            .into_iter()
            .try_for_each(|dir| private::create_folder(dir))
    }

    pub(crate) fn all(&self) -> [(FolderPurpose, PathBuf); 4] {
        [
            (FolderPurpose::Settings, self.config.clone()),
            (FolderPurpose::Account, self.data.clone()),
            (FolderPurpose::Cache, self.cache.clone()),
            (FolderPurpose::State, self.state.clone()),
        ]
    }

    /// Whether the program was never used here: nothing was chosen, and there is no local account.
    pub fn are_new(&self) -> bool {
        !self.settings_file().exists() && !self.vault().exists()
    }

    /// What the person chose; readable and meant to be edited.
    pub fn settings_file(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// The local account.
    pub fn vault(&self) -> PathBuf {
        self.data.join("vault")
    }

    /// Tokens, when there is no keyring.
    pub fn tokens_file(&self) -> PathBuf {
        self.data.join("tokens.json")
    }

    /// The folder of what must outlive the program, but not the account.
    pub fn state(&self) -> PathBuf {
        self.state.clone()
    }

    /// Where the person was in each account.
    pub fn places_file(&self) -> PathBuf {
        self.state.join("places.toml")
    }

    /// The lock of the window, and its address for a second start.
    pub fn window_file(&self) -> PathBuf {
        self.state.join("window.json")
    }

    /// Files that are edited with other programs.
    pub fn working_copies(&self) -> PathBuf {
        self.state.join("working-copies")
    }

    /// A record of each rename that goes through a temporary name.
    pub(crate) fn renames(&self) -> PathBuf {
        self.state.join("renames")
    }

    /// Records of replacements that were not finished.
    pub(crate) fn replacements(&self) -> PathBuf {
        self.state.join("replacements")
    }

    /// Records of what is being brought back.
    pub(crate) fn bring_backs(&self) -> PathBuf {
        self.state.join("bring-backs")
    }

    /// A record of each folder that is moved or copied in parts.
    pub(crate) fn split_folders(&self) -> PathBuf {
        self.state.join("split-folders")
    }

    /// Transfers that have not ended, and how far they are.
    pub fn transfers_file(&self) -> PathBuf {
        self.state.join("transfers.sqlite")
    }

    /// Files that were made of what was on the clipboard.
    pub(crate) fn pasted(&self) -> PathBuf {
        self.state().join("pasted")
    }

    /// What was changed in accounts, and how it is undone.
    pub(crate) fn history_file(&self) -> PathBuf {
        self.state.join("history.sqlite")
    }

    /// Stands while the sample files are being written.
    pub fn samples_marker(&self) -> PathBuf {
        self.state.join("samples-unfinished")
    }

    pub fn log(&self) -> PathBuf {
        self.state.join("log")
    }

    pub fn thumbnails(&self) -> PathBuf {
        self.cache.join("thumbnails")
    }

    /// What each account contains.
    pub(crate) fn indexes(&self) -> PathBuf {
        self.cache.join("index")
    }

    /// Whole small files that were previewed.
    pub fn contents(&self) -> PathBuf {
        self.cache.join("contents")
    }

    /// Copies made for "Open".
    pub fn opened(&self) -> PathBuf {
        self.cache.join("open")
    }

    /// What other programs were given, a folder each time.
    pub fn promised(&self) -> PathBuf {
        self.cache.join("promised")
    }
}
