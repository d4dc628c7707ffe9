//! XML as a stream of tags and texts, by their local names.

use super::UnreadableOffice;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::BufRead;
use std::ops::ControlFlow;

/// Deeper documents are not written by any office program.
const MOST_DEPTH: usize = 4_000;

pub(super) enum XmlPiece<'a> {
    /// The name of a tag without its prefix, and its attributes.
    Open(&'a str, Attributes<'a>),
    Close(&'a str),
    Text(&'a str),
}

pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// By its name without a prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let is_wanted = |attribute: &Attribute<'_>| attribute.key.local_name().as_ref() == name.as_bytes();
        let attribute = attributes.flatten().find(is_wanted)?;
        Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }
}

/// Goes through a document. Tags without content come as two pieces.
pub(super) fn read_xml(
    source: &mut dyn BufRead,
    mut on_piece: impl FnMut(XmlPiece<'_>) -> ControlFlow<()>,
) -> Result<(), UnreadableOffice> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        let flow = match reader.read_event_into(&mut buffer).map_err(|_| UnreadableOffice::Damaged)? {
            Event::Start(tag) => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Err(UnreadableOffice::Damaged);
                }
                let name = tag.local_name();
                let name = std::str::from_utf8(name.as_ref()).unwrap_or_default();
                on_piece(XmlPiece::Open(name, Attributes(&tag)))
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                let name = tag.local_name();
                on_piece(XmlPiece::Close(std::str::from_utf8(name.as_ref()).unwrap_or_default()))
            }
            Event::Text(text) => on_piece(XmlPiece::Text(&text.decode().unwrap_or_default())),
            Event::CData(text) => on_piece(XmlPiece::Text(&text.decode().unwrap_or_default())),
            Event::GeneralRef(reference) => match character(&reference) {
                Some(character) => on_piece(XmlPiece::Text(character.encode_utf8(&mut [0; 4]))),
                None => ControlFlow::Continue(()),
            },
            Event::Eof => return if depth == 0 { Ok(()) } else { Err(UnreadableOffice::Damaged) },
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                ControlFlow::Continue(())
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

/// `&#65;` and the five names that XML has. Entities of a document's own are not followed.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match reference.decode().ok()?.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
