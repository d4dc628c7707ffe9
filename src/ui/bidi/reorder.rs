//! A galley whose glyphs are moved to where a reader expects them. The letters were shaped and joined by egui, so whole
//! stretches are moved and nothing is laid out again.

use super::glyph_map::{Cluster, MappedGlyph, clusters};
use super::line_order::{DrawnCharacter, Reading, drawn_lines, is_mirrored};
use super::row_mesh::RowMesh;
use egui::emath::GuiRounding as _;
use egui::epaint::text::Glyph;
use egui::{Align, Galley, Rect};
use std::ops::Range;
use std::sync::Arc;

/// `None` if nothing has to be moved, or the glyphs are not understood.
pub(super) fn reordered(galley: &Galley, reading: Reading) -> Option<Galley> {
    let characters: Vec<char> = galley.job.text.chars().collect();
    let mut moved = galley.clone();
    let mut first_character = 0;
    let mut first_row = 0;
    while first_row < galley.rows.len() {
        let rows = &galley.rows[first_row..];
        let row_count = rows.iter().position(|row| row.ends_with_newline).map_or(rows.len(), |last| last + 1);
        let is_last = first_row + row_count == galley.rows.len();
        let breaks = galley.job.break_on_newline;
        let end =
            match characters[first_character..].iter().position(|character| breaks && *character == '\n') {
                Some(length) => first_character + length,
                None => characters.len(),
            };
        let paragraph = Paragraph {
            galley,
            characters: &characters[first_character..end],
            first_character,
            rows: first_row..first_row + row_count,
            is_cut: is_last && galley.elided,
        };
        paragraph.reorder(&mut moved, reading)?;
        first_character = (end + 1).min(characters.len());
        first_row += row_count;
    }
    moved.mesh_bounds = Rect::NOTHING;
    (moved.num_vertices, moved.num_indices) = (0, 0);
    for row in &moved.rows {
        moved.mesh_bounds |= row.visuals.mesh_bounds.translate(row.pos.to_vec2());
        moved.num_vertices += row.visuals.mesh.vertices.len();
        moved.num_indices += row.visuals.mesh.indices.len();
    }
    Some(moved)
}

struct Paragraph<'a> {
    galley: &'a Galley,
    /// Without the line break.
    characters: &'a [char],
    first_character: usize,
    rows: Range<usize>,
    /// Its last glyph stands for what does not fit.
    is_cut: bool,
}

/// A cluster with where it stands.
struct PlacedCluster {
    cluster: Cluster,
    row: usize,
    left: f32,
    width: f32,
    /// How far it is moved.
    shift: f32,
    right_to_left: bool,
}

