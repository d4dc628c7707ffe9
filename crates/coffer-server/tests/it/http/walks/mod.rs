//! Random walks: thousands of operations, each predicted by a simple model in memory. After every step the
//! tree, the change feed and the answers agree with it; at the end also the revisions, and the feed replayed
//! from cursors of earlier steps.
//!
//! `COFFER_WALKS=20000` walks longer; a failure names the seed of its walk, which `COFFER_WALK_SEED` repeats.

mod mirror;
mod model;
mod steps;

use super::support::Account;
use mirror::Mirror;
use model::Model;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use steps::Step;

/// Steps of one walk.
const STEPS: usize = 12;

/// Walks under way at the same time.
const AT_A_TIME: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn random_operations_leave_what_a_simple_model_predicts() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let account = Arc::new(Account::new().await);
    if let Some(seed) = number("COFFER_WALK_SEED") {
        return walk(&account, seed).await;
    }
    let walks = number("COFFER_WALKS").unwrap_or(1_000);
    let next = Arc::new(AtomicU64::new(0));
    let walkers = (0..AT_A_TIME).map(|_| {
        let (account, next) = (Arc::clone(&account), Arc::clone(&next));
        tokio::spawn(async move {
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= walks {
                    return;
                }
                walk(&account, seed).await;
            }
        })
    });
    for walker in walkers.collect::<Vec<_>>() {
        walker.await.unwrap();
    }
}

/// One walk in a folder of its own.
async fn walk(account: &Account, seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let base = format!("/walk{seed}");
    account.rpc("files/create_folder_v2", json!({"path": base})).await.ok();
    let mut model = Model::new(&base);
    let (first, cursor) = Mirror::list(account, &base).await;
    let mut mirror = first;
    let mut cursor = cursor;
    let mut earlier = Vec::new();
    let mut story = Vec::new();
    for _ in 0..STEPS {
        let step = Step::random(&mut random, &base, &model);
        story.push(format!("{step:?}"));
        let tale = || format!("walk {seed}:\n{}", story.join("\n"));
        earlier.push((mirror.clone(), cursor.clone()));
        let answer = step.perform(account).await;
        let expected = step.predict(&mut model);
        assert_eq!(answer.outcome(), expected, "{}", tale());
        cursor = mirror.follow(account, &cursor).await;
        let (fresh, _) = Mirror::list(account, &base).await;
        assert_eq!(mirror, fresh, "the feed disagrees with the listing in {}", tale());
        model.learn(&fresh);
        assert_eq!(fresh.shape(), model.shape(), "the tree disagrees with the model in {}", tale());
    }
    let tale = format!("walk {seed}:\n{}", story.join("\n"));
    // Every cursor of some walks, two of each other.
    let replayed = if seed.is_multiple_of(10) { earlier.len() } else { 2 };
    for _ in 0..replayed {
        let (mut old, cursor) = earlier.swap_remove(random.usize(..earlier.len()));
        old.follow(account, &cursor).await;
        assert_eq!(old, mirror, "an old cursor leads elsewhere in {tale}");
    }
    for (path, revs) in model.histories() {
        let listed = account.rpc("files/list_revisions", json!({"path": path, "limit": 100})).await.ok();
        let listed: Vec<String> = listed["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["rev"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(listed, revs, "the revisions of {path} disagree in {tale}");
    }
}
