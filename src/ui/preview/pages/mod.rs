//! The pages of a PDF file, or an SVG picture, which is one page: the first one in the details pane, and all of them under each other in the large preview.
//! The worker draws what is in sight, in parts and in the size in which they are shown; here they are put in their
//! places (`layout`). What they say can be found (`finding`) and copied (`selection`), which `reading` draws. Until they are there, those of another size stand in for them.

mod finding;
mod layout;
mod reading;
mod selection;

pub(super) use finding::PageFind;
pub(super) use layout::PageStack;
pub(super) use selection::PageSelection;

use super::parts::{part_ui, parts_within};
use super::picture::PicturePlace;
use super::ui_state::PagesUiState;
use super::{PreviewSlot, WindowContext, message_ui, tell_fit_zoom};
use crate::ui::preview::text::paper;
use crate::ui::textures::{Sampling, fit, paint_texture};
use crate::ui::theme::{self, UiPalette};
use coffer_model::preview::{PageSize, PagesPreview};
use coffer_model::{PagePart, Pixels, Preview};
use coffer_state::action::DialogAction;
use coffer_state::input::ZoomStep;
use coffer_state::large_preview::LargePreview;
use coffer_state::page_parts::PartState;
use coffer_state::{Action, WindowEvent};
use coffer_texts::tr;
use egui::emath::GuiRounding;
use egui::{
    Align2, Color32, Key, Modifiers, Pos2, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, vec2,
};
use egui_material_icons::icons;
use layout::PageLayout;
use std::sync::Arc;

/// An arrow key scrolls so far, in points.
const ARROW_STEP: f32 = 54.0;

/// The bar at the side takes so much of the width.
const BAR_WIDTH: f32 = 12.0;

/// Words on a page that can’t be shown. Paper is white in both themes.
const INK: Color32 = Color32::from_gray(96);

/// Fills a place with the first page.
pub(super) fn first_page_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    document: &PagesPreview,
    place: &PicturePlace<'_>,
) {
    let Some(pixels) = &document.first_page else {
        let pages = tr!("pages", count = document.pages.len());
        let detail = tr!("pages-no-first");
        return message_ui(ui, icons::ICON_PICTURE_AS_PDF, &pages, detail, place.rect);
    };
    let palette = ui.palette();
    let response = ui.interact(place.rect, place.id.with("picture"), Sense::hover());
    let words = if document.has_paper {
        tr!("pages-first-of", name = place.name)
    } else {
        tr!("picture-named", name = place.name)
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    ui.painter().rect_filled(place.rect, theme::CORNER, paper(palette));
    let size = vec2(pixels.width as f32, pixels.height as f32);
    let page = fit(size, place.rect.shrink(GAP_IN_PANE), 1.0);
    let texture = window.textures.picture(ui.ctx(), pixels, Sampling::Smooth);
    paint_texture(ui.painter(), page, texture, 0, palette);
    if document.has_paper {
        ui.painter().rect_stroke(page, 0.0, (1.0, palette.line), StrokeKind::Outside);
    }
}

const GAP_IN_PANE: f32 = 8.0;

/// Fills `stage` with the pages that are in sight. `keys`: it has the keyboard.
pub(super) fn pages_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    large: &LargePreview,
    slot: &PreviewSlot<'_>,
    (preview, document): (&Arc<Preview>, &PagesPreview),
    stage: Rect,
    keys: bool,
) {
    let mut view = window.ui_state.previews.take_pages(preview, document);
    let place = stage.size() - vec2(BAR_WIDTH, 0.0);
    let fit_zoom = view.stack.fit_zoom(place, document.has_paper && large.zoom.fits_width);
    tell_fit_zoom(ui, window, &large.zoom, fit_zoom);
    handle_wheel(ui, window, stage, large.zoom.chosen.unwrap_or(fit_zoom));
    let zoom = large.zoom.chosen.unwrap_or(fit_zoom);
    let stack = Arc::clone(&view.stack);
    let layout = PageLayout { stack: &stack, zoom, place_width: place.x };
    let is_settled = view.zoom == Some(zoom);
    if document.can_have_text {
        reading::handle_keys(ui, &mut view, &large.texts, layout.count(), keys);
    }
    let found = reading::look(ui, &mut view, &large.texts, &layout, stage);
    let offset = offset_for(ui, &view, &layout, stage, keys).or(found);

    let mut area = ScrollArea::both().id_salt(slot.id.with("pages")).auto_shrink(false);
    if let Some(offset) = offset {
        area = area.scroll_offset(offset.max(Vec2::ZERO));
    }
    let builder = UiBuilder::new().max_rect(stage).id_salt(slot.id.with("pages"));
    let scrolled = ui.scope_builder(builder, |ui| {
        area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(layout.size());
            let origin = ui.max_rect().min;
            let pages = DrawnPages { large, document, layout: &layout, origin, viewport };
            pages.show(ui, window, slot, &mut view, is_settled);
        })
    });
    let offset = scrolled.inner.state.clamped_offset();
    let page = layout.page_in_view(offset.y, stage.height());
    view.page = page;
    view.offset = offset;
    view.zoom = Some(zoom);
    reading::field_ui(ui, &mut view, large, slot, stage);
    window.ui_state.previews.pages = Some(view);
    if !is_settled {
        ui.ctx().request_repaint();
    }
}

