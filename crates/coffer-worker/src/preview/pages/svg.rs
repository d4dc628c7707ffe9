//! SVG pictures: read without anything from outside of the file, and drawn in parts, sharp at each size. A file that
//! is made to do harm is bounded by its length, its elements and what drawing it takes (`svg_cost`).

use super::document_pages::DocumentPages;
use super::svg_cost::DrawingCost;
use super::unreadable::UnreadableDocument;
use crate::preview::encoding;
use crate::preview::memory;
use coffer_model::Pixels;
use coffer_model::preview::{PagePart, PageSize};
use coffer_stdx::fonts;
use epaint_default_fonts::HACK_REGULAR;
use flate2::read::MultiGzDecoder;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{Group, ImageHrefResolver, Node, Options, Tree};
use std::io::Read;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

/// A longer text is not read: maps of whole countries have a tenth of that.
const MOST_TEXT_BYTES: u64 = 24 * 1024 * 1024;

/// Elements and texts, each of which takes some hundred bytes.
const MOST_NODES: u32 = 1_000_000;

/// A picture in the picture takes so much when it is decoded.
const MOST_INNER_BYTES: u64 = 96 * 1024 * 1024;

/// Pictures in SVG inside of the picture. Each is read again wherever it is used.
const MOST_INNER_DRAWINGS: usize = 32;

/// A picture that claims to be smaller or larger than this is taken for one of the nearest size.
const SIDES: (f32, f32) = (1.0, 20_000.0);

const MOST_DRAWING: Duration = Duration::from_secs(5);

/// A part of which the layers take too much is drawn in so many pieces along each side.
const PIECES: [u32; 4] = [1, 2, 4, 8];

/// The fonts of the window. What a file asks for is not looked up on this computer: it is drawn the same everywhere.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for bytes in [fonts::INTER_REGULAR, fonts::INTER_MEDIUM, fonts::INTER_SEMIBOLD, HACK_REGULAR] {
        database.load_font_data(bytes.to_vec());
    }
    for set in [
        Database::set_serif_family,
        Database::set_sans_serif_family,
        Database::set_cursive_family,
        Database::set_fantasy_family,
    ] {
        set(&mut database, "Inter");
    }
    database.set_monospace_family("Hack");
    Arc::new(database)
});

/// A picture that was read.
pub(super) struct Drawing {
    tree: Tree,
    size: PageSize,
}

/// Reads a file, packed (`.svgz`) or not.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, UnreadableDocument> {
    let unpacked;
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        unpacked = unpack(bytes)?;
        &unpacked
    } else {
        bytes
    };
    if bytes.len() as u64 > MOST_TEXT_BYTES {
        return Err(UnreadableDocument::TooLarge);
    }
    let (text, _) = encoding::decode(bytes, false).ok_or(UnreadableDocument::Damaged)?;
    Drawing::new(&text, Options { fontdb: Arc::clone(&FONTS), ..Options::default() })
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, UnreadableDocument> {
    let mut unpacked = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes).take(MOST_TEXT_BYTES + 1);
    decoder.read_to_end(&mut unpacked).map_err(|_| UnreadableDocument::Damaged)?;
    Ok(unpacked)
}

impl Drawing {
    pub(super) fn new(text: &str, options: Options<'_>) -> Result<Self, UnreadableDocument> {
        let options = Options {
            font_family: "Inter".to_owned(),
            image_href_resolver: only_what_is_inside(),
            ..options
        };
        // Entities are declared in it.
        let parsing =
            ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let document =
            Document::parse_with_options(text, parsing).map_err(|_| UnreadableDocument::Damaged)?;
        let tree = Tree::from_xmltree(&document, &options).map_err(|_| UnreadableDocument::Damaged)?;
        let bounded = |side: f32| side.clamp(SIDES.0, SIDES.1);
        let size = PageSize { width: bounded(tree.size().width()), height: bounded(tree.size().height()) };
        if DrawingCost::has_endless_filter(&tree) {
            return Err(UnreadableDocument::TooSlow);
        }
        Ok(Self { tree, size })
    }

