//! The page on which a person allows an app to use the account, or does not (reference 4.1).
//!
//! With a redirect address the decision goes there; without one, a code is shown for copying. The form
//! sends `request` (from the page), `decision` (`allow` or `cancel`) and `passcode`; the code is in the field `code`.

use super::form::Form;
use crate::access::scopes_from;
use crate::app_state::AppState;
use crate::authorization::{AuthorizationRequest, Challenge, TokenAccessType};
use crate::http::body::Body;
use crate::http::html::{escape, notice, page, too_many_guesses};
use crate::http::reply::{self, Reply};
use crate::passcode::PasscodeError;
use dropbox_protocol::Scope;
use http::uri::Authority;
use http::{HeaderMap, StatusCode, Uri, header};
use std::fmt::Write as _;
use std::net::IpAddr;
use url::{Host, Url};

/// The longest `state`, in bytes.
const STATE_LIMIT: usize = 500;

/// Shows what an app asks for.
pub(crate) fn show_page(app: &AppState, headers: &HeaderMap, uri: &Uri) -> Reply {
    if let Some(refused) = refuse_visitor(app, headers, uri) {
        return refused;
    }
    let form = Form::from_uri(uri);
    let request = match read_request(&form) {
        Ok(request) => request,
        Err(AuthorizeError::ToPerson(why)) => {
            return notice(StatusCode::BAD_REQUEST, "Invalid sign-in request", &why);
        }
        Err(AuthorizeError::ToApp { redirect_uri, state, error, description }) => {
            return redirect(
                &redirect_uri,
                &[("error", error), ("error_description", &description)],
                state.as_deref(),
            );
        }
    };
    let Ok(name) = app.authorizations.create_request(request.clone()) else {
        return notice(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", "Please try again.");
    };
    decision_page(app, StatusCode::OK, &name, &request, "")
}

/// The form in which the person decides about the request with this name.
fn decision_page(
    app: &AppState,
    status: StatusCode,
    name: &str,
    request: &AuthorizationRequest,
    complaint: &str,
) -> Reply {
    let scopes = scopes_from(&request.scopes);
    let mut wishes = String::new();
    for wish in wishes_in_words(&scopes) {
        let _ = write!(wishes, "<li>{wish}</li>");
    }
    let lasting = match request.lasting {
        TokenAccessType::Online => "Access expires after a few hours.",
        TokenAccessType::Offline | TokenAccessType::Legacy => "Access continues until you revoke it.",
    };
    let target = request.redirect_uri.as_deref().and_then(redirect_target);
    let target = match target.as_ref().and_then(Url::host_str) {
        Some(host) => format!("Then you return to <b>{}</b>.", escape(host)),
        None => "Then a code is shown, to be copied into the app.".to_owned(),
    };
    let client = escape(&request.client_id);
    let owner = escape(&app.config.owner_name);
    let body = format!(
        "<main class=\"card\"><p class=\"dimmed small\">Coffer, on this computer</p>\
         <h1>Allow “{client}” to access “{owner}”?</h1><p>It will be able to:</p><ul class=\"plain\">{wishes}</ul>\
         <p class=\"dimmed small\">{lasting} {target}</p>\
         <form method=\"post\" action=\"/oauth2/authorize\"><input type=\"hidden\" name=\"request\" value=\"{name}\">\
         <label>Passcode<input type=\"text\" name=\"passcode\" autocomplete=\"off\" autofocus required></label>\
         <p class=\"dimmed small\">The terminal in which the account was started shows it; “coffer apps --passcode” prints it \
         again.</p><p class=\"danger\" role=\"alert\">{}</p>\
         <div class=\"row\"><button class=\"primary\" name=\"decision\" value=\"allow\">Allow</button>\
         <button name=\"decision\" value=\"cancel\" formnovalidate>Cancel</button></div></form></main>",
        escape(complaint)
    );
    let mut page = page(status, "Allow access?", &body, "");
    // With less, browsers would not say that the form comes from this page.
    reply::set(&mut page, header::REFERRER_POLICY, "same-origin");
    page
}

/// Carries out what the person decided.
pub(crate) async fn submit_decision(app: &AppState, headers: &HeaderMap, uri: &Uri, body: Body) -> Reply {
    let form = Form::from_request(headers, uri, body).await;
    if let Some(refused) = refuse_visitor(app, headers, uri) {
        return refused;
    }
    let name = form.get("request").unwrap_or_default();
    let Some(request) = app.authorizations.find_request(name) else { return outdated_page() };
    let is_allowed = form.get("decision") == Some("allow");
    if is_allowed && let Err(error) = check_passcode(app, form.get("passcode").unwrap_or_default()) {
        return match error {
            PasscodeError::Wrong => {
                decision_page(app, StatusCode::FORBIDDEN, name, &request, "This is not the passcode.")
            }
            PasscodeError::TooManyGuesses(wait) => too_many_guesses(wait),
        };
    }
    // Of two that decide at once, one does.
    let Some(request) = app.authorizations.take_request(name) else { return outdated_page() };
    let (redirect_uri, state) = (request.redirect_uri.clone(), request.state.clone());
    if !is_allowed {
        return match redirect_uri {
            Some(uri) => redirect(
                &uri,
                &[
                    ("error", "access_denied"),
                    ("error_description", "The user chose not to give your app access"),
                ],
                state.as_deref(),
            ),
            None => notice(
                StatusCode::OK,
                "Access denied",
                "The app was not given access. You can close this page.",
            ),
        };
    }
    let Ok(code) = app.authorizations.create_code(request) else {
        return notice(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", "Please try again.");
    };
    match redirect_uri {
        Some(uri) => redirect(&uri, &[("code", &code)], state.as_deref()),
        None => show_code(&code),
    }
}

/// Only the owner has the passcode; the page can be reached by everybody on this computer.
fn check_passcode(app: &AppState, typed: &str) -> Result<(), PasscodeError> {
    app.passcode.as_ref().map_or(Err(PasscodeError::Wrong), |passcode| passcode.check(typed))
}

fn outdated_page() -> Reply {
    notice(
        StatusCode::BAD_REQUEST,
        "This page is no longer valid",
        "It was already used or has expired. Start again in the app.",
    )
}

fn show_code(code: &str) -> Reply {
    let body = format!(
        "<main class=\"card\"><h1>Almost done</h1><p>Copy this code and paste it into the app. It works once, \
         for ten minutes.</p><div class=\"row\"><div class=\"grow\"><input type=\"text\" id=\"code\" name=\"code\" \
         aria-label=\"Code\" readonly value=\"{}\"></div><button class=\"primary\" id=\"copy\">Copy</button></div></main>",
        escape(code)
    );
    let script = "const code = document.getElementById('code'), copy = document.getElementById('copy'); \
         code.focus(); code.select(); copy.onclick = () => { code.select(); \
         (navigator.clipboard ? navigator.clipboard.writeText(code.value) : Promise.reject()) \
         .catch(() => document.execCommand('copy')).then(() => { copy.textContent = 'Copied'; }); };";
    page(StatusCode::OK, "Your code", &body, script)
}

/// Why a request cannot be shown.
enum AuthorizeError {
    /// The app cannot be sent the error, because its own address is what is wrong.
    ToPerson(String),
    ToApp {
        redirect_uri: String,
        state: Option<String>,
        error: &'static str,
        description: String,
    },
}

fn read_request(form: &Form) -> Result<AuthorizationRequest, AuthorizeError> {
    let to_person = |why: &str| AuthorizeError::ToPerson(why.to_owned());
    let client_id = form.get("client_id").ok_or_else(|| to_person("The app sent no client_id."))?;
    let state = form.get("state").map(str::to_owned);
    if state.as_ref().is_some_and(|state| state.len() > STATE_LIMIT) {
        return Err(to_person("The app’s state is longer than 500 bytes."));
    }
    let redirect_uri = form
        .get("redirect_uri")
        .map(|text| {
            redirect_target(text)
                .ok_or_else(|| to_person("The app’s redirect_uri must use https or be on this computer."))
        })
        .transpose()?;
    let refused = |error: &'static str, description: String| match &redirect_uri {
        Some(uri) => {
            AuthorizeError::ToApp { redirect_uri: uri.to_string(), state: state.clone(), error, description }
        }
        None => AuthorizeError::ToPerson(description),
    };
    match form.get("response_type") {
        Some("code") => {}
        Some(other) => {
            let why = format!("The response type \"{other}\" is not supported; \"code\" is.");
            return Err(refused("unsupported_response_type", why));
        }
        None => {
            return Err(refused("invalid_request", "The app sent no response_type.".to_owned()));
        }
    }
    let scopes = form.get("scope").unwrap_or_default();
    if let Some(unknown) = scopes.split_whitespace().find(|name| Scope::from_name(name).is_none()) {
        return Err(refused("invalid_scope", format!("Unknown scope: {unknown}.")));
    }
    let scopes = if scopes.trim().is_empty() {
        Scope::ALL.map(Scope::name).join(" ")
    } else {
        scopes.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let lasting = match form.get("token_access_type") {
        None | Some("online") => TokenAccessType::Online,
        Some("offline") => TokenAccessType::Offline,
        Some("legacy") => TokenAccessType::Legacy,
        Some(other) => {
            return Err(refused("invalid_request", format!("There is no token_access_type \"{other}\".")));
        }
    };
    let challenge = form.get("code_challenge").map(str::to_owned);
    let challenge = match (challenge, form.get("code_challenge_method")) {
        (None, _) => None,
        (Some(challenge), Some("S256")) => Some(Challenge::Sha256(challenge)),
        (Some(challenge), None | Some("plain")) => Some(Challenge::Plain(challenge)),
        (Some(_), Some(other)) => {
            return Err(refused(
                "invalid_request",
                format!("There is no code_challenge_method \"{other}\"."),
            ));
        }
    };
    // The token endpoint compares the address as it was written, so it is stored unparsed.
    let redirect_uri = form.get("redirect_uri").map(str::to_owned);
    Ok(AuthorizationRequest {
        client_id: client_id.to_owned(),
        redirect_uri,
        state,
        scopes,
        lasting,
        challenge,
    })
}

/// An address that a code may be sent to: https, or http on this machine.
fn redirect_target(text: &str) -> Option<Url> {
    let uri = Url::parse(text).ok()?;
    let is_local = match uri.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    let is_safe = uri.scheme() == "https" || (uri.scheme() == "http" && is_local);
    (is_safe && uri.fragment().is_none()).then_some(uri)
}

fn redirect(to: impl AsRef<str>, parameters: &[(&str, &str)], state: Option<&str>) -> Reply {
    let Some(mut uri) = redirect_target(to.as_ref()) else {
        return notice(
            StatusCode::BAD_REQUEST,
            "Invalid sign-in request",
            "The app’s redirect address is invalid.",
        );
    };
    {
        let mut pairs = uri.query_pairs_mut();
        pairs.extend_pairs(parameters);
        if let Some(state) = state {
            pairs.append_pair("state", state);
        }
    }
    let mut reply = notice(StatusCode::FOUND, "Back to the app", "You can close this page.");
    reply::set(&mut reply, header::LOCATION, uri.as_str());
    reply
}

fn wishes_in_words(scopes: &std::collections::BTreeSet<Scope>) -> Vec<&'static str> {
    scopes
        .iter()
        .map(|scope| match scope {
            Scope::AccountInfoRead => "see your name, e-mail address and storage",
            Scope::FilesMetadataRead => "see the names and versions of your files",
            Scope::FilesMetadataWrite => "edit tags of your files",
            Scope::FilesContentRead => "read your files",
            Scope::FilesContentWrite => "add, edit, move and delete your files",
            Scope::FilesPermanentDelete => "permanently delete files",
            Scope::SharingRead => "see your shared links",
            Scope::SharingWrite => "create, edit and remove shared links",
        })
        .collect()
}

/// Why a visitor gets neither the page nor a decision: apps can't sign in here, the page was asked for under a name that
/// is none of this server's, or another web site has sent the form.
fn refuse_visitor(app: &AppState, headers: &HeaderMap, uri: &Uri) -> Option<Reply> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = header(header::HOST).or(uri.authority().map(Authority::as_str));
    // A web site whose name is made to point here must not be able to read the page and press the button itself.
    let is_foreign = host.is_some_and(|host| !is_our_host(app, host));
    let origin =
        header(header::ORIGIN).map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host));
    if is_foreign || (origin.is_some() && origin != host) {
        return Some(notice(
            StatusCode::FORBIDDEN,
            "Wrong address",
            "For security, this page works only at the address that the local account was started with.",
        ));
    }
    if !app.config.allows_sign_in {
        return Some(notice(
            StatusCode::FORBIDDEN,
            "Apps can’t sign in here",
            "This is the local account of the Coffer window. To connect an app, start the account with “coffer serve”.",
        ));
    }
    None
}

/// Whether a host, perhaps with a port, is a name of this server.
fn is_our_host(app: &AppState, host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let own = Url::parse(&app.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    name.parse::<IpAddr>().is_ok()
        || matches!(name, "localhost" | "www.dropbox.com")
        || own.as_deref() == Some(name)
}
