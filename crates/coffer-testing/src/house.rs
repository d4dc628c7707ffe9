//! A worker with a server of its own in a temporary folder, and plain ways to ask both.

pub use crate::noted_desktop::NotedDesktop;
use crate::transfer_file::TransferFile;
use bytes::Bytes;
use coffer_model::message::{Edit, Event, Job, Outcome, Port, Request, RequestId, Update};
use coffer_model::transfer::{Decision, TransferReport, UploadPlan};
use coffer_model::{
    AccountChoice, Entry, IndexPhase, IndexStatus, Listing, Operation, Problem, Receipt, RemotePath,
    Reversal, Sort,
};
use coffer_server::clock::Clock;
use coffer_server::faults::Faults;
use coffer_server::{Server, ServerConfig};
use coffer_worker::{Dirs, ItemTimes, SecretStorage, ServerEndpoint, Worker, WorkerConfig};
use dropbox_client::{ApiError, BaseUrls, ClientOptions, DropboxClient, PutOptions, RestClient};
use dropbox_protocol::files::{
    DELETE, DOWNLOAD, DeleteArg, DownloadArg, GET_METADATA, GetMetadataArg, LIST_FOLDER,
    LIST_FOLDER_CONTINUE, ListFolderArg, ListFolderContinueArg, Metadata,
};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Nothing here takes so long unless it hangs.
pub const PATIENCE: Duration = Duration::from_mins(1);

pub struct House {
    pub worker: Option<Worker>,
    pub port: Port,
    pub server: Arc<Server>,
    pub client: DropboxClient,
    pub desktop: Arc<NotedDesktop>,
    /// The account's time.
    pub clock: Clock,
    /// Events of jobs that nobody has asked for yet.
    waiting: Vec<Event>,
    next_id: u64,
    pub session: RequestId,
    pub runtime: tokio::runtime::Runtime,
    /// Where the worker keeps its things, and tests their files.
    pub folder: tempfile::TempDir,
}

/// How a job went.
#[derive(Debug)]
pub struct Ended {
    pub updates: Vec<Update>,
    pub outcome: Outcome,
}

impl Ended {
    #[track_caller]
    pub fn receipt(self) -> Receipt {
        match self.outcome {
            Outcome::Done(receipt) => receipt,
            other => panic!("the job did not go well: {other:?}"),
        }
    }

    #[track_caller]
    pub fn problem(self) -> Problem {
        match self.outcome {
            Outcome::Failed(problem) => problem,
            other => panic!("the job did not fail: {other:?}"),
        }
    }

    pub fn listings(&self) -> Vec<Arc<Listing>> {
        self.updates
            .iter()
            .filter_map(|update| match update {
                Update::Listing(listing) => Some(Arc::clone(listing)),
                _ => None,
            })
            .collect()
    }
}

impl Default for House {
    fn default() -> Self {
        Self::new()
    }
}

impl House {
    /// An empty local account, open.
    pub fn new() -> Self {
        Self::with(|_| {}, false)
    }

    pub fn with(configure: impl FnOnce(&mut ServerConfig), fresh: bool) -> Self {
        let mut house = Self::closed(configure, fresh);
        house.session = house.start(Job::Session(AccountChoice::Local));
        house
    }

    /// The worker runs, but no account is open.
    pub fn closed(configure: impl FnOnce(&mut ServerConfig), fresh: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let mut config = ServerConfig::new(folder.path().join("vault"));
        config.allows_sign_in = true;
        let clock = config.clock.clone();
        configure(&mut config);
        let server = Arc::new(runtime.block_on(Server::start(config)).unwrap());
        let rest = RestClient::new(BaseUrls::all(&server.url()).unwrap()).unwrap();
        let options = ClientOptions::default().with_rest_client(rest);
        let client = DropboxClient::new(server.token(), options).unwrap();
        let desktop = Arc::new(NotedDesktop::default());
        let (worker, port) = start_worker(folder.path(), &server, &desktop, &clock, fresh);
        Self {
            worker: Some(worker),
            port,
            server,
            client,
            desktop,
            clock,
            waiting: Vec::new(),
            next_id: 1,
            session: RequestId(0),
            runtime,
            folder,
        }
    }

