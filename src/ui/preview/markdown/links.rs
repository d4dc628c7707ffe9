//! Where the links of a text lead: into the network, to an item of the account, or to another place of the text.

use super::{BlockBody, Document};
use coffer_model::RemotePath;
use coffer_model::markdown::linked_item;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// As the text has it.
    Address(String),
    Footnote(u64),
    /// Where the text refers to a footnote.
    Reference(u64),
}

impl LinkTarget {
    /// Other schemes could start programs on this computer.
    pub(super) fn is_of_network(&self) -> bool {
        let is_known =
            |url: &str| ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
        matches!(self, Self::Address(url) if is_known(url))
    }
}

/// An address that leads to nothing that this program opens is only told.
pub(super) fn can_open(target: &LinkTarget) -> bool {
    match target {
        LinkTarget::Footnote(_) | LinkTarget::Reference(_) => true,
        LinkTarget::Address(url) => {
            target.is_of_network() || url.starts_with('#') || linked_item(&RemotePath::root(), url).is_some()
        }
    }
}

/// Where it leads, for the pointer that rests on it.
pub(super) fn hover_text(target: &LinkTarget) -> Option<String> {
    match target {
        LinkTarget::Address(url) => Some(url.clone()),
        LinkTarget::Footnote(_) | LinkTarget::Reference(_) => None,
    }
}

/// The block of a text to which a link of it leads.
pub(super) fn linked_block(document: &Document, target: &LinkTarget) -> Option<usize> {
    match target {
        LinkTarget::Address(url) => {
            let anchor = url.strip_prefix('#')?.to_lowercase();
            document.blocks.iter().position(
                |block| matches!(&block.body, BlockBody::Heading(_, words) if anchor_of(&words.text) == anchor),
            )
        }
        LinkTarget::Footnote(number) => {
            document.blocks.iter().position(|block| block.footnote == Some(*number))
        }
        LinkTarget::Reference(number) => {
            let refers = |body: &BlockBody| {
                words_of(body).iter().any(|words| {
                    words.links.iter().any(|(_, target)| *target == LinkTarget::Footnote(*number))
                })
            };
            document.blocks.iter().position(|block| refers(&block.body))
        }
    }
}

fn words_of(body: &BlockBody) -> Vec<&super::Inline> {
    match body {
        BlockBody::Heading(_, words) | BlockBody::Paragraph(words) => vec![words],
        BlockBody::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).collect(),
        BlockBody::Code(_) | BlockBody::Picture(_) | BlockBody::Rule => Vec::new(),
    }
}

/// What a heading is called in links, by the rule of GitHub.
fn anchor_of(heading: &str) -> String {
    let kept = |character: &char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_');
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(kept)
        .map(|character| if character == ' ' { '-' } else { character })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{LinkTarget, can_open, linked_block};
    use crate::ui::preview::markdown::Document;

    #[test]
    fn links_inside_of_a_text_find_their_block() {
        let source =
            "# Top\n\nSee[^1] and [costs](#what-it-costs).\n\n## What it costs?\n\nMuch.\n\n[^1]: Note.\n";
        let document = Document::parse(source).with_footnotes_last();
        let check = |target, expected| assert_eq!(linked_block(&document, &target), expected, "{target:?}");
        check(LinkTarget::Address("#what-it-costs".to_owned()), Some(2));
        check(LinkTarget::Address("#nowhere".to_owned()), None);
        check(LinkTarget::Footnote(1), Some(5));
        check(LinkTarget::Reference(1), Some(1));
        check(LinkTarget::Reference(2), None);
    }

    #[test]
    fn addresses_that_could_start_programs_are_not_opened() {
        let check = |url: &str, expected| {
            assert_eq!(can_open(&LinkTarget::Address(url.to_owned())), expected, "{url}");
        };
        check("https://example.org", true);
        check("mailto:a@example.org", true);
        check("plan.md", true);
        check("#costs", true);
        check("file:///etc/passwd", false);
        check("javascript:alert(1)", false);
    }
}
