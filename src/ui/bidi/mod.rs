//! Text that is read from the right, as Hebrew and Arabic are. egui shapes and joins the letters of each word, but puts
//! the words of a line from left to right. Here its galleys are put in order: all that is drawn goes through the plugin
//! `BidiText`, and what needs to know where a letter stands asks for the galley with `in_visual_order`. Texts keep their own
//! order: for screen readers, for copying, for finding.

mod field;
mod glyph_map;
mod line_order;
mod places;
mod reorder;
mod row_mesh;
mod visual_order;

pub use field::edit_line_ui;
pub use line_order::{Reading, begins_at_right, has_right_to_left, is_order_control};
pub use places::{character_at, line_break_span, spans};
pub use visual_order::{BidiText, in_visual_order};
