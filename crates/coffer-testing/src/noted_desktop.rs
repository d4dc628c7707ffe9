//! The desktop of a worker under test.

use coffer_worker::Desktop;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Notes what would have been shown.
#[derive(Default)]
pub struct NotedDesktop {
    pub browsed: Mutex<Vec<String>>,
    pub messages: Mutex<Vec<String>>,
    pub opened: Mutex<Vec<PathBuf>>,
    pub shown: Mutex<Vec<PathBuf>>,
    pub is_metered: AtomicBool,
}

impl Desktop for NotedDesktop {
    fn browse(&self, url: &str) -> io::Result<()> {
        self.browsed.lock().unwrap().push(url.to_owned());
        Ok(())
    }

    fn open_file(&self, local_path: &Path) -> io::Result<()> {
        self.opened.lock().unwrap().push(local_path.to_owned());
        Ok(())
    }

    fn show_file(&self, local_path: &Path) -> io::Result<()> {
        self.shown.lock().unwrap().push(local_path.to_owned());
        Ok(())
    }

    fn notify(&self, title: &str, body: &str) -> io::Result<()> {
        self.messages.lock().unwrap().push(format!("{title}: {body}"));
        Ok(())
    }

    fn is_metered(&self) -> bool {
        self.is_metered.load(Ordering::Relaxed)
    }
}
