//! The `user_message` of an error: a sentence for the person, in the language of `Dropbox-API-User-Locale`
//! (reference 2.3, 2.6). Errors that only a programmer can mend have none.

use dropbox_protocol::error::{ErrorReply, UserMessage};
use http::HeaderMap;

/// A language that there are messages in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageLanguage {
    English,
    German,
}

impl MessageLanguage {
    /// The language that a request asks for, by its first part (`de-AT` is German). English where it names none, or one
    /// without messages.
    pub(super) fn of_request(headers: &HeaderMap) -> Self {
        let locale = headers.get("dropbox-api-user-locale").and_then(|locale| locale.to_str().ok());
        let language = locale.and_then(|locale| locale.trim().split(['-', '_']).next()).unwrap_or_default();
        if language.eq_ignore_ascii_case("de") { Self::German } else { Self::English }
    }

    fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

/// What a person can do something about, by the last tag of the error, in English and in German.
const MESSAGES: [(&str, &str, &str); 4] = [
    (
        "insufficient_space",
        "Your account is full. Delete files to make room, or get more storage.",
        "Ihr Konto ist voll. Löschen Sie Dateien oder erweitern Sie den Speicherplatz.",
    ),
    (
        "disallowed_name",
        "Files and folders cannot have this name. Choose another one.",
        "Dieser Name ist nicht zulässig. Wählen Sie einen anderen.",
    ),
    (
        "too_many_files",
        "That is too many files at once. Try again with fewer.",
        "Das sind zu viele Dateien auf einmal. Versuchen Sie es mit weniger.",
    ),
    (
        "shared_link_access_denied",
        "You do not have access to this link. It may need a password.",
        "Sie haben keinen Zugriff auf diesen Link. Möglicherweise ist ein Passwort nötig.",
    ),
];

/// Adds the message for the person, if there is one for this error.
pub(super) fn add<E>(reply: &mut ErrorReply<E>, language: MessageLanguage) {
    let mut tags = reply.error_summary.trim_end_matches('.').split('/');
    let found = tags.find_map(|tag| MESSAGES.iter().find(|(of, ..)| *of == tag));
    reply.user_message = found.map(|(_, english, german)| {
        let text = match language {
            MessageLanguage::English => english,
            MessageLanguage::German => german,
        };
        UserMessage { locale: language.tag().to_owned(), ..UserMessage::new(*text) }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_first_part_of_the_locale() {
        for (locale, expected) in [
            ("de", MessageLanguage::German),
            ("de_DE", MessageLanguage::German),
            ("DE-at", MessageLanguage::German),
            ("den", MessageLanguage::English),
            ("fr", MessageLanguage::English),
            ("", MessageLanguage::English),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("dropbox-api-user-locale", locale.parse().unwrap());
            assert_eq!(MessageLanguage::of_request(&headers), expected, "{locale}");
        }
        assert_eq!(MessageLanguage::of_request(&HeaderMap::new()), MessageLanguage::English);
    }
}
