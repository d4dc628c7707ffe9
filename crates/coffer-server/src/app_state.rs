//! What all handlers share: the store, the tokens, the jobs, the sessions.

use super::access::Access;
use super::authorization::AuthorizationRequests;
use super::config::{ServerConfig, StartError};
use super::copy_keeper;
use super::guess_limiter::GuessLimiter;
use super::jobs::Jobs;
use super::passcode::Passcode;
use super::paths::parse_write_path;
use super::proof::ProofKey;
use super::shutdown::ShutdownPhase;
use super::store::Store;
use super::store::edit::{EditTransaction, WritePath, random};
use super::store::error::StoreError;
use super::store::refusal::Refusal;
use super::store::{copies, entry, folders, mounts};
use super::team::TeamSpace;
use super::thumbnails::ThumbnailService;
use super::uploads::Uploads;
use super::view::AccountView;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parking_lot::RwLock;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

/// The state of the server, shared by its handlers.
#[derive(Debug)]
pub(crate) struct AppState {
    pub config: ServerConfig,
    pub store: Store,
    pub access: Access,
    /// The team of the account’s owner; a test changes it while the server runs.
    team: RwLock<Option<Arc<TeamSpace>>>,
    /// Held while `team` follows the store, so that nothing older comes last.
    team_update: tokio::sync::Mutex<()>,
    pub authorizations: AuthorizationRequests,
    /// What the owner types on the sign-in page; `None` where apps can't sign in.
    pub passcode: Option<Passcode>,
    /// By which programs of the owner recognise this server.
    pub proof_key: ProofKey,
    /// Tries of passwords of links, by the id of the link.
    pub link_guesses: Arc<GuessLimiter>,
    pub jobs: Jobs,
    pub uploads: Uploads,
    pub thumbnails: Arc<ThumbnailService>,
    /// Signs cursors, so that none can be made up.
    pub secret: [u8; 32],
    /// 40 characters.
    pub id: String,
    /// Other when the database was restored from a copy: what was counted since that copy is counted anew.
    pub epoch: String,
    /// The account's old numeric identity.
    pub uid: String,
    /// The base of all links, without a slash at the end.
    pub url: String,
    /// Work that a shutdown waits for.
    pub tasks: TaskTracker,
    /// How far a shutdown has come; handlers that wait for something stop then.
    pub phase: watch::Receiver<ShutdownPhase>,
}

