//! The dialog that is open. At most one is; what happens in each is in the file of its subject.

use super::State;
use super::bring_back_question::BringBackQuestion;
use super::command_palette::CommandPalette;
use super::compare_dialog::CompareDialog;
use super::conflict_dialog::ConflictDialog;
use super::context::StateContext;
use super::duplicates::DeletionPlan;
use super::folder_chooser::FolderChooser;
use super::go_to_dialog::GoToDialog;
use super::guide::GuideDialog;
use super::large_operation::LargeOperation;
use super::large_preview::LargePreview;
use super::open_question::OpenQuestion;
use super::relocation_dialog::RelocationDialog;
use super::rename_many::RenameManyDialog;
use super::select_pattern::SelectPatternDialog;
use super::settings_dialog::SettingsDialog;
use super::share::ShareDialog;
use super::sign_in::SignInDialog;
use super::versions::VersionsDialog;
use coffer_model::{Entry, Problem};

#[derive(strum::EnumTryAs)]
pub enum Dialog {
    Versions(VersionsDialog),
    Share(ShareDialog),
    SignIn(SignInDialog),
    Conflicts(ConflictDialog),
    Relocation(RelocationDialog),
    LargePreview(LargePreview),
    Compare(CompareDialog),
    GoTo(GoToDialog),
    /// Where selected items are moved or copied.
    FolderChooser(FolderChooser),
    RenameMany(RenameManyDialog),
    SelectPattern(SelectPatternDialog),
    CommandPalette(CommandPalette),
    Settings(SettingsDialog),
    /// Files are to be opened that may run a program.
    Open(OpenQuestion),
    /// Chosen copies are to be deleted.
    DeleteDuplicates(DeletionPlan),
    /// A shared folder is to be removed from the person’s Dropbox.
    RemoveSharedFolder(Entry),
    BringBack(Box<BringBackQuestion>),
    /// Very much is to be changed or transferred.
    LargeOperation(LargeOperation),
    Guide(GuideDialog),
    /// The list of keys.
    Shortcuts,
    /// A problem in full, with its request id to copy.
    Problem(Problem),
    /// Transfers or edits run, and the window is to be closed.
    Quit,
}

impl From<VersionsDialog> for Dialog {
    fn from(versions: VersionsDialog) -> Self {
        Self::Versions(versions)
    }
}

impl From<ShareDialog> for Dialog {
    fn from(share: ShareDialog) -> Self {
        Self::Share(share)
    }
}

impl From<SignInDialog> for Dialog {
    fn from(sign_in: SignInDialog) -> Self {
        Self::SignIn(sign_in)
    }
}

impl From<LargePreview> for Dialog {
    fn from(large: LargePreview) -> Self {
        Self::LargePreview(large)
    }
}

impl From<CompareDialog> for Dialog {
    fn from(compare: CompareDialog) -> Self {
        Self::Compare(compare)
    }
}

impl From<GoToDialog> for Dialog {
    fn from(go_to: GoToDialog) -> Self {
        Self::GoTo(go_to)
    }
}

impl From<FolderChooser> for Dialog {
    fn from(chooser: FolderChooser) -> Self {
        Self::FolderChooser(chooser)
    }
}

impl From<RenameManyDialog> for Dialog {
    fn from(dialog: RenameManyDialog) -> Self {
        Self::RenameMany(dialog)
    }
}

impl From<SelectPatternDialog> for Dialog {
    fn from(dialog: SelectPatternDialog) -> Self {
        Self::SelectPattern(dialog)
    }
}

impl From<CommandPalette> for Dialog {
    fn from(palette: CommandPalette) -> Self {
        Self::CommandPalette(palette)
    }
}

impl From<SettingsDialog> for Dialog {
    fn from(settings: SettingsDialog) -> Self {
        Self::Settings(settings)
    }
}

impl From<GuideDialog> for Dialog {
    fn from(guide: GuideDialog) -> Self {
        Self::Guide(guide)
    }
}

impl From<OpenQuestion> for Dialog {
    fn from(question: OpenQuestion) -> Self {
        Self::Open(question)
    }
}

