//! What drawing an SVG picture takes: memory for the layers that it is put together of, and pixels to go through.
//! An upper bound, told from the tree of the picture before anything is drawn.

use resvg::usvg::filter::Kind;
use resvg::usvg::{Fill, Group, Node, Paint, Path, Stroke, Tree};

/// Layers that are there at the same time, one inside of the other.
const MOST_LAYER_BYTES: u64 = 160 * 1024 * 1024;

/// All pixels of all layers: some seconds.
const MOST_PIXELS: u64 = 2_000_000_000;

/// The library lets a layer be so many times as large as what is drawn: it is not cut to what is in sight.
const LARGEST_LAYER: u64 = 25;

/// What a layer is larger than what is in it, on each side.
const MARGIN: f64 = 2.0;

/// Of the numbers that the time of a filter grows with, these are the most that any drawing program writes.
const MOST_OCTAVES: u32 = 16;
const MOST_MATRIX_CELLS: u32 = 1_024;
const MOST_RADIUS: f32 = 100.0;

#[derive(Default)]
pub(super) struct DrawingCost {
    layer_bytes: u64,
    pixels: u64,
}

impl DrawingCost {
    /// For a part of so many pixels, with `scale` pixels for each unit of the picture.
    pub(super) fn of(tree: &Tree, scale: f32, part_pixels: u64) -> Self {
        let mut cost = Self::default();
        cost.layer_bytes = cost.add(tree.root(), f64::from(scale), part_pixels.saturating_mul(LARGEST_LAYER));
        cost
    }

    /// Where a part is drawn in so many pieces along each side.
    pub(super) fn is_bearable(&self, pieces: u32) -> bool {
        let pixels = self.pixels.saturating_mul(u64::from(pieces) * u64::from(pieces));
        self.layer_bytes <= MOST_LAYER_BYTES && pixels <= MOST_PIXELS
    }

    /// Answers how many bytes the layers in `group` take at the same time. `most`: the pixels of the largest layer.
    fn add(&mut self, group: &Group, scale: f64, most: u64) -> u64 {
        let mut most_bytes = 0;
        for node in group.children() {
            // What the layers of this one have in pixels, and the largest of those in it in bytes.
            let (own, inner_bytes) = match node {
                Node::Group(inner) => self.add_group(inner, scale, most),
                Node::Path(path) => self.add_patterns(path, scale, most),
                Node::Text(text) => (0, self.add(text.flattened(), scale, most)),
                Node::Image(_) => {
                    let mut inner_bytes = 0;
                    node.subroots(|root| inner_bytes = self.add(root, scale, most));
                    (most / LARGEST_LAYER, inner_bytes)
                }
            };
            self.pixels = self.pixels.saturating_add(own);
            most_bytes = most_bytes.max(own.saturating_mul(4).saturating_add(inner_bytes));
        }
        most_bytes
    }

    fn add_group(&mut self, group: &Group, scale: f64, most: u64) -> (u64, u64) {
        let mut inner_bytes = self.add(group, scale, most);
        if !group.should_isolate() {
            return (0, inner_bytes);
        }
        let bounds = group.abs_layer_bounding_box();
        let side = |side: f32| f64::from(side) * scale + 2.0 * MARGIN;
        let pixels = ((side(bounds.width()) * side(bounds.height())) as u64).min(most);
        let steps: usize = group.filters().iter().map(|filter| filter.primitives().len() + 2).sum();
        let mut layers = steps as u64 + 1;
        // A mask or a clip is a layer of the same size.
        let mut add_inner = |root: &Group| {
            layers += 1;
            inner_bytes = inner_bytes.max(self.add(root, scale, most));
        };
        let mut mask = group.mask();
        while let Some(outer) = mask {
            add_inner(outer.root());
            mask = outer.mask();
        }
        let mut clip = group.clip_path();
        while let Some(outer) = clip {
            add_inner(outer.root());
            clip = outer.clip_path();
        }
        for primitive in group.filters().iter().flat_map(|filter| filter.primitives()) {
            if let Kind::Image(image) = primitive.kind() {
                add_inner(image.root());
            }
        }
        (pixels.saturating_mul(layers), inner_bytes)
    }

    /// A pattern is drawn once as a whole, however large it is.
    fn add_patterns(&mut self, path: &Path, scale: f64, most: u64) -> (u64, u64) {
        let paints = path.fill().map(Fill::paint).into_iter().chain(path.stroke().map(Stroke::paint));
        let (mut own, mut inner_bytes) = (0_u64, 0);
        for paint in paints {
            if let Paint::Pattern(pattern) = paint {
                let (x, y) = path.abs_transform().pre_concat(pattern.transform()).get_scale();
                let area = f64::from(pattern.rect().width() * x) * f64::from(pattern.rect().height() * y);
                own = own.saturating_add((area * scale * scale) as u64);
                inner_bytes = inner_bytes.max(self.add(pattern.root(), scale, most));
            }
        }
        (own, inner_bytes)
    }

    /// Whether a filter goes over each pixel more often than anybody wants.
    pub(super) fn has_endless_filter(tree: &Tree) -> bool {
        tree.filters().iter().flat_map(|filter| filter.primitives()).any(|primitive| match primitive.kind() {
            Kind::Turbulence(turbulence) => turbulence.num_octaves() > MOST_OCTAVES,
            Kind::ConvolveMatrix(convolution) => {
                let matrix = convolution.matrix();
                matrix.columns().saturating_mul(matrix.rows()) > MOST_MATRIX_CELLS
            }
            Kind::Morphology(morphology) => {
                morphology.radius_x().get().max(morphology.radius_y().get()) > MOST_RADIUS
            }
            _ => false,
        })
    }
}
