//! Transfers that are cancelled at each call they make: nothing half done stays here, nothing is noted that somebody
//! would go on with, and in the account there are whole files only.

use super::downloads::{many_files, order, tree};
use super::proxy::{Proxy, Twist};
use coffer_model::message::{Job, Outcome};
use coffer_model::{OnExisting, Receipt};
use coffer_testing::house::bulk;
use coffer_testing::house::{House, PATIENCE, plan, transferred};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

/// What becomes of the call at which a transfer is cancelled.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lost {
    /// It never reaches the service.
    Call,
    /// The service takes it, and its answer never comes.
    Answer,
}

/// Cancels a job at its first call, another one at its second, and so on, until one ends before that; `check` looks at
/// what is there after each.
fn cancel_at_every_call(
    lost: Lost,
    house: &mut House,
    prepare: impl Fn(&mut House, usize) -> Job,
    check: impl Fn(&House, usize, bool, &str),
) {
    let proxy = Proxy::between(house);
    for number in 0..100 {
        let job = prepare(house, number);
        proxy.reset();
        let (calls, cancelled) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
        let (reached, is_reached) = mpsc::channel();
        let is_cancelled = Arc::clone(&cancelled);
        proxy.twist(move |call| {
            // What the window asks for by itself does not count.
            let counts = call.route.starts_with("files/")
                && !call.route.ends_with("longpoll")
                && !call.route.ends_with("latest_cursor")
                && !call.route.ends_with("list_folder/continue");
            if !counts || is_cancelled.load(Ordering::SeqCst) || calls.fetch_add(1, Ordering::SeqCst) < number
            {
                return Twist::Pass;
            }
            let _ = reached.send(call.route.clone());
            if lost == Lost::Call { Twist::Never } else { Twist::HoldAfter(0) }
        });
        let id = house.start(job);
        let mut route = None;
        while route.is_none() && !house.has_ended(id) {
            route = is_reached.try_recv().ok();
        }
        cancelled.store(true, Ordering::SeqCst);
        let at = format!("cancelled at call {number}, {route:?}");
        if route.is_some() {
            house.cancel(id);
        }
        let is_over = route.is_none();
        match house.wait(id).outcome {
            Outcome::Cancelled if !is_over => {}
            // Something has arrived, and that is told.
            Outcome::Done(Receipt::Transferred { report, .. }) => {
                assert_eq!(report.failed, []);
                assert!(!(is_over && report.cancelled), "{at}");
            }
            other => panic!("{at}: {other:?}"),
        }
        // Threads that write end a moment later.
        house.worker = None;
        nothing_is_noted(house, &at);
        check(house, number, is_over, &at);
        if is_over {
            assert!(number > 2, "there was nothing to cancel");
            return;
        }
        proxy.restart_worker(house);
    }
    panic!("it never ends");
}

/// Nothing is kept of any transfer.
#[track_caller]
fn nothing_is_noted(house: &House, at: &str) {
    assert_eq!(house.transfers().rows(), [""; 0], "{at}");
}

/// What is in the account below one folder has the content of the same place here. Where no answer was lost, no folder
/// was made in vain; at the end all is there.
#[track_caller]
fn check_account(house: &House, lost: Lost, run: &str, is_over: bool, at: &str) {
    let all = house.every_path();
    let below: Vec<&String> = all.iter().filter(|path| path.starts_with(&format!("/{run}"))).collect();
    let files: Vec<&&String> = below.iter().filter(|path| !path.ends_with('/')).collect();
    for path in &files {
        let here = fs::read(house.local(path.trim_start_matches('/'))).unwrap();
        assert!(house.read(path) == here, "{path} is not whole, {at}");
    }
    // A question for the outcome of what the service does by itself is as good as its answer.
    if lost == Lost::Call && !at.contains("/check") && !is_over {
        for folder in below.iter().filter(|path| path.ends_with('/')) {
            let is_used = files.iter().any(|file| file.starts_with(folder.as_str()));
            assert!(is_used, "{folder} was made in vain, {at}");
        }
    }
    if is_over {
        let here = tree(&house.local(run));
        assert_eq!(below.len(), here.len() + 1, "all is there, and the folder itself");
    }
}

fn cancel_uploads(lost: Lost, write: impl Fn(&House, &str, usize)) {
    let mut house = House::new();
    let run = |number: usize| format!("run {number}");
    cancel_at_every_call(
        lost,
        &mut house,
        |house, number| {
            write(house, &run(number), number);
            let folder = house.local(&run(number));
            Job::Upload { plan: plan(house, vec![folder], "/") }
        },
        |house, number, is_over, at| check_account(house, lost, &format!("{}/", run(number)), is_over, at),
    );
}

