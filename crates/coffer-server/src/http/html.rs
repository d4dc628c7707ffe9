//! The look of the few pages that people see: one sheet, light and dark, nothing from elsewhere.
//! Everything that comes from outside goes through [`escape`].

use super::body;
use super::reply::{self, Reply};
use crate::guess_limiter::TooManyGuesses;
use crate::store::edit::random;
use http::{HeaderName, StatusCode, header};

const STYLE: &str = include_str!("page.css");

/// Text that may stand between tags and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A page; `title` is plain text, `body` is HTML, `script` runs when the page is there.
pub(super) fn page(status: StatusCode, title: &str, body: &str, script: &str) -> Reply {
    let title = escape(title);
    // A page without randomness goes without its script, which none needs.
    let nonce = random::<16>().map(hex::encode).unwrap_or_default();
    let script = if script.is_empty() || nonce.is_empty() {
        String::new()
    } else {
        format!("<script nonce=\"{nonce}\">{script}</script>")
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><style>{STYLE}</style></head>\
         <body>{body}{script}</body></html>\n"
    );
    let mut reply = reply::with_type(status, "text/html; charset=utf-8", body::full(html));
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; \
         script-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
    );
    reply::set(&mut reply, header::CONTENT_SECURITY_POLICY, &policy);
    reply::set(&mut reply, header::X_FRAME_OPTIONS, "DENY");
    reply::set(&mut reply, header::REFERRER_POLICY, "no-referrer");
    reply::set(&mut reply, header::CACHE_CONTROL, "no-store");
    reply::set(&mut reply, HeaderName::from_static("x-content-type-options"), "nosniff");
    reply
}

/// A page that says one thing.
pub(super) fn notice(status: StatusCode, title: &str, sentence: &str) -> Reply {
    let body = format!("<main class=\"card\"><h1>{}</h1><p>{}</p></main>", escape(title), escape(sentence));
    page(status, title, &body, "")
}

/// Too many wrong passwords or passcodes.
pub(super) fn too_many_guesses(wait: TooManyGuesses) -> Reply {
    let sentence = "It was entered wrong too often. Wait a few seconds, then go back and try again.";
    let mut reply = notice(StatusCode::TOO_MANY_REQUESTS, "Too many attempts", sentence);
    reply::set(&mut reply, header::RETRY_AFTER, &wait.retry_after_secs().to_string());
    reply
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_from_outside_becomes_markup() {
        assert_eq!(
            escape("<a href=\"x\" b='y'>&</a>"),
            "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;&lt;/a&gt;"
        );
    }
}
