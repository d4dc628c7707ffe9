//! The theme: what colours mean, text sizes, spacing, corners. Nothing else in the window names a colour: those of light and
//! dark are in `palettes`, those to choose from for the accent in `accent`. The files of the fonts are in `fonts`; how egui's
//! own widgets get it all is in `style`.

mod accent;
mod fonts;
mod missing_glyphs;
mod palettes;
mod style;

use crate::ui::bidi::BidiText;
use coffer_model::settings::{Accent, RowHeight};
use egui::epaint::Shadow;
use egui::{Color32, Context, FontFamily, FontId, Frame, Stroke, Theme, Ui, Visuals};

/// Corners of rows, buttons and fields; of cards, menus and dialogs; of thumbnails.
pub const CORNER: u8 = 8;
pub const CORNER_LARGE: u8 = 12;
pub const CORNER_SMALL: u8 = 4;

/// Of a row of the list.
pub fn row_height(height: RowHeight) -> f32 {
    match height {
        RowHeight::Compact => 28.0,
        RowHeight::Standard => 36.0,
        RowHeight::Roomy => 44.0,
    }
}

/// Heights in points.
pub const CONTROL_HEIGHT: f32 = 34.0;
pub const HEADER_HEIGHT: f32 = 52.0;

/// Text sizes in points: secondary, normal, title.
pub const SMALL_TEXT: f32 = 12.0;
pub const BODY_TEXT: f32 = 13.5;
pub const TITLE_TEXT: f32 = 20.0;

/// How long hover, panels and fading pictures take.
pub const QUICK_SECS: f32 = 0.12;

/// The colours of one theme, by meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    pub dark: bool,

    /// Side bar and what lies behind everything.
    pub surface_0: Color32,
    /// Content and dialogs.
    pub surface_1: Color32,
    /// Fields and quiet buttons.
    pub surface_2: Color32,
    /// Cards that float: menus, tooltips, the transfer panel.
    pub surface_raised: Color32,
    pub line: Color32,

    pub text: Color32,
    pub dimmed: Color32,

    /// Which of the accents the next two are.
    pub accent_name: Accent,
    /// Selection, focus, progress and the primary button; nothing else.
    pub accent: Color32,
    pub on_accent: Color32,

    /// Bytes that come, beside the accent of those that go.
    pub incoming: Color32,

    /// Words and symbols that tell of the past, and what they stand on.
    pub past: Color32,
    pub past_tint: Color32,

    pub warning: Color32,
    pub danger: Color32,

    /// Lines that a text has and the one beside it has not.
    pub added: Color32,

    /// Toasts: the opposite of the theme, so that they stand out.
    pub inverse: Color32,
    pub on_inverse: Color32,
    pub accent_on_inverse: Color32,
    pub danger_on_inverse: Color32,

    pub folder: Color32,
    pub document: Color32,
    /// Of recordings, texts and Markdown where no symbol tells them from others.
    pub audio: Color32,
    pub plain_text: Color32,
    pub markdown: Color32,
    pub code: Color32,
    pub table: Color32,
    pub pdf: Color32,
    pub archive: Color32,
    pub video: Color32,

    /// The squares under pictures with transparent parts.
    pub checker: [Color32; 2],

    pub source: SourceColors,
}

