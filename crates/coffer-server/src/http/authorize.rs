//! Whether a call may be made, by tokens and scopes, and where its paths start (reference 2.4, 2.6, 4.4).

use super::argument::query_parameter;
use super::failure::CallFailure;
use crate::access::GrantedAccess;
use crate::app_state::AppState;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dropbox_protocol::auth::{AuthError, TokenScopeError};
use dropbox_protocol::path_root::PathRoot;
use dropbox_protocol::{Auth, RouteInfo};
use http::{HeaderMap, Uri, header};

/// Who makes a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Caller {
    /// A person, by an access token.
    Person {
        token: String,
        permit: GrantedAccess,
    },
    /// An app, by its key. The account knows no apps of its own and trusts every one as far as apps
    /// without a person may go.
    App,
    Nobody,
}

/// Finds out who calls, and whether this route is theirs to call.
pub(super) fn authorize(
    app: &AppState,
    route: &RouteInfo,
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<Caller, CallFailure<()>> {
    if route.auth == Auth::None {
        return Ok(Caller::Nobody);
    }
    let (value, place) = match headers.get(header::AUTHORIZATION) {
        Some(value) => {
            (String::from_utf8_lossy(value.as_bytes()).into_owned(), "HTTP header \"Authorization\"")
        }
        None => match query_parameter(uri, "authorization") {
            Some(value) => (value, "URL parameter \"authorization\""),
            None => {
                return Err(CallFailure::BadArgument(
                    "Must provide HTTP header \"Authorization\" or URL parameter \"authorization\"."
                        .to_owned(),
                ));
            }
        },
    };
    let malformed = || CallFailure::BadArgument(format!("Invalid authorization value in {place}."));
    let (scheme, credentials) = value.trim().split_once(' ').ok_or_else(malformed)?;
    let credentials = credentials.trim();
    match route.auth {
        Auth::User | Auth::AppOrUser if scheme.eq_ignore_ascii_case("bearer") => {
            if !is_token(credentials) {
                return Err(malformed());
            }
            let permit = app.access.authenticate(credentials).map_err(CallFailure::Unauthorized)?;
            check_scope(route, &permit)?;
            check_select(headers)?;
            Ok(Caller::Person { token: credentials.to_owned(), permit })
        }
        Auth::App | Auth::AppOrUser if scheme.eq_ignore_ascii_case("basic") => {
            app_key(credentials).map(|_| Caller::App).ok_or_else(malformed)
        }
        _ => Err(CallFailure::BadArgument(format!(
            "This function does not accept authorization of type \"{scheme}\"."
        ))),
    }
}

fn check_scope(route: &RouteInfo, permit: &GrantedAccess) -> Result<(), CallFailure<()>> {
    match route.scope {
        Some(scope) if !permit.scopes.contains(&scope) => {
            Err(CallFailure::Unauthorized(AuthError::MissingScope(TokenScopeError::new(scope.name()))))
        }
        _ => Ok(()),
    }
}

/// Tokens are those of one person, also in an account of a team, so there is no member to act for.
fn check_select(headers: &HeaderMap) -> Result<(), CallFailure<()>> {
    if headers.contains_key("dropbox-api-select-user") {
        return Err(CallFailure::Unauthorized(AuthError::InvalidSelectUser));
    }
    if headers.contains_key("dropbox-api-select-admin") {
        return Err(CallFailure::Unauthorized(AuthError::InvalidSelectAdmin));
    }
    Ok(())
}

/// Reads `Dropbox-API-Path-Root`: where the paths of a call start. Without it, in the person’s own folder.
pub(super) fn path_root(headers: &HeaderMap) -> Result<PathRoot, String> {
    let Some(value) = headers.get("dropbox-api-path-root") else { return Ok(PathRoot::Home) };
    let malformed = |error: &dyn std::fmt::Display| format!("HTTP header \"Dropbox-API-Path-Root\": {error}");
    let text = std::str::from_utf8(value.as_bytes()).map_err(|error| malformed(&error))?;
    match serde_json::from_str(text).map_err(|error| malformed(&error))? {
        PathRoot::Other => Err(malformed(&"unknown tag")),
        root => Ok(root),
    }
}

/// Whether a text has the form of a bearer token (RFC 6750).
pub(crate) fn is_token(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty()
        && body.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'/' | b'.' | b'+')
        })
}

/// The key and secret of Basic credentials.
pub(super) fn app_key(credentials: &str) -> Option<(String, String)> {
    let decoded = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
    let (key, secret) = decoded.split_once(':')?;
    (!key.is_empty()).then(|| (key.to_owned(), secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_the_letters_of_the_rfc() {
        for (text, expected) in
            [("a", true), ("aB0-_~/.+==", true), ("", false), ("=", false), ("a b", false), ("ä", false)]
        {
            assert_eq!(is_token(text), expected, "{text}");
        }
    }

    #[test]
    fn without_a_header_paths_start_at_home_and_what_is_no_root_is_refused() {
        for (value, expected) in [
            (None, Some(PathRoot::Home)),
            (Some(r#"{".tag":"home"}"#), Some(PathRoot::Home)),
            (Some(r#"{".tag":"root","root":"2"}"#), Some(PathRoot::Root("2".to_owned()))),
            (Some(r#"{".tag":"house"}"#), None),
            (Some("2"), None),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(value) = value {
                headers.insert("dropbox-api-path-root", value.parse().unwrap());
            }
            assert_eq!(path_root(&headers).ok(), expected, "{value:?}");
        }
    }
}
