//! Accounts of a team: whose files a call is about, and from which folder its paths start. Both travel in headers of
//! every call: `Dropbox-API-Path-Root`, `Dropbox-API-Select-User`, `Dropbox-API-Select-Admin`.

use std::sync::Arc;

use dropbox_protocol::path_root::PathRoot;
use dropbox_protocol::to_header_json;
use http::{HeaderMap, HeaderName};

use super::prepare::header_value;
use super::{ClientInner, ClientOptions, DropboxClient};
use crate::ApiError;

const PATH_ROOT: HeaderName = HeaderName::from_static("dropbox-api-path-root");
const SELECT_USER: HeaderName = HeaderName::from_static("dropbox-api-select-user");
const SELECT_ADMIN: HeaderName = HeaderName::from_static("dropbox-api-select-admin");

/// What a client says in these headers.
#[derive(Debug, Clone)]
pub(super) struct TeamHeaders {
    path_root: Option<PathRoot>,
    select_user: Option<String>,
    select_admin: Option<String>,
}

impl TeamHeaders {
    pub(super) fn new(options: &ClientOptions) -> Self {
        Self {
            path_root: options.path_root.clone(),
            select_user: options.select_user.clone(),
            select_admin: options.select_admin.clone(),
        }
    }

    pub(super) fn add_to(&self, headers: &mut HeaderMap) -> Result<(), ApiError> {
        if let Some(path_root) = &self.path_root {
            let json = to_header_json(path_root).map_err(|error| {
                ApiError::InvalidArgument(format!("the path root cannot be sent: {error}"))
            })?;
            headers.insert(PATH_ROOT, header_value(&json)?);
        }
        for (name, member) in [(SELECT_USER, &self.select_user), (SELECT_ADMIN, &self.select_admin)] {
            if let Some(member) = member {
                headers.insert(name, header_value(member)?);
            }
        }
        Ok(())
    }
}

/// Other views of the same account or team. They share tokens and connections with the client that they are made from.
impl DropboxClient {
    /// A client whose paths start elsewhere (`Dropbox-API-Path-Root`): in an account of a team, the team's folders are
    /// reached from the `root_namespace_id` that [`account_info`](Self::account_info) tells.
    ///
    /// ```no_run
    /// # async fn example(client: dropbox_client::DropboxClient) -> Result<(), dropbox_client::ApiError> {
    /// use dropbox_client::{MetadataOptions, PathRoot};
    ///
    /// let root = client.account_info().await?.root_namespace_id().to_owned();
    /// let team_space = client.with_path_root(PathRoot::Root(root));
    /// let folders = team_space.metadata("/", &MetadataOptions::default()).await?.contents;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn with_path_root(&self, path_root: PathRoot) -> Self {
        self.with_team(|team| team.path_root = Some(path_root))
    }

    /// With the token of a team, a client for the files of one member (`Dropbox-API-Select-User`), named by
    /// `dbmid:…`.
    #[must_use]
    pub fn with_select_user(&self, team_member_id: impl Into<String>) -> Self {
        self.with_team(|team| (team.select_user, team.select_admin) = (Some(team_member_id.into()), None))
    }

    /// With the token of a team, a client for what one of its administrators may reach (`Dropbox-API-Select-Admin`),
    /// named by `dbmid:…`.
    #[must_use]
    pub fn with_select_admin(&self, team_member_id: impl Into<String>) -> Self {
        self.with_team(|team| (team.select_user, team.select_admin) = (None, Some(team_member_id.into())))
    }

    fn with_team(&self, change: impl FnOnce(&mut TeamHeaders)) -> Self {
        let mut inner = ClientInner::clone(&self.inner);
        change(&mut inner.team);
        Self { inner: Arc::new(inner) }
    }
}
