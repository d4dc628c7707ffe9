//! A copy of a folder as a client keeps it: filled from a listing, kept up by the change feed, following the
//! rules that the API states for replaying it.

use super::super::support::Account;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Entries by `path_lower`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mirror(pub BTreeMap<String, Mirrored>);

#[derive(Clone, Debug, PartialEq)]
pub struct Mirrored {
    pub display: String,
    pub id: String,
    /// Revision and content hash; a folder has none.
    pub file: Option<(String, String)>,
}

impl Mirror {
    /// A fresh listing of everything in a folder.
    pub async fn list(account: &Account, base: &str) -> (Self, String) {
        let argument = json!({"path": base, "recursive": true});
        let page = account.rpc("files/list_folder", argument).await.ok();
        let mut mirror = Self::default();
        let cursor = mirror.apply_all(account, page).await;
        (mirror, cursor)
    }

    /// Applies what happened since a cursor.
    pub async fn follow(&mut self, account: &Account, cursor: &str) -> String {
        let page = account.rpc("files/list_folder/continue", json!({"cursor": cursor})).await.ok();
        self.apply_all(account, page).await
    }

    async fn apply_all(&mut self, account: &Account, mut page: Value) -> String {
        loop {
            for entry in page["entries"].as_array().unwrap() {
                self.apply(entry);
            }
            let cursor = page["cursor"].as_str().unwrap().to_owned();
            if page["has_more"] == false {
                return cursor;
            }
            page = account.rpc("files/list_folder/continue", json!({"cursor": cursor})).await.ok();
        }
    }

    fn apply(&mut self, entry: &Value) {
        let text = |name: &str| entry[name].as_str().unwrap().to_owned();
        let path = text("path_lower");
        match entry[".tag"].as_str().unwrap() {
            "deleted" => self.remove(&path),
            "folder" => {
                // A folder replaces a file and keeps what is below it.
                self.0.insert(path, Mirrored { display: text("path_display"), id: text("id"), file: None });
            }
            _ => {
                self.remove(&path);
                let file = Some((text("rev"), text("content_hash")));
                self.0.insert(path, Mirrored { display: text("path_display"), id: text("id"), file });
            }
        }
    }

    fn remove(&mut self, path: &str) {
        let below = format!("{path}/");
        self.0.retain(|other, _| other != path && !other.starts_with(&below));
    }

    /// What can be compared with a model: spelled paths, and contents of files.
    pub fn shape(&self) -> Vec<(String, Option<String>)> {
        self.0
            .values()
            .map(|entry| (entry.display.clone(), entry.file.clone().map(|(_, hash)| hash)))
            .collect()
    }
}
