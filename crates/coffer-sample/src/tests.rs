//! What a new account promises to whoever looks at it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::*;

const NOW: i64 = 1_795_000_000;

/// Made once.
fn all_steps() -> &'static [SampleStep] {
    static STEPS: LazyLock<Vec<SampleStep>> = LazyLock::new(|| made_at(NOW));
    &STEPS
}

fn made_at(now_unix_secs: i64) -> Vec<SampleStep> {
    steps_from(0, now_unix_secs).collect()
}

fn files(steps: &[SampleStep]) -> Vec<&SampleFile> {
    steps
        .iter()
        .flat_map(|step| match step {
            SampleStep::File(file) => std::slice::from_ref(file),
            SampleStep::Files(files) => files,
            SampleStep::Folder { .. } | SampleStep::Move { .. } | SampleStep::Delete { .. } => &[],
        })
        .collect()
}

fn extension(file: &SampleFile) -> &str {
    file.remote_path.rsplit('.').next().unwrap_or_default()
}

#[test]
fn the_account_holds_what_it_promises() {
    let steps = all_steps();
    let files = files(steps);
    let logs = files.iter().filter(|file| file.remote_path.starts_with("/Sensor logs/")).count();
    assert_eq!(logs, 1_000);

    let mut versions: BTreeMap<&str, BTreeSet<&[u8]>> = BTreeMap::new();
    for file in &files {
        assert!(!file.bytes.is_empty(), "{} is empty", file.remote_path);
        assert!(file.modified_unix_secs < NOW, "{} comes from the future", file.remote_path);
        versions.entry(&file.remote_path).or_default().insert(&file.bytes);
    }
    assert!(versions.len() - logs >= 120, "{} files", versions.len() - logs);
    assert_eq!(versions["/Documents/Expedition plan.md"].len(), 7);
    assert_eq!(versions["/Documents/Field notes.md"].len(), 4);
    assert_eq!(versions["/Documents/Budget 2026.csv"].len(), 3);
    assert_eq!(versions["/Photos/2026/Fjord at dawn.jpg"].len(), 5);

    let pictures = |kind: &str| versions.keys().filter(|path| path.ends_with(kind)).count();
    let counts = [".jpg", ".png", ".webp", ".gif"].map(pictures);
    assert!(counts.iter().sum::<usize>() >= 24, "{counts:?}");
    assert!(counts.iter().all(|count| *count >= 3), "{counts:?}");
}

#[test]
fn every_picture_can_be_decoded_and_is_what_its_name_says() {
    use image::ImageFormat::{Gif, Jpeg, Png, WebP};
    for file in files(all_steps()) {
        let expected = match extension(file) {
            "jpg" => Jpeg,
            "png" => Png,
            "webp" => WebP,
            "gif" => Gif,
            _ => continue,
        };
        assert_eq!(image::guess_format(&file.bytes).unwrap(), expected, "{}", file.remote_path);
        let picture = image::load_from_memory(&file.bytes).unwrap().into_rgb8();
        let tones: BTreeSet<[u8; 3]> = picture.pixels().step_by(97).map(|pixel| pixel.0).collect();
        assert!(tones.len() > 4, "{} has {} colours", file.remote_path, tones.len());
    }
}

#[test]
fn steps_can_be_counted_and_left_out_without_being_made() {
    let written = |steps: &[SampleStep]| files(steps).len();
    let (all, last) = (all_steps(), all_steps().len() - 5);
    assert_eq!(files_until(usize::MAX), written(all));
    assert_eq!(files_until(last), written(&all[..last]));
    assert_eq!(steps_from(last, NOW).collect::<Vec<_>>(), all[last..]);
}

#[test]
fn moving_pictures_move() {
    use image::AnimationDecoder;
    let steps = all_steps();
    let moving: Vec<&SampleFile> = files(steps).into_iter().filter(|file| extension(file) == "gif").collect();
    assert!(moving.len() >= 2);
    for file in moving {
        let decoder = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(&file.bytes)).unwrap();
        let frames: Vec<Vec<u8>> =
            decoder.into_frames().map(|frame| frame.unwrap().into_buffer().into_raw()).collect();
        assert!(frames.windows(2).any(|pair| pair[0] != pair[1]), "{} stands still", file.remote_path);
    }
}

#[test]
fn no_name_is_refused_by_dropbox() {
    const REFUSED: [&str; 7] =
        ["desktop.ini", "thumbs.db", ".ds_store", "icon\r", ".dropbox", ".dropbox.attr", ".dropbox.cache"];
    for file in files(all_steps()) {
        let mut parts = file.remote_path.split('/');
        assert_eq!(parts.next(), Some(""), "{} is not absolute", file.remote_path);
        for part in parts {
            assert!(!part.is_empty() && part.encode_utf16().count() <= 255, "{part}");
            assert!(!part.contains(|letter: char| letter == '\\' || letter.is_control()), "{part}");
            assert!(!part.ends_with([' ', '.']) && !part.starts_with(' '), "{part}");
            assert!(!REFUSED.contains(&part.to_lowercase().as_str()), "{part}");
            // Names are compared in the composed form.
            let composed: String = unicode_normalization::UnicodeNormalization::nfc(part).collect();
            assert_eq!(part, composed);
        }
    }
}

