//! Everything the window shows, as plain data, and the only functions that change it.
//!
//! [`State::act`] takes what the person did, [`State::on_window_event`] what the window tells of itself,
//! [`State::on_event`] what the worker sent, [`State::tick`] the time; each answers with the [`Effect`]s that the window
//! has to bring about, requests to the worker among them. No I/O, no async, no egui: a script of actions and events
//! tests all of it.
//!
//! A frame of the window: `tick` with the time, `on_event` for all that came, draw, `on_window_event` for what was
//! measured, `act` for what was done; then sleep until an event, an input or [`State::next_tick_secs`].
//!
//! Each part of the state ([`browser::Browser`], [`tree::Tree`], a dialog …) changes its own fields and is handed the
//! context (time, requests, effects) beside them. `impl State` routes, and does what needs several parts.

pub mod action;
pub mod activity;
pub mod bookmarks;
mod bring_back;
pub mod bring_back_question;
pub mod browser;
pub mod cell_lines;
pub mod changes;
pub mod clipboard;
pub mod command;
pub mod command_palette;
pub mod compare_dialog;
pub mod conflict_dialog;
pub mod deleted;
pub mod dialog;
pub mod duplicates;
pub mod edit_paths;
pub mod effect;
pub mod folder_chooser;
pub mod go_to_dialog;
pub mod guide;
mod in_work;
pub mod input;
pub mod inspector;
pub mod kept_searches;
pub mod known_links;
pub mod large_operation;
pub mod large_preview;
pub mod location;
pub mod navigation;
pub mod news;
pub mod open_files;
pub mod open_question;
pub mod operation_text;
pub mod own_keys;
pub mod page_parts;
pub mod page_texts;
pub mod panes;
pub mod past;
pub mod past_folders;
pub mod path_field;
pub mod picture_zoom;
pub mod player;
pub mod relocation_dialog;
pub mod rename;
pub mod rename_many;
pub mod row_filter;
pub mod saved_settings;
pub mod search;
pub mod select_pattern;
pub mod selection;
pub mod session;
pub mod settings_dialog;
pub mod share;
pub mod shared_folders;
pub mod shortcuts;
pub mod sign_in;
pub mod space;
pub mod status;
pub mod tab;
pub mod tabs;
pub mod text_search;
pub mod thumbnails;
pub mod toast;
pub mod transfers;
pub mod tree;
pub mod undo;
pub mod unfolded_folders;
pub mod versions;
pub mod window_event;

mod absence;
mod apply_action;
mod background_list;
mod begin_operation;
mod change_notice;
mod clock;
mod context;
mod dialog_actions;
mod downloads;
mod edits;
mod events;
mod filtering;
mod finished_transfers;
mod folder_view;
mod keyboard;
mod listing;
mod listing_cache;
mod naming;
mod places;
mod promises;
mod quitting;
mod relocating;
mod remove_shared_folder;
mod requests;
mod resolve;
mod resume_transfers;
mod runs;
mod selecting;
mod start_transfer;
mod team;
mod text;
mod toasting;
mod transfer_summary;
mod unfolding;
mod uploads;
pub mod welcome;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use command::Command;
pub use effect::Effect;
pub use location::Location;
pub use window_event::WindowEvent;

use coffer_model::settings::Bookmark;
use coffer_model::{AccountChoice, AccountPlaces, RemotePath, Settings};
use jiff::Timestamp;
use std::collections::VecDeque;

/// The whole program between two frames.
pub struct State {
    pub settings: saved_settings::SavedSettings,

    /// At the very first start, until an account is chosen.
    pub welcome: Option<welcome::Welcome>,

    /// The account, its quota, whether it can be reached.
    pub session: session::AccountSession,

    /// The tabs, and where the person is and was in each: the location shown is `navigation.current()`.
    pub navigation: navigation::Navigation,

    /// The rows of the location shown, with selection and scroll.
    pub browser: browser::Browser,

    /// The pane beside, while there are two.
    pub other_pane: Option<panes::OtherPane>,

    /// What has changed in the account.
    pub changes: changes::ChangeFeed,

    /// The folders in which something was changed elsewhere.
    pub news: news::FolderNews,

    change_notice: change_notice::ChangeNotice,

    /// When something was changed in the folder that is seen as it was.
    pub past: past::PastView,

    /// Files that are in the account more than once, once they were looked for.
    pub duplicates: duplicates::DuplicateList,

    /// The folder tree in the side bar.
    pub tree: tree::Tree,

    /// The shared folders that are not in the person’s Dropbox.
    pub shared_folders: shared_folders::SharedFolderList,
    pub known_links: known_links::KnownLinks,

    /// Preview, details and versions of what is selected.
    pub inspector: inspector::Inspector,

    /// What takes the space of a folder, where that is shown.
    pub space: space::SpaceView,

