//! The steps of a walk: what is sent, and what the model says will come of it.

use super::super::support::{Account, Reply};
use super::model::Model;
use dropbox_protocol::path::path_lower;
use fastrand::Rng;
use serde_json::{Value, json};

/// Few names, so that they meet; among them pairs that are one name to the account.
const NAMES: [&str; 14] = [
    "a",
    "A",
    "b",
    "É",
    "e\u{301}",
    "ΣΑΣ",
    "σας",
    "straße",
    "x.txt",
    "X.TXT",
    "日本.md",
    "😀 b",
    "a (1)",
    "dots...",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Add,
    Overwrite,
    /// The present revision.
    Update,
    /// A revision that is not present.
    Stale,
}

#[derive(Clone, Debug)]
pub enum Step {
    CreateFolder { path: String, autorename: bool },
    Upload { path: String, text: String, mode: Mode, rev: Option<String>, autorename: bool },
    Delete { path: String },
    Move { from: String, to: String, autorename: bool },
    Copy { from: String, to: String, autorename: bool },
    Restore { path: String, rev: String },
}

/// What came of a step: the path that it made or changed, or the tags of the refusal.
pub type Outcome = Result<String, String>;

pub struct Answer(Reply);

impl Answer {
    pub fn outcome(self) -> Outcome {
        if self.0.status == 200 {
            let value = self.0.ok();
            let metadata = value.get("metadata").unwrap_or(&value);
            Ok(metadata["path_display"].as_str().unwrap().to_owned())
        } else {
            Err(self.0.conflict())
        }
    }
}

impl Step {
    pub fn random(random: &mut Rng, base: &str, model: &Model) -> Self {
        let path = |random: &mut Rng| {
            // Often something that is there, spelled in some way.
            if random.u8(..3) == 0 && model.items.len() > 1 {
                let at = random.usize(1..model.items.len());
                let known = model.items.values().nth(at).unwrap().display.clone();
                return if random.bool() {
                    known
                } else {
                    format!("{base}{}", known[base.len()..].to_uppercase())
                };
            }
            let depth = random.usize(1..=3);
            let mut path = base.to_owned();
            for _ in 0..depth {
                path.push('/');
                path.push_str(random.choice(NAMES).unwrap());
            }
            path
        };
        let autorename = random.u8(..4) == 0;
        match random.u8(..12) {
            0..2 => Self::CreateFolder { path: path(random), autorename },
            2..6 => {
                let path = path(random);
                let mode = *random.choice(&[Mode::Add, Mode::Overwrite, Mode::Update, Mode::Stale]).unwrap();
                let rev = match mode {
                    Mode::Update => model.get(&path).and_then(|item| item.rev.clone()),
                    Mode::Stale => model
                        .past
                        .iter()
                        .map(|past| past.rev.clone())
                        .find(|rev| model.get(&path).is_none_or(|item| item.rev.as_ref() != Some(rev))),
                    _ => None,
                };
                let mode = if rev.is_none() && matches!(mode, Mode::Update | Mode::Stale) {
                    Mode::Add
                } else {
                    mode
                };
                Self::Upload { path, text: random.u8(..5).to_string(), mode, rev, autorename }
            }
            6..8 => Self::Delete { path: path(random) },
            8..10 => Self::Move { from: path(random), to: path(random), autorename },
            10 => Self::Copy { from: path(random), to: path(random), autorename },
            _ if model.past.is_empty() => Self::Delete { path: path(random) },
            _ => {
                let rev = model.past[random.usize(..model.past.len())].rev.clone();
                Self::Restore { path: path(random), rev }
            }
        }
    }

    pub async fn perform(&self, account: &Account) -> Answer {
        let relocation = |from: &str, to: &str, autorename: &bool| json!({"from_path": from, "to_path": to, "autorename": autorename});
        Answer(match self {
            Self::CreateFolder { path, autorename } => {
                account.rpc("files/create_folder_v2", json!({"path": path, "autorename": autorename})).await
            }
            Self::Upload { path, text, mode, rev, autorename } => {
                let mode: Value = match (mode, rev) {
                    (Mode::Add, _) => json!("add"),
                    (Mode::Overwrite, _) => json!({".tag": "overwrite"}),
                    (_, rev) => json!({".tag": "update", "update": rev}),
                };
                let argument = json!({"path": path, "mode": mode, "autorename": autorename});
                account.upload("files/upload", argument, text.clone()).await
            }
            Self::Delete { path } => account.rpc("files/delete_v2", json!({"path": path})).await,
            Self::Move { from, to, autorename } => {
                account.rpc("files/move_v2", relocation(from, to, autorename)).await
            }
            Self::Copy { from, to, autorename } => {
                account.rpc("files/copy_v2", relocation(from, to, autorename)).await
            }
            Self::Restore { path, rev } => {
                account.rpc("files/restore", json!({"path": path, "rev": rev})).await
            }
        })
    }

