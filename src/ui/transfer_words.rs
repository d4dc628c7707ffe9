//! Transfers in words: how far, how long still, how it ended. Nothing is drawn here.

use super::format;
use crate::model::{Direction, Phase, Progress};
use crate::state::transfers::{End, Summary, Transfer};
use jiff::Timestamp;

/// "3 transfers · 24 MB/s · 40 s left", "Done".
pub fn summary_in_words(summary: &Summary) -> String {
    if summary.running == 0 {
        return match summary.failed {
            0 => "Transfers".to_owned(),
            _ => format!("{} did not arrive", format::counted(summary.failed, "transfer", "transfers")),
        };
    }
    let mut parts = vec![format::counted(summary.running, "transfer", "transfers")];
    if summary.bytes_per_second >= 1.0 {
        parts.push(format!("{}/s", format::size(summary.bytes_per_second as u64)));
        parts.extend(summary.seconds_left.map(|secs| format!("{} left", format::duration(secs))));
    }
    parts.join(" · ")
}

/// "Crossing the glacier.mp4": a title as it stands in a list, where names need no quotes around them.
pub fn title_in_list(title: &str) -> String {
    let unquoted = title.strip_prefix('“').and_then(|rest| rest.rsplit_once('”'));
    unquoted.map_or_else(|| title.to_owned(), |(name, rest)| format!("{name}{rest}"))
}

/// Where a running transfer stands.
pub fn progress_in_words(transfer: &Transfer, now: Timestamp) -> String {
    if transfer.cancelling {
        return "Stopping…".to_owned();
    }
    let Some(progress) = &transfer.progress else {
        return "Waiting for its turn".to_owned();
    };
    match &progress.phase {
        Phase::Queued => "Waiting for its turn".to_owned(),
        Phase::Paused => "Paused".to_owned(),
        Phase::Preparing => "Looking at the files".to_owned(),
        Phase::Moving => moving_in_words(progress, transfer.seconds_left()),
        Phase::Verifying if transfer.direction == Direction::Download => {
            "Comparing with the account".to_owned()
        }
        Phase::Verifying => "Making sure it arrived".to_owned(),
        Phase::Waiting { until, reason } => {
            let secs = until.duration_since(now).as_secs_f64();
            if secs > 0.0 { format!("{reason}, {}", format::duration(secs)) } else { reason.clone() }
        }
    }
}

fn moving_in_words(progress: &Progress, secs: Option<f64>) -> String {
    let amount = if progress.files_total > 1 {
        let (done, total) = (format::count(progress.files_done), format::count(progress.files_total));
        format!("{done} of {total}")
    } else {
        part_of(progress.bytes_done, progress.bytes_total)
    };
    match secs {
        Some(secs) => format!("{amount} · {} left", format::duration(secs)),
        None => amount,
    }
}

/// "61 of 96 MB", "900 KB of 2 GB": the unit once where it is the same.
fn part_of(done: u64, total: u64) -> String {
    let (done, total) = (format::size(done), format::size(total));
    let unit = |text: &str| text.rsplit_once(' ').map(|(_, unit)| unit.to_owned());
    match done.rsplit_once(' ') {
        Some((number, _)) if unit(&done) == unit(&total) => format!("{number} of {total}"),
        _ => format!("{done} of {total}"),
    }
}

/// How a transfer ended.
pub fn end_in_words(end: &End) -> String {
    match end {
        End::Cancelled => "Stopped".to_owned(),
        End::Failed(problem) => problem.title.clone(),
        End::Done { report, .. } if !report.failed.is_empty() => {
            format!("{} did not arrive", format::counted(report.failed.len(), "file", "files"))
        }
        End::Done { report, .. } if report.files == 0 && report.skipped > 0 => "Nothing new".to_owned(),
        End::Done { report, .. } if report.files == 1 => format::size(report.bytes),
        End::Done { report, .. } => {
            let files = format::counted(report.files as usize, "file", "files");
            format!("{files} · {}", format::size(report.bytes))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{part_of, summary_in_words, title_in_list};
    use crate::state::transfers::Summary;

    #[test]
    fn a_unit_is_said_once() {
        assert_eq!(part_of(61_000_000, 96_000_000), "61 of 96 MB");
        assert_eq!(part_of(900_000, 2_000_000_000), "900 KB of 2 GB");
        assert_eq!(part_of(0, 500), "0 of 500 B");
    }

    #[test]
    fn names_in_the_list_have_no_quotes_but_their_own() {
        assert_eq!(title_in_list("“Expedition 2026” (412 files)"), "Expedition 2026 (412 files)");
        assert_eq!(title_in_list("“The “big” one.jpg”"), "The “big” one.jpg");
        assert_eq!(title_in_list("12 files"), "12 files");
    }

    #[test]
    fn all_transfers_are_one_line() {
        let summary = Summary {
            running: 3,
            bytes_per_second: 24_000_000.0,
            seconds_left: Some(39.2),
            ..Summary::default()
        };
        assert_eq!(summary_in_words(&summary), "3 transfers · 24 MB/s · 40 s left");
        assert_eq!(summary_in_words(&Summary { running: 1, ..Summary::default() }), "1 transfer");
        assert_eq!(
            summary_in_words(&Summary { failed: 2, ..Summary::default() }),
            "2 transfers did not arrive"
        );
    }
}
