//! What is dragged, beside the pointer where it is outside of the window: a small window of its own, with the same picture
//! as inside. egui has laid it out; here its glyphs are copied from egui's texture.

use super::display::{PointerState, XDisplay};
use egui::{Color32, Context, Galley, Pos2, Vec2, vec2};
use x11rb::connection::Connection as _;
use x11rb::errors::ReplyOrIdError;
use x11rb::protocol::xproto::{
    ConfigureWindowAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, ImageFormat, PropMode, Window,
    WindowClass,
};
use x11rb::wrapper::ConnectionExt as _;

/// From the pointer, in points: as inside of the window.
pub const OFFSET: Vec2 = vec2(14.0, 10.0);
pub const MARGIN: Vec2 = vec2(12.0, 7.0);

/// A request of so many bytes goes through to every server.
const BAND_BYTES: usize = 64 * 1024;

/// Opaque, in pixels of the screen.
pub struct DragPicture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    offset: (i16, i16),
}

impl DragPicture {
    /// A text on a ground, with a margin.
    pub fn new(ctx: &Context, galley: &Galley, ground: Color32, color: Color32) -> Self {
        let scale = ctx.pixels_per_point();
        let size = ((galley.size() + 2.0 * MARGIN) * scale).ceil();
        let (width, height) = (size.x.max(1.0) as usize, size.y.max(1.0) as usize);
        let offset = ((OFFSET.x * scale) as i16, (OFFSET.y * scale) as i16);
        let mut picture = Self { width, height, pixels: vec![ground; width * height], offset };
        // A method in its place would be of one lifetime.
        #[allow(clippy::redundant_closure_for_method_calls)]
        let glyphs = ctx.fonts(|fonts| fonts.image());
        for row in &galley.rows {
            let from = (MARGIN + row.pos.to_vec2()) * scale;
            // Four corners a glyph, from the upper left to the lower right.
            for corners in row.visuals.mesh.vertices.chunks_exact(4) {
                let place = corners[0].pos.to_vec2() * scale + from;
                picture.copy_glyph(&glyphs, place.to_pos2(), corners[0].uv, corners[3].uv, color);
            }
        }
        picture
    }

    /// Copies the part of the texture between two texels to a place.
    fn copy_glyph(&mut self, glyphs: &egui::ColorImage, place: Pos2, from: Pos2, to: Pos2, color: Color32) {
        let [texture_width, texture_height] = glyphs.size;
        let (left, top) = (place.x.round() as usize, place.y.round() as usize);
        for y in from.y as usize..(to.y as usize).min(texture_height) {
            for x in from.x as usize..(to.x as usize).min(texture_width) {
                let (at_x, at_y) = (left + x - from.x as usize, top + y - from.y as usize);
                if at_x >= self.width || at_y >= self.height {
                    continue;
                }
                let cover = f32::from(glyphs.pixels[y * texture_width + x].a()) / 255.0;
                let pixel = &mut self.pixels[at_y * self.width + at_x];
                *pixel = pixel.lerp_to_gamma(color, cover);
            }
        }
    }
}

/// The window beside the pointer.
pub(super) struct PictureWindow {
    window: Window,
    offset: (i16, i16),
    is_shown: bool,
}

impl PictureWindow {
    /// `None` on a screen with other pixels than those of 8 bits for red, green and blue.
    pub(super) fn open(x: &XDisplay, picture: &DragPicture) -> Option<Self> {
        if !matches!(x.screen.root_depth, 24 | 32) || !x.is_little_endian {
            return None;
        }
        match create_window(x, picture) {
            Ok(window) => Some(Self { window, offset: picture.offset, is_shown: false }),
            Err(error) => {
                tracing::info!(%error, "what is dragged is not shown outside of the window");
                None
            }
        }
    }

    pub(super) fn move_to(&mut self, x: &XDisplay, pointer: PointerState) {
        let aux = ConfigureWindowAux::new()
            .x(i32::from(pointer.x.saturating_add(self.offset.0)))
            .y(i32::from(pointer.y.saturating_add(self.offset.1)))
            .stack_mode(x11rb::protocol::xproto::StackMode::ABOVE);
        // Without it the drag goes on.
        let _ = x.connection.configure_window(self.window, &aux);
        if !self.is_shown {
            self.is_shown = true;
            let _ = x.connection.map_window(self.window);
        }
        let _ = x.connection.flush();
    }

    pub(super) fn hide(&mut self, x: &XDisplay) {
        if std::mem::take(&mut self.is_shown) {
            // It ends with the connection anyway.
            let _ = x.connection.unmap_window(self.window);
            let _ = x.connection.flush();
        }
    }

    pub(super) fn close(self, x: &XDisplay) {
        x.destroy(self.window);
    }
}

/// A window that no window manager cares for, with the picture as its background.
fn create_window(x: &XDisplay, picture: &DragPicture) -> Result<Window, ReplyOrIdError> {
    let (connection, depth) = (&x.connection, x.screen.root_depth);
    let (width, height) = (picture.width as u16, picture.height as u16);
    let pixmap = connection.generate_id()?;
    connection.create_pixmap(depth, pixmap, x.screen.root, width, height)?;
    let gc = connection.generate_id()?;
    connection.create_gc(gc, pixmap, &CreateGCAux::new())?;
    let rows_a_band = (BAND_BYTES / (4 * picture.width)).max(1);
    for (band, pixels) in picture.pixels.chunks(rows_a_band * picture.width).enumerate() {
        let data: Vec<u8> = pixels.iter().flat_map(|pixel| [pixel.b(), pixel.g(), pixel.r(), 255]).collect();
        let (top, rows) = ((band * rows_a_band) as i16, (pixels.len() / picture.width) as u16);
        connection.put_image(ImageFormat::Z_PIXMAP, pixmap, gc, width, rows, 0, top, 0, depth, &data)?;
    }
    let window = connection.generate_id()?;
    let aux = CreateWindowAux::new().override_redirect(1).background_pixmap(pixmap).border_pixel(0);
    connection
        .create_window(
            depth,
            window,
            x.screen.root,
            0,
            0,
            width,
            height,
            0,
            WindowClass::INPUT_OUTPUT,
            x.screen.root_visual,
            &aux,
        )?
        .check()?;
    let kind = [x.atoms._NET_WM_WINDOW_TYPE_DND];
    connection.change_property32(
        PropMode::REPLACE,
        window,
        x.atoms._NET_WM_WINDOW_TYPE,
        x11rb::protocol::xproto::AtomEnum::ATOM,
        &kind,
    )?;
    connection.free_gc(gc)?;
    connection.free_pixmap(pixmap)?;
    Ok(window)
}
