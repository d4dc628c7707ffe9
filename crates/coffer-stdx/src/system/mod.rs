//! What differs from one operating system to another. Each has a file with functions of the same names, and everybody else
//! asks here, so that nobody else needs to know on which system the program runs. `unix` is what Linux and macOS share.

mod folder_lock;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use folder_lock::FolderLock;
#[cfg(target_os = "linux")]
pub use linux::*;
#[cfg(target_os = "macos")]
pub use macos::*;
#[cfg(unix)]
pub use unix::*;
#[cfg(windows)]
pub use windows::*;

#[cfg(test)]
mod tests {
    use super::{
        FolderLock, check_writable, disk_number, free_bytes, make_room, never_through_links, path_from_bytes,
        read_exact_at, write_all_at,
    };
    use std::fs::{self, OpenOptions};
    use std::path::Path;

    #[test]
    fn bytes_go_to_their_place_and_come_from_there() {
        let file = tempfile::tempfile().unwrap();
        make_room(&file, 10).unwrap();
        assert_eq!(file.metadata().unwrap().len(), 10);
        write_all_at(&file, b"abc", 4).unwrap();
        let mut read = [0; 3];
        read_exact_at(&file, &mut read, 5).unwrap();
        assert_eq!(&read, b"bc\0");
        assert!(read_exact_at(&file, &mut read, 8).is_err());
    }

    #[test]
    fn a_folder_is_locked_for_one_and_free_when_that_has_gone() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::wait_for(folder.path()).unwrap();
        assert!(FolderLock::try_now(folder.path()).is_none());
        drop(first);
        assert!(FolderLock::try_now(folder.path()).is_some());
    }

    #[test]
    fn a_path_is_the_same_after_it_was_bytes() {
        for path in ["/home/ida/Käse", "notes.txt", ""] {
            let bytes = Path::new(path).as_os_str().as_encoded_bytes().to_vec();
            assert_eq!(path_from_bytes(bytes), Path::new(path));
        }
    }

    #[test]
    fn a_folder_is_on_a_disk_with_room_that_can_be_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        assert_eq!(disk_number(folder.path()), disk_number(&inner));
        assert_eq!(disk_number(&folder.path().join("gone")), None);
        assert!(free_bytes(folder.path()).is_none_or(|bytes| bytes > 0));
        check_writable(folder.path()).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_where_that_is_not_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
        fs::write(&file, "x").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut options = OpenOptions::new();
        never_through_links(options.read(true));
        assert!(options.open(&file).is_ok() && options.open(&link).is_err());
    }
}
