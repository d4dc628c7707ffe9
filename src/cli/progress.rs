//! How far a transfer is: a bar on a terminal, lines elsewhere.

use super::failure::CommandError;
use super::format;
use super::output::Output;
use super::wait_notice::{self, WaitNotice};
use coffer_model::message::Waiting;
use coffer_model::transfer::{FileState, FileUpdate};
use coffer_model::{Direction, IndexPhase, Progress, TransferPhase, Update};
use coffer_stdx::speed::seconds_left;
use coffer_stdx::units;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

pub(super) struct ProgressDisplay {
    output: Output,
    bar: Option<ProgressBar>,
    /// Whether each file gets a line when it is done.
    lines: bool,
    direction: Direction,
    /// Lines written so far.
    printed_lines: u64,
    wait_notice: WaitNotice,
}

impl ProgressDisplay {
    pub(super) fn new(output: Output, direction: Direction, verbose: bool) -> Self {
        let bar = (output.error_is_terminal && !output.quiet && !output.json).then(|| {
            let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:20} {percent:>3}% {wide_msg}") {
                bar.set_style(style.progress_chars("━━─"));
            }
            bar.set_message(preparing(direction));
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        });
        let lines = !output.json && !output.quiet && (verbose || !output.error_is_terminal);
        Self { output, bar, lines, direction, printed_lines: 0, wait_notice: WaitNotice::new(output) }
    }

    /// Whether each file has had its line.
    pub(super) fn has_printed_files(&self) -> bool {
        self.printed_lines > 0 || !self.lines
    }

    pub(super) fn update(&mut self, update: Update) -> Result<(), CommandError> {
        match update {
            Update::Transfer(progress) => self.progress(&progress),
            Update::Files(files) => return self.files(&files),
            Update::Waiting(Some(waiting)) => self.wait(&waiting),
            _ => {}
        }
        Ok(())
    }

    /// Takes the bar away.
    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn progress(&mut self, progress: &Progress) {
        if let TransferPhase::Waiting { until, reason } = &progress.phase {
            self.wait(&Waiting { until: *until, reason: reason.clone() });
        }
        if let Some(bar) = &self.bar {
            bar.set_length(progress.bytes_total.max(1));
            bar.set_position(if progress.bytes_total == 0 { 0 } else { progress.bytes_done });
            bar.set_message(message(progress, self.direction));
        }
    }

    fn wait(&mut self, waiting: &Waiting) {
        // A bar shows the wait itself.
        if self.bar.is_none() {
            self.wait_notice.print(waiting);
        }
    }

    fn files(&mut self, files: &[FileUpdate]) -> Result<(), CommandError> {
        if !self.lines {
            return Ok(());
        }
        for file in files {
            let word = match (&file.state, self.direction) {
                (FileState::Moving { .. } | FileState::Failed(_), _) => continue,
                (FileState::Verified, Direction::Upload) => "uploaded",
                (FileState::Verified, Direction::Download) => "downloaded",
                (FileState::CopiedInAccount, _) => "copied within the account",
                (FileState::Skipped, _) => "skipped",
            };
            self.printed_lines += 1;
            let line = format!("{word} {} ({})", file.name, format::size(file.size_bytes));
            match &self.bar {
                Some(bar) => bar.suspend(|| self.output.line(&line))?,
                None => self.output.line(&line)?,
            }
        }
        Ok(())
    }
}

impl Drop for ProgressDisplay {
    fn drop(&mut self) {
        self.end();
    }
}

/// How far an edit of very many items is, on a terminal.
pub(super) struct EditProgress {
    output: Output,
    bar: Option<ProgressBar>,
}

impl EditProgress {
    pub(super) fn new(output: Output) -> Self {
        Self { output, bar: None }
    }

    pub(super) fn update(&mut self, update: &Update) {
        let Update::Transfer(progress) = update else { return };
        let is_shown = self.output.error_is_terminal && !self.output.quiet && !self.output.json;
        if !is_shown || progress.files_done == 0 {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            match ProgressStyle::with_template("{wide_msg}") {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        bar.set_message(match progress.files_total {
            0 => format!("{}…", units::counted(progress.files_done, "item")),
            total => {
                format!("{} of {}…", units::count(progress.files_done), units::counted(total, "item"))
            }
        });
    }
}

impl Drop for EditProgress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// How far the index of the account is while it is filled, on a terminal.
pub(super) struct IndexProgress {
    output: Output,
    bar: Option<ProgressBar>,
}

impl IndexProgress {
    pub(super) fn new(output: Output) -> Self {
        Self { output, bar: None }
    }

    pub(super) fn update(&mut self, update: &Update) {
        let Update::Index(status) = update else { return };
        let IndexPhase::Building { percent } = status.phase else { return };
        if !self.output.error_is_terminal || self.output.quiet || self.output.json {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(Some(100), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:20} {percent:>3}% {wide_msg}") {
                bar.set_style(style.progress_chars("━━─"));
            }
            bar
        });
        bar.set_position(percent.unwrap_or(0).into());
        let items = units::counted(status.files + status.folders, "item");
        bar.set_message(format!("Listing the account, {items}"));
    }
}

impl Drop for IndexProgress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// What stands beside the bar.
fn message(progress: &Progress, direction: Direction) -> String {
    let counts = format!(
        "{} of {}, {} of {}",
        format::size(progress.bytes_done),
        format::size(progress.bytes_total),
        format::count(progress.files_done),
        format::files(progress.files_total)
    );
    match &progress.phase {
        TransferPhase::Queued | TransferPhase::Preparing => preparing(direction).to_owned(),
        TransferPhase::Paused => format!("Paused  {counts}"),
        TransferPhase::Verifying => format!("Verifying  {counts}"),
        TransferPhase::Waiting { until, reason } => {
            format!("{}  {counts}", wait_notice::in_words(*until, reason))
        }
        TransferPhase::Moving => {
            let speed = progress.bytes_per_second;
            let mut parts = vec![counts];
            if speed >= 1.0 {
                let left = progress.bytes_total.saturating_sub(progress.bytes_done);
                let secs = seconds_left(left, speed);
                parts.push(format!("{}/s", format::size(speed as u64)));
                parts.extend(secs.map(|secs| format!("{} left", format::duration(secs))));
            }
            let name = progress.current.as_deref().unwrap_or_default();
            format!("{}  {}", parts.join(", "), format::one_line(name))
        }
    }
}

fn preparing(direction: Direction) -> &'static str {
    match direction {
        Direction::Upload => "Checking local files…",
        Direction::Download => "Listing files…",
    }
}
