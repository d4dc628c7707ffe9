//! Pictures on the graphics card: thumbnails, of which the least recently drawn are dropped, and previews, which
//! live as long as they are drawn. The worker fetches and decodes them.

use super::theme;
use coffer_model::{Pixels, Thumbnail, ThumbnailKey};
use coffer_state::State;
use egui::{
    Color32, ColorImage, Context, Painter, Pos2, Rect, TextureFilter, TextureHandle, TextureId,
    TextureOptions, Vec2, vec2,
};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Bytes of thumbnails on the graphics card, of which those on screen are never dropped.
const KEPT_BYTES: usize = 96 << 20;

/// Bytes brought there in one frame, or one thumbnail: more would be felt while the rows are scrolled.
const BYTES_A_FRAME: usize = 1 << 20;

#[derive(Default)]
pub struct Textures {
    thumbnails: HashMap<ThumbnailKey, ThumbnailTexture>,
    /// Previews by the address of their pixels, which stay alive here so that no other gets the address.
    pictures: HashMap<(usize, Sampling), PreviewTexture>,
    waiting: VecDeque<(ThumbnailKey, Arc<Pixels>)>,
    wanted: Vec<Thumbnail>,
    sent: Vec<Thumbnail>,
    frame: u64,
    now_secs: f64,
    still: bool,
}

struct ThumbnailTexture {
    texture: TextureHandle,
    since_secs: f64,
    drawn_in_frame: u64,
    has_alpha: bool,
    bytes: usize,
}

struct PreviewTexture {
    texture: TextureHandle,
    _pixels: Arc<Pixels>,
    drawn_in_frame: u64,
    has_alpha: bool,
}

/// How a picture is drawn that is enlarged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sampling {
    Smooth,
    /// Its pixels are squares.
    Sharp,
}

/// A texture that can be drawn now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadyTexture {
    pub texture: TextureId,
    /// In pixels.
    pub size: Vec2,
    /// Rises from 0 to 1 after it arrived.
    pub opacity: f32,
    /// Parts of it let what lies below through.
    pub has_alpha: bool,
    /// The part to draw; all of it is 0 to 1 both ways.
    pub part: Rect,
}

impl ReadyTexture {
    /// The middle part of the shape of `space`.
    #[must_use]
    pub fn cut_to(mut self, space: Vec2) -> Self {
        let scale = (space.x / self.size.x).max(space.y / self.size.y);
        let part = space / scale / self.size;
        self.part = Rect::from_center_size(egui::pos2(0.5, 0.5), part);
        self
    }
}

const WHOLE: Rect = Rect { min: egui::Pos2::ZERO, max: egui::pos2(1.0, 1.0) };

impl Textures {
    /// Once at the start of a frame. `still` turns fading off.
    pub fn begin_frame(&mut self, ctx: &Context, still: bool) {
        self.frame += 1;
        self.now_secs = ctx.time();
        self.still = still;
        let mut brought = 0;
        while brought < BYTES_A_FRAME {
            let Some((key, pixels)) = self.waiting.pop_front() else { break };
            brought += byte_count(&pixels);
            let has_alpha = has_alpha(&pixels);
            let texture = load(ctx, "thumbnail", &pixels, TextureOptions::LINEAR);
            let slot = ThumbnailTexture {
                texture,
                since_secs: self.now_secs,
                drawn_in_frame: self.frame,
                has_alpha,
                bytes: byte_count(&pixels),
            };
            self.thumbnails.insert(key, slot);
        }
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
        self.drop_oldest();
        // A picture that was not drawn in the last frame is not on screen any more.
        let frame = self.frame;
        self.pictures.retain(|_, picture| picture.drawn_in_frame + 1 >= frame);
    }

    /// Pixels that are to be brought to the graphics card in one of the next frames.
    pub fn keep_thumbnail(&mut self, key: ThumbnailKey, pixels: Arc<Pixels>) {
        self.waiting.push_back((key, pixels));
    }

    /// Drops all thumbnails, also those that are on their way to the graphics card.
    pub fn forget_thumbnails(&mut self) {
        self.thumbnails.clear();
        self.waiting.clear();
    }

    /// Bytes of the thumbnails on the graphics card.
    pub fn thumbnail_bytes(&self) -> usize {
        self.thumbnails.values().map(|slot| slot.bytes).sum()
    }

    fn drop_oldest(&mut self) {
        let mut bytes = self.thumbnail_bytes();
        while bytes > KEPT_BYTES {
            let is_off_screen = |slot: &ThumbnailTexture| slot.drawn_in_frame + 1 < self.frame;
            let off_screen = self.thumbnails.iter().filter(|(_, slot)| is_off_screen(slot));
            let oldest = off_screen.min_by_key(|(_, slot)| slot.drawn_in_frame);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else { break };
            bytes -= self.thumbnails.remove(&key).map_or(0, |slot| slot.bytes);
        }
    }

