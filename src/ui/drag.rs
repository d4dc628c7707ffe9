//! Dragging: rows of this window onto folders, and files of other programs onto the window. What they are dropped on
//! is the same: any folder that was drawn in this frame, or else the place shown.

use super::memory::FilesOver;
use super::theme::{self, Tokens, UiTokens};
use super::{View, format};
use coffer_model::RemotePath;
use coffer_state::Action;
use coffer_state::edit_paths::can_drop;
use egui::{
    Align2, Context, CursorIcon, Id, Key, LayerId, Order, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2,
};
use std::path::PathBuf;

/// The folder drawn at a point, the topmost one.
fn folder_at(view: &View<'_>, point: Pos2) -> Option<(Rect, RemotePath)> {
    view.memory.targets.iter().rev().find(|(rect, _)| rect.contains(point)).cloned()
}

/// Follows a drag of rows: marks the folder under the pointer, draws what is dragged, drops it.
pub fn rows_ui(ui: &Ui, view: &mut View<'_>) {
    let Some(drag) = view.memory.drag.clone() else { return };
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
    let Some(pointer) = pointer.filter(|_| !escape) else {
        end(view);
        return;
    };
    let target =
        folder_at(view, pointer).map(|(_, path)| path).filter(|target| can_drop(&drag.entries, target, copy));
    if !down {
        if let Some(target) = target {
            view.act(Action::DropEntries { entries: drag.entries.as_ref().clone(), target, copy });
        }
        end(view);
        ctx.request_repaint();
        return;
    }
    if view.memory.target != target {
        view.memory.target.clone_from(&target);
        ctx.request_repaint();
    }
    ctx.set_cursor_icon(match (&target, copy) {
        (Some(_), true) => CursorIcon::Copy,
        _ => CursorIcon::Grabbing,
    });
    let what = match drag.entries.as_slice() {
        [entry] => entry.name().to_owned(),
        entries => format::items(entries.len()),
    };
    let text = match &target {
        Some(target) => {
            let verb = if copy { "Copy" } else { "Move" };
            format!("{verb} {what} to {}", target.shown_name())
        }
        None => what,
    };
    ghost_ui(ctx, pointer, &text, drag.entries.len(), ui.tokens());
}

fn end(view: &mut View<'_>) {
    view.memory.drag = None;
    view.memory.target = None;
}

/// What is dragged, beside the pointer.
fn ghost_ui(ctx: &Context, at: Pos2, text: &str, count: usize, tokens: &Tokens) {
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("drag ghost")));
    let galley = super::widgets::elide_middle(&painter, text, &theme::medium(13.0), tokens.on_accent, 300.0);
    let size = galley.size() + vec2(24.0, 14.0);
    let mut rect = Rect::from_min_size(at + vec2(14.0, 10.0), size);
    let screen = ctx.content_rect();
    if rect.max.x > screen.max.x - 8.0 {
        rect = rect.translate(vec2(screen.max.x - 8.0 - rect.max.x, 0.0));
    }
    if count > 1 {
        let under = rect.translate(vec2(4.0, 4.0));
        painter.rect_filled(under, theme::CORNER, tokens.accent.gamma_multiply(0.45));
    }
    painter.add(tokens.shadow().as_shape(rect, theme::CORNER));
    painter.rect_filled(rect, theme::CORNER, tokens.accent);
    painter.galley(rect.min + vec2(12.0, 7.0), galley, tokens.on_accent);
}

/// Asks the X server where the pointer is: a window gets no motion while another program drags over it.
pub struct DragPointer {
    connection: x11rb::rust_connection::RustConnection,
    window: u32,
}

impl DragPointer {
    /// `None` where there is no X server, or none is needed.
    pub fn of_window(window: &impl winit::raw_window_handle::HasWindowHandle) -> Option<Self> {
        use winit::raw_window_handle::RawWindowHandle;
        let window = match window.window_handle().ok()?.as_raw() {
            RawWindowHandle::Xlib(handle) => u32::try_from(handle.window).ok()?,
            RawWindowHandle::Xcb(handle) => handle.window.get(),
            _ => return None,
        };
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
pub fn files_ui(ui: &Ui, view: &mut View<'_>, pointer: Option<&DragPointer>, content: Rect) {
    let ctx = ui.ctx();
    let (hovered, dropped) = ctx.input(|input| {
        let dropped: Vec<PathBuf> =
            input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
        (input.raw.hovered_files.len(), dropped)
    });
    if view.state.dialog.is_some() || (hovered == 0 && dropped.is_empty()) {
        leave(ctx, view);
        return;
    }
    let at = pointer
        .and_then(|pointer| pointer.position(ctx.pixels_per_point()))
        .or_else(|| ctx.pointer_latest_pos());
    let place = view.state.navigation.current().folder().cloned();
    let over = at.and_then(|at| folder_at(view, at));
    let target = over.as_ref().map(|(_, path)| path.clone()).or(place);

    if !dropped.is_empty() {
        leave(ctx, view);
        if let Some(target) = target {
            view.act(Action::DropFiles { local_paths: dropped, target });
        }
        return;
    }
    // Nobody tells of motion, so it is asked for.
    ctx.request_repaint_after(std::time::Duration::from_millis(33));
    let files_over = Some(FilesOver { target: target.clone() });
    if view.memory.files_over != files_over {
        view.memory.files_over = files_over;
        ctx.request_repaint();
    }
    let on_folder = over.is_some();
    view.memory.target = if on_folder { target.clone() } else { None };
    overlay_ui(ui, content, on_folder, hovered, target.as_ref());
}

fn leave(ctx: &Context, view: &mut View<'_>) {
    if view.memory.files_over.take().is_some() {
        view.memory.target = None;
        ctx.request_repaint();
    }
}

/// The whole pane is tinted and framed, or only the folder is that is under the pointer.
fn overlay_ui(ui: &Ui, content: Rect, on_folder: bool, count: usize, target: Option<&RemotePath>) {
    let tokens = ui.tokens();
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
    let frame = Rect::from_min_max(
        pos2(content.min.x + 8.0, content.min.y),
        pos2(content.max.x - 8.0, content.max.y - 8.0),
    );
    let Some(target) = target else {
        let text = "Open a folder first, then drop files into it";
        pill(&painter, frame, text, tokens.inverse, tokens.on_inverse, tokens);
        return;
    };
    if !on_folder {
        painter.rect_filled(frame, theme::CORNER_LARGE, tokens.accent.gamma_multiply(0.09));
        dashed_frame(&painter, frame.shrink(1.0), Stroke::new(2.0, tokens.accent));
    }
    let to = target.shown_path();
    let text = format!("Upload {} to {to}", format::items(count));
    pill(&painter, frame, &text, tokens.accent, tokens.on_accent, tokens);
}

/// The sentence at the foot of the pane.
fn pill(
    painter: &Painter,
    frame: Rect,
    text: &str,
    fill: egui::Color32,
    color: egui::Color32,
    tokens: &Tokens,
) {
    let galley =
        super::widgets::elide_middle(painter, text, &theme::medium(14.0), color, frame.width() - 80.0);
    let size = galley.size() + vec2(32.0, 24.0);
    let rect = Align2::CENTER_BOTTOM.anchor_size(frame.center_bottom() - vec2(0.0, 12.0), size);
    painter.add(tokens.shadow().as_shape(rect, theme::CORNER_LARGE));
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
