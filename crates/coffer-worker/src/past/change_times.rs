//! When something changed below a folder, as far as that is known without a call: from the files that are there, the log of the
//! index, and the versions that were listed.

use super::gather::read_index;
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::worker_context::WorkerContext;
use coffer_model::{ChangeGroup, ChangeKind, Entry, Receipt, RemotePath};
use jiff::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;

/// Changes that follow each other within so many seconds are one group.
const SAME_GROUP_SECS: i64 = 60;
/// Of more groups those that are close are one.
const MOST_GROUPS: usize = 2_000;

pub(crate) async fn list_change_times(
    worker: &WorkerContext,
    job: &JobContext,
    folder: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    Ok(Receipt::ChangeTimes(Arc::new(change_times(&account, folder).await)))
}

async fn change_times(account: &OpenAccount, folder: &RemotePath) -> Vec<ChangeGroup> {
    let (wanted, past) = (folder.clone(), account.past.latest());
    let read = account.index.ask(move |index| {
        let Some(indexed) = read_index(index, &wanted)? else { return Ok(Vec::new()) };
        let is_inside = |path: &RemotePath| wanted.contains(path) && *path != wanted;
        let mut times: Vec<Timestamp> = Vec::new();
        // Revisions that tell their own times.
        let mut dated: HashSet<&str> = HashSet::new();
        for file in indexed.present.iter().filter(|entry| is_inside(&entry.path)).filter_map(Entry::file) {
            times.push(file.server_modified);
            dated.insert(&file.rev.0);
        }
        let evidence = past.as_ref().map(|past| past.evidence());
        if let Some(evidence) = &evidence {
            for list in evidence.versions.values() {
                for version in list.versions.iter().filter(|version| is_inside(&version.path)) {
                    times.push(version.file.server_modified);
                    dated.insert(&version.file.rev.0);
                }
                times.extend(list.versions.first().filter(|last| is_inside(&last.path)).and(list.deleted));
            }
        }
        let logged = indexed.log.changes.iter().filter(|change| {
            let is_inside = is_inside(&change.path) || change.old_path.as_ref().is_some_and(is_inside);
            let is_dated = change.rev.as_deref().is_some_and(|rev| dated.contains(rev));
            is_inside && (matches!(change.kind, ChangeKind::Moved | ChangeKind::Deleted) || !is_dated)
        });
        times.extend(logged.map(|change| change.seen));
        Ok(times)
    });
    groups(read.await.unwrap_or_default(), SAME_GROUP_SECS)
}

/// Times in groups, the earliest first.
fn groups(mut times: Vec<Timestamp>, same_group_secs: i64) -> Vec<ChangeGroup> {
    times.sort_unstable();
    // One change is told by its file, by its version and by the log.
    times.dedup();
    let mut groups: Vec<ChangeGroup> = Vec::new();
    for time in &times {
        match groups.last_mut() {
            Some(group) if time.as_second() - group.last.as_second() <= same_group_secs => {
                group.last = *time;
                group.count += 1;
            }
            _ => groups.push(ChangeGroup { first: *time, last: *time, count: 1 }),
        }
    }
    if groups.len() > MOST_GROUPS { self::groups(times, same_group_secs * 4) } else { groups }
}

#[cfg(test)]
mod tests {
    use super::{MOST_GROUPS, groups};
    use jiff::Timestamp;

    fn times(seconds: impl Iterator<Item = i64>) -> Vec<Timestamp> {
        seconds.map(|seconds| Timestamp::from_second(seconds).unwrap()).collect()
    }

    #[test]
    fn changes_that_follow_closely_are_one_group() {
        let found = groups(times([1_000, 5, 0, 50, 2_000].into_iter()), 60);
        let found: Vec<(i64, i64, u64)> = found
            .iter()
            .map(|group| (group.first.as_second(), group.last.as_second(), group.count))
            .collect();
        assert_eq!(found, [(0, 50, 3), (1_000, 1_000, 1), (2_000, 2_000, 1)]);
    }

    #[test]
    fn very_many_changes_are_few_groups_and_none_is_lost() {
        let found = groups(times((0..100_000).map(|number| number * 100)), 60);
        assert!(found.len() <= MOST_GROUPS);
        assert_eq!(found.iter().map(|group| group.count).sum::<u64>(), 100_000);
    }
}
