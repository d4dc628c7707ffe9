//! Stopped in the middle of a large file, by a kill or politely, the program goes on where it was when the same command
//! is run again.

use crate::cli::support::{Desk, Stopped};
use coffer_testing::counting_proxy::{Call, Hold, Way};
use rustix::process::Signal;

const MIB: u64 = 1024 * 1024;
const SIZE: u64 = 96 * MIB;
/// Far enough that something has arrived for good, whatever is in flight.
const STOPPED_AT: u64 = 72 * MIB;
/// What goes up in one call.
const PIECE: u64 = 8 * MIB;
/// So many pieces of a file may be under way. A count of open calls would be too low: an answer that comes at the very
/// moment of the stop ends a call, but may be too late to be noted.
const MOST_PIECES: u64 = 6;

#[test]
fn an_upload_that_was_killed_sends_only_what_was_in_flight_again() {
    upload_and_stop(Stopped::Killed);
}

#[test]
fn an_upload_goes_on_after_ctrl_c() {
    upload_and_stop(Stopped::By(Signal::INT));
}

#[test]
fn a_download_that_was_killed_fetches_only_what_was_in_flight_again() {
    download_and_stop(Stopped::Killed);
}

#[test]
fn a_download_goes_on_after_a_polite_kill() {
    download_and_stop(Stopped::By(Signal::TERM));
}

fn upload_and_stop(how: Stopped) {
    let mut desk = Desk::new();
    let bytes = film(1);
    desk.write("film.bin", &bytes);
    let proxy = desk.proxied();
    let put = ["put", "film.bin", "/Films/"];
    desk.stop_at(&proxy, &Hold::At(Way::Up, STOPPED_AT), &put, how);
    assert_eq!(desk.revisions(), 0, "nothing stands under the final name yet");

    desk.run(&put).ok();
    let sent = bodies(&proxy.calls(), |call| call.up_bytes);
    let excused = SIZE..=SIZE + MOST_PIECES * PIECE;
    assert!(excused.contains(&sent), "{} MiB were sent for 96", sent / MIB);
    assert!(desk.house.read("/Films/film.bin") == bytes, "the file is another one");
    assert_eq!(desk.house.tree(), ["/Films/", "/Films/film.bin"]);
    assert_eq!(desk.revisions(), 1, "it was made once");
    assert_eq!(desk.sessions(), 0, "no session is left behind");
    assert_eq!(desk.notes(), [""; 0]);
}

fn download_and_stop(how: Stopped) {
    let mut desk = Desk::new();
    let bytes = film(2);
    desk.house.put("/film.bin", bytes.clone());
    let proxy = desk.proxied();
    let get = ["get", "/film.bin", "films/"];
    let mut in_flight = 0;
    desk.stop_at_and_look(&proxy, &Hold::At(Way::Down, STOPPED_AT), &get, how, || {
        in_flight = bodies(&proxy.calls(), |call| if call.open { call.down_length } else { 0 });
    });
    assert!(!desk.house.local("films/film.bin").exists(), "nothing stands under the final name yet");

    desk.run(&get).ok();
    let fetched = bodies(&proxy.calls(), |call| call.down_bytes);
    let excused = SIZE..=SIZE + in_flight;
    assert!(
        excused.contains(&fetched),
        "{} MiB were fetched for 96, {} in flight",
        fetched / MIB,
        in_flight / MIB
    );
    assert!(in_flight < SIZE, "one stream of everything would excuse anything");
    let found = desk.local_files("films");
    assert_eq!(found.keys().collect::<Vec<_>>(), ["film.bin"], "nothing else is left");
    assert!(found["film.bin"] == bytes, "the file is another one");
    assert_eq!(desk.notes(), [""; 0]);
}

#[test]
fn a_film_that_changes_after_a_kill_is_sent_as_it_is_now() {
    let mut desk = Desk::new();
    desk.write("film.bin", &film(3)[..24 << 20]);
    let proxy = desk.proxied();
    let put = ["put", "film.bin", "/"];
    desk.stop_at(&proxy, &Hold::At(Way::Up, 16 * MIB), &put, Stopped::Killed);
    let now = &film(4)[..24 << 20];
    desk.write("film.bin", now);
    desk.run(&put).ok();
    assert!(desk.house.read("/film.bin") == now, "the file is another one");
    assert_eq!(desk.revisions(), 1);
}

#[test]
fn a_film_that_changes_in_the_account_after_a_kill_comes_as_it_is_now() {
    let mut desk = Desk::new();
    desk.house.put("/film.bin", film(5)[..40 << 20].to_vec());
    let proxy = desk.proxied();
    let get = ["get", "/film.bin", "films/"];
    desk.stop_at(&proxy, &Hold::At(Way::Down, 24 * MIB), &get, Stopped::Killed);
    let now = &film(6)[..40 << 20];
    desk.house.put("/film.bin", now.to_vec());
    desk.run(&get).ok();
    let found = desk.local_files("films");
    assert_eq!(found.keys().collect::<Vec<_>>(), ["film.bin"], "nothing else is left");
    assert!(found["film.bin"] == now, "the file is another one");
}

