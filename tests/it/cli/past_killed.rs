//! `restore --at`, killed in its midst as a power cut would: the next start goes on.

use super::support::{Desk, Stopped};
use coffer_testing::counting_proxy::{CountingProxy, Hold, Way};
use dropbox_protocol::files::{LIST_REVISIONS, ListRevisionsArg, REVISIONS_PAGE_LIMIT};
use fastrand::Rng;
use std::collections::BTreeMap;

const FILES: usize = 120;
const RESTORE: &str = "files/restore";

type Contents = BTreeMap<String, Vec<u8>>;

/// A folder with an accident in it, and the moment before.
struct Accident {
    desk: Desk,
    proxy: CountingProxy,
    at: String,
    before: Contents,
    after: Contents,
    versions: BTreeMap<String, usize>,
}

fn path(number: usize) -> String {
    format!("/F/{}/{number}.txt", ["Letters", "Photos", "Notes"][number % 3])
}

impl Accident {
    /// Half of the files are changed, the others deleted; a folder is deleted as a whole.
    fn new() -> Self {
        let mut desk = Desk::new();
        let proxy = desk.proxied();
        for number in 0..FILES {
            desk.house.put(&path(number), format!("file {number}"));
        }
        desk.run(&["index"]).ok();
        let before = desk.remote_files("");
        desk.house.clock.advance(3600);
        desk.run(&["index"]).ok();
        let at = jiff::Timestamp::from_second(desk.house.clock.now()).unwrap();
        let at = at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string();
        desk.house.clock.advance(3600);
        for number in (0..FILES).filter(|number| !path(*number).contains("/Notes/")) {
            if number % 2 == 0 {
                desk.house.put(&path(number), format!("scrambled {number}"));
            } else {
                desk.house.delete(&path(number));
            }
        }
        desk.house.delete("/F/Notes");
        desk.run(&["index"]).ok();
        let after = desk.remote_files("");
        let mut accident = Self { desk, proxy, at, before, after, versions: BTreeMap::new() };
        accident.versions = accident.count_versions();
        accident
    }

    /// How many versions there are of each file of then, at its path of then.
    fn count_versions(&self) -> BTreeMap<String, usize> {
        let count = |path: &String| {
            let arg =
                ListRevisionsArg { limit: REVISIONS_PAGE_LIMIT, ..ListRevisionsArg::new(format!("/{path}")) };
            let house = &self.desk.house;
            house.runtime.block_on(house.client.rpc(&LIST_REVISIONS, &arg)).map_or(0, |it| it.entries.len())
        };
        self.before.keys().map(|path| (path.clone(), count(path))).collect()
    }

    fn restore(&self) -> [&str; 4] {
        ["restore", "--at", &self.at, "/F"]
    }

    fn records(&self) -> usize {
        std::fs::read_dir(self.desk.house.local("data/state/bring-backs")).map_or(0, Iterator::count)
    }

    /// Kills the command at the next but `calls` call of a route.
    fn kill_at(&self, route: &'static str, calls: usize, way: Way, words: &str) {
        let passed = self.proxy.calls().iter().filter(|call| call.route == route).count();
        let hold = Hold::Call { way, route, number: passed + calls };
        self.desk.stop_at(&self.proxy, &hold, &self.restore(), Stopped::Killed);
        assert_eq!(self.records(), 1, "{words}");
    }

    /// All is back, once, and one undo takes all of it back.
    fn check(&self, words: &str) {
        assert_eq!(self.records(), 0, "{words}");
        assert!(self.desk.remote_files("") == self.before, "{words}");
        for (path, versions) in self.count_versions() {
            let more = versions - self.versions[&path];
            assert!(more <= 1, "{path} has got {more} versions: {words}");
        }
        let history = self.desk.run(&["history", "--json"]).ok().json();
        assert_eq!(history["operations"].as_array().map(Vec::len), Some(1), "{words}: {history}");
        self.desk.run(&["undo"]).ok();
        assert!(self.desk.remote_files("") == self.after, "{words}");
    }
}

fn seed() -> u64 {
    std::env::var("COFFER_WALK_SEED").map_or(11, |seed| seed.parse().unwrap())
}

#[test]
fn a_folder_whose_restore_is_killed_again_and_again_is_back_once_and_one_undo_takes_that_back() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    let accident = Accident::new();
    let words = format!("COFFER_WALK_SEED={seed}");
    // Each time at most a few more go than those that are counted: those on their way.
    for _ in 0..6 {
        let way = *rng.choice(&[Way::Up, Way::Down]).unwrap();
        accident.kill_at(RESTORE, rng.usize(1..6), way, &words);
    }
    accident.desk.run(&accident.restore()).ok();
    accident.check(&words);
}
