//! Where everything is and in which order it comes. The files themselves are in `assets/sample`; those that nobody can
//! write by hand are made by `make-samples`.

use super::{BATCH_FILES, SampleFile, SampleStep, diary, sensors};
use bytes::Bytes;

const MINUTES: i64 = 60;
const HOURS: i64 = 3_600;
const DAYS: i64 = 86_400;

/// A file with its age in seconds and its content.
pub(crate) struct Item(pub &'static str, pub i64, pub &'static [u8]);

/// A step before its times are known.
pub(crate) enum Plan {
    Folder(&'static str),
    File(Item),
    Files(Vec<Item>),
    /// A file whose content is made anew each time.
    Text {
        path: String,
        age_secs: i64,
        text: String,
    },
    SensorLogs {
        first: usize,
        count: usize,
    },
    Diary,
    Move {
        from: String,
        to: String,
        age_secs: i64,
    },
    Delete(String, i64),
}

/// How long the account has been there.
const ACCOUNT_AGE: i64 = 500 * DAYS;

impl Plan {
    /// The step for an account that is made at `now_unix_secs`.
    pub(crate) fn into_step(self, now_unix_secs: i64) -> SampleStep {
        match self {
            Self::Folder(path) => {
                SampleStep::Folder { remote_path: path.into(), at_unix_secs: now_unix_secs - ACCOUNT_AGE }
            }
            Self::File(item) => SampleStep::File(item.into_file(now_unix_secs)),
            Self::Files(items) => {
                SampleStep::Files(items.into_iter().map(|item| item.into_file(now_unix_secs)).collect())
            }
            Self::Text { path, age_secs, text } => SampleStep::File(SampleFile {
                remote_path: path,
                bytes: text.into(),
                modified_unix_secs: now_unix_secs - age_secs,
            }),
            Self::SensorLogs { first, count } => SampleStep::Files(
                (first..first + count).map(|number| sensor_log(number, now_unix_secs)).collect(),
            ),
            Self::Diary => {
                SampleStep::Files((0..diary::NOTES).map(|day| diary_file(day, now_unix_secs)).collect())
            }
            Self::Move { from, to, age_secs } => {
                SampleStep::Move { from, to, at_unix_secs: now_unix_secs - age_secs }
            }
            Self::Delete(remote_path, age_secs) => {
                SampleStep::Delete { remote_path, at_unix_secs: now_unix_secs - age_secs }
            }
        }
    }

    /// How many files it writes.
    pub(crate) fn files(&self) -> usize {
        match self {
            Self::Folder(_) | Self::Move { .. } | Self::Delete(..) => 0,
            Self::File(_) | Self::Text { .. } => 1,
            Self::Files(items) => items.len(),
            Self::SensorLogs { count, .. } => *count,
            Self::Diary => diary::NOTES,
        }
    }
}

impl Item {
    fn into_file(self, now_unix_secs: i64) -> SampleFile {
        let Self(path, age_secs, bytes) = self;
        SampleFile {
            remote_path: path.into(),
            bytes: Bytes::from_static(bytes),
            modified_unix_secs: now_unix_secs - age_secs,
        }
    }
}

/// Days outside, stations inside: the first file is the first day of the first station.
fn sensor_log(number: usize, now_unix_secs: i64) -> SampleFile {
    let (day, station) = (number / sensors::STATIONS.len(), number % sensors::STATIONS.len());
    let age_secs = age_of_day(day) + 11 * MINUTES * station as i64;
    SampleFile {
        remote_path: format!("/Sensor logs/{} {}.csv", sensors::date(day), sensors::STATIONS[station].name),
        bytes: sensors::day_log(station, day).into(),
        modified_unix_secs: now_unix_secs - age_secs,
    }
}

/// The age of a day of measurement.
fn age_of_day(day: usize) -> i64 {
    (sensors::DAYS - day) as i64 * DAYS + 20 * DAYS
}

/// The note of a day as it was written, in the evening.
fn diary_file(day: usize, now_unix_secs: i64) -> SampleFile {
    SampleFile {
        remote_path: diary_note(day),
        bytes: diary::note(day).into(),
        modified_unix_secs: now_unix_secs - age_of_day(day) + 9 * HOURS,
    }
}

fn diary_note(day: usize) -> String {
    format!("/Projects/weather diary/{}", diary::name(day))
}

/// The beginning of a text, for its older versions.
fn first_lines(text: &'static [u8], lines: usize) -> &'static [u8] {
    let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1);
    &text[..ends.take(lines).last().unwrap_or(0)]
}

/// What each scan was called at first, and since the folder was tidied.
const SCANS: [(&str, &str); 6] = [
    ("scan 0001.pdf", "2026-03 Boat, deposit.pdf"),
    ("scan 0002.pdf", "2026-04 Rope and screws.pdf"),
    ("scan 0003.pdf", "2026-06 Weather stations.pdf"),
    ("scan 0005.pdf", "2026-07 Batteries.pdf"),
    ("scan 0006.pdf", "2026-09 Boat, fifty days.pdf"),
    ("scan 0007.pdf", "2026-11 Boat, cleaning.pdf"),
];

/// A file of `assets/sample`: its path in the account, its age, its path there.
macro_rules! asset {
    ($path:expr, $age:expr, $source:literal) => {
        Item($path, $age, include_bytes!(concat!("../../../../assets/sample/", $source)))
    };
}

mod history;
mod papers;
mod photos;

/// Everything, in order.
pub(crate) fn plans() -> Vec<Plan> {
    let mut plans = vec![
        Plan::Files(vec![asset!("/Read me first.md", 2 * HOURS, "read-me-first.md")]),
        Plan::Folder("/Documents"),
        Plan::Folder("/Photos"),
        Plan::Folder("/Projects"),
        Plan::Folder("/Sensor logs"),
        Plan::Folder("/Photos/2026/Expedition 2026"),
        Plan::Files(papers::documents()),
    ];
    plans.extend(photos::this_year());
    plans.extend(papers::expedition_plan().map(Plan::File));
    plans.extend(photos::expedition().into_iter().map(Plan::File));
    plans.push(Plan::Files(papers::projects()));
    plans.extend(photos::albums().into_iter().map(Plan::File));
    plans.push(Plan::Diary);
    plans.push(Plan::Files(papers::sketches()));
    plans.extend(history::steps());
    let logs = sensors::STATIONS.len() * sensors::DAYS;
    plans.extend(
        (0..logs)
            .step_by(BATCH_FILES)
            .map(|first| Plan::SensorLogs { first, count: BATCH_FILES.min(logs - first) }),
    );
    plans
}
