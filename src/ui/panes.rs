//! One pane of rows or two side by side: the part of the content that each has, the line above it that says where it is,
//! and the press that makes the other one active.

use super::entries::{content_id, offer_target, other_pane_id};
use super::format::DateFormat;
use super::textures::Textures;
use super::theme::{self, UiPalette};
use super::ui_state::WindowUiState;
use super::widgets::{EmptyState, IconButton, elide_middle, empty_state_ui, paint_icon};
use super::{WindowContext, commands, content};
use coffer_state::panes::PaneAction;
use coffer_state::{Action, Command, Location, State, WindowEvent};
use coffer_texts::tr;
use egui::{CursorIcon, Rect, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

const HEAD_HEIGHT: f32 = 34.0;

/// No pane is made narrower than this by dragging the line between them.
const LEAST_WIDTH: f32 = 200.0;

/// As wide as the line between the panes can be grasped.
const DIVIDER: f32 = 6.0;

/// Which pane is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnPane {
    pub is_right: bool,
    pub is_active: bool,
}

impl DrawnPane {
    /// The one that all of the window is about.
    pub const ACTIVE: Self = Self { is_right: false, is_active: true };
}

/// What the window keeps of two panes.
pub struct PanesUiState {
    /// What the left one has of the width.
    left_share: f32,
}

impl Default for PanesUiState {
    fn default() -> Self {
        Self { left_share: 0.5 }
    }
}

/// The panes from left to right, and where each is drawn.
fn layout(state: &State, panes: &PanesUiState, content: Rect) -> Vec<(DrawnPane, Rect)> {
    let Some(other) = &state.other_pane else { return vec![(DrawnPane::ACTIVE, content)] };
    let middle = middle_of(panes, content);
    vec![
        (DrawnPane { is_right: false, is_active: !other.is_left }, content.with_max_x(middle)),
        (DrawnPane { is_right: true, is_active: other.is_left }, content.with_min_x(middle)),
    ]
}

fn middle_of(panes: &PanesUiState, content: Rect) -> f32 {
    let least = LEAST_WIDTH.min(content.width() / 2.0);
    let left = (content.width() * panes.left_share).clamp(least, content.width() - least);
    (content.min.x + left).round()
}

/// What all parts of a frame are drawn with, whichever pane the state speaks of.
pub struct FrameParts<'a> {
    pub textures: &'a mut Textures,
    pub clock: &'a DateFormat,
    pub ui_state: &'a mut WindowUiState,
    pub actions: &'a mut Vec<Action>,
    pub events: &'a mut Vec<WindowEvent>,
}

impl FrameParts<'_> {
    pub fn window<'a>(&'a mut self, state: &'a State, pane: DrawnPane) -> WindowContext<'a> {
        WindowContext {
            state,
            pane,
            textures: self.textures,
            clock: self.clock,
            ui_state: self.ui_state,
            actions: self.actions,
            events: self.events,
        }
    }

    /// The rows of one pane or two; answers where those of the active one are.
    pub fn panes_ui(&mut self, ui: &mut Ui, state: &mut State, content: Rect) -> Rect {
        let mut active = content;
        if state.welcome.is_some() {
            return active;
        }
        for (pane, place) in layout(state, &self.ui_state.panes, content) {
            self.swap_rows(pane);
            if pane.is_active {
                active = place;
                pane_ui(ui, &mut self.window(state, pane), place);
            } else {
                let before = std::mem::take(self.events);
                state.with_other_pane(|state| pane_ui(ui, &mut self.window(state, pane), place));
                let measured = std::mem::replace(self.events, before);
                self.events.extend(events_of_other(measured));
            }
            self.swap_rows(pane);
        }
        divider_ui(ui, &mut self.window(state, DrawnPane::ACTIVE), content);
        active
    }

    fn swap_rows(&mut self, pane: DrawnPane) {
        if pane.is_right {
            std::mem::swap(&mut self.ui_state.rows, &mut self.ui_state.right_rows);
        }
    }
}

/// Draws a pane.
fn pane_ui(ui: &mut Ui, window: &mut WindowContext<'_>, place: Rect) {
    let pane = window.pane;
    let before = window.actions.len();
    let builder = UiBuilder::new().id_salt(("pane", pane.is_right)).max_rect(place);
    let mut ui = ui.new_child(builder);
    ui.set_clip_rect(ui.clip_rect().intersect(place));
    if window.state.other_pane.is_some() {
        head_ui(&mut ui, window);
    }
    if pane.is_active {
        content::content_ui(&mut ui, window);
        return;
    }
    if let Some(folder) = window.state.navigation.current().folder() {
        offer_target(window, place, &folder.clone());
    }
    if window.state.navigation.current().is_shown_in_other_pane() {
        content::content_ui(&mut ui, window);
    } else {
        elsewhere_ui(&mut ui, window);
    }
    mark_target_ui(&ui, window, place);
    activate_ui(&ui, window, place, before);
}

