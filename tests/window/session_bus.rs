//! A session bus of our own, with the accessibility bus that a screen reader uses.

use crate::driver::poll;
use rustix::process::{Pid, Signal, kill_process};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use zbus::MatchRule;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator, Proxy};
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type};

const REGISTRY: &str = "org.a11y.atspi.Registry";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";

pub struct SessionBus {
    child: Child,
    pub address: String,
    /// What a screen reader is connected to.
    accessibility: Connection,
}

/// Roles, by their numbers on the bus.
const FRAME: u32 = 23;
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

    /// A call of its own, and no proxy: that asks for all properties, and to be told of their changes.
    fn call<B, R>(&self, (program, path): &Item, interface: &str, method: &str, body: &B) -> Option<R>
    where
        B: Serialize + DynamicType,
        R: DeserializeOwned + Type,
    {
        let call =
            self.accessibility.call_method(Some(program.as_str()), path, Some(interface), method, body);
        call.ok()?.body().deserialize().ok()
    }

    fn children(&self, item: &Item) -> Vec<Item> {
        self.call(item, ACCESSIBLE, "GetChildren", &()).unwrap_or_default()
    }

    fn has_role(&self, item: &Item, role: u32) -> bool {
        self.call(item, ACCESSIBLE, "GetRole", &()) == Some(role)
    }

    fn name(&self, item: &Item) -> Option<String> {
        let name: OwnedValue =
            self.call(item, "org.freedesktop.DBus.Properties", "Get", &(ACCESSIBLE, "Name"))?;
        String::try_from(name).ok()
    }

    /// Windows of the only program on the bus.
    fn windows(&self) -> Vec<Item> {
        let root =
            (REGISTRY.to_owned(), OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root").unwrap());
        self.children(&root).iter().flat_map(|program| self.children(program)).collect()
    }

    /// Whether every window of the program is a frame, and there is one.
    pub fn has_frame(&self) -> bool {
        let windows = self.windows();
        !windows.is_empty() && windows.iter().all(|window| self.has_role(window, FRAME))
    }

    /// Waits until the program shows this.
    pub fn wait_for(&self, role: u32, name: &str) {
        poll(&format!("“{name}” with role {role} on the accessibility bus"), || {
            let mut left = self.windows();
            while let Some(item) = left.pop() {
                if self.has_role(&item, role) && self.name(&item).as_deref() == Some(name) {
                    return Some(());
                }
                left.extend(self.children(&item).into_iter().rev());
            }
            None
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
