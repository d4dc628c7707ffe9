//! Looks at what was requested, page by page: lists folders, makes their places here, and tells what is missing. What
//! is known of one page can be downloaded while the next one is asked for.

use super::download_action::{DownloadAction, download_action};
use super::download_file::DownloadFile;
use super::local_paths::LocalPathAllocator;
use super::past_contents::PastContents;
use super::requested_item::RequestedItem;
use crate::act::Act;
use crate::error::{Classify, ServiceError};
use crate::lanes::InteractivePermit;
use crate::lanes::Lanes;
use crate::local_name::is_marked;
use crate::problem::Subject;
use crate::service::Service;
use crate::transfer::{Change, TransferHandle};
use crate::{blocking, convert, problem};
use coffer_model::entry::{ContentAccess, File};
use coffer_model::transfer::RenamedLocally;
use coffer_model::{Entry, OnExisting, Problem, ProblemKind, RemotePath};
use coffer_texts::tr;
use dropbox_protocol::files::{LIST_FOLDER, ListFolderArg, ListFolderResult};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeSet, VecDeque};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What has become known.
#[derive(Default)]
pub(crate) struct PlanPage {
    /// The requested folder that it is about, which has an archive; `None` for files that were requested by themselves, and for
    /// what was in a folder.
    pub top: Option<RemotePath>,
    /// Everything that the account has there: path, and size of files.
    pub seen: Vec<(RemotePath, Option<u64>)>,
    pub files: Vec<(DownloadFile, DownloadAction)>,
    pub failed: Vec<Problem>,
    /// Local paths of requested folders.
    pub made: Vec<PathBuf>,
    pub renamed: Vec<RenamedLocally>,
    /// No other page follows of the requested folder, and none at all.
    pub top_is_known: bool,
    pub last: bool,
}

pub(crate) struct Lister<'a> {
    service: &'a Service,
    /// Where its calls are made with interactive permits. Each is held for its call only: comparing files takes long.
    lanes: Option<Lanes>,
    /// What earlier runs of the transfer have downloaded.
    handle: TransferHandle,
    requested: VecDeque<RequestedItem>,
    existing: OnExisting,
    target: Arc<Path>,
    /// `None` while work that blocks has them.
    local_paths: Option<LocalPathAllocator>,
    listing: Option<ListingInProgress>,
    /// The requested folder of the past of which more pages follow.
    past: Option<(RemotePath, PastContents)>,
}

/// A list that starts again so often does not come to an end.
const MAX_RESETS: u32 = 5;

/// A requested folder whose list has more pages.
struct ListingInProgress {
    top: RemotePath,
    cursor: String,
    /// All paths that it has named, since a list that starts again names them once more.
    seen: SeenPaths,
    /// How often it has started again.
    resets: u32,
}

impl ListingInProgress {
    fn new(top: RemotePath) -> Self {
        Self { top, cursor: String::new(), seen: SeenPaths::default(), resets: 0 }
    }
}

/// Paths by the halves of their SHA-256 hashes, which take a quarter of the memory of paths. A path that was taken for
/// another would be missing without a word. These hashes are too long for that to happen, and for anybody to bring it
/// about: to find two paths with the same one takes 2^64 tries.
///
/// A tree and not a hash table: of a million paths it takes 30 MB, and at no time the double.
#[derive(Default)]
struct SeenPaths(BTreeSet<[u8; 16]>);

impl SeenPaths {
    /// Whether a path is here for the first time.
    fn insert(&mut self, path: &RemotePath) -> bool {
        let hash = Sha256::digest(path.lower().as_bytes());
        let mut half = [0; 16];
        half.copy_from_slice(&hash[..16]);
        self.0.insert(half)
    }
}

