//! Looks at what was ordered, page by page: lists folders, makes their places here, and tells what is missing. What is
//! known of one page can be brought while the next one is asked for.

use super::places::Places;
use super::present::{Standing, standing};
use super::wanted::Wanted;
use crate::error::{Classify, ServiceError};
use crate::problem::Subject;
use crate::service::Service;
use crate::transfer::{Change, TransferHandle};
use crate::{blocking, convert, problem};
use coffer_model::transfer::RenamedHere;
use coffer_model::{Entry, Existing, Problem, ProblemKind, RemotePath};
use dropbox_protocol::files::{
    LIST_FOLDER, LIST_FOLDER_CONTINUE, ListFolderArg, ListFolderContinueArg, ListFolderResult,
};
use std::collections::{HashSet, VecDeque};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An item that was ordered, and the name that it is to have here if that is not its own.
#[derive(Clone, Debug)]
pub struct Ordered {
    pub entry: Entry,
    pub name: Option<OsString>,
}

/// What has become known.
#[derive(Default)]
pub struct Page {
    /// The ordered folder that it is about; `None` for files that were ordered by themselves.
    pub top: Option<RemotePath>,
    /// Everything that the account has there: path, and size of files.
    pub seen: Vec<(RemotePath, Option<u64>)>,
    pub files: Vec<(Wanted, Standing)>,
    pub failed: Vec<Problem>,
    /// Places of ordered folders.
    pub made: Vec<PathBuf>,
    pub renamed: Vec<RenamedHere>,
    /// No other page follows of the ordered folder, and none at all.
    pub top_is_known: bool,
    pub last: bool,
}

pub struct Lister<'a> {
    service: &'a Service,
    /// What earlier runs of the transfer have downloaded.
    handle: TransferHandle,
    ordered: VecDeque<Ordered>,
    existing: Existing,
    target: Arc<Path>,
    /// `None` while work that blocks has them.
    places: Option<Places>,
    under_way: Option<UnderWay>,
}

/// An ordered folder whose list has more pages.
struct UnderWay {
    top: RemotePath,
    cursor: String,
    /// A list that starts again must not name items twice.
    seen: HashSet<Arc<str>>,
}

impl<'a> Lister<'a> {
    /// `places` are those in `target`.
    pub fn new(
        service: &'a Service,
        handle: TransferHandle,
        ordered: Vec<Ordered>,
        target: &Path,
        places: Places,
        existing: Existing,
    ) -> Self {
        Self {
            service,
            handle,
            ordered: ordered.into(),
            existing,
            places: Some(places),
            target: target.into(),
            under_way: None,
        }
    }

    /// What was found out about places.
    pub fn into_places(self) -> Option<Places> {
        self.places
    }

    /// The next page; `None` when all is known.
    pub async fn next_page(&mut self) -> Option<Page> {
        let page = if let Some(under_way) = self.under_way.take() {
            self.go_on(under_way).await
        } else {
            let ordered = self.ordered.pop_front()?;
            if ordered.entry.is_folder() { self.begin(&ordered).await } else { self.file(ordered).await }
        };
        let mut page = page.unwrap_or_else(Page::failed);
        page.top_is_known = self.under_way.is_none();
        page.last = page.top_is_known && self.ordered.is_empty();
        Some(page)
    }

    async fn file(&mut self, ordered: Ordered) -> Result<Page, Problem> {
        let Some(file) = ordered.entry.file().cloned() else {
            return Err(about(&ordered.entry.path).because(ProblemKind::NotFound, "It was deleted."));
        };
        let path = ordered.entry.path;
        let name = ordered.name.unwrap_or_else(|| path.name().into());
        let target = Arc::clone(&self.target);
        let (wanted, renamed) = self
            .with_places(move |places| {
                let place = places.ordered_file(&name, &path);
                let wanted = Wanted { label: label(&target, &place), path, file, place };
                (wanted, std::mem::take(&mut places.renamed))
            })
            .await?;
        let files = self.look_at(vec![wanted]).await?;
        Ok(Page { files, renamed, ..Page::default() })
    }

    async fn begin(&mut self, ordered: &Ordered) -> Result<Page, Problem> {
        let top = ordered.entry.path.clone();
        let result = self.first_page(&top).await.map_err(|error| about(&top).call(&error))?;
        let known = self.handle.downloaded(vec![Arc::clone(top.lower())]).await;
        let known = known.get(top.lower()).map(|item| self.target.join(&item.local_name));
        let (made_for, chosen) = (top.clone(), ordered.name.clone());
        let made = self.with_places(move |places| places.top(&made_for, chosen.as_deref(), known)).await?;
        let made = made.map_err(|error| about(&top).local(&error))?;
        if let Some(name) = made.file_name().and_then(|name| name.to_str()) {
            let (path_lower, local_name) = (Arc::clone(top.lower()), name.to_owned());
            self.handle.record_change(|transfer| Change::ItemDownloaded {
                transfer,
                path_lower,
                local_name,
                rev: None,
            });
        }
        let under_way = UnderWay { top, cursor: String::new(), seen: HashSet::new() };
        let mut page = self.page(under_way, result).await?;
        page.made.push(made);
        Ok(page)
    }

