//! Addresses that work without a token: temporary ones, and shared links.

use crate::options::setters;
use crate::{ApiError, CallError, DropboxClient};
use dropbox_protocol::files::{GET_TEMPORARY_LINK, GetTemporaryLinkArg};
use dropbox_protocol::sharing::{
    CREATE_SHARED_LINK_WITH_SETTINGS, CreateSharedLinkWithSettingsArg, CreateSharedLinkWithSettingsError,
    LIST_SHARED_LINKS, ListSharedLinksArg, SharedLinkAlreadyExistsMetadata, SharedLinkMetadata,
    SharedLinkSettings,
};
use dropbox_protocol::{Timestamp, path};
use serde::{Deserialize, Serialize};

/// How long a temporary link works, in seconds.
const TEMPORARY_LINK_SECS: i64 = 4 * 60 * 60;

/// An address that serves a file's bytes for some hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Media {
    pub url: String,
    /// Four hours from now; afterwards the address answers 410.
    pub expires: Timestamp,
}

/// A link to give away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShareUrl {
    /// All of it matters: the `rlkey` in its query grants access.
    pub url: String,
    /// Usually never.
    pub expires: Option<Timestamp>,
}

/// How to share.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShareOptions {
    /// Without effect: Dropbox makes no short links any more.
    pub short_url: bool,
}

impl Default for ShareOptions {
    fn default() -> Self {
        Self { short_url: true }
    }
}

setters! { ShareOptions: with_short_url sets short_url to value(bool) }

impl DropboxClient {
    /// A temporary address of a file, for players that want to seek (`files/get_temporary_link`).
    pub async fn media(&self, path: &str) -> Result<Media, ApiError> {
        let asked_at = Timestamp::now().unix_secs();
        let reply = self.rpc(&GET_TEMPORARY_LINK, &GetTemporaryLinkArg::new(path::normalize(path))).await?;
        Ok(Media { url: reply.link, expires: Timestamp::from_unix_secs(asked_at + TEMPORARY_LINK_SECS) })
    }

    /// A link to a file or folder that anybody can open. A link that exists already is used.
    ///
    /// Routes: those of [`shared_link`](Self::shared_link), which tells more of the link.
    pub async fn share(&self, path: &str, _options: &ShareOptions) -> Result<ShareUrl, ApiError> {
        share_of(&self.shared_link(path, None).await?)
    }

    /// The link of a file or folder with all that the service tells of it: the one that exists already, as it is, or else
    /// a new one with these settings, which without any is one that anybody can open. It may be called again when its
    /// reply was lost.
    ///
    /// Routes: `sharing/create_shared_link_with_settings`, `sharing/list_shared_links`.
    pub async fn shared_link(
        &self,
        path: &str,
        settings: Option<&SharedLinkSettings>,
    ) -> Result<SharedLinkMetadata, CallError<CreateSharedLinkWithSettingsError>> {
        let path = path::normalize(path);
        let settings = settings.cloned();
        let argument = CreateSharedLinkWithSettingsArg {
            settings,
            ..CreateSharedLinkWithSettingsArg::new(path.as_str())
        };
        let error = match self.rpc(&CREATE_SHARED_LINK_WITH_SETTINGS, &argument).await {
            Ok(link) => return Ok(link),
            Err(error) => error,
        };
        let CallError::Route {
            error: CreateSharedLinkWithSettingsError::SharedLinkAlreadyExists(link), ..
        } = &error
        else {
            return Err(error);
        };
        if let Some(SharedLinkAlreadyExistsMetadata::Metadata(link)) = link {
            return Ok(link.clone());
        }
        let argument =
            ListSharedLinksArg { path: Some(path), direct_only: Some(true), ..ListSharedLinksArg::new() };
        let page = self.rpc(&LIST_SHARED_LINKS, &argument).await.map_err(ApiError::from)?;
        page.links.into_iter().next().ok_or(error)
    }
}

fn share_of(link: &SharedLinkMetadata) -> Result<ShareUrl, ApiError> {
    let url = link.url().ok_or_else(|| ApiError::Malformed {
        call: CREATE_SHARED_LINK_WITH_SETTINGS.info.name.to_owned(),
        status: 200,
        problem: "the link is of an unknown kind".into(),
    })?;
    Ok(ShareUrl { url: url.to_owned(), expires: link.expires() })
}
