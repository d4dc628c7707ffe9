//! What is in the files of the made-up account that are neither pictures nor texts, and what a camera has noted.

use super::pictures::landscape;
use coffer_model::preview::{PictureFacts, RecordingPreview, TablePreview};
use coffer_model::table::{TableCells, TableColumn, TableSheet};
use std::sync::Arc;
use std::time::Duration;

pub fn camera_facts() -> PictureFacts {
    let text = |text: &str| Some(text.to_owned());
    PictureFacts {
        camera: text("Canon EOS R6"),
        lens: text("RF35mm F1.8 MACRO IS STM"),
        exposure: text("1/250 s"),
        aperture: text("f/2.8"),
        sensitivity: text("ISO 400"),
        focal_length: text("35 mm"),
        place: Some((57.1203, 8.6097)),
        ..PictureFacts::default()
    }
}

pub const LETTER: &str = "# Crossing to Hanstholm\n\nDear Ida,\n\nthe harbour master wrote back: two kayaks may stay \
    in the boat house until the ninth, and the key is with the baker.\n\n## What we still need\n\n- the permit, \
    signed\n- two paddles\n- a chart of the northern bank\n\n| Day | From | To |\n|---|---|---|\n| 1 | Pier | \
    Lighthouse |\n| 2 | Lighthouse | Hanstholm |\n\nUntil then,\\\nBo";

/// As of a conversation: sentences, with pauses between them.
pub fn loudness() -> Arc<[u8]> {
    let part = |part: u32| {
        let sentence = f64::from(part) * 0.21;
        let word = (f64::from(part) * 2.3).sin() * (f64::from(part) * 0.9).cos();
        ((sentence.sin().abs() * 0.7 + word.abs() * 0.3) * 255.0) as u8
    };
    (0..240).map(part).collect()
}

pub fn interview() -> RecordingPreview {
    RecordingPreview {
        title: Some("The keeper of the lighthouse".to_owned()),
        artist: Some("Ida Holm".to_owned()),
        album: Some("Voices of the coast".to_owned()),
        year: Some("2025".to_owned()),
        length: Some(Duration::from_secs(1_145)),
        bits_per_second: Some(160_000),
        sample_rate: Some(44_100),
        channels: Some(2),
        cover: Some(Arc::new(landscape("lighthouse", 400, 400))),
        ..RecordingPreview::default()
    }
}

/// What is in an archive of last year’s pictures.
pub fn archive() -> TablePreview {
    let mut cells = TableCells::default();
    cells.has_header = true;
    let rows = [
        ["Name", "Size", "Packed", "Modified"],
        ["Expedition 2025/", "", "", ""],
        ["Expedition 2025/Day 1/", "", "", ""],
        ["Expedition 2025/Day 1/At the pier.jpg", "4.1 MB", "4.1 MB", "2025-06-14 08:12"],
        ["Expedition 2025/Day 1/Loading the kayaks.jpg", "3.8 MB", "3.8 MB", "2025-06-14 09:40"],
        ["Expedition 2025/Day 2/", "", "", ""],
        ["Expedition 2025/Day 2/Crossing.mp4", "288 MB", "287 MB", "2025-06-15 11:05"],
        ["Expedition 2025/Route.pdf", "880 KB", "812 KB", "2025-06-02 19:30"],
        ["Invoices/", "", "", ""],
        ["Invoices/Ferry.pdf", "96 KB", "81 KB", "2025-05-30 10:00"],
        ["Notes.md", "12 KB", "4.2 KB", "2025-07-01 21:15"],
        ["Provisions.csv", "41 KB", "9.7 KB", "2025-05-12 18:22"],
        ["tide_table.py", "6.4 KB", "2.1 KB", "2025-05-10 22:47"],
    ];
    for row in rows {
        for cell in row {
            cells.push_cell(cell).expect("it is small");
        }
        cells.end_row();
    }
    let column = |most_chars, is_number, holds_paths| TableColumn { most_chars, is_number, holds_paths };
    cells.columns = vec![
        column(40, false, true),
        column(8, true, false),
        column(8, true, false),
        column(16, false, false),
    ];
    let note = Some("8 files, 298 MB unpacked".to_owned());
    TablePreview {
        sheets: Arc::new([TableSheet { name: String::new(), cells, note }]),
        loaded_bytes: 312_000_000,
        text: None,
        truncated_from_bytes: None,
    }
}