    async fn go_on(&mut self, mut under_way: UnderWay) -> Result<Page, Problem> {
        let arg = ListFolderContinueArg::new(under_way.cursor.clone());
        let result = match self.service.rpc(&LIST_FOLDER_CONTINUE, &arg).await {
            // The account has forgotten where we were: what is known already is passed over.
            Err(error) if error.kind() == ProblemKind::CursorReset => self.first_page(&under_way.top).await,
            result => result.map_err(ServiceError::from),
        };
        let result = result.map_err(|error| about(&under_way.top).call(&error))?;
        under_way.cursor.clear();
        self.page(under_way, result).await
    }

    async fn first_page(&self, top: &RemotePath) -> Result<ListFolderResult, ServiceError> {
        let arg = ListFolderArg { recursive: true, ..ListFolderArg::new(top.as_str()) };
        Ok(self.service.rpc(&LIST_FOLDER, &arg).await?)
    }

    async fn page(&mut self, mut under_way: UnderWay, result: ListFolderResult) -> Result<Page, Problem> {
        let top = under_way.top.clone();
        let entries: Vec<Entry> = result
            .entries
            .iter()
            .map(|item| convert::entry(item, None))
            .filter(|entry| !entry.is_deleted() && under_way.seen.insert(Arc::clone(entry.path.lower())))
            .collect();
        if result.has_more {
            under_way.cursor = result.cursor;
            self.under_way = Some(under_way);
        }
        let mut page = Page { top: Some(top.clone()), ..Page::default() };
        page.seen = entries
            .iter()
            .map(|entry| (entry.path.clone(), entry.file().map(|file| file.size_bytes)))
            .collect();
        let target = Arc::clone(&self.target);
        let (placed, renamed) = self
            .with_places(move |places| {
                let placed = place(places, &top, entries, &target);
                (placed, std::mem::take(&mut places.renamed))
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
        page.files = self.look_at(wanted).await?;
        Ok(page)
    }

    /// What stands at the places of these files.
    async fn look_at(&self, wanted: Vec<Wanted>) -> Result<Vec<(Wanted, Standing)>, Problem> {
        let paths = wanted.iter().map(|wanted| Arc::clone(wanted.path.lower())).collect();
        let downloaded = self.handle.downloaded(paths).await;
        let existing = self.existing;
        blocking(move || {
            wanted
                .into_iter()
                .map(|wanted| {
                    let item = downloaded.get(wanted.path.lower());
                    let standing = standing(&wanted, existing, item);
                    (wanted, standing)
                })
                .collect()
        })
        .await
    }

    async fn with_places<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Places) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let Some(mut places) = self.places.take() else { return Err(problem::internal()) };
        let (places, result) = blocking(move || {
            let result = work(&mut places);
            (places, result)
        })
        .await?;
        self.places = Some(places);
        Ok(result)
    }
}

impl Page {
    fn failed(problem: Problem) -> Self {
        Self { failed: vec![problem], ..Self::default() }
    }
}

/// Makes the folders of a page, and finds places for its files.
fn place(
    places: &mut Places,
    top: &RemotePath,
    entries: Vec<Entry>,
    target: &Path,
) -> Vec<Result<Wanted, Problem>> {
    let (mut folders, files): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.file().is_none());
    // Parents come first, so that each is made by its own row, which alone knows its spelling.
    folders.sort_by(|one, other| one.path.cmp(&other.path));
    let mut found = Vec::with_capacity(files.len());
    for folder in folders {
        if places.is_out_of_reach(&folder.path) {
            continue;
        }
        if let Err(error) = places.folder(top, &folder.path) {
            found.push(Err(about(&folder.path).local(&error)));
        }
    }
    for entry in files {
        let path = entry.path.clone();
        let Some(file) = entry.file().filter(|_| !places.is_out_of_reach(&path)).cloned() else { continue };
        found.push(match places.file(top, &path) {
            Ok(place) => Ok(Wanted { label: label(target, &place), path, file, place }),
            Err(error) => Err(about(&path).local(&error)),
        });
    }
    found
}

fn label(target: &Path, place: &Path) -> Arc<str> {
    place.strip_prefix(target).unwrap_or(place).to_string_lossy().into()
}

fn about(path: &RemotePath) -> Subject {
    problem::item(path, "downloaded")
}
