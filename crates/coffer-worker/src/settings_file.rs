//! Reads and writes the settings file. What the settings are stands in `model::settings`.

use super::Dirs;
use coffer_model::Settings;
use coffer_stdx::atomic_file;
use std::io;
use std::path::Path;

/// The saved settings; the defaults when there are none. A file that cannot be understood is kept aside as
/// `settings.toml.broken`, so that nothing a person wrote by hand is lost.
pub fn load_settings(dirs: &Dirs) -> Settings {
    let file = dirs.settings_file();
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Settings::default(),
        Err(error) => {
            tracing::warn!(%error, file = %file.display(), "the settings cannot be read");
            keep_aside(&file);
            return Settings::default();
        }
    };
    toml::from_str(&text).unwrap_or_else(|error| {
        tracing::warn!(%error, file = %file.display(), "the settings cannot be understood");
        keep_aside(&file);
        Settings::default()
    })
}

/// Writes all settings at once: either the old file stands afterwards or the new one.
pub fn save_settings(dirs: &Dirs, settings: &Settings) -> io::Result<()> {
    let text = toml::to_string_pretty(settings).map_err(io::Error::other)?;
    atomic_file::write(&dirs.settings_file(), text.as_bytes())
}

fn keep_aside(file: &Path) {
    if let Err(error) = std::fs::copy(file, file.with_extension("toml.broken")) {
        tracing::warn!(%error, "could not back up the old settings");
    }
}

#[cfg(test)]
mod tests {
    use super::{load_settings, save_settings};
    use crate::Dirs;
    use coffer_model::{Settings, ThemeChoice};

    fn dirs() -> (tempfile::TempDir, Dirs) {
        let folder = tempfile::tempdir().unwrap();
        let dirs = Dirs::new(Some(folder.path().to_owned())).unwrap();
        (folder, dirs)
    }

    #[test]
    fn settings_come_back_as_they_were_saved() {
        let (_folder, dirs) = dirs();
        let settings = Settings { theme: ThemeChoice::Dark, app_key: "key".into(), ..Settings::default() };
        save_settings(&dirs, &settings).unwrap();
        assert_eq!(load_settings(&dirs), settings);
    }

    #[test]
    fn keys_of_another_version_survive() {
        let (_folder, dirs) = dirs();
        save_settings(&dirs, &Settings::default()).unwrap();
        let file = dirs.settings_file();
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("from_the_future = 7\n{text}")).unwrap();
        let settings = load_settings(&dirs);
        save_settings(&dirs, &settings).unwrap();
        assert!(std::fs::read_to_string(&file).unwrap().contains("from_the_future = 7"));
    }

    #[test]
    fn a_broken_file_gives_the_defaults_and_is_kept_aside() {
        let (_folder, dirs) = dirs();
        save_settings(&dirs, &Settings::default()).unwrap();
        std::fs::write(dirs.settings_file(), "theme = [[[").unwrap();
        assert_eq!(load_settings(&dirs), Settings::default());
        let aside = dirs.settings_file().with_extension("toml.broken");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "theme = [[[");
    }
}
