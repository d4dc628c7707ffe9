//! The token endpoint: codes and refresh tokens become access tokens (reference 4.2).

use super::form::Form;
use crate::access::{hash_of, scopes_from};
use crate::app_state::AppState;
use crate::authorization::TokenAccessType;
use crate::http::authorize::app_key;
use crate::http::body::Body;
use crate::http::reply::{self, Reply};
use crate::store::error::StoreError;
use dropbox_protocol::Secret;
use dropbox_protocol::oauth::{TokenErrorReply, TokenReply};
use http::{HeaderMap, StatusCode, Uri, header};

/// Why no token is given.
struct TokenError {
    status: StatusCode,
    error: &'static str,
    description: &'static str,
}

impl TokenError {
    const fn new(error: &'static str, description: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, description }
    }
}

impl From<StoreError> for TokenError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a token could not be made");
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            error: "server_error",
            description: "the account could not do this; its log says why",
        }
    }
}

/// The grant has ended, or there never was one.
const REVOKED: TokenError = TokenError::new("invalid_grant", "refresh token is invalid or revoked");

/// Who asks.
struct TokenClient {
    id: String,
    secret: Option<String>,
    /// Shown in a header, so that a refusal is a 401.
    by_header: bool,
}

/// Answers a request for tokens.
pub(crate) async fn token(app: &AppState, headers: &HeaderMap, uri: &Uri, body: Body) -> Reply {
    let form = Form::from_request(headers, uri, body).await;
    let answer = match form.get("grant_type") {
        _ if !app.config.allows_sign_in => {
            Err(TokenError::new("unauthorized_client", "apps cannot sign in to this account"))
        }
        Some("authorization_code") => exchange_code(app, headers, &form).await,
        Some("refresh_token") => refresh(app, headers, &form).await,
        Some(_) => Err(TokenError::new("unsupported_grant_type", "use authorization_code or refresh_token")),
        None => Err(TokenError::new("invalid_request", "missing required field \"grant_type\"")),
    };
    let mut reply = match answer {
        Ok(tokens) => reply::json(StatusCode::OK, &tokens),
        Err(TokenError { status, error, description }) => {
            let error =
                TokenErrorReply { error: error.to_owned(), error_description: Some(description.to_owned()) };
            reply::json(status, &error)
        }
    };
    reply::set(&mut reply, header::CACHE_CONTROL, "no-store");
    reply
}

async fn exchange_code(app: &AppState, headers: &HeaderMap, form: &Form) -> Result<TokenReply, TokenError> {
    let client = client(headers, form)?;
    let code =
        form.get("code").ok_or(TokenError::new("invalid_request", "missing required field \"code\""))?;
    let gone = || TokenError::new("invalid_grant", "code doesn't exist or has expired");
    let request = app.authorizations.find_by_code(code).ok_or_else(gone)?;
    if request.client_id != client.id {
        return Err(TokenError::new("invalid_grant", "code was given to another app"));
    }
    if request.redirect_uri.as_deref() != form.get("redirect_uri") {
        return Err(TokenError::new("invalid_grant", "redirect_uri is not the one of the first step"));
    }
    let secret = match (&request.challenge, form.get("code_verifier")) {
        (Some(challenge), Some(verifier)) if challenge.accepts(verifier) => None,
        (Some(_), _) => return Err(TokenError::new("invalid_grant", "invalid code verifier")),
        (None, _) if client.secret.is_some() => client.secret.clone(),
        (None, _) => return Err(refused_client(&client, "show a client_secret or a code_verifier")),
    };
    if !app.authorizations.redeem_code(code) {
        return Err(gone());
    }
    let lifetime = app.config.access_token_lifetime_secs;
    let expires = (request.lasting != TokenAccessType::Legacy).then(|| app.config.clock.now() + lifetime);
    let (access_token, refresh_token) = app
        .access
        .grant(
            client.id,
            secret,
            request.scopes.clone(),
            expires,
            request.lasting == TokenAccessType::Offline,
        )
        .await?;
    Ok(TokenReply {
        access_token: Secret::new(access_token),
        token_type: "bearer".to_owned(),
        expires_in: expires.map(|_| lifetime.max(0) as u64),
        refresh_token: refresh_token.map(Secret::new),
        scope: Some(request.scopes),
        uid: Some(app.uid.clone()),
        account_id: Some(app.id.clone()),
        team_id: None,
    })
}

async fn refresh(app: &AppState, headers: &HeaderMap, form: &Form) -> Result<TokenReply, TokenError> {
    let client = client(headers, form)?;
    let token = form
        .get("refresh_token")
        .ok_or(TokenError::new("invalid_request", "missing required field \"refresh_token\""))?;
    let grant =
        app.access.grant_of(token).await?.filter(|grant| grant.client_id == client.id).ok_or(REVOKED)?;
    if grant.secret_hash.is_some() && grant.secret_hash != client.secret.as_deref().map(hash_of) {
        return Err(refused_client(&client, "invalid client_id or client_secret"));
    }
    let scopes = match form.get("scope") {
        None => grant.scopes.clone(),
        Some(wanted) => {
            let granted = scopes_from(&grant.scopes);
            let wanted_scopes = scopes_from(wanted);
            if wanted_scopes.len() != wanted.split_whitespace().count() || !wanted_scopes.is_subset(&granted)
            {
                return Err(TokenError::new(
                    "invalid_scope",
                    "only scopes that were granted can be asked for",
                ));
            }
            wanted.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    };
    let lifetime = app.config.access_token_lifetime_secs;
    let access_token =
        app.access.refresh(&grant, scopes, app.config.clock.now() + lifetime).await?.ok_or(REVOKED)?;
    Ok(TokenReply {
        access_token: Secret::new(access_token),
        token_type: "bearer".to_owned(),
        expires_in: Some(lifetime.max(0) as u64),
        refresh_token: None,
        scope: None,
        uid: None,
        account_id: None,
        team_id: None,
    })
}

/// The app, from the Basic header or the form.
fn client(headers: &HeaderMap, form: &Form) -> Result<TokenClient, TokenError> {
    let basic = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
    if let Some((_, credentials)) = basic {
        let unreadable = TokenError {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_client",
            description: "the credentials cannot be read",
        };
        let (id, secret) = app_key(credentials.trim()).ok_or(unreadable)?;
        let secret = (!secret.is_empty()).then_some(secret);
        return Ok(TokenClient { id, secret, by_header: true });
    }
    let id = form
        .get("client_id")
        .ok_or(TokenError::new("invalid_request", "missing required field \"client_id\""))?;
    Ok(TokenClient {
        id: id.to_owned(),
        secret: form.get("client_secret").map(str::to_owned),
        by_header: false,
    })
}

fn refused_client(client: &TokenClient, description: &'static str) -> TokenError {
    let status = if client.by_header { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    TokenError { status, error: "invalid_client", description }
}
