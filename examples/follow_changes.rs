//! Following what happens in an account: first everything, then each change as it comes.
//!
//! `COFFER_TOKEN=… cargo run --example follow_changes -- [FOLDER]`

#![allow(clippy::print_stdout)]

mod common;

use std::collections::BTreeMap;
use std::time::Duration;

use coffer::api::{DeltaEntry, Metadata};
use common::{Outcome, client};

/// How long to wait for news at a time, in seconds.
const LONGPOLL_SECS: u64 = 240;

#[tokio::main]
async fn main() -> Outcome {
    let prefix = std::env::args().nth(1);
    let client = client()?;
    let mut items = BTreeMap::new();
    let mut cursor: Option<String> = None;
    loop {
        let page = client.delta(cursor.as_deref(), prefix.as_deref()).await?;
        if page.reset {
            items.clear();
        }
        for entry in page.entries {
            println!("{} {}", if entry.metadata.is_some() { "+" } else { "-" }, entry.path);
            take(&mut items, entry);
        }
        if !page.has_more {
            println!("{} items; waiting for changes …", items.len());
            let mut changes = false;
            while !changes {
                let news = client.longpoll_delta(&page.cursor, LONGPOLL_SECS).await?;
                tokio::time::sleep(Duration::from_secs(news.backoff.unwrap_or(0))).await;
                changes = news.changes;
            }
        }
        cursor = Some(page.cursor);
    }
}

/// Brings what is known up to date, by the rules of the feed.
fn take(items: &mut BTreeMap<String, Metadata>, entry: DeltaEntry) {
    let is_folder = entry.metadata.as_ref().is_some_and(|metadata| metadata.is_dir);
    if !is_folder {
        let below = format!("{}/", entry.path);
        items.retain(|path, _| *path != entry.path && !path.starts_with(&below));
    }
    if let Some(metadata) = entry.metadata {
        items.insert(entry.path, metadata);
    }
}
