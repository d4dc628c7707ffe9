//! The connection to the X server, and what is asked of it again and again.

use std::sync::Arc;
use x11rb::connection::Connection as _;
use x11rb::errors::{ReplyError, ReplyOrIdError};
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, ImageOrder, Screen, Window,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;

x11rb::atom_manager! {
    pub(super) Atoms: AtomsCookie {
        CLIPBOARD,
        INCR,
        TARGETS,
        UTF8_STRING,
        XdndActionCopy,
        XdndAware,
        XdndDrop,
        XdndEnter,
        XdndFinished,
        XdndLeave,
        XdndPosition,
        XdndProxy,
        XdndSelection,
        XdndStatus,
        PLAIN_TEXT: b"text/plain;charset=utf-8",
        URI_LIST: b"text/uri-list",
        COPIED_FILES: b"x-special/gnome-copied-files",
        _NET_WM_WINDOW_TYPE,
        _NET_WM_WINDOW_TYPE_DND,
    }
}

pub(super) struct XDisplay {
    pub(super) connection: Arc<RustConnection>,
    pub(super) atoms: Atoms,
    pub(super) screen: Screen,
    pub(super) is_little_endian: bool,
}

/// Where the pointer is, and whether its first button is down.
#[derive(Clone, Copy)]
pub(super) struct PointerState {
    pub(super) x: i16,
    pub(super) y: i16,
    pub(super) is_down: bool,
}

impl XDisplay {
    /// Fails where there is no X server.
    pub(super) fn open() -> Option<Self> {
        let (connection, screen) = x11rb::connect(None).ok()?;
        let atoms = Atoms::new(&connection).ok()?.reply().ok()?;
        let setup = connection.setup();
        let screen = setup.roots.get(screen)?.clone();
        let is_little_endian = setup.image_byte_order == ImageOrder::LSB_FIRST;
        Some(Self { connection: Arc::new(connection), atoms, screen, is_little_endian })
    }

    /// A window that is never seen, which owns what is offered.
    pub(super) fn create_owner(&self) -> Result<Window, ReplyOrIdError> {
        let window = self.connection.generate_id()?;
        let aux = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        self.connection
            .create_window(
                x11rb::COPY_DEPTH_FROM_PARENT,
                window,
                self.screen.root,
                -10,
                -10,
                1,
                1,
                0,
                WindowClass::INPUT_ONLY,
                x11rb::COPY_FROM_PARENT,
                &aux,
            )?
            .check()?;
        Ok(window)
    }

    pub(super) fn destroy(&self, window: Window) {
        // Nothing is left of it when the connection ends anyway.
        let _ = self.connection.destroy_window(window);
        let _ = self.connection.flush();
    }

    pub(super) fn pointer(&self) -> Result<PointerState, ReplyError> {
        let reply = self.connection.query_pointer(self.screen.root)?.reply()?;
        let is_down = reply.mask.contains(x11rb::protocol::xproto::KeyButMask::BUTTON1);
        Ok(PointerState { x: reply.root_x, y: reply.root_y, is_down })
    }

    /// The child of `window` at a point of the screen.
    pub(super) fn child_at(
        &self,
        window: Window,
        pointer: PointerState,
    ) -> Result<Option<Window>, ReplyError> {
        let root = self.screen.root;
        let place = self.connection.translate_coordinates(root, window, pointer.x, pointer.y)?.reply()?;
        Ok((place.child != x11rb::NONE).then_some(place.child))
    }

    /// The first number of a property.
    pub(super) fn number(&self, window: Window, property: u32) -> Option<u32> {
        let reply = self.connection.get_property(false, window, property, AtomEnum::ANY, 0, 1).ok()?;
        reply.reply().ok()?.value32()?.next()
    }

    /// Hears when a window of another program ends, and when it has read what was put there for it.
    pub(super) fn watch(&self, window: Window) {
        let mask = EventMask::PROPERTY_CHANGE | EventMask::STRUCTURE_NOTIFY;
        let aux = x11rb::protocol::xproto::ChangeWindowAttributesAux::new().event_mask(mask);
        // One that has ended is noticed when it is written to.
        let _ = self.connection.change_window_attributes(window, &aux);
    }

    /// Sends a message to a window, about itself or another one. False if it is not there any more.
    pub(super) fn send(&self, to: Window, about: Window, kind: u32, data: [u32; 5]) -> bool {
        let message = ClientMessageEvent::new(32, about, kind, data);
        self.connection
            .send_event(false, to, EventMask::NO_EVENT, message)
            .is_ok_and(|sent| sent.check().is_ok())
    }
}