    /// The local account is open, and its worker only hears of what it asks for, as that of a command.
    pub fn that_follows_nothing() -> Self {
        let mut house = Self::closed(|_| {}, false);
        house.worker = None;
        let endpoint = endpoint(&house.server, &house.clock, false);
        let (folder, desktop) = (house.folder.path(), Arc::clone(&house.desktop));
        let (worker, port) = start(folder, endpoint, desktop, house.clock.clone(), false);
        house.worker = Some(worker);
        house.port = port;
        house.session = house.start(Job::Session(AccountChoice::Local));
        house
    }

    /// Ends the worker as closing the window does, and starts another one over the same folders.
    pub fn restart_worker(&mut self) {
        self.restart_worker_with(AccountChoice::Local);
    }

    /// The same, with another account.
    pub fn restart_worker_with(&mut self, choice: AccountChoice) {
        self.worker = None;
        let (worker, port) =
            start_worker(self.folder.path(), &self.server, &self.desktop, &self.clock, false);
        self.worker = Some(worker);
        self.port = port;
        self.waiting.clear();
        self.session = self.start(Job::Session(choice));
    }

    pub fn faults(&self) -> Faults {
        self.server.faults()
    }

    pub fn start(&mut self, job: Job) -> RequestId {
        let id = RequestId(self.next_id);
        self.next_id += 1;
        self.port.requests.send(Request::Run { id, job }).unwrap();
        id
    }

    pub fn cancel(&self, id: RequestId) {
        self.port.requests.send(Request::Cancel(id)).unwrap();
    }

    pub fn run(&mut self, job: Job) -> Ended {
        let id = self.start(job);
        self.wait(id)
    }

    /// Undoes an operation, or redoes it where it is undone. Some of its items may be refused, or all.
    #[track_caller]
    pub fn reverse(&mut self, operation: &Operation) -> Reversal {
        match self.run(Job::Edit(Edit::reverse(operation))).receipt() {
            Receipt::Reversed(reversal) => *reversal,
            other => panic!("an undo answers with an undo: {other:?}"),
        }
    }

    /// Everything that a job tells, up to its end.
    #[track_caller]
    pub fn wait(&mut self, id: RequestId) -> Ended {
        let mut updates = Vec::new();
        loop {
            match self.next_of(id) {
                Event::Update { update, .. } => updates.push(update),
                Event::Finished { outcome, .. } => return Ended { updates, outcome },
            }
        }
    }

    /// Waits until a job tells something that fits.
    #[track_caller]
    pub fn wait_for<T>(&mut self, id: RequestId, mut fits: impl FnMut(&Update) -> Option<T>) -> T {
        loop {
            match self.next_of(id) {
                Event::Update { update, .. } => {
                    if let Some(found) = fits(&update) {
                        return found;
                    }
                }
                Event::Finished { outcome, .. } => panic!("the job has ended: {outcome:?}"),
            }
        }
    }

    /// Waits until the window has heard that the index is complete and has so many files.
    #[track_caller]
    pub fn wait_for_files(&mut self, files: u64) -> IndexStatus {
        self.wait_for(self.session, |update| match update {
            Update::Index(status) if status.phase == IndexPhase::Complete && status.files == files => {
                Some(status.clone())
            }
            _ => None,
        })
    }

    /// Whether a job has told its end. Takes a moment, in which more may be told.
    pub fn has_ended(&mut self, id: RequestId) -> bool {
        self.waiting.extend(self.port.events.recv_timeout(Duration::from_millis(10)));
        let ends = |event: &Event| matches!(event, Event::Finished { id: of, .. } if *of == id);
        self.waiting.iter().any(ends)
    }

    #[track_caller]
    pub fn next_of(&mut self, id: RequestId) -> Event {
        let of = |event: &Event| match event {
            Event::Update { id, .. } | Event::Finished { id, .. } => *id,
        };
        if let Some(place) = self.waiting.iter().position(|event| of(event) == id) {
            return self.waiting.remove(place);
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.port.events.recv_timeout(left).expect("the job says nothing any more");
            if of(&event) == id {
                return event;
            }
            self.waiting.push(event);
        }
    }

