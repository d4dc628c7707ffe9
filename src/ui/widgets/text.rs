//! Words and symbols: labels in the few styles there are, and painting them at a place.

use super::elide::elide_end;
use crate::ui::theme::{self, UiPalette};
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Response, RichText, Ui};
use egui_material_icons::MaterialIcon;

/// A title of a dialog.
pub fn heading(ui: &mut Ui, text: &str) -> Response {
    ui.label(RichText::new(text).font(theme::semibold(theme::TITLE_TEXT)))
}

/// Words that carry weight, at normal size.
pub fn strong(ui: &mut Ui, text: &str) -> Response {
    ui.label(RichText::new(text).font(theme::semibold(theme::BODY_TEXT)))
}

/// Secondary words at normal size.
pub fn dimmed(ui: &mut Ui, text: &str) -> Response {
    let color = ui.palette().dimmed;
    ui.label(RichText::new(text).color(color))
}

/// Secondary words, small.
pub fn small(ui: &mut Ui, text: &str) -> Response {
    let color = ui.palette().dimmed;
    ui.label(RichText::new(text).font(theme::regular(theme::SMALL_TEXT)).color(color))
}

/// The name of a group of things: "Folders".
pub fn section_label(ui: &mut Ui, text: &str) -> Response {
    let color = ui.palette().dimmed;
    ui.label(RichText::new(text).font(theme::medium(theme::SMALL_TEXT)).color(color))
}

/// A symbol around a point.
pub fn paint_icon(painter: &Painter, center: Pos2, icon: MaterialIcon, size: f32, color: Color32) {
    let galley = painter.layout_no_wrap(icon.codepoint.to_owned(), theme::icons(size), color);
    // The symbols fill their box, so the box is centred, to the pixel.
    let corner = Align2::CENTER_CENTER.anchor_size(center, galley.size()).min;
    let corner = Pos2::new(painter.round_to_pixel_center(corner.x) - 0.5, corner.y);
    painter.galley(corner, galley, color);
}

/// One line of text; what does not fit `max_width` is cut at its end with an ellipsis. Answers where it stands.
// A font is made for the call.
#[allow(clippy::needless_pass_by_value)]
pub fn paint_text(
    painter: &Painter,
    anchor: Align2,
    at: Pos2,
    max_width: f32,
    text: &str,
    font: FontId,
    color: Color32,
) -> Rect {
    let galley = elide_end(painter, text, &font, color, max_width.max(0.0));
    let rect = anchor.anchor_size(at, galley.size());
    painter.galley(rect.min, galley, color);
    rect
}
