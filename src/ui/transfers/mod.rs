//! The panel that slides up when files are on their way: what they add up to, how fast they go, and each of them with
//! its files. Whatever it shows, drawing it costs as much as can be seen.

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
use super::theme::{self, UiPalette};
use super::widgets::{PushButton, tabs_ui};
use coffer_state::Action;
use coffer_state::transfers::{RowFocus, Section};
use coffer_texts::tr;
use egui::{Align, Area, Context, Id, Layout, Order, Rect, Role, Sense, Ui, UiBuilder, pos2, vec2};

const WIDTH: f32 = 580.0;
/// Narrower it covers the margins.
const LEAST_WIDTH: f32 = 420.0;
const MARGIN: f32 = 20.0;
const LEAST_MARGIN: f32 = 8.0;
/// Kept free below the panel.
const FOOT: f32 = 12.0;
const TABS_HEIGHT: f32 = 38.0;
const FOOTER_HEIGHT: f32 = 42.0;
/// Below the last row where no footer stands.
const FOOT_ROOM: f32 = 8.0;
/// Kept free above the panel.
const ABOVE: f32 = 46.0;
/// The list never gets higher, so that the files of the account stay in sight; with files of its own it needs more.
const MOST_LIST: f32 = 5.0 * row::RUNNING as f32;
const MOST_LIST_WITH_FILES: f32 = 420.0;
/// Seconds of speed that make a line.
const LEAST_LINE: usize = 4;
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

/// Draws the panel at the lower right of `content` while it is open, above `toasts`.
pub fn transfers_panel_ui(
    ctx: &Context,
    window: &mut WindowContext<'_>,
    content: Rect,
    toasts: Option<Rect>,
) {
    let transfers = &window.state.transfers;
    let id = Id::unique("transfers");
    let up = ctx.animate_bool(id.with("open"), transfers.panel_open);
    if up <= 0.0 {
        return;
    }
    let heights = PanelHeights::new(window, content, toasts);
    let slid = heights.panel.translate(vec2(0.0, (1.0 - up) * 24.0));
    let area = Area::new(id)
        .order(Order::Middle)
        .fixed_pos(slid.min)
        .interactable(transfers.panel_open)
        .fade_in(false)
        .role(Role::Region)
        .accessible_name(tr!("command-toggle-transfers"));
    area.show(ctx, |ui| {
        ui.multiply_opacity(up);
        ui.allocate_rect(slid, Sense::CLICK | Sense::DRAG);
        let palette = ui.palette();
        ui.painter().add(palette.shadow().as_shape(slid, theme::CORNER_LARGE));
        ui.painter().rect_filled(slid, theme::CORNER_LARGE, palette.surface_raised);
        heights.draw(ui, window, slid);
    });
}

/// How high each part of the panel is.
struct PanelHeights {
    panel: Rect,
    graph: f32,
    tabs: f32,
    list: f32,
    footer: f32,
}

impl PanelHeights {
    fn new(window: &WindowContext<'_>, content: Rect, toasts: Option<Rect>) -> Self {
        let transfers = &window.state.transfers;
        let margin = if content.width() - 2.0 * MARGIN < LEAST_WIDTH { LEAST_MARGIN } else { MARGIN };
        let width = WIDTH.min(content.width() - 2.0 * margin);
        let beside: usize = SECTIONS[1..].iter().map(|section| transfers.count(*section)).sum();
        let tabs = if beside > 0 { TABS_HEIGHT } else { 0.0 };
        let footer = if has_footer(window) { FOOTER_HEIGHT } else { FOOT_ROOM };
        let foot = toasts.map_or(FOOT, |toasts| FOOT.max(content.max.y - toasts.min.y + 12.0));
        let room = content.height() - foot - ABOVE;
        let most = if transfers.unfolded.is_some() { MOST_LIST_WITH_FILES } else { MOST_LIST };
        let wanted = (list::height(window, width) as f32).clamp(list::EMPTY_HEIGHT, most);
        let fixed = head::HEIGHT + tabs + footer;
        // What was over within a few seconds has left no line; then there is nothing to draw below the words.
        let has_line = if transfers.count(Section::Running) > 0 {
            !transfers.history.is_empty()
        } else {
            transfers.history.peak() > 0 && transfers.history.samples().len() >= LEAST_LINE
        };
        let has_graph = has_line && room - fixed - graph::HEIGHT >= wanted.min(LIST_BESIDE_GRAPH);
        let graph = if has_graph { graph::HEIGHT } else { 0.0 };
        let list = list::whole_lines(window, wanted.min((room - fixed - graph).max(list::EMPTY_HEIGHT)));
        let size = vec2(width, fixed + graph + list);
        let corner = pos2(content.max.x - margin - size.x, content.max.y - foot - size.y);
        Self { panel: Rect::from_min_size(corner.round(), size), graph, tabs, list, footer }
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

const SECTIONS: [Section; 4] = [Section::Running, Section::Failed, Section::Finished, Section::OpenFiles];

/// The tabs: what runs, what failed, what is finished, what is open in other programs, each with its number.
fn sections_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
    let transfers = &window.state.transfers;
    let names = SECTIONS.map(|section| words::section(section, transfers.count(section)));
    let open = SECTIONS.iter().position(|section| *section == transfers.section()).unwrap_or(0);
    let place = rect.shrink2(vec2(18.0, 0.0));
    let names = names.each_ref().map(String::as_str);
    let chosen = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| tabs_ui(ui, &names, open)).inner;
    if let Some(index) = chosen {
        window.act(Action::ChooseSection(SECTIONS[index]));
    }
}

fn has_footer(window: &WindowContext<'_>) -> bool {
    let transfers = &window.state.transfers;
    let section = transfers.section();
    matches!(section, Section::Failed | Section::Finished) && transfers.count(section) > 0
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
        let clear = if section == Section::Failed { tr!("clear-failed") } else { tr!("clear-finished") };
        if ui.add(PushButton::link(clear).height(28.0)).clicked() {
            window.act(Action::ClearTransfers(section));
        }
    });
}
