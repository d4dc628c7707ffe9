//! What takes the space of a folder: a map of what is large with the largest items beside it, lists of the largest and the
//! oldest files, and the sums of each kind.

mod children;
mod colors;
mod kinds;
mod map;
mod tiles;
mod treemap;

use super::entries::ContentLines;
use super::theme::{self, Palette, UiPalette};
use super::widgets::{EmptyState, chart_color, empty_state_ui, paint_skeleton_row, tabs_ui};
use super::{WindowContext, format, list};
use coffer_model::{IndexPhase, KindTotals, RemotePath, SpaceMap, SpacePart};
use coffer_state::space::SpaceColors;
use coffer_state::{Action, Command};
use coffer_texts::tr;
use colors::Age;
use egui::{Layout, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;
use map::Legend;

const SIDE: f32 = 12.0;
const BAR: f32 = 44.0;
const LEGEND: f32 = 30.0;
/// With less room the list beside the map gives way.
const LEAST_MAP: f32 = 300.0;
/// Kinds that the legend names; the others are one.
const NAMED_KINDS: usize = 5;

#[derive(Default)]
pub struct SpaceUiState {
    /// The item under the pointer, in the map or in the list beside it.
    pub hovered: Option<RemotePath>,
}

/// Fills all of `ui` that is left. Answers false where nothing could be had: then the content says why.
pub fn space_ui(ui: &mut Ui, window: &mut WindowContext<'_>, folder: &RemotePath, part: SpacePart) -> bool {
    bar_ui(ui, window, part);
    let is_pending = window.state.browser.listing.is_pending();
    let failed = window.state.browser.listing.problem().is_some();
    match part {
        SpacePart::Map => match window.state.space.map_of(folder).cloned() {
            Some(map) if map.blocks.is_empty() && !is_pending => empty_ui(ui, window),
            Some(map) => map_and_children_ui(ui, window, &map),
            None if failed => return false,
            None => nothing_yet_ui(ui, window),
        },
        SpacePart::Kinds => match window.state.space.summary_of(folder).cloned() {
            Some(summary) if summary.kinds.is_empty() && !is_pending => empty_ui(ui, window),
            Some(summary) => kinds::kinds_ui(ui, window, &summary),
            None if failed => return false,
            None => nothing_yet_ui(ui, window),
        },
        SpacePart::LargestFiles | SpacePart::OldestFiles => match ContentLines::from_state(window.state) {
            Some(lines) if !lines.is_empty() => list::list_ui(ui, window, &lines),
            Some(_) if !is_pending => empty_ui(ui, window),
            _ if failed => return false,
            _ => nothing_yet_ui(ui, window),
        },
    }
    true
}

fn nothing_yet_ui(ui: &Ui, window: &WindowContext<'_>) {
    if !window.state.shows_skeleton() {
        return;
    }
    let space = ui.available_rect_before_wrap().shrink2(vec2(SIDE, 8.0));
    for index in 0..6_u8 {
        let corner = pos2(space.min.x, space.min.y + 40.0 * f32::from(index));
        let row = Rect::from_min_size(corner, vec2(space.width(), 40.0));
        paint_skeleton_row(ui.painter(), row, usize::from(index), ui.palette());
    }
}

/// Nothing in the folder takes space, as far as is known.
fn empty_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let phase = window.state.session.index.as_ref().map(|index| index.phase);
    let building = match phase {
        Some(IndexPhase::Building { percent }) => Some(percent),
        _ => None,
    };
    let sentence = match building {
        Some(Some(percent)) => tr!("space-building-percent", percent = percent),
        Some(None) => tr!("space-building").to_owned(),
        None => tr!("space-none-note").to_owned(),
    };
    let title = if building.is_some() { tr!("space-not-indexed") } else { tr!("space-none") };
    let icon = icons::ICON_DONUT_SMALL;
    if empty_state_ui(
        ui,
        &EmptyState { icon, title, sentence: &sentence, button: Some(tr!("command-refresh")) },
    ) {
        window.command(Command::Refresh);
    }
}

/// The parts of the view, and what the colours of the map tell.
fn bar_ui(ui: &mut Ui, window: &mut WindowContext<'_>, part: SpacePart) {
    let (_, bar) = ui.allocate_space(vec2(ui.available_width(), BAR));
    let inner = bar.shrink2(vec2(SIDE + 4.0, 0.0)).with_max_y(bar.max.y - 4.0);
    let parts = [SpacePart::Map, SpacePart::LargestFiles, SpacePart::OldestFiles, SpacePart::Kinds];
    let names = [tr!("space-map"), tr!("space-largest"), tr!("space-oldest"), tr!("space-by-kind")];
    let open = parts.iter().position(|known| *known == part).unwrap_or(0);
    // Children of their own: what they take is in the bar already.
    let chosen = tabs_ui(&mut ui.new_child(UiBuilder::new().max_rect(inner).id_salt("parts")), &names, open);
    if let Some(part) = chosen.and_then(|chosen| parts.get(chosen)) {
        window.act(Action::ShowSpacePart(*part));
    }
    if part == SpacePart::Map {
        let place = Rect::from_min_max(pos2(inner.max.x - 132.0, inner.min.y + 3.0), inner.max);
        colors_ui(&mut ui.new_child(UiBuilder::new().max_rect(place).id_salt("colours")), window);
    }
}

