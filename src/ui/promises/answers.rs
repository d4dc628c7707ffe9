//! Programs that have asked for what is offered: the answers go into properties of their windows. A long list goes in
//! parts, and so does one whose files are still being downloaded (INCR of the ICCCM): the program is shown in time that
//! something comes.

use super::display::XDisplay;
use super::file_format::FileFormat;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    Atom, ConnectionExt as _, EventMask, PropMode, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent,
    SelectionRequestEvent, Window,
};
use x11rb::wrapper::ConnectionExt as _;

/// A list goes in parts of so many bytes. The least that every server takes in a request is 256 KiB.
const PART_BYTES: usize = 64 * 1024;
/// How long a program waits before it is shown that something comes.
const QUIET: Duration = Duration::from_secs(2);
/// A program that has not read the last part for so long reads nothing more.
const PATIENCE: Duration = Duration::from_mins(1);

/// A program that waits for files that are being downloaded, or reads a list in parts.
struct PendingAnswer {
    request: SelectionRequestEvent,
    /// Of the offer, as long as its files are not here.
    awaits: Option<PathBuf>,
    format: FileFormat,
    type_atom: Atom,
    /// When the program asked, or a part was sent last.
    since: Instant,
    parts: Option<PropertyParts>,
}

/// What is sent in parts.
#[derive(Default)]
struct PropertyParts {
    rest: Vec<u8>,
    /// How much was sent before the list was known.
    padded: usize,
    /// The program has read the last part.
    is_read: bool,
}

#[derive(Default)]
pub(super) struct Answers {
    list: Vec<PendingAnswer>,
}

impl Answers {
    /// Gives files to a program that asks for them, now or when they are here.
    pub(super) fn give(
        &mut self,
        x: &XDisplay,
        request: SelectionRequestEvent,
        format: FileFormat,
        files: Result<&[PathBuf], &Path>,
    ) {
        let type_atom = match format {
            FileFormat::UriList => x.atoms.URI_LIST,
            FileFormat::CopiedFiles => x.atoms.COPIED_FILES,
        };
        let mut answer =
            PendingAnswer { request, awaits: None, format, type_atom, since: Instant::now(), parts: None };
        match files {
            Ok(local_paths) => {
                if answer.send(x, format.encode(local_paths)) {
                    self.list.push(answer);
                }
            }
            Err(folder) => {
                answer.awaits = Some(folder.to_owned());
                self.list.push(answer);
            }
        }
    }

    /// Gives a text to a program that asks for it.
    pub(super) fn give_text(&mut self, x: &XDisplay, request: SelectionRequestEvent, text: &str) {
        let type_atom = request.target;
        let format = FileFormat::UriList;
        let mut answer =
            PendingAnswer { request, awaits: None, format, type_atom, since: Instant::now(), parts: None };
        if answer.send(x, text.as_bytes().to_vec()) {
            self.list.push(answer);
        }
    }

    /// Answers those who wait for the files of an offer; without files they get nothing.
    pub(super) fn fulfill(&mut self, x: &XDisplay, folder: &Path, local_paths: Option<&[PathBuf]>) {
        self.list.retain_mut(|answer| {
            if answer.awaits.as_deref() != Some(folder) {
                return true;
            }
            answer.awaits = None;
            match (&mut answer.parts, local_paths) {
                (None, None) => {
                    refuse(x, &answer.request);
                    false
                }
                (None, Some(local_paths)) => {
                    let list = answer.format.encode(local_paths);
                    answer.send(x, list)
                }
                (Some(parts), local_paths) => {
                    let list = local_paths.map(|paths| answer.format.encode(paths)).unwrap_or_default();
                    parts.rest = answer.format.rest_after_padding(list, parts.padded);
                    answer.continue_parts(x)
                }
            }
        });
    }

    /// Whether somebody waits for the files of an offer, or reads their list.
    pub(super) fn has_reader(&self, owner: Window) -> bool {
        self.list.iter().any(|answer| answer.request.owner == owner)
    }

    /// A program has read a part.
    pub(super) fn on_read(&mut self, x: &XDisplay, window: Window, property: Atom) {
        self.list.retain_mut(|answer| {
            let is_it = answer.request.requestor == window && property_of(&answer.request) == property;
            match &mut answer.parts {
                Some(parts) if is_it => {
                    parts.is_read = true;
                    answer.continue_parts(x)
                }
                _ => true,
            }
        });
    }

