//! Where the paths of an account start, for the header `Dropbox-API-Path-Root`: in the team space of a member of a team,
//! elsewhere in the person’s own folder, without a header.
//!
//! Whoever has noted a path works under the root under which it was noted, as long as that can be reached. So a path never
//! means another item than the one that was seen, also when a team moves to another team space meanwhile.

use super::error::Classify;
use coffer_model::{PathRootId, ProblemKind, RemotePath, Team};
use coffer_texts::tr;
use dropbox_client::{ApiError, CallError, CommonError, DropboxClient, RestSocketError};
use dropbox_protocol::path_root::{PathRoot, PathRootError, RootInfo};
use dropbox_protocol::users::{FullAccount, GET_CURRENT_ACCOUNT};
use dropbox_protocol::{Auth, RouteInfo};
use std::sync::Arc;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

/// The root of the calls of a service. Clones share what the account has said.
#[derive(Clone, Default)]
pub(crate) struct CallRoot {
    account: Arc<AccountRoot>,
    noted: NotedRoot,
}

/// The root under which paths were noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum NotedRoot {
    /// That of the account when it was opened.
    #[default]
    OfAccount,
    /// The person’s own folder.
    Home,
    TeamSpace(PathRootId),
}

impl NotedRoot {
    /// As it is in a column: nothing for the person’s own folder, which all roots were once, and an empty word for that of
    /// the account.
    pub(crate) fn to_column(&self) -> Option<&str> {
        match self {
            Self::Home => None,
            Self::OfAccount => Some(""),
            Self::TeamSpace(id) => Some(&id.0),
        }
    }

    pub(crate) fn from_column(word: Option<Arc<str>>) -> Self {
        match word {
            None => Self::Home,
            Some(word) if word.is_empty() => Self::OfAccount,
            Some(id) => Self::TeamSpace(PathRootId(id)),
        }
    }
}

impl From<Option<PathRootId>> for NotedRoot {
    fn from(root: Option<PathRootId>) -> Self {
        root.map_or(Self::Home, Self::TeamSpace)
    }
}

#[derive(Default)]
struct AccountRoot {
    /// What the account said when it was asked first; `None` where it does not say.
    owner: OnceCell<Option<FullAccount>>,
    /// The account has another root by now.
    changed: CancellationToken,
}

impl CallRoot {
    /// The root for paths that were noted under another root, or under the same.
    pub(crate) fn noted_under(&self, noted: NotedRoot) -> Self {
        Self { account: Arc::clone(&self.account), noted }
    }

    /// Whose account it is. Asks only once.
    pub(crate) async fn owner(&self, client: &DropboxClient) -> Result<Option<&FullAccount>, ApiError> {
        // Every call passes here, and only the first has to wait.
        if let Some(owner) = self.account.owner.get() {
            return Ok(owner.as_ref());
        }
        let asked = Box::pin(self.account.owner.get_or_try_init(|| ask_owner(client)));
        Ok(asked.await?.as_ref())
    }

    /// The root of the account, as it was when it was opened.
    pub(crate) async fn of_account(&self, client: &DropboxClient) -> Result<Option<PathRootId>, ApiError> {
        Ok(self.owner(client).await?.and_then(path_root_of))
    }

    /// The root of the account for paths that are noted now; as that of the account while it is not known.
    pub(crate) fn known(&self) -> NotedRoot {
        let owner = self.account.owner.get();
        owner.map_or(NotedRoot::OfAccount, |owner| owner.as_ref().and_then(path_root_of).into())
    }

    /// The root under which paths are noted that are used now.
    pub(crate) fn noted(&self) -> NotedRoot {
        match &self.noted {
            NotedRoot::OfAccount => self.known(),
            noted => noted.clone(),
        }
    }

    /// The value of the header for a call; `None`: it goes without.
    pub(crate) async fn header(&self, client: &DropboxClient) -> Result<Option<PathRoot>, ApiError> {
        let own = self.of_account(client).await?;
        let wanted = match &self.noted {
            NotedRoot::OfAccount => own.as_ref(),
            NotedRoot::Home => None,
            NotedRoot::TeamSpace(id) => Some(id),
        };
        Ok(match wanted {
            None => own.is_some().then_some(PathRoot::Home),
            // The service says when the account has another root by now.
            Some(id) if wanted == own.as_ref() && !self.account.changed.is_cancelled() => {
                Some(PathRoot::Root(id.0.to_string()))
            }
            Some(id) => Some(PathRoot::NamespaceId(id.0.to_string())),
        })
    }

    /// Takes in what the account says of itself later.
    pub(crate) fn compare(&self, owner: &FullAccount) {
        let known = self.account.owner.get();
        if known.is_some_and(|known| known.as_ref().and_then(path_root_of) != path_root_of(owner)) {
            self.account.changed.cancel();
        }
    }

    /// Takes in why a call has failed.
    pub(crate) fn compare_error<E>(&self, error: &CallError<E>) {
        if let Some(response) = error.response()
            && matches!(response.common_error(), CommonError::PathRoot(PathRootError::InvalidRoot(_)))
        {
            self.account.changed.cancel();
        }
    }

    /// Returns when the account has another root than when it was opened.
    pub(crate) async fn changed(&self) {
        self.account.changed.cancelled().await;
    }
}

/// Whether a route takes paths or returns them.
pub(crate) fn has_paths(route: &RouteInfo) -> bool {
    let is_about_items = route.name.starts_with("files/") || route.name.starts_with("sharing/");
    is_about_items && route.auth != Auth::None
}

async fn ask_owner(client: &DropboxClient) -> Result<Option<FullAccount>, ApiError> {
    let error = match client.rpc(&GET_CURRENT_ACCOUNT, &()).await {
        Ok(owner) => return Ok(Some(owner)),
        Err(error) => error,
    };
    match error.kind() {
        // Without an answer the person’s own folder is what every account has.
        ProblemKind::MissingScope | ProblemKind::Forbidden | ProblemKind::UnreadableReply => {
            tracing::warn!(%error, "the account does not say where its paths start");
            Ok(None)
        }
        // The call for which this was asked has not been sent.
        kind if kind.is_unsure() => {
            let call = GET_CURRENT_ACCOUNT.info.name;
            Err(RestSocketError::unreachable(call, error.to_string()).into())
        }
        _ => Err(error.into()),
    }
}

/// The team of a member whose paths are those of a team space.
pub(crate) fn team_of(owner: &FullAccount) -> Option<Team> {
    let RootInfo::Team(root) = &owner.root_info else { return None };
    let path_root = path_root_of(owner)?;
    let name = owner.team.as_ref().map_or(tr!("team-without-name"), |team| &team.name).to_owned();
    Some(Team { name, home: RemotePath::new(&root.home_path), path_root })
}

fn path_root_of(owner: &FullAccount) -> Option<PathRootId> {
    match &owner.root_info {
        RootInfo::Team(root) if root.root_namespace_id != root.home_namespace_id => {
            Some(PathRootId(root.root_namespace_id.as_str().into()))
        }
        _ => None,
    }
}
