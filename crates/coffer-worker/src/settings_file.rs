//! Reads and writes the settings file. What the settings are stands in `model::settings`. A person may edit the file, so a
//! slip costs the one setting that it is in, and is told.

use super::Dirs;
use coffer_model::Settings;
use coffer_stdx::atomic_file;
use coffer_texts::tr;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The key of the chosen account.
const ACCOUNT: &str = "account";

/// So many lines that are no TOML are left out; after that the rest is not looked at.
const MAX_BAD_LINES: usize = 50;

/// The saved settings, and what of them could not be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadedSettings {
    pub settings: Settings,
    pub problems: Vec<SettingsProblem>,
}

/// A setting, or a line, that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsProblem {
    pub file: PathBuf,
    /// Counted from 1, where it is known.
    pub line: Option<usize>,
    /// The setting, unless the line is none.
    pub key: Option<String>,
    pub reason: SettingsFault,
}

/// Why a setting could not be used. The words are made when they are shown: the language is itself a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsFault {
    /// The file can't be read, for this reason of the system.
    Unreadable(String),
    /// The file does not say which account was chosen.
    NoAccount,
    /// What the reader of TOML says.
    NotUnderstood(String),
}

impl LoadedSettings {
    /// Why it is not known which account was chosen. The default is another account, so nothing may be done with that.
    pub fn account_problem(&self) -> Option<&SettingsProblem> {
        self.problems.iter().find(|problem| problem.key.as_deref() == Some(ACCOUNT))
    }
}

/// "/home/me/.config/coffer/settings.toml, line 7: view: unknown variant …"
impl fmt::Display for SettingsProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(formatter, ", line {line}")?;
        }
        if let Some(key) = &self.key {
            write!(formatter, ": {key}")?;
        }
        write!(formatter, ": {}", self.reason)
    }
}

impl fmt::Display for SettingsFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => formatter.write_str(&tr!("settings-unreadable", error = error)),
            Self::NoAccount => formatter.write_str(tr!("settings-name-no-account")),
            Self::NotUnderstood(message) => formatter.write_str(message),
        }
    }
}

/// The saved settings; the defaults when there is no file. A file with something that cannot be used is kept aside as
/// `settings.toml.broken`, so that nothing a person wrote by hand is lost.
pub fn load_settings(dirs: &Dirs) -> LoadedSettings {
    let file = dirs.settings_file();
    let loaded = match std::fs::read_to_string(&file) {
        Ok(text) => parse(&file, &text),
        // Without a folder there is no file either.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return LoadedSettings::default();
        }
        Err(error) => {
            let problem = SettingsProblem {
                file: file.clone(),
                line: None,
                key: Some(ACCOUNT.to_owned()),
                reason: SettingsFault::Unreadable(error.to_string()),
            };
            let unreadable = [(ACCOUNT.to_owned(), unknown_account())].into_iter().collect();
            LoadedSettings {
                settings: Settings { unreadable, ..Settings::default() },
                problems: vec![problem],
            }
        }
    };
    if !loaded.problems.is_empty() {
        for problem in &loaded.problems {
            tracing::warn!(%problem, "a setting cannot be used");
        }
        keep_aside(&file);
    }
    loaded
}

fn parse(file: &Path, text: &str) -> LoadedSettings {
    let mut problems = Vec::new();
    let (table, text) = read_table(file, text, &mut problems);
    let problem = |key: &str, reason: SettingsFault| {
        let line = line_of(&text, key);
        SettingsProblem { file: file.to_owned(), line, key: Some(key.to_owned()), reason }
    };
    let (mut usable, mut unreadable) = (toml::Table::new(), toml::Table::new());
    for (key, value) in table {
        // A setting that is read alone shows whether it is the one with the slip.
        let alone = toml::Table::from_iter([(key.clone(), value.clone())]);
        match alone.try_into::<Settings>() {
            Ok(_) => usable.insert(key, value),
            Err(error) => {
                problems.push(problem(&key, SettingsFault::NotUnderstood(error.message().to_owned())));
                unreadable.insert(key, value)
            }
        };
    }
    if !usable.contains_key(ACCOUNT) && !unreadable.contains_key(ACCOUNT) {
        // Coffer always writes which account it is, so something has cut the file.
        problems.push(problem(ACCOUNT, SettingsFault::NoAccount));
        unreadable.insert(ACCOUNT.to_owned(), unknown_account());
    }
    let settings = usable.try_into::<Settings>().unwrap_or_default();
    LoadedSettings { settings: Settings { unreadable, ..settings }, problems }
}

