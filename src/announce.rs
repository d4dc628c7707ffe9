//! Announces the address of a running local server to other programs of the same person, by a file in the vault that
//! only its owner can read, and makes sure that whoever listens there is that server.

use coffer_server::proof::{PROOF_PATH, ProofKey, ProofSide};
use coffer_stdx::private;
use dropbox_client::{BaseUrls, RestClient, RestResponse};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long a server may take to prove whose it is.
const PROOF_TIME: Duration = Duration::from_secs(2);

/// The reply with the proof stays open until the server ends, and says nothing meanwhile.
const LONGEST_LIFE: Duration = Duration::from_hours(24 * 365);

/// What the file says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Announcement {
    pub url: String,
    pub token: String,
    pub proof_key: ProofKey,
    pub owner: Owner,
}

/// Which program serves, and so how long it can be expected to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Owner {
    /// Until the person closes it.
    Window,
    /// `coffer serve`.
    Service,
    /// Only until its own work is done.
    Command,
}

pub(crate) fn write(vault: &Path, announcement: &Announcement) -> io::Result<()> {
    withdraw(vault);
    let mut announcement_file = private::options().write(true).create_new(true).open(file(vault))?;
    announcement_file.write_all(&serde_json::to_vec(announcement)?)
}

/// What was announced last, perhaps by a program that has ended since. Another process may listen at the address then:
/// send it nothing before [`Announcement::verify`].
pub(crate) fn read(vault: &Path) -> Option<Announcement> {
    serde_json::from_slice(&fs::read(file(vault)).ok()?).ok()
}

pub(crate) fn withdraw(vault: &Path) {
    let _ = fs::remove_file(file(vault));
}

fn file(vault: &Path) -> PathBuf {
    vault.join("endpoint.json")
}

impl Announcement {
    /// Asks whoever listens at the address for a proof that it is the server which was announced. What it returns is
    /// cancelled as soon as that is no longer so: when the connection ends, on which the proof came.
    pub(crate) async fn verify(&self) -> Option<CancellationToken> {
        let mut reply = self.proved().await?;
        let ended = CancellationToken::new();
        let guard = ended.clone().drop_guard();
        tokio::spawn(async move {
            while let Ok(Some(_)) = reply.chunk().await {}
            drop(guard);
        });
        Some(ended)
    }

    /// Asks whoever listens at the address now.
    pub(crate) async fn is_there(&self) -> bool {
        self.proved().await.is_some()
    }

    /// The reply with a good proof, which does not end before the server does.
    async fn proved(&self) -> Option<RestResponse> {
        tokio::time::timeout(PROOF_TIME, self.ask_for_proof()).await.ok()?
    }

    async fn ask_for_proof(&self) -> Option<RestResponse> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).ok()?;
        let nonce = format!("{:032x}", u128::from_be_bytes(random));
        let shown = self.proof_key.prove(ProofSide::Client, &self.url, &nonce);
        let rest = RestClient::new(BaseUrls::all(&self.url).ok()?).ok()?;
        let address = format!("{}{PROOF_PATH}?nonce={nonce}&proof={shown}", self.url);
        let mut reply = rest.get(&address).ok()?.patience(LONGEST_LIFE).send().await.ok()?;
        let proof = reply.chunk().await.ok()??;
        let proof = std::str::from_utf8(&proof).ok()?;
        self.proof_key.verify(ProofSide::Server, &self.url, &nonce, proof).then_some(reply)
    }
}
