//! `coffer doctor`: what this computer has of what Coffer needs, in sentences, for whoever has a problem and for a report of
//! it. Nothing in it is secret: no names of files, no account, no token.

use super::options::DoctorArgs;
use super::virtual_display;
use anyhow::Result;
use coffer::cli::AccountOptions;
use coffer::ui::format;
use coffer_model::AccountChoice;
use coffer_worker::checkup::{self, FolderFacts};
use coffer_worker::{Dirs, FolderPurpose, LoadedSettings, load_settings};
use dropbox_client::{ApiError, BaseUrls, RestClient};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// How long the service may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a window may take to be drawn.
const WINDOW_PATIENCE: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// With less room a download or a large upload soon fails.
const LEAST_FREE_BYTES: u64 = 500_000_000;
/// Signatures and certificates are refused when the clock is further off.
const MOST_SKEW: SignedDuration = SignedDuration::from_mins(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Good,
    /// Coffer works, but without something.
    Note,
    Problem,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct DoctorCheck {
    subject: &'static str,
    verdict: Verdict,
    /// What was found.
    found: String,
    /// What the person can do.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
}

impl DoctorCheck {
    fn good(subject: &'static str, found: impl Into<String>) -> Self {
        Self { subject, verdict: Verdict::Good, found: found.into(), advice: None }
    }

    fn note(subject: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { subject, verdict: Verdict::Note, found: found.into(), advice: Some(advice.into()) }
    }

    fn problem(subject: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { subject, verdict: Verdict::Problem, found: found.into(), advice: Some(advice.into()) }
    }
}

#[derive(Serialize)]
struct Report {
    version: &'static str,
    system: String,
    desktop: String,
    checks: Vec<DoctorCheck>,
    advice: String,
}

/// Answers with a failure where something keeps Coffer from working.
pub(crate) fn run(options: &DoctorArgs, account: &AccountOptions, dirs: &Dirs) -> Result<ExitCode> {
    let loaded = load_settings(dirs);
    let mut checks = folder_checks(&checkup::folders(dirs));
    checks.push(settings_check(&loaded));
    checks.push(window_check());
    checks.push(file_dialog_check(checkup::file_dialogs()));
    checks.push(keyring_check(checkup::keyring_fault()));
    if !options.offline {
        let is_needed = account.api_url.is_some() || loaded.settings.account != AccountChoice::Local;
        checks.extend(service_checks(account.api_url.as_deref(), is_needed));
    }
    checks.push(log_check(&dirs.log()));
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        system: system(),
        desktop: desktop(),
        checks,
        advice: format!(
            "For a bug report, attach what is printed here and the newest file in {}. That file names files of your \
             account; neither has a password or a sign-in in it.",
            super::shortened(&dirs.log())
        ),
    };
    let mut output = std::io::stdout();
    if options.json {
        writeln!(output, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        print(&mut output, &report)?;
    }
    let is_well = report.checks.iter().all(|check| check.verdict != Verdict::Problem);
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(output: &mut impl std::io::Write, report: &Report) -> std::io::Result<()> {
    writeln!(output, "Coffer {} on {}, {}", report.version, report.system, report.desktop)?;
    writeln!(output)?;
    let widest = report.checks.iter().map(|check| check.subject.len()).max().unwrap_or_default();
    for check in &report.checks {
        let mark = match check.verdict {
            Verdict::Good => "ok     ",
            Verdict::Note => "note   ",
            Verdict::Problem => "PROBLEM",
        };
        writeln!(output, "{mark}  {:widest$}  {}", check.subject, check.found)?;
        if let Some(advice) = &check.advice {
            writeln!(output, "{:9}{:widest$}  {advice}", "", "")?;
        }
    }
    writeln!(output)?;
    writeln!(output, "{}", report.advice)
}

/// Such as "Debian GNU/Linux 12 (bookworm)" with the processor.
fn system() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let name = name.map_or(std::env::consts::OS, |name| name.trim_matches('"'));
    format!("{name}, {}", std::env::consts::ARCH)
}

/// "GNOME on wayland"
fn desktop() -> String {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let name = variable("XDG_CURRENT_DESKTOP").unwrap_or_else(|| "no desktop".to_owned());
    match variable("XDG_SESSION_TYPE") {
        Some(session) => format!("{name} on {session}"),
        None => name,
    }
}

fn folder_checks(folders: &[FolderFacts]) -> Vec<DoctorCheck> {
    let faults: Vec<DoctorCheck> = folders.iter().filter_map(folder_fault).collect();
    if !faults.is_empty() {
        return faults;
    }
    let free = folders.iter().filter_map(|folder| folder.free_bytes).min();
    let found = match free {
        Some(free) => format!("All can be written, {} are free.", format::size(free)),
        None => "All can be written.".to_owned(),
    };
    vec![DoctorCheck::good("Folders", found)]
}

fn folder_fault(folder: &FolderFacts) -> Option<DoctorCheck> {
    let what = match folder.purpose {
        FolderPurpose::Settings => "settings",
        FolderPurpose::Account => "the local account",
        FolderPurpose::Cache => "the cache",
        FolderPurpose::State => "unfinished transfers, the history and the log",
    };
    let path = super::shortened(&folder.path);
    if let Some(fault) = &folder.fault {
        return Some(DoctorCheck::problem(
            "Folders",
            format!("Nothing can be written to {path}, the folder of {what}: {fault}."),
            "See that the folder is there, belongs to you, and that its disk is not full or read-only.",
        ));
    }
    if folder.is_of_another {
        return Some(DoctorCheck::problem(
            "Folders",
            format!("{path}, the folder of {what}, belongs to another user."),
            "Coffer was perhaps started as root once: give the folder back with chown.",
        ));
    }
    if folder.is_open_to_others {
        return Some(DoctorCheck::note(
            "Folders",
            format!("Other users of this computer can look into {path}, the folder of {what}."),
            format!("chmod 700 {path}"),
        ));
    }
    let free = folder.free_bytes.filter(|free| *free < LEAST_FREE_BYTES)?;
    Some(DoctorCheck::note(
        "Folders",
        format!("Only {} are free where {what} is.", format::size(free)),
        "Large files can’t be downloaded, nor saved into the local account.",
    ))
}

fn settings_check(loaded: &LoadedSettings) -> DoctorCheck {
    match loaded.account_problem().or(loaded.problems.first()) {
        None => DoctorCheck::good("Settings", "All can be read."),
        Some(problem) => DoctorCheck::note(
            "Settings",
            format!("{problem}."),
            "Correct the file, or delete it to begin anew.",
        ),
    }
}

/// Opens a window of its own, in a folder of its own, and has its picture taken.
fn window_check() -> DoctorCheck {
    if virtual_display::is_display_missing() {
        return DoctorCheck::note(
            "Window",
            "There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "The commands work all the same.",
        );
    }
    match draw_window() {
        Ok(found) => DoctorCheck::good("Window", found),
        Err(error) => DoctorCheck::problem(
            "Window",
            format!("No window could be drawn: {error:#}."),
            "Coffer needs OpenGL 2.1 or newer; without a graphics card, the package libgl1-mesa-dri draws it.",
        ),
    }
}

fn draw_window() -> Result<String> {
    let folder = tempfile::tempdir()?;
    let picture = folder.path().join("window.png");
    let began = Instant::now();
    let mut window = Command::new(std::env::current_exe()?)
        .arg("--data-dir")
        .arg(folder.path())
        .arg("--screenshot")
        .arg(&picture)
        .env("COFFER_LOG", "warn,egui_glow=debug")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = loop {
        if let Some(status) = window.try_wait()? {
            break status;
        }
        if began.elapsed() > WINDOW_PATIENCE {
            let _ = window.kill();
            let _ = window.wait();
            anyhow::bail!("it took longer than {} seconds", WINDOW_PATIENCE.as_secs());
        }
        std::thread::sleep(LOOK_EVERY);
    };
    let log = newest_log(&folder.path().join("state/log")).unwrap_or_default();
    if !status.success() || !picture.exists() {
        let said = log.lines().rev().find(|line| line.contains("ERROR") || line.contains("WARN"));
        anyhow::bail!("{}", said.unwrap_or("the program ended without a picture").trim());
    }
    let drawn = format!("A window was opened and drawn in {:.1} s", began.elapsed().as_secs_f64());
    Ok(match graphics(&log) {
        Some(graphics) => format!("{drawn}, by {graphics}."),
        None => format!("{drawn}."),
    })
}

/// What draws the window, from the line in which egui tells it.
fn graphics(log: &str) -> Option<String> {
    let field = |name: &str| {
        let line = log.lines().find(|line| line.contains(name))?;
        let value = line.split_once(name)?.1.trim_start_matches([':', ' ']);
        Some(value.split('"').nth(1).unwrap_or(value).trim().to_owned())
    };
    Some(format!("{}, OpenGL {}", field("opengl renderer")?, field("opengl version")?))
}

fn newest_log(folder: &Path) -> Option<String> {
    let newest = std::fs::read_dir(folder).ok()?.filter_map(|file| Some(file.ok()?.path())).max()?;
    std::fs::read_to_string(newest).ok()
}

fn file_dialog_check(version: Result<u32, String>) -> DoctorCheck {
    match version {
        Ok(0) => DoctorCheck::good("File dialogs", "The system has them."),
        Ok(version) => {
            DoctorCheck::good("File dialogs", format!("The desktop has them (portal, version {version})."))
        }
        Err(fault) => DoctorCheck::note(
            "File dialogs",
            format!("The desktop has none ({}).", fault.trim_end_matches('.')),
            "Install xdg-desktop-portal and the backend of your desktop. Without: drop files onto the window, or paste \
             them; downloads go to your Downloads folder.",
        ),
    }
}

fn keyring_check(fault: Option<String>) -> DoctorCheck {
    match fault {
        None => DoctorCheck::good("Keyring", "Sign-ins are kept in the system’s keyring."),
        Some(fault) => DoctorCheck::note(
            "Keyring",
            format!("There is none ({}).", fault.trim_end_matches('.')),
            "Sign-ins are kept in a file that only you can read. Install gnome-keyring or KWallet to keep them encrypted.",
        ),
    }
}

/// Whether the service answers, and what time it has.
fn service_checks(api_url: Option<&str>, is_needed: bool) -> Vec<DoctorCheck> {
    let urls = match api_url {
        Some(url) => BaseUrls::all(url),
        None => Ok(BaseUrls::dropbox()),
    };
    let name = if api_url.is_some() { "The server" } else { "Dropbox" };
    let asked = urls.and_then(|urls| ask_service(urls, api_url.unwrap_or("https://api.dropboxapi.com/")));
    let (took, date) = match asked {
        Ok(answer) => answer,
        Err(error) => {
            let found = format!("{name} can’t be reached: {error}.");
            let advice =
                "See that this computer is online, and that a proxy or firewall lets Coffer through.";
            return vec![if is_needed {
                DoctorCheck::problem("Network", found, advice)
            } else {
                DoctorCheck::note("Network", found, "The account on this computer needs no network.")
            }];
        }
    };
    let mut checks =
        vec![DoctorCheck::good("Network", format!("{name} answers within {} ms.", took.as_millis().max(1)))];
    if let Some(there) = date {
        checks.push(clock_check(name, Timestamp::now().duration_since(there)));
    }
    checks
}

fn ask_service(urls: BaseUrls, url: &str) -> Result<(Duration, Option<Timestamp>), ApiError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(ApiError::Source)?;
    let began = Instant::now();
    let headers = match runtime.block_on(RestClient::new(urls)?.get(url)?.patience(PATIENCE).send()) {
        Ok(response) => {
            response.header("date").map(|date| ("date".to_owned(), date.to_owned())).into_iter().collect()
        }
        // It has answered, whatever it thinks of the question.
        Err(ApiError::Response(response)) => response.headers,
        Err(error) => return Err(error),
    };
    let date = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("date"));
    let date = date.and_then(|(_, value)| jiff::fmt::rfc2822::parse(value).ok());
    Ok((began.elapsed(), date.map(|date| date.timestamp())))
}

