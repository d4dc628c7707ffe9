//! What is in the made-up files: pictures, moving ones too, texts, source code, Markdown; and what they were before.

use super::made_up::{file, folder, now};
use super::other_contents::{LETTER, archive, camera_facts, interview};
use super::pdf_contents;
use super::pictures::{badge, landscape};
use coffer_model::file_kind::extension;
use coffer_model::preview::{
    Frame, PageSize, PictureFacts, TablePreview, TextClass, TextPreview, can_have_thumbnail,
};
use coffer_model::table::{TableCells, TableColumn, TableSheet};
use coffer_model::transfer::{Conflict, PlannedFile, RefusalReason, RefusedName, UploadPlan};
use coffer_model::{
    CacheUse, Edit, Entry, EntryKind, ItemAccess, MountableFolder, Operation, OperationId, OperationItem,
    OperationItems, OperationKind, PagePart, Pixels, Preview, PreviewBody, Problem, ProblemKind,
    RelocationConflict, RemotePath, Rev, Thumbnail, ThumbnailSize, VersionMaker,
};
use jiff::SignedDuration;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

const NOTES: &str = include_str!("contents/Field notes.md");
const SOURCE: &str = include_str!("contents/ascent.rs.txt");
const README: &str = include_str!("contents/Read me first.txt");

/// The picture of a file; versions that were overwritten look different.
pub fn picture(entry: &Entry, width: usize) -> Pixels {
    let hash = entry.file().and_then(|file| file.content_hash.clone()).unwrap_or_default();
    picture_of(entry.name(), &hash, width)
}

/// Documents keep the symbols of their kinds.
pub fn thumbnail(thumbnail: &Thumbnail) -> Option<Pixels> {
    let edge = match thumbnail.key.size {
        ThumbnailSize::W64 => 64,
        ThumbnailSize::W128 => 128,
        ThumbnailSize::W256 => 256,
        ThumbnailSize::W640 => 480,
    };
    let name = thumbnail.path.name();
    can_have_thumbnail(name, 1).then(|| picture_of(name, &thumbnail.key.content_hash, edge))
}

pub fn picture_of(name: &str, hash: &str, width: usize) -> Pixels {
    let seed = if hash.contains("version") { hash } else { name };
    match name {
        "Badge.png" => badge(width),
        _ if name.contains("panorama") => landscape(seed, width, width * 2 / 5),
        _ if name.contains("Portrait") => landscape(seed, width * 3 / 4, width),
        _ => landscape(seed, width, width * 2 / 3),
    }
}

pub fn preview(entry: &Entry, max_side: u32) -> Preview {
    let rev = entry.file().map_or_else(|| Rev("0".into()), |file| file.rev.clone());
    Preview { path: entry.path.clone(), rev, body: body(entry, max_side) }
}

fn body(entry: &Entry, max_side: u32) -> PreviewBody {
    let none = |reason: &str| PreviewBody::None { reason: reason.to_owned() };
    match extension(entry.name()) {
        "jpg" | "png" | "webp" => {
            let pixels = picture(entry, (max_side as usize).min(1500));
            let scale = 4032 / pixels.width.max(1);
            PreviewBody::Picture {
                width: (pixels.width * scale) as u32,
                height: (pixels.height * scale) as u32,
                frames: vec![Frame { pixels: Arc::new(pixels), delay: Duration::ZERO }],
                facts: PictureFacts {
                    taken: Some(now() - SignedDuration::from_hours(30)),
                    ..if entry.name() == "Kayaks.jpg" { camera_facts() } else { PictureFacts::default() }
                },
            }
        }
        "gif" => {
            let frame = |seed: &str| Frame {
                pixels: Arc::new(landscape(seed, 320, 200)),
                delay: Duration::from_millis(200),
            };
            PreviewBody::Picture {
                frames: vec![frame("one"), frame("two")],
                width: 320,
                height: 200,
                facts: PictureFacts::default(),
            }
        }
        "md" => PreviewBody::Markdown(NOTES.into()),
        "rs" => PreviewBody::Text(text(SOURCE, rust_spans(SOURCE), None)),
        "txt" => PreviewBody::Text(text(README, Vec::new(), None)),
        "csv" => PreviewBody::Table(budget()),
        "pdf" => PreviewBody::Pages(pdf_contents::pdf()),
        "zip" => PreviewBody::Table(archive()),
        "docx" => PreviewBody::Words { document: LETTER.into(), is_cut: false },
        "mp3" => PreviewBody::Recording(interview()),
        _ => none("No preview for this kind of file."),
    }
}

