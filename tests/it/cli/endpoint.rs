//! A command uses the server of another program. It makes sure that it talks to that server and to nobody else, and goes
//! on by itself when the other program ends.

use super::support::{Desk, Running};
use coffer_testing::house::bulk;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A process of somebody else that listens and notes what it is sent.
struct Stranger {
    received: Arc<Mutex<Vec<u8>>>,
}

impl Stranger {
    fn listen_at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let received: Arc<Mutex<Vec<u8>>> = Arc::default();
        let noted = Arc::clone(&received);
        // Ends with the tests.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let noted = Arc::clone(&noted);
                std::thread::spawn(move || {
                    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
                    let mut bytes = [0; 4096];
                    while let Ok(length @ 1..) = stream.read(&mut bytes) {
                        noted.lock().unwrap().extend(&bytes[..length]);
                    }
                });
            }
        });
        Self { received }
    }

    fn received(&self) -> String {
        String::from_utf8_lossy(&self.received.lock().unwrap()).into_owned()
    }
}

/// Serves the local account of the desk, as a window does.
fn serve(desk: &Desk) -> (Running, SocketAddr) {
    let mut command = desk.plain_command(&["serve", "--dir", "data/data/vault"]);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map(Running).unwrap();
    let mut line = String::new();
    BufReader::new(process.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
    (process, address)
}

fn token(desk: &Desk) -> String {
    let announced: serde_json::Value =
        serde_json::from_slice(&desk.local("data/data/vault/endpoint.json")).unwrap();
    announced["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_transfer_outlives_the_program_whose_server_it_used_and_tells_nobody_its_token() {
    let desk = Desk::new();
    let content = bulk(24, 7);
    desk.write("film.bin", &content);
    let (mut window, address) = serve(&desk);
    let token = token(&desk);
    let put = desk.plain_command(&["put", "--limit-up", "8M", "film.bin", "/"]);
    let mut put = Running::start(put);
    let sessions = desk.house.local("data/data/vault/sessions");
    while fs::read_dir(&sessions).map_or(0, Iterator::count) == 0 {
        assert!(put.0.try_wait().unwrap().is_none(), "the upload has ended");
        std::thread::yield_now();
    }
    window.0.kill().unwrap();
    window.0.wait().unwrap();
    let stranger = Stranger::listen_at(address);
    let mut err = String::new();
    put.0.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(put.wait(), Some(0), "{err}");
    let received = stranger.received();
    assert!(!received.contains(&token) && !received.to_lowercase().contains("authorization"), "{received}");
    desk.run_plain(&["get", "/film.bin", "back.bin"]).ok();
    assert!(desk.local("back.bin") == content);
}

#[test]
fn a_listener_that_cannot_prove_whose_it_is_gets_no_token() {
    let desk = Desk::new();
    let (window, _) = serve(&desk);
    // As if the program had ended and somebody else had taken its port.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let stranger = Stranger::listen_at(free);
    let file = desk.house.local("data/data/vault/endpoint.json");
    let mut announced: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    announced["url"] = format!("http://{free}").into();
    fs::write(&file, announced.to_string()).unwrap();
    let run = desk.run_plain(&["ls"]).ended(1);
    assert!(run.err.contains("is open in another program"), "{run:?}");
    let received = stranger.received();
    assert!(received.contains("/coffer/proof"), "it was asked for its proof: {received}");
    assert!(!received.contains(&token(&desk)), "{received}");
    drop(window);
}
