//! Everything the window shows, as plain data, and the only functions that change it.
//!
//! [`State::act`] takes what the person did, [`State::on_event`] what the worker told, [`State::tick`] the time;
//! each returns the requests to send. No I/O, no async, no egui: a script of actions and events tests all of it.

pub mod action;
pub mod browser;
pub mod clipboard;
pub mod command;
pub mod dialog;
pub mod inspector;
pub mod navigation;
pub mod place;
pub mod selection;
pub mod session;
pub mod thumbnails;
pub mod toast;
pub mod transfers;
pub mod tree;

pub use action::Action;
pub use command::Command;
pub use place::Place;

use crate::model::{RequestId, Settings};
use jiff::Timestamp;

/// The whole program between two frames.
pub struct State {
    pub settings: Settings,

    /// The account, its quota, whether it can be reached.
    pub session: session::Session,

    /// Where the person is and was: the place shown is `navigation.current()`.
    pub navigation: navigation::Navigation,

    /// The rows of the place shown, with selection and scroll.
    pub browser: browser::Browser,

    /// The folder tree in the side bar.
    pub tree: tree::Tree,

    /// Preview, details and versions of what is selected.
    pub inspector: inspector::Inspector,

    /// Which thumbnails are on their way; the pixels go to the window with [`State::take_thumbnails`].
    pub thumbnails: thumbnails::Thumbnails,

    pub transfers: transfers::Transfers,

    /// The one dialog that is open; what it covers cannot be reached until it closes.
    pub dialog: Option<dialog::Dialog>,

    /// At most two, oldest first.
    pub toasts: Vec<toast::Toast>,

    pub clipboard: clipboard::Clipboard,

    /// What can be taken back (newest last) and done again.
    pub undo: toast::UndoStack,

    /// What a press on Enter, Tab or a letter goes to.
    pub focus: Focus,

    /// The text in the search box, whether or not it is being searched.
    pub search_text: String,

    /// Set while the breadcrumb is a text field: the path as typed.
    pub path_text: Option<String>,

    /// The time of the last [`State::tick`]; relative dates are told from it.
    pub now: Timestamp,

    next_request: u64,
}

/// The part of the window that has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    Content,
    Tree,
    Search,
    Path,
}

impl State {
    fn request_id(&mut self) -> RequestId {
        self.next_request += 1;
        RequestId(self.next_request)
    }
}