impl AppState {
    /// Opens the vault for a server that listens on `address`.
    pub(crate) async fn open(
        config: ServerConfig,
        address: SocketAddr,
        phase: watch::Receiver<ShutdownPhase>,
    ) -> Result<Arc<Self>, StartError> {
        let (dir, clock) = (config.dir.clone(), config.clock.clone());
        let store = tokio::task::spawn_blocking(move || Store::open(&dir, clock))
            .await
            .map_err(|_| StoreError::Closed)??;
        let (folder, blobs) = (config.dir.join("thumbnails"), store.blobs());
        let thumbnails = tokio::task::spawn_blocking(move || ThumbnailService::open(folder, blobs))
            .await
            .map_err(|_| StoreError::Closed)??;
        let (token, allows_sign_in) = (config.token.clone(), config.allows_sign_in);
        let access = Access::open(&store, config.clock.clone(), token, allows_sign_in).await?;
        let passcode = if allows_sign_in { Some(Passcode::new()?) } else { None };
        let secret = store.fact("secret", || Ok(hex::encode(random::<32>()?))).await?;
        let mut secret_bytes = [0; 32];
        hex::decode_to_slice(&secret, &mut secret_bytes)
            .map_err(|_| StoreError::Inconsistent("the account’s secret is damaged".to_owned()))?;
        // "dbid:" and 35 characters: clients insist on 40 (reference 2.5).
        let id = store
            .fact("account_id", || Ok(format!("dbid:{:.35}", URL_SAFE_NO_PAD.encode(random::<27>()?))))
            .await?;
        let uid =
            store.fact("uid", || Ok(u32::from_be_bytes(random()?).saturating_add(1).to_string())).await?;
        let epoch = store.read(copies::epoch).await?;
        let url = match &config.external_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None if config.tls.is_some() => format!("https://{address}"),
            None => format!("http://{address}"),
        };
        let authorizations = AuthorizationRequests::new(config.clock.clone());
        let app = Arc::new(Self {
            config,
            store,
            access,
            team: RwLock::default(),
            team_update: tokio::sync::Mutex::default(),
            authorizations,
            passcode,
            proof_key: ProofKey::new()?,
            link_guesses: Arc::default(),
            jobs: Jobs::default(),
            uploads: Uploads::default(),
            thumbnails: Arc::new(thumbnails),
            secret: secret_bytes,
            id,
            epoch,
            uid,
            url,
            tasks: TaskTracker::new(),
            phase,
        });
        app.remove_expired_sessions().await?;
        app.set_team(app.config.team.clone()).await?;
        app.tasks.spawn(copy_keeper::run(app.store.clone(), app.config.clock.clone(), app.phase.clone()));
        Ok(app)
    }

    /// The team of the account’s owner, if it is the account of a team’s member.
    pub(crate) fn team(&self) -> Option<Arc<TeamSpace>> {
        self.team.read().clone()
    }

    /// The account with paths that start in a folder of the vault.
    pub(crate) fn view_below(&self, base: WritePath) -> AccountView {
        AccountView::below(base, self.team())
    }

    /// Makes the vault the space of a team, or a personal account, and creates the folders that are missing.
    pub(crate) async fn set_team(&self, space: Option<TeamSpace>) -> Result<(), StoreError> {
        let _update = self.team_update.lock().await;
        let Some(mut space) = space else {
            *self.team.write() = None;
            return Ok(());
        };
        space.apply(&self.store.read(mounts::records).await?);
        let mut paths = vec![space.home_path.clone()];
        paths.extend(space.folders.iter().map(|folder| {
            if folder.is_mounted {
                folder.path.clone()
            } else {
                mounts::unmounted_path(&folder.namespace_id).display
            }
        }));
        self.store.write(move |edit| create_folders(edit, &paths)).await?;
        *self.team.write() = Some(Arc::new(space));
        Ok(())
    }

    /// Takes in which shared folders have been mounted, unmounted or moved by an edit.
    pub(crate) async fn apply_mounts(&self) -> Result<(), StoreError> {
        let _update = self.team_update.lock().await;
        if self.team().is_none() {
            return Ok(());
        }
        let records = self.store.read(mounts::records).await?;
        let mut team = self.team.write();
        if let Some(space) = team.as_mut() {
            Arc::make_mut(space).apply(&records);
        }
        Ok(())
    }

    /// Removes upload sessions older than a week, and their bytes. Nobody uploads yet.
    async fn remove_expired_sessions(&self) -> Result<(), StoreError> {
        let left = self.store.write(super::store::sessions::expire).await?;
        let blobs = self.store.blobs();
        tokio::task::spawn_blocking(move || {
            for name in blobs.session_names()? {
                if !left.sessions.contains(&name) {
                    blobs.remove_session(&name)?;
                }
            }
            left.unused.iter().try_for_each(|hash| blobs.remove_unused(hash))
        })
        .await
        .map_err(|_| StoreError::Closed)?
    }

    /// Runs file work off the async threads.
    pub(crate) async fn blocking<T, E>(
        &self,
        work: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }
}

fn create_folders(edit: &mut EditTransaction<'_>, paths: &[String]) -> Result<(), StoreError> {
    for path in paths {
        let inconsistent = || StoreError::Inconsistent(format!("{path} can’t be a folder of a team"));
        let path = parse_write_path(path).map_err(|_| inconsistent())?;
        if entry::find_present(edit.connection(), &path.lower)?.is_none() {
            folders::create_folder(edit, &path, false).map_err(|refusal| match refusal {
                Refusal::Answer(_) => inconsistent(),
                Refusal::Store(error) => error,
            })?;
        }
    }
    Ok(())
}
