//! The queue of transfers: pause and resume, who goes first, limits of speed, and what a new start knows of the last.

use coffer_model::message::UnfinishedTransfer;
use coffer_model::message::{Event, Job, Outcome, Port, Request, RequestId, Update};
use coffer_model::transfer::{TransferCommand, TransferPhase};
use coffer_model::{AccountChoice, OnExisting, Settings};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, noise, plan, start_worker_at, transferred};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::net::{TcpSocket, TcpStream};

const MIB: usize = 1024 * 1024;

/// A download of one file into a folder of its own.
fn download(house: &House, name: &str, bytes: &[u8]) -> (Job, PathBuf) {
    let entry = house.put(&format!("/{name}"), bytes.to_vec());
    let folder = house.local(&format!("folder of {name}"));
    fs::create_dir(&folder).unwrap();
    let place = folder.join(name);
    (Job::Download { entries: vec![entry], folder, existing: OnExisting::Number }, place)
}

fn control(house: &House, id: RequestId, command: TransferCommand) {
    house.port.requests.send(Request::Control { id, command }).unwrap();
}

#[track_caller]
fn wait_for_phase(house: &mut House, id: RequestId, fits: impl Fn(&TransferPhase) -> bool) {
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if fits(&progress.phase) => Some(()),
        _ => None,
    });
}

fn limited(upload: Option<u64>, download: Option<u64>) -> Job {
    let limits = Settings { upload_limit: upload, download_limit: download, ..Settings::default() };
    Job::SaveSettings(limits)
}

/// After this the service answers no call any more until the gate opens again in ten minutes.
fn ask_for_patience(house: &House, route: &str) {
    house.faults().add(Fault::new(route, FaultKind::Status { status: 429, retry_after_secs: 600 }, 1));
}

fn waits(phase: &TransferPhase) -> bool {
    matches!(phase, TransferPhase::Waiting { .. })
}

/// What is kept of transfers that have not ended.
fn kept(house: &House) -> i64 {
    house.transfers().count("transfer")
}

#[track_caller]
fn told_unfinished(house: &mut House) -> Vec<UnfinishedTransfer> {
    let session = house.session;
    house.wait_for(session, |update| match update {
        Update::Unfinished(unfinished) => Some(unfinished.clone()),
        _ => None,
    })
}

#[test]
fn a_paused_transfer_begins_nothing_holds_nobody_up_and_ends_once_it_is_resumed() {
    let mut house = House::new();
    let bytes = noise(MIB, 1);
    let (film, film_place) = download(&house, "film.bin", &bytes);
    let (song, song_place) = download(&house, "song.bin", b"la");
    let paused = house.start(film);
    control(&house, paused, TransferCommand::Pause);
    wait_for_phase(&mut house, paused, |phase| *phase == TransferPhase::Paused);
    house.run(song).receipt();
    assert!(song_place.exists() && !film_place.exists());
    control(&house, paused, TransferCommand::Resume);
    let (report, _) = transferred(house.wait(paused).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 0));
    assert_eq!(fs::read(film_place).unwrap(), bytes);
    assert_eq!(kept(&house), 0);
    // Too late for anything.
    control(&house, paused, TransferCommand::Pause);
}

#[test]
fn an_upload_that_is_paused_on_its_way_goes_on_from_there() {
    let mut house = House::new();
    let path = house.local("film.bin");
    let bytes = noise(33 * MIB, 2);
    fs::write(&path, &bytes).unwrap();
    let plan = plan(&mut house, vec![path], "/");
    // So slow that most of it is not on its way yet when the first bytes are.
    house.run(limited(Some(2 << 20), None)).receipt();
    let id = house.start(Job::Upload { plan });
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if progress.bytes_done > 0 => Some(()),
        _ => None,
    });
    control(&house, id, TransferCommand::Pause);
    house.run(limited(None, None)).receipt();
    wait_for_phase(&mut house, id, |phase| *phase == TransferPhase::Paused);
    house.list("/");
    control(&house, id, TransferCommand::Resume);
    house.wait(id).receipt();
    assert_eq!(house.read("/film.bin"), bytes);
}

