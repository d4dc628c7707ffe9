//! Dragging: rows of this window onto folders, and files of other programs onto the window. What they are dropped on
//! is the same: any folder that was drawn in this frame, or else the current location.

use super::promises::{DragPicture, DragPlace, MARGIN, OFFSET, Promises};
use super::textures::{ReadyTexture, paint_texture};
use super::theme::{self, Palette, UiPalette};
use super::ui_state::EntryDrag;
use super::ui_state::FilesOver;
use super::widgets::paint_kind;
use super::{WindowContext, entry_thumbnails, format, native, tab_strip};
use coffer_model::{Entry, RemotePath};
use coffer_state::Action;
use coffer_state::edit_paths::can_drop;
use coffer_texts::tr;
use egui::{
    Align2, Context, CursorIcon, Id, Key, LayerId, Order, Painter, Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2,
};
use std::path::PathBuf;
use std::sync::Arc;

/// The picture of what is dragged.
const PICTURE: f32 = 22.0;

/// The folder drawn at a point, the topmost one.
fn folder_at(window: &WindowContext<'_>, point: Pos2) -> Option<(Rect, RemotePath)> {
    window.ui_state.targets.iter().rev().find(|(rect, _)| rect.contains(point)).cloned()
}

/// Where rows that are dropped at a point go: into the folder drawn there, or into the one that is shown if they come
/// from another.
fn target_at(
    window: &WindowContext<'_>,
    entries: &[Entry],
    point: Pos2,
    content: Rect,
) -> Option<RemotePath> {
    if window.ui_state.bookmark_at.is_some() {
        return None;
    }
    if let Some((_, folder)) = folder_at(window, point) {
        return Some(folder);
    }
    let shown = window.state.navigation.current().folder().filter(|_| content.contains(point))?;
    let is_from_here = entries.iter().any(|entry| shown.contains(&entry.path));
    (!is_from_here).then(|| shown.clone())
}

/// Follows a drag of rows: marks the folder under the pointer, draws what is dragged, drops it. `content` is where the
/// rows are. Outside of the window `promises` follow it, where the desktop has a way for that.
pub fn rows_ui(ui: &Ui, window: &mut WindowContext<'_>, mut promises: Option<&mut Promises>, content: Rect) {
    let Some(drag) = window.ui_state.drag.clone() else { return };
    if let Some(promises) = promises.as_deref_mut() {
        begin_promise(ui, window, promises);
    }
    let place = promises.as_deref().map_or(DragPlace::Inside, Promises::drag_place);
    let ctx = ui.ctx();
    let (pointer, down, escape, copy) = ctx.input(|input| {
        let pointer = &input.pointer;
        (
            pointer.interact_pos(),
            pointer.primary_down(),
            input.key_pressed(Key::Escape),
            input.modifiers.command,
        )
    });
    let Some(pointer) = pointer.filter(|_| !escape && place != DragPlace::Ended) else {
        if let Some(promises) = promises {
            promises.cancel_drag();
        }
        end(window);
        return;
    };
    if place != DragPlace::Inside {
        window.ui_state.target = None;
        let takes = place == DragPlace::Accepted;
        ctx.set_cursor_icon(if takes { CursorIcon::Copy } else { CursorIcon::NoDrop });
        return;
    }
    tab_strip::show_rested_on(ctx, window, pointer);
    let target = target_at(window, &drag.entries, pointer, content)
        .filter(|target| can_drop(&drag.entries, target, copy));
    if !down {
        let is_here = promises.is_none_or(|promises| promises.end_drag_inside());
        if let Some(target) = target.filter(|_| is_here) {
            window.act(Action::DropEntries { entries: drag.entries.as_ref().clone(), target, copy });
        }
        end(window);
        ctx.request_repaint();
        return;
    }
    if window.ui_state.target != target {
        window.ui_state.target.clone_from(&target);
        ctx.request_repaint();
    }
    ctx.set_cursor_icon(match (&target, copy) {
        (Some(_), true) => CursorIcon::Copy,
        _ => CursorIcon::Grabbing,
    });
    let what = dragged(&drag);
    let text = match &target {
        Some(target) => {
            let folder = window.state.folder_name(target);
            window.state.write_refusal(target).unwrap_or_else(|| {
                if copy {
                    tr!("drag-copy", items = what, folder = folder)
                } else {
                    tr!("drag-move", items = what, folder = folder)
                }
            })
        }
        None => what,
    };
    let picture = drag.entries.first().map(|entry| {
        let pixels = PICTURE * ctx.pixels_per_point();
        GhostPicture { entry, texture: entry_thumbnails::ready_thumbnail(window, ctx, entry, pixels) }
    });
    ghost_ui(ctx, pointer, &text, drag.entries.len(), picture.as_ref(), ui.palette());
}

