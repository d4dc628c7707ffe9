//! Replies that something has gone wrong with, to every operation: an error, never a panic, and soon. They come from
//! a real account, through a relay that spoils them.
//!
//! `COFFER_FUZZ_ROUNDS=20` makes twenty times as many by chance, `COFFER_FUZZ_SEED` others.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use coffer_server::{Server, ServerConfig};
use dropbox_client::{
    ApiError, AppRegistration, BaseUrls, ClientOptions, CoreSearchOptions, DeltaTree, DropboxClient,
    DropboxOAuth2FlowNoRedirect, FlowError, FlowOptions, MetadataOptions, MoveOptions, OAuth1Token,
    PutOptions, RestClient, RestResponse, RevisionsOptions, ShareOptions, ThumbnailOptions,
    UploadChunkOptions,
};
use dropbox_protocol::files::{GET_METADATA, GetMetadataArg};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::double::{Seen, read_request};

const TOKEN: &str = "relayed-token";

/// Replies damaged by chance.
const DAMAGED: usize = 1_500;

/// No operation may take longer, however slow the machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What is done to a reply.
type Spoiler = Box<dyn FnMut(Reply) -> Vec<u8> + Send>;

/// A reply as it came from the account.
struct Reply {
    /// With the empty line.
    head: String,
    body: Vec<u8>,
}

impl Reply {
    /// The same with another result, wherever its kind of call has that.
    fn with_result(&self, result: &[u8]) -> Vec<u8> {
        let is_download = self.head.to_ascii_lowercase().contains("dropbox-api-result:");
        let body = if is_download { self.body.as_slice() } else { result };
        let mut bytes = Vec::new();
        for line in self.head.trim_end().split("\r\n") {
            let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
            match name.as_str() {
                "dropbox-api-result" => bytes.extend([b"Dropbox-API-Result: ", result].concat()),
                "content-length" => bytes.extend(format!("Content-Length: {}", body.len()).into_bytes()),
                _ => bytes.extend(line.as_bytes()),
            }
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"\r\n");
        bytes.extend(body);
        bytes
    }

    fn result(&self) -> Vec<u8> {
        let header = self.head.split("\r\n").find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("dropbox-api-result").then(|| value.as_bytes().to_vec())
        });
        header.unwrap_or_else(|| self.body.clone())
    }

    fn whole(&self) -> Vec<u8> {
        [self.head.as_bytes(), &self.body].concat()
    }
}

/// An account, and a relay before it that spoils what it says.
struct Spoiled {
    url: String,
    rest: RestClient,
    spoiler: Arc<Mutex<Spoiler>>,
    task: JoinHandle<()>,
    _server: Server,
    _vault: tempfile::TempDir,
}

impl Drop for Spoiled {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Spoiled {
    async fn new() -> Self {
        let vault = tempfile::tempdir().unwrap();
        let mut config = ServerConfig::new(vault.path());
        config.token = Some(TOKEN.to_owned());
        let server = Server::start(config).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let spoiler: Arc<Mutex<Spoiler>> = Arc::new(Mutex::new(Box::new(|reply| reply.whole())));
        let (behind, shared) = (server.address(), Arc::clone(&spoiler));
        let task = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    let Some(request) = read_request(&mut stream).await else { return };
                    let reply = ask(behind, &request).await;
                    let bytes = shared.lock().unwrap()(reply);
                    // The client may have hung up.
                    let _ = stream.write_all(&bytes).await;
                    let _ = stream.shutdown().await;
                });
            }
        });
        let rest = RestClient::new(BaseUrls::all(&url).unwrap()).unwrap();
        let relay = Self { url, rest, spoiler, task, _server: server, _vault: vault };
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(8, 4).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let client = relay.client();
        client.put_file("/a.txt", "some text", &PutOptions::default()).await.unwrap();
        client.put_file("/dir/p.png", png.into_inner(), &PutOptions::default()).await.unwrap();
        relay
    }

    fn spoil(&self, spoiler: impl FnMut(Reply) -> Vec<u8> + Send + 'static) {
        *self.spoiler.lock().unwrap() = Box::new(spoiler);
    }

    fn options(&self) -> ClientOptions {
        let app = AppRegistration::with_secret("app", "secret");
        ClientOptions::default().with_rest_client(self.rest.clone()).with_app(app)
    }

    fn client(&self) -> DropboxClient {
        DropboxClient::new(TOKEN, self.options()).unwrap()
    }
}