/// The colours of source code in previews.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SourceColors {
    pub comment: Color32,
    pub keyword: Color32,
    pub string: Color32,
    pub number: Color32,
    pub function: Color32,
    pub type_name: Color32,
    pub tag: Color32,
    pub punctuation: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Palette {
    pub fn for_theme(theme: Theme, accent: Accent) -> &'static Self {
        match theme {
            Theme::Light => &palettes::ALL_LIGHT[accent as usize],
            Theme::Dark => &palettes::ALL_DARK[accent as usize],
        }
    }

    pub fn for_past(theme: Theme, accent: Accent) -> &'static Self {
        match theme {
            Theme::Light => &palettes::ALL_LIGHT_PAST[accent as usize],
            Theme::Dark => &palettes::ALL_DARK_PAST[accent as usize],
        }
    }

    /// The one of the window, whatever it shows.
    pub fn in_use(ctx: &Context) -> &'static Self {
        Self::of_visuals(&ctx.style_of(ctx.theme()).visuals)
    }

    /// The one from which these visuals were made.
    fn of_visuals(visuals: &Visuals) -> &'static Self {
        let theme = if visuals.dark_mode { Theme::Dark } else { Theme::Light };
        let has_accent = |accent: &Accent| visuals.hyperlink_color == Self::for_theme(theme, *accent).accent;
        let accent = Accent::ALL.into_iter().find(has_accent).unwrap_or_default();
        let past = Self::for_past(theme, accent);
        if visuals.panel_fill == past.surface_1 { past } else { Self::for_theme(theme, accent) }
    }

    /// The accents to choose from in this theme.
    pub fn accent_colors(&self) -> [Color32; Accent::ALL.len()] {
        let theme = if self.dark { Theme::Dark } else { Theme::Light };
        Accent::ALL.map(|accent| Self::for_theme(theme, accent).accent)
    }

    /// Behind what is selected.
    pub fn selection(&self) -> Color32 {
        self.accent.gamma_multiply(if self.dark { 0.20 } else { 0.16 })
    }

    /// Behind the letters that match a search; seen on a selected row too.
    pub fn mark(&self) -> Color32 {
        self.accent.gamma_multiply(if self.dark { 0.34 } else { 0.22 })
    }

    /// Behind what the pointer is over.
    pub fn hover(&self) -> Color32 {
        self.text.gamma_multiply(if self.dark { 0.06 } else { 0.05 })
    }

    /// Behind what is pressed.
    pub fn pressed(&self) -> Color32 {
        self.text.gamma_multiply(if self.dark { 0.10 } else { 0.09 })
    }

    /// The ring around what has the keyboard.
    pub fn focus_ring(&self) -> Stroke {
        Stroke::new(1.5, self.accent)
    }

    /// Under floating cards.
    pub fn shadow(&self) -> Shadow {
        Shadow {
            offset: [0, 6],
            blur: 24,
            spread: 0,
            color: Color32::from_black_alpha(if self.dark { 110 } else { 34 }),
        }
    }

    /// Under small raised things (the chosen half of a switch, thumbnails).
    pub fn soft_shadow(&self) -> Shadow {
        Shadow {
            offset: [0, 1],
            blur: 3,
            spread: 0,
            color: Color32::from_black_alpha(if self.dark { 70 } else { 28 }),
        }
    }

    /// Behind a dialog.
    pub fn backdrop(&self) -> Color32 {
        Color32::from_black_alpha(if self.dark { 130 } else { 66 })
    }
}

/// `ui.palette()`: the colours of the theme in use.
pub trait UiPalette {
    fn palette(&self) -> &'static Palette;
}

impl UiPalette for Ui {
    fn palette(&self) -> &'static Palette {
        Palette::of_visuals(self.visuals())
    }
}

/// Font families beside `Proportional` (Inter Regular) and `Monospace`.
pub fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("medium".into()))
}

pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("semibold".into()))
}

pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Digits of one width, for columns of numbers.
pub fn tabular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("tabular".into()))
}

pub fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// Symbols of `egui_material_icons`.
pub fn icons(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()))
}

/// A floating card: menus, the transfer panel.
pub fn card_frame(palette: &Palette) -> Frame {
    Frame::new()
        .fill(palette.surface_raised)
        .corner_radius(CORNER_LARGE)
        .inner_margin(12)
        .shadow(palette.shadow())
        .stroke(Stroke::new(1.0, palette.line.gamma_multiply(0.6)))
}

/// A dialog over the window.
pub fn dialog_frame(palette: &Palette) -> Frame {
    Frame::new().fill(palette.surface_1).corner_radius(CORNER_LARGE).inner_margin(24).shadow(Shadow {
        offset: [0, 12],
        blur: 48,
        ..palette.shadow()
    })
}

/// Gives a context our fonts and both themes. Called once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::fonts());
    ctx.add_glyph_rasterizer(missing_glyphs::missing_glyphs());
    ctx.add_glyph_rasterizer(missing_glyphs::order_controls());
    ctx.add_plugin(BidiText::default());
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style::style(theme));
    }
}

