//! Folders as they were on this computer: against the truth of random walks, over kills, and with what nobody has any more.

use super::bringing_back::{Accident, Contents, below, plan};
use super::past::{catch_up, now, seed, walk};
use super::proxy::{Proxy, Twist};
use coffer_model::message::{Job, Update};
use coffer_model::transfer::TransferReport;
use coffer_model::{BringBack, BringBackPlace, OnExisting, PastDownload, Receipt, RemotePath};
use coffer_testing::house::{House, PATIENCE, transferred};
use fastrand::Rng;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::SystemTime;

/// Everything below a local folder by its path in lower case, as the account has it. Nothing that is hidden is left over.
fn local_contents(folder: &Path) -> Contents {
    let mut contents = Contents::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("/{}", path.strip_prefix(folder).unwrap().to_str().unwrap().to_lowercase());
            if path.is_dir() {
                contents.insert(name, None);
                open.push(path);
            } else {
                contents.insert(name, Some(fs::read(&path).unwrap()));
            }
        }
    }
    contents
}

fn job(wanted: BringBack, folder: &Path, name: Option<&str>) -> Job {
    Job::DownloadPast(Box::new(PastDownload {
        wanted: BringBack { place: BringBackPlace::ThisComputer, ..wanted },
        folder: folder.to_owned(),
        name: name.map(Into::into),
        existing: OnExisting::Number,
    }))
}

/// The report, whose failures are sorted.
fn run(house: &mut House, job: Job) -> TransferReport {
    let (mut report, _) = transferred(house.run(job).receipt());
    report.failed.sort_by(|one, other| one.path.cmp(&other.path));
    report
}

fn new_folder(house: &House, name: &str) -> PathBuf {
    let folder = house.local(name);
    fs::create_dir(&folder).unwrap();
    folder
}

#[test]
fn the_account_at_each_moment_of_random_walks_is_downloaded_as_it_was() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    for number in 0..3 {
        let (mut house, moments) = walk(rng, true);
        for (moment, (at, truth)) in moments.iter().enumerate() {
            let what = format!("walk {number}, moment {moment}, COFFER_WALK_SEED={seed}");
            let target = new_folder(&house, &format!("moment {moment}"));
            let all = BringBack::of_folder(RemotePath::root(), *at);
            let report = run(&mut house, job(all, &target, Some("Then")));
            assert_eq!(report.failed, [], "{what}");
            let read = |(path, rev): (&String, &Option<String>)| {
                (path.clone(), rev.as_ref().map(|rev| house.read(&format!("rev:{rev}"))))
            };
            let expected: Contents = truth.iter().map(read).collect();
            let folder = target.join("Then");
            assert_eq!(local_contents(&folder), expected, "{what}");
            assert_eq!(report.files as usize, truth.values().flatten().count(), "{what}");
            assert_eq!(report.downloaded, [folder], "{what}");
        }
    }
}

#[test]
fn what_has_another_name_or_is_gone_today_comes_with_its_path_version_and_date_of_then() {
    let mut accident = Accident::new(36);
    let target = new_folder(&accident.house, "Downloads");
    let whole = job(accident.asked(), &target, None);
    let dates: BTreeMap<String, SystemTime> = (0..36)
        .filter_map(|number| {
            let path = format!("/F/{number}.txt");
            let entry = accident.house.exists(&path).then(|| accident.house.entry(&path))?;
            Some((path, entry.file()?.client_modified.into()))
        })
        .collect();
    let report = run(&mut accident.house, whole.clone());
    assert_eq!(report.failed, []);
    let folder = target.join("F");
    assert_eq!(local_contents(&folder), below(&accident.before, "/f"));
    assert_eq!(super::past::contents(&accident.house), accident.after, "nothing changes in the account");
    // What was changed since has the date of then, which is an earlier one.
    for (path, now) in dates {
        let then = fs::metadata(target.join(&path[1..])).unwrap().modified().unwrap();
        assert!(then < now, "{path}");
    }
    // The same again gets a name of its own.
    assert_eq!(run(&mut accident.house, whole).failed, []);
    assert_eq!(local_contents(&target.join("F (1)")), below(&accident.before, "/f"));
}

