//! What to do with names that are taken: as the command line says, or as the person answers.

use super::context::CommandContext;
use super::failure::{CommandError, CommandFailure, FailureCode};
use super::format;
use super::options::OnConflict;
use super::output::Output;
use coffer_model::transfer::{Conflict, Decision, PlannedFile, UploadPlan};
use std::io::{self, IsTerminal};

/// How conflicts are settled in this run.
pub(super) fn mode(context: &CommandContext, asked: Option<OnConflict>) -> OnConflict {
    let output = &context.output;
    let someone = !output.json && output.error_is_terminal && io::stdin().is_terminal();
    match asked {
        // Nobody could answer.
        Some(OnConflict::Ask) | None if !someone => OnConflict::Fail,
        Some(mode) => mode,
        None => OnConflict::Ask,
    }
}

/// Takes a decision for each conflict of the plan.
pub(super) fn decide(
    context: &mut CommandContext,
    plan: &mut UploadPlan,
    mode: OnConflict,
) -> Result<(), CommandError> {
    match mode {
        OnConflict::Ask => ask_each(context, plan),
        OnConflict::Fail if plan.conflicts().next().is_some() => Err(refusal(plan).into()),
        _ => {
            decide_unasked(plan, mode);
            Ok(())
        }
    }
}

/// The same where nobody is asked and nothing is refused: those conflicts stay without a decision.
pub(super) fn decide_unasked(plan: &mut UploadPlan, mode: OnConflict) {
    match mode {
        OnConflict::Replace => plan.decide_all(Decision::Replace),
        OnConflict::KeepBoth => plan.decide_all(Decision::KeepBoth),
        OnConflict::Skip => plan.decide_all(Decision::Skip),
        OnConflict::Ask | OnConflict::Fail => {}
    }
}

/// Nothing was sent, because names are taken.
fn refusal(plan: &UploadPlan) -> CommandFailure {
    const SHOWN: usize = 10;
    let taken: Vec<PlannedFile> = plan.conflicts().map(|(file, _)| file).collect();
    let mut lines: Vec<String> = taken
        .iter()
        .take(SHOWN)
        .map(|file| format::one_line(file.remote_path.as_str()).into_owned())
        .collect();
    if taken.len() > SHOWN {
        lines.push(format!("and {} more", taken.len() - SHOWN));
    }
    lines.push(
        "Nothing was uploaded. Choose what to do with --on-conflict replace, keep-both or skip.".into(),
    );
    let title = format!(
        "{} with different content",
        if taken.len() == 1 {
            "1 file already exists".to_owned()
        } else {
            format!("{} files already exist", taken.len())
        }
    );
    let failure = CommandFailure::new(FailureCode::Conflict, title, lines.join("\n"));
    match taken.as_slice() {
        [only] => failure.with_path(&only.remote_path),
        _ => failure,
    }
}

fn ask_each(context: &mut CommandContext, plan: &mut UploadPlan) -> Result<(), CommandError> {
    let mut for_all = None;
    let open: Vec<usize> = plan.files.open_conflicts().map(|(index, _)| index).collect();
    for index in open {
        let decision = if let Some(decision) = for_all {
            decision
        } else {
            let Some(file) = plan.files.get(index) else { continue };
            let Some(conflict) = file.open_conflict() else { continue };
            let reply = prompt(context, &question(&file, conflict))?;
            for_all = reply.for_all.then_some(reply.answer);
            reply.answer
        };
        plan.files.decide(index, decision);
    }
    Ok(())
}

fn question(file: &PlannedFile, conflict: &Conflict) -> String {
    let there = match conflict.existing.file() {
        Some(there) => {
            format!("{}, changed {}", format::size(there.size_bytes), format::date(there.client_modified))
        }
        None => "a folder".to_owned(),
    };
    let yours = match file.modified {
        Some(modified) => format!("{}, changed {}", format::size(file.size_bytes), format::date(modified)),
        None => format::size(file.size_bytes),
    };
    format!(
        "{} already exists with different content:\n  in the account    {there}\n  on this computer  {yours}\n",
        format::one_line(file.remote_path.as_str())
    )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ConflictReply {
    pub answer: Decision,
    pub for_all: bool,
}

/// Asks until an answer is understood. No answer at all, or `q`, ends the command.
pub(super) fn prompt(context: &mut CommandContext, question: &str) -> Result<ConflictReply, CommandError> {
    Output::prompt(question);
    loop {
        Output::prompt("[r]eplace, keep [b]oth, [s]kip, [q]uit (capital letters: for all)? ");
        let line = context.worker.run_blocking(|| {
            let mut line = String::new();
            io::stdin().read_line(&mut line).map(|_| line)
        })?;
        match line {
            Ok(line) if line.is_empty() => {
                Output::prompt("\n");
                return Err(cancelled().into());
            }
            Ok(line) if line.trim().eq_ignore_ascii_case("q") => return Err(cancelled().into()),
            Ok(line) => {
                if let Some(reply) = parse_reply(&line) {
                    return Ok(reply);
                }
            }
            Err(error) => {
                return Err(CommandFailure::from_io("Your answer could not be read", &error).into());
            }
        }
    }
}

fn cancelled() -> CommandFailure {
    CommandFailure::new(FailureCode::Conflict, "Cancelled", "Nothing was uploaded.")
}

fn parse_reply(line: &str) -> Option<ConflictReply> {
    let word = line.trim();
    let answer = match word.to_lowercase().as_str() {
        "r" | "replace" => Decision::Replace,
        "b" | "both" => Decision::KeepBoth,
        "s" | "skip" => Decision::Skip,
        _ => return None,
    };
    Some(ConflictReply { answer, for_all: word.starts_with(char::is_uppercase) })
}

#[cfg(test)]
mod tests {
    use super::{ConflictReply, parse_reply};
    use coffer_model::transfer::Decision;

    #[test]
    fn small_letters_answer_once_and_capital_ones_for_all() {
        let check = |line, answer, for_all| {
            assert_eq!(parse_reply(line), Some(ConflictReply { answer, for_all }), "{line:?}");
        };
        check("r\n", Decision::Replace, false);
        check(" B \n", Decision::KeepBoth, true);
        check("Skip\n", Decision::Skip, true);
        assert_eq!(parse_reply("\n"), None);
        assert_eq!(parse_reply("what?\n"), None);
    }
}
