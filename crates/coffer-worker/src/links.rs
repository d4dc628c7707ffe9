//! Makes and finds the link of an item. Lists of links are in `list`, ending a link is an edit.

use super::context::Stop;
use super::shared::Shared;
use super::{convert, problem};
use coffer_model::{ProblemKind, Receipt, RemotePath, SharedLink};
use dropbox_protocol::sharing::{
    CREATE_SHARED_LINK_WITH_SETTINGS, CreateSharedLinkWithSettingsArg, CreateSharedLinkWithSettingsError,
    LIST_SHARED_LINKS, ListSharedLinksArg, SharedLinkAlreadyExistsMetadata,
};

/// The link that this account made for the item, or a new one that anyone with it can use.
pub async fn create(shared: &Shared, path: &RemotePath) -> Result<Receipt, Stop> {
    let account = shared.account().await?;
    let _permit = shared.lanes.interactive().await;
    let arg = CreateSharedLinkWithSettingsArg::new(path.as_str());
    let link = match account.service.rpc(&CREATE_SHARED_LINK_WITH_SETTINGS, &arg).await {
        Ok(metadata) => convert::link(&metadata).map(|(link, _)| link),
        Err(error) => match error.route_error() {
            Some(CreateSharedLinkWithSettingsError::SharedLinkAlreadyExists(Some(
                SharedLinkAlreadyExistsMetadata::Metadata(metadata),
            ))) => convert::link(metadata).map(|(link, _)| link),
            Some(CreateSharedLinkWithSettingsError::SharedLinkAlreadyExists(_)) => {
                existing(shared, path).await?
            }
            _ => return Err(problem::item(path, "shared").call(&error).into()),
        },
    };
    let link = link.ok_or_else(|| {
        problem::item(path, "shared").because(ProblemKind::ServiceError, "Dropbox returned no link.")
    })?;
    Ok(Receipt::Link(link))
}

async fn existing(shared: &Shared, path: &RemotePath) -> Result<Option<SharedLink>, Stop> {
    let account = shared.account().await?;
    let arg = ListSharedLinksArg {
        path: Some(path.as_str().to_owned()),
        direct_only: Some(true),
        ..ListSharedLinksArg::new()
    };
    let page = account
        .service
        .rpc(&LIST_SHARED_LINKS, &arg)
        .await
        .map_err(|error| problem::item(path, "shared").call(&error))?;
    Ok(page.links.iter().find_map(convert::link).map(|(link, _)| link))
}
