//! Buttons: the primary one, quiet ones, dangerous ones, text links, and buttons that show only a symbol.

use super::text::paint_icon;
use crate::ui::theme::{self, Palette, UiPalette};
use egui::{
    Align2, Color32, CornerRadius, Galley, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    Widget, WidgetInfo, pos2, vec2,
};
use egui_material_icons::MaterialIcon;
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq)]
enum ButtonStyle {
    Primary,
    Quiet,
    Danger,
    /// Words in the accent colour without a background.
    Link,
}

/// A button with words: `ui.add(PushButton::primary("Restore this version"))`.
#[must_use]
pub struct PushButton<'a> {
    text: &'a str,
    icon: Option<MaterialIcon>,
    trailing_icon: Option<MaterialIcon>,
    style: ButtonStyle,
    enabled: bool,
    min_width: f32,
    height: f32,
    tooltip: Option<&'a str>,
    id: Option<Id>,
    split: bool,
    only_icon: bool,
}

impl<'a> PushButton<'a> {
    /// What the person most likely wants; at most one in sight.
    pub fn primary(text: &'a str) -> Self {
        Self::new(text, ButtonStyle::Primary)
    }

    pub fn quiet(text: &'a str) -> Self {
        Self::new(text, ButtonStyle::Quiet)
    }

    /// Takes something away from the person.
    pub fn danger(text: &'a str) -> Self {
        Self::new(text, ButtonStyle::Danger)
    }

    pub fn link(text: &'a str) -> Self {
        Self::new(text, ButtonStyle::Link)
    }

    fn new(text: &'a str, style: ButtonStyle) -> Self {
        Self {
            text,
            icon: None,
            trailing_icon: None,
            style,
            enabled: true,
            min_width: 0.0,
            height: theme::CONTROL_HEIGHT,
            tooltip: None,
            id: None,
            split: false,
            only_icon: false,
        }
    }

    pub fn icon(mut self, icon: MaterialIcon) -> Self {
        self.icon = Some(icon);
        self
    }

    pub fn trailing_icon(mut self, icon: MaterialIcon) -> Self {
        self.trailing_icon = Some(icon);
        self
    }

    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    pub fn min_width(mut self, points: f32) -> Self {
        self.min_width = points;
        self
    }

    pub fn height(mut self, points: f32) -> Self {
        self.height = points;
        self
    }

    pub fn tooltip(mut self, text: &'a str) -> Self {
        self.tooltip = Some(text);
        self
    }

    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Another button follows directly at its right.
    pub fn split(mut self) -> Self {
        self.split = true;
        self
    }

    /// Where there is little room; the words are still its name.
    pub fn only_icon(mut self) -> Self {
        self.only_icon = true;
        self
    }

    /// How wide it will come out.
    pub fn width(&self, ui: &Ui) -> f32 {
        self.width_around(&self.galley(ui, Color32::PLACEHOLDER))
    }

    fn galley(&self, ui: &Ui, color: Color32) -> Arc<Galley> {
        let text = if self.only_icon { "" } else { self.text };
        ui.painter().layout_no_wrap(text.to_owned(), theme::medium(theme::BODY_TEXT), color)
    }

    fn icon_space(&self) -> f32 {
        match self.icon {
            Some(_) if self.only_icon => 16.0,
            Some(_) => 24.0,
            None => 0.0,
        }
    }

    fn content_width(&self, galley: &Galley) -> f32 {
        let trailing = if self.trailing_icon.is_some() { 18.0 } else { 0.0 };
        self.icon_space() + galley.size().x + trailing
    }

    fn width_around(&self, galley: &Galley) -> f32 {
        let padding = if self.style == ButtonStyle::Link { 4.0 } else { 14.0 };
        // A symbol looks further from the edge than a letter.
        let inset = if self.icon.is_some() && !self.only_icon { 2.0 } else { 0.0 };
        (self.content_width(galley) + 2.0 * padding - inset).max(self.min_width)
    }

