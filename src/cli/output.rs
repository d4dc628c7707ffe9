//! Everything that is written: results to the standard output, the rest to the standard error. With `--json` the
//! standard output gets exactly one document.

use super::failure::{CommandError, CommandFailure};
use super::format::{one_line, printable};
use super::options::CommonArgs;
use serde::Serialize;
use serde_json::json;
use std::io::{self, IsTerminal, Write};

#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    pub json: bool,
    pub quiet: bool,
    /// Whether a person sees the standard error, so that bars can be drawn there.
    pub error_is_terminal: bool,
    result_is_terminal: bool,
    colour: bool,
}

/// Whether writing can go on.
pub(super) type OutputResult = Result<(), CommandError>;

impl Output {
    pub(super) fn new(common: &CommonArgs) -> Self {
        let result_is_terminal = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            json: common.json,
            quiet: common.quiet,
            error_is_terminal: io::stderr().is_terminal(),
            result_is_terminal,
            colour: !plain,
        }
    }

    #[must_use]
    pub(super) fn with_quiet(self, quiet: bool) -> Self {
        Self { quiet, ..self }
    }

    /// A line of the result; nothing with `--json`.
    pub(super) fn line(self, text: &str) -> OutputResult {
        self.lines(std::iter::once(text))
    }

    pub(super) fn lines<T: AsRef<str>>(self, lines: impl IntoIterator<Item = T>) -> OutputResult {
        if self.json {
            return Ok(());
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in lines {
            // In a pipe nobody is steered, and the names are wanted as they are; but each is a line.
            let line = line.as_ref();
            let is_broken = line.contains(['\n', '\r']);
            let line = if self.result_is_terminal || is_broken { one_line(line) } else { line.into() };
            check(writeln!(out, "{line}"))?;
        }
        check(out.flush())
    }

    /// Results as they are, each with a zero byte behind it.
    pub(super) fn zero_terminated<'a>(texts: impl IntoIterator<Item = &'a str>) -> OutputResult {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for text in texts {
            check(write!(out, "{text}\0"))?;
        }
        check(out.flush())
    }

    /// A remark beside the result; not with `--quiet` or `--json`.
    pub(super) fn info(self, text: &str) -> OutputResult {
        if self.quiet { Ok(()) } else { self.line(text) }
    }

    /// The one document of `--json`.
    pub(super) fn document(self, value: &impl Serialize) -> OutputResult {
        if !self.json {
            return Ok(());
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        check(serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from))?;
        check(writeln!(out))?;
        check(out.flush())
    }

    /// Bytes as they are.
    pub(super) fn copy(mut source: impl io::Read) -> OutputResult {
        let mut out = io::stdout().lock();
        let copied = io::copy(&mut source, &mut out).and_then(|_| out.flush());
        // Unlike a list, half a file is no result.
        copied.map_err(|error| CommandFailure::from_io("The output could not be written", &error).into())
    }

    /// The failure that ends the command.
    pub(super) fn failure(self, failure: &CommandFailure) {
        if self.json {
            // If nobody reads any more, the exit code still tells.
            let _ = self.document(&json!({ "error": failure }));
        } else {
            self.problem(failure);
        }
    }

    /// One of several failures, as text; with `--json` they are part of the document.
    pub(super) fn problem(self, failure: &CommandFailure) {
        if self.json {
            return;
        }
        let (red, plain) =
            if self.colour && self.error_is_terminal { ("\x1b[31m", "\x1b[0m") } else { ("", "") };
        let place = match &failure.path {
            Some(path) if ![&failure.title, &failure.detail].iter().any(|text| text.contains(path)) => {
                format!(" ({path})")
            }
            _ => String::new(),
        };
        let title = format!("{}{place}", failure.title);
        let mut lines = vec![format!("{red}coffer:{plain} {}", one_line(&title))];
        let detail = failure.detail.lines().filter(|line| !line.is_empty());
        lines.extend(detail.map(|line| format!("  {}", printable(line))));
        write_stderr(&format!("{}\n", lines.join("\n")));
    }

    /// News for a person who waits; not with `--quiet`. Ends in a line break.
    pub(super) fn status(self, text: &str) {
        if !self.quiet {
            write_stderr(&format!("{}\n", printable(text)));
        }
    }

    /// A question, shown whatever the options are.
    pub(super) fn prompt(text: &str) {
        write_stderr(&printable(text));
    }
}

fn write_stderr(text: &str) {
    let mut error = io::stderr().lock();
    // Nobody listens: the exit code tells.
    let _ = error.write_all(text.as_bytes()).and_then(|()| error.flush());
}

fn check<T>(written: io::Result<T>) -> Result<(), CommandError> {
    match written {
        Ok(_) => Ok(()),
        // Nobody reads any more; what was begun is finished all the same, and the exit code tells how.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(CommandFailure::from_io("The output could not be written", &error).into()),
    }
}
