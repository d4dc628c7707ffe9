//! What a person sees who opens a shared link in a browser: a file with a preview, a folder with its
//! contents, or a field for the password. `dl=1` downloads, `raw=1` shows the bare file (reference 3.8).

use super::archive::archive;
use super::body::{self, Body};
use super::content::{content_type_of, serve};
use super::failure::CallFailure;
use super::html::{escape, notice, page, too_many_guesses};
use super::links::{self, LinkAddress, LinkProblem, Opened, Visitor, in_address};
use super::oauth::Form;
use super::reply::{self, Reply};
use super::thumbnails;
use super::user_message::MessageLanguage;
use crate::app_state::AppState;
use crate::signed_token::{self, TokenKind};
use crate::store::entry::{StoredEntry, Version};
use crate::store::error::StoreError;
use crate::store::link_password::LinkPassword;
use crate::store::links as stored_links;
use crate::store::listing::{self, ListingCoverage, Position};
use crate::store::refusal::Refusal;
use crate::thumbnails::ThumbnailSpec;
use coffer_stdx::units::size;
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::{ThumbnailFormat, ThumbnailMode, ThumbnailSize, has_thumbnail_extension};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use std::fmt::Write as _;
use std::io::Read as _;
use std::sync::Arc;

/// Entries of a folder that its page shows.
const SHOWN_ENTRIES: usize = 2_000;

/// Bytes of a text that its page shows.
const SHOWN_TEXT_BYTES: u64 = 64 * 1024;

/// Answers a browser at a shared link.
pub(super) async fn serve_link(
    app: &AppState,
    method: &Method,
    headers: &HeaderMap,
    uri: &Uri,
    body: Body,
) -> Reply {
    let query = Form::from_uri(uri);
    let Some(address) =
        query.get("rlkey").and_then(|rlkey| LinkAddress::from_path(uri.path(), rlkey.to_owned()))
    else {
        return nothing_here();
    };
    if method == Method::POST {
        return enter_password(app, headers, uri, &address, body).await;
    }
    let visitor =
        Visitor { password: None, is_known: is_known(app, headers, &address).await, is_owner: false };
    let opened = match links::open(app, address, "", visitor).await {
        Ok(opened) => opened,
        Err(Refusal::Answer(LinkProblem::PasswordNeeded)) => return password_page(StatusCode::OK, ""),
        Err(Refusal::Answer(LinkProblem::OwnerOnly)) => {
            return notice(StatusCode::FORBIDDEN, "No access", "Only the owner can open this link.");
        }
        Err(Refusal::Answer(LinkProblem::Malformed | LinkProblem::NotFound)) => return nothing_here(),
        Err(Refusal::Answer(LinkProblem::TooManyGuesses(wait))) => return too_many_guesses(wait),
        Err(Refusal::Store(error)) => return trouble(error),
    };
    let download = query.get("dl") == Some("1");
    let raw = query.get("raw") == Some("1");
    // The bare file is a download as well, whatever the browser does with it.
    if (download || raw) && !opened.link.allow_download {
        return notice(
            StatusCode::FORBIDDEN,
            "Downloads are disabled",
            "The owner of this link does not allow downloads.",
        );
    }
    match &opened.entry.version {
        Some(version) if query.get("preview") == Some("1") => {
            scaled_picture(app, &opened.entry, version).await
        }
        Some(version) if download || raw => bare_file(app, headers, &opened.entry, version, download).await,
        Some(version) => file_page(app, &opened, version).await,
        None if download => folder_archive(app, &opened.entry).await,
        None => folder_page(app, &opened).await,
    }
}

fn nothing_here() -> Reply {
    notice(
        StatusCode::NOT_FOUND,
        "This link doesn’t work",
        "The link was removed or has expired, or the file was deleted.",
    )
}

fn trouble(error: StoreError) -> Reply {
    CallFailure::<()>::Store(error).into_reply("shared link", MessageLanguage::English)
}

