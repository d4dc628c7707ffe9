//! An account with very many files, written past the server because that is quicker by far.

use coffer_server::clock::Clock;
use coffer_server::store::Store;
use coffer_server::store::edit::{EditTransaction, NewContent, WritePath, new_id};
use coffer_server::store::error::StoreError;
use std::path::Path;

/// Entries of every folder.
pub const FOLDER: usize = 100;

/// Files written in one transaction.
const BATCH: usize = 20_000;

/// Fills a new vault with so many files of up to 5 MB, in folders of [`FOLDER`]. Their contents are not there.
pub async fn fill_vault(vault: &Path, files: usize) {
    let store = Store::open(vault, Clock::new()).unwrap();
    for start in (0..files).step_by(BATCH) {
        let end = (start + BATCH).min(files);
        store.write(move |edit| fill(edit, start, end)).await.unwrap();
    }
}

fn fill(edit: &mut EditTransaction<'_>, start: usize, end: usize) -> Result<(), StoreError> {
    let mut random = fastrand::Rng::with_seed(start as u64);
    for number in start..end {
        let folder = format!("/folder {}", number / FOLDER);
        if number % FOLDER == 0 {
            edit.create_folder(&WritePath { lower: folder.clone(), display: folder.clone() })?;
        }
        let path = format!("{folder}/picture {number}.jpg");
        let hash = std::array::from_fn(|_| random.u8(..));
        let content = NewContent { hash, size: random.u64(..5_000_000), client_modified: None };
        edit.create_file(&WritePath { lower: path.clone(), display: path }, &new_id()?, &content)?;
    }
    Ok(())
}
