//! Deleting some of several equal files. The service is asked first whether one of those that stay still has the content:
//! what found them equal is the index, which may not have heard of a change yet.

use super::existing::{Existing, existing};
use super::{Done, Editor, delete};
use crate::act::Act;
use crate::context::JobError;
use crate::problem;
use crate::progress::Meter;
use coffer_model::{CopiesToDelete, Entry, Problem, ProblemKind, RemotePath};
use coffer_texts::tr;
use std::collections::{BTreeSet, HashMap};

/// Groups that are looked at and then deleted from: few, so that little time is between.
const GROUPS_AT_ONCE: usize = 250;

type KeptNow = HashMap<RemotePath, Existing>;

pub(super) async fn run(editor: &Editor<'_>, groups: Vec<CopiesToDelete>) -> Result<Done, JobError> {
    let files = groups.iter().map(|group| group.deleted.len()).sum();
    let meter = Meter::for_items(editor.job, files);
    let mut done = Done::default();
    let mut begun = 0;
    for groups in groups.chunks(GROUPS_AT_ONCE) {
        let found = match find_kept(editor, groups).await {
            Ok(found) => found,
            Err(error) if done.is_empty() => return Err(error),
            // Cancelled: what is gone can be taken back.
            Err(_) => break,
        };
        let mut sure = Vec::new();
        for group in groups {
            match refusal(group, &found) {
                None => sure.extend_from_slice(&group.deleted),
                Some(refused) => done.failed.extend(refused),
            }
        }
        if !sure.is_empty() {
            match delete::items(editor, sure).await {
                Ok(deleted) => done.add(deleted),
                Err(error) if done.is_empty() && done.failed.is_empty() => return Err(error),
                Err(_) => break,
            }
        }
        begun += groups.len();
        Meter::end_items(meter.as_ref(), groups.iter().map(|group| group.deleted.len()).sum());
    }
    let left = groups.get(begun..).unwrap_or_default().iter().flat_map(|group| &group.deleted);
    done.left.extend(left.map(|entry| entry.path.clone()));
    Ok(done)
}

/// What stands at the paths of all files that stay.
async fn find_kept(editor: &Editor<'_>, groups: &[CopiesToDelete]) -> Result<KeptNow, JobError> {
    let kept = groups.iter().flat_map(|group| &group.kept).map(|kept| kept.path.clone());
    let paths: Vec<RemotePath> = kept.collect::<BTreeSet<_>>().into_iter().collect();
    let found = existing(editor, &paths).await?;
    Ok(paths.into_iter().zip(found).collect())
}

/// A problem for each file of a group that must stay, because none of the others is sure to have its content.
fn refusal(group: &CopiesToDelete, found: &KeptNow) -> Option<Vec<Problem>> {
    let now = |kept: &Entry| found.get(&kept.path);
    let is_kept = |kept: &Entry| matches!(now(kept), Some(Ok(Some(now))) if has_same_content(kept, now));
    if group.kept.iter().any(is_kept) {
        return None;
    }
    let error = group.kept.iter().find_map(|kept| now(kept)?.as_ref().err());
    let detail = match &*group.kept {
        [kept] => tr!("why-kept-copy-changed", path = kept.path.as_str()),
        _ => tr!("why-kept-copies-changed").to_owned(),
    };
    let problem = |entry: &Entry| {
        let about = problem::item(&entry.path, Act::Delete);
        match error {
            Some(error) => about.call(error),
            None => about.because(ProblemKind::Changed, &*detail),
        }
    };
    Some(group.deleted.iter().map(problem).collect())
}

fn has_same_content(before: &Entry, now: &Entry) -> bool {
    let (Some(before), Some(now)) = (before.file(), now.file()) else { return false };
    match (&before.content_hash, &now.content_hash) {
        (Some(before), Some(now)) => before == now,
        _ => before.rev == now.rev,
    }
}