#[test]
fn batches_hold_few_small_files_and_no_step_meets_something_unknown() {
    let mut known = BTreeSet::new();
    let below = |folder: &str| format!("{}/", folder.to_lowercase());
    for step in all_steps() {
        match step {
            SampleStep::Files(files) => {
                assert!(files.len() <= BATCH_FILES);
                for file in files {
                    assert!(file.bytes.len() < BATCH_FILE_BYTES, "{} is too large", file.remote_path);
                    assert!(
                        known.insert(file.remote_path.to_lowercase()),
                        "{} is written twice",
                        file.remote_path
                    );
                }
            }
            SampleStep::File(file) => drop(known.insert(file.remote_path.to_lowercase())),
            SampleStep::Move { from, to, .. } => {
                let (before, start) = (from.to_lowercase(), below(from));
                let moved: Vec<String> = known
                    .iter()
                    .filter(|path| **path == before || path.starts_with(&start))
                    .cloned()
                    .collect();
                assert!(!moved.is_empty(), "{from} is not there");
                assert!(!known.contains(&to.to_lowercase()), "{to} is taken");
                for path in moved {
                    known.remove(&path);
                    known.insert(format!("{}{}", to.to_lowercase(), &path[from.len()..]));
                }
            }
            SampleStep::Delete { remote_path, .. } => {
                let (path, start, before) = (remote_path.to_lowercase(), below(remote_path), known.len());
                known.retain(|item| *item != path && !item.starts_with(&start));
                assert!(known.len() < before, "{remote_path} is not there");
            }
            SampleStep::Folder { .. } => {}
        }
    }
}

#[test]
fn the_account_has_a_history_of_weeks_with_one_accident() {
    let steps = all_steps();
    let changes: Vec<i64> = steps
        .iter()
        .filter(|step| matches!(step, SampleStep::Move { .. } | SampleStep::Delete { .. }))
        .flat_map(|step| step.times().into_iter().map(|(_, time)| time))
        .collect();
    let days = |seconds: i64| seconds / 86_400;
    assert!(days(changes.iter().max().unwrap() - changes.iter().min().unwrap()) > 30);
    assert!(changes.iter().all(|time| *time < NOW));

    // Within a minute, most of a folder was changed.
    let diary = "/Projects/weather diary/";
    let of_diary: Vec<&SampleFile> =
        files(steps).into_iter().filter(|file| file.remote_path.starts_with(diary)).collect();
    let last = of_diary.iter().map(|file| file.modified_unix_secs).max().unwrap();
    let spoilt: Vec<&&SampleFile> =
        of_diary.iter().filter(|file| last - file.modified_unix_secs < 60).collect();
    assert!(spoilt.len() >= 30);
    for file in spoilt {
        let mut versions = of_diary.iter().filter(|other| other.remote_path == file.remote_path);
        assert!(versions.any(|other| other.bytes.len() > file.bytes.len()), "{}", file.remote_path);
    }
    let deleted = steps.iter().find_map(|step| match step {
        SampleStep::Delete { remote_path, at_unix_secs } if remote_path.starts_with(diary) => {
            Some(*at_unix_secs)
        }
        _ => None,
    });
    assert!((last - deleted.unwrap()).abs() < 60);
}

#[test]
fn what_is_seen_first_comes_first() {
    let steps = all_steps();
    let place = |prefix: &str| {
        steps.iter().position(|step| match step {
            SampleStep::Folder { remote_path, .. } => remote_path.starts_with(prefix),
            SampleStep::File(file) => file.remote_path.starts_with(prefix),
            SampleStep::Files(files) => files.iter().any(|file| file.remote_path.starts_with(prefix)),
            SampleStep::Move { .. } | SampleStep::Delete { .. } => false,
        })
    };
    assert_eq!(place("/Read me first.md"), Some(0));
    assert!(place("/Photos/2026/") < place("/Projects/ascent/"));
    let last = steps.len() - 1_000 / BATCH_FILES;
    assert!(place("/Sensor logs/") == Some(last) || place("/Sensor logs") < Some(last));
    assert!(
        matches!(&steps[last], SampleStep::Files(files) if files[0].remote_path.starts_with("/Sensor logs/"))
    );
}

#[test]
fn two_accounts_are_the_same_but_for_their_times() {
    let later = made_at(NOW + 86_400);
    for (first, second) in files(all_steps()).into_iter().zip(files(&later)) {
        assert_eq!((&first.remote_path, &first.bytes), (&second.remote_path, &second.bytes));
        assert_eq!(first.modified_unix_secs + 86_400, second.modified_unix_secs);
    }
}

#[test]
fn a_text_from_before_unicode_is_among_them() {
    let steps = all_steps();
    let letter = files(steps).into_iter().find(|file| file.remote_path.contains("Latin-1")).unwrap();
    assert!(std::str::from_utf8(&letter.bytes).is_err());
    assert!(letter.bytes.windows(5).any(|word| word == b"K\xFCste"));
}

#[test]
fn the_numbers_of_a_sensor_log_are_numbers() {
    let log = sensors::day_log(17, 41);
    let rows: Vec<Vec<&str>> = log.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 25);
    for row in &rows[1..] {
        assert_eq!(row.len(), rows[0].len());
        assert!(row[1..].iter().all(|value| value.parse::<f32>().is_ok()), "{row:?}");
    }
    // The summit lies in thin, cold air.
    let (temperature, pressure): (f32, f32) = (rows[12][1].parse().unwrap(), rows[12][4].parse().unwrap());
    assert!(temperature < 0.0 && (780.0..860.0).contains(&pressure), "{temperature} {pressure}");
}