impl Paragraph<'_> {
    fn reorder(&self, moved: &mut Galley, reading: Reading) -> Option<()> {
        // Of each glyph, its row and its place there.
        let origins: Vec<(usize, usize)> = self
            .rows
            .clone()
            .flat_map(|row| (0..self.galley.rows[row].glyphs.len()).map(move |glyph| (row, glyph)))
            .collect();
        let glyph_at = |index: usize| -> &Glyph {
            let (row, glyph) = origins[index];
            &self.galley.rows[row].glyphs[glyph]
        };
        let mapped: Vec<MappedGlyph> = (0..origins.len()).map(|index| glyph_at(index).into()).collect();
        let ellipsis = (self.is_cut && !mapped.is_empty()).then(|| mapped.len() - 1);
        let mut found = clusters(self.characters, &mapped[..ellipsis.unwrap_or(mapped.len())]);
        let understood = found.last().map_or(0, |cluster| cluster.characters.end);
        if understood < self.characters.len() && !self.is_cut {
            return None;
        }
        let mut shown = self.characters[..understood].to_vec();
        if let Some(glyph) = ellipsis {
            shown.push('…');
            let characters = understood..understood + 1;
            found.push(Cluster { characters, glyphs: glyph..glyph + 1, is_from_right: false });
        }
        let mut placed: Vec<PlacedCluster> = found
            .into_iter()
            .map(|cluster| {
                let mut glyphs = cluster.glyphs.clone().map(glyph_at);
                let pen = glyphs.clone().find(|glyph| glyph.advance_width != 0.0).or(glyphs.clone().next());
                PlacedCluster {
                    row: origins[cluster.glyphs.start].0,
                    left: pen.map_or(0.0, |glyph| glyph.pos.x),
                    width: glyphs.by_ref().map(|glyph| glyph.advance_width).sum(),
                    shift: 0.0,
                    right_to_left: false,
                    cluster,
                }
            })
            .collect();
        let lines: Vec<Range<usize>> = self.rows.clone().map(|row| characters_of(&placed, row)).collect();
        let drawn = drawn_lines(&shown, &lines, reading);
        let mut drawn_rows = drawn.lines.into_iter();
        for (row, line) in self.rows.clone().zip(&lines).filter(|(_, line)| !line.is_empty()) {
            let mut order = drawn_rows.next()?;
            if drawn.right_to_left && row + 1 < self.rows.end {
                hang_blanks(&mut order, &shown);
            }
            self.place(&mut placed, line.start, &order);
            self.fill_row(moved, row, &placed, &glyph_at, &origins);
        }
        if drawn.right_to_left && self.galley.rows.len() > 1 && self.galley.job.halign == Align::LEFT {
            for row in self.rows.clone() {
                let row = &mut moved.rows[row];
                let free = self.galley.rect.max.x - row.rect().max.x;
                row.pos.x = (row.pos.x + free.max(0.0)).round_to_pixels(self.galley.pixels_per_point);
            }
        }
        Some(())
    }

    /// Finds out where the clusters of a line go: from left to right, and what stood together stays together.
    fn place(&self, placed: &mut [PlacedCluster], first: usize, order: &[DrawnCharacter]) {
        let start = placed.partition_point(|placed| placed.cluster.characters.start < first);
        let end = start
            + placed[start..].partition_point(|placed| placed.cluster.characters.start < first + order.len());
        let mut drawn: Vec<usize> = Vec::with_capacity(end - start);
        for character in order {
            let found = placed[start..end]
                .binary_search_by_key(&character.index, |placed| placed.cluster.characters.start)
                .map(|found| found + start);
            if let Ok(found) = found {
                placed[found].right_to_left = character.right_to_left;
                drawn.push(found);
            }
        }
        let mut x = placed[start..end].iter().map(|placed| placed.left).fold(f32::INFINITY, f32::min);
        let stretches =
            drawn.chunk_by(|one, next| placed[*one].cluster.glyphs.end == placed[*next].cluster.glyphs.start);
        let stretches: Vec<Vec<usize>> = stretches.map(<[usize]>::to_vec).collect();
        for stretch in stretches {
            let (Some(one), Some(last)) = (stretch.first(), stretch.last()) else { continue };
            let (left, right) = (placed[*one].left, placed[*last].left + placed[*last].width);
            let shift = x.round_to_pixels(self.galley.pixels_per_point) - left;
            for index in &stretch {
                placed[*index].shift = shift;
            }
            x += right - left;
        }
    }

    /// One glyph a character, in their order, as egui has them for other letters: only their origins are others. A glyph
    /// that is read from the right begins at its right edge and has a negative width.
    fn fill_row<'g>(
        &self,
        moved: &mut Galley,
        row: usize,
        placed: &[PlacedCluster],
        glyph_at: &impl Fn(usize) -> &'g Glyph,
        origins: &[(usize, usize)],
    ) {
        let source = &self.galley.rows[row];
        let mut mesh = RowMesh::new(&self.galley.job, source);
        let mut glyphs = Vec::with_capacity(source.glyphs.len());
        for placed in placed.iter().filter(|placed| placed.row == row) {
            let first = placed.cluster.characters.start;
            let is_flipped = self.characters.get(first).is_some_and(|character| is_mirrored(*character))
                && placed.right_to_left != placed.cluster.is_from_right;
            let axis = is_flipped.then_some(placed.left * 2.0 + placed.width);
            let first_vertex = mesh.next_vertex();
            for glyph in placed.cluster.glyphs.clone().filter(|glyph| origins[*glyph].0 == row) {
                mesh.add_glyph(glyph_at(glyph), placed.shift, axis);
            }
            let left = placed.left + placed.shift;
            let (begin, end) =
                if placed.right_to_left { (left + placed.width, left) } else { (left, left + placed.width) };
            let mut pen = begin;
            for character in placed.cluster.characters.clone() {
                let mut glyph = *glyph_at(placed.cluster.glyphs.start);
                if let Some(own) = self.characters.get(character) {
                    glyph.chr = *own;
                }
                let is_first = character == first;
                glyph.pos.x = pen;
                glyph.advance_width = if is_first { end - begin } else { 0.0 };
                glyph.first_vertex = first_vertex;
                if !is_first {
                    // Nothing of it is drawn. egui does not give the type a name.
                    _ = std::mem::take(&mut glyph.uv_rect);
                }
                pen = end;
                mesh.note(&glyph, self.first_character + character);
                glyphs.push(glyph);
            }
        }
        let target = Arc::make_mut(&mut moved.rows[row].row);
        target.visuals = mesh.finish();
        target.glyphs = glyphs;
    }
}

/// The characters that the clusters of a row draw.
fn characters_of(placed: &[PlacedCluster], row: usize) -> Range<usize> {
    let mut of_row =
        placed.iter().filter(|placed| placed.row == row).map(|placed| &placed.cluster.characters);
    let Some(first) = of_row.next() else { return 0..0 };
    first.start..of_row.next_back().map_or(first.end, |last| last.end)
}

/// Blanks at the end of a line that goes on below would push its words away from the right edge.
fn hang_blanks(order: &mut [DrawnCharacter], characters: &[char]) {
    let blanks = order.iter().take_while(|drawn| characters[drawn.index].is_whitespace()).count();
    order.rotate_left(blanks);
}