/// Of the first item that is dragged.
pub(super) struct GhostPicture<'a> {
    entry: &'a Entry,
    texture: Option<ReadyTexture>,
}

impl GhostPicture<'_> {
    fn paint(&self, painter: &Painter, center: Pos2, palette: &Palette) {
        let card = Rect::from_center_size(center, Vec2::splat(PICTURE));
        painter.rect_filled(card, theme::CORNER_SMALL, palette.surface_1);
        match self.texture {
            Some(texture) => {
                paint_texture(painter, card, texture.cut_to(card.size()), theme::CORNER_SMALL, palette);
            }
            None => paint_kind(painter, card.shrink(2.0), self.entry.file_kind(), palette),
        }
    }
}

/// What is dragged, in words.
fn dragged(drag: &EntryDrag) -> String {
    match drag.entries.as_slice() {
        [entry] => entry.name().to_owned(),
        entries => format::items(entries.len()),
    }
}

/// Offers what is dragged to other programs, once for each drag.
fn begin_promise(ui: &Ui, window: &mut WindowContext<'_>, promises: &mut Promises) {
    let Some(drag) = window.ui_state.drag.as_mut().filter(|drag| !drag.is_promised) else { return };
    drag.is_promised = true;
    let (ctx, palette) = (ui.ctx(), ui.palette());
    let galley = ghost_galley(ui.painter(), &dragged(drag), palette);
    let picture = DragPicture::new(ctx, &galley, palette.accent, palette.on_accent);
    promises.begin_drag(Arc::clone(&drag.entries), picture);
}

fn end(window: &mut WindowContext<'_>) {
    window.ui_state.drag = None;
    window.ui_state.target = None;
}

/// What is dragged, beside the pointer.
pub(super) fn ghost_ui(
    ctx: &Context,
    at: Pos2,
    text: &str,
    count: usize,
    picture: Option<&GhostPicture<'_>>,
    palette: &Palette,
) {
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("drag ghost")));
    let galley = ghost_galley(&painter, text, palette);
    let before_text = if picture.is_some() { PICTURE + 8.0 } else { 0.0 };
    let size = galley.size() + 2.0 * MARGIN + vec2(before_text, 0.0);
    let mut rect = Rect::from_min_size(at + OFFSET, size);
    let screen = ctx.content_rect();
    if rect.max.x > screen.max.x - 8.0 {
        rect = rect.translate(vec2(screen.max.x - 8.0 - rect.max.x, 0.0));
    }
    if count > 1 {
        let under = rect.translate(vec2(4.0, 4.0));
        painter.rect_filled(under, theme::CORNER, palette.accent.gamma_multiply(0.45));
    }
    painter.add(palette.shadow().as_shape(rect, theme::CORNER));
    painter.rect_filled(rect, theme::CORNER, palette.accent);
    if let Some(picture) = picture {
        let center = pos2(rect.min.x + MARGIN.x + PICTURE / 2.0 - 4.0, rect.center().y);
        picture.paint(&painter, center, palette);
    }
    painter.galley(rect.min + MARGIN + vec2((before_text - 4.0).max(0.0), 0.0), galley, palette.on_accent);
}

fn ghost_galley(painter: &Painter, text: &str, palette: &Palette) -> Arc<egui::Galley> {
    super::widgets::elide_middle(painter, text, &theme::medium(13.0), palette.on_accent, 300.0)
}

/// Asks the X server where the pointer is: a window gets no motion while another program drags over it.
pub struct DragPointer {
    connection: x11rb::rust_connection::RustConnection,
    window: u32,
}

impl DragPointer {
    /// `None` where there is no X server, or none is needed.
    pub fn for_window(window: &impl winit::raw_window_handle::HasWindowHandle) -> Option<Self> {
        let window = native::x11_window(window)?;
        let (connection, _) = x11rb::connect(None).ok()?;
        Some(Self { connection, window })
    }

    /// In points of the window.
    fn position(&self, pixels_per_point: f32) -> Option<Pos2> {
        use x11rb::protocol::xproto::ConnectionExt as _;
        let reply = self.connection.query_pointer(self.window).ok()?.reply().ok()?;
        let points = |pixels: i16| f32::from(pixels) / pixels_per_point;
        reply.same_screen.then(|| pos2(points(reply.win_x), points(reply.win_y)))
    }
}

