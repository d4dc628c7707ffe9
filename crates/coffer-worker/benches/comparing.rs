//! What it costs to compare two texts of 50,000 lines with 1,000 changes: from the request until the window has what it
//! draws, beside reading and decoding both, and beside the diff library alone.
//!
//! `cargo bench -p coffer-worker --bench comparing`; `COFFER_COMPARED_LINES` (50,000) changes how many.

// A benchmark that cannot run has nothing to say.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use coffer_model::comparison::{ComparedFile, ComparedFiles, Comparison, Difference};
use coffer_model::{Job, Update};
use coffer_testing::house::House;
use similar::{Algorithm, capture_diff_slices};
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CHANGES: usize = 1_000;
const ROUNDS: usize = 9;

fn main() {
    let count: usize =
        std::env::var("COFFER_COMPARED_LINES").map_or(50_000, |text| text.replace('_', "").parse().unwrap());
    let mut house = House::new();
    let texts = [text(count, false), text(count, true)];
    let local_paths = ["before.txt", "after.txt"].map(|name| house.local(name));
    for (local_path, text) in local_paths.iter().zip(&texts) {
        fs::create_dir_all(local_path.parent().unwrap()).unwrap();
        fs::write(local_path, text).unwrap();
    }
    let files = ComparedFiles::Pair(Box::new(local_paths.clone().map(ComparedFile::Local)));

    let compared = median(|| {
        let found = compare(&mut house, files.clone());
        let Difference::Lines(lines) = &found.difference else { panic!("they are texts") };
        assert_eq!(lines.differences.len(), CHANGES.min(count / 50));
    });
    let read = median(|| drop(black_box(local_paths.each_ref().map(read_lines))));
    let library = median(|| {
        let lines = texts.each_ref().map(|text| text.lines().collect::<Vec<_>>());
        black_box(capture_diff_slices(Algorithm::Patience, &lines[0], &lines[1]));
    });
    println!("two texts of {count} lines with {CHANGES} changes:");
    println!("  until they can be drawn: {:.1} ms (at most 100)", milliseconds(compared));
    println!(
        "  reading and decoding them alone: {:.1} ms, {:.1} x",
        milliseconds(read),
        ratio(compared, read)
    );
    println!(
        "  the lines by the diff library alone: {:.1} ms, {:.1} x",
        milliseconds(library),
        ratio(compared, library)
    );
}

/// Lines as those of a program; every so many one was changed, removed or added.
fn text(count: usize, is_changed: bool) -> String {
    let mut random = fastrand::Rng::with_seed(7);
    let step = (count / CHANGES).max(50);
    let mut text = String::new();
    for number in 0..count {
        let depth = random.usize(0..5) * 4;
        let (name, value) = (random.u32(0..900), random.u32(..));
        let line = match random.u8(0..6) {
            0 => String::new(),
            1 => format!("{:depth$}}}", ""),
            2 => format!("{:depth$}if height_{name} > {value} {{", ""),
            _ => format!("{:depth$}let reading_{name} = station.measure({value}, \"hour {number}\");", ""),
        };
        let is_here = is_changed && number % step == step / 2;
        match number / step % 3 {
            0 if is_here => text = text + &line.replace("hour", "minute") + " // checked\n",
            1 if is_here => {}
            2 if is_here => text = text + &line + "\n" + &format!("{:depth$}record(reading_{name});\n", ""),
            _ => text = text + &line + "\n",
        }
    }
    text
}

fn compare(house: &mut House, files: ComparedFiles) -> Arc<Comparison> {
    let id = house.start(Job::Compare { files, ignores_space: false });
    house.wait_for(id, |update| match update {
        Update::Comparison(comparison) => Some(Arc::clone(comparison)),
        _ => None,
    })
}

fn read_lines(local_path: &PathBuf) -> (String, usize) {
    let text = String::from_utf8(fs::read(local_path).unwrap()).unwrap();
    let count = text.lines().count();
    (text, count)
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            run();
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn ratio(time: Duration, other: Duration) -> f64 {
    time.as_secs_f64() / other.as_secs_f64()
}