#[test]
fn only_what_is_chosen_is_downloaded_without_what_is_left_out() {
    let mut accident = Accident::new(36);
    let path = RemotePath::new;
    let asked = BringBack {
        items: vec![path("/F/Photos"), path("/F/0.txt"), path("/F/READ ME.txt")],
        left_out: vec![path("/F/Photos/Old/2.txt")],
        place: BringBackPlace::ThisComputer,
        ..accident.asked()
    };
    let plan = plan(&mut accident, asked.clone());
    assert_eq!((plan.downloaded.files, plan.files()), (12, 12), "{plan:?}");
    let target = new_folder(&accident.house, "Downloads");
    let report = run(&mut accident.house, job(asked, &target, None));
    let [failed] = &report.failed[..] else { panic!("{:?}", report.failed) };
    assert_eq!(
        (&*failed.title, &*failed.detail),
        ("“READ ME.txt” could not be downloaded", "It was not there then.")
    );
    let mut expected: Contents = below(&accident.before, "/f/photos")
        .into_iter()
        .map(|(path, content)| (format!("/photos{path}"), content))
        .collect();
    expected.insert("/photos".to_owned(), None);
    expected.remove("/photos/old/2.txt");
    expected.insert("/0.txt".to_owned(), Some(b"file 0".to_vec()));
    assert_eq!(local_contents(&target), expected);
}

#[test]
fn what_the_service_keeps_no_more_is_named_and_stops_nothing() {
    let mut accident = Accident::new(36);
    let proxy = Proxy::between(&mut accident.house);
    proxy.twist(|call| match &*call.route {
        "files/list_revisions" => Twist::Change(|body| {
            let mut list: serde_json::Value = serde_json::from_slice(&body).unwrap();
            for revision in list["entries"].as_array_mut().into_iter().flatten() {
                if ["0.txt", "3.txt"].contains(&revision["name"].as_str().unwrap()) && revision["size"] == 6 {
                    revision["is_restorable"] = false.into();
                }
            }
            serde_json::to_vec(&list).unwrap()
        }),
        _ => Twist::Pass,
    });
    let target = new_folder(&accident.house, "Downloads");
    let asked = BringBack { place: BringBackPlace::ThisComputer, ..accident.asked() };
    let plan = plan(&mut accident, asked.clone());
    assert_eq!((plan.downloaded.files, plan.not_kept.len()), (34, 2), "{plan:?}");
    let report = run(&mut accident.house, job(asked, &target, None));
    let failed: Vec<&str> = report.failed.iter().map(|it| it.path.as_ref().unwrap().as_str()).collect();
    assert_eq!(failed, ["/F/0.txt", "/F/3.txt"]);
    let mut expected = below(&accident.before, "/f");
    expected.remove("/0.txt");
    expected.remove("/3.txt");
    assert_eq!(local_contents(&target.join("F")), expected);
}

#[test]
fn a_dry_run_makes_nothing_and_says_the_same() {
    let mut accident = Accident::new(36);
    let target = new_folder(&accident.house, "Downloads");
    let Job::DownloadPast(download) = job(accident.asked(), &target, Some("F of then")) else { panic!() };
    let planned = accident.house.run(Job::PlanPastDownload(download.clone())).receipt();
    let Receipt::DownloadPlanned(planned) = planned else { panic!("{planned:?}") };
    assert_eq!(planned.failed, []);
    assert_eq!(local_contents(&target), Contents::new());
    let report = run(&mut accident.house, Job::DownloadPast(download));
    let mut places: Vec<PathBuf> = planned.files.iter().map(|file| file.local_path.clone()).collect();
    places.extend(planned.folders.iter().cloned());
    assert_eq!(planned.files.len() as u64, report.files);
    assert!(places.iter().all(|place| place.exists()), "{places:?}");
    assert_eq!(local_contents(&target).len(), places.len());
}

