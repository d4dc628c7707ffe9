//! What is in a folder now, with everything below it: listed once, and then kept up to date by the changes that the service
//! tells. So nothing is overwritten that somebody has changed meanwhile, without a question for each file.

use crate::convert;
use crate::error::{Classify, ServiceError};
use crate::service::Service;
use coffer_model::{Entry, ProblemKind, RemotePath};
use dropbox_protocol::files::{LIST_FOLDER, ListFolderArg, ListFolderResult};
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

#[derive(Default)]
pub(super) struct Present {
    /// By their paths in lower case.
    entries: BTreeMap<Arc<str>, Entry>,
    places: HashMap<Arc<str>, RemotePath>,
    /// Where the list goes on; nothing while there is no such folder.
    cursor: Option<String>,
}

impl Present {
    /// Nothing where there is no such folder.
    pub(super) async fn list(service: &Service, folder: &RemotePath) -> Result<Self, ServiceError> {
        let arg = ListFolderArg { recursive: true, ..ListFolderArg::new(folder.as_str()) };
        let mut present = Self::default();
        match service.rpc(&LIST_FOLDER, &arg).await {
            Ok(page) => present.add_pages(service, page).await?,
            Err(error) if error.kind() == ProblemKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        Ok(present)
    }

    /// Takes in what has changed since, by this program or another one.
    pub(super) async fn catch_up(
        &mut self,
        service: &Service,
        folder: &RemotePath,
    ) -> Result<(), ServiceError> {
        let Some(cursor) = &self.cursor else {
            *self = Self::list(service, folder).await?;
            return Ok(());
        };
        match service.continue_list(cursor).await {
            Ok(page) => self.add_pages(service, page).await,
            // The service does not know the cursor any more.
            Err(error) if error.kind() == ProblemKind::CursorReset => {
                *self = Self::list(service, folder).await?;
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn add_pages(&mut self, service: &Service, mut page: ListFolderResult) -> Result<(), ServiceError> {
        loop {
            for metadata in &page.entries {
                self.add(convert::entry(metadata, None));
            }
            if !page.has_more {
                self.cursor = Some(page.cursor);
                return Ok(());
            }
            page = service.continue_list(&page.cursor).await?;
        }
    }

    /// An item is as this says from now on: what was at its path is not any more.
    pub(super) fn add(&mut self, entry: Entry) {
        let is_same = self.get(&entry.path).is_some_and(|known| known.id() == entry.id());
        if !is_same || entry.is_deleted() {
            self.remove(&entry.path);
        }
        if entry.is_deleted() {
            return;
        }
        if let Some(place) = self.places.insert(entry.id().into(), entry.path.clone())
            && place != entry.path
            && self.get(&place).is_some_and(|known| known.id() == entry.id())
        {
            self.entries.remove(place.lower());
        }
        self.entries.insert(Arc::clone(entry.path.lower()), entry);
    }

    /// With everything below it.
    fn remove(&mut self, path: &RemotePath) {
        let mut gone: Vec<Arc<str>> =
            self.entries.get_key_value(path.lower()).map(|(key, _)| Arc::clone(key)).into_iter().collect();
        let start = format!("{}/", path.lower());
        let below = self.entries.range::<str, _>((Bound::Included(&*start), Bound::Unbounded));
        gone.extend(below.take_while(|(key, _)| key.starts_with(&start)).map(|(key, _)| Arc::clone(key)));
        for key in gone {
            if let Some(entry) = self.entries.remove(&key)
                && self.places.get(entry.id()) == Some(&entry.path)
            {
                self.places.remove(entry.id());
            }
        }
    }

    pub(super) fn has_folder(&self) -> bool {
        self.cursor.is_some()
    }

    pub(super) fn get(&self, path: &RemotePath) -> Option<&Entry> {
        self.entries.get(path.lower())
    }

    pub(super) fn find_by_id(&self, id: &str) -> Option<&Entry> {
        self.get(self.places.get(id)?)
    }
}
