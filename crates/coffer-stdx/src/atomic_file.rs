//! Writes small files whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Replaces `file` by `bytes`, durably, and makes the folders above it. Readable by the person alone.
pub fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut temporary = beside(file)?;
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    temporary.persist(file).map_err(|error| error.error)?;
    Ok(())
}

/// As [`fn@write`], but what is written can be made again, so a power cut may lose it.
pub fn write_quickly(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut temporary = beside(file)?;
    temporary.write_all(bytes)?;
    temporary.persist(file).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file in the folder of `file`, so that it can be renamed to it. It vanishes unless it is persisted.
pub fn beside(file: &Path) -> io::Result<NamedTempFile> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    Builder::new().prefix(".coffer-").suffix(".part").tempfile_in(folder)
}
