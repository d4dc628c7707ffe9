//! `diff`: how two files differ, as lines below each other. Its exit codes are those of `diff` everywhere.

use super::CommandResult;
use super::get::version;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::DiffArgs;
use crate::cli::target::remote;
use coffer_model::comparison::{
    ByteComparison, ComparedFile, ComparedFiles, ComparedRow, Comparison, Difference, LineComparison,
    PictureComparison,
};
use coffer_model::{Job, Update};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::Arc;

pub(super) fn run(context: &mut CommandContext, options: &DiffArgs) -> CommandResult {
    let files = find_files(context, options)?;
    let names = files.each_ref().map(name);
    let mut found: Option<Arc<Comparison>> = None;
    let job = Job::Compare {
        files: ComparedFiles::Pair(Box::new(files.clone())),
        ignores_space: options.ignore_all_space,
    };
    context.worker.run_with(job, |update| {
        if let Update::Comparison(comparison) = update {
            found = Some(comparison);
        }
        Ok(())
    })?;
    let Some(comparison) = found else { return Err(CommandError::Interrupted(0)) };
    let is_equal = match &comparison.difference {
        Difference::None => true,
        // As `diff -w` has it: line breaks are white space as well.
        Difference::Lines(lines) => options.ignore_all_space && lines.differences.is_empty(),
        Difference::Pictures(_) | Difference::Bytes(_) => false,
    };
    if !is_equal {
        context.output.lines(lines(&comparison, &names, options.context))?;
    }
    context.output.document(&as_json(&comparison, &files, options.context, is_equal))?;
    Ok((!is_equal).then_some(FailureCode::Different))
}

/// Both sides: of what was asked for, the earlier or first one first.
fn find_files(context: &mut CommandContext, options: &DiffArgs) -> Result<[ComparedFile; 2], CommandError> {
    let paths: Vec<_> = options.paths.iter().map(|path| remote(path)).collect();
    let mut side = |path, rev: Option<&String>| {
        let entry = match rev {
            Some(rev) => version(context, path, rev),
            None => context.require_entry(path),
        };
        entry.map(ComparedFile::Revision)
    };
    match (paths.as_slice(), options.rev.as_slice(), &options.local) {
        ([path], [] | [_], Some(local_path)) => {
            let local_path = std::path::absolute(local_path).unwrap_or_else(|_| local_path.clone());
            Ok([side(path, options.rev.first())?, ComparedFile::Local(local_path)])
        }
        ([path], [rev], None) => Ok([side(path, Some(rev))?, side(path, None)?]),
        ([path], [first, second], None) => Ok([side(path, Some(first))?, side(path, Some(second))?]),
        ([first, second], revs @ ([] | [_] | [_, _]), None) => {
            Ok([side(first, revs.first())?, side(second, revs.get(1))?])
        }
        ([_], [], None) => Err(CommandFailure::usage(
            "There is nothing to compare the file with",
            "Name another file, a version with --rev, or a file on this computer with --local.",
        )
        .into()),
        _ => Err(CommandFailure::usage(
            "That is more than two files",
            "Two files can be compared, two versions of a file, or a file and one on this computer.",
        )
        .into()),
    }
}

fn name(file: &ComparedFile) -> String {
    match file {
        ComparedFile::Revision(entry) => entry.path.to_string(),
        ComparedFile::Local(local_path) => local_path.display().to_string(),
    }
}

fn lines(comparison: &Comparison, names: &[String; 2], context_lines: usize) -> Vec<String> {
    let [first, second] = names;
    match &comparison.difference {
        Difference::None => Vec::new(),
        Difference::Lines(lines) if lines.differences.is_empty() => {
            vec![format!("Files {first} and {second} differ only in their encodings or line breaks")]
        }
        Difference::Lines(lines) => {
            let modified = comparison.versions.each_ref().map(|version| time(version.modified));
            let heads = [format!("--- {first}\t{}", modified[0]), format!("+++ {second}\t{}", modified[1])];
            let hunks = hunks(lines, context_lines).into_iter().flat_map(|hunk| hunk.into_lines(lines));
            heads.into_iter().chain(hunks).collect()
        }
        Difference::Pictures(PictureComparison { equal_bytes, .. })
        | Difference::Bytes(ByteComparison { equal_bytes, is_long_text: false, .. }) => {
            vec![format!("Binary files {first} and {second} differ{}", place(*equal_bytes))]
        }
        Difference::Bytes(ByteComparison { equal_bytes, .. }) => {
            vec![format!("Files {first} and {second} differ{}", place(*equal_bytes))]
        }
    }
}

/// The first byte that differs, counted from 1 as `cmp` does.
fn first_byte(equal_bytes: Option<u64>) -> Option<u64> {
    equal_bytes.map(|equal| equal + 1)
}

fn place(equal_bytes: Option<u64>) -> String {
    first_byte(equal_bytes).map(|byte| format!(" at byte {byte}")).unwrap_or_default()
}

fn time(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %z").to_string()
}

/// Differences that are near each other, with the equal lines around them.
struct Hunk {
    /// Rows of the comparison.
    rows: Range<usize>,
    /// How many lines of each text are before it.
    before: [usize; 2],
}