    pub(super) fn page_sizes(&self) -> Arc<[PageSize]> {
        Arc::new([self.size])
    }
}

impl DocumentPages for Drawing {
    /// It panics where drawing takes too long; the thread of the document catches it.
    fn draw(&mut self, part: PagePart) -> Option<Pixels> {
        let place = part.place(self.size).filter(|_| part.page == 0)?;
        let scale = part.page_width as f32 / self.size.width;
        let fits = |pieces: &&u32| {
            let (width, height) = (place.width.div_ceil(**pieces), place.height.div_ceil(**pieces));
            DrawingCost::of(&self.tree, scale, u64::from(width) * u64::from(height)).is_bearable(**pieces)
        };
        let pieces = *PIECES.iter().find(fits)?;
        let deadline = Instant::now() + MOST_DRAWING;
        let (width, height) = (place.width as usize, place.height as usize);
        let mut pixels = Pixels { width, height, rgba: vec![[0; 4]; width * height] };
        let (piece_width, piece_height) = (place.width.div_ceil(pieces), place.height.div_ceil(pieces));
        for y in (0..place.height).step_by(piece_height as usize) {
            for x in (0..place.width).step_by(piece_width as usize) {
                let mut pixmap =
                    Pixmap::new(piece_width.min(place.width - x), piece_height.min(place.height - y))?;
                let corner = Transform::from_translate(-((place.x + x) as f32), -((place.y + y) as f32));
                draw_group(self.tree.root(), corner.pre_scale(scale, scale), &mut pixmap, deadline);
                copy_piece(&pixmap, (x as usize, y as usize), &mut pixels);
            }
        }
        Some(pixels)
    }
}

fn copy_piece(piece: &Pixmap, (x, y): (usize, usize), pixels: &mut Pixels) {
    let (rgba, _) = piece.data().as_chunks();
    for (line, source) in rgba.chunks_exact(piece.width() as usize).enumerate() {
        let start = (y + line) * pixels.width + x;
        pixels.rgba[start..start + source.len()].copy_from_slice(source);
    }
}

/// Draws item by item: the library can't be interrupted.
fn draw_group(group: &Group, transform: Transform, pixmap: &mut Pixmap, deadline: Instant) {
    for node in group.children() {
        if Instant::now() > deadline {
            // No fault of this program: nothing is written to the log.
            resume_unwind(Box::new("the picture takes too long"));
        }
        match node {
            Node::Group(inner) if !inner.should_isolate() => {
                draw_group(inner, transform.pre_concat(inner.transform()), pixmap, deadline);
            }
            _ => {
                let Some(bounds) = node.abs_layer_bounding_box() else { continue };
                // The library moves the corner of what it draws to the origin.
                let transform = transform.pre_translate(bounds.x(), bounds.y());
                // Nothing is drawn of what has no size.
                let _ = resvg::render_node(node, transform, &mut pixmap.as_mut());
            }
        }
    }
}

/// Pictures that the file holds itself, as far as they are not too large. None is loaded from elsewhere: neither from
/// the network nor from this computer.
fn only_what_is_inside() -> ImageHrefResolver<'static> {
    let inner = ImageHrefResolver::default_data_resolver();
    let drawings = AtomicUsize::new(0);
    ImageHrefResolver {
        resolve_data: Box::new(move |kind, data, options| {
            let may_be_shown = match memory::decoded_bytes(&data) {
                Some(bytes) => bytes <= MOST_INNER_BYTES,
                // Packed ones are of unknown length.
                None => {
                    !data.starts_with(&[0x1f, 0x8b])
                        && drawings.fetch_add(1, Ordering::Relaxed) < MOST_INNER_DRAWINGS
                }
            };
            may_be_shown.then(|| inner(kind, data, options)).flatten()
        }),
        resolve_string: Box::new(|_, _| None),
    }
}
