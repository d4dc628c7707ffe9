//! Items of the account that are promised to other programs of an X11 desktop: they are dragged out of the window, or copied
//! in it, and are downloaded only when another program takes them. The protocols run on a thread with a connection of its
//! own, so that the window never waits for another program: `promise_thread` does what the window and the display tell it,
//! `drag_source` follows a drag (XDND 5), `clipboard_offer` is what was copied, `answers` hands out what was taken (ICCCM selections, in parts where that is long or
//! takes long), and `drag_picture` is what is seen beside the pointer. What goes on inside the window is in `drag`.

mod answers;
mod clipboard_offer;
mod display;
mod drag_picture;
mod drag_place;
mod drag_source;
mod drag_target;
mod file_format;
mod offer;
mod promise_thread;

pub use drag_picture::{DragPicture, MARGIN, OFFSET};
pub use drag_place::DragPlace;

use coffer_model::Entry;
use coffer_state::Action;
use drag_place::SharedPlace;
use egui::Context;
use promise_thread::{Input, PromiseThread, ThreadStart, WindowCommand};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};

/// The window's end.
pub struct Promises {
    ctx: Context,
    window: u32,
    /// Where what is taken comes, a folder each time.
    folder: PathBuf,
    place: Arc<SharedPlace>,
    thread: Option<ThreadHandle>,
}

struct ThreadHandle {
    inputs: mpsc::Sender<Input>,
    actions: mpsc::Receiver<Action>,
}

impl Promises {
    /// `None` where there is no X server.
    pub fn new(ctx: &Context, window: Option<u32>, folder: Option<PathBuf>) -> Option<Self> {
        Some(Self {
            ctx: ctx.clone(),
            window: window?,
            folder: folder?,
            place: Arc::new(SharedPlace::default()),
            thread: None,
        })
    }

    /// Follows a drag that has begun in the window.
    pub fn begin_drag(&mut self, entries: Arc<Vec<Entry>>, picture: DragPicture) {
        self.place.set(DragPlace::Inside);
        self.send(WindowCommand::Drag { entries, picture });
    }

    pub fn drag_place(&self) -> DragPlace {
        self.place.get()
    }

    /// The button was released. False if that was outside: then the drop is the thread's.
    pub fn end_drag_inside(&self) -> bool {
        self.place.change(DragPlace::Inside, DragPlace::Ended)
    }

    /// Nothing is dropped anywhere.
    pub fn cancel_drag(&mut self) {
        self.place.set(DragPlace::Ended);
        self.send(WindowCommand::CancelDrag);
    }

    /// Offers items on the clipboard, as files or as the text of their paths.
    pub fn copy(&mut self, entries: Arc<Vec<Entry>>, text: String) {
        self.send(WindowCommand::Copy { entries, text });
    }

    /// Copied items are not offered any longer.
    pub fn withdraw(&mut self) {
        if self.thread.is_some() {
            self.send(WindowCommand::Withdraw);
        }
    }

    /// What was taken is here, or could not be downloaded.
    pub fn fulfill(&mut self, folder: PathBuf, local_paths: Option<Vec<PathBuf>>) {
        self.send(WindowCommand::Fulfill { folder, local_paths });
    }

    /// What other programs have asked for since.
    pub fn next_action(&self) -> Option<Action> {
        self.thread.as_ref()?.actions.try_recv().ok()
    }

    /// A thread that has ended, because the display is gone, takes no commands; then the window is about to close too.
    fn send(&mut self, command: WindowCommand) {
        let thread = self.thread.get_or_insert_with(|| {
            let (inputs, receiver) = mpsc::channel();
            let (sender, actions) = mpsc::channel();
            let start = ThreadStart {
                ctx: self.ctx.clone(),
                window: self.window,
                folder: self.folder.clone(),
                place: Arc::clone(&self.place),
                inputs: (inputs.clone(), receiver),
                actions: sender,
            };
            let spawned =
                std::thread::Builder::new().name("promises".to_owned()).spawn(|| PromiseThread::run(start));
            if let Err(error) = spawned {
                tracing::warn!(%error, "items cannot be given to other programs");
            }
            ThreadHandle { inputs, actions }
        });
        if thread.inputs.send(Input::Window(command)).is_err() {
            tracing::info!("no display takes items of the window");
        }
    }
}
