//! Notebooks of Jupyter, read as cells: their words, their code in colours, and what it has printed and drawn. They
//! become one Markdown text, in which output stands in quotes.

use super::markdown::{picture_inside, with_colors, with_pictures};
use super::{fetch, text};
use crate::account::OpenAccount;
use crate::blocking;
use crate::context::JobError;
use crate::worker_context::WorkerContext;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use coffer_model::entry::File;
use coffer_model::markdown::{MarkdownPicture, MarkdownPreview};
use coffer_model::preview::PreviewBody;
use coffer_model::{Entry, PreviewKind};
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt::Write;

/// A longer notebook is shown as the text that it is.
const MOST_BYTES: u64 = 24 * 1024 * 1024;

/// What notebook and text take while they are read, about.
const READING_BYTES: u64 = 128 * 1024 * 1024;

/// A longer text is cut off after the cell that fills it, and longer output within it.
const MOST_TEXT_BYTES: usize = 1024 * 1024;
const MOST_OUTPUT_BYTES: usize = 32 * 1024;

const MOST_PICTURES: usize = 40;

#[derive(Deserialize)]
struct Notebook {
    cells: Vec<NotebookCell>,
    #[serde(default)]
    metadata: NotebookMetadata,
}

#[derive(Default, Deserialize)]
struct NotebookMetadata {
    #[serde(default)]
    language_info: LanguageInfo,
}

#[derive(Default, Deserialize)]
struct LanguageInfo {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct NotebookCell {
    cell_type: String,
    #[serde(default)]
    source: CellText,
    #[serde(default)]
    outputs: Vec<CellOutput>,
    #[serde(default)]
    attachments: HashMap<String, HashMap<String, CellText>>,
}

/// A text in one piece or in lines.
#[derive(Deserialize)]
#[serde(untagged)]
enum CellText {
    One(String),
    Many(Vec<String>),
    /// What is shown by programs of its own.
    Other(serde::de::IgnoredAny),
}

impl Default for CellText {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl CellText {
    fn joined(&self) -> String {
        match self {
            Self::One(text) => text.clone(),
            Self::Many(lines) => lines.concat(),
            Self::Other(_) => String::new(),
        }
    }
}

#[derive(Deserialize)]
struct CellOutput {
    /// What was printed.
    #[serde(default)]
    text: CellText,
    /// A result, by its media types.
    #[serde(default)]
    data: HashMap<String, CellText>,
    /// Of an error.
    #[serde(default)]
    traceback: Vec<String>,
}

pub(super) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
) -> Result<PreviewBody, JobError> {
    if file.size_bytes > MOST_BYTES {
        return text::preview(worker, account, entry, file, PreviewKind::Text).await;
    }
    let bytes = fetch::content(worker, account, entry, file, MOST_BYTES).await?;
    let permit = worker.previews.memory.acquire(READING_BYTES).await;
    let read = blocking(move || {
        let _permit = permit;
        read(&bytes)
    });
    match read.await? {
        Some(text) => Ok(PreviewBody::Markdown(with_pictures(account, entry, text).await?)),
        None => text::preview(worker, account, entry, file, PreviewKind::Text).await,
    }
}

/// `None` for what is no notebook.
fn read(bytes: &[u8]) -> Option<MarkdownPreview> {
    let notebook: Notebook = serde_json::from_slice(bytes).ok()?;
    let language = match notebook.metadata.language_info.name.as_str() {
        "" => "python",
        name => name,
    };
    let mut writer = NotebookWriter::default();
    for cell in &notebook.cells {
        writer.cell(cell, language);
        if writer.source.len() > MOST_TEXT_BYTES {
            break;
        }
    }
    let NotebookWriter { source, pictures } = writer;
    Some(MarkdownPreview { pictures, ..with_colors(source.into()) })
}

#[derive(Default)]
struct NotebookWriter {
    source: String,
    pictures: Vec<MarkdownPicture>,
}

impl NotebookWriter {
    fn cell(&mut self, cell: &NotebookCell, language: &str) {
        let mut source = cell.source.joined();
        match cell.cell_type.as_str() {
            "markdown" => {
                for (name, data) in &cell.attachments {
                    if let Some(destination) = self.picture(data) {
                        source = source.replace(&format!("(attachment:{name})"), &format!("({destination})"));
                    }
                }
                self.source.push_str(&source);
                self.source.push_str("\n\n");
            }
            kind => {
                let language = if kind == "code" { language } else { "" };
                if !source.trim().is_empty() {
                    self.fenced("", language, &source);
                }
                for output in &cell.outputs {
                    self.output(output);
                }
            }
        }
    }

