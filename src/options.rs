//! The command line.

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Parser, Subcommand, ValueEnum};
use coffer::model::{RemotePath, Settings, ThemeChoice, ViewMode};
use coffer::state::{Command as WindowCommand, Place};
use coffer::ui::screenshot::Screenshot;
use coffer::worker::CommandLineAccount;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A native desktop file browser for Dropbox: your Dropbox as it is, and as it was.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(subcommand)]
    pub command: Option<Command>,

    #[command(flatten)]
    pub window: Window,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve an embedded account alone, as the Dropbox HTTP API on loopback.
    Serve(Serve),
}

#[derive(Args)]
pub struct Serve {
    /// The folder of the account; made when it is missing.
    #[arg(long, value_name = "DIR")]
    pub dir: PathBuf,

    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// The access token that programs must send; by default one that is made once and kept in the folder.
    #[arg(long, value_name = "TOKEN", env = "COFFER_TOKEN", hide_env_values = true)]
    pub token: Option<String>,

    /// Answer a route with an error, for testing programs: ROUTE:WHAT[:COUNT], such as files/upload:429:3, or
    /// ROUTE:WHAT:PERCENT%, such as *:reset:1%. WHAT is a status, reset, cut, lost-reply or delay-MILLISECONDS.
    #[arg(long, value_name = "FAULT")]
    pub fault: Vec<String>,

    /// Let every call wait so many milliseconds, to see how a program feels over a slow network.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency_ms: u64,
}

#[derive(Args)]
pub struct Window {
    /// Keep everything (settings, account, cache) under this folder.
    #[arg(long, value_name = "DIR", env = "COFFER_DATA_DIR")]
    pub data_dir: Option<PathBuf>,

    /// Show the account of this server instead, for all roles of the API.
    #[arg(long, value_name = "URL", env = "COFFER_API_URL")]
    api_url: Option<String>,

    /// The file that holds the token for --api-url (or the variable `COFFER_TOKEN`).
    #[arg(long, value_name = "FILE", requires = "api_url")]
    token_file: Option<PathBuf>,

    /// Open, wait until all on screen has loaded, write a picture of the window and exit.
    #[arg(long, value_name = "FILE")]
    pub screenshot: Option<PathBuf>,

    /// For a picture: the folder to show.
    #[arg(long, value_name = "PATH", requires = "screenshot")]
    folder: Option<String>,

    /// For a picture: the item in it to select.
    #[arg(long, value_name = "NAME", requires = "screenshot")]
    select: Option<String>,

    /// For a picture: what to open over it.
    #[arg(long, value_enum, requires = "screenshot")]
    over: Option<Over>,

    /// For a picture: the size of the window in points.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size, requires = "screenshot")]
    size: Option<[f32; 2]>,

    /// The theme, instead of the remembered one.
    #[arg(long, value_enum)]
    theme: Option<Theme>,

    /// List or grid, instead of the remembered one.
    #[arg(long, value_enum)]
    view: Option<View>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Theme {
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, ValueEnum)]
enum View {
    List,
    Grid,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Over {
    /// The large preview of the file that is shown.
    Preview,
    /// Its versions.
    Versions,
    /// Its link.
    Share,
    /// The dialog that connects an account.
    SignIn,
    /// The list of keys.
    Shortcuts,
}

impl Window {
    /// The account that `--api-url` names, with its token.
    pub fn command_line_account(&self) -> Result<Option<CommandLineAccount>> {
        let Some(api_url) = &self.api_url else { return Ok(None) };
        let token = match &self.token_file {
            Some(file) => std::fs::read_to_string(file)
                .with_context(|| format!("the token could not be read from {}", file.display()))?,
            None => std::env::var("COFFER_TOKEN")
                .context("--api-url needs a token: --token-file FILE, or the variable COFFER_TOKEN")?,
        };
        let token = token.trim().to_owned();
        ensure!(!token.is_empty(), "the token is empty");
        Ok(Some(CommandLineAccount { api_url: api_url.clone(), token }))
    }

    /// What is asked for this time comes before what is remembered.
    pub fn apply_to(&self, settings: &mut Settings) {
        if let Some(theme) = self.theme {
            settings.theme = match theme {
                Theme::System => ThemeChoice::System,
                Theme::Light => ThemeChoice::Light,
                Theme::Dark => ThemeChoice::Dark,
            };
        }
        if let Some(view) = self.view {
            settings.view = match view {
                View::List => ViewMode::List,
                View::Grid => ViewMode::Grid,
            };
        }
        if let Some(size) = self.size {
            settings.window_size = size;
        }
    }

    pub fn screenshot(&self) -> Option<Screenshot> {
        Some(Screenshot {
            file: self.screenshot.clone()?,
            place: self.folder.as_deref().map(|folder| Place::Folder(RemotePath::new(folder))),
            select: self.select.clone(),
            then: self.over.map(|over| match over {
                Over::Preview => WindowCommand::QuickPreview,
                Over::Versions => WindowCommand::Versions,
                Over::Share => WindowCommand::Share,
                Over::SignIn => WindowCommand::Account,
                Over::Shortcuts => WindowCommand::Shortcuts,
            }),
            ..Screenshot::default()
        })
    }
}

/// `1280x800`
fn size(text: &str) -> Result<[f32; 2], String> {
    let sides =
        text.split_once('x').and_then(|(width, height)| Some([width.parse().ok()?, height.parse().ok()?]));
    sides
        .filter(|sides| sides.iter().all(|side| (100.0..=8000.0).contains(side)))
        .ok_or_else(|| "expected WIDTHxHEIGHT, such as 1280x800".to_owned())
}