fn hunks(lines: &LineComparison, context_lines: usize) -> Vec<Hunk> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for difference in &lines.differences {
        let start = difference.start.saturating_sub(context_lines);
        let end = (difference.end + context_lines).min(lines.rows.len());
        match ranges.last_mut() {
            Some(last) if last.end >= start => last.end = end,
            _ => ranges.push(start..end),
        }
    }
    let (mut before, mut next) = ([0, 0], 0);
    let mut counted = |rows: Range<usize>| {
        for row in &lines.rows[next..rows.start] {
            add_lines(&mut before, row);
        }
        next = rows.start;
        Hunk { rows, before }
    };
    ranges.into_iter().map(&mut counted).collect()
}

fn add_lines(counts: &mut [usize; 2], row: &ComparedRow) {
    for (count, line) in counts.iter_mut().zip(row.lines) {
        *count += usize::from(line.is_some());
    }
}

impl Hunk {
    fn counts(&self, lines: &LineComparison) -> [usize; 2] {
        let mut counts = [0, 0];
        lines.rows[self.rows.clone()].iter().for_each(|row| add_lines(&mut counts, row));
        counts
    }

    /// "@@ -3,7 +3,8 @@"
    fn head(&self, lines: &LineComparison) -> String {
        let counts = self.counts(lines);
        let range = |side: usize| match counts[side] {
            // An empty range is named by the line before it.
            0 => format!("{},0", self.before[side]),
            1 => format!("{}", self.before[side] + 1),
            count => format!("{},{count}", self.before[side] + 1),
        };
        format!("@@ -{} +{} @@", range(0), range(1))
    }

    fn into_lines(self, lines: &LineComparison) -> Vec<String> {
        let mut found = vec![self.head(lines)];
        found.extend(self.body(lines));
        found
    }

    /// Removed lines of each difference before those that were added.
    fn body(&self, lines: &LineComparison) -> Vec<String> {
        let mut found = Vec::new();
        let mut next = self.rows.start;
        while next < self.rows.end {
            let is_equal = lines.rows[next].is_equal;
            let run =
                lines.rows[next..self.rows.end].iter().take_while(|row| row.is_equal == is_equal).count();
            let rows = next..next + run;
            if is_equal {
                push_lines(&mut found, lines, rows, 0, ' ');
            } else {
                push_lines(&mut found, lines, rows.clone(), 0, '-');
                push_lines(&mut found, lines, rows, 1, '+');
            }
            next += run;
        }
        found
    }
}

fn push_lines(found: &mut Vec<String>, lines: &LineComparison, rows: Range<usize>, side: usize, sign: char) {
    let last = lines.rows.iter().rev().find_map(|row| row.lines[side]);
    for line in lines.rows[rows].iter().filter_map(|row| row.lines[side]) {
        found.push(format!("{sign}{}", lines.text_of(side, line)));
        if lines.formats[side].is_unterminated && Some(line) == last {
            found.push("\\ No newline at end of file".to_owned());
        }
    }
}

fn as_json(
    comparison: &Comparison,
    files: &[ComparedFile; 2],
    context_lines: usize,
    is_equal: bool,
) -> Value {
    let side = |index: usize| {
        let version = &comparison.versions[index];
        let rev = match &files[index] {
            ComparedFile::Revision(entry) => entry.file().map(|file| &*file.rev.0),
            ComparedFile::Local(_) => None,
        };
        json!({
            "path": name(&files[index]),
            "rev": rev,
            "is_local": version.is_on_this_computer,
            "bytes": version.size_bytes,
            "modified": version.modified.to_string(),
            "content_hash": version.content_hash,
        })
    };
    let mut document = json!({
        "equal": is_equal,
        "from": side(0),
        "to": side(1),
    });
    match &comparison.difference {
        Difference::None => document["kind"] = Value::Null,
        Difference::Lines(lines) => {
            document["kind"] = json!("text");
            document["removed"] = json!(lines.own_lines[0]);
            document["added"] = json!(lines.own_lines[1]);
            document["encodings"] = json!(lines.formats.map(|format| format.encoding));
            document["hunks"] =
                hunks(lines, context_lines).iter().map(|hunk| hunk_as_json(hunk, lines)).collect();
        }
        Difference::Pictures(pictures) => {
            document["kind"] = json!("picture");
            document["first_difference"] = json!(first_byte(pictures.equal_bytes));
            document["different_pixels"] = json!(pictures.difference.as_ref().map(|found| found.visible));
        }
        Difference::Bytes(bytes) => {
            document["kind"] = json!(if bytes.is_long_text { "long_text" } else { "binary" });
            document["first_difference"] = json!(first_byte(bytes.equal_bytes));
        }
    }
    document
}

fn hunk_as_json(hunk: &Hunk, lines: &LineComparison) -> Value {
    let counts = hunk.counts(lines);
    json!({
        "from_line": hunk.before[0] + 1,
        "from_lines": counts[0],
        "to_line": hunk.before[1] + 1,
        "to_lines": counts[1],
        "lines": hunk.body(lines),
    })
}
