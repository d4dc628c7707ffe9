//! Shared links: what an address means, who may look, and what the API says about a link.
//! The routes are in `sharing`, the pages in `pages`.

use super::failure::CallFailure;
use crate::app_state::AppState;
use crate::guess_limiter::{GuessLimiter, TooManyGuesses};
use crate::paths::{PLAIN_PATH, PathRef, rev_text};
use crate::store::entry::{StoredEntry, find_by_id, find_present};
use crate::store::error::StoreError;
use crate::store::link_password::LinkPassword;
use crate::store::links::{self, StoredLink};
use crate::store::refusal::Refusal;
use crate::view::AccountView;
use dropbox_protocol::Timestamp;
use dropbox_protocol::sharing::DisallowedReason;
use dropbox_protocol::sharing::{
    FileLinkMetadata, FolderLinkMetadata, LinkAccessLevel, LinkAudience, LinkAudienceOption, LinkPermissions,
    RequestedVisibility, ResolvedVisibility, SharedLinkMetadata, VisibilityPolicy,
};
use dropbox_protocol::users::AccountType;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::sync::Arc;
use url::Url;

/// Letters that stand for themselves in a part of an address.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The parts of a link's address that matter: `/scl/fi/ID/NAME/BELOW?rlkey=KEY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkAddress {
    pub id: String,
    pub rlkey: String,
    /// A path below the shared folder; empty, or with a slash in front.
    pub below: String,
}

/// What a link leads to.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub link: StoredLink,
    /// The shared item itself.
    pub shared: StoredEntry,
    /// The shared item, or something below it.
    pub entry: StoredEntry,
}

/// Why a link does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkProblem {
    /// No address of a link at all.
    Malformed,
    /// No such link, or it has expired, or what it led to is gone.
    NotFound,
    /// It asks for a password.
    PasswordNeeded,
    /// It is for the owner only.
    OwnerOnly,
    /// Wrong passwords have been tried too often.
    TooManyGuesses(TooManyGuesses),
}

/// How somebody comes to a link.
#[derive(Clone, Debug, Default)]
pub(super) struct Visitor {
    pub password: Option<String>,
    /// Has shown the password before.
    pub is_known: bool,
    pub is_owner: bool,
}

impl LinkAddress {
    /// Reads an address. Its host and `dl` do not matter.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let rlkey = url.query_pairs().find(|(key, _)| key == "rlkey").map(|(_, value)| value.into_owned())?;
        Self::from_path(url.path(), rlkey)
    }

    /// Reads the path of an address.
    pub(super) fn from_path(path: &str, rlkey: String) -> Option<Self> {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        if parts.next() != Some("scl") || !matches!(parts.next(), Some("fi" | "fo")) {
            return None;
        }
        let id = parts.next()?.to_owned();
        let mut below = String::new();
        for part in parts.skip(1) {
            below.push('/');
            below.push_str(&percent_decode_str(part).decode_utf8().ok()?);
        }
        Some(Self { id, rlkey, below })
    }
}

