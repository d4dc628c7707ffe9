//! What is now in the folder that is brought back, and in the one into which new items are moved.

use crate::edit::edit_records::BringBackSteps;
use crate::edit::present::Present;
use crate::error::ServiceError;
use crate::service::Service;
use coffer_model::{Entry, RemotePath};

pub(super) struct PresentFolders {
    target: Present,
    aside: Option<(RemotePath, Present)>,
}

impl PresentFolders {
    pub(super) async fn list(service: &Service, steps: &BringBackSteps) -> Result<Self, ServiceError> {
        let target = Present::list(service, &RemotePath::new(&steps.target)).await?;
        let aside = match steps.aside.as_deref().map(RemotePath::new) {
            Some(folder) => Some((folder.clone(), Present::list(service, &folder).await?)),
            None => None,
        };
        Ok(Self { target, aside })
    }

    pub(super) async fn catch_up(&mut self, service: &Service) -> Result<(), ServiceError> {
        self.target.catch_up(service).await?;
        match &mut self.aside {
            Some((_, aside)) => aside.catch_up(service).await,
            None => Ok(()),
        }
    }

    pub(super) fn add(&mut self, entry: Entry) {
        match &mut self.aside {
            Some((folder, aside)) if folder.contains(&entry.path) => aside.add(entry),
            _ => self.target.add(entry),
        }
    }

    /// Whether there is a folder into which everything comes.
    pub(super) fn has_target(&self) -> bool {
        self.target.has_folder()
    }

    pub(super) fn get(&self, path: &RemotePath) -> Option<&Entry> {
        match &self.aside {
            Some((folder, aside)) if folder.contains(path) => aside.get(path),
            _ => self.target.get(path),
        }
    }

    pub(super) fn find_by_id(&self, id: &str) -> Option<&Entry> {
        let aside = self.aside.as_ref().and_then(|(_, aside)| aside.find_by_id(id));
        aside.or_else(|| self.target.find_by_id(id))
    }
}