impl<'a> Lister<'a> {
    /// `local_paths` are those in `target`.
    pub(crate) fn new(
        service: &'a Service,
        handle: TransferHandle,
        requested: Vec<RequestedItem>,
        target: &Path,
        local_paths: LocalPathAllocator,
        existing: OnExisting,
    ) -> Self {
        Self {
            service,
            lanes: None,
            handle,
            requested: requested.into(),
            existing,
            local_paths: Some(local_paths),
            target: target.into(),
            listing: None,
            past: None,
        }
    }

    /// Somebody waits for it, who has no transfer.
    pub(crate) fn use_lanes(&mut self, lanes: Lanes) {
        self.lanes = Some(lanes);
    }

    async fn permit(&self) -> Option<InteractivePermit> {
        match &self.lanes {
            Some(lanes) => lanes.interactive().await,
            None => None,
        }
    }

    /// What was found out about `local_paths`.
    pub(crate) fn into_local_paths(self) -> Option<LocalPathAllocator> {
        self.local_paths
    }

    /// The next page; `None` when all is known.
    pub(crate) async fn next_page(&mut self) -> Option<PlanPage> {
        let page = if let Some(listing) = self.listing.take() {
            self.go_on(listing).await
        } else if let Some((top, contents)) = self.past.take() {
            self.past_page(top, contents).await
        } else {
            let mut requested = self.requested.pop_front()?;
            if let Some(contents) = requested.contents.take() {
                self.begin_past(requested, contents).await
            } else if requested.entry.is_folder() {
                self.begin(&requested).await
            } else {
                self.file(requested).await
            }
        };
        let mut page = page.unwrap_or_else(PlanPage::failed);
        page.top_is_known = self.listing.is_none() && self.past.is_none();
        page.last = page.top_is_known && self.requested.is_empty();
        self.record_renamed(&page.renamed);
        Some(page)
    }

    /// An upload of these finds their own names.
    fn record_renamed(&self, renamed: &[RenamedLocally]) {
        for RenamedLocally { remote_path, local_path } in renamed {
            let is_marked_name = |name: &OsStr| name.to_str().is_some_and(is_marked);
            // One with a number has the name of another item.
            if local_path.file_name().is_some_and(is_marked_name) {
                let (local_path, own_name) = (local_path.clone(), remote_path.name().to_owned());
                self.handle.record_change(|_| Change::NameReplaced { local_path, own_name });
            }
        }
    }

    async fn file(&mut self, requested: RequestedItem) -> Result<PlanPage, Problem> {
        let Some(file) = requested.entry.file().cloned() else {
            return Err(about(&requested.entry.path).because(ProblemKind::NotFound, tr!("why-deleted")));
        };
        let (path, chosen) = (requested.entry.path, requested.name);
        let name = local_name_of(&path, &file)?;
        let target = Arc::clone(&self.target);
        let (wanted, renamed) = self
            .with_local_paths(move |local_paths| {
                let place = local_paths.requested_file(&path, &name, chosen.as_deref());
                let wanted = DownloadFile::new(path, &file, place, &target);
                (wanted, std::mem::take(&mut local_paths.renamed))
            })
            .await?;
        let files = self.compare_with_disk(vec![wanted]).await?;
        Ok(PlanPage { files, renamed, ..PlanPage::default() })
    }

    async fn begin(&mut self, requested: &RequestedItem) -> Result<PlanPage, Problem> {
        let top = requested.entry.path.clone();
        let result = self.first_page(&top).await.map_err(|error| about(&top).call(&error))?;
        let made = self.make_top(&top, requested.name.clone()).await?;
        let mut page = self.page(ListingInProgress::new(top), result).await?;
        page.made.push(made);
        Ok(page)
    }

    async fn begin_past(
        &mut self,
        requested: RequestedItem,
        contents: PastContents,
    ) -> Result<PlanPage, Problem> {
        let top = requested.entry.path;
        let mut name = requested.name;
        if let Some(wanted) = name.take() {
            name = Some(self.with_local_paths(move |local_paths| local_paths.possible_name(wanted)).await?);
        }
        let made = self.make_top(&top, name).await?;
        let mut page = self.past_page(top, contents).await?;
        page.made.push(made);
        Ok(page)
    }