/// Sends a request on to the account.
async fn ask(account: std::net::SocketAddr, request: &Seen) -> Reply {
    let mut lines = request.head.trim_end().split("\r\n");
    let mut head = format!("{}\r\n", lines.next().unwrap());
    for line in lines {
        let name = line.split(':').next().unwrap().to_ascii_lowercase();
        if !matches!(name.as_str(), "content-length" | "transfer-encoding" | "connection") {
            head.push_str(line);
            head.push_str("\r\n");
        }
    }
    let length = request.body.len();
    let head = format!("{head}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    let mut stream = TcpStream::connect(account).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&request.body).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    let body = bytes.split_off(end);
    Reply { head: String::from_utf8(bytes).unwrap(), body }
}

/// One operation, with a number that makes its names its own.
type Operation = fn(&Spoiled, usize) -> BoxFuture<'static, Result<(), ApiError>>;

macro_rules! operations {
    ($($name:literal: |$client:ident, $number:ident| $call:expr;)+) => {
        [$(($name, |spoiled: &Spoiled, $number: usize| {
            let $client = spoiled.client();
            async move { $call.map(drop) }.boxed()
        })),+]
    };
}

async fn read(response: Result<RestResponse, ApiError>) -> Result<bytes::Bytes, ApiError> {
    response?.read(None).await
}

fn put() -> PutOptions {
    PutOptions::default().with_overwrite(true)
}

fn operations() -> Vec<(&'static str, Operation)> {
    let calls: [(&'static str, Operation); 24] = operations! {
        "account_info": |client, _number| client.account_info().await;
        "put_file": |client, number| client.put_file(&format!("/new {number}"), "new", &put()).await;
        "upload_chunk": |client, _number| client.upload_chunk("chunk", &UploadChunkOptions::default()).await;
        "upload_chunked": |client, number| async {
            let mut uploader = client.get_chunked_uploader(&b"three pieces"[..], 12);
            uploader.upload_chunked(4).await?;
            uploader.finish(&format!("/chunked {number}"), &put()).await
        }.await;
        "get_file": |client, _number| read(client.get_file("/a.txt", None).await).await;
        "get_file_and_metadata": |client, _number| {
            read(client.get_file_and_metadata("/a.txt", None).await.map(|both| both.0)).await
        };
        "thumbnail": |client, _number| {
            read(client.thumbnail("/dir/p.png", &ThumbnailOptions::default()).await).await
        };
        "thumbnail_and_metadata": |client, _number| {
            read(client.thumbnail_and_metadata("/dir/p.png", &ThumbnailOptions::default()).await.map(|both| both.0))
                .await
        };
        "delta": |client, _number| client.delta(None, None).await;
        "follow_delta": |client, _number| client.follow_delta(&mut DeltaTree::new(Some("/dir"))).await;
        "longpoll_delta": |client, _number| async {
            let page = client.delta(None, None).await?;
            client.put_file("/news", fastrand::u64(..).to_string(), &put()).await?;
            client.longpoll_delta(&page.cursor, 30).await
        }.await;
        "create_copy_ref": |client, _number| client.create_copy_ref("/a.txt").await;
        "add_copy_ref": |client, number| client.add_copy_ref("reference", &format!("/r {number}")).await;
        "file_copy": |client, number| client.file_copy("/a.txt", &format!("/copy {number}")).await;
        "file_create_folder": |client, number| client.file_create_folder(&format!("/folder {number}")).await;
        "file_delete": |client, number| client.file_delete(&format!("/copy {}", number.saturating_sub(1))).await;
        "file_move": |client, number| {
            client.file_move("/news", &format!("/moved {number}"), &MoveOptions::default()).await
        };
        "metadata": |client, _number| client.metadata("/dir", &MetadataOptions::default()).await;
        "search": |client, _number| client.search("/", "text", &CoreSearchOptions::default()).await;
        "revisions": |client, _number| client.revisions("/a.txt", &RevisionsOptions::default()).await;
        "restore": |client, _number| client.restore("/a.txt", "0123456789").await;
        "media": |client, _number| client.media("/a.txt").await;
        "share": |client, _number| client.share("/a.txt", &ShareOptions::default()).await;
        "rpc": |client, _number| client.rpc(&GET_METADATA, &GetMetadataArg::new("/dir")).await.map_err(ApiError::from);
    };
    let others: [(&'static str, Operation); 4] = [
        ("disable_access_token", |spoiled, _| {
            let client = spoiled.client();
            async move { client.disable_access_token().await }.boxed()
        }),
        ("create_oauth2_access_token", |spoiled, _| {
            let token = OAuth1Token::new("old", "secret");
            let client = DropboxClient::from_oauth1(token, spoiled.options()).unwrap();
            async move { client.create_oauth2_access_token().await.map(drop) }.boxed()
        }),
        ("flow.finish", |spoiled, _| {
            let options = FlowOptions::default().with_rest_client(spoiled.rest.clone());
            let flow = DropboxOAuth2FlowNoRedirect::new(AppRegistration::public("app"), options).unwrap();
            async move {
                match flow.finish("code").await {
                    Ok(_) => Ok(()),
                    Err(FlowError::Api(error)) => Err(error),
                    Err(error) => panic!("{error:?}"),
                }
            }
            .boxed()
        }),
        ("rest json", |spoiled, _| {
            let (rest, url) = (spoiled.rest.clone(), format!("{}/2/check/user", spoiled.url));
            async move {
                rest.post(&url)?.header("Authorization", "Bearer relayed-token")?.json().await.map(drop)
            }
            .boxed()
        }),
    ];
    calls.into_iter().chain(others).collect()
}

/// Makes something wrong with a reply.
type Defect = fn(Reply) -> Vec<u8>;

/// What can be wrong with a whole reply so that no honest reading is left.
const DEFECTS: [(&str, Defect); 17] = [
    ("nothing at all", |_| Vec::new()),
    ("half a head", |reply| reply.head.as_bytes()[..reply.head.len() / 2].to_vec()),
    ("half a body", |reply| [reply.head.as_bytes(), &reply.body[..reply.body.len() / 2]].concat()),
    ("a page for people", |_| {
        let page = "<html><body>Please sign in to the hotel's network</body></html>";
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}", page.len())
            .into()
    }),
    ("a success without a result", |_| b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec()),
    ("a result of another type", |reply| reply.with_result(b"[[1]]")),
    ("a number for a result", |reply| reply.with_result(b"17")),
    ("half a result", |reply| reply.with_result(&reply.result()[..reply.result().len() / 2])),
    ("a result that is too deep", |reply| reply.with_result(&b"[".repeat(20_000))),
    ("a result that is not text", |reply| reply.with_result(b"{\"name\":\"\xff\xfe\"}")),
    ("bytes that are not compressed as they say", |reply| {
        let head = reply.head.trim_end().to_owned() + "\r\nContent-Encoding: gzip\r\n\r\n";
        let spoiled = Reply { head, body: reply.body };
        spoiled.with_result(b"\x1f\x8b\x08\x80not gzip")
    }),
    ("chunks that are none", |reply| {
        let lines = reply.head.trim_end().split("\r\n");
        let lines: Vec<_> =
            lines.filter(|line| !line.to_ascii_lowercase().starts_with("content-length")).collect();
        format!("{}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{{\r\n", lines.join("\r\n")).into()
    }),
    ("a redirection", |_| {
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n".to_vec()
    }),
    ("no HTTP", |_| b"SSH-2.0-OpenSSH_9.9\r\n\r\n".to_vec()),
    ("a head without end", |_| {
        [&b"HTTP/1.1 200 OK\r\n"[..], &b"X-Header: the same again and again\r\n".repeat(50_000)].concat()
    }),
    ("interim replies only", |_| b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50)),
    ("a length that is no number", |reply| {
        let head = reply.head.to_ascii_lowercase().replace("content-length: ", "content-length: x");
        [head.as_bytes(), &reply.body].concat()
    }),
];

async fn soon<T>(what: &str, call: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, call).await.unwrap_or_else(|_| panic!("{what} has no end"))
}