/// Tells when so many downloads have been asked for; from then on none is answered.
fn stop_after(proxy: &Proxy, downloads: usize) -> mpsc::Receiver<()> {
    let (reached, is_reached) = mpsc::channel();
    let count = AtomicUsize::new(0);
    proxy.twist(move |call| {
        if call.route != "files/download" || count.fetch_add(1, Ordering::Relaxed) < downloads {
            return Twist::Pass;
        }
        let _ = reached.send(());
        Twist::Never
    });
    is_reached
}

fn told_unfinished(house: &mut House) -> Job {
    let session = house.session;
    let told = house.wait_for(session, |update| match update {
        Update::Unfinished(unfinished) => Some(unfinished.clone()),
        _ => None,
    });
    let [one] = &told[..] else { panic!("{told:?}") };
    assert_eq!((one.resting.as_ref(), one.ended.as_ref()), (None, None));
    Job::clone(&one.job)
}

#[test]
fn a_download_of_the_past_goes_on_after_kills_as_it_was_asked_for() {
    let seed = seed();
    let rng = &mut Rng::with_seed(seed);
    let mut accident = Accident::new(240);
    let target = new_folder(&accident.house, "Downloads");
    let asked = BringBack { left_out: vec![RemotePath::new("/F/Photos/Old/2.txt")], ..accident.asked() };
    let whole = job(asked, &target, Some("F of then"));
    let proxy = Proxy::between(&mut accident.house);
    for kill in 0..6 {
        let reached = stop_after(&proxy, rng.usize(1..60));
        let what = format!("kill {kill}, COFFER_WALK_SEED={seed}");
        let told = if kill == 0 {
            whole.clone()
        } else {
            proxy.restart_worker(&mut accident.house);
            told_unfinished(&mut accident.house)
        };
        assert_eq!(told, whole, "{what}");
        accident.house.start(told);
        reached.recv_timeout(PATIENCE).expect(&what);
        accident.house.worker = None;
    }
    proxy.reset();
    // The account goes on changing, and what was there then stays what it was.
    accident.house.delete("/F/READ ME.txt");
    accident.house.put("/F/0.txt", "once more");
    proxy.restart_worker(&mut accident.house);
    let told = told_unfinished(&mut accident.house);
    assert_eq!(run(&mut accident.house, told).failed, [], "COFFER_WALK_SEED={seed}");
    let mut expected = below(&accident.before, "/f");
    expected.remove("/photos/old/2.txt");
    assert_eq!(local_contents(&target.join("F of then")), expected, "COFFER_WALK_SEED={seed}");
    assert_eq!(local_contents(&target).len(), expected.len() + 1, "nothing else is left");
    assert_eq!(accident.house.transfers().rows(), [""; 0]);
}

#[test]
fn a_name_that_this_computer_does_not_take_gets_another() {
    let mut house = House::that_follows_nothing();
    let long = "ö".repeat(200);
    house.put(&format!("/F/{long}.txt"), "long");
    catch_up(&mut house);
    house.clock.advance(60);
    let at = now(&house);
    catch_up(&mut house);
    house.clock.advance(60);
    house.delete("/F");
    catch_up(&mut house);
    let target = new_folder(&house, "Downloads");
    let asked = BringBack::of_folder(RemotePath::new("/F"), at);
    let report = run(&mut house, job(asked, &target, Some(&format!("{long} (2026-03-12)"))));
    assert_eq!(report.failed, []);
    assert_eq!(report.renamed.len(), 1, "{:?}", report.renamed);
    let contents = local_contents(&target);
    assert_eq!(contents.values().flatten().collect::<Vec<_>>(), [b"long"]);
}
