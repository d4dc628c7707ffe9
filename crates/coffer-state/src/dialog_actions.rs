//! What is done in the dialog that is open: each action goes to the file of its subject.

use super::State;
use super::action::DialogAction;
use super::dialog::Dialog;

impl State {
    pub(super) fn apply_in_dialog(&mut self, action: DialogAction) {
        match action {
            DialogAction::SelectRevision(index) => self.select_revision(index),
            DialogAction::MarkRevision(index) => self.mark_revision(index),
            DialogAction::OpenRevision => self.open_revision(),
            DialogAction::RestoreRevision => self.restore_revision(),
            DialogAction::SaveRevision => self.save_revision(),
            DialogAction::CompareWithCurrent => self.compare_with_current(),
            DialogAction::CompareAsked(index) => self.compare_asked(index),
            DialogAction::ViewComparison(view) => self.view_comparison(view),
            DialogAction::BackToVersions => self.back_to_versions(),
            DialogAction::RestoreCompared => self.restore_compared(),
            DialogAction::RevokeLink => self.revoke_link(),
            DialogAction::ChooseAccount(choice) => self.choose_account(choice),
            DialogAction::HowToGetAppKey => self.show_how_to_get_app_key(),
            DialogAction::OpenAuthorizePage => self.open_authorize_page(),
            DialogAction::ConfirmUpload => self.confirm_upload(),
            DialogAction::ConfirmRelocation => self.confirm_relocation(),
            DialogAction::ConfirmOpen => self.confirm_open(),
            DialogAction::ConfirmDeleteDuplicates => self.confirm_delete_duplicates(),
            DialogAction::ConfirmLargeOperation => self.confirm_large_operation(),
            DialogAction::ConfirmBringBack => self.confirm_bring_back(),
            DialogAction::ConfirmRemoveFromDropbox => self.confirm_remove_shared_folder(),
            DialogAction::ContinueNextTime => self.continue_next_time(),
            DialogAction::CancelAndQuit => self.cancel_and_quit(),
            DialogAction::ChangeSetting(change) => self.change_setting(change),
            DialogAction::ClearCache => self.clear_cache(),
            DialogAction::RunCommand(command) => self.run_from_palette(command),
            DialogAction::GoToMatch { index, in_folder } => self.go_to_match(index, in_folder),
            DialogAction::EditPattern(typed) => self.edit_pattern(typed),
            DialogAction::ConfirmPattern => self.confirm_pattern(),
            DialogAction::EditRenameRule(rule) => self.edit_rename_rule(*rule),
            DialogAction::ConfirmRenameMany => self.confirm_rename_many(),
            DialogAction::Chooser(action) => self.apply_to_chooser(action),
            DialogAction::Next => self.step_in_dialog(true),
            DialogAction::Previous => self.step_in_dialog(false),
            DialogAction::ShowRow(row) => self.show_row_in_large_preview(row),
            DialogAction::ToggleFilmStrip => self.settings.toggle_film_strip(&self.context),

            DialogAction::CompareAgain
            | DialogAction::CopyLink
            | DialogAction::OpenLink
            | DialogAction::EditLink(_)
            | DialogAction::CreateLink
            | DialogAction::ChangeLink
            | DialogAction::RetryLink
            | DialogAction::EditAppKey(_)
            | DialogAction::EditApiUrl(_)
            | DialogAction::EditCode(_)
            | DialogAction::EditGoTo(_)
            | DialogAction::EditCommand(_)
            | DialogAction::PointAtCommand(_)
            | DialogAction::BringBackTo(_)
            | DialogAction::ToggleBringBackItem(_)
            | DialogAction::ListBringBackItems(_)
            | DialogAction::CopyAuthorizePage
            | DialogAction::Connect
            | DialogAction::DecideConflict { .. }
            | DialogAction::DecideAll(_)
            | DialogAction::DecideAllFolders(_)
            | DialogAction::ShowTableAsText(_)
            | DialogAction::ShowSheet(_)
            | DialogAction::FindInText(_)
            | DialogAction::ShowTextPart(_)
            | DialogAction::TogglePlayer
            | DialogAction::Seek(_)
            | DialogAction::ShowGuidePage(_)
            | DialogAction::Zoom(_) => self.change_dialog(action),
        }
    }

