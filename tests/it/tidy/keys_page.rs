//! The page of the guide with all commands and their keys, in each language. `COFFER_WRITE_KEYS=1` writes it anew.

use coffer::ui::commands::{in_words, label};
use coffer_state::Command;
use coffer_texts::{Language, set_language_of_thread};
use std::fmt::Write as _;

const PAGES: [(Language, &str, &str); 2] =
    [(Language::English, "docs/guide/keys.md", ENGLISH), (Language::German, "docs/guide/de/keys.md", GERMAN)];

const ENGLISH: &str = "\
# Keys

Ctrl+? shows the keys of the window. A command gets other keys, or none, in `settings.toml` (see [privacy](privacy.md) for where that
is), under `[keys]`, by its name in the last column:

```toml
[keys]
new-folder = [\"Ctrl+Alt+N\", \"F7\"]
toggle-transfers = []
```

They count from the next start. A key that another command has as usual is taken from that. A letter alone selects by name, so it
can’t be a command’s.

| command | keys | name |
|---|---|---|
";

const GERMAN: &str = "\
# Tasten

Strg+? zeigt die Tasten des Fensters. Andere Tasten oder keine bekommt ein Befehl in `settings.toml` (wo die Datei liegt, sagt
[Privatsphäre](privacy.md)), im Abschnitt `[keys]`, mit seinem Namen aus der letzten Spalte:

```toml
[keys]
new-folder = [\"Ctrl+Alt+N\", \"F7\"]
toggle-transfers = []
```

Sie gelten ab dem nächsten Start. In der Datei heißen die Tasten wie auf Englisch: Ctrl, Shift, Alt. Eine Taste, die sonst ein anderer
Befehl hat, verliert dieser. Ein Buchstabe allein wählt nach dem Namen aus und kann deshalb kein Befehl sein.

| Befehl | Tasten | Name |
|---|---|---|
";

fn page(language: Language, head: &str) -> String {
    set_language_of_thread(language);
    let mut page = head.to_owned();
    for command in Command::ALL {
        let keys: Vec<String> = command
            .usual_shortcuts()
            .iter()
            .map(|shortcut| in_words(*shortcut).replace('|', "\\|"))
            .collect();
        let _ = writeln!(page, "| {} | {} | `{}` |", label(*command), keys.join(", "), command.id());
    }
    page
}

#[test]
fn the_pages_of_the_keys_have_all_commands() {
    for (language, path, head) in PAGES {
        let page = page(language, head);
        if std::env::var_os("COFFER_WRITE_KEYS").is_some() {
            std::fs::write(path, &page).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == page, "{path} is not as the commands are: run this test with COFFER_WRITE_KEYS=1");
    }
}