    /// What the account must answer. A refused step leaves the model as it was.
    pub fn predict(&self, model: &mut Model) -> Outcome {
        let before = model.items.clone();
        let outcome = self.carry_out(model);
        if outcome.is_err() {
            model.items = before;
        }
        outcome
    }

    fn carry_out(&self, model: &mut Model) -> Outcome {
        let numbered = |number: u32| format!(" ({})", number + 1);
        match self {
            Self::CreateFolder { path, autorename } => {
                let display = model.make_way(&composed(path)).map_err(|why| format!("path/{why}"))?;
                let display = match model.get(&display) {
                    None => display,
                    Some(_) if *autorename => model.free(&display, numbered),
                    Some(taken) => return Err(format!("path/conflict/{}", kind(taken.text.is_some()))),
                };
                model.put(&display, None, None);
                Ok(display)
            }
            Self::Upload { path, text, mode, rev, autorename } => {
                let display = model.make_way(&composed(path)).map_err(|why| format!("path/{why}"))?;
                let taken = model.get(&display).cloned();
                let conflict = match &taken {
                    None => None,
                    Some(taken) => match &taken.text {
                        None => Some("folder"),
                        Some(present) if present == text => return Ok(taken.display.clone()),
                        Some(_) if *mode == Mode::Overwrite || (rev.is_some() && *rev == taken.rev) => None,
                        Some(_) => Some("file"),
                    },
                };
                match (conflict, taken) {
                    (None, None) => {
                        model.put(&display, Some(text.clone()), None);
                        Ok(display)
                    }
                    (None, Some(taken)) => {
                        model.put(&taken.display, Some(text.clone()), taken.id);
                        Ok(taken.display)
                    }
                    (Some(_), _) if *autorename => {
                        let free = match mode {
                            Mode::Add | Mode::Overwrite => model.free(&display, numbered),
                            Mode::Update | Mode::Stale => model.free(&display, |number| match number {
                                0 => " (conflicted copy)".to_owned(),
                                _ => format!(" (conflicted copy {number})"),
                            }),
                        };
                        model.put(&free, Some(text.clone()), None);
                        Ok(free)
                    }
                    (Some(conflict), _) => Err(format!("path/conflict/{conflict}")),
                }
            }
            Self::Delete { path } => {
                let display = model.get(path).ok_or("path_lookup/not_found")?.display.clone();
                let taken = model.take(path);
                model.spend(&taken);
                Ok(display)
            }
            Self::Move { from, to, autorename } => relocate(model, from, to, *autorename, true),
            Self::Copy { from, to, autorename } => relocate(model, from, to, *autorename, false),
            Self::Restore { path, rev } => {
                let past = model.past.iter().find(|past| past.rev == *rev).unwrap().clone();
                let display = model.make_way(&composed(path)).map_err(|why| format!("path_write/{why}"))?;
                match model.get(&display).cloned() {
                    None => {
                        let is_free = model.items.values().all(|item| item.id.as_ref() != Some(&past.id));
                        model.put(&display, Some(past.text), is_free.then_some(past.id));
                        Ok(display)
                    }
                    // A folder.
                    Some(taken) if taken.text.is_none() => Err("path_write/conflict/folder".to_owned()),
                    Some(taken) => {
                        model.put(&taken.display, Some(past.text), taken.id);
                        Ok(taken.display)
                    }
                }
            }
        }
    }
}

fn relocate(model: &mut Model, from: &str, to: &str, autorename: bool, is_move: bool) -> Outcome {
    let source = model.get(from).ok_or("from_lookup/not_found")?.clone();
    let (from_lower, to_lower) = (path_lower(from), path_lower(to));
    if from_lower == to_lower && (is_move || !autorename) {
        // A change of case alone is accepted and ignored.
        return if is_move && composed(to) != source.display {
            Ok(source.display)
        } else {
            Err("duplicated_or_nested_paths".to_owned())
        };
    }
    if source.text.is_none() && to_lower.starts_with(&format!("{from_lower}/")) {
        let why = if is_move { "cant_move_folder_into_itself" } else { "duplicated_or_nested_paths" };
        return Err(why.to_owned());
    }
    let display = model.make_way(&composed(to)).map_err(|why| format!("to/{why}"))?;
    let display = match model.get(&display) {
        None => display,
        Some(_) if autorename => model.free(&display, |number| format!(" ({})", number + 1)),
        Some(taken) => return Err(format!("to/conflict/{}", kind(taken.text.is_some()))),
    };
    let taken = model.take(from);
    if !is_move {
        for (path, item) in &taken {
            model.items.insert(path.clone(), item.clone());
        }
    }
    for (_, mut item) in taken {
        item.display = format!("{display}{}", &item.display[source.display.len()..]);
        if !is_move {
            (item.id, item.rev) = (None, None);
        }
        model.items.insert(path_lower(&item.display), item);
    }
    Ok(display)
}

fn kind(is_file: bool) -> &'static str {
    if is_file { "file" } else { "folder" }
}

/// The spelling that the account keeps.
fn composed(path: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    path.nfc().collect()
}
