//! The one table of looks: colours of both themes, fonts, text sizes, spacing, corners, and how egui's own widgets
//! get them. Nothing else in the window names a colour.

use egui::epaint::Shadow;
use egui::style::{KineticScrollStyle, ScrollStyle, WidgetVisuals};
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Frame, Margin, Stroke, Style,
    TextStyle, Theme, Ui, Visuals, vec2,
};
use std::sync::Arc;

/// Corners of rows, buttons and fields; of cards, menus and dialogs; of thumbnails.
pub const CORNER: u8 = 8;
pub const CORNER_LARGE: u8 = 12;
pub const CORNER_SMALL: u8 = 4;

/// Heights in points.
pub const ROW_HEIGHT: f32 = 36.0;
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
pub struct Tokens {
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

    /// Selection, focus, progress and the primary button; nothing else.
    pub accent: Color32,
    pub on_accent: Color32,

    /// Bytes that come, beside the accent of those that go.
    pub incoming: Color32,

    pub warning: Color32,
    pub danger: Color32,

    /// Toasts: the opposite of the theme, so that they stand out.
    pub inverse: Color32,
    pub on_inverse: Color32,
    pub accent_on_inverse: Color32,
    pub danger_on_inverse: Color32,

    pub folder: Color32,
    pub document: Color32,
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

const LIGHT: Tokens = Tokens {
    dark: false,
    surface_0: rgb(0x00F6_F5F2),
    surface_1: rgb(0x00FF_FFFF),
    surface_2: rgb(0x00EF_EDE8),
    surface_raised: rgb(0x00FF_FFFF),
    line: rgb(0x00E4_E1DA),
    text: rgb(0x001E_2321),
    dimmed: rgb(0x005F_6662),
    accent: rgb(0x001B_7F70),
    on_accent: rgb(0x00FF_FFFF),
    incoming: rgb(0x0030_689F),
    warning: rgb(0x00A8_5119),
    danger: rgb(0x00B3_372E),
    inverse: rgb(0x0026_2B29),
    on_inverse: rgb(0x00F1_F3F1),
    accent_on_inverse: rgb(0x004F_C3AF),
    danger_on_inverse: rgb(0x00EC_7A70),
    folder: rgb(0x00C9_A25A),
    document: rgb(0x006F_8FB8),
    code: rgb(0x00A8_79C9),
    table: rgb(0x004F_9D69),
    pdf: rgb(0x00C7_584E),
    archive: rgb(0x00A9_8C5B),
    video: rgb(0x00B0_679A),
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

const DARK: Tokens = Tokens {
    dark: true,
    surface_0: rgb(0x0018_1B1A),
    surface_1: rgb(0x001F_2322),
    surface_2: rgb(0x0027_2C2A),
    surface_raised: rgb(0x0029_2E2C),
    line: rgb(0x0031_3735),
    text: rgb(0x00E9_ECEA),
    dimmed: rgb(0x00A4_ADA9),
    accent: rgb(0x004F_C3AF),
    on_accent: rgb(0x000D_201C),
    incoming: rgb(0x0082_B4EA),
    warning: rgb(0x00E5_A06B),
    danger: rgb(0x00EC_7A70),
    inverse: rgb(0x00EC_EEEC),
    on_inverse: rgb(0x001E_2321),
    accent_on_inverse: rgb(0x0014_6C5F),
    danger_on_inverse: rgb(0x00B3_372E),
    folder: rgb(0x00C9_A25A),
    document: rgb(0x006F_8FB8),
    code: rgb(0x00A8_79C9),
    table: rgb(0x004F_9D69),
    pdf: rgb(0x00C7_584E),
    archive: rgb(0x00A9_8C5B),
    video: rgb(0x00B0_679A),
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

impl Tokens {
    pub const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// Behind what is selected.
    pub fn selection(&self) -> Color32 {
        self.accent.gamma_multiply(if self.dark { 0.20 } else { 0.16 })
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

    /// Under the pill at the foot of the content.
    pub fn pill_shadow(&self) -> Shadow {
        Shadow { offset: [0, 2], blur: 10, ..self.shadow() }
    }

    /// Behind a dialog.
    pub fn backdrop(&self) -> Color32 {
        Color32::from_black_alpha(if self.dark { 130 } else { 66 })
    }
}

/// Behind a picture as large as the window, in both themes.
pub fn scrim() -> Color32 {
    Color32::from_rgba_unmultiplied(13, 15, 14, 252)
}

/// `ui.tokens()`: the colours of the theme in use.
pub trait UiTokens {
    fn tokens(&self) -> &'static Tokens;
}

impl UiTokens for Ui {
    fn tokens(&self) -> &'static Tokens {
        Tokens::of(self.visuals_theme())
    }
}

trait VisualsTheme {
    fn visuals_theme(&self) -> Theme;
}

impl VisualsTheme for Ui {
    fn visuals_theme(&self) -> Theme {
        if self.visuals().dark_mode { Theme::Dark } else { Theme::Light }
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
pub fn card_frame(tokens: &Tokens) -> Frame {
    Frame::new()
        .fill(tokens.surface_raised)
        .corner_radius(CORNER_LARGE)
        .inner_margin(12)
        .shadow(tokens.shadow())
        .stroke(Stroke::new(1.0, tokens.line.gamma_multiply(0.6)))
}

/// A dialog over the window.
pub fn dialog_frame(tokens: &Tokens) -> Frame {
    Frame::new().fill(tokens.surface_1).corner_radius(CORNER_LARGE).inner_margin(24).shadow(Shadow {
        offset: [0, 12],
        blur: 48,
        ..tokens.shadow()
    })
}

/// Gives a context our fonts and both themes. Called once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style(theme));
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let files: [(&str, &'static [u8]); 4] = [
        ("Inter", include_bytes!("../../assets/fonts/Inter-Regular.otf")),
        ("Inter Medium", include_bytes!("../../assets/fonts/Inter-Medium.otf")),
        ("Inter SemiBold", include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
        ("Inter Tabular", include_bytes!("../../assets/fonts/InterTabular-Regular.otf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let mut symbols = egui_material_icons::font_insert();
    // They stand alone, in the middle of their place, not in a line of text.
    symbols.data.tweak.y_offset_factor = 0.0;
    let symbols_name = symbols.name.clone();
    fonts.font_data.insert(symbols.name, Arc::new(symbols.data));

    // What Inter lacks comes from egui's fonts, and after them from the system's.
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |names: &[&str]| {
        names.iter().map(|name| (*name).to_owned()).chain(fallbacks.iter().cloned()).collect::<Vec<_>>()
    };
    let families = [
        (FontFamily::Proportional, family(&["Inter"])),
        (FontFamily::Name("medium".into()), family(&["Inter Medium"])),
        (FontFamily::Name("semibold".into()), family(&["Inter SemiBold"])),
        (FontFamily::Name("tabular".into()), family(&["Inter Tabular", "Inter"])),
    ];
    fonts.families.extend(families);
    if let Some(mono) = fonts.families.get_mut(&FontFamily::Monospace) {
        mono.insert(1, "Inter".to_owned());
    }
    fonts
        .families
        .insert(FontFamily::Name(egui_material_icons::FONT_FAMILY_OUTLINED.into()), vec![symbols_name]);
    fonts
}

fn style(theme: Theme) -> Style {
    let tokens = Tokens::of(theme);
    let mut style = Style { visuals: visuals(theme), ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, regular(SMALL_TEXT)),
        (TextStyle::Body, regular(BODY_TEXT)),
        (TextStyle::Button, medium(BODY_TEXT)),
        (TextStyle::Heading, semibold(TITLE_TEXT)),
        (TextStyle::Monospace, mono(SMALL_TEXT + 1.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 8.0);
    spacing.button_padding = vec2(12.0, 7.0);
    spacing.interact_size = vec2(36.0, CONTROL_HEIGHT);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(24);
    spacing.menu_spacing = 4.0;
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 8.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = scroll_style();
    style.interaction.tooltip_delay = 0.6;
    style.interaction.selectable_labels = false;
    style.animation_time = QUICK_SECS;
    style.compact_menu_style = false;
    debug_assert_eq!(style.visuals.dark_mode, tokens.dark);
    style
}

/// Thin handles that float over the content and grow under the pointer.
fn scroll_style() -> ScrollStyle {
    ScrollStyle {
        bar_width: 9.0,
        floating_width: 5.0,
        bar_inner_margin: 3.0,
        bar_outer_margin: 3.0,
        handle_min_length: 36.0,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.28,
        active_handle_opacity: 0.4,
        interact_handle_opacity: 0.7,
        // Content that became shorter must not spring back over two seconds.
        kinetic: KineticScrollStyle { rubber_band: false, ..KineticScrollStyle::default() },
        ..ScrollStyle::floating()
    }
}

fn visuals(theme: Theme) -> Visuals {
    let tokens = Tokens::of(theme);
    let base = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    let widget = |fill: Color32, stroke: Stroke, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(CORNER),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let over = |layer: Color32| blend(tokens.surface_2, layer);
    let mut visuals = base;
    visuals.dark_mode = tokens.dark;
    visuals.widgets.noninteractive = widget(tokens.surface_1, Stroke::new(1.0, tokens.line), tokens.text);
    visuals.widgets.inactive = widget(tokens.surface_2, Stroke::NONE, tokens.text);
    visuals.widgets.hovered = widget(over(tokens.hover()), Stroke::NONE, tokens.text);
    visuals.widgets.active = widget(over(tokens.pressed()), tokens.focus_ring(), tokens.text);
    visuals.widgets.open = widget(over(tokens.hover()), Stroke::NONE, tokens.text);
    visuals.selection.bg_fill = tokens.accent.gamma_multiply(0.3);
    visuals.selection.stroke = Stroke::new(1.0, tokens.text);
    visuals.weak_text_color = Some(tokens.dimmed);
    visuals.hyperlink_color = tokens.accent;
    visuals.faint_bg_color = tokens.hover();
    visuals.extreme_bg_color = tokens.surface_2;
    visuals.text_edit_bg_color = Some(tokens.surface_2);
    visuals.code_bg_color = tokens.surface_2;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.danger;
    visuals.window_fill = tokens.surface_raised;
    visuals.window_stroke = Stroke::new(1.0, tokens.line.gamma_multiply(0.6));
    visuals.window_corner_radius = CornerRadius::same(CORNER_LARGE);
    visuals.menu_corner_radius = CornerRadius::same(CORNER_LARGE);
    visuals.window_shadow = tokens.shadow();
    visuals.popup_shadow = tokens.shadow();
    visuals.panel_fill = tokens.surface_1;
    visuals.text_cursor.stroke = Stroke::new(1.5, tokens.accent);
    // A blinking cursor would draw two frames a second for ever.
    visuals.text_cursor.blink = false;
    visuals.image_loading_spinners = false;
    visuals
}

/// `layer` painted over the opaque `base`.
pub fn blend(base: Color32, layer: Color32) -> Color32 {
    let keep = 255 - u16::from(layer.a());
    let mix = |base: u8, layer: u8| (u16::from(base) * keep / 255 + u16::from(layer)).min(255) as u8;
    Color32::from_rgb(mix(base.r(), layer.r()), mix(base.g(), layer.g()), mix(base.b(), layer.b()))
}

#[cfg(test)]
mod tests {
    use super::{Tokens, blend};
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
        for theme in [Theme::Light, Theme::Dark] {
            let tokens = Tokens::of(theme);
            let surfaces = [tokens.surface_0, tokens.surface_1, tokens.surface_2, tokens.surface_raised];
            for surface in surfaces {
                for layer in [Color32::TRANSPARENT, tokens.hover(), tokens.selection()] {
                    let under = blend(surface, layer);
                    let check = |what, color| {
                        let contrast = contrast(color, under);
                        assert!(contrast >= 4.5, "{theme:?}: {what} on {under:?} has only {contrast:.2}");
                    };
                    check("text", tokens.text);
                    // Only rows of the content are selected and have secondary text.
                    if layer != tokens.selection() || surface == tokens.surface_1 {
                        check("dimmed", tokens.dimmed);
                    }
                }
            }
            let source = &tokens.source;
            let colors = [source.comment, source.keyword, source.string, source.number, source.function];
            for color in colors.into_iter().chain([source.type_name, source.tag, source.punctuation]) {
                for under in [tokens.surface_0, tokens.surface_2] {
                    let contrast = contrast(color, under);
                    assert!(contrast >= 4.5, "{theme:?}: source {color:?} has only {contrast:.2}");
                }
            }
            for (what, color, under) in [
                ("text on the accent", tokens.on_accent, tokens.accent),
                ("a toast", tokens.on_inverse, tokens.inverse),
                ("a toast's button", tokens.accent_on_inverse, tokens.inverse),
                ("a failure in a toast", tokens.danger_on_inverse, tokens.inverse),
                ("danger", tokens.danger, tokens.surface_1),
                ("warning", tokens.warning, tokens.surface_1),
                ("accent as text", tokens.accent, tokens.surface_1),
            ] {
                let contrast = contrast(color, under);
                assert!(contrast >= 4.5, "{theme:?}: {what} has only {contrast:.2}");
            }
        }
    }
}