async fn bare_file(
    app: &AppState,
    headers: &HeaderMap,
    entry: &StoredEntry,
    version: &Version,
    download: bool,
) -> Reply {
    match serve::<()>(app, headers, version, &content_type_of(entry.name())).await {
        Ok(mut reply) => {
            reply::set(&mut reply, header::CONTENT_DISPOSITION, &disposition(entry.name(), download));
            // What somebody put into a file must not run as a page of the account.
            reply::set(&mut reply, header::CONTENT_SECURITY_POLICY, "sandbox");
            reply::set(&mut reply, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
            reply
        }
        Err(failure) => failure.into_reply("shared link", MessageLanguage::English),
    }
}

/// What the page of a picture shows of it where it may not be downloaded.
async fn scaled_picture(app: &AppState, entry: &StoredEntry, version: &Version) -> Reply {
    let (size, mode) = (ThumbnailSize::W2048H1536, ThumbnailMode::BestFit);
    let spec = ThumbnailSpec { format: ThumbnailFormat::Jpeg, size, mode };
    match thumbnails::make_of(app, entry, version, spec).await {
        Ok(bytes) => reply::with_type(StatusCode::OK, "image/jpeg", body::full(bytes)),
        Err(failure) => failure.into_reply("shared link", MessageLanguage::English),
    }
}

async fn folder_archive(app: &AppState, folder: &StoredEntry) -> Reply {
    match archive(app, &Arc::default(), folder).await {
        Ok(mut reply) => {
            let name = format!("{}.zip", folder.name());
            reply::set(&mut reply, header::CONTENT_DISPOSITION, &disposition(&name, true));
            reply
        }
        Err(Refusal::Answer(_)) => notice(
            StatusCode::CONFLICT,
            "Folder too large",
            "This folder is too large to download as one ZIP file.",
        ),
        Err(Refusal::Store(error)) => trouble(error),
    }
}

fn disposition(name: &str, download: bool) -> String {
    let kind = if download { "attachment" } else { "inline" };
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_graphic() && !matches!(letter, '"' | '\\') { letter } else { '_' })
        .collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", in_address(name))
}

async fn file_page(app: &AppState, opened: &Opened, version: &Version) -> Reply {
    let name = opened.entry.name();
    let base = opened.path();
    let with = |parameter: &str| escape(&format!("{base}?rlkey={}&{parameter}", opened.link.rlkey));
    let content_type = content_type_of(name);
    let preview = match content_type.split('/').next() {
        Some("image") if !opened.link.allow_download && has_thumbnail_extension(name) => {
            format!("<img src=\"{}\" alt=\"{}\">", with("preview=1"), escape(name))
        }
        Some("image" | "video" | "audio") if !opened.link.allow_download => String::new(),
        Some("image") => format!("<img src=\"{}\" alt=\"{}\">", with("raw=1"), escape(name)),
        Some("video") => format!("<video controls src=\"{}\"></video>", with("raw=1")),
        Some("audio") => format!("<audio controls src=\"{}\"></audio>", with("raw=1")),
        _ => match text_start(app, version).await {
            Some(text) => format!("<pre>{}</pre>", escape(&text)),
            None => String::new(),
        },
    };
    let preview = if preview.is_empty() {
        "<p class=\"dimmed\">There is no preview for this kind of file.</p>".to_owned()
    } else {
        format!("<div class=\"preview\">{preview}</div>")
    };
    let body = format!(
        "<main class=\"card wide\"><div class=\"row spread\"><div class=\"grow\"><h1>{}</h1>\
         <p class=\"dimmed small\">{} · {}</p></div>{}</div>{preview}</main>",
        escape(name),
        size(version.size),
        time_text(version.client_modified),
        download_button(opened, &with("dl=1"), "Download"),
    );
    page(StatusCode::OK, name, &body, "")
}

async fn folder_page(app: &AppState, opened: &Opened) -> Reply {
    let folder = opened.entry.path_lower.clone();
    let listed = app
        .store
        .read(move |connection| {
            let scope = ListingCoverage { path_lower: folder, recursive: false, include_deleted: false };
            listing::page(connection, &scope, &Position::default(), SHOWN_ENTRIES)
        })
        .await;
    let listed = match listed {
        Ok(listed) => listed,
        Err(error) => return trouble(error),
    };
    let mut entries = listed.entries;
    entries.sort_by_key(|entry| !entry.is_folder());
    let base = opened.path();
    let rlkey = &opened.link.rlkey;
    let mut rows = String::new();
    for entry in &entries {
        let address = escape(&format!("{base}/{}?rlkey={rlkey}&dl=0", in_address(entry.name())));
        let (size, time) = entry.version.as_ref().map_or((String::new(), String::new()), |version| {
            (size(version.size), time_text(version.client_modified))
        });
        let slash = if entry.is_folder() { "/" } else { "" };
        let _ = write!(
            rows,
            "<tr><td><a href=\"{address}\">{}{slash}</a></td><td class=\"number\">{size}</td><td class=\"number\">{time}</td></tr>",
            escape(entry.name())
        );
    }
    let contents = if rows.is_empty() {
        "<p class=\"dimmed\">This folder is empty.</p>".to_owned()
    } else {
        format!("<table>{rows}</table>")
    };
    let more = if listed.next.is_some() {
        format!(
            "<p class=\"dimmed small\">Only the first {SHOWN_ENTRIES} items are shown. The ZIP file contains all.</p>"
        )
    } else {
        String::new()
    };
    let zip = escape(&format!("{base}?rlkey={rlkey}&dl=1"));
    let body = format!(
        "<main class=\"card wide\"><div class=\"row spread\"><div class=\"grow\"><h1>{}</h1></div>{}</div>{contents}{more}</main>",
        escape(opened.entry.name()),
        download_button(opened, &zip, "Download as ZIP"),
    );
    page(StatusCode::OK, opened.entry.name(), &body, "")
}

