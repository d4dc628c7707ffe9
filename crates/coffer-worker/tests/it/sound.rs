//! Recordings are played through a real sound server, whose output is recorded and listened to.

use coffer_model::message::{Job, Update};
use coffer_model::{Entry, Receipt, SoundProgress};
use coffer_testing::house::{House, PATIENCE};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

const RATE: usize = 44_100;

/// A sound server without a loudspeaker, and what would be heard of it.
struct SoundServer {
    server: Child,
    recorder: Child,
    heard: Receiver<f32>,
}

impl SoundServer {
    fn start(house: &House) -> Self {
        let socket = house.folder.path().join("sound");
        let home = house.folder.path();
        let mut server = with_home(home, "pulseaudio")
            .args(["-n", "-v", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"])
            .arg("--load=module-null-sink sink_name=quiet rate=44100 format=float32le")
            .arg(format!("--load=module-native-protocol-unix auth-anonymous=1 socket={}", socket.display()))
            .stderr(Stdio::piped())
            .spawn()
            .expect("scripts/setup test installs pulseaudio");
        wait_for(&mut server, "Daemon startup complete");
        let mut recorder = with_home(home, "parec")
            .arg(format!("--server=unix:{}", socket.display()))
            .args([
                "-v",
                "--latency-msec=50",
                "--device=quiet.monitor",
                "--raw",
                "--format=float32le",
                "--rate=44100",
            ])
            .arg("--channels=1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("scripts/setup test installs pulseaudio-utils");
        wait_for(&mut recorder, "Stream successfully created");
        let mut output = BufReader::new(recorder.stdout.take().unwrap());
        let (sender, heard) = channel();
        // The recorder leaves out what nobody takes from it.
        thread::spawn(move || {
            let mut sample = [0; 4];
            while output.read_exact(&mut sample).is_ok() && sender.send(f32::from_le_bytes(sample)).is_ok() {}
        });
        let server = Self { server, recorder, heard };
        // It is recorded without a pause from here on.
        let silence: Vec<f32> = (0..RATE / 2).map(|_| server.next_sample()).collect();
        assert!(silence.iter().all(|sample| *sample == 0.0));
        server
    }

    fn next_sample(&self) -> f32 {
        self.heard.recv_timeout(PATIENCE).unwrap()
    }

    /// All that is not silence, until it has been silent for half a second.
    fn hear(&self) -> Vec<f32> {
        let first = self.first_sound();
        [vec![first], self.rest()].concat()
    }

    /// The first sample that is not silence.
    fn first_sound(&self) -> f32 {
        let mut recorded = (0..RATE * 60).map(|_| self.next_sample());
        recorded.find(|sample| !is_silent(*sample)).expect("something is heard within a minute")
    }

    fn rest(&self) -> Vec<f32> {
        let mut sound = Vec::new();
        let mut silent = 0;
        while silent < RATE / 2 {
            let sample = self.next_sample();
            silent = if is_silent(sample) { silent + 1 } else { 0 };
            sound.push(sample);
        }
        sound.truncate(sound.len() - silent);
        sound
    }
}

fn is_silent(sample: f32) -> bool {
    sample.abs() < 0.001
}

impl Drop for SoundServer {
    fn drop(&mut self) {
        for child in [&mut self.recorder, &mut self.server] {
            // Whoever has ended already is not to be stopped.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A program that knows no other sound server, and leaves the person's files alone.
fn with_home(home: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env_remove("PULSE_SERVER").env("LC_ALL", "C");
    command
}

/// What the program writes from then on is read away, so that it never waits.
fn wait_for(child: &mut Child, line: &str) {
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let is_there = lines.by_ref().map_while(Result::ok).any(|written| written.contains(line));
    assert!(is_there, "no “{line}”");
    thread::spawn(move || lines.for_each(drop));
}

/// One channel with 16 bits.
fn wav(samples: &[f32]) -> Vec<u8> {
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + samples.len() as u32 * 2).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend((RATE as u32).to_le_bytes());
    bytes.extend((RATE as u32 * 2).to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend((samples.len() as u32 * 2).to_le_bytes());
    bytes.extend(samples.iter().flat_map(|sample| ((sample * 32_000.0) as i16).to_le_bytes()));
    bytes
}

/// So many waves a second.
fn tone(waves: f32, millis: usize) -> Vec<f32> {
    let wave = |at: usize| (at as f32 / RATE as f32 * waves * std::f32::consts::TAU).sin() * 0.5;
    (0..RATE * millis / 1000).map(wave).collect()
}

fn waves_of(samples: &[f32]) -> usize {
    samples.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count()
}

#[track_caller]
fn assert_near(value: usize, expected: usize, percent: usize) {
    assert!(value.abs_diff(expected) * 100 <= expected * percent, "{value}, not {expected}");
}

fn play(entry: &Entry, from: Duration) -> Job {
    Job::PlaySound { entry: entry.clone(), from }
}

#[test]
fn what_is_played_is_heard_and_its_place_is_told() {
    let mut house = House::new();
    let server = SoundServer::start(&house);
    let entry = house.put("/Tone.wav", wav(&[tone(440.0, 1000), tone(880.0, 1000)].concat()));

    let ended = house.run(play(&entry, Duration::ZERO));
    let heard = server.hear();
    // On a busy computer the sound server leaves out a little.
    assert_near(heard.len(), RATE * 2, 10);
    assert_near(waves_of(&heard[..RATE / 2]), 220, 5);
    assert_near(waves_of(&heard[heard.len() - RATE / 2..]), 440, 5);
    let places: Vec<Duration> = ended.updates.iter().map(|update| sound(update).position).collect();
    assert!(places.is_sorted() && places.len() > 2, "{places:?}");
    let last = places.last().unwrap().as_millis();
    assert!((1_500..=2_200).contains(&last), "{last} ms of 2 s are heard when it ends");
    ended.receipt();

    let ended = house.run(play(&entry, Duration::from_millis(1500)));
    let heard = server.hear();
    assert_near(heard.len(), RATE / 2, 10);
    assert_near(waves_of(&heard), 440, 10);
    assert!(sound(&ended.updates[0]).position >= Duration::from_millis(1400));
}

#[test]
fn nothing_more_is_heard_of_what_is_paused() {
    let mut house = House::new();
    let server = SoundServer::start(&house);
    let entry = house.put("/Long.wav", wav(&tone(440.0, 60_000)));
    let playing = house.start(play(&entry, Duration::ZERO));
    server.first_sound();
    house.cancel(playing);
    assert!(server.rest().len() < RATE * 10);
}

fn sound(update: &Update) -> SoundProgress {
    match update {
        Update::Sound(progress) => *progress,
        other => panic!("not of the sound: {other:?}"),
    }
}

#[test]
fn without_a_sound_server_it_says_so() {
    let mut house = House::new();
    let entry = house.put("/Tone.wav", wav(&tone(440.0, 100)));
    let problem = house.run(play(&entry, Duration::ZERO)).problem();
    assert_eq!(problem.title, "“Tone.wav” could not be played");
    assert!(problem.detail.starts_with("No sound server was found"), "{}", problem.detail);
}

#[test]
fn what_is_no_recording_is_not_played() {
    let mut house = House::new();
    for (name, bytes) in
        [("/Broken.mp3", vec![7; 9000]), ("/Empty.wav", Vec::new()), ("/Cut.flac", b"fLaC".to_vec())]
    {
        let entry = house.put(name, bytes);
        let problem = house.run(play(&entry, Duration::ZERO)).problem();
        assert!(problem.detail.starts_with("The recording is damaged"), "{name}: {}", problem.detail);
        let measured = house.run(Job::MeasureLoudness(entry)).problem();
        assert_eq!(measured.detail, problem.detail);
    }
}

#[test]
fn the_loudness_of_each_part_is_measured() {
    let mut house = House::new();
    let quiet: Vec<f32> = tone(440.0, 1000).into_iter().map(|sample| sample / 4.0).collect();
    let entry = house.put("/Parts.wav", wav(&[tone(440.0, 1000), vec![0.0; RATE], quiet].concat()));
    let Receipt::Loudness(loudness) = house.run(Job::MeasureLoudness(entry)).receipt() else { panic!() };
    let third = loudness.len() / 3;
    let average = |part: &[u8]| part.iter().map(|loud| usize::from(*loud)).sum::<usize>() / part.len();
    assert_near(average(&loudness[..third]), 254, 2);
    assert_eq!(average(&loudness[third + 1..third * 2 - 1]), 0);
    assert_near(average(&loudness[third * 2..]), 63, 4);
}