/// Opens a link at `path` below it.
pub(super) async fn open(
    app: &AppState,
    address: LinkAddress,
    path: &str,
    visitor: Visitor,
) -> Result<Opened, Refusal<LinkProblem>> {
    let relative = format!("{}{path}", address.below);
    let below = match PathRef::parse(&relative, PLAIN_PATH) {
        _ if relative.is_empty() || relative == "/" => None,
        Ok(PathRef::Path(below)) => Some(below),
        _ => return Err(Refusal::Answer(LinkProblem::NotFound)),
    };
    let now = app.config.clock.now();
    let password = visitor.password.clone();
    let guesses = Arc::clone(&app.link_guesses);
    let mut opened = app
        .store
        .read(move |connection| {
            let missing = || Refusal::Answer(LinkProblem::NotFound);
            let link = links::find(connection, &address.id, &address.rlkey)?.ok_or_else(missing)?;
            if link.expires.is_some_and(|expires| expires <= now) {
                return Err(missing());
            }
            let shared = find_by_id(connection, &link.item)?.ok_or_else(missing)?;
            if link.only_owner && !visitor.is_owner {
                return Err(Refusal::Answer(LinkProblem::OwnerOnly));
            }
            let has_shown = visitor.is_owner || visitor.is_known;
            if !has_shown && !check_password(&guesses, &link, visitor.password.as_deref())? {
                return Err(Refusal::Answer(LinkProblem::PasswordNeeded));
            }
            let entry = match below {
                None => shared.clone(),
                Some(_) if !shared.is_folder() => return Err(missing()),
                Some(below) => find_present(connection, &format!("{}{}", shared.path_lower, below.lower))?
                    .ok_or_else(missing)?,
            };
            Ok(Opened { link, shared, entry })
        })
        .await?;
    if let Some(password) = password {
        update_password(app, &mut opened.link, password).await?;
    }
    Ok(opened)
}

/// Why a call about a link fails; `answer` is the error of its route, by whether there is such a link.
pub(super) fn link_failure<E>(
    refusal: Refusal<LinkProblem>,
    answer: impl FnOnce(bool) -> E,
) -> CallFailure<E> {
    match refusal {
        Refusal::Store(error) => CallFailure::Store(error),
        Refusal::Answer(LinkProblem::TooManyGuesses(wait)) => CallFailure::TooManyGuesses(wait),
        Refusal::Answer(problem) => CallFailure::Answer(answer(match problem {
            LinkProblem::PasswordNeeded | LinkProblem::OwnerOnly | LinkProblem::TooManyGuesses(_) => true,
            LinkProblem::Malformed | LinkProblem::NotFound => false,
        })),
    }
}

/// Whether this password (or none) opens the link. Takes as long as a password takes to hash.
pub(super) fn check_password(
    guesses: &GuessLimiter,
    link: &StoredLink,
    password: Option<&str>,
) -> Result<bool, Refusal<LinkProblem>> {
    if link.password.is_none() || password.is_none() {
        return Ok(link.is_opened_by(password));
    }
    guesses.begin_try(&link.id).map_err(|wait| Refusal::Answer(LinkProblem::TooManyGuesses(wait)))?;
    let is_right = link.is_opened_by(password);
    if is_right {
        guesses.forget(&link.id);
    }
    Ok(is_right)
}

/// Stores the password that has just opened `link` anew if an older version had stored it.
pub(super) async fn update_password(
    app: &AppState,
    link: &mut StoredLink,
    password: String,
) -> Result<(), StoreError> {
    let Some(old) = link.password.clone().filter(LinkPassword::is_outdated) else { return Ok(()) };
    if !old.is(&password) {
        // The owner needs no password, and may have sent any.
        return Ok(());
    }
    let new = app.blocking(move || LinkPassword::new(&password)).await?;
    link.password = Some(new.clone());
    let id = link.id.clone();
    app.store.write(move |edit| links::replace_password(edit, &id, &old, &new)).await
}

impl Opened {
    /// The address of what was opened.
    pub(super) fn url(&self, app: &AppState) -> String {
        format!("{}{}?rlkey={}&dl=0", app.url, self.path(), self.link.rlkey)
    }

    /// The path of that address.
    pub(super) fn path(&self) -> String {
        let kind = if self.shared.is_folder() { "fo" } else { "fi" };
        let mut path = format!("/scl/{kind}/{}/{}", self.link.id, in_address(self.shared.name()));
        let below = self.entry.path_display.get(self.shared.path_display.len()..).unwrap_or_default();
        for part in below.split('/').filter(|part| !part.is_empty()) {
            path.push('/');
            path.push_str(&in_address(part));
        }
        path
    }

