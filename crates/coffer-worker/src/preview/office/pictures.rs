//! The pictures that a document shows between its words.

use super::UnreadableOffice;
use super::markdown_writer::picture_destination;
use super::package::Package;
use super::xml::{XmlPiece, read_xml};
use crate::preview::markdown::picture_inside;
use coffer_model::MarkdownPicture;
use std::collections::HashMap;
use std::io::{BufRead, Read, Seek};
use std::ops::ControlFlow;

/// A longer one is left out, and described only.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// What Word calls the parts that a document refers to.
const RELATIONS: &str = "word/_rels/document.xml.rels";

/// Those that can be decoded, by what the document calls them: an identifier, or a path in the package.
pub(super) fn read<F: Read + Seek>(package: &mut Package<F>, names: &[String]) -> Vec<MarkdownPicture> {
    if names.is_empty() {
        return Vec::new();
    }
    let targets = package.read_if_there(RELATIONS, targets).unwrap_or_default();
    let picture = |(number, name): (usize, &String)| {
        let path = targets.get(name).unwrap_or(name);
        let bytes = package.read(path, |part| {
            let mut bytes = Vec::new();
            let read = part.take(MOST_BYTES + 1).read_to_end(&mut bytes);
            read.ok().filter(|count| *count as u64 <= MOST_BYTES).ok_or(UnreadableOffice::Damaged)?;
            Ok(bytes)
        });
        picture_inside(&bytes.ok()?, picture_destination(number))
    };
    names.iter().enumerate().filter_map(picture).collect()
}

/// The paths of parts by their identifiers.
fn targets(part: &mut dyn BufRead) -> Result<HashMap<String, String>, UnreadableOffice> {
    let mut targets = HashMap::new();
    read_xml(part, |piece| {
        if let XmlPiece::Open("Relationship", attributes) = piece
            && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
            targets.insert(id, path);
        }
        ControlFlow::Continue(())
    })?;
    Ok(targets)
}
