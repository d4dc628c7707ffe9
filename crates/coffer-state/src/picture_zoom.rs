//! How large a picture or the pages of a document are shown: in the large preview, and of both pictures of a comparison
//! together.

use super::input::ZoomStep;

const FACTOR: f32 = 1.25;
const RANGE: (f32, f32) = (0.02, 32.0);

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureZoom {
    /// Points for each pixel; `None` fits the place.
    pub chosen: Option<f32>,
    /// The zoom at which the picture fits, as the window measured it; zooming in starts from it.
    pub fit: f32,
    /// What fits of a page is its width, and not all of it. A picture always fits as a whole.
    pub fits_width: bool,
}

impl Default for PictureZoom {
    fn default() -> Self {
        Self { chosen: None, fit: 1.0, fits_width: true }
    }
}

impl PictureZoom {
    /// Points for each pixel.
    pub fn now(&self) -> f32 {
        self.chosen.unwrap_or(self.fit)
    }

    pub(super) fn step(&mut self, step: ZoomStep) {
        match step {
            ZoomStep::Fit => self.fits_width = false,
            ZoomStep::FitWidth => self.fits_width = true,
            ZoomStep::In | ZoomStep::Out | ZoomStep::Actual | ZoomStep::To(_) => {}
        }
        let zoom = match step {
            ZoomStep::Fit | ZoomStep::FitWidth => None,
            ZoomStep::Actual => Some(1.0),
            ZoomStep::In => Some(self.now() * FACTOR),
            ZoomStep::Out => Some(self.now() / FACTOR),
            ZoomStep::To(zoom) => Some(zoom).filter(|zoom| zoom.is_finite()),
        };
        self.chosen = zoom.map(|zoom| zoom.clamp(RANGE.0, RANGE.1));
    }

    pub(super) fn set_fit(&mut self, zoom: f32) {
        if zoom.is_finite() && zoom > 0.0 {
            self.fit = zoom;
        }
    }
}
