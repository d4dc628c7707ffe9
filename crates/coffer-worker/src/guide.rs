//! The guide: the pages of `docs/guide` and the pictures in them are parts of the program, so that it is there without a
//! network, in the version that belongs to the program.

use super::blocking;
use super::context::JobError;
use super::preview::{markdown_with_colors, picture_inside};
use coffer_model::guide::GuidePage;
use coffer_model::{MarkdownPreview, Receipt};
use coffer_texts::Language;
use std::sync::Arc;

/// A page in the language of the window, with its pictures decoded and its code in colours.
pub(crate) async fn read(page: GuidePage) -> Result<Receipt, JobError> {
    let language = coffer_texts::language();
    Ok(Receipt::GuideRead(blocking(move || Arc::new(read_page(page, language))).await?))
}

fn read_page(page: GuidePage, language: Language) -> MarkdownPreview {
    let source = source(page, language);
    let mut text = markdown_with_colors(source.into());
    text.pictures = PICTURES
        .iter()
        .map(|(path, bytes)| (format!("{}{path}", to_root(language)), *bytes))
        .filter(|(destination, _)| source.contains(destination))
        .filter_map(|(destination, bytes)| picture_inside(bytes, destination))
        .collect();
    text
}

/// From the folder of the pages to that in which the paths of the pictures begin.
fn to_root(language: Language) -> &'static str {
    match language {
        Language::English => "../../",
        Language::German => "../../../",
    }
}

/// A page in each language.
macro_rules! page {
    ($language:ident, $name:literal) => {
        match $language {
            Language::English => include_str!(concat!("../../../docs/guide/", $name)),
            Language::German => include_str!(concat!("../../../docs/guide/de/", $name)),
        }
    };
}

fn source(page: GuidePage, language: Language) -> &'static str {
    match page {
        GuidePage::FirstSteps => page!(language, "first-steps.md"),
        GuidePage::Files => page!(language, "files.md"),
        GuidePage::Transfers => page!(language, "transfers.md"),
        GuidePage::VersionsAndTime => page!(language, "versions-and-time.md"),
        GuidePage::Sharing => page!(language, "sharing.md"),
        GuidePage::Overview => page!(language, "overview.md"),
        GuidePage::CommandLine => page!(language, "command-line.md"),
        GuidePage::LocalAccount => page!(language, "local-account.md"),
        GuidePage::Keys => page!(language, "keys.md"),
        GuidePage::Privacy => page!(language, "privacy.md"),
    }
}

/// The path of a picture, and its bytes.
macro_rules! picture {
    ($path:literal) => {
        ($path, include_bytes!(concat!("../../../", $path)))
    };
}

const PICTURES: [(&str, &[u8]); 14] = [
    picture!("assets/shots/bring-back-dark.png"),
    picture!("assets/shots/list-light.png"),
    picture!("assets/shots/past-light.png"),
    picture!("assets/shots/versions-dark.png"),
    picture!("tests/pictures/changes-light.png"),
    picture!("tests/pictures/compare-light.png"),
    picture!("tests/pictures/deleted-light.png"),
    picture!("tests/pictures/first-start-light.png"),
    picture!("tests/pictures/preview-pages.png"),
    picture!("tests/pictures/relocation-light.png"),
    picture!("tests/pictures/search-light.png"),
    picture!("tests/pictures/share-light.png"),
    picture!("tests/pictures/space-light.png"),
    picture!("tests/pictures/transfers-light.png"),
];

#[cfg(test)]
mod tests {
    use super::{PICTURES, read_page, source};
    use coffer_model::guide::GuidePage;
    use coffer_model::markdown::read_markdown;
    use coffer_texts::Language;
    use pulldown_cmark::{Event, Tag};

    fn pages() -> impl Iterator<Item = (GuidePage, Language)> {
        let of = |language: &Language| GuidePage::ALL.map(|page| (page, *language));
        Language::ALL.iter().flat_map(of)
    }

    #[test]
    fn every_page_has_its_title_and_all_its_pictures() {
        for (page, language) in pages() {
            let text = read_page(page, language);
            assert!(text.source.starts_with("# "), "{page:?} {language:?}");
            let named = read_markdown(&text.source).filter_map(|(event, _)| match event {
                Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url),
                _ => None,
            });
            for destination in named {
                assert!(text.picture(&destination).is_some(), "{page:?} {language:?} shows {destination}");
            }
        }
    }

    #[test]
    fn every_picture_is_on_a_page() {
        for (path, _) in PICTURES {
            let is_shown = |page: &GuidePage| source(*page, Language::English).contains(path);
            assert!(GuidePage::ALL.iter().any(is_shown), "{path}");
        }
    }

    #[test]
    fn links_between_the_pages_lead_to_a_page() {
        for (page, language) in pages() {
            for (event, _) in read_markdown(source(page, language)) {
                let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
                let leads = dest_url.starts_with("https://")
                    || dest_url.starts_with("../../")
                    || GuidePage::linked(&dest_url).is_some();
                assert!(leads, "{page:?} {language:?} links to {dest_url}");
            }
        }
    }

    /// Headings, pictures, blocks of code and links between pages, as they follow each other.
    fn outline(source: &str) -> Vec<String> {
        let part = |event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level.to_string()),
            Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url.trim_start_matches("../").to_owned()),
            Event::Start(Tag::CodeBlock(_)) => Some("code".to_owned()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                Some(dest_url.split('#').next().unwrap_or_default().trim_start_matches("../").to_owned())
            }
            _ => None,
        };
        read_markdown(source).filter_map(|(event, _)| part(event)).collect()
    }

    #[test]
    fn a_page_has_the_same_parts_in_every_language() {
        for (page, language) in pages() {
            let (mut here, mut english) =
                (outline(source(page, language)), outline(source(page, Language::English)));
            // Within a sentence, words change places.
            here.sort();
            english.sort();
            assert_eq!(here, english, "{page:?} {language:?}");
        }
    }
}