    fn colors(&self, palette: &Palette) -> (Color32, Color32) {
        match self.style {
            ButtonStyle::Primary => (palette.accent, palette.on_accent),
            ButtonStyle::Quiet => (palette.surface_2, palette.text),
            ButtonStyle::Danger => (palette.surface_2, palette.danger),
            ButtonStyle::Link => (Color32::TRANSPARENT, palette.accent),
        }
    }
}

impl Widget for PushButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let palette = ui.palette();
        let enabled = self.enabled && ui.is_enabled();
        let (fill, color) = match self.colors(palette) {
            // What cannot be pressed is not coloured.
            _ if !enabled && self.style == ButtonStyle::Primary => (palette.surface_2, palette.text),
            colors => colors,
        };
        let galley = self.galley(ui, color);
        let icon_space = self.icon_space();
        let content = self.content_width(&galley);
        let size = vec2(self.width_around(&galley), self.height);
        let response = allocate(ui, size, self.id, enabled, true);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.text));

        if ui.is_rect_visible(response.rect) {
            let rect = response.rect;
            let painter = ui.painter();
            let fade = if enabled { 1.0 } else { 0.45 };
            let fill = surface_fill(palette, &response, fill, self.style == ButtonStyle::Primary);
            let mut corners = CornerRadius::same(theme::CORNER);
            if self.split {
                (corners.ne, corners.se) = (0, 0);
            }
            painter.rect_filled(rect, corners, fill.gamma_multiply(fade));
            let mut x = rect.center().x - content / 2.0;
            let color = color.gamma_multiply(fade);
            if let Some(icon) = self.icon {
                let center = pos2(x + 8.0, rect.center().y);
                paint_icon(painter, center, icon, 18.0, color);
                x += icon_space;
            }
            let text_end = x + galley.size().x;
            paint_galley(ui, pos2(x, rect.center().y), &galley, color);
            if self.style == ButtonStyle::Link && response.hovered() {
                painter.hline(x..=text_end, rect.center().y + 9.0, Stroke::new(1.0, color));
            }
            if let Some(icon) = self.trailing_icon {
                paint_icon(painter, pos2(text_end + 11.0, rect.center().y), icon, 16.0, color);
            }
            paint_focus(ui, &response, palette);
        }
        match self.tooltip {
            Some(tooltip) => response.on_hover_text(tooltip).on_disabled_hover_text(tooltip),
            None => response,
        }
    }
}

/// A button that shows a symbol; its name and shortcut appear in a tooltip.
#[must_use]
pub struct IconButton<'a> {
    icon: MaterialIcon,
    name: &'a str,
    item: Option<&'a str>,
    tab_stop: bool,
    shortcut: Option<&'a str>,
    enabled: bool,
    selected: bool,
    filled: bool,
    size: Vec2,
    icon_size: f32,
    color: Option<Color32>,
    id: Option<Id>,
}

impl<'a> IconButton<'a> {
    /// `name` is what a screen reader and the tooltip say.
    pub fn new(icon: MaterialIcon, name: &'a str) -> Self {
        Self {
            icon,
            name,
            item: None,
            tab_stop: true,
            shortcut: None,
            enabled: true,
            selected: false,
            filled: false,
            size: Vec2::splat(theme::CONTROL_HEIGHT),
            icon_size: 20.0,
            color: None,
            id: None,
        }
    }

    /// What it is for, where several of one name stand below each other: "Cancel: Fjord.jpg" for screen readers.
    pub fn for_item(mut self, item: &'a str) -> Self {
        self.item = Some(item);
        self
    }

    /// Whether the Tab key stops at it; where other keys do the same it need not.
    pub fn tab_stop(mut self, tab_stop: bool) -> Self {
        self.tab_stop = tab_stop;
        self
    }

    /// Shown beside the name in the tooltip: "Alt+←".
    pub fn shortcut(mut self, shortcut: &'a str) -> Self {
        self.shortcut = Some(shortcut);
        self
    }

    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// A switch that is on.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Stands beside buttons with words and has their background.
    pub fn filled(mut self, filled: bool) -> Self {
        self.filled = filled;
        self
    }

