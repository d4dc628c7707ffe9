//! The routes of shared links (reference 3.8).

use super::authorize::Caller;
use super::call::Call;
use super::content::{ContentReply, serve};
use super::failure::CallFailure;
use super::links::{LinkAddress, LinkProblem, Opened, Visitor, has_extended_settings, link_failure, open};
use crate::app_state::AppState;
use crate::paths::READ_PATH;
use crate::signed_token::{self, TokenKind};
use crate::store::entry::{find_present, parent_of};
use crate::store::links::{self, StoredLink};
use crate::store::refusal::Refusal;
use crate::view::AccountView;
use dropbox_protocol::files::LookupError;
use dropbox_protocol::sharing::{
    CreateSharedLinkWithSettingsArg, CreateSharedLinkWithSettingsError, GetSharedLinkFileError,
    GetSharedLinkMetadataArg, LinkAudience, ListFolderMembersArg, ListSharedLinksArg, ListSharedLinksError,
    ListSharedLinksResult, ModifySharedLinkSettingsArg, ModifySharedLinkSettingsError,
    RequestedLinkAccessLevel, RequestedVisibility, RevokeSharedLinkArg, RevokeSharedLinkError,
    SharedFolderAccessError, SharedFolderMembers, SharedLinkAlreadyExistsMetadata, SharedLinkError,
    SharedLinkMetadata, SharedLinkSettings, SharedLinkSettingsError,
};

/// Links in a page of all links.
const PAGE: usize = 200;

pub(super) async fn create_shared_link(
    call: Call,
    argument: CreateSharedLinkWithSettingsArg,
) -> Result<SharedLinkMetadata, CallFailure<CreateSharedLinkWithSettingsError>> {
    let app = &call.app;
    let path = call.view.parse(&argument.path, READ_PATH)?;
    let settings = argument.settings;
    let wishes = settings
        .as_ref()
        .map(|settings| Wishes::read(app, settings))
        .transpose()
        .map_err(|error| CallFailure::Answer(CreateSharedLinkWithSettingsError::SettingsError(error)))?
        .unwrap_or_default();
    let outcome = app
        .store
        .write(move |edit| -> Result<_, Refusal<LookupError>> {
            let entry = path.find(edit.connection())?;
            if let Some(link) = links::find_by_item(edit.connection(), &entry.id)? {
                let expired = link.expires.is_some_and(|expires| expires <= edit.now());
                if !expired {
                    return Ok((Opened { link, shared: entry.clone(), entry }, true));
                }
                links::remove(edit, &link.id)?;
            }
            let mut link = StoredLink::new(&entry.id)?;
            wishes.apply(&mut link)?;
            links::save(edit, &link)?;
            Ok((Opened { link, shared: entry.clone(), entry }, false))
        })
        .await;
    let (opened, existed) =
        outcome.map_err(|refusal| refusal.map(CreateSharedLinkWithSettingsError::Path))?;
    let metadata = opened.metadata(app, Some(&call.view));
    if existed {
        // A call that asked for other settings gets no metadata, so that it does not take this link for its own.
        let known = settings.is_none_or(|settings| is_plain(&settings));
        let known = known.then_some(SharedLinkAlreadyExistsMetadata::Metadata(metadata));
        return Err(CallFailure::Answer(CreateSharedLinkWithSettingsError::SharedLinkAlreadyExists(known)));
    }
    Ok(metadata)
}

pub(super) async fn list_shared_links(
    call: Call,
    argument: ListSharedLinksArg,
) -> Result<ListSharedLinksResult, CallFailure<ListSharedLinksError>> {
    let app = &call.app;
    if let Some(path) = &argument.path {
        let path = call.view.parse(path, READ_PATH)?;
        let direct_only = argument.direct_only.unwrap_or(false);
        let found = app
            .store
            .read(move |connection| -> Result<_, Refusal<LookupError>> {
                let mut entry = path.find(connection)?;
                let mut found = Vec::new();
                loop {
                    if let Some(link) = links::find_by_item(connection, &entry.id)? {
                        found.push(Opened { link, shared: entry.clone(), entry: entry.clone() });
                    }
                    match find_present(connection, parent_of(&entry.path_lower))? {
                        Some(parent) if !direct_only => entry = parent,
                        _ => return Ok(found),
                    }
                }
            })
            .await;
        let found = found.map_err(|refusal| refusal.map(ListSharedLinksError::Path))?;
        let links = found.iter().map(|opened| opened.metadata(app, Some(&call.view))).collect();
        return Ok(ListSharedLinksResult { links, has_more: false, cursor: None });
    }
    let after: String = match &argument.cursor {
        None => String::new(),
        Some(cursor) => signed_token::verify(app, TokenKind::LinksCursor, cursor)
            .map_err(|_| CallFailure::Answer(ListSharedLinksError::Reset))?,
    };
    let mut found = app.store.read(move |connection| links::page(connection, &after, PAGE + 1)).await?;
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let cursor = has_more.then(|| {
        signed_token::sign(app, TokenKind::LinksCursor, &found.last().map(|(link, _)| link.id.clone()))
    });
    let links = found
        .into_iter()
        .map(|(link, entry)| Opened { link, shared: entry.clone(), entry }.metadata(app, Some(&call.view)))
        .collect();
    Ok(ListSharedLinksResult { links, has_more, cursor })
}