    fn output(&mut self, output: &CellOutput) {
        let printed = output.text.joined() + &output.traceback.join("\n");
        if !printed.trim().is_empty() {
            self.fenced("> ", "", &without_escapes(&printed));
        }
        if let Some(destination) = self.picture(&output.data) {
            // What is written into a text can't fail.
            let _ = write!(self.source, "> ![]({destination})\n\n");
        } else if let Some(words) = output.data.get("text/markdown") {
            for line in words.joined().lines() {
                let _ = writeln!(self.source, "> {line}");
            }
            self.source.push('\n');
        } else if let Some(words) = output.data.get("text/plain") {
            self.fenced("> ", "", &words.joined());
        }
    }

    /// Code, of which each line has `before` in front.
    fn fenced(&mut self, before: &str, language: &str, code: &str) {
        let shown = &code[..code.floor_char_boundary(MOST_OUTPUT_BYTES)];
        let shown = if before.is_empty() { code } else { shown };
        let longest = shown.split(|character| character != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let _ = writeln!(self.source, "{before}{fence}{language}");
        for line in shown.lines() {
            let _ = writeln!(self.source, "{before}{line}");
        }
        if shown.len() < code.len() {
            let _ = writeln!(self.source, "{before}…");
        }
        let _ = write!(self.source, "{before}{fence}\n\n");
    }

    /// Takes in the picture among these media types, and answers what the text calls it.
    fn picture(&mut self, data: &HashMap<String, CellText>) -> Option<String> {
        let encoded = ["image/png", "image/jpeg"].into_iter().find_map(|kind| data.get(kind))?.joined();
        if self.pictures.len() >= MOST_PICTURES {
            return None;
        }
        let encoded: String = encoded.split_whitespace().collect();
        let picture =
            picture_inside(&STANDARD.decode(encoded).ok()?, format!("inside:{}", self.pictures.len()))?;
        let destination = picture.destination.clone();
        self.pictures.push(picture);
        Some(destination)
    }
}

/// Without the escapes by which terminals colour.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..at]);
        let sequence = &rest[at + 2..];
        let end = sequence.find(|character: char| character.is_ascii_alphabetic());
        rest = end.map_or("", |end| &sequence[end + 1..]);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::read;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use coffer_model::preview::TextClass;
    use image::{ImageFormat, RgbImage};
    use serde_json::json;
    use std::io::Cursor;

    #[test]
    fn cells_are_words_code_and_output() {
        let mut png = Cursor::new(Vec::new());
        RgbImage::new(30, 20).write_to(&mut png, ImageFormat::Png).unwrap();
        let png = STANDARD.encode(png.into_inner());
        let notebook = json!({
            "metadata": { "language_info": { "name": "python" } },
            "cells": [
                { "cell_type": "markdown", "source": ["# Title\n", "Words."] },
                { "cell_type": "code", "source": "def f():\n    return '```'", "outputs": [
                    { "output_type": "stream", "name": "stdout", "text": ["\u{1b}[0;31mred\u{1b}[0m\n"] },
                    { "output_type": "display_data", "data": { "image/png": png, "text/plain": "<Figure>" } },
                    { "output_type": "execute_result", "data": { "text/plain": ["42"], "x/y": { "a": 1 } } },
                ] },
                { "cell_type": "raw", "source": "as it is" },
            ],
        });
        let text = read(notebook.to_string().as_bytes()).unwrap();
        let expected = "# Title\nWords.\n\n````python\ndef f():\n    return '```'\n````\n\n> ```\n> red\n> ```\n\n\
                        > ![](inside:0)\n\n> ```\n> 42\n> ```\n\n```\nas it is\n```\n\n";
        assert_eq!(&*text.source, expected);
        assert_eq!(text.code[0].spans[0], (0..3, TextClass::Keyword));
        assert_eq!((text.pictures.len(), text.pictures[0].size), (1, Some((30, 20))));
    }

    #[test]
    fn what_is_no_notebook_is_none() {
        assert!(read(b"{\"a\": 1}").is_none() && read(b"no JSON").is_none());
        assert!(read(b"{\"cells\": []}").is_some());
    }
}
