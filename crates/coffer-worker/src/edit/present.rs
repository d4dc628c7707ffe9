//! What is in a folder now, alone or with everything below it: listed once, and then kept up to date by the changes that the
//! service tells. So nothing is overwritten that somebody has changed meanwhile, without a question for each file.

use crate::convert;
use crate::error::{Classify, ServiceError};
use crate::service::Service;
use coffer_model::{Entry, ProblemKind, RemotePath};
use dropbox_protocol::files::{LIST_FOLDER, ListFolderArg, ListFolderResult};
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::Arc;

pub(super) struct Present {
    folder: RemotePath,
    is_recursive: bool,
    /// By their paths in lower case.
    entries: BTreeMap<Arc<str>, Entry>,
    places: HashMap<Arc<str>, RemotePath>,
    /// Where the list goes on; nothing while there is no such folder.
    cursor: Option<String>,
    /// The list is at its end.
    is_whole: bool,
}

impl Present {
    /// With everything below the folder. Nothing where there is no such folder.
    pub(super) async fn list(service: &Service, folder: &RemotePath) -> Result<Self, ServiceError> {
        let mut present = Self::new(folder.clone(), true);
        present.list_anew(service, usize::MAX).await?;
        Ok(present)
    }

    /// Of the items in the folder itself so many pages at most.
    pub(super) async fn list_pages(
        service: &Service,
        folder: &RemotePath,
        most_pages: usize,
    ) -> Result<Self, ServiceError> {
        let mut present = Self::new(folder.clone(), false);
        present.list_anew(service, most_pages).await?;
        Ok(present)
    }

    fn new(folder: RemotePath, is_recursive: bool) -> Self {
        let (entries, places) = (BTreeMap::new(), HashMap::new());
        Self { folder, is_recursive, entries, places, cursor: None, is_whole: false }
    }

    async fn list_anew(&mut self, service: &Service, most_pages: usize) -> Result<(), ServiceError> {
        *self = Self::new(self.folder.clone(), self.is_recursive);
        let arg = ListFolderArg { recursive: self.is_recursive, ..ListFolderArg::new(self.folder.as_str()) };
        match service.rpc(&LIST_FOLDER, &arg).await {
            Ok(page) => self.add_pages(service, page, most_pages).await,
            Err(error) if matches!(error.kind(), ProblemKind::NotFound | ProblemKind::NotAFolder) => {
                self.is_whole = true;
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Takes in what has changed since, by this program or another one.
    pub(super) async fn catch_up(&mut self, service: &Service) -> Result<(), ServiceError> {
        let Some(cursor) = &self.cursor else { return self.list_anew(service, usize::MAX).await };
        match service.continue_list(cursor).await {
            Ok(page) => self.add_pages(service, page, usize::MAX).await,
            // The service does not know the cursor any more, or the folder is gone.
            Err(error) if matches!(error.kind(), ProblemKind::CursorReset | ProblemKind::NotFound) => {
                self.list_anew(service, usize::MAX).await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn add_pages(
        &mut self,
        service: &Service,
        mut page: ListFolderResult,
        most_pages: usize,
    ) -> Result<(), ServiceError> {
        let folder = (!self.is_recursive).then(|| self.folder.clone());
        for number in 1.. {
            for metadata in &page.entries {
                self.add(convert::entry(metadata, folder.as_ref()));
            }
            self.is_whole = !page.has_more;
            if self.is_whole || number >= most_pages {
                break;
            }
            page = service.continue_list(&page.cursor).await?;
        }
        self.cursor = Some(page.cursor);
        Ok(())
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

    /// Whether what is not here is not there.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
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
