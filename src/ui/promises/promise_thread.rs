//! The thread of what is promised to other programs. It sleeps until the window or the X server tells it something, or the
//! next step of a drag or an answer is due.

use super::answers::{Answers, give_numbers, refuse};
use super::clipboard_offer::ClipboardOffer;
use super::display::XDisplay;
use super::drag_picture::DragPicture;
use super::drag_place::SharedPlace;
use super::drag_source::{DragPhase, DragSource};
use super::file_format::FileFormat;
use super::offer::{Offer, OfferProgress};
use coffer_model::Entry;
use coffer_state::Action;
use egui::Context;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, mpsc};
use std::time::Instant;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{AtomEnum, Property, SelectionRequestEvent, Window};

pub(super) enum Input {
    Window(WindowCommand),
    Display(Event),
    /// The X server has ended.
    Closed,
}

pub(super) enum WindowCommand {
    Drag { entries: Arc<Vec<Entry>>, picture: DragPicture },
    CancelDrag,
    Copy { entries: Arc<Vec<Entry>>, text: String },
    Withdraw,
    Fulfill { folder: PathBuf, local_paths: Option<Vec<PathBuf>> },
}

pub(super) struct ThreadStart {
    pub(super) ctx: Context,
    pub(super) window: Window,
    pub(super) folder: PathBuf,
    pub(super) place: Arc<SharedPlace>,
    pub(super) inputs: (Sender<Input>, Receiver<Input>),
    pub(super) actions: mpsc::Sender<Action>,
}

pub(super) struct PromiseThread {
    x: XDisplay,
    ctx: Context,
    window: Window,
    folder: PathBuf,
    place: Arc<SharedPlace>,
    actions: mpsc::Sender<Action>,
    /// The last one is new; those before wait for their files, or for programs that have them.
    drags: Vec<DragSource>,
    copied: Option<ClipboardOffer>,
    answers: Answers,
}

impl PromiseThread {
    pub(super) fn run(start: ThreadStart) {
        let ThreadStart { ctx, window, folder, place, inputs: (sender, inputs), actions } = start;
        let Some(x) = XDisplay::open() else {
            tracing::info!("no X server takes items of the window");
            return;
        };
        let connection = Arc::clone(&x.connection);
        let reader = std::thread::Builder::new().name("promise events".to_owned()).spawn(move || {
            while let Ok(event) = connection.wait_for_event() {
                if sender.send(Input::Display(event)).is_err() {
                    return;
                }
            }
            // Nobody listens when the thread has ended before.
            let _ = sender.send(Input::Closed);
        });
        if let Err(error) = reader {
            tracing::warn!(%error, "items cannot be given to other programs");
            return;
        }
        Self {
            x,
            ctx,
            window,
            folder,
            place,
            actions,
            drags: Vec::new(),
            copied: None,
            answers: Answers::default(),
        }
        .serve(&inputs);
    }

    fn serve(mut self, inputs: &Receiver<Input>) {
        let mut due: Option<Instant> = None;
        loop {
            let input = match due {
                Some(due) => inputs.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => inputs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match input {
                Ok(Input::Window(command)) => self.obey(command),
                Ok(Input::Display(event)) => self.on_event(event),
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Input::Closed) | Err(RecvTimeoutError::Disconnected) => return,
            }
            due = self.tick();
        }
    }

    fn obey(&mut self, command: WindowCommand) {
        match command {
            WindowCommand::Drag { entries, picture } => {
                self.cancel_drag();
                let offer = Offer::new(entries, &self.folder);
                self.drags.extend(DragSource::begin(&self.x, offer, picture));
            }
            WindowCommand::CancelDrag => self.cancel_drag(),
            WindowCommand::Copy { entries, text } => {
                self.withdraw();
                self.copied = ClipboardOffer::offer(&self.x, entries, text, &self.folder);
            }
            WindowCommand::Withdraw => self.withdraw(),
            WindowCommand::Fulfill { folder, local_paths } => self.fulfill(&folder, local_paths),
        }
    }

    /// Whether this window owns what was copied.
    fn has_copied(&self, owner: Window) -> bool {
        self.copied.as_ref().is_some_and(|copied| copied.window == owner)
    }

    fn withdraw(&mut self) {
        if let Some(copied) = self.copied.take() {
            copied.withdraw(&self.x);
        }
    }

    fn cancel_drag(&mut self) {
        for drag in self.drags.iter_mut().filter(|drag| drag.is_active()) {
            drag.cancel(&self.x);
        }
    }

    /// What was taken is here, or could not be downloaded.
    fn fulfill(&mut self, folder: &Path, local_paths: Option<Vec<PathBuf>>) {
        self.answers.fulfill(&self.x, folder, local_paths.as_deref());
        let progress = local_paths.map_or(OfferProgress::Failed, OfferProgress::Here);
        if let Some(drag) = self.drags.iter_mut().find(|drag| drag.offer.folder == folder) {
            drag.offer.progress = progress;
            drag.wait_anew();
        } else if let Some(copied) = self.copied.as_mut().filter(|copied| copied.offer.folder == folder) {
            copied.offer.progress = progress;
        }
    }