pub(super) async fn modify_shared_link(
    call: Call,
    argument: ModifySharedLinkSettingsArg,
) -> Result<SharedLinkMetadata, CallFailure<ModifySharedLinkSettingsError>> {
    let app = &call.app;
    let wishes = Wishes::read(app, &argument.settings)
        .map_err(|error| CallFailure::Answer(ModifySharedLinkSettingsError::SettingsError(error)))?;
    let mut opened = open_as_owner(app, &argument.url)
        .await
        .map_err(|refusal| refusal.map(|_| ModifySharedLinkSettingsError::SharedLinkNotFound))?;
    let remove_expiration = argument.remove_expiration;
    let StoredLink { id, rlkey, .. } = opened.link.clone();
    opened.link = app
        .store
        .write(move |edit| -> Result<StoredLink, CallFailure<ModifySharedLinkSettingsError>> {
            // As it is now: another call may have changed or removed it meanwhile.
            let mut link = links::find(edit.connection(), &id, &rlkey)?
                .ok_or(CallFailure::Answer(ModifySharedLinkSettingsError::SharedLinkNotFound))?;
            if remove_expiration {
                link.expires = None;
            }
            wishes.apply(&mut link)?;
            links::save(edit, &link)?;
            Ok(link)
        })
        .await?;
    Ok(opened.metadata(app, Some(&call.view)))
}

pub(super) async fn revoke_shared_link(
    call: Call,
    argument: RevokeSharedLinkArg,
) -> Result<(), CallFailure<RevokeSharedLinkError>> {
    let app = &call.app;
    let address = LinkAddress::parse(&argument.url)
        .ok_or(CallFailure::Answer(RevokeSharedLinkError::SharedLinkMalformed))?;
    app.store
        .write(move |edit| -> Result<(), Refusal<RevokeSharedLinkError>> {
            // Also a link whose item is gone can be ended.
            let link = links::find(edit.connection(), &address.id, &address.rlkey)?
                .ok_or(Refusal::Answer(RevokeSharedLinkError::SharedLinkNotFound))?;
            Ok(links::remove(edit, &link.id)?)
        })
        .await?;
    Ok(())
}

pub(super) async fn get_shared_link_metadata(
    call: Call,
    argument: GetSharedLinkMetadataArg,
) -> Result<SharedLinkMetadata, CallFailure<SharedLinkError>> {
    let opened = open_for(&call, argument).await.map_err(|refusal| {
        link_failure(refusal, |is_found| {
            if is_found {
                SharedLinkError::SharedLinkAccessDenied
            } else {
                SharedLinkError::SharedLinkNotFound
            }
        })
    })?;
    Ok(opened.metadata(&call.app, owner_view(&call)))
}

pub(super) async fn get_shared_link_file(
    call: Call,
    argument: GetSharedLinkMetadataArg,
) -> Result<ContentReply<SharedLinkMetadata>, CallFailure<GetSharedLinkFileError>> {
    let opened = open_for(&call, argument).await.map_err(|refusal| {
        link_failure(refusal, |is_found| {
            if is_found {
                GetSharedLinkFileError::SharedLinkAccessDenied
            } else {
                GetSharedLinkFileError::SharedLinkNotFound
            }
        })
    })?;
    let Some(version) = &opened.entry.version else {
        return Err(CallFailure::Answer(GetSharedLinkFileError::SharedLinkIsDirectory));
    };
    if !opened.link.allow_download && owner_view(&call).is_none() {
        return Err(CallFailure::Answer(GetSharedLinkFileError::SharedLinkAccessDenied));
    }
    let reply = serve(&call.app, &call.headers, version, "application/octet-stream").await?;
    Ok(ContentReply { result: opened.metadata(&call.app, owner_view(&call)), reply })
}

/// Nobody else is known here, also in a shared folder of a team.
pub(super) async fn list_folder_members(
    _call: Call,
    _argument: ListFolderMembersArg,
) -> Result<SharedFolderMembers, CallFailure<SharedFolderAccessError>> {
    Err(CallFailure::Answer(SharedFolderAccessError::InvalidId))
}

