//! One page of an open PDF as pixels, and what bounds the work for it. It runs on the thread of its document.

use super::document_pages::DocumentPages;
use super::pdf_text;
use super::reading_budget::ReadingBudget;
use super::unreadable::UnreadableDocument;
use coffer_model::preview::{PagePart, PageSize};
use coffer_model::{PageText, Pixels};
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::{DecryptionError, LoadPdfError};
use hayro::kurbo::{Affine, BezPath, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use std::panic::resume_unwind;
use std::sync::Arc;

/// Of a PDF file 72 are an inch, on the screen 96.
const POINTS_FOR_UNIT: f32 = 96.0 / 72.0;

/// A page that claims to be smaller or larger than this, in its own units, is taken for one of the nearest size. Five
/// metres are the most that the format allows.
const PAGE_UNITS: (f32, f32) = (1.0, 14_400.0);

/// A picture of a page may have this many pixels; it is decoded whole, into 4 bytes each.
const MOST_PICTURE_PIXELS: u64 = 120_000_000;

pub(super) fn read(bytes: Vec<u8>) -> Result<Pdf, UnreadableDocument> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => UnreadableDocument::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => UnreadableDocument::Damaged,
    })
}

pub(super) fn page_sizes(pdf: &Pdf) -> Arc<[PageSize]> {
    pdf.pages().iter().map(page_size).collect()
}

/// The size at which a page is shown at 100 %.
fn page_size(page: &Page<'_>) -> PageSize {
    let (width, height) = page.render_dimensions();
    let side = |units: f32| {
        let units = if units.is_finite() { units } else { PAGE_UNITS.0 };
        units.clamp(PAGE_UNITS.0, PAGE_UNITS.1) * POINTS_FOR_UNIT
    };
    PageSize { width: side(width), height: side(height) }
}

/// The library never forgets a font or shape that it has read. Every so many parts and texts all are forgotten.
const USES_UNTIL_FORGETTING: usize = 64;

/// An open file, and what was read of it: fonts, pictures, shapes of letters. The library never forgets any of it.
pub(super) struct PdfPages<'a> {
    pdf: &'a Pdf,
    render: RenderCache<'a>,
    check: InterpreterCache<'a>,
    uses: usize,
    /// After a panic what was read may hold half of something.
    is_whole: bool,
}

impl<'a> PdfPages<'a> {
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        let (render, check) = (RenderCache::default(), InterpreterCache::default());
        Self { pdf, render, check, uses: 0, is_whole: true }
    }

    fn forget_now_and_then(&mut self) {
        self.uses += 1;
        if !std::mem::replace(&mut self.is_whole, false) || self.uses > USES_UNTIL_FORGETTING {
            *self = Self { is_whole: false, ..Self::new(self.pdf) };
        }
    }
}

impl DocumentPages for PdfPages<'_> {
    fn draw(&mut self, part: PagePart) -> Option<Pixels> {
        self.forget_now_and_then();
        let pixels = draw(self, part);
        self.is_whole = true;
        pixels
    }

    fn text(&mut self, page: u32) -> PageText {
        self.forget_now_and_then();
        let text = pdf_text::read(self.pdf, &self.check, page);
        self.is_whole = true;
        text.unwrap_or_default()
    }
}

/// Draws a part of a page on white. It panics where the page asks for more than is allowed, as it does on a fault in
/// the library: the thread of the document catches both.
fn draw(read: &PdfPages<'_>, part: PagePart) -> Option<Pixels> {
    let page = read.pdf.pages().get(part.page as usize)?;
    let size = page_size(page);
    let place = part.place(size)?;
    let settings = InterpreterSettings::default();
    check(page, &read.check, &settings);
    let scale = f64::from(part.page_width) / f64::from(size.width) * f64::from(POINTS_FOR_UNIT);
    let transform = Affine::translate((-f64::from(place.x), -f64::from(place.y)))
        * Affine::scale(scale)
        * page.initial_transform(true).to_kurbo();
    let (width, height) = (u16::try_from(place.width).ok()?, u16::try_from(place.height).ok()?);
    let mut context = RenderContext::new(width, height);
    render_into(page, &read.render, &settings, &RenderSettings::default(), &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let target_init = TargetInit::Clear(WHITE);
    let rasterizer = RasterizerSettings { target_init, ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), rasterizer);
    let rgba = pixmap.data_as_u8_slice().as_chunks().0.to_vec();
    Some(Pixels { width: usize::from(width), height: usize::from(height), rgba })
}

/// Goes through what a page draws without drawing it. The library can't be interrupted while it draws.
fn check<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>, settings: &InterpreterSettings) {
    let target = Rect::new(0.0, 0.0, 1e6, 1e6);
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, target, cache, page.xref(), settings.clone());
    interpret_page(page, &mut context, &mut Check(ReadingBudget::new()));
}

/// Draws nothing.
struct Check(ReadingBudget);

impl<'a> Device<'a> for Check {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.0.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.0.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.0.step();
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.0.step();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.0.step();
        if u64::from(image.width()) * u64::from(image.height()) > MOST_PICTURE_PIXELS {
            resume_unwind(Box::new("a picture is too large"));
        }
    }

    fn pop_clip(&mut self) {
        self.0.step();
    }

    fn pop_transparency_group(&mut self) {
        self.0.step();
    }
}