    /// What changes nothing but the dialog itself.
    fn change_dialog(&mut self, action: DialogAction) {
        let Some(dialog) = &mut self.dialog else { return };
        let context = &mut self.context;
        match (dialog, action) {
            (Dialog::Share(share), DialogAction::CopyLink) => share.copy_link(context),
            (Dialog::Share(share), DialogAction::OpenLink) => share.open_link(context),
            (Dialog::Share(share), DialogAction::EditLink(settings)) => share.edit_settings(settings),
            (Dialog::Share(share), DialogAction::CreateLink) => share.create_link(context),
            (Dialog::Share(share), DialogAction::ChangeLink) => share.change_link(context),
            (Dialog::Share(share), DialogAction::RetryLink) => share.load_link(context),
            (Dialog::SignIn(sign_in), DialogAction::EditAppKey(text)) => sign_in.edit_app_key(text, context),
            (Dialog::SignIn(sign_in), DialogAction::EditApiUrl(text)) => sign_in.edit_api_url(&text, context),
            (Dialog::SignIn(sign_in), DialogAction::EditCode(text)) => sign_in.edit_code(text),
            (Dialog::SignIn(sign_in), DialogAction::CopyAuthorizePage) => sign_in.copy_page(context),
            (Dialog::SignIn(sign_in), DialogAction::Connect) => sign_in.connect(context),
            (Dialog::Conflicts(conflicts), DialogAction::DecideConflict { index, decision }) => {
                conflicts.decide(index, decision);
            }
            (Dialog::Conflicts(conflicts), DialogAction::DecideAll(decision)) => {
                conflicts.decide_all(decision);
            }
            (Dialog::Relocation(questions), DialogAction::DecideConflict { index, decision }) => {
                questions.decide(index, decision);
            }
            (Dialog::Relocation(questions), DialogAction::DecideAll(decision)) => {
                questions.decide_all(false, decision);
            }
            (Dialog::Relocation(questions), DialogAction::DecideAllFolders(decision)) => {
                questions.decide_all(true, decision);
            }
            (Dialog::GoTo(go_to), DialogAction::EditGoTo(text)) => go_to.edit(text, context),
            (Dialog::CommandPalette(palette), DialogAction::EditCommand(text)) => palette.edit(text),
            (Dialog::CommandPalette(palette), DialogAction::PointAtCommand(index)) => {
                palette.selected = index;
            }
            (Dialog::Guide(guide), DialogAction::ShowGuidePage(page)) => guide.show(page, context),
            (Dialog::BringBack(question), DialogAction::BringBackTo(place)) => {
                question.choose_place(place, context);
            }
            (Dialog::BringBack(question), DialogAction::ToggleBringBackItem(path)) => {
                question.toggle(&path, context);
            }
            (Dialog::BringBack(question), DialogAction::ListBringBackItems(lists)) => {
                question.lists_items = lists;
            }
            (Dialog::Compare(compare), DialogAction::CompareAgain) => compare.load(context),
            (Dialog::Compare(compare), DialogAction::Zoom(step)) => compare.zoom.step(step),
            (Dialog::LargePreview(large), DialogAction::Zoom(step)) => large.zoom.step(step),
            (Dialog::LargePreview(large), DialogAction::ShowTableAsText(as_text)) => {
                large.shows_table_as_text = as_text;
            }
            (Dialog::LargePreview(large), DialogAction::ShowSheet(sheet)) => {
                large.sheet = sheet;
            }
            (Dialog::LargePreview(large), DialogAction::FindInText(words)) => {
                large.find_in_text(words, context);
            }
            (Dialog::LargePreview(large), DialogAction::ShowTextPart(part)) => {
                large.show_text_part(part, context);
            }
            (Dialog::LargePreview(large), DialogAction::TogglePlayer) => large.toggle_player(context),
            (Dialog::LargePreview(large), DialogAction::Seek(to)) => {
                large.player.seek(to, &large.entry, context);
            }
            // The dialog was closed or replaced in the same frame.
            _ => {}
        }
    }

    /// To the next or previous file of the large preview, or difference of a comparison.
    fn step_in_dialog(&mut self, forward: bool) {
        match &mut self.dialog {
            Some(Dialog::Compare(compare)) => compare.step(forward),
            _ => self.step_large_preview(forward),
        }
    }
}
