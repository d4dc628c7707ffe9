//! The triangles of one line whose glyphs were moved: grounds, glyphs, and lines through and under them.

use egui::epaint::text::{ByteRangeExt as _, Glyph, LayoutJob, PlacedRow, RowVisuals};
use egui::{Color32, Mesh, Rangef, Rect, Stroke};

pub(super) struct RowMesh<'a> {
    job: &'a LayoutJob,
    source: &'a PlacedRow,
    /// Where each character of the text begins.
    starts: Vec<usize>,
    glyphs: Mesh,
    grounds: Mesh,
    lines: Mesh,
}

impl<'a> RowMesh<'a> {
    pub(super) fn new(job: &'a LayoutJob, source: &'a PlacedRow) -> Self {
        let has_decoration = job.sections.iter().any(|section| {
            let format = &section.format;
            format.background != Color32::TRANSPARENT
                || format.underline != Stroke::NONE
                || format.strikethrough != Stroke::NONE
        });
        let starts =
            if has_decoration { job.text.char_indices().map(|(byte, _)| byte).collect() } else { vec![] };
        Self {
            job,
            source,
            starts,
            glyphs: Mesh::default(),
            grounds: Mesh::default(),
            lines: Mesh::default(),
        }
    }

    pub(super) fn next_vertex(&self) -> u32 {
        self.glyphs.vertices.len() as u32
    }

    /// Draws a glyph of the source `shift` further right, mirrored at `axis`.
    pub(super) fn add_glyph(&mut self, glyph: &Glyph, shift: f32, axis: Option<f32>) {
        if glyph.uv_rect.is_nothing() {
            return;
        }
        let first = glyph.first_vertex as usize;
        let Some(corners) = self.source.visuals.mesh.vertices.get(first..first + 4) else { return };
        let base = self.next_vertex();
        // Upper left, upper right, lower left, lower right; mirrored, the left ones are the right ones.
        let order = if axis.is_some() { [1, 0, 3, 2] } else { [0, 1, 2, 3] };
        for index in order {
            let mut corner = corners[index];
            if let Some(axis) = axis {
                corner.pos.x = axis - corner.pos.x;
            }
            corner.pos.x += shift;
            self.glyphs.vertices.push(corner);
        }
        self.glyphs.add_triangle(base, base + 1, base + 2);
        self.glyphs.add_triangle(base + 2, base + 1, base + 3);
    }

    /// Draws what is below and over a character that stands where `glyph` is.
    pub(super) fn note(&mut self, glyph: &Glyph, character: usize) {
        let Some(byte) = self.starts.get(character).copied() else { return };
        let section = self.job.sections.iter().find(|section| section.byte_range.as_usize().contains(&byte));
        let Some(format) = section.map(|section| &section.format) else { return };
        let rect = glyph.logical_rect();
        let x = Rangef::new(rect.min.x.min(rect.max.x), rect.min.x.max(rect.max.x));
        if format.background != Color32::TRANSPARENT {
            let ground = Rect::from_x_y_ranges(x, rect.y_range()).expand(format.expand_bg);
            self.grounds.add_colored_rect(ground, format.background);
        }
        let lines = [(format.underline, rect.bottom()), (format.strikethrough, rect.center().y)];
        for (stroke, y) in lines.into_iter().filter(|(stroke, _)| *stroke != Stroke::NONE) {
            let line = Rect::from_x_y_ranges(x, y - stroke.width / 2.0..=y + stroke.width / 2.0);
            self.lines.add_colored_rect(line, stroke.color);
        }
    }

    pub(super) fn finish(self) -> RowVisuals {
        let mut mesh = self.grounds;
        let (glyph_index_start, first) = (mesh.indices.len(), mesh.vertices.len());
        mesh.append(self.glyphs);
        let end = mesh.vertices.len();
        mesh.append(self.lines);
        let mesh_bounds = mesh.calc_bounds();
        RowVisuals { mesh, mesh_bounds, glyph_index_start, glyph_vertex_range: first..end }
    }
}
