//! What bringing a folder back would do. Changes nothing.

use super::new_items::NewItem;
use super::steps::WantedPast;
use crate::act::Act;
use crate::blocking;
use crate::context::{JobContext, JobError};
use crate::past::{PastItem, past_tree};
use crate::problem;
use crate::worker_context::WorkerContext;
use coffer_model::entry::File;
use coffer_model::{
    Amount, BringBack, BringBackItem, BringBackPlace, BringBackPlan, EntryKind, NewItems, Receipt, SinceThen,
};
use std::sync::Arc;

pub(crate) async fn plan_bring_back(
    worker: &WorkerContext,
    job: &JobContext,
    asked: BringBack,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let (tree, evidence) = past_tree(&account, &asked, problem::item(&asked.folder, Act::BringBack)).await?;
    let planned = blocking(move || plan(&WantedPast::new(&tree, &evidence, &asked), &asked.place));
    Ok(Receipt::BringBackPlanned(Arc::new(planned.await?)))
}

fn plan(folder: &WantedPast<'_>, place: &BringBackPlace) -> BringBackPlan {
    let mut plan = BringBackPlan::default();
    for item in folder.items() {
        let now = folder.file_now(item);
        match (&item.kind, place) {
            (EntryKind::File(then), BringBackPlace::InPlace(_)) => plan_in_place(&mut plan, item, then, now),
            (EntryKind::File(then), BringBackPlace::Beside(_)) => plan_beside(&mut plan, item, then, now),
            (EntryKind::File(then), BringBackPlace::ThisComputer) => plan_download(&mut plan, item, then),
            // What is in it counts, and goes along.
            _ if matches!(item.since, SinceThen::Deleted | SinceThen::Moved(_)) => {}
            _ => continue,
        }
        let is_changed = match item.since {
            SinceThen::Changed | SinceThen::Deleted | SinceThen::Moved(_) => true,
            SinceThen::Unchanged => !matches!(place, BringBackPlace::InPlace(_)),
            _ => false,
        };
        if is_changed {
            let size_bytes = if let EntryKind::File(then) = &item.kind { then.size_bytes } else { 0 };
            let is_folder = matches!(item.kind, EntryKind::Folder { .. });
            let (path, since) = (item.path.clone(), item.since.clone());
            plan.items.push(BringBackItem { path, is_folder, size_bytes, since });
        }
    }
    if let BringBackPlace::InPlace(new_items) = place {
        plan_new(&mut plan, folder.new_items(), new_items);
    }
    plan
}

fn plan_new(plan: &mut BringBackPlan, new: Vec<NewItem<'_>>, becomes: &NewItems) {
    let files = new.iter().filter(|item| item.entry.file().is_some()).count() as u64;
    if *becomes == NewItems::Stay {
        plan.added = files;
        return;
    }
    plan.aside = files;
    plan.items.extend(new.into_iter().map(|NewItem { entry, path }| BringBackItem {
        path: path.clone(),
        is_folder: entry.is_folder(),
        size_bytes: entry.file().map_or(0, |file| file.size_bytes),
        since: SinceThen::Added,
    }));
    plan.items.sort_by(|one, other| one.path.cmp(&other.path));
}

fn plan_in_place(plan: &mut BringBackPlan, item: &PastItem, then: &File, now: Option<&File>) {
    match &item.since {
        SinceThen::Deleted => {
            add(&mut plan.deleted, then);
            plan.growth_bytes += then.size_bytes as i64;
        }
        SinceThen::Changed => add_changed(plan, then, now),
        SinceThen::Moved(_) => {
            plan.moved += 1;
            if now.is_some_and(|now| now.rev != then.rev) {
                add_changed(plan, then, now);
            }
        }
        SinceThen::Unchanged => {}
        _ => add_left(plan, item),
    }
}

fn plan_beside(plan: &mut BringBackPlan, item: &PastItem, then: &File, now: Option<&File>) {
    match &item.since {
        SinceThen::Unchanged | SinceThen::Changed | SinceThen::Deleted | SinceThen::Moved(_) => {
            let is_same = now.is_some_and(|now| now.rev == then.rev);
            let amount = match &item.since {
                _ if is_same => &mut plan.copied,
                SinceThen::Deleted => &mut plan.deleted,
                _ => &mut plan.changed,
            };
            add(amount, then);
            plan.growth_bytes += then.size_bytes as i64;
        }
        _ => add_left(plan, item),
    }
}

fn plan_download(plan: &mut BringBackPlan, item: &PastItem, then: &File) {
    match item.since {
        _ if item.can_be_had() => add(&mut plan.downloaded, then),
        _ => add_left(plan, item),
    }
}

fn add_left(plan: &mut BringBackPlan, item: &PastItem) {
    match item.since {
        SinceThen::NotKept => plan.not_kept.push(item.path.clone()),
        SinceThen::Unknown | SinceThen::VersionUnknown | SinceThen::Pending => {
            plan.unknown.push(item.path.clone());
        }
        SinceThen::Added
        | SinceThen::Unchanged
        | SinceThen::Changed
        | SinceThen::Deleted
        | SinceThen::Moved(_) => {}
    }
}

fn add_changed(plan: &mut BringBackPlan, then: &File, now: Option<&File>) {
    add(&mut plan.changed, then);
    plan.growth_bytes += then.size_bytes as i64 - now.map_or(0, |now| now.size_bytes as i64);
}

fn add(amount: &mut Amount, file: &File) {
    amount.files += 1;
    amount.bytes += file.size_bytes;
}
