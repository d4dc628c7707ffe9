//! Where everything is and in which order it comes. The files themselves are in `assets/sample`; those that nobody can
//! write by hand are made by `make-samples`.

use super::{BATCH_FILES, SampleFile, SampleStep, sensors};
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
    SensorLogs { first: usize, count: usize },
    Delete(&'static str),
}

impl Plan {
    /// The step for an account that is made at `now_unix_secs`.
    pub(crate) fn into_step(self, now_unix_secs: i64) -> SampleStep {
        match self {
            Self::Folder(path) => SampleStep::Folder { remote_path: path.into() },
            Self::File(item) => SampleStep::File(item.into_file(now_unix_secs)),
            Self::Files(items) => {
                SampleStep::Files(items.into_iter().map(|item| item.into_file(now_unix_secs)).collect())
            }
            Self::SensorLogs { first, count } => SampleStep::Files(
                (first..first + count).map(|number| sensor_log(number, now_unix_secs)).collect(),
            ),
            Self::Delete(path) => SampleStep::Delete { remote_path: path.into() },
        }
    }

    /// How many files it writes.
    pub(crate) fn files(&self) -> usize {
        match self {
            Self::Folder(_) | Self::Delete(_) => 0,
            Self::File(_) => 1,
            Self::Files(items) => items.len(),
            Self::SensorLogs { count, .. } => *count,
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
    let age_secs = (sensors::DAYS - day) as i64 * DAYS + 20 * DAYS + 11 * MINUTES * station as i64;
    SampleFile {
        remote_path: format!("/Sensor logs/{} {}.csv", sensors::date(day), sensors::STATIONS[station].name),
        bytes: sensors::day_log(station, day).into(),
        modified_unix_secs: now_unix_secs - age_secs,
    }
}

/// A file of `assets/sample`: its path in the account, its age, its path there.
macro_rules! asset {
    ($path:expr, $age:expr, $source:literal) => {
        Item($path, $age, include_bytes!(concat!("../../../../assets/sample/", $source)))
    };
}

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
    plans.extend(discarded());
    let logs = sensors::STATIONS.len() * sensors::DAYS;
    plans.extend(
        (0..logs)
            .step_by(BATCH_FILES)
            .map(|first| Plan::SensorLogs { first, count: BATCH_FILES.min(logs - first) }),
    );
    plans
}

/// What was there once, for the place where deleted files are.
fn discarded() -> [Plan; 4] {
    const ROUTE: &str = "/Documents/Old route by the south wall.txt";
    const SHOT: &str = "/Photos/2026/Test shot.jpg";
    [
        Plan::File(asset!(ROUTE, 150 * DAYS, "documents/old-route.txt")),
        Plan::File(asset!(SHOT, 60 * DAYS, "photos/test-shot.jpg")),
        Plan::Delete(ROUTE),
        Plan::Delete(SHOT),
    ]
}
