//! One item whose name is taken, as the dialogs about uploads and about moves show it: both sides of it, and the choice
//! between replacing, keeping both and skipping.

use super::frame::content_space;
use crate::ui::WindowContext;
use crate::ui::entry_thumbnails::{ready_thumbnail, thumbnail_of};
use crate::ui::format;
use crate::ui::grid::paint_thumbnail;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::{
    CHOICE_HEIGHT, ChoiceOption, IconButton, choice_ui, choice_width, elide_middle, paint_kind, paint_text,
    strong,
};
use coffer_model::transfer::Decision;
use coffer_model::{Entry, File, FileKind, RemotePath};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_texts::tr;
use egui::{
    Align, Align2, Layout, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;
use jiff::Timestamp;

/// With the choice beside the words, and below them.
const HEIGHT: f32 = 84.0;
const TALL: f32 = 122.0;

/// Left and right of a row.
const MARGIN: f32 = 12.0;

/// The words stand beside the choice when there is so much room for them.
const LEAST_WORDS: f32 = 300.0;

/// "On this computer" fits.
const SIDE_WIDTH: f32 = 106.0;

/// One of two pictures, and the space for both.
const PICTURE: f32 = 52.0;
const PICTURES_WIDTH: f32 = 134.0;

/// The button that compares both, and what is between it and the choice.
const COMPARE_SIZE: f32 = 32.0;
const COMPARE_GAP: f32 = 14.0;

const DECISIONS: [Decision; 3] = [Decision::Replace, Decision::KeepBoth, Decision::Skip];

pub(super) struct ConflictRow<'a> {
    /// Counts the items that are asked about.
    pub index: usize,
    pub name: &'a str,
    pub kind: FileKind,
    /// The folder inside the target where it goes.
    pub inside: Option<String>,
    pub sides: [ConflictSide; 2],
    /// Both items, as far as the account has them: of pictures a thumbnail is drawn.
    pub entries: [Option<&'a Entry>; 2],
    /// The word for replacing, and whether that is possible.
    pub replace: &'static str,
    pub can_replace: bool,
    /// Both are files, which can be shown beside each other.
    pub can_compare: bool,
    pub decision: Option<Decision>,
}

/// One of the two items with the name.
pub(super) struct ConflictSide {
    /// Whose it is.
    pub label: &'static str,
    /// What is known of it.
    pub facts: String,
    pub badge: Option<&'static str>,
}

/// What is known of a file with the name.
pub(super) struct FileFacts {
    pub size_bytes: u64,
    pub modified: Option<Timestamp>,
}

impl From<&File> for FileFacts {
    fn from(file: &File) -> Self {
        Self { size_bytes: file.size_bytes, modified: Some(file.client_modified) }
    }
}

impl ConflictSide {
    /// The item that comes and the one that is there; no facts of a folder.
    pub(super) fn both(
        window: &WindowContext<'_>,
        labels: [&'static str; 2],
        facts: &[Option<FileFacts>; 2],
    ) -> [Self; 2] {
        let modified = facts.each_ref().map(|facts| facts.as_ref()?.modified);
        let is_newer = |one: Option<Timestamp>, other: Option<Timestamp>| {
            one.zip(other).is_some_and(|(one, other)| one.as_second() > other.as_second())
        };
        let newer = [is_newer(modified[0], modified[1]), is_newer(modified[1], modified[0])];
        let of_folder = [tr!("conflict-folder"), tr!("conflict-same-folder")];
        std::array::from_fn(|side| Self {
            label: labels[side],
            facts: match &facts[side] {
                Some(facts) => in_words(window, facts),
                None => of_folder[side].to_owned(),
            },
            badge: newer[side].then(|| tr!("conflict-newer")),
        })
    }
}

/// "4.8 MB · 3 May 2026"
fn in_words(window: &WindowContext<'_>, file: &FileFacts) -> String {
    let modified = file.modified.map(|modified| window.clock.moment(modified));
    [Some(format::size(file.size_bytes)), modified].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "Trip / Day 1" for a folder inside the target, nothing for the target itself.
pub(super) fn inside(folder: Option<RemotePath>, target: &RemotePath) -> Option<String> {
    let folder = folder.filter(|folder| folder != target)?;
    let inside = folder.as_str().strip_prefix(target.as_str()).unwrap_or(folder.as_str());
    Some(inside.trim_start_matches('/').replace('/', " / "))
}

fn options(replace: &'static str, can_replace: bool) -> [ChoiceOption<'static>; 3] {
    [replace, tr!("conflict-keep-both"), tr!("conflict-skip")]
        .map(|word| ChoiceOption { word, enabled: word != replace || can_replace })
}

/// The same choice for many items; answers what was chosen. `chosen` is what they have in common.
pub(super) fn for_all_ui(
    ui: &mut Ui,
    (words, name): (&str, &str),
    replace: &'static str,
    chosen: Option<Decision>,
) -> Option<Decision> {
    let chosen = chosen.and_then(|chosen| DECISIONS.iter().position(|known| *known == chosen));
    let row = ui.horizontal(|ui| {
        ui.set_height(CHOICE_HEIGHT);
        strong(ui, words);
        let right = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(12.0);
            choice_ui(ui, name, &options(replace, true), chosen)
        });
        right.inner
    });
    row.inner.map(|index| DECISIONS[index])
}

/// The decision that all of them have.
pub(super) fn common(mut decisions: impl Iterator<Item = Option<Decision>>) -> Option<Decision> {
    let first = decisions.next()?;
    first.filter(|_| decisions.all(|other| other == first))
}

/// A list of rows of this height together, as high as the window allows; `draw` is given what is in sight and where
/// a row from a top of some height is.
pub(super) fn rows_ui(ui: &mut Ui, total: f32, draw: impl FnOnce(&mut Ui, Rect, &dyn Fn(f32, f32) -> Rect)) {
    let seen = total.min(content_space(ui.ctx()).y - 234.0).clamp(90.0, 460.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), seen), Sense::hover());
    ui.painter().rect_filled(rect, theme::CORNER, ui.palette().surface_0);
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, seen| {
            ui.set_height(total);
            let origin = ui.max_rect().min;
            let width = ui.max_rect().width();
            draw(ui, seen, &|top, height| Rect::from_min_size(origin + vec2(0.0, top), vec2(width, height)));
        });
    });
}

