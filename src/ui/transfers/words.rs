//! Transfers in words: how far, how long still, how it ended. Nothing is drawn here.

use crate::ui::format::{self, DateFormat};
use crate::ui::theme::Palette;
use coffer_model::transfer::FileState;
use coffer_model::{Direction, Progress, TransferPhase};
use coffer_state::transfers::{FileRow, Section, TransferEnd, TransferItem, TransferTotals};
use coffer_texts::tr;
use egui::Color32;
use jiff::Timestamp;

/// "3 transfers", "3 transfers, 1 paused", "3 transfers, all paused", "2 transfers failed".
pub fn title(summary: &TransferTotals) -> String {
    match (summary.running, summary.failed) {
        (0, 0) => tr!("command-toggle-transfers").to_owned(),
        (0, failed) => tr!("title-failed", count = failed),
        (running, _) if summary.all_paused() => tr!("title-all-paused", count = running),
        (running, _) if summary.paused > 0 => {
            tr!("title-some-paused", count = running, paused = summary.paused)
        }
        (running, _) => tr!("transfers", count = running),
    }
}

/// "1.2 of 4 GB · 12.0 MB/s · 4 min left"; empty while nothing is known.
pub fn totals(summary: &TransferTotals) -> String {
    if summary.running == 0 {
        return String::new();
    }
    let mut parts = Vec::new();
    if summary.bytes_total > 0 {
        parts.push(part_of(summary.bytes_done, summary.bytes_total));
    }
    if summary.bytes_per_second >= 1.0 {
        parts.push(format::speed(summary.bytes_per_second as u64));
        parts.extend(summary.seconds_left.map(|secs| tr!("time-left", time = format::duration(secs))));
    } else if summary.waiting > 0 {
        parts.push(tr!("transfers-waiting").to_owned());
    }
    parts.join(" · ")
}

/// "Running 3", tr!("transfer-state-failed"), "Finished 1,200".
pub fn section(section: Section, count: usize) -> String {
    let name = match section {
        Section::Running => tr!("transfer-running"),
        Section::Failed => tr!("transfer-state-failed"),
        Section::Finished => tr!("transfer-is-finished"),
        Section::Cancelled => tr!("transfer-cancelled"),
        Section::OpenFiles => tr!("transfer-open-files"),
    };
    if count == 0 { name.to_owned() } else { format!("{name} {}", format::count(count as u64)) }
}

/// What began a transfer that the window goes on with.
fn command_line() -> &'static str {
    tr!("from-command-line")
}

/// "Photos/2026", "From the command line: Photos/2026".
pub fn origin(transfer: &TransferItem) -> String {
    if transfer.from_command_line {
        format!("{}: {}", command_line(), transfer.origin)
    } else {
        transfer.origin.clone()
    }
}

/// "Photos/2026 → /home/ida/Downloads".
pub fn from_to(transfer: &TransferItem) -> String {
    match origin(transfer) {
        origin if origin.is_empty() => format!("→ {}", transfer.target),
        origin => format!("{origin} → {}", transfer.target),
    }
}

/// What a transfer does now, or how it ended, and the colour of that.
/// Without much room the speed is left out, since the header has that of all transfers, and so is the reason for
/// waiting, which has a line of its own then: see [`waits_for`].
pub fn state(
    transfer: &TransferItem,
    now: Timestamp,
    clock: &DateFormat,
    palette: &Palette,
    roomy: bool,
) -> (String, Color32) {
    if let Some(end) = &transfer.end {
        let color = if transfer.has_failed() { palette.danger } else { palette.dimmed };
        return (end_in_words(transfer, end, clock), color);
    }
    let color = if waits_for(transfer).is_some() { palette.warning } else { palette.dimmed };
    (progress_in_words(transfer, now, roomy), color)
}

/// What a transfer that may go on waits for: "Dropbox can't be reached".
pub fn waits_for(transfer: &TransferItem) -> Option<&str> {
    match transfer.phase()? {
        TransferPhase::Waiting { reason, .. } if !transfer.is_paused() && !transfer.cancelling => {
            Some(reason)
        }
        _ => None,
    }
}

