//! A stand-in for the service that says what a script tells it, byte by byte, and remembers what it was asked.
//! For replies that no honest server gives.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dropbox_client::{BaseUrls, ClientOptions, DropboxClient, RestClient};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What to do with the next request.
#[derive(Clone)]
pub enum Answer {
    /// Send these bytes and close the connection.
    Bytes(Vec<u8>),
    /// Say nothing, and keep the connection open.
    Silence,
    /// Send these bytes, then say nothing more.
    Stall(Vec<u8>),
    /// Send these bytes, and then a blank every 20 ms until the client hangs up.
    Drip(Vec<u8>),
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub head: String,
    pub body: Vec<u8>,
}

impl Seen {
    /// Method and path.
    pub fn target(&self) -> String {
        self.head.split(' ').take(2).collect::<Vec<_>>().join(" ")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The argument in the header.
    pub fn argument(&self) -> serde_json::Value {
        serde_json::from_str(self.header("dropbox-api-arg").unwrap()).unwrap()
    }

    pub fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

/// A running stand-in. It stops when it is dropped.
pub struct Double {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Drop for Double {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Double {
    /// Gives the answers in turn; whoever asks more often gets a 418.
    pub async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answers: Vec<Answer> = answers.into_iter().collect();
        let task = tokio::spawn(serve(listener, answers, Arc::clone(&seen)));
        Self { url, seen, task }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn targets(&self) -> Vec<String> {
        self.seen().iter().map(Seen::target).collect()
    }

    pub fn rest(&self) -> RestClient {
        RestClient::new(BaseUrls::all(&self.url).unwrap()).unwrap()
    }

    /// A client with a plain access token.
    pub fn client(&self) -> DropboxClient {
        self.client_with(ClientOptions::default())
    }

    pub fn client_with(&self, options: ClientOptions) -> DropboxClient {
        DropboxClient::new("the-token", options.with_rest_client(self.rest())).unwrap()
    }
}

async fn serve(listener: TcpListener, answers: Vec<Answer>, seen: Arc<Mutex<Vec<Seen>>>) {
    let mut silent = Vec::new();
    let mut answers = answers.into_iter();
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let Some(request) = read_request(&mut stream).await else { continue };
        seen.lock().unwrap().push(request);
        match answers.next().unwrap_or_else(|| text(418, "the script has ended")) {
            Answer::Bytes(bytes) => {
                // The client may have hung up already.
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
            }
            Answer::Silence => silent.push(stream),
            Answer::Drip(bytes) => {
                stream.write_all(&bytes).await.unwrap();
                tokio::spawn(async move {
                    while stream.write_all(b" ").await.is_ok() {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                });
            }
            Answer::Stall(bytes) => {
                stream.write_all(&bytes).await.unwrap();
                silent.push(stream);
            }
        }
    }
}

/// A request, with its body in one piece; `None` if the other side hangs up.
pub async fn read_request(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let mut body = bytes.split_off(head_end);
    let request = Seen { head, body: Vec::new() };
    if request.header("transfer-encoding") == Some("chunked") {
        while !body.ends_with(b"0\r\n\r\n") && stream.read_buf(&mut body).await.ok()? > 0 {}
        body = unchunk(&body);
    } else {
        let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
        while body.len() < length && stream.read_buf(&mut body).await.ok()? > 0 {}
    }
    Some(Seen { body, ..request })
}

fn unchunk(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(line_end) = bytes.windows(2).position(|window| window == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&bytes[..line_end]).unwrap(), 16).unwrap();
        if size == 0 {
            break;
        }
        body.extend_from_slice(&bytes[line_end + 2..line_end + 2 + size]);
        bytes = &bytes[line_end + 2 + size + 2..];
    }
    body
}

/// A complete reply.
pub fn reply(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let fields: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "HTTP/1.1 {status} -\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n",
        body.len(),
        fields.concat()
    );
    Answer::Bytes([head.as_bytes(), body].concat())
}

pub fn json(status: u16, body: &str) -> Answer {
    let headers = [("Content-Type", "application/json"), ("X-Dropbox-Request-Id", "0123456789abcdef")];
    reply(status, &headers, body.as_bytes())
}

pub fn text(status: u16, body: &str) -> Answer {
    reply(status, &[("Content-Type", "text/plain; charset=utf-8")], body.as_bytes())
}

/// A 409 with these tags, each nested in the one before.
pub fn conflict(tags: &str) -> Answer {
    let error = tags.rsplit('/').fold(String::new(), |inner, tag| {
        if inner.is_empty() {
            format!(r#"{{".tag":"{tag}"}}"#)
        } else {
            format!(r#"{{".tag":"{tag}","{tag}":{inner}}}"#)
        }
    });
    json(409, &format!(r#"{{"error_summary":"{tags}/..","error":{error}}}"#))
}

/// The metadata of a file as the result of a call.
pub fn file_json(path: &str, rev: &str) -> String {
    let name = path.rsplit('/').next().unwrap();
    format!(
        r#"{{"name":"{name}","id":"id:aaaaaaaaaaaaaaaaaaaaaa","client_modified":"2011-07-20T22:04:50Z","server_modified":"2011-07-20T22:04:50Z","rev":"{rev}","size":5,"path_lower":"{}","path_display":"{path}"}}"#,
        path.to_lowercase()
    )
}
