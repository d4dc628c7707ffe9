//! The dialogs: at most one is open, over the window, which cannot be reached meanwhile. Each has a file of its own;
//! what they have in common is in `frame`.

mod app_key_help;
mod bring_back;
mod bring_back_items;
mod bring_back_plan;
mod command_palette;
mod compare;
mod conflict_row;
mod conflicts;
mod decision_summary;
mod delete_duplicates;
mod finder;
mod folder_chooser;
pub mod frame;
mod go_to;
mod guide;
mod large_operation;
mod link_settings;
mod open;
mod problem;
mod quit;
mod relocation;
mod remove_shared_folder;
mod rename_many;
mod room;
mod select_pattern;
mod settings;
mod share;
mod shortcuts;
mod sign_in;
mod versions;

use super::WindowContext;
use super::preview::large::large_preview_ui;
use coffer_state::dialog::Dialog;
use egui::Context;
use std::mem::{Discriminant, discriminant};

/// What dialogs remember from one frame to the next and the state need not know. Forgotten when one opens.
#[derive(Default)]
pub struct DialogUiState {
    open: Option<Discriminant<Dialog>>,

    /// The control that is the first choice still has to be given the keyboard.
    focus_wanted: bool,

    /// It was not drawn yet.
    fresh: bool,

    /// Sign-in: the steps are shown rather than the choice of accounts.
    connecting: bool,

    /// Sign-in: the person has an app key of their own, though this program brings one.
    own_app_key: bool,

    /// Sign-in: the page was opened, so the code is awaited.
    page_seen: bool,

    /// Sign-in: the field for another service is open.
    other_service: bool,

    /// Problem: its number was copied.
    copied: bool,

    /// Renaming many: the row with a problem that is to be shown, and the last one that was.
    rename_row_wanted: Option<usize>,
    rename_row_shown: Option<usize>,

    /// Folder chooser: the keyboard is in the name of a new folder.
    naming_folder: bool,

    compare: compare::CompareUiState,

    guide: guide::GuideUiState,

    /// Versions: the row that was brought into view last.
    revealed: Option<usize>,
}

/// Draws the open dialog, if there is one.
pub fn dialogs_ui(ctx: &Context, window: &mut WindowContext<'_>) {
    let state = window.state;
    let open = state.dialog.as_ref().map(discriminant);
    if window.ui_state.dialogs.open != open {
        window.ui_state.dialogs =
            DialogUiState { open, focus_wanted: true, fresh: true, ..DialogUiState::default() };
    }
    match &state.dialog {
        None => {}
        Some(Dialog::Versions(versions)) => versions::versions_ui(ctx, window, versions),
        Some(Dialog::Share(share)) => share::share_ui(ctx, window, share),
        Some(Dialog::SignIn(sign_in)) => sign_in::sign_in_ui(ctx, window, sign_in),
        Some(Dialog::Conflicts(questions)) => {
            conflicts::conflicts_ui(ctx, window, questions);
        }
        Some(Dialog::Relocation(questions)) => {
            relocation::relocation_ui(ctx, window, questions);
        }
        Some(Dialog::LargePreview(large)) => large_preview_ui(ctx, window, large),
        Some(Dialog::Compare(compare)) => compare::compare_ui(ctx, window, compare),
        Some(Dialog::GoTo(go_to)) => go_to::go_to_ui(ctx, window, go_to),
        Some(Dialog::FolderChooser(chooser)) => folder_chooser::folder_chooser_ui(ctx, window, chooser),
        Some(Dialog::SelectPattern(dialog)) => select_pattern::select_pattern_ui(ctx, window, dialog),
        Some(Dialog::RenameMany(dialog)) => rename_many::rename_many_ui(ctx, window, dialog),
        Some(Dialog::CommandPalette(commands)) => {
            command_palette::command_palette_ui(ctx, window, commands);
        }
        Some(Dialog::Settings(settings)) => settings::settings_ui(ctx, window, settings),
        Some(Dialog::Open(question)) => open::open_ui(ctx, window, question),
        Some(Dialog::DeleteDuplicates(plan)) => {
            delete_duplicates::delete_duplicates_ui(ctx, window, plan);
        }
        Some(Dialog::LargeOperation(large)) => large_operation::large_operation_ui(ctx, window, large),
        Some(Dialog::BringBack(question)) => bring_back::bring_back_ui(ctx, window, question),
        Some(Dialog::RemoveSharedFolder(entry)) => {
            remove_shared_folder::remove_shared_folder_ui(ctx, window, entry);
        }
        Some(Dialog::Guide(guide)) => guide::guide_ui(ctx, window, guide),
        Some(Dialog::Shortcuts) => shortcuts::shortcuts_ui(ctx, window),
        Some(Dialog::Problem(problem)) => problem::problem_ui(ctx, window, problem),
        Some(Dialog::Quit) => quit::quit_ui(ctx, window),
    }
}