    /// A window has ended.
    pub(super) fn on_destroyed(&mut self, window: Window) {
        self.list.retain(|answer| answer.request.requestor != window);
    }

    /// What is due by now. Answers with when something is due next.
    pub(super) fn tick(&mut self, x: &XDisplay, now: Instant) -> Option<Instant> {
        self.list.retain_mut(|answer| {
            if answer.due() > now {
                return true;
            }
            match &answer.parts {
                None => answer.begin_parts(x),
                Some(parts) if parts.is_read => answer.continue_parts(x),
                Some(_) => {
                    tracing::info!("another program does not read what it was given");
                    false
                }
            }
        });
        self.list.iter().map(PendingAnswer::due).min()
    }
}

impl PendingAnswer {
    fn due(&self) -> Instant {
        self.since
            + match &self.parts {
                None => QUIET,
                Some(parts) if parts.is_read => self.format.padding_interval(),
                Some(_) => PATIENCE,
            }
    }

    /// Sends a whole list, or begins to. True while there is more to send.
    fn send(&mut self, x: &XDisplay, list: Vec<u8>) -> bool {
        if list.len() > PART_BYTES {
            let is_begun = self.begin_parts(x);
            if let Some(parts) = &mut self.parts {
                parts.rest = list;
            }
            return is_begun;
        }
        put(x, &self.request, self.type_atom, &list);
        notify(x, &self.request, property_of(&self.request));
        false
    }

    /// Says that the list comes in parts. Always true: there is more.
    fn begin_parts(&mut self, x: &XDisplay) -> bool {
        self.parts = Some(PropertyParts::default());
        self.since = Instant::now();
        x.watch(self.request.requestor);
        let property = property_of(&self.request);
        let least_bytes = [PART_BYTES as u32];
        // A window that has ended reads nothing, and is forgotten in time.
        let _ = x.connection.change_property32(
            PropMode::REPLACE,
            self.request.requestor,
            property,
            x.atoms.INCR,
            &least_bytes,
        );
        notify(x, &self.request, property);
        true
    }

    /// Sends the next part if the last one was read. True while there is more to send.
    fn continue_parts(&mut self, x: &XDisplay) -> bool {
        let type_atom = self.type_atom;
        let Some(parts) = self.parts.as_mut().filter(|parts| parts.is_read) else { return true };
        let mut part: Vec<u8> = parts.rest.drain(..parts.rest.len().min(PART_BYTES)).collect();
        if part.is_empty() && self.awaits.is_some() {
            if self.since.elapsed() < self.format.padding_interval() {
                return true;
            }
            part = self.format.padding(parts.padded).to_vec();
            parts.padded += part.len();
        }
        self.since = Instant::now();
        if part.is_empty() && self.awaits.is_some() {
            return true;
        }
        parts.is_read = false;
        // An empty part is the end.
        put(x, &self.request, type_atom, &part);
        !part.is_empty()
    }
}

/// What is not offered, or not here.
pub(super) fn refuse(x: &XDisplay, request: &SelectionRequestEvent) {
    notify(x, request, x11rb::NONE);
}

/// Answers at once with numbers or atoms.
pub(super) fn give_numbers(x: &XDisplay, request: &SelectionRequestEvent, type_atom: Atom, numbers: &[u32]) {
    let property = property_of(request);
    // The request may be of a window that has ended.
    let _ =
        x.connection.change_property32(PropMode::REPLACE, request.requestor, property, type_atom, numbers);
    notify(x, request, property);
}

/// Old programs name no property.
fn property_of(request: &SelectionRequestEvent) -> Atom {
    if request.property == x11rb::NONE { request.target } else { request.property }
}

fn put(x: &XDisplay, request: &SelectionRequestEvent, type_atom: Atom, bytes: &[u8]) {
    let property = property_of(request);
    // The request may be of a window that has ended.
    let _ = x.connection.change_property8(PropMode::REPLACE, request.requestor, property, type_atom, bytes);
    let _ = x.connection.flush();
}

fn notify(x: &XDisplay, request: &SelectionRequestEvent, property: Atom) {
    let event = SelectionNotifyEvent {
        response_type: SELECTION_NOTIFY_EVENT,
        sequence: 0,
        time: request.time,
        requestor: request.requestor,
        selection: request.selection,
        target: request.target,
        property,
    };
    // The request may be of a window that has ended.
    let _ = x.connection.send_event(false, request.requestor, EventMask::NO_EVENT, event);
    let _ = x.connection.flush();
}