    /// Writes a file from elsewhere, not through the worker. An existing one gets a new revision.
    pub fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Entry {
        let options = PutOptions::default().with_overwrite(true);
        self.runtime.block_on(self.client.put_file(path, bytes.into(), &options)).unwrap();
        self.entry(path)
    }

    /// Deletes an item from elsewhere.
    pub fn delete(&self, path: &str) {
        self.runtime.block_on(self.client.rpc(&DELETE, &DeleteArg::new(path))).unwrap();
    }

    /// The bytes at a path, or of a `rev:`.
    #[track_caller]
    pub fn read(&self, path: &str) -> Vec<u8> {
        self.try_read(path).unwrap()
    }

    /// For a file that may be on its way.
    pub fn try_read(&self, path: &str) -> Result<Vec<u8>, ApiError> {
        self.runtime.block_on(async {
            let mut reply = self.client.download(&DOWNLOAD, &DownloadArg::new(path), None).await?;
            Ok(reply.response.read(None).await?.to_vec())
        })
    }

    pub fn exists(&self, path: &str) -> bool {
        self.runtime.block_on(self.client.rpc(&GET_METADATA, &GetMetadataArg::new(path))).is_ok()
    }

    /// What stands at a path, asked through the worker.
    #[track_caller]
    pub fn entry(&self, path: &str) -> Entry {
        let metadata =
            self.runtime.block_on(self.client.rpc(&GET_METADATA, &GetMetadataArg::new(path))).unwrap();
        entry(&metadata)
    }

    /// Every path in a small account, sorted; folders end in a slash.
    pub fn tree(&self) -> Vec<String> {
        let paths = self.every_path();
        assert!(paths.len() < 100, "too many for a test to compare");
        paths
    }

    pub fn every_path(&self) -> Vec<String> {
        let arg = ListFolderArg { recursive: true, ..ListFolderArg::new("") };
        let mut page = self.runtime.block_on(self.client.rpc(&LIST_FOLDER, &arg)).unwrap();
        let mut entries = std::mem::take(&mut page.entries);
        while page.has_more {
            let arg = ListFolderContinueArg::new(page.cursor);
            page = self.runtime.block_on(self.client.rpc(&LIST_FOLDER_CONTINUE, &arg)).unwrap();
            entries.append(&mut page.entries);
        }
        let mut paths: Vec<String> = entries
            .iter()
            .map(|item| {
                let slash = if matches!(item, Metadata::Folder(_)) { "/" } else { "" };
                format!("{}{slash}", item.path_display().unwrap())
            })
            .collect();
        paths.sort();
        paths
    }

    /// The file of transfers of the worker.
    pub fn transfers(&self) -> TransferFile {
        TransferFile::new(&self.local("coffer/state"))
    }

