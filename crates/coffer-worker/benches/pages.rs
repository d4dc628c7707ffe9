//! What it costs to draw each page of a PDF file as wide as it is shown, through the worker, beside `pdftoppm` of poppler at the same
//! size where that is installed. One process of it draws all pages, so that its start counts once.
//!
//! `cargo bench -p coffer-worker --bench pages -- FILE`; without a file, one of 300 pages is made up.

// A benchmark that cannot run has nothing to say.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use coffer_model::preview::{PAGE_PART_SIDE, PagePart, PageSize, PreviewBody};
use coffer_model::{Entry, Job, Update};
use coffer_testing::house::House;
use std::fmt::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io};

/// In pixels: the large preview in a window of 1280 points.
const PAGE_WIDTH: u32 = 1100;

fn main() {
    let file = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let bytes = file.map_or_else(|| made_up(300), |path| fs::read(path).unwrap());
    let mut house = House::new();
    let local_path = house.local("pages.pdf");
    fs::create_dir_all(local_path.parent().unwrap()).unwrap();
    fs::write(&local_path, &bytes).unwrap();
    let entry = house.put("/pages.pdf", bytes);

    let start = Instant::now();
    let pages = open(&mut house, &entry);
    let opened = start.elapsed();
    let mut times: Vec<Duration> =
        (0..pages.len()).map(|page| draw(&mut house, &entry, page, pages[page])).collect();
    let total: Duration = times.iter().sum();
    times.sort();
    let count = times.len();
    println!("a PDF file of {count} pages, each {PAGE_WIDTH} pixels wide:");
    println!("  until its first page is shown small: {:.1} ms", milliseconds(opened));
    println!(
        "  a page: {:.1} ms, half of them below {:.1} ms, the slowest {:.1} ms",
        milliseconds(total) / count as f64,
        milliseconds(times[count / 2]),
        milliseconds(times[count - 1])
    );
    let arguments = ["-scale-to-x", &PAGE_WIDTH.to_string(), "-scale-to-y", "-1"];
    let start = Instant::now();
    let other = Command::new("pdftoppm").args(arguments).arg(&local_path).stdout(Stdio::null()).status();
    match other {
        Ok(status) if status.success() => {
            let other = start.elapsed();
            println!(
                "  pdftoppm: {:.1} ms a page; ratio {:.2} (at most 0.5)",
                milliseconds(other) / count as f64,
                total.as_secs_f64() / other.as_secs_f64()
            );
        }
        Ok(status) => println!("  pdftoppm: {status}"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => println!("  pdftoppm is not installed"),
        Err(error) => println!("  pdftoppm: {error}"),
    }
}

fn open(house: &mut House, entry: &Entry) -> Vec<PageSize> {
    let ended = house.run(Job::Preview { entry: entry.clone(), max_side: 1024 });
    match ended.updates.as_slice() {
        [Update::Preview(preview)] => match &preview.body {
            PreviewBody::Pages(document) => document.pages.to_vec(),
            other => panic!("no pages: {other:?}"),
        },
        other => panic!("no preview: {other:?}"),
    }
}

fn draw(house: &mut House, entry: &Entry, page: usize, size: PageSize) -> Duration {
    let start = Instant::now();
    for row in 0..size.pixel_height(PAGE_WIDTH).div_ceil(PAGE_PART_SIDE) {
        let part = PagePart { page: page as u32, page_width: PAGE_WIDTH, column: 0, row };
        let ended = house.run(Job::PagePart { entry: entry.clone(), part });
        assert!(
            matches!(ended.updates.as_slice(), [Update::PagePart { pixels: Some(_), .. }]),
            "page {page}"
        );
    }
    start.elapsed()
}

/// Pages of text in a font that the file leaves out, with lines and areas.
fn made_up(count: usize) -> Vec<u8> {
    let mut text = "%PDF-1.7\n".to_owned();
    let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let kids = kids.join(" ");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Kids[{kids}]/Count {count}/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>>>"
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>".to_owned(),
    ];
    let words = "It was a dark and stormy night; the rain fell in torrents, except at occasional intervals";
    for page in 0..count {
        let mut content =
            format!("0.9 0.95 1 rg 60 {} 475 90 re f 0 g BT /F 10 Tf 13 TL 60 780 Td\n", 100 + page % 500);
        for line in 0..52 {
            writeln!(content, "({} {page} {line}.) '", &words[line % 20..]).unwrap();
        }
        content += "ET 0.5 w 60 60 475 720 re S";
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 5 + 2 * page));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let mut starts = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        starts.push(text.len());
        write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let start = text.len();
    write!(text, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for start in starts {
        writeln!(text, "{start:010} 00000 n ").unwrap();
    }
    write!(text, "trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).unwrap();
    text.into_bytes()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
