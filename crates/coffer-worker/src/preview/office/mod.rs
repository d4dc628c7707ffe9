//! Office documents: their text without its layout (`words`), and the sheets of workbooks (`xlsx`, `ods`). They are ZIP
//! archives of XML; only the parts that are needed are downloaded and unpacked, within bounds.

mod markdown_writer;
mod ods;
mod package;
mod pictures;
mod sheet_writer;
mod word_styles;
mod words;
mod xlsx;
mod xml;

use super::super::account::OpenAccount;
use super::super::context::JobError;
use super::super::worker_context::WorkerContext;
use super::remote_file::{ReadByRanges, read_by_ranges};
use super::{none, pages};
use coffer_model::entry::File;
use coffer_model::file_kind::extension;
use coffer_model::preview::{PreviewBody, TablePreview};
use coffer_model::table::TableSheet;
use coffer_model::{Entry, MarkdownPreview, PreviewKind};
use coffer_texts::tr;
use markdown_writer::{MarkdownWriter, WrittenText};
use package::Package;
pub(super) use sheet_writer::SheetWriter;

/// So much of a file is downloaded at most, with the pictures in it as far as there is room.
const MOST_BYTES: u64 = 24 * 1024 * 1024;

/// What the parts of a document and its text take together, about.
const READING_BYTES: u64 = 128 * 1024 * 1024;

/// More sheets of a workbook are not read.
const MOST_SHEETS: usize = 5;

/// Why nothing can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnreadableOffice {
    Locked,
    Damaged,
    /// There is nothing but pictures, or nothing at all.
    Empty,
}

enum OfficeContent {
    Words { document: MarkdownPreview, is_cut: bool },
    Sheets(Vec<TableSheet>),
}

/// The words with which a document begins, as `CommonMark`, where so many bytes tell them.
pub(super) async fn beginning(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    most_bytes: u64,
) -> Result<Option<String>, JobError> {
    let _permit = worker.previews.memory.acquire(READING_BYTES).await;
    let read = read_by_ranges(account, entry, file, most_bytes, |remote| {
        let mut writer = MarkdownWriter::default();
        words::read(&mut Package::open(remote)?, &mut writer)?;
        Ok::<_, UnreadableOffice>(writer.finish().source)
    });
    Ok(read.await?.value.ok().filter(|words| !words.is_empty()))
}

pub(super) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    kind: PreviewKind,
    max_side: u32,
) -> Result<PreviewBody, JobError> {
    if kind != PreviewKind::Workbook
        && let Some(body) = pages::service_preview(worker, account, entry, file, max_side).await?
    {
        return Ok(body);
    }
    if kind == PreviewKind::ServiceDocument {
        return Ok(none(tr!("no-preview-for-kind")));
    }
    let _permit = worker.previews.memory.acquire(READING_BYTES).await;
    let extension = extension(entry.name()).to_ascii_lowercase();
    let read = read_by_ranges(account, entry, file, MOST_BYTES, move |remote| {
        let mut package = Package::open(remote)?;
        match extension.as_str() {
            "xlsx" | "xlsm" => xlsx::read(&mut package).map(OfficeContent::Sheets),
            "ods" => ods::read(&mut package).map(OfficeContent::Sheets),
            _ => {
                let mut writer = MarkdownWriter::default();
                words::read(&mut package, &mut writer)?;
                let WrittenText { source, pictures, is_cut } = writer.finish();
                if source.is_empty() {
                    return Err(UnreadableOffice::Empty);
                }
                let pictures = pictures::read(&mut package, &pictures);
                let document = MarkdownPreview { pictures, ..source.as_str().into() };
                Ok(OfficeContent::Words { document, is_cut })
            }
        }
    });
    let ReadByRanges { value, has_met_bound } = read.await?;
    Ok(match value {
        Ok(OfficeContent::Words { document, is_cut }) => PreviewBody::Words { document, is_cut },
        Ok(OfficeContent::Sheets(sheets)) => PreviewBody::Table(TablePreview {
            sheets: sheets.into(),
            text: None,
            loaded_bytes: file.size_bytes,
            truncated_from_bytes: None,
        }),
        Err(UnreadableOffice::Locked) => none(tr!("document-locked")),
        Err(_) if has_met_bound => none(tr!("document-too-large")),
        Err(UnreadableOffice::Damaged) => none(tr!("document-damaged")),
        Err(UnreadableOffice::Empty) => none(tr!("document-has-no-text")),
    })
}
