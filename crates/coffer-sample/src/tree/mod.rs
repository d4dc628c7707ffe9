//! Where everything is and in which order it comes. What it contains is made elsewhere.

use super::paint::canvas::{Picture, Size};
use super::paint::encode::{Format, encode};
use super::{BATCH_FILES, SampleFile, SampleOptions, SampleStep, pictures, sensors};

const MINUTES: i64 = 60;
const HOURS: i64 = 3_600;
const DAYS: i64 = 86_400;

/// How the bytes of a file come about.
pub enum Content {
    Text(&'static str),
    Made(fn() -> Vec<u8>),
    /// Painted in full size divided by the options' divisor.
    Painted(Size, Format, fn(Size) -> Picture),
    /// Small pictures that are always painted as they are, or several in one file.
    Drawn(fn(u32) -> Vec<u8>),
}

/// A file to be made, with its age in seconds.
pub struct Item(pub &'static str, pub i64, pub Content);

/// A step before it is made.
pub enum Plan {
    Folder(&'static str),
    File(Item),
    Files(Vec<Item>),
    SensorLogs { first: usize, count: usize },
    Delete(&'static str),
}

impl Plan {
    pub fn make(self, options: SampleOptions) -> SampleStep {
        match self {
            Self::Folder(path) => SampleStep::Folder { remote_path: path.into() },
            Self::File(item) => SampleStep::File(item.make(options)),
            Self::Files(items) => {
                SampleStep::Files(items.into_iter().map(|item| item.make(options)).collect())
            }
            Self::SensorLogs { first, count } => {
                SampleStep::Files((first..first + count).map(|number| sensor_log(number, options)).collect())
            }
            Self::Delete(path) => SampleStep::Delete { remote_path: path.into() },
        }
    }

    /// How many files it writes.
    pub fn files(&self) -> usize {
        match self {
            Self::Folder(_) | Self::Delete(_) => 0,
            Self::File(_) => 1,
            Self::Files(items) => items.len(),
            Self::SensorLogs { count, .. } => *count,
        }
    }
}

impl Item {
    fn make(self, options: SampleOptions) -> SampleFile {
        let Self(path, age_secs, content) = self;
        let shorter = |side: usize| (side / options.picture_divisor.max(1) as usize).max(16);
        let bytes = match content {
            Content::Text(text) => text.as_bytes().to_vec(),
            Content::Made(make) => make(),
            Content::Painted(size, format, paint) => {
                encode(&paint((shorter(size.0), shorter(size.1))), format)
            }
            Content::Drawn(draw) => draw(options.picture_divisor.max(1)),
        };
        let modified_unix_secs = options.now_unix_secs - age_secs;
        SampleFile { remote_path: path.into(), bytes, modified_unix_secs }
    }
}

/// Days outside, stations inside: the first file is the first day of the first station.
fn sensor_log(number: usize, options: SampleOptions) -> SampleFile {
    let (day, station) = (number / sensors::STATIONS.len(), number % sensors::STATIONS.len());
    let remote_path = format!("/Sensor logs/{} {}.csv", sensors::date(day), sensors::STATIONS[station].name);
    let age_secs = (sensors::DAYS - day) as i64 * DAYS + 20 * DAYS + 11 * MINUTES * station as i64;
    let modified_unix_secs = options.now_unix_secs - age_secs;
    SampleFile { remote_path, bytes: sensors::day_log(station, day).into_bytes(), modified_unix_secs }
}

macro_rules! text {
    ($path:expr, $age:expr, $source:literal) => {
        Item($path, $age, Content::Text(include_str!(concat!("../../../../assets/sample/", $source))))
    };
}

macro_rules! picture {
    ($path:expr, $age:expr, $width:literal x $height:literal, $format:ident, $paint:expr) => {
        Item($path, $age, Content::Painted(($width, $height), Format::$format, $paint))
    };
}

mod papers;
mod photos;

/// Everything, in order.
pub fn plans() -> Vec<Plan> {
    let mut plans = vec![
        Plan::Files(vec![text!("/Read me first.md", 2 * HOURS, "read-me-first.md")]),
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
        Plan::File(text!(ROUTE, 150 * DAYS, "documents/old-route.txt")),
        Plan::File(picture!(SHOT, 60 * DAYS, 900 x 600, Jpeg, pictures::night::lamps_out_of_focus)),
        Plan::Delete(ROUTE),
        Plan::Delete(SHOT),
    ]
}