/// A switch of two words.
fn colors_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let palette = ui.palette();
    let (rect, group) = ui.allocate_exact_size(vec2(132.0, 28.0), Sense::hover());
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    let parts = [
        (SpaceColors::Kind, tr!("column-kind"), tr!("space-color-by-kind")),
        (SpaceColors::Age, tr!("space-age"), tr!("space-color-by-age")),
    ];
    for (index, (colors, name, words)) in parts.into_iter().enumerate() {
        let left = rect.min.x + 66.0 * index as f32;
        let part = Rect::from_min_size(pos2(left, rect.min.y), vec2(66.0, rect.height()));
        let response = ui.interact(part, group.id.with(index), Sense::click());
        let is_chosen = window.state.space.colors == colors;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, words));
        if is_chosen {
            let fill = if palette.dark {
                theme::blend(palette.surface_2, palette.pressed())
            } else {
                palette.surface_1
            };
            ui.painter().add(palette.soft_shadow().as_shape(part.shrink(3.0), theme::CORNER - 2));
            ui.painter().rect_filled(part.shrink(3.0), theme::CORNER - 2, fill);
        }
        if response.has_focus() {
            let ring = palette.focus_ring();
            ui.painter().rect_stroke(part, theme::CORNER, ring, egui::StrokeKind::Inside);
        }
        let color = if is_chosen || response.hovered() { palette.text } else { palette.dimmed };
        let galley = ui.painter().layout_no_wrap(name.to_owned(), theme::medium(13.0), color);
        ui.painter().galley(part.center() - galley.size() / 2.0, galley, color);
        if response.clicked() {
            window.act(Action::ColorSpace(colors));
        }
    }
}

fn map_and_children_ui(ui: &mut Ui, window: &mut WindowContext<'_>, map: &SpaceMap) {
    let Some(listing) = window.state.browser.listing.value().cloned() else { return };
    let space = ui.available_rect_before_wrap();
    let hovered = window.ui_state.space.hovered.clone();
    let has_children = space.width() >= LEAST_MAP + children::WIDTH;
    let edge = if has_children { space.max.x - children::WIDTH } else { space.max.x };
    let left = space.with_max_x(edge).shrink2(vec2(SIDE, 0.0));
    let frame = Rect::from_min_max(
        pos2(left.min.x, left.min.y + 4.0),
        pos2(left.max.x, (left.max.y - LEGEND).max(left.min.y + 40.0)),
    );
    map::map_ui(ui, window, map, &listing, frame);
    let legend =
        Rect::from_min_max(pos2(left.min.x + 4.0, frame.max.y + 6.0), pos2(left.max.x, frame.max.y + LEGEND));
    let layout = Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(legend).layout(layout).id_salt("legend"), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(legend));
        ui.spacing_mut().item_spacing = Vec2::new(16.0, 0.0);
        legends_ui(ui, window, map);
    });
    if has_children {
        children::children_ui(ui, window, map, &listing, space.with_min_x(edge));
    }
    if window.ui_state.space.hovered != hovered {
        ui.ctx().request_repaint();
    }
}

fn legends_ui(ui: &mut Ui, window: &WindowContext<'_>, map: &SpaceMap) {
    let palette = ui.palette();
    if window.state.space.colors == SpaceColors::Age {
        for age in Age::ALL {
            map::legend_ui(ui, &Legend { color: age.color(palette), name: age.name(), more: String::new() });
        }
        return;
    }
    let Some(summary) = window.state.space.summary_of(&map.folder) else { return };
    let room = ui.available_width();
    let fits = |legends: &Vec<Legend>| {
        let widths = legends.iter().map(|legend| legend.width(ui) + ui.spacing().item_spacing.x);
        widths.sum::<f32>() <= room + ui.spacing().item_spacing.x
    };
    let legends = (1..=NAMED_KINDS).rev().map(|named| legends_of(&summary.kinds, named, palette)).find(fits);
    for legend in legends.iter().flatten() {
        map::legend_ui(ui, legend);
    }
}

/// The first kinds by name, and all others as one.
fn legends_of(kinds: &[KindTotals], named: usize, palette: &Palette) -> Vec<Legend> {
    let (named, others) = kinds.split_at(named.min(kinds.len()));
    let legend = |totals: &KindTotals| Legend {
        color: chart_color(totals.kind, palette),
        name: format::kinds_name(totals.kind),
        more: format::size(totals.bytes),
    };
    let mut legends: Vec<Legend> = named.iter().map(legend).collect();
    let bytes: u64 = others.iter().map(|totals| totals.bytes).sum();
    if bytes > 0 {
        legends.push(Legend { color: palette.dimmed, name: tr!("details-other"), more: format::size(bytes) });
    }
    legends
}
