//! Everything the window shows, as plain data, and the only functions that change it.
//!
//! [`State::act`] takes what the person did, [`State::on_event`] what the worker told, [`State::tick`] the time;
//! each returns the requests to send. No I/O, no async, no egui: a script of actions and events tests all of it.
//!
//! A frame of the window: `tick` with the time, `on_event` for all that arrived, draw, `act` for what was done;
//! then sleep until an event, an input or [`State::next_tick_secs`].

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
pub mod shortcuts;
pub mod text;
pub mod thumbnails;
pub mod toast;
pub mod transfers;
pub mod tree;
pub mod undo;

mod clock;
mod downloads;
mod edits;
mod events;
mod keyboard;
mod known;
mod large_preview;
mod naming;
mod perform;
mod quitting;
mod requests;
mod search;
mod share;
mod sign_in;
mod steering;
mod transferring;
mod unfinished;
mod uploads;
mod versions;
mod view;
mod watching;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use command::Command;
pub use place::Place;

use coffer_model::{AccountChoice, Request, RequestId, Settings};
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
    pub undo: undo::UndoStack,

    /// What a press on Enter, Tab or a letter goes to.
    pub focus: Focus,

    /// The text in the search box, whether or not it is being searched.
    pub search_text: String,

    /// Set while the breadcrumb is a text field: the path as typed.
    pub path_text: Option<String>,

    /// The typed path is being looked up.
    pub locating: Option<RequestId>,

    /// The time of the last [`State::tick`]; relative dates are told from it.
    pub now: Timestamp,

    /// Program time of the last tick, from which all waiting is counted.
    clock_secs: f64,

    /// When the text in the search box is searched.
    search_due_secs: Option<f64>,

    /// When changed settings are saved.
    save_due_secs: Option<f64>,

    /// The window has to open the menu of the row with the cursor.
    menu_wanted: bool,

    /// The window has the keyboard of the desktop: the person is looking.
    window_focused: bool,

    closing: quitting::Closing,

    requests: requests::Requests,
    last_toast: u64,
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
    /// Opens the account that the settings name, at its root.
    #[must_use]
    pub fn new(settings: Settings) -> (Self, Vec<Request>) {
        let account = settings.account.clone();
        Self::with_account(settings, account)
    }

    /// Opens another account than the settings name, which keep theirs: the one given on the command line.
    #[must_use]
    pub fn with_account(settings: Settings, account: AccountChoice) -> (Self, Vec<Request>) {
        let mut state = Self {
            settings,
            session: session::Session::default(),
            navigation: navigation::Navigation::default(),
            browser: browser::Browser::default(),
            tree: tree::Tree::default(),
            inspector: inspector::Inspector::default(),
            thumbnails: thumbnails::Thumbnails::default(),
            transfers: transfers::Transfers::default(),
            dialog: None,
            toasts: Vec::new(),
            clipboard: clipboard::Clipboard::default(),
            undo: undo::UndoStack::default(),
            focus: Focus::default(),
            search_text: String::new(),
            path_text: None,
            locating: None,
            now: Timestamp::UNIX_EPOCH,
            clock_secs: 0.0,
            search_due_secs: None,
            save_due_secs: None,
            menu_wanted: false,
            window_focused: true,
            closing: quitting::Closing::default(),
            requests: requests::Requests::default(),
            last_toast: 0,
        };
        state.open_session(account);
        let requests = state.requests.take();
        (state, requests)
    }

    /// Does what the person asked for. What makes no sense now is ignored.
    #[must_use]
    pub fn act(&mut self, action: Action) -> Vec<Request> {
        self.perform(action);
        self.settle();
        self.requests.take()
    }

    /// Text that the window must put on the system's clipboard now.
    pub fn take_clipboard_text(&mut self) -> Option<String> {
        self.clipboard.outgoing_text.take()
    }

    /// Whether the window must open the menu of the row with the cursor now.
    pub fn take_menu_wanted(&mut self) -> bool {
        std::mem::take(&mut self.menu_wanted)
    }

    /// What follows from any change: the sums of the selection, the item in the inspector, a question that waits.
    fn settle(&mut self) {
        self.update_status();
        self.follow_selection();
        self.ask_waiting_questions();
        self.close_when_stopped();
    }
}
