//! Numbers and kinds in words for a person. Nothing is drawn here.

use coffer_model::file_kind::extension;
use coffer_model::{FileKind, FileType, FolderTotals};
use coffer_stdx::units;
use coffer_texts::tr;

pub use super::dates::{DateFormat, month};
pub use coffer_stdx::units::duration;

/// "12,345": digits in groups of three.
pub fn count(number: u64) -> String {
    tr!("number", count = number)
}

/// "4.8 MB": one digit after the point below 100.
pub fn size(bytes: u64) -> String {
    with_decimal_sign(&units::size(bytes))
}

/// A number that was written with a point, as the language writes it.
pub fn with_decimal_sign(number: &str) -> String {
    number.replace('.', tr!("decimal-sign"))
}

/// "4.0 MB": as [`size`], but with the digit after the point also where it is a zero. For numbers that change under the
/// eyes of the person: what stands beside them would hop.
pub fn steady_size(bytes: u64) -> String {
    let text = size(bytes);
    match text.split_once(' ') {
        Some((number, unit)) if unit != "B" && unit != "KB" && number.len() <= 2 => {
            format!("{number}{}0 {unit}", tr!("decimal-sign"))
        }
        _ => text,
    }
}

/// "4.0 MB/s"
pub fn speed(bytes_per_second: u64) -> String {
    format!("{}/s", steady_size(bytes_per_second))
}

/// "4,812,345 bytes"
pub fn exact_size(bytes: u64) -> String {
    tr!("bytes", count = bytes)
}

/// "+120 B", "−1.2 MB", "same size": what a version has more than the one before
pub fn size_difference(bytes: u64, before: u64) -> String {
    match bytes.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", size(bytes - before)),
        std::cmp::Ordering::Less => format!("−{}", size(before - bytes)),
        std::cmp::Ordering::Equal => tr!("same-size").to_owned(),
    }
}

/// "1 item", "12 items"
pub fn items(number: usize) -> String {
    tr!("items", count = number)
}

/// "12 of 340 items", where some of them are hidden
pub fn items_of(number: usize, all: Option<usize>) -> String {
    all.map_or_else(|| items(number), |all| tr!("progress-of-items", done = number, count = all))
}

/// "12,345 files in 310 folders": what is below a folder, however deep.
pub fn contents(totals: &FolderTotals) -> String {
    let files = tr!("files", count = totals.files);
    match totals.folders {
        0 => files,
        folders => tr!("files-in-folders", files = files, count = folders),
    }
}

/// "12,345 files in 310 folders, 80 GB"
pub fn totals(totals: &FolderTotals) -> String {
    format!("{}, {}", contents(totals), size(totals.bytes))
}

/// "80 %", "less than 1 %"
pub fn share(bytes: u64, of: u64) -> String {
    let percent = bytes as f64 * 100.0 / of.max(1) as f64;
    if bytes > 0 && percent < 1.0 { tr!("less-than-percent").to_owned() } else { format!("{percent:.0} %") }
}

/// The word in the "Kind" column: "JPEG", "Markdown", "Rust", "Video".
pub fn kind(kind: FileKind, name: &str) -> String {
    if kind == FileKind::Folder {
        return tr!("kind-folder").to_owned();
    }
    let extension = extension(name);
    match FileType::from_name(name).name {
        Some(name) => name.in_words().to_owned(),
        None if extension.is_empty() || extension.len() > 8 => tr!("kind-file").to_owned(),
        None => extension.to_ascii_uppercase(),
    }
}

/// What files of a kind are called together.
pub fn kinds_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Folder => tr!("kinds-folders"),
        FileKind::Picture => tr!("kinds-pictures"),
        FileKind::Document => tr!("kinds-documents"),
        FileKind::Markdown => tr!("kinds-markdown"),
        FileKind::Text => tr!("kinds-texts"),
        FileKind::Code => tr!("kinds-code"),
        FileKind::Table => tr!("kinds-tables"),
        FileKind::Pdf => "PDF",
        FileKind::Archive => tr!("kinds-archives"),
        FileKind::Video => tr!("kinds-videos"),
        FileKind::Audio => tr!("kinds-audio"),
        FileKind::Other => tr!("kinds-other"),
    }
}

/// What a file is in a sentence: "JPEG image", "Rust source", "PDF".
pub fn kind_in_words(file_kind: FileKind, name: &str) -> String {
    let word = kind(file_kind, name);
    match file_kind {
        FileKind::Picture => tr!("kind-word-image", word = word),
        FileKind::Code => tr!("kind-word-source", word = word),
        FileKind::Archive => tr!("kind-word-archive", word = word),
        FileKind::Table => tr!("kind-word-table", word = word),
        FileKind::Other if word != tr!("kind-file") => tr!("kind-word-file", word = word),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::{exact_size, kind, share, steady_size, totals};
    use coffer_model::{FileKind, FolderTotals};

    #[test]
    fn a_size_that_changes_keeps_its_width() {
        let check = |bytes, expected| assert_eq!(steady_size(bytes), expected, "{bytes}");
        check(4_000_000, "4.0 MB");
        check(4_100_000, "4.1 MB");
        check(20_000_000_000, "20.0 GB");
        check(120_000_000, "120 MB");
        check(40_000, "40 KB");
        check(4, "4 B");
    }

    #[test]
    fn an_exact_size_groups_its_digits() {
        assert_eq!(exact_size(1), "1 byte");
        assert_eq!(exact_size(4_812_345), "4,812,345 bytes");
    }

    #[test]
    fn totals_count_files_and_the_folders_between_them() {
        let check = |files, folders, bytes, expected| {
            assert_eq!(totals(&FolderTotals { files, folders, bytes, newest: None }), expected);
        };
        check(12_345, 310, 80_000_000_000, "12,345 files in 310 folders, 80 GB");
        check(1, 0, 20, "1 file, 20 B");
        check(0, 0, 0, "0 files, 0 B");
    }

    #[test]
    fn shares_are_whole_percents() {
        assert_eq!(share(8, 10), "80 %");
        assert_eq!(share(1, 1000), "less than 1 %");
        assert_eq!(share(0, 0), "0 %");
    }

    #[test]
    fn kinds_are_words_where_there_is_one_and_else_the_extension() {
        let check = |name, expected| assert_eq!(kind(FileKind::from_name(name), name), expected, "{name}");
        check("a.JPG", "JPEG");
        check("b.md", "Markdown");
        check("c.csv", "CSV");
        check("d.zip", "ZIP");
        check("e.mp4", "Video");
        check("f", "File");
        check("g.blend", "BLEND");
        assert_eq!(kind(FileKind::Folder, "folder.jpg"), "Folder");
    }
}