/// How the owner sees the account; `None` for an app without a person.
fn owner_view(call: &Call) -> Option<&AccountView> {
    matches!(call.caller, Caller::Person { .. }).then_some(&*call.view)
}

async fn open_for(call: &Call, argument: GetSharedLinkMetadataArg) -> Result<Opened, Refusal<LinkProblem>> {
    let address = LinkAddress::parse(&argument.url).ok_or(Refusal::Answer(LinkProblem::Malformed))?;
    let visitor = Visitor {
        password: argument.link_password.map(|password| password.reveal().to_owned()),
        is_known: false,
        is_owner: owner_view(call).is_some(),
    };
    open(&call.app, address, argument.path.as_deref().unwrap_or_default(), visitor).await
}

async fn open_as_owner(app: &AppState, url: &str) -> Result<Opened, Refusal<LinkProblem>> {
    let address = LinkAddress::parse(url).ok_or(Refusal::Answer(LinkProblem::Malformed))?;
    open(app, address, "", Visitor { is_owner: true, ..Visitor::default() }).await
}

/// Settings that change nothing: what rclone sends with every link.
fn is_plain(settings: &SharedLinkSettings) -> bool {
    settings.expires.is_none()
        && settings.link_password.is_none()
        && settings.require_password != Some(true)
        && settings.allow_download != Some(false)
        && matches!(settings.audience, None | Some(LinkAudience::Public))
        && matches!(settings.requested_visibility, None | Some(RequestedVisibility::Public))
}

/// What a link is asked to be, checked against what this account may have.
#[derive(Clone, Debug, Default)]
struct Wishes {
    expires: Option<i64>,
    password: PasswordWish,
    only_owner: Option<bool>,
    allow_download: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum PasswordWish {
    #[default]
    AsItIs,
    None,
    Some(String),
}

impl Wishes {
    fn read(app: &AppState, settings: &SharedLinkSettings) -> Result<Self, SharedLinkSettingsError> {
        if !is_plain(settings) && !has_extended_settings(app) {
            return Err(SharedLinkSettingsError::NotAuthorized);
        }
        if matches!(settings.access, Some(RequestedLinkAccessLevel::Editor)) {
            // Nobody else has an account here with which to edit.
            return Err(SharedLinkSettingsError::NotAuthorized);
        }
        let expires = settings.expires.map(dropbox_protocol::Timestamp::unix_secs);
        if expires.is_some_and(|expires| expires <= app.config.clock.now()) {
            return Err(SharedLinkSettingsError::InvalidSettings);
        }
        let only_owner = match settings.audience {
            None | Some(LinkAudience::Password) => None,
            Some(LinkAudience::Public) => Some(false),
            Some(LinkAudience::NoOne) => Some(true),
            Some(LinkAudience::Team | LinkAudience::Members | LinkAudience::PublicLoggedInOnly) => {
                return Err(SharedLinkSettingsError::NotAuthorized);
            }
            Some(LinkAudience::Other) => return Err(SharedLinkSettingsError::InvalidSettings),
        };
        let wants_password = settings.require_password == Some(true)
            || matches!(settings.audience, Some(LinkAudience::Password))
            || matches!(settings.requested_visibility, Some(RequestedVisibility::Password));
        let password = settings.link_password.as_ref().map(|password| password.reveal().to_owned());
        let password = match (settings.require_password, password) {
            (Some(false), None) => PasswordWish::None,
            (Some(false), Some(_)) => return Err(SharedLinkSettingsError::InvalidSettings),
            (_, None) if wants_password => return Err(SharedLinkSettingsError::InvalidSettings),
            (_, Some(password)) if password.is_empty() => {
                return Err(SharedLinkSettingsError::InvalidSettings);
            }
            (_, Some(password)) => PasswordWish::Some(password),
            (_, None) => PasswordWish::AsItIs,
        };
        if matches!(settings.requested_visibility, Some(RequestedVisibility::TeamOnly)) {
            return Err(SharedLinkSettingsError::NotAuthorized);
        }
        Ok(Self { expires, password, only_owner, allow_download: settings.allow_download })
    }

    fn apply(&self, link: &mut StoredLink) -> Result<(), crate::store::error::StoreError> {
        if let Some(expires) = self.expires {
            link.expires = Some(expires);
        }
        match &self.password {
            PasswordWish::AsItIs => {}
            PasswordWish::None => link.set_password(None)?,
            PasswordWish::Some(password) => link.set_password(Some(password))?,
        }
        if let Some(only_owner) = self.only_owner {
            link.only_owner = only_owner;
        }
        if let Some(allow_download) = self.allow_download {
            link.allow_download = allow_download;
        }
        Ok(())
    }
}
