//! The plain HTTP layer: what it sends, what it refuses to send, and how responses are read.

use std::time::Duration;

use dropbox_client::{ApiError, BaseUrls, Body, ErrorBody, RestClient, SocketErrorKind};
use futures_util::{StreamExt, TryStreamExt, stream};

use super::double::{Answer, Double, json, reply, text};

#[tokio::test]
async fn get_post_and_put_send_what_they_say() {
    // Rows: RESTClient.request.method, RESTClient.request.url, RESTClient.GET, RESTClient.POST, RESTClient.PUT
    let double = Double::answering([json(200, "1"), json(200, "2"), json(200, "3")]).await;
    let rest = double.rest();
    assert_eq!(rest.get(&format!("{}/a?b=c", double.url)).unwrap().json().await.unwrap(), 1);
    assert_eq!(rest.post(&format!("{}/p", double.url)).unwrap().body("x").json().await.unwrap(), 2);
    assert_eq!(rest.put(&format!("{}/u", double.url)).unwrap().body("y").json().await.unwrap(), 3);
    assert_eq!(double.targets(), ["GET /a?b=c", "POST /p", "PUT /u"]);
    assert_eq!(double.seen()[2].body, b"y");
}

#[tokio::test]
async fn form_parameters_are_encoded_and_exclude_a_body() {
    // Rows: RESTClient.request.post_params, RESTClient.request.body
    let double = Double::answering([json(200, "{}")]).await;
    let post = || double.rest().post(&double.url).unwrap().post_params([("code", "a b&c=ä"), ("x", "")]);
    post().send().await.unwrap();
    let seen = &double.seen()[0];
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(seen.form(), [("code".into(), "a b&c=ä".into()), ("x".into(), String::new())]);
    let error = post().body("x").send().await.unwrap_err();
    assert!(matches!(error, ApiError::InvalidArgument(_)), "{error}");
    assert_eq!(double.seen().len(), 1, "nothing is sent");
}

#[tokio::test]
async fn a_newline_cannot_smuggle_in_a_header() {
    // Row: RESTClient.request.headers
    let double = Double::answering([json(200, "{}")]).await;
    for (name, value) in [("X-A", "a\nEvil: 1"), ("X-A", "a\r\n\r\nbody"), ("X A", "v"), ("", "v")] {
        let error = double.rest().get(&double.url).unwrap().header(name, value).unwrap_err();
        assert_eq!(error.legacy_status(), Some(400));
    }
    double.rest().get(&double.url).unwrap().header("X-Fine", "ok").unwrap().send().await.unwrap();
    assert_eq!(double.seen()[0].header("x-fine"), Some("ok"));
}

#[tokio::test]
async fn only_https_is_spoken_beyond_this_machine() {
    // Row: global.ssl
    let rest = RestClient::new(BaseUrls::dropbox()).unwrap();
    for url in ["http://www.dropbox.com/", "ftp://localhost/", "nonsense", ""] {
        assert!(matches!(rest.get(url).unwrap_err(), ApiError::InvalidArgument(_)), "{url}");
    }
    assert!(
        BaseUrls::new("https://a.example", "http://b.example", "https://c.example", "https://d.example")
            .is_err()
    );
}

