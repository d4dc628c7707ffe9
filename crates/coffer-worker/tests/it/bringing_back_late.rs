//! A bring back that was stopped so long ago that nobody goes on with it.

use super::bringing_back::{Accident, stop_after};
use super::past::contents;
use super::proxy::Proxy;
use coffer_testing::house::PATIENCE;
use fastrand::Rng;

const DAY: i64 = 24 * 60 * 60;

/// Stops a bring back in its midst, and starts again so many days later.
fn start_again_after(days: i64) -> Accident {
    let mut accident = Accident::new(24);
    let proxy = Proxy::between(&mut accident.house);
    let reached = stop_after(&proxy, 2, &mut Rng::with_seed(3));
    let job = accident.job();
    accident.house.start(job);
    reached.recv_timeout(PATIENCE).unwrap();
    accident.house.worker = None;
    assert_eq!(accident.records(), 1);
    accident.house.clock.advance(days * DAY);
    accident.house.restart_worker();
    accident
}

#[test]
fn after_ninety_days_it_is_given_up_and_the_person_is_told() {
    let mut accident = start_again_after(91);
    let [problem] = &accident.wait_until_finished()[..] else { panic!("one problem") };
    assert_eq!(problem.title, "“F” could not be brought back as a whole");
    assert!(problem.detail.contains("more than 90 days ago"), "{problem:?}");
    assert_eq!(accident.records(), 0);
    assert!(contents(&accident.house) != accident.expected(), "the rest was not done");
}

#[test]
fn within_ninety_days_it_goes_on() {
    let mut accident = start_again_after(89);
    assert_eq!(accident.wait_until_finished(), []);
    assert_eq!(accident.records(), 0);
    assert!(contents(&accident.house) == accident.expected());
}
