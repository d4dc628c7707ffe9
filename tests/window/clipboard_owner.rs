//! A program that has something on the clipboard, until it is dropped.

use std::sync::Arc;
use std::thread::JoinHandle;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

pub struct ClipboardOwner {
    connection: Arc<RustConnection>,
    window: Window,
    thread: Option<JoinHandle<()>>,
}

impl ClipboardOwner {
    /// Offers bytes in one format.
    pub fn offer(display: &str, format: &str, bytes: Vec<u8>) -> Self {
        let (connection, screen) = x11rb::connect(Some(display)).unwrap();
        let root = connection.setup().roots[screen].root;
        let window = connection.generate_id().unwrap();
        let aux = CreateWindowAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        connection.create_window(0, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &aux).unwrap();
        let [clipboard, targets, format] = ["CLIPBOARD", "TARGETS", format]
            .map(|name| connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom);
        connection.set_selection_owner(window, clipboard, x11rb::CURRENT_TIME).unwrap().check().unwrap();
        let connection = Arc::new(connection);
        let served = Arc::clone(&connection);
        let serve = move || {
            loop {
                match served.wait_for_event().unwrap() {
                    Event::SelectionRequest(request) if request.target == targets => {
                        let to = request.requestor;
                        served
                            .change_property32(
                                PropMode::REPLACE,
                                to,
                                request.property,
                                AtomEnum::ATOM,
                                &[format],
                            )
                            .unwrap();
                        notify(&served, &request, request.property);
                    }
                    Event::SelectionRequest(request) if request.target == format => {
                        let to = request.requestor;
                        served
                            .change_property8(PropMode::REPLACE, to, request.property, format, &bytes)
                            .unwrap();
                        notify(&served, &request, request.property);
                    }
                    Event::SelectionRequest(request) => notify(&served, &request, x11rb::NONE),
                    Event::DestroyNotify(_) => return,
                    _ => {}
                }
            }
        };
        Self { connection, window, thread: Some(std::thread::spawn(serve)) }
    }
}

fn notify(connection: &RustConnection, request: &SelectionRequestEvent, property: u32) {
    let notice = SelectionNotifyEvent {
        response_type: SELECTION_NOTIFY_EVENT,
        sequence: 0,
        time: request.time,
        requestor: request.requestor,
        selection: request.selection,
        target: request.target,
        property,
    };
    connection.send_event(false, request.requestor, EventMask::NO_EVENT, notice).unwrap();
    connection.flush().unwrap();
}

impl Drop for ClipboardOwner {
    fn drop(&mut self) {
        self.connection.destroy_window(self.window).unwrap();
        self.connection.flush().unwrap();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
