//! The colours of light and dark, now and in the past.

use super::accent::{self, for_accents};
use super::{Palette, SourceColors, rgb};
use coffer_model::settings::Accent;

const LIGHT: Palette = Palette {
    dark: false,
    surface_0: rgb(0x00F6_F5F2),
    surface_1: rgb(0x00FF_FFFF),
    surface_2: rgb(0x00EF_EDE8),
    surface_raised: rgb(0x00FF_FFFF),
    line: rgb(0x00E4_E1DA),
    text: rgb(0x001E_2321),
    dimmed: rgb(0x005F_6662),
    accent_name: Accent::Teal,
    accent: accent::TEAL.light,
    on_accent: rgb(0x00FF_FFFF),
    incoming: rgb(0x0030_689F),
    past: rgb(0x004B_6291),
    past_tint: rgb(0x00E3_E8F1),
    warning: rgb(0x00A8_5119),
    danger: rgb(0x00B3_372E),
    added: rgb(0x0026_7344),
    inverse: rgb(0x0026_2B29),
    on_inverse: rgb(0x00F1_F3F1),
    accent_on_inverse: accent::TEAL.dark,
    danger_on_inverse: rgb(0x00EC_7A70),
    folder: rgb(0x00C9_A25A),
    document: rgb(0x006F_8FB8),
    code: rgb(0x00A8_79C9),
    table: rgb(0x004F_9D69),
    pdf: rgb(0x00C7_584E),
    archive: rgb(0x00A9_8C5B),
    video: rgb(0x00B0_679A),
    audio: rgb(0x0055_A6A8),
    plain_text: rgb(0x0093_9C9A),
    markdown: rgb(0x009B_B3D6),
    checker: [rgb(0x00F2_F1EE), rgb(0x00DE_DCD6)],
    source: SourceColors {
        comment: rgb(0x005F_6864),
        keyword: rgb(0x008A_3FA0),
        string: rgb(0x0026_7344),
        number: rgb(0x00A0_4A12),
        function: rgb(0x0023_5FA3),
        type_name: rgb(0x000F_6C7E),
        tag: rgb(0x00B3_372E),
        punctuation: rgb(0x0059_605D),
    },
};

const DARK: Palette = Palette {
    dark: true,
    surface_0: rgb(0x0018_1B1A),
    surface_1: rgb(0x001F_2322),
    surface_2: rgb(0x0027_2C2A),
    surface_raised: rgb(0x0029_2E2C),
    line: rgb(0x0031_3735),
    text: rgb(0x00E9_ECEA),
    dimmed: rgb(0x00A4_ADA9),
    accent_name: Accent::Teal,
    accent: accent::TEAL.dark,
    on_accent: accent::TEAL.on_dark,
    incoming: rgb(0x0082_B4EA),
    past: rgb(0x00A9_BEE6),
    past_tint: rgb(0x002A_3342),
    warning: rgb(0x00E5_A06B),
    danger: rgb(0x00EC_7A70),
    added: rgb(0x008C_C79A),
    inverse: rgb(0x00EC_EEEC),
    on_inverse: rgb(0x001E_2321),
    accent_on_inverse: accent::TEAL.deep,
    danger_on_inverse: rgb(0x00B3_372E),
    folder: rgb(0x00C9_A25A),
    document: rgb(0x006F_8FB8),
    code: rgb(0x00A8_79C9),
    table: rgb(0x004F_9D69),
    pdf: rgb(0x00C7_584E),
    archive: rgb(0x00A9_8C5B),
    video: rgb(0x00B0_679A),
    audio: rgb(0x0055_A6A8),
    plain_text: rgb(0x0093_9C9A),
    markdown: rgb(0x009B_B3D6),
    checker: [rgb(0x0033_3937), rgb(0x0026_2B29)],
    source: SourceColors {
        comment: rgb(0x008F_9995),
        keyword: rgb(0x00C6_9BE0),
        string: rgb(0x008C_C79A),
        number: rgb(0x00E5_A06B),
        function: rgb(0x0085_B7EC),
        type_name: rgb(0x006C_CBD6),
        tag: rgb(0x00EC_8A80),
        punctuation: rgb(0x00A9_B2AE),
    },
};

/// While a folder is shown as it was, a cool slate takes the place of the surfaces.
const LIGHT_PAST: Palette = Palette {
    surface_0: rgb(0x00E9_EDF4),
    surface_1: rgb(0x00F7_F9FC),
    surface_2: rgb(0x00D9_E0EC),
    line: rgb(0x00D3_DAE6),
    dimmed: rgb(0x004F_5762),
    source: SourceColors {
        comment: rgb(0x0056_5F5B),
        string: rgb(0x0020_6A3C),
        number: rgb(0x0096_430E),
        type_name: rgb(0x000D_6474),
        tag: rgb(0x00AB_332B),
        punctuation: rgb(0x0053_5A57),
        ..LIGHT.source
    },
    ..LIGHT
};

const DARK_PAST: Palette = Palette {
    surface_0: rgb(0x0016_1A22),
    surface_1: rgb(0x001C_212A),
    surface_2: rgb(0x0033_3D4E),
    surface_raised: rgb(0x002A_3140),
    line: rgb(0x0030_3947),
    dimmed: rgb(0x00AE_B8C8),
    source: SourceColors { comment: rgb(0x00A6_B0BA), tag: rgb(0x00F2_9A91), ..DARK.source },
    ..DARK
};

/// Each with every accent, in the order of [`Accent::ALL`].
pub(super) static ALL_LIGHT: [Palette; Accent::ALL.len()] = for_accents(&LIGHT);
pub(super) static ALL_DARK: [Palette; Accent::ALL.len()] = for_accents(&DARK);
pub(super) static ALL_LIGHT_PAST: [Palette; Accent::ALL.len()] = for_accents(&LIGHT_PAST);
pub(super) static ALL_DARK_PAST: [Palette; Accent::ALL.len()] = for_accents(&DARK_PAST);