#[tokio::test]
async fn json_is_parsed_unless_the_raw_response_is_wanted() {
    // Rows: RESTClient.request.raw_response, RESTClient.request ->
    let double = Double::answering([
        json(200, r#"{"a":1}"#),
        json(200, r#"{"a":1}"#),
        json(206, "5"),
        text(200, "<html>"),
        json(201, "{}"),
        reply(304, &[], b""),
        reply(302, &[("Location", "https://example.com/")], b""),
    ])
    .await;
    let get = || double.rest().get(&double.url).unwrap();
    assert_eq!(get().json().await.unwrap()["a"], 1);
    assert_eq!(get().send().await.unwrap().read(None).await.unwrap(), r#"{"a":1}"#);
    assert_eq!(get().json().await.unwrap(), 5, "a part is a success");
    let error = get().json().await.unwrap_err();
    assert!(matches!(error, ApiError::Malformed { status: 200, .. }), "{error:?}");
    assert_eq!(error.legacy_status(), Some(200));
    for status in [201, 304, 302] {
        assert_eq!(get().send().await.unwrap_err().status(), Some(status), "and is not followed");
    }
}

#[tokio::test]
async fn a_response_is_read_whole_or_in_parts() {
    // Rows: RESTResponse.read.amt, RESTResponse.read !, RESTResponse.close
    let double = Double::answering(vec![text(200, "0123456789"); 4]).await;
    let get = || async { double.rest().get(&double.url).unwrap().send().await.unwrap() };

    let mut response = get().await;
    assert_eq!(response.read(Some(4)).await.unwrap(), "0123");
    assert_eq!(response.read(Some(0)).await.unwrap(), "");
    assert_eq!(response.read(Some(4)).await.unwrap(), "4567");
    assert_eq!(response.read(None).await.unwrap(), "89");
    assert_eq!(response.read(None).await.unwrap(), "", "nothing at the end");
    assert_eq!(response.read(Some(1)).await.unwrap(), "");

    response.close();
    response.close();
    assert!(matches!(response.read(None).await, Err(ApiError::AlreadyClosed)));
    assert!(matches!(response.read(Some(1)).await, Err(ApiError::AlreadyClosed)));
    assert!(matches!(response.chunk().await, Err(ApiError::AlreadyClosed)));

    let mut half = get().await;
    half.read(Some(3)).await.unwrap();
    half.close();
    assert!(matches!(half.read(None).await, Err(ApiError::AlreadyClosed)), "what was pending is gone too");

    let pieces: Vec<_> = get().await.into_stream().try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"0123456789");
}

#[tokio::test]
async fn headers_are_found_whatever_their_case() {
    // Rows: RESTResponse.getheaders, RESTResponse.getheader.name, RESTResponse.getheader.default
    let double = Double::answering([reply(200, &[("X-One", "1"), ("ETag", "W/\"rev\"")], b"x")]).await;
    let response = double.rest().get(&double.url).unwrap().send().await.unwrap();
    assert_eq!(response.header("x-ONE"), Some("1"));
    assert_eq!(response.header("etag"), Some("W/\"rev\""));
    assert_eq!(response.header("x-two").unwrap_or("default"), "default");
    assert!(response.headers().len() >= 3);
    assert_eq!(response.content_length(), Some(1));
}

#[tokio::test]
async fn an_error_is_taken_apart() {
    // Rows: ErrorResponse.status, ErrorResponse.reason, ErrorResponse.headers, ErrorResponse.body,
    // ErrorResponse.error_msg, ErrorResponse.user_error_msg, global.error
    let double = Double::answering([
        json(
            409,
            r#"{"error_summary":"path/not_found/..","error":{".tag":"path","path":{".tag":"not_found"}},
                "user_message":{"text":"Nicht gefunden","locale":"de"}}"#,
        ),
        text(400, "Error in call to API function \"files/x\": bad"),
        json(400, r#"{"error":"invalid_grant","error_description":"code has expired"}"#),
        reply(429, &[("Retry-After", "17")], b"slow down"),
        json(429, r#"{"error_summary":"too_many_requests/..","error":{"reason":{".tag":"too_many_requests"},"retry_after":15}}"#),
        text(503, ""),
    ])
    .await;
    let fail = || async {
        match double.rest().get(&double.url).unwrap().send().await.unwrap_err() {
            ApiError::Response(response) => *response,
            other => panic!("{other:?}"),
        }
    };

    let error = fail().await;
    assert_eq!((error.status, error.reason.as_str(), error.legacy_status()), (409, "Conflict", 404));
    assert_eq!(error.tags(), ["path", "not_found"]);
    assert_eq!(error.error_msg.as_deref(), Some("path/not_found/.."));
    assert_eq!(error.user_error_msg.as_deref(), Some("Nicht gefunden"));
    assert_eq!(error.request_id.as_deref(), Some("0123456789abcdef"));
    assert!(error.headers.contains(&("content-type".into(), "application/json".into())));
    assert!(matches!(&error.body, ErrorBody::Json(body) if body["error"][".tag"] == "path"));
    let typed: dropbox_protocol::files::GetMetadataError = error.parse_error().unwrap();
    assert_eq!(
        typed,
        dropbox_protocol::files::GetMetadataError::Path(dropbox_protocol::files::LookupError::NotFound)
    );

    let error = fail().await;
    assert_eq!(error.error_msg.as_deref(), Some("Error in call to API function \"files/x\": bad"));
    assert_eq!(error.body, ErrorBody::Text("Error in call to API function \"files/x\": bad".into()));
    assert!(error.tags().is_empty());

    let error = fail().await;
    assert_eq!(
        (error.error_msg.as_deref(), error.oauth_error()),
        (Some("code has expired"), Some("invalid_grant"))
    );
    assert!(error.tags().is_empty());

    assert_eq!(fail().await.retry_after, Some(17));
    let error = fail().await;
    assert_eq!((error.retry_after, error.tags()), (Some(15), &["too_many_requests".to_owned()][..]));
    let error = fail().await;
    assert_eq!((error.error_msg.as_deref(), error.retry_after, error.legacy_status()), (None, None, 503));
}

#[tokio::test]
async fn a_service_that_cannot_be_reached_is_named() {
    // Rows: RESTSocketError, RESTClient.request !
    let url = Double::answering([]).await.url.clone();
    let rest = RestClient::new(BaseUrls::all(&url).unwrap()).unwrap();
    match rest.get(&url).unwrap().send().await.unwrap_err() {
        ApiError::Socket(error) => {
            assert_eq!((error.kind, error.may_have_arrived), (SocketErrorKind::Connect, false));
            assert!(error.to_string().starts_with("could not connect to 127.0.0.1: "), "{error}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn silence_ends_in_an_error_that_leaves_the_outcome_open() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec();
    let double = Double::answering([Answer::Silence, Answer::Stall(head)]).await;
    let get = || double.rest().get(&double.url).unwrap().patience(Duration::from_millis(100)).send();
    match get().await.unwrap_err() {
        ApiError::Socket(error) => {
            assert_eq!((error.kind, error.may_have_arrived), (SocketErrorKind::Timeout, true));
            assert_eq!(error.to_string(), "no answer from 127.0.0.1");
        }
        other => panic!("{other:?}"),
    }
    let error = get().await.unwrap().read(None).await.unwrap_err();
    assert!(matches!(&error, ApiError::Socket(error) if error.kind == SocketErrorKind::Timeout), "{error:?}");
}

#[tokio::test]
async fn json_that_is_kept_alive_by_blanks_ends_in_an_error() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".to_vec();
    let double = Double::answering([Answer::Drip(head)]).await;
    let asked = double.rest().get(&double.url).unwrap().patience(Duration::from_millis(200)).json();
    let error = asked.await.unwrap_err();
    assert!(matches!(&error, ApiError::Socket(error) if error.kind == SocketErrorKind::Timeout), "{error:?}");
}

#[tokio::test]
async fn a_reply_that_breaks_off_is_an_error() {
    let cut = |text: &str| Answer::Bytes(text.replace('\n', "\r\n").into_bytes());
    let double = Double::answering([
        cut(""),
        cut("HTTP/1.1 200 OK\nContent-Le"),
        cut("HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf"),
        cut("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhel"),
        cut("nonsense\n\n"),
    ])
    .await;
    for kind in [
        SocketErrorKind::Request,
        SocketErrorKind::Request,
        SocketErrorKind::Body,
        SocketErrorKind::Body,
        SocketErrorKind::Request,
    ] {
        match double.rest().post(&double.url).unwrap().json().await.unwrap_err() {
            ApiError::Socket(error) => assert_eq!((error.kind, error.may_have_arrived), (kind, true)),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn streams_are_sent_with_their_length_or_in_chunks() {
    let double = Double::answering(vec![json(200, "null"); 3]).await;
    let pieces = || stream::iter(["one ", "", "two"]).map(|piece| Ok(piece.into()));
    let send = |body: Body| double.rest().post(&double.url).unwrap().body(body).send();
    send(Body::from_stream(pieces(), Some(7))).await.unwrap();
    send(Body::from_stream(pieces(), None)).await.unwrap();
    send(Body::from_stream(pieces(), Some(5))).await.unwrap();
    let seen = double.seen();
    assert_eq!((seen[0].header("content-length"), seen[0].body.as_slice()), (Some("7"), &b"one two"[..]));
    assert_eq!(
        (seen[1].header("transfer-encoding"), seen[1].body.as_slice()),
        (Some("chunked"), &b"one two"[..])
    );
    assert_eq!(seen[2].body, b"one t", "what is beyond the length is not sent");
}

#[tokio::test]
async fn a_source_that_fails_is_not_blamed_on_the_network() {
    let double = Double::answering(vec![json(200, "null"); 2]).await;
    let send = |body: Body| double.rest().post(&double.url).unwrap().body(body).send();
    let broken = stream::iter([Ok("abc".into()), Err(std::io::Error::other("disk on fire"))]);
    let error = send(Body::from_stream(broken, Some(10))).await.unwrap_err();
    assert!(matches!(&error, ApiError::Source(source) if source.to_string() == "disk on fire"), "{error:?}");
    let short = stream::iter([Ok("abc".into())]);
    let error = send(Body::from_stream(short, Some(10))).await.unwrap_err();
    assert!(
        matches!(&error, ApiError::Source(source) if source.to_string().contains("7 bytes early")),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_error_shows_the_words_of_the_service_as_they_are() {
    // Row: ErrorResponse.error_msg
    let words = r#"Error in call to API function "files/upload": path: '' did not match"#;
    let double = Double::answering([text(400, words)]).await;
    let error = double.rest().get(&double.url).unwrap().send().await.unwrap_err();
    assert!(error.to_string().ends_with(words), "{error}");
}

#[tokio::test]
async fn a_long_error_is_kept_short_and_on_one_line() {
    let page = "<html>\n".repeat(100_000);
    let double = Double::answering([text(502, &page)]).await;
    let message = double.rest().get(&double.url).unwrap().send().await.unwrap_err().to_string();
    assert!(message.len() < 500 && !message.contains('\n'), "{message}");
}

#[tokio::test]
async fn an_http_client_of_ones_own_needs_nothing_to_be_set_up_first() {
    // Row: DropboxClient.rest_client
    let double = Double::answering([json(200, "1")]).await;
    let http = RestClient::http_builder().no_proxy().build().unwrap();
    let rest = RestClient::with_http(http, BaseUrls::all(&double.url).unwrap());
    assert_eq!(rest.get(&double.url).unwrap().json().await.unwrap(), 1);
}

#[tokio::test]
async fn what_is_borrowed_for_a_moment_and_what_is_in_a_file_can_be_sent() {
    // Rows: RESTClient.request.body, put_file.file_obj
    let double = Double::answering(vec![json(200, "1"); 5]).await;
    let folder = tempfile::tempdir().unwrap();
    let local_path = folder.path().join("a.txt");
    std::fs::write(&local_path, "in a file").unwrap();
    let (text, bytes) = (String::from("a text"), vec![b'b'; 3]);
    let post = |body: Body| double.rest().post(&double.url).unwrap().body(body).send();
    post(text.as_str().into()).await.unwrap();
    post(bytes.as_slice().into()).await.unwrap();
    post(b"array".into()).await.unwrap();
    post(Body::from_file(&local_path).await.unwrap()).await.unwrap();
    post(tokio::fs::File::open(&local_path).await.unwrap().into()).await.unwrap();
    let seen = double.seen();
    let bodies: Vec<_> = seen.iter().map(|seen| str::from_utf8(&seen.body).unwrap()).collect();
    assert_eq!(bodies, ["a text", "bbb", "array", "in a file", "in a file"]);
    assert_eq!((seen[3].header("content-length"), seen[4].header("content-length")), (Some("9"), None));
}