fn clock_check(name: &str, skew: SignedDuration) -> DoctorCheck {
    if skew.abs() <= MOST_SKEW {
        return DoctorCheck::good("Clock", "It agrees with that of the service.");
    }
    let direction = if skew.is_negative() { "behind" } else { "ahead of" };
    DoctorCheck::problem(
        "Clock",
        format!("This computer’s clock is {} minutes {direction} that of {name}.", skew.abs().as_mins()),
        "Set it, best by itself (timedatectl set-ntp true): sign-ins are refused otherwise.",
    )
}

/// Only how many there are: their words may name files.
fn log_check(folder: &Path) -> DoctorCheck {
    let log = newest_log(folder).unwrap_or_default();
    let count =
        |level: &str| log.lines().filter(|line| line.split_whitespace().nth(1) == Some(level)).count();
    let found = match (count("ERROR"), count("WARN")) {
        (0, 0) => "No warnings in the newest file.".to_owned(),
        (errors, warnings) => format!("In the newest file: errors {errors}, warnings {warnings}."),
    };
    DoctorCheck::good("Log", found)
}

#[cfg(test)]
mod tests {
    use super::{Verdict, clock_check, folder_checks, graphics, service_checks};
    use coffer_worker::FolderPurpose;
    use coffer_worker::checkup::FolderFacts;
    use jiff::SignedDuration;
    use std::io;

