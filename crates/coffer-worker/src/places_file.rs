//! Reads and writes the file of where a person was in each account. It is a help and no possession: a file that cannot be
//! read counts as none.

use super::Dirs;
use coffer_model::AccountPlaces;
use coffer_stdx::atomic_file;
use std::io;

/// What was kept of each account; what of it cannot be read is left out.
pub fn load_places(dirs: &Dirs) -> AccountPlaces {
    let text = match std::fs::read_to_string(dirs.places_file()) {
        Ok(text) => text,
        Err(error) => {
            if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) {
                tracing::warn!(%error, "could not read the places");
            }
            return AccountPlaces::new();
        }
    };
    let accounts = text.parse::<toml::Table>().unwrap_or_else(|error| {
        tracing::warn!(%error, "the places are no TOML");
        toml::Table::new()
    });
    let mut places = AccountPlaces::new();
    for (account, value) in accounts {
        match value.try_into() {
            Ok(known) => {
                places.insert(account, known);
            }
            Err(error) => tracing::warn!(%error, "the places of an account cannot be used"),
        }
    }
    places
}

/// Writes all places at once. After a power cut the older ones will do.
pub(crate) fn save_places(dirs: &Dirs, places: &AccountPlaces) -> io::Result<()> {
    let text = toml::to_string_pretty(places).map_err(io::Error::other)?;
    atomic_file::write_quickly(&dirs.places_file(), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{load_places, save_places};
    use crate::Dirs;
    use coffer_model::{
        AccountPlaces, FinishedTransfer, Places, RemotePath, SavedLocation, SavedPane, Sort, SortColumn,
        SpacePart, TransferredItems,
    };
    use std::fs;

    fn dirs() -> (tempfile::TempDir, Dirs) {
        let folder = tempfile::tempdir().unwrap();
        let dirs = Dirs::new(Some(folder.path().to_owned())).unwrap();
        (folder, dirs)
    }

    fn places() -> AccountPlaces {
        let folder = RemotePath::new("/Photos/“2026” \\ ü");
        let tabs = vec![
            SavedLocation::Folder { folder: RemotePath::root() },
            SavedLocation::Past { folder: folder.clone(), at: "2026-03-12T14:00:00Z".to_owned() },
            SavedLocation::Deleted,
            SavedLocation::Links,
            SavedLocation::Changes,
            SavedLocation::Activity,
            SavedLocation::Duplicates { folder: folder.clone() },
            SavedLocation::Search { query: "\"a b\" kind:picture".to_owned(), sort: None },
            SavedLocation::Search { query: "tax".to_owned(), sort: Some(Sort::by(SortColumn::Size, true)) },
            SavedLocation::Space { folder: folder.clone(), part: SpacePart::LargestFiles },
        ];
        let finished = FinishedTransfer {
            title: "Trip (412 files)".to_owned(),
            origin: "~/Trip".to_owned(),
            target: "Photos".to_owned(),
            at: "2026-03-12T14:00:00Z".to_owned(),
            files: 412,
            bytes: 1 << 40,
            skipped: 0,
            items: TransferredItems::Remote {
                folder: folder.clone(),
                items: vec![folder.join("Trip")],
                path_root: Some("2".to_owned()),
            },
        };
        let local = Places {
            shown: 1,
            unfolded: vec![folder.clone()],
            targets: vec![folder.clone()],
            tabs,
            finished: vec![finished],
            other_pane: Some(SavedPane { is_left: true, location: SavedLocation::Folder { folder } }),
        };
        [("local".to_owned(), local), ("dbid:AA".to_owned(), Places::default())].into()
    }

    #[test]
    fn places_come_back_as_they_were_saved() {
        let (_folder, dirs) = dirs();
        assert_eq!(load_places(&dirs), AccountPlaces::new());
        save_places(&dirs, &places()).unwrap();
        assert_eq!(load_places(&dirs), places());
    }

    #[test]
    fn a_broken_file_is_none_and_can_be_written_again() {
        for broken in ["", "[[[", "local = 7", "[local]\nshown = -1", "[local]\ntabs = [3]", "\u{0}"] {
            let (_folder, dirs) = dirs();
            save_places(&dirs, &places()).unwrap();
            fs::write(dirs.places_file(), broken).unwrap();
            assert_eq!(load_places(&dirs), AccountPlaces::new(), "{broken:?}");
            save_places(&dirs, &places()).unwrap();
            assert_eq!(load_places(&dirs), places(), "{broken:?}");
        }
        let (_folder, dirs) = dirs();
        fs::create_dir_all(dirs.places_file().parent().unwrap()).unwrap();
        fs::write(dirs.places_file(), b"\xff\xfe").unwrap();
        assert_eq!(load_places(&dirs), AccountPlaces::new());
    }

    #[test]
    fn what_is_broken_of_one_account_leaves_the_others() {
        let (_folder, dirs) = dirs();
        let text = "[local]\nshown = \"first\"\n[\"dbid:AA\"]\nfrom_the_future = 3\nshown = 1\n\
                    tabs = [{ location = \"nowhere\", x = 1 }, { location = \"links\" }]";
        fs::create_dir_all(dirs.places_file().parent().unwrap()).unwrap();
        fs::write(dirs.places_file(), text).unwrap();
        let tabs = vec![SavedLocation::Unknown, SavedLocation::Links];
        let known = Places { shown: 1, tabs, ..Places::default() };
        assert_eq!(load_places(&dirs), [("dbid:AA".to_owned(), known)].into());
    }
}