/// The first row of a height from `top` on that is in sight, and how many are.
pub(super) fn range(seen: Rect, top: f32, height: f32) -> (usize, usize) {
    let first = ((seen.min.y - top) / height).floor().max(0.0) as usize;
    let end = ((seen.max.y - top) / height).ceil().max(0.0) as usize;
    (first, end.saturating_sub(first))
}

/// Of each row, as long as the width stays.
pub(super) fn row_height(ui: &Ui) -> f32 {
    let choice = choice_width(ui, &options(tr!("conflict-replace"), true));
    let others = PICTURES_WIDTH + COMPARE_SIZE + COMPARE_GAP + choice + MARGIN + 16.0;
    if ui.available_width() - others < LEAST_WORDS { TALL } else { HEIGHT }
}

impl ConflictRow<'_> {
    pub(super) fn show(&self, ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
        let palette = ui.palette();
        let index = self.index;
        let chosen = DECISIONS.iter().position(|known| Some(*known) == self.decision);
        let options = options(self.replace, self.can_replace);
        let inside = rect.shrink2(vec2(MARGIN, 0.0));
        let is_tall = rect.height() > HEIGHT;
        let words = rect.with_max_y(rect.min.y + HEIGHT);
        let left = rect.min.x + PICTURES_WIDTH;
        let compare_width = if self.can_compare { COMPARE_SIZE + COMPARE_GAP } else { 0.0 };
        let left_of_choice = inside.max.x - choice_width(ui, &options) - compare_width;
        let place = if is_tall {
            Rect::from_min_max(pos2(left, words.max.y - 8.0), inside.max - vec2(0.0, 8.0))
        } else {
            inside.with_min_x(left_of_choice)
        };
        let builder =
            UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)).id_salt(index);
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = COMPARE_GAP;
            if self.can_compare {
                let button = IconButton::new(icons::ICON_DIFFERENCE, tr!("compare")).for_item(self.name);
                if ui.add(button.size(COMPARE_SIZE, 20.0)).clicked() {
                    window.act(Action::Dialog(DialogAction::CompareAsked(index)));
                }
            }
            if let Some(chosen) = choice_ui(ui, self.name, &options, chosen) {
                let decision = DECISIONS[chosen];
                window.act(Action::Dialog(DialogAction::DecideConflict { index, decision }));
            }
        });

        if index > 0 {
            ui.painter().hline(rect.x_range().shrink(12.0), rect.min.y, (1.0, palette.line));
        }
        self.pictures_ui(ui, window, words.with_max_x(left));
        let width = if is_tall { inside.max.x - left } else { left_of_choice - left - 16.0 };
        let name_width = self.name_ui(ui, pos2(left, rect.min.y + 21.0), width);
        let font = theme::tabular(theme::SMALL_TEXT);
        let widths = self.sides.each_ref().map(|side| {
            ui.painter().layout_no_wrap(side.label.to_owned(), font.clone(), palette.dimmed).size().x
        });
        let facts_at = (widths[0].max(widths[1]) + 8.0).max(SIDE_WIDTH);
        for (line, side) in self.sides.iter().enumerate() {
            let at = pos2(left, rect.min.y + 43.0 + line as f32 * 19.0);
            side_ui(ui, at, (facts_at, width), side, palette);
        }
        let response = ui.interact(
            Rect::from_min_max(rect.min, pos2(left + width.max(name_width), words.max.y)),
            ui.scope_id().with(("conflict", index)),
            Sense::hover(),
        );
        response.widget_info(|| {
            let sides: Vec<String> = self
                .sides
                .iter()
                .map(|side| {
                    let badge = side.badge.map(|badge| format!(", {badge}")).unwrap_or_default();
                    format!("{}: {}{badge}", side.label, side.facts)
                })
                .collect();
            WidgetInfo::labeled(Role::ListItem, true, format!("{}. {}", self.name, sides.join(". ")))
        });
    }

    /// Both pictures beside each other, in the order of the lines; else the symbol of the kind.
    fn pictures_ui(&self, ui: &Ui, window: &mut WindowContext<'_>, space: Rect) {
        let palette = ui.palette();
        let is_known = |entry: &Entry| thumbnail_of(window.state, entry, PICTURE).is_some();
        if !self.entries.iter().flatten().any(|entry| is_known(entry)) {
            let icon = Rect::from_center_size(space.center() - vec2(6.0, 0.0), Vec2::splat(26.0));
            paint_kind(ui.painter(), icon, self.kind, palette);
            return;
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let left = space.min.x + 12.0 + index as f32 * (PICTURE + 6.0);
            let center = pos2(left + PICTURE / 2.0, space.center().y);
            let picture = Rect::from_center_size(center, Vec2::splat(PICTURE));
            let pixels = PICTURE * ui.ctx().pixels_per_point();
            let texture = entry.and_then(|entry| ready_thumbnail(window, ui.ctx(), entry, pixels));
            if let Some(texture) = texture {
                paint_thumbnail(ui.painter(), texture, picture, palette);
            } else {
                let icon = Rect::from_center_size(center, Vec2::splat(22.0));
                paint_kind(ui.painter(), icon, self.kind, palette);
            }
        }
    }

    /// The name, and the folder inside the target where it goes.
    fn name_ui(&self, ui: &Ui, at: Pos2, width: f32) -> f32 {
        let palette = ui.palette();
        let font = theme::medium(theme::BODY_TEXT);
        let for_name = if self.inside.is_some() { width * 0.74 } else { width };
        let galley = elide_middle(ui.painter(), self.name, &font, palette.text, for_name);
        let size = galley.size();
        ui.painter().galley(at - vec2(0.0, size.y / 2.0), galley, palette.text);
        if let Some(inside) = &self.inside {
            let words = tr!("conflict-inside", inside = inside);
            let font = theme::regular(theme::SMALL_TEXT);
            let at = at + vec2(size.x + 8.0, 0.5);
            let width = width - size.x - 8.0;
            paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &words, font, palette.dimmed);
        }
        size.x
    }
}

/// One side of a conflict: whose it is, what is known of it, and whether it is the newer one.
fn side_ui(ui: &Ui, at: Pos2, (facts_at, width): (f32, f32), side: &ConflictSide, palette: &Palette) {
    let font = theme::tabular(theme::SMALL_TEXT);
    let painter = ui.painter();
    paint_text(painter, Align2::LEFT_CENTER, at, facts_at - 4.0, side.label, font.clone(), palette.dimmed);
    let badge =
        side.badge.map(|words| painter.layout_no_wrap(words.to_owned(), theme::medium(11.0), palette.accent));
    let badge_width = badge.as_ref().map_or(0.0, |badge| badge.size().x + 12.0);
    let at = at + vec2(facts_at, 0.0);
    let for_facts = width - facts_at - badge_width;
    let drawn = paint_text(painter, Align2::LEFT_CENTER, at, for_facts, &side.facts, font, palette.text);
    if let Some(words) = badge {
        let place = Rect::from_min_size(pos2(drawn.max.x + 8.0, at.y - 8.0), vec2(badge_width, 16.0));
        painter.rect_filled(place, 8.0, palette.accent.gamma_multiply(0.14));
        painter.galley(place.center() - words.size() / 2.0, words, palette.accent);
    }
}