    fn folder() -> FolderFacts {
        FolderFacts {
            purpose: FolderPurpose::State,
            path: "/home/ida/.local/state/coffer".into(),
            fault: None,
            is_open_to_others: false,
            is_of_another: false,
            free_bytes: Some(80_000_000_000),
        }
    }

    #[test]
    fn folders_that_are_well_are_one_line_and_each_fault_is_one_of_its_own() {
        let checks = folder_checks(&[folder(), folder()]);
        assert_eq!((checks.len(), checks[0].verdict), (1, Verdict::Good));
        let full = FolderFacts { fault: Some(io::ErrorKind::StorageFull.into()), ..folder() };
        let open = FolderFacts { is_open_to_others: true, ..folder() };
        let small = FolderFacts { free_bytes: Some(1000), ..folder() };
        let verdicts: Vec<Verdict> =
            folder_checks(&[full, open, small, folder()]).iter().map(|check| check.verdict).collect();
        assert_eq!(verdicts, [Verdict::Problem, Verdict::Note, Verdict::Note]);
    }

    #[test]
    fn a_clock_that_is_off_is_a_problem_in_both_directions() {
        assert_eq!(clock_check("Dropbox", SignedDuration::from_secs(-20)).verdict, Verdict::Good);
        let behind = clock_check("Dropbox", SignedDuration::from_hours(-2));
        assert_eq!(behind.found, "This computer’s clock is 120 minutes behind that of Dropbox.");
        assert_eq!(clock_check("Dropbox", SignedDuration::from_hours(2)).verdict, Verdict::Problem);
    }

    #[test]
    fn a_service_that_is_away_matters_only_to_whom_it_has_the_files_of() {
        // Nothing listens there.
        let verdict = |is_needed| service_checks(Some("http://127.0.0.1:9"), is_needed)[0].verdict;
        assert_eq!((verdict(true), verdict(false)), (Verdict::Problem, Verdict::Note));
    }

    #[test]
    fn the_graphics_are_read_from_the_log() {
        let log = "2026-11-30 DEBUG egui_glow::painter: \nopengl version: 4.5 (Core Profile) Mesa 22.3.6\nopengl renderer: llvmpipe\n";
        assert_eq!(graphics(log).as_deref(), Some("llvmpipe, OpenGL 4.5 (Core Profile) Mesa 22.3.6"));
    }
}
