//! The small kit that all parts of the window are put together from. Each widget has a role and a name, so that
//! screen readers and tests find it, and takes its colours from the theme.

mod button;
mod check;
mod chip;
mod choice;
mod elide;
mod empty_state;
mod field;
mod kind_icon;
mod marks;
mod panel_edge;
mod progress;
mod segmented;
mod side_row;
mod sides;
mod skeleton;
mod switch;
mod tabs;
mod text;

pub use button::{IconButton, PushButton};
pub use check::check_ui;
pub use chip::{CHIP_HEIGHT, chip_ui};
pub use choice::{CHOICE_HEIGHT, ChoiceOption, choice_ui, choice_width, choice_within_ui};
pub use elide::{elide_middle, elide_middle_in_two_lines};
pub use empty_state::{EmptyState, empty_state_ui, empty_state_with_buttons_ui};
pub use field::TextField;
pub use kind_icon::{chart_color, kind_icon, paint_folder, paint_kind, paint_kind_large};
pub use marks::{paint_letters, paint_marked};
pub use panel_edge::{dragged_to, panel_edge_ui};
pub use progress::{paint_ring, paint_ring_in_color, progress_bar_in_color_ui, progress_bar_ui};
pub use segmented::{segmented_ui, segmented_words_ui};
pub use side_row::{SIDE_ROW_HEIGHT, paint_side_row, side_heading_ui, side_row};
pub use sides::sides_ui;
pub use skeleton::{paint_skeleton_cell, paint_skeleton_line, paint_skeleton_row};
pub use switch::switch_ui;
pub use tabs::tabs_ui;
pub use text::{dimmed, heading, paint_icon, paint_text, section_label, small, strong};
