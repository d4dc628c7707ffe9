//! The window of another program under a drag, as long as the drag is over it.

use super::display::{PointerState, XDisplay};
use std::time::{Duration, Instant};
use x11rb::protocol::xproto::{ClientMessageEvent, Window};

/// What we speak, and the oldest version that works in the same way.
const VERSION: u32 = 5;
const LEAST_VERSION: u32 = 3;

/// A program that has not answered for so long does not take anything.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Under {
    /// This program's window.
    Own,
    /// A window that may take files, who gets its messages, and the version of its protocol.
    Aware {
        window: Window,
        receiver: Window,
        version: u32,
    },
    Nothing,
}

pub(super) struct DragTarget {
    pub(super) window: Window,
    receiver: Window,
    pub(super) accepts: bool,
    /// It has been given the list of files before anything was dropped, and may not ask again.
    pub(super) has_list: bool,
    /// Since when it has not answered the last message about the position.
    unanswered: Option<Instant>,
    /// The pointer has moved since.
    position: Option<(i16, i16)>,
}

/// What is under the pointer: of the windows at this point, from the outermost to the innermost, the first that knows drags.
pub(super) fn find_under(x: &XDisplay, pointer: PointerState, own: Window) -> Under {
    let mut window = x.screen.root;
    while let Ok(Some(child)) = x.child_at(window, pointer) {
        window = child;
        if window == own {
            return Under::Own;
        }
        // A desktop lets another window answer for it.
        let proxy = x
            .number(window, x.atoms.XdndProxy)
            .filter(|&proxy| x.number(proxy, x.atoms.XdndProxy) == Some(proxy));
        let receiver = proxy.unwrap_or(window);
        if let Some(version) = x.number(receiver, x.atoms.XdndAware)
            && version >= LEAST_VERSION
        {
            return Under::Aware { window, receiver, version: version.min(VERSION) };
        }
    }
    Under::Nothing
}

impl DragTarget {
    /// `source` comes over the window.
    pub(super) fn enter(
        x: &XDisplay,
        source: Window,
        window: Window,
        receiver: Window,
        version: u32,
    ) -> Self {
        x.watch(window);
        x.send(receiver, window, x.atoms.XdndEnter, [source, version << 24, x.atoms.URI_LIST, 0, 0]);
        Self { window, receiver, accepts: false, has_list: false, unanswered: None, position: None }
    }

    /// The pointer is there now. A program is asked again only when it has answered.
    pub(super) fn move_to(&mut self, x: &XDisplay, source: Window, pointer: PointerState) {
        let position = (pointer.x, pointer.y);
        if self.is_waited_for() || self.position == Some(position) {
            return;
        }
        self.position = Some(position);
        self.unanswered = Some(Instant::now());
        let place = (u32::from(pointer.x as u16) << 16) | u32::from(pointer.y as u16);
        let data = [source, 0, place, x11rb::CURRENT_TIME, x.atoms.XdndActionCopy];
        x.send(self.receiver, self.window, x.atoms.XdndPosition, data);
    }

    /// The program says whether it takes the files.
    pub(super) fn on_status(&mut self, message: &ClientMessageEvent) {
        let [window, flags, ..] = message.data.as_data32();
        if window == self.window {
            self.accepts = flags & 1 == 1;
            self.unanswered = None;
        }
    }

    /// Whether its answer is still to come, and may well.
    pub(super) fn is_waited_for(&self) -> bool {
        self.unanswered.is_some_and(|since| since.elapsed() < PATIENCE)
    }

    /// Whether it takes the files where the pointer is.
    pub(super) fn is_willing(&self) -> bool {
        self.accepts && self.unanswered.is_none()
    }

    pub(super) fn leave(&self, x: &XDisplay, source: Window) {
        x.send(self.receiver, self.window, x.atoms.XdndLeave, [source, 0, 0, 0, 0]);
    }

    /// False if the window is not there any more.
    pub(super) fn drop_here(&self, x: &XDisplay, source: Window) -> bool {
        let data = [source, 0, x11rb::CURRENT_TIME, 0, 0];
        x.send(self.receiver, self.window, x.atoms.XdndDrop, data)
    }
}