#[test]
fn large_and_small_files_of_an_upload_do_not_wait_for_each_other_for_ever() {
    let mut house = House::new();
    let folder = house.local("Trip");
    fs::create_dir(&folder).unwrap();
    let films: Vec<Vec<u8>> = (0..3).map(|seed| noise(60 * MIB, seed)).collect();
    for (number, film) in films.iter().enumerate() {
        fs::write(folder.join(format!("film {number}.bin")), film).unwrap();
    }
    for number in 0..400 {
        fs::write(folder.join(format!("note {number}.txt")), noise(70_000, number)).unwrap();
    }
    let plan = plan(&mut house, vec![folder], "/");
    // On a slow line few calls are on their way at once, and large pieces have been read ahead long before it is the
    // turn of small files.
    house.run(limited(Some(15 << 20), None)).receipt();
    house.faults().add(Fault::new(
        "files/upload_session/append",
        FaultKind::Delay(Duration::from_millis(300)),
        6,
    ));
    let id = house.start(Job::Upload { plan });
    house.wait_for(id, |update| match update {
        Update::Transfer(progress) if progress.bytes_done > 120 * MIB as u64 => Some(()),
        _ => None,
    });
    house.run(limited(None, None)).receipt();
    assert_eq!(transferred(house.wait(id).receipt()).0.files, 403);
    for (number, film) in films.iter().enumerate() {
        assert!(house.read(&format!("/Trip/film {number}.bin")) == *film);
    }
}

#[test]
fn paused_uploads_hold_nothing_that_others_need() {
    let mut house = House::new();
    let upload = |house: &mut House, name: &str, bytes: &[u8]| {
        let path = house.local(name);
        fs::write(&path, bytes).unwrap();
        Job::Upload { plan: plan(house, vec![path], "/") }
    };
    // So slow that there is one call at a time, and the first transfer would take hours.
    house.run(limited(Some(5_000), None)).receipt();
    let film = upload(&mut house, "film.bin", &noise(20 * MIB, 4));
    let film = house.start(film);
    wait_for_phase(&mut house, film, |phase| *phase == TransferPhase::Moving);
    // More of them than there is memory for at once.
    let paused: Vec<RequestId> = (0..12)
        .map(|number| {
            let text = upload(&mut house, &format!("{number}.txt"), b"words");
            let id = house.start(text);
            wait_for_phase(&mut house, id, |phase| *phase != TransferPhase::Queued);
            wait_for_phase(&mut house, id, |phase| *phase == TransferPhase::Queued);
            control(&house, id, TransferCommand::Pause);
            wait_for_phase(&mut house, id, |phase| *phase == TransferPhase::Paused);
            id
        })
        .collect();
    house.cancel(film);
    house.run(limited(None, None)).receipt();
    let song = upload(&mut house, "song.bin", b"la");
    house.run(song).receipt();
    assert_eq!(house.read("/song.bin"), b"la");
    for id in paused {
        control(&house, id, TransferCommand::Resume);
        let (report, _) = transferred(house.wait(id).receipt());
        assert_eq!(report.files, 1);
    }
}

#[test]
fn what_is_moved_to_the_front_overtakes_those_that_wait() {
    let mut house = House::new();
    // So slow that there is one call at a time, and the first transfer would take hours.
    house.run(limited(None, Some(5_000))).receipt();
    let (film, _) = download(&house, "film.bin", &noise(64 * MIB, 3));
    let (song, _) = download(&house, "song.bin", b"la");
    let (text, _) = download(&house, "text.txt", b"words");
    let film = house.start(film);
    wait_for_phase(&mut house, film, |phase| *phase == TransferPhase::Moving);
    let others = [house.start(song), house.start(text)];
    for id in others {
        wait_for_phase(&mut house, id, |phase| *phase != TransferPhase::Queued);
        wait_for_phase(&mut house, id, |phase| *phase == TransferPhase::Queued);
    }
    let [song, text] = others;
    control(&house, text, TransferCommand::Prioritize);
    house.cancel(film);
    let mut order = Vec::new();
    while order.len() < 2 {
        let event = house.port.events.recv_timeout(coffer_testing::house::PATIENCE).unwrap();
        if let Event::Update { id, update: Update::Transfer(progress) } = event
            && progress.phase == TransferPhase::Moving
            && others.contains(&id)
            && !order.contains(&id)
        {
            order.push(id);
        }
    }
    assert_eq!(order, [text, song]);
}

