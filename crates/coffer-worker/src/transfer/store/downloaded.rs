//! What earlier runs of a download have finished. Whether it is still there is looked at by whoever asks.

use super::{StoreError, TransferRecord};
use coffer_model::Rev;
use rusqlite::{OptionalExtension as _, params};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DownloadedItem {
    /// Its name in its folder on this computer.
    pub local_name: String,
    /// Of a file; folders have none.
    pub rev: Option<Rev>,
}

impl TransferRecord {
    /// Those of some items, by their paths in lower case, that were finished.
    pub(crate) async fn downloaded(
        &self,
        paths: Vec<Arc<str>>,
    ) -> Result<HashMap<Arc<str>, DownloadedItem>, StoreError> {
        self.read(move |connection, transfer| {
            let mut select = connection.prepare_cached(
                "SELECT local_name, rev FROM downloaded_item WHERE transfer = ?1 AND path_lower = ?2",
            )?;
            let mut found = HashMap::new();
            for path in paths {
                let item = select.query_row(params![transfer, path], |row| {
                    let rev = row.get_ref(1)?.as_str_or_null()?.map(|rev| Rev(rev.into()));
                    Ok(DownloadedItem { local_name: row.get(0)?, rev })
                });
                if let Some(item) = item.optional()? {
                    found.insert(path, item);
                }
            }
            Ok(found)
        })
        .await
    }
}