/// Where a running transfer stands: "12.0 MB/s · 3 s left", tr!("transfer-paused"), "Waiting for Dropbox, 12 s".
fn progress_in_words(transfer: &TransferItem, now: Timestamp, roomy: bool) -> String {
    if transfer.cancelling {
        return tr!("transfer-cancelling").to_owned();
    }
    let Some(progress) = &transfer.progress else {
        return if transfer.paused { tr!("transfer-paused") } else { tr!("transfer-queued") }.to_owned();
    };
    match &progress.phase {
        TransferPhase::Paused => tr!("transfer-paused").to_owned(),
        // What is on its way still arrives.
        TransferPhase::Moving | TransferPhase::Verifying if transfer.paused => {
            tr!("transfer-pausing").to_owned()
        }
        _ if transfer.paused => tr!("transfer-paused").to_owned(),
        TransferPhase::Queued => tr!("transfer-queued").to_owned(),
        TransferPhase::Preparing => tr!("transfer-preparing").to_owned(),
        TransferPhase::Moving => speed_in_words(progress, transfer.seconds_left(), roomy),
        TransferPhase::Verifying => tr!("transfer-verifying").to_owned(),
        TransferPhase::Waiting { until, reason } => {
            let secs = until.duration_since(now).as_secs_f64();
            let what = if roomy { reason.as_str() } else { tr!("transfer-waiting") };
            if secs > 0.0 { format!("{what}, {}", format::duration(secs)) } else { what.to_owned() }
        }
    }
}

fn speed_in_words(progress: &Progress, secs: Option<f64>, roomy: bool) -> String {
    if progress.bytes_total > 0 && progress.bytes_done >= progress.bytes_total {
        return tr!("transfer-finishing").to_owned();
    }
    if progress.bytes_per_second < 1.0 {
        return tr!("transfer-starting").to_owned();
    }
    let speed = format::speed(progress.bytes_per_second as u64);
    match secs {
        Some(secs) if roomy => format!("{speed} · {}", tr!("time-left", time = format::duration(secs))),
        Some(secs) => tr!("time-left", time = format::duration(secs)),
        None => speed,
    }
}

/// How much of a running transfer is there: "61.0 of 96.4 MB", "388 of 412 files".
pub fn amount(transfer: &TransferItem) -> String {
    match &transfer.progress {
        Some(progress) if progress.files_total > 1 => {
            tr!("files-of", done = progress.files_done, count = progress.files_total)
        }
        Some(progress) if progress.bytes_total > 0 => part_of(progress.bytes_done, progress.bytes_total),
        _ => String::new(),
    }
}

/// "61.0 of 96 MB", "900 KB of 2 GB": the unit once where it is the same.
fn part_of(done: u64, total: u64) -> String {
    let (done, total) = (format::steady_size(done), format::size(total));
    let unit = |text: &str| text.rsplit_once(' ').map(|(_, unit)| unit.to_owned());
    match done.rsplit_once(' ') {
        Some((number, _)) if unit(&done) == unit(&total) => tr!("part-of", done = number, all = total),
        _ => tr!("part-of", done = done, all = total),
    }
}

/// How a transfer ended: "Verified 14:02", "Copied within Dropbox 14:02", "3 of 412 failed".
fn end_in_words(transfer: &TransferItem, end: &TransferEnd, clock: &DateFormat) -> String {
    match end {
        TransferEnd::Cancelled => tr!("transfer-cancelled").to_owned(),
        TransferEnd::Failed(_) => tr!("transfer-state-failed").to_owned(),
        TransferEnd::Done { report, .. } if !report.failed.is_empty() => {
            let all = report.failed.len() as u64 + report.files + report.skipped;
            tr!("failed-of", failed = report.failed.len(), count = all)
        }
        TransferEnd::Done { at, report } => {
            let what = if report.files == 0 && report.skipped > 0 {
                tr!("transfer-exists").to_owned()
            } else if transfer.files.copied() as u64 >= report.files.max(1) {
                copied(transfer).to_owned()
            } else {
                tr!("transfer-verified").to_owned()
            };
            format!("{what} {}", clock.time(*at))
        }
    }
}

fn copied(transfer: &TransferItem) -> &'static str {
    if transfer.is_with_dropbox() { tr!("transfer-copied-dropbox") } else { tr!("transfer-copied-account") }
}

