//! The command line of the program. What the commands for files take stands in `cli::options`.

use super::single_window::{StartArguments, StartCommand};
use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};
use coffer::cli::{AccountOptions, EXIT_CODES};
use coffer::ui::screenshot::Screenshot;
use coffer_model::search_query::parse_since;
use coffer_model::{RemotePath, Settings, ThemeChoice, ViewMode};
use coffer_state::{Command as WindowCommand, Location};
use jiff::{Timestamp, Zoned};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A native desktop file browser for Dropbox: your Dropbox as it is, and as it was.
///
/// Without a command, the window opens, or comes to the front. Commands use the account that is chosen there.
#[derive(Parser)]
#[command(version, after_help = EXIT_CODES, subcommand_value_name = "COMMAND")]
pub(crate) struct Options {
    #[command(subcommand)]
    pub command: Option<ProgramCommand>,

    #[command(flatten)]
    pub account: AccountOptions,

    #[command(flatten)]
    pub window: WindowArgs,
}

#[derive(Subcommand)]
pub(crate) enum ProgramCommand {
    #[command(flatten)]
    Files(coffer::cli::FileCommand),

    /// Serve a local account over the Dropbox HTTP API, on this computer only
    Serve(ServeArgs),

    /// List the apps that may use a local account, or end the access of some
    Apps(AppsArgs),

    /// Restore the newest copy of a local account’s database when it is lost or damaged
    Repair(RepairArgs),

    /// Say what this computer has of what Coffer needs, for a report of a problem too
    Doctor(DoctorArgs),

    /// Print a shell completion script
    Completions { shell: clap_complete::Shell },

    /// Print the manual page, or write all manual pages into a folder
    #[command(hide = true)]
    Man {
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

#[derive(Args)]
pub(crate) struct ServeArgs {
    /// Folder of the account; created if missing
    #[arg(long, value_name = "DIR")]
    pub dir: PathBuf,

    /// Address to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// File with the access token that clients must send (or set `COFFER_TOKEN`); by default a new one at each start
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// The access token itself. Every user of this computer can see it while the server runs: use --token-file
    #[arg(
        long,
        value_name = "TOKEN",
        env = "COFFER_TOKEN",
        hide_env_values = true,
        conflicts_with = "token_file"
    )]
    pub token: Option<String>,

    /// Serve over TLS with this certificate, and those above it, in a PEM file
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// PEM file with the private key of the certificate
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,

    /// Serve the account of a member of a team: with a team space, team folders and shared folders, to test clients
    #[arg(long)]
    pub team: bool,

    /// Storage of the account in bytes, 20 GiB by default; uploads beyond it fail with `insufficient_space`
    #[arg(long, value_name = "BYTES")]
    pub quota: Option<u64>,

    /// Let cursors of listings expire after this many seconds, to test how a client starts over; by default they
    /// do not expire
    #[arg(long, value_name = "SECONDS")]
    pub cursor_lifetime: Option<u32>,

    /// Inject errors, for testing clients: ROUTE:WHAT[:COUNT], such as files/upload:429:3, or
    /// ROUTE:WHAT:PERCENT%, such as *:reset:1%. WHAT is a status, reset, cut, lost-reply, garbled or
    /// delay-MILLISECONDS
    #[arg(long, value_name = "FAULT")]
    pub fault: Vec<String>,

    /// Delay every call by this many milliseconds, to simulate a slow network
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency_ms: u64,
}

#[derive(Args)]
pub(crate) struct AppsArgs {
    /// Folder of the account; by default the local account of the window
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,

    /// End the access of the app with this number in the list; may be given several times
    #[arg(long, value_name = "NUMBER")]
    pub revoke: Vec<i64>,

