//! A program that takes dropped files (X drag-and-drop, version 5) and reads the clipboard: its window, and what it hears.

use super::driver::poll;
use std::path::PathBuf;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, Property,
    SelectionNotifyEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// When the program asks for the list of files.
#[derive(Clone, Copy, PartialEq)]
pub enum Asks {
    WhenDropped,
    /// As soon as the drag is over it, and never again.
    BeforeTheDrop,
}

pub struct DropTarget {
    connection: RustConnection,
    window: Window,
    source: Window,
    asks: Asks,
    /// The list that it got before the drop.
    early: Option<Vec<u8>>,
    pub is_over: bool,
    pub is_dropped: bool,
}

impl DropTarget {
    /// A window in front of all others, of this place and size.
    pub fn open(display: &str, [x, y]: [i16; 2], [width, height]: [u16; 2], asks: Asks) -> Self {
        let (connection, screen) = x11rb::connect(Some(display)).unwrap();
        let root = connection.setup().roots[screen].root;
        let window = connection.generate_id().unwrap();
        let aux = CreateWindowAux::new().override_redirect(1).event_mask(EventMask::PROPERTY_CHANGE);
        connection
            .create_window(
                x11rb::COPY_DEPTH_FROM_PARENT,
                window,
                root,
                x,
                y,
                width,
                height,
                0,
                WindowClass::INPUT_OUTPUT,
                x11rb::COPY_FROM_PARENT,
                &aux,
            )
            .unwrap();
        let target =
            Self { connection, window, source: 0, asks, early: None, is_over: false, is_dropped: false };
        let aware = target.atom("XdndAware");
        target.connection.change_property32(PropMode::REPLACE, window, aware, AtomEnum::ATOM, &[5]).unwrap();
        target.connection.map_window(window).unwrap();
        target.connection.sync().unwrap();
        target
    }

    /// Hears messages until a drag is over the window and was told that it is welcome.
    pub fn wait_for_drag(&mut self) {
        self.hear_until("a drag over the target", |target| {
            target.is_over && (target.asks == Asks::WhenDropped || target.early.is_some())
        });
    }

    pub fn wait_for_leave(&mut self) {
        self.hear_until("the drag to leave the target", |target| !target.is_over);
    }

    pub fn wait_for_drop(&mut self) {
        self.hear_until("the drop", |target| target.is_dropped);
    }

    fn hear_until(&mut self, what: &str, is_done: impl Fn(&Self) -> bool) {
        poll(what, || {
            while let Some(event) = self.connection.poll_for_event().unwrap() {
                self.hear(&event);
            }
            is_done(self).then_some(())
        });
    }

    fn hear(&mut self, event: &Event) {
        let Event::ClientMessage(message) = event else { return };
        let data = message.data.as_data32();
        let is = |name: &str| message.type_ == self.atom(name);
        if is("XdndEnter") {
            self.source = data[0];
            assert_eq!(data[1] >> 24, 5, "the version that both speak");
            assert_eq!(data[2], self.atom("text/uri-list"));
        } else if is("XdndPosition") {
            assert_eq!(data[0], self.source);
            self.is_over = true;
            self.send("XdndStatus", [self.window, 1, 0, 0, self.atom("XdndActionCopy")]);
            if self.asks == Asks::BeforeTheDrop && self.early.is_none() {
                self.early = self.read("XdndSelection", "text/uri-list");
            }
        } else if is("XdndLeave") {
            self.is_over = false;
        } else if is("XdndDrop") {
            self.is_dropped = true;
        }
    }

    /// Takes what was dropped. `None` if there is nothing.
    pub fn take_files(&mut self) -> Option<Vec<PathBuf>> {
        let list = match self.asks {
            Asks::WhenDropped => self.read("XdndSelection", "text/uri-list"),
            Asks::BeforeTheDrop => self.early.take(),
        };
        list.map(|list| local_paths(&list)).filter(|paths| !paths.is_empty())
    }

    /// Ends the drag.
    pub fn finish(&mut self) {
        self.send("XdndFinished", [self.window, 1, self.atom("XdndActionCopy"), 0, 0]);
        self.is_dropped = false;
        self.is_over = false;
    }

    fn atom(&self, name: &str) -> Atom {
        self.connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    fn send(&self, kind: &str, data: [u32; 5]) {
        let message = ClientMessageEvent::new(32, self.source, self.atom(kind), data);
        self.connection.send_event(false, self.source, EventMask::NO_EVENT, message).unwrap();
        self.connection.flush().unwrap();
    }

    /// The window of the latest drag, if it still has one.
    pub fn drag_owner(&self) -> Window {
        let selection = self.atom("XdndSelection");
        self.connection.get_selection_owner(selection).unwrap().reply().unwrap().owner
    }

    /// Asks for what a selection has in a format, and does not wait for the answer.
    pub fn ask(&self, selection: &str, format: &str) {
        let [selection, format, property] = [selection, format, "COFFER_TEST"].map(|name| self.atom(name));
        self.connection
            .convert_selection(self.window, selection, format, property, x11rb::CURRENT_TIME)
            .unwrap();
        self.connection.sync().unwrap();
    }

    /// What a selection has in a format, whole or in parts. `None` if it is refused.
    pub fn read(&self, selection: &str, format: &str) -> Option<Vec<u8>> {
        self.ask(selection, format);
        let property = self.atom("COFFER_TEST");
        let answer = self.wait_for("an answer about the files", |event| match event {
            Event::SelectionNotify(SelectionNotifyEvent { property, .. }) => Some(*property),
            _ => None,
        });
        if answer == x11rb::NONE {
            return None;
        }
        let (type_atom, first) = self.take_property(property);
        if type_atom != self.atom("INCR") {
            return Some(first);
        }
        let mut all = Vec::new();
        loop {
            self.wait_for("the next part", |event| match event {
                Event::PropertyNotify(notice)
                    if notice.atom == property && notice.state == Property::NEW_VALUE =>
                {
                    Some(())
                }
                _ => None,
            });
            let (_, part) = self.take_property(property);
            if part.is_empty() {
                return Some(all);
            }
            all.extend(part);
        }
    }

    fn take_property(&self, property: Atom) -> (Atom, Vec<u8>) {
        let reply = self
            .connection
            .get_property(true, self.window, property, AtomEnum::ANY, 0, u32::MAX)
            .unwrap()
            .reply()
            .unwrap();
        (reply.type_, reply.value)
    }

    fn wait_for<T>(&self, what: &str, fits: impl Fn(&Event) -> Option<T>) -> T {
        poll(what, || {
            while let Some(event) = self.connection.poll_for_event().unwrap() {
                if let Some(found) = fits(&event) {
                    return Some(found);
                }
            }
            None
        })
    }
}

/// The files of a list of local addresses.
pub fn local_paths(list: &[u8]) -> Vec<PathBuf> {
    let list = String::from_utf8(list.to_vec()).unwrap();
    let uris = list.lines().filter(|line| !line.is_empty());
    uris.map(|uri| PathBuf::from(decoded(uri.strip_prefix("file://").unwrap()))).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}