/// Where the pane is, and the button that closes it.
fn head_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let palette = ui.palette();
    let is_active = window.pane.is_active;
    let (_, head) = ui.allocate_space(vec2(ui.available_width(), HEAD_HEIGHT));
    let location = window.state.navigation.current();
    let name = match location {
        Location::Folder(path) => window.state.folder_path(path),
        other => commands::location_name(window.state, other),
    };
    let response = ui.interact(head, ui.scope_id().with("head"), Sense::hover());
    response
        .widget_info(|| WidgetInfo::selected(Role::Label, true, is_active, tr!("pane-named", name = name)));

    let color = if is_active { palette.text } else { palette.dimmed };
    let icon = commands::location_icon(location).unwrap_or(icons::ICON_FOLDER);
    let middle = head.center().y;
    paint_icon(ui.painter(), pos2(head.min.x + 24.0, middle), icon, 18.0, color);
    let close = Rect::from_center_size(pos2(head.max.x - 20.0, middle), vec2(26.0, 26.0));
    let at = head.min.x + 42.0;
    let galley = elide_middle(ui.painter(), &name, &theme::medium(13.0), color, close.min.x - 8.0 - at);
    ui.painter().galley(pos2(at, middle - galley.size().y / 2.0), galley, color);
    let line = if is_active { (2.0, palette.accent) } else { (1.0, palette.line) };
    ui.painter().hline(head.x_range().shrink(8.0), head.max.y - 1.0, line);

    let mut corner = ui.new_child(UiBuilder::new().max_rect(close));
    if corner.add(IconButton::new(icons::ICON_CLOSE, tr!("pane-close")).size(26.0, 16.0)).clicked() {
        // Pressed in the other pane, it has become the active one.
        window.act(Action::Pane(PaneAction::Close { other: !is_active }));
    }
}

/// What is there once in the window is drawn in the active pane only.
fn elsewhere_ui(ui: &mut Ui, window: &WindowContext<'_>) {
    let location = window.state.navigation.current();
    let title = commands::location_name(window.state, location);
    let icon = commands::location_icon(location).unwrap_or(icons::ICON_FOLDER);
    let keys = commands::keys(Command::SwitchPane);
    let sentence = tr!("pane-show", keys = keys);
    empty_state_ui(ui, &EmptyState { icon, title: &title, sentence: &sentence, button: None });
}

/// What is dragged goes into the folder of this pane when it is dropped.
fn mark_target_ui(ui: &Ui, window: &WindowContext<'_>, place: Rect) {
    let target = window.ui_state.target.as_ref();
    if target.is_some() && target == window.state.navigation.current().folder() {
        let frame = place.shrink(3.0);
        let ring = ui.palette().focus_ring();
        ui.painter().rect_stroke(frame, theme::CORNER_LARGE, ring, StrokeKind::Inside);
    }
}

/// A press in the pane, or the Tab key, makes it the active one before anything is done in it. What is done there without
/// that, as to keep a name that was being edited, leaves it the other one.
fn activate_ui(ui: &Ui, window: &mut WindowContext<'_>, place: Rect, before: usize) {
    let done = window.actions.split_off(before);
    // The line between the panes belongs to none.
    let inside = place.shrink2(vec2(DIVIDER / 2.0, 0.0));
    let is_pressed = ui.input(|input| input.pointer.any_pressed()) && ui.rect_contains_pointer(inside);
    let has_focus = ui.memory(|memory| memory.focused() == Some(other_pane_id()));
    if is_pressed || has_focus {
        if has_focus {
            ui.memory_mut(|memory| memory.request_focus(content_id()));
        }
        window.act(Action::Pane(PaneAction::ShowOther));
        window.actions.extend(done);
    } else {
        let in_other = |action| Action::InOtherPane(Box::new(action));
        window.actions.extend(done.into_iter().map(in_other));
    }
}

/// What was measured in the pane that is not active.
fn events_of_other(events: Vec<WindowEvent>) -> impl Iterator<Item = WindowEvent> {
    events.into_iter().map(|event| WindowEvent::InOtherPane(Box::new(event)))
}

/// The line between two panes, which can be dragged; a double click puts it in the middle.
fn divider_ui(ui: &Ui, window: &mut WindowContext<'_>, content: Rect) {
    if window.state.other_pane.is_none() {
        return;
    }
    let x = middle_of(&window.ui_state.panes, content);
    ui.painter().vline(x, content.y_range(), (1.0, ui.palette().line));
    let edge = Rect::from_x_y_ranges(x - DIVIDER / 2.0..=x + DIVIDER / 2.0, content.y_range());
    let response = ui
        .interact(edge, ui.scope_id().with("divider"), Sense::CLICK | Sense::DRAG)
        .on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    if response.double_clicked() {
        window.ui_state.panes = PanesUiState::default();
    } else if let (true, Some(pointer)) = (response.dragged(), response.interact_pointer_pos()) {
        window.ui_state.panes.left_share = (pointer.x - content.min.x) / content.width().max(1.0);
        ui.ctx().request_repaint();
    }
}
