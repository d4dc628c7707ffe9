//! History: where the person was, with scroll, selection and cursor, as in a web browser.

use super::Place;
use super::selection::Selection;

pub struct Navigation {
    pub(super) visits: Vec<Visit>,
    pub(super) at: usize,
}

#[derive(Clone, Debug)]
pub struct Visit {
    pub place: Place,
    pub scroll_top: f32,
    pub selection: Selection,
}

impl Navigation {
    pub fn current(&self) -> &Place {
        &self.visits[self.at].place
    }

    pub fn can_go_back(&self) -> bool {
        self.at > 0
    }

    pub fn can_go_forward(&self) -> bool {
        self.at + 1 < self.visits.len()
    }
}