/// Ctrl and the wheel, or two fingers.
fn handle_wheel(ui: &Ui, window: &mut WindowContext<'_>, stage: Rect, zoom: f32) {
    let factor = ui.input(egui::InputState::zoom_delta);
    if (factor - 1.0).abs() > 1e-4 && ui.rect_contains_pointer(stage) {
        window.act(Action::Dialog(DialogAction::Zoom(ZoomStep::To(zoom * factor))));
    }
}

/// Where the view goes by a key or by another zoom; `None` where it stays.
fn offset_for(
    ui: &Ui,
    view: &PagesUiState,
    layout: &PageLayout<'_>,
    stage: Rect,
    keys: bool,
) -> Option<Vec2> {
    if let Some(old_zoom) = view.zoom.filter(|old_zoom| (old_zoom - layout.zoom).abs() > 1e-6) {
        let old = PageLayout { stack: layout.stack, zoom: old_zoom, place_width: layout.place_width };
        // What is under the pointer stays there when the wheel zooms, and the middle when a key or a button does.
        let pointer = ui.input(|input| input.pointer.hover_pos().filter(|_| input.modifiers.command));
        let still = pointer.filter(|pointer| stage.contains(*pointer)).unwrap_or(stage.center()) - stage.min;
        return Some(old.moved_to(layout, (view.offset + still).to_pos2()).to_vec2() - still);
    }
    if !keys {
        return None;
    }
    let top = view.offset.y;
    let height = stage.height();
    let targets = [
        (Key::PageDown, layout.step(top, height, true)),
        (Key::PageUp, layout.step(top, height, false)),
        (Key::ArrowDown, top + ARROW_STEP),
        (Key::ArrowUp, top - ARROW_STEP),
        (Key::Home, 0.0),
        (Key::End, layout.size().y),
    ];
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (_, target) = targets.into_iter().find(|(key, _)| pressed(*key))?;
    let most = (layout.size().y - height).max(0.0);
    Some(vec2(view.offset.x, target.clamp(0.0, most)))
}

/// The pages while they are drawn.
struct DrawnPages<'a> {
    large: &'a LargePreview,
    document: &'a PagesPreview,
    layout: &'a PageLayout<'a>,
    /// The top left corner of all pages, on the screen.
    origin: Pos2,
    /// What is in sight, from that corner.
    viewport: Rect,
}

