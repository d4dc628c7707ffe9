//! The account that both sides use: `coffer serve` of the same build, or another one that was named.

use super::measured;
use super::setting::Setting;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const TOKEN: &str = "the-token-of-the-benchmark";

pub struct Service {
    pub url: String,
    pub token: String,
    process: Option<Child>,
    vault: PathBuf,
}

impl Service {
    /// An empty account; with a named one, that account as it is.
    pub fn fresh(setting: &Setting, latency: Duration) -> Self {
        setting.fresh("vault");
        Self::open(setting, latency, &[])
    }

    /// The account of the last [`fresh`](Self::fresh) again. `faults` are in the words of `coffer serve --fault`.
    pub fn open(setting: &Setting, latency: Duration, faults: &[&str]) -> Self {
        let vault = setting.place("vault");
        if let Some((url, token)) = &setting.given {
            return Self { url: url.clone(), token: token.clone(), process: None, vault };
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_coffer"));
        command.arg("serve").arg("--dir").arg(&vault).env("COFFER_TOKEN", TOKEN);
        command.arg("--latency-ms").arg(latency.as_millis().to_string());
        for fault in faults {
            command.args(["--fault", fault]);
        }
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").expect("the server says where it listens");
        Self { url: url.to_owned(), token: TOKEN.to_owned(), process: Some(process), vault }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.url
            .strip_prefix("http://")
            .and_then(|address| address.parse().ok())
            .expect("an address of this machine")
    }

    /// The folder of the account.
    pub fn vault(&self) -> &Path {
        &self.vault
    }

    /// One number out of the account's database.
    pub fn count(&self, query: &str) -> u64 {
        self.database().query_row(query, [], |row| row.get::<_, i64>(0)).unwrap() as u64
    }

    /// All files that stand in the account: their paths in lower case, and the hashes of their contents.
    pub fn files(&self) -> BTreeMap<String, String> {
        let database = self.database();
        let query =
            "SELECT path_lower, lower(hex(hash)) FROM entries JOIN revisions USING (rev) WHERE gone = 0";
        let mut statement = database.prepare(query).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// How many revisions there are of each content, by its hash.
    pub fn revisions(&self) -> BTreeMap<String, u64> {
        let database = self.database();
        let query = "SELECT lower(hex(hash)), count(*) FROM revisions GROUP BY hash";
        let mut statement = database.prepare(query).unwrap();
        let count = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64));
        statement.query_map([], count).unwrap().map(Result::unwrap).collect()
    }

    fn database(&self) -> Connection {
        let file = self.vault.join("vault.sqlite");
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
    }

    /// Variables by which a side finds the account.
    pub fn tell(&self, command: &mut Command) {
        command.env("COFFER_API_URL", &self.url).env("COFFER_TOKEN", &self.token);
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            measured::kill(process);
        }
    }
}

/// A name for a folder of the account that is not there yet.
pub fn new_folder() -> String {
    format!("/Coffer benchmark {:016x}", fastrand::u64(..))
}