/// How much arrived: "4.8 MB", "409 new · 960 MB" where others were there already. The title has the count of all.
pub fn size_at_end(transfer: &TransferItem) -> String {
    match &transfer.end {
        Some(TransferEnd::Done { report, .. }) if report.files > 0 && report.skipped > 0 => {
            tr!("new-size", count = report.files, size = format::size(report.bytes))
        }
        Some(TransferEnd::Done { report, .. }) if report.files > 0 => format::size(report.bytes),
        _ => String::new(),
    }
}

/// Why something failed, in one line.
pub fn reason(transfer: &TransferItem) -> Option<String> {
    let problem = transfer.problems().first()?;
    let title = problem.title.trim_end_matches('.');
    let command_line =
        if transfer.from_command_line { format!("{}: ", command_line()) } else { String::new() };
    let detail = if problem.detail.is_empty() { String::new() } else { format!(". {}", problem.detail) };
    Some(format!("{command_line}{title}{detail}"))
}

/// What became of one file, or will.
pub fn file_state(transfer: &TransferItem, file: &FileRow) -> String {
    match &file.state {
        None if transfer.is_running() => tr!("transfer-waiting").to_owned(),
        None => tr!("transfer-state-failed").to_owned(),
        Some(FileState::Moving { bytes_done }) if file.size_bytes > 0 => {
            let share = (*bytes_done as f64 / file.size_bytes as f64).clamp(0.0, 1.0);
            format!("{:.0} %", (share * 100.0).floor())
        }
        Some(FileState::Moving { .. }) => match transfer.direction {
            Direction::Upload => tr!("transfer-uploading").to_owned(),
            Direction::Download => tr!("transfer-downloading").to_owned(),
        },
        Some(FileState::Verified) => tr!("transfer-verified").to_owned(),
        Some(FileState::CopiedInAccount) => copied(transfer).to_owned(),
        Some(FileState::Skipped) => tr!("transfer-exists").to_owned(),
        Some(FileState::Failed(problem)) if problem.detail.is_empty() => problem.title.clone(),
        Some(FileState::Failed(problem)) => problem.detail.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{part_of, speed_in_words, title, totals};
    use coffer_model::{Progress, TransferPhase};
    use coffer_state::transfers::TransferTotals;

    #[test]
    fn a_unit_is_said_once() {
        assert_eq!(part_of(61_000_000, 96_000_000), "61.0 of 96 MB");
        assert_eq!(part_of(900_000, 2_000_000_000), "900 KB of 2 GB");
        assert_eq!(part_of(0, 500), "0 of 500 B");
    }

    #[test]
    fn a_speed_is_told_while_bytes_are_left_to_move() {
        let check = |bytes_done, bytes_per_second, secs, expected: &str| {
            let progress = Progress {
                phase: TransferPhase::Moving,
                files_done: 0,
                files_total: 1,
                bytes_done,
                bytes_total: 90_000_000,
                bytes_per_second,
                bytes_passed: bytes_done,
                current: None,
            };
            assert_eq!(speed_in_words(&progress, secs, true), expected);
        };
        check(0, 0.0, None, "Starting…");
        check(60_000_000, 3_000_000.0, Some(10.0), "3.0 MB/s · 10 s left");
        check(90_000_000, 3_000_000.0, None, "Finishing…");
    }

    #[test]
    fn all_transfers_are_told_in_two_short_lines() {
        let moving = TransferTotals {
            running: 3,
            bytes_done: 1_200_000_000,
            bytes_total: 4_000_000_000,
            bytes_per_second: 12_000_000.0,
            seconds_left: Some(233.0),
            ..TransferTotals::default()
        };
        assert_eq!(
            (title(&moving), totals(&moving)),
            ("3 transfers".into(), "1.2 of 4 GB · 12.0 MB/s · 4 min left".into())
        );
        let check = |summary: TransferTotals, expected: &str| assert_eq!(title(&summary), expected);
        check(TransferTotals { paused: 1, ..moving }, "3 transfers, 1 paused");
        check(TransferTotals { paused: 3, ..moving }, "3 transfers, all paused");
        check(TransferTotals { running: 0, failed: 2, ..moving }, "2 transfers failed");
        check(TransferTotals::default(), "Transfers");
        assert_eq!(
            totals(&TransferTotals { running: 1, waiting: 1, ..TransferTotals::default() }),
            "waiting"
        );
    }
}