    /// Which thumbnails are on their way; their pixels go to the window.
    pub thumbnails: thumbnails::ThumbnailRequests,

    pub transfers: transfers::TransferList,

    /// The one dialog that is open; what it covers cannot be reached until it closes.
    pub dialog: Option<dialog::Dialog>,

    /// Questions about uploads and moves that wait until no dialog is open.
    waiting_questions: VecDeque<dialog::Dialog>,

    pub toasts: toast::Toasts,

    pub clipboard: clipboard::FileClipboard,

    /// The folders that items were moved or copied into by choosing one, the latest first.
    latest_targets: Vec<RemotePath>,

    places: places::SavedPlaces,

    /// What was pasted last as a new file, until it has its name.
    pasted: Option<clipboard::PastedFile>,

    /// What can be undone and redone.
    pub undo: undo::UndoStack,
    pub activity: activity::Activity,

    /// What a press on Enter, Tab or a letter goes to.
    pub focus: Focus,

    pub search: search::SearchField,

    /// The saved search whose name is being edited.
    pub search_name: Option<kept_searches::SearchName>,

    /// The bookmark that was opened, until it is known whether it leads anywhere.
    opened_bookmark: Option<Bookmark>,

    pub path_field: path_field::PathField,

    /// The time of the last [`State::tick`]; relative dates are told from it.
    pub now: Timestamp,

    /// The window has the keyboard of the desktop: the person is looking.
    window_focused: bool,

    closing: quitting::Closing,

    context: context::StateContext,
}

/// The part of the window that has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    Content,
    Tree,
    Search,
    Path,
    /// The field that narrows the rows.
    Filter,
}

impl State {
    /// Opens the account that the settings name, at its root, and keeps nothing of where the person goes.
    #[must_use]
    pub fn new(settings: Settings) -> (Self, Vec<Effect>) {
        let account = settings.account.clone();
        Self::with_account(settings, account)
    }

    /// Opens another account than the settings name, which keep theirs: the one given on the command line.
    #[must_use]
    pub fn with_account(settings: Settings, account: AccountChoice) -> (Self, Vec<Effect>) {
        let mut state = Self::unopened(settings);
        state.open_session(account);
        let effects = state.context.take_effects();
        (state, effects)
    }

    /// Opens an account where the person was in it, and keeps where they go.
    #[must_use]
    pub fn with_places(
        settings: Settings,
        account: AccountChoice,
        places: AccountPlaces,
    ) -> (Self, Vec<Effect>) {
        let mut state = Self::unopened(settings);
        state.places = places::SavedPlaces::new(places);
        state.open_session(account);
        let effects = state.context.take_effects();
        (state, effects)
    }

    fn unopened(settings: Settings) -> Self {
        Self {
            settings: saved_settings::SavedSettings::new(settings),
            session: session::AccountSession::default(),
            navigation: navigation::Navigation::default(),
            browser: browser::Browser::default(),
            other_pane: None,
            changes: changes::ChangeFeed::default(),
            news: news::FolderNews::default(),
            change_notice: change_notice::ChangeNotice::default(),
            past: past::PastView::default(),
            duplicates: duplicates::DuplicateList::default(),
            tree: tree::Tree::default(),
            shared_folders: shared_folders::SharedFolderList::default(),
            known_links: known_links::KnownLinks::default(),
            inspector: inspector::Inspector::default(),
            space: space::SpaceView::default(),
            thumbnails: thumbnails::ThumbnailRequests::default(),
            transfers: transfers::TransferList::default(),
            dialog: None,
            waiting_questions: VecDeque::new(),
            toasts: toast::Toasts::default(),
            clipboard: clipboard::FileClipboard::default(),
            latest_targets: Vec::new(),
            places: places::SavedPlaces::default(),
            pasted: None,
            undo: undo::UndoStack::default(),
            activity: activity::Activity::default(),
            focus: Focus::default(),
            search: search::SearchField::default(),
            search_name: None,
            opened_bookmark: None,
            path_field: path_field::PathField::default(),
            now: Timestamp::UNIX_EPOCH,
            window_focused: true,
            closing: quitting::Closing::default(),
            context: context::StateContext::default(),
            welcome: None,
        }
    }

    /// Does what the person asked for. What makes no sense now is ignored.
    #[must_use]
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.apply(action);
        self.after_change();
        self.context.take_effects()
    }

    /// Letters were typed so lately that a space is one more of them.
    pub fn is_typing_ahead(&self) -> bool {
        self.browser.is_typing_ahead(self.context.now_secs())
    }

    /// What follows from any change: the totals of the selection, the item in the inspector, a question that waits.
    fn after_change(&mut self) {
        self.show_wanted();
        self.rename_pasted();
        self.browser.update_status();
        self.see_shown_folder();
        self.unfold_revealed_group();
        self.follow_selection();
        self.open_waiting_questions();
        self.record_places();
        self.close_when_stopped();
    }
}
