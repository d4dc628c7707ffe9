//! Going far in one step: to the end of a long folder, and through many folders at once.

use super::made_up::Window;
use egui::Key;

const ROWS: usize = 100_000;
const FOLDERS: usize = 50;

/// Frames that End and Home take in a long list, and what such a frame costs beside one of a page.
pub fn ends() {
    let mut window = Window::with_entries(ROWS);
    let mut press = |key, row: usize| {
        let cpu = window.frame(|window| window.harness.key_press(key));
        let mut frames = 1;
        while !window.shows(row) {
            window.harness.step();
            frames += 1;
            assert!(frames < 100, "the row never came");
        }
        (frames, cpu)
    };
    let mut pages = Vec::new();
    let mut jumps = Vec::new();
    let mut slowest = 0;
    for _ in 0..10 {
        let (frames, cpu) = press(Key::End, ROWS - 1);
        jumps.push(cpu);
        slowest = slowest.max(frames);
        // The first page up leads to the first row that is seen, the second to rows that were not.
        press(Key::PageUp, ROWS - 15);
        let (_, cpu) = press(Key::PageUp, ROWS - 30);
        pages.push(cpu);
        let (frames, cpu) = press(Key::Home, 0);
        jumps.push(cpu);
        slowest = slowest.max(frames);
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    println!("frames until End or Home shows the last or first of {ROWS} rows: {slowest} (at most 1)");
    println!(
        "  such a frame against one of a page (CPU): {:.2} x (at most 1.5)",
        median(&mut jumps) / median(&mut pages)
    );
}

/// Many folders are opened before any of them is answered.
pub fn folders() {
    let mut window = Window::with_entries(100);
    let visit = |window: &mut Window| {
        for number in 0..FOLDERS {
            window.go(&format!("/Folder {number}"));
            window.harness.step();
        }
        let unanswered = window.running_lists();
        // The last is answered, and late answers of the others come after it.
        let stale = window.answer_all_lists(100);
        window.harness.run();
        (unanswered, stale)
    };
    visit(&mut window);
    let before = resident_bytes();
    let mut running = 0;
    for _ in 0..20 {
        let (unanswered, stale) = visit(&mut window);
        running = running.max(unanswered);
        let shown = window.harness.state().state().navigation.current().folder().map(ToString::to_string);
        assert_eq!(shown.as_deref(), Some("/Folder 49"), "the last one is shown");
        let rows = window.harness.state().state().browser.listing.value().unwrap();
        assert!(rows.entries.iter().all(|entry| entry.path.as_str().starts_with("/Folder 49/")), "its rows");
        assert_eq!(stale, 0, "no answer is waited for that nobody wants");
    }
    println!("{FOLDERS} folders opened in as many frames: lists that still run: {running} (at most 1)");
    println!(
        "  memory after 1,000 more: {:+.1} MiB",
        (resident_bytes() as f64 - before as f64) / 1_048_576.0
    );
}

fn resident_bytes() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