pub fn text(source: &str, spans: Vec<(Range<usize>, TextClass)>, truncated: Option<u64>) -> TextPreview {
    let starts = source.match_indices('\n').map(|(at, _)| at + 1);
    TextPreview {
        text: source.into(),
        spans,
        line_starts: std::iter::once(0).chain(starts).collect(),
        folds: Vec::new(),
        encoding: "UTF-8",
        truncated_from_bytes: truncated,
        shown: 0..source.len() as u64,
    }
}

/// Good enough to look at: keywords, strings, numbers, types, calls and comments.
pub fn rust_spans(source: &str) -> Vec<(Range<usize>, TextClass)> {
    const KEYWORDS: [&str; 14] = [
        "fn", "let", "pub", "struct", "impl", "use", "for", "in", "if", "else", "match", "return", "mut",
        "const",
    ];
    let bytes = source.as_bytes();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let until = |from: usize, stop: &dyn Fn(u8) -> bool| {
            (from..bytes.len()).find(|&index| stop(bytes[index])).unwrap_or(bytes.len())
        };
        if source[at..].starts_with("//") {
            at = until(at, &|byte| byte == b'\n');
            spans.push((start..at, TextClass::Comment));
        } else if bytes[at] == b'"' {
            at = (until(at + 1, &|byte| byte == b'"') + 1).min(bytes.len());
            spans.push((start..at, TextClass::String));
        } else if bytes[at].is_ascii_digit() {
            at = until(at, &|byte| !byte.is_ascii_digit() && byte != b'_' && byte != b'.');
            spans.push((start..at, TextClass::Number));
        } else if bytes[at].is_ascii_alphabetic() {
            at = until(at, &|byte| !byte.is_ascii_alphanumeric() && byte != b'_');
            let word = &source[start..at];
            if KEYWORDS.contains(&word) {
                spans.push((start..at, TextClass::Keyword));
            } else if word.starts_with(char::is_uppercase) {
                spans.push((start..at, TextClass::Type));
            } else if bytes.get(at) == Some(&b'(') {
                spans.push((start..at, TextClass::Function));
            }
        } else {
            at += source[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    spans
}

/// Every version of a file, the newest first.
pub fn revisions(path: &RemotePath, count: usize) -> Vec<Entry> {
    const HOURS: [i64; 5] = [2, 17, 290, 302, 302];
    const SECONDS: [i64; 5] = [0, 0, 0, 32, 12];
    const SIZES: [u64; 5] = [4_800_000, 4_799_880, 5_100_000, 4_799_880, 3_200_000];
    (0..count)
        .map(|index| {
            let hours = HOURS.get(index).copied().unwrap_or(300 + 24 * index as i64);
            let mut entry = file(path.as_str(), SIZES[index % 5], hours * 60);
            if let (EntryKind::File(file), 1..) = (&mut entry.kind, index) {
                file.rev = Rev(format!("015f2a9c{index:x}").into());
                // The second is the fourth once more.
                let content = if index == 1 { 3 } else { index };
                file.content_hash = Some(format!("{path} version {content}").into());
                let seconds = SECONDS.get(index).copied().unwrap_or_default();
                file.server_modified += SignedDuration::from_secs(seconds);
            }
            entry
        })
        .collect()
}

/// Of some of the versions it is known who made them.
pub fn makers(revisions: &[Entry]) -> Arc<HashMap<Rev, VersionMaker>> {
    let names = [(1, Some("Ada Lovelace")), (4, None)];
    let maker = |(index, name): (usize, Option<&str>)| {
        let rev = revisions.get(index)?.file()?.rev.clone();
        let (account_id, name) = ("dbid:ada".to_owned(), name.map(str::to_owned));
        Some((rev, VersionMaker { account_id, name }))
    };
    Arc::new(names.into_iter().filter_map(maker).collect())
}

/// Each item finds its name taken: files by other files, of which one has the same content, and a folder by a folder
/// with two of the same files.
pub fn relocation_conflicts(items: &[(Entry, RemotePath)]) -> Vec<RelocationConflict> {
    let mut conflicts = Vec::new();
    let mut add = |entry: Entry, target: RemotePath, size_bytes, minutes| {
        let existing = match entry.file().map(|file| file.content_hash.clone()) {
            None => folder(target.as_str()),
            Some(hash) => {
                let mut existing = file(target.as_str(), size_bytes, minutes);
                if let (EntryKind::File(there), true) = (&mut existing.kind, entry.name() == "Budget.csv") {
                    there.content_hash = hash;
                }
                existing
            }
        };
        conflicts.push(RelocationConflict { entry, target, existing, decision: None });
    };
    for (entry, target) in items {
        let size_bytes = entry.file().map_or(0, |file| file.size_bytes);
        add(entry.clone(), target.clone(), size_bytes + 100_000, 60);
        if entry.is_folder() {
            for (name, minutes) in [("Day 1/Summit.jpg", 900), ("Route.gpx", 20)] {
                let inner = file(entry.path.join(name).as_str(), 4_100_000, 300);
                add(inner, target.join(name), 4_200_000, minutes);
            }
        }
    }
    conflicts
}

/// Twelve files of which three exist (`more` exist beside these), one name that is refused and one file that cannot be read.
pub fn plan(target: &RemotePath, more: usize) -> UploadPlan {
    let new = |name: &str, size_bytes, hours: i64| PlannedFile {
        local_path: format!("/home/ida/{name}").into(),
        remote_path: target.join(name),
        size_bytes,
        modified: Some(now() - SignedDuration::from_hours(hours)),
        conflict: None,
        decision: None,
    };
    let taken = |name: &str, size_bytes, hours: i64, existing: Entry| PlannedFile {
        conflict: Some(Box::new(Conflict { existing, identical: false })),
        ..new(name, size_bytes, hours)
    };
    let there = |name: &str, size, minutes| file(target.join(name).as_str(), size, minutes);
    let mut files: Vec<PlannedFile> =
        (1..=9).map(|day| new(&format!("Day {day}/Summit.jpg"), 4_000_000 + day, 30)).collect();
    files.push(taken("Fjord at dawn.jpg", 4_900_000, 1, there("Fjord at dawn.jpg", 4_800_000, 120)));
    let long = "Permit application for the crossing of the northern ice field (signed, second edition).pdf";
    files.push(taken(&format!("Papers/{long}"), 881_000, 900, there(long, 880_000, 14_400)));
    files.push(taken(
        "Überfahrt nach Ålesund.png",
        2_300_000,
        400,
        there("Überfahrt nach Ålesund.png", 2_200_000, 60),
    ));
    files.extend((3..more).map(|number| {
        let name = format!("Measurement {number:06}.csv");
        taken(&name, 900, 1, there(&name, 901, 300))
    }));
    let total_bytes = files.iter().map(|file| file.size_bytes).sum();
    UploadPlan {
        sources: vec!["/home/ida".into()],
        target: target.clone(),
        files: files.into_iter().collect(),
        path_root: None,
        empty_folders: Vec::new(),
        refused: vec![RefusedName {
            local_path: "/home/ida/Notes ".into(),
            reason: "Names can’t end with a space.".to_owned(),
            refusal: RefusalReason::Name,
        }],
        unreadable: vec![Problem {
            title: "“Diary.odt” could not be read".to_owned(),
            detail: "You have no permission to open it.".to_owned(),
            path: None,
            kind: ProblemKind::Forbidden,
            reply: None,
            source: None,
        }],
        total_bytes,
    }
}

/// Those that are not in the person’s Dropbox.
pub fn shared_folders() -> Vec<MountableFolder> {
    [
        ("Band", ItemAccess::Edit),
        ("Board papers", ItemAccess::NoAccess),
        ("Travel guides", ItemAccess::ViewOnly),
    ]
    .map(|(name, access)| MountableFolder {
        id: name.into(),
        name: name.to_owned(),
        access,
        path: None,
        owners: vec!["Grace Hopper".to_owned()],
    })
    .to_vec()
}

/// What is in the history of an edit of items, as far as tests look at it.
pub fn operation_of(edit: &Edit) -> Option<Operation> {
    let (kind, item, before, items) = match edit {
        Edit::CreateFolder { path } => (OperationKind::CreateFolder, path.clone(), None, 1),
        Edit::Delete(entries) => (OperationKind::Delete, entries.first()?.path.clone(), None, entries.len()),
        Edit::DeleteCopies(groups) => {
            let deleted: Vec<&Entry> = groups.iter().flat_map(|group| &group.deleted).collect();
            (OperationKind::Delete, deleted.first()?.path.clone(), None, deleted.len())
        }
        Edit::Move(moves) => {
            let (entry, to) = moves.first()?;
            let is_rename = moves.len() == 1 && entry.path.parent() == to.parent();
            let kind = if is_rename { OperationKind::Rename } else { OperationKind::Move };
            (kind, to.clone(), Some(entry.path.clone()), moves.len())
        }
        _ => return None,
    };
    Some(operation(1, kind, item, before, items as u64))
}

/// An operation of today.
pub fn operation(
    id: i64,
    kind: OperationKind,
    item: RemotePath,
    before: Option<RemotePath>,
    items: u64,
) -> Operation {
    Operation {
        id: OperationId(id),
        changed: id,
        at: now(),
        kind,
        item,
        is_folder: false,
        before,
        items,
        files: 0,
        bytes: 0,
        failed: 0,
        undone: None,
        can_reverse: true,
        problem: None,
    }
}

/// The items of any operation.
pub fn operation_items() -> Arc<OperationItems> {
    let items = [
        ("Dunes, first try.jpg", 7_200_000),
        ("Autumn, too dark.jpg", 6_800_000),
        ("Regatta 03.jpg", 9_100_000),
        ("Balloons (2).jpg", 8_400_000),
        ("Poppy scan.png", 477_000),
        ("Captions.txt", 2_048),
        ("Raw files.zip", 31_000_000),
    ];
    let items = items.map(|(name, bytes)| OperationItem {
        path: format!("/Photos/2026/Drafts/{name}"),
        is_folder: false,
        bytes: Some(bytes),
    });
    Arc::new(OperationItems { items: items.to_vec(), more: 5 })
}

pub fn part_of(entry: &Entry, part: PagePart) -> Option<Pixels> {
    match body(entry, 1500) {
        PreviewBody::Picture { frames, width, height, .. } => {
            let size = PageSize { width: width as f32, height: height as f32 };
            enlarged_part(&frames[0].pixels, size, part)
        }
        _ => pdf_contents::page_part(part),
    }
}

/// A part of a picture that has these pixels in small.
fn enlarged_part(small: &Pixels, size: PageSize, part: PagePart) -> Option<Pixels> {
    let place = part.place(size)?;
    let scale = small.width as f32 / part.page_width as f32;
    let at = |from: u32, index: u32| ((from + index) as f32 * scale) as usize;
    let pixel = |index: u32| {
        let (x, y) = (at(place.x, index % place.width), at(place.y, index / place.width));
        small.rgba[y.min(small.height - 1) * small.width + x.min(small.width - 1)]
    };
    let rgba = (0..place.width * place.height).map(pixel).collect();
    Some(Pixels { width: place.width as usize, height: place.height as usize, rgba })
}

/// A table of 9,000 days, the beginning of a longer one.
fn budget() -> TablePreview {
    let mut cells = TableCells::default();
    cells.has_header = true;
    let mut lines = String::new();
    let places =
        ["Hut at the foot of the ice field, first night", "Ferry", "Kayaks, two, with paddles", "Provisions"];
    let rows = (0..9000).map(|day| {
        let place = places[day % places.len()];
        [format!("2026-{day:05}"), place.to_owned(), format!("{}.50", day * 37 % 1000), "open".to_owned()]
    });
    let header = ["Day", "What for", "Cost", "State"].map(str::to_owned);
    for row in std::iter::once(header).chain(rows) {
        for cell in &row {
            cells.push_cell(cell).expect("it is small");
        }
        cells.end_row();
        lines = lines + &row.join(";") + "\n";
    }
    let column = |most_chars, is_number| TableColumn { most_chars, is_number, holds_paths: false };
    cells.columns = vec![column(10, false), column(45, false), column(6, true), column(5, false)];
    TablePreview {
        sheets: Arc::new([TableSheet { cells, ..TableSheet::default() }]),
        loaded_bytes: lines.len() as u64,
        text: Some(text(&lines, Vec::new(), Some(200_000_000))),
        truncated_from_bytes: Some(200_000_000),
    }
}

/// What pictures and previews take.
pub fn cache(bytes: u64) -> CacheUse {
    CacheUse { bytes, most_bytes: 956_000_000 }
}
