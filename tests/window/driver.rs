//! Finds things in the real window by their accessibility label and works them as a person would.

use egui::Event;
use egui::accesskit::{Node, Role, Toggled, TreeUpdate};
use egui_inspection::{Request, Response, read_message, write_message};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_mins(1);

pub struct Driver(TcpStream);

impl Driver {
    /// Waits until the program listens on its inspection port.
    pub fn connect(address: &str) -> Self {
        let mut stream = poll("the program to open its window", || TcpStream::connect(address).ok());
        egui_inspection::protocol::read_handshake(&mut stream).unwrap();
        Self(stream)
    }

    fn ask(&mut self, request: &Request) -> Response {
        write_message(&mut self.0, request).unwrap();
        read_message(&mut self.0).expect("the program closed the connection")
    }

    fn tree(&mut self) -> TreeUpdate {
        match self.ask(&Request::GetTree) {
            Response::Tree { accesskit: Some(tree), .. } => tree,
            Response::Tree { .. } => TreeUpdate {
                nodes: Vec::new(),
                tree: None,
                tree_id: egui::accesskit::TreeId::ROOT,
                focus: egui::accesskit::NodeId(0),
            },
            other => panic!("unexpected answer {other:?}"),
        }
    }

    /// Waits until something with this label is on screen.
    pub fn wait_for(&mut self, label: &str) -> Node {
        self.wait_until(label, |node| named(node, label))
    }

    pub fn wait_for_role(&mut self, role: Role, label: &str) -> Node {
        self.wait_until(label, |node| node.role() == role && named(node, label))
    }

    pub fn wait_until(&mut self, what: &str, matches: impl Fn(&Node) -> bool) -> Node {
        let started = Instant::now();
        loop {
            let tree = self.tree();
            if let Some((_, node)) = tree.nodes.iter().find(|(_, node)| matches(node)) {
                return node.clone();
            }
            if started.elapsed() > PATIENCE {
                let labels: Vec<&str> =
                    tree.nodes.iter().filter_map(|(_, node)| node.label().or(node.value())).collect();
                panic!("“{what}” did not appear; on screen: {labels:?}");
            }
        }
    }

    /// Clicks what has this role and label.
    pub fn click(&mut self, role: Role, label: &str) {
        let bounds = self.wait_for_role(role, label).bounds().expect("it is on screen");
        let pos = egui::pos2(
            f64::midpoint(bounds.x0, bounds.x1) as f32,
            f64::midpoint(bounds.y0, bounds.y1) as f32,
        );
        let button = |pressed| Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        for event in [Event::PointerMoved(pos), button(true), button(false)] {
            self.ask(&Request::ApplyEvents { events: vec![event] });
        }
    }

    /// A screenshot of the real window, as PNG.
    pub fn screenshot(&mut self) -> Vec<u8> {
        match self.ask(&Request::GetScreenshot { pixels_per_point: None }) {
            Response::Screenshot(picture) => picture.bytes.clone(),
            other => panic!("unexpected answer {other:?}"),
        }
    }
}

/// Whether a row, or an option of a list, is selected.
pub fn is_chosen(node: &Node) -> bool {
    node.is_selected() == Some(true) || node.toggled() == Some(Toggled::True)
}

fn named(node: &Node, label: &str) -> bool {
    node.label() == Some(label) || node.value() == Some(label)
}

/// Asks again and again, for as long as a slow machine may need.
pub fn poll<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(started.elapsed() < PATIENCE, "gave up waiting for {what}");
        std::thread::yield_now();
    }
}
