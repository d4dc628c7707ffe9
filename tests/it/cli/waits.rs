//! A service that asks to slow down: commands wait, and say so.

use super::support::Desk;
use std::time::{Duration, Instant};

#[test]
fn a_service_that_asks_to_slow_down_without_a_time_is_not_overrun_and_the_person_is_told() {
    let desk = Desk::new();
    desk.house.put("/there.txt", "x");
    for (args, route) in [
        (&["ls"][..], "files/list_folder"),
        (&["search", "there"], "files/search_v2"),
        (&["get", "/there.txt", "-"], "files/get_metadata"),
    ] {
        let before = desk.house.server.request_counts().calls(route).count;
        desk.house.faults().add(format!("{route}:429/0:4").parse().unwrap());
        let began = Instant::now();
        let run = desk.run(args).ok();
        // At least half of 0.4 s, 0.8 s, 1.6 s and 3.2 s.
        assert!(began.elapsed() >= Duration::from_secs(3), "{args:?}: {:?}", began.elapsed());
        assert_eq!(desk.house.server.request_counts().calls(route).count - before, 5, "{args:?}");
        assert!(run.err.contains("Dropbox asked Coffer to slow down"), "{run:?}");
    }
}
