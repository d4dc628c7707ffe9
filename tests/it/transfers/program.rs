//! An account, a counting proxy in front of it, and the program, which keeps its things in a folder of the test.

use crate::counting_proxy::CountingProxy;
use coffer::api::{BaseUrls, ClientOptions, DropboxClient, PutOptions, RestClient};
use coffer::protocol::files::{DOWNLOAD, DownloadArg, LIST_FOLDER, ListFolderArg, Metadata};
use coffer::server::{Server, ServerConfig};
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub struct Setup {
    pub server: Server,
    pub proxy: CountingProxy,
    client: DropboxClient,
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

impl Setup {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let config = ServerConfig::new(folder.path().join("vault"));
        let server = runtime.block_on(Server::start(config)).unwrap();
        let rest = RestClient::new(BaseUrls::all(&server.url()).unwrap()).unwrap();
        let options = ClientOptions { rest_client: Some(rest), ..ClientOptions::default() };
        let client = DropboxClient::new(server.token(), options).unwrap();
        let proxy = CountingProxy::start(server.address());
        Self { server, proxy, client, runtime, folder }
    }

    /// A place on this computer.
    pub fn local(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file on this computer.
    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.local(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// A command of the program. What earlier ones have noted is there.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coffer"));
        command.args(arguments).stdin(Stdio::null());
        command.env("COFFER_DATA_DIR", self.local("coffer"));
        command.env("COFFER_API_URL", self.proxy.url()).env("COFFER_TOKEN", self.server.token());
        command
    }

    /// Runs a command to its end, which must be a good one.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) {
        let output = self.program(arguments).output().unwrap();
        self.proxy.wait_until_quiet();
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            output.status.success(),
            "{arguments:?}: {}\n{}{}",
            output.status,
            said(&output.stderr),
            said(&output.stdout)
        );
    }

    /// Starts a command and kills it when the proxy holds everything back, as a power cut would.
    #[track_caller]
    pub fn run_until_held(&self, way: crate::counting_proxy::Way, bytes: u64, arguments: &[&str]) {
        self.proxy.hold_at(way, bytes);
        let mut child = self.program(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let held = self.proxy.wait_for(way, bytes, || child.try_wait().unwrap().is_some());
        let _ = child.kill();
        child.wait().unwrap();
        assert!(held, "the command ended before {bytes} bytes had passed");
    }

    /// Puts a file into the account by other means than the program.
    pub fn put(&self, remote_path: &str, bytes: Vec<u8>) {
        self.runtime.block_on(self.client.put_file(remote_path, bytes, &PutOptions::default())).unwrap();
    }

    /// All files below a folder of the account, by their paths in it.
    pub fn read_tree(&self, remote_path: &str) -> BTreeMap<String, Vec<u8>> {
        let arg = ListFolderArg { recursive: true, ..ListFolderArg::new(remote_path) };
        let page = self.runtime.block_on(self.client.rpc(&LIST_FOLDER, &arg)).unwrap();
        assert!(!page.has_more, "too many for a test to compare");
        let paths = page.entries.iter().filter(|entry| matches!(entry, Metadata::File(_)));
        paths
            .map(|entry| {
                let path = entry.path_display().unwrap();
                (path[remote_path.len() + 1..].to_owned(), self.read(path))
            })
            .collect()
    }

    pub fn read(&self, remote_path: &str) -> Vec<u8> {
        self.runtime
            .block_on(async {
                let mut reply = self.client.download(&DOWNLOAD, &DownloadArg::new(remote_path), None).await?;
                reply.response.read(None).await
            })
            .unwrap()
            .to_vec()
    }

    /// One number out of the account's database.
    pub fn count(&self, query: &str) -> i64 {
        let file = self.local("vault/vault.sqlite");
        let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        database.query_row(query, [], |row| row.get(0)).unwrap()
    }
}

/// All files below a folder of this computer, by their paths in it.
pub fn local_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for item in std::fs::read_dir(next).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    found
}
