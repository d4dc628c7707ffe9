//! Makes the sample files of a new local account that nobody can write by hand: pictures, PDFs, an archive.
//!
//! ```text
//! cargo run -p make-samples
//! ```
//!
//! writes them to `assets/sample`, from where `coffer-sample` includes them. What is written depends on nothing but this
//! code and the encoders of `image`: without a change here no file changes. `coffer-sample` says where each file lies
//! in the account.

// A tool of the command line says what it does.
#![allow(clippy::print_stdout)]

mod documents;
mod files;
mod paint;
mod pictures;

use anyhow::{Context as _, Result};
use std::path::Path;

fn main() -> Result<()> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/sample"));
    let mut total_bytes = 0;
    for (name, make) in files::files() {
        let bytes = make();
        let file = folder.join(name);
        let parent = file.parent().context("a file without a folder")?;
        std::fs::create_dir_all(parent).with_context(|| format!("could not create {}", parent.display()))?;
        std::fs::write(&file, &bytes).with_context(|| format!("could not write {}", file.display()))?;
        println!("{:>9} {name}", bytes.len());
        total_bytes += bytes.len();
    }
    println!("{total_bytes:>9} in all");
    Ok(())
}
