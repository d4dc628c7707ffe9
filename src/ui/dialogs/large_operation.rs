//! The question before very much is changed or transferred, or before something for which there is no room: how much, and
//! how full the account is afterwards. What is safe has the keyboard.

use super::frame::{DialogFrame, paragraph_ui, question_footer_ui};
use super::room::{too_much, used_afterwards};
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use crate::ui::{WindowContext, format};
use coffer_model::transfer::UploadPlan;
use coffer_model::{Account, Amount, Edit, Entry, RemotePath};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::large_operation::{LargeOperation, PlannedOperation};
use coffer_texts::tr;
use egui::Context;

pub(super) fn large_operation_ui(ctx: &Context, window: &mut WindowContext<'_>, large: &LargeOperation) {
    let account = window.state.session.account.as_ref();
    let is_delete = matches!(large.operation, PlannedOperation::Edit(Edit::Delete(_)));
    let title = title(&large.operation);
    let amount = amount(&large.amount);
    let words = consequences(large, account);
    let too_much = account.and_then(|account| too_much(account, large.growth_bytes));
    let files = large.amount.files;
    let frame = DialogFrame { title: &title, subtitle: &amount, width: 480.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let palette = ui.palette();
        if !words.is_empty() {
            paragraph_ui(ui, &words, palette.dimmed);
        }
        if let Some(too_much) = &too_much {
            ui.add_space(4.0);
            paragraph_ui(ui, too_much, palette.warning);
        }
        ui.add_space(12.0);
        let label = button_words(&large.operation, files, too_much.is_some());
        let button = match is_delete {
            true => PushButton::danger(&label),
            false if too_much.is_some() => PushButton::quiet(&label),
            false => PushButton::primary(&label),
        };
        let leave = if is_delete { tr!("large-keep") } else { tr!("cancel") };
        if question_footer_ui(ui, window, leave, button) {
            window.act(Action::Dialog(DialogAction::ConfirmLargeOperation));
        }
    });
}

fn button_words(operation: &PlannedOperation, files: u64, lacks_room: bool) -> String {
    match operation {
        PlannedOperation::Edit(Edit::Delete(_)) => tr!("large-delete-files", count = files),
        PlannedOperation::Edit(Edit::Move(_)) if lacks_room => tr!("large-move-anyway").to_owned(),
        PlannedOperation::Edit(Edit::Move(_)) => tr!("large-move-files", count = files),
        PlannedOperation::Edit(_) if lacks_room => tr!("large-copy-anyway").to_owned(),
        PlannedOperation::Edit(_) => tr!("large-copy-files", count = files),
        PlannedOperation::Download { .. } if lacks_room => tr!("large-download-anyway").to_owned(),
        PlannedOperation::Download { .. } => tr!("large-download-files", count = files),
        PlannedOperation::Upload(_) if lacks_room => tr!("large-upload-anyway").to_owned(),
        PlannedOperation::Upload(_) => tr!("large-upload-files", count = files),
    }
}

fn title(operation: &PlannedOperation) -> String {
    match operation {
        PlannedOperation::Edit(Edit::Move(items) | Edit::Copy(items)) => {
            let what = one_or_all(items.first().map(|(entry, _)| entry), items.len());
            let is_duplicate = items.iter().all(|(entry, to)| entry.path.parent() == to.parent());
            let target = folder(&items.first().and_then(|(_, to)| to.parent()).unwrap_or_default());
            match operation {
                _ if is_duplicate => tr!("large-duplicate-title", items = what),
                PlannedOperation::Edit(Edit::Move(_)) => {
                    tr!("large-move-title", items = what, folder = target)
                }
                _ => tr!("large-copy-title", items = what, folder = target),
            }
        }
        PlannedOperation::Edit(Edit::Delete(entries)) => {
            tr!("large-delete-title", items = one_or_all(entries.first(), entries.len()))
        }
        PlannedOperation::Download { entries, .. } => {
            tr!("large-download-title", items = one_or_all(entries.first(), entries.len()))
        }
        PlannedOperation::Edit(_) => tr!("large-copy-any-title").to_owned(),
        PlannedOperation::Upload(upload) => {
            let target = folder(&upload.plan.target);
            tr!("large-upload-title", items = sources(&upload.plan), folder = target)
        }
    }
}

fn one_or_all(first: Option<&Entry>, count: usize) -> String {
    match first {
        Some(entry) if count == 1 => tr!("quoted", name = entry.name()),
        _ => format::items(count),
    }
}

fn folder(path: &RemotePath) -> String {
    if path.is_root() { path.display_name().to_owned() } else { tr!("quoted", name = path.name()) }
}

fn sources(plan: &UploadPlan) -> String {
    match &*plan.sources {
        [one] => tr!("quoted", name = one.file_name().unwrap_or(one.as_os_str()).to_string_lossy()),
        _ => format::items(plan.sources.len()),
    }
}

/// "12,400 files, 8.1 GB"
fn amount(amount: &Amount) -> String {
    let (files, size) = (tr!("files", count = amount.files), format::size(amount.bytes));
    if amount.is_partial {
        tr!("large-at-least", files = files, size = size)
    } else {
        tr!("large-amount", files = files, size = size)
    }
}

fn consequences(large: &LargeOperation, account: Option<&Account>) -> String {
    let first = match &large.operation {
        PlannedOperation::Edit(Edit::Delete(_)) => Some(tr!("large-undo-delete").to_owned()),
        PlannedOperation::Edit(Edit::Move(_)) => Some(tr!("large-undo").to_owned()),
        PlannedOperation::Download { folder, .. } => {
            Some(tr!("large-download-to", folder = folder.display().to_string()))
        }
        PlannedOperation::Edit(_) | PlannedOperation::Upload(_) => None,
    };
    let used = account.and_then(|account| used_afterwards(account, large.growth_bytes));
    first.into_iter().chain(used).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{amount, title};
    use coffer_model::{Amount, Edit, Entry, EntryKind, RemotePath};
    use coffer_state::large_operation::PlannedOperation;

    fn entry(path: &str) -> Entry {
        Entry::new(RemotePath::new(path), EntryKind::Folder { id: path.into() })
    }

    #[test]
    fn the_title_says_what_goes_where() {
        let check = |operation, expected: &str| assert_eq!(title(&operation), expected);
        let to = |items: &[(&str, &str)]| {
            items.iter().map(|(from, to)| (entry(from), RemotePath::new(to))).collect::<Vec<_>>()
        };
        check(PlannedOperation::Edit(Edit::Delete(vec![entry("/A")])), "Delete “A”?");
        check(PlannedOperation::Edit(Edit::Move(to(&[("/A", "/B/A")]))), "Move “A” to “B”?");
        check(
            PlannedOperation::Edit(Edit::Copy(to(&[("/C/A", "/A"), ("/C/B", "/B")]))),
            "Copy 2 items to Home?",
        );
        check(PlannedOperation::Edit(Edit::Copy(to(&[("/A", "/A")]))), "Duplicate “A”?");
        let entries = vec![entry("/A"), entry("/B")];
        check(PlannedOperation::Download { entries, folder: "/home/ida".into() }, "Download 2 items?");
    }

    #[test]
    fn an_amount_says_whether_it_is_all() {
        let all = Amount { files: 12_400, bytes: 8_100_000_000, is_partial: false };
        assert_eq!(amount(&all), "12,400 files, 8.1 GB");
        assert_eq!(amount(&Amount { is_partial: true, ..all }), "At least 12,400 files, 8.1 GB");
    }
}
