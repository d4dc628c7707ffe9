//! What the window costs, as ratios between two things done in the same run: `cargo bench --bench window`.
//!
//! Times are CPU times of this thread, read from the kernel, so other work on the machine changes them little.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A benchmark stops at the first surprise, and prints.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod grid;
mod made_up;
mod moving;
mod real;
mod uploading;

use coffer::ui::app::App;
use coffer_model::RemotePath;
use coffer_state::{Action, Location};
use egui_kittest::Harness;
use made_up::Window;
use real::Real;
use rustix::time::{ClockId, clock_gettime};
use std::time::Instant;

const FRAMES: usize = 200;
const ROUNDS: usize = 5;

/// All of it, or what is named: `cargo bench --bench window -- uploads`.
const SECTIONS: [(&str, fn()); 9] = [
    ("list", list_frames),
    ("grid", grid::pictures),
    ("ends", moving::ends),
    ("folders", moving::folders),
    ("news", uploading::news),
    ("uploads", uploading::real),
    ("idle", idle),
    ("known", known_folder),
    ("first-page", first_page),
];

fn main() {
    // Cargo adds this to what it is told.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    for (name, measure) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            measure();
        }
    }
}

/// A frame of a list of 100,000 against a frame of a list of 100, each frame showing other rows.
fn list_frames() {
    let mut small = Window::with_entries(100);
    let mut large = Window::with_entries(100_000);
    let mut ratios: Vec<f64> = (0..ROUNDS).map(|_| large.scroll() / small.scroll()).collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "a frame of a list of 100,000 against one of 100 (CPU, median of {ROUNDS}): {:.2} x (at most 1.3)",
        ratios[ROUNDS / 2]
    );
}

/// What an idle window asks for.
fn idle() {
    let mut window = Window::with_entries(100);
    window.harness.run();
    let output = window.harness.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap();
    let frames = if delay.as_secs() >= 10 { 0 } else { 10_000 / delay.as_millis().max(1) };
    println!("frames in 10 s of idleness: {frames} (at most 0)");
}

/// Going back to a folder that was seen before.
fn known_folder() {
    let mut window = Window::with_entries(1000);
    window.harness.run();
    window.go("/Elsewhere");
    window.harness.run();
    let rows_elsewhere = window.rows();
    window.go("");
    let mut frames = 0;
    while window.rows() == rows_elsewhere || window.rows() == 0 {
        window.harness.step();
        frames += 1;
        assert!(frames < 100, "the rows never came");
    }
    println!(
        "frames until the rows of a known folder are drawn, without an answer of the worker: {frames} (at most 1)"
    );
}

/// The real worker and server: when the first rows of a long folder are drawn, and when its last page is there.
fn first_page() {
    const ENTRIES: usize = 100_000;
    let mut real = Real::open("/Long", ENTRIES, [Action::Go(Location::Folder(RemotePath::new("/Long")))]);
    let opened = Instant::now();
    while real.state().browser.row_count() == 0 {
        real.draw(opened.elapsed().as_secs_f64(), Vec::new());
    }
    let first = opened.elapsed();
    while !real.is_listed() {
        real.draw(opened.elapsed().as_secs_f64(), Vec::new());
    }
    let complete = opened.elapsed();
    assert_eq!(real.state().browser.row_count(), ENTRIES);
    println!(
        "first rows of a folder of {ENTRIES} against the whole of it: {:.3} x (less than 1)",
        first.as_secs_f64() / complete.as_secs_f64()
    );
}

/// Rows that a screen reader would find.
fn rows(harness: &Harness<'static, App>) -> usize {
    use egui_kittest::kittest::NodeT as _;
    harness
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().label().unwrap_or_default().starts_with("Measurement "))
        .count()
}

/// CPU time of this thread so far, in seconds.
fn cpu_secs() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