    /// The thumbnail if it is here; otherwise it is requested, in the order of the calls.
    pub fn thumbnail(&mut self, ctx: &Context, thumbnail: &Thumbnail) -> Option<ReadyTexture> {
        let Some(slot) = self.thumbnails.get_mut(&thumbnail.key) else {
            self.want(thumbnail);
            return None;
        };
        slot.drawn_in_frame = self.frame;
        let age = (self.now_secs - slot.since_secs) as f32 / theme::QUICK_SECS;
        let opacity = if self.still { 1.0 } else { age.clamp(0.0, 1.0) };
        if opacity < 1.0 {
            ctx.request_repaint();
        }
        Some(ReadyTexture {
            texture: slot.texture.id(),
            size: slot.texture.size_vec2(),
            opacity,
            has_alpha: slot.has_alpha,
            part: WHOLE,
        })
    }

    /// Asks for a thumbnail that is not drawn yet but soon will be.
    pub fn want(&mut self, thumbnail: &Thumbnail) {
        if !self.thumbnails.contains_key(&thumbnail.key)
            && !self.waiting.iter().any(|(key, _)| *key == thumbnail.key)
            && !self.wanted.iter().any(|wanted| wanted.key == thumbnail.key)
        {
            self.wanted.push(thumbnail.clone());
        }
    }

    /// What was wanted in this frame, when that is not what was wanted before.
    pub fn take_wanted(&mut self) -> Option<Vec<Thumbnail>> {
        let wanted = std::mem::take(&mut self.wanted);
        if wanted == self.sent {
            return None;
        }
        self.sent.clone_from(&wanted);
        Some(wanted)
    }

    /// A preview or a frame of one, brought to the graphics card when it is drawn for the first time.
    pub fn picture(&mut self, ctx: &Context, pixels: &Arc<Pixels>, sampling: Sampling) -> ReadyTexture {
        let frame = self.frame;
        let options = match sampling {
            // Large pictures in small places would flicker without mipmaps.
            Sampling::Smooth => TextureOptions::LINEAR.with_mipmap_mode(Some(TextureFilter::Linear)),
            Sampling::Sharp => {
                TextureOptions { minification: TextureFilter::Linear, ..TextureOptions::NEAREST }
            }
        };
        let key = (Arc::as_ptr(pixels) as usize, sampling);
        let picture = self.pictures.entry(key).or_insert_with(|| PreviewTexture {
            texture: load(ctx, "preview", pixels, options),
            _pixels: Arc::clone(pixels),
            drawn_in_frame: frame,
            has_alpha: has_alpha(pixels),
        });
        picture.drawn_in_frame = frame;
        let (texture, size) = (picture.texture.id(), picture.texture.size_vec2());
        ReadyTexture { texture, size, opacity: 1.0, has_alpha: picture.has_alpha, part: WHOLE }
    }

    /// Whether thumbnails that can be seen are on their way or fade in.
    pub fn is_waiting(&self, state: &State) -> bool {
        let fading = self
            .thumbnails
            .values()
            .any(|slot| self.now_secs - slot.since_secs < f64::from(theme::QUICK_SECS));
        fading
            || !self.waiting.is_empty()
            || self.sent.iter().any(|thumbnail| state.thumbnails.is_pending(&thumbnail.key))
    }
}

/// Draws a picture into `rect`, on a checkerboard where it is transparent.
pub fn paint_texture(
    painter: &Painter,
    rect: Rect,
    texture: ReadyTexture,
    corner: u8,
    palette: &theme::Palette,
) {
    if texture.has_alpha {
        paint_checkerboard(painter, rect, rect.min, palette);
    }
    paint_pixels(painter, rect, texture, corner);
}

/// Draws a part of a picture that begins at `origin`.
pub fn paint_part(
    painter: &Painter,
    rect: Rect,
    origin: Pos2,
    texture: ReadyTexture,
    palette: &theme::Palette,
) {
    if texture.has_alpha {
        paint_checkerboard(painter, rect, origin, palette);
    }
    paint_pixels(painter, rect, texture, 0);
}

fn paint_pixels(painter: &Painter, rect: Rect, texture: ReadyTexture, corner: u8) {
    let tint = Color32::WHITE.gamma_multiply(texture.opacity);
    let shape =
        egui::epaint::RectShape::filled(rect, corner, tint).with_texture(texture.texture, texture.part);
    painter.add(shape);
}

/// The largest rectangle of the picture's shape inside `space`, never larger than `scale` times the picture.
pub fn fit(size: Vec2, space: Rect, scale: f32) -> Rect {
    let factor = (space.width() / size.x).min(space.height() / size.y).min(scale);
    let fitted = vec2((size.x * factor).round().max(1.0), (size.y * factor).round().max(1.0));
    let corner = (space.center() - fitted / 2.0).round();
    Rect::from_min_size(corner, fitted)
}

