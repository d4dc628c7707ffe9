//! Makes, finds and changes the link of an item. Their rows are in `list`, ending a link is an edit.

use super::account::OpenAccount;
use super::context::{JobContext, JobError};
use super::history::{Inverse, NewOperation};
use super::worker_context::WorkerContext;
use super::{convert, problem};
use crate::act::Act;
use coffer_model::link::{Audience, LinkSettings};
use coffer_model::{Entry, OperationKind, Problem, ProblemKind, Receipt, RemotePath, SharedLink};
use coffer_texts::tr;
use dropbox_protocol::Timestamp;
use dropbox_protocol::sharing::{
    LIST_SHARED_LINKS, LinkAudience, ListSharedLinksArg, MODIFY_SHARED_LINK_SETTINGS,
    ModifySharedLinkSettingsArg, SharedLinkMetadata, SharedLinkSettings,
};

/// The link that this account made for the item itself, if there is one.
pub(crate) async fn find(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let found = find_link(&account, path).await?;
    Ok(found.map_or(Receipt::Nothing, |link| Receipt::Link { link, operation: None }))
}

/// Every item that has a link.
pub(crate) async fn find_all(worker: &WorkerContext, job: &JobContext) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let mut entries = Vec::new();
    let mut pages = LinkPages::default();
    while let Some(page) = pages.next(&account).await? {
        entries.extend(page);
    }
    Ok(Receipt::Links(entries))
}

/// The links of an account, page by page.
#[derive(Default)]
pub(crate) struct LinkPages {
    cursor: Option<String>,
    empty: u32,
    is_over: bool,
}

impl LinkPages {
    /// A page may have nothing although there is more; after so many in a row nothing more will come.
    const MOST_EMPTY: u32 = 20;

    /// The items of the next page; `None` after the last one.
    pub(crate) async fn next(&mut self, account: &OpenAccount) -> Result<Option<Vec<Entry>>, Problem> {
        if self.is_over {
            return Ok(None);
        }
        let arg = ListSharedLinksArg { cursor: self.cursor.take(), ..ListSharedLinksArg::new() };
        let page = account
            .service
            .rpc(&LIST_SHARED_LINKS, &arg)
            .await
            .map_err(|error| problem::general(tr!("could-not-list-links")).call(&error))?;
        self.empty = if page.links.is_empty() { self.empty + 1 } else { 0 };
        self.is_over = !page.has_more || page.cursor.is_none() || self.empty == Self::MOST_EMPTY;
        self.cursor = page.cursor;
        Ok(Some(page.links.iter().filter_map(convert::link).map(|(_, entry)| entry).collect()))
    }
}

async fn find_link(account: &OpenAccount, path: &RemotePath) -> Result<Option<SharedLink>, Problem> {
    let arg = ListSharedLinksArg {
        path: Some(path.as_str().to_owned()),
        direct_only: Some(true),
        ..ListSharedLinksArg::new()
    };
    let page = account
        .service
        .rpc(&LIST_SHARED_LINKS, &arg)
        .await
        .map_err(|error| problem::item(path, Act::Share).call(&error))?;
    Ok(page.links.iter().find_map(convert::link).map(|(link, _)| link))
}

/// The link that this account made for the item, or a new one.
pub(crate) async fn create(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
    settings: &LinkSettings,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    // One that is there already was not made now, and Undo must not take it away.
    if let Some(link) = find_link(&account, path).await? {
        // Whoever asks for a link and nothing more takes it as it is.
        if *settings == LinkSettings::PLAIN {
            return Ok(Receipt::Link { link, operation: None });
        }
        return Ok(change_link(worker, &account, path, &link, settings).await?);
    }
    let asked = (*settings != LinkSettings::PLAIN).then(|| changes(settings, None));
    let asked = asked.as_ref();
    let metadata = account
        .service
        .run_repeated(|client| async move { client.shared_link(path.as_str(), asked).await })
        .await
        .map_err(|error| problem::item(path, Act::Share).call(&error))?;
    let (link, entry) = read(path, &metadata)?;
    let inverse = Inverse::RevokeLink { path: path.clone(), url: link.url.clone() };
    let mut new = NewOperation::new(OperationKind::CreateLink, Some(inverse));
    new.add_item(path, entry.is_folder(), None);
    let operation = worker.history.record(&account, new).await;
    Ok(Receipt::Link { link, operation })
}

/// Lets a link be for others, or end at another time. It is the same address afterwards.
pub(crate) async fn change(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
    link: &SharedLink,
    settings: &LinkSettings,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    Ok(change_link(worker, &account, path, link, settings).await?)
}

async fn change_link(
    worker: &WorkerContext,
    account: &OpenAccount,
    path: &RemotePath,
    link: &SharedLink,
    settings: &LinkSettings,
) -> Result<Receipt, Problem> {
    let arg = ModifySharedLinkSettingsArg {
        remove_expiration: link.expires.is_some() && settings.expires.is_none(),
        ..ModifySharedLinkSettingsArg::new(link.url.clone(), changes(settings, Some(link)))
    };
    let metadata = account
        .service
        .rpc(&MODIFY_SHARED_LINK_SETTINGS, &arg)
        .await
        .map_err(|error| problem::item(path, Act::ChangeLink).call(&error))?;
    let (link, entry) = read(path, &metadata)?;
    // A password is not kept, so it can’t be given back to a link.
    let mut new = NewOperation::new(OperationKind::ChangeLink, None);
    new.add_item(path, entry.is_folder(), None);
    let operation = worker.history.record(account, new).await;
    Ok(Receipt::Link { link, operation })
}

fn read(path: &RemotePath, metadata: &SharedLinkMetadata) -> Result<(SharedLink, Entry), Problem> {
    let unknown = || problem::item(path, Act::Share).because(ProblemKind::ServiceError, tr!("why-no-link"));
    convert::link(metadata).ok_or_else(unknown)
}

/// What differs from the link, or from a plain new one: an account may refuse to be told even what holds anyway.
fn changes(settings: &LinkSettings, link: Option<&SharedLink>) -> SharedLinkSettings {
    let before = link.map_or(LinkSettings::PLAIN, LinkSettings::of);
    let had_password = before.audience == Audience::Password;
    let wants_password = settings.audience == Audience::Password;
    let group = |audience| match audience {
        Audience::Anyone | Audience::Password => LinkAudience::Public,
        Audience::Team => LinkAudience::Team,
        Audience::OnlyInvited => LinkAudience::NoOne,
    };
    let (before_group, group) = (group(before.audience), group(settings.audience));
    let password = settings.password.clone().filter(|_| wants_password);
    SharedLinkSettings {
        audience: (before_group != group).then_some(group),
        require_password: match (had_password, wants_password) {
            (_, true) => password.is_some().then_some(true),
            (true, false) => Some(false),
            (false, false) => None,
        },
        link_password: password,
        expires: settings.expires.filter(|_| settings.expires != before.expires).map(Timestamp::from),
        ..SharedLinkSettings::new()
    }
}