impl DrawnPages<'_> {
    fn show(
        &self,
        ui: &mut Ui,
        window: &mut WindowContext<'_>,
        slot: &PreviewSlot<'_>,
        view: &mut PagesUiState,
        is_settled: bool,
    ) {
        let now = self.layout.page_in_view(self.viewport.min.y, self.viewport.height());
        let sense = if self.document.can_have_text { Sense::click_and_drag() } else { Sense::hover() };
        let response = ui.interact(ui.clip_rect(), slot.id.with("document"), sense);
        let label = tr!("pages-of", name = slot.entry.name());
        response.widget_info(|| WidgetInfo::labeled(Role::Document, true, &label));
        let value = tr!("page-of", page = now + 1, count = self.layout.count());
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(value));

        let in_sight = self.layout.pages_between(self.viewport.min.y, self.viewport.max.y);
        let mut wanted = Vec::new();
        for page in in_sight.clone() {
            self.page_ui(ui, window, page, &mut wanted);
            self.marks_ui(ui, view, page);
        }
        if self.document.can_have_text {
            self.handle_pointer(ui, view, &response, &in_sight);
            window.emit(WindowEvent::WantedTexts(reading::wanted_texts(ui, view, &in_sight)));
        }
        // The next page is soon looked at, and then perhaps the one before.
        let before = in_sight.start.checked_sub(1);
        for page in [Some(in_sight.end), before].into_iter().flatten() {
            if page < self.layout.count() {
                let near = self.viewport.expand2(vec2(0.0, self.viewport.height() / 2.0));
                wanted.extend(self.parts_in(ui, page, near));
            }
        }
        // While the zoom is on its way no size is the right one.
        if is_settled {
            window.emit(WindowEvent::PartsInSight(wanted));
        }
    }

    /// Where a page is on the screen, to the pixel.
    fn rect_of(&self, ui: &Ui, page: usize) -> Rect {
        let pixels_per_point = ui.ctx().pixels_per_point();
        let rect = self.layout.page_rect(page).translate(self.origin.to_vec2());
        let width = self.page_width(ui, page);
        let height = self.size_of(page).pixel_height(width);
        let size = vec2(width as f32, height as f32) / pixels_per_point;
        Rect::from_min_size(rect.min.round_to_pixels(pixels_per_point), size)
    }

    fn size_of(&self, page: usize) -> PageSize {
        self.document.pages[page]
    }

    /// In pixels of the screen.
    fn page_width(&self, ui: &Ui, page: usize) -> u32 {
        (self.size_of(page).width * self.layout.zoom * ui.ctx().pixels_per_point()).round().max(1.0) as u32
    }

    /// The parts of a page that `seen` has something of.
    fn parts_in(&self, ui: &Ui, page: usize, seen: Rect) -> Vec<PagePart> {
        let page_width = self.page_width(ui, page);
        let corner = self.layout.page_rect(page).min;
        let scale = ui.ctx().pixels_per_point();
        let seen = Rect::from_min_max(
            ((seen.min - corner) * scale).to_pos2(),
            ((seen.max - corner) * scale).to_pos2(),
        );
        parts_within(page as u32, page_width, self.size_of(page), seen)
    }

    fn page_ui(&self, ui: &Ui, window: &mut WindowContext<'_>, page: usize, wanted: &mut Vec<PagePart>) {
        let rect = self.rect_of(ui, page);
        if self.document.has_paper {
            ui.painter().rect_filled(rect, 0.0, Color32::WHITE);
        }
        let parts = self.parts_in(ui, page, self.viewport);
        let states: Vec<PartState> = parts.iter().map(|part| self.large.parts.state_of(*part)).collect();
        if states.contains(&PartState::Missing) {
            self.stand_in_ui(ui, window, page, rect);
        }
        for (part, state) in parts.iter().zip(states) {
            match state {
                PartState::Ready(pixels) => self.part_ui(ui, window, *part, &pixels, rect),
                PartState::Failed => {
                    let seen = rect.intersect(ui.clip_rect());
                    let font = theme::regular(theme::BODY_TEXT);
                    let (text, ink) = if self.document.has_paper {
                        (tr!("page-failed"), INK)
                    } else {
                        (tr!("page-slow"), ui.palette().dimmed)
                    };
                    ui.painter().text(seen.center(), Align2::CENTER_CENTER, text, font, ink);
                }
                PartState::Missing => {}
            }
        }
        if self.document.has_paper {
            ui.painter().rect_stroke(rect, 0.0, (1.0, ui.palette().line), StrokeKind::Outside);
        }
        wanted.extend(parts);
    }

    /// What there is of a page in another size.
    fn stand_in_ui(&self, ui: &Ui, window: &mut WindowContext<'_>, page: usize, rect: Rect) {
        let others = self.large.parts.in_other_size(page as u32, self.page_width(ui, page));
        if let (true, 0, Some(pixels)) = (others.is_empty(), page, &self.document.first_page) {
            let texture = window.textures.picture(ui.ctx(), pixels, Sampling::Smooth);
            paint_texture(ui.painter(), rect, texture, 0, ui.palette());
        }
        for (part, pixels) in others {
            self.part_ui(ui, window, part, &pixels, rect);
        }
    }

    /// Draws a part in its place; `page_rect` is that of its page.
    fn part_ui(
        &self,
        ui: &Ui,
        window: &mut WindowContext<'_>,
        part: PagePart,
        pixels: &Arc<Pixels>,
        page_rect: Rect,
    ) {
        let size = self.size_of(part.page as usize);
        part_ui(ui, window, (part, pixels), size, page_rect, Sampling::Smooth);
    }
}