    /// Edge of the button and of the symbol in it, in points.
    pub fn size(mut self, button: f32, icon: f32) -> Self {
        self.size = Vec2::splat(button);
        self.icon_size = icon;
        self
    }

    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }
}

impl Widget for IconButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let palette = ui.palette();
        let enabled = self.enabled && ui.is_enabled();
        let response = allocate(ui, self.size, self.id, enabled, self.tab_stop);
        response.widget_info(|| match self.item {
            Some(item) => WidgetInfo::labeled(Role::Button, enabled, format!("{}: {item}", self.name)),
            None => WidgetInfo::labeled(Role::Button, enabled, self.name),
        });
        if ui.is_rect_visible(response.rect) {
            let rect = response.rect;
            let resting = if self.filled { palette.surface_2 } else { Color32::TRANSPARENT };
            let fill = if self.selected { palette.selection() } else { resting };
            let fill = surface_fill(palette, &response, fill, false);
            ui.painter().rect_filled(rect, theme::CORNER, fill);
            let color = self.color.unwrap_or(if self.selected { palette.accent } else { palette.text });
            let fade = if enabled { 0.86 } else { 0.32 };
            let fade = if enabled && response.hovered() { 1.0 } else { fade };
            paint_icon(ui.painter(), rect.center(), self.icon, self.icon_size, color.gamma_multiply(fade));
            paint_focus(ui, &response, palette);
        }
        let tooltip = |ui: &mut Ui| {
            ui.horizontal(|ui| {
                ui.label(self.name);
                if let Some(shortcut) = self.shortcut {
                    ui.weak(shortcut);
                }
            });
        };
        response.on_hover_ui(tooltip).on_disabled_hover_ui(tooltip)
    }
}

fn allocate(ui: &mut Ui, size: Vec2, id: Option<Id>, enabled: bool, tab_stop: bool) -> Response {
    let sense = match (enabled, tab_stop) {
        (true, true) => Sense::click(),
        (true, false) => Sense::CLICK,
        (false, _) => Sense::hover(),
    };
    match id {
        Some(id) => {
            let (_, rect) = ui.allocate_space(size);
            ui.interact(rect, id, sense)
        }
        None => ui.allocate_exact_size(size, sense).1,
    }
}

/// The background of a button in its present condition.
fn surface_fill(palette: &Palette, response: &Response, fill: Color32, strong: bool) -> Color32 {
    if !response.enabled() || !response.sense.senses_click() {
        return fill;
    }
    let over = if strong { Color32::BLACK } else { palette.text };
    let amount = if response.is_pointer_button_down_on() {
        0.12
    } else {
        let id = response.id.with("hover");
        0.06 * response.ctx.animate_bool_with_time(id, response.hovered(), theme::QUICK_SECS)
    };
    let layer = over.gamma_multiply(amount);
    if fill == Color32::TRANSPARENT { layer } else { lay_over(fill, layer) }
}

/// `layer` over a `base` that may itself let something through.
fn lay_over(base: Color32, layer: Color32) -> Color32 {
    let keep = 1.0 - f32::from(layer.a()) / 255.0;
    let mix = |base: u8, layer: u8| (f32::from(base) * keep + f32::from(layer)).min(255.0) as u8;
    Color32::from_rgba_premultiplied(
        mix(base.r(), layer.r()),
        mix(base.g(), layer.g()),
        mix(base.b(), layer.b()),
        mix(base.a(), layer.a()),
    )
}

/// The ring around what has the keyboard, just outside of it.
pub(super) fn paint_focus(ui: &Ui, response: &Response, palette: &Palette) {
    if response.has_focus() {
        let rect = response.rect.expand(1.5);
        let corner = f32::from(theme::CORNER) + 1.5;
        ui.painter().rect_stroke(rect, corner, palette.focus_ring(), StrokeKind::Outside);
    }
}

fn paint_galley(ui: &Ui, left_center: egui::Pos2, galley: &Arc<Galley>, color: Color32) {
    let rect: Rect = Align2::LEFT_CENTER.anchor_size(left_center, galley.size());
    ui.painter().galley_with_override_text_color(rect.min, Arc::clone(galley), color);
}
