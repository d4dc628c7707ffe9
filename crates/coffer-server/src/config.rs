//! How a server is started, and why it may not be.

use super::clock::Clock;
use super::faults::Faults;
use super::request_counts::RequestCounts;
use super::store::error::StoreError;
use super::store::relocation::RelocationLimits;
use super::store::removal::MOST_ITEMS;
use super::team::TeamSpace;
use super::tls::{TlsError, TlsFiles};
use dropbox_protocol::users::AccountType;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// What a server needs to know.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// The vault's folder; made when it is missing.
    pub dir: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether `listen` may be an address that other machines reach. The tokens are all that protects
    /// the account then, and they travel unencrypted.
    pub allow_other_machines: bool,
    /// The certificate for TLS. Without one the server speaks plain HTTP.
    pub tls: Option<TlsFiles>,
    /// The owner's token. When absent, a new one is made at each start.
    pub token: Option<String>,
    /// Whether apps can sign in: with the passcode of [`Server::passcode`](super::Server::passcode). Otherwise the owner's
    /// token is the only one that works, and those that apps got before wait for a server that lets them in.
    pub allows_sign_in: bool,
    /// The address that links are made with, for a server behind another one; its own when absent.
    pub external_url: Option<String>,
    /// Seconds for which access tokens made by the sign-in page work.
    pub access_token_lifetime_secs: i64,
    /// Seconds for which a cursor is good; for ever when absent, which is all a vault needs.
    pub cursor_lifetime_secs: Option<i64>,
    /// Bytes that all present files together may have.
    pub quota_bytes: u64,
    /// Items that one call may delete, move, copy or put into an archive.
    pub most_items: usize,
    /// What the account says it is; basic ones cannot have links that expire or ask for a password.
    pub account_type: AccountType,
    /// Hosts (`example.org`, `127.0.0.1:8000`) from which `files/save_url` may fetch.
    pub save_url_hosts: Vec<String>,
    /// The name of the account's owner.
    pub owner_name: String,
    /// The team whose member the owner is; the vault is its team space then.
    pub team: Option<TeamSpace>,
    /// Lets every call wait this long, to see how a program feels over a slow network.
    pub latency: Duration,
    /// Errors to inject.
    pub faults: Faults,
    /// Counts the calls.
    pub request_counts: RequestCounts,
    /// The time; a test moves it.
    pub clock: Clock,
}

impl ServerConfig {
    /// A server for the vault in `dir` on a free port of this machine, everything else as usual.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_other_machines: false,
            tls: None,
            token: None,
            allows_sign_in: false,
            external_url: None,
            access_token_lifetime_secs: 14_400,
            cursor_lifetime_secs: None,
            quota_bytes: 20 * 1024 * 1024 * 1024,
            most_items: MOST_ITEMS,
            account_type: AccountType::Pro,
            save_url_hosts: Vec::new(),
            owner_name: "Local account".to_owned(),
            team: None,
            latency: Duration::ZERO,
            faults: Faults::default(),
            request_counts: RequestCounts::default(),
            clock: Clock::new(),
        }
    }

    pub(crate) fn relocation_limits(&self) -> RelocationLimits {
        RelocationLimits { most_items: self.most_items, quota_bytes: self.quota_bytes }
    }
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Store(#[from] StoreError),

    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: std::io::Error },

    #[error(
        "{0} can be reached by other machines; only addresses of this one, such as 127.0.0.1, are allowed"
    )]
    NotLoopback(SocketAddr),

    #[error(transparent)]
    Tls(#[from] TlsError),

    #[error("the token may only have letters, digits and the characters - _ ~ . + / =")]
    BadToken,
}
