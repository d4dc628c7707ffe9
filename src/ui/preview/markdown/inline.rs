//! Words with their styles and links, as they stand in one paragraph.

use super::LinkTarget;
use crate::ui::theme::{self, Palette};
use egui::Stroke;
use egui::text::{LayoutJob, TextFormat};
use std::ops::Range;

/// One paragraph of text; styles and links are ranges of its bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Inline {
    pub text: String,
    /// In order, without gaps.
    pub runs: Vec<(Range<usize>, InlineStyle)>,
    pub links: Vec<(Range<usize>, LinkTarget)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct InlineStyle {
    pub strong: bool,
    pub emphasis: bool,
    pub strikethrough: bool,
    pub code: bool,
    pub link: bool,
}

impl Inline {
    pub(crate) fn push(&mut self, text: &str, style: InlineStyle) {
        let start = self.text.len();
        self.text.extend(text.chars().map(|character| if character.is_control() { ' ' } else { character }));
        self.extend_runs(start, style);
    }

    pub(crate) fn push_link(&mut self, text: &str, style: InlineStyle, target: LinkTarget) {
        let start = self.text.len();
        self.push(text, InlineStyle { link: true, ..style });
        self.links.push((start..self.text.len(), target));
    }

    pub(crate) fn push_break(&mut self, style: InlineStyle) {
        let start = self.text.len();
        self.text.push('\n');
        self.extend_runs(start, style);
    }

    fn extend_runs(&mut self, start: usize, style: InlineStyle) {
        match self.runs.last_mut() {
            Some((range, last)) if *last == style => range.end = self.text.len(),
            _ => self.runs.push((start..self.text.len(), style)),
        }
    }

    /// Ready to lay out at this size; `bold` for headings and heads of tables.
    pub(crate) fn job(&self, size: f32, bold: bool, width: f32, palette: &Palette) -> LayoutJob {
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        for (range, style) in &self.runs {
            let font = match style {
                InlineStyle { code: true, .. } => theme::mono(size - 1.0),
                InlineStyle { strong: true, .. } => theme::semibold(size),
                _ if bold => theme::semibold(size),
                _ => theme::regular(size),
            };
            let color = if style.link { palette.accent } else { palette.text };
            let mut format = TextFormat::simple(font, color);
            format.line_height = Some((size * 1.5).round());
            format.italics = style.emphasis;
            if style.strikethrough {
                format.strikethrough = Stroke::new(1.0, color);
            }
            job.append(self.text.get(range.clone()).unwrap_or_default(), 0.0, format);
        }
        job
    }
}