/// What is written for an account that is not known, so that the default does not pass for it at the next start.
fn unknown_account() -> toml::Value {
    toml::Table::from_iter([("kind".to_owned(), "unknown".into())]).into()
}

/// The text as TOML, without the lines that are none; and the text that is left, with its lines in their places.
fn read_table(file: &Path, text: &str, problems: &mut Vec<SettingsProblem>) -> (toml::Table, String) {
    let mut lines: Vec<&str> = text.lines().collect();
    loop {
        let text = lines.join("\n");
        let error = match text.parse::<toml::Table>() {
            Ok(table) => return (table, text),
            Err(error) => error,
        };
        let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count());
        let reason = SettingsFault::NotUnderstood(error.message().to_owned());
        problems.push(SettingsProblem { file: file.to_owned(), line: Some(line + 1), key: None, reason });
        match lines.get_mut(line) {
            Some(bad) if !bad.is_empty() && problems.len() < MAX_BAD_LINES => *bad = "",
            _ => return (toml::Table::new(), String::new()),
        }
    }
}

/// Where a setting stands, counted from 1.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let index = text.lines().position(|line| {
        let line = line.trim_start().trim_start_matches('[').trim_start();
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', ']', '.']))
    })?;
    Some(index + 1)
}

/// Writes all settings at once: either the old file stands afterwards or the new one. A link to a file elsewhere stays one.
/// What could not be read stays as it was written, unless it has been set anew.
pub fn save_settings(dirs: &Dirs, settings: &Settings) -> io::Result<()> {
    let text = if settings.unreadable.is_empty() {
        toml::to_string_pretty(settings)
    } else {
        let mut table = toml::Table::try_from(settings).map_err(io::Error::other)?;
        let defaults = toml::Table::try_from(Settings::default()).map_err(io::Error::other)?;
        for (key, value) in &settings.unreadable {
            if table.get(key) == defaults.get(key) {
                table.insert(key.clone(), value.clone());
            }
        }
        toml::to_string_pretty(&table)
    };
    let file = dirs.settings_file();
    let file = std::fs::canonicalize(&file).unwrap_or(file);
    atomic_file::write(&file, text.map_err(io::Error::other)?.as_bytes())
}

