//! The fonts: Inter in three weights and with digits of one width, the symbols, and what stands in where they lack a
//! letter.

use coffer_stdx::fonts;
use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

pub(super) fn fonts() -> FontDefinitions {
    let mut definitions = FontDefinitions::default();
    let files: [(&str, &'static [u8]); 4] = [
        ("Inter", fonts::INTER_REGULAR),
        ("Inter Medium", fonts::INTER_MEDIUM),
        ("Inter SemiBold", fonts::INTER_SEMIBOLD),
        ("Inter Tabular", fonts::INTER_TABULAR),
    ];
    for (name, bytes) in files {
        definitions.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let mut symbols = egui_material_icons::font_insert();
    // They stand alone, in the middle of their place, not in a line of text.
    symbols.data.tweak.y_offset_factor = 0.0;
    let symbols_name = symbols.name.clone();
    definitions.font_data.insert(symbols.name, Arc::new(symbols.data));

    // What Inter lacks comes from egui's fonts, and after them from the system's.
    let fallbacks = definitions.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |names: &[&str]| {
        names.iter().map(|name| (*name).to_owned()).chain(fallbacks.iter().cloned()).collect::<Vec<_>>()
    };
    let families = [
        (FontFamily::Proportional, family(&["Inter"])),
        (FontFamily::Name("medium".into()), family(&["Inter Medium"])),
        (FontFamily::Name("semibold".into()), family(&["Inter SemiBold"])),
        (FontFamily::Name("tabular".into()), family(&["Inter Tabular", "Inter"])),
    ];
    definitions.families.extend(families);
    if let Some(mono) = definitions.families.get_mut(&FontFamily::Monospace) {
        mono.insert(1, "Inter".to_owned());
    }
    definitions
        .families
        .insert(FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()), vec![symbols_name]);
    definitions
}
