//! Takes what the feed says into the index.

use super::wire;
use crate::account::OpenAccount;
use crate::blocking;
use crate::error::ServiceError;
use coffer_index::Index;
use dropbox_protocol::files::ListFolderResult;
use std::sync::Arc;

/// What became of a page of the feed.
pub(crate) enum FeedPage {
    /// It is in the index.
    Applied,
    /// Another job or program has taken it in; the index goes on from here.
    Elsewhere(String),
    /// It can't be kept, or another program has begun to list everything anew. The feed is followed all the same.
    Lost,
}

/// Takes in a page that was asked for with `from`, and gives it back.
pub(crate) async fn apply_page(
    account: &OpenAccount,
    index: &Arc<Index>,
    from: String,
    page: ListFolderResult,
) -> (FeedPage, ListFolderResult) {
    let page = Arc::new(page);
    let (taken, applying, seen) = (Arc::clone(&page), Arc::clone(index), account.index.now());
    let own = account.index.own.paths();
    let applied = blocking(move || {
        applying.apply_feed(&wire::changes(&taken.entries), own, &from, &taken.cursor, seen)
    });
    let result = match applied.await {
        Ok(Ok(taken)) => match super::followed(account).await {
            Some(_) if taken.is_some() => FeedPage::Applied,
            Some((_, cursor)) => FeedPage::Elsewhere(cursor),
            None => FeedPage::Lost,
        },
        Ok(Err(error)) => {
            account.index.handle_error(Arc::clone(index), &error).await;
            FeedPage::Lost
        }
        Err(_) => FeedPage::Lost,
    };
    // The thread that took it in has ended.
    let page = Arc::try_unwrap(page).unwrap_or_else(|page| (*page).clone());
    (result, page)
}

/// Brings a complete index up to date. The number of entries that the feed has told.
pub(super) async fn catch_up(account: &OpenAccount) -> Result<usize, ServiceError> {
    let mut entries = 0;
    while let Some((index, cursor)) = super::followed(account).await {
        let page = account.service.continue_list(&cursor).await?;
        entries += page.entries.len();
        let (result, page) = apply_page(account, &index, cursor, page).await;
        if matches!(result, FeedPage::Lost) || !page.has_more {
            break;
        }
    }
    Ok(entries)
}