#[test]
fn a_finish_whose_answer_was_lost_by_a_kill_makes_no_second_file() {
    let mut desk = Desk::new();
    let bytes = &film(7)[..24 << 20];
    desk.write("film.bin", bytes);
    let proxy = desk.proxied();
    let put = ["put", "film.bin", "/"];
    let answer = Hold::Call { way: Way::Down, route: "files/upload_session/finish", number: 1 };
    desk.stop_at(&proxy, &answer, &put, Stopped::Killed);
    assert_eq!(desk.revisions(), 1);
    desk.run(&put).ok();
    assert_eq!(desk.house.tree(), ["/film.bin"]);
    assert_eq!((desk.revisions(), desk.sessions()), (1, 0));
    assert_eq!(desk.notes(), [""; 0], "no note of it is left");
}

/// Names taken by other content, each of which gets a number: one file that goes in one call, some that go together,
/// and one that goes in pieces. With the route that makes them.
const TAKEN: [(&[&str], &str, usize); 3] = [
    (&["a"], "files/upload", 1),
    (&["a", "b", "c", "d", "e"], "files/upload_session/finish_batch_v2", 1),
    (&["film"], "files/upload_session/finish", 24 << 20),
];

/// What is here of each; and as the next argument what uploads it.
fn take_names(desk: &Desk, names: &[&str], size: usize) -> Vec<String> {
    for (name, seed) in names.iter().zip(10..) {
        desk.house.put(&format!("/{name}"), "theirs");
        desk.write(name, &film(seed)[..size]);
    }
    let args = ["put", "--on-conflict", "keep-both"].into_iter().chain(names.iter().copied()).chain(["/"]);
    args.map(str::to_owned).collect()
}

#[test]
fn a_file_that_got_a_number_gets_no_second_one_after_a_kill() {
    for (names, route, size) in TAKEN {
        let mut desk = Desk::new();
        let put = take_names(&desk, names, size);
        let proxy = desk.proxied();
        let answer = Hold::Call { way: Way::Down, route, number: 1 };
        desk.stop_at(&proxy, &answer, &put, Stopped::Killed);
        let made = desk.house.tree();
        assert!(made.contains(&format!("/{} (1)", names[0])), "{made:?}");
        let sent = bodies(&proxy.calls(), |call| call.up_bytes);
        desk.run(&put).ok();
        assert_eq!(desk.house.tree().len(), 2 * names.len(), "{route}: {:?}", desk.house.tree());
        for name in names {
            assert!(desk.house.read(&format!("/{name} (1)")) == desk.local(name), "{route}: {name}");
        }
        assert_eq!(desk.revisions(), 2 * names.len() as i64, "{route}");
        assert_eq!(bodies(&proxy.calls(), |call| call.up_bytes), sent, "{route}: it was sent again");
        assert_eq!((desk.sessions(), desk.notes()), (0, vec![]), "{route}");
    }
}

#[test]
fn a_file_that_somebody_has_twice_already_gets_its_own_number_with_and_without_a_kill() {
    for (names, route, size) in TAKEN {
        for killed in [false, true] {
            let mut desk = Desk::new();
            let put = take_names(&desk, names, size);
            for name in names {
                desk.house.put(&format!("/{name} (1)"), desk.local(name));
            }
            let proxy = desk.proxied();
            if killed {
                let call = Hold::Call { way: Way::Up, route, number: 1 };
                desk.stop_at(&proxy, &call, &put, Stopped::Killed);
            }
            desk.run(&put).ok();
            for name in names {
                assert!(desk.house.read(&format!("/{name} (2)")) == desk.local(name), "{route}: {name}");
            }
            assert_eq!(desk.house.tree().len(), 3 * names.len(), "{route}: {:?}", desk.house.tree());
            assert_eq!((desk.sessions(), desk.notes()), (0, vec![]), "{route}");
        }
    }
}

/// Bytes of which no two blocks are the same.
fn film(seed: u64) -> Vec<u8> {
    let mut bytes = vec![0; SIZE as usize];
    fastrand::Rng::with_seed(seed).fill(&mut bytes);
    bytes
}

/// A sum over the calls that move bytes of files.
fn bodies(calls: &[Call], bytes: impl Fn(&Call) -> u64) -> u64 {
    let moving = |call: &&Call| {
        call.route.starts_with("files/upload_session/append") || call.route.starts_with("files/download")
    };
    calls.iter().filter(moving).map(bytes).sum()
}
