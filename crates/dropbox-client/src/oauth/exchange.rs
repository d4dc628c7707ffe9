//! The two trades at the token endpoint: a code, or a refresh token, for an access token.

use super::app::AppRegistration;
use super::pkce::Verifier;
use crate::{ApiError, RestClient};
use dropbox_protocol::Secret;
use dropbox_protocol::oauth::{TOKEN_PATH, TokenReply};

pub(super) async fn code(
    rest: &RestClient,
    app: &AppRegistration,
    code: &str,
    verifier: Option<&Verifier>,
    redirect_uri: Option<&str>,
    locale: Option<&str>,
) -> Result<TokenReply, ApiError> {
    let mut form =
        vec![("grant_type", "authorization_code"), ("code", code), ("client_id", app.key.as_str())];
    form.extend(app.secret.as_ref().map(|secret| ("client_secret", secret.reveal())));
    form.extend(verifier.map(|verifier| ("code_verifier", verifier.reveal())));
    form.extend(redirect_uri.map(|redirect_uri| ("redirect_uri", redirect_uri)));
    form.extend(locale.map(|locale| ("locale", locale)));
    post(rest, &form).await
}

pub(crate) async fn refresh(
    rest: &RestClient,
    app: &AppRegistration,
    refresh_token: &Secret,
) -> Result<TokenReply, ApiError> {
    let mut form = vec![
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.reveal()),
        ("client_id", app.key.as_str()),
    ];
    form.extend(app.secret.as_ref().map(|secret| ("client_secret", secret.reveal())));
    post(rest, &form).await
}

async fn post(rest: &RestClient, form: &[(&str, &str)]) -> Result<TokenReply, ApiError> {
    let url = rest.base_urls().on_api(TOKEN_PATH);
    let request = rest.request_to(http::Method::POST, url).call("oauth2/token");
    request.post_params(form.iter().copied()).send().await?.json().await
}