    /// A folder on this computer for the test's files.
    pub fn local(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lists a folder to the end, and gives the last listing.
    #[track_caller]
    pub fn list(&mut self, path: &str) -> Arc<Listing> {
        let ended = self.run(Job::List { path: RemotePath::new(path), sort: Sort::default() });
        let listing = ended.listings().last().cloned().expect("a listing was told");
        assert_eq!(ended.outcome, Outcome::Done(Receipt::Nothing));
        listing
    }
}

fn start_worker(
    folder: &Path,
    server: &Arc<Server>,
    desktop: &Arc<NotedDesktop>,
    clock: &Clock,
    fresh: bool,
) -> (Worker, Port) {
    start(folder, endpoint(server, clock, fresh), Arc::clone(desktop), clock.clone(), true)
}

fn endpoint(server: &Arc<Server>, clock: &Clock, fresh: bool) -> ServerEndpoint {
    let clock = clock.clone();
    ServerEndpoint {
        fresh,
        item_times: Some(ItemTimes(Arc::new(move |times| clock.set_item_times(times)))),
        ..ServerEndpoint::new(server.url(), server.token())
    }
}

/// A worker whose local account is the server at `url`.
pub fn start_worker_at(folder: &Path, url: &str, token: &str) -> (Worker, Port) {
    start(folder, ServerEndpoint::new(url.to_owned(), token.to_owned()), Arc::default(), Clock::new(), true)
}

fn start(
    folder: &Path,
    endpoint: ServerEndpoint,
    desktop: Arc<NotedDesktop>,
    clock: Clock,
    follows_changes: bool,
) -> (Worker, Port) {
    let dirs = Dirs::new(Some(folder.join("coffer"))).unwrap();
    let embedded = Arc::new(move || {
        let endpoint = endpoint.clone();
        Box::pin(async move { Ok(endpoint) }) as futures_util::future::BoxFuture<'static, _>
    });
    let mut config = WorkerConfig::new(dirs, Arc::new(|_| {}), embedded);
    config.secrets = SecretStorage::File;
    config.desktop = desktop;
    config.sound_server = Some(folder.join("sound"));
    config.follows_changes = follows_changes;
    config.clock = Arc::new(move || Timestamp::from_second(clock.now()).unwrap());
    Worker::start(config).unwrap()
}

/// An entry made from what the service says, independently of the worker.
fn entry(metadata: &Metadata) -> Entry {
    use coffer_model::{DeletedKind, EntryKind, File, Rev};
    let path = RemotePath::new(metadata.path_display().unwrap());
    let kind = match metadata {
        Metadata::Folder(folder) => EntryKind::Folder { id: folder.id.as_str().into() },
        Metadata::Deleted(_) => EntryKind::Deleted(DeletedKind::Unknown),
        Metadata::File(file) => EntryKind::File(File {
            id: file.id.as_str().into(),
            rev: Rev(file.rev.as_str().into()),
            size_bytes: file.size,
            client_modified: file.client_modified.instant(),
            server_modified: file.server_modified.instant(),
            content_hash: file.content_hash.as_deref().map(Into::into),
            access: coffer_model::entry::ContentAccess::Download,
        }),
    };
    Entry::new(path, kind)
}

/// The names of a listing, in order.
pub fn names(listing: &Listing) -> Vec<&str> {
    listing.entries.iter().map(Entry::name).collect()
}

#[track_caller]
pub fn plan(house: &mut House, local_paths: Vec<PathBuf>, target: &str) -> Arc<UploadPlan> {
    let job = Job::PlanUpload { local_paths, target: RemotePath::new(target), follows_links: false };
    match house.run(job).receipt() {
        Receipt::Planned(plan) => plan,
        other => panic!("a plan answers with a plan: {other:?}"),
    }
}

#[track_caller]
pub fn transferred(receipt: Receipt) -> (TransferReport, Option<Operation>) {
    match receipt {
        Receipt::Transferred { report, operation } => (report, operation),
        other => panic!("a transfer answers with a report: {other:?}"),
    }
}

#[track_caller]
pub fn upload(
    house: &mut House,
    plan: Arc<UploadPlan>,
    decisions: &[Decision],
) -> (TransferReport, Option<Operation>) {
    transferred(house.run(Job::Upload { plan: decided(plan, decisions) }).receipt())
}

/// The plan with decisions for its conflicts, in their order.
pub fn decided(mut plan: Arc<UploadPlan>, decisions: &[Decision]) -> Arc<UploadPlan> {
    let open: Vec<usize> = plan.files.open_conflicts().map(|(index, _)| index).collect();
    for (index, decision) in open.into_iter().zip(decisions) {
        Arc::make_mut(&mut plan).files.decide(index, *decision);
    }
    plan
}

/// Bytes that differ everywhere.
pub fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..length).map(|_| random.u8(..)).collect()
}

/// Bytes that repeat nowhere, made quickly.
pub fn bulk(mebibytes: usize, seed: u64) -> Vec<u8> {
    let mut bytes = vec![0; mebibytes << 20];
    fastrand::Rng::with_seed(seed).fill(&mut bytes);
    bytes
}
