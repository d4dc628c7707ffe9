//! Stands between a program and a server, counts the bytes of both directions, and can let nothing more through after
//! so many, so that a test acts in the very middle of a transfer.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

#[derive(Clone)]
pub struct Proxy {
    pub url: String,
    flow: Arc<Flow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the server.
    Up,
    /// To the program.
    Down,
}

#[derive(Default)]
struct Flow {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    up: u64,
    down: u64,
    /// After so many bytes this way nothing passes.
    gate: Option<(Way, u64)>,
}

impl State {
    fn count(&self, way: Way) -> u64 {
        if way == Way::Up { self.up } else { self.down }
    }

    fn is_closed(&self) -> bool {
        self.gate.is_some_and(|(way, bytes)| self.count(way) >= bytes)
    }
}

impl Proxy {
    pub fn before(url: &str) -> Self {
        let server = url.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self { url: format!("http://{}", listener.local_addr().unwrap()), flow: Arc::default() };
        let flow = Arc::clone(&proxy.flow);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(&server)) else { return };
                let (back, forth) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let (up, down) = (Arc::clone(&flow), Arc::clone(&flow));
                std::thread::spawn(move || up.carry(client, forth, Way::Up));
                std::thread::spawn(move || down.carry(server, back, Way::Down));
            }
        });
        proxy
    }

    /// From now on counts anew, and lets through so many bytes this way.
    pub fn close_after(&self, way: Way, bytes: u64) {
        *self.flow.state.lock().unwrap() = State { gate: Some((way, bytes)), ..State::default() };
    }

    /// Waits until so many have passed.
    pub fn wait_until_closed(&self) {
        let state = self.flow.state.lock().unwrap();
        drop(self.flow.changed.wait_while(state, |state| !state.is_closed()).unwrap());
    }

    /// From now on counts anew, and lets everything through.
    pub fn open(&self) {
        *self.flow.state.lock().unwrap() = State::default();
        self.flow.changed.notify_all();
    }

    pub fn passed(&self, way: Way) -> u64 {
        self.flow.state.lock().unwrap().count(way)
    }
}

impl Flow {
    fn carry(&self, mut from: TcpStream, mut to: TcpStream, way: Way) {
        let mut piece = [0; 16 * 1024];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            let state = self.state.lock().unwrap();
            let mut state = self.changed.wait_while(state, |state| state.is_closed()).unwrap();
            match way {
                Way::Up => state.up += length as u64,
                Way::Down => state.down += length as u64,
            }
            drop(state);
            self.changed.notify_all();
            if to.write_all(&piece[..length]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
        let _ = from.shutdown(Shutdown::Read);
    }
}
