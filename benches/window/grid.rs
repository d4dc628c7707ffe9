//! A grid of pictures whose thumbnails are all on this computer.

use super::made_up::{Window, scrolling};

const PICTURES: usize = 10_000;

/// Frames of a scroll through many lines, each with other pictures than the last.
const SCROLL: usize = 400;

/// In points, for each frame: as fast as a wheel turns.
const STEP: f32 = 300.0;

/// The CPU time of each frame of a scroll at full speed.
fn scrolling_frames(window: &mut Window) -> Vec<f64> {
    (0..SCROLL)
        .map(|frame| {
            let down = frame % 200 < 100;
            window.frame(|window| {
                window.harness.input_mut().events.extend(scrolling(if down { -STEP } else { STEP }));
                window.answer_thumbnails();
            })
        })
        .collect()
}

pub fn pictures() {
    let mut window = Window::with_pictures(PICTURES);
    // The first pass makes room for what the next ones use again.
    scrolling_frames(&mut window);
    let mut frames = scrolling_frames(&mut window);
    frames.sort_by(f64::total_cmp);
    let (median, worst) = (frames[SCROLL / 2], frames[SCROLL - 1]);
    let high = frames[SCROLL * 99 / 100];
    println!(
        "a scroll through a grid of {PICTURES} pictures: the slowest frame against the median (CPU): {:.2} x (at most 2); \
         99 of 100: {:.2} x",
        worst / median,
        high / median
    );
    println!("  textures then: {:.1} MiB (at most 97)", window.texture_bytes() as f64 / 1_048_576.0);
}