    /// Print the passcode that allows an app on the sign-in page of the running `coffer serve`
    #[arg(long, conflicts_with = "revoke")]
    pub passcode: bool,

    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub(crate) struct RepairArgs {
    /// Folder of the account; by default the local account of the window
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct DoctorArgs {
    /// Don’t look whether the service can be reached
    #[arg(long)]
    pub offline: bool,

    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Window")]
pub(crate) struct WindowArgs {
    /// Files and folders of this computer to upload, as with --upload, or a path of the account to show, as with --show
    ///
    /// What begins with a slash and is not on this computer is a path of the account.
    #[arg(value_name = "PATH", value_parser = OsStringValueParser::new().try_map(start_path), conflicts_with = "screenshot")]
    paths: Vec<StartPath>,

    /// Folder or file of the account to show
    #[arg(long, value_name = "PATH", conflicts_with = "screenshot")]
    show: Option<String>,

    /// Local file or folder to upload into the folder that is shown; may be given several times
    #[arg(long, value_name = "FILE", conflicts_with = "screenshot")]
    upload: Vec<PathBuf>,

    /// Open a new tab in the window
    #[arg(long, conflicts_with_all = ["screenshot", "choose_files"])]
    new_tab: bool,

    /// Choose files to upload
    #[arg(long, conflicts_with = "screenshot")]
    choose_files: bool,

    /// Open the window, wait until everything has loaded, save a screenshot and quit
    #[arg(long, value_name = "FILE")]
    pub screenshot: Option<PathBuf>,

    /// For a screenshot: folder to show
    #[arg(long, value_name = "PATH", requires = "screenshot", hide_short_help = true)]
    folder: Option<String>,

    /// For a screenshot: moment at which the folder is shown, such as 27h or 2026-03-12T14:00
    #[arg(long, value_name = "MOMENT", value_parser = moment, requires = "folder", hide_short_help = true)]
    at: Option<Timestamp>,

    /// For a screenshot: item to select
    #[arg(long, value_name = "NAME", requires = "screenshot", hide_short_help = true)]
    select: Option<String>,

    /// For a screenshot: what to open
    #[arg(long, value_enum, requires = "screenshot", hide_short_help = true)]
    over: Option<ScreenshotOverlay>,

    /// For a screenshot: size of the window in points
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size, requires = "screenshot", hide_short_help = true)]
    size: Option<[f32; 2]>,

    /// At the very first start, open the local account with its sample files instead of asking
    #[arg(long)]
    pub try_out: bool,

    /// Theme, instead of the saved one
    #[arg(long, value_enum)]
    theme: Option<ThemeArg>,

    /// View, instead of the saved one
    #[arg(long, value_enum)]
    view: Option<ViewArg>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ThemeArg {
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, ValueEnum)]
enum ViewArg {
    List,
    Grid,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ScreenshotOverlay {
    /// The large preview of the selected file
    Preview,
    /// Its versions
    Versions,
    /// Its shared link
    Share,
    /// The question before a folder is brought back
    BringBack,
    /// The dialog to sign in to an account
    SignIn,
    /// The keyboard shortcuts
    Shortcuts,
}

impl WindowArgs {
    /// Whether anything was said about a window.
    pub(crate) fn is_asked_for(&self) -> bool {
        // The options of a screenshot need `--screenshot`.
        let asks_for_files = self.show.is_some() || !self.upload.is_empty() || !self.paths.is_empty();
        asks_for_files
            || self.screenshot.is_some()
            || self.theme.is_some()
            || self.view.is_some()
            || self.try_out
            || self.new_tab
            || self.choose_files
    }

    /// What the window is to begin with, or the one that is open already to go on with.
    pub(crate) fn start_arguments(&self) -> std::io::Result<StartArguments> {
        let mut shown = self.show.clone();
        let mut uploaded = self.upload.clone();
        for path in &self.paths {
            match path {
                StartPath::Remote(path) => shown = Some(path.clone()),
                StartPath::Local(path) => uploaded.push(path.clone()),
            }
        }
        let command = match (self.new_tab, self.choose_files) {
            (true, _) => Some(StartCommand::NewTab),
            (false, true) => Some(StartCommand::ChooseFiles),
            (false, false) => None,
        };
        Ok(StartArguments::new(shown, &uploaded)?.with_command(command))
    }

    /// What is asked for this time comes before what is remembered.
    pub(crate) fn apply_to(&self, settings: &mut Settings) {
        if let Some(theme) = self.theme {
            settings.theme = match theme {
                ThemeArg::System => ThemeChoice::System,
                ThemeArg::Light => ThemeChoice::Light,
                ThemeArg::Dark => ThemeChoice::Dark,
            };
        }
        if let Some(view) = self.view {
            settings.view = match view {
                ViewArg::List => ViewMode::List,
                ViewArg::Grid => ViewMode::Grid,
            };
            for own in settings.folder_views.values_mut().flatten() {
                own.shown.view = settings.view;
            }
        }
        if let Some(size) = self.size {
            settings.window_size = size;
        }
    }

    pub(crate) fn screenshot(&self) -> Option<Screenshot> {
        Some(Screenshot {
            file: self.screenshot.clone()?,
            location: self.folder.as_deref().map(RemotePath::new).map(|folder| match self.at {
                Some(at) => Location::Past { folder, at },
                None => Location::Folder(folder),
            }),
            select: self.select.clone(),
            then: self.over.map(|over| match over {
                ScreenshotOverlay::Preview => WindowCommand::QuickPreview,
                ScreenshotOverlay::Versions => WindowCommand::Versions,
                ScreenshotOverlay::Share => WindowCommand::Share,
                ScreenshotOverlay::BringBack => WindowCommand::BringBack,
                ScreenshotOverlay::SignIn => WindowCommand::Account,
                ScreenshotOverlay::Shortcuts => WindowCommand::Shortcuts,
            }),
            ..Screenshot::default()
        })
    }
}

/// What the program is started with, without an option that says what it is.
#[derive(Clone)]
enum StartPath {
    Remote(String),
    Local(PathBuf),
}

/// The root is that of the account: nobody uploads a whole computer.
fn start_path(text: OsString) -> Result<StartPath, String> {
    let local_path = PathBuf::from(&text);
    if text != "/" && local_path.exists() {
        return Ok(StartPath::Local(local_path));
    }
    match text.into_string() {
        Ok(path) if path.starts_with('/') => Ok(StartPath::Remote(path)),
        _ => Err("this is no command, and no file of this computer; a path of the account begins with “/”"
            .to_owned()),
    }
}

fn moment(text: &str) -> Result<Timestamp, String> {
    parse_since(text, &Zoned::now())
        .ok_or_else(|| "expected a time, such as 27h or 2026-03-12T14:00".to_owned())
}

/// `1280x800`
fn size(text: &str) -> Result<[f32; 2], String> {
    let sides =
        text.split_once('x').and_then(|(width, height)| Some([width.parse().ok()?, height.parse().ok()?]));
    sides
        .filter(|sides| sides.iter().all(|side| (100.0..=8000.0).contains(side)))
        .ok_or_else(|| "expected WIDTHxHEIGHT, such as 1280x800".to_owned())
}