    async fn past_page(&mut self, top: RemotePath, mut contents: PastContents) -> Result<PlanPage, Problem> {
        let (taken, contents) = blocking(move || (contents.take_page(), contents)).await?;
        if !taken.is_last {
            self.past = Some((top.clone(), contents));
        }
        let page = PlanPage { failed: taken.failed, ..PlanPage::default() };
        self.add_entries(page, top, taken.entries).await
    }

    /// Makes the local folder of a requested folder, or finds the one of an earlier run.
    async fn make_top(&mut self, top: &RemotePath, chosen: Option<OsString>) -> Result<PathBuf, Problem> {
        let known = self.handle.downloaded(vec![Arc::clone(top.lower())]).await;
        let known = known.get(top.lower()).map(|item| self.target.join(&item.local_name));
        let made_for = top.clone();
        let made = self
            .with_local_paths(move |local_paths| local_paths.top(&made_for, chosen.as_deref(), known))
            .await?;
        let made = made.map_err(|error| about(top).local(&error))?;
        if let Some(name) = made.file_name().and_then(|name| name.to_str()) {
            let (path_lower, local_name) = (Arc::clone(top.lower()), name.to_owned());
            self.handle.record_change(|transfer| Change::ItemDownloaded {
                transfer,
                path_lower,
                local_name,
                rev: None,
            });
        }
        Ok(made)
    }

    async fn go_on(&mut self, mut listing: ListingInProgress) -> Result<PlanPage, Problem> {
        let permit = self.permit().await;
        let continued = self.service.continue_list(&listing.cursor).await;
        drop(permit);
        let result = match continued {
            // The account has forgotten where we were: what is known already is passed over.
            Err(error) if error.kind() == ProblemKind::CursorReset && listing.resets < MAX_RESETS => {
                listing.resets += 1;
                self.first_page(&listing.top).await
            }
            result => result.map_err(ServiceError::from),
        };
        let result = result.map_err(|error| about(&listing.top).call(&error))?;
        listing.cursor.clear();
        self.page(listing, result).await
    }

    async fn first_page(&self, top: &RemotePath) -> Result<ListFolderResult, ServiceError> {
        let _permit = self.permit().await;
        let arg = ListFolderArg { recursive: true, ..ListFolderArg::new(top.as_str()) };
        Ok(self.service.rpc(&LIST_FOLDER, &arg).await?)
    }

    async fn page(
        &mut self,
        mut listing: ListingInProgress,
        result: ListFolderResult,
    ) -> Result<PlanPage, Problem> {
        let top = listing.top.clone();
        let entries: Vec<Entry> = result
            .entries
            .iter()
            .map(|item| convert::entry(item, None))
            .filter(|entry| !entry.is_deleted() && listing.seen.insert(&entry.path))
            .collect();
        if result.has_more {
            listing.cursor = result.cursor;
            self.listing = Some(listing);
        }
        let mut page = PlanPage { top: Some(top.clone()), ..PlanPage::default() };
        page.seen = entries
            .iter()
            .map(|entry| (entry.path.clone(), entry.file().map(|file| file.size_bytes)))
            .collect();
        self.add_entries(page, top, entries).await
    }

    /// Adds to a page what was found below the requested folder `top`.
    async fn add_entries(
        &mut self,
        mut page: PlanPage,
        top: RemotePath,
        entries: Vec<Entry>,
    ) -> Result<PlanPage, Problem> {
        let target = Arc::clone(&self.target);
        let (placed, renamed) = self
            .with_local_paths(move |local_paths| {
                let placed = place(local_paths, &top, entries, &target);
                (placed, std::mem::take(&mut local_paths.renamed))
            })
            .await?;
        let mut wanted = Vec::new();
        for placed in placed {
            match placed {
                Ok(file) => wanted.push(file),
                Err(problem) => page.failed.push(problem),
            }
        }
        page.renamed = renamed;
        page.files = self.compare_with_disk(wanted).await?;
        Ok(page)
    }

