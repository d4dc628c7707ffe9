//! A window over the real worker and the real server, each in this process, with a folder of its own on disk. It is
//! drawn as the program's is: nobody reads it aloud, so nothing is made for that.

use coffer::ui::app::{App, Start};
use coffer::ui::native;
use coffer_model::{RequestId, Settings};
use coffer_server::{Server, ServerConfig};
use coffer_state::transfers::TransferItem;
use coffer_state::{Action, State};
use coffer_worker::{Dirs, LocalServer, SecretStorage, ServerEndpoint, Worker, WorkerConfig};
use dropbox_client::{BaseUrls, ClientOptions, DropboxClient, RestClient};
use dropbox_protocol::files::{CREATE_FOLDER_BATCH, CreateFolderBatchArg, GET_METADATA, GetMetadataArg};
use eframe::{App as _, CreationContext, Frame};
use egui::{Context, Event, Rect, Vec2};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SIZE: Vec2 = egui::vec2(1280.0, 800.0);

/// Folders that are made by one call.
const BATCH: usize = 10_000;
/// Filling a folder takes no longer unless something is wrong.
const FILLED_WITHIN: Duration = Duration::from_mins(2);

pub struct Real {
    ctx: Context,
    app: App,
    frame: Frame,
    /// When a frame is due, as the window asked for it last.
    due: Arc<Mutex<Option<Instant>>>,
    // In the order in which they must go.
    _worker: Worker,
    _server: Server,
    _runtime: tokio::runtime::Runtime,
    _home: TempDir,
}

impl Real {
    /// An account with one folder that holds so many others, in a window that begins with these actions.
    pub fn open(folder: &str, entries: usize, actions: impl IntoIterator<Item = Action>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server = runtime.block_on(Server::start(ServerConfig::new(home.path().join("vault")))).unwrap();
        fill(&runtime, &server, folder, entries);

        let endpoint = ServerEndpoint::new(server.url(), server.token());
        let local_server: LocalServer = Arc::new(move || {
            let endpoint = endpoint.clone();
            Box::pin(async move { Ok(endpoint) })
        });
        let dirs = Dirs::new(Some(home.path().join("coffer"))).unwrap();
        let window = Arc::new(OnceLock::new());
        let mut config = WorkerConfig::new(dirs, native::waker(&window), local_server);
        config.secrets = SecretStorage::File;
        let (worker, port) = Worker::start(config).unwrap();
        let (mut state, mut effects) = State::new(Settings::default());
        effects.extend(actions.into_iter().flat_map(|action| state.act(action)));
        let start = Start::new(state, effects, port);
        let ctx = Context::default();
        let app = App::new(&CreationContext::_new_kittest(ctx.clone()), start);
        let due = Arc::new(Mutex::new(None));
        let asked = Arc::clone(&due);
        ctx.set_request_repaint_callback(move |info| {
            let now = Instant::now();
            let mut due = asked.lock().unwrap();
            let at = now.checked_add(info.delay);
            *due = [*due, at].into_iter().flatten().min();
        });
        assert!(window.set(ctx.clone()).is_ok());
        let frame = Frame::_new_kittest();
        Self { ctx, app, frame, due, _worker: worker, _server: server, _runtime: runtime, _home: home }
    }

    pub fn state(&self) -> &State {
        self.app.state()
    }

    pub fn transfer(&self, id: RequestId) -> &TransferItem {
        self.state().transfers.get(id).unwrap()
    }

    pub fn is_listed(&self) -> bool {
        self.state().browser.listing.value().is_some_and(|listing| listing.complete)
    }

    /// Whether a frame that the window asked for is due now.
    pub fn wants_frame(&self) -> bool {
        self.due.lock().unwrap().is_some_and(|due| due <= Instant::now())
    }

    /// As if the person had done it.
    pub fn act(&mut self, action: Action) {
        self.app.act(action);
    }

    /// Draws one frame, so many seconds after the first.
    pub fn draw(&mut self, secs: f64, events: Vec<Event>) {
        *self.due.lock().unwrap() = None;
        let screen_rect = Some(Rect::from_min_size(egui::Pos2::ZERO, SIZE));
        let input = egui::RawInput { screen_rect, time: Some(secs), events, ..egui::RawInput::default() };
        let mut drawn = self.ctx.run_ui(input, |ui| {
            self.app.logic(ui, &mut self.frame);
            self.app.ui(ui, &mut self.frame);
        });
        let shapes = std::mem::take(&mut drawn.shapes);
        std::hint::black_box(self.ctx.tessellate(shapes, drawn.pixels_per_point));
        // There is no screen card that would take them.
        drawn.textures_delta.clear();
    }
}

fn fill(runtime: &tokio::runtime::Runtime, server: &Server, folder: &str, entries: usize) {
    let rest_client = RestClient::new(BaseUrls::all(&server.url()).unwrap()).unwrap();
    let options = ClientOptions::default().with_rest_client(rest_client);
    let client = DropboxClient::new(server.token(), options).unwrap();
    let path = |number: usize| format!("{folder}/Measurement {number:06}");
    for first in (0..entries).step_by(BATCH) {
        let paths = (first..entries.min(first + BATCH)).map(path).collect();
        let arg = CreateFolderBatchArg { paths, autorename: false, force_async: false };
        runtime.block_on(client.rpc(&CREATE_FOLDER_BATCH, &arg)).unwrap();
    }
    // The answer may be a job: the folder is complete when its last item stands.
    let last = GetMetadataArg::new(path(entries - 1));
    let end = Instant::now() + FILLED_WITHIN;
    while let Err(error) = runtime.block_on(client.rpc(&GET_METADATA, &last)) {
        assert!(Instant::now() < end, "{} is not there after {FILLED_WITHIN:?}: {error}", path(entries - 1));
    }
}
