//! What Linux and macOS have in common.

use rustix::fs::{Access, OFlags, access, statvfs};
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{
    DirBuilderExt as _, FileExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};

/// What group and others may do.
const OTHERS: u32 = 0o077;

pub fn read_exact_at(file: &File, buffer: &mut [u8], position: u64) -> io::Result<()> {
    file.read_exact_at(buffer, position)
}

pub fn write_all_at(file: &File, bytes: &[u8], position: u64) -> io::Result<()> {
    file.write_all_at(bytes, position)
}

/// Makes opening fail where a link lies in the place of the file.
pub fn never_through_links(options: &mut OpenOptions) {
    options.custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
}

/// Makes a file that is made anew readable by its owner alone.
pub fn only_for_owner(options: &mut OpenOptions) {
    options.mode(0o600);
}

/// The same for a folder.
pub fn folder_only_for_owner(builder: &mut DirBuilder) {
    builder.mode(0o700);
}

/// Takes from everybody but the owner the right to use a file or folder.
pub fn close_to_others(path: &Path) -> io::Result<()> {
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & OTHERS == 0 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(mode & 0o700))
}

/// Whether other users may look into a file or folder, or even change it.
pub fn is_open_to_others(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & OTHERS != 0
}

/// Whether it belongs to somebody else than who runs the program.
pub fn is_of_another(metadata: &Metadata) -> bool {
    metadata.uid() != rustix::process::getuid().as_raw()
}

/// The number of a file on its disk: another file of the same size and time has another.
pub fn file_number(metadata: &Metadata) -> u64 {
    metadata.ino()
}

/// By what the disk of an existing file or folder is told from others, for as long as it is connected.
pub fn disk_number(path: &Path) -> Option<u64> {
    Some(fs::metadata(path).ok()?.dev())
}

/// How much a person can still write to the disk of a folder, where the system tells.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let disk = statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Whether files can be made in a folder.
pub fn check_writable(folder: &Path) -> io::Result<()> {
    Ok(access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// A path that was kept as [`as_encoded_bytes`](std::ffi::OsStr::as_encoded_bytes) gives it.
pub fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    OsString::from_vec(bytes).into()
}

/// Makes a new or renamed name in a folder outlive a power cut.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// What has the lock of a folder: the folder itself.
pub(super) fn lock_file(folder: &Path) -> io::Result<File> {
    File::open(folder)
}
