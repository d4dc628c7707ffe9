//! Killed in the middle of a large file, the program goes on where it was when the same command is run again.

use super::program::{Setup, local_tree};
use crate::counting_proxy::{Call, Way};

const MIB: u64 = 1024 * 1024;
const SIZE: u64 = 96 * MIB;
/// Far enough that something has arrived for good, whatever is in flight.
const KILLED_AT: u64 = 72 * MIB;

#[test]
fn an_upload_that_was_killed_sends_only_what_was_in_flight_again() {
    let setup = Setup::new();
    let bytes = film();
    let file = setup.write("film.bin", &bytes);
    let put = ["put", "--exact", file.to_str().unwrap(), "/film.bin"];

    setup.run_until_held(Way::Up, KILLED_AT, &put);
    let in_flight = bodies(&setup.proxy.calls(), |call| if call.open { call.up_length } else { 0 });
    setup.proxy.cut();
    assert_eq!(setup.count("SELECT count(*) FROM entries"), 0, "nothing stands under the final name yet");

    setup.run(&put);
    let sent = bodies(&setup.proxy.calls(), |call| call.up_bytes);
    let excused = SIZE..=SIZE + in_flight;
    assert!(excused.contains(&sent), "{} MiB were sent for 96, {} in flight", sent / MIB, in_flight / MIB);
    assert!(setup.read("/film.bin") == bytes, "the file is another one");
    assert_eq!(setup.count("SELECT count(*) FROM revisions"), 1, "it was made once");
    assert_eq!(setup.count("SELECT count(*) FROM upload_sessions"), 0, "no session is left behind");
}

#[test]
fn a_download_that_was_killed_fetches_only_what_was_in_flight_again() {
    let setup = Setup::new();
    let bytes = film();
    setup.put("/film.bin", bytes.clone());
    let folder = setup.local("downloads");
    std::fs::create_dir(&folder).unwrap();
    let target = folder.join("film.bin");
    let get = ["get", "--exact", "/film.bin", target.to_str().unwrap()];

    setup.run_until_held(Way::Down, KILLED_AT, &get);
    let in_flight = bodies(&setup.proxy.calls(), |call| if call.open { call.down_length } else { 0 });
    setup.proxy.cut();
    assert!(!target.exists(), "nothing stands under the final name yet");

    setup.run(&get);
    let fetched = bodies(&setup.proxy.calls(), |call| call.down_bytes);
    let excused = SIZE..=SIZE + in_flight;
    assert!(
        excused.contains(&fetched),
        "{} MiB were fetched for 96, {} in flight",
        fetched / MIB,
        in_flight / MIB
    );
    assert!(in_flight < SIZE, "one stream of everything would excuse anything");
    let found = local_tree(&folder);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["film.bin"], "nothing else is left");
    assert!(found["film.bin"] == bytes, "the file is another one");
}

/// Bytes of which no two blocks are the same.
fn film() -> Vec<u8> {
    let mut bytes = vec![0; SIZE as usize];
    fastrand::Rng::with_seed(SIZE).fill(&mut bytes);
    bytes
}

/// A sum over the calls that move bytes of files.
fn bodies(calls: &[Call], bytes: impl Fn(&Call) -> u64) -> u64 {
    let moving = |call: &&Call| {
        call.route.starts_with("files/upload_session/append") || call.route.starts_with("files/download")
    };
    calls.iter().filter(moving).map(bytes).sum()
}
