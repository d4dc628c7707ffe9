//! What stands at paths of one folder now: a few are asked for one by one; for more of them their folder is listed.

use super::Editor;
use crate::error::ServiceError;
use crate::list;
use coffer_model::{Entry, RemotePath};
use futures_util::{FutureExt, StreamExt, stream};

/// So few names are asked for one by one.
const FEW: usize = 6;

/// For each the item at its path, if there is one.
pub(super) async fn existing<T: Send>(
    editor: &Editor<'_>,
    folder: &RemotePath,
    items: Vec<(T, RemotePath)>,
) -> Vec<((T, RemotePath), Result<Option<Entry>, ServiceError>)> {
    if items.len() > FEW
        && let Ok(listed) = list::load(editor.account, folder).await
    {
        let found = |item: (T, RemotePath)| {
            let existing = listed.entry(&item.1);
            (item, Ok(existing))
        };
        return items.into_iter().map(found).collect();
    }
    let lookups = stream::iter(items).map(|item| {
        async move {
            let existing = editor.find_entry(&item.1).await;
            (item, existing)
        }
        .boxed()
    });
    lookups.buffered(FEW).collect().await
}
