//! Reading a call's argument from where its style puts it (reference 2.2, 2.3).

use bytes::Bytes;
use dropbox_protocol::{Auth, RouteInfo, Style};
use http::{HeaderMap, Method, Uri, header};
use serde::de::DeserializeOwned;

/// The longest JSON body of a route that takes many items: 10,000 paths fit.
const BATCH_LIMIT: usize = 64 * 1024 * 1024;

/// The longest JSON body of any other route: a path of 4,096 letters, settings and tags fit many times.
const ITEM_LIMIT: usize = 1024 * 1024;

/// The longest JSON body of a route that can be called without the token of a person: everybody on this computer can.
/// A cursor or a link fits, with the longest path in it.
const STRANGER_LIMIT: usize = 32 * 1024;

/// How many bytes the JSON body of a route may have.
pub(super) fn body_limit(route: &RouteInfo) -> usize {
    match route.auth {
        Auth::None | Auth::App | Auth::AppOrUser => STRANGER_LIMIT,
        Auth::User if route.name.contains("_batch") => BATCH_LIMIT,
        Auth::User => ITEM_LIMIT,
    }
}

/// An argument as it came.
#[derive(Clone, Debug)]
pub(super) struct RawArgument {
    /// UTF-8 JSON, hopefully; empty when there was none.
    pub json: Bytes,
    /// Where it was, for messages.
    pub place: &'static str,
}

impl RawArgument {
    /// The argument of an rpc call.
    pub(super) fn from_body(json: Bytes) -> Self {
        Self { json, place: "request body" }
    }

    /// The argument of an upload or download call: a header, or `?arg=` as browsers do. Clients in Go
    /// send plain UTF-8 in the header, so it is taken as bytes.
    pub(super) fn from_head(headers: &HeaderMap, uri: &Uri) -> Result<Self, String> {
        if let Some(value) = headers.get("dropbox-api-arg") {
            let json = Bytes::copy_from_slice(value.as_bytes());
            return Ok(Self { json, place: "HTTP header \"Dropbox-API-Arg\"" });
        }
        match query_parameter(uri, "arg") {
            Some(json) => Ok(Self { json: Bytes::from(json), place: "URL parameter \"arg\"" }),
            None => Err("Must provide HTTP header \"Dropbox-API-Arg\" or URL parameter \"arg\".".to_owned()),
        }
    }

    /// The argument as a type. A call without argument may send `null` or nothing.
    pub(super) fn parse<A: DeserializeOwned>(&self) -> Result<A, String> {
        let json = self.json.trim_ascii();
        let json = if json.is_empty() { b"null" } else { json };
        let json = std::str::from_utf8(json)
            .map_err(|_| format!("{}: could not decode input as UTF-8", self.place))?;
        serde_json::from_str(json).map_err(|error| {
            if error.is_data() {
                format!("{}: {error}", self.place)
            } else {
                format!("{}: could not decode input as JSON", self.place)
            }
        })
    }
}

/// A parameter of the address, decoded.
pub(super) fn query_parameter(uri: &Uri, name: &str) -> Option<String> {
    let query = uri.query()?;
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// Refuses methods that a style does not have.
pub(super) fn check_method(style: Style, method: &Method) -> Result<(), String> {
    let allowed = *method == Method::POST || (style == Style::Download && *method == Method::GET);
    if allowed {
        Ok(())
    } else {
        Err(format!("Your request method is \"{method}\". This function only accepts POST."))
    }
}

/// Refuses types of body that a style does not take.
pub(super) fn check_content_type(
    style: Style,
    headers: &HeaderMap,
    body_is_empty: bool,
) -> Result<(), String> {
    let given = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let normal = given.as_deref().map(normal_type);
    let allowed = match (style, normal.as_deref()) {
        (Style::Rpc, None) => body_is_empty,
        (Style::Rpc, Some(given)) => {
            matches!(given, "application/json" | "application/json;charset=utf-8" | CORS_TYPE)
        }
        (Style::Upload, given) => matches!(given, Some("application/octet-stream" | CORS_TYPE)),
        (Style::Download, given) => {
            given.is_none_or(|given| given == "application/octet-stream" || given.starts_with("text/plain"))
        }
    };
    if allowed {
        return Ok(());
    }
    let expected = match style {
        Style::Rpc => "\"application/json\"",
        Style::Upload => "\"application/octet-stream\"",
        Style::Download => "no content type, \"text/plain\" or \"application/octet-stream\"",
    };
    Err(match given {
        None => format!("Missing HTTP \"Content-Type\" header. Expecting {expected}."),
        Some(given) => format!("Bad HTTP \"Content-Type\" header: \"{given}\". Expecting {expected}."),
    })
}

/// What browsers send to avoid asking for permission first.
const CORS_TYPE: &str = "text/plain;charset=dropbox-cors-hack";

fn normal_type(given: &str) -> String {
    given.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dropbox_protocol::files::GetMetadataArg;

    fn parse(json: &'static [u8]) -> Result<String, String> {
        RawArgument::from_body(Bytes::from_static(json))
            .parse::<GetMetadataArg>()
            .map(|argument| argument.path)
    }

    #[test]
    fn arguments_may_be_escaped_or_plain_utf8() {
        assert_eq!(parse(br#"{"path": "/\u00fc"}"#).as_deref(), Ok("/ü"));
        assert_eq!(parse("{\"path\": \"/ü\", \"unknown\": 1}".as_bytes()).as_deref(), Ok("/ü"));
    }

    #[test]
    fn what_is_no_argument_is_told_with_its_place() {
        for (json, expected) in [
            (&b"{"[..], "request body: could not decode input as JSON"),
            (b"\xff", "request body: could not decode input as UTF-8"),
            (b"{}", "request body: missing field `path`"),
        ] {
            let error =
                RawArgument::from_body(Bytes::copy_from_slice(json)).parse::<GetMetadataArg>().unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
        assert!(RawArgument::from_body(Bytes::new()).parse::<()>().is_ok());
    }

    #[test]
    fn each_style_has_its_content_types() {
        for (style, given, empty, allowed) in [
            (Style::Rpc, Some("application/json"), false, true),
            (Style::Rpc, Some("application/json; charset=utf-8"), false, true),
            (Style::Rpc, Some("text/plain; charset=dropbox-cors-hack"), false, true),
            (Style::Rpc, None, true, true),
            (Style::Rpc, None, false, false),
            (Style::Rpc, Some("text/plain"), false, false),
            (Style::Upload, Some("application/octet-stream"), false, true),
            (Style::Upload, None, true, false),
            (Style::Download, None, true, true),
            (Style::Download, Some("application/octet-stream"), true, true),
            (Style::Download, Some("application/json"), true, false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(given) = given {
                headers.insert(header::CONTENT_TYPE, given.parse().unwrap());
            }
            assert_eq!(check_content_type(style, &headers, empty).is_ok(), allowed, "{style:?} {given:?}");
        }
    }
}
