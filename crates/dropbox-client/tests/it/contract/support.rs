//! An account to test against, and shorthands.

use coffer_server::{Server, ServerConfig};
use dropbox_client::{
    ApiError, BaseUrls, ClientOptions, DropboxClient, Metadata, MetadataOptions, PutOptions, RestClient,
};
use tempfile::TempDir;

/// The token of local accounts.
const TOKEN: &str = "contract-token";

/// A client, and the folder in which the test may do as it likes.
pub struct Account {
    pub client: DropboxClient,
    folder: String,
    embedded: Option<(Server, TempDir)>,
}

impl Account {
    /// The account named by the environment, or a new embedded one.
    pub async fn new() -> Self {
        let variable = |name: &str| std::env::var(name).ok();
        match (variable("COFFER_CONTRACT_URL"), variable("COFFER_CONTRACT_TOKEN")) {
            (Some(url), Some(token)) => {
                let folder = format!("/contract-{:016x}", fastrand::u64(..));
                Self { client: client(&url, &token), folder, embedded: None }
            }
            _ => Self::with(|_| {}).await,
        }
    }

    /// A local account with some things changed.
    pub async fn with(adjust: impl FnOnce(&mut ServerConfig)) -> Self {
        let vault = tempfile::tempdir().unwrap();
        let mut config = ServerConfig::new(vault.path().join("vault"));
        config.token = Some(TOKEN.to_owned());
        config.allows_sign_in = true;
        adjust(&mut config);
        let server = Server::start(config).await.unwrap();
        Self { client: client(&server.url(), TOKEN), folder: String::new(), embedded: Some((server, vault)) }
    }

    pub fn server(&self) -> &Server {
        &self.embedded.as_ref().unwrap().0
    }

    /// A path in the test's folder.
    pub fn path(&self, relative: &str) -> String {
        format!("{}{relative}", self.folder)
    }

    /// Uploads, replacing what is there.
    pub async fn put(&self, relative: &str, content: impl Into<String>) -> Metadata {
        let overwrite = PutOptions::default().with_overwrite(true);
        self.client.put_file(&self.path(relative), content.into(), &overwrite).await.unwrap()
    }

    /// Downloads.
    pub async fn get(&self, relative: &str) -> String {
        let mut response = self.client.get_file(&self.path(relative), None).await.unwrap();
        String::from_utf8(response.read(None).await.unwrap().to_vec()).unwrap()
    }

    /// The names in a folder, in order.
    pub async fn names(&self, relative: &str) -> Vec<String> {
        let folder = self.client.metadata(&self.path(relative), &MetadataOptions::default()).await.unwrap();
        let mut names: Vec<_> = folder.contents.unwrap().iter().map(|item| item.name().to_owned()).collect();
        names.sort();
        names
    }
}

fn client(url: &str, token: &str) -> DropboxClient {
    let rest_client = RestClient::new(BaseUrls::all(url).unwrap()).unwrap();
    DropboxClient::new(token, ClientOptions::default().with_rest_client(rest_client)).unwrap()
}

/// The call fails with this status of the Core API and these tags.
#[track_caller]
pub fn refused<T: std::fmt::Debug, E: Into<ApiError> + std::fmt::Debug>(
    outcome: Result<T, E>,
    legacy_status: u16,
    tags: &str,
) {
    let error: ApiError = outcome.unwrap_err().into();
    assert_eq!(
        (error.legacy_status(), error.tags().join("/").as_str()),
        (Some(legacy_status), tags),
        "{error}"
    );
}