#[tokio::test]
async fn a_reply_with_a_defect_is_an_error_of_every_operation() {
    // Rows: get_file ! 200, get_file_and_metadata ! 200, thumbnail_and_metadata ! 200, global.error
    let spoiled = Spoiled::new().await;
    for (operation, call) in operations() {
        for (defect, spoiler) in DEFECTS {
            spoiled.spoil(spoiler);
            let what = format!("{operation} with {defect}");
            let outcome = soon(&what, call(&spoiled, 0)).await;
            let error = outcome.err().unwrap_or_else(|| panic!("{what} is a success"));
            let message = error.to_string();
            assert!(!message.is_empty() && message.len() < 1_000, "{what}: {message}");
            assert!(!message.contains(TOKEN), "{what}: {message}");
        }
    }
}

#[tokio::test]
async fn a_reply_that_chance_has_damaged_is_read_or_refused() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let seed = number("COFFER_FUZZ_SEED").unwrap_or(1);
    let spoiled = Spoiled::new().await;
    let operations = operations();
    let mut random = fastrand::Rng::with_seed(seed);
    for round in 0..DAMAGED * number("COFFER_FUZZ_ROUNDS").unwrap_or(1) as usize {
        let (operation, call) = operations[round % operations.len()];
        let mut chance = random.fork();
        spoiled.spoil(move |reply| damage(&mut chance, &reply));
        // Whether it is read or refused is for chance to decide; a panic or no end is what must not be.
        let _ = soon(&format!("{operation} in round {round} of seed {seed}"), call(&spoiled, round)).await;
    }
}

