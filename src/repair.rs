//! `coffer repair`: puts a copy of a local account’s database in its place when it is lost.

use anyhow::Result;
use coffer_server::store::copies;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::Write as _;
use std::path::Path;

pub(crate) fn run(vault: &Path) -> Result<()> {
    let restored = copies::restore(vault)?;
    let made = Timestamp::from_second(restored.made).unwrap_or_default().to_zoned(TimeZone::system());
    let mut output = std::io::stdout();
    writeln!(output, "The account is as it was on {}.", made.strftime("%Y-%m-%d at %H:%M:%S"))?;
    if restored.unnamed_contents > 0 {
        let (count, folder) = (restored.unnamed_contents, vault.join("blobs"));
        let files = if count == 1 { "file" } else { "files" };
        writeln!(
            output,
            "The contents of {count} {files} that came later are in {}, without a name.",
            folder.display()
        )?;
    }
    if let Some(folder) = restored.kept_aside {
        writeln!(output, "The damaged database is kept in {}.", folder.display())?;
    }
    Ok(())
}
