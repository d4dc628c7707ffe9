//! The colours of a map: by kind or by age, with the words of their legends.

use crate::ui::theme::{Palette, blend};
use crate::ui::widgets::chart_color;
use coffer_model::SpaceBlock;
use coffer_state::space::SpaceColors;
use coffer_texts::tr;
use egui::Color32;
use jiff::Timestamp;

/// How old files are, in steps that a person can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    Month,
    Year,
    ThreeYears,
    Older,
}

impl Age {
    pub(super) const ALL: [Self; 4] = [Self::Month, Self::Year, Self::ThreeYears, Self::Older];

    pub(super) fn of(then: Timestamp, now: Timestamp) -> Self {
        const DAY: i64 = 86_400;
        match (now.as_second() - then.as_second()) / DAY {
            ..=30 => Self::Month,
            31..=365 => Self::Year,
            366..=1095 => Self::ThreeYears,
            _ => Self::Older,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Month => tr!("age-month"),
            Self::Year => tr!("age-year"),
            Self::ThreeYears => tr!("age-three-years"),
            Self::Older => tr!("age-older"),
        }
    }

    pub(super) fn color(self, palette: &Palette) -> Color32 {
        match self {
            Self::Month => palette.accent,
            Self::Year => palette.document,
            Self::ThreeYears => palette.archive,
            Self::Older => palette.pdf,
        }
    }
}

/// The colour that stands for a block, as it is in the legend. `None` for what has no kind or age of its own.
pub(super) fn block_color(
    block: &SpaceBlock,
    colors: SpaceColors,
    now: Timestamp,
    palette: &Palette,
) -> Option<Color32> {
    let entry = block.entry()?;
    match colors {
        SpaceColors::Kind => entry.file().map(|_| chart_color(entry.file_kind(), palette)),
        SpaceColors::Age => block.newest.map(|newest| Age::of(newest, now).color(palette)),
    }
}

/// Quieter than in the legend, so that words on it can be read.
pub(super) fn tile_fill(color: Option<Color32>, palette: &Palette) -> Color32 {
    let strength = if palette.dark { 0.62 } else { 0.42 };
    let shown = color.map_or_else(
        || palette.text.gamma_multiply(if palette.dark { 0.14 } else { 0.11 }),
        |color| color.gamma_multiply(strength),
    );
    blend(palette.surface_1, shown)
}

#[cfg(test)]
mod tests {
    use super::Age;
    use jiff::{SignedDuration, Timestamp};

    #[test]
    fn ages_are_told_in_steps() {
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let check = |days: i64, expected| {
            assert_eq!(Age::of(now - SignedDuration::from_hours(24 * days), now), expected, "{days}");
        };
        // A clock of another computer may be ahead.
        check(-3, Age::Month);
        check(30, Age::Month);
        check(31, Age::Year);
        check(365, Age::Year);
        check(366, Age::ThreeYears);
        check(1096, Age::Older);
    }
}