fn download_button(opened: &Opened, address: &str, label: &str) -> String {
    if opened.link.allow_download {
        format!("<a class=\"button primary\" href=\"{address}\">{label}</a>")
    } else {
        String::new()
    }
}

/// The beginning of a file that seems to be text.
async fn text_start(app: &AppState, version: &Version) -> Option<String> {
    let (blobs, hash) = (app.store.blobs(), version.hash);
    let bytes = app
        .blocking(move || {
            let mut bytes = Vec::new();
            let mut start = blobs.read(&hash)?.take(SHOWN_TEXT_BYTES);
            start.read_to_end(&mut bytes).map_err(StoreError::at(&blobs.path(&hash)))?;
            Ok::<_, StoreError>(bytes)
        })
        .await
        .ok()?;
    let valid = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        // The cut may have gone through a letter.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let is_text = !valid
        .contains(|letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{c}'));
    (is_text && !valid.is_empty()).then(|| valid.to_owned())
}

fn time_text(seconds: i64) -> String {
    Timestamp::from_unix_secs(seconds).instant().strftime("%-d %B %Y").to_string()
}

fn password_page(status: StatusCode, complaint: &str) -> Reply {
    let body = format!(
        "<main class=\"card\"><h1>Password required</h1><p class=\"danger\">{}</p>\
         <form method=\"post\" class=\"row\"><div class=\"grow\"><input type=\"password\" name=\"password\" \
         aria-label=\"Password\" autofocus required></div><button class=\"primary\">Open</button></form></main>",
        escape(complaint)
    );
    page(status, "Password", &body, "")
}

/// Checks a password and lets the browser remember that it was right.
async fn enter_password(
    app: &AppState,
    headers: &HeaderMap,
    uri: &Uri,
    address: &LinkAddress,
    body: Body,
) -> Reply {
    let form = Form::from_request(headers, &Uri::default(), body).await;
    let password = form.get("password").unwrap_or_default().to_owned();
    let (id, rlkey) = (address.id.clone(), address.rlkey.clone());
    let found = app.store.read(move |connection| stored_links::find(connection, &id, &rlkey)).await;
    let mut link = match found {
        Ok(Some(link)) => link,
        Ok(None) => return nothing_here(),
        Err(error) => return trouble(error),
    };
    let (asked, given, guesses) = (link.clone(), password.clone(), Arc::clone(&app.link_guesses));
    match app.blocking(move || links::check_password(&guesses, &asked, Some(&given))).await {
        Ok(true) => {}
        Err(Refusal::Answer(LinkProblem::TooManyGuesses(wait))) => return too_many_guesses(wait),
        Ok(false) | Err(_) => return password_page(StatusCode::FORBIDDEN, "Incorrect password."),
    }
    if let Err(error) = links::update_password(app, &mut link, password).await {
        return trouble(error);
    }
    let proof = signed_token::sign(app, TokenKind::LinkPassword, &(&link.id, &link.password));
    let mut reply = notice(StatusCode::SEE_OTHER, "One moment", "Opening the link…");
    reply::set(&mut reply, header::LOCATION, &uri.to_string());
    let cookie = format!("{}={proof}; Path=/scl/; HttpOnly; SameSite=Lax", cookie_name(&link.id));
    reply::set(&mut reply, header::SET_COOKIE, &cookie);
    reply
}

fn cookie_name(link: &str) -> String {
    format!("link-{link}")
}

/// Whether this browser has shown the link's present password before.
async fn is_known(app: &AppState, headers: &HeaderMap, address: &LinkAddress) -> bool {
    let name = cookie_name(&address.id);
    let proof = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, proof)| {
            signed_token::verify::<(String, Option<LinkPassword>)>(app, TokenKind::LinkPassword, proof).ok()
        });
    let Some(proof) = proof else { return false };
    let (id, rlkey) = (address.id.clone(), address.rlkey.clone());
    let link = app.store.read(move |connection| stored_links::find(connection, &id, &rlkey)).await;
    link.is_ok_and(|link| link.is_some_and(|link| (link.id, link.password) == proof))
}
