//! Files that are edited in other programs, saved in every way that programs save, while the program is killed and the
//! same files are changed in the account: every save arrives, nothing is uploaded that was not changed, and of two
//! changes of one file both are kept.

use super::measured::run as run_program;
use super::ours;
use super::service::Service;
use super::setting::Setting;
use super::table::Table;
use super::windowless::Windowless;
use dropbox_protocol::ContentHasher;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Files that are open at once; each is saved once a round.
const FILES: usize = 10;

/// The longest time from the saves of a round to the kill. An edit is uploaded after it has rested for 0.7 s.
const KILLED_WITHIN_MS: u64 = 1500;

/// How a program saves a file; what it writes is longer than what is there and begins with it.
type Save = fn(&Path, &str);

const WAYS: [(&str, Save); 6] = [
    ("in place", in_place),
    ("truncate", truncate),
    ("rename", rename),
    ("rename with backup", rename_with_backup),
    ("delete and create", delete_and_create),
    ("append", append),
];

/// What went wrong, of everything that was saved.
#[derive(Default)]
struct Tally {
    saves: usize,
    lost: usize,
    conflicts: usize,
    conflicts_lost: usize,
    kills: usize,
}

struct Edits<'a> {
    setting: &'a Setting,
    service: Service,
    program: Windowless,
    /// What each file should hold, by its name.
    contents: BTreeMap<String, String>,
    /// How many revisions there should be of each content, by its hash.
    expected: BTreeMap<String, u64>,
    tally: Tally,
}

pub fn run(setting: &Setting, table: &mut Table) {
    let mut edits = Edits::open(setting);
    for round in 0..setting.saves / FILES {
        // In turns, as long as there are some left.
        let kill = round % 2 == 0 && edits.tally.kills < setting.kills;
        let conflict = round % 2 == 1 && edits.tally.conflicts < setting.kills;
        edits.round(round, kill, conflict);
    }
    edits.print(table);
}

impl<'a> Edits<'a> {
    fn open(setting: &'a Setting) -> Self {
        let service = Service::fresh(setting, Duration::ZERO);
        let seeds = setting.fresh("seeds");
        let contents: BTreeMap<String, String> =
            (0..FILES).map(|number| (format!("Letter {number}.txt"), format!("Letter {number}\n"))).collect();
        let mut expected = BTreeMap::new();
        for (name, content) in &contents {
            fs::write(seeds.join(name), content).unwrap();
            run_program(ours::put(ours::program(setting, &service), &seeds.join(name), &format!("/{name}")));
            expected.insert(hash(content), 1);
        }
        setting.fresh("windowless");
        let mut program = Windowless::start(setting, &service);
        for name in contents.keys() {
            program.tell(&format!("open /{name}"));
        }
        program.wait_until("all are open", |now| now.open_files.len() == FILES);
        Self { setting, service, program, contents, expected, tally: Tally::default() }
    }

    /// Saves every file once, each in another way, touches one without a change, and waits until all is in the account.
    fn round(&mut self, round: usize, kill: bool, conflict: bool) {
        let names: Vec<String> = self.contents.keys().cloned().collect();
        let in_conflict = conflict.then(|| {
            let name = names[round % FILES].clone();
            let theirs = format!("{}changed by somebody else in round {round}\n", self.contents[&name]);
            (name, theirs)
        });
        if let Some((name, theirs)) = &in_conflict {
            self.change_in_account(name, theirs);
        }
        for (number, name) in names.iter().enumerate() {
            let (way, save) = WAYS[(round + number) % WAYS.len()];
            let content = format!("{}round {round}: {way}\n", self.contents[name]);
            save(&self.local_path(name), &content);
            *self.expected.entry(hash(&content)).or_default() += 1;
            self.contents.insert(name.clone(), content);
            self.tally.saves += 1;
        }
        if kill {
            self.kill();
        }
        for name in names.iter().filter(|name| in_conflict.as_ref().is_none_or(|(other, _)| other != *name)) {
            self.wait_for_save(name);
        }
        if let Some((name, theirs)) = in_conflict {
            self.resolve(&name, theirs);
        }
        let touched = self.local_path(&names[round % FILES]);
        File::options().write(true).open(touched).unwrap().set_modified(SystemTime::now()).unwrap();
        let stand = self.service.files();
        for (name, content) in &self.contents {
            let path = format!("/{}", name.to_lowercase());
            self.tally.lost += usize::from(stand.get(&path) != Some(&hash(content)));
        }
    }

    /// As a person would who sees the panel: what the killed program has left is saved by a press on the button.
    fn wait_for_save(&mut self, name: &str) {
        let content = hash(&self.contents[name]);
        let path = format!("/{}", name.to_lowercase());
        loop {
            self.program.wait_until(name, |now| {
                now.open_files.get(name).is_some_and(|file| matches!(&*file.status, "Saved" | "Unsaved"))
            });
            let file = &self.program.open_files[name];
            if file.status == "Unsaved" {
                let id = file.id.clone();
                self.program.tell(&format!("save {id}"));
                self.program.wait_until("the save begins", |now| now.open_files[name].status != "Unsaved");
            } else if self.service.files().get(&path) == Some(&content) {
                return;
            } else {
                // The edit has not been seen yet.
                self.program.wait_until("the edit is seen", |now| now.open_files[name].status != "Saved");
            }
        }
    }

