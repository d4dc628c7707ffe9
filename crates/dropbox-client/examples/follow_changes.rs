//! Following what happens in an account: first everything, then each change as it comes.
//!
//! `COFFER_TOKEN=… cargo run --example follow_changes -- [FOLDER]`
//!
//! The tree keeps what a copy of the account has to know of each file. For every entry with all its metadata, and for
//! a state of your own, call `delta` in the same way.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
#![allow(clippy::print_stdout)]

mod common;

use std::time::Duration;

use common::{Outcome, client};
use dropbox_client::{DeltaItem, DeltaTree};

/// How long to wait for news at a time, in seconds.
const LONGPOLL_SECS: u64 = 240;

#[tokio::main]
async fn main() -> Outcome {
    let prefix = std::env::args().nth(1);
    let client = client()?;
    let mut tree = DeltaTree::new(prefix.as_deref());
    loop {
        let mut entries = 0;
        loop {
            let news = client.follow_delta(&mut tree).await?;
            entries += news.entries;
            if !news.has_more {
                break;
            }
        }
        let bytes: u64 = tree
            .iter()
            .map(|(_, item)| match item {
                DeltaItem::File(file) => file.bytes,
                DeltaItem::Folder => 0,
            })
            .sum();
        println!("{entries} changes; now {} items with {bytes} bytes; waiting …", tree.len());
        let mut changes = false;
        while !changes {
            let Some(cursor) = tree.cursor() else { break };
            let news = client.longpoll_delta(cursor, LONGPOLL_SECS).await?;
            tokio::time::sleep(Duration::from_secs(news.backoff.unwrap_or(0))).await;
            changes = news.changes;
        }
    }
}