    /// What stands at the places of these files.
    async fn compare_with_disk(
        &self,
        wanted: Vec<DownloadFile>,
    ) -> Result<Vec<(DownloadFile, DownloadAction)>, Problem> {
        let paths = wanted.iter().map(|wanted| Arc::clone(wanted.path.lower())).collect();
        let downloaded = self.handle.downloaded(paths).await;
        let existing = self.existing;
        blocking(move || {
            wanted
                .into_iter()
                .map(|wanted| {
                    let item = downloaded.get(wanted.path.lower());
                    let action = download_action(&wanted, existing, item);
                    (wanted, action)
                })
                .collect()
        })
        .await
    }

    async fn with_local_paths<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut LocalPathAllocator) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let Some(mut local_paths) = self.local_paths.take() else { return Err(problem::internal()) };
        let (local_paths, result) = blocking(move || {
            let result = work(&mut local_paths);
            (local_paths, result)
        })
        .await?;
        self.local_paths = Some(local_paths);
        Ok(result)
    }
}

impl PlanPage {
    fn failed(problem: Problem) -> Self {
        Self { failed: vec![problem], ..Self::default() }
    }
}

/// Makes the folders of a page, and finds places for its files.
fn place(
    local_paths: &mut LocalPathAllocator,
    top: &RemotePath,
    entries: Vec<Entry>,
    target: &Arc<Path>,
) -> Vec<Result<DownloadFile, Problem>> {
    let (mut folders, files): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.file().is_none());
    // Parents come first, so that each is made by its own row, which alone knows its spelling.
    folders.sort_by(|one, other| one.path.cmp(&other.path));
    let mut found = Vec::with_capacity(files.len());
    for folder in folders {
        if local_paths.is_out_of_reach(&folder.path, true) {
            continue;
        }
        if let Err(error) = local_paths.folder(top, &folder.path) {
            found.push(Err(about(&folder.path).local(&error)));
        }
    }
    for entry in files {
        let path = entry.path.clone();
        let Some(file) = entry.file().filter(|_| !local_paths.is_out_of_reach(&path, false)).cloned() else {
            continue;
        };
        let placed = local_name_of(&path, &file)
            .and_then(|name| local_paths.file(top, &path, &name).map_err(|error| about(&path).local(&error)));
        found.push(placed.map(|place| DownloadFile::new(path, &file, place, target)));
    }
    found
}

/// The name that a file has on this computer, if that takes it. A document that is exported is told from another file of
/// its folder by the end of its name.
fn local_name_of(path: &RemotePath, file: &File) -> Result<String, Problem> {
    match &file.access {
        ContentAccess::Download => Ok(path.name().to_owned()),
        ContentAccess::Export(format) => {
            let extension = match &**format {
                "markdown" => "md",
                "plain_text" => "txt",
                other => other,
            };
            Ok(format!("{}.{extension}", path.name()))
        }
        ContentAccess::WebOnly => {
            let kind = ProblemKind::NotDownloadable;
            Err(about(path).because(kind, problem::words_for_kind(kind)))
        }
    }
}

fn about(path: &RemotePath) -> Subject {
    problem::item(path, Act::Download)
}

#[cfg(test)]
mod tests {
    use super::SeenPaths;
    use coffer_model::RemotePath;

    #[test]
    fn a_path_is_new_once_however_it_is_spelt_and_no_other_is_taken_for_it() {
        let mut seen = SeenPaths::default();
        for number in 0..100_000 {
            assert!(seen.insert(&RemotePath::new(&format!("/Trip/{number}"))), "{number}");
        }
        assert!(!seen.insert(&RemotePath::new("/trip/7")));
        assert_eq!(seen.0.len(), 100_000);
    }
}