/// Gives both themes another accent.
pub fn set_accent(ctx: &Context, accent: Accent) {
    for theme in [Theme::Light, Theme::Dark] {
        let visuals = style::visuals(Palette::for_theme(theme, accent));
        ctx.style_mut_of(theme, |style| style.visuals = visuals);
    }
}

/// Gives all that is drawn in a part of the window the colours of the past.
pub fn show_past(ui: &mut Ui) {
    let palette = Palette::for_past(ui.theme(), ui.palette().accent_name);
    *ui.visuals_mut() = style::visuals(palette);
}

/// `layer` painted over the opaque `base`.
pub fn blend(base: Color32, layer: Color32) -> Color32 {
    let keep = 255 - u16::from(layer.a());
    let mix = |base: u8, layer: u8| (u16::from(base) * keep / 255 + u16::from(layer)).min(255) as u8;
    Color32::from_rgb(mix(base.r(), layer.r()), mix(base.g(), layer.g()), mix(base.b(), layer.b()))
}

#[cfg(test)]
mod tests {
    use super::{Palette, blend};
    use coffer_model::settings::Accent;
    use egui::{Color32, Theme};

    /// The contrast of two opaque colours as WCAG 2 defines it: 1 to 21.
    fn contrast(first: Color32, second: Color32) -> f32 {
        let luminance = |color: Color32| {
            let linear = |part: u8| {
                let part = f32::from(part) / 255.0;
                if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
        };
        let (first, second) = (luminance(first), luminance(second));
        (first.max(second) + 0.05) / (first.min(second) + 0.05)
    }

    #[test]
    fn all_text_is_readable_on_every_surface_of_both_themes() {
        let palettes = [Theme::Light, Theme::Dark]
            .into_iter()
            .flat_map(|theme| Accent::ALL.map(|accent| (theme, accent)))
            .flat_map(|(theme, accent)| {
                [Palette::for_theme(theme, accent), Palette::for_past(theme, accent)]
                    .map(|palette| ((theme, accent), palette))
            });
        for (theme, palette) in palettes {
            let surfaces = [palette.surface_0, palette.surface_1, palette.surface_2, palette.surface_raised];
            for surface in surfaces {
                for layer in [Color32::TRANSPARENT, palette.hover(), palette.selection()] {
                    let under = blend(surface, layer);
                    let check = |what, color| {
                        let contrast = contrast(color, under);
                        assert!(contrast >= 4.5, "{theme:?}: {what} on {under:?} has only {contrast:.2}");
                    };
                    check("text", palette.text);
                    // Only rows of the content are selected and have secondary text.
                    if layer != palette.selection() || surface == palette.surface_1 {
                        check("dimmed", palette.dimmed);
                    }
                }
            }
            let source = &palette.source;
            let colors = [source.comment, source.keyword, source.string, source.number, source.function];
            for color in colors.into_iter().chain([source.type_name, source.tag, source.punctuation]) {
                for under in [palette.surface_0, palette.surface_2] {
                    let contrast = contrast(color, under);
                    assert!(contrast >= 4.5, "{theme:?}: source {color:?} has only {contrast:.2}");
                }
            }
            for (what, color, under) in [
                ("text on the accent", palette.on_accent, palette.accent),
                ("a toast", palette.on_inverse, palette.inverse),
                ("a toast's button", palette.accent_on_inverse, palette.inverse),
                ("a failure in a toast", palette.danger_on_inverse, palette.inverse),
                ("danger", palette.danger, palette.surface_1),
                ("warning", palette.warning, palette.surface_1),
                ("accent as text", palette.accent, palette.surface_1),
                ("accent on a card", palette.accent, palette.surface_raised),
                ("what comes", palette.incoming, palette.surface_raised),
                ("the past", palette.past, palette.past_tint),
                ("the past in a row", palette.past, palette.surface_1),
                ("text in the past", palette.text, palette.past_tint),
                ("dimmed in the past", palette.dimmed, palette.past_tint),
                ("danger on a card", palette.danger, palette.surface_raised),
                ("warning on a card", palette.warning, palette.surface_raised),
            ] {
                let contrast = contrast(color, under);
                assert!(contrast >= 4.5, "{theme:?}: {what} has only {contrast:.2}");
            }
        }
    }
}
