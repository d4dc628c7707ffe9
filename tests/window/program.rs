//! The real program with its window on a display of its own, and a look into its account from outside.

use crate::driver::{Driver, poll};
use crate::xdnd;
use crate::xvfb::Xvfb;
use coffer_server::faults::Faults;
use coffer_server::{Server, ServerConfig};
use dropbox_client::{
    BaseUrls, ClientOptions, DropboxClient, MetadataOptions, PutOptions, RestClient, RevisionsOptions, Tokens,
};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command};
use tokio::runtime::Runtime;

/// The window on a display of its own.
pub struct OpenWindow {
    child: Child,
    pub driver: Driver,
    pub display: Xvfb,
}

pub struct Program {
    pub window: OpenWindow,
    client: DropboxClient,
    runtime: Runtime,
    server: Option<Server>,
}

impl OpenWindow {
    /// Without a session bus: neither a keyring nor a file dialog of the person who runs the tests is touched.
    pub fn start(home: &Path, data_dir: &Path, options: &[&str]) -> Self {
        Self::start_on_bus(home, data_dir, options, "unix:path=/nonexistent")
    }

    pub fn start_on_bus(home: &Path, data_dir: &Path, options: &[&str], session_bus: &str) -> Self {
        let display = Xvfb::start();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let inspection = format!("127.0.0.1:{port}");
        let child = Command::new(env!("CARGO_BIN_EXE_coffer"))
            .arg("--data-dir")
            .arg(data_dir)
            .args(options)
            .env("DISPLAY", &display.display)
            .env_remove("WAYLAND_DISPLAY")
            .env("DBUS_SESSION_BUS_ADDRESS", session_bus)
            .env("XDG_RUNTIME_DIR", home)
            .env("EGUI_INSPECTION", &inspection)
            .spawn()
            .unwrap();
        let driver = Driver::connect(&inspection);
        Self { child, driver, display }
    }

    pub fn press(&self, keys: &str) {
        self.xdotool(&["key", keys]);
    }

    /// Without a window manager nobody gives the window the keyboard, so it is given each time.
    fn xdotool(&self, what: &[&str]) {
        let mut arguments =
            vec!["search", "--sync", "--onlyvisible", "--name", "Coffer", "windowfocus", "--sync"];
        arguments.extend(what);
        let status = Command::new("xdotool").args(arguments).env("DISPLAY", &self.display.display).status();
        assert!(status.unwrap().success(), "xdotool {what:?}");
    }
}

impl Program {
    /// Opens the window on a new local account below `home`.
    pub fn start(home: &Path) -> Self {
        let data_dir = home.join("data");
        Self::open(home, &data_dir, &["--try-out"], None)
    }

    /// Opens the window on the account of a server that the test runs.
    pub fn start_on_server(home: &Path) -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server = runtime.block_on(Server::start(ServerConfig::new(home.join("vault")))).unwrap();
        let token_file = home.join("token");
        fs::write(&token_file, server.token()).unwrap();
        let url = server.url();
        let options = ["--api-url", &url, "--token-file", token_file.to_str().unwrap()];
        Self::open(home, &home.join("data"), &options, Some((server, runtime)))
    }

    fn open(home: &Path, data_dir: &Path, options: &[&str], server: Option<(Server, Runtime)>) -> Self {
        let window = OpenWindow::start(home, data_dir, options);
        let (url, token) = match &server {
            Some((server, _)) => (server.url(), server.token()),
            None => endpoint(data_dir),
        };
        let rest_client = RestClient::new(BaseUrls::all(&url).unwrap()).unwrap();
        let options = ClientOptions::default().with_rest_client(rest_client);
        let client = DropboxClient::new(Tokens::access(token), options).unwrap();
        let (server, runtime) = match server {
            Some((server, runtime)) => (Some(server), runtime),
            None => (None, Runtime::new().unwrap()),
        };
        Self { window, client, runtime, server }
    }

    pub fn drop_files(&self, paths: &[&Path]) {
        xdnd::Source::new(&self.window.display.display, "Coffer", paths).drop_at(560, 560);
    }

    pub fn press(&self, keys: &str) {
        self.window.press(keys);
    }

    pub fn type_text(&self, text: &str) {
        self.window.xdotool(&["type", text]);
    }

    /// Moves the pointer to a place of the screen.
    pub fn point(&self, [x, y]: [i32; 2]) {
        self.window.xdotool(&["mousemove", "--sync", &x.to_string(), &y.to_string()]);
    }

    /// `mousedown` or `mouseup` of the first button.
    pub fn mouse(&self, what: &str) {
        self.window.xdotool(&[what, "1"]);
    }

    pub fn put(&self, path: &str, bytes: &'static [u8]) {
        self.runtime.block_on(self.client.put_file(path, bytes, &PutOptions::default())).unwrap();
    }

    /// Of the server that the test runs.
    pub fn faults(&self) -> Faults {
        self.server.as_ref().unwrap().faults()
    }

    pub fn wait_for_bytes(&self, path: &str, expected: &[u8]) {
        poll(&format!("{path} on the server"), || {
            let bytes = self.runtime.block_on(async {
                let mut response = self.client.get_file(path, None).await.ok()?;
                response.read(None).await.ok()
            })?;
            (*bytes == *expected).then_some(())
        });
    }

    pub fn wait_for_folder(&self, path: &str) {
        poll(&format!("{path} on the server"), || {
            let metadata =
                self.runtime.block_on(self.client.metadata(path, &MetadataOptions::default())).ok()?;
            metadata.is_dir.then_some(())
        });
    }

    pub fn revisions(&self, path: &str) -> usize {
        self.runtime
            .block_on(self.client.revisions(path, &RevisionsOptions::default()))
            .unwrap()
            .entries
            .len()
    }

    /// Whether the program used no CPU time during one second.
    pub fn rests_for_a_second(&self) -> bool {
        let before = self.cpu_ticks();
        std::thread::sleep(std::time::Duration::from_secs(1));
        self.cpu_ticks() == before
    }

    fn cpu_ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.window.child.id())).unwrap();
        let after_name = stat.rsplit_once(')').unwrap().1;
        after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }
}

impl Drop for OpenWindow {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the local account answers, as the running program tells other programs of the same person.
fn endpoint(data_dir: &Path) -> (String, String) {
    poll("the local account", || {
        let text = fs::read_to_string(data_dir.join("data/vault/endpoint.json")).ok()?;
        let endpoint: serde_json::Value = serde_json::from_str(&text).ok()?;
        Some((endpoint["url"].as_str()?.to_owned(), endpoint["token"].as_str()?.to_owned()))
    })
}
