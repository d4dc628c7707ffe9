//! The page of the guide with all commands and their keys. `COFFER_WRITE_KEYS=1` writes it anew.

use coffer::ui::commands::{in_words, label};
use coffer_state::Command;
use std::fmt::Write as _;

const PAGE: &str = "docs/guide/keys.md";
const HEAD: &str = "\
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

fn page() -> String {
    let mut page = HEAD.to_owned();
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
fn the_page_of_the_keys_has_all_commands() {
    if std::env::var_os("COFFER_WRITE_KEYS").is_some() {
        std::fs::write(PAGE, page()).unwrap();
    }
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(written == page(), "{PAGE} is not as the commands are: run this test with COFFER_WRITE_KEYS=1");
}
