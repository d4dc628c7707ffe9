//! The window: draws `&State` and collects `Action`s. It never changes the state but through `State::act`.
//!
//! Drawing functions end in `_ui` and take the place to draw in and a [`WindowContext`]: what to draw, the textures that
//! are ready, and where to put actions.

pub mod account_card;
pub mod activity;
pub mod app;
mod applied_settings;
pub mod banner;
pub mod bidi;
pub mod bookmarks;
pub mod breadcrumb;
pub mod changes;
pub mod clipboard;
pub mod columns;
pub mod commands;
pub mod content;
pub mod dates;
pub mod deleted;
pub mod dialogs;
pub mod drag;
pub mod duplicates;
pub mod entries;
pub mod entry_thumbnails;
mod folder_menu;
pub mod format;
pub mod grid;
pub mod grid_layout;
pub mod group_heading;
pub mod header;
pub mod headings;
pub mod inspector;
pub mod keys;
pub mod language;
mod last_input;
pub mod list;
pub mod menu;
pub mod middle_click;
pub mod native;
pub mod news;
pub mod nothing_found;
pub mod own_keys;
pub mod panes;
pub mod past;
pub mod path_completions;
pub mod preview;
pub mod promises;
pub mod recent_searches;
pub mod rename;
mod row_actions;
pub mod row_filter;
pub mod saved_searches;
pub mod screenshot;
pub mod scroll;
pub mod search_filters;
pub mod shared_folders;
pub mod sharing;
pub mod side_bar;
mod size_slider;
pub mod space;
pub mod status;
pub mod tab_strip;
pub mod textures;
pub mod theme;
pub mod toasts;
pub mod transfers;
pub mod ui_state;
pub mod unfold;
mod version_row;
pub mod view_menu;
mod welcome;
mod welcome_pictures;
pub mod widgets;

use coffer_state::{Action, Command, State, WindowEvent};

/// What every drawing function is given.
pub struct WindowContext<'a> {
    pub state: &'a State,

    /// The pane that is drawn.
    pub pane: panes::DrawnPane,

    /// Pictures that can be drawn, and where those that are missing are asked for.
    pub textures: &'a mut textures::Textures,

    /// Tells dates.
    pub clock: &'a format::DateFormat,

    pub ui_state: &'a mut ui_state::WindowUiState,

    /// What the person did in this frame, in order; applied to the state after the frame was drawn.
    pub actions: &'a mut Vec<Action>,

    /// What the window measured in this frame; applied before the actions.
    pub events: &'a mut Vec<WindowEvent>,
}

impl WindowContext<'_> {
    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }

    pub fn emit(&mut self, event: WindowEvent) {
        self.events.push(event);
    }

    pub fn command(&mut self, command: Command) {
        self.actions.push(Action::Command(command));
    }
}
