//! Counts the calls that the account has answered, by route, for tests and measurements of programs that use it.

use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All calls to one route.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    pub count: u64,
    /// What their bodies were announced to have in all.
    pub body_bytes: u64,
}

/// The calls so far. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct RequestCounts {
    routes: Arc<Mutex<BTreeMap<String, Calls>>>,
}

impl RequestCounts {
    /// A call has come.
    pub fn record(&self, route: &str, body_bytes: u64) {
        let mut routes = self.routes.lock();
        let calls = match routes.get_mut(route) {
            Some(calls) => calls,
            None => routes.entry(route.to_owned()).or_default(),
        };
        calls.count += 1;
        calls.body_bytes += body_bytes;
    }

    /// The calls to every route that was called.
    pub fn routes(&self) -> BTreeMap<String, Calls> {
        self.routes.lock().clone()
    }

    /// The calls to one route.
    pub fn calls(&self, route: &str) -> Calls {
        self.routes.lock().get(route).copied().unwrap_or_default()
    }

    /// Counts from 0 again.
    pub fn clear(&self) {
        self.routes.lock().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Calls, RequestCounts};

    #[test]
    fn calls_are_counted_by_route() {
        let counts = RequestCounts::default();
        counts.record("files/upload", 5);
        counts.clone().record("files/upload", 7);
        counts.record("files/list_folder", 0);
        assert_eq!(counts.calls("files/upload"), Calls { count: 2, body_bytes: 12 });
        assert_eq!(counts.routes().len(), 2);
        counts.clear();
        assert_eq!(counts.calls("files/upload"), Calls::default());
    }
}
