//! The index of the open account (`coffer_index`): opened when it is first needed, filled by `fill`, kept up to date from the feed
//! by `feed`, with the names of others by `people` and without what
//! `own_changes` knows as news, asked by `answers` and `space`, brought up to date and compared with
//! the account by `update`.
//!
//! It is a cache. Where it can't be kept, everything works as if there were none.

mod answers;
mod feed;
mod fill;
pub(crate) mod handle;
pub(crate) mod own_changes;
mod people;
mod space;
mod update;
mod wire;

pub(crate) use answers::{
    changes, duplicates, find_paths, found, largest, list_known, news, query, search_index, see, show_known,
    with_what_is_known,
};
pub(crate) use feed::{FeedPage, apply_page};
pub(crate) use fill::keep_filled;
pub(crate) use people::{learn_names, names_of_accounts};
pub(crate) use space::{list_space, summarize};
pub(crate) use update::{hear, is_current, status, update};

use crate::account::OpenAccount;
use coffer_index::Index;
use std::sync::Arc;

/// This cursor of the index is too old: everything is listed anew.
pub(crate) async fn expire(account: &OpenAccount, cursor: &str) {
    if let Err(error) = fill::begin_instead_of(account, cursor).await {
        tracing::debug!(%error, "the index of the account could not be begun anew");
    }
    account.index.expired.notify_one();
}

/// The index and the cursor from which its feed goes on, once everything is in it.
pub(crate) async fn followed(account: &OpenAccount) -> Option<(Arc<Index>, String)> {
    let index = account.index.get().await?;
    let state = account.index.ask(Index::state).await?;
    state.cursor.filter(|_| state.is_complete).map(|cursor| (index, cursor))
}