#[test]
fn a_limit_of_speed_holds_for_transfers_alone_and_ends_when_it_is_lifted() {
    let mut house = House::new();
    house.run(limited(None, Some(5_000))).receipt();
    let bytes = noise(8 * MIB, 4);
    let (film, place) = download(&house, "film.bin", &bytes);
    let id = house.start(film);
    wait_for_phase(&mut house, id, |phase| *phase == TransferPhase::Moving);
    house.list("/");
    assert!(!place.exists());
    // With the limit it would take half an hour.
    house.run(limited(None, None)).receipt();
    house.wait(id).receipt();
    assert_eq!(fs::read(place).unwrap(), bytes);
}

#[test]
fn limits_of_speed_hold_from_the_start_in_both_directions() {
    let mut house = House::new();
    house.run(limited(Some(40_000), Some(40_000))).receipt();
    house.restart_worker();
    let path = house.local("up.bin");
    fs::write(&path, noise(60_000, 5)).unwrap();
    let plan = plan(&mut house, vec![path], "/");
    let (down, _) = download(&house, "down.bin", &noise(60_000, 6));
    for job in [Job::Upload { plan }, down] {
        let start = Instant::now();
        house.run(job).receipt();
        // All of it but what may pass at once.
        assert!(start.elapsed() > Duration::from_millis(1300), "{:?}", start.elapsed());
    }
}

#[test]
fn a_transfer_that_was_under_way_when_the_program_closed_is_told_at_the_next_start_and_goes_on() {
    let mut house = House::new();
    let bytes = noise(MIB, 7);
    let (job, place) = download(&house, "film.bin", &bytes);
    ask_for_patience(&house, "files/download");
    let id = house.start(job.clone());
    wait_for_phase(&mut house, id, waits);
    house.restart_worker();
    let unfinished = told_unfinished(&mut house);
    assert_eq!(unfinished, [UnfinishedTransfer::new(job.into())]);
    house.run(unfinished[0].job.as_ref().clone()).receipt();
    assert_eq!(fs::read(place).unwrap(), bytes);
    assert_eq!(kept(&house), 0);
}

#[test]
fn what_was_paused_comes_back_paused() {
    let mut house = House::new();
    let (film, _) = download(&house, "film.bin", b"long");
    let (song, _) = download(&house, "song.bin", b"la");
    for job in [&film, &song] {
        let id = house.start(job.clone());
        control(&house, id, TransferCommand::Pause);
        wait_for_phase(&mut house, id, |phase| *phase == TransferPhase::Paused);
        if *job == song {
            ask_for_patience(&house, "files/download");
            control(&house, id, TransferCommand::Resume);
            wait_for_phase(&mut house, id, waits);
        }
    }
    house.restart_worker();
    let unfinished = told_unfinished(&mut house);
    let expected = [(film, true), (song, false)];
    assert_eq!(
        unfinished,
        expected.map(|(job, paused)| UnfinishedTransfer { paused, ..UnfinishedTransfer::new(job.into()) })
    );
}

#[test]
fn what_the_person_cancels_is_forgotten_at_any_time() {
    let mut house = House::new();
    let (film, _) = download(&house, "film.bin", b"long");
    let at_once = house.start(film.clone());
    house.cancel(at_once);
    house.wait(at_once);
    assert_eq!(kept(&house), 0);
    let paused = house.start(film.clone());
    control(&house, paused, TransferCommand::Pause);
    wait_for_phase(&mut house, paused, |phase| *phase == TransferPhase::Paused);
    house.cancel(paused);
    assert_eq!(house.wait(paused).outcome, Outcome::Cancelled);
    assert_eq!(kept(&house), 0);
    ask_for_patience(&house, "files/download");
    let waiting = house.start(film);
    wait_for_phase(&mut house, waiting, waits);
    assert_eq!(kept(&house), 1);
    house.cancel(waiting);
    assert_eq!(house.wait(waiting).outcome, Outcome::Cancelled);
    assert_eq!(kept(&house), 0);
}

