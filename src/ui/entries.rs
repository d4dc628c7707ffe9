//! What list and grid share: their lines, the style of each, the thumbnails they need, and what clicks, drags and the
//! rubber band on them mean. Where each line is drawn is decided in `list` and `grid`.

use super::theme::Palette;
use super::ui_state::{EntryDrag, MenuTarget, OpenMenu, RubberBand};
use super::{WindowContext, last_input, middle_click};
use coffer_model::{Entry, FileKind, Listing, RemotePath, ViewMode};
use coffer_state::input::ClickModifiers;
use coffer_state::open_files::OpenFileStatus;
use coffer_state::{Action, Focus, State};
use egui::accesskit;
use egui::{Color32, Context, Event, Id, Modifiers, PointerButton, Rect, Response, Role, Ui, WidgetInfo};
use egui_material_icons::{MaterialIcon, icons};
use std::sync::Arc;

/// The widget that has the keyboard for all rows.
pub fn content_id() -> Id {
    Id::unique("content")
}

/// Where the Tab key comes to the pane that is not active.
pub fn other_pane_id() -> Id {
    Id::unique("other pane")
}

/// The id of a row: it stays with the item when rows are added or sorted, and with the side when the other pane becomes active.
pub fn row_id(window: &WindowContext<'_>, path: &RemotePath) -> Id {
    content_id().with((window.pane.is_right, path.lower()))
}

/// The lines to draw: the listing, and above it the folder that is being made. In a list, a heading stands above each group,
/// above what only the service has found, and above what was deleted together.
#[derive(Clone)]
pub struct ContentLines {
    pub listing: Arc<Listing>,
    pub new_folder: bool,
    has_headings: bool,
}

impl ContentLines {
    pub fn from_state(state: &State) -> Option<Self> {
        let listing = Arc::clone(state.browser.listing.value()?);
        let rename = state.browser.rename.as_ref();
        // Once the listing has the new folder, that row shows it.
        let new_folder = rename.is_some_and(|rename| {
            let folder = state.navigation.current().folder();
            let is_listed = || folder.is_some_and(|it| listing.row_of(&it.join(&rename.text)).is_some());
            rename.entry.is_none() && (rename.committing.is_none() || !is_listed())
        });
        Some(Self { listing, new_folder, has_headings: state.folder_view().view == ViewMode::List })
    }

    /// Lines above the first row.
    pub fn extra(&self) -> usize {
        usize::from(self.new_folder)
    }