/// A large file and an empty folder. The content is of each run alone, so that nothing is known to be there already.
fn write_film(house: &House, run: &str, number: usize) {
    fs::create_dir_all(house.local(run).join("empty")).unwrap();
    fs::write(house.local(run).join("film.bin"), bulk(13, number as u64)).unwrap();
}

/// Small files in folders.
fn write_small(house: &House, run: &str, number: usize) {
    for file in 0..230 {
        let folder = house.local(run).join(format!("folder {}", file % 3));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{file}.txt")), format!("{number} {file} ").repeat(30)).unwrap();
    }
    fs::create_dir_all(house.local(run).join("empty/in it")).unwrap();
}

#[test]
fn an_upload_of_a_film_is_cancelled_at_every_call() {
    cancel_uploads(Lost::Call, write_film);
}

#[test]
fn an_upload_of_a_film_is_cancelled_while_an_answer_is_awaited() {
    cancel_uploads(Lost::Answer, write_film);
}

#[test]
fn an_upload_of_small_files_is_cancelled_at_every_call() {
    cancel_uploads(Lost::Call, write_small);
}

#[test]
fn an_upload_of_small_files_is_cancelled_while_an_answer_is_awaited() {
    cancel_uploads(Lost::Answer, write_small);
}

#[test]
fn an_upload_that_is_cancelled_when_only_an_empty_folder_is_missing_has_stopped() {
    const FOLDERS: &str = "files/create_folder_batch";
    let mut house = House::new();
    fs::create_dir_all(house.local("Trip/empty")).unwrap();
    fs::write(house.local("Trip/a.txt"), "a").unwrap();
    let folder = house.local("Trip");
    let plan = plan(&mut house, vec![folder], "/");
    let job = || Job::Upload { plan: Arc::clone(&plan) };
    let proxy = Proxy::between(&mut house);
    // The file makes its folder by itself.
    let refused = r#"{".tag":"failure","failure":{".tag":"path","path":{".tag":"no_write_permission"}}}"#;
    let answer = format!(r#"{{".tag":"complete","entries":[{refused},{refused}]}}"#);
    proxy.twist(move |call| match call.route.as_str() {
        FOLDERS => Twist::Answer(200, answer.clone()),
        _ => Twist::Pass,
    });
    let (report, _) = transferred(house.run(job()).receipt());
    assert_eq!((report.files, report.failed.len(), report.cancelled), (1, 1, false));
    let (reached, is_reached) = mpsc::channel();
    proxy.twist(move |call| {
        if call.route == FOLDERS {
            let _ = reached.send(());
            return Twist::Never;
        }
        Twist::Pass
    });
    let id = house.start(job());
    is_reached.recv_timeout(PATIENCE).unwrap();
    house.cancel(id);
    let (report, undo) = transferred(house.wait(id).receipt());
    assert_eq!((report.files, report.failed, report.cancelled), (1, vec![], true));
    assert!(undo.is_some(), "what has arrived can be taken back");
    assert_eq!(house.tree(), ["/Trip/", "/Trip/a.txt"]);
}

#[test]
fn a_download_of_films_and_small_files_is_cancelled_at_every_call() {
    let mut house = House::new();
    let mut expected = many_files(&house, "Trip");
    let film = bulk(17, 1);
    house.put("/Trip/film.bin", film.clone());
    expected.push(("Trip/film.bin".to_owned(), film));
    let other = bulk(1, 2);
    house.put("/other.bin", other.clone());
    expected.push(("other.bin".to_owned(), other));
    let entries = [house.entry("/Trip"), house.entry("/other.bin")];
    let folder = |house: &House, number: usize| -> PathBuf { house.local(&format!("downloads {number}")) };
    cancel_at_every_call(
        Lost::Answer,
        &mut house,
        |house, number| {
            let folder = folder(house, number);
            fs::create_dir(&folder).unwrap();
            order(&entries, &folder, OnExisting::Number)
        },
        |house, number, is_over, at| {
            let found = tree(&folder(house, number));
            for (name, content) in &found {
                let planned = expected.iter().find(|(expected, _)| expected == name);
                let (_, planned) = planned.unwrap_or_else(|| panic!("{name} is left, {at}"));
                assert!(planned == content, "{name} is not whole, {at}");
            }
            assert!(!is_over || found.len() == expected.len(), "all is there at the end");
        },
    );
}
