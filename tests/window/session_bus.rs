//! A session bus of our own, with the accessibility bus that a screen reader uses.

use crate::driver::poll;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use zbus::MatchRule;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator, Proxy};
use zbus::zvariant::OwnedObjectPath;

const REGISTRY: &str = "org.a11y.atspi.Registry";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";

pub struct SessionBus {
    child: Child,
    pub address: String,
    /// What a screen reader is connected to.
    accessibility: Connection,
}

/// Roles, by their numbers on the bus.
pub const FRAME: u32 = 23;
pub const BUTTON: u32 = 43;
pub const ENTRY: u32 = 79;
pub const LINK: u32 = 88;
pub const TREE_ITEM: u32 = 91;

/// Something that a program has told the accessibility bus of: the program's name there, and the thing's path.
type Item = (String, OwnedObjectPath);

impl SessionBus {
    /// Starts one whose sockets are below `home`, on which a screen reader is said to run.
    pub fn start(home: &Path) -> Self {
        let mut child = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .env("XDG_RUNTIME_DIR", home)
            .env_remove("DISPLAY")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed by `scripts/setup test`");
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let session = Builder::address(address.as_str()).unwrap().build().unwrap();
        let status = Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status").unwrap();
        status.set_property("ScreenReaderEnabled", true).unwrap();
        let bus = Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus").unwrap();
        let accessibility: String = bus.call("GetAddress", &()).unwrap();
        let accessibility = Builder::address(accessibility.as_str()).unwrap().build().unwrap();
        Self { child, address, accessibility }
    }

    fn proxy<'a>(&self, (program, path): &'a Item) -> Proxy<'a> {
        Proxy::new(&self.accessibility, program.as_str(), path, ACCESSIBLE).unwrap()
    }

    fn children(&self, item: &Item) -> Vec<Item> {
        self.proxy(item).call("GetChildren", &()).unwrap_or_default()
    }

    fn role_and_name(&self, item: &Item) -> (u32, String) {
        let proxy = self.proxy(item);
        (proxy.call("GetRole", &()).unwrap_or_default(), proxy.get_property("Name").unwrap_or_default())
    }

    /// Roles and names of all that the only program on the bus shows, its frame first.
    pub fn everything(&self) -> Vec<(u32, String)> {
        let root =
            (REGISTRY.to_owned(), OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root").unwrap());
        let mut left: Vec<Item> =
            self.children(&root).iter().flat_map(|program| self.children(program)).collect();
        let mut found = Vec::new();
        while let Some(item) = left.pop() {
            found.push(self.role_and_name(&item));
            left.extend(self.children(&item).into_iter().rev());
        }
        found
    }

    /// Waits until the program shows this.
    pub fn wait_for(&self, role: u32, name: &str) {
        poll(&format!("“{name}” with role {role} on the accessibility bus"), || {
            self.everything().iter().any(|(r, n)| (*r, n.as_str()) == (role, name)).then_some(())
        });
    }

    /// What screen readers are to read out from now on.
    pub fn announcements(&self) -> MessageIterator {
        let registry =
            Proxy::new(&self.accessibility, REGISTRY, "/org/a11y/atspi/registry", "org.a11y.atspi.Registry");
        let _: () = registry.unwrap().call("RegisterEvent", &("object:announcement",)).unwrap();
        let rule = MatchRule::builder()
            .msg_type(zbus::message::Type::Signal)
            .interface("org.a11y.atspi.Event.Object")
            .unwrap()
            .member("Announcement")
            .unwrap()
            .build();
        MessageIterator::for_match_rule(rule, &self.accessibility, None).unwrap()
    }
}

impl Drop for SessionBus {
    fn drop(&mut self) {
        // What it has started ends with it.
        if kill_process(Pid::from_child(&self.child), Signal::TERM).is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