    /// What the API says about it; the owner may know more, as their call sees the account.
    pub(super) fn metadata(&self, app: &AppState, owner: Option<&AccountView>) -> SharedLinkMetadata {
        let (link, entry) = (&self.link, &self.entry);
        let permissions = permissions(app, link, owner.is_some());
        let expires = link.expires.map(Timestamp::from_unix_secs);
        let path_lower = owner.and_then(|view| view.path(&entry.path_lower));
        let (id, url, name) = (Some(entry.id.clone()), self.url(app), entry.name());
        match &entry.version {
            Some(version) => SharedLinkMetadata::File(FileLinkMetadata {
                id,
                expires,
                path_lower,
                ..FileLinkMetadata::new(
                    url,
                    name,
                    permissions,
                    Timestamp::from_unix_secs(version.client_modified),
                    Timestamp::from_unix_secs(version.server_modified),
                    rev_text(version.rev),
                    version.size,
                )
            }),
            None => SharedLinkMetadata::Folder(FolderLinkMetadata {
                id,
                expires,
                path_lower,
                ..FolderLinkMetadata::new(url, name, permissions)
            }),
        }
    }
}

/// A name as part of an address.
pub(super) fn in_address(name: &str) -> String {
    utf8_percent_encode(name, UNRESERVED).to_string()
}

/// Whether the account may have links that expire, ask for a password, or are not for everybody.
pub(super) fn has_extended_settings(app: &AppState) -> bool {
    app.config.account_type != AccountType::Basic
}

fn permissions(app: &AppState, link: &StoredLink, is_owner: bool) -> LinkPermissions {
    let extended = has_extended_settings(app);
    let can_change = is_owner && extended;
    let (requested, resolved, audience) = if link.only_owner {
        (RequestedVisibility::Public, ResolvedVisibility::OnlyYou, LinkAudience::NoOne)
    } else if link.password.is_some() {
        (RequestedVisibility::Password, ResolvedVisibility::Password, LinkAudience::Password)
    } else {
        (RequestedVisibility::Public, ResolvedVisibility::Public, LinkAudience::Public)
    };
    let why_not = |allowed: bool| (!allowed).then_some(DisallowedReason::UserAccountType);
    let policy = |policy, resolved, allowed| VisibilityPolicy {
        disallowed_reason: why_not(allowed),
        ..VisibilityPolicy::new(policy, resolved, allowed)
    };
    let option = |audience, allowed| LinkAudienceOption {
        disallowed_reason: why_not(allowed),
        ..LinkAudienceOption::new(audience, allowed)
    };
    LinkPermissions {
        resolved_visibility: Some(resolved),
        requested_visibility: Some(requested),
        effective_audience: Some(audience),
        link_access_level: Some(LinkAccessLevel::Viewer),
        audience_options: Some(vec![
            option(LinkAudience::Public, true),
            option(LinkAudience::NoOne, extended),
        ]),
        can_set_password: Some(can_change),
        can_remove_password: Some(can_change),
        require_password: Some(link.password.is_some()),
        can_use_extended_sharing_controls: Some(extended),
        ..LinkPermissions::new(
            is_owner,
            vec![
                policy(RequestedVisibility::Public, ResolvedVisibility::Public, true),
                policy(RequestedVisibility::Password, ResolvedVisibility::Password, extended),
            ],
            can_change,
            can_change,
            link.allow_download,
            can_change,
            can_change,
            false,
            false,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_by_what_grants_access() {
        let address =
            LinkAddress::parse("https://www.dropbox.com/scl/fo/abc/My%20folder/a%2Fb/c?rlkey=key&dl=1&st=x");
        assert_eq!(
            address,
            Some(LinkAddress { id: "abc".into(), rlkey: "key".into(), below: "/a/b/c".into() })
        );
        for bad in
            ["", "x", "https://host/", "https://host/scl/fi/abc/name", "https://host/s/abc/name?rlkey=1"]
        {
            assert_eq!(LinkAddress::parse(bad), None, "{bad}");
        }
    }
}
