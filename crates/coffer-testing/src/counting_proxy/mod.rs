//! A proxy on loopback that counts what passes: calls, and the bytes of their bodies in both directions. It can hold
//! everything back at a chosen byte or at a chosen call, so that a program is surely in the middle of something when it
//! is killed.
//!
//! It speaks HTTP/1.1 only as far as it must to know where bodies begin and end. The benchmark uses it as well.

mod framing;

use framing::{Framing, MessagePart};
use parking_lot::{Condvar, Mutex, MutexGuard};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

/// Which way bytes go: to the service, or from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// One call as it passed.
#[derive(Clone, Debug)]
pub struct Call {
    /// Such as `files/upload_session/append_v2`.
    pub route: String,
    /// Bytes of bodies that have passed, to the service and from it.
    pub up_bytes: u64,
    pub down_bytes: u64,
    /// What the bodies would have had as a whole, where their heads said so.
    pub up_length: u64,
    pub down_length: u64,
    /// Neither the reply nor the connection has ended yet.
    pub open: bool,
    /// Calls of the same route that were open when this one began, itself included.
    pub alongside: usize,
}

/// Listens as long as the process lives.
pub struct CountingProxy {
    address: SocketAddr,
    inner: Arc<ProxyInner>,
}

struct ProxyInner {
    target: SocketAddr,
    state: Mutex<ProxyState>,
    changed: Condvar,
}

#[derive(Default)]
struct ProxyState {
    calls: Vec<Call>,
    up_bytes: u64,
    down_bytes: u64,
    hold: Option<Hold>,
    connections: usize,
    /// Those that were open when this rose are to end.
    cuts: u64,
}

/// From where on nothing passes any more, in either direction.
#[derive(Clone, Debug)]
pub enum Hold {
    /// So many bytes of bodies have gone this way.
    At(Way, u64),
    /// This call is about to reach the service, or its answer is about to come back: the `number`th of its route,
    /// counted from 1.
    Call { way: Way, route: &'static str, number: usize },
    /// One of those has come, or so it is wanted.
    Now,
}

impl ProxyState {
    fn passed(&self, way: Way) -> u64 {
        match way {
            Way::Up => self.up_bytes,
            Way::Down => self.down_bytes,
        }
    }

    fn holds(&self) -> bool {
        match self.hold {
            Some(Hold::At(way, bytes)) => self.passed(way) >= bytes,
            Some(Hold::Now) => true,
            Some(Hold::Call { .. }) | None => false,
        }
    }

    /// A message of this call begins.
    fn begins(&mut self, way: Way, call: usize) {
        if let Some(Hold::Call { way: held, route, number }) = self.hold
            && (held, Some(route)) == (way, self.calls.get(call).map(|call| call.route.as_str()))
            && self.calls[..=call].iter().filter(|call| call.route == route).count() == number
        {
            self.hold = Some(Hold::Now);
        }
    }
}

impl CountingProxy {
    /// Passes everything on to `target`.
    pub fn start(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(ProxyInner { target, state: Mutex::default(), changed: Condvar::new() });
        let accepting = Arc::clone(&inner);
        std::thread::spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                let inner = Arc::clone(&accepting);
                inner.lock().connections += 1;
                std::thread::spawn(move || {
                    connect(&inner, client);
                    inner.lock().connections -= 1;
                    inner.changed.notify_all();
                });
            }
        });
        Self { address, inner }
    }

    /// Where it listens, as a base of addresses.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All calls so far.
    pub fn calls(&self) -> Vec<Call> {
        self.inner.lock().calls.clone()
    }

    /// From there on nothing passes any more in either direction.
    pub fn hold(&self, hold: Hold) {
        self.inner.lock().hold = Some(hold);
    }

    /// What is held passes, and what comes later.
    pub fn release(&self) {
        self.inner.lock().hold = None;
        self.inner.changed.notify_all();
    }

    /// Waits until everything is held; `false` when `stop` says that it will never be.
    pub fn wait_until_held(&self, mut stop: impl FnMut() -> bool) -> bool {
        let mut state = self.inner.lock();
        while !state.holds() {
            if stop() {
                return false;
            }
            self.inner.wait(&mut state);
        }
        true
    }

    /// Waits until so many bytes have passed; `false` when `stop` says that they never will.
    pub fn wait_for(&self, way: Way, bytes: u64, mut stop: impl FnMut() -> bool) -> bool {
        let mut state = self.inner.lock();
        while state.passed(way) < bytes {
            if stop() {
                return false;
            }
            self.inner.wait(&mut state);
        }
        true
    }

    /// Ends all connections as they are and lets new ones pass. Comes back when they have ended.
    pub fn cut(&self) {
        let mut state = self.inner.lock();
        state.cuts += 1;
        state.hold = None;
        self.inner.changed.notify_all();
        while state.connections > 0 {
            self.inner.wait(&mut state);
        }
    }

    /// Waits until everybody has hung up; what was under way has arrived by then.
    pub fn wait_until_quiet(&self) {
        let mut state = self.inner.lock();
        while state.connections > 0 {
            self.inner.wait(&mut state);
        }
    }
}

