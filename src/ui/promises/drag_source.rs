//! A drag out of the window: what is under the pointer is asked whether it takes the files, and is given them when the
//! button is released. The window that was pressed has the pointer until then, so its place is asked for.

use super::display::XDisplay;
use super::drag_picture::{DragPicture, PictureWindow};
use super::drag_place::{DragPlace, SharedPlace};
use super::drag_target::{DragTarget, Under, find_under};
use super::offer::{Offer, OfferProgress};
use std::time::{Duration, Instant};
use x11rb::protocol::xproto::{ConnectionExt as _, Window};

/// How often the pointer is asked for: as often as a screen shows it.
const STEP: Duration = Duration::from_millis(16);
/// A program that has asked for nothing, or is silent after it was given all, is not waited for any longer.
const PATIENCE: Duration = Duration::from_mins(2);

pub(super) struct DragSource {
    /// Owns the selection of this drag.
    pub(super) window: Window,
    pub(super) offer: Offer,
    picture: Option<DragPicture>,
    picture_window: Option<PictureWindow>,
    target: Option<DragTarget>,
    pub(super) phase: DragPhase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DragPhase {
    /// The button is down.
    Following,
    /// It was released, and the program has not said yet whether it takes the files there.
    Released,
    /// The program has seen the list, and may not ask for it again: it gets the drop when the files are here.
    Held,
    /// The program was told; since then, or since it was given the files.
    Dropped(Instant),
    Over,
}

impl DragSource {
    pub(super) fn begin(x: &XDisplay, offer: Offer, picture: DragPicture) -> Option<Self> {
        let window = x.create_owner().ok()?;
        let owns = x.connection.set_selection_owner(window, x.atoms.XdndSelection, x11rb::CURRENT_TIME);
        owns.ok()?.check().ok()?;
        Some(Self {
            window,
            offer,
            picture: Some(picture),
            picture_window: None,
            target: None,
            phase: DragPhase::Following,
        })
    }

    pub(super) fn is_active(&self) -> bool {
        matches!(self.phase, DragPhase::Following | DragPhase::Released)
    }

    /// Goes on by what is due. Answers with when it is to be called again.
    pub(super) fn tick(&mut self, x: &XDisplay, own: Window, place: &SharedPlace) -> Option<Instant> {
        match self.phase {
            DragPhase::Following => self.follow(x, own, place),
            DragPhase::Released => self.decide(x),
            DragPhase::Dropped(since) if since.elapsed() >= PATIENCE => self.end(x),
            DragPhase::Dropped(_) | DragPhase::Held | DragPhase::Over => {}
        }
        match self.phase {
            DragPhase::Following | DragPhase::Released => Some(Instant::now() + STEP),
            DragPhase::Dropped(since) => Some(since + PATIENCE),
            DragPhase::Held | DragPhase::Over => None,
        }
    }

    fn follow(&mut self, x: &XDisplay, own: Window, place: &SharedPlace) {
        let shown = place.get();
        let Ok(pointer) = x.pointer() else { return self.cancel(x) };
        if shown == DragPlace::Ended {
            return self.cancel(x);
        }
        if !pointer.is_down {
            if shown == DragPlace::Inside {
                // The window has its own drop.
                return self.cancel(x);
            }
            if place.change(shown, DragPlace::Ended) {
                self.hide_picture(x);
                self.phase = DragPhase::Released;
                self.decide(x);
            }
            return;
        }
        let under = find_under(x, pointer, own);
        self.move_over(x, under);
        let now = match (&mut self.target, under) {
            (_, Under::Own) => DragPlace::Inside,
            (Some(target), _) => {
                target.move_to(x, self.window, pointer);
                if target.accepts { DragPlace::Accepted } else { DragPlace::Outside }
            }
            (None, _) => DragPlace::Outside,
        };
        // If the window has ended the drag meanwhile, the next step sees it.
        place.change(shown, now);
        if now == DragPlace::Inside {
            self.hide_picture(x);
        } else {
            if let Some(picture) = self.picture.take() {
                self.picture_window = PictureWindow::open(x, &picture);
            }
            if let Some(window) = &mut self.picture_window {
                window.move_to(x, pointer);
            }
        }
    }

