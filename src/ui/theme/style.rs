//! How egui's own widgets get the colours and sizes of the table.

use super::{
    BODY_TEXT, CONTROL_HEIGHT, CORNER, CORNER_LARGE, Palette, QUICK_SECS, SMALL_TEXT, TITLE_TEXT, blend,
    medium, mono, regular, semibold,
};
use coffer_model::settings::Accent;
use egui::style::{KineticScrollStyle, ScrollStyle, WidgetVisuals};
use egui::{Color32, CornerRadius, Margin, Stroke, Style, TextStyle, Theme, Visuals, vec2};

pub(super) fn style(theme: Theme) -> Style {
    let palette = Palette::for_theme(theme, Accent::default());
    let mut style = Style { visuals: visuals(palette), ..Style::default() };
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
    debug_assert_eq!(style.visuals.dark_mode, palette.dark);
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

pub(super) fn visuals(palette: &Palette) -> Visuals {
    let base = if palette.dark { Visuals::dark() } else { Visuals::light() };
    let widget = |fill: Color32, stroke: Stroke, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(CORNER),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let over = |layer: Color32| blend(palette.surface_2, layer);
    let mut visuals = base;
    visuals.dark_mode = palette.dark;
    visuals.widgets.noninteractive = widget(palette.surface_1, Stroke::new(1.0, palette.line), palette.text);
    visuals.widgets.inactive = widget(palette.surface_2, Stroke::NONE, palette.text);
    visuals.widgets.hovered = widget(over(palette.hover()), Stroke::NONE, palette.text);
    visuals.widgets.active = widget(over(palette.pressed()), palette.focus_ring(), palette.text);
    visuals.widgets.open = widget(over(palette.hover()), Stroke::NONE, palette.text);
    visuals.selection.bg_fill = palette.accent.gamma_multiply(0.3);
    visuals.selection.stroke = Stroke::new(1.0, palette.text);
    visuals.weak_text_color = Some(palette.dimmed);
    visuals.hyperlink_color = palette.accent;
    visuals.faint_bg_color = palette.hover();
    visuals.extreme_bg_color = palette.surface_2;
    visuals.text_edit_bg_color = Some(palette.surface_2);
    visuals.code_bg_color = palette.surface_2;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.danger;
    visuals.window_fill = palette.surface_raised;
    visuals.window_stroke = Stroke::new(1.0, palette.line.gamma_multiply(0.6));
    visuals.window_corner_radius = CornerRadius::same(CORNER_LARGE);
    visuals.menu_corner_radius = CornerRadius::same(CORNER_LARGE);
    visuals.window_shadow = palette.shadow();
    visuals.popup_shadow = palette.shadow();
    visuals.panel_fill = palette.surface_1;
    visuals.text_cursor.stroke = Stroke::new(1.5, palette.accent);
    // A blinking cursor would draw two frames a second for ever.
    visuals.text_cursor.blink = false;
    visuals.image_loading_spinners = false;
    visuals
}
