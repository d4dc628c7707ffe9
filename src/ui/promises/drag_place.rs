//! Where a drag out of the window is: what its thread and the window tell each other without waiting.

use std::sync::atomic::{AtomicU8, Ordering};

/// Where a drag of rows is, as the thread sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum DragPlace {
    /// Over this window.
    Inside = 0,
    /// Over something else, which takes no files.
    Outside = 1,
    /// Over a window of another program that takes the files.
    Accepted = 2,
    /// It was dropped outside, or there is none.
    Ended = 3,
}

/// Written by the thread while a drag is on; whoever ends the drag swaps it. So a release is a drop here or there, and never
/// both.
#[derive(Debug)]
pub(super) struct SharedPlace(AtomicU8);

impl Default for SharedPlace {
    fn default() -> Self {
        Self(AtomicU8::new(DragPlace::Ended as u8))
    }
}

impl SharedPlace {
    pub(super) fn get(&self) -> DragPlace {
        Self::from_byte(self.0.load(Ordering::Acquire))
    }

    pub(super) fn set(&self, place: DragPlace) {
        self.0.store(place as u8, Ordering::Release);
    }

    /// False if it has become something else than `from`.
    pub(super) fn change(&self, from: DragPlace, to: DragPlace) -> bool {
        self.0.compare_exchange(from as u8, to as u8, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    fn from_byte(byte: u8) -> DragPlace {
        match byte {
            0 => DragPlace::Inside,
            1 => DragPlace::Outside,
            2 => DragPlace::Accepted,
            _ => DragPlace::Ended,
        }
    }
}
