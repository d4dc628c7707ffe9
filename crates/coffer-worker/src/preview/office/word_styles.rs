//! What the styles of a Word document make of its paragraphs: headings, and items of lists with or without numbers.

use super::UnreadableOffice;
use super::package::Package;
use super::xml::{XmlPiece, read_xml};
use std::collections::HashMap;
use std::io::{BufRead, Read, Seek};
use std::ops::ControlFlow;

/// Word has no more levels of lists.
const MOST_LEVELS: usize = 9;

#[derive(Default)]
pub(super) struct WordStyles {
    /// The levels of styles that are headings. Their names are English in all languages.
    pub headings: HashMap<String, usize>,
    /// The lists of styles whose paragraphs are items.
    pub lists: HashMap<String, String>,
    /// Of each list, which levels have numbers.
    numbered: HashMap<String, Vec<bool>>,
}

impl WordStyles {
    pub(super) fn read<F: Read + Seek>(package: &mut Package<F>) -> Result<Self, UnreadableOffice> {
        let mut styles = package.read_if_there("word/styles.xml", styles)?;
        styles.numbered = package.read_if_there("word/numbering.xml", numbered)?;
        Ok(styles)
    }

    pub(super) fn is_numbered(&self, list: &str, level: usize) -> bool {
        self.numbered.get(list).and_then(|levels| levels.get(level)).copied().unwrap_or(false)
    }
}

fn styles(part: &mut dyn BufRead) -> Result<WordStyles, UnreadableOffice> {
    let mut found = WordStyles::default();
    let mut style = String::new();
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open("style", attributes) => style = attributes.get("styleId").unwrap_or_default(),
            XmlPiece::Open("name", attributes) => {
                let name = attributes.get("val").unwrap_or_default().to_lowercase();
                let level = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
                if let Some(level) = level.or((name == "title").then_some(1)) {
                    found.headings.insert(style.clone(), level);
                }
            }
            XmlPiece::Open("numId", attributes) => {
                found.lists.extend(attributes.get("val").map(|list| (style.clone(), list)));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// Lists share what is said of their levels.
fn numbered(part: &mut dyn BufRead) -> Result<HashMap<String, Vec<bool>>, UnreadableOffice> {
    let mut shared: HashMap<String, Vec<bool>> = HashMap::new();
    let mut lists = HashMap::new();
    let (mut id, mut level) = (String::new(), 0);
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open("abstractNum", attributes) => {
                id = attributes.get("abstractNumId").unwrap_or_default();
            }
            XmlPiece::Open("num", attributes) => id = attributes.get("numId").unwrap_or_default(),
            XmlPiece::Open("lvl", attributes) => level = attributes.number("ilvl").unwrap_or(0),
            XmlPiece::Open("numFmt", attributes) if level < MOST_LEVELS => {
                let format = attributes.get("val").unwrap_or_default();
                let levels = shared.entry(id.clone()).or_default();
                levels.resize(levels.len().max(level + 1), false);
                levels[level] = !matches!(format.as_str(), "bullet" | "none");
            }
            XmlPiece::Open("abstractNumId", attributes) => {
                let levels = attributes.get("val").and_then(|shared_id| shared.get(&shared_id).cloned());
                lists.extend(levels.map(|levels| (id.clone(), levels)));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    })?;
    Ok(lists)
}