/// As far as it is in sight: an enlarged picture has more squares than can be drawn.
fn paint_checkerboard(painter: &Painter, rect: Rect, origin: Pos2, palette: &theme::Palette) {
    const SQUARE: f32 = 8.0;
    painter.rect_filled(rect, 0.0, palette.checker[0]);
    let seen = rect.intersect(painter.clip_rect());
    if !seen.is_positive() {
        return;
    }
    let first = ((seen.min - origin) / SQUARE).floor().max(Vec2::ZERO);
    let last = ((seen.max - origin) / SQUARE).ceil().max(Vec2::ZERO);
    let (first_column, first_line) = (first.x as usize, first.y as usize);
    for line in first_line..last.y as usize {
        for column in (first_column + (first_column + line) % 2..last.x as usize).step_by(2) {
            let corner = origin + vec2(column as f32, line as f32) * SQUARE;
            let square = Rect::from_min_size(corner, Vec2::splat(SQUARE)).intersect(rect);
            painter.rect_filled(square, 0.0, palette.checker[1]);
        }
    }
}

fn byte_count(pixels: &Pixels) -> usize {
    pixels.rgba.len() * 4
}

fn has_alpha(pixels: &Pixels) -> bool {
    pixels.rgba.iter().any(|pixel| pixel[3] < 255)
}

fn load(ctx: &Context, name: &str, pixels: &Pixels, options: TextureOptions) -> TextureHandle {
    // What the graphics card cannot hold is thinned out.
    let most = ctx.input(|input| input.max_texture_side).max(1);
    let step = pixels.width.max(pixels.height).div_ceil(most).max(1);
    let color = |[r, g, b, a]: [u8; 4]| Color32::from_rgba_premultiplied(r, g, b, a);
    let image = if step == 1 {
        ColorImage::new([pixels.width, pixels.height], pixels.rgba.iter().copied().map(color).collect())
    } else {
        let lines = pixels.rgba.chunks_exact(pixels.width.max(1)).step_by(step);
        let colors = lines.flat_map(|line| line.iter().copied().step_by(step)).map(color).collect();
        ColorImage::new([pixels.width.div_ceil(step), pixels.height.div_ceil(step)], colors)
    };
    ctx.load_texture(name, image, options)
}

#[cfg(test)]
mod tests {
    use super::{BYTES_A_FRAME, KEPT_BYTES, Textures};
    use coffer_model::{Pixels, RemotePath, Rev, Thumbnail, ThumbnailKey, ThumbnailSize};
    use egui::{Context, RawInput};
    use std::sync::Arc;

    const SIDE: usize = 512;
    const BYTES: usize = SIDE * SIDE * 4;

    fn thumbnail(number: usize) -> Thumbnail {
        let key = ThumbnailKey { content_hash: number.to_string().into(), size: ThumbnailSize::W640 };
        Thumbnail {
            key,
            path: RemotePath::new(&format!("/{number}.jpg")),
            rev: Rev("1".into()),
            size_bytes: 9,
        }
    }

    /// Draws these in a frame, for which others have come.
    fn draw(ctx: &Context, textures: &mut Textures, come: &[usize], drawn: &[usize]) {
        let pixels = Arc::new(Pixels { width: SIDE, height: SIDE, rgba: vec![[1, 2, 3, 255]; SIDE * SIDE] });
        for number in come {
            textures.keep_thumbnail(thumbnail(*number).key, Arc::clone(&pixels));
        }
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            textures.begin_frame(ui.ctx(), true);
            for number in drawn {
                let _ = textures.thumbnail(ui.ctx(), &thumbnail(*number));
            }
        });
        // There is no graphics card that takes them.
        output.textures_delta.clear();
    }

    #[test]
    fn so_many_thumbnails_are_kept_as_there_is_room_for_and_those_on_screen_always() {
        let (ctx, mut textures) = (Context::default(), Textures::default());
        let on_screen: Vec<usize> = (0..3).collect();
        draw(&ctx, &mut textures, &on_screen, &on_screen);
        let most = KEPT_BYTES / BYTES;
        for number in 3..most * 2 {
            draw(&ctx, &mut textures, &[number], &[0, 1, 2, number]);
        }
        // The first ones came together, a frame for each.
        for _ in 0..3 {
            draw(&ctx, &mut textures, &[], &on_screen);
        }
        assert!(textures.thumbnail_bytes() <= KEPT_BYTES + BYTES, "{}", textures.thumbnail_bytes());
        assert!(textures.thumbnail_bytes() >= KEPT_BYTES - BYTES, "{}", textures.thumbnail_bytes());
        let is_kept = |number: usize| textures.thumbnails.contains_key(&thumbnail(number).key);
        assert!(on_screen.iter().all(|number| is_kept(*number)));
        assert!(is_kept(most * 2 - 1) && !is_kept(4), "the oldest goes first");
    }

    #[test]
    fn a_frame_brings_no_more_than_is_not_felt() {
        let (ctx, mut textures) = (Context::default(), Textures::default());
        let come: Vec<usize> = (0..10).collect();
        draw(&ctx, &mut textures, &come, &[]);
        assert_eq!(textures.thumbnails.len(), BYTES_A_FRAME / BYTES);
        for _ in 0..20 {
            draw(&ctx, &mut textures, &[], &[]);
        }
        assert_eq!(textures.thumbnails.len(), 10, "all of them in the end");
    }
}
