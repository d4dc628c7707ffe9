//! An account with very many files in folders of folders, written past the server because that is quicker by far.

use coffer_server::clock::Clock;
use coffer_server::store::Store;
use coffer_server::store::edit::{EditTransaction, NewContent, WritePath, new_id};
use coffer_server::store::error::StoreError;
use std::path::Path;

/// Files written in one transaction.
const BATCH: usize = 20_000;

/// Folders around the files of an account with folders in folders: a twentieth of all files are below each of the first.
const DEEP: [usize; 3] = [20, 25, 40];

/// Fills a new vault with so many files of up to 5 MB in 20,000 folders, three deep.
pub async fn fill_deep_vault(vault: &Path, files: usize) {
    let store = Store::open(vault, Clock::new()).unwrap();
    let each = (files / DEEP.iter().product::<usize>()).max(1);
    let folders = files.div_ceil(each);
    for start in (0..folders).step_by(BATCH / each) {
        let end = (start + BATCH / each).min(folders);
        store.write(move |edit| fill_deep(edit, start, end, each)).await.unwrap();
    }
}

/// Adds one folder with so many files to a vault.
pub async fn fill_folder(vault: &Path, folder: &'static str, files: usize) {
    let store = Store::open(vault, Clock::new()).unwrap();
    for start in (0..files).step_by(BATCH) {
        let end = (start + BATCH).min(files);
        store.write(move |edit| fill_one(edit, folder, start, end)).await.unwrap();
    }
}

fn fill_one(
    edit: &mut EditTransaction<'_>,
    folder: &str,
    start: usize,
    end: usize,
) -> Result<(), StoreError> {
    if start == 0 {
        edit.create_folder(&WritePath { lower: folder.to_owned(), display: folder.to_owned() })?;
    }
    let mut random = fastrand::Rng::with_seed(start as u64);
    for file in start..end {
        let path = format!("{folder}/picture {file}.jpg");
        let hash = std::array::from_fn(|_| random.u8(..));
        let content = NewContent { hash, size: random.u64(..5_000_000), client_modified: None };
        edit.create_file(&WritePath { lower: path.clone(), display: path }, &new_id()?, &content)?;
    }
    Ok(())
}

fn fill_deep(
    edit: &mut EditTransaction<'_>,
    start: usize,
    end: usize,
    each: usize,
) -> Result<(), StoreError> {
    let mut random = fastrand::Rng::with_seed(start as u64);
    for number in start..end {
        let (within, group) = (number % DEEP[2], number / DEEP[2]);
        let path = |depth: usize| {
            let names = [
                format!("/area {}", group / DEEP[1]),
                format!("/group {}", group % DEEP[1]),
                format!("/set {within}"),
            ];
            names[..depth].concat()
        };
        let is_new = [group % DEEP[1] == 0 && within == 0, within == 0, true];
        for depth in (1..=3).filter(|depth| is_new[depth - 1]) {
            edit.create_folder(&WritePath { lower: path(depth), display: path(depth) })?;
        }
        for file in number * each..(number + 1) * each {
            let path = format!("{}/picture {file}.jpg", path(3));
            let hash = std::array::from_fn(|_| random.u8(..));
            let content = NewContent { hash, size: random.u64(..5_000_000), client_modified: None };
            edit.create_file(&WritePath { lower: path.clone(), display: path }, &new_id()?, &content)?;
        }
    }
    Ok(())
}
