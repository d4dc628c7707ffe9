//! The bodies of downloads: whole files and ranges of them, with the headers that downloads carry
//! (reference 2.2).

use super::body::{self, Body};
use super::failure::CallFailure;
use super::reply::{self, Reply};
use crate::app_state::AppState;
use crate::paths::rev_text;
use crate::store::entry::Version;
use crate::store::error::StoreError;
use dropbox_protocol::to_header_json;
use http::{HeaderMap, HeaderName, StatusCode, header};
use serde::Serialize;
use std::io::{Read as _, Seek as _, SeekFrom};
use tokio::io::AsyncReadExt as _;
use tokio_util::io::ReaderStream;

/// Pieces in which a file is read.
const PIECE_BYTES: usize = 256 * 1024;

/// The result of a download route: a header, and bytes.
#[derive(Debug)]
pub(super) struct ContentReply<R> {
    pub result: R,
    /// The reply without the result.
    pub reply: Reply,
}

impl<R: Serialize> ContentReply<R> {
    /// The reply with the result in its header.
    pub(super) fn into_reply(self) -> Reply {
        let mut reply = self.reply;
        match to_header_json(&self.result) {
            Ok(json) => reply::set(&mut reply, HeaderName::from_static("dropbox-api-result"), &json),
            Err(error) => {
                tracing::error!(%error, "a result cannot be written as JSON");
                return reply::text(StatusCode::INTERNAL_SERVER_ERROR, "the reply could not be written");
            }
        }
        reply
    }
}

/// Serves one version of a file to a request with these headers: 200, 206, 304, or 416 as a failure.
pub(super) async fn serve<E>(
    app: &AppState,
    headers: &HeaderMap,
    version: &Version,
    content_type: &str,
) -> Result<Reply, CallFailure<E>> {
    let etag = format!("W/\"{}\"", rev_text(version.rev));
    if matches_etag(headers, &etag) {
        let mut reply = Reply::new(body::empty());
        *reply.status_mut() = StatusCode::NOT_MODIFIED;
        reply::set(&mut reply, header::ETAG, &etag);
        return Ok(reply);
    }
    let range = match wanted_range(headers, version.size) {
        RequestedContent::All => None,
        RequestedContent::Part(start, end) => Some((start, end)),
        RequestedContent::Nothing => return Err(CallFailure::NotSatisfiable(version.size)),
    };
    let (start, length) = range.map_or((0, version.size), |(start, end)| (start, end - start + 1));
    let body = open(app, version, start, length).await?;
    let mut reply = Reply::new(body);
    reply::set(&mut reply, header::CONTENT_TYPE, content_type);
    reply::set(&mut reply, header::ETAG, &etag);
    reply::set(&mut reply, header::ACCEPT_RANGES, "bytes");
    reply::set(&mut reply, header::CONTENT_LENGTH, &length.to_string());
    reply::set(&mut reply, HeaderName::from_static("original-content-length"), &version.size.to_string());
    if let Some((start, end)) = range {
        *reply.status_mut() = StatusCode::PARTIAL_CONTENT;
        reply::set(&mut reply, header::CONTENT_RANGE, &format!("bytes {start}-{end}/{}", version.size));
    }
    Ok(reply)
}

/// The type of a file by its name, for browsers.
pub(super) fn content_type_of(name: &str) -> String {
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    if guess.type_() == mime_guess::mime::TEXT {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    }
}

/// A piece of a content as a body; a short one is read at once, a long one while it is sent.
async fn open(app: &AppState, version: &Version, start: u64, length: u64) -> Result<Body, StoreError> {
    let (blobs, hash) = (app.store.blobs(), version.hash);
    if length == 0 {
        return Ok(body::empty());
    }
    let path = blobs.path(&hash);
    let opened = app
        .blocking(move || {
            let mut file = blobs.read(&hash)?;
            file.seek(SeekFrom::Start(start)).map_err(StoreError::at(&path))?;
            if length > PIECE_BYTES as u64 {
                return Ok::<_, StoreError>(Err(file));
            }
            let mut bytes = vec![0; length as usize];
            file.read_exact(&mut bytes).map_err(StoreError::at(&path))?;
            Ok(Ok(bytes))
        })
        .await?;
    Ok(match opened {
        Ok(bytes) => body::full(bytes),
        Err(file) => {
            let part = tokio::fs::File::from_std(file).take(length);
            body::from_stream(ReaderStream::with_capacity(part, PIECE_BYTES))
        }
    })
}

fn matches_etag(headers: &HeaderMap, etag: &str) -> bool {
    let strong = etag.trim_start_matches("W/");
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|value| value.trim().trim_start_matches("W/"))
        .any(|value| value == strong)
}

/// What a request wants of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RequestedContent {
    All,
    /// First and last byte.
    Part(u64, u64),
    /// A part behind the end.
    Nothing,
}

/// Reads `Range`. What cannot be understood, several ranges at once, and any range of an empty file
/// (a client depends on that, reference 2.2) give the whole.
fn wanted_range(headers: &HeaderMap, size: u64) -> RequestedContent {
    let Some(range) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()) else {
        return RequestedContent::All;
    };
    let Some((start, end)) = range.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-'))
    else {
        return RequestedContent::All;
    };
    if size == 0 {
        return RequestedContent::All;
    }
    match (start.trim(), end.trim()) {
        ("", length) => match length.parse::<u64>() {
            Ok(0) => RequestedContent::Nothing,
            Ok(length) => RequestedContent::Part(size.saturating_sub(length), size - 1),
            Err(_) => RequestedContent::All,
        },
        (start, "") => match start.parse::<u64>() {
            Ok(start) if start < size => RequestedContent::Part(start, size - 1),
            Ok(_) => RequestedContent::Nothing,
            Err(_) => RequestedContent::All,
        },
        (start, end) => match (start.parse::<u64>(), end.parse::<u64>()) {
            (Ok(start), Ok(end)) if start > end => RequestedContent::All,
            (Ok(start), Ok(end)) if start < size => RequestedContent::Part(start, end.min(size - 1)),
            (Ok(_), Ok(_)) => RequestedContent::Nothing,
            _ => RequestedContent::All,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str, size: u64) -> RequestedContent {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, text.parse().unwrap());
        wanted_range(&headers, size)
    }

    #[test]
    fn ranges_are_read_as_http_defines_them() {
        for (text, size, wanted) in [
            ("bytes=0-4", 10, RequestedContent::Part(0, 4)),
            ("bytes=5-", 10, RequestedContent::Part(5, 9)),
            ("bytes=-3", 10, RequestedContent::Part(7, 9)),
            ("bytes=-30", 10, RequestedContent::Part(0, 9)),
            ("bytes=8-100", 10, RequestedContent::Part(8, 9)),
            ("bytes=10-", 10, RequestedContent::Nothing),
            ("bytes=-0", 10, RequestedContent::Nothing),
            ("bytes=0-0", 0, RequestedContent::All),
            ("bytes=5-4", 10, RequestedContent::All),
            ("bytes=0-1,4-5", 10, RequestedContent::All),
            ("lines=1-2", 10, RequestedContent::All),
            ("bytes=99999999999999999999-", 10, RequestedContent::All),
        ] {
            assert_eq!(range(text, size), wanted, "{text} of {size}");
        }
    }
}