    /// Answers with when something is due next.
    fn tick(&mut self) -> Option<Instant> {
        let before = self.place.get();
        let mut due = self.answers.tick(&self.x, Instant::now());
        for drag in &mut self.drags {
            let next = drag.tick(&self.x, self.window, &self.place);
            due = [due, next].into_iter().flatten().min();
        }
        if self.place.get() != before {
            self.ctx.request_repaint();
        }
        // While the person drags, the selection is that drag's.
        if !self.drags.iter().any(DragSource::is_active) {
            for drag in &mut self.drags {
                if drag.phase == DragPhase::Held {
                    take(&mut drag.offer, &self.actions, &self.ctx);
                    drag.give_held(&self.x);
                }
            }
        }
        let (x, answers) = (&self.x, &self.answers);
        self.drags.retain(|drag| {
            let is_over = drag.phase == DragPhase::Over && !answers.has_reader(drag.window);
            if is_over {
                x.destroy(drag.window);
            }
            !is_over
        });
        due
    }

    fn on_event(&mut self, event: Event) {
        match event {
            Event::SelectionRequest(request) => self.on_request(request),
            Event::SelectionClear(cleared) if self.has_copied(cleared.owner) => self.withdraw(),
            Event::ClientMessage(message) => {
                if let Some(drag) = self.drags.iter_mut().find(|drag| drag.window == message.window) {
                    drag.on_message(&self.x, &message);
                }
            }
            Event::PropertyNotify(notice) if notice.state == Property::DELETE => {
                self.answers.on_read(&self.x, notice.window, notice.atom);
            }
            Event::DestroyNotify(notice) => {
                self.answers.on_destroyed(notice.window);
                for drag in &mut self.drags {
                    drag.on_destroyed(&self.x, notice.window);
                }
            }
            // Windows of other programs may end at any time.
            Event::Error(error) => tracing::debug!(?error, "the X server could not do something"),
            _ => {}
        }
    }

    /// A program asks for what is dragged or copied.
    fn on_request(&mut self, request: SelectionRequestEvent) {
        if self.has_copied(request.owner) {
            return self.on_paste(request);
        }
        let (x, atoms) = (&self.x, &self.x.atoms);
        let Some(drag) = self.drags.iter_mut().find(|drag| drag.window == request.owner) else {
            return refuse(x, &request);
        };
        if request.target == atoms.TARGETS {
            give_numbers(x, &request, AtomEnum::ATOM.into(), &[atoms.TARGETS, atoms.URI_LIST]);
        } else if request.target != atoms.URI_LIST {
            refuse(x, &request);
        } else if matches!(drag.phase, DragPhase::Dropped(_) | DragPhase::Over) {
            take(&mut drag.offer, &self.actions, &self.ctx);
            drag.wait_anew();
            answer(&mut self.answers, x, request, FileFormat::UriList, &drag.offer);
        } else {
            drag.mark_seen();
            let expected = drag.offer.expected_paths();
            self.answers.give(x, request, FileFormat::UriList, Ok(&expected));
        }
    }

    /// A program asks for what was copied.
    fn on_paste(&mut self, request: SelectionRequestEvent) {
        let (x, atoms) = (&self.x, &self.x.atoms);
        let Some(copied) = &mut self.copied else { return };
        let format = match request.target {
            target if target == atoms.TARGETS => {
                let texts = [atoms.UTF8_STRING, atoms.PLAIN_TEXT];
                let all = [atoms.TARGETS, atoms.URI_LIST, atoms.COPIED_FILES, texts[0], texts[1]];
                return give_numbers(x, &request, AtomEnum::ATOM.into(), &all);
            }
            target if target == atoms.UTF8_STRING || target == atoms.PLAIN_TEXT => {
                return self.answers.give_text(x, request, &copied.text);
            }
            target if target == atoms.URI_LIST => FileFormat::UriList,
            target if target == atoms.COPIED_FILES => FileFormat::CopiedFiles,
            _ => return refuse(x, &request),
        };
        if copied.is_too_soon() {
            return refuse(x, &request);
        }
        copied.offer.renew(&self.folder);
        take(&mut copied.offer, &self.actions, &self.ctx);
        answer(&mut self.answers, x, request, format, &copied.offer);
    }
}

/// The first program that takes the items has them downloaded.
fn take(offer: &mut Offer, actions: &mpsc::Sender<Action>, ctx: &Context) {
    if offer.progress == OfferProgress::Open {
        offer.progress = OfferProgress::Taken;
        let (entries, folder) = (offer.entries.as_ref().clone(), offer.folder.clone());
        // A window that is gone downloads nothing; the program ends then.
        let _ = actions.send(Action::TakePromised { entries, folder });
        ctx.request_repaint();
    }
}

/// Gives the files, or lets the program wait for them.
fn answer(
    answers: &mut Answers,
    x: &XDisplay,
    request: SelectionRequestEvent,
    format: FileFormat,
    offer: &Offer,
) {
    match &offer.progress {
        OfferProgress::Here(local_paths) => answers.give(x, request, format, Ok(local_paths)),
        OfferProgress::Failed => refuse(x, &request),
        OfferProgress::Open | OfferProgress::Taken => answers.give(x, request, format, Err(&offer.folder)),
    }
}