impl ProxyInner {
    fn lock(&self) -> MutexGuard<'_, ProxyState> {
        self.state.lock()
    }

    /// Wakes now and then by itself, so that whoever waits can look at other things as well.
    fn wait(&self, state: &mut MutexGuard<'_, ProxyState>) {
        self.changed.wait_for(state, std::time::Duration::from_millis(10));
    }
}

/// Passes one connection on, until both sides have ended.
fn connect(inner: &Arc<ProxyInner>, client: TcpStream) {
    let Ok(service) = TcpStream::connect(inner.target) else { return };
    let _ = (client.set_nodelay(true), service.set_nodelay(true));
    let (Ok(client_back), Ok(service_back)) = (client.try_clone(), service.try_clone()) else { return };
    let cuts = inner.lock().cuts;
    // Indexes into `calls`, shared by both directions: the calls of this connection, oldest first.
    let order = Arc::new(Mutex::new(Vec::new()));
    let up = Pump {
        inner: Arc::clone(inner),
        way: Way::Up,
        cuts,
        order: Arc::clone(&order),
        framing: Framing::default(),
    };
    let down = Pump { way: Way::Down, framing: Framing::default(), inner: Arc::clone(inner), order, cuts };
    // Reads end now and then, so that a cut is seen by those that wait for bytes.
    let step = Some(std::time::Duration::from_millis(20));
    let _ = (client.set_read_timeout(step), service.set_read_timeout(step));
    let thread = std::thread::spawn(move || up.run(client, service));
    down.run(service_back, client_back);
    let _ = thread.join();
}

/// One direction of one connection.
struct Pump {
    inner: Arc<ProxyInner>,
    way: Way,
    cuts: u64,
    order: Arc<Mutex<Vec<usize>>>,
    framing: Framing,
}

impl Pump {
    fn run(mut self, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let read = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    if self.inner.lock().cuts == self.cuts {
                        continue;
                    }
                    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
                    break;
                }
                Err(_) => break,
            };
            if !self.record(&buffer[..read]) || to.write_all(&buffer[..read]).is_err() {
                let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
        if self.way == Way::Down {
            // No reply comes any more, whatever was asked for.
            let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
            let order = std::mem::take(&mut *self.order());
            let mut state = self.inner.lock();
            for call in order {
                if let Some(call) = state.calls.get_mut(call) {
                    call.open = false;
                }
            }
            self.inner.changed.notify_all();
        }
    }

    fn order(&self) -> MutexGuard<'_, Vec<usize>> {
        self.order.lock()
    }

    /// Counts bytes, and waits while everything is held. `false` when the connection has been cut.
    fn record(&mut self, bytes: &[u8]) -> bool {
        let parts = self.framing.read(bytes);
        let order = Arc::clone(&self.order);
        let mut order = order.lock();
        let mut state = self.inner.lock();
        for part in parts {
            match (self.way, part) {
                (Way::Up, MessagePart::Head { first_line, length }) => {
                    let route = first_line.split(' ').nth(1).unwrap_or_default();
                    let route = route.strip_prefix("/2/").unwrap_or(route).to_owned();
                    let open = state.calls.iter().filter(|call| call.open && call.route == route).count();
                    let call = state.calls.len();
                    order.push(call);
                    state.calls.push(Call {
                        route,
                        up_bytes: 0,
                        down_bytes: 0,
                        up_length: length,
                        down_length: 0,
                        open: true,
                        alongside: open + 1,
                    });
                    state.begins(Way::Up, call);
                }
                (Way::Up, MessagePart::Body(count)) => {
                    state.up_bytes += count;
                    if let Some(call) = order.last().copied().and_then(|call| state.calls.get_mut(call)) {
                        call.up_bytes += count;
                    }
                }
                (Way::Up, MessagePart::End) => {}
                (Way::Down, part) => {
                    let call = order.first().copied();
                    if let (MessagePart::Head { .. }, Some(call)) = (&part, call) {
                        state.begins(Way::Down, call);
                    }
                    if let MessagePart::Body(count) = part {
                        state.down_bytes += count;
                    }
                    let Some(call) = call.and_then(|call| state.calls.get_mut(call)) else { continue };
                    match part {
                        MessagePart::Head { length, .. } => call.down_length = length,
                        MessagePart::Body(count) => call.down_bytes += count,
                        MessagePart::End => {
                            call.open = false;
                            order.remove(0);
                        }
                    }
                }
            }
        }
        drop(order);
        self.inner.changed.notify_all();
        while state.holds() && state.cuts == self.cuts {
            self.inner.wait(&mut state);
        }
        state.cuts == self.cuts
    }
}
