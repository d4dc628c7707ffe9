//! The panel that slides up below the rows when files are on their way: what they add up to, how fast they go, and each
//! of them with its files. Whatever it shows, drawing it costs as much as can be seen.

mod files;
mod graph;
mod head;
mod keys;
mod limits;
mod list;
mod open_files;
mod row;
pub mod words;

pub use keys::list_id;
pub use limits::limits_ui;

use super::WindowContext;
use super::theme::UiPalette;
use super::widgets::{PushButton, dragged_to, panel_edge_ui, tabs_ui};
use coffer_state::Action;
use coffer_state::transfers::{RowFocus, Section};
use coffer_texts::tr;
use egui::{Align, Frame, Id, Layout, Panel, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

const TABS_HEIGHT: f32 = 38.0;
const FOOTER_HEIGHT: f32 = 42.0;
/// Below the last row where no footer stands.
const FOOT_ROOM: f32 = 8.0;
/// The rows above the panel keep so much.
const LEAST_ROWS: f32 = 150.0;
/// Of the height, unless it was dragged higher.
const MOST_SHARE: f32 = 0.6;
/// The list never gets higher, so that the files of the account stay in sight; with files of its own it needs more.
const MOST_LIST: f32 = 5.0 * row::RUNNING as f32;
const MOST_LIST_WITH_FILES: f32 = 420.0;
/// With less room for the list the graph gives way.
const LIST_BESIDE_GRAPH: f32 = 190.0;

/// What the panel keeps from one frame to the next.
#[derive(Default)]
pub struct PanelUiState {
    /// The panel was opened by a key: its list takes the keyboard.
    pub focus_wanted: bool,
    /// The line that was last brought into sight.
    revealed: Option<RowFocus>,
    /// How far the list is scrolled, in points.
    top: f64,
    /// Limits as they are being typed, for uploads and downloads.
    limits: [Option<String>; 2],
}

/// Draws the panel below the rows while it is open; answers where it is.
pub fn transfers_panel_ui(ui: &mut Ui, window: &mut WindowContext<'_>) -> Option<Rect> {
    let transfers = &window.state.transfers;
    let up = ui.ctx().animate_bool(Id::unique("transfers open"), transfers.panel_open);
    if up <= 0.0 {
        return None;
    }
    let heights = PanelHeights::new(window, ui.available_size());
    let panel = Panel::bottom("transfers").exact_size(heights.all() * up).resizable(false);
    let shown = panel.show_separator_line(false).frame(Frame::NONE).show(ui, |ui| {
        let seen = ui.max_rect();
        ui.set_clip_rect(seen);
        let line = ui.palette().line;
        ui.painter().hline(seen.x_range(), seen.min.y + 0.5, (1.0, line));
        let place = Rect::from_min_size(seen.min, vec2(seen.width(), heights.all()));
        let response = ui.interact(place, ui.scope_id().with("panel"), Sense::hover());
        let name = tr!("command-toggle-transfers");
        response.widget_info(|| WidgetInfo::labeled(Role::Region, true, name));
        heights.draw(ui, window, place);
    });
    Some(shown.response.rect)
}

/// The upper edge can be dragged; after a double click the panel is as high as it needs again.
pub fn edge_ui(ui: &Ui, window: &mut WindowContext<'_>, panel: Rect) {
    let response = panel_edge_ui(ui, Id::unique("transfers edge"), panel.with_max_y(panel.min.y));
    let height = dragged_to(&response).map(|to| (panel.max.y - to.y).round());
    if response.double_clicked() {
        window.act(Action::SetTransfersHeight(None));
    } else if height.is_some() && height != window.state.settings.transfers_height {
        window.act(Action::SetTransfersHeight(height));
    }
}

/// How high each part of the panel is.
struct PanelHeights {
    graph: f32,
    tabs: f32,
    list: f32,
    footer: f32,
}

impl PanelHeights {
    fn new(window: &WindowContext<'_>, space: Vec2) -> Self {
        let transfers = &window.state.transfers;
        let tabs = if tabs(window).len() > 1 { TABS_HEIGHT } else { 0.0 };
        let footer = if has_footer(window) { FOOTER_HEIGHT } else { FOOT_ROOM };
        let room = space.y - LEAST_ROWS;
        let most = if transfers.unfolded.is_some() { MOST_LIST_WITH_FILES } else { MOST_LIST };
        let wanted = (list::height(window, space.x) as f32).clamp(list::EMPTY_HEIGHT, most);
        let fixed = head::HEIGHT + tabs + footer;
        let chosen = window.state.settings.transfers_height.map(|height| height.min(room));
        let room = chosen.unwrap_or(room.min(space.y * MOST_SHARE));
        // What was over within a few seconds has left no line; then there is nothing to draw below the words.
        let has_line = transfers.count(Section::Running) > 0
            || transfers.history.peak() > 0 && transfers.history.samples().len() >= graph::LEAST_LINE;
        let has_graph = has_line && room - fixed - graph::HEIGHT >= wanted.min(LIST_BESIDE_GRAPH);
        let graph = if has_graph { graph::HEIGHT } else { 0.0 };
        let left = (room - fixed - graph).max(list::EMPTY_HEIGHT);
        let list = if chosen.is_some() { left } else { list::whole_lines(window, wanted.min(left)) };
        Self { graph, tabs, list, footer }
    }

    fn all(&self) -> f32 {
        head::HEIGHT + self.graph + self.tabs + self.list + self.footer
    }

    fn draw(&self, ui: &mut Ui, window: &mut WindowContext<'_>, panel: Rect) {
        let mut top = panel.min.y;
        let mut part = |height: f32| {
            let rect = Rect::from_min_size(pos2(panel.min.x, top), vec2(panel.width(), height));
            top += height;
            rect
        };
        head::head_ui(ui, window, part(head::HEIGHT));
        if self.graph > 0.0 {
            graph::graph_ui(ui, window, part(self.graph));
        }
        if self.tabs > 0.0 {
            sections_ui(ui, window, part(self.tabs));
        }
        list::list_ui(ui, window, part(self.list));
        if has_footer(window) {
            footer_ui(ui, window, part(self.footer));
        }
    }
}

/// The sections with a tab: the three that there always are, and others with something in them. None where all runs.
fn tabs(window: &WindowContext<'_>) -> Vec<Section> {
    let transfers = &window.state.transfers;
    let is_used = |section: &Section| transfers.count(*section) > 0;
    if !Section::ALL[1..].iter().any(is_used) {
        return vec![Section::Running];
    }
    let always = [Section::Running, Section::Failed, Section::Finished];
    Section::ALL.into_iter().filter(|section| always.contains(section) || is_used(section)).collect()
}

/// What runs, what failed, what is finished, what was stopped, what is open in other programs, each with its number.
fn sections_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
    let transfers = &window.state.transfers;
    let sections = tabs(window);
    let names: Vec<String> =
        sections.iter().map(|section| words::section(*section, transfers.count(*section))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let open = sections.iter().position(|section| *section == transfers.section()).unwrap_or(0);
    let place = rect.shrink2(vec2(18.0, 0.0));
    let chosen = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| tabs_ui(ui, &names, open)).inner;
    if let Some(index) = chosen {
        window.act(Action::ChooseSection(sections[index]));
    }
}

fn has_footer(window: &WindowContext<'_>) -> bool {
    let transfers = &window.state.transfers;
    let section = transfers.section();
    matches!(section, Section::Failed | Section::Finished | Section::Cancelled)
        && transfers.count(section) > 0
}

/// What is done with all of a section.
fn footer_ui(ui: &mut Ui, window: &mut WindowContext<'_>, foot: Rect) {
    let section = window.state.transfers.section();
    let place = Rect::from_center_size(foot.center(), vec2(foot.width() - 28.0, 28.0));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        if section == Section::Failed
            && ui.add(PushButton::link(tr!("retry-all-failed")).height(28.0)).clicked()
        {
            window.act(Action::RetryAllFailed);
        }
        let clear = match section {
            Section::Failed => tr!("clear-failed"),
            Section::Cancelled => tr!("clear-cancelled"),
            _ => tr!("clear-finished"),
        };
        if ui.add(PushButton::link(clear).height(28.0)).clicked() {
            window.act(Action::ClearTransfers(section));
        }
    });
}