    fn kill(&mut self) {
        std::thread::sleep(Duration::from_millis(fastrand::u64(..KILLED_WITHIN_MS)));
        self.program.kill_and_start(self.setting, &self.service);
        self.program.wait_until("all are open again", |now| now.open_files.len() == FILES);
        self.tally.kills += 1;
    }

    /// Both versions have to stand in the account until one is chosen, in turns theirs and the one made here.
    fn resolve(&mut self, name: &str, theirs: String) {
        self.program.wait_until("the conflict is told", |now| now.open_files[name].status == "Conflict");
        let mine = self.contents[name].clone();
        let stand: Vec<String> = self.service.files().into_values().collect();
        let are_kept = [&mine, &theirs].iter().all(|content| stand.contains(&hash(content)));
        self.tally.conflicts_lost += usize::from(!are_kept);
        let (word, chosen) = match self.tally.conflicts % 2 {
            0 => ("mine", mine),
            _ => ("theirs", theirs),
        };
        if word == "mine" {
            // A version of the file, besides the one that stood beside it.
            *self.expected.entry(hash(&chosen)).or_default() += 1;
        }
        self.tally.conflicts += 1;
        let id = self.program.open_files[name].id.clone();
        self.program.tell(&format!("{word} {id}"));
        self.program.wait_until("the choice is taken", |now| now.open_files[name].status != "Conflict");
        self.program.wait_until("the conflict is resolved", |now| now.open_files[name].status == "Saved");
        let local_content = fs::read_to_string(self.local_path(name)).unwrap();
        self.tally.conflicts_lost += usize::from(local_content != chosen);
        self.contents.insert(name.to_owned(), chosen);
    }

    fn change_in_account(&mut self, name: &str, content: &str) {
        let file = self.setting.fresh("theirs").join(name);
        fs::write(&file, content).unwrap();
        let mut put = ours::put(ours::program(self.setting, &self.service), &file, &format!("/{name}"));
        put.args(["--on-conflict", "replace"]);
        run_program(put);
        *self.expected.entry(hash(content)).or_default() += 1;
    }

    fn local_path(&self, name: &str) -> PathBuf {
        self.program.open_files[name].local_path.clone()
    }

    fn print(&self, table: &mut Table) {
        let stored = self.service.revisions();
        let too_many = |(hash, count): (&String, &u64)| {
            count.saturating_sub(self.expected.get(hash).copied().unwrap_or(0))
        };
        let without_change: u64 = stored.iter().map(too_many).sum();
        let missing =
            |(hash, count): (&String, &u64)| count.saturating_sub(stored.get(hash).copied().unwrap_or(0));
        let missing: u64 = self.expected.iter().map(missing).sum();
        let Tally { saves, lost, conflicts, conflicts_lost, kills } = self.tally;
        let behind = format!("{saves} saves in {} ways, {kills} kills", WAYS.len());
        let zero = Some(0.0);
        table.number("edits in other programs: lost", lost as f64 + missing as f64, zero, "saves", &behind);
        table.number("the same: uploaded without a change", without_change as f64, zero, "versions", &behind);
        let behind = format!("{conflicts} conflicts");
        table.number(
            "the same: conflicts that lost a side",
            conflicts_lost as f64,
            zero,
            "conflicts",
            &behind,
        );
    }
}

fn hash(content: &str) -> String {
    let mut hasher = ContentHasher::new();
    hasher.update(content.as_bytes());
    hasher.finish()
}

fn in_place(file: &Path, content: &str) {
    let mut file = OpenOptions::new().write(true).open(file).unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file.set_len(content.len() as u64).unwrap();
}

fn truncate(file: &Path, content: &str) {
    fs::write(file, content).unwrap();
}

fn rename(file: &Path, content: &str) {
    let temporary = file.with_extension("tmp");
    fs::write(&temporary, content).unwrap();
    fs::rename(temporary, file).unwrap();
}

fn rename_with_backup(file: &Path, content: &str) {
    fs::rename(file, file.with_extension("txt~")).unwrap();
    fs::write(file, content).unwrap();
}

fn delete_and_create(file: &Path, content: &str) {
    fs::remove_file(file).unwrap();
    fs::write(file, content).unwrap();
}

fn append(file: &Path, content: &str) {
    let there = fs::read_to_string(file).unwrap();
    let rest = content.strip_prefix(&there).expect("what is written begins with what is there");
    OpenOptions::new().append(true).open(file).unwrap().write_all(rest.as_bytes()).unwrap();
}
