//! Drops files on a window as a file manager does: version 5 of the X drag-and-drop protocol, pointer grabbed.

use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::time::{Duration, Instant};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, GrabMode, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Source {
    connection: RustConnection,
    root: Window,
    window: Window,
    target: Window,
    uris: Vec<u8>,
}

impl Source {
    /// A drag of `paths` towards the window whose title contains `title`.
    pub fn new(display: &str, title: &str, paths: &[&Path]) -> Self {
        let (connection, screen) = x11rb::connect(Some(display)).unwrap();
        let root = connection.setup().roots[screen].root;
        let window = connection.generate_id().unwrap();
        connection
            .create_window(
                x11rb::COPY_DEPTH_FROM_PARENT,
                window,
                root,
                -10,
                -10,
                1,
                1,
                0,
                WindowClass::INPUT_OUTPUT,
                x11rb::COPY_FROM_PARENT,
                &CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE),
            )
            .unwrap();
        connection.map_window(window).unwrap();
        let uris = paths.iter().flat_map(|path| uri(path)).collect();
        let mut source = Self { connection, root, window, target: 0, uris };
        let selection = source.atom("XdndSelection");
        source.connection.set_selection_owner(window, selection, x11rb::CURRENT_TIME).unwrap();
        source.target = source.wait_for_target(title);
        source
    }

    /// Moves the pointer with the files over `x`, `y` of the target window and lets go there.
    pub fn drop_at(&self, x: i16, y: i16) {
        let grab = self.connection.grab_pointer(
            false,
            self.window,
            EventMask::BUTTON_RELEASE | EventMask::POINTER_MOTION,
            GrabMode::ASYNC,
            GrabMode::ASYNC,
            x11rb::NONE,
            x11rb::NONE,
            x11rb::CURRENT_TIME,
        );
        grab.unwrap().reply().unwrap();
        self.send("XdndEnter", [self.window, 5 << 24, self.atom("text/uri-list"), 0, 0]);
        let mut accepted = false;
        for step in 0..=8_i16 {
            let at_x = x - 40 + 5 * step;
            let place = self
                .connection
                .translate_coordinates(self.target, self.root, at_x, y)
                .unwrap()
                .reply()
                .unwrap();
            self.connection
                .warp_pointer(x11rb::NONE, self.root, 0, 0, 0, 0, place.dst_x, place.dst_y)
                .unwrap();
            let position = (u32::from(place.dst_x as u16) << 16) | u32::from(place.dst_y as u16);
            let copy = self.atom("XdndActionCopy");
            self.send("XdndPosition", [self.window, 0, position, x11rb::CURRENT_TIME, copy]);
            accepted = self.answer("XdndStatus").data.as_data32()[1] & 1 == 1;
        }
        assert!(accepted, "the window does not take files there");
        self.send("XdndDrop", [self.window, 0, x11rb::CURRENT_TIME, 0, 0]);
        let finished = self.answer("XdndFinished");
        assert_eq!(finished.data.as_data32()[1] & 1, 1, "the window did not take the files");
        self.connection.ungrab_pointer(x11rb::CURRENT_TIME).unwrap();
        self.connection.sync().unwrap();
    }

    fn atom(&self, name: &str) -> Atom {
        self.connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    fn send(&self, kind: &str, data: [u32; 5]) {
        let message = ClientMessageEvent::new(32, self.target, self.atom(kind), data);
        self.connection.send_event(false, self.target, EventMask::NO_EVENT, message).unwrap();
        self.connection.flush().unwrap();
    }

    /// Serves requests for the files until the target sends a message of this kind.
    fn answer(&self, kind: &str) -> ClientMessageEvent {
        let kind = self.atom(kind);
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            match self.connection.poll_for_event().unwrap() {
                Some(Event::SelectionRequest(request)) => self.give_files(&request),
                Some(Event::ClientMessage(message)) if message.type_ == kind => return message,
                Some(_) => {}
                None => std::thread::yield_now(),
            }
        }
        panic!("the window did not answer the drag");
    }

    fn give_files(&self, request: &SelectionRequestEvent) {
        let uri_list = self.atom("text/uri-list");
        let mut property = if request.property == x11rb::NONE { request.target } else { request.property };
        if request.target == uri_list {
            self.connection
                .change_property8(PropMode::REPLACE, request.requestor, property, uri_list, &self.uris)
                .unwrap();
        } else if request.target == self.atom("TARGETS") {
            self.connection
                .change_property32(
                    PropMode::REPLACE,
                    request.requestor,
                    property,
                    AtomEnum::ATOM,
                    &[uri_list],
                )
                .unwrap();
        } else {
            property = x11rb::NONE;
        }
        let notice = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property,
        };
        self.connection.send_event(false, request.requestor, EventMask::NO_EVENT, notice).unwrap();
        self.connection.flush().unwrap();
    }

    fn wait_for_target(&self, title: &str) -> Window {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(window) = self.find(self.root, title) {
                return window;
            }
            std::thread::yield_now();
        }
        panic!("no window called {title} that takes files");
    }

    fn find(&self, window: Window, title: &str) -> Option<Window> {
        let children = self.connection.query_tree(window).ok()?.reply().ok()?.children;
        let has = |child: Window, property: Atom| {
            let reply = self.connection.get_property(false, child, property, AtomEnum::ANY, 0, 256);
            reply.ok()?.reply().ok().filter(|reply| reply.value_len > 0).map(|reply| reply.value)
        };
        children.into_iter().find_map(|child| {
            let name = has(child, AtomEnum::WM_NAME.into()).unwrap_or_default();
            let matches = String::from_utf8_lossy(&name).contains(title);
            if matches && has(child, self.atom("XdndAware")).is_some() {
                Some(child)
            } else {
                self.find(child, title)
            }
        })
    }
}

/// A line of `text/uri-list`.
fn uri(path: &Path) -> Vec<u8> {
    let mut line = b"file://".to_vec();
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            line.push(byte);
        } else {
            line.extend(format!("%{byte:02X}").bytes());
        }
    }
    line.extend(b"\r\n");
    line
}