fn damage(random: &mut fastrand::Rng, reply: &Reply) -> Vec<u8> {
    // Mostly the result, because a damaged head tells nothing new after a while.
    let only_result = random.u8(..4) > 0;
    let mut bytes = if only_result { reply.result() } else { reply.whole() };
    for _ in 0..random.usize(1..5) {
        if bytes.is_empty() {
            break;
        }
        let at = random.usize(..bytes.len());
        let end = (at + random.usize(1..30)).min(bytes.len());
        match random.u8(..6) {
            0 => bytes.truncate(at),
            1 => bytes[at] = random.u8(0x20..0x7f),
            2 => bytes[at] = random.u8(0x80..),
            3 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => drop(bytes.drain(at..end)),
            _ => {
                let values =
                    ["null", "-1", "1e999", "{}", "[]", "\"\"", "true", "18446744073709551616", "\"other\""];
                // In place of a value, where there is one behind.
                let colon =
                    bytes[at..].iter().position(|byte| *byte == b':').map_or(at, |found| at + found + 1);
                let comma = bytes[colon..].iter().position(|byte| b",}]".contains(byte));
                let until = comma.map_or(bytes.len(), |found| colon + found);
                bytes.splice(colon..until, random.choice(values).unwrap_or_default().bytes());
            }
        }
    }
    if only_result { reply.with_result(&bytes) } else { bytes }
}

/// Answers every request with a head and then with as much as anybody takes; tells how much that was.
async fn endless(head: &'static str) -> (RestClient, Arc<Mutex<usize>>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let taken = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&taken);
    let task = tokio::spawn(async move {
        let piece = vec![b'['; 64 * 1024];
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            if read_request(&mut stream).await.is_none() || stream.write_all(head.as_bytes()).await.is_err() {
                continue;
            }
            while stream.write_all(&piece).await.is_ok() {
                *counter.lock().unwrap() += piece.len();
            }
        }
    });
    (RestClient::new(BaseUrls::all(&url).unwrap()).unwrap(), taken, task)
}

#[tokio::test]
async fn a_reply_without_end_takes_no_more_memory_than_it_may() {
    const MEGABYTE: usize = 1024 * 1024;
    // Beyond what is read there is what the system holds on its way.
    for (head, may_take) in [
        ("HTTP/1.1 200 OK\r\n\r\n", 80 * MEGABYTE),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1152921504606846976\r\n\r\n", 80 * MEGABYTE),
        ("HTTP/1.1 409 Conflict\r\n\r\n", 16 * MEGABYTE),
    ] {
        let (rest, taken, task) = endless(head).await;
        let options = ClientOptions::default().with_rest_client(rest);
        let client = DropboxClient::new(TOKEN, options).unwrap();
        let error = soon(head, client.delta(None, None)).await.unwrap_err();
        assert!(matches!(error.status(), Some(200 | 409)), "{error}");
        assert!(error.to_string().len() < 1_000);
        let taken = *taken.lock().unwrap();
        assert!(taken < may_take, "{head}: {taken} bytes");
        task.abort();
    }
}