impl State {
    /// Opens a dialog in place of the one that is open.
    pub(super) fn open_dialog(&mut self, dialog: impl Into<Dialog>) {
        self.close_dialog();
        self.dialog = Some(dialog.into());
    }

    /// Opens the questions about an upload or a move as soon as no other dialog is open.
    pub(super) fn open_waiting_questions(&mut self) {
        if self.dialog.is_none() {
            self.dialog = self.waiting_questions.pop_front();
        }
    }

    /// The large preview covers all else in the window.
    pub(super) fn has_large_preview(&self) -> bool {
        matches!(self.dialog, Some(Dialog::LargePreview(_)))
    }

    /// Closes the dialog and stops what only it waited for. An edit that is under way goes on, and says by a toast
    /// how it ended.
    pub(super) fn close_dialog(&mut self) {
        match self.dialog.take() {
            Some(Dialog::Versions(versions)) => versions.cancel(&mut self.context),
            Some(Dialog::Share(share)) => share.cancel(&mut self.context),
            Some(Dialog::SignIn(sign_in)) => sign_in.cancel(&mut self.context),
            Some(Dialog::LargePreview(large)) => large.cancel(&mut self.context),
            Some(Dialog::Compare(compare)) => compare.cancel(&mut self.context),
            Some(Dialog::GoTo(go_to)) => go_to.cancel(&mut self.context),
            Some(Dialog::FolderChooser(chooser)) => chooser.cancel(&mut self.context),
            Some(Dialog::RenameMany(dialog)) => dialog.cancel(&mut self.context),
            Some(Dialog::SelectPattern(dialog)) => dialog.cancel(&mut self.context),
            Some(Dialog::Settings(settings)) => settings.cancel(&mut self.context),
            Some(Dialog::Guide(guide)) => guide.cancel(&mut self.context),
            Some(Dialog::BringBack(question)) => question.cancel(&mut self.context),
            Some(Dialog::Quit) => self.closing.stay_open(),
            Some(
                Dialog::Conflicts(_)
                | Dialog::Relocation(_)
                | Dialog::Open(_)
                | Dialog::DeleteDuplicates(_)
                | Dialog::RemoveSharedFolder(_)
                | Dialog::LargeOperation(_)
                | Dialog::CommandPalette(_)
                | Dialog::Shortcuts
                | Dialog::Problem(_),
            )
            | None => {}
        }
    }

    /// The versions dialog if it is open, and what it needs to send requests; likewise the others.
    pub(super) fn versions_mut(&mut self) -> Option<(&mut VersionsDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_versions_mut()?, &mut self.context))
    }

    pub(super) fn share_mut(&mut self) -> Option<(&mut ShareDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_share_mut()?, &mut self.context))
    }

    pub(super) fn sign_in_mut(&mut self) -> Option<(&mut SignInDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_sign_in_mut()?, &mut self.context))
    }

    pub(super) fn large_preview_mut(&mut self) -> Option<(&mut LargePreview, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_large_preview_mut()?, &mut self.context))
    }

    pub(super) fn compare_mut(&mut self) -> Option<(&mut CompareDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_compare_mut()?, &mut self.context))
    }

    pub(super) fn go_to_mut(&mut self) -> Option<(&mut GoToDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_go_to_mut()?, &mut self.context))
    }

    pub(super) fn folder_chooser_mut(&mut self) -> Option<(&mut FolderChooser, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_folder_chooser_mut()?, &mut self.context))
    }

    pub(super) fn rename_many_mut(&mut self) -> Option<(&mut RenameManyDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_rename_many_mut()?, &mut self.context))
    }

    pub(super) fn select_pattern_mut(&mut self) -> Option<(&mut SelectPatternDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_select_pattern_mut()?, &mut self.context))
    }

    pub(super) fn settings_mut(&mut self) -> Option<(&mut SettingsDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_settings_mut()?, &mut self.context))
    }

    pub(super) fn guide_mut(&mut self) -> Option<(&mut GuideDialog, &mut StateContext)> {
        Some((self.dialog.as_mut()?.try_as_guide_mut()?, &mut self.context))
    }

    pub(super) fn conflicts_mut(&mut self) -> Option<&mut ConflictDialog> {
        self.dialog.as_mut()?.try_as_conflicts_mut()
    }
}