    /// Leaves the last window, and enters the one that is under the pointer now.
    fn move_over(&mut self, x: &XDisplay, under: Under) {
        let window = match under {
            Under::Aware { window, .. } => Some(window),
            Under::Own | Under::Nothing => None,
        };
        if self.target.as_ref().map(|target| target.window) == window {
            return;
        }
        if let Some(left) = self.target.take() {
            left.leave(x, self.window);
        }
        if let Under::Aware { window, receiver, version } = under {
            self.target = Some(DragTarget::enter(x, self.window, window, receiver, version));
        }
    }

    /// The button was released: the program under the pointer gets the drop, if it takes the files.
    fn decide(&mut self, x: &XDisplay) {
        match &self.target {
            Some(target) if target.is_waited_for() => {}
            Some(target) if !target.is_willing() => self.cancel(x),
            Some(target) if target.has_list => self.phase = DragPhase::Held,
            Some(_) => self.give_drop(x),
            None => self.cancel(x),
        }
    }

    /// Gives the drop to a program that was held up until the files are here.
    pub(super) fn give_held(&mut self, x: &XDisplay) {
        if self.phase != DragPhase::Held {
            return;
        }
        match &self.offer.progress {
            OfferProgress::Here(_) => {
                // Another drag may have had the selection meanwhile.
                let _ =
                    x.connection.set_selection_owner(self.window, x.atoms.XdndSelection, x11rb::CURRENT_TIME);
                self.give_drop(x);
            }
            OfferProgress::Failed => self.cancel(x),
            OfferProgress::Open | OfferProgress::Taken => {}
        }
    }

    fn give_drop(&mut self, x: &XDisplay) {
        if self.target.as_ref().is_some_and(|target| target.drop_here(x, self.window)) {
            self.phase = DragPhase::Dropped(Instant::now());
        } else {
            self.end(x);
        }
    }

    /// The program may be silent from now on for as long again.
    pub(super) fn wait_anew(&mut self) {
        if let DragPhase::Dropped(since) = &mut self.phase {
            *since = Instant::now();
        }
    }

    /// A message of the program under the drag.
    pub(super) fn on_message(&mut self, x: &XDisplay, message: &x11rb::protocol::xproto::ClientMessageEvent) {
        if message.type_ == x.atoms.XdndFinished {
            if matches!(self.phase, DragPhase::Dropped(_)) {
                self.end(x);
            }
        } else if message.type_ == x.atoms.XdndStatus
            && let Some(target) = &mut self.target
        {
            target.on_status(message);
        }
    }

    /// A program sees the list before the drop. It may keep it, and not ask again.
    pub(super) fn mark_seen(&mut self) {
        if let Some(target) = &mut self.target {
            target.has_list = true;
        }
    }

    pub(super) fn on_destroyed(&mut self, x: &XDisplay, window: Window) {
        if self.target.as_ref().is_some_and(|target| target.window == window) {
            self.target = None;
            if self.phase != DragPhase::Following {
                self.end(x);
            }
        }
    }

    /// Nothing is dropped.
    pub(super) fn cancel(&mut self, x: &XDisplay) {
        if let Some(target) = self.target.take() {
            target.leave(x, self.window);
        }
        self.end(x);
    }

    fn end(&mut self, x: &XDisplay) {
        self.hide_picture(x);
        self.phase = DragPhase::Over;
    }

    fn hide_picture(&mut self, x: &XDisplay) {
        if let Some(window) = &mut self.picture_window {
            window.hide(x);
        }
        if !self.is_active()
            && let Some(window) = self.picture_window.take()
        {
            window.close(x);
        }
    }
}