#[test]
fn another_try_of_what_failed_in_part_brings_what_is_missing_also_after_a_restart() {
    let mut house = House::new();
    let entries = vec![house.put("/a.txt", "a"), house.put("/b.txt", "b")];
    let folder = house.local("folder");
    fs::create_dir(&folder).unwrap();
    let job = Job::Download { entries, folder: folder.clone(), existing: OnExisting::Number };
    house.faults().add(Fault::status("files/download", 403, 1));
    let (report, _) = transferred(house.run(job.clone()).receipt());
    assert_eq!((report.files, report.failed.len()), (1, 1));
    assert_eq!(kept(&house), 1);
    house.restart_worker();
    transferred(house.run(job).receipt());
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["a.txt", "b.txt"], "nothing came twice");
    assert_eq!(kept(&house), 0);
}

/// Another program over the same folders.
fn run_elsewhere(port: &Port, id: u64, job: Job) {
    port.requests.send(Request::Run { id: RequestId(id), job }).unwrap();
}

#[test]
fn two_programs_never_work_on_one_transfer_and_the_second_is_not_told_of_it() {
    let mut house = House::new();
    let (job, _) = download(&house, "film.bin", b"long");
    ask_for_patience(&house, "files/download");
    let id = house.start(job.clone());
    wait_for_phase(&mut house, id, waits);
    let (second, port) = start_worker_at(house.folder.path(), &house.server.url(), &house.server.token());
    run_elsewhere(&port, 1, Job::Session(AccountChoice::Local));
    run_elsewhere(&port, 2, job.clone());
    let next = || port.events.recv_timeout(coffer_testing::house::PATIENCE).unwrap();
    let mut problem = None;
    let mut account = false;
    while problem.is_none() || !account {
        match next() {
            Event::Update { update: Update::Unfinished(told), .. } => panic!("it is under way: {told:?}"),
            Event::Update { update: Update::Account(_), .. } => account = true,
            Event::Finished { id: RequestId(2), outcome: Outcome::Failed(why) } => problem = Some(why),
            _ => {}
        }
    }
    assert_eq!(problem.unwrap().title, "This transfer is already running");
    // The first has lost nothing by that, and once it is closed the second may go on with it.
    house.worker = None;
    run_elsewhere(&port, 3, Job::Session(AccountChoice::Local));
    loop {
        match next() {
            Event::Update { id: RequestId(3), update: Update::Unfinished(told) } => {
                assert_eq!(told, [UnfinishedTransfer::new(job.into())]);
                break;
            }
            Event::Update { update: Update::Unfinished(told), .. } => panic!("told too early: {told:?}"),
            _ => {}
        }
    }
    drop(second);
}

#[test]
fn a_transfer_outlasts_an_outage_and_says_what_it_waits_for() {
    let house = House::new();
    let bytes = noise(MIB, 8);
    let (job, place) = download(&house, "film.bin", &bytes);
    // Nobody listens there yet, and nobody else can.
    let inside = house.runtime.enter();
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    let elsewhere = tempfile::tempdir().unwrap();
    let (_worker, port) = start_worker_at(elsewhere.path(), &url, &house.server.token());
    run_elsewhere(&port, 1, Job::Session(AccountChoice::Local));
    run_elsewhere(&port, 2, job);
    let next = || loop {
        let event = port.events.recv_timeout(coffer_testing::house::PATIENCE).unwrap();
        if matches!(event, Event::Update { id, .. } | Event::Finished { id, .. } if id == RequestId(2)) {
            return event;
        }
    };
    loop {
        if let Event::Update { update: Update::Transfer(progress), .. } = next()
            && let TransferPhase::Waiting { reason, .. } = progress.phase
        {
            assert_eq!(reason, "Dropbox can’t be reached");
            break;
        }
    }
    let listener = socket.listen(64).unwrap();
    drop(inside);
    let target = house.server.address();
    house.runtime.spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut to = TcpStream::connect(target).await?;
                tokio::io::copy_bidirectional(&mut from, &mut to).await
            });
        }
    });
    loop {
        if let Event::Finished { outcome, .. } = next() {
            assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
            break;
        }
    }
    assert_eq!(fs::read(place).unwrap(), bytes);
}