/// Copies the file to the first free name, unless there is such a copy.
fn keep_aside(file: &Path) {
    let Ok(text) = std::fs::read(file) else { return };
    for number in 1.. {
        let ending = if number == 1 { "toml.broken".to_owned() } else { format!("toml.broken-{number}") };
        let aside = file.with_extension(ending);
        match std::fs::read(&aside) {
            Ok(kept) if kept == text => return,
            Ok(_) => {}
            Err(_) => {
                if let Err(error) = atomic_file::write(&aside, &text) {
                    tracing::warn!(%error, "could not back up the old settings");
                }
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LoadedSettings, load_settings, save_settings};
    use crate::Dirs;
    use coffer_model::settings::{Bookmark, FolderView, KeptSearches, OwnView, SavedSearch};
    use coffer_model::{
        AccountChoice, FolderOrder, Grouping, RemotePath, Settings, Sort, SortColumn, ThemeChoice, ViewMode,
    };
    use coffer_texts::{Language, set_language_of_thread};
    use std::fs;

    /// A change of the file by hand, and what it is.
    type Edit = (&'static str, fn(String) -> String);

    fn dirs() -> (tempfile::TempDir, Dirs) {
        let folder = tempfile::tempdir().unwrap();
        let dirs = Dirs::new(Some(folder.path().to_owned())).unwrap();
        (folder, dirs)
    }

    fn signed_in() -> Settings {
        let account = AccountChoice::Dropbox {
            account_id: "dbid:a".into(),
            email: "me@example.org".into(),
            app_key: "key".into(),
            api_url: None,
        };
        let sign_ins = vec![account.clone()];
        let saved = SavedSearch { name: "Large".into(), query: "\"two words\" size:>1MB".into() };
        let kept = KeptSearches { recent: vec!["tax in:/Papers".into()], saved: vec![saved] };
        let searches = [("dbid:a".to_owned(), kept)].into();
        let bookmarks = vec![
            Bookmark { path: RemotePath::new("/Photos/“2026”"), is_file: false },
            Bookmark { path: RemotePath::new("/Plan.txt"), is_file: true },
        ];
        let sort = Sort { folders: FolderOrder::First, grouping: Grouping::Date, ..Sort::default() };
        let shown = FolderView { view: ViewMode::Grid, grid_points: 96.0, sort };
        let own_views = vec![OwnView { folder: "/photos/\"2026\"".into(), shown }];
        let folder_views = [("dbid:a".to_owned(), own_views)].into();
        Settings {
            theme: ThemeChoice::Dark,
            app_key: "key".into(),
            account,
            sign_ins,
            searches,
            bookmarks: [("dbid:a".to_owned(), bookmarks)].into(),
            folder_views,
            columns: vec![SortColumn::Kind, SortColumn::Size],
            ..Settings::default()
        }
    }

    /// What is loaded when the saved settings are changed by hand.
    fn after_edit(edit: impl FnOnce(String) -> String) -> (LoadedSettings, Dirs, tempfile::TempDir) {
        let (folder, dirs) = dirs();
        save_settings(&dirs, &signed_in()).unwrap();
        let text = fs::read_to_string(dirs.settings_file()).unwrap();
        fs::write(dirs.settings_file(), edit(text)).unwrap();
        (load_settings(&dirs), dirs, folder)
    }

    #[test]
    fn settings_come_back_as_they_were_saved() {
        let (_folder, dirs) = dirs();
        save_settings(&dirs, &signed_in()).unwrap();
        assert_eq!(load_settings(&dirs), LoadedSettings { settings: signed_in(), problems: Vec::new() });
    }

    #[test]
    fn the_file_of_version_0_1_0_is_read() {
        let (_folder, dirs) = dirs();
        dirs.create().unwrap();
        fs::write(dirs.settings_file(), include_str!("../tests/it/old_files/settings.toml")).unwrap();
        let LoadedSettings { settings, problems } = load_settings(&dirs);
        assert_eq!(problems, []);
        assert!(
            matches!(&settings.account, AccountChoice::Dropbox { email, .. } if email == "ida@example.org")
        );
        assert_eq!((settings.theme, settings.view), (ThemeChoice::Dark, ViewMode::Grid));
        assert_eq!(settings.sort, Sort::by(SortColumn::Modified, true));
        assert_eq!((settings.window_size, settings.inspector_open), ([1400.0, 900.0], false));
        assert_eq!(settings.unknown, toml::Table::new());
    }

    #[test]
    fn an_order_of_an_older_version_is_read() {
        let old = "[sort]\ncolumn = \"size\"\ndescending = true\n";
        let (loaded, ..) = after_edit(|text| {
            let (before, rest) = text.split_once("[sort]").unwrap();
            format!("{before}{old}{}", &rest[rest.find("\n[").unwrap() + 1..])
        });
        assert_eq!(loaded.problems, []);
        assert_eq!(loaded.settings.sort, Sort::by(SortColumn::Size, true));
    }

    #[test]
    fn keys_of_another_version_survive() {
        let (loaded, dirs, _folder) = after_edit(|text| format!("from_the_future = 7\n{text}"));
        assert_eq!(loaded.problems, []);
        save_settings(&dirs, &loaded.settings).unwrap();
        assert!(fs::read_to_string(dirs.settings_file()).unwrap().contains("from_the_future = 7"));
    }

    #[test]
    fn a_slip_costs_its_own_setting_and_is_told_with_its_line() {
        for bad in ["view = \"cube\"", "view = ", "view list", "view = 7"] {
            let mut line = 0;
            let (loaded, dirs, _folder) = after_edit(|text| {
                line = 1 + text.lines().position(|line| line == "view = \"list\"").unwrap();
                text.replace("view = \"list\"", bad)
            });
            assert_eq!(loaded.settings.account, signed_in().account, "{bad}");
            assert_eq!(
                (loaded.settings.view, loaded.settings.theme),
                (ViewMode::List, ThemeChoice::Dark),
                "{bad}"
            );
            assert_eq!(loaded.account_problem(), None, "{bad}");
            let [problem] = &loaded.problems[..] else { panic!("{bad}: {:?}", loaded.problems) };
            assert_eq!(problem.line, Some(line), "{bad}: {problem}");
            let told = problem.to_string();
            assert!(told.starts_with(dirs.settings_file().to_str().unwrap()), "{told}");
        }
    }

    #[test]
    fn a_file_that_lost_the_account_says_so_and_does_not_pass_for_the_local_one() {
        let team = |text: String| text.replace("kind = \"dropbox\"", "kind = \"dropbox_team\"");
        let edits: [Edit; 6] = [
            ("empty", |_| String::new()),
            ("cut in half", |text| text[..text.len() / 2].to_owned()),
            ("cut at a line", |text| text.lines().take(3).collect::<Vec<_>>().join("\n")),
            ("a newer kind of account", |text| text.replace("kind = \"dropbox\"", "kind = \"dropbox_team\"")),
            ("a broken heading", |text| text.replace("[account]", "[account")),
            ("no TOML at all", |_| "theme = [[[\n{}}".to_owned()),
        ];
        for (name, edit) in edits {
            let (loaded, dirs, _folder) = after_edit(edit);
            assert!(loaded.account_problem().is_some(), "{name}: {:?}", loaded.problems);
            // Not even after something else was saved, as the window does when it is made larger.
            save_settings(&dirs, &Settings { theme: ThemeChoice::Light, ..loaded.settings }).unwrap();
            let again = load_settings(&dirs);
            assert!(again.account_problem().is_some(), "{name}: {:?}", again.problems);
            assert_eq!(again.settings.theme, ThemeChoice::Light, "{name}");
        }
        // What a newer version wrote is still there for it after this one has saved.
        let (loaded, dirs, _folder) = after_edit(team);
        save_settings(&dirs, &Settings { theme: ThemeChoice::Light, ..loaded.settings }).unwrap();
        let text = fs::read_to_string(dirs.settings_file()).unwrap();
        assert!(text.contains("dropbox_team") && text.contains("theme = \"light\""), "{text}");
    }

    #[test]
    fn why_the_account_is_not_known_is_said_in_the_language_that_was_set_since() {
        let (loaded, _dirs, _folder) = after_edit(|_| String::new());
        set_language_of_thread(Language::German);
        let told = loaded.account_problem().unwrap().to_string();
        assert!(told.ends_with("account: die Datei sagt nicht, welches Konto gewählt wurde"), "{told}");
    }

    #[test]
    fn every_broken_file_is_kept_aside_once() {
        let (loaded, dirs, _folder) = after_edit(|_| "theme = [[[".to_owned());
        assert!(!loaded.problems.is_empty());
        load_settings(&dirs);
        fs::write(dirs.settings_file(), "view = \"cube\"").unwrap();
        load_settings(&dirs);
        let kept = |ending| fs::read_to_string(dirs.settings_file().with_extension(ending)).ok();
        assert_eq!(kept("toml.broken").as_deref(), Some("theme = [[["));
        assert_eq!(kept("toml.broken-2").as_deref(), Some("view = \"cube\""));
        assert_eq!(kept("toml.broken-3"), None);
    }

    #[test]
    fn a_link_to_settings_elsewhere_stays_a_link() {
        let (folder, dirs) = dirs();
        let elsewhere = folder.path().join("dotfiles.toml");
        fs::write(&elsewhere, "").unwrap();
        fs::create_dir_all(dirs.settings_file().parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(&elsewhere, dirs.settings_file()).unwrap();
        save_settings(&dirs, &signed_in()).unwrap();
        assert!(fs::symlink_metadata(dirs.settings_file()).unwrap().is_symlink());
        assert!(fs::read_to_string(elsewhere).unwrap().contains("theme = \"dark\""));
    }
}