    pub fn len(&self) -> usize {
        self.listing.entries.len() + self.extra() + self.heading_count()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of the listing that a line shows; `None` for the folder being made and for headings.
    pub fn row(&self, line: usize) -> Option<usize> {
        let place = line.checked_sub(self.extra())?;
        let above = self.headings_to(place);
        (self.heading(line).is_none()).then(|| place - above)
    }

    /// The line that shows a row.
    pub fn line_of(&self, row: usize) -> usize {
        // The headings above it come first.
        let above = first_that(self.heading_count(), |heading| self.heading_row(heading) > row);
        row + self.extra() + above
    }

    /// Which heading a line shows.
    pub fn heading(&self, line: usize) -> Option<usize> {
        let place = line.checked_sub(self.extra())?;
        let last = self.headings_to(place).checked_sub(1)?;
        (self.heading_row(last) + last == place).then_some(last)
    }

    /// Its headings are those of groups.
    pub fn has_groups(&self) -> bool {
        !self.listing.groups.list.is_empty()
    }

    /// How many rows only the service has found.
    pub fn service_rows(&self) -> usize {
        let from = self.listing.search.as_ref().map(|search| search.service_from);
        from.map_or(0, |from| self.listing.entries.len().saturating_sub(from))
    }

    /// How many headings there are down to a place, counted without the folder being made.
    fn headings_to(&self, place: usize) -> usize {
        first_that(self.heading_count(), |heading| self.heading_row(heading) + heading > place)
    }

    fn heading_count(&self) -> usize {
        match &self.listing.deleted {
            _ if !self.has_headings => 0,
            Some(deleted) => deleted.deletions.len(),
            None if self.has_groups() => self.listing.groups.list.len(),
            None => usize::from(self.service_rows() > 0),
        }
    }

    /// The row below a heading.
    fn heading_row(&self, heading: usize) -> usize {
        if let Some(group) = self.listing.groups.list.get(heading) {
            return group.first_row;
        }
        let search = || self.listing.search.as_ref().map(|search| search.service_from);
        let deletion = self.listing.deleted.as_ref().and_then(|deleted| deleted.deletions.get(heading));
        deletion.map(|deletion| deletion.first_row).or_else(search).unwrap_or_default()
    }

    pub fn entry(&self, line: usize) -> Option<&Entry> {
        self.row(line).and_then(|row| self.listing.entries.get(row))
    }
}

/// The first of so many numbers that is one of those at the end.
fn first_that(count: usize, is_at_end: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_at_end(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// How one entry is drawn now.
pub struct EntryStyle {
    pub kind: FileKind,
    pub selected: bool,
    pub cursor: bool,
    /// Cut to the clipboard, or an edit of it is under way; in the past, not there yet.
    pub pale: bool,
    /// A drag is over this folder.
    pub target: bool,
    pub renaming: bool,
}

impl EntryStyle {
    pub fn new(window: &WindowContext<'_>, entry: &Entry, content_has_keys: bool) -> Self {
        let state = window.state;
        let selection = &state.browser.selection;
        let cut = state.clipboard.is_cut(&entry.path);
        let target = entry.is_folder() && window.ui_state.target.as_ref() == Some(&entry.path);
        let rename = state.browser.rename.as_ref().filter(|rename| rename.committing.is_none());
        let renamed = rename.and_then(|rename| rename.entry.as_ref());
        Self {
            kind: entry.file_kind(),
            selected: selection.paths.contains(&entry.path),
            cursor: content_has_keys && selection.cursor.as_ref() == Some(&entry.path),
            pale: cut || state.browser.busy.contains_key(&entry.path),
            target,
            renaming: renamed.is_some_and(|renamed| renamed.path == entry.path),
        }
    }

    /// One that is not selected looks chosen with a ring, so it has none while the mouse is used.
    pub fn has_ring(&self, ctx: &Context) -> bool {
        self.cursor && !self.renaming && (self.selected || !last_input::was_mouse(ctx))
    }

    pub fn opacity(&self) -> f32 {
        if self.pale { 0.5 } else { 1.0 }
    }
}

/// The mark of a file that is open in another program.
pub struct OpenBadge {
    pub icon: MaterialIcon,
    pub color: Color32,
}

pub fn open_badge(state: &State, entry: &Entry, palette: &Palette) -> Option<OpenBadge> {
    let open_files = &state.transfers.open_files;
    let (icon, color) = match open_files.status(open_files.at(&entry.path)?) {
        OpenFileStatus::Saved => (icons::ICON_EDIT_DOCUMENT, palette.dimmed),
        OpenFileStatus::Saving => (icons::ICON_SYNC, palette.accent),
        OpenFileStatus::Unsaved | OpenFileStatus::Conflict => (icons::ICON_EDIT_DOCUMENT, palette.warning),
    };
    Some(OpenBadge { icon, color })
}

/// Whether arrows and letters go to the rows now.
pub fn content_has_keys(ctx: &Context, state: &State) -> bool {
    let focused = ctx.memory(egui::Memory::focused);
    state.focus == Focus::Content && state.dialog.is_none() && focused.is_none_or(|id| id == content_id())
}

/// Whether they go to those that are drawn now.
pub fn rows_have_keys(ctx: &Context, window: &WindowContext<'_>) -> bool {
    window.pane.is_active && content_has_keys(ctx, window.state)
}

/// A pointer that only rests on something says nothing while a text is typed, and covers no message. What it had said is
/// not kept over the dialog or the menu that a key opens there.
pub fn shows_tooltips(ctx: &Context, window: &WindowContext<'_>) -> bool {
    let is_covered = window.state.dialog.is_some() || window.ui_state.menu.is_some();
    !is_covered && !ctx.text_edit_focused() && window.state.toasts.list().is_empty()
}

/// Tells screen readers and tests what a line is.
pub fn describe(
    ui: &Ui,
    response: &Response,
    role: Role,
    name: &str,
    style: &EntryStyle,
    at: (usize, usize),
    more: &str,
) {
    response.widget_info(|| WidgetInfo::selected(role, true, style.selected, name));
    let (row, of) = at;
    ui.ctx().accesskit_node_builder(response.id, |node: &mut accesskit::Node| {
        node.set_position_in_set(row + 1);
        node.set_size_of_set(of);
        if !more.is_empty() {
            node.set_description(more);
        }
    });
}

/// What presses, clicks and drags on a line mean. `on_name`: the pointer is on its picture or name, from where it
/// is dragged; elsewhere on a line that was not selected a rubber band begins.
pub fn handle_row(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    response: &Response,
    row: usize,
    entry: &Entry,
    selected: bool,
    on_name: bool,
) -> bool {
    let (modifiers, pressed, secondary) = ui
        .input(|input| (input.modifiers, input.pointer.primary_pressed(), input.pointer.secondary_pressed()));
    let under = response.is_pointer_button_down_on();
    if under && (pressed || secondary) {
        ui.memory_mut(|memory| memory.request_focus(content_id()));
    }
    let click = |secondary| Action::Click { row, modifiers: click_modifiers(modifiers, secondary) };

    // A plain press selects at once, so that the window answers before the button is up. A press on a selected row
    // waits for the release: it may begin a drag of all that is selected.
    if under && pressed && !selected && !modifiers.command {
        window.act(click(false));
        window.ui_state.rows.press_done = Some(response.id);
    } else if under && secondary {
        window.act(click(true));
    }
    let opens = if window.state.settings.opens_with_one_click {
        response.clicked() && !response.double_clicked()
    } else {
        // Not where rows have moved, and its second press was the first on this row.
        response.double_clicked()
            && (window.ui_state.rows.press_done != Some(response.id) || presses_in_frame(ui) > 1)
    };
    if opens && !modifiers.any() {
        window.act(Action::Open(entry.path.clone()));
    } else if response.clicked() && window.ui_state.rows.press_done != Some(response.id) {
        window.act(click(false));
    }
    if response.clicked() || response.drag_stopped() {
        window.ui_state.rows.press_done = None;
    }
    if entry.is_folder() {
        middle_click::open_behind(window, response, |state| {
            state.navigation.current().of_folder(entry.path.clone())
        });
    }
    if response.secondary_clicked() {
        // A press and its release may come in one frame, and then nothing has been pressed for long.
        if !(under && secondary) {
            window.act(click(true));
        }
        open_menu(ui, window, MenuTarget::Rows);
    }
    if response.drag_started_by(PointerButton::Primary) {
        // What this very press has selected was not chosen to be dragged.
        let was_selected = selected && window.ui_state.rows.press_done != Some(response.id);
        if was_selected || on_name {
            begin_drag(window, entry, selected);
        } else {
            return true;
        }
    }
    false
}

fn presses_in_frame(ui: &Ui) -> usize {
    let is_press = |event: &&Event| {
        matches!(event, Event::PointerButton { button: PointerButton::Primary, pressed: true, .. })
    };
    ui.input(|input| input.events.iter().filter(is_press).count())
}

fn begin_drag(window: &mut WindowContext<'_>, entry: &Entry, selected: bool) {
    if entry.is_deleted() || window.state.navigation.current().is_past() {
        return;
    }
    let browser = &window.state.browser;
    let entries = match browser.listing.value() {
        Some(_) if selected => browser.selected_entries().into_iter().cloned().collect(),
        _ => vec![entry.clone()],
    };
    window.ui_state.drag = Some(EntryDrag { entries: Arc::new(entries), is_promised: false });
}

/// What happens on the space between and below rows. Answers whether a rubber band begins there.
pub fn handle_space(ui: &Ui, window: &mut WindowContext<'_>, response: &Response) -> bool {
    let modifiers = ui.input(|input| input.modifiers);
    if response.clicked() && !modifiers.command && !modifiers.shift {
        window.act(Action::ClickEmpty);
    }
    if response.is_pointer_button_down_on() && ui.input(|input| input.pointer.any_pressed()) {
        ui.memory_mut(|memory| memory.request_focus(content_id()));
    }
    if response.secondary_clicked() {
        window.act(Action::ClickEmpty);
        open_menu(ui, window, MenuTarget::Location);
    }
    response.drag_started_by(PointerButton::Primary)
}

/// Opens a menu at the pointer.
pub fn open_menu(ui: &Ui, window: &mut WindowContext<'_>, target: MenuTarget) {
    if let Some(at) = ui.input(|input| input.pointer.interact_pos()) {
        window.ui_state.menu = Some(OpenMenu::new(at, target));
    }
}

fn click_modifiers(modifiers: Modifiers, secondary: bool) -> ClickModifiers {
    ClickModifiers { toggle: modifiers.command, extend: modifiers.shift, secondary }
}

/// Begins a rubber band at the pointer. `top` is the screen's y of the content's begin.
pub fn begin_band(ui: &Ui, window: &mut WindowContext<'_>, top: f64) {
    let (origin, modifiers) = ui.input(|input| (input.pointer.press_origin(), input.modifiers));
    let Some(origin) = origin else { return };
    let keep = modifiers.command || modifiers.shift;
    let band = RubberBand {
        x: origin.x,
        content_y: f64::from(origin.y) - top,
        keep,
        last: 0..0,
        last_rows: Vec::new(),
    };
    window.ui_state.rows.band = Some(band);
    // An empty band first, so that the state knows what was selected before.
    window.act(Action::RubberBand { rows: Vec::new(), keep });
}

/// Draws the rubber band, selects the lines that it touches and scrolls when the pointer leaves `space`. `touched` gives
/// the lines under a rectangle of the screen. Answers by how much to scroll.
pub fn band_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    lines: &ContentLines,
    space: Rect,
    top: f64,
    touched: impl Fn(Rect) -> Vec<usize>,
) -> f32 {
    let Some(mut band) = window.ui_state.rows.band.take() else { return 0.0 };
    let (at, down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.primary_down()));
    let Some(at) = at.filter(|_| down) else {
        window.act(Action::RubberBandEnd);
        return 0.0;
    };
    let begin = egui::pos2(band.x, (band.content_y + top) as f32);
    let rect = Rect::from_two_pos(begin, at.clamp(space.min, space.max));
    let rows: Vec<usize> = touched(rect).into_iter().filter_map(|line| lines.row(line)).collect();
    if rows != band.last_rows {
        band.last_rows.clone_from(&rows);
        window.act(Action::RubberBand { rows, keep: band.keep });
    }
    let palette = super::theme::UiPalette::palette(ui);
    let painter = ui.painter_at(space);
    painter.rect_filled(rect, 3.0, palette.accent.gamma_multiply(0.12));
    painter.rect_stroke(rect, 3.0, (1.0, palette.accent.gamma_multiply(0.7)), egui::StrokeKind::Inside);
    window.ui_state.rows.band = Some(band);
    auto_scroll(ui, space, at)
}

/// How far to scroll in this frame while something is dragged to the edge of `space`.
pub fn auto_scroll(ui: &Ui, space: Rect, pointer: egui::Pos2) -> f32 {
    const EDGE: f32 = 28.0;
    let over = (pointer.y - (space.max.y - EDGE)).max(0.0) - ((space.min.y + EDGE) - pointer.y).max(0.0);
    if over == 0.0 {
        return 0.0;
    }
    ui.ctx().request_repaint();
    let secs = ui.input(|input| input.stable_dt.min(0.05));
    over.signum() * (over.abs() * 14.0).min(1400.0) * secs
}

/// A folder that can be dropped on, where it is drawn; none while the past is shown.
pub fn offer_target(window: &mut WindowContext<'_>, rect: Rect, path: &RemotePath) {
    if window.state.navigation.current().is_past() {
        return;
    }
    window.ui_state.targets.push((rect, path.clone()));
}

/// Scrolls while rows are dragged to the edge of `space`.
pub fn drag_scroll(ui: &Ui, window: &WindowContext<'_>, space: Rect) -> f32 {
    let pointer = ui.input(|input| input.pointer.interact_pos());
    match pointer.filter(|_| window.ui_state.drag.is_some()) {
        Some(pointer) if space.expand(32.0).contains(pointer) => auto_scroll(ui, space, pointer),
        _ => 0.0,
    }
}