/// Follows files of another program over the window and takes them when they are dropped. `content` is where the
/// rows are.
pub fn files_ui(ui: &Ui, window: &mut WindowContext<'_>, pointer: Option<&DragPointer>, content: Rect) {
    let ctx = ui.ctx();
    let (hovered, dropped) = ctx.input(|input| {
        let dropped: Vec<PathBuf> =
            input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
        (input.raw.hovered_files.len(), dropped)
    });
    if hovered == 0 && dropped.is_empty() {
        leave(ctx, window);
        return;
    }
    let folder = window.state.navigation.current().folder().cloned();
    if window.state.dialog.is_some() {
        leave(ctx, window);
        if !dropped.is_empty() {
            // The rows are covered: nobody aims at one of them.
            window.act(Action::DropFiles { local_paths: dropped, target: folder });
        }
        return;
    }
    let at = pointer
        .and_then(|pointer| pointer.position(ctx.pixels_per_point()))
        .or_else(|| ctx.pointer_latest_pos());
    if let Some(at) = at {
        tab_strip::show_rested_on(ctx, window, at);
    }
    let over = at.and_then(|at| folder_at(window, at));
    let target = over.as_ref().map(|(_, path)| path.clone()).or(folder);

    if !dropped.is_empty() {
        leave(ctx, window);
        window.act(Action::DropFiles { local_paths: dropped, target });
        return;
    }
    // No event reports the motion of this pointer, so its position is asked for in each frame.
    ctx.request_repaint_after(std::time::Duration::from_millis(33));
    let files_over = Some(FilesOver { target: target.clone() });
    if window.ui_state.files_over != files_over {
        window.ui_state.files_over = files_over;
        ctx.request_repaint();
    }
    let on_folder = over.is_some();
    window.ui_state.target = if on_folder { target.clone() } else { None };
    overlay_ui(ui, window, content, on_folder, hovered, target.as_ref());
}

fn leave(ctx: &Context, window: &mut WindowContext<'_>) {
    if window.ui_state.files_over.take().is_some() {
        window.ui_state.target = None;
        ctx.request_repaint();
    }
}

/// The whole pane is tinted and framed, or only the folder is that is under the pointer.
fn overlay_ui(
    ui: &Ui,
    window: &WindowContext<'_>,
    content: Rect,
    on_folder: bool,
    count: usize,
    target: Option<&RemotePath>,
) {
    let palette = ui.palette();
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
    let frame = Rect::from_min_max(
        pos2(content.min.x + 8.0, content.min.y),
        pos2(content.max.x - 8.0, content.max.y - 8.0),
    );
    let Some(target) = target else {
        let text = tr!("drop-nowhere");
        pill(&painter, frame, text, palette.inverse, palette.on_inverse, palette);
        return;
    };
    if let Some(refusal) = window.state.write_refusal(target) {
        pill(&painter, frame, &refusal, palette.inverse, palette.on_inverse, palette);
        return;
    }
    if !on_folder {
        painter.rect_filled(frame, theme::CORNER_LARGE, palette.accent.gamma_multiply(0.09));
        dashed_frame(&painter, frame.shrink(1.0), Stroke::new(2.0, palette.accent));
    }
    let to = window.state.folder_path(target);
    let text = tr!("drop-upload", count = count, folder = to);
    pill(&painter, frame, &text, palette.accent, palette.on_accent, palette);
}

/// The sentence at the foot of the pane.
fn pill(
    painter: &Painter,
    frame: Rect,
    text: &str,
    fill: egui::Color32,
    color: egui::Color32,
    palette: &Palette,
) {
    let galley =
        super::widgets::elide_middle(painter, text, &theme::medium(14.0), color, frame.width() - 80.0);
    let size = galley.size() + vec2(32.0, 24.0);
    let rect = Align2::CENTER_BOTTOM.anchor_size(frame.center_bottom() - vec2(0.0, 12.0), size);
    painter.add(palette.shadow().as_shape(rect, theme::CORNER_LARGE));
    painter.rect_filled(rect, theme::CORNER_LARGE, fill);
    painter.galley(rect.min + vec2(16.0, 12.0), galley, color);
}

/// Dashes along the sides, a quarter of a circle at each corner.
fn dashed_frame(painter: &Painter, rect: Rect, stroke: Stroke) {
    let corner = f32::from(theme::CORNER_LARGE);
    let mut path = Vec::new();
    for (center, from) in [
        (rect.right_top() + vec2(-corner, corner), -90.0_f32),
        (rect.right_bottom() + vec2(-corner, -corner), 0.0),
        (rect.left_bottom() + vec2(corner, -corner), 90.0),
        (rect.left_top() + vec2(corner, corner), 180.0),
    ] {
        path.extend((0..=6_u8).map(|step| {
            let angle = (from + 15.0 * f32::from(step)).to_radians();
            center + corner * vec2(angle.cos(), angle.sin())
        }));
    }
    path.extend(path.first().copied());
    painter.extend(egui::Shape::dashed_line(&path, stroke, 7.0, 5.0));
}
