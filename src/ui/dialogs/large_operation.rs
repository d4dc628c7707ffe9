//! The question before very much is changed or transferred, or before something for which there is no room: how much, and
//! how full the account is afterwards. What is safe has the keyboard.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use super::room::{too_much, used_afterwards};
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use crate::ui::{WindowContext, format};
use coffer_model::transfer::UploadPlan;
use coffer_model::{Account, Amount, Edit, Entry, RemotePath};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::large_operation::{LargeOperation, PlannedOperation};
use egui::{Context, Ui};

pub(super) fn large_operation_ui(ctx: &Context, window: &mut WindowContext<'_>, large: &LargeOperation) {
    let account = window.state.session.account.as_ref();
    let is_delete = matches!(large.operation, PlannedOperation::Edit(Edit::Delete(_)));
    let title = title(&large.operation);
    let amount = amount(&large.amount);
    let words = consequences(large, account);
    let too_much = account.and_then(|account| too_much(account, large.growth_bytes));
    let files = format::counted(large.amount.files as usize, "file");
    let verb = verb(&large.operation);
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
        let begin = |ui: &mut Ui, window: &mut WindowContext<'_>| {
            let label = if too_much.is_some() { format!("{verb} anyway") } else { format!("{verb} {files}") };
            let button = match is_delete {
                true => PushButton::danger(&label),
                false if too_much.is_some() => PushButton::quiet(&label),
                false => PushButton::primary(&label),
            };
            if ui.add(button).clicked() {
                window.act(Action::Dialog(DialogAction::ConfirmLargeOperation));
            }
        };
        footer_ui(ui, window, begin, |ui, window| {
            let leave = ui.add(PushButton::quiet(if is_delete { "Keep" } else { "Cancel" }));
            grab_focus(window, &leave);
            if leave.clicked() {
                window.act(Action::CloseDialog);
            }
        });
    });
}

fn verb(operation: &PlannedOperation) -> &'static str {
    match operation {
        PlannedOperation::Edit(Edit::Delete(_)) => "Delete",
        PlannedOperation::Edit(Edit::Move(_)) => "Move",
        PlannedOperation::Edit(_) => "Copy",
        PlannedOperation::Download { .. } => "Download",
        PlannedOperation::Upload(_) => "Upload",
    }
}

fn title(operation: &PlannedOperation) -> String {
    let verb = verb(operation);
    match operation {
        PlannedOperation::Edit(Edit::Move(items) | Edit::Copy(items)) => {
            let what = one_or_all(items.first().map(|(entry, _)| entry), items.len());
            let is_duplicate = items.iter().all(|(entry, to)| entry.path.parent() == to.parent());
            let target = items.first().and_then(|(_, to)| to.parent());
            match target {
                _ if is_duplicate => format!("Duplicate {what}?"),
                Some(target) => format!("{verb} {what} to {}?", folder(&target)),
                None => format!("{verb} {what}?"),
            }
        }
        PlannedOperation::Edit(Edit::Delete(entries)) | PlannedOperation::Download { entries, .. } => {
            format!("{verb} {}?", one_or_all(entries.first(), entries.len()))
        }
        PlannedOperation::Edit(_) => format!("{verb}?"),
        PlannedOperation::Upload(upload) => {
            format!("{verb} {} to {}?", sources(&upload.plan), folder(&upload.plan.target))
        }
    }
}

fn one_or_all(first: Option<&Entry>, count: usize) -> String {
    match first {
        Some(entry) if count == 1 => format!("“{}”", entry.name()),
        _ => format::items(count),
    }
}

fn folder(path: &RemotePath) -> String {
    if path.is_root() { path.display_name().to_owned() } else { format!("“{}”", path.name()) }
}

fn sources(plan: &UploadPlan) -> String {
    match &*plan.sources {
        [one] => format!("“{}”", one.file_name().unwrap_or(one.as_os_str()).to_string_lossy()),
        _ => format::items(plan.sources.len()),
    }
}

/// "12,400 files, 8.1 GB"
fn amount(amount: &Amount) -> String {
    let files = format::counted(amount.files as usize, "file");
    let at_least = if amount.is_partial { "At least " } else { "" };
    format!("{at_least}{files}, {}", format::size(amount.bytes))
}

fn consequences(large: &LargeOperation, account: Option<&Account>) -> String {
    let first = match &large.operation {
        PlannedOperation::Edit(Edit::Delete(_)) => {
            Some("You can undo this, or restore them later from “Deleted files”.".to_owned())
        }
        PlannedOperation::Edit(Edit::Move(_)) => Some("You can undo this.".to_owned()),
        PlannedOperation::Download { folder, .. } => Some(format!("They go to {}.", folder.display())),
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
