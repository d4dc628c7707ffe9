//! The colours that a person can choose for the accent. A test asks of each that text on it and in it is readable.

use super::{Palette, rgb};
use coffer_model::settings::Accent;
use egui::Color32;

/// One accent.
pub(super) struct AccentColors {
    /// In the light theme, where text on it is white.
    pub light: Color32,
    pub dark: Color32,
    /// Text on the accent of the dark theme.
    pub on_dark: Color32,
    /// On the toasts of the dark theme, which are light.
    pub deep: Color32,
}

const fn colors(light: u32, dark: u32, on_dark: u32, deep: u32) -> AccentColors {
    AccentColors { light: rgb(light), dark: rgb(dark), on_dark: rgb(on_dark), deep: rgb(deep) }
}

pub(super) const TEAL: AccentColors = colors(0x001B_7F70, 0x004F_C3AF, 0x000D_201C, 0x0014_6C5F);
const BLUE: AccentColors = colors(0x002C_6AA8, 0x007D_B4F0, 0x000D_1A29, 0x0024_5C94);
const PURPLE: AccentColors = colors(0x0075_52AE, 0x00B9_A1EE, 0x001A_1229, 0x0065_459B);
const PINK: AccentColors = colors(0x00A6_3F78, 0x00EE_9AC4, 0x002A_1020, 0x0093_3468);
const ORANGE: AccentColors = colors(0x00A8_4F14, 0x00EB_A366, 0x002A_1808, 0x0094_440F);
const OLIVE: AccentColors = colors(0x0057_6B1F, 0x00A3_B95F, 0x0019_1F09, 0x004D_6019);
const SLATE: AccentColors = colors(0x004C_5964, 0x00A3_B0BC, 0x0012_181D, 0x0045_525C);

const fn of(accent: Accent) -> AccentColors {
    match accent {
        Accent::Teal => TEAL,
        Accent::Blue => BLUE,
        Accent::Purple => PURPLE,
        Accent::Pink => PINK,
        Accent::Orange => ORANGE,
        Accent::Olive => OLIVE,
        Accent::Slate => SLATE,
    }
}

/// A palette with each accent, in the order of [`Accent::ALL`].
pub(super) const fn for_accents(base: &Palette) -> [Palette; Accent::ALL.len()] {
    let mut all = [*base; Accent::ALL.len()];
    let mut index = 0;
    while index < all.len() {
        let accent = Accent::ALL[index];
        let colors = of(accent);
        let palette = &mut all[index];
        palette.accent_name = accent;
        if base.dark {
            palette.accent = colors.dark;
            palette.on_accent = colors.on_dark;
            palette.accent_on_inverse = colors.deep;
        } else {
            palette.accent = colors.light;
            palette.accent_on_inverse = colors.dark;
        }
        if matches!(accent, Accent::Blue) {
            // What comes would have the colour of what goes.
            palette.incoming = if base.dark { PURPLE.dark } else { PURPLE.light };
        }
        index += 1;
    }
    all
}
