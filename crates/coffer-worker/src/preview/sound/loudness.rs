//! How loud a recording is in each part of it: the picture by which a person finds a place in it.

use super::decoder::Decoder;

/// As many as are drawn at most.
const PARTS: usize = 240;

/// The parts of equal length, 255 for the loudest. `None` when the length is unknown.
pub(super) fn measure(decoder: &mut Decoder) -> Option<Vec<u8>> {
    let channels = usize::from(decoder.format.channels);
    let frames = decoder.length?.as_secs_f64() * f64::from(decoder.format.rate);
    let mut parts = [LoudnessPart::default(); PARTS];
    let mut frame = 0.0;
    while let Some(piece) = decoder.next_piece() {
        for samples in piece.chunks_exact(channels) {
            let part = ((frame / frames * PARTS as f64) as usize).min(PARTS - 1);
            parts[part].add(samples);
            frame += 1.0;
        }
    }
    let loudest = parts.iter().map(LoudnessPart::loudness).fold(0.0, f64::max);
    let share = |part: &LoudnessPart| if loudest > 0.0 { part.loudness() / loudest } else { 0.0 };
    Some(parts.iter().map(|part| (share(part) * 255.0).round() as u8).collect())
}

#[derive(Clone, Copy, Default)]
struct LoudnessPart {
    squares: f64,
    samples: f64,
}

impl LoudnessPart {
    fn add(&mut self, samples: &[f32]) {
        for sample in samples {
            self.squares += f64::from(*sample) * f64::from(*sample);
        }
        self.samples += samples.len() as f64;
    }

    /// The root of the mean square.
    fn loudness(&self) -> f64 {
        if self.samples > 0.0 { (self.squares / self.samples).sqrt() } else { 0.0 }
    }
}
