//! What both flows share: the options, the address of the page, and the result.

use url::Url;

use super::app::AppRegistration;
use super::exchange;
use super::pkce::Verifier;
use crate::options::setters;
use crate::{ApiError, BaseUrls, RestClient, Tokens};
use dropbox_protocol::Scope;
use dropbox_protocol::oauth::{AUTHORIZE_PATH, TokenReply};
use serde::{Deserialize, Serialize};

/// What kind of tokens a flow asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TokenAccess {
    /// Short-lived, and refreshable while nobody is there.
    #[default]
    Offline,
    /// Short-lived only.
    Online,
    /// Long-lived, which only old apps still get.
    Legacy,
}

impl TokenAccess {
    fn name(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Online => "online",
            Self::Legacy => "legacy",
        }
    }
}

/// Everything about a flow but the app.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FlowOptions {
    /// The language of the page, such as `de`.
    pub locale: Option<String>,
    /// The transport to use; its addresses decide where the page is.
    pub rest_client: Option<RestClient>,
    pub token_access: TokenAccess,
    /// What to ask for; empty means all that the app may have.
    pub scopes: Vec<Scope>,
    /// Ask again although the person has allowed the app before.
    pub force_reapprove: bool,
}

setters! { FlowOptions:
    with_locale sets locale to some(String),
    with_rest_client sets rest_client to some(RestClient),
    with_token_access sets token_access to value(TokenAccess),
    with_scopes sets scopes to value(Vec<Scope>),
    with_force_reapprove sets force_reapprove to value(bool),
}

/// What a finished flow yields. Serialized, it has the tokens in plain text; see [`Tokens`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Authorization {
    /// Make a client with these.
    pub tokens: Tokens,
    /// The account's old numeric identity, as text.
    pub user_id: String,
    /// The account's identity today.
    pub account_id: String,
    /// What the tokens may do, separated by spaces, if the service says.
    pub scope: Option<String>,
    /// What was given to `start`; always absent without a redirect.
    pub url_state: Option<String>,
}

/// The part of a flow that knows how to ask.
#[derive(Debug)]
pub(super) struct Flow {
    app: AppRegistration,
    options: FlowOptions,
    rest: RestClient,
}

impl Flow {
    pub(super) fn new(app: AppRegistration, options: FlowOptions) -> Result<Self, ApiError> {
        let rest = match &options.rest_client {
            Some(rest) => rest.clone(),
            None => RestClient::new(BaseUrls::dropbox())?,
        };
        Ok(Self { app, options, rest })
    }

    /// A new verifier, for an app that needs one.
    pub(super) fn verifier(&self) -> Result<Option<Verifier>, ApiError> {
        if self.app.secret.is_some() { Ok(None) } else { Verifier::random().map(Some) }
    }

    /// The address of the page.
    pub(super) fn authorize_url(
        &self,
        verifier: Option<&Verifier>,
        redirect_uri: Option<&str>,
        state: Option<&str>,
    ) -> String {
        let mut url: Url = self.rest.base_urls().on_www(AUTHORIZE_PATH);
        let mut query = url.query_pairs_mut();
        query.append_pair("response_type", "code").append_pair("client_id", &self.app.key);
        query.append_pair("token_access_type", self.options.token_access.name());
        if let Some(redirect_uri) = redirect_uri {
            query.append_pair("redirect_uri", redirect_uri);
        }
        if let Some(state) = state {
            query.append_pair("state", state);
        }
        if let Some(verifier) = verifier {
            query.append_pair("code_challenge", &verifier.challenge());
            query.append_pair("code_challenge_method", "S256");
        }
        if !self.options.scopes.is_empty() {
            let names: Vec<_> = self.options.scopes.iter().map(|scope| scope.name()).collect();
            query.append_pair("scope", &names.join(" "));
        }
        if let Some(locale) = &self.options.locale {
            query.append_pair("locale", locale);
        }
        if self.options.force_reapprove {
            query.append_pair("force_reapprove", "true");
        }
        drop(query);
        url.into()
    }

    /// Trades the code for tokens.
    pub(super) async fn exchange(
        &self,
        code: &str,
        verifier: Option<&Verifier>,
        redirect_uri: Option<&str>,
    ) -> Result<Authorization, ApiError> {
        let locale = self.options.locale.as_deref();
        let reply = exchange::code(&self.rest, &self.app, code, verifier, redirect_uri, locale).await?;
        authorization(reply)
    }
}

fn authorization(reply: TokenReply) -> Result<Authorization, ApiError> {
    let missing = |field: &str| ApiError::Malformed {
        call: "oauth2/token".into(),
        status: 200,
        problem: format!("the reply has no {field}"),
    };
    let tokens = Tokens::from_reply(&reply, None);
    tokens.check()?;
    Ok(Authorization {
        tokens,
        user_id: reply.uid.ok_or_else(|| missing("uid"))?,
        account_id: reply.account_id.or(reply.team_id).ok_or_else(|| missing("account_id"))?,
        scope: reply.scope,
        url_state: None,
    })
}
